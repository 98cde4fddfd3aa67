"""Contracts as texts: two of them compared, laid out, and what holds in every month."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from ._calls import Contract, answer, call


def diff(old: Contract, new: Contract) -> str:
    """What differs between two texts of a contract, in words."""
    return call(["diff", os.fspath(old), os.fspath(new)])


def prove(contract: Contract, *properties: str) -> Any:
    """What holds in every month that a contract allows, as in `docs/schema/proofs.schema.json`: all questions, or those named (`I01`)."""
    arguments = ["prove", os.fspath(contract), "--format", "json"]
    if not properties:
        return answer(arguments)
    documents = [answer([*arguments, "--property", one]) for one in properties]
    return {**documents[0], "verdicts": [verdict for one in documents for verdict in one["verdicts"]]}


def format_text(text: str) -> str:
    """A contract's text in its canonical layout."""
    with tempfile.TemporaryDirectory(prefix="quidpro-") as folder:
        path = Path(folder) / "contract.quid"
        path.write_text(text, encoding="utf-8", newline="")
        call(["fmt", str(path)])
        return path.read_text(encoding="utf-8")


def rules() -> Any:
    """The rules of the checker, as in `docs/schema/rules.schema.json`."""
    return answer(["rules", "--format", "json"])


__all__ = ["diff", "format_text", "prove", "rules"]
