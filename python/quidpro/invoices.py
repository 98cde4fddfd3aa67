"""Invoices of months, and how they were computed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ._calls import Contract, Data, answer, call, data_file
from .tables import Table


@dataclass(frozen=True)
class Line:
    """A line of an invoice. Credits are below 0."""

    kind: str
    name: str
    title: str | None
    clause: str | None
    amount: Decimal
    #: The month in which it arose, if it is not the invoice's own.
    arose: str | None = None


@dataclass(frozen=True)
class Measure:
    """A KPI of the month, exact."""

    name: str
    value: Fraction | None
    type: str | None
    unit: str | None


@dataclass(frozen=True)
class Notice:
    """Something that the parties should know: a missed target, a limit that was reached."""

    kind: str
    name: str
    text: str
    clause: str | None


@dataclass(frozen=True)
class Statement:
    """The invoice of one month and account."""

    account: str | None
    month: str
    currency: str
    total: Decimal
    lines: tuple[Line, ...]
    measures: tuple[Measure, ...]
    notices: tuple[Notice, ...]
    #: As it is in `docs/schema/statement.schema.json`.
    raw: Any = field(default=None, repr=False, compare=False)

    def line(self, name: str) -> Decimal:
        """The sum of the lines of that name; 0 if there is none."""
        return sum((line.amount for line in self.lines if line.name == name), Decimal(0))


@dataclass(frozen=True)
class Refusal:
    """A month that has no invoice, and why."""

    account: str | None
    month: str
    reasons: tuple[str, ...]
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Invoices:
    """The invoices of a contract, and the months that have none."""

    contract: str
    statements: tuple[Statement, ...]
    refused: tuple[Refusal, ...]
    raw: Any = field(default=None, repr=False, compare=False)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def __len__(self) -> int:
        return len(self.statements)

    def of(self, month: str, account: str | None = None) -> Statement:
        """The invoice of a month. Raises `KeyError` with the reasons if it has none."""
        for statement in self.statements:
            if statement.month == month and statement.account == account:
                return statement
        for refusal in self.refused:
            if refusal.month == month and refusal.account == account:
                raise KeyError(f"there is no invoice for {month}: {'; '.join(refusal.reasons)}")
        raise KeyError(f"the data has no row for {month}" + (f" of {account}" if account else ""))

    def total(self, month: str | None = None, account: str | None = None) -> Decimal:
        """The total of a month, or of all of them."""
        if month is not None:
            return self.of(month, account).total
        return sum((one.total for one in self.statements), Decimal(0))

    def lines(self) -> Table:
        """All lines as a table, with one row for each."""
        rows = [(one, line) for one in self.statements for line in one.lines]
        return Table(
            {
                "account": [one.account for one, _ in rows],
                "month": [one.month for one, _ in rows],
                "kind": [line.kind for _, line in rows],
                "line": [line.name for _, line in rows],
                "clause": [line.clause for _, line in rows],
                "amount": [line.amount for _, line in rows],
                "currency": [one.currency for one, _ in rows],
            }
        )

    def totals(self) -> Table:
        """The totals as a table, with one row for each invoice."""
        return Table(
            {
                "account": [one.account for one in self.statements],
                "month": [one.month for one in self.statements],
                "total": [one.total for one in self.statements],
                "currency": [one.currency for one in self.statements],
            }
        )


def invoice(contract: Contract, data: Data, *, month: str | None = None, account: str | None = None) -> Invoices:
    """The invoices of all months in the data, or of one.

    Raises `Failure` if the contract has errors or the data cannot be read. A month without an invoice is in `refused`.
    """
    with data_file(data) as path:
        arguments = ["invoice", os.fspath(contract), "--data", path, "--format", "json"]
        for option, value in (("--month", month), ("--account", account)):
            if value is not None:
                arguments += [option, value]
        found = answer(arguments)
    return Invoices(
        contract=found["contract"]["name"],
        statements=tuple(_statement(one) for one in found["statements"]),
        refused=tuple(_refusal(one) for one in found["refused"]),
        raw=found,
    )


def explain(
    contract: Contract,
    data: Data,
    month: str,
    *,
    line: str | None = None,
    account: str | None = None,
    as_text: bool = True,
) -> Any:
    """How a month's total, or one of its lines, was computed: as text, or with `as_text=False` as in `docs/schema/story.schema.json`."""
    with data_file(data) as path:
        arguments = ["explain", os.fspath(contract), "--data", path, "--month", month]
        for option, value in (("--line", line), ("--account", account)):
            if value is not None:
                arguments += [option, value]
        if as_text:
            return call(arguments, findings_are_fine=False)
        return answer([*arguments, "--format", "json"], findings_are_fine=False)


def _statement(raw: Any) -> Statement:
    return Statement(
        account=raw["account"],
        month=raw["month"],
        currency=raw["currency"],
        total=Decimal(raw["total"]),
        lines=tuple(
            Line(one["kind"], one["name"], one["title"], one["clause"], Decimal(one["amount"]), one["arose"])
            for one in raw["lines"]
        ),
        measures=tuple(_measure(one) for one in raw["measures"]),
        notices=tuple(Notice(one["kind"], one["name"], one["text"], one["clause"]) for one in raw["notices"]),
        raw=raw,
    )


def _measure(raw: Any) -> Measure:
    value = raw["value"]
    if value is None or value.get("value") is None:
        return Measure(raw["name"], None, None, None)
    return Measure(raw["name"], Fraction(value["value"]), value["type"], value["unit"])


def _refusal(raw: Any) -> Refusal:
    reasons = tuple(reason["message"] if isinstance(reason, dict) else str(reason) for reason in raw["reasons"])
    return Refusal(raw["account"], raw["month"], reasons, raw)


__all__ = ["Invoices", "Line", "Measure", "Notice", "Refusal", "Statement", "explain", "invoice"]
