"""Random records, and the contract's inputs counted from them row by row: with the standard library, without SQL, and without a
look at the program. `contracts/mechanics/records.quid` says in words what is counted here.
"""

import csv
import datetime as dt
import random
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

MADRID = ZoneInfo("Europe/Madrid")
NEW_YORK = ZoneInfo("America/New_York")
UTC = dt.timezone.utc

# ------------------------------------------------------------------ random records

# Moments at which something changes: clocks, days, months, years.
EDGES = [
    dt.datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    dt.datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
    dt.datetime(2026, 10, 25, 0, 0, tzinfo=UTC),
    dt.datetime(2026, 3, 8, 7, 0, tzinfo=UTC),
    dt.datetime(2026, 11, 1, 6, 0, tzinfo=UTC),
    dt.datetime(2026, 11, 1, 5, 0, tzinfo=UTC),
    dt.datetime(2028, 2, 28, 23, 0, tzinfo=UTC),
    dt.datetime(2028, 2, 29, 5, 0, tzinfo=UTC),
    dt.datetime(2028, 3, 1, 5, 0, tzinfo=UTC),
] + [dt.datetime(2026, month, 1, 0, 0, tzinfo=UTC) - dt.timedelta(hours=hours)
     for month in (2, 3, 4, 7, 8) for hours in (0, 1, 2, -4, -5)]


def moment(rng):
    if rng.random() < 0.3:
        base = rng.choice(EDGES)
        return base + dt.timedelta(milliseconds=rng.choice([-1000, -1, 0, 1, 1000, rng.randint(-7_200_000, 7_200_000)]))
    begin = dt.datetime(2026, 1, 1, tzinfo=UTC)
    if rng.random() < 0.1:
        begin = dt.datetime(2028, 1, 20, tzinfo=UTC)
        return begin + dt.timedelta(milliseconds=rng.randint(0, 60 * 86_400_000))
    return begin + dt.timedelta(milliseconds=rng.randint(-5 * 86_400_000, 340 * 86_400_000))


def written(rng, at):
    """A moment as one of the forms that a file may have."""
    if rng.random() < 0.5:
        shown, end = at, "Z"
    else:
        minutes = rng.choice([-600, -300, -210, 0, 60, 120, 345, 840])
        shown = at + dt.timedelta(minutes=minutes)
        sign = "-" if minutes < 0 else "+"
        end = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    text = shown.strftime("%Y-%m-%d") + rng.choice("T ") + shown.strftime("%H:%M:%S")
    millis = shown.microsecond // 1000
    if millis or rng.random() < 0.2:
        fraction = f"{millis:03}"
        if rng.random() < 0.3:
            fraction += "0" * rng.randint(0, 6)
        elif rng.random() < 0.5:
            fraction = fraction.rstrip("0") or "0"
        text += "." + fraction
    return text + end


BAD_TIMES = ["2026-02-30T10:00:00Z", "2027-02-29T10:00:00Z", "2100-02-29T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T10:00:60Z",
             "2026-03-01T10:00:00", "2026-03-01", "yesterday", "2026-03-01T10:00:00.0001Z", "2026-3-1T10:00:00Z", "2026-03-01T10:00:00+15:00"]


SPOILT = 0.01


def spoilt(rng, text, bad):
    """Now and then something that cannot be read."""
    return rng.choice(bad) if rng.random() < SPOILT else text


def seconds(rng):
    """A wait around the thresholds, or any other."""
    if rng.random() < 0.4:
        return rng.choice(["20", "20.000", "20.001", "19.999", "5", "4.999", "5.0", "0", "0.001"])
    return rng.choice([str(rng.randint(0, 400)), f"{rng.randint(0, 400)}.{rng.randint(0, 999):03}"])


def sets(seed, size):
    """The records of each set: the head, and the rows as texts; nothing is an empty text."""
    rng = random.Random(seed)
    callers = [f"caller {n}" for n in range(max(3, size // 6))] + ["O'Hara", "Łódź"]
    found = {}

    def keys(count):
        for number in range(count):
            roll = rng.random()
            if roll < 0.005:
                yield ""
            elif roll < 0.015:
                yield f"k{rng.randint(0, count)}"
            else:
                yield f"k{number}"

    def of(name, head, row, count):
        found[name] = (head, [[key, *row()] for key in keys(count)])

    def call():
        at = moment(rng)
        return [spoilt(rng, written(rng, at), BAD_TIMES + [""]), spoilt(rng, rng.choice(["voice", "spanish"]), ["Voice", "fax", ""]),
                spoilt(rng, rng.choice(callers), [""]), spoilt(rng, seconds(rng), ["-1", "1e3", "4.0001", "1,5", ""]),
                rng.choice(["", spoilt(rng, seconds(rng), ["x"])]) if rng.random() < 0.3 else seconds(rng),
                rng.choice(["answered", "answered", "answered", "abandoned", "transferred"])]

    of("calls", ["id", "started", "queue", "caller", "wait", "handled", "outcome"], call, size)

    def ticket():
        opened = moment(rng)
        roll = rng.random()
        if roll < 0.2:
            resolved = ""
        elif roll < 0.22:
            resolved = written(rng, opened - dt.timedelta(milliseconds=1))
        elif roll < 0.5:
            resolved = written(rng, opened + dt.timedelta(hours=rng.choice([0, 4, 12, 24, 48]), milliseconds=rng.choice([-1, 0, 1]) + 1))
        else:
            resolved = written(rng, opened + dt.timedelta(milliseconds=rng.randint(0, 20 * 86_400_000)))
        waiting = rng.choice(["", "0", "30", "0.0001", "12.5", "241.2345"])
        return [written(rng, opened), resolved, rng.choice(["p1", "p2", "p3"]), spoilt(rng, waiting, ["0.00001", "-5"])]

    of("tickets", ["id", "opened", "resolved", "severity", "waiting"], ticket, size)

    def open_ticket():
        as_of = moment(rng)
        return [written(rng, as_of - dt.timedelta(milliseconds=rng.choice([0, 432_000_000, 432_000_001, rng.randint(0, 900_000_000)]))),
                written(rng, as_of)]

    of("backlog", ["id", "opened", "as_of"], open_ticket, size // 4)

    def day():
        local = moment(rng).astimezone(MADRID).date()
        return spoilt(rng, local.isoformat(), ["2026-02-29", "2026-04-31", "26-01-01", "2026-01-01T00:00:00Z", ""])

    of("surveys", ["id", "day", "score", "likely", "product"],
       lambda: [day(), spoilt(rng, str(rng.randint(1, 5)), ["4.5", "five", ""]), rng.choice(["", *map(str, range(11))]),
                rng.choice(["", "Premium, it's", "Premium", "basic"])], size // 2)
    of("audits", ["id", "day", "result", "points"],
       lambda: [day(), rng.choice(["pass", "fail"]), rng.choice(["85.5", "85.49", "85.50", "100", "-3.25", f"{rng.randint(0, 99)}.{rng.randint(0, 99):02}"])],
       size // 3)
    of("shifts", ["id", "begins", "scheduled", "in_adherence"],
       lambda: [written(rng, moment(rng)), str(rng.randint(0, 600)), f"{rng.randint(0, 600)}.{rng.randint(0, 9999):04}"], size // 3)
    of("deliveries", ["id", "promised", "delivered", "ordered", "received"],
       lambda: [day(), rng.choice(["", day()]), str(rng.randint(0, 5)), rng.choice(["", str(rng.randint(0, 5))])], size // 2)
    return found


def write(found, folder):
    for name, (head, rows) in found.items():
        with open(Path(folder) / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(head)
            out.writerows(rows)


# ------------------------------------------------------------------ reading, row by row

TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})0{0,6})?(Z|[+-]\d\d:\d\d)")


class Unreadable(Exception):
    pass


def time(text):
    """The milliseconds of a moment since 1970."""
    match = TIME.fullmatch(text)
    if not match:
        raise Unreadable
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    ahead = 0
    if match[8] != "Z":
        hours, minutes = int(match[8][1:3]), int(match[8][4:])
        if hours > 14 or minutes > 59:
            raise Unreadable
        ahead = (hours * 60 + minutes) * (-1 if match[8][0] == "-" else 1)
    try:
        at = dt.datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        raise Unreadable from None
    millis = int((match[7] or "0").ljust(3, "0"))
    return (at - dt.datetime(1970, 1, 1, tzinfo=UTC)) // dt.timedelta(milliseconds=1) + millis - ahead * 60_000


def date(text):
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise Unreadable
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Unreadable from None


def number(decimals, signed=True, times=1):
    sign = "-?" if signed else ""
    fraction = rf"(\.\d{{1,{decimals}}})?" if decimals else ""
    pattern = re.compile(rf"{sign}\d{{1,12}}{fraction}")

    def read(text):
        if not pattern.fullmatch(text):
            raise Unreadable
        return Fraction(Decimal(text)) * times

    return read


def one_of(*members):
    def read(text):
        if text not in members:
            raise Unreadable
        return text

    return read


def at(zone, moment):
    return (dt.datetime(1970, 1, 1, tzinfo=UTC) + dt.timedelta(milliseconds=moment)).astimezone(zone)


OPTIONAL = {"handled", "resolved", "waiting", "likely", "product", "delivered", "received"}
SECONDS = number(3, signed=False)
MINUTES = number(4, signed=False, times=60)
FIELDS = {
    "calls": dict(started=time, queue=one_of("voice", "spanish"), caller=str, wait=SECONDS, handled=SECONDS,
                  outcome=one_of("answered", "abandoned", "transferred")),
    "tickets": dict(opened=time, resolved=time, severity=one_of("p1", "p2", "p3"), waiting=MINUTES),
    "backlog": dict(opened=time, as_of=time),
    "surveys": dict(day=date, score=number(0), likely=number(0), product=str),
    "audits": dict(day=date, result=one_of("pass", "fail"), points=number(2)),
    "shifts": dict(begins=time, scheduled=MINUTES, in_adherence=MINUTES),
    "deliveries": dict(promised=date, delivered=date, ordered=number(0), received=number(0)),
}


def read(name, head, rows):
    """The records that can be used, and how many cannot, by reason."""
    count = {}
    for row in rows:
        count[row[0]] = count.get(row[0], 0) + 1
    good, bad = [], {"unreadable": 0, "without_key": 0, "twice": 0}
    for row in rows:
        texts = dict(zip(head, row))
        if not texts["id"]:
            bad["without_key"] += 1
            continue
        if count[texts["id"]] > 1:
            bad["twice"] += 1
            continue
        record = {"id": texts["id"]}
        try:
            for field, reader in FIELDS[name].items():
                text = texts[field]
                if not text and field not in OPTIONAL:
                    raise Unreadable
                record[field] = reader(text) if text else None
            if name == "tickets" and record["resolved"] is not None and record["resolved"] < record["opened"]:
                raise Unreadable
            if name == "backlog" and record["as_of"] < record["opened"]:
                raise Unreadable
        except Unreadable:
            bad["unreadable"] += 1
            continue
        good.append(record)
    return good, bad


# ------------------------------------------------------------------ service hours

HOLIDAYS = {dt.date(2026, 1, 1), dt.date(2026, 7, 3), dt.date(2026, 11, 26), dt.date(2026, 12, 25)}
WEEK = {**{day: [(8, 12), (13, 20)] for day in range(5)}, 5: [(22, 24)], 6: [(0, 6)]}


def open_time(begin, end):
    """The seconds between two moments in which the service is open, day by day and span by span."""
    day = at(NEW_YORK, begin).date() - dt.timedelta(days=1)
    last = at(NEW_YORK, end).date() + dt.timedelta(days=1)
    total = 0
    while day <= last:
        for first, until in [] if day in HOLIDAYS else WEEK[day.weekday()]:
            opens, closes = (
                dt.datetime.combine(day + dt.timedelta(days=hour // 24), dt.time(hour % 24), NEW_YORK).timestamp() for hour in (first, until))
            # These moments are whole seconds, which a float holds exactly.
            opens, closes = int(opens) * 1000, int(closes) * 1000
            total += max(0, min(end, closes) - max(begin, opens))
        day += dt.timedelta(days=1)
    return Fraction(total, 1000)


# ------------------------------------------------------------------ counting

def month_of(day):
    return f"{day.year:04}-{day.month:02}"


def percentile(values, percent):
    if not values:
        return None
    ordered = sorted(values)
    rank = -(-percent * len(ordered) // 100)
    return ordered[rank - 1]


def months(first, last):
    year, month = map(int, first.split("-"))
    while f"{year:04}-{month:02}" <= last:
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def days_of(month):
    day = dt.date(*map(int, month.split("-")), 1)
    while month_of(day) == month:
        yield day
        day += dt.timedelta(days=1)


def half_hours_of(month):
    """The half hours that a clock in Madrid shows in a month, each with its offset."""
    day = next(days_of(month))
    now = dt.datetime.combine(day, dt.time(0), MADRID).astimezone(UTC)
    while month_of(now.astimezone(MADRID)) == month:
        yield half_hour(now.astimezone(MADRID))
        now += dt.timedelta(minutes=30)


def half_hour(local):
    return (local.date(), local.hour, local.minute // 30, local.utcoffset())


def counted(found, first, last):
    """For each month its inputs by name: exact values, or nothing."""
    good = {name: read(name, *rows)[0] for name, rows in found.items()}
    result = {month: {} for month in months(first, last)}
    calls = sorted(good["calls"], key=lambda call: (call["started"], call["id"].encode()))
    followed = set()
    latest = {}
    for call in reversed(calls):
        after = latest.get(call["caller"])
        if after is not None and after - call["started"] <= 7 * 86_400_000:
            followed.add(call["id"])
        latest[call["caller"]] = call["started"]
    for call in calls:
        call["local"] = at(MADRID, call["started"])
    for ticket in good["tickets"]:
        if ticket["resolved"] is not None:
            ticket["took"] = open_time(ticket["opened"], ticket["resolved"]) - (ticket["waiting"] or 0)
            ticket["elapsed"] = Fraction(ticket["resolved"] - ticket["opened"], 1000)
    by_day, by_half, by_week = {}, {}, {}
    for call in calls:
        in_time = call["outcome"] == "answered" and call["wait"] <= 20
        week = call["local"].date() - dt.timedelta(days=call["local"].weekday())
        for groups, part in ((by_day, call["local"].date()), (by_half, half_hour(call["local"])), (by_week, week)):
            group = groups.setdefault(part, [0, 0])
            group[0] += in_time
            group[1] += 1
    for month, row in result.items():
        own = [call for call in calls if month_of(call["local"]) == month]
        answered = [call for call in own if call["outcome"] == "answered"]
        abandoned = [call for call in own if call["outcome"] == "abandoned"]
        row["offered"] = len(own)
        for queue in ("voice", "spanish"):
            of_queue = [call for call in own if call["queue"] == queue]
            row[f"offered_on.{queue}"] = len(of_queue)
            row[f"wait_p90_on.{queue}"] = percentile([call["wait"] for call in of_queue], 90)
        row["answered"] = len(answered)
        row["answered_in_20s"] = sum(call["wait"] <= 20 for call in answered)
        row["abandoned"] = len(abandoned)
        row["abandoned_short"] = sum(call["wait"] < 5 for call in abandoned)
        row["waited"] = sum((call["wait"] for call in answered), Fraction(0))
        row["talked"] = sum((call["handled"] or 0 for call in answered), Fraction(0))
        row["wait_p90"] = percentile([call["wait"] for call in answered], 90)
        row["longest_wait"] = max((call["wait"] for call in own), default=None)
        row["callers"] = len({call["caller"] for call in own})
        row["late_days"] = sum(10 * group[0] < 8 * group[1] for day, group in by_day.items() if month_of(day) == month)
        row["late_half_hours"] = sum(10 * group[0] < 7 * group[1] for part, group in by_half.items() if month_of(part[0]) == month)
        row["quiet_half_hours"] = sum(part not in by_half for part in half_hours_of(month))
        sundays = [day for day in days_of(month) if day.weekday() == 6]
        weeks = [by_week.get(day - dt.timedelta(days=6), [0, 0]) for day in sundays]
        row["late_weeks"] = sum(10 * group[0] < 8 * group[1] or group[1] == 0 for group in weeks)
        row["resolved_first"] = sum(call["id"] not in followed for call in answered)
        resolved = [one for one in good["tickets"] if one["resolved"] is not None and month_of(at(NEW_YORK, one["resolved"])) == month]
        row["p1_resolved"] = sum(one["severity"] == "p1" for one in resolved)
        row["p1_in_4_hours"] = sum(one["severity"] == "p1" and one["took"] <= 4 * 3600 for one in resolved)
        row["p2_in_2_days"] = sum(one["severity"] == "p2" and one["elapsed"] <= 48 * 3600 for one in resolved)
        row["service_time"] = sum((one["took"] for one in resolved), Fraction(0))
        opened = [one for one in good["tickets"] if month_of(at(NEW_YORK, one["opened"])) == month]
        row["opened_tickets"] = len(opened)
        row["unresolved"] = sum(one["resolved"] is None for one in opened)
        ages = [Fraction(one["as_of"] - one["opened"], 1000) for one in good["backlog"] if month_of(at(NEW_YORK, one["as_of"])) == month]
        row["backlog_size"] = len(ages)
        row["backlog_old"] = sum(age > 120 * 3600 for age in ages)
        row["backlog_p90"] = percentile(ages, 90)
        surveys = [one for one in good["surveys"] if month_of(one["day"]) == month]
        row["surveyed"] = len(surveys)
        row["top_box"] = sum(one["score"] >= 4 for one in surveys)
        likely = [one["likely"] for one in surveys if one["likely"] is not None]
        row["nps_answers"] = len(likely)
        row["promoters"] = sum(mark >= 9 for mark in likely)
        row["detractors"] = sum(mark <= 6 for mark in likely)
        row["premium"] = sum(one["product"] in ("Premium, it's", None) for one in surveys)
        audits = [one for one in good["audits"] if month_of(one["day"]) == month]
        row["audited"] = len(audits)
        row["passed"] = sum(one["result"] == "pass" and not one["points"] < Fraction("85.5") for one in audits)
        row["audit_points"] = sum((one["points"] for one in audits), Fraction(0))
        row["worst_audit"] = min((one["points"] for one in audits), default=None)
        shifts = [one for one in good["shifts"] if month_of(at(MADRID, one["begins"])) == month]
        row["scheduled_time"] = sum((one["scheduled"] for one in shifts), Fraction(0))
        row["adherent_time"] = sum((one["in_adherence"] for one in shifts), Fraction(0))
        due = [one for one in good["deliveries"] if month_of(one["promised"]) == month]
        row["due"] = len(due)
        row["difot"] = sum(one["delivered"] is not None and one["received"] is not None and one["delivered"] <= one["promised"]
                           and one["received"] >= one["ordered"] for one in due)
    return result
