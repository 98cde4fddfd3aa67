//! Values that change on stated dates. The computed month decides which of them applies.

use crate::calendar::Month;
use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{BandEnd, Op};
use crate::quantity::{Exact, Type};
use crate::syntax::tree::{Expr, ExprKind, LaterValue};
use crate::text::Span;

use super::coverage::Interval;
use super::{Context, Typed};

impl Context<'_> {
    /// The value of the month: the first one, and from each date onwards the next one.
    pub(super) fn dated(&mut self, first: &Expr, later: &[LaterValue], span: Span) -> Typed {
        self.check_dates(later);
        let indexed = self.indexed_amounts();
        let mut open = first.kind == ExprKind::ByAgreement;
        let mut values = vec![(self.expression(first), open)];
        for one in later {
            open = one.value.kind == ExprKind::ByAgreement;
            values.push((self.expression(&one.value), open));
        }
        if self.indexed_amounts() > indexed {
            self.dated_and_indexed(span);
            return self.unknown(span);
        }
        if values
            .iter()
            .any(|(value, open)| value.is_unknown() && !open)
        {
            return self.unknown(span);
        }
        let Some(values) = self.of_one_type(values) else {
            return self.unknown(span);
        };
        let spans = std::iter::once(first.span).chain(later.iter().map(|one| one.span));
        let starts: Vec<Month> = later.iter().map(|one| Month::of(one.from)).collect();
        let intervals = intervals(&starts);
        let pieces: Vec<(Interval, Span, &Typed)> = intervals
            .into_iter()
            .zip(spans)
            .zip(&values)
            .map(|((interval, span), value)| (interval, span, value))
            .collect();
        self.in_force(&pieces, span)
    }

    fn indexed_amounts(&self) -> usize {
        self.indexing.as_ref().map_or(0, |indexing| indexing.prices)
    }

    fn dated_and_indexed(&mut self, span: Span) {
        let finding = Diagnostic::error(
            "dated-and-indexed",
            span,
            "an amount with its own dates also follows an index",
        )
        .because("the contract does not say whether the later amount already includes the change of the index until \
                  then")
        .help("let it either change on dates or follow the index; with `let` you can separate the amounts of one item");
        self.report(finding);
    }

    /// The value that applies in the month.
    fn in_force(&mut self, pieces: &[(Interval, Span, &Typed)], span: Span) -> Typed {
        let known = pieces.iter().map(|(_, _, value)| *value);
        let Some(first) = known.clone().find(|value| !value.is_unknown()) else {
            return self.unknown(span);
        };
        let kind = first.kind.clone();
        let month = self.node(Op::Month, Type::Month, span);
        let month = Typed::new(month, Type::Month, span);
        let node = self.select(&month, pieces, None, None, &kind, span);
        self.graph.label(node, StepKind::Band, "in force", None);
        Typed {
            literal: known.clone().all(|value| value.literal),
            ratio: known.clone().all(|value| value.ratio),
            optional: known.clone().any(|value| value.optional),
            share: self.common_share(&month, pieces, false, false, span),
            dated: known.flat_map(|value| value.levels().cloned()).collect(),
            ..Typed::new(node, kind, span)
        }
    }

    /// Converts all values to the type of one of them. A value that is left to agreement has no type.
    fn of_one_type(&mut self, values: Vec<(Typed, bool)>) -> Option<Vec<Typed>> {
        let mut all: Vec<Typed> = Vec::new();
        let mut last: Option<Typed> = None;
        for (value, open) in values {
            if open {
                all.push(value);
                continue;
            }
            let Some(before) = last else {
                last = Some(value.clone());
                all.push(value);
                continue;
            };
            let (left, right) = self.unify(&before, &value, "used instead of", value.span)?;
            for earlier in &mut all {
                if let Some(fitting) = self.fit(earlier, &left.kind) {
                    *earlier = fitting;
                }
            }
            all.push(right.clone());
            last = Some(right);
        }
        Some(all)
    }

    fn check_dates(&mut self, later: &[LaterValue]) {
        let mut before: Option<&LaterValue> = None;
        for one in later {
            let month = Month::of(one.from);
            if one.from.day() != 1 {
                self.within_a_month(one, month);
            }
            if let Some(former) = before
                && month <= Month::of(former.from)
            {
                let finding = Diagnostic::error(
                    "dates-out-of-order",
                    one.from_span,
                    format!("{} does not come after {}", one.from, former.from),
                )
                .and_at(former.from_span, "the date before it")
                .because("the value before it would never apply")
                .help("write the dates from the earliest to the latest");
                self.report(finding);
            } else {
                self.within_the_term(one, month);
            }
            before = Some(one);
        }
    }

    fn within_a_month(&mut self, one: &LaterValue, month: Month) {
        let (this, next) = (month.first_day(), month.plus(1).first_day());
        let mut finding = Diagnostic::error(
            "date-within-a-month",
            one.from_span,
            format!("{} is not the first day of a month", one.from),
        )
        .because("a month is computed as a whole, so it has one value");
        if let (Some(this), Some(next)) = (this, next) {
            finding = finding.help(format!("write `from {this}` or `from {next}`"));
        }
        self.report(finding);
    }

    fn within_the_term(&mut self, one: &LaterValue, month: Month) {
        let Some(term) = self.term else { return };
        let (message, why) = if !term.has_month(month) {
            (
                format!(
                    "{} is outside the contract's term, {} to {}",
                    one.from, term.first, term.last
                ),
                "one of the two values would never apply",
            )
        } else if month == Month::of(term.first) {
            (
                format!("the contract begins in {month}, so the value before it never applies"),
                "a value that never applies misleads the reader",
            )
        } else {
            return;
        };
        let finding = Diagnostic::error("date-out-of-term", one.from_span, message)
            .because(why)
            .help("choose a date after the contract's first month, or remove the value that never applies");
        self.report(finding);
    }
}

/// One interval of months before each start, and one from the last start onwards.
fn intervals(starts: &[Month]) -> Vec<Interval> {
    let edge = |month: &Month, included: bool| -> BandEnd {
        Some((Exact::from_integer(i64::from(month.index())), included))
    };
    let lows = std::iter::once(None).chain(starts.iter().map(|start| edge(start, true)));
    let highs = starts
        .iter()
        .map(|start| edge(start, false))
        .chain(std::iter::once(None));
    lows.zip(highs)
        .map(|(low, high)| Interval { low, high })
        .collect()
}
