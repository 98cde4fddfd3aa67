"""The evaluator: one account's statements, month by month, in the order of computation of the reference.

Everything is computed when it is asked for, and kept: `memo` holds each value, or the reason why it cannot be computed. So a
month is refused only if something that it needs cannot be computed.
"""

import sys
from dataclasses import dataclass, replace
from fractions import Fraction

import adjustments
import charges
import choices
import credits
import indexation
import inputs
import levels
import limits
import points
import settlement
from contract import Texts
from exact import ONE, ZERO, month, month_text, rounded
from expressions import Env, window_months
from outcome import NO_VALUE, NotThere, Refused, total_of

sys.setrecursionlimit(20000)


@dataclass
class Line:
    """A line of a statement; the amount has the sign with which it stands on the invoice."""

    kind: str
    name: str
    amount: Fraction
    identity: int = None


class Engine:
    """What is known of one account under one contract with its amendments."""

    def __init__(self, model, rows):
        """`rows` holds the cells of each month by the heading of their column."""
        self.texts = Texts(model)
        self.rows = {month(name): cells for name, cells in rows.items()}
        self.first_row = min(self.rows)
        self.last_row = max(self.rows)
        self.memory = {}

    # --- memory

    def memo(self, key, compute):
        if key in self.memory:
            kept = self.memory[key]
            if isinstance(kept, Exception):
                raise kept
            if kept is RUNNING:
                raise RuntimeError(f"{key} depends on itself")
            return kept
        self.memory[key] = RUNNING
        try:
            value = compute()
        except Refused as refusal:
            self.memory[key] = refusal
            raise
        except BaseException:
            del self.memory[key]
            raise
        self.memory[key] = value
        return value

    # --- periods

    def period_start(self, text, period, m):
        if period == "month":
            return m
        if period in ("quarter", "calendar quarter"):
            return m - m % 3
        if period == "calendar year":
            return m - m % 12
        if period == "contract year":
            return text.first_month + (m - text.first_month) // 12 * 12
        if period == "term":
            return text.first_month
        raise ValueError(period)

    def period_length(self, period):
        return {"month": 1, "quarter": 3, "calendar year": 12, "contract year": 12}[period]

    def period_end(self, text, period, m):
        if period == "term":
            return text.last_month
        end = self.period_start(text, period, m) + self.period_length(period) - 1
        return min(end, text.last_month)

    def words_end(self, identity, m, keeps=None):
        """Whether the month is the last one under words of the item that keep something open.

        `keeps` compares the item in this month with the one in the next: whether its words keep what these keep.
        """
        now = self.texts.at(m)
        if m >= now.last_month:
            return True
        after = self.texts.at(m + 1)
        if after is now:
            return False
        item = after.by_identity.get(identity)
        if item is None:
            return self.texts.endings.get(identity) != "lapse"
        return keeps is not None and not keeps(now.by_identity[identity], item)

    def lapses(self, identity, m):
        """Whether the item is removed after this month with the words `what is open lapses`."""
        after = self.texts.at(m + 1)
        return identity not in after.by_identity and self.texts.endings.get(identity) == "lapse"

    def settles(self, item, m, period):
        """Whether a period of the item ends in this month."""
        text = self.texts.at(m)
        if m == self.period_end(text, period, m):
            return True
        same = lambda a, b: period_of(a) == period_of(b)
        return self.words_end(item["identity"], m, same)

    # --- rounding

    def line(self, m, value):
        """A value as a line of the month: rounded, if the contract rounds each line."""
        words = self.texts.at(m).frame["round"]
        if words["scope"] == "line":
            return rounded(value, words["mode"], Fraction(words["step"]))
        return value

    def line_step(self, m):
        words = self.texts.at(m).frame["round"]
        return Fraction(words["step"]) if words["scope"] == "line" else None

    # --- values by name

    def env(self, item, m, member=None, text=None):
        text = text or self.texts.at(m)
        return Env(m, text, item.get("by"), member, lambda: indexation.in_force(self, text, item, m))

    def members(self, text, item):
        dimension = item.get("by")
        return text.dimensions[dimension] if dimension else [None]

    def value_of_name(self, env, name, member=None):
        item = env.text.by_name[name]
        if member is None and item.get("by"):
            if item["by"] == env.dimension:
                member = env.member
            elif item["kind"] in ("input", "metric", "let"):
                raise ValueError(f"{name} needs a member")
        if getattr(env, "span", None) is not None:
            return inputs.in_span(self, env, item, member)
        return self.item_value(item, member, env.month)

    def item_value(self, item, member, m):
        """The value that the name of an item stands for in a month: a fact of that month."""
        if item["kind"] in ("input", "metric", "let", "scorecard"):
            return self.memo(("value", item["identity"], member, m), lambda: inputs.computed(self, item, member, m))
        there = self.texts.item_at(item["identity"], m)
        if there is None:
            raise NotThere(f"{item.get('name')} was not there in {month_text(m)}")
        return self.amount_of(there, member, m)

    def amount_of(self, item, member, m):
        """What the name of a charge, credit, … stands for in other forms."""
        kind = item["kind"]
        identity = item["identity"]
        if kind == "charge":
            lines = charges.lines_of(self, item, m)
            if member is not None:
                lines = [line for line in lines if line.name.split(".")[1:2] == [member]]
            return sum((line.amount for line in lines), ZERO)
        if kind in ("credit", "bonus", "service level"):
            amounts = [
                credits.amount_of(self, item, one, m)
                for one in self.members(self.texts.at(m), item)
                if member in (None, one)
            ]
            return sum(amounts, ZERO)
        if kind == "points":
            if member is not None or not item.get("by"):
                return points.points_of(self, item, member, m)
            return sum((points.points_of(self, item, one, m) for one in self.members(self.texts.at(m), item)), ZERO)
        if kind == "holdback":
            return settlement.held(self, item, m)
        if kind == "commitment":
            return settlement.true_up(self, item, m)
        if kind == "at risk":
            return limits.at_risk_amount(self, item, m)
        raise ValueError(kind)

    def total_of_name(self, env, name):
        item = env.text.by_name[name]
        members = self.members(env.text, item)
        values = [self.value_of_name(env, name, member) for member in members]
        return NO_VALUE if NO_VALUE in values else sum(values, ZERO)

    def measure_over(self, env, node, window):
        """`VALUE of the quarter`: a sum, or for a metric its formula with its counts summed."""
        return inputs.over_months(self, env, node, window)

    # --- stages

    def stage(self, env, name):
        if getattr(env, "span", None) is not None:
            return sum((self.stage_of(m, name) for m in window_months(self, env, env.span)), ZERO)
        return self.stage_of(env.month, name)

    def stage_of(self, m, name):
        if name == "charges":
            return sum((line.amount for line in charges.lines(self, m)), ZERO)
        if name == "adjustments":
            return total_of((line.amount for line in adjustments.lines(self, m)), ZERO)
        if name == "adjusted charges":
            return self.stage_of(m, "charges") + self.stage_of(m, "adjustments")
        if name in ("credits", "bonuses"):
            kinds = ("credit", "service level") if name == "credits" else ("bonus",)
            text = self.texts.at(m)
            return sum(
                (
                    credits.amount_of(self, item, member, m)
                    for item in text.of_kind(*kinds)
                    for member in self.members(text, item)
                ),
                ZERO,
            )
        if name == "total":
            return settlement.total(self, m)
        if name == "total points":
            return points.total(self, m)
        raise ValueError(name)

    # --- statements

    def statement(self, m):
        """The lines and the total of a month; raises Refused if the month has no invoice."""
        return self.memo(("statement", m), lambda: settlement.statement(self, m))


RUNNING = object()


def period_of(item):
    """By which period the item is settled, as words that another period does not keep."""
    return item.get("each") or "month"


def statements(model, rows):
    """The statements of all months of the data that lie in the term: month to (lines, total), or a reason of refusal."""
    engine = Engine(model, rows)
    result = {}
    for m in range(engine.first_row, engine.last_row + 1):
        if m not in engine.rows or not engine.texts.at(m).in_term(m):
            continue
        try:
            result[month_text(m)] = engine.statement(m)
        except Refused as refusal:
            result[month_text(m)] = refusal
    return result


def amount_text(value):
    """An exact amount: as a decimal number where there is one, else as a quotient."""
    value = Fraction(value)
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    whole = abs(value * 10**places).numerator
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (digits[:-places] + "." + digits[-places:] if places else digits)


__all__ = ["Engine", "Line", "statements", "amount_text", "ONE", "choices", "levels", "replace"]
