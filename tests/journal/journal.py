"""Journals against the books. Called by tests/journal/run with the program, the repository and bean-check."""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

PROGRAM, ROOT, BEAN_CHECK = sys.argv[1], Path(sys.argv[2]), sys.argv[3]

INVOICE = [PROGRAM, "invoice"]

CONFIG = """[journal]
side = "{side}"

[journal.accounts]
balance = "{balance}"
charge = "{group}:Outsourcing:Charges"
adjustment = "{group}:Outsourcing:Adjustments"
credit = "{group}:Outsourcing:Credits"
bonus = "{group}:Outsourcing:Bonuses"
earn_back = "{group}:Outsourcing:Credits"
carried_forward = "{group}:Outsourcing:Credits"
paid_out = "{group}:Outsourcing:Credits"
holdback = "{group}:Outsourcing:Holdback"
release = "{group}:Outsourcing:Holdback"
minimum = "{group}:Outsourcing:Minimum"
maximum = "{group}:Outsourcing:Minimum"
true_up = "{group}:Outsourcing:Minimum"
tax = "Assets:Tax"

[journal.cost-centres]
charge = "4711"

[journal.tax-codes]
charge = "V19"
"""


def run(*words, code=0):
    done = subprocess.run([*map(str, words)], capture_output=True, text=True)
    assert done.returncode == code, (words, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def moving(contract, data, rows, at):
    """The data with one number of a month changed, so that the month's invoice changes."""
    month = rows[at]["month"][:7]
    total = lambda: run(*INVOICE, contract, "--data", data, "--month", month, "--format", "csv").splitlines()[-1]
    write(data, rows)
    before = total()
    for column, value in rows[at].items():
        if column == "month" or not value.isdigit() or int(value) < 20:
            continue
        for factor in (1.01, 0.99, 1.3, 0.7, 0.3):
            changed = [dict(row) for row in rows]
            changed[at][column] = str(int(int(value) * factor))
            write(data, changed)
            done = subprocess.run([PROGRAM, "invoice", str(contract), "--data", str(data), "--format", "csv"], capture_output=True)
            if done.returncode == 0 and total() != before:
                return changed
    raise AssertionError(f"no number of {month} moves its invoice")


def later(month, count):
    year, number = map(int, month.split("-"))
    number += count
    return f"{year + (number - 1) // 12}-{(number - 1) % 12 + 1:02}"


def write(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def issue_two_years(folder):
    """24 months of a whole contract; after 6, 12 and 18 of them an earlier month is corrected."""
    source = ROOT / "contracts/whole/service_desk"
    for file in source.glob("*.quid"):
        shutil.copy(file, folder)
    contract, data, books = folder / "amendment_1.quid", folder / "data.csv", folder / "books.db"
    rows = list(csv.DictReader((source / "data.csv").open()))
    accounts = sorted({row.get("account", "") for row in rows})
    if accounts != [""]:
        rows = [row for row in rows if row["account"] == accounts[0]]
    rows = rows[:24]
    restated = 0
    for at in range(len(rows)):
        write(data, rows)
        month = rows[at]["month"][:7]
        day = f"{later(month, 1)}-03"
        run(PROGRAM, "close", contract, "--data", data, "--month", month, "--books", books, "--issue", "--date", day)
        if at in (5, 11, 17):
            rows = moving(contract, data, rows, at - 1)
            write(data, rows)
            way = "new-invoice" if at == 11 else "next-invoice"
            run(PROGRAM, "restate", contract, "--data", data, "--books", books, "--issue", "--date", f"{later(month, 1)}-10", "--by", way)
            restated += 1
    return books, len(rows), restated


def owed(books):
    entries = [json.loads(line) for line in run(PROGRAM, "books", "export", books).splitlines()]
    documents = [entry["record"]["document"] for entry in entries]
    kinds = [document["kind"] for document in documents]
    assert kinds.count("correction") >= 2 and "credit_note" in kinds, kinds
    return sum(Decimal(document["total"]) for document in documents if document["kind"] in ("invoice", "credit_note"))


def main():
    folder = Path(tempfile.mkdtemp())
    books, months, restated = issue_two_years(folder)
    total = owed(books)
    run(PROGRAM, "books", "verify", books)
    for side, group, balance in [("customer", "Expenses", "Liabilities:Payable"), ("supplier", "Income", "Assets:Receivable")]:
        (folder / "quidpro.toml").write_text(CONFIG.format(side=side, group=group, balance=balance))
        beancount, hledger = folder / f"{side}.beancount", folder / f"{side}.journal"
        run(PROGRAM, "journal", "--books", books, "--format", "beancount", "--output", beancount)
        run(PROGRAM, "journal", "--books", books, "--format", "hledger", "--output", hledger)
        run(BEAN_CHECK, beancount)
        run("hledger", "-f", hledger, "check", "--strict", "ordereddates")
        shown = run("hledger", "-f", hledger, "balance", balance, "--no-total", "--output-format", "csv")
        [_, [_, amount]] = list(csv.reader(shown.splitlines()))
        signed = -total if side == "customer" else total
        assert Decimal(amount.split()[0].replace(",", "")) == signed, (amount, signed)
        rows = list(csv.DictReader(run(PROGRAM, "journal", "--books", books, "--format", "csv").splitlines()))
        assert sum(Decimal(row["amount"]) for row in rows) == 0
        # A posting that is wrong by a cent is refused: the programs do look.
        wrong = folder / "wrong.beancount"
        text = beancount.read_text()
        at = text.rindex(f"balance {balance}")
        wrong.write_text(text[:at] + text[at:].replace(text[at:].split()[2], "0.01", 1))
        run(BEAN_CHECK, wrong, code=1)
    shutil.rmtree(folder)
    print(f"{months} months with {restated} restatements: beancount and hledger accept both journals, and {total} is owed in them and in the books")


main()
