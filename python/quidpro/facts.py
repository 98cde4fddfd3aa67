"""What a contract says, as facts: for contract management systems and reviews."""

from __future__ import annotations

import os
from typing import Any

from ._calls import Contract, answer


def facts(contract: Contract) -> Any:
    """All facts of a contract, as in `docs/schema/facts.schema.json`. Numbers that money depends on are texts."""
    return answer(["facts", os.fspath(contract), "--format", "json"])


def review(contract: Contract) -> Any:
    """The review of a contract on one page, as in `docs/schema/review.schema.json`."""
    return answer(["review", os.fspath(contract), "--format", "json"])


def questions(contract: Contract) -> Any:
    """What a contract leaves open, with answers, as in `docs/schema/questions.schema.json`."""
    return answer(["questions", os.fspath(contract), "--format", "json"])


__all__ = ["facts", "questions", "review"]
