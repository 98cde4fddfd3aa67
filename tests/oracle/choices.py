"""Which of several credits count, and which are too small: before limits."""

import credits
import levels
from exact import ZERO
from expressions import condition, evaluate, number
from outcome import NO_VALUE, NotThere, Refused, attempt, known, total_of
from readings import READINGS


def chosen(E, m):
    """The credits of the month after what comes in place of others, and after one of several: (identity, member) to amount."""
    return E.memo(("chosen", m), lambda: _chosen(E, m))


def _chosen(E, m):
    text = E.texts.at(m)
    amounts = {
        key: amount
        for key, amount in credits.amounts(E, m)
        if text.by_identity[key[0]]["kind"] in ("credit", "service level")
    }
    for item in text.of_kind("credit", "service level"):
        if item.get("in_place"):
            in_place_of(E, text, item, m, amounts)
    for item in text.of_kind("only"):
        one_of_several(E, text, item, m, amounts)
    return amounts


def keys_of(amounts, identity):
    return [key for key in amounts if key[0] == identity]


def in_place_of(E, text, item, m, amounts):
    """Each member is looked at on its own; the other members of its own item are not among the others."""
    for own in keys_of(amounts, item["identity"]):
        if item["in_place"] == "all":
            others = [key for key in amounts if key[0] != own[0]]
        else:
            others = [key for name in item["in_place"] for key in named(text, item, own, amounts, name) if key != own]

        def replaces():
            if item.get("in_place_critical") and not levels.fact(E, own[0], own[1], m).critical:
                return False
            return known(amounts[own]) > 0

        answer = attempt(replaces)
        for key in others:
            if isinstance(answer, Refused):
                # Not known whether it takes their place: so they are not known either, but for one of 0.
                if amounts[key] != 0:
                    amounts[key] = answer
            elif answer:
                amounts[key] = ZERO


def named(text, item, own, amounts, name):
    """The lines that come away where a name is given: one of a member, or all; of two with the same dimension that of the same member."""
    name, _, member = name.partition(".")
    other = text.by_name[name]
    if not member and item.get("by") and other.get("by") == item["by"]:
        member = own[1]
    return [key for key in keys_of(amounts, other["identity"]) if not member or key[1] == member]


def one_of_several(E, text, item, m, amounts):
    answer = attempt(lambda: fall_away(E, text, item, m, amounts))
    if isinstance(answer, Refused) and item.get("when") is not None and attempt(lambda: condition(E, E.env(item, m), item["when"])) is False:
        # The clause does nothing, whatever the credits are.
        return
    if isinstance(answer, Refused):
        for name in item["names"]:
            for key in keys_of(amounts, text.by_name[name]["identity"]):
                if amounts[key] != 0:
                    amounts[key] = answer
        return
    for key in answer:
        amounts[key] = ZERO


def fall_away(E, text, item, m, amounts):
    """The credits that fall away because another one counts."""
    env = E.env(item, m)
    sums = []
    for name in item["names"]:
        keys = keys_of(amounts, text.by_name[name]["identity"])
        sums.append((name, total_of((amounts[key] for key in keys), ZERO), keys))
    arise = [entry for entry in sums if entry[1] > 0]
    if READINGS["a choice among credits asks its condition in every month"] and item.get("when") is not None:
        condition(E, env, item["when"])
    if len(arise) < 2:
        return []
    if item.get("when") is not None and not condition(E, env, item["when"]):
        return []
    stays = None
    if item["how"] == "chosen":
        picked = [entry for entry in arise if condition(E, env, ["name", item["input"], entry[0]])]
        if len(picked) == 1:
            stays = picked[0]
        elif item["otherwise"] == "no invoice":
            raise Refused("several credits, and not exactly one of them is chosen")
    if stays is None:
        stays = max(arise, key=lambda entry: entry[1])
    return [key for entry in arise if entry[0] != stays[0] for key in entry[2]]


# --- too small to be settled


def settled(E, m):
    """What is left of the credits when those too small are dropped or wait, and what had waited and is settled now.

    Returns the amounts by (identity, member), and the lines of what had waited: (identity of the item, name, identity or None, amount, whether
    only the end of the words settles it).
    """
    return E.memo(("settled", m), lambda: _settled(E, m))


def _settled(E, m):
    amounts = dict(chosen(E, m))
    lines = []
    for item in E.texts.at(m).of_kind("small"):
        amounts, waited, _ = small(E, item, m, amounts)
        lines += waited
    return amounts, lines


def waiting(E, identity, m):
    """What waits at the end of a month until it is large enough: by line, or under None where all count together."""
    return E.memo(("waiting", identity, m), lambda: _waiting(E, identity, m))


def _waiting(E, identity, m):
    if m < E.first_row:
        return {}
    item = E.texts.item_at(identity, m)
    if item is None:
        return {}
    return small(E, item, m, chosen(E, m))[2]


def small(E, item, m, amounts):
    text = E.texts.at(m)
    least = E.line(m, number(E, E.env(item, m), item["amount"]))
    carried = item["end"] != "dropped"
    before = waiting(E, item["identity"], m - 1) if carried else {}
    ends = E.words_end(item["identity"], m, lambda a, b: b["end"] != "dropped" and a["each"] == b["each"])
    goes_on = lines_after(E, m)
    amounts = dict(amounts)
    lines = []
    after = {}
    if item["each"]:
        groups = {key: [key] for key in amounts}
        for key in before:
            groups.setdefault(key, [])
    else:
        groups = {None: list(amounts)}
    for group, keys in groups.items():
        name = line_of(text, group) if group else None
        # What waits on its credit's own account is settled where the credit ends, or lapses with it.
        credit_ends = group is not None and group not in goes_on
        last = ends or credit_ends
        lapses = credit_ends and E.lapses(group[0], m) and m < text.last_month
        pays = last and not lapses and item["end"] == "paid out"
        sums = attempt(lambda: total_of((amounts[key] for key in keys), ZERO) + known(before.get(group, ZERO)))
        if isinstance(sums, Refused):
            for key in keys:
                if amounts[key] != 0:
                    amounts[key] = sums
            if isinstance(before.get(group, ZERO), Refused) or before.get(group, ZERO) > 0:
                # Nobody knows whether what waits is large enough by now.
                identity = group[0] if group and keys else None
                lines.append((item["identity"], name or "credits", identity, sums, False))
            if carried and not last:
                after[group] = sums
            continue
        waited = before.get(group, ZERO)
        if sums == 0:
            continue
        if sums >= least or pays:
            if waited > 0:
                identity = group[0] if group and keys else None
                lines.append((item["identity"], name or "credits", identity, waited, sums < least))
            continue
        for key in keys:
            amounts[key] = ZERO
        if carried and not last:
            after[group] = sums
    return amounts, lines, after


def lines_after(E, m):
    """The lines of credits in the month after."""
    text = E.texts.at(m + 1)
    items = text.of_kind("credit", "service level")
    return {(item["identity"], member) for item in items for member in E.members(text, item)}


def line_of(text, key):
    name = text.by_identity[key[0]]["name"]
    return name if key[1] is None else f"{name}.{key[1]}"


__all__ = ["evaluate", "NO_VALUE", "NotThere"]
