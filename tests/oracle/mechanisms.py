"""Which mechanisms a contract really has, as it was drawn and amended: for the table of coverage."""

import json

from exact import day, days_in, month


def all_items(model):
    items = list(model["items"])
    for amendment in model.get("amendments", []):
        items += [change["item"] for change in amendment["changes"] if "item" in change]
    return items


def of_charge(item):
    price = item["price"]
    form = price["form"]
    found = set()
    if item.get("once"):
        found.add("once")
    if item.get("by"):
        found.add("charge by dimension")
    if item.get("advance"):
        found.add("advance next month" if item["advance"]["settled"] == "next" else "advance by period")
    if price.get("at_least") is not None:
        found.add("at least")
    if form == "amount":
        text = json.dumps(price)
        if "per_period" in text:
            found.add("fixed amount")
        elif price["value"][0] == "of" and price["value"][1][0] == "pct":
            found.add("share of charges")
        else:
            found.add("formula charge")
    elif form == "cost":
        found.add("at cost")
    elif form == "rate":
        found.add("seat and month" if price["rate"][0] == "rate_month" else "rate")
    elif form == "baseline":
        found.add("baseline " + (price.get("deadband_kind") or "plain"))
    elif form == "card":
        found.add("rate card")
        if any(one["form"] == "derived" for one in price["prices"].values()):
            found.add("derived rates")
    else:
        name = "packages" if form == "packages" else price["how"]
        if price.get("metered"):
            name = "metered " + name + (" " + price["metered"]["earlier"] if name == "volume" else "")
        found.add(name)
    return found


def of_level(item):
    found = {"level"}
    words = {
        "critical": "level critical", "credit_bands": "level bands", "excused": "level excused", "grace": "level grace",
        "no_value": "level no value", "counts_from": "level counts from", "persistent": "level persistent",
        "raised": "level raised", "by": "level by dimension", "in_place": "level in place",
    }
    found |= {tag for key, tag in words.items() if item.get(key) is not None and item.get(key) != []}
    if item.get("repeated"):
        found.add("level repeated" if item["repeated"]["form"] == "list" else "level growth")
    if item.get("earn_back"):
        found.add("level earn-back " + item["earn_back"]["form"])
    if item["each"] != "month":
        found.add("level by period")
    return found


def of_credit(item):
    if item.get("stays"):
        return {"retention bonus"} | ({"applied of one"} if item.get("applied") else set())
    found = {"bonus"} if item["kind"] == "bonus" else {"credit"}
    if item.get("by"):
        found.add("credit by dimension")
    if item.get("each", "month") != "month":
        found.add("credit by period")
    if item.get("bands"):
        found.add("credit list" if item["bands"]["form"] == "list" else "credit bands")
    elif item["value"][0] == "per":
        found.add("credit steps")
    if item.get("in_place"):
        found.add("in place of")
    return found


def of_limit(item):
    each = {"contract year": "year", "calendar year": "year"}.get(item["each"], item["each"])
    found = {f"limit {each}"}
    if item.get("excess"):
        found.add("limit excess for months" if item["excess"].get("months") else "limit excess")
    if "reductions" in item["subjects"]:
        found.add("limit reductions")
    if any(subject not in ("credits", "reductions", "bonuses") for subject in item["subjects"]):
        found.add("limit named")
    if item["amount"][0] == "of":
        found.add("limit share")
    if item.get("whole"):
        found.add("limit whole")
    return found


def of_item(item, text):
    kind = item["kind"]
    if kind == "charge":
        found = of_charge(item)
    elif kind == "service level":
        found = of_level(item)
    elif kind in ("credit", "bonus"):
        found = of_credit(item)
    elif kind == "limit":
        found = of_limit(item)
    elif kind == "index":
        found = {"index " + item["against"]}
    elif kind == "adjust":
        found = {"adjust table" if item["bands"]["form"] == "table" else "adjust ladder"}
    elif kind == "scorecard":
        found = {"adjust scorecard"}
    elif kind == "share gain":
        found = {"share gain by period" if item.get("each") else "share gain"}
    elif kind == "points":
        found = {"points bands" if item.get("bands") else "points value"}
        if item.get("repeated"):
            found.add("points repeated")
        if item["each"] != "month":
            found.add("points by period")
    elif kind == "at risk":
        found = {"at risk by period" if item["each"] != "month" else "at risk"}
        if item["shares"][0][0]:
            found.add("at risk categories")
    elif kind == "only":
        found = {"only the chosen" if item["how"] == "chosen" else "only the largest"}
    elif kind == "small":
        found = {"small dropped" if item["end"] == "dropped" else "small carried"}
        if item["each"]:
            found.add("small each")
    elif kind == "applied":
        found = {"applied next" if item["invoice"] == "next" else "applied by period"}
    elif kind == "holdback":
        found = {"holdback bands" if item.get("bands") else "holdback in full"}
    elif kind == "commitment":
        found = {"commitment units" if item.get("rate") is not None else "commitment total" if item["of"] == "total" else "commitment"}
    elif kind == "metric":
        found = set()
        if item.get("rounded"):
            found.add("metric rounded")
        if item.get("if_nothing") or item.get("if_missing"):
            found.add("metric fallback")
        if item.get("needs"):
            found.add("needs")
    elif kind == "input":
        found = {"input fallback"} if item.get("if_missing") and item["name"] != "picked" else set()
    else:
        found = {kind} & {"share currency", "minimum", "maximum", "tax"}
    if item.get("applied"):
        found.add("applied of one")
    for word, tag in (('"dated"', "dated"), ('"previous"', "previous")):
        if word in text:
            found.add(tag)
    if '"fold"' in text or '"count", [' in text or '"run"' in text:
        found.add("windows")
    if kind == "let" and '"bands"' in text:
        found.add("bands")
    return found


def of_model(model, rows):
    found = set()
    metrics = {item["name"] for item in all_items(model) if item["kind"] == "metric"}
    for item in all_items(model):
        text = json.dumps(item)
        found |= of_item(item, text)
        if any(f'["span", ["name", "{name}"], "this month"]' not in text and f'["span", ["name", "{name}"]' in text for name in metrics):
            found.add("metric of period")
    first, last = model["term"]
    if day(first) != 1 or day(last) != days_in(month(last)):
        found.add("part months")
    if month(last) - month(first) > 12:
        found.add("long term")
    if model["round"]["scope"] == "total":
        found.add("round total")
    if min(min(months) for months in rows.values()) > first[:7]:
        found.add("later start")
    return sorted(found | set(model.get("amendment_tags", [])))
