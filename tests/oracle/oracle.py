"""Contracts drawn at random, computed here from the reference and by the program: do they agree to the cent?

    python3 oracle.py generate --seed 1 --count 100 --out DIR
    python3 oracle.py compare --program target/release/quidpro --dir DIR
    python3 oracle.py run --seed 1 --count 100 --program target/release/quidpro
    python3 oracle.py sample --seed 1 --count 100 --program target/release/quidpro
"""

import argparse
import collections
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import traceback
from fractions import Fraction

import generate
import mechanisms
import readings
import text
from evaluate import amount_text, statements
from outcome import Refused


def write(path, content):
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)


def expected(model, rows):
    """account, month, kind, name, amount: one line each, a total for each month, and `no invoice` with its reason."""
    lines = ["account,month,kind,name,amount"]
    for account, months in rows.items():
        for name, statement in statements(model, months).items():
            if isinstance(statement, Refused):
                reason = str(statement).replace(",", ";")
                lines.append(f"{account},{name},no invoice,{reason},")
                continue
            for line in statement[0]:
                label = line.name.replace(", ", "+")
                lines.append(f"{account},{name},{line.kind},{label},{amount_text(line.amount)}")
            lines.append(f"{account},{name},total,,{amount_text(statement[1])}")
    return "\n".join(lines) + "\n"


def generate_into(seed, count, out, dialect, amended):
    os.makedirs(out, exist_ok=True)
    text.DIALECT[0] = dialect
    failed = 0
    for number in range(seed, seed + count):
        stem = os.path.join(out, f"{number:05d}")
        try:
            model, rows = generate.draw(number, dialect, amended)
            result = expected(model, rows)
        except Exception:
            failed += 1
            if failed <= 3:
                print(f"seed {number}: the oracle itself failed")
                traceback.print_exc(limit=-3)
            continue
        write(stem + ".quid", text.contract_text(model))
        for i in range(len(model.get("amendments", []))):
            before = f"{number:05d}" + (f"_{i}" if i else "") + ".quid"
            write(f"{stem}_{i + 1}.quid", text.amendment_text(model, i, before))
        write(stem + ".csv", generate.csv(model, rows))
        write(stem + ".json", json.dumps({"model": model, "rows": rows}, indent=1))
        write(stem + ".expected.csv", result)
    return failed


def read_expected(path):
    """(account, month) to {(kind, name): amount}, or to None where there is no invoice."""
    months = {}
    with open(path, encoding="utf-8") as file:
        next(file)
        for row in file:
            account, name, kind, line, amount = row.rstrip("\n").split(",")
            key = (account, name)
            if kind == "no invoice":
                months[key] = line
                continue
            lines = months.setdefault(key, collections.Counter())
            lines[kind, line] += Fraction(amount)
    return months


def computed(program, contract, data):
    """What the program says in the same form, and its complaints if it refuses the contract."""
    done = subprocess.run(
        [program, "invoice", contract, "--data", data, "--format", "json", "--color", "never"],
        capture_output=True, text=True, timeout=120,
    )
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return None, done.stderr
    months = {}
    for statement in answer["statements"]:
        lines = collections.Counter()
        for line in statement["lines"]:
            lines[line["kind"], line["name"].replace(", ", "+")] += Fraction(line["amount"])
        lines["total", ""] += Fraction(statement["total"])
        months[statement["account"] or "", statement["month"]] = lines
    for refusal in answer["refused"]:
        reasons = "; ".join(reason["message"] for reason in refusal["reasons"])
        months[refusal["account"] or "", refusal["month"]] = reasons
    return months, done.stderr


def compare(program, folder, tables=True):
    """Compares all contracts of a folder; returns how many disagree, and how many were compared."""
    stems = sorted(name[:-5] for name in os.listdir(folder) if re.fullmatch(r"\d+\.json", name))
    counts = collections.Counter()
    codes = collections.Counter()
    refused = []
    tags = collections.Counter()
    pairs = set()
    disagreeing = 0
    for stem in stems:
        path = os.path.join(folder, stem)
        with open(path + ".json", encoding="utf-8") as file:
            kept = json.load(file)
        model = kept["model"]
        last = len(model.get("amendments", []))
        contract = f"{path}_{last}.quid" if last else path + ".quid"
        ours = read_expected(path + ".expected.csv")
        theirs, complaints = computed(program, contract, path + ".csv")
        if theirs is None:
            found = sorted(set(re.findall(r"error\[([a-z-]+)\]", complaints))) or ["crash" if "panicked" in complaints else "other"]
            codes.update(found)
            counts["refused by the checker"] += 1
            refused.append((stem, found))
            continue
        counts["compared"] += 1
        counts["amended" if last else "unamended"] += 1
        used = mechanisms.of_model(model, kept["rows"])
        tags.update(used)
        pairs.update(itertools.combinations(sorted(used), 2))
        differences = list(differences_of(ours, theirs, counts))
        if differences:
            disagreeing += 1
            print(f"seed {int(stem)}: {', '.join(used)}")
            for words in differences[:6]:
                print("   " + words)
    if not tables:
        return disagreeing, counts["compared"], refused
    print()
    for what, count in sorted(counts.items()):
        print(f"{what}: {count}")
    print(f"contracts that disagree: {disagreeing}")
    if codes:
        print("refused by the checker, by code: " + ", ".join(f"{code} {count}" for code, count in codes.most_common()))
        for code in codes:
            print(f"   {code}: seeds {', '.join(str(int(stem)) for stem, found in refused if code in found)[:100]}")
    coverage(tags, pairs)
    return disagreeing, counts["compared"], refused


def differences_of(ours, theirs, counts):
    for key in sorted(set(ours) | set(theirs)):
        where = " ".join(key).strip()
        mine, its = ours.get(key, "no month"), theirs.get(key, "no month")
        if isinstance(mine, str) or isinstance(its, str):
            if isinstance(mine, str) and isinstance(its, str):
                counts["months without an invoice"] += 1
                continue
            mine_text = mine if isinstance(mine, str) else f"total {amount_text(mine['total', ''])}"
            its_text = its if isinstance(its, str) else f"total {amount_text(its['total', ''])}"
            yield f"{where}: oracle: {mine_text} | program: {its_text}"
            continue
        counts["months with an invoice"] += 1
        for line in sorted(set(mine) | set(its)):
            counts["lines"] += 1
            if mine[line] != its[line]:
                yield f"{where} {' '.join(line).strip()}: oracle {amount_text(mine[line])} | program {amount_text(its[line])}"


def sample(seed, count, program, dialect, amended):
    """Compares so many contracts that the program's checker lets pass, one seed after the other; returns whether all agree."""
    passed = failed = 0
    refused = []
    while passed + failed < count:
        number = min(count - passed - failed, 50)
        with tempfile.TemporaryDirectory() as folder:
            failed += generate_into(seed, number, folder, dialect, amended)
            disagreeing, compared, no = compare(program, folder, tables=False)
        passed += compared - disagreeing
        failed += disagreeing
        refused += no
        seed += number
        if len(refused) > count // 10:
            # A checker that refuses what is drawn would leave nothing to compare.
            print("refused by the checker: " + ", ".join(f"seed {int(stem)} ({' '.join(codes)})" for stem, codes in refused[:20]))
            failed += len(refused)
            break
    print(f"{passed} passed, {failed} failed")
    return not failed


def coverage(tags, pairs):
    every = generate.TAGS + generate.AMENDMENTS
    print("\ncontracts that use each mechanism:")
    for row in range(0, len(every), 4):
        print("   " + "".join(f"{tag:<26}{tags[tag]:>5}   " for tag in every[row : row + 4]))
    wanted = {tuple(sorted(pair)) for pair in itertools.combinations(every, 2)}
    print(f"pairs of mechanisms used together: {len(wanted & pairs)} of {len(wanted)}")
    missing = sorted(wanted - pairs)
    if 0 < len(missing) <= 40:
        for a, b in missing:
            print(f"   missing: {a} with {b}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["generate", "compare", "run", "sample"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--out")
    parser.add_argument("--dir")
    parser.add_argument("--program")
    parser.add_argument("--dialect", choices=["new", "old"], default="new", help="old: without the words of the section Periods and bases")
    parser.add_argument("--amended", choices=["some", "most", "all", "none"], default="some")
    parser.add_argument("--other-readings", action="store_true", help="see readings.py")
    words = parser.parse_args()
    if words.other_readings:
        readings.take_the_others()
    amended = {"some": None, "most": 0.75, "all": True, "none": False}[words.amended]
    if words.command == "generate":
        sys.exit(1 if generate_into(words.seed, words.count, words.out, words.dialect, amended) else 0)
    if words.command == "compare":
        sys.exit(1 if compare(words.program, words.dir)[0] else 0)
    if words.command == "sample":
        sys.exit(0 if sample(words.seed, words.count, words.program, words.dialect, amended) else 1)
    with tempfile.TemporaryDirectory() as folder:
        failed = generate_into(words.seed, words.count, folder, words.dialect, amended)
        sys.exit(1 if compare(words.program, folder)[0] + failed else 0)


if __name__ == "__main__":
    main()
