//! What an index leaves open, with the factors that each reading gives.

use crate::diagnostic::Diagnostic;
use crate::quantity::{Exact, Figure, Rounding, Type};
use crate::syntax::tree::{Index, IndexThreshold};
use crate::text::Span;
use crate::typing::{Context, Typed};

/// How a change of the index becomes a change of prices.
pub(super) struct Terms {
    /// The share of a price that stays the same.
    pub(super) fixed: Option<Typed>,
    /// Changes below this do not count.
    pub(super) threshold: Option<Typed>,
    /// Whether only the part above the threshold counts, rather than the whole change.
    pub(super) only_above: bool,
    /// The least change of an adjustment.
    pub(super) least: Option<Typed>,
    /// The greatest change of an adjustment.
    pub(super) most: Option<Typed>,
    /// How the factor is rounded, and where that is stated.
    pub(super) factor: Option<(Rounding, Span)>,
}

impl Terms {
    /// Whether prices simply follow the index, so that it does not matter with what a value is compared.
    pub(super) fn is_plain(&self) -> bool {
        self.fixed.is_none()
            && self.threshold.is_none()
            && self.least.is_none()
            && self.most.is_none()
            && self.factor.is_none()
    }

    /// The factors after two years in which the index changes by `years`: one against the base, and one against the
    /// year before. Nothing if one of the terms changes by date.
    fn readings(&self, years: [i64; 2]) -> Option<(Exact, Exact)> {
        let first = Exact::one().add(&percent(years[0]));
        let second = first.multiply(&Exact::one().add(&percent(years[1])));
        let one = Exact::one();
        let base_first = self.bounded(&self.target(&first)?, &one)?;
        let base = self.bounded(&self.target(&second)?, &base_first)?;
        let year = |change: i64| {
            let target = self.target(&Exact::one().add(&percent(change)))?;
            self.bounded(&target, &Exact::one())
        };
        Some((base, year(years[0])?.multiply(&year(years[1])?)))
    }

    /// The factor for a ratio of index values, before bounds.
    fn target(&self, ratio: &Exact) -> Option<Exact> {
        let change = ratio.subtract(&Exact::one());
        let counted = match &self.threshold {
            None => change,
            Some(threshold) => {
                let level = threshold.constant.as_ref()?;
                let zero = Exact::zero();
                match (change.abs() > *level, self.only_above) {
                    (false, _) => zero,
                    (true, false) => change,
                    (true, true) if change > zero => change.subtract(level),
                    (true, true) => change.add(level),
                }
            }
        };
        let moving = match &self.fixed {
            None => Exact::one(),
            Some(fixed) => Exact::one().subtract(fixed.constant.as_ref()?),
        };
        let factor = Exact::one().add(&moving.multiply(&counted));
        Some(match &self.factor {
            None => factor,
            Some((rounding, _)) => rounding.apply(&factor),
        })
    }

    fn bounded(&self, factor: &Exact, before: &Exact) -> Option<Exact> {
        let end = |bound: &Typed| {
            let year = Exact::one().add(bound.constant.as_ref()?);
            Some(before.multiply(&year))
        };
        let mut held = factor.clone();
        if let Some(least) = &self.least {
            held = held.max(end(least)?);
        }
        if let Some(most) = &self.most {
            held = held.min(end(most)?);
        }
        Some(held)
    }
}

fn percent(number: i64) -> Exact {
    Exact::ratio(number, 100).unwrap_or_else(Exact::zero)
}

fn shown(factor: Exact) -> String {
    Figure::new(factor, Type::Percent).to_string()
}

/// Asks how much of a change that passes the threshold counts: all of it, or only the part above?
pub(super) fn ask_threshold(cx: &mut Context<'_>, threshold: &IndexThreshold, terms: &Terms) {
    let words = cx.quote(threshold.level.span);
    let mut finding = Diagnostic::error(
        "open-threshold",
        threshold.span,
        format!("the contract does not say what counts of a change above {words}"),
    );
    let level = terms
        .threshold
        .as_ref()
        .and_then(|level| level.constant.clone());
    if let Some(level) = level {
        let change = level.add(&percent(3));
        finding = finding.because(format!(
            "of a change of {}, the two readings count {} or {}",
            shown(change.clone()),
            shown(percent(3)),
            shown(change)
        ));
    }
    let finding = finding.help(format!(
        "write `only the change above {words}`, or `the whole change once above {words}`"
    ));
    cx.report(finding);
}

/// Courses of an index over two years, in percent. The first one that shows a difference is reported.
const COURSES: [[i64; 2]; 4] = [[10, 2], [-10, 5], [1, 2], [2, 3]];

/// Asks what values are compared with: the base, or the year before?
pub(super) fn ask_against(cx: &mut Context<'_>, index: &Index, terms: &Terms) {
    let told = COURSES.iter().find_map(|course| {
        let (base, chained) = terms.readings(*course)?;
        (base != chained).then(|| {
            let moved = |change: i64| match change {
                0.. => format!("rises by {change}%"),
                _ => format!("falls by {}%", change.abs()),
            };
            format!(
                "if the index {} in the first year and {} in the second, prices come to {} against the base, and to {} \
                 against the year before",
                moved(course[0]),
                moved(course[1]),
                shown(base),
                shown(chained)
            )
        })
    });
    let why = told.unwrap_or_else(|| {
        "against the base, the next year catches up what a year leaves out; against the year before, it is lost"
            .to_owned()
    });
    let finding = Diagnostic::error(
        "open-comparison",
        index.dates.span,
        "the contract does not say what the index's value is compared with at the second adjustment",
    )
    .and_at(index.base.span, "at the first adjustment it is the base")
    .because(why)
    .help("write `against the base`, `against the year before` or `against the last adjustment`");
    cx.report(finding);
}
