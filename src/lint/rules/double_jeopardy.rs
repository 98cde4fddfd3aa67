//! `double-jeopardy`

use crate::diagnostic::Diagnostic;
use crate::ledger::{LineKind, Statement};
use crate::lint::rule::rule;
use crate::lint::samples::{at, end};
use crate::lint::{Example, Subject};
use crate::model::MetricFacts;
use crate::program::NodeId;
use crate::quantity::{Exact, Figure};
use crate::syntax::tree::{ItemKind, Limit, LimitSubject};
use crate::text::Span;

rule! {
    /// One bad figure lowers the pay twice, by two clauses that no limit holds together.
    ///
    /// Whether a KPI may cost both a credit and a lower price is disputed, and contracts differ. Where nothing is said, each
    /// party finds its own reading natural, and the dispute comes with the first bad month.
    ///
    /// The rule computes the contract's example with the KPI at its worst and at its best, alone and beside each other KPI at
    /// its worst. A raise that is not earned is not a loss. KPIs that are computed from the same columns are one figure: a
    /// mean of the month and one of the quarter, for instance.
    ///
    /// ```quid bad
    /// limit credits to 12% of charges each month
    /// limit bonuses to 5% of charges each month
    /// # without: limit 2
    /// ```
    ///
    /// ```quid good
    /// limit credits and reductions to 12% of charges each month
    /// ```
    ///
    /// To mend it, choose: limit both together (`limit credits and reductions to …`), say which one counts, or take the KPI
    /// out of one of the two clauses.
    "double-jeopardy": Incentive, Warning, Stable since "0.2.0"
}

/// What a clause takes off.
struct Loss {
    kind: LineKind,
    name: String,
    span: Span,
    amount: Exact,
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(example) = &subject.example else {
        return Vec::new();
    };
    let metrics = subject.contract.metrics.iter();
    let paid: Vec<&MetricFacts> = metrics.filter(|metric| subject.is_paid(metric)).collect();
    let mut found = Vec::new();
    for (at, metric) in paid.iter().enumerate() {
        let columns = subject.flow.columns(&metric.nodes);
        let is_same = |other: &&&MetricFacts| subject.flow.columns(&other.nodes) == columns;
        let before = paid.iter().take(at);
        if columns.is_empty() || before.clone().any(|other| is_same(&other)) {
            continue;
        }
        let same: Vec<&MetricFacts> = paid.iter().filter(is_same).copied().collect();
        let others = paid.iter().filter(|other| !is_same(other));
        let mut settings = std::iter::once(None).chain(others.map(|other| Some(*other)));
        found.extend(settings.find_map(|bad| {
            let losses = losses(subject, example, &same, bad)?;
            finding(subject, metric, bad, &losses)
        }));
    }
    found
}

/// The finding, if two of the losses are not held together; `bad` is another KPI that is at its worst as well.
fn finding(
    subject: &Subject<'_>,
    metric: &MetricFacts,
    bad: Option<&MetricFacts>,
    losses: &[Loss],
) -> Option<Diagnostic> {
    let (first, second) = losses.iter().enumerate().find_map(|(at, first)| {
        let mut later = losses.iter().skip(at + 1);
        let second = later.find(|second| !held_together(subject, first, second))?;
        Some((first, second))
    })?;
    let amount = first.amount.add(&second.amount);
    let mut with = Vec::new();
    for metric in std::iter::once(metric).chain(bad) {
        let worst = Figure::new(end(subject, metric, false)?, metric.value_type.clone());
        with.push(format!("`{}` at {worst}", metric.name));
    }
    Some(
        Diagnostic::warning(
            RULE.name,
            second.span,
            format!(
                "`{}` lowers the pay twice, and no limit holds both together",
                metric.name
            ),
        )
        .and_at(first.span, "it lowers it here as well")
        .because(format!(
            "in the contract's example, with {}, {} takes off {} and {} takes off {}",
            with.join(" and "),
            words(first),
            subject.money(&first.amount),
            words(second),
            subject.money(&second.amount)
        ))
        .because("whether one failure may cost twice is disputed; a contract should choose")
        .help(
            "limit both together (`limit credits and reductions to …`), say that one comes in place of the other, or take \
             the KPI out of one of the two clauses",
        )
        .costing(subject.money(&amount)),
    )
}

fn words(loss: &Loss) -> String {
    if loss.kind == LineKind::Adjustment {
        format!("the adjustment `{}`", loss.name)
    } else {
        format!("the credit `{}`", loss.name)
    }
}

/// What each clause takes off with the metrics at their worst, beyond what it does with them at their best.
fn losses(
    subject: &Subject<'_>,
    example: &Example<'_>,
    metrics: &[&MetricFacts],
    bad: Option<&MetricFacts>,
) -> Option<Vec<Loss>> {
    let at_end = |metric: &MetricFacts, best| Some(at(metric, &end(subject, metric, best)?));
    let also = bad.and_then(|bad| at_end(bad, false)).unwrap_or_default();
    let values = |best: bool| -> Vec<(NodeId, Exact)> {
        let ends = metrics.iter().filter_map(|metric| at_end(metric, best));
        ends.flatten().chain(also.clone()).collect()
    };
    let good = example.months_with_values(&values(true))?;
    let missed = example.months_with_values(&values(false))?;
    let mut losses: Vec<Loss> = Vec::new();
    for line in &subject.contract.plan.lines {
        if !matches!(line.kind, LineKind::Credit | LineKind::Adjustment)
            || losses.iter().any(|loss| loss.span == line.span)
        {
            continue;
        }
        let after = taken(&missed, line.kind, line.span);
        let amount = after.subtract(&taken(&good, line.kind, line.span));
        if !after.is_zero() && !after.is_negative() && !amount.is_zero() && !amount.is_negative() {
            losses.push(Loss {
                kind: line.kind,
                name: item_name(&line.name).to_owned(),
                span: line.span,
                amount: after,
            });
        }
    }
    Some(losses)
}

/// What the lines of a clause take off in all months, above 0.
fn taken(months: &[Statement], kind: LineKind, span: Span) -> Exact {
    let lines = months.iter().flat_map(|month| &month.lines);
    lines
        .filter(|line| line.kind == kind && line.span == span)
        .fold(Exact::zero(), |sum, line| sum.subtract(&line.amount))
}

/// Whether one limit, or one amount at risk, holds both.
fn held_together(subject: &Subject<'_>, first: &Loss, second: &Loss) -> bool {
    subject.items().any(|item| match &item.kind {
        ItemKind::Limit(limit) => limits(limit, first) && limits(limit, second),
        ItemKind::AtRisk(pool) => {
            let has = |loss: &Loss| {
                let mut levels = pool.allocations();
                levels.any(|one| one.level.name.text == loss.name)
            };
            has(first) && has(second)
        }
        _ => false,
    })
}

fn limits(limit: &Limit, loss: &Loss) -> bool {
    limit.subjects.iter().any(|subject| match subject {
        LimitSubject::Credits(_) => loss.kind == LineKind::Credit,
        LimitSubject::Reductions(_) => loss.kind == LineKind::Adjustment,
        LimitSubject::Bonuses(_) => false,
        LimitSubject::Named(path) => path.name.text == loss.name,
    })
}

/// The item of a line of one member of it.
fn item_name(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}
