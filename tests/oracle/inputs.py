"""Inputs, metrics, definitions and scorecards: steps 1 and 2 of the order of computation."""

from dataclasses import replace
from fractions import Fraction

from bands import band_value
from exact import ONE, ZERO, rounded
from expressions import Env, SECONDS, bare, condition, evaluate, fixed, number, window_months
from outcome import CellNotThere, NO_VALUE, MissingCell, NotThere, NothingToMeasure, Refused, of_earlier_month
from readings import READINGS

# What adds up over months: amounts, counts and durations.
SUMMABLE = ("amount", "count", "duration")


def computed(E, item, member, m):
    """The value of an item that is only computed. Before an amendment added it, as its first text makes it of the data."""
    identity = item["identity"]
    text = E.texts.at(m)
    there = text.by_identity.get(identity)
    if there is not None:
        return value_under(E, there, member, m, text)
    text = E.texts.first_text[identity]
    if item["kind"] == "input" and READINGS["cells before an input was agreed are not read"]:
        # Its cells count as empty ones.
        fallback = text.by_identity[identity].get("if_missing")
        if fallback is None:
            raise CellNotThere("the input was not there")
        try:
            item = text.by_identity[identity]
            return stand_in(E, item, member, m, fallback, Env(m, text, item.get("by"), member))
        except Refused as refusal:
            raise NotThere(str(refusal)) from refusal
    try:
        return value_under(E, text.by_identity[identity], member, m, text)
    except MissingCell as refusal:
        raise CellNotThere(str(refusal)) from refusal
    except Refused as refusal:
        raise NotThere(str(refusal)) from refusal


def value_under(E, item, member, m, text):
    kind = item["kind"]
    if kind == "input":
        return input_value(E, item, member, m, text)
    env = E.env(item, m, member, text)
    if kind == "metric":
        return metric_value(E, item, env)
    if kind == "let":
        return evaluate(E, env, item["value"])
    return scorecard_value(E, item, env)


def cell(E, item, member, m):
    """What was reported, or None."""
    heading = item["name"] if member is None else f"{item['name']}.{member}"
    text = E.rows.get(m, {}).get(heading, "")
    if text == "":
        return None
    if item["type"] == "bool":
        return text == "yes"
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    value = Fraction(text)
    if item["type"] == "pp":
        return value / 100
    return value * SECONDS.get(item.get("unit"), 1)


def input_value(E, item, member, m, text):
    value = cell(E, item, member, m)
    if value is not None:
        return value
    fallback = item.get("if_missing")
    if fallback is None:
        raise MissingCell(f"{item['name']} is missing")
    return stand_in(E, item, member, m, fallback, Env(m, text, item.get("by"), member))


def stand_in(E, item, member, m, fallback, env):
    """What counts instead of a value."""
    words = fallback[0]
    if words == "no value":
        return NO_VALUE
    if words == "no invoice":
        raise Refused("the contract says: no invoice")
    if words == "value":
        return evaluate(E, env, fallback[1])
    if words == "last known":
        if m - 1 < E.first_row:
            raise Refused("there is no last known value")
        return earlier(E, item, member, m - 1)
    if words == "average":
        values = []
        for before in range(max(m - fallback[1], E.first_row), m):
            try:
                value = earlier(E, item, member, before)
            except NotThere:
                values.clear()
                continue
            if value is not NO_VALUE:
                values.append(value)
        if not values:
            raise Refused("there is no month to take the average of")
        return sum(values, ZERO) / len(values)
    raise ValueError(words)


def earlier(E, item, member, m):
    return of_earlier_month(lambda: E.item_value(item, member, m))


def metric_value(E, item, env):
    """The steps of a metric: formula, if missing and if nothing to measure, needs, rounding, range."""
    needs = item.get("needs")
    if needs and item.get("if_missing"):
        # Where a cell of the formula is missing, so that what is needed cannot be told, `if missing` says what counts.
        try:
            condition(E, env, needs["condition"])
        except MissingCell:
            needs = None
    if needs and not condition(E, env, needs["condition"]):
        # What the formula gives is not used then, so that it cannot stop the month.
        if not needs.get("otherwise"):
            raise Refused(f"what {item['name']} needs does not hold")
        value = stand_in(E, item, env.member, env.month, needs["otherwise"], env)
    else:
        value = formula_value(E, item, env)
    if value is NO_VALUE:
        return value
    if item.get("rounded"):
        mode, step = item["rounded"]
        value = rounded(value, mode, fixed(step))
    if item.get("range"):
        least, most = item["range"]
        if (least is not None and value < fixed(least)) or (most is not None and value > fixed(most)):
            raise Refused(f"{item['name']} is out of its range")
    return value


def formula_value(E, item, env):
    try:
        return evaluate(E, env, item["formula"])
    except MissingCell:
        if not item.get("if_missing"):
            raise
        return stand_in(E, item, env.member, env.month, item["if_missing"], env)
    except NothingToMeasure:
        if not item.get("if_nothing"):
            raise
        return stand_in(E, item, env.member, env.month, item["if_nothing"], env)


def scorecard_value(E, item, env):
    score = ZERO
    for weight, measure, bands in item["parts"]:
        points = band_value(E, env, dict(bands, of=measure))
        if points is NO_VALUE:
            return NO_VALUE
        score += fixed(weight) * points
    if item.get("rounded"):
        mode, step = item["rounded"]
        score = rounded(score, mode, fixed(step))
    return score


# --- values of several months


def over_months(E, env, node, window):
    """`VALUE of the quarter`: of a metric its formula with its counts summed, of everything else the sum."""
    from expressions import window_values

    if node[0] == "name" and env.text.by_name[node[1]]["kind"] == "metric":
        item = env.text.by_name[node[1]]
        member = node[2] if len(node) > 2 else None
        if member is None and item.get("by"):
            member = env.member
        inner = Env(env.month, env.text, item.get("by"), member, None, None, tuple(window))
        return metric_value(E, item, apart(E, inner, item))
    return sum(window_values(E, env, node, window), ZERO)


def apart(E, env, item):
    """The place with the months that the sums of the item's own formula pass over: those in which a count of it has no value."""
    months = set()
    for name, member in own_names(item):
        named = env.text.by_name[name]
        if named["kind"] not in ("input", "let") or named.get("type") not in SUMMABLE:
            continue
        if named["kind"] == "let" and constant(env.text, named["value"]):
            continue
        if named.get("by") and member is None:
            members = [env.member] if named["by"] == env.dimension else []
        else:
            members = E.members(env.text, named) if member == "total" else [member]
        for m in window_months(E, env, env.span):
            for one in members:
                try:
                    if E.item_value(named, one, m) is NO_VALUE:
                        months.add(m)
                except Exception:
                    # What stops the month is found where the sum is taken.
                    continue
    return replace(env, apart=frozenset(months))


def own_names(part):
    """The names in the trees of an item, each with its member."""
    if isinstance(part, dict):
        return [found for key, one in part.items() if key not in ("name", "by") for found in own_names(one)]
    if not isinstance(part, (list, tuple)) or not part:
        return []
    if part[0] == "name":
        return [(part[1], part[2] if len(part) > 2 else None)]
    if part[0] == "total_of":
        return [(part[1], "total")]
    return [found for one in part for found in own_names(one)]


def in_span(E, env, item, member):
    """A name within a metric of several months."""
    kind = item["kind"]
    if kind == "metric":
        inner = replace(env, dimension=item.get("by"), member=member)
        return metric_value(E, item, apart(E, inner, item))
    if kind == "scorecard" or (kind == "input" and item["type"] not in SUMMABLE):
        raise ValueError(f"{item['name']} does not add up")
    if kind == "let":
        if constant(env.text, item["value"]):
            return E.item_value(item, member, env.month)
        if item.get("type") not in SUMMABLE:
            inner = replace(env, dimension=item.get("by"), member=member)
            return evaluate(E, apart(E, inner, item), item["value"])
    total = ZERO
    for m in window_months(E, env, env.span):
        if m in env.apart:
            continue
        try:
            value = E.item_value(item, member, m)
        except NotThere:
            total = ZERO
            continue
        if value is not NO_VALUE:
            total += value
    return total


def for_month(E, env, node):
    """An amount, or a number of units, for a month: what is fixed counts in a part month as its part."""
    value = number(E, env, node)
    if stated(env.text, node) and not per_period(env.text, node):
        value *= env.text.part_of_month(env.month)
    return value


def stated(text, node):
    """Whether the text and the calendar alone say what a tree is."""
    if not isinstance(node, (list, tuple)) or not node:
        return True
    if node[0] in ("stage", "total_of", "card_rate"):
        return False
    if node[0] == "name":
        item = text.by_name[node[1]]
        return item["kind"] == "let" and stated(text, item["value"])
    if node[0] == "dated":
        return all(stated(text, one) for one in dated_values(node))
    if node[0] == "bands":
        words = node[1]
        values = [words["of"], words.get("otherwise"), words.get("no_value")] + [band["value"] for band in words["bands"]]
        return all(stated(text, one) for one in values if one is not None)
    return all(stated(text, part) for part in node[1:] if isinstance(part, list))


def dated_values(node):
    return [node[1]] + [value for _, value in node[2]]


def per_period(text, node):
    """Whether a tree is written per month, quarter or year, so that it is its own part in a part month."""
    if not isinstance(node, (list, tuple)) or not node:
        return False
    if node[0] in ("per_period", "rate_month"):
        return True
    if node[0] == "dated":
        return any(per_period(text, one) for one in dated_values(node))
    if node[0] == "name":
        item = text.by_name[node[1]]
        return item["kind"] == "let" and per_period(text, item["value"])
    return any(per_period(text, part) for part in node[1:] if isinstance(part, (list, tuple)))


def constant(text, node):
    """Whether a tree is the same in every month."""
    if not isinstance(node, (list, tuple)) or not node:
        return True
    if node[0] in ("stage", "calendar", "previous", "fold", "count", "run", "span", "total_of", "bands"):
        return False
    if node[0] == "dated":
        return all(constant(text, one) for one in dated_values(node))
    if node[0] == "name":
        item = text.by_name[node[1]]
        return item["kind"] == "let" and constant(text, item["value"])
    return all(constant(text, part) for part in node[1:] if isinstance(part, list))


__all__ = ["bare"]
