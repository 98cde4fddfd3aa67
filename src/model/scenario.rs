//! Scenarios: a contract's own examples, with the expected results.

use crate::calendar::Month;
use crate::ledger::LineKind;
use crate::program::{NodeId, Slot, SlotId};
use crate::quantity::{Exact, Type};
use crate::text::Span;

/// The kind of an expectation.
#[derive(Clone, Debug)]
pub enum ExpectedWhat {
    /// The invoice's total.
    Total,
    /// The sum of the lines with that name, and of that kind if one is given. Credits count above 0.
    Lines {
        /// The kind of line.
        kind: Option<LineKind>,
        /// The name of the line, or of the charge of which the line is a member.
        name: String,
    },
    /// The value of a metric, score or definition.
    Value {
        /// Its node.
        node: NodeId,
        /// Its name.
        name: String,
    },
    /// A notice whose text or name contains these words.
    Notice(String),
    /// No notice at all.
    NoNotice,
    /// No invoice.
    NoInvoice,
}

/// One expectation.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The thing that is expected.
    pub what: ExpectedWhat,
    /// Its values, from the scenario's first month onwards; empty for notices and missing invoices.
    pub values: Vec<Exact>,
    /// The type of the values.
    pub kind: Type,
    /// The month of a notice or missing invoice; the scenario's last month if none is written.
    pub month: Month,
    /// Where it is.
    pub span: Span,
}

/// The most months of a scenario.
pub const MOST_MONTHS: i32 = 1_200;

/// A scenario.
#[derive(Clone, Debug)]
pub struct ScenarioFacts {
    /// Its name.
    pub name: String,
    /// Its first month.
    pub first: Month,
    /// Its last month.
    pub last: Month,
    /// Columns with their values, in the order of the columns. The values run from the first month onwards, with
    /// nothing for a month in which the input is missing. The last value also applies to later months.
    pub given: Vec<(SlotId, Vec<Option<Exact>>)>,
    /// The expected results, in the order of the text.
    pub expected: Vec<Expected>,
    /// Where it is.
    pub span: Span,
}

impl ScenarioFacts {
    /// The value of a column in the scenario's month `at`, counted from 0: the value given for it, or the last one
    /// given before it, or otherwise the nominal value of the input. Nothing if it is missing.
    #[must_use]
    pub fn value<'v>(&'v self, slot: usize, plan: &'v Slot, at: usize) -> Option<&'v Exact> {
        let given = self.given_for(slot);
        let given = given.and_then(|values| values.get(at).or_else(|| values.last()));
        match given {
            Some(stated) => stated.as_ref(),
            None => plan.nominal.as_ref(),
        }
    }

    /// The values given for a column.
    fn given_for(&self, slot: usize) -> Option<&[Option<Exact>]> {
        let at = self.given.partition_point(|(id, _)| (id.0 as usize) < slot);
        let (id, values) = self.given.get(at)?;
        (id.0 as usize == slot).then_some(values)
    }

    /// The expectation at a place.
    #[must_use]
    pub fn expects(&self, span: Span) -> Option<&Expected> {
        let found = self.expected.binary_search_by_key(&span, |one| one.span);
        self.expected.get(found.ok()?)
    }

    /// Its months, at most [`MOST_MONTHS`] of them. A scenario with more months is a mistake.
    pub fn months(&self) -> impl Iterator<Item = Month> {
        let first = self.first;
        (0..self.length().clamp(1, MOST_MONTHS)).map(move |at| first.plus(at))
    }

    /// How many months it has.
    #[must_use]
    pub fn length(&self) -> i32 {
        self.last.since(self.first).saturating_add(1)
    }
}

/// Whether an expectation with this name means the line: as the line itself, as one of its members, or as an adjustment
/// in which the named charge takes part.
#[must_use]
pub fn is_line_of(line: &str, name: &str) -> bool {
    names_of_line(line).any(|known| known == name)
}

/// All names by which an expectation can mean a line: see [`is_line_of`].
pub fn names_of_line(line: &str) -> impl Iterator<Item = &str> {
    let charges = line.split_once(" by ").map_or("", |(charges, _)| charges);
    let charges = charges.split([',', ' ']);
    let charges = charges.filter(|one| !one.is_empty() && *one != "and");
    with_wholes(line).chain(charges.flat_map(with_wholes))
}

/// A name, and the names of which it is a member: `voice.nights`, `voice`.
fn with_wholes(name: &str) -> impl Iterator<Item = &str> {
    let wholes = name.match_indices('.').filter_map(|(at, _)| name.get(..at));
    wholes.chain([name])
}

#[cfg(test)]
mod tests {
    use super::is_line_of;

    #[test]
    fn a_line_is_meant_by_its_name_its_whole_and_the_charges_that_it_adjusts() {
        for (line, names) in [
            ("voice", &["voice"][..]),
            (
                "desk.voice.nights",
                &["desk", "desk.voice", "desk.voice.nights"],
            ),
            (
                "a, b.c and d by cx",
                &["a", "b", "b.c", "d", "a, b.c and d by cx"],
            ),
        ] {
            for name in names {
                assert!(is_line_of(line, name), "{line}: {name}");
            }
            for name in ["", "and", "des", "cx", "voice.nights", "c"] {
                assert!(!is_line_of(line, name), "{line}: {name}");
            }
        }
    }
}
