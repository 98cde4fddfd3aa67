//! Service levels: a target for a KPI, what a miss costs, what excuses it, and what repeated misses mean.
//!
//! A miss is a value on the wrong side of the target in a month that is not excused. An excused month, or one without a
//! value that the contract excuses, neither breaks nor extends a run of misses unless the contract says otherwise.

mod counting;
mod credit;
mod critical;
mod earning;
mod excuses;
mod improvement;
mod notices;
mod persistent;
mod repeats;

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Before, Comparison, NodeId, Op};
use crate::quantity::Type;
use crate::syntax::tree::{
    Comparison as TreeComparison, Every, Months, ServiceLevel, SlStatement, Text,
};
use crate::text::Span;
use crate::typing::{Context, Outcome, Typed};

use super::at_risk::Pooled;
use super::open_amount::settled_as_fact;
use super::{Worksheet, award};
use improvement::Improving;

/// For each metric by name, whether a higher value is better; nothing if that is not declared.
pub type Directions<'d> = &'d dyn Fn(&str) -> Option<bool>;

/// A service level while it is being read.
struct Reading<'r> {
    level: &'r ServiceLevel,
    clause: Option<String>,
    span: Span,
    name: String,
    subject: Typed,
    higher_is_better: bool,
    /// Conditions that excuse the month.
    excuses: Vec<(NodeId, Span)>,
    /// Whether the target is settled in a month, so that the month counts at all.
    settled: Option<NodeId>,
    /// How misses are counted, if not all of them count.
    counted: Option<counting::Counted>,
    /// The cost of a miss, if it is a share of an at-risk amount.
    pooled: Option<Pooled>,
}

/// The conditions of the computed month.
struct Month {
    /// Whether the value is on the wrong side of the target, in a month in which the target is settled.
    missed: NodeId,
    /// Whether the month is excused.
    excused: NodeId,
    /// Whether the month is skipped: it settles nothing, or it is excused.
    skipped: NodeId,
    /// Whether it is missed and not excused.
    short: NodeId,
    /// Whether the miss is critical.
    critical: Option<NodeId>,
    /// Whether the miss counts as a failure, that is, it is not tolerated.
    failed: NodeId,
    /// The number of failures in a row, up to this month.
    run: NodeId,
    /// Whether the month extends that run.
    extends: NodeId,
}

/// Reads a service level. Its credit is added to the deductions, and its notices to the plan.
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
        let subject = match &level.months {
            Some((months, span)) => cx.metric_of_months(&level.metric, months, *span),
            None => cx.value_of(&level.metric),
        };
        if subject.is_unknown() {
            return subject;
        }
        let Some(higher_is_better) = direction(cx, level, directions, &subject) else {
            return cx.unknown(span);
        };
        let name = cx.member_name(&level.name.text);
        let pooled = sheet.pooled.iter().find(|one| one.level == name).cloned();
        let mut reading = Reading {
            level,
            pooled,
            clause: clause.map(|clause| clause.text.clone()),
            span,
            name,
            subject,
            higher_is_better,
            excuses: Vec::new(),
            settled: None,
            counted: None,
        };
        reading.credit(cx, sheet)
    });
    cx.define(&level.name.text, dimension, &credits);
}

/// Checks the statements that can count only once.
fn check_stated_once(cx: &mut Context<'_>, level: &ServiceLevel) {
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for statement in &level.statements {
        let (word, span) = match statement {
            SlStatement::Critical(_, _, span) => ("critical", *span),
            SlStatement::Credit(_, span) => ("credit", *span),
            SlStatement::Repeated(_, span) => ("repeated", *span),
            SlStatement::EarnBack(_, span) | SlStatement::EarnBackYearly(_, span) => {
                ("earn back", *span)
            }
            SlStatement::Raised(raised, span) => {
                (if raised.up { "raised" } else { "lowered" }, *span)
            }
            SlStatement::NoValue(_, span) => ("no value", *span),
            SlStatement::ExcusedBreaks(_, _, span) => ("excused month", *span),
            SlStatement::Applied(_, span) => ("applied", *span),
            SlStatement::InPlace(_, span) => ("in place of", *span),
            SlStatement::CountsFrom(_, span) => ("counts from", *span),
            SlStatement::Tolerated(_, _, span) => ("tolerated month", *span),
            SlStatement::Persistent(_, span) => ("persistent", *span),
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
            format!("the contract does not say whether a higher or a lower `{metric}` is better"),
        )
        .because("without that, nothing says on which side of the target a miss is")
        .help("write `higher is better` or `lower is better` in the metric's heading");
        if let Some(origin) = &subject.origin {
            finding = finding.and_at(origin.declared, "declared here without a direction");
        }
        cx.report(finding);
    }
    found
}

impl Reading<'_> {
    /// Makes what is measured a fact of the month. An average of the year is an average of what each month measured,
    /// according to the text of its time.
    fn measure(&mut self, cx: &mut Context<'_>) {
        if !cx.lineages.is_amended() {
            return;
        }
        let none = cx.node(Op::NoValue, self.subject.kind.clone(), self.span);
        let measured = cx.fact(
            self.span,
            "measured",
            self.subject.node,
            Before::Other(none),
        );
        self.subject.node = measured;
    }

    /// Whether a month may have no value, under this text or an earlier one.
    fn may_have_no_value(&self, cx: &Context<'_>) -> bool {
        self.subject.optional || cx.lineages.is_amended()
    }

    fn credit(&mut self, cx: &mut Context<'_>, sheet: &mut Worksheet) -> Typed {
        let Some((target, every, target_span)) = self.target(cx) else {
            return cx.unknown(self.span);
        };
        let settled = award::ends(cx, every, target_span);
        self.settled = settled_as_fact(cx, settled, self.span);
        self.measure(cx);
        let mut improving = self.improving(cx, &target, every);
        let mut target = improving.as_ref().map_or(target, Improving::target);
        target.node = cx.fact(self.span, "target", target.node, Before::Computed);
        if let Some(improving) = &mut improving {
            improving.is_in_force(target.node);
        }
        self.read_excuses(cx, every);
        let below_target = self.miss(cx, &target, target_span);
        let side = if self.higher_is_better {
            "below"
        } else {
            "above"
        };
        let words = format!("{} {side} target", self.metric_name(cx));
        cx.graph
            .label(below_target, StepKind::Condition, words, None);
        let excused = self.excused(cx);
        let excused = cx.fact(self.span, "excused", excused, Before::Zero);
        let missed = self.in_settled_month(cx, below_target);
        let not_excused = cx.node(Op::Not(excused), Type::Flag, self.span);
        let short = cx.node(
            Op::And(Box::new([missed, not_excused])),
            Type::Flag,
            target_span,
        );
        cx.graph.label(
            short,
            StepKind::Condition,
            format!("{} missed", self.name),
            self.clause.clone(),
        );
        let short = cx.fact(self.span, "missed", short, Before::Zero);
        let critical = self
            .critical(cx, short, (&target, target_span))
            .map(|critical| cx.fact(self.span, "missed critically", critical, Before::Zero));
        let failed = self.counted(cx, short, critical, every);
        let (run, extends) = self.run(cx, short, failed, excused);
        let month = Month {
            missed,
            excused,
            skipped: self.skipped(cx, excused),
            short,
            critical,
            failed,
            run,
            extends,
        };
        if let Some(improving) = &improving {
            self.improve(cx, improving, &month);
        }
        self.notices(cx, &month, &target, target_span);
        self.chronic(cx, &month);
        let amount = self.amount(cx, &month, every);
        self.earn_back(cx, sheet, &month);
        self.in_place(cx, sheet, critical);
        match amount {
            Some((amount, share)) => self.deduct(cx, sheet, amount, share, failed),
            None => {
                let money = cx.money();
                let zero = cx.number(0, money.clone(), self.span);
                Typed::new(zero, money, self.level.name.span)
            }
        }
    }

    /// The metric as it is measured: that of the member, if the service level has one for each member.
    fn metric_name(&self, cx: &Context<'_>) -> String {
        let path = &self.level.metric;
        let name = match &path.member {
            Some(member) => format!("{}.{}", path.name.text, member.text),
            None if self.level.dimension.is_some() => cx.member_name(&path.name.text),
            None => path.name.text.clone(),
        };
        match &self.level.months {
            Some((Months::Over(..), span)) => {
                let words = cx.quote(Span {
                    start: path.span.end,
                    ..*span
                });
                format!("{name} {words}")
            }
            _ => name,
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
                if let Some((_, value)) = &unified {
                    let outcome = Outcome {
                        always: "every month misses the target",
                        never: "the target is never missed",
                    };
                    cx.refuse_certain(&self.subject, self.missing(), value, outcome);
                }
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

    /// Whether the value is on the wrong side of `level`. Without a value, the result is what the contract says.
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

    /// The side of the target on which a miss is.
    fn missing(&self) -> TreeComparison {
        if self.higher_is_better {
            TreeComparison::Below
        } else {
            TreeComparison::Above
        }
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
}
