//! Levels that decide nothing: because what is measured has a range, every month is on the same side of an edge, a
//! target or a goal.

use crate::diagnostic::Diagnostic;
use crate::program::BandEnd;
use crate::quantity::{Exact, Figure};
use crate::syntax::tree::Comparison;
use crate::text::Span;

use super::coverage::{Domain, Interval};
use super::{Context, Typed};

const CODE: &str = "certain-outcome";

/// The meaning of a level in a comparison for the contract, in words that follow `so`.
#[derive(Clone, Copy)]
pub struct Outcome<'w> {
    /// The words if the comparison is true in every month: `every month is a miss`.
    pub always: &'w str,
    /// The words if it is true in no month: `no month is a miss`.
    pub never: &'w str,
}

/// The result of a comparison that the range alone shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Certain {
    Always,
    Never,
}

impl Context<'_> {
    /// Refuses a level if the comparison has the same result in every month that can happen. Returns whether it did.
    pub fn refuse_certain(
        &mut self,
        subject: &Typed,
        comparison: Comparison,
        level: &Typed,
        outcome: Outcome<'_>,
    ) -> bool {
        let Some(domain) = subject
            .domain
            .as_ref()
            .filter(|_| subject.constant.is_none())
        else {
            return false;
        };
        let found = level
            .levels()
            .find_map(|value| Some((value, certain(domain, comparison, value)?)));
        match found {
            None => false,
            Some((value, how)) => {
                let so = match how {
                    Certain::Always => outcome.always,
                    Certain::Never => outcome.never,
                };
                let side = side(comparison);
                let value = Figure::new(value.clone(), level.kind.clone());
                let name = self.quote(subject.span);
                let every = if how == Certain::Always {
                    "every"
                } else {
                    "no"
                };
                let message = format!("{every} month has `{name}` {side} {value}, so {so}");
                self.report_certain(subject, level.span, message);
                true
            }
        }
    }

    /// Refuses a level if the comparison is false in every month that can happen. Returns whether it did.
    pub fn refuse_never(
        &mut self,
        subject: &Typed,
        comparison: Comparison,
        level: &Typed,
        so: &str,
    ) -> bool {
        let domain = subject.domain.as_ref();
        let never = |value| {
            domain.and_then(|domain| certain(domain, comparison, value)) == Some(Certain::Never)
        };
        let outcome = Outcome {
            always: so,
            never: so,
        };
        level.levels().any(never) && self.refuse_certain(subject, comparison, level, outcome)
    }

    /// Refuses a level outside the range of what is compared with it.
    pub fn refuse_outside(&mut self, subject: &Typed, level: &Typed, what: &str) -> bool {
        let Some(domain) = subject
            .domain
            .as_ref()
            .filter(|_| subject.constant.is_none())
        else {
            return false;
        };
        let outside = level
            .levels()
            .find(|value| is_outside(domain, value))
            .cloned();
        let Some(value) = outside else {
            return false;
        };
        let value = Figure::new(value, level.kind.clone());
        let name = self.quote(subject.span);
        let message = format!("{what} {value} is not a value that `{name}` can have");
        self.report_certain(subject, level.span, message);
        true
    }

    /// Refuses a band that contains no month or every month, and one with an edge outside what can be observed. `ends`
    /// is the band as its words say, and `within` is what the other bands leave of it.
    pub(super) fn refuse_certain_band(
        &mut self,
        subject: &Typed,
        (ends, within): (&Interval, &Interval),
        is_only_one: bool,
        at: Span,
    ) {
        let Some(domain) = subject
            .domain
            .as_ref()
            .filter(|_| subject.constant.is_none())
        else {
            return;
        };
        let words = self.quote(at);
        let words = words
            .split_once(':')
            .map_or(words.as_str(), |(reach, _)| reach);
        let message = if is_out_of(within, domain) {
            format!("no month is in the band `{words}`, so its value is never due")
        } else if covers(within, domain) && is_only_one {
            format!("every month is in the band `{words}`, so its value is always due")
        } else if covers(within, domain) {
            format!("every month is in the band `{words}`, so the other bands can never apply")
        } else if let Some(value) = edge_outside(ends, domain) {
            let value = Figure::new(value.clone(), subject.kind.clone());
            let name = self.quote(subject.span);
            format!("the band `{words}` has an edge that `{name}` can never reach: {value}")
        } else {
            return;
        };
        self.report_certain(subject, at, message);
    }

    /// Reports a level once. An item is read once for each member of a dimension.
    fn report_certain(&mut self, subject: &Typed, at: Span, message: String) {
        let known = |found: &Diagnostic| found.code == CODE && found.primary.span == at;
        if self.diagnostics.iter().any(known) {
            return;
        }
        let name = self.quote(subject.span);
        let shown = |value: &Option<Exact>| {
            let figure = value
                .clone()
                .map(|value| Figure::new(value, subject.kind.clone()));
            figure.map(|figure| figure.to_string())
        };
        let domain = subject.domain.clone().unwrap_or_else(Domain::any);
        let (range, inside) = match (shown(&domain.least), shown(&domain.most)) {
            (Some(least), Some(most)) => (
                format!("`{name}` is between {least} and {most}"),
                format!("a value between {least} and {most}"),
            ),
            (Some(least), None) => (
                format!("`{name}` is never below {least}"),
                format!("a value above {least}"),
            ),
            (None, Some(most)) => (
                format!("`{name}` is never above {most}"),
                format!("a value below {most}"),
            ),
            (None, None) => return,
        };
        let mut finding = Diagnostic::error(CODE, at, message).here(&*range);
        if let Some(origin) = &subject.origin {
            finding = finding.and_at(
                origin.declared,
                format!("`{}` is declared here", origin.name),
            );
        }
        self.report(
            finding
                .because("a month with a value outside this range cannot be invoiced")
                .help(format!(
                    "write {inside}, or correct the range where `{name}` is declared (`between … and …`)"
                )),
        );
    }
}

fn side(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Below => "below",
        Comparison::AtMost => "at or below",
        Comparison::Above => "above",
        Comparison::AtLeast => "at or above",
        Comparison::Is => "at",
        Comparison::IsNot => "at another value than",
    }
}

fn certain(domain: &Domain, comparison: Comparison, level: &Exact) -> Option<Certain> {
    let (least, most) = (domain.least.as_ref(), domain.most.as_ref());
    let all_below = most.is_some_and(|most| most < level);
    let none_above = most.is_some_and(|most| most <= level);
    let all_above = least.is_some_and(|least| least > level);
    let none_below = least.is_some_and(|least| least >= level);
    let (always, never) = match comparison {
        Comparison::Below => (all_below, none_below),
        Comparison::AtMost => (none_above, all_above),
        Comparison::Above => (all_above, none_above),
        Comparison::AtLeast => (none_below, all_below),
        Comparison::Is => (false, all_below || all_above),
        Comparison::IsNot => (all_below || all_above, false),
    };
    match (always, never) {
        (true, _) => Some(Certain::Always),
        (_, true) => Some(Certain::Never),
        _ => None,
    }
}

fn is_outside(domain: &Domain, value: &Exact) -> bool {
    domain.least.as_ref().is_some_and(|least| value < least)
        || domain.most.as_ref().is_some_and(|most| value > most)
}

fn edge_outside<'i>(interval: &'i Interval, domain: &Domain) -> Option<&'i Exact> {
    [&interval.low, &interval.high]
        .into_iter()
        .filter_map(|end| end.as_ref().map(|(at, _)| at))
        .find(|at| is_outside(domain, at))
}

/// Whether the interval contains no value that can be observed.
fn is_out_of(interval: &Interval, domain: &Domain) -> bool {
    let beyond = |end: &BandEnd, last: &Option<Exact>, is_past: fn(&Exact, &Exact) -> bool| {
        let ends = end.as_ref().zip(last.as_ref());
        ends.is_some_and(|((end, included), last)| is_past(end, last) || (end == last && !included))
    };
    beyond(&interval.high, &domain.least, |end, least| end < least)
        || beyond(&interval.low, &domain.most, |end, most| end > most)
}

/// Whether the interval contains every value that can be observed.
fn covers(interval: &Interval, domain: &Domain) -> bool {
    let reaches = |end: &BandEnd, last: &Option<Exact>| match (end, last) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(_), Some(last)) => interval.has(last),
    };
    reaches(&interval.low, &domain.least) && reaches(&interval.high, &domain.most)
}
