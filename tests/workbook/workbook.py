"""Workbooks against the program. Called by tests/workbook/run with the program and the repository."""

import csv
import io
import random
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import openpyxl

PROGRAM, ROOT, ALL = sys.argv[1], Path(sys.argv[2]), "all" in sys.argv[3:]

# Without it, a headless LibreOffice shows the values that are stored in the file and computes nothing.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

# A double has 15 digits; a cent of an amount is more than a thousand times what it can lose.
CENT = Fraction(1, 200)


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)


def recalculated(files, folder):
    """Lets LibreOffice compute all formulas anew and store the results."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE)
    out = folder / "recalculated"
    words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*words, *map(str, files)], check=True, capture_output=True, timeout=900)
    return [out / file.name for file in files]


def statement(path):
    """For each account, month and line of a workbook: amount, exact amount, difference."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Statement"]
    rows = {}
    for account, month, kind, line, _, amount, exact, difference in sheet.iter_rows(min_row=2, max_col=8, values_only=True):
        if month is None:
            if line is not None:
                assert amount == 0, f"{path.name}: the lines do not add up: {amount}"
            continue
        key = (account or "", month, kind, line)
        # Two lines of one statement can have one name.
        while key in rows:
            key = (*key, "again")
        rows[key] = (amount, exact, difference)
    return rows


def invoiced(contract, data):
    """The totals that the program computes, by account and month."""
    done = run("invoice", contract, "--data", data, "--format", "csv")
    rows = csv.DictReader(io.StringIO(done.stdout))
    return {(row["account"].lstrip("'"), row["month"]): Fraction(row["amount"]) for row in rows if row["kind"] == "total"}


def check(name, workbook, expected):
    rows = statement(workbook)
    totals = {key[:2]: value for key, value in rows.items() if key[2] == "total"}
    wrong = []
    for key, amount in expected.items():
        shown = totals[key][0]
        if not isinstance(shown, (int, float)) or abs(Fraction(shown) - amount) >= CENT:
            wrong.append((key, shown, str(amount)))
    for key, (shown, _, _) in totals.items():
        if key not in expected and shown != "no invoice":
            wrong.append((key, shown, "no invoice"))
    assert not wrong, f"{name}: {len(wrong)} of {len(totals)} totals differ: {wrong[:5]}"
    return rows


def check_lines(name, rows):
    """Each line against the exact amount beside it."""
    wrong = []
    for key, (amount, exact, difference) in rows.items():
        if isinstance(amount, str) or isinstance(exact, str):
            if amount != exact:
                wrong.append((key, amount, exact))
        elif abs(Fraction(amount) - Fraction(exact)) >= CENT or abs(difference or 0) >= 0.005:
            wrong.append((key, amount, exact))
    assert not wrong, f"{name}: {len(wrong)} lines differ: {wrong[:5]}"


def is_live(name, path):
    """No amount of the statement is a constant."""
    sheet = openpyxl.load_workbook(path)["Statement"]
    for row in sheet.iter_rows(min_row=2, min_col=6, max_col=8):
        for cell in row:
            assert cell.value is None or str(cell.value).startswith("="), f"{name}: {cell.coordinate} is a constant"


def with_data():
    """Contracts with the data that belongs to them."""
    for contract, data in [
        ("emea_support.quid", "emea_support.csv"),
        ("starter.quid", "starter.csv"),
        ("reference_r1.quid", "reference_r1.csv"),
        ("amended/field_service_2.quid", "amended/field_service.csv"),
        ("whole/service_desk/amendment_1.quid", "whole/service_desk/data.csv"),
        ("whole/retail_care/amendment_1.quid", "whole/retail_care/data.csv"),
        ("whole/claims_processing/amendment_1.quid", "whole/claims_processing/data.csv"),
    ]:
        yield ROOT / "contracts" / contract, ROOT / "contracts" / data


def drawn(contract, target, chance):
    """A year of random data for a contract without data of its own, or nothing if no month of it can be invoiced."""
    template = run("data", "template", contract, "--months", 6)
    if template.returncode != 0:
        return None
    head, *months = list(csv.reader(io.StringIO(template.stdout)))
    best = 0
    for unit in ("number", "percent", "small", "yes"):
        rows = [head]
        for month in months:
            values = [value(column, unit, chance) for column in head[1:]]
            rows.append([month[0], *values])
        text = "\n".join(",".join(row) for row in rows) + "\n"
        scratch = target.with_suffix(".try.csv")
        scratch.write_text(text)
        count = len(invoiced(contract, scratch))
        if count > best:
            best = count
            target.write_text(text)
        scratch.unlink()
    return target if best else None


def value(column, unit, chance):
    if unit == "percent":
        return f"{chance.randrange(900, 1000) / 10}%"
    if unit == "yes":
        return chance.choice(["yes", "no"])
    return str(chance.randrange(0, 5) if unit == "small" else chance.randrange(20, 400))


def changed(contract, data, workbook, folder, chance):
    """The same cell changed in the data and in the workbook."""
    rows = list(csv.reader(data.open(encoding="utf-8-sig")))
    head, body = rows[0], rows[1:]
    columns = [at for at, name in enumerate(head) if name not in ("month", "account")]
    for _ in range(50):
        row, column = chance.randrange(len(body)), chance.choice(columns)
        old = body[row][column]
        if old and old.replace(".", "", 1).isdigit() and float(old) > 3:
            break
    else:
        return None
    new = str(int(float(old) * 0.9))
    body[row][column] = new
    other = folder / f"{workbook.stem}_changed.csv"
    with other.open("w", newline="") as file:
        csv.writer(file).writerows([head, *body])
    book = openpyxl.load_workbook(workbook)
    sheet = book["Data"]
    places = {sheet.cell(1, at).value: at for at in range(1, sheet.max_column + 1)}
    month = body[row][head.index("month")][:7]
    account = body[row][head.index("account")] if "account" in head else None
    for at in range(2, sheet.max_row + 1):
        if sheet.cell(at, 2).value == month and (sheet.cell(at, 1).value or None) == account:
            sheet.cell(at, places[head[column]]).value = int(new)
    target = folder / f"{workbook.stem}_changed.xlsx"
    book.save(target)
    return f"{head[column]} of {month} from {old} to {new}", target, other


def main():
    folder = Path(tempfile.mkdtemp())
    chance = random.Random(60003)
    jobs = list(with_data())
    without = []
    for kind in ("mechanics", "cases") if ALL else ("mechanics",):
        for contract in sorted((ROOT / "contracts" / kind).glob("*.quid")):
            data = drawn(contract, folder / f"{kind}_{contract.stem}.csv", chance)
            (jobs.append((contract, data)) if data else without.append(contract.name))
    books = []
    for at, (contract, data) in enumerate(jobs):
        workbook = folder / f"{at}_{contract.stem}.xlsx"
        done = run("invoice", contract, "--data", data, "--format", "xlsx", "--output", workbook)
        assert workbook.exists(), f"{contract}: {done.stderr}"
        is_live(contract.name, workbook)
        books.append(workbook)
    results = recalculated(books, folder)
    months = lines = 0
    for (contract, data), result in zip(jobs, results):
        expected = invoiced(contract, data)
        rows = check(contract.name, result, expected)
        check_lines(contract.name, rows)
        months += len(expected)
        lines += len(rows)
    print(f"{len(jobs)} contracts, {months} months, {lines} amounts: LibreOffice computes what the program computes")
    if without:
        print(f"without a workbook, because no month of random data can be invoiced: {', '.join(without)}")
    changes = []
    for (contract, data), workbook in list(zip(jobs, books))[: len(list(with_data()))]:
        for _ in range(2 if contract.name != "reference_r1.quid" else 1):
            change = changed(contract, data, workbook, folder, chance)
            if change and change[1] not in [other[2] for other in changes]:
                changes.append((contract, *change))
    for (contract, what, _, data), result in zip(changes, recalculated([change[2] for change in changes], folder)):
        check(f"{contract.name}, {what}", result, invoiced(contract, data))
    print(f"{len(changes)} cells changed: the workbook's totals follow")


main()
