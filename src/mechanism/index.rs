//! Indexation: prices that follow a published index.
//!
//! Once a year a factor is computed from the index's value of a stated month, and every amount of money in an indexed
//! item is multiplied by it. The factor is 1 until the first adjustment, and each factor applies until the next. If the
//! factor of a month could not be computed, later months also fail until this is fixed, because their prices would
//! build on it.

use crate::calendar::Month;
use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Before, Comparison, Fold, MeasurePlan, NodeId, Op, SeriesId, WindowMonths};
use crate::quantity::{Exact, Rounding, Type};
use crate::syntax::tree::{
    Index, IndexAgainst, IndexLink, IndexTarget, Number, Path, Rounded, Text,
};
use crate::text::Span;
use crate::typing::{Context, Indexing, PriceRounding, Typed};

use super::index_questions::{Terms, ask_against, ask_threshold};
use super::period::compare_month;

/// Reads an index: its factor, and how prices are rounded. Nothing if a part of it made no sense.
pub fn read(
    cx: &mut Context<'_>,
    index: &Index,
    clause: Option<&Text>,
    span: Span,
) -> Option<Indexing> {
    let value = index_value(cx, &index.by)?;
    let base = base_value(cx, index, &value)?;
    let prices = index
        .prices
        .as_ref()
        .map(|rounded| price_rounding(cx, rounded));
    let terms = terms(cx, index)?;
    let dates_are_sound = check_dates(cx, index);
    let against = against(cx, index, &terms);
    let links_are_sound = check_links(cx, &index.links);
    for link in &index.links {
        refuse_grouped(cx, &value, &link.new_value);
        refuse_grouped(cx, &value, &link.old_value);
    }
    if !(dates_are_sound && links_are_sound) {
        return None;
    }
    let mut making = Making {
        index,
        span,
        against: against?,
        base: base.node,
        kind: value.kind.clone(),
        clause: clause.map(|clause| clause.text.clone()),
    };
    let published = making.published(cx, &value)?;
    let factor = making.factor(cx, published, &terms);
    let name = format!("factor of {}", targets(&index.targets));
    cx.graph
        .label(factor, StepKind::Part, name.clone(), making.clause.clone());
    cx.plan.measures.push(MeasurePlan {
        name,
        title: None,
        clause: making.clause.clone(),
        node: factor,
        span,
    });
    Some(Indexing {
        factor,
        rounding: match prices {
            Some(None) => return None,
            Some(rounding) => rounding,
            None => None,
        },
        prices: 0,
    })
}

/// The items that follow the index, in the contract's words.
fn targets(all: &[IndexTarget]) -> String {
    let names: Vec<&str> = all
        .iter()
        .map(|target| match target {
            IndexTarget::Charges(_) => "charges",
            IndexTarget::Named(path) => path.name.text.as_str(),
        })
        .collect();
    names.join(", ")
}

/// The index as it is reported each month.
fn index_value(cx: &mut Context<'_>, path: &Path) -> Option<Typed> {
    let value = cx.value_of(path);
    let value = cx.demand_value(value, "an index");
    match &value.kind {
        Type::Unknown => None,
        Type::Number | Type::Score => Some(value),
        Type::Quantity(unit) if !unit.has_currency() => Some(value),
        other => {
            let text = cx.quote(path.span);
            let finding = Diagnostic::error(
                "not-an-index",
                path.span,
                format!(
                    "`{text}` is {other}, and an index is a plain number or a number of points"
                ),
            )
            .help(format!("declare it as `input {} : points`", path.name.text));
            cx.report(finding);
            None
        }
    }
}

fn base_value(cx: &mut Context<'_>, index: &Index, value: &Typed) -> Option<Typed> {
    let number = &index.base.value;
    if number.value.is_zero() {
        cx.report(
            Diagnostic::error("zero-index", number.span, "an index cannot be zero")
                .because("its change would be a division by zero"),
        );
        return None;
    }
    refuse_grouped(cx, value, number);
    Some(cx.constant(number.value.clone(), value.kind.clone(), number.span))
}

/// Refuses a value of an index, in points for example, that one reader takes for thousands.
fn refuse_grouped(cx: &mut Context<'_>, value: &Typed, number: &Number) {
    if matches!(value.kind, Type::Quantity(_)) {
        cx.refuse_grouped(number.span, 0);
    }
}

/// The rounding of prices, in the currency that it is written in.
fn price_rounding(cx: &mut Context<'_>, rounded: &Rounded) -> Option<PriceRounding> {
    let step = cx.expression(&rounded.step);
    let money = cx.money();
    let currency = step.kind.currency();
    if currency.is_none() {
        let _ = cx.demand(step, &money, "the step to which prices are rounded");
        return None;
    }
    let step = cx.demand_constant(&step, "the step to which prices are rounded")?;
    if step <= Exact::zero() {
        cx.report(Diagnostic::error(
            "rounding-step",
            rounded.step.span,
            "the step of a rounding must be above zero",
        ));
        return None;
    }
    Some(PriceRounding {
        currency: currency?,
        rounding: Rounding {
            mode: rounded.mode,
            step,
        },
        span: rounded.span,
    })
}

fn terms(cx: &mut Context<'_>, index: &Index) -> Option<Terms> {
    let percent =
        |cx: &mut Context<'_>, expr: &Option<crate::syntax::tree::Expr>, what: &str| match expr {
            None => Some(None),
            Some(expr) => {
                let value = cx.expression(expr);
                let value = cx.demand(value, &Type::Percent, what);
                (!value.is_unknown()).then_some(Some(value))
            }
        };
    let fixed = percent(cx, &index.fixed, "the share that is fixed")?;
    let least = percent(cx, &index.least, "the least change")?;
    let most = percent(cx, &index.most, "the greatest change")?;
    let level = index
        .threshold
        .as_ref()
        .map(|threshold| threshold.level.clone());
    let threshold = percent(cx, &level, "the threshold")?;
    let one = Exact::one();
    if let Some(share) = &fixed
        && share.constant.as_ref().is_some_and(|share| *share > one)
    {
        cx.report(
            Diagnostic::error(
                "fixed-above-all",
                share.span,
                "more than all of a price is fixed",
            )
            .help("write the share that does not follow the index: `70% fixed`"),
        );
        return None;
    }
    if let (Some(low), Some(high)) = (&least, &most)
        && let (Some(a), Some(b)) = (&low.constant, &high.constant)
        && a > b
    {
        cx.report(
            Diagnostic::error(
                "turned-bounds",
                high.span,
                "the greatest change is below the least",
            )
            .and_at(low.span, "the least"),
        );
        return None;
    }
    let factor = match &index.factor {
        None => None,
        Some(rounded) => Some(factor_rounding(cx, rounded)?),
    };
    let mut terms = Terms {
        fixed,
        threshold,
        only_above: true,
        least,
        most,
        factor,
    };
    if let Some(threshold) = &index.threshold {
        match threshold.only_above {
            Some(only) => terms.only_above = only,
            None => {
                ask_threshold(cx, threshold, &terms);
                return None;
            }
        }
    }
    Some(terms)
}

fn factor_rounding(cx: &mut Context<'_>, rounded: &Rounded) -> Option<(Rounding, Span)> {
    let step = cx.expression(&rounded.step);
    let step = cx.demand(
        step,
        &Type::Percent,
        "the step to which the factor is rounded",
    );
    let step = cx.demand_constant(&step, "the step to which the factor is rounded")?;
    if step <= Exact::zero() {
        cx.report(Diagnostic::error(
            "rounding-step",
            rounded.step.span,
            "the step of a rounding must be above zero",
        ));
        return None;
    }
    let mode = rounded.mode;
    Some((Rounding { mode, step }, rounded.span))
}

/// The last month with that number before `month`.
fn last_before(month: Month, number: u32) -> Month {
    let back = i32::try_from((month.number() + 11 - number) % 12 + 1).unwrap_or(12);
    month.plus(-back)
}

/// Whether the adjustments can be computed at all. If not, a finding is reported.
fn check_dates(cx: &mut Context<'_>, index: &Index) -> bool {
    let Some(term) = cx.term else { return true };
    let (dates, base) = (&index.dates, &index.base);
    let (first, start) = (dates.first, Month::of(term.first));
    let read = last_before(first, dates.value_of);
    let finding = if first <= start || !term.has_month(first) {
        Diagnostic::error(
            "index-out-of-term",
            dates.span,
            format!(
                "the first adjustment, {first}, is not within the contract's term, {} to {}, after its first month",
                term.first, term.last
            ),
        )
        .because("the prices of the contract's first month are those that it states")
        .help("choose a year in which prices change")
    } else if read < start && read != base.month {
        let later = first.plus(12);
        Diagnostic::error(
            "index-before-term",
            dates.span,
            format!("the adjustment of {first} needs the index of {read}, before the contract begins in {start}"),
        )
        .because("there is no data for the months before the contract")
        .help(format!(
            "let the first adjustment be that of {}, or name a month from {start} on whose value counts",
            later.year()
        ))
    } else if base.month > read {
        Diagnostic::error(
            "index-base-late",
            base.span,
            format!(
                "the base is of {}, after {read}, the first month that it is compared with",
                base.month
            ),
        )
        .because("a price is based on a value that was known before")
        .help("state the value of an earlier month as the base")
    } else {
        return true;
    };
    cx.report(finding);
    false
}

/// The way in which values are compared. If it is open and the possible ways give different prices, a question is
/// asked.
fn against(cx: &mut Context<'_>, index: &Index, terms: &Terms) -> Option<IndexAgainst> {
    if let Some((against, _)) = index.against {
        return Some(against);
    }
    let again = index.dates.first.plus(12);
    let only_once = cx.term.is_some_and(|term| !term.has_month(again));
    if only_once || terms.is_plain() {
        return Some(IndexAgainst::Base);
    }
    ask_against(cx, index, terms);
    None
}

fn check_links(cx: &mut Context<'_>, links: &[IndexLink]) -> bool {
    let mut before: Option<&IndexLink> = None;
    for link in links {
        if link.new_value.value.is_zero() || link.old_value.value.is_zero() {
            cx.report(
                Diagnostic::error("zero-index", link.span, "an index cannot be zero")
                    .because("the two indices could not be linked"),
            );
            return false;
        }
        if let Some(former) = before
            && link.from <= former.from
        {
            let finding = Diagnostic::error(
                "dates-out-of-order",
                link.span,
                format!("{} does not come after {}", link.from, former.from),
            )
            .and_at(former.span, "the index before it")
            .help("write the indices from the earliest to the latest");
            cx.report(finding);
            return false;
        }
        before = Some(link);
    }
    true
}

/// The name of the fact with the value from which the next change is measured.
const COMPARED: &str = "compared with";

/// An index whose factor is being computed.
struct Making<'i> {
    index: &'i Index,
    span: Span,
    against: IndexAgainst,
    base: NodeId,
    kind: Type,
    clause: Option<String>,
}

impl Making<'_> {
    fn number_of_month(&self, cx: &mut Context<'_>, number: u32) -> NodeId {
        let span = self.index.dates.span;
        let now = cx.node(Op::MonthOfYear, Type::Number, span);
        let wanted = cx.number(i64::from(number), Type::Number, span);
        cx.node(Op::Compare(Comparison::Is, now, wanted), Type::Flag, span)
    }

    /// The index's value that an adjustment reads: that of the stated month among the twelve before.
    fn published(&mut self, cx: &mut Context<'_>, value: &Typed) -> Option<NodeId> {
        let linked = self.linked(cx, value)?;
        let span = self.index.dates.span;
        let counts = self.number_of_month(cx, self.index.dates.value_of);
        let none = cx.node(Op::NoValue, self.kind.clone(), span);
        let published = cx.node(Op::If(counts, linked, none), self.kind.clone(), span);
        let series = cx.new_series();
        cx.graph.bind_series(series, published);
        let months = WindowMonths::Previous(12);
        let found = cx.node(
            Op::Window(series, Fold::Average, months),
            self.kind.clone(),
            span,
        );
        let used = self.before_the_term(cx, found);
        let by = cx.quote(self.index.by.span);
        if used != found {
            let name = format!("{by} as published before");
            cx.graph.label(found, StepKind::Part, name, None);
        }
        let name = format!("{by} at the adjustment");
        cx.graph.label(used, StepKind::Part, name, None);
        Some(used)
    }

    /// At the first adjustment, uses the base as the value of the base's own month, if that month is before the term.
    fn before_the_term(&self, cx: &mut Context<'_>, found: NodeId) -> NodeId {
        let dates = &self.index.dates;
        let read = last_before(dates.first, dates.value_of);
        let outside = cx.term.is_some_and(|term| !term.has_month(read));
        if !outside {
            return found;
        }
        let first = compare_month(cx, Comparison::Is, dates.first, dates.span);
        cx.node(
            Op::If(first, self.base, found),
            self.kind.clone(),
            dates.span,
        )
    }

    /// The month's value on the scale of the first index, whichever index is in force.
    fn linked(&self, cx: &mut Context<'_>, value: &Typed) -> Option<NodeId> {
        let mut in_force = value.node;
        let mut scale = Exact::one();
        for link in &self.index.links {
            let new = index_value(cx, &link.by)?;
            let step = link.old_value.value.divide(&link.new_value.value)?;
            scale = scale.multiply(&step);
            let by = cx.graph.constant(scale.clone(), Type::Number, link.span);
            let scaled = cx.node(Op::Multiply(new.node, by), self.kind.clone(), link.span);
            let name = format!("{} on the scale of the first index", cx.quote(link.by.span));
            cx.graph.label(scaled, StepKind::Part, name, None);
            let reached = compare_month(cx, Comparison::AtLeast, link.from, link.span);
            in_force = cx.node(
                Op::If(reached, scaled, in_force),
                self.kind.clone(),
                link.span,
            );
        }
        Some(in_force)
    }

    /// The factor by which prices are multiplied.
    fn factor(&mut self, cx: &mut Context<'_>, published: NodeId, terms: &Terms) -> NodeId {
        let span = self.span;
        let dates = self.index.dates.span;
        let begun = compare_month(cx, Comparison::AtLeast, self.index.dates.first, dates);
        let of_year = self.number_of_month(cx, self.index.dates.first.number());
        let due = cx.node(Op::And(Box::new([begun, of_year])), Type::Flag, dates);
        cx.graph
            .label(due, StepKind::Condition, "prices are adjusted", None);
        let one = cx.number(1, Type::Percent, span);
        let series = cx.new_series();
        let before = self.held(cx, series, one, Type::Percent);
        let new = match self.against {
            IndexAgainst::Base => {
                if cx.lineages.is_amended() {
                    self.compared_with(cx, published, due);
                }
                let change = self.change(cx, published, self.base);
                let counted = counted(cx, change, terms, span);
                let factor = passed_on(cx, counted, terms, span);
                let factor = rounded(cx, factor, terms);
                bounded(cx, factor, before, terms)
            }
            IndexAgainst::YearBefore | IndexAgainst::LastAdjustment => {
                self.chained(cx, published, before, due, terms)
            }
        };
        let factor = cx.node(Op::If(due, new, before), Type::Percent, span);
        // Adjustments in months before the index was agreed do not count.
        let factor = cx.fact(span, "factor", factor, Before::Other(one));
        cx.graph.bind_series(series, factor);
        factor
    }

    /// The value of a series in the month before, or `first` up to the first adjustment.
    fn held(&self, cx: &mut Context<'_>, series: SeriesId, first: NodeId, kind: Type) -> NodeId {
        let span = self.index.dates.span;
        let early = compare_month(cx, Comparison::AtMost, self.index.dates.first, span);
        let before = cx.node(Op::Previous(series, None), kind.clone(), self.span);
        let by = cx.quote(self.index.by.span);
        let name = if kind == Type::Percent {
            format!("factor by {by} of the month before")
        } else {
            format!("{by} compared with in the month before")
        };
        cx.graph.label(before, StepKind::Part, name, None);
        cx.node(Op::If(early, first, before), kind, self.span)
    }

    /// Keeps the value that an adjustment read, so that another text can compare with it.
    fn compared_with(&self, cx: &mut Context<'_>, published: NodeId, due: NodeId) {
        let series = cx.new_series();
        let before = self.held(cx, series, self.base, self.kind.clone());
        let read = cx.node(Op::If(due, published, before), self.kind.clone(), self.span);
        let read = cx.fact(self.span, COMPARED, read, Before::Other(self.base));
        cx.graph.bind_series(series, read);
    }

    /// The previous factor times the factor of the year.
    fn chained(
        &self,
        cx: &mut Context<'_>,
        published: NodeId,
        before: NodeId,
        due: NodeId,
        terms: &Terms,
    ) -> NodeId {
        let span = self.span;
        let series = cx.new_series();
        let compared = self.held(cx, series, self.base, self.kind.clone());
        let name = format!("{} compared with", cx.quote(self.index.by.span));
        cx.graph.label(compared, StepKind::Part, name, None);
        let change = self.change(cx, published, compared);
        let counted = counted(cx, change, terms, span);
        let mut used = cx.node(Op::If(due, published, compared), self.kind.clone(), span);
        if self.against == IndexAgainst::LastAdjustment {
            let zero = cx.number(0, Type::Percent, span);
            let adjusted = cx.node(
                Op::Compare(Comparison::IsNot, counted, zero),
                Type::Flag,
                span,
            );
            let kept = cx.node(
                Op::If(adjusted, published, compared),
                self.kind.clone(),
                span,
            );
            used = cx.node(Op::If(due, kept, compared), self.kind.clone(), span);
        }
        let used = cx.fact(span, COMPARED, used, Before::Other(self.base));
        cx.graph.bind_series(series, used);
        let one = cx.number(1, Type::Percent, span);
        let year = passed_on(cx, counted, terms, span);
        let year = rounded(cx, year, terms);
        let year = bounded(cx, year, one, terms);
        cx.graph
            .label(year, StepKind::Part, "factor of the year", None);
        cx.node(Op::Multiply(before, year), Type::Percent, span)
    }

    /// How much the index has changed: value / compared - 1.
    fn change(&self, cx: &mut Context<'_>, value: NodeId, compared: NodeId) -> NodeId {
        let span = self.span;
        let ratio = cx.node(Op::Divide(value, compared), Type::Percent, span);
        let one = cx.number(1, Type::Percent, span);
        let change = cx.node(Op::Subtract(ratio, one), Type::Percent, span);
        let name = format!("change of {}", cx.quote(self.index.by.span));
        cx.graph.label(change, StepKind::Part, name, None);
        change
    }
}

/// The part of the change that counts, in either direction.
fn counted(cx: &mut Context<'_>, change: NodeId, terms: &Terms, span: Span) -> NodeId {
    let Some(threshold) = &terms.threshold else {
        return change;
    };
    let percent = Type::Percent;
    let zero = cx.number(0, percent.clone(), span);
    let counted = if terms.only_above {
        let less = cx.node(Op::Subtract(change, threshold.node), percent.clone(), span);
        let more = cx.node(
            Op::Sum(Box::new([change, threshold.node])),
            percent.clone(),
            span,
        );
        let rise = cx.node(Op::Max(Box::new([less, zero])), percent.clone(), span);
        let fall = cx.node(Op::Min(Box::new([more, zero])), percent.clone(), span);
        cx.node(Op::Sum(Box::new([rise, fall])), percent, span)
    } else {
        let size = cx.node(Op::Abs(change), percent.clone(), span);
        let above = cx.node(
            Op::Compare(Comparison::Above, size, threshold.node),
            Type::Flag,
            threshold.span,
        );
        cx.node(Op::If(above, change, zero), percent, span)
    };
    cx.graph
        .label(counted, StepKind::Part, "change that counts", None);
    counted
}

/// One plus the change of the indexed part of a price.
fn passed_on(cx: &mut Context<'_>, counted: NodeId, terms: &Terms, span: Span) -> NodeId {
    let one = cx.number(1, Type::Percent, span);
    let taken = match &terms.fixed {
        Some(fixed) => {
            let moving = cx.node(Op::Subtract(one, fixed.node), Type::Percent, fixed.span);
            cx.node(Op::Multiply(moving, counted), Type::Percent, span)
        }
        None => counted,
    };
    cx.node(Op::Sum(Box::new([one, taken])), Type::Percent, span)
}

fn rounded(cx: &mut Context<'_>, factor: NodeId, terms: &Terms) -> NodeId {
    let Some((rounding, span)) = &terms.factor else {
        return factor;
    };
    let node = cx.node(
        Op::Round(factor, Box::new(rounding.clone())),
        Type::Percent,
        *span,
    );
    let words = cx.quote(*span);
    cx.graph.label(node, StepKind::Rounding, words, None);
    node
}

/// The factor kept within its bounds, which are measured from the previous factor. This comes after the rounding, so
/// that no rounding takes a price past a bound.
fn bounded(cx: &mut Context<'_>, factor: NodeId, before: NodeId, terms: &Terms) -> NodeId {
    let mut held = factor;
    for (bound, is_least) in [(&terms.least, true), (&terms.most, false)] {
        let Some(bound) = bound else { continue };
        let one = cx.number(1, Type::Percent, bound.span);
        let year = cx.node(
            Op::Sum(Box::new([one, bound.node])),
            Type::Percent,
            bound.span,
        );
        let end = cx.node(Op::Multiply(before, year), Type::Percent, bound.span);
        let both = Box::new([held, end]);
        let op = if is_least {
            Op::Max(both)
        } else {
            Op::Min(both)
        };
        held = cx.node(op, Type::Percent, bound.span);
    }
    held
}
