"""Limits and at-risk amounts: what they let pass, what they cut, and the excess that is carried forward."""

import adjustments
import choices
import credits
from exact import ONE, ZERO, cut_in_proportion
from expressions import fixed, number
from outcome import NotThere, Refused, attempt, known, total_of


class Part:
    """An amount above 0 that limits hold: a reduction, a credit, a bonus, or a line of what was carried forward.

    The amount of one that cannot be computed is the reason.
    """

    def __init__(self, of, name, amount, key=None, carried=False):
        self.of = of  # reductions, credits or bonuses
        self.name = name
        self.amount = amount
        self.key = key  # (identity, member) of a credit or bonus; (identity, None) of an adjustment
        self.carried = carried
        self.item = None  # of a carried line: the identity of the limit, or of `credits below …`
        self.ended = False  # of a carried line: the end of the words settles it, on this month's invoice
        self.made_of = None  # of a carried line: the words and identities that say on which invoice it stands; None: all credits
        self.subject = key[0] if key else None  # the identity of the item that it counts to


class Held:
    """What the limits of a month come to."""

    def __init__(self, parts):
        self.parts = parts
        self.passed = {}  # by the identity of a limit: what it let pass
        self.left = {}  # by the identity of a limit: the excess left open, as [month or None, amount]
        self.paid_out = []  # (first subject, of, amount)
        self.unknown = None  # why the limits of the month cannot be computed, if so


def held(E, m):
    return E.memo(("held", m), lambda: _held(E, m))


def _held(E, m):
    text = E.texts.at(m)
    state = Held(parts_of(E, m))
    for item in text.of_kind("limit", "at risk"):
        answer = attempt(lambda: hold(E, text, item, m, state))
        if isinstance(answer, Refused):
            # Not known what it cuts: so what it holds is not known either, nor what of the excess is left.
            subjects = held_subjects(text, item)
            own = attempt(lambda: total_of((part.amount for part in matching(state.parts, subjects)), ZERO))
            for part in matching(state.parts, subjects):
                # One of 0 stays 0, whatever the limit and its other subjects are.
                if isinstance(part.amount, Refused) or part.amount > 0:
                    part.amount = answer
            state.passed[item["identity"]] = answer
            if item.get("excess") or item.get("whole"):
                queue = aged(E, item, m, (item.get("excess") or {}).get("months"))
                if queue and (item.get("excess") or whole_ends(E, item, m)):
                    add_carried(text, item, state, answer)
                for entry in queue:
                    entry[1] = answer
                keep(E, text, item, m, state, queue, ZERO if own == 0 else answer)
            state.unknown = state.unknown or answer
    return state


def parts_of(E, m):
    """What limits can hold, in the order of the statement's lines."""
    text = E.texts.at(m)
    parts = []
    for line in adjustments.lines(E, m):
        if isinstance(line.amount, Refused):
            parts.append(Part("reductions", line.name, line.amount, (line.identity, None)))
        elif line.amount < 0:
            parts.append(Part("reductions", line.name, -line.amount, (line.identity, None)))
    amounts, waited = choices.settled(E, m)
    for key, amount in credits.amounts(E, m):
        if text.by_identity[key[0]]["kind"] == "bonus":
            parts.append(Part("bonuses", choices.line_of(text, key), amount, key))
        else:
            parts.append(Part("credits", choices.line_of(text, key), amounts[key], key))
    for small, name, identity, amount, ended in waited:
        part = Part("credits", name, amount, None, True)
        part.subject = identity
        part.item = small
        part.ended = ended
        part.made_of = None if identity is None else [identity]
        parts.append(part)
    return parts


def subjects_of(text, item):
    """What an item holds: the words for all of a kind, and the identities of single items."""
    if item["kind"] == "at risk":
        return [text.by_name[name]["identity"] for _, shares in item["shares"] for name, _, _ in shares]
    subjects = []
    for subject in item["subjects"]:
        if subject in ("credits", "reductions", "bonuses"):
            subjects.append(subject)
        elif text.by_name[subject]["kind"] == "at risk":
            subjects += subjects_of(text, text.by_name[subject])
        else:
            subjects.append(text.by_name[subject]["identity"])
    return subjects


def matching(parts, subjects):
    return [part for part in parts if part.of in subjects or part.subject in subjects]


def held_subjects(text, item):
    """What a limit holds: its subjects, and what is carried by the name of an at-risk amount that is one of them."""
    pools = [text.by_name[name]["identity"] for name in item.get("subjects", []) if name in text.by_name and text.by_name[name]["kind"] == "at risk"]
    return subjects_of(text, item) + pools


def limit_amount(E, text, item, m, whole=False):
    return max(E.line(m, number(E, E.env(item, m), item["amount"])), ZERO)


def period_months(E, text, item, m):
    """The earlier months of the period, as far as the account's data has them."""
    if item["each"] == "rolling":
        start = m - item["rolling"] + 1
    else:
        start = E.period_start(text, item["each"], m)
    return range(max(start, E.first_row), m)


def used(E, text, item, m, subjects):
    """What the earlier months of the period have used of the limit."""
    total = ZERO
    for one in period_months(E, text, item, m):
        state = held(E, one)
        if item["identity"] in state.passed:
            total += known(state.passed[item["identity"]])
        else:
            total = total_of((part.amount for part in matching(state.parts, subjects)), total)
    return total


def hold(E, text, item, m, state):
    identity = item["identity"]
    subjects = held_subjects(text, item)
    parts = matching(state.parts, subjects)
    own = total_of((part.amount for part in parts), ZERO)
    queue = aged(E, item, m, (item.get("excess") or {}).get("months"))
    if own == 0 and (not queue or item.get("whole") and not item.get("excess") and not whole_ends(E, item, m)):
        # It has nothing to hold, and nobody needs to know how much it would have let pass.
        state.passed[identity] = ZERO
        if item.get("whole") and not item.get("excess"):
            keep(E, text, item, m, state, queue, ZERO)
        return
    room = max(limit_amount(E, text, item, m) - used(E, text, item, m, subjects), ZERO)
    step = E.line_step(m)
    if step is not None:
        # In whole steps, also where earlier months had shorter ones.
        room = room // step * step
    cut = cut_in_proportion([part.amount for part in parts], room, step)
    for part, amount in zip(parts, cut):
        part.amount = amount
    passed = min(own, room)
    excess = own - passed
    words = item.get("excess") or ({"whole": True} if item.get("whole") else None)
    if words:
        carried = carry(E, text, item, m, state, words, excess, room - passed)
        passed = carried if isinstance(carried, Refused) else passed + carried
    state.passed[identity] = passed


def carry(E, text, item, m, state, words, excess, room):
    """Lets carried excess into the room that is left, the oldest first; returns how much of it passed."""
    queue = aged(E, item, m, words.get("months"))
    passed = ZERO
    unknown = None
    if not words.get("whole") or whole_ends(E, item, m):
        for entry in queue:
            if unknown is None and room > 0 and isinstance(entry[1], Refused):
                unknown = entry[1]
            if unknown is not None:
                entry[1] = unknown
                continue
            if room > 0:
                taken = min(entry[1], room)
                entry[1] -= taken
                room -= taken
                passed += taken
    if unknown is not None or passed > 0:
        add_carried(text, item, state, passed if unknown is None else unknown)
    keep(E, text, item, m, state, queue, excess)
    if unknown is not None:
        state.unknown = state.unknown or unknown
        return unknown
    return passed


def add_carried(text, item, state, amount):
    """The line of what finds room, which later limits hold as well."""
    first = first_subject(item)
    part = Part(first_of(text, item), first, amount, None, True)
    if first not in ("credits", "reductions", "bonuses"):
        part.subject = text.by_name[first]["identity"]
    part.item = item["identity"]
    part.made_of = subjects_of(text, item)
    state.parts.append(part)


def aged(E, item, m, months):
    """The excess that earlier months have left, with the month in which it arose where words limit its age."""
    queue = [list(entry) for entry in open_before(E, item["identity"], m)]
    for entry in queue:
        if not months:
            entry[0] = None
        elif entry[0] is None:
            # It comes under words that limit its age, and counts as new.
            entry[0] = m - 1
    # Words with fewer months no longer know what is older than they allow.
    return [entry for entry in queue if not months or entry[0] + months >= m]


def whole_ends(E, item, m):
    """Whether the period of a limit that waits for the whole of it ends in this month."""
    if m == E.period_end(E.texts.at(m), item["each"], m):
        return True
    return E.words_end(item["identity"], m, lambda a, b: a["each"] == b["each"] and bool(b.get("whole") or b.get("excess")))


def keep(E, text, item, m, state, queue, excess):
    """What of the excess stays open at the month's end; at the end of the term it is paid out or lapses."""
    words = item.get("excess") or {}
    months = words.get("months")
    queue.append([m if months else None, excess])
    if months:
        queue = [entry for entry in queue if entry[0] + months > m]
    queue = [entry for entry in queue if isinstance(entry[1], Refused) or entry[1] > 0]
    if not words:
        state.left[item["identity"]] = [] if whole_ends(E, item, m) else queue
        return
    if E.words_end(item["identity"], m, lambda a, b: bool(b.get("excess"))):
        if words["end"] == "paid out" and queue:
            left = attempt(lambda: total_of((entry[1] for entry in queue), ZERO))
            if isinstance(left, Refused):
                state.unknown = state.unknown or left
            else:
                state.paid_out.append((first_subject(item), first_of(text, item), left))
        queue = []
    state.left[item["identity"]] = queue


def first_of(text, item):
    """Whether what a limit carries are reductions, credits or bonuses."""
    first = first_subject(item)
    return first if first in ("credits", "reductions", "bonuses") else kind_of(text, first)


def first_subject(item):
    return item["subjects"][0]


def kind_of(text, name):
    return "bonuses" if text.by_name[name]["kind"] == "bonus" else "credits"


def open_before(E, identity, m):
    if m - 1 < E.first_row:
        return []
    return held(E, m - 1).left.get(identity, [])


def after_limits(E, m):
    """The credits and bonuses of the month after all limits, by (identity, member)."""
    return E.memo(
        ("after limits", m), lambda: {p.key: p.amount for p in held(E, m).parts if p.key and p.of != "reductions"}
    )


# --- at-risk amounts


def at_risk_amount(E, item, m):
    return number(E, E.env(item, m), item["amount"])


def share_at_risk(E, item, member, m):
    """What a miss of a service level costs of an at-risk amount; None if it is in none."""
    text = E.texts.at(m)
    for pool in text.of_kind("at risk"):
        for category, shares in pool["shares"]:
            for name, of_member, share in shares:
                if name == item["name"] and of_member == member:
                    part = fixed(share) * (fixed(category) if category else ONE)
                    return at_risk_amount(E, pool, m) * part
    return None


__all__ = ["NotThere", "Refused"]
