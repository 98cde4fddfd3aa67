//! `no-grace-period`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, forecast, mend};
use crate::model::facts::{AwardKind, PartnershipKind};
use crate::program::{LinePlan, NodeId, Op};

rule! {
    /// Misses cost credits from the first day, and no ramp-up is agreed.
    ///
    /// In the first months people and tools are new. A supplier that pays for that puts it into the price, or trains
    /// its people less to start sooner.
    ///
    /// A grace period in a service level or for points counts, and so does an excuse that looks at the month, or a
    /// ramp-up in the transition.
    ///
    /// ```quid bad
    /// service level speed on service_level {
    ///   target 80% each month
    ///   excused when outage
    ///   excused when offered > 115% of forecast
    ///   excused month keeps the run
    ///   credit 2% of charges
    ///   terminate after 3 failures in 6 months
    /// }
    /// transition { plan "Transition plan"; 10 weeks; reviewed weekly; accepted by customer }
    /// ```
    ///
    /// ```quid good
    /// service level speed on service_level {
    ///   target 80% each month
    ///   excused when outage
    ///   excused when offered > 115% of forecast
    ///   excused in the first 2 months
    ///   excused month keeps the run
    ///   credit 2% of charges
    ///   terminate after 3 failures in 6 months
    /// }
    /// ```
    ///
    /// To fix it, excuse the first two or three months.
    "no-grace-period": Risk, Warning, Stable since "0.2.0" from Absence; Unsafe fix "excuse the first 2 months"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let levels = subject.levels().map(|level| &level.head).next();
    let points = subject.points().map(|points| &points.head).next();
    let judged = levels.into_iter().chain(points).min_by_key(|head| head.id);
    let mut awards = subject.awards();
    let credit = awards.find(|award| award.kind == AwardKind::Credit);
    let level = judged.or(credit.map(|credit| &credit.head));
    let mut lines = subject.contract.plan.lines.iter();
    let costs = lines.any(|line| line.kind == LineKind::Credit);
    let Some(level) = level.filter(|_| costs) else {
        return Vec::new();
    };
    if has_grace(subject) || looks_at_the_month(subject) || ramps_up(subject) {
        return Vec::new();
    }
    let finding = Diagnostic::warning(RULE.name, level.span, "misses cost credits from the first day")
            .because("in the first months people and tools are new; a supplier that pays for that puts it into the price")
            .help("excuse the first months: `excused in the first 2 months`");
    let is_level = levels.is_some_and(|first| first.id == level.id);
    let edits = mend::with_statement(subject, level.span, "excused in the first 2 months");
    vec![mend::mended(finding, &RULE, edits.filter(|_| is_level))]
}

fn has_grace(subject: &Subject<'_>) -> bool {
    subject.levels().any(|level| level.grace.is_some())
        || subject.points().any(|points| points.grace.is_some())
}

/// Whether an excuse, or the condition of a credit, depends on which month it is.
fn looks_at_the_month(subject: &Subject<'_>) -> bool {
    let lines = subject.contract.plan.lines.iter();
    let (charges, credits): (Vec<&LinePlan>, Vec<&LinePlan>) = lines
        .filter(|line| matches!(line.kind, LineKind::Charge | LineKind::Credit))
        .partition(|line| line.kind == LineKind::Charge);
    let reach = |lines: &[&LinePlan]| {
        let amounts: Vec<NodeId> = lines.iter().map(|line| line.amount).collect();
        subject.flow.behind(&amounts)
    };
    // Whether the month is in a formula of credits, but not in the charges of which they are shares.
    let (charged, credited) = (reach(&charges), reach(&credits));
    let mut nodes = (0u32..).zip(subject.contract.graph.nodes());
    let by_formula = nodes.any(|(at, node)| {
        matches!(node.op, Op::MonthOfTerm) && credited.has(NodeId(at)) && !charged.has(NodeId(at))
    });
    if by_formula {
        return true;
    }
    let credits = subject.awards().filter_map(|award| award.when.as_ref());
    let mut conditions = forecast::excuses(subject).into_iter().chain(credits);
    conditions.any(|condition| {
        let reach = subject.flow.behind(&subject.values_of(condition));
        let nodes = (0u32..).zip(subject.contract.graph.nodes());
        nodes
            .filter(|(_, node)| matches!(node.op, Op::Month | Op::MonthOfTerm))
            .any(|(at, _)| reach.has(NodeId(at)))
    })
}

fn ramps_up(subject: &Subject<'_>) -> bool {
    let mut clauses = subject.partnership(PartnershipKind::Transition);
    clauses.any(|clause| clause.facts.iter().any(|fact| fact.form == "ramp-up"))
}
