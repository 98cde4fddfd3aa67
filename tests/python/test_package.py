"""The package as its users have it: installed, with contracts of the project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import quidpro

CONTRACTS = Path(os.environ["QUIDPRO_CONTRACTS"])
STARTER = CONTRACTS / "starter.quid"
FIGURES = CONTRACTS / "starter.csv"


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "quidpro"
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def invoices() -> quidpro.Invoices:
    return quidpro.invoice(STARTER, FIGURES)


def test_amounts_are_those_of_the_command(invoices):
    told = json.loads(command("invoice", str(STARTER), "--data", str(FIGURES), "--format", "json").stdout)
    assert [str(one.total) for one in invoices] == [one["total"] for one in told["statements"]]
    for one, raw in zip(invoices, told["statements"], strict=True):
        assert sum(line.amount for line in one.lines) == one.total == Decimal(raw["total"])


def test_a_month(invoices):
    february = invoices.of("2026-02")
    assert february.total == Decimal("47791.00")
    assert february.line("answer_speed") == Decimal("-1024.00")
    assert [one.kind for one in february.notices] == ["missed"]
    assert next(one for one in february.measures if one.name == "csat").value == Fraction(413, 102)
    with pytest.raises(KeyError, match="no row for 2030-01"):
        invoices.of("2030-01")


def test_frames_give_the_same(invoices):
    import pandas
    import polars
    import pyarrow.csv

    text = FIGURES.read_text(encoding="utf-8")
    head, *rows = [line.split(",") for line in text.splitlines() if line and not line.startswith("#")]
    tables = [
        polars.read_csv(FIGURES),
        polars.scan_csv(FIGURES, infer_schema=False),
        pandas.read_csv(FIGURES),
        pyarrow.csv.read_csv(FIGURES),
        [dict(zip(head, row, strict=True)) for row in rows],
        {name: [row[at] for row in rows] for at, name in enumerate(head)},
    ]
    for table in tables:
        assert list(quidpro.invoice(STARTER, table)) == list(invoices), type(table)
    with pytest.raises(TypeError, match="not int"):
        quidpro.invoice(STARTER, 5)


def test_lines_become_tables(invoices):
    import duckdb
    import pyarrow

    lines = invoices.lines()
    frame = lines.to_polars()
    assert frame["amount"].sum() == invoices.total()
    assert sum(lines.to_pandas()["amount"]) == invoices.total()
    arrow = pyarrow.table(lines)
    assert pyarrow.types.is_decimal(arrow.schema.field("amount").type)
    assert duckdb.sql("select sum(amount) from arrow").fetchall() == [(invoices.total(),)]
    assert invoices.totals().to_polars()["total"].sum() == invoices.total()


def test_numbers_keep_their_digits():
    table = quidpro.Table({"month": ["2026-01"], "a": [0.1], "b": [Decimal("1E+3")], "c": [None], "d": [True]})
    assert table.to_csv() == "month,a,b,c,d\n2026-01,0.1,1000,,yes\n"


def test_findings(tmp_path):
    wrong = tmp_path / "wrong.quid"
    wrong.write_text(STARTER.read_text(encoding="utf-8").replace("calls", "cals", 1), encoding="utf-8")
    found = quidpro.check(wrong)
    assert any(one.is_error for one in found)
    first = next(one for one in found if one.is_error)
    assert first.place.file == str(wrong) and first.help and str(first).startswith(str(wrong))
    with pytest.raises(quidpro.Failure, match="has errors"):
        quidpro.invoice(wrong, FIGURES)
    assert quidpro.check(STARTER) == []


def test_a_month_without_an_invoice(tmp_path):
    data = tmp_path / "gap.csv"
    data.write_text(FIGURES.read_text(encoding="utf-8").replace("12000", "", 1), encoding="utf-8")
    invoices = quidpro.invoice(STARTER, data)
    [refusal] = invoices.refused
    assert refusal.month == "2026-02" and refusal.reasons
    with pytest.raises(KeyError, match="no invoice for 2026-02"):
        invoices.total("2026-02")


def test_what_cannot_be_read():
    with pytest.raises(quidpro.Failure, match="nothing.quid"):
        quidpro.check("nothing.quid")
    with pytest.raises(quidpro.Failure):
        quidpro.invoice(STARTER, "nothing.csv")


def test_texts_and_facts():
    assert "answer_speed" in quidpro.explain(STARTER, FIGURES, "2026-02", line="answer_speed")
    assert quidpro.explain(STARTER, FIGURES, "2026-02", as_text=False)["value"]["value"] == "47791"
    assert quidpro.facts(STARTER)["contract"] == "starter"
    assert quidpro.review(STARTER)["contracts"][0]["contract"] == "starter"
    assert quidpro.questions(STARTER)["contracts"]
    assert [one["question"] for one in quidpro.prove(STARTER, "I22")["verdicts"]] == ["I22"]
    assert {"name", "level"} <= set(quidpro.rules()[0])
    text = STARTER.read_text(encoding="utf-8")
    assert quidpro.format_text(text.replace("  round", "round", 1)) == text
    assert quidpro.diff(STARTER, STARTER)


def test_threads_do_not_mix():
    totals: list[Decimal] = []

    def work() -> None:
        totals.append(quidpro.invoice(STARTER, FIGURES).total())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(totals)) == 1 and len(totals) == 8


def test_the_command_is_the_program():
    assert command("--version").stdout.split() == ["quidpro", quidpro.__version__]
    done = command("check", str(STARTER))
    assert done.returncode == 0, done.stdout + done.stderr
    assert command("check", "nothing.quid").returncode == 2
    assert command("nonsense").returncode == 2


def test_the_notebook_runs():
    import nbformat

    path = Path(__file__).parents[2] / "python" / "examples" / "month.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    names: dict[str, object] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, str(path), "exec"), names)  # noqa: S102
    assert names["invoices"].total("2026-02") == Decimal("47791.00")
