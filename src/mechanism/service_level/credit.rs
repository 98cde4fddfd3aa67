//! What a miss costs.

use crate::ledger::StepKind;
use crate::program::{NodeId, Op};
use crate::syntax::tree::{Applied, Every, Expr, SlCredit, SlStatement};
use crate::text::Span;
use crate::typing::{BandsDefault, BandsOf, Context, Share, Typed};

use super::super::negative::{refuse_negative, refuse_negative_bands};
use super::{Month, Reading};
use crate::mechanism::{Deduction, DeductionKind, Replacing, Worksheet};

impl Reading<'_> {
    /// The cost of the miss before limits, with share and base if all amounts are shares of one base.
    pub(super) fn amount(
        &self,
        cx: &mut Context<'_>,
        month: &Month,
        every: Every,
    ) -> Option<(NodeId, Option<Share>)> {
        let stated = self.credit_of_a_miss(cx, month.critical);
        let span = stated.as_ref().map_or(self.span, |(_, span)| *span);
        let credit = match stated {
            Some((value, _)) => {
                let value = value?;
                // A fixed amount is already in the contract's words.
                let value = match value.constant {
                    Some(_) => value,
                    None => labelled(cx, value, "credit of one miss"),
                };
                Some(self.repeated(cx, value, month, every)?)
            }
            None => None,
        };
        let value = self.with_persistent(cx, credit, month, every)?;
        let money = cx.money();
        let zero = cx.number(0, money.clone(), span);
        let due = cx.node(Op::If(month.failed, value.node, zero), money, span);
        Some((due, value.share.map(|share| *share)))
    }

    /// The cost of one miss: as the service level itself states, or as its share of an at-risk amount. Nothing if
    /// neither is stated, and an unknown value if it could not be read.
    fn credit_of_a_miss(
        &self,
        cx: &mut Context<'_>,
        critical: Option<NodeId>,
    ) -> Option<(Option<Typed>, Span)> {
        let mut statements = self.level.statements.iter();
        let stated = statements.find_map(|statement| match statement {
            SlStatement::Credit(credit, span) => Some((credit, *span)),
            _ => None,
        });
        let Some((credit, span)) = stated else {
            let pooled = self.pooled.as_ref()?;
            let known = !pooled.credit.is_unknown();
            return Some((known.then(|| pooled.credit.clone()), pooled.span));
        };
        Some((self.stated(cx, credit, critical, span), span))
    }

    /// The ordinary credit, or the critical one.
    fn stated(
        &self,
        cx: &mut Context<'_>,
        credit: &SlCredit,
        critical: Option<NodeId>,
        span: Span,
    ) -> Option<Typed> {
        match credit {
            SlCredit::Amounts(ordinary, severe) => {
                for amount in std::iter::once(ordinary).chain(severe) {
                    refuse_negative(cx, amount, "a credit");
                }
                self.written_amounts(cx, ordinary, severe.as_ref(), critical, span)
            }
            SlCredit::Bands(bands) => {
                refuse_negative_bands(cx, bands, "a credit");
                let money = cx.money();
                let subject = self.subject.clone();
                let subject = Typed {
                    optional: false,
                    ..subject
                };
                let of = BandsOf {
                    subject: &subject,
                    what: "a credit",
                    wanted: Some(money),
                    default: BandsDefault::Zero,
                };
                let value = cx.bands(&of, bands).value;
                (!value.is_unknown()).then_some(value)
            }
        }
    }

    fn written_amounts(
        &self,
        cx: &mut Context<'_>,
        ordinary: &Expr,
        severe: Option<&Expr>,
        critical: Option<NodeId>,
        span: Span,
    ) -> Option<Typed> {
        let ordinary = cx.expression(ordinary);
        let ordinary = cx.demand_amount(ordinary, "a credit");
        let Some(severe) = severe else {
            return (!ordinary.is_unknown()).then_some(ordinary);
        };
        let severe_span = severe.span;
        let severe = cx.expression(severe);
        let severe = cx.demand_amount(severe, "a credit");
        let Some(critical) = critical else {
            cx.missing(
                "missing-critical-level",
                severe_span,
                "a credit for a critical miss is stated, but no critical level".to_owned(),
                "it could never be paid",
                format!(
                    "add `critical {} …`",
                    if self.higher_is_better {
                        "below"
                    } else {
                        "above"
                    }
                ),
            );
            return None;
        };
        if ordinary.is_unknown() || severe.is_unknown() {
            return None;
        }
        let money = cx.money();
        let node = cx.node(
            Op::If(critical, severe.node, ordinary.node),
            money.clone(),
            span,
        );
        let mut value = Typed::new(node, money, span);
        if let (Some(a), Some(b)) = (&severe.share, &ordinary.share)
            && a.rate.kind == b.rate.kind
            && cx.quote(a.base.span) == cx.quote(b.base.span)
        {
            let rate = cx.node(
                Op::If(critical, a.rate.node, b.rate.node),
                a.rate.kind.clone(),
                span,
            );
            value.share = Some(Box::new(Share {
                rate: Typed::new(rate, a.rate.kind.clone(), span),
                base: b.base.clone(),
            }));
        }
        Some(value)
    }

    pub(super) fn deduct(
        &self,
        cx: &mut Context<'_>,
        sheet: &mut Worksheet,
        amount: NodeId,
        share: Option<Share>,
        failed: NodeId,
    ) -> Typed {
        let money = cx.money();
        let zero = cx.number(0, money.clone(), self.span);
        let amount = cx.node(Op::Max(Box::new([amount, zero])), money, self.span);
        let amount = cx.line_amount(amount, self.span);
        let amount = cx.graph.alias(amount, self.span);
        sheet.deductions.push(Deduction {
            kind: DeductionKind::Credit,
            name: self.name.clone(),
            item: self.level.name.text.clone(),
            title: self.level.title.as_ref().map(|title| title.text.clone()),
            clause: self.clause.clone(),
            span: self.span,
            amount,
            held: amount,
            share,
            cuts: Vec::new(),
            carried: false,
            shown_when: Some(failed),
            applied: self.applied(),
        });
        Typed::new(amount, cx.money(), self.level.name.span)
    }

    /// Records that the credit replaces other credits.
    pub(super) fn in_place(
        &self,
        cx: &mut Context<'_>,
        sheet: &mut Worksheet,
        critical: Option<NodeId>,
    ) {
        let found = self
            .level
            .statements
            .iter()
            .find_map(|statement| match statement {
                SlStatement::InPlace(in_place, span) => Some((in_place, *span)),
                _ => None,
            });
        let Some((in_place, span)) = found else {
            return;
        };
        if in_place.when_critical && critical.is_none() {
            cx.missing(
                "missing-critical-level",
                span,
                "this speaks of a critical miss, but no critical level is stated".to_owned(),
                "it could never apply",
                "add `critical below …`, or `critical above …`".to_owned(),
            );
            return;
        }
        sheet.replacing.push(Replacing {
            name: self.name.clone(),
            in_place: in_place.clone(),
            when: critical.filter(|_| in_place.when_critical),
            clause: self.clause.clone(),
        });
    }

    /// The invoice on which the credit is applied, if the service level states one.
    fn applied(&self) -> Option<Applied> {
        self.level
            .statements
            .iter()
            .find_map(|statement| match statement {
                SlStatement::Applied(applied, _) => Some(*applied),
                _ => None,
            })
    }
}

/// The amount as a step of its own, so that a story shows what it is a share of.
pub(super) fn labelled(cx: &mut Context<'_>, amount: Typed, name: &str) -> Typed {
    let node = cx.graph.alias(amount.node, amount.span);
    cx.graph.label(node, StepKind::Part, name, None);
    Typed { node, ..amount }
}
