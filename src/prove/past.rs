//! What earlier months can have left behind: for each series a range that no month can leave, whatever its figures are.

use crate::calendar::{Month, Period};
use crate::program::{NodeId, Op, Program, SeriesId, WindowMonths};
use crate::quantity::Exact;

use super::forward::Forward;
use super::range::Range;
use super::sheet::{MonthOf, Placed, SUM, Sheet, Source, needed};
use super::space::Space;

/// The months before a month.
#[derive(Clone, Copy, Debug)]
pub enum Past<'p> {
    /// These, the oldest first; before them there is none.
    Written(&'p [Placed]),
    /// Any.
    Any(&'p Left),
}

/// What each series can have had in any month.
#[derive(Clone, Debug)]
pub struct Left {
    ranges: Vec<Option<Range>>,
    absent: Vec<bool>,
    /// Whether there is a month before: from 0 (there may be none) to 1.
    pub begun: Range,
}

/// After so many rounds a range that still grows is taken to grow without end, if the months of the term are too many to
/// be followed one by one.
const PATIENCE: usize = 3;
const MOST_ROUNDS: usize = 12;
/// A term counts as so many months at most.
const LONGEST: i64 = 1_200;
/// So many operations may be computed to follow the months of a term.
const MOST_FOLLOWED: usize = 1_500_000;

impl Left {
    /// What the months of a program leave behind. Nothing if it does not look back.
    ///
    /// The ranges of the series after one more month are computed again and again, from no month on. After as many rounds as
    /// the term has months they hold for all of them, even if they still grow.
    #[must_use]
    pub fn of_program(
        program: &Program,
        space: &Space,
        months: &[Month],
        budget: u64,
    ) -> Option<Self> {
        if program.series.is_empty() {
            return None;
        }
        let mut left = Self {
            ranges: vec![None; program.series.len()],
            absent: program
                .series
                .iter()
                .map(|node| may_be_absent(program, *node))
                .collect(),
            begun: Range::zero(),
        };
        let mut sheets = left.sheets(program, space, months);
        let operations: usize = sheets.iter().map(|(sheet, _)| sheet.ops.len()).sum();
        let length = program.plan.term.map_or(LONGEST, |term| {
            i64::from(Month::of(term.last).since(Month::of(term.first))) + 1
        });
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let allowed = MOST_FOLLOWED.min(usize::try_from(budget).unwrap_or(usize::MAX));
        let follows = operations.saturating_mul(length) <= allowed;
        let rounds = if follows { length + 1 } else { MOST_ROUNDS };
        for round in 0..rounds {
            let next = left.after_one(program, &mut sheets);
            let mut grew = false;
            for (known, new) in left.ranges.iter_mut().zip(next) {
                let Some(new) = new else { continue };
                let wider = match &known {
                    Some(old) => old.hull(&new),
                    None => new.clone(),
                };
                if known.as_ref() == Some(&wider) {
                    continue;
                }
                grew = true;
                *known = Some(match known.take() {
                    Some(old) if round >= PATIENCE && !follows => widened(&old, &wider),
                    _ => wider,
                });
            }
            if !grew && round > 0 {
                return Some(left);
            }
            left.begun = Range::unit();
        }
        if !follows {
            // It has not settled: nothing is known.
            left.ranges = vec![Some(Range::ALL); program.series.len()];
        }
        Some(left)
    }

    /// A month of each kind, written once.
    fn sheets<'s>(
        &self,
        program: &'s Program,
        space: &'s Space,
        months: &[Month],
    ) -> Vec<(Sheet<'s>, Placed)> {
        let needed = needed(program, &program.series);
        let each = months.iter().map(|month| {
            let mut sheet = Sheet::new(program, space);
            let placed = sheet.month(
                &needed,
                &MonthOf {
                    month: *month,
                    at: 0,
                    copy: 0,
                    own: &[],
                    replaced: &[],
                    past: Past::Any(self),
                },
            );
            (sheet, placed)
        });
        each.collect()
    }

    /// What the series have after one more month.
    fn after_one(
        &self,
        program: &Program,
        sheets: &mut [(Sheet<'_>, Placed)],
    ) -> Vec<Option<Range>> {
        let mut all: Vec<Option<Range>> = vec![None; program.series.len()];
        let term = program.plan.term;
        for (sheet, placed) in sheets {
            for variable in &mut sheet.variables {
                variable.range = match variable.source {
                    Source::Before(series) => self.of(series),
                    Source::Over(series, SUM, months) => self.sum(series, months, term),
                    Source::Over(series, 1..=3, _) => self.of(series),
                    Source::Begun => self.begun.clone(),
                    _ => continue,
                };
            }
            let figures: Vec<Range> = sheet
                .variables
                .iter()
                .map(|one| one.range.clone())
                .collect();
            let pass = Forward::of(&sheet.ops, &figures);
            for (series, known) in program.series.iter().zip(all.iter_mut()) {
                let node = placed.get(series.0 as usize).copied().flatten();
                let range = node.and_then(|node| pass.range(node));
                *known = match (known.take(), range) {
                    (Some(old), Some(new)) => Some(old.hull(new)),
                    (old, new) => old.or_else(|| new.cloned()),
                };
            }
        }
        all
    }

    /// What a series can have had in the month before.
    #[must_use]
    pub fn of(&self, series: SeriesId) -> Range {
        let known = self.ranges.get(series.0 as usize).cloned().flatten();
        known.unwrap_or_else(Range::zero)
    }

    /// Whether a series can have had no value.
    #[must_use]
    pub fn may_be_absent(&self, series: SeriesId) -> bool {
        self.absent.get(series.0 as usize).copied().unwrap_or(true)
    }

    /// What a series comes to over the earlier months of a window.
    pub(super) fn sum(
        &self,
        series: SeriesId,
        months: WindowMonths,
        term: Option<Period>,
    ) -> Range {
        let most = Range::new(
            Exact::zero(),
            Exact::from_integer(self.months(months, term)),
        );
        self.of(series).hull(&Range::zero()).multiply(&most)
    }

    /// How many earlier months a window can have.
    pub(super) fn months(&self, months: WindowMonths, term: Option<Period>) -> i64 {
        match months {
            WindowMonths::Last(count) => i64::from(count) - 1,
            WindowMonths::Previous(count) => i64::from(count),
            WindowMonths::ContractYear
            | WindowMonths::ContractYearBefore
            | WindowMonths::CalendarYear
            | WindowMonths::CalendarYearBefore => 11,
            WindowMonths::CalendarQuarter | WindowMonths::CalendarQuarterBefore => 2,
            WindowMonths::Term | WindowMonths::TermBefore => term.map_or(LONGEST, |term| {
                i64::from(Month::of(term.last).since(Month::of(term.first))).clamp(0, LONGEST)
            }),
        }
    }
}

fn widened(old: &Range, new: &Range) -> Range {
    Range::between(
        new.low.clone().filter(|low| old.low.as_ref() == Some(low)),
        new.high
            .clone()
            .filter(|high| old.high.as_ref() == Some(high)),
    )
}

/// Whether the contract lets anything that the value is made of have no value.
fn may_be_absent(program: &Program, node: NodeId) -> bool {
    let made_of = needed(program, &[node]);
    let mut nodes = program.nodes.iter().zip(made_of);
    nodes.any(|(node, is_needed)| is_needed && node.op == Op::NoValue)
}
