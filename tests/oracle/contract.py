"""The model that the evaluator takes: a contract and its amendments as plain data, see README.md.

`Texts` makes of them the text in force in each month, and gives every item an identity: an item that an amendment replaces
is the same item, one that is added is new, even under a name that the contract had before.
"""

from exact import day, days_in, month
from fractions import Fraction


class Text:
    """The contract as it reads from one month on."""

    def __init__(self, start, frame, items):
        self.start = start
        self.frame = frame
        self.items = items
        self.by_name = {}
        self.by_identity = {}
        for item in items:
            if item.get("name"):
                self.by_name[item["name"]] = item
            self.by_identity[item["identity"]] = item
        self.first_day, self.last_day = frame["term"]
        self.first_month = month(self.first_day)
        self.last_month = month(self.last_day)
        self.dimensions = {item["name"]: item["members"] for item in items if item["kind"] == "dimension"}

    def of_kind(self, *kinds):
        return [item for item in self.items if item["kind"] in kinds]

    def in_term(self, m):
        return self.first_month <= m <= self.last_month

    def part_of_month(self, m):
        """Which part of a fixed monthly amount is due in this month: section on part months."""
        words = self.frame.get("part_months")
        first = day(self.first_day) if m == self.first_month else 1
        last = day(self.last_day) if m == self.last_month else days_in(m)
        if (first == 1 and last == days_in(m)) or words in (None, "full"):
            return Fraction(1)
        if words == "days":
            return Fraction(last - first + 1, days_in(m))
        # As months of 30 days: a 31st counts as a 30th, and as an end so does the month's own last day.
        start = 30 if first == 31 else first
        end = 30 if last == 31 or last == days_in(m) else last
        return Fraction(end - start + 1, 30)


def key_of(item):
    """By which an amendment finds the item that it replaces or removes."""
    return item["kind"], item.get("name") or item.get("key")


class Texts:
    """All texts of a contract with its amendments, in the order of their months."""

    def __init__(self, model):
        frame = {k: model[k] for k in ("term", "currency", "round", "part_months") if k in model}
        items = []
        count = 0
        for item in model["items"]:
            count += 1
            items.append(dict(item, identity=count))
        self.texts = [Text(month(frame["term"][0]), frame, items)]
        # How a removed item ends (`what is open lapses`, `pro rata`, `in full`), by identity.
        self.endings = {}
        for amendment in model.get("amendments", []):
            items = list(items)
            frame = dict(frame)
            for change in amendment["changes"]:
                op = change["op"]
                if op == "frame":
                    frame.update(change["frame"])
                    continue
                if op == "add":
                    count += 1
                    items.append(dict(change["item"], identity=count))
                    continue
                wanted = key_of(change["item"]) if op == "replace" else (change["kind"], change["name"])
                place = next(i for i, item in enumerate(items) if key_of(item) == wanted)
                if op == "replace":
                    items[place] = dict(change["item"], identity=items[place]["identity"])
                else:
                    self.endings[items[place]["identity"]] = change.get("ending")
                    del items[place]
            start = month(amendment["effective"])
            text = Text(start, frame, items)
            if start <= self.texts[-1].start:
                # Of several with the same date, only what they come to together is in force.
                self.texts[-1] = text
                text.start = start
            else:
                self.texts.append(text)
        self.birth = {}
        self.first_text = {}
        for i, text in enumerate(self.texts):
            for identity in text.by_identity:
                if identity not in self.birth:
                    self.birth[identity] = text.start if i else None
                    self.first_text[identity] = text

    def at(self, m):
        """The text in force in a month; before the first one, the first one."""
        found = self.texts[0]
        for text in self.texts:
            if text.start <= m:
                found = text
        return found

    def item_at(self, identity, m):
        """The item as it reads in a month, or None if it was not there."""
        return self.at(m).by_identity.get(identity)

    def born(self, identity):
        """The month in which an amendment added the item; None for an item of the contract itself."""
        return self.birth[identity]
