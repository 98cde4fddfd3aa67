//! Months that are only partly in the term: what a fixed monthly amount is worth in them.

use std::collections::BTreeSet;

use crate::calendar::{Month, Period};
use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Comparison, NodeId, Op};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::PartMonths;

use super::{Context, Typed};

/// A number of days out of another number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Days {
    within: i64,
    of: i64,
}

impl Days {
    fn share(self) -> Exact {
        Exact::ratio(self.within, self.of).unwrap_or_else(Exact::one)
    }
}

impl Context<'_> {
    /// The share of a month that counts, according to what the contract says about part months. It is 1 for a whole
    /// month, even if the contract says nothing.
    #[must_use]
    pub fn share_of_month(&self, month: Month) -> Exact {
        match (self.term, self.part_months) {
            (Some(term), Some(how)) => days(&term, month, how).map_or_else(Exact::one, Days::share),
            _ => Exact::one(),
        }
    }

    /// Does the same for an amount that names no period, if it is fixed. It is fixed if the text and the calendar alone
    /// determine it, by date, by index or by name. An amount that depends on something measured, or on a line, is
    /// already the amount of the month.
    pub fn fixed_in_part_months(&mut self, value: Typed) -> Typed {
        if value.constant.is_some() || self.is_fixed(value.node) {
            self.in_part_months(value)
        } else {
            value
        }
    }

    fn is_fixed(&self, node: NodeId) -> bool {
        let mut open = vec![node];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if self.factors.contains(&id) || !seen.insert(id) {
                continue;
            }
            let Some(node) = self.graph.get(id) else {
                return false;
            };
            let is_line = node
                .label
                .as_ref()
                .is_some_and(|label| label.kind == StepKind::Line);
            if is_line || self.not_fixed.contains(&id) || !follows_from_text(&node.op) {
                return false;
            }
            node.op.each_use(|used| open.push(used));
        }
        true
    }

    /// Converts an amount for a whole month to the amount of the current month. Nothing is added to the program if the
    /// term consists of whole months.
    pub fn in_part_months(&mut self, value: Typed) -> Typed {
        let Some(term) = self.term else {
            return value;
        };
        if value.is_unknown() {
            return value;
        }
        let mut parts: Vec<Month> = [term.first, term.last].map(Month::of).to_vec();
        parts.dedup();
        parts.retain(|month| days(&term, *month, PartMonths::ActualDays).is_some());
        let Some(how) = self.part_months else {
            if let Some(month) = parts.first() {
                self.ask_for_part_months(&value, &term, *month);
            }
            return value;
        };
        let mut node = value.node;
        for month in parts {
            if let Some(days) = days(&term, month, how) {
                node = self.part_of(&value, node, month, days);
            }
        }
        if node == value.node {
            return value;
        }
        self.not_fixed.insert(node);
        Typed {
            optional: value.optional,
            ..Typed::new(node, value.kind, value.span)
        }
    }

    /// The part of the amount in that month, and `otherwise` in every other month.
    fn part_of(&mut self, value: &Typed, otherwise: NodeId, month: Month, days: Days) -> NodeId {
        let (kind, span) = (value.kind.clone(), value.span);
        let within = self.number(days.within, Type::Number, span);
        let of = self.number(days.of, Type::Number, span);
        let product = self.node(Op::Multiply(value.node, within), kind.clone(), span);
        let part = self.node(Op::Divide(product, of), kind.clone(), span);
        let name = format!("for {} of {} days", days.within, days.of);
        self.graph.label(part, StepKind::Part, name, None);
        let now = self.node(Op::Month, Type::Month, span);
        let month = self.number(i64::from(month.index()), Type::Month, span);
        let is_it = self.node(Op::Compare(Comparison::Is, now, month), Type::Flag, span);
        self.node(Op::If(is_it, part, otherwise), kind, span)
    }

    /// Asks once, with the amounts of all readings.
    fn ask_for_part_months(&mut self, value: &Typed, term: &Period, month: Month) {
        if std::mem::replace(&mut self.part_months_asked, true) {
            return;
        }
        let readings = [
            (PartMonths::ActualDays, "by actual days"),
            (PartMonths::ThirtyDays, "as a month of 30 days"),
            (PartMonths::InFull, "in full"),
        ];
        let readings = readings.map(|(how, words)| match days(term, month, how) {
            Some(days) => {
                let amount = self.reading(value, days);
                format!("{amount} {words} ({} of {})", days.within, days.of)
            }
            None => format!("{} {words}", self.reading(value, Days { within: 1, of: 1 })),
        });
        let text = self.quote(value.span);
        let finding = Diagnostic::error(
            "open-part-month",
            value.span,
            format!(
                "only a part of {month} is in the term, and the contract does not say what `{text}` is then"
            ),
        );
        let finding = match self.plan.term_span {
            Some(span) => finding.and_at(span, "the term"),
            None => finding,
        };
        self.report(
            finding
                .because(format!("the readings pay differently: {}", readings.join(", ")))
                .help(
                    "add `part months by actual days`, `part months as months of 30 days` or `part months in full`",
                ),
        );
    }

    /// The amount in one reading, rounded as a line would be. If it is not known in advance, a fraction in words.
    fn reading(&self, value: &Typed, days: Days) -> String {
        let Some(whole) = &value.constant else {
            return format!("{}/{} of it", days.within, days.of);
        };
        let mut part = whole.multiply(&days.share());
        if let Some(rounding) = &self.rounding {
            part = rounding.rounding.apply(&part);
        }
        Figure::new(part, value.kind.clone()).to_string()
    }
}

/// Whether an operation depends on nothing that is known only after the month.
fn follows_from_text(op: &Op) -> bool {
    match op {
        Op::Input(_)
        | Op::Previous(..)
        | Op::Window(..)
        | Op::MonthsIn(..)
        | Op::Recover(..)
        | Op::NoValue
        | Op::IfKnown(..)
        | Op::IsKnown(_)
        | Op::Broken => false,
        Op::Constant(_)
        | Op::Sum(_)
        | Op::Subtract(..)
        | Op::Multiply(..)
        | Op::Divide(..)
        | Op::Negate(_)
        | Op::Abs(_)
        | Op::Min(_)
        | Op::Max(_)
        | Op::Compare(..)
        | Op::And(_)
        | Op::Or(_)
        | Op::Not(_)
        | Op::If(..)
        | Op::Bands(..)
        | Op::Round(..)
        | Op::Floor(_)
        | Op::Ceiling(_)
        | Op::Share { .. }
        | Op::InRange(..)
        | Op::ByAgreement
        | Op::NoInvoice(_)
        | Op::Month
        | Op::MonthOfTerm
        | Op::MonthOfYear
        | Op::DaysInMonth
        | Op::Ends(_) => true,
    }
}

/// The days of the month that are in the term, and the number of days in a month. Nothing for a month that counts in
/// full.
///
/// A month of 30 days ends with its last day, whichever that is, and has no 31st before it. From the 15th onwards it
/// has 16 days left, in February as in March.
fn days(term: &Period, month: Month, how: PartMonths) -> Option<Days> {
    let length = i64::from(month.days());
    let day = |date: crate::calendar::Date| i64::from(date.day());
    let first = if Month::of(term.first) == month {
        day(term.first)
    } else {
        1
    };
    let last = if Month::of(term.last) == month {
        day(term.last)
    } else {
        length
    };
    let days = match how {
        PartMonths::InFull => return None,
        PartMonths::ActualDays => Days {
            within: last - first + 1,
            of: length,
        },
        PartMonths::ThirtyDays => {
            let last = if last == length { 30 } else { last.min(30) };
            Days {
                within: last - first.min(30) + 1,
                of: 30,
            }
        }
    };
    (days.within < days.of).then_some(days)
}
