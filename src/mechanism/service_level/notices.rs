//! What a miss means beyond money: it is recorded, excused, critical, or gives a right to terminate.

use crate::ledger::NoticeKind;
use crate::mechanism::notice::naming;
use crate::program::{Comparison, NodeId, NoticePlan, Op, Piece};
use crate::quantity::Type;
use crate::syntax::tree::{SlStatement, Terminate};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::counting::count_in;
use super::{Month, Reading};

impl Reading<'_> {
    pub(super) fn notices(&self, cx: &mut Context<'_>, month: &Month, target: &Typed, span: Span) {
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
        let pardoned = cx.node(
            Op::And(Box::new([month.missed, month.excused])),
            Type::Flag,
            span,
        );
        for (when, reason) in naming(cx, pardoned, &self.excuses) {
            let text = words(&format!(
                "; no credit, because the contract says `{reason}`"
            ));
            self.notice(cx, NoticeKind::Excused, when, text);
        }
        if let Some(counted) = &self.counted {
            let not = cx.node(Op::Not(month.failed), Type::Flag, span);
            let tolerated = cx.node(Op::And(Box::new([month.short, not])), Type::Flag, span);
            let mut text = words("; tolerated, as miss ");
            text.push(Piece::Value(counted.misses));
            text.push(Piece::Text(format!(" in {} months", counted.months)));
            self.notice(cx, NoticeKind::Tolerated, tolerated, text);
        }
        let ordinary = match month.critical {
            Some(critical) => {
                self.notice(
                    cx,
                    NoticeKind::Critical,
                    critical,
                    words(", and at the critical level"),
                );
                let not = cx.node(Op::Not(critical), Type::Flag, span);
                cx.node(Op::And(Box::new([month.failed, not])), Type::Flag, span)
            }
            None => month.failed,
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

    /// Adds a notice of chronic failure, which never moves money.
    pub(super) fn chronic(&self, cx: &mut Context<'_>, month: &Month) {
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
                    let count = count_in(cx, month.failed, months, *span);
                    (count, format!(" failures in {months} months"))
                }
                None => (month.run, " failures in a row".to_owned()),
            };
            let reached = cx.node(
                Op::Compare(Comparison::AtLeast, count, threshold),
                Type::Flag,
                *span,
            );
            let when = cx.node(
                Op::And(Box::new([month.failed, reached])),
                Type::Flag,
                *span,
            );
            let text = vec![
                Piece::Value(count),
                Piece::Text(format!("{words}: the customer may terminate")),
            ];
            self.notice(cx, NoticeKind::ChronicFailure, when, text);
        }
    }
}
