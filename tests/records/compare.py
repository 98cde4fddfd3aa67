"""Compares what the program's queries count with what `count.py` counts: `compare.py PROGRAM SIZE SEED ENGINE…`"""

import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import count
import engines

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "contracts/mechanics/records.quid"
FROM, TO = "2026-01", "2026-12"
LEAP = "2028-02"


def query(program, *words):
    done = subprocess.run([program, "records", "sql", str(CONTRACT), *words], check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def shown(value):
    return "nothing" if value is None else str(value)


def differences(engine, columns, rows, expected):
    for row in rows:
        cells = dict(zip(columns, row))
        month = cells.pop("month")
        wanted = expected.pop(month)
        if set(cells) != set(wanted):
            yield f"{engine} {month}: columns {set(cells) ^ set(wanted)}"
            continue
        for name, text in cells.items():
            value = Fraction(text) if text else None
            if value != wanted[name]:
                yield f"{engine} {month} {name}: the query says {text or 'nothing'}, by hand it is {shown(wanted[name])}"
    for month in expected:
        yield f"{engine}: no row for {month}"


def checked(engine, columns, rows, found):
    """Every record is accounted for."""
    sums = {}
    for row in rows:
        cells = dict(zip(columns, row))
        numbers = {name: int(text) for name, text in cells.items() if name not in ("records", "month")}
        total = sums.setdefault(cells["records"], dict.fromkeys(numbers, 0))
        for name, number in numbers.items():
            total[name] += number
        if numbers["read"] != sum(numbers[name] for name in ("counted", "unreadable", "without_key", "twice")):
            yield f"{engine} {cells}: does not add up"
    for name, rows in found.items():
        good, bad = count.read(name, *rows)
        wanted = {"read": len(rows[1]), "counted": len(good), **bad}
        got = {key: sums.get(name, {}).get(key) for key in wanted}
        if got != wanted:
            yield f"{engine} {name}: the query accounts for {got}, by hand it is {wanted}"


def main(program, size, seed, *wanted):
    if "duckdb-typed" in wanted:
        count.SPOILT = 0
    found = count.sets(int(seed), int(size))
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        count.write(found, folder)
        expected = count.counted(found, FROM, TO)
        leap = count.counted(found, LEAP, LEAP)
        for name in wanted:
            engine = engines.ALL[name](folder)
            words = ["--dialect", engine.dialect, *engine.tables]
            try:
                months = engine.run(query(program, *words, "--from", FROM, "--to", TO))
                wrong += differences(name, *months, dict(expected))
                wrong += differences(name, *engine.run(query(program, *words, "--month", LEAP)), dict(leap))
                wrong += checked(name, *engine.run(query(program, *words, "--from", FROM, "--to", TO, "--checks")), found)
            finally:
                getattr(engine, "stop", lambda: None)()
            print(f"{name}: {sum(len(rows) for _, rows in found.values())} records, {len(months[1]) + 1} months, "
                  f"{len(months[0]) - 1} columns", flush=True)
    for line in wrong[:40]:
        print(line)
    if wrong:
        sys.exit(f"{len(wrong)} differences (seed {seed})")


if __name__ == "__main__":
    main(*sys.argv[1:])
