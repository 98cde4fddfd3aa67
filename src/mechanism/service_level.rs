//! Service levels: a target for a KPI, what a miss costs, what excuses it, and what repeated misses mean.
//!
//! A miss is a value on the wrong side of the target in a month that is not excused. An excused month, or one
//! without a value that the contract excuses, neither breaks nor extends a run of misses unless it says otherwise.

use crate::diagnostic::Diagnostic;
use crate::ledger::{NoticeKind, StepKind};
use crate::program::{Comparison, Fold, NodeId, NoticePlan, Op, Piece, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::{
    Comparison as TreeComparison, Every, Expr, ServiceLevel, SlCredit, SlStatement, Terminate, Text,
};
use crate::text::Span;
use crate::typing::{BandsDefault, BandsOf, Context, Share, Typed};

use super::{Deduction, DeductionKind, Pending, Worksheet, award};

/// Which way a metric is better, and whether that is declared: for each metric by its name.
pub type Directions<'d> = &'d dyn Fn(&str) -> Option<bool>;

/// One service level while it is read.
struct Reading<'r> {
    level: &'r ServiceLevel,
    clause: Option<String>,
    span: Span,
    name: String,
    subject: Typed,
    higher_is_better: bool,
    /// Conditions that excuse the month.
    excuses: Vec<(NodeId, Span)>,
    /// Whether a month counts at all: it is settled in it.
    settled: Option<NodeId>,
}

/// Reads a service level: its credit joins the deductions, its notices the plan.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    level: &ServiceLevel,
    directions: Directions<'_>,
    clause: Option<&Text>,
    span: Span,
) {
    check_stated_once(cx, level);
    let (dimension, credits) = cx.each_member(level.dimension.as_ref(), |cx| {
        let subject = cx.value_of(&level.metric);
        if subject.is_unknown() {
            return subject;
        }
        let Some(higher_is_better) = direction(cx, level, directions, &subject) else {
            return cx.unknown(span);
        };
        let name = cx.member_name(&level.name.text);
        let mut reading = Reading {
            level,
            clause: clause.map(|clause| clause.text.clone()),
            span,
            name,
            subject,
            higher_is_better,
            excuses: Vec::new(),
            settled: None,
        };
        reading.credit(cx, sheet)
    });
    cx.define(&level.name.text, dimension, &credits);
}

/// Statements of which only one can count.
fn check_stated_once(cx: &mut Context<'_>, level: &ServiceLevel) {
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for statement in &level.statements {
        let (word, span) = match statement {
            SlStatement::Critical(_, _, span) => ("critical", *span),
            SlStatement::Credit(_, span) => ("credit", *span),
            SlStatement::Repeated(_, span) => ("repeated", *span),
            SlStatement::EarnBack(_, span) => ("earn back", *span),
            SlStatement::NoValue(_, span) => ("no value", *span),
            SlStatement::ExcusedBreaks(_, span) => ("excused month", *span),
            SlStatement::Target(..)
            | SlStatement::ExcusedWhen(..)
            | SlStatement::Grace(..)
            | SlStatement::Terminate(..) => continue,
        };
        match seen.iter().find(|(known, _)| *known == word) {
            Some((_, first)) => cx.stated_twice(word, *first, span),
            None => seen.push((word, span)),
        }
    }
}

fn direction(
    cx: &mut Context<'_>,
    level: &ServiceLevel,
    directions: Directions<'_>,
    subject: &Typed,
) -> Option<bool> {
    let found = directions(&level.metric.name.text);
    if found.is_none() {
        let metric = &level.metric.name.text;
        let mut finding = Diagnostic::error(
            "undeclared-direction",
            level.metric.span,
            format!("it is not said whether a higher or a lower `{metric}` is better"),
        )
        .because("without it, it is open on which side of the target a miss lies")
        .help("write `higher is better` or `lower is better` in the metric's heading");
        if let Some(origin) = &subject.origin {
            finding = finding.and_at(origin.declared, "declared here without a direction");
        }
        cx.report(finding);
    }
    found
}

impl Reading<'_> {
    fn credit(&mut self, cx: &mut Context<'_>, sheet: &mut Worksheet) -> Typed {
        let Some((target, every, target_span)) = self.target(cx) else {
            return cx.unknown(self.span);
        };
        self.settled = award::ends(cx, every, target_span);
        self.read_excuses(cx);
        let below_target = self.miss(cx, &target, target_span);
        let excused = self.excused(cx);
        let missed = self.in_settled_month(cx, below_target);
        let not_excused = cx.node(Op::Not(excused), Type::Flag, self.span);
        let failed = cx.node(
            Op::And(Box::new([missed, not_excused])),
            Type::Flag,
            target_span,
        );
        cx.graph.label(
            failed,
            StepKind::Condition,
            format!("{} missed", self.name),
            self.clause.clone(),
        );
        let skipped = self.skipped(cx, excused);
        let run = cx.run_length(failed, Some(skipped), self.span);
        let run = self.broken_by_excuse(cx, run, failed, excused);
        let critical = self.critical(cx, failed);
        self.notices(cx, missed, failed, excused, critical, &target, target_span);
        self.chronic(cx, failed, run);
        let amount = self.amount(cx, failed, critical, run);
        self.earn_back(cx, sheet, failed, skipped);
        match amount {
            Some((amount, share)) => self.deduct(cx, sheet, amount, share, failed),
            None => {
                let money = cx.money();
                let zero = cx.number(0, money.clone(), self.span);
                Typed::new(zero, money, self.level.name.span)
            }
        }
    }

    fn target(&self, cx: &mut Context<'_>) -> Option<(Typed, Every, Span)> {
        let mut found = None;
        for statement in &self.level.statements {
            if let SlStatement::Target(target, every, span) = statement {
                if let Some((_, _, first)) = &found {
                    let first: &Span = first;
                    let finding = Diagnostic::error(
                        "duplicate-target",
                        *span,
                        "a service level has one target",
                    )
                    .and_at(*first, "the first one")
                    .help("write a second service level for the second target");
                    cx.report(finding);
                    continue;
                }
                let value = cx.expression(target);
                let unified = cx.unify(&self.subject, &value, "compared with", target.span);
                found = unified.map(|(_, value)| (value, *every, *span));
                found.as_ref()?;
            }
        }
        if found.is_none() {
            cx.missing(
                "missing-target",
                self.level.name.span,
                format!("the service level `{}` has no target", self.level.name.text),
                "without a target nothing can be missed",
                "add `target …% each month`".to_owned(),
            );
        }
        found
    }

    /// Whether the value is on the wrong side of `level`. Without a value: what the contract says.
    fn miss(&self, cx: &mut Context<'_>, level: &Typed, span: Span) -> NodeId {
        let comparison = if self.higher_is_better {
            Comparison::Below
        } else {
            Comparison::Above
        };
        let missed = cx.node(
            Op::Compare(comparison, self.subject.node, level.node),
            Type::Flag,
            span,
        );
        self.without_value(cx, missed, span)
    }

    fn without_value(&self, cx: &mut Context<'_>, missed: NodeId, span: Span) -> NodeId {
        if !self.subject.optional {
            return missed;
        }
        let failed = self
            .level
            .statements
            .iter()
            .any(|statement| matches!(statement, SlStatement::NoValue(false, _)));
        let otherwise = cx.number(i64::from(failed), Type::Flag, span);
        cx.node(Op::IfKnown(missed, otherwise), Type::Flag, span)
    }

    fn read_excuses(&mut self, cx: &mut Context<'_>) {
        let mut said = false;
        for statement in &self.level.statements {
            match statement {
                SlStatement::ExcusedWhen(condition, span) => {
                    let value = cx.expression(condition);
                    let value = cx.demand_condition(value, "what excuses a miss");
                    if !value.is_unknown() {
                        self.excuses.push((value.node, *span));
                    }
                }
                SlStatement::Grace(months, span) => {
                    if let Some(months) = cx.count_of_months(months) {
                        let now = cx.node(Op::MonthOfTerm, Type::Number, *span);
                        let last = cx.number(i64::from(months), Type::Number, *span);
                        let grace = cx.node(
                            Op::Compare(Comparison::AtMost, now, last),
                            Type::Flag,
                            *span,
                        );
                        self.excuses.push((grace, *span));
                    }
                }
                SlStatement::NoValue(excused, span) => {
                    said = true;
                    if *excused && self.subject.optional {
                        let known = cx.node(Op::IsKnown(self.subject.node), Type::Flag, *span);
                        let unknown = cx.node(Op::Not(known), Type::Flag, *span);
                        self.excuses.push((unknown, *span));
                    }
                }
                SlStatement::Target(..)
                | SlStatement::Critical(..)
                | SlStatement::Credit(..)
                | SlStatement::Repeated(..)
                | SlStatement::EarnBack(..)
                | SlStatement::Terminate(..)
                | SlStatement::ExcusedBreaks(..) => {}
            }
        }
        if self.subject.optional && !said {
            self.ask_for_no_value(cx);
        }
    }

    fn ask_for_no_value(&self, cx: &mut Context<'_>) {
        let metric = &self.level.metric.name.text;
        let mut finding = Diagnostic::error(
            "possibly-no-value",
            self.level.metric.span,
            format!(
                "`{metric}` has no value in some months, and `{}` does not say what then",
                self.level.name.text
            ),
        )
        .help("add `no value excused` or `no value failed`");
        if let Some(origin) = &self.subject.origin {
            finding = finding.and_at(origin.declared, "declared with `no value` here");
        }
        cx.report(finding);
    }

    fn excused(&self, cx: &mut Context<'_>) -> NodeId {
        let nodes: Vec<NodeId> = self.excuses.iter().map(|(node, _)| *node).collect();
        match nodes.as_slice() {
            [] => cx.number(0, Type::Flag, self.span),
            [one] => *one,
            _ => cx.node(Op::Or(nodes.into()), Type::Flag, self.span),
        }
    }

    fn in_settled_month(&self, cx: &mut Context<'_>, missed: NodeId) -> NodeId {
        match self.settled {
            Some(settled) => cx.node(Op::And(Box::new([settled, missed])), Type::Flag, self.span),
            None => missed,
        }
    }

    /// Whether the month is passed over in a run: it is excused, or nothing is settled in it.
    fn skipped(&self, cx: &mut Context<'_>, excused: NodeId) -> NodeId {
        match self.settled {
            Some(settled) => {
                let open = cx.node(Op::Not(settled), Type::Flag, self.span);
                cx.node(Op::Or(Box::new([open, excused])), Type::Flag, self.span)
            }
            None => excused,
        }
    }

    /// The run, started anew by an excused month where the contract says so.
    fn broken_by_excuse(
        &self,
        cx: &mut Context<'_>,
        run: NodeId,
        failed: NodeId,
        excused: NodeId,
    ) -> NodeId {
        let breaks = self
            .level
            .statements
            .iter()
            .find_map(|statement| match statement {
                SlStatement::ExcusedBreaks(true, span) => Some(*span),
                _ => None,
            });
        let Some(span) = breaks else { return run };
        let not_settled = match self.settled {
            Some(settled) => cx.node(Op::Not(settled), Type::Flag, span),
            None => cx.number(0, Type::Flag, span),
        };
        let _ = excused;
        cx.run_length(failed, Some(not_settled), span)
    }

    fn critical(&self, cx: &mut Context<'_>, failed: NodeId) -> Option<NodeId> {
        let (comparison, level, span) =
            self.level
                .statements
                .iter()
                .find_map(|statement| match statement {
                    SlStatement::Critical(comparison, level, span) => {
                        Some((*comparison, level, *span))
                    }
                    _ => None,
                })?;
        let level = cx.expression(level);
        let (_, level) = cx.unify(&self.subject, &level, "compared with", span)?;
        let wrong_side = if self.higher_is_better {
            matches!(comparison, TreeComparison::Above | TreeComparison::AtLeast)
        } else {
            matches!(comparison, TreeComparison::Below | TreeComparison::AtMost)
        };
        if wrong_side {
            let better = if self.higher_is_better {
                "higher"
            } else {
                "lower"
            };
            let metric = &self.level.metric.name.text;
            let finding = Diagnostic::error(
                "wrong-direction",
                span,
                format!("this calls a good `{metric}` critical"),
            )
            .because(format!("`{metric}` is declared with `{better} is better`"))
            .help(if self.higher_is_better {
                "write `critical below …`"
            } else {
                "write `critical above …`"
            });
            cx.report(finding);
        }
        let op = match comparison {
            TreeComparison::Below => Comparison::Below,
            TreeComparison::AtMost => Comparison::AtMost,
            TreeComparison::Above => Comparison::Above,
            TreeComparison::AtLeast => Comparison::AtLeast,
            TreeComparison::Is => Comparison::Is,
            TreeComparison::IsNot => Comparison::IsNot,
        };
        let below = cx.node(
            Op::Compare(op, self.subject.node, level.node),
            Type::Flag,
            span,
        );
        let below = if self.subject.optional {
            let no = cx.number(0, Type::Flag, span);
            cx.node(Op::IfKnown(below, no), Type::Flag, span)
        } else {
            below
        };
        Some(cx.node(Op::And(Box::new([failed, below])), Type::Flag, span))
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the conditions of one month, each computed once"
    )]
    fn notices(
        &self,
        cx: &mut Context<'_>,
        missed: NodeId,
        failed: NodeId,
        excused: NodeId,
        critical: Option<NodeId>,
        target: &Typed,
        span: Span,
    ) {
        let metric = self.level.metric.name.text.clone();
        let side = if self.higher_is_better {
            "below"
        } else {
            "above"
        };
        let words = |start: &str, end: &str| {
            vec![
                Piece::Text(format!("{start}{metric} is ")),
                Piece::Value(self.subject.node),
                Piece::Text(format!(", {side} the target of ")),
                Piece::Value(target.node),
                Piece::Text(end.to_owned()),
            ]
        };
        let reasons: Vec<String> = self
            .excuses
            .iter()
            .map(|(_, span)| format!("`{}`", cx.quote(*span)))
            .collect();
        if !self.excuses.is_empty() {
            let pardoned = cx.node(Op::And(Box::new([missed, excused])), Type::Flag, span);
            let text = words(
                "no credit: ",
                &format!(", but the month is excused ({})", reasons.join(", ")),
            );
            self.notice(cx, NoticeKind::Excused, pardoned, text);
        }
        let ordinary = match critical {
            Some(critical) => {
                self.notice(
                    cx,
                    NoticeKind::Critical,
                    critical,
                    words("critical: ", ", at the critical level"),
                );
                let not = cx.node(Op::Not(critical), Type::Flag, span);
                cx.node(Op::And(Box::new([failed, not])), Type::Flag, span)
            }
            None => failed,
        };
        self.notice(cx, NoticeKind::Missed, ordinary, words("missed: ", ""));
    }

    fn notice(&self, cx: &mut Context<'_>, kind: NoticeKind, when: NodeId, text: Vec<Piece>) {
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
    fn chronic(&self, cx: &mut Context<'_>, failed: NodeId, run: NodeId) {
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
                    let series = cx.graph.series_of(counted);
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
                Piece::Text("right to terminate: ".to_owned()),
                Piece::Value(count),
                Piece::Text(words),
            ];
            self.notice(cx, NoticeKind::ChronicFailure, when, text);
        }
    }

    /// What the miss costs, before limits, with share and base where all amounts are shares of one base.
    fn amount(
        &self,
        cx: &mut Context<'_>,
        failed: NodeId,
        critical: Option<NodeId>,
        run: NodeId,
    ) -> Option<(NodeId, Option<Share>)> {
        let (credit, span) =
            self.level
                .statements
                .iter()
                .find_map(|statement| match statement {
                    SlStatement::Credit(credit, span) => Some((credit, *span)),
                    _ => None,
                })?;
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
        let (amount, share) = self.repeated(cx, value, run)?;
        let money = cx.money();
        let zero = cx.number(0, money.clone(), span);
        Some((cx.node(Op::If(failed, amount, zero), money, span), share))
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

    /// The credit times the factor for repeated failure. Factors replace each other: they do not compound.
    fn repeated(
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

    fn deduct(
        &self,
        cx: &mut Context<'_>,
        sheet: &mut Worksheet,
        amount: NodeId,
        share: Option<Share>,
        failed: NodeId,
    ) -> Typed {
        let amount = cx.line_amount(amount, self.span);
        let amount = cx.graph.alias(amount, self.span);
        cx.graph.label(
            amount,
            StepKind::Part,
            format!("{} before limits", self.name),
            self.clause.clone(),
        );
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
            shown_when: Some(failed),
        });
        Typed::new(amount, cx.money(), self.level.name.span)
    }

    /// A month earns back if it is at the level and does not fail itself: a level below the target earns nothing
    /// in a month that misses the target.
    fn earn_back(
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
            let met = cx.node(Op::Not(failed), Type::Flag, *span);
            let good = cx.node(Op::And(Box::new([good, met])), Type::Flag, *span);
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
