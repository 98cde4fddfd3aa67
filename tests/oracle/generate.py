"""Random contracts by seed, with their monthly data: every mechanism, and over some thousands each pair of mechanisms.

A contract draws some mechanisms (`TAGS`), two of which its seed prescribes, so that consecutive seeds go through all pairs.
Amounts, edges and data are few and round, so that ties, and values on an edge, are likely.
"""

import copy
import itertools
import json
import random

from exact import month, month_text

CHARGES = [
    "fixed amount", "once", "seat and month", "rate", "graduated", "volume", "flat", "packages", "metered graduated",
    "metered volume repricing", "metered volume keeping", "metered flat", "metered packages", "at cost", "at least",
    "baseline franchise", "baseline deductible", "baseline plain", "rate card", "derived rates", "charge by dimension",
    "advance next month", "advance by period", "share of charges", "formula charge",
]
LEVELS = [
    "level", "level critical", "level bands", "level excused", "level grace", "level no value", "level counts from",
    "level repeated", "level growth", "level persistent", "level earn-back after", "level earn-back year", "level raised",
    "level by period", "level by dimension", "level in place",
]
CREDITS = [
    "credit", "credit steps", "credit bands", "credit list", "credit by period", "bonus", "retention bonus", "credit by dimension",
]
LIMITS = [
    "limit month", "limit quarter", "limit year", "limit term", "limit rolling", "limit excess", "limit excess for months",
    "limit reductions", "limit named", "limit share", "limit whole",
]
OTHERS = [
    "dated", "index base", "index year", "index last", "adjust ladder", "adjust table", "adjust scorecard",
    "share currency", "share gain", "share gain by period", "points bands", "points value", "points repeated",
    "points by period", "at risk", "at risk categories", "at risk by period", "in place of", "only the largest",
    "only the chosen", "small dropped", "small carried", "small each", "applied next", "applied by period",
    "applied of one", "holdback in full", "holdback bands", "minimum", "maximum", "commitment", "commitment units",
    "commitment total", "tax", "previous", "windows", "bands", "input fallback", "metric fallback", "needs",
    "metric rounded", "round total", "part months", "metric of period", "later start", "long term",
]
TAGS = CHARGES + LEVELS + CREDITS + LIMITS + OTHERS
AMENDMENTS = ["amend itself", "amend words", "amend add", "amend remove", "amend term"]
PAIRS = list(itertools.combinations(range(len(TAGS)), 2))
NEW_ONLY = {"limit whole", "metric of period"}
MODES = ["half up", "half even", "up", "down", "floor", "ceiling"]
CHANNELS = ["voice", "email"]


class Draw:
    """One contract as it is drawn."""

    def __init__(self, seed, dialect, amended):
        self.rng = random.Random(seed)
        self.dialect = dialect
        self.items = []
        self.names = {}
        self.makers = {}
        self.tags = set()
        self.maybe_none = set()
        self.frozen = set()  # names that must not be dated, because an index moves them
        self.amending = False

    # --- small draws

    def one(self, *of):
        return self.rng.choice(of)

    def chance(self, p):
        return self.rng.random() < p

    def name(self, stem):
        self.names[stem] = self.names.get(stem, 0) + 1
        return f"{stem}{self.names[stem]}"

    def has(self, name):
        return any(item.get("name") == name for item in self.items)

    def find(self, name):
        return next(item for item in self.items if item.get("name") == name)

    def plain_charges(self):
        return [item["name"] for item in self.items if item["kind"] == "charge" and not item.get("by")]

    def others_to_name(self, name, kind):
        """A tree that stands for other credits, or for the sum of them."""
        if kind == "bonus":
            return ["stage", "credits"] if self.credits() else None
        others = [item["name"] for item in self.items if item["kind"] == "credit" and not item.get("by") and item["name"] != name and not item.get("each")]
        return ["name", others[0]] if others else None

    def vary(self, group, tags):
        """When an amendment draws an item anew, its mechanisms may change."""
        if not self.amending or self.chance(0.3):
            return group
        return [tag for tag in group if self.chance(0.7)] + self.rng.sample(tags, self.one(1, 2))

    def charges(self):
        return [item["name"] for item in self.items if item["kind"] == "charge"]

    def credits(self, kinds=("credit", "service level")):
        return [item["name"] for item in self.items if item["kind"] in kinds]

    def add(self, maker, place=None):
        """Adds what the maker makes; it is kept, so that an amendment can have it made anew under the same name."""
        item = maker()
        self.items.append(item)
        if item.get("name"):
            self.makers[item["name"]] = maker
        return item

    # --- inputs and metrics, declared when they are first needed

    def input(self, name):
        if self.has(name):
            return name
        decl, kind, unit, by = INPUTS[name]
        if by and not self.has(by):
            self.items.append({"kind": "dimension", "name": by, "members": list(CHANNELS)})
        item = {"kind": "input", "name": name, "decl": decl, "type": kind, "unit": unit, "by": by}
        if "input fallback" in self.tags and self.chance(0.5) and not by:
            words = ["value", "last", "average"] if kind != "bool" else ["value"]
            if name == "uptime":
                words += ["none", "none"]
            if name in ("in_time", "marks", "lost"):
                words = []
            if words:
                item["if_missing"] = {
                    "value": ["value", ["qty", "1", decl] if kind == "price" else default_of(kind, unit)],
                    "last": ["last known"],
                    "average": ["average", self.one(2, 3)],
                    "none": ["no value"],
                }[self.one(*words)]
                if item["if_missing"][0] == "average" and kind in ("count", "bool"):
                    item["if_missing"] = ["last known"]
        self.items.append(item)
        return name

    def metric(self, name):
        if self.has(name):
            return name
        item = {"kind": "metric", "name": name}
        if name == "speed":
            self.input("in_time"), self.input("offered")
            item.update(about="timeliness", decl="percent", better="higher", range=[["pct", "0"], ["pct", "100"]])
            item["formula"] = ["/", ["name", "in_time"], ["name", "offered"]]
        elif name == "loss":
            self.input("lost"), self.input("offered")
            item.update(about="abandonment", decl="percent", better="lower", range=[["pct", "0"], ["pct", "100"]])
            item["formula"] = ["/", ["name", "lost"], ["name", "offered"]]
        elif name == "asa":
            self.input("waited"), self.input("answered")
            item.update(about="timeliness", decl="seconds", better="lower", range=[["num", "0"], None])
            item["formula"] = ["/", ["name", "waited"], ["name", "answered"]]
        elif name == "csat":
            self.input("marks"), self.input("surveys")
            item.update(about="satisfaction", decl="1 to 5", better="higher", range=[["num", "1"], ["num", "5"]])
            item["formula"] = ["/", ["name", "marks"], ["name", "surveys"]]
        elif name == "up":
            self.input("uptime")
            item.update(about="availability", decl="percent", better="higher", range=[["pct", "0"], ["pct", "100"]])
            item["formula"] = ["name", "uptime"]
        elif name == "chan":
            self.input("asked"), self.input("solved")
            item.update(about="resolution", decl="percent", better="higher", range=[["pct", "0"], ["pct", "100"]], by="channel")
            item["formula"] = ["/", ["name", "solved"], ["name", "asked"]]
        if "metric rounded" in self.tags and self.chance(0.6):
            step = {"csat": ["num", "0.1"], "asa": ["qty", self.one("1", "5"), "seconds"]}.get(name, ["pct", self.one("0.1", "1")])
            if step[0] == "qty" and step[1] == "1":
                step[2] = "second"
            item["rounded"] = [self.one(*MODES), step]
        if "metric fallback" in self.tags and self.chance(0.8):
            if name != "up" and self.chance(0.7):
                item["if_nothing"] = self.fallback(name)
            if self.chance(0.5):
                item["if_missing"] = self.fallback(name)
        if "needs" in self.tags and name != "up" and self.chance(0.8):
            counted = {"speed": "offered", "loss": "offered", "asa": "answered", "csat": "surveys", "chan": "asked"}[name]
            item["needs"] = {"condition": [">=", ["name", counted], ["num", self.one("10", "20", "50")]]}
            if self.chance(0.9):
                item["needs"]["otherwise"] = self.fallback(name)
        if name == "up" and self.find("uptime").get("if_missing") == ["no value"] and not item.get("if_missing"):
            self.maybe_none.add(name)
        if any(words and words[0] == "no value" for words in (item.get("if_nothing"), item.get("if_missing"), (item.get("needs") or {}).get("otherwise"))):
            self.maybe_none.add(name)
        self.items.append(item)
        return name

    def fallback(self, name):
        plain = {"csat": ["num", "4"], "asa": ["qty", "30", "seconds"]}.get(name, ["pct", "80"])
        words = [["value", plain], ["last known"], ["average", self.one(2, 3)], ["no value"], ["no value"], ["no invoice"]]
        if "metric of period" in self.tags:
            words = [["value", plain], ["no value"], ["no value"]]
        return self.one(*words)

    def some_metric(self, dimension=False):
        if dimension:
            return self.metric("chan")
        return self.metric(self.one("speed", "speed", "asa", "csat", "loss", "up"))

    def levels_of(self, metric):
        """Edges of a metric from the best to the worst."""
        return {
            "speed": [["pct", e] for e in ("90", "80", "70", "60")],
            "chan": [["pct", e] for e in ("90", "80", "70", "60")],
            "up": [["pct", e] for e in ("99.5", "99", "98", "95")],
            "loss": [["pct", e] for e in ("3", "5", "8", "10")],
            "asa": [["qty", e, "seconds"] for e in ("20", "30", "45", "60")],
            "csat": [["num", e] for e in ("4.5", "4", "3.5", "3")],
        }[metric]

    def measure(self, metric, each):
        """A metric where it is settled by a period."""
        node = ["name", metric]
        if each == "month":
            return node
        if self.dialect == "new" and self.adds_up(metric) and self.chance(0.6):
            return ["span", node, each]
        return ["span", node, "this month"]

    def adds_up(self, metric):
        """Whether `METRIC of the quarter` can be said: no percentage reported, nothing that stands in from earlier months."""
        item = self.find(metric)
        used = [part[1] for part in item["formula"][1:] if isinstance(part, list)]
        text = json.dumps([item] + [self.find(name) for name in used])
        return metric != "up" and "last known" not in text and '"average"' not in text

    def stage(self, each, *names):
        node = ["stage", self.one(*(names or ("charges", "charges", "adjusted charges")))]
        if each in (None, "month"):
            return node
        return ["span", node, self.one(each, each, "this month")]

    # --- amounts and conditions

    def taxed(self):
        """What a tax is a share of."""
        later = [item["name"] for item in self.items if item["kind"] in ("holdback", "commitment")]
        return self.one(["stage", "total"], ["stage", "total"], ["stage", "charges"], ["name", self.one(*later)] if later else ["stage", "adjusted charges"])

    def money(self, *of):
        return ["money", self.one(*(of or ("500", "250", "333.33", "1000", "100", "99.99", "0.05", "750.5")))]

    def dated(self, node, other, name=None):
        """A value by date, where the contract has some and no index moves the item."""
        if "dated" in self.tags and name not in self.frozen and self.chance(0.5):
            dates = sorted(self.rng.sample([month_text(month(self.term[0]) + after) for after in (2, 3, 6, 7, 9)], self.one(1, 1, 2)))
            return ["dated", node, [[date, copy.deepcopy(other) if i == 0 else copy.deepcopy(node)] for i, date in enumerate(dates)]]
        return node

    def amount(self, each="month", name=None):
        """An amount of a credit, limit or the like."""
        draw = self.rng.random()
        if draw < 0.35:
            return self.dated(self.money(), self.money("400", "66.66"), name)
        if draw < 0.65:
            share = ["pct", self.one("2", "5", "1", "12.5", "10")]
            if self.chance(0.3):
                share = self.dated(share, ["pct", "3"], name)
            return ["of", share, self.stage(each)]
        if draw < 0.75 and self.plain_charges():
            node = ["name", self.one(*self.plain_charges())]
            return ["of", ["pct", self.one("5", "10")], node if each == "month" else ["span", node, self.one(each, "this month")]]
        if draw < 0.85:
            return ["if", self.condition(each), self.money(), self.money("20", "120")]
        if draw < 0.89:
            return ["of", ["pct", self.one("1", "2")], ["fold", "sum", ["stage", "charges"], self.one(["last", 3], ["calendar quarter"], ["contract year"], ["prev", 2])]]
        if draw < 0.94:
            return ["min", ["of", ["pct", "10"], self.stage(each)], self.money()]
        return ["rounded", ["/", self.money("1000", "100"), ["num", "3"]], self.one(*MODES), ["money", self.one("0.01", "0.1", "1")]]

    def spanned(self, node, each):
        return node if each == "month" else ["span", node, self.one(each, "this month")]

    def condition(self, each="month"):
        draw = self.rng.random()
        if draw < 0.06:
            return [self.one("and", "or"), self.condition(each), self.condition(each)]
        if draw < 0.1:
            return ["not", self.condition(each)]
        if draw < 0.3:
            node = ["name", self.input("flag")]
            return node if each == "month" else ["span", node, "this month"]
        if draw < 0.6:
            node = self.spanned(["name", self.input("tickets")], each)
            return [self.one(">", ">=", "<", "<="), node, ["qty", self.one("100", "50"), "tickets"]]
        if draw < 0.7:
            return ["between", ["calendar", "month of year"], ["num", "3"], ["num", "8"]]
        if draw < 0.8:
            return [self.one(">", ">="), ["run", [">", ["name", self.input("tickets")], ["qty", "50", "tickets"]]], ["num", "2"]]
        if draw < 0.9:
            return [">=", ["count", [">=", ["name", self.input("tickets")], ["qty", "100", "tickets"]], ["last", 3]], ["num", "2"]]
        metric = self.metric(self.one("speed", "csat"))
        edge = self.levels_of(metric)[1]
        node = self.measure(metric, each)
        if metric in self.maybe_none:
            return ["<", ["known", node, edge], edge]
        return ["<", node, edge]

    def bands(self, metric, node, values, form, no_value, otherwise=True):
        """Bands of a metric: its edges from the best to the worst, with one value more than edges."""
        edges = self.levels_of(metric)[: len(values) - 1]
        lower = metric in ("loss", "asa")
        words = {"of": node, "form": form, "bands": [], "otherwise": None, "no_value": no_value}
        if form == "ladder":
            if self.chance(0.5):
                test = self.one("at most", "below") if lower else self.one("at least", "above")
                for edge, value in zip(edges, values):
                    words["bands"].append({"test": [test, edge], "value": value})
                words["otherwise"] = values[-1]
            else:
                test = self.one("at least", "above") if lower else self.one("at most", "below")
                for edge, value in zip(reversed(edges), reversed(values)):
                    words["bands"].append({"test": [test, edge], "value": value})
                words["otherwise"] = values[0]
        elif form == "table":
            # From the worst to the best, both ends of inner bands on one side.
            ends = list(edges) if lower else list(reversed(edges))
            own = list(values) if lower else list(reversed(values))
            if self.chance(0.5):
                tests = [["below", ends[0]]] + [["to below", a, b] for a, b in zip(ends, ends[1:])] + [["at least", ends[-1]]]
            else:
                tests = [["at most", ends[0]]] + [["above to", a, b] for a, b in zip(ends, ends[1:])] + [["above", ends[-1]]]
            words["bands"] = [{"test": test, "value": value} for test, value in zip(tests, own)]
            if not otherwise:
                words["bands"] = [band for band in words["bands"] if band["value"] != ["money", "0"]]
        else:
            test = self.one("above", "at least") if lower else self.one("below", "at most")
            for i, (edge, value) in enumerate(zip(edges, values[1:])):
                words["bands"].append({"test": [test, edge], "value": value})
                if i:
                    words["bands"][-1]["ruling"] = None
            ruling = self.one("in place", "on top")
            for band in words["bands"][1:]:
                band["ruling"] = ruling
        return words

    def no_value(self, metric, node):
        return node if metric in self.maybe_none else None


INPUTS = {
    "handled": ("contacts", "count", "contacts", None),
    "forecast": ("contacts", "count", "contacts", None),
    "used": ("units", "count", "units", None),
    "tickets": ("tickets", "count", "tickets", None),
    "seats": ("seats", "count", "seats", None),
    "offered": ("calls", "count", "calls", None),
    "in_time": ("calls", "count", "calls", None),
    "lost": ("calls", "count", "calls", None),
    "answered": ("calls", "count", "calls", None),
    "waited": ("seconds", "duration", "seconds", None),
    "worked": ("hours", "duration", "hours", None),
    "surveys": ("surveys", "count", "surveys", None),
    "marks": ("points", "count", "points", None),
    "uptime": ("percent", "percent", None, None),
    "spent": ("EUR", "amount", None, None),
    "flag": ("yes or no", "bool", None, None),
    "outage": ("yes or no", "bool", None, None),
    "fx": ("EUR per USD", "price", None, None),
    "fx2": ("USD per EUR", "price", None, None),
    "cpi": ("points", "count", "points", None),
    "cpi2": ("points", "count", "points", None),
    "asked": ("contacts", "count", "contacts", "channel"),
    "solved": ("contacts", "count", "contacts", "channel"),
    "planned": ("contacts", "count", "contacts", "channel"),
    "picked": ("yes or no", "bool", None, "claims"),
}


def default_of(kind, unit):
    return {
        "count": ["qty", "50", unit],
        "duration": ["qty", "100", unit],
        "percent": ["pct", "99"],
        "amount": ["money", "500"],
        "price": ["num", "1"],
        "bool": ["bool", False],
    }[kind]


# --- charges


def add_charges(d):
    wanted = [tag for tag in CHARGES if tag in d.tags]
    if not wanted:
        wanted = ["fixed amount"]
    advance = [tag for tag in wanted if tag.startswith("advance")]
    least = "at least" in wanted
    forms = [tag for tag in wanted if not tag.startswith("advance") and tag != "at least"]
    counted = [
        "rate", "graduated", "volume", "flat", "packages", "metered graduated", "metered volume repricing",
        "metered volume keeping", "metered flat", "metered packages", "baseline franchise", "baseline deductible", "baseline plain",
    ]
    if (advance or least) and not any(tag in counted for tag in forms):
        forms.append(d.one("rate", "graduated", "packages"))
    if all(tag in ("share of charges", "once") for tag in forms):
        forms.insert(0, "fixed amount")
    forms.sort(key=lambda tag: tag == "share of charges")
    first = next((tag for tag in forms if tag in counted or tag in ("rate card", "derived rates")), None)
    for tag in forms:
        name = d.name("line")
        least_here = least and tag in counted and (tag == first or d.chance(0.5))
        advance_here = d.one(*advance) if advance and (tag in counted or tag in ("rate card",)) and (tag == first or d.chance(0.3)) else None
        d.add(lambda name=name, tag=tag, least_here=least_here, advance_here=advance_here: charge(d, name, *other_form(d, tag, least_here, advance_here)))


def other_form(d, tag, least, advance):
    """The form of a charge; an amendment may replace it by another one."""
    if not d.amending or tag in ("charge by dimension", "share of charges") or d.chance(0.5):
        return tag, least, advance
    if tag in ("rate card", "derived rates"):
        return d.one("rate card", "derived rates"), False, d.one(advance, None, "advance next month", "advance by period")
    new = d.one("fixed amount", "rate", "graduated", "volume", "packages", "metered graduated", "metered packages", "metered flat", "metered volume repricing", "baseline deductible")
    if new == "fixed amount":
        return new, False, None
    return new, d.chance(0.2), d.one(advance, advance, None, "advance next month", "advance by period")


def charge(d, name, tag, least, advance):
    item = {"kind": "charge", "name": name, "by": None}
    price = {}
    if tag == "fixed amount":
        amount = d.money("10000", "12000.50", "1000", "777.77")
        price = {"form": "amount", "value": d.dated(["per_period", d.one("month", "month", "quarter", "year"), amount], ["per_period", "month", ["money", "8000"]], name)}
        if price["value"][0] == "dated":
            dated = price["value"]
            period = dated[1][1]
            price["value"] = ["dated", dated[1], [[date, ["per_period", period, ["money", "9000"]]] for date, _ in dated[2]]]
    elif tag == "once":
        price = {"form": "amount", "value": d.money("2500", "1000")}
        item["once"] = d.one(d.term[0][:7], month_text(month(d.term[0]) + d.one(1, 4, 7)))
    elif tag == "seat and month":
        price = {"form": "rate", "rate": ["rate_month", d.one("2.50", "10", "33.33"), "seat"], "quantity": ["name", d.input("seats")]}
    elif tag == "share of charges":
        others = [one for one in d.plain_charges() if one != name and not d.amending]
        if not others:
            return charge(d, name, "fixed amount", least, advance)
        base = ["name", others[0]] if len(others) == 1 else ["+", ["name", others[0]], ["name", others[-1]]]
        price = {"form": "amount", "value": ["of", ["pct", d.one("5", "2.5")], base]}
    elif tag == "formula charge":
        price = {
            "form": "amount",
            "value": d.one(
                ["if", ["name", d.input("flag")], d.money("1000", "333.33"), d.money("400")],
                ["max", ["of", ["rate", "2.40", "ticket"], ["name", d.input("tickets")]], d.money("100", "200")],
                ["/", ["*", d.money("1000", "100"), ["calendar", "days in month"]], ["num", "30"]],
                ["per", d.one("full", "started", "exact"), d.money("75", "12.34"), ["qty", "10", "tickets"], ["name", d.input("tickets")], "above", ["qty", "50", "tickets"]],
                ["of", ["rate", "60", "hour"], ["name", d.input("worked")]],
                ["of", ["rate", d.one("12", "3.33"), "ticket"], [d.one("whole", "started"), ["/", ["name", d.input("tickets")], ["num", "12"]]]],
                ["of", ["rate", "0.7", "ticket"], ["abs", ["-", ["name", d.input("tickets")], ["qty", "60", "tickets"]]]],
                ["if", ["name", d.input("flag")], ["of", ["rate", "2.5", "contact"], ["total_of", d.input("asked")]], ["of", ["rate", "3.1", "contact"], ["name", d.input("asked"), "voice"]]],
                ["*", d.money("100", "33.33"), ["name", lines_factor(d)]],
                ["if", ["=", ["calendar", "month"], ["month_is", month_text(month(d.term[0]) + 4)]], d.money("99"), ["of", ["pct", "50"], d.money("333.33")]],
            ),
        }
    elif tag == "at cost":
        price = {"form": "cost", "cost": ["name", d.input("spent")]}
        if d.chance(0.5):
            price["cap"] = d.money("900", "1000", "500")
        if d.chance(0.6):
            price["margin"] = d.one(["pct", d.one("8", "12.5")], ["money", d.one("50", "33.33")])
            if d.chance(0.4):
                price["cap_all"] = d.money("1000", "600", "1100")
    elif tag == "charge by dimension":
        item["by"] = "channel"
        d.input("asked")
        price = d.one(
            {"form": "rate", "quantity": ["name", "asked"], "rate": d.money("4.20", "0.25")},
            {"form": "packages", "quantity": ["name", "asked"], "size": ["qty", "50", "contacts"], "price": d.money("19.99", "100")},
        )
    elif tag in ("rate card", "derived rates"):
        d.input("asked")
        price = {"form": "card", "input": "asked", "prices": {}}
        price["prices"]["voice"] = {"form": "rate", "rate": ["rate", d.one("4.20", "0.85"), "contact"]}
        if tag == "derived rates":
            rate = d.one(
                ["*", ["num", "1.5"], ["card_rate", "voice"]],
                ["rounded", ["*", ["num", "1.25"], ["card_rate", "voice"]], d.one(*MODES), ["money", "0.01"]],
                ["of", ["pct", "30"], ["card_rate", "voice"]],
                ["max", ["*", ["num", "2"], ["card_rate", "voice"]], ["rate", "1.50", "contact"]],
            )
            price["prices"]["email"] = {"form": "derived", "rate": rate}
        else:
            price["prices"]["email"] = d.one(
                {"form": "rate", "rate": ["rate", "2.10", "contact"]},
                tiers(d, "graduated", name, None),
                tiers(d, "volume", name, None),
                {"form": "packages", "size": ["qty", "50", "contacts"], "price": d.money("19.99", "100")},
            )
    else:
        quantity, unit = (("handled", "contacts") if advance or least or d.chance(0.5) else ("used", "units"))
        d.input(quantity)
        if tag == "rate":
            price = {"form": "rate", "rate": d.dated(d.money("4.20", "0.10", "3.33"), d.money("4.40"), name)}
        elif tag.startswith("baseline"):
            price = baseline(d, tag, unit, name)
        elif tag.endswith("packages"):
            price = {"form": "packages", "size": ["qty", d.one("100", "30"), unit], "price": d.dated(d.money("80", "19.99"), d.money("90"), name)}
        else:
            price = tiers(d, tag, name, unit)
        if tag.startswith("metered"):
            periods = ["quarter", "contract year", "calendar year", "term", "quarter"]
            price["metered"] = {"period": d.one(*periods), "earlier": "keeping" if tag.endswith("keeping") else "repricing"}
        price["quantity"] = ["name", quantity]
        if least:
            price["at_least"] = d.one(["of", ["pct", "90"], ["name", d.input("forecast")]], ["qty", "50", unit])
    item["price"] = price
    if advance:
        on = "planned" if price["form"] == "card" else "forecast"
        d.input(on)
        settled = "next" if advance == "advance next month" else d.one("quarter", "quarter", "contract year", "calendar year")
        item["advance"] = {"on": on if price["form"] == "card" else ["name", on], "settled": settled}
    return item


def lines_factor(d):
    """A definition that is a percentage, made of a metric."""
    metric = d.metric(d.one("speed", "loss", "up"))
    name = d.name("share")
    node = ["name", metric]
    if metric in d.maybe_none:
        node = ["known", node, ["pct", "50"]]
    value = d.one(["-", ["pct", "100"], node], node, ["rounded", node, d.one(*MODES), ["pct", "5"]])
    d.items.append({"kind": "let", "name": name, "by": None, "type": "percent", "value": value})
    return name


def tiers(d, tag, name, unit):
    how = "flat" if "flat" in tag else "volume" if "volume" in tag else "graduated"
    rates = ["90", "120", "60"] if how == "flat" else ["0.10", "0.05", "0.333"] if d.chance(0.4) else ["4.20", "3.90", "3.65"]
    rates = [rate if rate != "0.333" else "0.33" for rate in rates]
    words = d.one(("up to", "50", "150"), ("first", "50", "100"))
    second = "up to" if words[0] == "up to" else "next"
    price = {"form": "tiers", "how": how, "tiers": [{"word": words[0], "size": ["num", words[1]], "price": ["money", rates[0]]}]}
    if d.chance(0.6):
        price["tiers"].append({"word": second, "size": ["num", words[2]], "price": d.dated(["money", rates[1]], ["money", "0.07"], name)})
    price["beyond"] = ["agreement"] if d.chance(0.1) else ["money", rates[2]]
    return price


def baseline(d, tag, unit, name):
    price = {"form": "baseline", "baseline": d.dated(["qty", "100", unit], ["qty", "90", unit], name), "amount": d.dated(d.money("5000", "4999.99"), d.money("4800"), name)}
    if tag != "baseline plain":
        price["deadband"] = ["pct", d.one("10", "5")]
        price["deadband_kind"] = tag.split()[1]
    rates = [["money", "42"], ["money", "38.5"]]

    def side(below):
        draw = d.rng.random()
        if draw < 0.15:
            return {"form": "nothing"}
        if draw < 0.45:
            return {"form": "rate", "rate": rates[0]}
        slabs = [[["pct", "20"], rates[0]]]
        if d.chance(0.5):
            slabs.append([["pct", "40"], rates[1]])
        beyond = d.one({"form": "as at"}, {"form": "rate", "rate": ["money", "30"]}, {"form": "rate", "rate": ["money", "30"]}, {"form": "agreement"})
        return {"form": "slabs", "slabs": slabs, "beyond": beyond}

    price["above"], price["below"] = side(False), side(True)
    if price["above"]["form"] == "nothing" and price["below"]["form"] == "nothing":
        price["above"] = {"form": "rate", "rate": rates[0]}
    return price


# --- service levels


def add_levels(d):
    wanted = [tag for tag in LEVELS if tag in d.tags]
    old = len(d.items)
    pooled = [tag for tag in ("at risk", "at risk categories", "at risk by period") if tag in d.tags]
    if not wanted and not pooled:
        return
    groups = [wanted]
    if pooled or (len(wanted) > 3 and d.chance(0.4)):
        groups.append([tag for tag in wanted if d.chance(0.5)])
    if pooled and d.chance(0.5):
        groups.append([])
    for i, group in enumerate(groups):
        name = d.name("level")
        in_pool = bool(pooled) and (i > 0 or d.chance(0.6))
        metric = d.metric("chan") if "level by dimension" in group else d.some_metric()
        each = d.one("quarter", "quarter", "calendar year", "contract year") if "level by period" in group else "month"
        d.add(lambda name=name, group=group, in_pool=in_pool, metric=metric, each=each: level(d, name, d.vary(group, LEVELS[1:14]), in_pool, metric, each))
        d.find(name)["pooled"] = in_pool
    for tag in pooled:
        levels = [item for item in d.items[old:] if item["kind"] == "service level" and item.get("pooled") and not item.get("taken")]
        if not levels:
            continue
        if len(pooled) > 1:
            levels = levels[:1] if tag != pooled[-1] else levels
        for item in levels:
            item["taken"] = True
        d.add(lambda tag=tag, levels=levels: at_risk(d, tag, levels))
    for item in d.items:
        item.pop("taken", None)
        item.pop("pooled", None)


def at_risk(d, tag, levels):
    each = "month"
    so_far = False
    if tag == "at risk by period":
        each = d.one("quarter", "contract year")
    amount = ["of", ["pct", d.one("10", "5")], d.stage(each, "charges")] if d.chance(0.6) else d.money("1000", "333.33")
    if any(item["each"] != "month" for item in levels) and amount[0] == "of" and each == "month":
        amount = d.money("1000", "333.33")
    if amount[0] == "of" and each != "month":
        if any(item["each"] != each for item in levels) and amount[2][2] != "this month" and d.chance(0.5):
            so_far = True
        elif any(item["each"] != each for item in levels):
            amount[2][2] = "this month"
    shares = []
    for item in levels:
        for member in CHANNELS if item.get("by") else [None]:
            shares.append([item["name"], member, ["pct", d.one("60", "40", "100", "33")]])
    words = {"kind": "at risk", "key": each, "amount": amount, "each": each}
    if so_far:
        words["so_far"] = each
    words["name"] = None
    if d.chance(0.3) or any(item["kind"] == "at risk" for item in d.items):
        # Of several, an amendment could not tell one from the other without a name.
        words["name"] = d.name("pool")
    if tag == "at risk categories":
        half = max(1, len(shares) // 2)
        words["shares"] = [[["pct", "50"], shares[:half]]] + ([[["pct", d.one("50", "40")], shares[half:]]] if shares[half:] else [])
    else:
        words["shares"] = [[None, shares]]
    return words


def level(d, name, group, pooled, metric, each):
    edges = d.levels_of(metric)
    better = "lower" if metric in ("loss", "asa") else "higher"
    group = [tag for tag in group if tag not in ("level by period", "level by dimension")] if d.amending else group
    if d.amending and d.chance(0.15):
        each = d.one("month", "quarter")
    item = {"kind": "service level", "name": name, "by": "channel" if metric == "chan" else None, "better": better, "each": each}
    item["measure"] = d.measure(metric, each)
    at = d.one(0, 1)
    item["target"] = d.dated(edges[at], edges[1 - at], name)
    critical = "level critical" in group or ("level in place" in group and d.chance(0.5))
    if critical:
        item["critical"] = edges[d.one(2, 3)]
    if not pooled:
        if "level bands" in group and not critical:
            none = d.no_value(metric, ["money", "75"])
            item["credit_bands"] = d.bands(metric, ["name", metric], [["money", "0"], d.money("100"), d.amount(each, name)], d.one("ladder", "list"), none)
            item["credit_bands"]["of"] = item["measure"]
        else:
            item["credit"] = d.amount(each, name)
            if d.chance(0.12):
                item["credit"] = ["-", item["credit"], d.money("300", "150")]
            if critical:
                item["credit_critical"] = d.amount(each, name)
    elif critical and d.chance(0.5):
        pass
    excuses = False
    starts_quarter = True
    if "level excused" in group:
        excuses = True
        item["excused"] = []
        for _ in range(d.one(1, 1, 2)):
            when = d.one(["name", d.input("outage")], [">", ["name", d.input("tickets")], ["qty", "100", "tickets"]])
            item["excused"].append({"when": when, "which": None if each == "month" else d.one("any", "every", "last")})
    if "level grace" in group:
        excuses = True
        if each == "month":
            item["grace"] = d.one(1, 2, 3)
        elif each == "quarter":
            item["grace"] = d.one(3, 6)
        else:
            item["grace"] = 12
    maybe = metric in d.maybe_none
    if maybe:
        item["no_value"] = d.one("excused", "failed")
        excuses = excuses or item["no_value"] == "excused"
    periods = {"month": (4, 6), "quarter": (6, 12)}.get(each, (24, 24))
    if "level counts from" in group:
        item["counts_from"] = [2 if each != "month" else d.one(2, 3), d.one(*periods)]
    if "level repeated" in group and not (("level growth" in group) and d.chance(0.5)):
        steps = [[2, ["num", d.one("1.5", "2")]]]
        if d.chance(0.6):
            steps.append([3, ["num", d.one("2", "3")]])
        item["repeated"] = {"form": "list", "steps": steps}
        if d.chance(0.4):
            item["repeated"]["compounding"] = d.chance(0.6)
        if d.chance(0.2):
            item["repeated"]["at_most"] = ["num", "2.5"]
    elif "level growth" in group:
        item["repeated"] = {"form": "more", "more": ["pct", d.one("50", "10")], "compounding": d.chance(0.5)}
        if d.chance(0.5):
            item["repeated"]["at_most"] = ["num", d.one("2", "1.75")]
    if "level persistent" in group:
        row = d.chance(0.3)
        amount = d.amount(each, name)
        if d.chance(0.2):
            amount = ["-", amount, d.money("300", "150")]
        item["persistent"] = {"after": 2, "within": d.one(*periods), "in_a_row": row, "amount": amount, "ruling": d.one("in place", "on top")}
    runs = item.get("repeated") or (item.get("persistent") or {}).get("in_a_row")
    if item.get("counts_from") and runs:
        item["tolerated_run"] = d.one("breaks", "keeps", "extends")
    backs = [tag for tag in group if tag.startswith("level earn-back")]
    if backs:
        tag = d.one(*backs)
        good = copy.deepcopy(edges[d.one(0, at)])
        if tag.endswith("after"):
            item["earn_back"] = {"form": "after", "after": d.one(2, 2, 3), "level": good}
        else:
            words = {"form": "year", "share": ["pct", d.one("50", "100", "33")], "year": d.one("contract year", "calendar year")}
            if d.chance(0.75):
                words["level"] = good
                if excuses:
                    words["excused"] = d.one("counted", "left out")
            else:
                words["when"] = [">=", ["fold", "sum", ["name", d.input("tickets")], [words["year"]]], ["qty", "600", "tickets"]]
            item["earn_back"] = words
    if "level raised" in group and each == "month":
        bound = {"speed": ["pct", "95"], "chan": ["pct", "95"], "up": ["pct", "99.9"], "loss": ["pct", "1"], "asa": ["qty", "10", "seconds"], "csat": ["num", "4.8"]}[metric]
        item["raised"] = {"after": d.one(2, 3), "to": d.one("mean", "average"), "at": d.chance(0.3)}
        if d.chance(0.5):
            step = {"asa": ["qty", "1", "second"], "csat": ["num", "0.1"]}.get(metric, ["pct", "0.1"])
            item["raised"]["rounded"] = [d.one(*MODES), step]
        if d.chance(0.6):
            item["raised"]["bound"] = bound
    if excuses and (runs or item.get("raised")) and d.chance(0.7):
        item["excused_run"] = d.one("keeps", "breaks")
    if "level in place" in group:
        item["in_place"] = "all"
        item["in_place_critical"] = critical and d.chance(0.6)
    return item


# --- points


def add_points(d):
    wanted = [tag for tag in d.tags if tag.startswith("points")]
    if not wanted:
        return
    each = d.one("quarter", "contract year") if "points by period" in wanted else "month"
    count = 0
    if "points bands" in wanted or wanted in (["points repeated"], ["points by period"]) or "points value" not in wanted:
        name = d.name("marks_of")
        metric = d.metric("chan") if d.chance(0.2) else d.some_metric()
        d.add(lambda name=name, metric=metric: points(d, name, metric, each))
    if "points value" in wanted:
        name = d.name("marks_of")
        d.add(lambda name=name: points(d, name, None, each))
    name = d.name("credit")
    monthly = each == "month"
    d.add(
        lambda: {
            "kind": "credit",
            "name": name,
            "by": None,
            "each": each,
            "value": d.one(
                ["of", ["rate", d.one("300", "33.33"), "point"], ["stage", "total points"]],
                ["per", d.one("full", "exact"), d.money("100", "33.33"), ["qty", "1", "point"], ["stage", "total points"], "above", ["qty", "1", "point"]],
            )
            if monthly or d.chance(0.5)
            else ["of", ["rate", "50", "point"], ["fold", "sum", ["stage", "total points"], ["calendar year"]]],
        }
    )


def points(d, name, metric, each):
    item = {"kind": "points", "name": name, "by": "channel" if metric == "chan" else None, "each": each}
    if metric is None:
        tickets = d.spanned(["name", d.input("tickets")], each)
        item["value"] = ["per", d.one("full", "started"), ["qty", d.one("1", "2"), "points"], ["qty", "10", "tickets"], tickets, "above", ["qty", "50", "tickets"]]
        if item["value"][2][1] == "1":
            item["value"][2][2] = "point"
    else:
        # More than 1 point, so that a credit for points above 1 point can be due.
        values = [["qty", "2", "points"], ["qty", "3", "points"], ["qty", "5", "points"]]
        item["bands"] = d.bands(metric, d.measure(metric, each), [["qty", "0", "points"]] + values[: d.one(1, 2)], "list", None)
        if metric in d.maybe_none:
            if d.chance(0.5):
                item["no_value_excused"] = True
            else:
                item["bands"]["no_value"] = ["qty", "1", "point"]
    if "points repeated" in d.tags:
        item["repeated"] = [["num", "2"], d.chance(0.5)]
    if d.chance(0.4):
        item["excused"] = [["name", d.input("outage")] if each == "month" else ["span", ["name", d.input("outage")], "this month"]]
    if d.chance(0.2) and each == "month":
        item["grace"] = d.one(1, 2)
    if item.get("repeated") and (item.get("excused") or item.get("grace") or item.get("no_value_excused")):
        item["excused_run"] = d.one("keeps", "breaks")
    return item


# --- credits and bonuses


def add_credits(d):
    wanted = [tag for tag in CREDITS if tag in d.tags]
    limited = [tag for tag in d.tags if tag.startswith(("limit", "only", "small", "applied", "in place"))]
    if d.amending:
        limited = []
    needed = 2 if any(tag.startswith("only") for tag in limited) else 1 if limited else 0
    while sum(1 for tag in wanted if "bonus" not in tag) + len(d.credits()) < needed:
        wanted.append(d.one("credit", "credit steps", "credit bands"))
    for tag in wanted:
        name = d.name("bonus" if "bonus" in tag else "credit")
        metric = d.some_metric(tag == "credit by dimension")
        make = retention_bonus if tag == "retention bonus" else credit
        d.add(lambda name=name, tag=tag, metric=metric, make=make: make(d, name, tag, metric))


def retention_bonus(d, name, tag, metric):
    each = d.one("quarter", "quarter", "contract year", "calendar year")
    lower = metric in ("loss", "asa")
    side = d.one("at most", "below") if lower else d.one("at least", "above")
    level = d.levels_of(metric)[d.one(0, 1, 2)]
    return {"kind": "bonus", "name": name, "by": None, "each": each, "value": d.amount(each, name), "stays": [metric, side, level]}


def credit(d, name, tag, metric):
    kind = "bonus" if tag == "bonus" else "credit"
    item = {"kind": kind, "name": name, "by": None}
    each = "month"
    if tag == "credit by period":
        each = item["each"] = d.one("quarter", "quarter", "contract year", "calendar year")
    form = {"credit steps": "steps", "credit bands": "bands", "credit list": "list", "credit by dimension": "bands"}.get(tag)
    form = form or d.one("amount", "amount", "steps", "bands", "negative", "gap", "other")
    node = ["name", metric]
    if metric == "chan":
        item["by"] = "channel"
    node = d.measure(metric, each)
    if form == "amount" and each != "month" and d.chance(0.4):
        item["value"] = d.dated(["per_period", "month", d.money("50", "33.33")], ["per_period", "month", ["money", "40"]], name)
    elif form == "amount":
        item["value"] = d.amount(each, name)
    elif form == "gap" and metric in ("speed", "up") and metric not in d.maybe_none and each == "month":
        # How far a percentage is below 90%, in points, taken as a percentage of the charges.
        item["value"] = ["of", ["aspct", ["-", ["pct", "90"], node]], d.stage(each)]
    elif form == "other" and each == "month" and not d.amending and d.others_to_name(name, kind):
        item["value"] = ["of", ["pct", "50"], d.others_to_name(name, kind)]
    elif form in ("negative", "gap", "other"):
        item["value"] = ["-", d.amount(each, name), d.money("300", "150")]
    elif form == "steps":
        edge = d.levels_of(metric)[1]
        lower = metric in ("loss", "asa")
        step = {"asa": ["qty", d.one("1", "10"), "seconds"], "csat": None}.get(metric, ["pp", d.one("1", "2")])
        if step is None or metric in d.maybe_none:
            tickets = d.spanned(["name", d.input("tickets")], each)
            item["value"] = ["per", d.one("full", "started", "exact"), d.money("25", "3.33"), ["qty", d.one("1", "10"), "tickets"], tickets, "above", ["qty", "50", "tickets"]]
        else:
            amount = d.one(d.money("50", "33.33"), ["of", ["pct", "1"], d.stage(each)])
            item["value"] = ["per", d.one("full", "started", "exact"), amount, step, node, "above" if lower else "below", edge]
        step = item["value"][3]
        if step[0] == "qty" and step[1] == "1":
            step[2] = step[2][:-1]
    else:
        values = [["money", "0"], d.amount(each, name), d.amount(each, name)]
        shape = "list" if form == "list" else d.one("ladder", "table")
        item["bands"] = d.bands(metric, node, values, shape, d.no_value(metric, ["money", "60"]), False)
    if d.chance(0.35):
        item["when"] = d.condition(each)
    return item


# --- limits


def add_limits(d):
    wanted = [tag for tag in LIMITS if tag in d.tags]
    if not wanted:
        return
    options = [tag for tag in wanted if tag in ("limit excess", "limit excess for months", "limit reductions", "limit named", "limit share", "limit whole")]
    periods = [tag for tag in wanted if tag not in options] or [d.one("limit month", "limit quarter", "limit year")]
    if "limit excess" in options and "limit excess for months" in options and len(periods) == 1:
        periods.append("limit rolling" if periods[0] != "limit rolling" else "limit month")
    if "limit whole" in options and not any(tag in ("limit quarter", "limit year", "limit term") for tag in periods):
        periods.append("limit quarter")
    used = set()
    for i, tag in enumerate(periods):
        both = "limit excess" in options and "limit excess for months" in options
        mine = options if i == 0 or both or "limit whole" in options and tag in ("limit quarter", "limit year", "limit term") else [o for o in options if d.chance(0.4)]
        item = limit(d, tag, mine, used)
        if item is not None:
            d.items.append(item)
            d.makers[item["key"]] = lambda tag=tag, mine=mine, item=item: limit(d, tag, mine, set(), item)


def limit(d, tag, options, used, old=None):
    each = {"limit month": "month", "limit quarter": "quarter", "limit term": "term", "limit rolling": "rolling"}.get(tag)
    if each is None:
        each = d.one("contract year", "calendar year")
    if old is not None:
        each, subjects = old["each"], old["subjects"]
    else:
        named = d.credits() + [item["name"] for item in d.items if item["kind"] == "at risk" and item.get("name")]
        subjects = ["credits"]
        if "limit reductions" in options and "limit named" in options and named:
            subjects = ["reductions", d.one(*named)]
        elif "limit reductions" in options and d.chance(0.8):
            subjects = d.one(["reductions", "credits"], ["credits", "reductions"], ["reductions"])
        elif "limit named" in options and named and d.chance(0.8):
            subjects = d.rng.sample(named, min(len(named), d.one(1, 2)))
        elif any(item["kind"] == "bonus" for item in d.items) and d.chance(0.3):
            subjects = ["bonuses"]
        if (tuple(sorted(subjects)), each) in used:
            return None
        used.add((tuple(sorted(subjects)), each))
    item = {"kind": "limit", "subjects": subjects, "each": each}
    if each == "rolling":
        item["rolling"] = old["rolling"] if old else d.one(3, 4, 6)
    length = {"month": 1, "quarter": 2, "rolling": 2}.get(each, 4)
    whole = "limit whole" in options and each in ("quarter", "contract year", "calendar year", "term")
    if "limit share" in options or whole:
        share = ["pct", d.one("5", "10", "2", "4")]
        base = ["stage", d.one("charges", "charges", "adjusted charges")]
        if each == "month":
            item["amount"] = ["of", share, base]
        else:
            span = ["last", item["rolling"]] if each == "rolling" else each
            if not whole and each != "rolling" and d.chance(0.25):
                span = "this month"
            item["amount"] = ["of", share, ["span", base, span]]
            if whole:
                item["whole"] = True
            elif span not in ("this month",) and each != "rolling":
                item["so_far"] = span
    else:
        item["amount"] = ["money", str(d.one(100, 250, 500, 333) * length)]
        if d.chance(0.3):
            item["amount"] = d.dated(item["amount"], ["money", "444.44"])
    if "limit excess" in options or "limit excess for months" in options:
        item["excess"] = {"end": d.one("paid out", "lapsing"), "months": None}
        if "limit excess for months" in options and not ("limit excess" in options and d.chance(0.5)):
            item["excess"]["months"] = d.one(1, 2, 3)
        if "bonuses" in subjects and len(subjects) > 1:
            item["excess"] = None
    if d.chance(0.15):
        item["terminate"] = "terminate after 2 times in 6 months"
    from text import PERIODS, limit_key

    words = f"each rolling {item['rolling']} months" if each == "rolling" else PERIODS[each]
    item["key"] = f"{limit_key(item)} {words}"
    return item


# --- adjustments and shares


def add_adjustments(d):
    used = set()
    for tag in ("adjust ladder", "adjust table", "adjust scorecard"):
        if tag not in d.tags:
            continue
        charges = ["charges"] if d.chance(0.4) else d.rng.sample(d.charges(), min(len(d.charges()), d.one(1, 2)))
        if tag == "adjust scorecard":
            name = d.name("score")
            parts = []
            for weight, metric in (("60", d.metric("speed")), ("40", d.metric("csat"))):
                words = d.bands(metric, None, [["num", "100"], ["num", "80"], ["num", "50"]], "ladder", d.no_value(metric, ["num", "70"]))
                parts.append([["pct", weight], ["name", metric], words])
            card = {"kind": "scorecard", "name": name, "parts": parts}
            if d.chance(0.4):
                card["rounded"] = [d.one(*MODES), ["num", d.one("1", "10")]]
            d.items.append(card)
            bands = {
                "of": ["name", name],
                "form": "ladder",
                "bands": [
                    {"test": ["below", ["num", "60"]], "value": ["neg", ["pct", "10"]]},
                    {"test": ["below", ["num", "80"]], "value": ["neg", ["pct", "3.5"]]},
                    {"test": ["below", ["num", "95"]], "value": ["pct", "0"]},
                ],
                "otherwise": ["pct", "5"],
                "no_value": None,
            }
            by = name
        else:
            metric = d.some_metric()
            shares = [["pct", "2.5"], ["pct", "0"], ["neg", ["pct", "5"]], ["neg", ["pct", "12.5"]]]
            form = "ladder" if tag == "adjust ladder" else "table"
            bands = d.bands(metric, ["name", metric], shares, form, d.no_value(metric, ["pct", "0"]))
            by = metric
        if (tuple(charges), by) in used:
            continue
        used.add((tuple(charges), by))
        d.items.append({"kind": "adjust", "key": f"{', '.join(charges)} by {by}", "charges": charges, "by_name": by, "bands": bands})
    if "share currency" in d.tags:
        turned = d.chance(0.4)
        charges = d.rng.sample(d.charges(), 1)
        item = {"kind": "share currency", "charges": charges, "abroad_per_invoice": turned, "by_name": d.input("fx2" if turned else "fx")}
        item["key"] = f"{charges[0]} by {item['by_name']}"
        item["rate"] = ["name", item["by_name"]]
        item["agreed"] = ["num", "1.25" if turned else "0.8"]
        item["share"] = [d.one("customer", "supplier"), ["pct", d.one("50", "30")]]
        if d.chance(0.6):
            item["beyond"] = [["pct", "5"], d.one("franchise", "deductible")]
        if d.chance(0.4):
            item["up_to"] = ["num", "1.4" if turned else "0.95"]
        if d.chance(0.3):
            item["down_to"] = ["num", "1.1" if turned else "0.7"]
        d.items.append(item)
    for tag in ("share gain", "share gain by period"):
        if tag in d.tags:
            name = d.name("gain")
            d.add(lambda name=name, tag=tag: share_gain(d, name, tag))


def share_gain(d, name, tag):
    item = {"kind": "share gain", "name": name, "actual": ["name", d.input("spent")]}
    item["target"] = d.money("800", "1000")
    if tag == "share gain by period":
        item["each"] = d.one("quarter", "contract year")
        if d.amending and d.has(name):
            # Whether what the old period settled counts again in the new one is left open.
            item["each"] = d.find(name)["each"]
        if d.dialect == "old" or d.chance(0.5):
            item["target"] = ["per_period", "month", item["target"]]
        else:
            item["target"] = d.money("2400", "9000")
            if odd_term(d):
                item["part"] = d.one("pro rata", "in full")

    def side():
        if d.chance(0.15):
            return []
        to = d.one("supplier", "customer")
        if d.chance(0.3):
            return [["beyond", None, ["pct", "50"], to]]
        bands = [["first", ["pct", "10"], ["pct", "50"], to]]
        if d.chance(0.5):
            bands.append(["next", ["pct", "15"], ["pct", "33"], d.one("supplier", "customer")])
        bands.append(["beyond", None, ["pct", "25"], to])
        return bands

    item["gain"], item["pain"] = side(), side()
    if not item["gain"] and not item["pain"]:
        item["gain"] = [["beyond", None, ["pct", "50"], "supplier"]]
    return item


# --- what comes behind the credits


def add_rest(d):
    if "in place of" in d.tags and len(d.credits(("credit",))) >= 1:
        name = d.name("credit")
        others = [one for one in d.credits()]
        in_place = "all" if d.chance(0.4) else d.rng.sample(others, 1)
        if in_place != "all" and d.find(in_place[0]).get("by") and d.chance(0.3):
            in_place = [in_place[0] + "." + d.one(*CHANNELS)]
        elif in_place != "all" and d.find(in_place[0])["kind"] == "credit" and d.chance(0.4):
            # Two that name each other: the one that stands first wins.
            d.find(in_place[0])["in_place"] = [name]
        if d.chance(0.35):
            d.input("asked")
            d.add(lambda: {"kind": "credit", "name": name, "by": "channel", "value": ["-", ["of", ["rate", "2.5", "contact"], ["name", "asked"]], d.money("100", "33.33")], "in_place": in_place})
        else:
            d.add(lambda: {"kind": "credit", "name": name, "by": None, "value": d.amount("month", name), "when": d.condition(), "in_place": in_place})
    for tag in ("only the largest", "only the chosen"):
        named = d.credits()
        if tag not in d.tags or len(named) < 2:
            continue
        names = d.rng.sample(named, min(len(named), d.one(2, 3)))
        item = {"kind": "only", "names": names, "how": "largest", "key": ", ".join(names)}
        if tag == "only the chosen":
            if d.has("claims"):
                continue
            d.items.append({"kind": "dimension", "name": "claims", "members": list(names)})
            d.input("picked")
            if "if_missing" not in d.find("picked"):
                d.find("picked")["if_missing"] = ["value", ["bool", False]]
            item.update(how="chosen", input="picked", otherwise=d.one("largest", "largest", "no invoice"))
        if d.chance(0.5):
            item["when"] = d.condition()
        d.items.append(item)
    small = [tag for tag in ("small dropped", "small carried", "small each") if tag in d.tags]
    if small:
        end = "dropped" if "small dropped" in small and (len(small) == 1 or d.chance(0.4)) else d.one("paid out", "lapsing")
        each = "small each" in small
        item = {"kind": "small", "key": "below", "amount": d.money("100", "250", "500"), "each": each, "end": end}
        d.items.append(item)
        d.makers["below"] = lambda each=each: {"kind": "small", "key": "below", "amount": d.money("100", "250", "400"), "each": each != d.chance(0.2), "end": d.one("dropped", "paid out", "lapsing")}
    applied = [tag for tag in ("applied next", "applied by period") if tag in d.tags]
    if applied:
        invoice = "next" if d.one(*applied) == "applied next" else d.one("quarter", "contract year", "calendar year")
        what = ["credits", "bonuses"] if any(item["kind"] == "bonus" for item in d.items) and d.chance(0.6) else ["credits"]
        d.items.append({"kind": "applied", "key": " and ".join(what), "what": what, "invoice": invoice})
        d.makers[" and ".join(what)] = lambda what=what: {"kind": "applied", "key": " and ".join(what), "what": what, "invoice": d.one("this", "next", "quarter", "calendar year")}
    if "applied of one" in d.tags:
        names = d.credits(("credit", "bonus", "service level"))
        if names:
            d.find(d.one(*names))["applied"] = d.one("this", "next", "quarter") if applied else d.one("next", "quarter", "calendar year")
    for tag in ("holdback in full", "holdback bands"):
        if tag in d.tags:
            name = d.name("kept")
            d.add(lambda name=name, tag=tag: holdback(d, name, tag))
    if "maximum" in d.tags:
        d.items.append({"kind": "maximum", "key": "maximum", "amount": d.one(d.dated(["money", d.one("9000", "1200", "500")], ["money", "1000"]), ["of", ["pct", "90"], ["stage", "charges"]])})
        d.makers["maximum"] = lambda: {"kind": "maximum", "key": "maximum", "amount": ["money", d.one("8000", "900.01")]}
    if "minimum" in d.tags:
        d.items.append({"kind": "minimum", "key": "minimum", "amount": d.one(d.dated(["money", d.one("9500", "900", "400.55")], ["money", "1000"]), ["of", ["pct", "95"], ["stage", "charges"]])})
        d.makers["minimum"] = lambda: {"kind": "minimum", "key": "minimum", "amount": ["money", d.one("7000", "800.01")]}
    for tag in ("commitment", "commitment units", "commitment total"):
        if tag in d.tags:
            name = d.name("promise")
            d.add(lambda name=name, tag=tag: commitment(d, name, tag))
    if "tax" in d.tags:
        for _ in range(d.one(1, 1, 2)):
            name = d.name("vat")
            d.add(lambda name=name: {"kind": "tax", "name": name, "amount": ["of", d.dated(["pct", d.one("19", "21", "7.7")], ["pct", "20"], name), d.taxed()]})


def holdback(d, name, tag):
    each = d.one("month", "quarter", "quarter", "contract year", "calendar year")
    amount = d.one(["of", ["pct", d.one("5", "3.3")], ["stage", d.one("charges", "adjusted charges")]], d.dated(d.money("100", "33.33"), d.money("120"), name), ["-", d.money("100"), ["of", ["pct", "5"], ["stage", "charges"]]])
    item = {"kind": "holdback", "name": name, "amount": amount, "released_each": each}
    if tag == "holdback bands":
        metric = d.some_metric()
        item["bands"] = d.bands(metric, d.measure(metric, each), [["pct", "100"], ["pct", "50"], ["pct", "0"]], "ladder", d.no_value(metric, ["pct", "25"]))
    elif d.chance(0.6):
        item["when"] = d.condition(each)
    return item


def odd_term(d):
    first, last = d.term
    return not (first[5:] == "01-01" and last[5:] == "12-31")


def commitment(d, name, tag):
    each = d.one("month", "quarter", "quarter", "contract year", "calendar year")
    if d.amending and d.has(name):
        # Whether a commitment that another period cuts short is due pro rata or in full would be left open.
        each = d.find(name)["each"]
    item = {"kind": "commitment", "name": name, "each": each}
    if tag == "commitment units":
        unit = d.one("contacts", "tickets")
        item.update(of=["name", d.input("handled" if unit == "contacts" else "tickets")], amount=["qty", d.one("200", "600"), unit], rate=d.money("1.50", "0.33"))
    else:
        item["amount"] = d.money("30000", "5000", "1234.56")
        if tag == "commitment total":
            item["of"] = "total"
        else:
            names = d.rng.sample(d.charges(), min(len(d.charges()), d.one(1, 2)))
            item["of"] = d.one("charges", "adjusted charges", names, names)
    if odd_term(d):
        item["part"] = d.one("pro rata", "in full")
    return item


def add_lets(d):
    if "previous" in d.tags:
        name = d.name("memory")
        tickets = ["name", d.input("tickets")]
        d.items.append(
            {
                "kind": "let", "name": name, "by": None, "decl": "tickets", "type": "count",
                "value": ["max", ["-", ["+", ["previous", ["name", name], ["qty", "0", "tickets"]], tickets], ["qty", "60", "tickets"]], ["qty", "0", "tickets"]],
            }
        )
        d.makers[name] = lambda name=name: dict(
            d.find(name), value=["max", ["-", ["+", ["previous", ["name", name], ["qty", d.one("0", "20"), "tickets"]], ["name", "tickets"]], ["qty", d.one("40", "70"), "tickets"]], ["qty", "0", "tickets"]]
        )
        charge_name = d.name("line")
        d.items.append({"kind": "charge", "name": charge_name, "by": None, "price": {"form": "amount", "value": ["of", ["rate", "0.75", "ticket"], ["name", name]]}})
    if "windows" in d.tags:
        for _ in range(d.one(1, 2)):
            name = d.name("line")
            d.add(lambda name=name: window_charge(d, name))
    if "bands" in d.tags:
        metric = d.some_metric()
        name = d.name("step")
        no = d.no_value(metric, ["money", "5"])
        d.add(lambda: {"kind": "let", "name": name, "by": None, "type": "amount", "value": ["bands", d.bands(metric, ["name", metric], [d.money("100"), d.money("200"), d.money("300", "33.33")], d.one("ladder", "table"), no)]})
        charge_name = d.name("line")
        d.items.append({"kind": "charge", "name": charge_name, "by": None, "price": {"form": "amount", "value": ["name", name]}})


def window_charge(d, name):
    tickets = ["name", d.input("tickets")]
    window = d.one(["last", 3], ["last", 2], ["prev", 2], ["contract year"], ["calendar year"], ["calendar quarter"], ["term"])
    what = d.one("sum", "average", "least", "greatest", "count", "run", "previous", "charges", "long", "mean of a metric")
    if window[0] == "prev" and what in ("average", "least", "greatest"):
        what = "sum"
    per = ["rate", d.one("1.5", "0.33"), "ticket"]
    if what in ("sum", "average", "least", "greatest"):
        value = ["of", per, ["fold", what, tickets, window]]
    elif what == "mean of a metric":
        metric = d.metric(d.one("speed", "up", "csat"))
        if window[0] == "prev":
            window = ["last", 3]
        value = ["*", d.money("10", "33.33"), ["fold", d.one("average", "least", "greatest"), ["name", metric], window]]
    elif what == "count":
        value = ["*", d.money("10", "3.33"), ["count", [">=", tickets, ["qty", "50", "tickets"]], window]]
    elif what == "run":
        value = ["*", d.money("10", "3.33"), ["run", [">=", tickets, ["qty", "50", "tickets"]]]]
    elif what == "previous":
        value = ["of", per, ["previous", tickets, ["qty", "0", "tickets"]]]
    elif what == "charges":
        others = [one for one in d.plain_charges() if one != name]
        if not others or d.amending:
            return window_charge(d, name)
        source = ["name", others[0]]
        window = d.one(["prev", 2], ["prev", 3])
        value = ["of", ["pct", "1"], ["fold", "sum", source, window]]
    else:
        value = ["of", per, ["max", ["fold", "sum", ["-", tickets, ["qty", "60", "tickets"]], window], ["qty", "0", "tickets"]]]
    return {"kind": "charge", "name": name, "by": None, "price": {"form": "amount", "value": value}}


def add_metric_of_period(d):
    """A metric of several months in what is settled each month."""
    if "metric of period" not in d.tags:
        return
    metric = d.metric(d.one("speed", "csat", "asa", "loss"))
    if not d.adds_up(metric):
        return
    span = d.one("quarter", "calendar year", "contract year", ["last", 3])
    node = ["span", ["name", metric], span]
    values = [["money", "0"], d.money("80"), d.money("160")]
    name = d.name("credit")
    no = d.no_value(metric, ["money", "60"])
    d.add(lambda: {"kind": "credit", "name": name, "by": None, "bands": d.bands(metric, node, values, d.one("ladder", "table"), no, False)})


def add_index(d):
    wanted = [tag for tag in ("index base", "index year", "index last") if tag in d.tags]
    if not wanted:
        return
    taken = set()
    for tag in wanted:
        targets = []
        for item in d.items:
            text = json.dumps(item)
            if item["kind"] not in ("charge", "credit", "bonus", "service level", "let") or not item.get("name"):
                continue
            if item["name"] in taken or '"dated"' in text or not priced(item):
                continue
            if item["kind"] == "let" and item.get("type") != "amount":
                continue
            targets.append(item["name"])
        if not targets:
            continue
        targets = d.rng.sample(targets, min(len(targets), d.one(1, 2, 3)))
        taken.update(targets)
        d.frozen.update(targets)
        adjusted_in = d.one(4, 7, 7, 10)
        item = {
            "kind": "index", "key": ", ".join(targets), "targets": targets, "by_index": d.input("cpi"), "base": ["qty", "100", "points"],
            "base_month": "2025-10", "adjusted_in": adjusted_in, "from_year": int(d.term[0][:4]), "value_of": d.one(adjusted_in - 2, adjusted_in - 3, adjusted_in - 1),
            "against": {"index base": "base", "index year": "year", "index last": "last"}[tag],
        }
        if month(d.term[0]) > month(f"{item['from_year']}-{item['value_of']:02d}") or d.chance(0.2):
            if d.term[1] < "2027":
                continue
            item.update(adjusted_in=1, from_year=2027, value_of=d.one(10, 11))
        if d.chance(0.4):
            item["fixed"] = ["pct", d.one("70", "30")]
        if d.chance(0.5):
            item["threshold"] = [d.one("only", "whole"), ["pct", d.one("2", "3.5")]]
        if d.chance(0.3):
            item["at_least"] = ["pct", "0"]
        if d.chance(0.4):
            item["at_most"] = ["pct", d.one("5", "2")]
        if d.chance(0.4):
            item["factor_rounded"] = [d.one(*MODES), ["pct", "0.1"]]
        if d.chance(0.4):
            item["prices_rounded"] = [d.one(*MODES), ["money", "0.01"]]
        if d.chance(0.2):
            item["relinked"] = [{"from": month_text(month(d.term[0]) + d.one(1, 3, 8)), "by": d.input("cpi2"), "value": ["qty", "50", "points"], "linked_to": ["qty", "102", "points"]}]
        d.items.append(item)


def priced(item):
    """Whether an item writes an amount of money outside of comparisons."""

    def search(node):
        if isinstance(node, dict):
            return any(search(part) for key, part in node.items() if key not in ("test", "of", "when", "excused", "critical", "target"))
        if isinstance(node, list):
            if node and node[0] in ("money", "rate", "rate_month"):
                return node[1] not in ("0",)
            if node and node[0] in ("<", "<=", ">", ">=", "=", "between", "run", "count"):
                return False
            if node and node[0] == "if":
                return search(node[2]) or search(node[3])
            if node and node[0] == "rounded":
                return search(node[1])
            return any(search(part) for part in node)
        return False

    return search({key: part for key, part in item.items() if key not in ("measure",)})


# --- the whole contract


def frame(d):
    d.term = ("2026-01-01", "2026-12-31")
    if "long term" in d.tags:
        d.term = d.one(("2026-01-01", "2027-12-31"), ("2026-01-01", "2027-06-30"), ("2026-04-01", "2027-03-31"), ("2026-01-01", "2028-12-31"))
    if "part months" in d.tags:
        first, last = d.term
        if d.chance(0.7):
            first = first[:8] + d.one("15", "31" if first[5:7] == "01" else "30", "02")
            if first[5:7] == "01" and d.chance(0.15):
                first = "2026-02-" + d.one("27", "28", "15")
        if first[8:] == "01" or d.chance(0.6):
            last = d.one("2026-12-15", "2026-11-29", "2026-11-30", "2027-02-28" if "long term" in d.tags else "2026-12-30", "2026-12-01")
        d.term = (first, last)
    words = {"scope": "total" if "round total" in d.tags else "line", "mode": d.one("half up", "half up", *MODES), "step": d.one("0.01", "0.01", "0.01", "0.1", "0.05", "1")}
    model = {"name": "drawn", "currency": ["EUR", "USD"], "term": list(d.term), "round": words}
    if d.term[0][8:] != "01" or "part months" in d.tags:
        model["part_months"] = d.one("days", "thirty", "full")
    return model


def draw(seed, dialect="new", amended=None):
    """The model and the data of a seed."""
    d = Draw(seed, dialect, amended)
    a, b = PAIRS[(seed * 7919) % len(PAIRS)]
    d.tags = {TAGS[a], TAGS[b]} | set(d.rng.sample(TAGS, d.one(3, 5, 7, 9)))
    if dialect == "old":
        d.tags -= NEW_ONLY
    model = frame(d)
    add_charges(d)
    add_lets(d)
    add_adjustments(d)
    add_levels(d)
    add_points(d)
    add_credits(d)
    add_metric_of_period(d)
    add_rest(d)
    add_limits(d)
    add_index(d)
    model["items"] = sorted(d.items, key=lambda item: item["kind"] not in ("dimension", "input", "metric"))
    model["tags"] = sorted(d.tags)
    model["seed"] = seed
    if amended is True or (amended is not False and d.chance(0.4 if amended is None else amended)):
        import amend

        amend.draw(d, model)
    model = json.loads(json.dumps(model))
    return model, data(d, model)


# --- the data


def all_inputs(model):
    """Every input that any text of the contract has, and its members."""
    found = {}
    dimensions = {}
    items = list(model["items"])
    for amendment in model.get("amendments", []):
        items += [change["item"] for change in amendment["changes"] if "item" in change]
    for item in items:
        if item["kind"] == "dimension":
            dimensions[item["name"]] = item["members"]
    for item in items:
        if item["kind"] == "input":
            found.setdefault(item["name"], item)
    return [(item, dimensions[item["by"]] if item.get("by") else [None]) for item in found.values()]


def data(d, model):
    """Rows by account and month: {account: {month: {heading: cell}}}."""
    first, last = month(model["term"][0]), month(model["term"][1])
    for amendment in model.get("amendments", []):
        for change in amendment["changes"]:
            if change["op"] == "frame" and "term" in change["frame"]:
                last = max(last, month(change["frame"]["term"][1]))
    last = min(last, first + 29)
    holes = d.chance(0.3)
    accounts = [""] if d.chance(0.85) else ["North", "South"]
    inputs = all_inputs(model)
    rows = {}
    for account in accounts:
        start = first + (d.one(1, 2, 3) if "later start" in d.tags else 0)
        start = min(start, last)
        rows[account] = {}
        for m in range(start, last + 1):
            rows[account][month_text(m)] = cells(d, inputs, holes)
    return rows


def cells(d, inputs, holes):
    values = {}
    base = {
        "offered": d.one(100, 50, 20, 10, 200),
        "answered": d.one(10, 20, 5),
        "surveys": d.one(10, 20, 50, 100),
        "asked": {member: d.one(50, 100, 10, 20) for member in CHANNELS},
    }
    answered = any(item.get("if_nothing") for item in d.items)
    for name in ("offered", "answered", "surveys"):
        if d.chance(0.08 if answered else 0.006):
            base[name] = 0
    for item, members in inputs:
        for member in members:
            name = item["name"]
            heading = name if member is None else f"{name}.{member}"
            values[heading] = cell(d, name, member, base)
            missing = 0.15 if item.get("if_missing") else 0.01 if holes else 0
            if d.chance(missing):
                values[heading] = ""
    return values


def cell(d, name, member, base):
    if name in base and member is None:
        return str(base[name])
    if name == "asked":
        return str(base["asked"][member])
    if name == "solved":
        return str(part_of(d, base["asked"][member], (80, 79, 90, 70, 60, 100, 95)))
    if name == "in_time":
        return str(part_of(d, base["offered"], (80, 79, 80, 90, 89, 70, 69, 60, 100, 95, 59)))
    if name == "lost":
        return str(part_of(d, base["offered"], (3, 4, 5, 6, 8, 10, 11, 0, 2)))
    if name == "waited":
        return str(base["answered"] * d.one(20, 25, 30, 31, 45, 60, 61, 15, 10) + d.one(0, 0, 0, 3))
    if name == "marks":
        tenths = d.one(30, 35, 40, 42, 45, 46, 50, 39, 34)
        return str(base["surveys"] * tenths // 10)
    if name in ("handled", "forecast", "used"):
        return str(d.one(50, 51, 100, 110, 111, 90, 89, 150, 151, 120, 121, 140, 0, 37, 200, 30, 60))
    if name == "planned":
        return str(d.one(50, 100, 37, 0))
    if name == "tickets":
        return str(d.one(50, 51, 100, 101, 60, 0, 75, 99, 120))
    if name == "seats":
        return str(d.one(10, 7, 33, 0))
    if name == "worked":
        return d.one("100", "7.5", "33.25", "160")
    if name == "uptime":
        return d.one("99.5%", "99%", "98%", "97.9%", "99.4%", "95%", "94.99%", "100%", "99.9%")
    if name == "spent":
        return d.one("1000", "500.55", "800", "900", "1200", "720", "880.01", "650", "0", "1000.01")
    if name in ("flag", "outage"):
        return "yes" if d.chance(0.5 if name == "flag" else 0.25) else "no"
    if name == "picked":
        return d.one("yes", "no", "no")
    if name == "fx":
        return d.one("0.8", "0.84", "0.85", "0.76", "1", "0.65", "0.83")
    if name == "fx2":
        return d.one("1.25", "1.3", "1.3125", "1.1", "1.5", "1", "1.28")
    if name in ("cpi", "cpi2"):
        scale = 1 if name == "cpi" else 2
        value = d.one("100", "101", "102", "103.5", "98", "105", "110", "104")
        return value if scale == 1 else d.one("50", "51", "52.5", "49")
    raise ValueError(name)


def part_of(d, whole, shares):
    return whole * d.one(*shares) // 100


def csv(model, rows):
    """The data as the program reads it, in the wide form."""
    headings = []
    for item, members in all_inputs(model):
        headings += [item["name"] if member is None else f"{item['name']}.{member}" for member in members]
    several = list(rows) != [""]
    lines = [",".join(["month"] + (["account"] if several else []) + headings)]
    for account, months in rows.items():
        for name, cells_of in months.items():
            lines.append(",".join([name] + ([account] if several else []) + [cells_of[h] for h in headings]))
    return "\n".join(lines) + "\n"
