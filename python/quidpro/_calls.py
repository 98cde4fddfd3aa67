"""Commands of the program, called with files and tables in memory."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from ._errors import Failure
from ._quidpro import run
from .tables import Table, as_table

#: A contract: the path of its file.
Contract: TypeAlias = "str | os.PathLike[str]"
#: A month's figures: the path of a file, or a table in memory.
Data: TypeAlias = Any


def call(arguments: Sequence[str], *, findings_are_fine: bool = True) -> str:
    """What a command printed. Exit code 1 (findings, months without an invoice) is a result; 2 raises `Failure`."""
    code, out, messages = run([str(one) for one in arguments])
    if code == 2 or (code == 1 and not findings_are_fine):
        raise Failure(messages.strip() or out.decode().strip())
    return out.decode()


def answer(arguments: Sequence[str], *, findings_are_fine: bool = True) -> Any:
    """What a command printed as JSON. Numbers become `int` and `Decimal`, never `float`."""
    text = call(arguments, findings_are_fine=findings_are_fine)
    if not text.strip():
        # Nothing could be computed, and the messages say why.
        _, _, messages = run([str(one) for one in arguments])
        raise Failure(messages.strip())
    return json.loads(text, parse_float=Decimal)


@contextmanager
def data_file(data: Data) -> Iterator[str]:
    """The path of a file with the data. A table in memory is written to a file that only this user can read, and removed afterwards."""
    if isinstance(data, (str, os.PathLike)):
        yield os.fspath(data)
        return
    table: Table = as_table(data)
    with tempfile.TemporaryDirectory(prefix="quidpro-") as folder:
        path = Path(folder) / "data.csv"
        path.write_text(table.to_csv(), encoding="utf-8", newline="")
        yield str(path)


__all__ = ["Contract", "Data", "answer", "call", "data_file"]
