"""What the checker finds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ._calls import Contract, answer


@dataclass(frozen=True)
class Place:
    """A place in a text: lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Finding:
    """A finding: what is wrong, why it matters, and what to write instead."""

    code: str
    severity: str
    message: str
    place: Place | None
    why: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    #: The whole finding as it is in `docs/schema/findings.schema.json`.
    raw: Any = field(default=None, repr=False, compare=False)

    @property
    def is_error(self) -> bool:
        """Whether nothing can be computed until it is fixed, or a rule that counts as an error."""
        return self.severity == "error"

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.severity}[{self.code}]: {self.message}"


def check(*contracts: Contract, only: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Finding]:
    """The findings of contracts, in the order of `quidpro check`. `only` and `ignore` name rules or categories.

    Raises `Failure` if a file cannot be read. A finding is a result, and raises nothing.
    """
    arguments = ["check", "--format", "json"]
    for option, names in (("--only", only), ("--ignore", ignore)):
        for name in names:
            arguments += [option, name]
    found = answer([*arguments, *(os.fspath(contract) for contract in contracts)])
    return [_finding(one) for one in found if one["suppressed"] is None]


def _finding(raw: Any) -> Finding:
    return Finding(
        code=raw["code"],
        severity=raw["severity"],
        message=raw["message"],
        place=Place(raw["file"], raw["start"]["line"], raw["start"]["column"]) if raw["start"] else None,
        why=tuple(raw["why"]),
        help=tuple(raw["help"]),
        raw=raw,
    )


__all__ = ["Finding", "Place", "check"]
