"""Indexation: the factor in force, by which the amounts of money of an item are multiplied."""

from exact import ONE, ZERO, month, rounded
from expressions import Env, evaluate, fixed
from outcome import NO_VALUE, NotThere, Refused
from readings import READINGS


def in_force(E, text, item, m):
    """The factor for an item in a month, and how its prices are rounded."""
    for index in text.of_kind("index"):
        named = item.get("name") in index["targets"]
        if named or (item["kind"] == "charge" and "charges" in index["targets"]):
            factor = state(E, index["identity"], m)[0]
            prices = index.get("prices_rounded")
            return factor, (prices[0], fixed(prices[1])) if prices and adjusted_yet(E, index, m) else None
    return ONE, None


def adjusted_yet(E, index, m):
    """Whether there was an adjustment: before the first one, prices are as they are written."""
    return state(E, index["identity"], m)[2]


def state(E, identity, m):
    """The factor in force in a month, the value that the next change is measured from, and whether there was an adjustment."""
    return E.memo(("index", identity, m), lambda: _state(E, identity, m))


def _state(E, identity, m):
    text = E.texts.at(m)
    index = text.by_identity.get(identity)
    born = E.texts.born(identity)
    begin = text.first_month if born is None else born
    if READINGS["adjustments before an index was agreed count"] and born is not None:
        begin = text.first_month
        if index is None:
            text = E.texts.first_text[identity]
            index = text.by_identity[identity]
    if m < begin:
        return ONE, None, False
    if index is None:
        raise NotThere("the index was not there")
    if m == begin:
        before = (ONE, None, False)
    else:
        before = state(E, identity, m - 1)
    if m % 12 + 1 != index["adjusted_in"] or m // 12 < index["from_year"]:
        return before
    return adjustment(E, text, index, m, before)


def adjustment(E, text, index, m, before):
    factor, reference, _ = before
    base = fixed(index["base"])
    if reference is None:
        reference = base
    value = read(E, text, index, m)
    against = index.get("against", "base")
    change = value / (base if against == "base" else reference) - 1
    counted = change
    passed = True
    if index.get("threshold"):
        words, share = index["threshold"]
        above = fixed(share)
        passed = abs(change) > above
        if not passed:
            counted = ZERO
        elif words == "only":
            counted = change - above if change > 0 else change + above
    new = 1 + (1 - (fixed(index["fixed"]) if index.get("fixed") else ZERO)) * counted
    if index.get("factor_rounded"):
        mode, step = index["factor_rounded"]
        new = rounded(new, mode, fixed(step))
    least = fixed(index["at_least"]) if index.get("at_least") else None
    most = fixed(index["at_most"]) if index.get("at_most") else None
    start = factor if against == "base" else ONE
    if least is not None:
        new = max(new, start * (1 + least))
    if most is not None:
        new = min(new, start * (1 + most))
    if against != "base":
        new = factor * new
    if against == "year" or (against == "last" and passed):
        reference = value
    return new, reference, True


def read(E, text, index, m):
    """The value of the index in the last named month before the adjustment."""
    read_in = m - 1
    while read_in % 12 + 1 != index["value_of"]:
        read_in -= 1
    if read_in < text.first_month:
        if read_in == month(index["base_month"]):
            return fixed(index["base"])
        raise Refused("the value of a month before the term")
    name, link = index["by_index"], None
    for change in index.get("relinked", []):
        if month(change["from"]) <= read_in:
            name = change["by"]
            link = fixed(change["value"]), fixed(change["linked_to"])
    if read_in < E.first_row:
        raise Refused("the value of the index was not reported")
    value = evaluate(E, Env(read_in, text), ["name", name])
    if value is NO_VALUE:
        raise Refused("the index has no value")
    return value if link is None else value * link[1] / link[0]
