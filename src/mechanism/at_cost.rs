//! Charges at cost: what the supplier has spent, either as it was (pass-through) or with a margin (cost-plus), each up
//! to a maximum.

use crate::ledger::StepKind;
use crate::program::{NodeId, Op, PartPlan};
use crate::quantity::{Exact, Type};
use crate::syntax::tree::{AtCost, Expr};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::charge::{Priced, share};

/// The amount while it is being built up, with the parts that the line shows.
struct Bill {
    amount: NodeId,
    parts: Vec<PartPlan>,
}

/// Reads `at cost of …`: the cost up to its maximum, plus the margin on that, up to the overall maximum.
pub(super) fn read(cx: &mut Context<'_>, terms: &AtCost) -> Priced {
    let cost = cx.expression(&terms.cost);
    let cost = cx.demand_amount(cost, "the cost");
    let most_cost = most(
        cx,
        terms.most_cost.as_ref(),
        "the most that the cost counts",
    );
    let margin = terms.margin.as_ref().map(|margin| margin_of(cx, margin));
    let most = most(cx, terms.most.as_ref(), "the most that is paid");
    let all = [
        Some(&cost),
        most_cost.as_ref(),
        margin.as_ref(),
        most.as_ref(),
    ];
    if all.into_iter().flatten().any(Typed::is_unknown) {
        return Priced::unknown(cx, terms.span);
    }
    let whole = hundred_percent(cx, terms.cost.span);
    let label = cx.quote(terms.cost.span);
    let part = PartPlan {
        label: format!("cost: {label}"),
        quantity: cost.node,
        rate: whole,
        amount: cost.node,
    };
    let mut bill = Bill {
        amount: cost.node,
        parts: vec![part],
    };
    if let Some(most) = &most_cost {
        bill.held(cx, most);
    }
    if let Some(margin) = &margin {
        bill.add_margin(cx, margin, terms.span);
    }
    if let Some(most) = &most {
        bill.held(cx, most);
    }
    let money = cx.money();
    let mut amount = Typed::new(bill.amount, money, terms.span);
    if let ([_], Some(share)) = (bill.parts.as_slice(), passed_through(cx, &cost)) {
        amount.share = Some(share);
        bill.parts.clear();
    }
    Priced {
        amount,
        parts: bill.parts,
        quantity: None,
    }
}

fn most(cx: &mut Context<'_>, most: Option<&Expr>, what: &str) -> Option<Typed> {
    let most = cx.expression(most?);
    Some(cx.demand_amount(most, what))
}

/// A share of the cost, or an amount of money.
fn margin_of(cx: &mut Context<'_>, margin: &Expr) -> Typed {
    let value = cx.expression(margin);
    match value.kind {
        Type::Quantity(_) => cx.demand_amount(value, "a margin"),
        _ => cx.demand(value, &Type::Percent, "a margin"),
    }
}

/// 100% of the cost, which is what a line without a margin shows.
fn passed_through(cx: &mut Context<'_>, cost: &Typed) -> Option<Box<crate::typing::Share>> {
    let whole = hundred_percent(cx, cost.span);
    let rate = Typed::new(whole, Type::Percent, cost.span);
    share(&rate, cost)
}

fn hundred_percent(cx: &mut Context<'_>, span: Span) -> NodeId {
    cx.graph.constant(Exact::one(), Type::Percent, span)
}

impl Bill {
    /// Limits the amount so far to the maximum. The part above it is shown as taken off.
    fn held(&mut self, cx: &mut Context<'_>, most: &Typed) {
        let money = cx.money();
        let capped = Op::Min(Box::new([self.amount, most.node]));
        let capped = cx.node(capped, money.clone(), most.span);
        let words = format!("at most {}", cx.quote(most.span));
        cx.graph.label(capped, StepKind::Limit, words.clone(), None);
        let excess = Op::Subtract(capped, self.amount);
        let excess = cx.node(excess, money, most.span);
        self.parts.push(PartPlan {
            label: words,
            quantity: excess,
            rate: hundred_percent(cx, most.span),
            amount: excess,
        });
        self.amount = capped;
    }

    fn add_margin(&mut self, cx: &mut Context<'_>, margin: &Typed, span: Span) {
        let money = cx.money();
        let (quantity, rate, amount) = match margin.kind {
            Type::Percent => {
                let product = Op::Multiply(margin.node, self.amount);
                let amount = cx.node(product, money.clone(), margin.span);
                (self.amount, margin.node, amount)
            }
            _ => {
                // This is a copy, so that it can have another name.
                let amount = cx.graph.alias(margin.node, margin.span);
                (amount, hundred_percent(cx, margin.span), amount)
            }
        };
        cx.graph.label(amount, StepKind::Part, "margin", None);
        self.parts.push(PartPlan {
            label: "margin".to_owned(),
            quantity,
            rate,
            amount,
        });
        let sum = Op::Sum(Box::new([self.amount, amount]));
        self.amount = cx.node(sum, money, span);
    }
}
