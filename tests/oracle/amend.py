"""Random amendments: items replaced by themselves or by other words, added, removed, and a term that changes."""

import copy
import json

import generate
from adjustments import monthly
from contract import key_of
from exact import month, month_text

ADDED = [
    "fixed amount", "rate", "graduated", "metered graduated", "metered packages", "metered flat", "advance next month",
    "advance by period", "baseline franchise", "rate card", "credit", "credit steps", "credit by period", "bonus", "retention bonus", "level",
    "level repeated", "level counts from", "level earn-back after", "level earn-back year", "level raised", "level persistent",
    "level by period", "limit month", "limit quarter", "limit year", "limit rolling", "limit excess", "limit term",
    "holdback in full", "holdback bands", "commitment", "commitment units", "commitment total", "tax", "minimum", "maximum",
    "small carried", "small each", "applied next", "applied by period", "previous", "windows", "adjust ladder", "share gain",
    "share gain by period", "points bands", "points value", "index year", "index base",
]
ONCE = {"small": "small", "applied": "applied", "minimum": "minimum", "maximum": "maximum"}
WORDS = {
    "charge": "charge", "service level": "service level", "credit": "credit", "bonus": "bonus", "holdback": "holdback",
    "commitment": "commitment", "tax": "tax", "share gain": "share gain", "points": "points",
}


def draw(d, model):
    d.items = model["items"]
    d.amending = True
    first = month(model["term"][0])
    last = month(model["term"][1])
    count = d.one(1, 1, 2, 3)
    months = sorted(d.one(*range(first + 1, min(last, first + 14) + 1)) for _ in range(count)) if last > first else []
    model["amendments"] = []
    model["amendment_tags"] = []
    base = copy.deepcopy(d.items)
    for m in months:
        d.effective = m
        changes = []
        for _ in range(d.one(1, 1, 2, 3)):
            tag = d.one("amend itself", "amend words", "amend words", "amend words", "amend add", "amend remove", "amend remove", "amend term" if d.chance(0.3) else "amend add")
            made = {"amend itself": itself, "amend words": words, "amend add": add, "amend remove": remove, "amend term": term}[tag](d, model, m, changes)
            if made:
                changes += made
                model["amendment_tags"].append(tag)
        if changes:
            model["amendments"].append({"effective": month_text(m), "changes": copy.deepcopy(changes)})
    model["amendment_tags"] = sorted(set(model["amendment_tags"]))
    model["items"] = base


def touched(changes):
    keys = set()
    for change in changes:
        if "item" in change:
            keys.add(key_of(change["item"]))
        elif change["op"] == "remove":
            keys.add((change["kind"], change["name"]))
    return keys


def replaceable(d, changes):
    return [item for item in d.items if item["kind"] not in ("dimension", "input") and key_of(item) not in touched(changes)]


def itself(d, model, m, changes):
    items = [item for item in replaceable(d, changes)]
    if not items:
        return None
    item = d.one(*items)
    return [{"op": "replace", "item": copy.deepcopy(item)}]


def put(d, item):
    for i, old in enumerate(d.items):
        if key_of(old) == key_of(item):
            d.items[i] = item


def words(d, model, m, changes):
    items = [item for item in replaceable(d, changes) if (item.get("name") or item.get("key")) in d.makers]
    if not items:
        return None
    old = d.one(*items)
    before = len(d.items)
    item = d.makers[old.get("name") or old["key"]]()
    new = d.items[before:]
    if item is None or key_of(item) != key_of(old):
        del d.items[before:]
        return None
    for key in ("applied",):
        if old.get(key) and d.chance(0.5):
            item[key] = old[key]
    put(d, item)
    return [{"op": "add", "item": one} for one in new] + [{"op": "replace", "item": item}]


def add(d, model, m, changes):
    tag = d.one(*ADDED)
    kinds = {item["kind"] for item in d.items}
    if tag.split()[0] in ONCE and tag.split()[0] in kinds:
        return None
    before = len(d.items)
    kept = d.tags
    d.tags = {tag}
    builder = next(
        (
            make
            for words_of, make in (
                (generate.CHARGES, generate.add_charges), (generate.LEVELS, generate.add_levels), (generate.CREDITS, generate.add_credits),
            )
            if tag in words_of
        ),
        None,
    )
    if builder is None and tag.startswith("limit"):
        if not d.credits():
            d.tags = kept
            return None
        builder = generate.add_limits
    if builder is None and tag.startswith("index"):
        if any(item["kind"] == "index" for item in d.items):
            d.tags = kept
            return None
        builder = generate.add_index
    if builder is None and tag in ("previous", "windows"):
        builder = generate.add_lets
    if builder is None and tag.startswith(("adjust", "share")):
        builder = generate.add_adjustments
    if builder is None and tag.startswith("points"):
        builder = generate.add_points
    (builder or generate.add_rest)(d)
    d.tags = kept
    new = d.items[before:]
    old_keys = {key_of(item) for item in d.items[:before]}
    if any(key_of(item) in old_keys or key_of(item) in touched(changes) for item in new):
        del d.items[before:]
        return None
    return [{"op": "add", "item": item} for item in new] or None


def mentions(node, name):
    if isinstance(node, dict):
        return any(mentions(part, name) for part in node.values())
    if isinstance(node, list):
        return any(mentions(part, name) for part in node)
    return node == name or (isinstance(node, str) and node.startswith(name + "."))


def remove(d, model, m, changes):
    removable = []
    for item in replaceable(d, changes):
        if item["kind"] in WORDS:
            others = [one for one in d.items if one is not item]
            if any(mentions(one, item["name"]) for one in others):
                continue
            if item["kind"] in ("charge", "points") and sum(1 for one in d.items if one["kind"] == item["kind"]) < 2:
                continue
            if item["kind"] in ("credit", "service level", "bonus") and not any(
                one["kind"] in ("credit", "service level") for one in others
            ):
                continue
            removable.append(item)
        elif item["kind"] in ("limit", "small", "minimum", "maximum"):
            removable.append(item)
    if not removable:
        return None
    item = d.one(*removable)
    named = {"limit": f"limit {item.get('key')}", "small": "credits below", "minimum": "minimum", "maximum": "maximum"}
    change = {"op": "remove", "kind": item["kind"], "name": item.get("name") or item["key"]}
    word = "retention bonus" if item.get("stays") else WORDS.get(item["kind"])
    change["words"] = named.get(item["kind"]) or f"{word} {item['name']}"
    change["ending"] = None
    if d.dialect == "old":
        # The older program knows no words for how an item ends.
        pass
    elif fixed_for_a_period(item) and not item.get("part"):
        # The removal says what a period that it cuts short means.
        change["ending"] = d.one("pro rata", "in full")
        change["part_word"] = {"month": "month", "quarter": "quarter"}.get(item["each"], "year")
        if item["each"] == "month" or ends_whole(model, item, m):
            change["ending"] = None
    elif keeps_open(d, item) and d.chance(0.25):
        change["ending"] = "lapse"
    d.items = [one for one in d.items if one is not item]
    return [change]


def keeps_open(d, item):
    if item["kind"] in ("credit", "bonus", "service level"):
        # What goes on a later invoice, or can be earned back.
        later = any(one["kind"] == "applied" for one in d.items)
        return bool(item.get("applied") or item.get("earn_back") or later)
    return bool(
        (item["kind"] == "charge" and item.get("advance")) or item.get("excess") or item["kind"] in ("holdback",)
        or (item["kind"] == "small" and item["end"] != "dropped")
    )


def fixed_for_a_period(item):
    """Whether the item has an amount that is fixed for its period, so that a part of the period needs words."""
    if item["kind"] == "share gain":
        return item.get("each", "month") != "month" and not monthly(item["target"])
    return item["kind"] == "commitment"


def ends_whole(model, item, m):
    """Whether the month before the amendment ends a period of the item anyway."""
    if item["each"] == "quarter":
        return m % 3 == 0
    if item["each"] == "calendar year":
        return m % 12 == 0
    return (m - month(model["term"][0])) % 12 == 0


def term(d, model, m, changes):
    if any(change["op"] == "frame" for change in changes):
        return None
    frame = {}
    if d.chance(0.7):
        first, last = d.term
        end = month(last)
        choices = [end + 3, end + 6]
        if d.chance(0.4):
            choices = [one for one in (end - 1, end - 2) if one >= m] or choices
        new_end = d.one(*choices)
        from exact import days_in

        frame["term"] = [first, f"{month_text(new_end)}-{days_in(new_end)}"]
        d.term = tuple(frame["term"])
    else:
        old = model["round"]
        frame["round"] = dict(old, mode=d.one(*generate.MODES), step=d.one("0.01", "0.1", "1"))
    return [{"op": "frame", "frame": frame}]


__all__ = ["json"]
