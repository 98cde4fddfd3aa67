//! The worst month that was found: the example month with every KPI at its worst, or a month that the prover's search found to lose
//! a larger share; and what a month charges and takes off. This is computed once for all findings and the review.

use std::rc::Rc;

use crate::calendar::Month;
use crate::ledger::{Line, LineKind, Statement};
use crate::program::SlotId;
use crate::prove::{Extreme, Prover, extreme_month};
use crate::quantity::Exact;

use super::asked;
use super::subject::Subject;

/// The number of consecutive bad months that are tried.
const BAD_MONTHS: i32 = 12;

/// The month in which the largest share is taken off, of those that were found.
pub struct Worst {
    /// The month.
    pub month: Rc<Statement>,
    basis: Basis,
}

/// What a worst month is based on.
enum Basis {
    /// The contract's example month with every KPI at its worst, so many months in a row.
    Example { month: Month, in_a_row: usize },
    /// A month with other figures that the search found, in words.
    Found(String),
}

impl Worst {
    /// `in the contract's example month, 2026-03, with every KPI at its worst`
    #[must_use]
    pub fn words(&self) -> String {
        match &self.basis {
            Basis::Example {
                month,
                in_a_row: 0 | 1,
            } => {
                format!("in the contract's example month, {month}, with every KPI at its worst")
            }
            Basis::Example { month, in_a_row } => format!(
                "in a month like the contract's example, {month}, with every KPI at its worst for the {in_a_row}{} month in a row",
                ordinal(*in_a_row)
            ),
            Basis::Found(words) => words.clone(),
        }
    }

    /// The figures of the month if they are others than those of KPIs at their worst, in words.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        match &self.basis {
            Basis::Example { .. } => None,
            Basis::Found(words) => Some(words),
        }
    }

    fn share(&self) -> Exact {
        let share = taken_off(&self.month).1.divide(&charged(&self.month));
        share.unwrap_or_else(Exact::zero)
    }
}

fn ordinal(count: usize) -> &'static str {
    match count {
        2 => "nd",
        3 => "rd",
        _ => "th",
    }
}

/// The worst month that is known. It is a lower bound: no claim is made that no month is worse.
pub(super) fn find(subject: &Subject<'_>) -> Option<Worst> {
    let by_example = by_example(subject)?;
    let found = subject
        .prover()
        .and_then(|prover| searched(subject, prover));
    Some(match found {
        Some(found) if found.share() > by_example.share() => found,
        _ => by_example,
    })
}

/// The example month with every KPI at its worst, or the last of several such months in a row if repeated failure costs a larger
/// share.
fn by_example(subject: &Subject<'_>) -> Option<Worst> {
    let example = subject.example.as_ref()?;
    let ends = asked::ends(subject, false);
    let row = example.again(&ends, BAD_MONTHS).unwrap_or_default();
    let row = row.into_iter().enumerate().rev();
    let row = row.map(|(at, month)| (at + 1, month));
    // The last of equal ones is chosen: the month alone, or the shortest sequence.
    let all = row.chain(asked::month(subject, false).map(|month| (1, month)));
    let all = all.map(|(in_a_row, month)| Worst {
        month,
        basis: Basis::Example {
            month: example.month(),
            in_a_row,
        },
    });
    all.max_by_key(Worst::share)
}

/// A month with the example's volumes in which as much as possible is taken off, whatever it depends on: counts of failures that no
/// KPI has are varied as well.
fn searched(subject: &Subject<'_>, prover: &Prover<'_>) -> Option<Worst> {
    let example = subject.example.as_ref()?;
    let slots = &subject.contract.plan.slots;
    let volume = |name: &str| {
        let at = slots.iter().position(|slot| slot.name == name)?;
        example.cell(SlotId(u32::try_from(at).ok()?)).cloned()
    };
    let found = extreme_month(prover, Extreme::MostTaken, &volume)?;
    let story = found.story(prover)?;
    let mut words = story.beginning();
    let open: Vec<&str> = story
        .figures
        .iter()
        .map(|figure| figure.name.as_str())
        .filter(|name| prover.is_range_assumed(name))
        .collect();
    if let [first, ..] = open.as_slice() {
        words += &format!(", where the contract states no most for `{first}`");
    }
    Some(Worst {
        month: Rc::new(found.statement(prover)?),
        basis: Basis::Found(words),
    })
}

/// The amounts that credits and negative adjustments take off: before and after their limits.
#[must_use]
pub fn taken_off(statement: &Statement) -> (Exact, Exact) {
    sums(statement, |line| {
        line.kind == LineKind::Credit
            || (line.kind == LineKind::Adjustment && line.amount.is_negative())
    })
}

/// The sum of the lines of that kind, before and after their limits. Both are positive.
#[must_use]
pub fn taken(statement: &Statement, kind: LineKind) -> (Exact, Exact) {
    sums(statement, |line| line.kind == kind)
}

fn sums(statement: &Statement, counts: impl Fn(&Line) -> bool) -> (Exact, Exact) {
    let mut sums = (Exact::zero(), Exact::zero());
    for line in statement.lines.iter().filter(|line| counts(line)) {
        let before = line.cuts.first().map_or(&line.amount, |cut| &cut.before);
        sums = (sums.0.add(&before.abs()), sums.1.add(&line.amount.abs()));
    }
    sums
}

/// The charges of a month before anything is taken off.
#[must_use]
pub fn charged(statement: &Statement) -> Exact {
    let lines = statement.lines.iter();
    lines
        .filter(|line| line.kind == LineKind::Charge)
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}
