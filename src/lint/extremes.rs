//! The worst month that the contract's example can become, and what a month charges and takes off. This is computed
//! once for all findings and the review.

use std::rc::Rc;

use crate::calendar::Month;
use crate::ledger::{Line, LineKind, Statement};
use crate::quantity::Exact;

use super::asked;
use super::subject::Subject;

/// The number of consecutive bad months that are tried.
const BAD_MONTHS: i32 = 12;

/// The month in which the largest share is taken off.
pub struct Worst {
    /// The month.
    pub month: Rc<Statement>,
    /// The month on which it is based.
    example: Month,
    /// Its position in the sequence of bad months.
    in_a_row: usize,
}

impl Worst {
    /// `in the contract's example month, 2026-03, with every KPI at its worst`
    #[must_use]
    pub fn words(&self) -> String {
        let month = self.example;
        match self.in_a_row {
            0 | 1 => {
                format!("in the contract's example month, {month}, with every KPI at its worst")
            }
            count => format!(
                "in a month like the contract's example, {month}, with every KPI at its worst for the {count}{} month in a row",
                ordinal(count)
            ),
        }
    }
}

fn ordinal(count: usize) -> &'static str {
    match count {
        2 => "nd",
        3 => "rd",
        _ => "th",
    }
}

/// The worst month: the example month with every KPI at its worst, or the last of several such months in a row if
/// repeated failure costs a larger share.
#[must_use]
pub fn worst(subject: &Subject<'_>) -> Option<Worst> {
    let example = subject.example.as_ref()?;
    let ends = asked::ends(subject, false);
    let row = example.again(&ends, BAD_MONTHS).unwrap_or_default();
    let row = row.into_iter().enumerate().rev();
    let row = row.map(|(at, month)| (at + 1, month));
    // The last of equal ones is chosen: the month alone, or the shortest sequence.
    let all = row.chain(asked::month(subject, false).map(|month| (1, month)));
    let (in_a_row, month) = all.max_by_key(|(_, month)| {
        let share = taken_off(month).1.divide(&charged(month));
        share.unwrap_or_else(Exact::zero)
    })?;
    Some(Worst {
        month,
        example: example.month(),
        in_a_row,
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
