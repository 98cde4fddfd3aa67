//! The effect of repeated failure on a credit: factors from a number of failures in a row onwards, or one factor that
//! grows with each failure.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Cause, Comparison, NodeId, Op};
use crate::quantity::{Exact, Type};
use crate::syntax::tree::{Every, Expr, Name, Repeat, Repeated, SlStatement};
use crate::text::Span;
use crate::typing::{Context, Share, Typed};

use super::{Month, Reading};
use crate::mechanism::award::at_least_zero;

impl Reading<'_> {
    /// The credit times the factor for repeated failure.
    pub(super) fn repeated(
        &self,
        cx: &mut Context<'_>,
        value: Typed,
        month: &Month,
        every: Every,
    ) -> Option<Typed> {
        let mut statements = self.level.statements.iter();
        let found = statements.find_map(|statement| match statement {
            SlStatement::Repeated(repeated, span) => Some((repeated, *span)),
            _ => None,
        });
        let Some((repeated, span)) = found else {
            return Some(value);
        };
        let value = at_least_zero(cx, value);
        let factor = match &repeated.growth {
            Some(growth) => growing(cx, repeated, growth, month, span)?,
            None => stepped(cx, repeated, month, every, span)?,
        };
        let factor = match &repeated.most {
            Some(most) => {
                let most = cx.expression(most);
                cx.refuse_grouped_number(&most);
                let most = cx.demand(most, &Type::Number, "the greatest factor");
                cx.node(Op::Min(Box::new([factor, most.node])), Type::Number, span)
            }
            None => factor,
        };
        cx.graph
            .label(factor, StepKind::Part, "factor for repeated failure", None);
        Some(times(cx, value, factor, span))
    }
}

/// The factor of the last step that is reached. If the factors compound, the product of all that are reached.
fn stepped(
    cx: &mut Context<'_>,
    repeated: &Repeated,
    month: &Month,
    every: Every,
    span: Span,
) -> Option<NodeId> {
    let mut factor = cx.number(1, Type::Number, span);
    let mut last = 1;
    for repeat in &repeated.steps {
        let months = cx.count_of_months(&repeat.months)?;
        check_period(cx, &repeat.periods, every);
        let by = cx.expression(&repeat.factor);
        cx.refuse_grouped_number(&by);
        let by = cx.demand(by, &Type::Number, "the factor for repeated failure");
        if months <= last {
            out_of_order(cx, repeat);
        }
        last = months;
        let threshold = cx.number(i64::from(months), Type::Number, span);
        let reached = cx.node(
            Op::Compare(Comparison::AtLeast, month.run, threshold),
            Type::Flag,
            span,
        );
        let then = if repeated.compounding == Some(true) {
            cx.node(Op::Multiply(factor, by.node), Type::Number, span)
        } else {
            by.node
        };
        factor = cx.node(Op::If(reached, then, factor), Type::Number, span);
    }
    Some(factor)
}

fn out_of_order(cx: &mut Context<'_>, repeat: &Repeat) {
    let finding = Diagnostic::error(
        "repeat-out-of-order",
        repeat.months.span,
        "the numbers of months must rise, from 2 on",
    )
    .help("write `repeated 2 months x 1.5, 3 months x 2`");
    cx.report(finding);
}

/// Checks the period: a run is counted in the periods in which the target is settled.
pub(super) fn check_period(cx: &mut Context<'_>, word: &Name, every: Every) {
    let (stem, settled) = match every {
        Every::Month => ("month", "month"),
        Every::Quarter => ("quarter", "quarter"),
        Every::ContractYear => ("year", "contract year"),
        Every::CalendarYear => ("year", "calendar year"),
    };
    if word.text.trim_end_matches('s') == stem {
        return;
    }
    let finding = Diagnostic::error(
        "other-period",
        word.span,
        format!(
            "the target is settled each {settled}, so no {} is counted here",
            word.text.trim_end_matches('s')
        ),
    )
    .help(if word.text.ends_with('s') {
        format!("write `{stem}s`")
    } else {
        format!("write `{stem}`")
    });
    cx.report(finding);
}

/// A factor that is 1 for the first failure in a row and grows with each further one.
fn growing(
    cx: &mut Context<'_>,
    repeated: &Repeated,
    growth: &Expr,
    month: &Month,
    span: Span,
) -> Option<NodeId> {
    let growth = cx.expression(growth);
    let growth = cx.demand(growth, &Type::Percent, "what each further failure adds");
    let Some(compounding) = repeated.compounding else {
        ask_for_compounding(cx, growth.constant.as_ref(), span);
        return None;
    };
    let one = cx.number(1, Type::Number, span);
    Some(if compounding {
        let more = cx.node(Op::Sum(Box::new([one, growth.node])), Type::Number, span);
        compounded(cx, more, month, span)
    } else {
        let further = cx.node(Op::Subtract(month.run, one), Type::Number, span);
        let added = cx.node(Op::Multiply(growth.node, further), Type::Number, span);
        cx.node(Op::Sum(Box::new([one, added])), Type::Number, span)
    })
}

/// `more` to the power of the number of earlier failures in the run. It is kept from month to month, because a month
/// that does not extend the run leaves it unchanged.
fn compounded(cx: &mut Context<'_>, more: NodeId, month: &Month, span: Span) -> NodeId {
    let series = cx.new_series();
    let one = cx.number(1, Type::Number, span);
    let before = cx.node(Op::Previous(series, Some(one)), Type::Number, span);
    let is_first = cx.node(
        Op::Compare(Comparison::AtMost, month.run, one),
        Type::Flag,
        span,
    );
    let grown = cx.node(Op::Multiply(before, more), Type::Number, span);
    let now = cx.node(Op::If(is_first, one, grown), Type::Number, span);
    let now = cx.node(Op::If(month.extends, now, before), Type::Number, span);
    let kept = cx.node(Op::Recover(now, Cause::Any, before), Type::Number, span);
    cx.graph.bind_series(series, kept);
    kept
}

fn ask_for_compounding(cx: &mut Context<'_>, growth: Option<&Exact>, span: Span) {
    let mut finding = Diagnostic::error(
        "open-compounding",
        span,
        "the contract does not say whether each further failure adds to the first credit or to the one before",
    );
    if let Some(growth) = growth {
        let more = Exact::one().add(growth);
        finding = finding.because(format!(
            "the third failure in a row costs {} times the credit if it compounds, and {} times if it does not",
            more.multiply(&more),
            more.add(growth)
        ));
    }
    cx.report(finding.help("append `compounding` or `not compounding`"));
}

/// The amount and its share, times the factor.
fn times(cx: &mut Context<'_>, value: Typed, factor: NodeId, span: Span) -> Typed {
    let money = cx.money();
    let node = cx.node(Op::Multiply(value.node, factor), money.clone(), span);
    let mut product = Typed::new(node, money, span);
    product.share = value.share.map(|share| {
        let kind = share.rate.kind.clone();
        let rate = cx.node(Op::Multiply(share.rate.node, factor), kind.clone(), span);
        Box::new(Share {
            rate: Typed::new(rate, kind, span),
            base: share.base,
        })
    });
    product
}
