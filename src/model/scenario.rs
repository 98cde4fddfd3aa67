//! Scenarios: a contract's own examples, with what must come out.

use crate::calendar::Month;
use crate::ledger::LineKind;
use crate::program::{NodeId, Slot, SlotId};
use crate::quantity::{Exact, Type};
use crate::text::Span;

/// What a scenario expects of a month.
#[derive(Clone, Debug)]
pub enum ExpectedWhat {
    /// The invoice's total.
    Total,
    /// The sum of the lines of that name, and of that kind if one is given. Credits count above 0.
    Lines {
        /// The kind of line.
        kind: Option<LineKind>,
        /// The line's name, or the charge's, of which the line is a member.
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
    /// What is expected.
    pub what: ExpectedWhat,
    /// Its values, from the scenario's first month on; for notices and missing invoices: empty.
    pub values: Vec<Exact>,
    /// The type of the values.
    pub kind: Type,
    /// The month of a notice or missing invoice; the scenario's last month if none is written.
    pub month: Month,
    /// Where it stands.
    pub span: Span,
}

/// A scenario may have so many months.
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
    /// Columns with their values, from the first month on, nothing where it is missing; the last value holds for the
    /// months after. In the order of the columns.
    pub given: Vec<(SlotId, Vec<Option<Exact>>)>,
    /// What must come out, in the order of the text.
    pub expected: Vec<Expected>,
    /// Where it stands.
    pub span: Span,
}

impl ScenarioFacts {
    /// The value of a column in the scenario's month `at`, counted from 0: the one given for it, or the last one given
    /// before it; else the nominal value of the input. Nothing if it is missing.
    #[must_use]
    pub fn value<'v>(&'v self, slot: usize, plan: &'v Slot, at: usize) -> Option<&'v Exact> {
        let given = self.given_for(slot);
        let given = given.and_then(|values| values.get(at).or_else(|| values.last()));
        match given {
            Some(stated) => stated.as_ref(),
            None => plan.nominal.as_ref(),
        }
    }

    /// What is given for a column.
    fn given_for(&self, slot: usize) -> Option<&[Option<Exact>]> {
        let at = self.given.partition_point(|(id, _)| (id.0 as usize) < slot);
        let (id, values) = self.given.get(at)?;
        (id.0 as usize == slot).then_some(values)
    }

    /// The expectation that stands at a place.
    #[must_use]
    pub fn expects(&self, span: Span) -> Option<&Expected> {
        let found = self.expected.binary_search_by_key(&span, |one| one.span);
        self.expected.get(found.ok()?)
    }

    /// Its months. One of more than [`MOST_MONTHS`] is a mistake, and not computed.
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

/// Whether a line belongs to what an expectation names: the line itself, one of its members, or an adjustment that the
/// named charge takes part in.
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

/// A name with those of which it is a member: `voice.nights`, `voice`.
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
