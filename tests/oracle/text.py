"""The `.quid` text of a model: contracts, and amendments in files of their own."""

from exact import days_in, month, month_text

PERIODS = {
    "month": "each month",
    "quarter": "each quarter",
    "contract year": "each contract year",
    "calendar year": "each calendar year",
    "term": "over the term",
}
INVOICES = {
    "this": "this invoice",
    "next": "the next invoice",
    "quarter": "the last invoice of the quarter",
    "contract year": "the last invoice of the contract year",
    "calendar year": "the last invoice of the calendar year",
}
MONTHS = "January February March April May June July August September October November December".split()


def literal(node):
    kind = node[0]
    if kind == "num":
        return node[1]
    if kind == "pct":
        return node[1] + "%"
    if kind == "pp":
        return node[1] + (" percentage point" if node[1] == "1" else " percentage points")
    if kind == "money":
        return node[1] + " EUR"
    if kind == "rate":
        return f"{node[1]} EUR per {node[2]}"
    if kind == "qty":
        return f"{node[1]} {node[2]}"
    return None


def step_text(node):
    """The step behind `per full`: its number is left out where it is one."""
    if node[0] == "pp":
        return "percentage point" if node[1] == "1" else f"{node[1]} percentage points"
    if node[1] == "1":
        return node[2]
    return f"{node[1]} {node[2]}"


def window_text(window):
    if window[0] == "last":
        return f"last {window[1]} months"
    if window[0] == "prev":
        return f"previous {window[1]} months"
    return window[0]


def span_text(span):
    if isinstance(span, list):
        return f"the last {span[1]} months"
    return span if span == "this month" else f"the {span}"


SIMPLE = ("num", "pct", "money", "qty", "name", "stage", "min", "max", "abs", "total_of", "calendar", "month_is", "card_rate", "bool")


def inner(node):
    """A tree as a part of another one."""
    text = expression(node)
    return text if node[0] in SIMPLE else f"({text})"


# The older program does not know the words of the section Periods and bases.
DIALECT = ["new"]


def expression(node):
    kind = node[0]
    words = literal(node)
    if words is not None:
        return words
    if kind == "bool":
        return "yes" if node[1] else "no"
    if kind == "month_is":
        return node[1]
    if kind == "name":
        return node[1] if len(node) < 3 or node[2] is None else f"{node[1]}.{node[2]}"
    if kind == "total_of":
        return f"total {node[1]}"
    if kind in ("stage", "calendar", "card_rate"):
        return node[1]
    if kind in ("+", "-", "*", "/", "<", "<=", ">", ">=", "=", "<>"):
        return f"{inner(node[1])} {kind} {inner(node[2])}"
    if kind == "of":
        left = expression(node[1]) if node[1][0] == "rate" else inner(node[1])
        plain = node[2][0] == "span" and node[2][1][0] in ("stage", "name")
        return f"{left} of {expression(node[2]) if plain else inner(node[2])}"
    if kind in ("and", "or"):
        return f"{inner(node[1])} {kind} {inner(node[2])}"
    if kind == "not":
        return f"not {inner(node[1])}"
    if kind == "neg":
        return f"-{inner(node[1])}"
    if kind == "between":
        return f"{inner(node[1])} between {inner(node[2])} and {inner(node[3])}"
    if kind == "if":
        return f"if {expression(node[1])} then {inner(node[2])} else {inner(node[3])}"
    if kind == "known":
        return f"{inner(node[1])} if known, otherwise {inner(node[2])}"
    if kind == "rounded":
        return f"{inner(node[1])} rounded {node[2]} to {rounding_step(node[3])}"
    if kind == "aspct":
        return f"{inner(node[1])} as percent"
    if kind in ("min", "max", "abs"):
        return f"{kind}({', '.join(expression(part) for part in node[1:])})"
    if kind in ("whole", "started"):
        return f"{kind} units in {inner(node[1])}"
    if kind == "per":
        _, how, amount, step, of, side, edge = node
        text = f"{inner(amount)} per {how} {step_text(step)} of {inner(of)}"
        return text if edge is None else f"{text} {side} {inner(edge)}"
    if kind == "bands":
        return f"bands of {inner(node[1]['of'])} {{ {bands(node[1])} }}"
    if kind == "agreement":
        return "by agreement"
    if kind == "dated":
        return ", ".join([expression(node[1])] + [f"from {date}-01 {expression(part)}" for date, part in node[2]])
    if kind == "per_period":
        return f"{inner(node[2])} per {node[1]}"
    if kind == "rate_month":
        return f"{node[1]} EUR per {node[2]} and month"
    if kind == "fold":
        return f"{node[1]} of {inner(node[2])} over {window_text(node[3])}"
    if kind == "count":
        return f"count of {inner(node[1])} over {window_text(node[2])}"
    if kind == "previous":
        return f"previous {inner(node[1])}" + (f", at first {inner(node[2])}" if node[2] is not None else "")
    if kind == "run":
        return f"months in a row with {inner(node[1])}"
    if kind == "span":
        if DIALECT[0] == "old" and node[2] == "this month" and node[1][0] == "name":
            return expression(node[1])
        text = f"{inner(node[1])} of {span_text(node[2])}"
        return text
    raise ValueError(kind)


def rounding_step(node):
    return f"{node[1]} EUR" if node[0] == "rate" else literal(node)


def value(node):
    """A tree where a whole value stands: one that changes by date or branches stands in parentheses."""
    return f"({expression(node)})" if node[0] in ("if", "dated", "known", "previous", "fold", "count", "run") else expression(node)


def test_text(test):
    form = test[0]
    edges = [literal(edge) for edge in test[1:]]
    if form in ("below", "at most", "at least", "above"):
        return f"{form} {edges[0]}"
    if form == "is":
        return edges[0]
    if form == "to":
        return f"{edges[0]} to {edges[1]}"
    if form == "above to":
        return f"above {edges[0]} to {edges[1]}"
    if form == "to below":
        return f"{edges[0]} to below {edges[1]}"
    raise ValueError(form)


def bands(words):
    parts = []
    for band in words["bands"]:
        ruling = {"in place": " in place of the former", "on top": " on top of the former", None: ""}[band.get("ruling")]
        parts.append(f"{test_text(band['test'])}: {value(band['value'])}{ruling}")
    if words.get("otherwise") is not None:
        parts.append(f"otherwise {value(words['otherwise'])}")
    if words.get("no_value") is not None:
        parts.append(f"no value: {value(words['no_value'])}")
    return "; ".join(parts)


def fallback(words):
    if words[0] == "value":
        return value(words[1])
    if words[0] == "last known":
        return "last known value"
    if words[0] == "average":
        return f"average of last {words[1]} months"
    return words[0]


# --- charges


def price(words, in_card=False):
    form = words["form"]
    quantity = "" if in_card else f"for {value(words['quantity'])}" if words.get("quantity") is not None else ""
    if words.get("at_least") is not None:
        quantity += f", at least {value(words['at_least'])}"
    if words.get("metered"):
        quantity += " metered " + PERIODS[words["metered"]["period"]]
    quantity = quantity.strip()
    if form == "amount":
        top = words["value"]
        plain = top[0] == "per_period" or (top[0] == "of" and top[1][0] == "rate")
        return expression(top) if plain else "= " + expression(top)
    if form == "cost":
        text = f"at cost of {value(words['cost'])}"
        if words.get("cap") is not None:
            text += f", at most {value(words['cap'])}" + ("," if words.get("margin") is not None else "")
        if words.get("margin") is not None:
            text += f" plus {value(words['margin'])}"
        if words.get("cap_all") is not None:
            text += f", at most {value(words['cap_all'])}"
        return text
    if form == "rate":
        return expression(words["rate"]) if in_card else f"{quantity} at {value(words['rate'])}"
    if form == "derived":
        return expression(words["rate"])
    if form == "packages":
        return f"{quantity} in packages of {literal(words['size'])} at {value(words['price'])}"
    if form == "tiers":
        how = words["how"]
        if words.get("metered") and how == "volume":
            how += ", repricing earlier units" if words["metered"]["earlier"] == "repricing" else ", keeping earlier prices"
        join = ": " if words["how"] == "flat" else " at "
        tiers = [f"{tier['word']} {tier['size'][1]}{join}{value(tier['price'])}" for tier in words["tiers"]]
        if words["beyond"][0] == "agreement":
            tiers.append("beyond by agreement")
        else:
            tiers.append(f"beyond{join}{value(words['beyond'])}")
        return f"{quantity} {how} {{ {'; '.join(tiers)} }}".strip()
    if form == "baseline":
        lines = [f"baseline {value(words['baseline'])} at {value(words['amount'])} each month"]
        if words.get("deadband"):
            kind = words.get("deadband_kind")
            lines.append(f"deadband {literal(words['deadband'])}" + (f" {kind}" if kind else ""))
        lines.append("above " + side(words["above"], ""))
        lines.append("below " + side(words["below"], " back"))
        return f"{quantity} {{ {'; '.join(lines)} }}".strip()
    if form == "card":
        lines = [f"{member} {price(one, True)}" for member, one in words["prices"].items()]
        return f"for {words['input']} {{ {'; '.join(lines)} }}"
    raise ValueError(form)


def side(words, back):
    form = words["form"]
    if form == "nothing":
        return "nothing"
    if form == "agreement":
        return "by agreement"
    if form == "rate":
        return value(words["rate"]) + back
    parts = [f"up to {literal(share)}: {value(rate)}{back}" for share, rate in words["slabs"]]
    beyond = words.get("beyond")
    if beyond is not None:
        if beyond["form"] == "agreement":
            parts.append("beyond by agreement")
        elif beyond["form"] == "as at":
            parts.append(f"beyond as at {literal(words['slabs'][-1][0])}")
        else:
            parts.append(f"beyond {value(beyond['rate'])}{back}")
    return "; ".join(parts)


def by(item):
    return f" by {item['by']}" if item.get("by") else ""


def charge(item):
    text = f"charge {item['name']}{by(item)} {price(item['price'])}"
    if item.get("once"):
        text += f" once in {item['once']}"
    if item.get("advance"):
        words = item["advance"]
        on = words["on"] if isinstance(words["on"], str) else value(words["on"])
        settled = "the next month" if words["settled"] == "next" else PERIODS[words["settled"]]
        text += f", in advance on {on}, trued up {settled}"
    return text


# --- the other items


def input_item(item):
    text = f"input {item['name']} : {item['decl']}{by(item)}"
    if item.get("if_missing"):
        text += f" if missing, {fallback(item['if_missing'])}"
    return text


def metric(item):
    text = f"metric {item['name']}{by(item)} is {item['about']}, {item['decl']}, {item['better']} is better {{ {expression(item['formula'])}"
    if item.get("rounded"):
        mode, step = item["rounded"]
        text += f" rounded {mode} to {rounding_step(step)}"
    if item.get("needs"):
        text += f"; needs {expression(item['needs']['condition'])}"
        if item["needs"].get("otherwise"):
            text += f", otherwise {fallback(item['needs']['otherwise'])}"
    if item.get("if_missing"):
        text += f"; if missing, {fallback(item['if_missing'])}"
    if item.get("if_nothing"):
        text += f"; if nothing to measure, {fallback(item['if_nothing'])}"
    return text + " }"


def let(item):
    declared = f" : {item['decl']}" if item.get("decl") else ""
    return f"let {item['name']}{by(item)}{declared} = {expression(item['value'])}"


def scorecard(item):
    parts = [f"{literal(weight)} {expression(measure)} {{ {bands(words)} }}" for weight, measure, words in item["parts"]]
    if item.get("rounded"):
        parts.append(f"rounded {item['rounded'][0]} to {literal(item['rounded'][1])}")
    return f"scorecard {item['name']} {{ {'; '.join(parts)} }}"


def index(item):
    parts = [
        f"base {literal(item['base']).split()[0]} of {item['base_month']}",
        f"each {MONTHS[item['adjusted_in'] - 1]} from {item['from_year']} with the value of {MONTHS[item['value_of'] - 1]} before",
    ]
    if item.get("fixed"):
        parts.append(f"{literal(item['fixed'])} fixed")
    if item.get("threshold"):
        words, share = item["threshold"]
        parts.append(
            f"only the change above {literal(share)}" if words == "only" else f"the whole change once above {literal(share)}"
        )
    bounds = [f"at {side} {literal(item[key])}" for key, side in (("at_least", "least"), ("at_most", "most")) if item.get(key)]
    if bounds:
        parts.append(" and ".join(bounds) + " a year")
    if item.get("factor_rounded"):
        parts.append(f"factor rounded {item['factor_rounded'][0]} to {literal(item['factor_rounded'][1])}")
    if item.get("prices_rounded"):
        parts.append(f"prices rounded {item['prices_rounded'][0]} to {literal(item['prices_rounded'][1])}")
    parts.append({"base": "against the base", "year": "against the year before", "last": "against the last adjustment"}[item["against"]])
    for change in item.get("relinked", []):
        parts.append(
            f"from {change['from']} by {change['by']}, {literal(change['value']).split()[0]} linked to {literal(change['linked_to']).split()[0]}"
        )
    return f"index {', '.join(item['targets'])} by {item['by_index']} {{ {'; '.join(parts)} }}"


def adjust(item):
    return f"adjust {', '.join(item['charges'])} by {expression(item['bands']['of'])} {{ {bands(item['bands'])} }}"


def share_currency(item):
    parts = []
    if item.get("beyond"):
        parts.append(f"beyond {literal(item['beyond'][0])} {item['beyond'][1]}")
    parts.append(f"{literal(item['share'][1])} to {item['share'][0]}")
    if item.get("up_to"):
        parts.append(f"up to {item['up_to'][1]}")
    if item.get("down_to"):
        parts.append(f"down to {item['down_to'][1]}")
    unit = "USD per EUR" if item["abroad_per_invoice"] else "EUR per USD"
    return (
        f"share currency on {', '.join(item['charges'])} against {item['agreed'][1]} {unit} by {item['by_name']}"
        f" {{ {'; '.join(parts)} }}"
    )


def share_gain(item):
    def side_of(bands_of):
        if not bands_of:
            return "nothing"
        parts = []
        for word, size, share, to in bands_of:
            head = "beyond" if word == "beyond" else f"{word} {literal(size)}:"
            if word == "beyond" and len(bands_of) == 1:
                head = ""
            parts.append(f"{head} {literal(share)} to {to}".strip())
        return "; ".join(parts)

    each = f" {PERIODS[item['each']]}" if item.get("each") else ""
    part = part_text(item)
    return (
        f"share gain {item['name']} on {value(item['actual'])} against {value(item['target'])}{each}{part}"
        f" {{ gain {side_of(item['gain'])}; pain {side_of(item['pain'])} }}"
    )


def part_text(item):
    if not item.get("part"):
        return ""
    period = {"month": "month", "quarter": "quarter"}.get(item["each"], "year")
    return f", {item['part']} for a part {period}"


def period_word(each):
    return {"month": "month", "quarter": "quarter"}.get(each, "year")


def service_level(item):
    plural = period_word(item["each"]) + "s"
    parts = [f"target {value(item['target'])} {PERIODS[item['each']]}"]
    if item.get("critical") is not None:
        side_word = "below" if item["better"] == "higher" else "above"
        parts.append(f"critical {side_word} {value(item['critical'])}")
    if item.get("credit_bands"):
        parts.append(f"credit {{ {bands(item['credit_bands'])} }}")
    elif item.get("credit") is not None:
        text = f"credit {value(item['credit'])}"
        if item.get("credit_critical") is not None:
            text += f", critical {value(item['credit_critical'])}"
        parts.append(text)
    for excuse in item.get("excused", []):
        which = {"any": " in any month", "every": " in every month", "last": " in the last month", None: ""}[excuse["which"]]
        parts.append(f"excused when {value(excuse['when'])}{which}")
    if item.get("grace"):
        parts.append(f"excused in the first {item['grace']} months")
    if item.get("excused_run"):
        words = "keeps the run" if item["excused_run"] == "keeps" else "breaks the run"
        parts.append(f"excused {period_word(item['each'])} {words}")
    if item.get("no_value"):
        parts.append(f"no value {item['no_value']}")
    if item.get("counts_from"):
        nth, months = item["counts_from"]
        parts.append(f"counts from the {ordinal(nth)} miss in {months} months")
    if item.get("tolerated_run"):
        parts.append(f"tolerated {period_word(item['each'])} {item['tolerated_run']} the run")
    if item.get("repeated"):
        words = item["repeated"]
        if words["form"] == "list":
            text = "repeated " + ", ".join(f"{n} {plural} x {by_[1]}" for n, by_ in words["steps"])
            if words.get("compounding") is not None:
                text += ", compounding" if words["compounding"] else ", not compounding"
        else:
            text = f"repeated {literal(words['more'])} more each further failure, "
            text += "compounding" if words["compounding"] else "not compounding"
        if words.get("at_most"):
            text += f", at most x {words['at_most'][1]}"
        parts.append(text)
    if item.get("persistent"):
        words = item["persistent"]
        within = "in a row" if words["in_a_row"] else f"in {words['within']} months"
        ruling = "in place of the credit" if words["ruling"] == "in place" else "on top of the credit"
        parts.append(f"persistent after {words['after']} failures {within}: {value(words['amount'])} {ruling}")
    if item.get("terminate"):
        parts.append(item["terminate"])
    if item.get("earn_back"):
        words = item["earn_back"]
        if words["form"] == "after":
            parts.append(f"earn back after {words['after']} months at {literal(words['level'])} or better")
        else:
            share = "all" if words["share"][1] == "100" else literal(words["share"])
            text = f"earn back {share} at the end of the {words['year']} "
            if words.get("when") is not None:
                text += f"when {value(words['when'])}"
            else:
                text += f"with an average of {literal(words['level'])} or better"
                if words.get("excused"):
                    text += f", excused {plural} {words['excused']}"
            parts.append(text)
    if item.get("raised"):
        words = item["raised"]
        verb, side_word, bound = ("raised", "above", "at most") if item["better"] == "higher" else ("lowered", "below", "at least")
        at = "at or " if words.get("at") else ""
        text = f"{verb} after {words['after']} {plural} in a row {at}{side_word} target, "
        text += "to the mean of target and average" if words["to"] == "mean" else "to the average"
        if words.get("rounded"):
            text += f" rounded {words['rounded'][0]} to {literal(words['rounded'][1])}"
        if words.get("bound"):
            text += f", {bound} {literal(words['bound'])}"
        parts.append(text)
    if item.get("in_place"):
        text = in_place(item)
        parts.append(text + (" when critical" if item.get("in_place_critical") else ""))
    if item.get("applied"):
        parts.append(f"applied to {INVOICES[item['applied']]}")
    return f"service level {item['name']}{by(item)} on {expression(item['measure'])} {{ {'; '.join(parts)} }}"


def ordinal(n):
    return f"{n}" + {1: "st", 2: "nd", 3: "rd"}.get(n if n < 20 else n % 10, "th")


def in_place(item):
    if item["in_place"] == "all":
        return "in place of all other credits"
    return "in place of " + ", ".join(item["in_place"])


def points(item):
    each = PERIODS[item["each"]]
    statements = []
    for when in item.get("excused", []):
        statements.append(f"excused when {value(when)}")
    if item.get("grace"):
        statements.append(f"excused in the first {item['grace']} months")
    if item.get("excused_run"):
        words = "keeps the run" if item["excused_run"] == "keeps" else "breaks the run"
        statements.append(f"excused {period_word(item['each'])} {words}")
    if item.get("no_value_excused"):
        statements.append("no value excused")
    if item.get("repeated"):
        factor, compounding = item["repeated"]
        statements.append(f"repeated in a row x {factor[1]}, " + ("compounding" if compounding else "not compounding"))
    if item.get("bands"):
        body = "; ".join([bands(item["bands"])] + statements)
        return f"points {item['name']}{by(item)} on {value(item['bands']['of'])} {each} {{ {body} }}"
    text = f"points {item['name']}{by(item)} = {value(item['value'])} {each}"
    return text + (f" {{ {'; '.join(statements)} }}" if statements else "")


def at_risk(item):
    def shares(list_of):
        return ", ".join(
            f"{name}{'.' + member if member else ''} {literal(share)}" for name, member, share in list_of
        )

    parts = []
    for i, (category, list_of) in enumerate(item["shares"]):
        if category:
            parts.append(f"group{i} {literal(category)} {{ {shares(list_of)} }}")
        else:
            parts += [shares([one]) for one in list_of]
    if item.get("exceed"):
        parts.append("categories may exceed 100%")
    name = f"{item['name']} = " if item.get("name") else ""
    amount = value(item["amount"])
    if item.get("so_far"):
        amount = amount.replace(span_text(item["so_far"]), span_text(item["so_far"]) + " so far")
    return f"at risk {name}{amount} {PERIODS[item['each']]} {{ {'; '.join(parts)} }}"


def retention_bonus(item):
    metric, side, level = item["stays"]
    text = f"retention bonus {item['name']} {value(item['value'])} {PERIODS[item['each']]} when {metric} stays {side} {value(level)}"
    if item.get("applied"):
        text += f", applied to {INVOICES[item['applied']]}"
    return text


def credit(item):
    if item.get("stays"):
        return retention_bonus(item)
    head = f"{item['kind']} {item['name']}{by(item)}"
    if item.get("bands"):
        text = f"{head} on {value(item['bands']['of'])} {{ {bands(item['bands'])} }}"
    else:
        text = f"{head} = {value(item['value'])}"
    if item.get("each") and item["each"] != "month":
        text += f" {PERIODS[item['each']]}"
    if item.get("when") is not None:
        text += f" when {value(item['when'])}"
    if item.get("in_place"):
        text += ", " + in_place(item)
    if item.get("applied"):
        text += f" applied to {INVOICES[item['applied']]}"
    return text


def limit(item):
    each = f"each rolling {item['rolling']} months" if item["each"] == "rolling" else PERIODS[item["each"]]
    amount = value(item["amount"])
    if item.get("whole"):
        amount = amount.replace(" of the ", " of the whole ")
    elif item.get("so_far"):
        amount = amount.replace(span_text(item["so_far"]), span_text(item["so_far"]) + " so far") if DIALECT[0] == "new" else amount
    text = f"limit {limit_key(item)} to {amount} {each}"
    if item.get("excess"):
        words = item["excess"]
        text += ", the excess carried forward"
        if words.get("months"):
            text += f" for {words['months']} months"
        text += f", {words['end']} at the end of the term"
    if item.get("terminate"):
        text += f", {item['terminate']}"
    return text


def limit_key(item):
    return ", ".join(item["subjects"][:-1]) + (" and " if len(item["subjects"]) > 1 else "") + item["subjects"][-1]


def only(item):
    names = ", ".join(item["names"])
    when = f" when {value(item['when'])}" if item.get("when") is not None else ""
    if item["how"] == "largest":
        return f"only the largest of {names}{when}"
    otherwise = "otherwise the largest" if item["otherwise"] == "largest" else "otherwise no invoice"
    return f"only the one chosen by {item['input']} of {names}, {otherwise}{when}"


def small(item):
    each = "each" if item["each"] else "together"
    end = "dropped" if item["end"] == "dropped" else f"carried forward, {item['end']} at the end of the term"
    return f"credits below {value(item['amount'])} {each} are {end}"


def applied(item):
    return f"{' and '.join(item['what'])} applied to {INVOICES[item['invoice']]}"


def holdback(item):
    text = f"holdback {item['name']} {value(item['amount'])} each month, released {PERIODS[item['released_each']]}"
    if item.get("bands"):
        return f"{text} by {value(item['bands']['of'])} {{ {bands(item['bands'])} }}"
    return text + " in full" + (f" when {value(item['when'])}" if item.get("when") is not None else "")


def bound(item):
    return f"{item['kind']} {value(item['amount'])} each month"


def commitment(item):
    if isinstance(item["of"], str):
        what = item["of"]
    elif item.get("rate") is not None:
        what = expression(item["of"])
    else:
        what = ", ".join(item["of"][:-1]) + (" and " if len(item["of"]) > 1 else "") + item["of"][-1]
    rate = f" at {value(item['rate'])}" if item.get("rate") is not None else ""
    return f"commitment {item['name']} {value(item['amount'])} of {what}{rate} {PERIODS[item['each']]}{part_text(item)}"


def tax(item):
    return f"tax {item['name']} {value(item['amount'])}"


def dimension(item):
    return f"dimension {item['name']} {{ {', '.join(item['members'])} }}"


WRITERS = {
    "dimension": dimension,
    "input": input_item,
    "metric": metric,
    "let": let,
    "scorecard": scorecard,
    "charge": charge,
    "index": index,
    "adjust": adjust,
    "share currency": share_currency,
    "share gain": share_gain,
    "service level": service_level,
    "points": points,
    "at risk": at_risk,
    "credit": credit,
    "bonus": credit,
    "limit": limit,
    "only": only,
    "small": small,
    "applied": applied,
    "holdback": holdback,
    "minimum": bound,
    "maximum": bound,
    "commitment": commitment,
    "tax": tax,
}


def item_text(item):
    return WRITERS[item["kind"]](item)


def frame_lines(frame):
    lines = []
    if "currency" in frame:
        lines.append("currency " + ", ".join(frame["currency"]))
    if "term" in frame:
        lines.append(f"term {frame['term'][0]} to {frame['term'][1]}")
    if "round" in frame:
        words = frame["round"]
        scope = "each line" if words["scope"] == "line" else "only the total"
        lines.append(f"round {scope} {words['mode']} to {words['step']} EUR")
    if frame.get("part_months"):
        words = {"days": "by actual days", "thirty": "as months of 30 days", "full": "in full"}[frame["part_months"]]
        lines.append(f"part months {words}")
    return lines


def contract_text(model):
    lines = [f"contract {model['name']} {{"]
    lines += ["  " + line for line in frame_lines(model)]
    lines += ["  " + item_text(item) for item in model["items"]]
    return "\n".join(lines + ["}", ""])


def removal_name(change):
    """How an amendment names what it removes: the words with which the item begins, and its name."""
    return change["words"]


def amendment_text(model, number, uses):
    amendment = model["amendments"][number]
    lines = [f'use "{uses}"', "", f"amendment a{number + 1} to {model['name']} effective {amendment['effective']}-01 {{"]
    for change in amendment["changes"]:
        op = change["op"]
        if op == "frame":
            lines += ["  replace " + line for line in frame_lines(change["frame"])]
        elif op in ("add", "replace"):
            lines.append(f"  {op} {item_text(change['item'])}")
        else:
            ending = {
                None: "",
                "lapse": ", what is open lapses",
                "pro rata": f", pro rata for a part {change.get('part_word')}",
                "in full": f", in full for a part {change.get('part_word')}",
            }[change.get("ending")]
            lines.append(f"  remove {removal_name(change)}{ending}")
    return "\n".join(lines + ["}", ""])


__all__ = ["days_in", "month", "month_text"]
