//! Settlement: the deductions become lines, and the lines become a total.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::ledger::{LineKind, StepKind};
use crate::program::{Before, NodeId, Op};
use crate::syntax::tree::RoundScope;
use crate::text::Span;
use crate::typing::Context;

use super::limit::{self, MOST_PARTS};
use super::worksheet::LineHead;
use super::{DeductionKind, Worksheet, application, earn_back};

/// Turns the deductions, after limits, into lines: adjustments, then credits, then bonuses, then earn-backs.
pub fn deductions(cx: &mut Context<'_>, sheet: &mut Worksheet) {
    let deducted = deducted(cx, sheet);
    limit::bind_usages(cx, sheet, &deducted);
    let mut all = std::mem::take(&mut sheet.deductions);
    all.sort_by_key(|part| match part.kind {
        _ if part.carried => 3,
        DeductionKind::Adjustment => 0,
        DeductionKind::Credit => 1,
        DeductionKind::Bonus => 2,
    });
    let mut applied: BTreeMap<String, NodeId> = BTreeMap::new();
    for part in all {
        let kind = match part.kind {
            _ if part.carried => LineKind::CarriedForward,
            DeductionKind::Adjustment => LineKind::Adjustment,
            DeductionKind::Credit => LineKind::Credit,
            DeductionKind::Bonus => LineKind::Bonus,
        };
        if part.kind == DeductionKind::Credit && !part.carried {
            applied.entry(part.name.clone()).or_insert(part.amount);
        }
        for line in application::lines(cx, sheet, kind, &part) {
            sheet.before_tax.push(line.amount);
            cx.plan.lines.push(line);
        }
    }
    for paid in std::mem::take(&mut sheet.paid_out) {
        let head = LineHead {
            kind: LineKind::PaidOut,
            name: paid.name,
            title: None,
            clause: paid.clause.as_deref(),
            span: paid.span,
        };
        let mut line = head.line(cx, paid.amount, None);
        line.shown_when = Some(line.amount);
        sheet.before_tax.push(line.amount);
        cx.plan.lines.push(line);
    }
    for pending in std::mem::take(&mut sheet.pending) {
        if let Some(deducted) = applied.get(&pending.credit) {
            earn_back::read(cx, sheet, &pending, *deducted);
        }
    }
}

/// The amount of each deduction after all limits, as a fact: what its line takes off or pays.
fn deducted(cx: &mut Context<'_>, sheet: &mut Worksheet) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    for part in &mut sheet.deductions {
        let what = format!("{} deducted", part.name);
        let node = cx.fact(part.span, &what, part.held, Before::NotThere);
        if part.held == part.amount {
            part.amount = node;
        }
        part.held = node;
        nodes.push(node);
    }
    nodes
}

/// The total before tax of the lines so far: before the commitments, or including them.
pub fn subtotal(cx: &mut Context<'_>, sheet: &Worksheet, stage: &str, span: Span) {
    let money = cx.money();
    let node = cx.sum(sheet.before_tax.clone(), money, span);
    let node = cx.graph.alias(node, span);
    cx.totals.total = Some(cx.stage_fact(stage, node, span));
}

/// The amount to pay: the sum of all lines. If only the total is rounded, the lines are made to add up to it.
pub fn total(cx: &mut Context<'_>, span: Span) {
    let money = cx.money();
    let amounts: Vec<NodeId> = cx.plan.lines.iter().map(|line| line.amount).collect();
    let sum = cx.sum(amounts.clone(), money.clone(), span);
    let rounding = cx
        .rounding
        .clone()
        .filter(|rounding| rounding.scope == RoundScope::OnlyTheTotal);
    if let Some(rounding) = &rounding
        && amounts.len() > MOST_PARTS
    {
        let finding = Diagnostic::error(
            "too-many-parts",
            rounding.span,
            format!(
                "a rounded total cannot be divided among {} lines, only among {MOST_PARTS}",
                amounts.len()
            ),
        )
        .help("round each line instead: `round each line …`");
        cx.report(finding);
        return;
    }
    let total = match rounding {
        None => cx.graph.alias(sum, span),
        Some(rounding) => {
            let step = Box::new(rounding.rounding.step.clone());
            let total = cx.node(
                Op::Round(sum, Box::new(rounding.rounding)),
                money.clone(),
                rounding.span,
            );
            let parts: Box<[NodeId]> = amounts.into();
            for index in 0..parts.len() {
                let position = u32::try_from(index).unwrap_or(u32::MAX);
                let share = Op::Share {
                    parts: parts.clone(),
                    total,
                    step: step.clone(),
                    index: position,
                };
                let amount = cx.node(share, money.clone(), rounding.span);
                if let Some(line) = cx.plan.lines.get_mut(index) {
                    let name = line.name.clone();
                    // The line has its new amount. The old one is only a step towards it.
                    let exact = format!("{name} before rounding");
                    cx.graph.rename(line.amount, StepKind::Part, exact);
                    line.amount = amount;
                    cx.graph
                        .label(amount, StepKind::Line, name, line.clause.clone());
                }
            }
            total
        }
    };
    cx.graph.label(total, StepKind::Total, "total", None);
    cx.plan.total = Some(total);
}
