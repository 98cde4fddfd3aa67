//! What a miss means beyond money: that it is noted, excused, critical, or gives a right to terminate.

use crate::ledger::NoticeKind;
use crate::program::{Comparison, Fold, NodeId, NoticePlan, Op, Piece, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::{SlStatement, Terminate};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::Reading;

impl Reading<'_> {
    #[allow(
        clippy::too_many_arguments,
        reason = "the conditions of one month, each computed once"
    )]
    pub(super) fn notices(
        &self,
        cx: &mut Context<'_>,
        missed: NodeId,
        failed: NodeId,
        excused: NodeId,
        critical: Option<NodeId>,
        target: &Typed,
        span: Span,
    ) {
        let metric = self.metric_name(cx);
        let side = if self.higher_is_better {
            "below"
        } else {
            "above"
        };
        let words = |end: &str| {
            vec![
                Piece::Text(format!("{metric} is ")),
                Piece::Value(self.subject.node),
                Piece::Text(format!(", {side} the target of ")),
                Piece::Value(target.node),
                Piece::Text(end.to_owned()),
            ]
        };
        let reasons: Vec<String> = self
            .excuses
            .iter()
            .map(|(_, span)| cx.quote(*span))
            .collect();
        if !self.excuses.is_empty() {
            let pardoned = cx.node(Op::And(Box::new([missed, excused])), Type::Flag, span);
            let text = words(&format!(
                "; no credit, because the contract says `{}`",
                reasons.join("`, `")
            ));
            self.notice(cx, NoticeKind::Excused, pardoned, text);
        }
        let ordinary = match critical {
            Some(critical) => {
                self.notice(
                    cx,
                    NoticeKind::Critical,
                    critical,
                    words(", and at the critical level"),
                );
                let not = cx.node(Op::Not(critical), Type::Flag, span);
                cx.node(Op::And(Box::new([failed, not])), Type::Flag, span)
            }
            None => failed,
        };
        self.notice(cx, NoticeKind::Missed, ordinary, words(""));
    }

    pub(super) fn notice(
        &self,
        cx: &mut Context<'_>,
        kind: NoticeKind,
        when: NodeId,
        text: Vec<Piece>,
    ) {
        cx.plan.notices.push(NoticePlan {
            kind,
            name: self.name.clone(),
            when,
            text,
            clause: self.clause.clone(),
            span: self.span,
        });
    }

    /// Chronic failure gives a notice, never money.
    pub(super) fn chronic(&self, cx: &mut Context<'_>, failed: NodeId, run: NodeId) {
        for statement in &self.level.statements {
            let SlStatement::Terminate(Terminate { failures, months }, span) = statement else {
                continue;
            };
            let Some(needed) = cx.count_of_months(failures) else {
                continue;
            };
            let threshold = cx.number(i64::from(needed), Type::Number, *span);
            let (count, words) = match months {
                Some(months) => {
                    let Some(months) = cx.count_of_months(months) else {
                        continue;
                    };
                    let known = cx.number(0, Type::Flag, *span);
                    let counted = cx.node(
                        Op::Recover(failed, crate::program::Cause::Any, known),
                        Type::Number,
                        *span,
                    );
                    let series = cx.series_of(counted, *span);
                    let count = cx.node(
                        Op::Window(series, Fold::Sum, WindowMonths::Last(months)),
                        Type::Number,
                        *span,
                    );
                    (count, format!(" failures in {months} months"))
                }
                None => (run, " failures in a row".to_owned()),
            };
            let reached = cx.node(
                Op::Compare(Comparison::AtLeast, count, threshold),
                Type::Flag,
                *span,
            );
            let when = cx.node(Op::And(Box::new([failed, reached])), Type::Flag, *span);
            let text = vec![
                Piece::Value(count),
                Piece::Text(format!("{words}: the customer may terminate")),
            ];
            self.notice(cx, NoticeKind::ChronicFailure, when, text);
        }
    }
}
