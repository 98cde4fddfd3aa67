//! Adjustments: a score or KPI decides by what percentage a price goes up or down.

use crate::catalogue;
use crate::diagnostic::Diagnostic;
use crate::program::{NodeId, Op};
use crate::quantity::Type;
use crate::syntax::tree::{Adjust, AdjustTarget, Text};
use crate::text::Span;
use crate::typing::{BandsDefault, BandsOf, Context, Share, Typed};

use super::{Deduction, DeductionKind, Worksheet};

/// Reads an adjustment: the percentage × the charges that it names.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    adjust: &Adjust,
    clause: Option<&Text>,
    span: Span,
) {
    let by = cx.expression(&adjust.by);
    let of = BandsOf {
        subject: &by,
        what: "an adjustment",
        wanted: Some(Type::Percent),
        default: BandsDefault::MustBeStated,
    };
    let percent = cx.bands(&of, &adjust.bands).value;
    let Some((base, words)) = base(cx, &adjust.target, span) else {
        return;
    };
    if percent.is_unknown() || base.is_unknown() {
        return;
    }
    let money = cx.money();
    let amount = cx.node(Op::Multiply(percent.node, base.node), money.clone(), span);
    let amount = cx.line_amount(amount, span);
    let held = reduction(cx, amount, span);
    sheet.deductions.push(Deduction {
        kind: DeductionKind::Adjustment,
        name: format!("{words} by {}", cx.quote(adjust.by.span)),
        item: words,
        title: adjust.title.as_ref().map(|title| title.text.clone()),
        clause: clause.map(|clause| clause.text.clone()),
        span,
        amount,
        held,
        share: Some(Share {
            rate: percent,
            base,
        }),
        cuts: Vec::new(),
        carried: false,
        shown_when: None,
        applied: None,
    });
}

/// The amount that the adjustment takes off, as a positive amount; 0 if it adds something.
pub(super) fn reduction(cx: &mut Context<'_>, amount: NodeId, span: Span) -> NodeId {
    let money = cx.money();
    let turned = cx.node(Op::Negate(amount), money.clone(), span);
    let zero = cx.number(0, money.clone(), span);
    cx.node(Op::Max(Box::new([turned, zero])), money, span)
}

pub(super) fn base(
    cx: &mut Context<'_>,
    target: &AdjustTarget,
    span: Span,
) -> Option<(Typed, String)> {
    let money = cx.money();
    match target {
        AdjustTarget::AllCharges(span) => {
            let node = cx.totals.charges?;
            let node = cx.graph.alias(node, *span);
            Some((Typed::new(node, money, *span), "charges".to_owned()))
        }
        AdjustTarget::Named(paths) => {
            let mut nodes = Vec::new();
            for path in paths {
                let symbol = cx.find(&path.name)?;
                if symbol.what != catalogue::ItemKind::Charge {
                    let finding = Diagnostic::error(
                        "not-a-charge",
                        path.span,
                        format!(
                            "`{}` is {}, and only a charge can be adjusted",
                            path.name.text,
                            symbol.what.with_article()
                        ),
                    )
                    .and_at(symbol.span, "declared here")
                    .help("name a charge whose price changes, or `charges` for all of them");
                    cx.report(finding);
                    return None;
                }
                let value = if path.member.is_some() {
                    cx.value_of(path)
                } else {
                    cx.total_of(path, path.span)
                };
                nodes.push(value.node);
            }
            let first = paths.first().map_or(span, |path| path.span);
            let place = paths.last().map_or(first, |last| first.to(last.span));
            let node = cx.sum(nodes, money.clone(), place);
            Some((Typed::new(node, money, place), cx.quote(place)))
        }
    }
}
