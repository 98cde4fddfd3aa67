"""Adjustments: by bands, by shares of a change of currency, and by shares of gain and pain."""

from bands import band_value
from exact import ONE, ZERO
from expressions import evaluate, fixed, number
from outcome import NO_VALUE, NotThere, Refused, attempt
from readings import READINGS


def lines(E, m):
    """The adjustment lines of a month before limits, in the order of the file; an amount may be a reason of refusal."""
    return E.memo(("adjustments", m), lambda: _lines(E, m))


def _lines(E, m):
    from evaluate import Line

    result = []
    for item in E.texts.at(m).of_kind("adjust", "share currency", "share gain"):
        compute = {"adjust": by_bands, "share currency": by_currency, "share gain": by_gain}[item["kind"]]
        amount = attempt(lambda: E.line(m, compute(E, item, m)))
        result.append(Line("adjustment", line_name(item), amount, item["identity"]))
    return result


def line_name(item):
    if item["kind"] == "share gain":
        return item["name"]
    names = ", ".join(item["charges"])
    return f"{names} by {item['by_name']}"


def base_of(E, item, m):
    """The sum of the charges named, as they are invoiced."""
    if item["charges"] == ["charges"]:
        return E.stage_of(m, "charges")
    text = E.texts.at(m)
    return sum((E.item_value(text.by_name[name], None, m) for name in item["charges"]), ZERO)


def by_bands(E, item, m):
    share = band_value(E, E.env(item, m), item["bands"])
    if share is NO_VALUE:
        raise Refused("an adjustment without a value")
    return share * base_of(E, item, m)


def by_currency(E, item, m):
    env = E.env(item, m)
    rate = number(E, env, item["rate"])
    agreed = fixed(item["agreed"])
    if item.get("up_to") is not None:
        rate = min(rate, fixed(item["up_to"]))
    if item.get("down_to") is not None:
        rate = max(rate, fixed(item["down_to"]))
    change = rate / agreed - 1
    if item.get("beyond"):
        share, kind = item["beyond"]
        band = fixed(share)
        if abs(change) <= band:
            change = ZERO
        elif kind == "deductible":
            change = change - band if change > 0 else change + band
    if item["abroad_per_invoice"]:
        # The rate counts the other currency for one of the invoice's: its rise makes what is bought abroad cheaper.
        change = 1 / (1 + change) - 1
    to, share = item["share"]
    customer = fixed(share) if to == "customer" else ONE - fixed(share)
    return customer * change * base_of(E, item, m)


def by_gain(E, item, m):
    text = E.texts.at(m)
    period = item.get("each") or "month"
    if not E.settles(item, m, period):
        return ZERO
    if E.lapses(item["identity"], m):
        return ZERO
    env = E.env(item, m)
    months = range(max(E.period_start(text, period, m), E.first_row), m + 1)
    actual = ZERO
    for one in months:
        try:
            actual += number(E, E.env(item, one, None, text), item["actual"])
        except NotThere:
            continue
    if monthly(item["target"]):
        target = sum((number(E, E.env(item, one, None, text), item["target"]) for one in target_months(E, text, period, m)), ZERO)
    else:
        target = number(E, env, item["target"])
        if part_words(E, item, m) == "pro rata":
            target *= part_of_period(E, text, period, m)
            if READINGS["the pro-rata target of a share of gain is rounded as a line"]:
                target = E.line(m, target)
    side = item["gain"] if actual < target else item["pain"]
    total = ZERO
    start = ZERO
    rest = abs(target - actual)
    for word, size, share, to in side:
        if word == "beyond":
            part = max(rest - start, ZERO)
        else:
            end = fixed(size) * target if word == "up to" else start + fixed(size) * target
            part = max(min(rest, end) - start, ZERO)
            start = end
        sign = 1 if (actual < target) == (to == "supplier") else -1
        total += sign * part * fixed(share)
    return total


def monthly(node):
    """Whether a value is money per month, quarter or year, also where it changes by date."""
    return node[0] == "per_period" or (node[0] == "dated" and monthly(node[1]))


def whole_period(E, text, period, m):
    """The months of the period that lie in the term, up to the one in which it ends."""
    start = max(E.period_start(text, period, m), text.first_month)
    return range(start, m + 1)


def target_months(E, text, period, m):
    months = whole_period(E, text, period, m)
    if READINGS["monthly gain targets count from the account's first month"]:
        return range(max(months.start, E.first_row), m + 1)
    return months


def part_words(E, item, m):
    """What is said of a part of a period: by the contract, or by the amendment that removes the item within one."""
    ends = item["identity"] not in E.texts.at(m + 1).by_identity
    return item.get("part") or (E.texts.endings.get(item["identity"]) if ends else None)


def part_of_period(E, text, period, m):
    """Which part of the period lies in the term, in months; a part month counts as its part."""
    months = sum((text.part_of_month(one) for one in whole_period(E, text, period, m)), ZERO)
    return months / E.period_length(period)


__all__ = ["evaluate"]
