"""Exact arithmetic: rounding by the six modes, largest remainder, and months.

A month is a whole number: 12 times the year plus the month less one, so that the next month is one more.
"""

import calendar
import math
from fractions import Fraction

ZERO = Fraction(0)
ONE = Fraction(1)


def rounded(value, mode, step):
    """The value as a multiple of the step, by one of the modes of the reference's section Rounding."""
    steps = value / step
    if mode == "floor":
        whole = math.floor(steps)
    elif mode == "ceiling":
        whole = math.ceil(steps)
    elif mode == "down":
        whole = math.trunc(steps)
    elif mode == "up":
        whole = -math.floor(-steps) if steps > 0 else math.floor(steps)
    else:
        whole = math.floor(abs(steps))
        rest = abs(steps) - whole
        if rest > Fraction(1, 2):
            whole += 1
        elif rest == Fraction(1, 2):
            if mode == "half up":
                whole += 1
            elif mode == "half even":
                whole += whole % 2
            else:
                raise ValueError(f"unknown rounding mode {mode}")
        if steps < 0:
            whole = -whole
    return whole * step


def to_whole_steps(parts, total, step):
    """Sets each part to whole steps so that they sum to the total: largest remainder, the earlier first among equals."""
    floors = [math.floor(part / step) * step for part in parts]
    left = (total - sum(floors, ZERO)) / step
    if left.denominator != 1:
        raise ValueError("the total is not a multiple of the step")
    order = sorted(range(len(parts)), key=lambda i: (-(parts[i] - floors[i]), i))
    for i in order[: int(left)]:
        floors[i] += step
    return floors


def cut_in_proportion(parts, limit, step):
    """Cuts the parts to the limit in proportion; a step of None keeps them exact."""
    total = sum(parts, ZERO)
    if total <= limit:
        return list(parts)
    exact = [part * limit / total for part in parts]
    if step is None:
        return exact
    return to_whole_steps(exact, limit, step)


def month(text):
    """`2026-02` or `2026-02-01` as a month."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def month_text(m):
    return f"{m // 12:04d}-{m % 12 + 1:02d}"


def day(text):
    """The day of `2026-02-15`."""
    return int(text[8:10])


def days_in(m):
    return calendar.monthrange(m // 12, m % 12 + 1)[1]
