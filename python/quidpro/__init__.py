"""Check, compute and explain the money part of outsourcing contracts.

    import quidpro

    for finding in quidpro.check("desk.quid"):
        print(finding)
    invoices = quidpro.invoice("desk.quid", "desk.csv")
    print(invoices.total("2026-03"))
    invoices.lines().to_polars()

Amounts are `decimal.Decimal` and exact. Data is a file (CSV, JSON, XLSX) or a table in memory: polars, pandas, pyarrow, or anything
else that speaks Arrow, or a list of mappings.
"""

from ._errors import Failure
from ._quidpro import __version__
from .facts import facts, questions, review
from .findings import Finding, Place, check
from .invoices import Invoices, Line, Measure, Notice, Refusal, Statement, explain, invoice
from .tables import Table
from .texts import diff, format_text, prove, rules

__all__ = [
    "Failure",
    "Finding",
    "Invoices",
    "Line",
    "Measure",
    "Notice",
    "Place",
    "Refusal",
    "Statement",
    "Table",
    "__version__",
    "check",
    "diff",
    "explain",
    "facts",
    "format_text",
    "invoice",
    "prove",
    "questions",
    "review",
    "rules",
]
