"""The invoice behind the limits: application, earn-back, holdback, maximum and minimum, commitments, taxes, rounding."""

from fractions import Fraction

import adjustments
import charges
import choices
import levels
import limits
from bands import band_value
from exact import ONE, ZERO, rounded, to_whole_steps
from expressions import condition, evaluate, number, window_values
from inputs import for_month
from outcome import NO_VALUE, NotThere, Refused, known, total_of
from readings import READINGS


def statement(E, m):
    """All lines of a month, and its total with taxes."""
    lines = before_commitments(E, m) + commitment_lines(E, m) + tax_lines(E, m)
    total = sum((line.amount for line in lines), ZERO)
    words = E.texts.at(m).frame["round"]
    if words["scope"] == "total":
        step = Fraction(words["step"])
        total = rounded(total, words["mode"], step)
        for line, amount in zip(lines, to_whole_steps([line.amount for line in lines], total, step)):
            line.amount = amount
    return lines, total


def copy(line):
    from evaluate import Line

    return Line(line.kind, line.name, line.amount, line.identity)


def before_commitments(E, m):
    """The lines up to the minimum."""
    kept = E.memo(("before commitments", m), lambda: _before_commitments(E, m))
    return [copy(line) for line in kept]


def _before_commitments(E, m):
    from evaluate import Line

    text = E.texts.at(m)
    lines = [copy(line) for line in charges.lines(E, m)]
    state = limits.held(E, m)
    known(state.unknown)
    for part in state.parts:
        known(part.amount)
    for waiting in text.of_kind("small"):
        for amount in choices.waiting(E, waiting["identity"], m).values():
            known(amount)
    reduced = {part.key[0]: part.amount for part in state.parts if part.of == "reductions" and part.key}
    for line in adjustments.lines(E, m):
        amount = -reduced[line.identity] if line.identity in reduced and line.amount < 0 else line.amount
        lines.append(Line(line.kind, line.name, amount, line.identity))
    lines += applied_lines(E, m)
    lines += carried_lines(E, m)
    for name, of, amount in state.paid_out:
        lines.append(Line("paid_out", name, amount if of == "bonuses" else -amount))
    for item in text.of_kind("service level"):
        if item.get("earn_back"):
            for member in E.members(text, item):
                name = item["name"] if member is None else f"{item['name']}.{member}"
                returned = levels.earned_back(E, item, member, m)
                if item["earn_back"]["form"] != "after":
                    # A share of the year is computed now; a credit that is returned was rounded when it was deducted.
                    returned = E.line(m, returned)
                lines.append(Line("earn_back", name, returned))
    for item in text.of_kind("holdback"):
        lines.append(Line("holdback", item["name"], -held(E, item, m)))
        lines.append(Line("release", item["name"], release(E, item, m)))
    total = sum((line.amount for line in lines), ZERO)
    for kind in ("maximum", "minimum"):
        for item in text.of_kind(kind):
            bound = bound_amount(E, text, item, m)
            if (kind == "maximum" and total > bound) or (kind == "minimum" and total < bound):
                lines.append(Line(kind, kind, bound - total))
                total = bound
    return lines


# --- on which invoice


def carried_lines(E, m):
    """What limits carried, or what was too small before: on the invoice to which it goes from the month in which it finds room."""
    from evaluate import Line

    lines = {}
    for one in range(E.first_row, m + 1):
        for part in limits.held(E, one).parts:
            if part.carried and carried_to(E, part, one) == m:
                amount = known(part.amount)
                line = lines.setdefault((part.item, part.name), Line("carried_forward", part.name, ZERO))
                line.amount += amount if part.of == "bonuses" else -amount
    order = {identity: place for place, identity in enumerate(E.texts.at(m).by_identity)}
    return [lines[key] for key in sorted(lines, key=lambda key: order.get(key[0], -1))]


def carried_to(E, part, m):
    """The month on whose invoice a carried line of this month stands: it goes as the credits go that it is made of."""
    on = m
    while True:
        text = E.texts.at(on)
        words = carried_words(text, part)
        if part.ended or words in (None, "this") or item_ends(E, part, on) or on >= text.last_month:
            return on
        after = E.texts.at(on + 1)
        if after is not text and carried_words(after, part) in (None, "this"):
            return on
        if on == E.period_end(text, words, on) if words != "next" else on > m:
            return on
        on += 1


def item_ends(E, part, m):
    """Whether the words end in this month by which it was carried: they settle it, also where what is open lapses, which this is not."""
    if not READINGS["the end of the words that carried it puts a carried line on its last invoice"] or part.item not in E.texts.at(m).by_identity:
        return False
    if m < E.texts.at(m).last_month and part.item not in E.texts.at(m + 1).by_identity:
        return True

    def go_on(a, b):
        # What is too small each, or together, waits on accounts of its own.
        carries = b.get("excess") or b.get("whole") or b.get("end", "dropped") != "dropped"
        return bool(carries) and a.get("each") == b.get("each") if a["kind"] == "small" else bool(carries)

    return E.words_end(part.item, m, go_on)


def carried_words(text, part):
    """On which invoice a text puts what is carried; None where what it is made of is not there any more."""
    sort = "bonuses" if part.of == "bonuses" else "credits"
    said = next((item["invoice"] for item in text.of_kind("applied") if sort in item["what"]), "this")
    kinds = ("bonus",) if sort == "bonuses" else ("credit", "service level")
    if part.made_of is None:
        # All that were too small together.
        return said
    items = []
    for subject in part.made_of:
        if subject == sort:
            items += text.of_kind(*kinds)
        elif subject not in ("credits", "reductions", "bonuses"):
            if subject not in text.by_identity:
                return None
            items.append(text.by_identity[subject])
    words = {invoice_words(text, item) for item in items}
    if sort in part.made_of and any(not item["each"] and item.get("end", "dropped") != "dropped" for item in text.of_kind("small")):
        # Credits carried together are one of the subjects, and go where all credits go.
        words.add(said)
    return words.pop() if len(words) == 1 else said


def applied_lines(E, m):
    from evaluate import Line

    text = E.texts.at(m)
    lines = []
    for item in text.of_kind("credit", "service level") + text.of_kind("bonus"):
        for member in E.members(text, item):
            name = item["name"] if member is None else f"{item['name']}.{member}"
            months = application(E, item["identity"], m)[0]
            key = item["identity"], member
            kind = "bonus" if item["kind"] == "bonus" else "credit"
            # What earlier months left is one line. On the last invoice of `the next invoice` the month's own is another. It matters
            # where only the total is rounded.
            groups = [months]
            if invoice_words(text, item) == "next" and m in months:
                groups = [[one for one in months if one != m], [m]]
            for group in groups:
                amount = total_of((limits.after_limits(E, one).get(key, ZERO) for one in group), ZERO)
                lines.append(Line(kind, name, amount if kind == "bonus" else -amount, item["identity"]))
    return lines


def invoice_words(text, item):
    """On which invoice a credit or bonus stands: what it says itself goes before what is said of all."""
    if item.get("applied"):
        return item["applied"]
    sort = "bonuses" if item["kind"] == "bonus" else "credits"
    for words in text.of_kind("applied"):
        if sort in words["what"]:
            return words["invoice"]
    return "this"


def application(E, identity, m):
    """Which months' amounts stand on this month's invoice, and which are left for later ones."""
    return E.memo(("application", identity, m), lambda: _application(E, identity, m))


def _application(E, identity, m):
    item = E.texts.item_at(identity, m)
    if m < E.first_row or item is None:
        return [], []
    before = application(E, identity, m - 1)[1]
    text = E.texts.at(m)
    words = invoice_words(text, item)
    if words == "this" or m >= text.last_month:
        return before + [m], []
    after = E.texts.at(m + 1)
    if after is not text:
        there = after.by_identity.get(identity)
        if words != "next" and m == E.period_end(text, words, m):
            # It is on the invoice of its last month anyway, so nothing is open.
            return before + [m], []
        if there is None and E.texts.endings.get(identity) == "lapse":
            return ([] if words != "next" else before), []
        if there is None or invoice_words(after, there) == "this":
            return before + [m], []
    if words == "next":
        return before, [m]
    if m == E.period_end(text, words, m):
        return before + [m], []
    return [], before + [m]


# --- holdback


def held(E, item, m):
    return E.memo(
        ("held back", item["identity"], m), lambda: E.line(m, max(for_month(E, E.env(item, m), item["amount"]), ZERO))
    )


def release(E, item, m):
    return E.memo(("release", item["identity"], m), lambda: _release(E, item, m))


def held_months(E, identity, m):
    """The months whose parts are neither released nor kept at the month's end, and whether the month releases them."""
    return E.memo(("held months", identity, m), lambda: _held_months(E, identity, m))


def _held_months(E, identity, m):
    item = E.texts.item_at(identity, m)
    if m < E.first_row or item is None:
        return [], False
    before, released = held_months(E, identity, m - 1)
    months = ([] if released else before) + [m]
    # Words with another period of release keep what is held back.
    return months, m == E.period_end(E.texts.at(m), item["released_each"], m) or E.words_end(identity, m)


def _release(E, item, m):
    months, released = held_months(E, item["identity"], m)
    if not released:
        return ZERO
    env = E.env(item, m)
    if item.get("bands"):
        share = band_value(E, env, item["bands"])
        if share is NO_VALUE:
            raise Refused("a release without a value")
        share = min(max(share, ZERO), ONE)
    elif item.get("when") is not None:
        share = ONE if condition(E, env, item["when"]) else ZERO
    else:
        share = ONE
    total = sum((held(E, E.texts.item_at(item["identity"], one), one) for one in months), ZERO)
    return E.line(m, share * total)


# --- minimum and maximum


def bound_amount(E, text, item, m):
    return E.line(m, for_month(E, E.env(item, m), item["amount"]))


# --- commitments


def invoiced(E, m):
    """The whole invoice of a month before tax and before any commitment."""
    return sum((line.amount for line in before_commitments(E, m)), ZERO)


def true_up(E, item, m):
    return E.memo(("true up", item["identity"], m), lambda: _true_up(E, item, m))


def _true_up(E, item, m):
    if not E.settles(item, m, item["each"]):
        return ZERO
    text = E.texts.at(m)
    env = E.env(item, m)
    part = part_due(E, text, item, m)
    committed = number(E, env, item["amount"]) * part
    months = range(max(E.period_start(text, item["each"], m), E.first_row), m + 1)
    if item.get("rate") is not None:
        came = ZERO
        for one in months:
            try:
                value = number(E, E.env(item, one, None, text), item["of"])
            except NotThere:
                continue
            came += value
        return E.line(m, max(committed - came, ZERO) * number(E, env, item["rate"]))
    committed = E.line(m, committed)
    came = sum((counted(E, text, item, one) for one in months), ZERO)
    return E.line(m, max(committed - came, ZERO))


def counted(E, text, item, m):
    if item["of"] == "total":
        return invoiced(E, m)
    if isinstance(item["of"], str):
        return E.stage_of(m, item["of"])
    total = ZERO
    for name in item["of"]:
        try:
            total += E.item_value(text.by_name[name], None, m)
        except NotThere:
            continue
    return total


def part_due(E, text, item, m):
    """Which part of the commitment is due, where the period is not whole."""
    if adjustments.part_words(E, item, m) != "pro rata":
        return ONE
    return adjustments.part_of_period(E, text, item["each"], m)


def commitment_lines(E, m):
    from evaluate import Line

    return [
        Line("true_up", item["name"], true_up(E, item, m), item["identity"])
        for item in E.texts.at(m).of_kind("commitment")
    ]


# --- taxes


def total(E, m):
    """What is invoiced before tax."""
    return invoiced(E, m) + sum((line.amount for line in commitment_lines(E, m)), ZERO)


def tax_lines(E, m):
    from evaluate import Line

    return [
        Line("tax", item["name"], E.line(m, number(E, E.env(item, m), item["amount"])), item["identity"])
        for item in E.texts.at(m).of_kind("tax")
    ]


__all__ = ["evaluate", "window_values"]
