"""What the reference promises of amendments, checked of the oracle itself:

an item that is replaced by itself changes nothing, and neither does adding one that pays nothing.

    python3 selfcheck.py SEED COUNT
"""

import copy
import sys

import generate
from evaluate import statements
from exact import month, month_text
from outcome import Refused


def outcome(model, months):
    result = {}
    for name, statement in statements(model, months).items():
        if isinstance(statement, Refused):
            result[name] = "no invoice"
        else:
            result[name] = sorted((line.kind, line.name, line.amount) for line in statement[0] if line.amount), statement[1]
    return result


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    wrong = 0
    for number in range(seed, seed + count):
        model, rows = generate.draw(number, "new", False)
        first, last = month(model["term"][0]), month(model["term"][1])
        if last == first:
            continue
        for m in {first + 1, first + (number % (last - first)) + 1, min(first + 6, last)}:
            items = [item for item in model["items"] if item["kind"] not in ("dimension", "input")]
            changes = [{"op": "replace", "item": copy.deepcopy(item)} for item in items]
            changes.append({"op": "add", "item": {"kind": "credit", "name": "nothing_at_all", "by": None, "value": ["money", "0"]}})
            if any(item.get("in_place") or item["kind"] == "at risk" for item in model["items"]):
                changes = changes[:-1]
            changed = dict(model, amendments=[{"effective": month_text(m), "changes": changes}])
            for account, months in rows.items():
                before, after = outcome(model, months), outcome(changed, months)
                for name in before:
                    if before[name] != after[name]:
                        wrong += 1
                        print(f"seed {number}, replaced by itself from {month_text(m)} on: {account} {name} differs")
                        print("  ", before[name], "\n  ", after[name])
                        break
    print(f"{count} contracts, {wrong} differences")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
