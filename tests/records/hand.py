"""Cases worked by hand: what they come to is written here, not computed. `hand.py PROGRAM`"""

import subprocess
import sys
import tempfile
from pathlib import Path

import engines

CONTRACT = '''contract hand "Worked by hand" {
  currency EUR  term 2026-01-01 to 2026-12-31  round each line half up to 0.01 EUR
  records calls from "ACD" by supplier {
    id : text, key; started : time in "ZONE"; caller : text; wait : duration in seconds; outcome : one of { answered, abandoned }
  }
  records tickets from "Helpdesk" by supplier {
    id : text, key; opened : time in "ZONE", dates the record; resolved : time in "ZONE", may be missing
    took : duration from opened to resolved in service hours; bad records are left out
  }
  input offered  : calls   = count of calls
  input resolved : calls   = count of calls where outcome is answered and not followed by another of the same caller within 7 days
  input p90      : seconds = 90th percentile of wait of calls, nearest rank if missing, no value
  input p95      : seconds = 95th percentile of wait of calls, nearest rank if missing, no value
  input p50      : seconds = 50th percentile of wait of calls, nearest rank if missing, no value
  input p99      : seconds = 99.9th percentile of wait of calls, nearest rank if missing, no value
  input days     : units   = count of days where offered above 0
  input halves   : units   = count of half hours where offered above 0
  input empty    : units   = count of half hours where offered is 0
  input took     : seconds = sum of took of tickets
  charge fee 1 EUR per month
  measurement { time zone "ZONE"; service hours "Monday to Friday, 08:00 to 20:00; Sunday, 00:00 to 12:00"; holidays "2026-01-06" }
}
'''


def call(number, started, caller="ann", wait="1", outcome="answered"):
    return f"c{number},{started},{caller},{wait},{outcome}"


CALLS = "id,started,caller,wait,outcome"
TICKETS = "id,opened,resolved"
# Each case: its zone, month, calls, tickets, and what some inputs come to.
CASES = {
    "first contact: followed exactly 7 days later, then not": (
        "Europe/Madrid", "2026-06",
        [call(1, "2026-06-01T10:00:00Z"), call(2, "2026-06-08T10:00:00Z"), call(3, "2026-06-20T10:00:00Z")], [],
        {"offered": "3", "resolved": "2"}),
    "first contact: a millisecond after 7 days": (
        "Europe/Madrid", "2026-06", [call(1, "2026-06-01T10:00:00Z"), call(2, "2026-06-08T10:00:00.001Z")], [], {"resolved": "2"}),
    "first contact: another caller, and a repeat that was abandoned": (
        "Europe/Madrid", "2026-06",
        [call(1, "2026-06-01T10:00:00Z"), call(2, "2026-06-02T10:00:00Z", "bob"), call(3, "2026-06-03T10:00:00Z", outcome="abandoned")], [],
        {"offered": "3", "resolved": "1"}),
    "first contact: the repeat is in the next month": (
        "Europe/Madrid", "2026-06", [call(1, "2026-06-30T10:00:00Z"), call(2, "2026-07-02T10:00:00Z")], [], {"offered": "1", "resolved": "0"}),
    "percentiles of ten waits": (
        "UTC", "2026-06", [call(n, f"2026-06-{n:02}T10:00:00Z", f"caller {n}", wait) for n, wait in enumerate("1 2 3 4 5 6 7 8 9 60".split(), 1)], [],
        {"p50": "5.000", "p90": "9.000", "p95": "60.000", "p99": "60.000"}),
    "percentiles of one wait, and of equal ones": (
        "UTC", "2026-06", [call(1, "2026-06-01T10:00:00Z", wait="2.5")], [], {"p50": "2.500", "p90": "2.500"}),
    "no record": ("UTC", "2026-06", [], [], {"offered": "0", "p90": "", "took": "0.000", "days": "0", "empty": "1440"}),
    "Madrid's short day begins and ends at midnight there": (
        "Europe/Madrid", "2026-03",
        [call(1, "2026-02-28T23:00:00Z"), call(2, "2026-02-28T22:59:59.999Z"), call(3, "2026-03-31T21:59:59.999Z"), call(4, "2026-03-31T22:00:00Z"),
         call(5, "2026-03-29T00:59:00Z"), call(6, "2026-03-29T01:00:00Z")], [],
        # March has 31 days of 48 half hours, less the two that the clock skips.
        {"offered": "4", "days": "3", "halves": "4", "empty": "1482"}),
    "Madrid's long day: the half hour after two comes twice": (
        "Europe/Madrid", "2026-10", [call(1, "2026-10-25T00:10:00Z"), call(2, "2026-10-25T01:10:00Z")], [],
        {"offered": "2", "days": "1", "halves": "2", "empty": "1488"}),
    "New York's month ends at four in UTC": (
        "America/New_York", "2026-03", [call(1, "2026-03-01T04:59:59Z"), call(2, "2026-03-01T05:00:00Z"), call(3, "2026-04-01T03:59:59Z"),
                                        call(4, "2026-04-01T04:00:00Z")], [], {"offered": "2", "empty": "1484"}),
    "service hours: over a night and a weekend": (
        "Europe/Madrid", "2026-06", [], ["t1,2026-06-05T17:00:00Z,2026-06-08T07:00:00Z"],
        # Friday 19:00 to 20:00, Sunday 00:00 to 12:00, Monday 08:00 to 09:00.
        {"took": "50400.000"}),
    "service hours: the Sunday on which Madrid's clock goes forward has eleven of twelve hours": (
        "Europe/Madrid", "2026-03", [], ["t1,2026-03-28T12:00:00Z,2026-03-29T20:00:00Z"], {"took": "39600.000"}),
    "service hours: a holiday": (
        "Europe/Madrid", "2026-01", [], ["t1,2026-01-05T18:30:00Z,2026-01-07T07:30:00Z", "t2,2026-01-06T09:00:00Z,2026-01-06T10:00:00Z"],
        # Half an hour on the 5th and half an hour on the 7th; nothing on the 6th.
        {"took": "3600.000"}),
    "a time without offset keeps the month empty": (
        "Europe/Madrid", "2026-06", [call(1, "2026-06-01T10:00:00Z"), call(2, "2026-06-01T10:00:00")], [], {"offered": "", "p90": ""}),
    "a key that comes twice keeps its month empty": (
        "Europe/Madrid", "2026-06", [call(1, "2026-06-01T10:00:00Z"), call(1, "2026-06-02T10:00:00Z")], [], {"offered": ""}),
    "a record of another month that is unreadable does not": (
        "Europe/Madrid", "2026-06", [call(1, "2026-06-01T10:00:00Z"), call(2, "2026-05-01T10:00:00Z", wait="long")], [], {"offered": "1"}),
}


def main(program):
    wrong = []
    for name, (zone, month, calls, tickets, wanted) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            contract = Path(folder, "hand.quid")
            contract.write_text(CONTRACT.replace("ZONE", zone), encoding="utf-8")
            for table, head, rows in (("calls", CALLS, calls), ("tickets", TICKETS, tickets)):
                Path(folder, f"{table}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
            engine = engines.DuckDb(folder)
            command = [program, "records", "sql", str(contract), "--dialect", "duckdb", "--month", month, *engine.tables]
            query = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()
            columns, rows = engine.run(query)
            cells = dict(zip(columns, rows[0]))
            for column, value in wanted.items():
                if cells[column] != value:
                    wrong.append(f"{name}: {column} is {cells[column] or 'nothing'}, by hand it is {value or 'nothing'}")
    print(f"by hand: {len(CASES)} cases")
    for line in wrong:
        print(line)
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
