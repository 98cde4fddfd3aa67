"""The books when things go wrong. Called by tests/books/run with the program and how often it is killed."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM, KILLS = sys.argv[1], int(sys.argv[2])
# The term has more; every restatement states all of them again.
MONTHS = 12

CONTRACT = """contract desk "Support desk" {
  customer "Streamly"
  supplier "Bluebird"
  currency EUR
  term 2026-01-01 to 2035-12-31
  invoice monthly, due in 30 days
  round each line half up to 0.01 EUR
  input offered : calls
  charge handling "Calls" for offered at 1.1155 EUR
  charge average = 0.01 EUR per call of average of offered over last 3 months
  measurement { data within 5 days; late data counts as missing; corrections within 60 months by a new invoice }
}
"""


def month(count):
    return f"{2026 + count // 12}-{count % 12 + 1:02}"


def write_data(path, months, accounts=("north",), more=0):
    rows = ["account,month,offered"]
    for account in accounts:
        rows += [f"{account},{month(at)},{1000 + at * 7 + more}" for at in range(months)]
    path.write_text("\n".join(rows) + "\n")


def command(folder, *words):
    return [PROGRAM, *words[:1], str(folder / "desk.quid"), "--data", str(folder / "desk.csv"), *words[1:], "--books", str(folder / "books.db")]


def run(words, **more):
    return subprocess.run(words, capture_output=True, text=True, **more)


def books(folder, *words):
    return run([PROGRAM, "books", words[0], str(folder / "books.db"), *words[1:]])


def export(folder):
    done = books(folder, "export")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def documents(folder):
    return [entry["record"]["document"] for entry in export(folder) if "document" in entry["record"]]


def new_folder():
    folder = Path(tempfile.mkdtemp())
    (folder / "desk.quid").write_text(CONTRACT)
    return folder


def close(at):
    return ["close", "--month", month(at), "--issue", "--date", "2026-02-03"]


def check_once(issued):
    keys = [(d["kind"], d["account"], d["month"], d["revision"]) for d in issued]
    assert len(keys) == len(set(keys)), "a document is there twice"
    numbers = [d["number"] for d in issued if d["number"]]
    assert len(numbers) == len(set(numbers)), "a number was given twice"
    counts = sorted(int(number.split("-")[1]) for number in numbers)
    assert counts == list(range(1, len(counts) + 1)), f"numbers are missing: {counts}"


def killed():
    """Nothing that was printed as issued is lost, nothing is half there, and running again issues it once."""
    folder = new_folder()
    write_data(folder / "desk.csv", 1)
    assert run(command(folder, *close(0))).returncode == 0
    started = time.monotonic()
    run(command(folder, *close(0)))
    usual = time.monotonic() - started
    deaths, turn, at, more, chance = 0, 0, 1, 0, random.Random(60001)
    while deaths < KILLS:
        turn += 1
        restating = turn % 3 == 0 or at == MONTHS
        if restating:
            more += 1
            words = command(folder, "restate", "--issue", "--date", "2026-03-03")
            write_data(folder / "desk.csv", at, more=more)
        else:
            words = command(folder, *close(at))
            write_data(folder / "desk.csv", at + 1, more=more)
        before = len(export(folder))
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(chance.random() * usual * 1.3)
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate()
        died = process.returncode == -signal.SIGKILL
        deaths += died
        after = export(folder)
        if "Register" in out:
            assert len(after) > before, "an issued document was lost"
        again = run(words)
        assert again.returncode == 0, again.stderr
        entries = export(folder)
        if len(after) > before:
            assert entries == after, "what was issued changed or was issued again"
        check_once(documents(folder))
        at += not restating
    verified = books(folder, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    print(f"killed {deaths} times, {len(export(folder))} entries, nothing lost or doubled")
    return folder


def at_once():
    """Several processes get one number each, and the same month is issued once."""
    folder = new_folder()
    names = [f"a{at}" for at in range(6)]
    write_data(folder / "desk.csv", 2, accounts=names)
    jobs = [command(folder, *close(0), "--account", name) for name in names for _ in range(2)]
    running = [subprocess.Popen(job, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for job in jobs]
    for process in running:
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    issued = documents(folder)
    assert len(issued) == len(names), [d["number"] for d in issued]
    check_once(issued)
    assert books(folder, "verify").returncode == 0
    print(f"{len(jobs)} processes at once issued {len(issued)} documents")


def full_disk(folder):
    """A write that fails leaves the books as they were, and says so."""
    before = export(folder)
    months = len([d for d in documents(folder) if d["kind"] == "invoice" and d["revision"] == 0])
    write_data(folder / "desk.csv", months, more=99999)
    size = (folder / "books.db").stat().st_size

    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = run(command(folder, "restate", "--issue", "--date", "2026-03-03"), preexec_fn=limited)
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    assert done.stdout == "", "it printed what was not issued"
    assert export(folder) == before
    assert books(folder, "verify").returncode == 0
    print("a full disk: refused, the books are as they were")


def damaged(folder):
    """A file that is cut short or changed is refused, or says exactly what it said."""
    whole = (folder / "books.db").read_bytes()
    said = books(folder, "export").stdout
    chance = random.Random(60002)
    refused = 0
    with tempfile.TemporaryDirectory() as other:
        copy = Path(other)
        target = copy / "books.db"
        for at in range(60):
            content = bytearray(whole)
            if at % 2 == 0:
                del content[chance.randrange(len(content)):]
            else:
                for _ in range(chance.randrange(1, 4)):
                    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            target.write_bytes(content)
            done = books(copy, "verify")
            if done.returncode == 0:
                assert books(copy, "export").stdout == said, f"change {at} was accepted in silence"
            else:
                refused += 1
                assert done.returncode in (1, 2) and (done.stdout + done.stderr), done
            for left in copy.glob("books.db-*"):
                left.unlink()
        # Somebody who knows SQL, and drops the triggers.
        edited(copy, target, whole, "UPDATE entry SET content = replace(content, '2026-0001', '2026-0099') WHERE position = 1")
        edited(copy, target, whole, "DELETE FROM entry WHERE position = 2")
        edited(copy, target, whole, "UPDATE text SET content = replace(content, '1.1155', '1.1156')")
        # A lost end is a shorter, whole chain: only the hash that the last document printed tells.
        head = books(folder, "verify").stdout.split()[-1]
        change(target, whole, "DELETE FROM entry WHERE position = (SELECT max(position) FROM entry)")
        assert books(copy, "verify").returncode == 0
        lost = books(copy, "verify", "--head", head)
        assert lost.returncode == 1 and "no entry has the hash" in lost.stdout, lost
    print(f"{refused} of 60 damaged files refused, the others say what they said; edits and a lost end are found")


def change(target, whole, statement):
    import sqlite3

    target.write_bytes(whole)
    with sqlite3.connect(target) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
    connection.close()


def edited(copy, target, whole, statement):
    change(target, whole, statement)
    done = books(copy, "verify")
    assert done.returncode == 1, (statement, done)


def main():
    folder = killed()
    at_once()
    damaged(folder)
    full_disk(folder)
    shutil.rmtree(folder)


main()
