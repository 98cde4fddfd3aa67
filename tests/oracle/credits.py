"""Credits and bonuses, those of service levels included: their amounts before choices and limits."""

import adjustments
import levels
from bands import band_value
from exact import ZERO
from expressions import SPANS, condition, evaluate, number, window_values
from outcome import NO_VALUE, Refused, attempt


def amounts(E, m):
    """The amounts above 0 of the month's credits, service levels and bonuses: ((identity, member), amount), in the order of lines.

    One that cannot be computed stands there as the reason.
    """
    return E.memo(("amounts", m), lambda: _amounts(E, m))


def _amounts(E, m):
    text = E.texts.at(m)
    result = []
    for item in text.of_kind("credit", "service level") + text.of_kind("bonus"):
        for member in E.members(text, item):
            amount = attempt(lambda: amount_of(E, item, member, m))
            result.append(((item["identity"], member), amount))
    return result


def amount_of(E, item, member, m):
    return E.memo(("amount", item["identity"], member, m), lambda: _amount(E, item, member, m))


SIDES = {"at most": "<=", "below": "<", "at least": ">=", "above": ">"}


def stayed(E, env, item):
    """Whether the metric was on its side of the level in every month of the period that has a value, and in one at least."""
    metric, side, level = item["stays"]
    months = window_values(E, env, [SIDES[side], ["name", metric], level], [SPANS[item["each"]]])
    return bool(months) and all(months)


def _amount(E, item, member, m):
    if item["kind"] == "service level":
        return E.line(m, levels.credit(E, item, member, m))
    if not E.settles(item, m, item.get("each") or "month"):
        return ZERO
    env = E.env(item, m, member)
    if item.get("stays") and not stayed(E, env, item):
        return ZERO
    if item.get("when") is not None and not condition(E, env, item["when"]):
        return ZERO
    if item.get("bands"):
        value = band_value(E, env, item["bands"], outside=ZERO)
    elif item.get("each", "month") != "month" and adjustments.monthly(item["value"]):
        # Money per month that is settled once in a period is the sum over its months.
        text = E.texts.at(m)
        months = adjustments.target_months(E, text, item["each"], m)
        value = sum((number(E, E.env(item, one, member, text), item["value"]) for one in months), ZERO)
    else:
        value = evaluate(E, env, item["value"])
    if value is NO_VALUE:
        raise Refused("an amount without a value")
    return E.line(m, max(value, ZERO))
