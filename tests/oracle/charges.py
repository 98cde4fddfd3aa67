"""Charges: every form of price, metering over several months, rate cards, and advance billing with its true-up."""

import math
from dataclasses import replace

from exact import ZERO, month
from expressions import bare, evaluate, fixed, number
from inputs import for_month
from outcome import MissingCell, NO_VALUE, NotThere, Refused
from readings import READINGS


def lines(E, m):
    """The charge lines of a month, in the order of the file."""
    return [line for item in E.texts.at(m).of_kind("charge") for line in lines_of(E, item, m)]


def lines_of(E, item, m):
    """The lines of one charge."""
    return E.memo(("charge", item["identity"], m), lambda: charge_lines(E, item, m))


def charge_lines(E, item, m):
    from evaluate import Line

    identity = item["identity"]
    result = [Line("charge", name, amount, identity) for name, amount in billed(E, item, m)]
    if item.get("advance"):
        result += [Line("charge", name + ".true_up", amount, identity) for name, amount in true_ups(E, item, m)]
    return result


def billed(E, item, m):
    """The lines billed in the month itself, as (name, amount): on the forecast, where it is billed in advance."""
    return E.memo(("billed", item["identity"], m), lambda: priced(E, item, m, "advance" if item.get("advance") else "delivered"))


def delivered(E, item, m):
    """What the month's deliveries cost, line by line, rounded as lines are."""
    return E.memo(("delivered", item["identity"], m), lambda: priced(E, item, m, "delivered"))


def priced(E, item, m, of):
    text = E.texts.at(m)
    if item.get("once") and month(item["once"]) != m:
        return [(name, ZERO) for name in line_names(text, item)]
    result = []
    for member in E.members(text, item):
        env = E.env(item, m, member)
        price = item["price"]
        if price["form"] == "card":
            result += card_lines(E, env, item, price, of)
        else:
            name = item["name"] if member is None else f"{item['name']}.{member}"
            quantity = item["advance"]["on"] if of == "advance" else price.get("quantity")
            if of == "advance":
                # `at least` is a part of the quantity, in whose place the forecast stands.
                price = dict(price, at_least=None)
            amount = price_of(E, env, item, price, quantity, (of, member))
            result.append((name, E.line(m, amount)))
    return result


def line_names(text, item):
    if item["price"]["form"] == "card":
        return [f"{item['name']}.{member}" for member in item["price"]["prices"]]
    if item.get("by"):
        return [f"{item['name']}.{member}" for member in text.dimensions[item["by"]]]
    return [item["name"]]


def card_lines(E, env, item, card, of):
    """A rate card: one price for each member; the rate of a member above may be used by the lines below it."""
    rates = {}
    result = []
    source = item["advance"]["on"] if of == "advance" else card["input"]
    for member, price in card["prices"].items():
        quantity = ["name", source, member]
        inner = replace(env, card=rates)
        if price["form"] in ("rate", "derived"):
            rate = number(E, inner, price["rate"])
            rates[member] = rate
            amount = rate * number(E, bare(env), quantity)
        else:
            amount = price_of(E, inner, item, price, quantity, (of, member))
        result.append((f"{item['name']}.{member}", E.line(env.month, amount)))
    return result


def price_of(E, env, item, price, quantity, line):
    """The amount of one price; `line` tells apart the units of several lines of the charge."""
    form = price["form"]
    if form == "amount":
        return number(E, env, price["value"])
    if form == "cost":
        return at_cost(E, env, price)
    units = units_of(E, env, price, quantity)
    if form == "rate":
        return number(E, env, price["rate"]) * units
    if form == "baseline":
        return baseline(E, env, price, units)
    schedule = packages if form == "packages" else tiers
    metered = price.get("metered")
    if not metered:
        return schedule(E, env, price, units)
    before = units_before(E, env, item, price, quantity, line)
    if price.get("how") == "volume" and metered["earlier"] == "keeping":
        return tier_rate(E, env, price, before + units) * units
    first = env.month == period_begin(E, env, item, price, quantity, line)
    if price.get("how") == "flat" and first:
        return schedule(E, env, price, units)
    if units == 0 and price.get("how") == "graduated":
        # No units fill no slab, not even one that the parties have to agree on; what is indexed waits for its index all the same.
        if env.index:
            env.index()
        return ZERO
    return schedule(E, env, price, before + units) - schedule(E, env, price, before)


def units_of(E, env, price, quantity):
    units = number(E, bare(env), quantity)
    if price.get("at_least") is not None:
        units = max(units, number(E, bare(env), price["at_least"]))
    return units


def period_begin(E, env, item, price, quantity, line):
    """The first month of the metering period that the charge has: it begins with the charge, and anew with another unit."""
    start = E.period_start(env.text, price["metered"]["period"], env.month)
    start = max(start, env.text.first_month)
    if READINGS["the first flat fee falls due in the account's first month"]:
        start = max(start, E.first_row)
    unit = unit_of(env.text, quantity)
    for m in range(env.month - 1, start - 1, -1):
        earlier = metered_quantity(E, item["identity"], line, m)
        if earlier is None or unit_of(E.texts.at(m), earlier[1]) != unit:
            return m + 1
    return start


def unit_of(text, quantity):
    """In which unit a quantity counts, as far as it is a name."""
    return text.by_name[quantity[1]].get("unit") if quantity[0] == "name" else None


def units_before(E, env, item, price, quantity, line):
    """The units of the earlier months of the period, each under the text in force in it, whether they were metered or not."""
    total = ZERO
    for m in range(max(period_begin(E, env, item, price, quantity, line), E.first_row), env.month):
        there = E.texts.item_at(item["identity"], m)
        metered, source = metered_quantity(E, item["identity"], line, m)
        total += units_of(E, E.env(there, m, line[1] if there.get("by") else None), metered, source)
    return total


def metered_quantity(E, identity, line, m):
    """The price and the quantity of a month, whether it was metered or not, or None where nothing was counted."""
    of, member = line
    item = E.texts.item_at(identity, m)
    if item is None or (of == "advance" and not item.get("advance")):
        # The line that is billed in advance counts the units that were.
        return None
    price = item["price"]
    quantity = price.get("quantity")
    advance = of == "advance"
    if price["form"] == "card":
        if member not in price["prices"]:
            return None
        quantity = ["name", item["advance"]["on"] if advance else price["input"], member]
        price = price["prices"][member]
    elif advance:
        quantity = item["advance"]["on"]
        price = dict(price, at_least=None)
    return (price, quantity) if quantity is not None else None


# --- tiers and packages


def tier_ends(price):
    """The ends of the tiers, counted from zero."""
    ends = []
    for tier in price["tiers"]:
        size = fixed(tier["size"])
        ends.append(size if tier["word"] == "up to" else (ends[-1] if ends else ZERO) + size)
    return ends


def tier_rate(E, env, price, units):
    for end, tier in zip(tier_ends(price), price["tiers"]):
        if units <= end:
            return number(E, env, tier["price"])
    return number(E, env, price["beyond"])


def tiers(E, env, price, units):
    how = price["how"]
    if how == "flat":
        return tier_rate(E, env, price, units)
    if how == "volume":
        return tier_rate(E, env, price, units) * units
    amount = ZERO
    start = ZERO
    for end, tier in zip(tier_ends(price), price["tiers"]):
        if units > start:
            amount += (min(units, end) - start) * number(E, env, tier["price"])
        start = end
    if units > start:
        amount += (units - start) * number(E, env, price["beyond"])
    return amount


def packages(E, env, price, units):
    return math.ceil(units / fixed(price["size"])) * number(E, env, price["price"])


# --- at cost, and a baseline with a deadband


def at_cost(E, env, price):
    cost = number(E, env, price["cost"])
    if price.get("cap") is not None:
        cost = min(cost, number(E, env, price["cap"]))
    if price.get("margin") is not None:
        margin = number(E, env, price["margin"])
        cost += cost * margin if price["margin"][0] == "pct" else margin
    if price.get("cap_all") is not None:
        cost = min(cost, number(E, env, price["cap_all"]))
    return cost


def baseline(E, env, price, units):
    base = for_month(E, bare(env), price["baseline"])
    amount = for_month(E, env, price["amount"])
    deadband = fixed(price["deadband"]) if price.get("deadband") else ZERO
    deviation = abs(units - base)
    if deviation <= deadband * base:
        return amount
    side = price["above"] if units > base else price["below"]
    free = deadband if price.get("deadband_kind") == "deductible" else ZERO
    moved = side_amount(E, env, side, deviation, base, free)
    return amount + moved if units > base else amount - moved


def side_amount(E, env, side, deviation, base, free):
    form = side["form"]
    if form == "nothing":
        return ZERO
    if form == "agreement":
        raise Refused("by agreement")
    if form == "rate":
        return number(E, env, side["rate"]) * max(deviation - free * base, ZERO)
    total = ZERO
    start = ZERO
    for share, rate in side["slabs"]:
        end = fixed(share)
        units = min(deviation, end * base) - max(start, free) * base
        if units > 0:
            total += units * number(E, env, rate)
        start = end
    units = deviation - max(start, free) * base
    if deviation > start * base:
        beyond = side.get("beyond")
        if beyond is not None and beyond["form"] == "agreement":
            raise Refused("by agreement")
        if beyond is not None and beyond["form"] == "rate" and units > 0:
            total += units * number(E, env, beyond["rate"])
    return total


# --- advance billing


def differences(E, identity, m):
    """What a month's deliveries cost more than was billed in advance, line by line."""
    item = E.texts.item_at(identity, m)
    return {
        name: cost - amount
        for (name, cost), (_, amount) in zip(delivered(E, item, m), billed(E, item, m))
    }


def true_ups(E, item, m):
    """The differences that are settled in the month, for each line of the charge."""
    sums = {name: ZERO for name in line_names(E.texts.at(m), item)}
    for one in settled(E, item["identity"], m):
        for name, amount in differences(E, item["identity"], one).items():
            sums[name] = sums.get(name, ZERO) + amount
    return sums.items()


def settled(E, identity, m):
    """The months whose differences are settled in this one."""
    return E.memo(("trued up", identity, m), lambda: split(E, identity, m)[0])


def split(E, identity, m):
    """The open months at the end of the month before and this one: those settled in this month, and those left open."""
    if m < E.first_row:
        return [], []
    before = E.memo(("open advance", identity, m - 1), lambda: split(E, identity, m - 1)[1]) if m > E.first_row else []
    item = E.texts.item_at(identity, m)
    if item is None or not item.get("advance"):
        return [], before
    if E.words_end(identity, m, lambda a, b: bool(b.get("advance"))):
        return before + [m], []
    period = item["advance"]["settled"]
    if period == "next":
        return before, [m]
    if m == E.period_end(E.texts.at(m), period, m):
        return before + [m], []
    return [], before + [m]


__all__ = ["evaluate", "MissingCell", "NO_VALUE", "NotThere"]
