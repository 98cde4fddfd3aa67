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

/// A scenario.
#[derive(Clone, Debug)]
pub struct ScenarioFacts {
    /// Its name.
    pub name: String,
    /// Its first month.
    pub first: Month,
    /// Its last month.
    pub last: Month,
    /// Columns with their values, from the first month on; the last value holds for the months after.
    pub given: Vec<(SlotId, Vec<Exact>)>,
    /// What must come out.
    pub expected: Vec<Expected>,
    /// Where it stands.
    pub span: Span,
}

impl ScenarioFacts {
    /// The value of a column in the scenario's month `at`, counted from 0: the one given for it, or the last one given
    /// before it; else the nominal value of the input.
    #[must_use]
    pub fn value<'v>(&'v self, slot: usize, plan: &'v Slot, at: usize) -> Option<&'v Exact> {
        let given = self.given.iter().find(|(id, _)| id.0 as usize == slot);
        given
            .and_then(|(_, values)| values.get(at).or_else(|| values.last()))
            .or(plan.nominal.as_ref())
    }

    /// Its months.
    pub fn months(&self) -> impl Iterator<Item = Month> {
        let first = self.first;
        (0..=self.last.since(first).clamp(0, 1200)).map(move |at| first.plus(at))
    }
}

/// Whether a line belongs to what an expectation names: the line itself, one of its members, or an adjustment that the
/// named charge takes part in.
#[must_use]
pub fn is_line_of(line: &str, name: &str) -> bool {
    let is_it = |line: &str| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    is_it(line)
        || line.split_once(" by ").is_some_and(|(charges, _)| {
            let mut charges = charges.split([',', ' ']).filter(|one| *one != "and");
            charges.any(is_it)
        })
}
