"""Service levels: misses, runs, counts, credits, earn-back, and targets that rise.

What happened in a month is a fact, computed under the text in force in it. Runs and counts are made of these facts with the
words of the text that asks.
"""

from bands import band_value
from exact import ONE, ZERO, rounded
from expressions import condition, evaluate, fixed, number
from outcome import NO_VALUE, NotThere, Refused, known
from readings import READINGS


class Fact:
    """What happened to a service level in a month.

    Whether a month is excused is only asked where it matters: of a month whose target was met, by runs and averages.
    """

    def __init__(self, settled, ask=None, missed=False, critical=False, value=None, target=None):
        self.settled = settled
        self.ask = ask
        self.missed = missed
        self.critical = critical
        self.value = value  # None: not known or not needed; NO_VALUE: there was none
        self.target = target

    @property
    def excused(self):
        """Raises Refused where it cannot be told."""
        return self.ask() if self.ask is not None else False


def fact(E, identity, member, m):
    return E.memo(("level", identity, member, m), lambda: _fact(E, identity, member, m))


def _fact(E, identity, member, m):
    item = E.texts.item_at(identity, m)
    if item is None:
        raise NotThere("the service level was not there")
    text = E.texts.at(m)
    if not E.settles(item, m, item["each"]):
        return Fact(False)
    env = E.env(item, m, member)
    value = evaluate(E, env, item["measure"])

    def excused():
        return E.memo(("excused", identity, member, m), lambda: is_excused(E, item, env, m))

    goal = target(E, identity, member, m)
    if value is NO_VALUE:
        words = item.get("no_value")
        if words is None and not excused():
            raise Refused("a service level without a word on months without a value")
        failed = words == "failed" and not excused()
        return Fact(True, lambda: not failed, failed, False, NO_VALUE, goal)
    missed = worse(item, value, goal) and not excused()
    critical = False
    if missed and item.get("critical") is not None:
        critical = worse(item, value, number(E, env, item["critical"]))
    return Fact(True, excused, missed, critical, value, goal)


def worse(item, value, than):
    return value < than if item["better"] == "higher" else value > than


def better_or_same(item, value, than):
    return not worse(item, value, than)


def harder(item, a, b):
    return max(a, b) if item["better"] == "higher" else min(a, b)


def is_excused(E, item, env, m):
    text = E.texts.at(m)
    if m - text.first_month < item.get("grace", 0):
        return True
    for excuse in item.get("excused", []):
        months = [m]
        if item["each"] != "month" and excuse["which"] in ("any", "every"):
            start = E.period_start(text, item["each"], m)
            months = range(max(start, text.first_month, E.first_row), m + 1)
        held = []
        for one in months:
            from dataclasses import replace

            try:
                held.append(condition(E, replace(env, month=one), excuse["when"]))
            except NotThere:
                # The data has not what the condition needs in a month before the item was agreed: it is passed over.
                if one == m:
                    raise
        if all(held) if excuse["which"] == "every" else any(held):
            # The first excuse that holds decides; those after it are not asked.
            return True
    return False


# --- the target in force, and how it rises


def target(E, identity, member, m):
    return E.memo(("target", identity, member, m), lambda: _target(E, identity, member, m))


def _target(E, identity, member, m):
    item = E.texts.item_at(identity, m)
    written = number(E, E.env(item, m, member), item["target"])
    if not item.get("raised"):
        return written
    # It only ever becomes harder: an easier one that is written for later months has no effect.
    before = E.texts.item_at(identity, m - 1) if m > max(E.texts.at(m).first_month, E.first_row) else None
    if before is not None and before.get("raised"):
        written = harder(item, written, target(E, identity, member, m - 1))
    announced = announced_before(E, identity, member, m)
    return written if announced is None else harder(item, written, announced)


def announced_before(E, identity, member, m):
    """The target that earlier months announced, if the words still have one that rises."""
    if m <= E.first_row:
        return None
    item = E.texts.item_at(identity, m)
    if not item.get("raised"):
        return None
    return rise(E, identity, member, m - 1)[0]


def rise(E, identity, member, m):
    """What is known of a rising target at the month's end: the target announced, and the facts since it was."""
    return E.memo(("rise", identity, member, m), lambda: _rise(E, identity, member, m))


def _rise(E, identity, member, m):
    if m < E.first_row:
        return None, []
    born = E.texts.born(identity)
    if born is not None and m < born:
        return None, []
    announced, row = rise(E, identity, member, m - 1)
    item = E.texts.item_at(identity, m)
    words = item.get("raised")
    if not words:
        announced = None
    try:
        now = fact(E, identity, member, m)
        if now.settled:
            now.excused
    except Refused:
        return announced, row
    if not now.settled:
        return announced, row
    row = row + [now]
    if not words or now.excused:
        return announced, row
    behind = row_above(item, words, row)
    if len(behind) >= words["after"]:
        average = sum((one.value for one in behind), ZERO) / len(behind)
        new = (now.target + average) / 2 if words["to"] == "mean" else average
        if words.get("rounded"):
            new = rounded(new, words["rounded"][0], fixed(words["rounded"][1]))
        if words.get("bound"):
            bound = fixed(words["bound"])
            new = min(new, bound) if item["better"] == "higher" else max(new, bound)
        return harder(item, new, now.target), []
    return announced, row


def row_above(item, words, row):
    """Of the facts since the last announcement, those of the months in a row above the target, by the words in force now."""
    behind = []
    for one in row:
        if one.excused:
            if item.get("excused_run") == "breaks":
                behind = []
        elif one.value is NO_VALUE or not above(item, words, one.value, one.target):
            behind = []
        else:
            behind.append(one)
    return behind


def above(item, words, value, goal):
    if words.get("at"):
        return better_or_same(item, value, goal)
    return value > goal if item["better"] == "higher" else value < goal


# --- misses, failures, runs


def history(E, identity, member, m):
    """The facts of the month and of those before it, the latest first: (month, Fact), None where it could not be computed."""
    for one in range(m, E.first_row - 1, -1):
        try:
            what = fact(E, identity, member, one)
            if what.settled and not what.missed:
                what.excused
            yield one, what
        except NotThere:
            return
        except Refused:
            yield one, None


def misses_within(E, item, member, m, months):
    """The misses of this month and those before it, within so many months."""
    first = m - months + 1
    return sum(1 for one, what in history(E, item["identity"], member, m) if what and one >= first and what.missed)


def is_failure(E, item, member, m):
    """Whether a month's miss counts, by the words of `item`."""
    try:
        what = fact(E, item["identity"], member, m)
    except Refused:
        return False
    if not what.missed:
        return False
    if not item.get("counts_from") or what.critical:
        return True
    nth, months = item["counts_from"]
    return misses_within(E, item, member, m, months) >= nth


def run(E, item, member, m):
    """How many failures in a row there are up to this month, which is one."""
    count = 0
    for one, what in history(E, item["identity"], member, m):
        if what is None or not what.settled:
            continue
        if what.excused:
            if item.get("excused_run") == "breaks":
                break
            continue
        if not what.missed:
            break
        if is_failure(E, item, member, one):
            count += 1
        elif item.get("tolerated_run") == "breaks":
            break
        elif item.get("tolerated_run") == "extends":
            count += 1
    return count


def failures_within(E, item, member, m, months):
    first = m - months + 1
    return sum(
        1
        for one, what in history(E, item["identity"], member, m)
        if what and one >= first and is_failure(E, item, member, one)
    )


# --- the credit


def credit(E, item, member, m):
    """The credit of the month before choices and limits, not yet rounded."""
    now = fact(E, item["identity"], member, m)
    if not now.missed or not is_failure(E, item, member, m):
        return ZERO
    env = E.env(item, m, member)
    words = item.get("persistent")
    more = ZERO
    if words:
        if words["in_a_row"]:
            persistent = run(E, item, member, m) >= words["after"]
        else:
            persistent = failures_within(E, item, member, m, words["within"]) >= words["after"]
        if persistent:
            # Neither takes anything from the other: each counts as 0 below that.
            more = max(number(E, env, words["amount"]), ZERO)
            if words["ruling"] == "in place":
                # The credit is not used, so that one that cannot be computed stops nothing.
                return more
    own = max(own_credit(E, item, member, m, env, now), ZERO)
    if item.get("repeated"):
        own *= growth(item["repeated"], run(E, item, member, m))
    return own + more


def own_credit(E, item, member, m, env, now):
    import limits

    share = limits.share_at_risk(E, item, member, m)
    if share is not None:
        return share
    if item.get("credit_bands"):
        value = band_value(E, env, item["credit_bands"], outside=ZERO)
        if value is NO_VALUE:
            raise Refused("a credit without a value")
        return value
    if now.critical and item.get("credit_critical") is not None:
        return number(E, env, item["credit_critical"])
    if item.get("credit") is not None:
        return number(E, env, item["credit"])
    return ZERO


def growth(words, length):
    """By which factor the credit of the Nth failure in a row grows."""
    factor = ONE
    if words["form"] == "list":
        for months, by in words["steps"]:
            if length >= months:
                factor = factor * fixed(by) if words.get("compounding") else fixed(by)
    else:
        more = fixed(words["more"])
        factor = (1 + more) ** (length - 1) if words["compounding"] else 1 + more * (length - 1)
    if words.get("at_most"):
        factor = min(factor, fixed(words["at_most"]))
    return factor


# --- earn-back


def deducted(E, identity, member, m):
    """The credit of a month as it was deducted, after limits."""
    import limits

    if E.texts.item_at(identity, m) is None:
        return ZERO
    return known(limits.after_limits(E, m).get((identity, member), ZERO))


def earned_back(E, item, member, m):
    """What is returned in this month, not yet rounded."""
    return E.memo(("earned", item["identity"], member, m), lambda: _earned_back(E, item, member, m))


def _earned_back(E, item, member, m):
    words = item.get("earn_back")
    if not words:
        return ZERO
    if words["form"] == "after":
        returned, arose = pending(E, item["identity"], member, m)
        if arose is not None and arose < m and good_since(E, item, member, arose, m) + 1 >= words["after"]:
            # Something would be returned if the month was good: so that must be known.
            fact(E, item["identity"], member, m)
        return returned
    text = E.texts.at(m)
    year = words["year"]
    keeps = lambda a, b: (b.get("earn_back") or {}).get("year") == year
    if m != E.period_end(text, year, m) and not E.words_end(item["identity"], m, keeps):
        return ZERO
    months = range(max(E.period_start(text, year, m), E.first_row), m + 1)
    if not good_year(E, item, member, m, words, months):
        return ZERO
    total = sum((deducted(E, item["identity"], member, one) for one in months), ZERO)
    before = ZERO
    for one in months:
        there = E.texts.item_at(item["identity"], one)
        if one < m and there is not None:
            before += E.line(one, earned_back(E, there, member, one))
    return max(total * fixed(words["share"]) - before, ZERO)


def good_year(E, item, member, m, words, months):
    if words.get("when") is not None:
        return condition(E, E.env(item, m, member), words["when"])
    values = []
    for one in months:
        try:
            what = fact(E, item["identity"], member, one)
        except NotThere:
            continue
        if not what.settled or what.value is NO_VALUE or what.value is None:
            continue
        if what.excused and words.get("excused") == "left out":
            continue
        values.append(what.value)
    if not values:
        return False
    return better_or_same(item, sum(values, ZERO) / len(values), fixed(words["level"]))


def pending(E, identity, member, m):
    """What is returned in the month, and what can still be: (returned, month of the credit or None)."""
    return E.memo(("pending", identity, member, m), lambda: _pending(E, identity, member, m))


def _pending(E, identity, member, m):
    if m < E.first_row or (E.texts.born(identity) or 0) > m:
        return ZERO, None
    arose = pending(E, identity, member, m - 1)[1]
    try:
        if deducted(E, identity, member, m) > 0:
            return ZERO, m
    except Refused:
        # The month could not be computed: it is passed over.
        return ZERO, arose
    if arose is None:
        return ZERO, None
    item = E.texts.item_at(identity, m)
    words = item.get("earn_back")
    if not words or words["form"] != "after":
        return ZERO, arose
    if judge(E, item, member, m, fixed(words["level"])) == "bad":
        # Whether a month forfeits it is decided by the words of that month.
        return ZERO, None
    good = good_since(E, item, member, arose, m + 1)
    if good < 0:
        return ZERO, None
    if good >= words["after"] and judge(E, item, member, m, fixed(words["level"])) == "good":
        return deducted(E, identity, member, arose), None
    return ZERO, arose


def good_since(E, item, member, arose, end):
    """How many good months in a row there were after a credit, up to the one before `end`, by the words of the item.

    Below 0 if a month forfeits it: words that returned credits after good months decided that themselves, in their own months;
    of months under other words the item's words decide.
    """
    good = 0
    in_a_row = True
    for one in range(end - 1, arose, -1):
        judged = judge(E, item, member, one, fixed(item["earn_back"]["level"]))
        if judged == "bad":
            words = (E.texts.item_at(item["identity"], one) or {}).get("earn_back")
            if not words or words["form"] != "after":
                return -1
            in_a_row = False
        elif in_a_row:
            good += judged == "good"
    return good


def judge(E, item, member, m, level):
    """Whether a month is good, bad, or passed over, for an earn-back by the words of `item`."""
    try:
        what = fact(E, item["identity"], member, m)
        if READINGS["an earn-back passes over a miss whose credit is not known"] and what.missed:
            deducted(E, item["identity"], member, m)
        excused = what.settled and what.excused
    except Refused:
        return "passed"
    if not what.settled or excused:
        return "passed"
    if what.value is NO_VALUE or what.missed:
        return "bad"
    return "good" if better_or_same(item, what.value, level) else "bad"
