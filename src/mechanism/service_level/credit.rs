//! What a miss costs: the credit, its factor for repeated failure, and how it can be earned back.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Comparison, NodeId, Op};
use crate::quantity::Type;
use crate::syntax::tree::{Applied, Expr, SlCredit, SlStatement};
use crate::text::Span;
use crate::typing::{BandsDefault, BandsOf, Context, Share, Typed};

use super::Reading;
use crate::mechanism::{Deduction, DeductionKind, Pending, Replacing, Worksheet};

impl Reading<'_> {
    /// What the miss costs, before limits, with share and base where all amounts are shares of one base.
    pub(super) fn amount(
        &self,
        cx: &mut Context<'_>,
        failed: NodeId,
        critical: Option<NodeId>,
        run: NodeId,
    ) -> Option<(NodeId, Option<Share>)> {
        let (value, span) = self.credit_of_a_miss(cx, critical)?;
        let (amount, share) = self.repeated(cx, value, run)?;
        let money = cx.money();
        let zero = cx.number(0, money.clone(), span);
        Some((cx.node(Op::If(failed, amount, zero), money, span), share))
    }

    /// What one miss costs: by the service level's own words, or as its share of an at-risk amount.
    fn credit_of_a_miss(
        &self,
        cx: &mut Context<'_>,
        critical: Option<NodeId>,
    ) -> Option<(Typed, Span)> {
        let stated = self
            .level
            .statements
            .iter()
            .find_map(|statement| match statement {
                SlStatement::Credit(credit, span) => Some((credit, *span)),
                _ => None,
            });
        let Some((credit, span)) = stated else {
            let pooled = self.pooled.as_ref()?;
            let known = !pooled.credit.is_unknown();
            return known.then(|| (pooled.credit.clone(), pooled.span));
        };
        let value = match credit {
            SlCredit::Amounts(ordinary, severe) => {
                self.written_amounts(cx, ordinary, severe.as_ref(), critical, span)?
            }
            SlCredit::Bands(bands) => {
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
                if value.is_unknown() {
                    return None;
                }
                value
            }
        };
        Some((value, span))
    }

    pub(super) fn written_amounts(
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

    /// The credit times the factor for repeated failure. Factors replace each other: they do not compound.
    pub(super) fn repeated(
        &self,
        cx: &mut Context<'_>,
        value: Typed,
        run: NodeId,
    ) -> Option<(NodeId, Option<Share>)> {
        let share = value.share.as_deref().cloned();
        let found = self
            .level
            .statements
            .iter()
            .find_map(|statement| match statement {
                SlStatement::Repeated(repeats, span) => Some((repeats, *span)),
                _ => None,
            });
        let Some((repeats, span)) = found else {
            return Some((value.node, share));
        };
        let mut factor = cx.number(1, Type::Number, span);
        let mut last = 1;
        for repeat in repeats {
            let months = cx.count_of_months(&repeat.months)?;
            let by = cx.expression(&repeat.factor);
            let by = cx.demand(by, &Type::Number, "the factor for repeated failure");
            if months <= last {
                let finding = Diagnostic::error(
                    "repeat-out-of-order",
                    repeat.months.span,
                    "the numbers of months must rise, from 2 on",
                )
                .help("write `repeated 2 months x 1.5, 3 months x 2`");
                cx.report(finding);
            }
            last = months;
            let threshold = cx.number(i64::from(months), Type::Number, span);
            let reached = cx.node(
                Op::Compare(Comparison::AtLeast, run, threshold),
                Type::Flag,
                span,
            );
            factor = cx.node(Op::If(reached, by.node, factor), Type::Number, span);
        }
        cx.graph
            .label(factor, StepKind::Part, "factor for repeated failure", None);
        let money = cx.money();
        let amount = cx.node(Op::Multiply(value.node, factor), money, span);
        let share = share.map(|share| {
            let node = cx.node(
                Op::Multiply(share.rate.node, factor),
                share.rate.kind.clone(),
                span,
            );
            Share {
                rate: Typed::new(node, share.rate.kind.clone(), span),
                base: share.base,
            }
        });
        Some((amount, share))
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

    /// Notes that the credit comes in place of others.
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
                "it could never hold",
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

    /// On which invoice the credit stands, where the service level says so.
    fn applied(&self) -> Option<Applied> {
        self.level
            .statements
            .iter()
            .find_map(|statement| match statement {
                SlStatement::Applied(applied, _) => Some(*applied),
                _ => None,
            })
    }

    /// A month is good if it is at the level of the earn-back and is not itself a miss.
    pub(super) fn earn_back(
        &self,
        cx: &mut Context<'_>,
        sheet: &mut Worksheet,
        failed: NodeId,
        skipped: NodeId,
    ) {
        for statement in &self.level.statements {
            let SlStatement::EarnBack(terms, span) = statement else {
                continue;
            };
            let Some(months) = cx.count_of_months(&terms.months) else {
                continue;
            };
            let level = cx.expression(&terms.level);
            let Some((_, level)) = cx.unify(&self.subject, &level, "compared with", *span) else {
                continue;
            };
            let comparison = if self.higher_is_better {
                Comparison::AtLeast
            } else {
                Comparison::AtMost
            };
            let good = cx.node(
                Op::Compare(comparison, self.subject.node, level.node),
                Type::Flag,
                *span,
            );
            let good = if self.subject.optional {
                let no = cx.number(0, Type::Flag, *span);
                cx.node(Op::IfKnown(good, no), Type::Flag, *span)
            } else {
                good
            };
            let not_missed = cx.node(Op::Not(failed), Type::Flag, *span);
            let good = cx.node(Op::And(Box::new([not_missed, good])), Type::Flag, *span);
            sheet.pending.push(Pending {
                credit: self.name.clone(),
                title: self.level.title.as_ref().map(|title| title.text.clone()),
                clause: self.clause.clone(),
                span: *span,
                months,
                good,
                skipped,
            });
        }
    }
}
