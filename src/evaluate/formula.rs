//! A node's operation in words, with the month's values in place of names.

use crate::ledger::StepKind;
use crate::program::{Comparison, Fold, Node, NodeId, Op, SeriesId, WindowMonths};
use crate::quantity::{Exact, Figure, Type};
use crate::text::Sources;

use super::evaluator::{Evaluator, reached};
use super::history::History;
use super::statement::figure;
use super::value::Value;

/// The depth to which a formula is written out. Deeper parts are shown as their values.
const DEPTH: usize = 4;

/// The sources of a formula: a computed month, the months before it, and the contract's text.
#[derive(Clone, Copy)]
pub(super) struct View<'v, 'p> {
    /// The month.
    pub(super) evaluator: &'v Evaluator<'p>,
    /// The account's months up to it.
    pub(super) history: &'v History,
    /// The texts.
    pub(super) sources: &'v Sources,
}

/// What happened at a node: `3 292 points / 902 surveys`. Empty if that would only repeat its value.
pub(super) fn words(view: View<'_, '_>, id: NodeId) -> String {
    let evaluator = view.evaluator;
    let kind = label_kind(evaluator, id);
    let depth = match kind {
        Some(StepKind::Slab | StepKind::Limit) => 0,
        Some(StepKind::Condition) => 1,
        _ => DEPTH,
    };
    let inner = through(evaluator, id);
    let Some(node) = evaluator.program().node(inner) else {
        return String::new();
    };
    let repeats = inner != id && node.label.is_some();
    let words = if repeats {
        String::new()
    } else {
        operation(view, node, depth)
    };
    if words == value_words(evaluator, id) {
        String::new()
    } else {
        words
    }
}

fn label_kind(evaluator: &Evaluator<'_>, id: NodeId) -> Option<StepKind> {
    evaluator
        .program()
        .node(id)?
        .label
        .as_ref()
        .map(|label| label.kind)
}

/// The node from which this value really comes: skips names for it, and roundings that changed nothing.
fn through(evaluator: &Evaluator<'_>, id: NodeId) -> NodeId {
    let mut id = id;
    loop {
        let inner = match evaluator.program().node(id).map(|node| &node.op) {
            Some(Op::Sum(all)) => match all.as_ref() {
                [one] => *one,
                _ => return id,
            },
            Some(Op::Round(value, _)) if evaluator.value(id) == evaluator.value(*value) => *value,
            Some(Op::InRange(value, _)) => *value,
            _ => return id,
        };
        let told = matches!(label_kind(evaluator, inner), Some(kind) if kind != StepKind::Rounding);
        if told {
            return inner;
        }
        id = inner;
    }
}

/// A part of a formula: its value if it has a name of its own, otherwise what it is computed from.
fn part(view: View<'_, '_>, id: NodeId, depth: usize) -> String {
    let evaluator = view.evaluator;
    if label_kind(evaluator, id).is_some_and(|kind| kind != StepKind::Rounding) {
        return value_words(evaluator, id);
    }
    let id = through(evaluator, id);
    let Some(node) = evaluator.program().node(id) else {
        return String::new();
    };
    let simple =
        matches!(node.op, Op::Constant(_) | Op::Input(_)) || node.label.is_some() || depth == 0;
    if simple {
        return value_words(evaluator, id);
    }
    let words = operation(view, node, depth - 1);
    match node.op {
        Op::Sum(ref all) if all.len() > 1 => format!("({words})"),
        Op::Subtract(..) => format!("({words})"),
        _ => words,
    }
}

fn value_words(evaluator: &Evaluator<'_>, id: NodeId) -> String {
    let condition = evaluator
        .program()
        .node(id)
        .filter(|node| node.kind == Type::Flag);
    if let Some(label) = condition.and_then(|node| node.label.as_ref()) {
        return if evaluator.holds(id) {
            label.name.clone()
        } else {
            format!("not {}", label.name)
        };
    }
    match (evaluator.value(id), figure(evaluator, id)) {
        (_, Some(figure)) => figure.to_string(),
        (Value::None, None) => "no value".to_owned(),
        (_, None) => "unknown".to_owned(),
    }
}

fn operation(view: View<'_, '_>, node: &Node, depth: usize) -> String {
    let evaluator = view.evaluator;
    let part = |id: NodeId| part(view, id, depth);
    let joined = |all: &[NodeId], with: &str| {
        let words: Vec<String> = all
            .iter()
            .map(|id| part(*id))
            .filter(|words| !words.is_empty())
            .collect();
        words.join(with)
    };
    match &node.op {
        Op::Constant(_) | Op::Input(_) => String::new(),
        Op::Sum(all) => joined(all, " + "),
        Op::Subtract(a, b) => format!("{} - {}", part(*a), part(*b)),
        Op::Multiply(a, b) => format!("{} x {}", part(*a), part(*b)),
        Op::Divide(a, b) => format!("{} / {}", part(*a), part(*b)),
        // Nothing has no sign.
        Op::Negate(a) if view.evaluator.number(*a).is_some_and(Exact::is_zero) => part(*a),
        Op::Negate(a) => match part(*a) {
            words if words.contains(" + ") || words.contains(" - ") => format!("-({words})"),
            words => format!("-{words}"),
        },
        Op::Abs(a) => format!("the distance of {} from zero", part(*a)),
        Op::Min(all) => format!("the least of {}", joined(all, " and ")),
        Op::Max(all) => format!("the greatest of {}", joined(all, " and ")),
        Op::Compare(comparison, a, b) => format!(
            "{} {} {}",
            part(*a),
            comparison_words(*comparison),
            part(*b)
        ),
        Op::And(all) => joined(all, " and "),
        Op::Or(all) if all.iter().all(|id| !evaluator.holds(*id)) => {
            let none: Vec<String> = all
                .iter()
                .map(|id| unheld(evaluator, *id, part(*id)))
                .filter(|words| !words.is_empty())
                .collect();
            none.join(" and ")
        }
        Op::Or(all) => joined(all, " or "),
        Op::Not(a) => negated(&part(*a)),
        Op::If(condition, then, otherwise) => match evaluator.holds(*condition) {
            true => part(*then),
            false => part(*otherwise),
        },
        Op::Bands(subject, bands, no_value) => match evaluator.value(*subject) {
            Value::Number(value) => match reached(value, bands) {
                Some(band) => format!(
                    "{}: `{}`",
                    value_words(evaluator, *subject),
                    quoted(view.sources, band.span)
                ),
                None => value_words(evaluator, *subject),
            },
            Value::None => {
                no_value.map_or_else(String::new, |id| format!("no value: {}", part(id)))
            }
            Value::Fault(_) => String::new(),
        },
        Op::Round(a, rounding) => {
            let how = format!(
                "{}, rounded {} to {}",
                exact_words(evaluator, *a),
                rounding.mode.words(),
                rounding.step
            );
            match part(*a) {
                words if words.contains(' ') && words != value_words(evaluator, *a) => {
                    format!("{words} = {how}")
                }
                _ => how,
            }
        }
        Op::Floor(a) => format!("whole ones in {}", part(*a)),
        Op::Ceiling(a) => format!("{} rounded up to a whole number", part(*a)),
        Op::Share {
            parts,
            total,
            index,
            ..
        } => {
            let own = parts
                .get(*index as usize)
                .map(|id| exact_words(evaluator, *id))
                .unwrap_or_default();
            format!(
                "{own}, of {} in all, shared by largest remainder",
                part(*total)
            )
        }
        Op::Previous(series, first) => previous_words(view, *series, first.map(part)),
        Op::Window(series, fold, months) => {
            let values = window_values(view, *series, *months, &node.kind);
            format!("{} {}{values}", fold_words(*fold), window_words(*months))
        }
        Op::MonthsIn(_, months) => format!("months {}", window_words(*months)),
        Op::Recover(a, _, b) => match evaluator.value(*a) {
            Value::Fault(_) => part(*b),
            _ => part(*a),
        },
        Op::IfKnown(a, b) => match evaluator.value(*a) {
            Value::None => part(*b),
            _ => part(*a),
        },
        Op::IsKnown(a) => match evaluator.value(*a) {
            Value::None => String::new(),
            _ => "it has a value".to_owned(),
        },
        Op::InRange(a, _) => part(*a),
        Op::NoValue => "no value".to_owned(),
        Op::ByAgreement => "by agreement".to_owned(),
        Op::Broken => "not understood".to_owned(),
        Op::NoInvoice(words) => words.to_string(),
        Op::Month | Op::MonthOfTerm | Op::MonthOfYear | Op::DaysInMonth | Op::Ends(_) => {
            String::new()
        }
    }
}

/// The words for a part of an `or` that is not met. A comparison without a name of its own is turned into something
/// that holds: `not 21 at most 2`.
fn unheld(evaluator: &Evaluator<'_>, id: NodeId, words: String) -> String {
    let node = evaluator.program().node(id);
    let compared =
        node.is_some_and(|node| node.label.is_none() && matches!(node.op, Op::Compare(..)));
    match words.as_str() {
        "yes" | "no" | "" => words,
        _ if compared => format!("not {words}"),
        _ => words,
    }
}

fn negated(words: &str) -> String {
    match words {
        "no" | "yes" => String::new(),
        _ => words.to_owned(),
    }
}

/// The month that a value was read from, or what replaces it in the first month.
fn previous_words(view: View<'_, '_>, series: SeriesId, first: Option<String>) -> String {
    let month = view.evaluator.month().plus(-1);
    match (view.history.back(series.0 as usize, 1), first) {
        (None, Some(first)) => format!("{first}, because there is no month before"),
        _ => format!("the value of {month}"),
    }
}

/// The values of a window with their months, oldest first: `: 4.2 (2026-05), 4.1 (2026-06)`.
fn window_values(
    view: View<'_, '_>,
    series: SeriesId,
    months: WindowMonths,
    kind: &Type,
) -> String {
    let (newest, oldest) = view.evaluator.reach(months);
    let mut shown = Vec::new();
    for back in (newest..=oldest.min(newest + 11)).rev() {
        if let Some(Value::Number(value)) = view.history.back(series.0 as usize, back) {
            let month = view
                .evaluator
                .month()
                .plus(-i32::try_from(back).unwrap_or(0));
            shown.push(format!(
                "{} ({month})",
                Figure::new(value.clone(), kind.clone())
            ));
        }
    }
    if shown.is_empty() {
        String::new()
    } else {
        format!(": {}", shown.join(", "))
    }
}

/// A value with all its digits, for a rounding that cuts them off.
fn exact_words(evaluator: &Evaluator<'_>, id: NodeId) -> String {
    evaluator
        .number(id)
        .map_or_else(String::new, |number| match number.decimal_places() {
            Some(_) => number.to_string(),
            None => value_words(evaluator, id),
        })
}

fn quoted(sources: &Sources, span: crate::text::Span) -> String {
    let words: Vec<&str> = sources.slice(span).split_whitespace().collect();
    words.join(" ")
}

fn comparison_words(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Below => "below",
        Comparison::AtMost => "at most",
        Comparison::Above => "above",
        Comparison::AtLeast => "at least",
        Comparison::Is => "is",
        Comparison::IsNot => "is not",
    }
}

fn fold_words(fold: Fold) -> &'static str {
    match fold {
        Fold::Sum => "the sum",
        Fold::Average => "the average",
        Fold::Least => "the least",
        Fold::Greatest => "the greatest",
    }
}

fn window_words(months: WindowMonths) -> String {
    match months {
        WindowMonths::Last(count) => {
            format!("of this month and the {} before", count.saturating_sub(1))
        }
        WindowMonths::Previous(count) => format!("of the {count} months before"),
        WindowMonths::ContractYear => "of the contract year so far".to_owned(),
        WindowMonths::ContractYearBefore => "of the contract year before this month".to_owned(),
        WindowMonths::CalendarYear => "of the calendar year so far".to_owned(),
        WindowMonths::CalendarYearBefore => "of the calendar year before this month".to_owned(),
        WindowMonths::CalendarQuarter => "of the quarter so far".to_owned(),
        WindowMonths::CalendarQuarterBefore => "of the quarter before this month".to_owned(),
        WindowMonths::Term => "since the contract began".to_owned(),
        WindowMonths::TermBefore => "since the contract began, before this month".to_owned(),
    }
}
