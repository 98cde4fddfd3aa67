//! Turns a computed month into its statement.

use crate::calendar::Month;
use crate::ledger::{Cut, Line, Measure, Notice, NoticeKind, Part, Refusal, Statement};
use crate::program::{LinePlan, MeasurePlan, NodeId, NoticePlan, Op, Piece, WindowMonths};
use crate::quantity::{Exact, Figure, Type};

use super::evaluator::Evaluator;
use super::refusal;
use super::value::Value;

/// The statement of the month that the evaluator computed last.
///
/// # Errors
/// If an amount could not be computed: every reason why, and nothing else.
pub fn invoice(
    evaluator: &Evaluator<'_>,
    account: Option<&str>,
) -> Result<Statement, Box<Refusal>> {
    let plan = &evaluator.program().plan;
    let (Some(total), Some(currency)) = (plan.total, plan.currency) else {
        return Err(Box::new(refusal::of(evaluator, account, &[])));
    };
    let mut needed = vec![total];
    needed.extend(plan.lines.iter().map(|line| line.amount));
    let Some(amount) = evaluator.number(total) else {
        return Err(Box::new(refusal::of(evaluator, account, &needed)));
    };
    if needed.iter().any(|id| evaluator.number(*id).is_none()) {
        return Err(Box::new(refusal::of(evaluator, account, &needed)));
    }
    let shown = plan.lines.iter().filter(|line| is_shown(evaluator, line));
    let mut lines = Vec::with_capacity(plan.lines.len());
    lines.extend(shown.map(|plan| line(evaluator, plan)));
    let given = plan
        .notices
        .iter()
        .filter_map(|plan| notice(evaluator, plan));
    let unmeasured = plan
        .measures
        .iter()
        .filter_map(|plan| unmeasured(evaluator, plan));
    let signed = signed_later(evaluator);
    let notices = signed.into_iter().chain(given).chain(unmeasured).collect();
    let measures = plan
        .measures
        .iter()
        .map(|measure| Measure {
            name: measure.name.clone(),
            title: measure.title.clone(),
            clause: measure.clause.clone(),
            value: figure(evaluator, measure.node),
        })
        .collect();
    Ok(Statement {
        account: account.map(str::to_owned),
        month: evaluator.month(),
        amendment: plan.amendment.clone(),
        currency,
        lines,
        total: amount.clone(),
        measures,
        notices,
    })
}

/// A notice if the month's amendment was signed only after the month could already have been invoiced.
fn signed_later(evaluator: &Evaluator<'_>) -> Option<Notice> {
    let plan = &evaluator.program().plan;
    let amendment = plan.amendment.as_ref()?;
    let signed = amendment.signed?;
    if Month::of(signed) <= evaluator.month() {
        return None;
    }
    Some(Notice {
        kind: NoticeKind::SignedLater,
        name: amendment.name.clone(),
        text: format!(
            "computed under an amendment signed on {signed}; an invoice that was issued before then changes only through a correction"
        ),
        clause: amendment.clause.clone(),
        span: plan.term_span?,
    })
}

/// The total of the month that the evaluator computed last; nothing if [`invoice`] would refuse it.
#[must_use]
pub fn invoiced<'e>(evaluator: &'e Evaluator<'_>) -> Option<&'e Exact> {
    let plan = &evaluator.program().plan;
    plan.currency?;
    let mut lines = plan.lines.iter();
    let all = lines.all(|line| evaluator.number(line.amount).is_some());
    evaluator.number(plan.total?).filter(|_| all)
}

/// The value of a node with its type, if it has one.
pub(super) fn figure(evaluator: &Evaluator<'_>, id: NodeId) -> Option<Figure> {
    let kind = evaluator
        .program()
        .node(id)
        .map_or(Type::Unknown, |node| node.kind.clone());
    evaluator
        .number(id)
        .map(|number| Figure::new(number.clone(), kind))
}

fn amount(evaluator: &Evaluator<'_>, id: NodeId) -> Exact {
    evaluator.number(id).cloned().unwrap_or_else(Exact::zero)
}

/// Whether a line is shown. A line that is not always shown is left out only if it is zero, so the lines always sum to
/// the total.
fn is_shown(evaluator: &Evaluator<'_>, line: &LinePlan) -> bool {
    line.shown_when.is_none_or(|when| evaluator.holds(when)) || evaluator.holds(line.amount)
}

fn line(evaluator: &Evaluator<'_>, plan: &LinePlan) -> Line {
    let cuts = plan.cuts.iter().map(|cut| Cut {
        before: amount(evaluator, cut.before),
        after: amount(evaluator, cut.after),
        limit: cut.limit.clone(),
        clause: cut.clause.clone(),
    });
    let parts = plan.parts.iter().filter_map(|part| {
        Some(Part {
            label: part.label.clone(),
            quantity: figure(evaluator, part.quantity)?,
            rate: figure(evaluator, part.rate)?,
            amount: evaluator.number(part.amount)?.clone(),
        })
    });
    Line {
        kind: plan.kind,
        name: plan.name.clone(),
        title: plan.title.clone(),
        clause: plan.clause.clone(),
        quantity: plan.quantity.and_then(|id| figure(evaluator, id)),
        rate: plan.rate.and_then(|id| figure(evaluator, id)),
        base: plan.base.and_then(|id| figure(evaluator, id)),
        base_name: plan.base_name.clone(),
        amount: amount(evaluator, plan.amount),
        exact: before_rounding(evaluator, plan.amount),
        arose: plan.arose.map(|months| arose(evaluator, plan, months)),
        cuts: cuts.filter(|cut| cut.before != cut.after).collect(),
        parts: parts
            .filter(|part| !part.quantity.value.is_zero())
            .collect(),
        span: plan.span,
    }
}

/// The value that was rounded to an amount; the amount itself if nothing was rounded.
fn before_rounding(evaluator: &Evaluator<'_>, id: NodeId) -> Exact {
    let mut at = id;
    let mut negative = false;
    // A node uses only nodes before it, so this ends.
    let exact = loop {
        match evaluator.program().node(at).map(|node| &node.op) {
            Some(Op::Negate(of)) => {
                negative = !negative;
                at = *of;
            }
            Some(Op::Sum(of)) => match of.as_ref() {
                [one] => at = *one,
                _ => break amount(evaluator, at),
            },
            Some(Op::Round(of, _)) => break amount(evaluator, *of),
            Some(Op::Share { parts, index, .. }) => match parts.get(*index as usize) {
                Some(part) => break amount(evaluator, *part),
                None => break amount(evaluator, at),
            },
            _ => break amount(evaluator, at),
        }
    };
    if negative { exact.negate() } else { exact }
}

/// The months in which a line's amount arose, or since which it has been open under an earlier version.
fn arose(evaluator: &Evaluator<'_>, plan: &LinePlan, months: WindowMonths) -> (Month, Month) {
    let since = plan.arose_since.and_then(|since| evaluator.number(since));
    arose_in(evaluator.months_of(months), since)
}

/// The months of a window in which an amount arose, if it arose only since a month.
#[must_use]
pub fn arose_in((first, last): (Month, Month), since: Option<&Exact>) -> (Month, Month) {
    let since = since.and_then(Exact::to_integer);
    let back = since.and_then(|since| i32::try_from(i64::from(last.index()) - since).ok());
    (back.map_or(first, |back| last.plus(-back)), last)
}

/// A notice about a metric that could not be measured, although every amount could be computed.
fn unmeasured(evaluator: &Evaluator<'_>, plan: &MeasurePlan) -> Option<Notice> {
    if !matches!(evaluator.value(plan.node), Value::Fault(_)) {
        return None;
    }
    let reasons = refusal::of(evaluator, None, &[plan.node]).reasons;
    let reasons: Vec<String> = reasons.into_iter().map(|reason| reason.message).collect();
    Some(Notice {
        kind: NoticeKind::Unmeasured,
        name: plan.name.clone(),
        text: reasons.join("; "),
        clause: plan.clause.clone(),
        span: plan.span,
    })
}

/// A notice whose condition is met. If the condition could not be decided, the notice says so and is never silently
/// dropped.
fn notice(evaluator: &Evaluator<'_>, plan: &NoticePlan) -> Option<Notice> {
    let undecided = matches!(evaluator.value(plan.when), Value::Fault(_));
    if !undecided && !evaluator.holds(plan.when) {
        return None;
    }
    let mut text = if undecided {
        String::from("cannot be decided, because what it reads could not be computed: ")
    } else {
        String::new()
    };
    for piece in &plan.text {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Value(id) => match figure(evaluator, *id) {
                Some(figure) => text.push_str(&figure.to_string()),
                None => text.push_str("(no value)"),
            },
        }
    }
    Some(Notice {
        kind: plan.kind,
        name: plan.name.clone(),
        text,
        clause: plan.clause.clone(),
        span: plan.span,
    })
}
