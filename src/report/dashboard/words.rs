//! Words for scorecards that the text and the page share.

use crate::ledger::NoticeKind;
use crate::quantity::{Currency, Exact, Figure, Rounding, RoundingMode, Type};
use crate::report::amount::grouped;

use super::{Dashboard, DueEvent, Kpi, OpenCredit, Right, Section, Standing, Sum};

/// An amount with its currency.
pub(super) fn money(amount: &Exact, currency: Currency) -> String {
    format!("{} {currency}", grouped(amount, currency))
}

/// An amount with its sign; a dash if there is none.
pub(super) fn signed(amount: Option<&Exact>, currency: Currency) -> String {
    match amount {
        None => "–".to_owned(),
        Some(amount) if amount.is_zero() => grouped(amount, currency),
        Some(amount) => {
            let sign = if amount.is_negative() { "-" } else { "+" };
            format!("{sign}{}", grouped(&amount.abs(), currency))
        }
    }
}

/// An amount; a dash if there is none.
pub(super) fn plainly(amount: Option<&Exact>, currency: Currency) -> String {
    amount.map_or_else(|| "–".to_owned(), |amount| grouped(amount, currency))
}

/// A value cut to two decimals, with `≈` where it was cut.
pub(super) fn brief(kind: &Type, value: Option<&Exact>) -> String {
    let Some(value) = value else {
        return "–".to_owned();
    };
    let step = match kind {
        Type::Percent | Type::PercentagePoints => Exact::ratio(1, 10_000),
        _ => Exact::ratio(1, 100),
    };
    let rounding = Rounding {
        mode: RoundingMode::HalfEven,
        step: step.unwrap_or_else(Exact::one),
    };
    let rounded = rounding.apply(value);
    let sign = if rounded == *value { "" } else { "≈" };
    format!("{sign}{}", Figure::new(rounded, kind.clone()).number())
}

/// The contract, with the account if there is one.
pub(super) fn called(section: &Section) -> String {
    match &section.account {
        Some(account) => format!("{}, account {account}", section.title),
        None => section.title.clone(),
    }
}

/// Which months the figures are of.
pub(super) fn months(section: &Section) -> String {
    let without = match section.without.as_slice() {
        [] => String::new(),
        [one] => format!("; {one} has no invoice and is in no sum"),
        all => {
            let months: Vec<String> = all.iter().map(ToString::to_string).collect();
            format!("; {} have no invoice and are in no sum", months.join(", "))
        }
    };
    format!(
        "{}, and the contract year to date: {} to {}{without}",
        section.month, section.year_from, section.month
    )
}

/// How a KPI did.
pub(super) fn standing(kpi: &Kpi) -> &'static str {
    match kpi.standing {
        Standing::NoTarget => "no target",
        Standing::NoValue => "no value",
        Standing::Met => "met",
        Standing::Missed => "missed",
        Standing::Critical => "critical",
        Standing::Excused => "excused",
        Standing::Tolerated => "tolerated",
        Standing::OffSoFar => "off target",
    }
}

/// The key of a standing in JSON: a stable promise.
pub(super) fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::NoTarget => "no_target",
        Standing::NoValue => "no_value",
        Standing::Met => "met",
        Standing::Missed => "missed",
        Standing::Critical => "critical",
        Standing::Excused => "excused",
        Standing::Tolerated => "tolerated",
        Standing::OffSoFar => "off_target_so_far",
    }
}

/// What a KPI paid; for one that pays only through a score, the name of the score.
pub(super) fn paid(kpi: &Kpi, amount: Option<&Exact>, currency: Currency) -> String {
    match (kpi.clauses.is_empty(), kpi.scores.as_slice()) {
        (false, _) => signed(amount, currency),
        (true, []) => "–".to_owned(),
        (true, scores) => format!("in {}", scores.join(", ")),
    }
}

/// The same for the year. The name of a score is not repeated.
pub(super) fn paid_in_year(kpi: &Kpi, currency: Currency) -> String {
    match (kpi.clauses.is_empty(), kpi.scores.is_empty()) {
        (true, false) => String::new(),
        _ => paid(kpi, Some(&kpi.paid.year), currency),
    }
}

/// Whether a standing is bad news.
pub(super) fn is_bad(kpi: &Kpi) -> bool {
    matches!(
        kpi.standing,
        Standing::Missed | Standing::Critical | Standing::OffSoFar
    )
}

/// How the value moved since the month before: its direction, and whether that is better or worse.
pub(super) fn moved(kpi: &Kpi) -> Option<(char, &'static str)> {
    let mut last = kpi.trend.iter().rev().map(|(_, value)| value.as_ref());
    let (now, before) = (last.next()??, last.next()??);
    let up = now > before;
    if now == before {
        return Some(('=', "same"));
    }
    let arrow = if up { '↑' } else { '↓' };
    let word = match kpi.higher_is_better {
        Some(higher) if higher == up => "better",
        Some(_) => "worse",
        None if up => "higher",
        None => "lower",
    };
    Some((arrow, word))
}

/// How near a right is.
pub(super) fn right(right: &Right) -> String {
    let what = match right.kind {
        NoticeKind::PersistentFailure => "persistent failure: ",
        _ => "",
    };
    let missing = right.missing();
    let near = if missing.is_zero() {
        "reached".to_owned()
    } else {
        format!("{missing} to go")
    };
    format!(
        "{what}{} of {} {} ({near})",
        right.count, right.needed, right.words
    )
}

/// A run of misses.
pub(super) fn run(run: usize) -> String {
    match run {
        0 => "not missed in this month".to_owned(),
        1 => "missed in this month".to_owned(),
        many => format!("missed in {many} months in a row"),
    }
}

/// A credit that is open.
pub(super) fn open(open: &OpenCredit, currency: Currency) -> String {
    let how = if open.at_year_end {
        "can be earned back at the end of the year"
    } else {
        "can be earned back by good months"
    };
    format!("{}: {} {how}", open.level, money(&open.amount, currency))
}

/// What falls due.
pub(super) fn due(event: &DueEvent) -> String {
    let times = if event.times > 1 {
        format!(", and {} more times", event.times - 1)
    } else {
        String::new()
    };
    let clause = event.clause.as_ref();
    let clause = clause.map_or_else(String::new, |clause| format!(" ({clause})"));
    format!("{}{times}{clause}", event.what)
}

/// The right that is nearest, with the level's name.
pub(super) fn nearest(section: &Section) -> Option<String> {
    let all = section.levels.iter().flat_map(|level| {
        level
            .rights
            .iter()
            .filter(|right| right.kind == NoticeKind::ChronicFailure)
            .map(move |right| (level, right))
    });
    let (level, right) = all.min_by_key(|(_, right)| right.missing())?;
    Some(format!(
        "{}: {} of {} failures",
        level.name, right.count, right.needed
    ))
}

/// How many of the KPIs with a target missed it.
pub(super) fn missed(section: &Section) -> String {
    let with_target = section
        .kpis
        .iter()
        .filter(|kpi| kpi.standing != Standing::NoTarget);
    let bad = section.kpis.iter().filter(|kpi| is_bad(kpi)).count();
    format!("{bad} of {}", with_target.count())
}

/// The title of the whole.
pub(super) fn heading(dashboard: &Dashboard) -> String {
    match dashboard.sections.as_slice() {
        [one] => format!("{}: {}", called(one), one.month),
        all => {
            let months: Vec<String> = all.iter().map(|one| one.month.to_string()).collect();
            let same = months.windows(2).all(|pair| pair.first() == pair.last());
            let month = if same { months.first() } else { None };
            let month = month.map_or_else(String::new, |month| format!(" in {month}"));
            format!("{} scorecards{month}", all.len())
        }
    }
}

/// One of the parts of the invoice, by its key; zero if no line of the year is of that kind.
pub(super) fn kind_sum(section: &Section, key: &str) -> Sum {
    let mut kinds = section.kinds.iter();
    let found = kinds.find(|(kind, _)| kind.key() == key);
    found.map_or_else(
        || Sum {
            month: section.invoice.month.as_ref().map(|_| Exact::zero()),
            year: Exact::zero(),
        },
        |(_, sum)| sum.clone(),
    )
}
