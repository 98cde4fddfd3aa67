"""Service points: what failures count in a month, and their sum."""

from bands import band_value
from exact import ONE, ZERO
from expressions import condition, evaluate, fixed
from outcome import NO_VALUE, NotThere, Refused


def total(E, m):
    """`total points`: the sum over all points items of the month, and their members."""
    text = E.texts.at(m)
    return sum(
        (points_of(E, item, member, m) for item in text.of_kind("points") for member in E.members(text, item)), ZERO
    )


def points_of(E, item, member, m):
    return fact(E, item["identity"], member, m)[1]


def fact(E, identity, member, m):
    """What happened: `nothing settled`, `excused`, or `points`, and how many they are."""
    return E.memo(("points", identity, member, m), lambda: _fact(E, identity, member, m))


def _fact(E, identity, member, m):
    item = E.texts.item_at(identity, m)
    if item is None:
        raise NotThere("the points were not there")
    text = E.texts.at(m)
    if not E.settles(item, m, item["each"]) or E.lapses(identity, m) and m != E.period_end(text, item["each"], m):
        return "nothing settled", ZERO
    env = E.env(item, m, member)
    if m - text.first_month < item.get("grace", 0):
        return "excused", ZERO
    for excuse in item.get("excused", []):
        if condition(E, env, excuse):
            return "excused", ZERO
    bands = item.get("bands")
    if bands and item.get("no_value_excused") and evaluate(E, env, bands["of"]) is NO_VALUE:
        return "excused", ZERO
    value = band_value(E, env, bands, outside=ZERO) if bands else evaluate(E, env, item["value"])
    if value is NO_VALUE:
        if item.get("no_value_excused"):
            return "excused", ZERO
        raise Refused("points without a value")
    if value > 0 and item.get("repeated"):
        factor, compounding = item["repeated"]
        number = run_before(E, item, member, m) + 1
        if number > 1:
            value *= fixed(factor) ** (number - 1 if compounding else 1)
    return "points", value


def run_before(E, item, member, m):
    """How many failures in a row there were before this month."""
    count = 0
    for before in range(m - 1, E.first_row - 1, -1):
        try:
            what, value = fact(E, item["identity"], member, before)
        except NotThere:
            break
        except Refused:
            continue
        if what == "nothing settled":
            continue
        if what == "excused":
            if item.get("excused_run") == "breaks":
                break
            continue
        if value <= 0:
            break
        count += 1
    return count


__all__ = ["ONE"]
