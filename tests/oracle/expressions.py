"""Expressions: from a tree and a month to an exact value. The forms of trees are listed in README.md.

Amounts are numbers of the currency's main unit, percentages and percentage points are shares (5% is 1/20), durations are
seconds, everything else is counted in its own unit.
"""

import math
from dataclasses import dataclass, replace
from fractions import Fraction

from bands import band_value
from exact import ONE, ZERO, days_in, month, rounded
from outcome import NO_VALUE, NotThere, NothingToMeasure, Refused, of_earlier_month
from readings import READINGS

SECONDS = {"second": 1, "seconds": 1, "minute": 60, "minutes": 60, "hour": 3600, "hours": 3600}


@dataclass(frozen=True)
class Env:
    """Where an expression stands: the month, the text that holds it, and the member of its item."""

    month: int
    text: object
    dimension: str = None
    member: str = None
    index: object = None  # gives the factor of the index in force and the rounding of prices, for the amounts of money that the item writes
    card: object = None  # the rates of a rate card, by member
    span: tuple = None  # of a metric over several months: the window over which its counts are summed
    apart: frozenset = frozenset()  # … and the months that its sums pass over, because a count of its formula has no value there


def fixed(node):
    """The value of a literal that cannot change: an edge, an end, a share."""
    kind = node[0]
    if kind in ("num", "money"):
        return Fraction(node[1])
    if kind in ("pct", "pp"):
        return Fraction(node[1]) / 100
    if kind == "qty":
        return Fraction(node[1]) * SECONDS.get(node[2], 1)
    if kind == "rate":
        return Fraction(node[1]) / SECONDS.get(node[2], 1)
    raise ValueError(f"not a fixed number: {node}")


def bare(env):
    """The same place, where amounts are only compared with, so that no index touches them."""
    return replace(env, index=None)


def evaluate(E, env, node):
    """The value of a tree: a Fraction, True or False, or NO_VALUE."""
    return FORMS[node[0]](E, env, *node[1:])


def condition(E, env, node):
    value = evaluate(E, env, node)
    if value is NO_VALUE:
        raise Refused("a condition has no value")
    return value


def number(E, env, node):
    """A value that must be there, such as an amount."""
    value = evaluate(E, env, node)
    if value is NO_VALUE:
        raise Refused("a value is needed, and there is none")
    return value


def _money(E, env, text, unit=None):
    value = Fraction(text)
    # Asked only where an amount is used: a factor that nobody knows stops nothing else.
    factor, price_rounding = env.index() if env.index else (ONE, None)
    value *= factor
    if price_rounding:
        value = rounded(value, *price_rounding)
    return value / SECONDS.get(unit, 1)


def _arithmetic(operation):
    def form(E, env, a, b):
        left = evaluate(E, env, a)
        right = evaluate(E, env, b)
        if left is NO_VALUE or right is NO_VALUE:
            return NO_VALUE
        return operation(left, right)

    return form


def _divide(a, b):
    if b == 0:
        raise NothingToMeasure("a denominator is zero")
    return a / b


def _compare(operation):
    def form(E, env, a, b):
        return _arithmetic(operation)(E, bare(env), a, b)

    return form


def _between(E, env, a, b, c):
    values = [evaluate(E, bare(env), node) for node in (a, b, c)]
    if NO_VALUE in values:
        return NO_VALUE
    return values[1] <= values[0] <= values[2]


def _and(E, env, a, b):
    left = evaluate(E, env, a)
    if left is NO_VALUE:
        return NO_VALUE
    return evaluate(E, env, b) if left else False


def _or(E, env, a, b):
    left = evaluate(E, env, a)
    if left is NO_VALUE:
        return NO_VALUE
    return True if left else evaluate(E, env, b)


def _if(E, env, c, a, b):
    chosen = evaluate(E, env, c)
    if chosen is NO_VALUE:
        return NO_VALUE
    return evaluate(E, env, a if chosen else b)


def _known(E, env, a, b):
    value = evaluate(E, env, a)
    return evaluate(E, env, b) if value is NO_VALUE else value


def _rounded(E, env, a, mode, step):
    value = evaluate(E, env, a)
    return value if value is NO_VALUE else rounded(value, mode, fixed(step))


def _one(operation):
    def form(E, env, a):
        value = evaluate(E, env, a)
        return value if value is NO_VALUE else operation(value)

    return form


def _many(operation):
    def form(E, env, *nodes):
        values = [evaluate(E, env, node) for node in nodes]
        return NO_VALUE if NO_VALUE in values else operation(values)

    return form


def _per(E, env, kind, amount, step, of, side, edge):
    """`500 EUR per full second of B above C`: the amount for each step that B is beyond C."""
    compared = bare(env)
    measure = evaluate(E, compared, of)
    base = ZERO if edge is None else evaluate(E, compared, edge)
    if measure is NO_VALUE or base is NO_VALUE:
        return NO_VALUE
    distance = base - measure if side == "below" else measure - base
    steps = max(distance, ZERO) / fixed(step)
    if kind == "full":
        steps = Fraction(math.floor(steps))
    elif kind == "started":
        steps = Fraction(math.ceil(steps))
    value = evaluate(E, env, amount)
    return NO_VALUE if value is NO_VALUE else value * steps


def _agreement(E, env):
    raise Refused("by agreement")


def _dated(E, env, first, later):
    """A value by date: the last one whose month has come."""
    chosen = first
    for date, node in later:
        if month(date) <= env.month:
            chosen = node
    return evaluate(E, env, chosen)


def _per_period(E, env, period, amount):
    """An amount for a month, quarter or year: all, a third or a twelfth of it, and its part in a part month."""
    value = evaluate(E, env, amount)
    return value / {"month": 1, "quarter": 3, "year": 12}[period] * env.text.part_of_month(env.month)


def _rate_month(E, env, amount, unit):
    """`2.50 EUR per seat and month`: a price for each unit in a month, and its part in a part month."""
    return _money(E, env, amount, unit) * env.text.part_of_month(env.month)


def _calendar(E, env, what):
    m, text = env.month, env.text
    if what == "month":
        return Fraction(m)
    if what == "month of year":
        return Fraction(m % 12 + 1)
    if what == "month of term":
        return Fraction(m - text.first_month + 1)
    if what == "days in month":
        if env.span is not None:
            months = [one for one in window_months(E, env, env.span) if text.in_term(one) and one not in env.apart]
            return Fraction(sum(days_in(one) for one in months))
        return Fraction(days_in(m))
    if what == "months in term":
        return Fraction(text.last_month - text.first_month + 1)
    raise ValueError(what)


# --- windows and history


def window_months(E, env, window):
    """The months of a window that the account's data has, from its first row on."""
    m = env.month
    if window[0] == "last":
        first, last = m - window[1] + 1, m
    elif window[0] == "prev":
        first, last = m - window[1], m - 1
    else:
        first, last = E.period_start(env.text, window[0], m), m
    return range(max(first, E.first_row), last + 1)


def window_values(E, env, node, window):
    """The values within a window; months in which it is absent are passed over, and it begins after one in which it was not there."""
    values = []
    for m in window_months(E, env, window):
        there = replace(env, month=m)
        try:
            if m < env.month:
                value = of_earlier_month(lambda: evaluate(E, there, node))
            else:
                value = evaluate(E, there, node)
        except NotThere:
            values.clear()
            continue
        if value is not NO_VALUE:
            values.append(value)
    return values


def _fold(E, env, what, node, window):
    values = window_values(E, env, node, window)
    if what == "sum":
        return sum(values, ZERO)
    if not values:
        raise Refused(f"{what} over no month")
    if what == "average":
        return sum(values, ZERO) / len(values)
    return min(values) if what == "least" else max(values)


def _count(E, env, node, window):
    return Fraction(sum(1 for value in window_values(E, env, node, window) if value))


def _previous(E, env, node, at_first):
    m = env.month - 1
    if m >= E.first_row:
        try:
            return of_earlier_month(lambda: evaluate(E, replace(env, month=m), node))
        except NotThere:
            pass
    if at_first is None:
        raise Refused("there is no month before")
    return evaluate(E, env, at_first)


def _run(E, env, node):
    """In how many months in a row up to this one a condition holds; months that could not be computed are passed over."""
    count = 0
    m = env.month
    while m >= E.first_row:
        try:
            value = evaluate(E, replace(env, month=m), node)
        except NotThere:
            m -= 1
            continue
        except Refused:
            if m == env.month and not READINGS["a run passes over its own month"]:
                raise
            m -= 1
            continue
        if value is NO_VALUE:
            if m == env.month:
                return NO_VALUE
        elif value:
            count += 1
        else:
            break
        m -= 1
    return Fraction(count)


SPANS = {"quarter": "calendar quarter", "contract year": "contract year", "calendar year": "calendar year", "term": "term"}


def _span(E, env, node, span):
    """`VALUE of the quarter`: the sum of the value over the months of the period up to this one."""
    if span == "this month":
        return evaluate(E, env, node)
    window = span if isinstance(span, list) else [SPANS[span]]
    if isinstance(span, list):
        window = ["last", span[1]]
    return E.measure_over(env, node, window)


FORMS = {
    "num": lambda E, env, text: Fraction(text),
    "pct": lambda E, env, text: Fraction(text) / 100,
    "pp": lambda E, env, text: Fraction(text) / 100,
    "money": _money,
    "rate": _money,
    "qty": lambda E, env, text, unit: Fraction(text) * SECONDS.get(unit, 1),
    "bool": lambda E, env, value: value,
    "month_is": lambda E, env, text: Fraction(month(text)),
    "name": lambda E, env, name, member=None: E.value_of_name(env, name, member),
    "total_of": lambda E, env, name: E.total_of_name(env, name),
    "card_rate": lambda E, env, member: env.card[member],
    "stage": lambda E, env, stage: E.stage(env, stage),
    "calendar": _calendar,
    "+": _arithmetic(lambda a, b: a + b),
    "-": _arithmetic(lambda a, b: a - b),
    "*": _arithmetic(lambda a, b: a * b),
    "of": _arithmetic(lambda a, b: a * b),
    "/": _arithmetic(_divide),
    "<": _compare(lambda a, b: a < b),
    "<=": _compare(lambda a, b: a <= b),
    ">": _compare(lambda a, b: a > b),
    ">=": _compare(lambda a, b: a >= b),
    "=": _compare(lambda a, b: a == b),
    "<>": _compare(lambda a, b: a != b),
    "between": _between,
    "and": _and,
    "or": _or,
    "not": _one(lambda a: not a),
    "neg": _one(lambda a: -a),
    "abs": _one(abs),
    "aspct": _one(lambda a: a),
    "whole": _one(lambda a: Fraction(math.floor(a))),
    "started": _one(lambda a: Fraction(math.ceil(a))),
    "min": _many(min),
    "max": _many(max),
    "if": _if,
    "known": _known,
    "rounded": _rounded,
    "per": _per,
    "bands": lambda E, env, bands: band_value(E, env, bands),
    "agreement": _agreement,
    "dated": _dated,
    "per_period": _per_period,
    "rate_month": _rate_month,
    "fold": _fold,
    "count": _count,
    "previous": _previous,
    "run": _run,
    "span": _span,
}
