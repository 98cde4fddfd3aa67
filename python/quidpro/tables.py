"""Tables in memory: from polars, pandas, pyarrow or mappings, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Table:
    """Named columns of equal length. Amounts are `Decimal`, a cell without a value is `None`."""

    columns: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def rows(self) -> Iterable[dict[str, Any]]:
        """Its rows, as mappings."""
        for cells in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.columns, cells, strict=True))

    def to_csv(self) -> str:
        """It as CSV with one heading line. Numbers keep all their digits."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        for cells in zip(*self.columns.values(), strict=True):
            writer.writerow([_text(cell) for cell in cells])
        return out.getvalue()

    def to_arrow(self) -> Any:
        """It as a `pyarrow.Table`; amounts are decimals."""
        import pyarrow

        return pyarrow.table({name: pyarrow.array(list(cells)) for name, cells in self.columns.items()})

    def to_polars(self) -> Any:
        """It as a `polars.DataFrame`; amounts are decimals."""
        import polars

        return polars.DataFrame({name: list(cells) for name, cells in self.columns.items()}, infer_schema_length=None)

    def to_pandas(self) -> Any:
        """It as a `pandas.DataFrame`; amounts are `Decimal` objects."""
        import pandas

        return pandas.DataFrame({name: list(cells) for name, cells in self.columns.items()})

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Arrow's stream interface, by which polars, pandas, DuckDB and others read a table (needs pyarrow)."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)


def as_table(data: Any) -> Table:
    """A table in memory as columns.

    Raises `TypeError` for what is no table.
    """
    if isinstance(data, Table):
        return data
    module = type(data).__module__.partition(".")[0]
    if module == "polars":
        frame = data.collect() if type(data).__name__ == "LazyFrame" else data
        return Table({name: frame.get_column(name).to_list() for name in frame.columns})
    if module == "pandas":
        return Table({str(name): _without_nan(data[name].tolist()) for name in data.columns})
    if module == "pyarrow":
        return Table({name: data.column(name).to_pylist() for name in data.schema.names})
    if hasattr(data, "__arrow_c_stream__"):
        import pyarrow

        return as_table(pyarrow.table(data))
    if isinstance(data, Mapping):
        return Table({str(name): list(cells) for name, cells in data.items()})
    if isinstance(data, Sequence) and all(isinstance(row, Mapping) for row in data):
        names = list(dict.fromkeys(name for row in data for name in row))
        return Table({str(name): [row.get(name) for row in data] for name in names})
    raise TypeError(f"data is the path of a file, a table of polars, pandas or pyarrow, or a list of mappings, and not {type(data).__name__}")


def _without_nan(cells: list[Any]) -> list[Any]:
    """The cells of a column of pandas, which writes NaN and NaT where there is no value."""
    return [None if cell is None or cell != cell else cell for cell in cells]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, (datetime, date)):
        # A month is written by its first day in frames.
        return f"{cell.year:04}-{cell.month:02}"
    if isinstance(cell, float):
        if cell != cell:
            return ""
        # The shortest digits that mean this float: 0.1 stays 0.1.
        return format(Decimal(repr(cell)), "f")
    return str(cell)
