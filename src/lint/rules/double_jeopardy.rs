//! `double-jeopardy`

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::ledger::{LineKind, Statement};
use crate::lint::rule::rule;
use crate::lint::samples::{at, end};
use crate::lint::{Example, Subject, forecast, mend};
use crate::model::MetricFacts;
use crate::model::facts::{AtRisk, Limit, LimitSubject};
use crate::program::{NodeId, Op, SlotId};
use crate::quantity::{Exact, Figure};
use crate::text::Span;

rule! {
    /// One bad figure lowers the pay twice, through two clauses that no limit holds together.
    ///
    /// Whether a KPI may cost both a credit and a lower price is disputed, and contracts differ. Where the contract
    /// does not say, each party finds its own reading natural, and the first bad month brings the dispute.
    ///
    /// The rule computes the contract's example with the KPI at its worst and at its best, first alone and then
    /// together with each other KPI at its worst. It also tries each count of failures, such as abandoned calls, that
    /// two clauses read. An increase that is not earned is not a loss. KPIs that are computed from the same columns
    /// count as one figure: an average of the month and one of the quarter, for example. Two `points` items on one
    /// figure also count twice.
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
    /// To fix it, choose: limit both together (`limit credits and reductions to …`), say which one counts, or take the KPI
    /// out of one of the two clauses.
    "double-jeopardy": Incentive, Warning, Stable since "0.2.0"; Unsafe fix "limit credits and reductions together to 12% of the charges of each month"
}

/// What a clause takes off.
struct Loss {
    kind: LineKind,
    name: String,
    span: Span,
    /// The node of its line, and how much it takes off.
    line: NodeId,
    amount: Exact,
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(example) = &subject.example else {
        return Vec::new();
    };
    let metrics = subject.contract.metrics.iter();
    let paid: Vec<&MetricFacts> = metrics.filter(|metric| subject.is_paid(metric)).collect();
    let limits = Limits::of(subject);
    let mut figures: BTreeMap<Vec<SlotId>, Vec<&MetricFacts>> = BTreeMap::new();
    for metric in &paid {
        let columns = subject.flow.columns(&metric.nodes);
        figures.entry(columns).or_default().push(metric);
    }
    let mut found = Vec::new();
    for metric in &paid {
        let columns = subject.flow.columns(&metric.nodes);
        let same = figures.remove(&columns).unwrap_or_default();
        if columns.is_empty() || same.is_empty() {
            continue;
        }
        let is_same = |other: &MetricFacts| same.iter().any(|one| one.name == other.name);
        let lowered = lowered(subject, &same);
        if limits.apart(&lowered).is_none() {
            continue;
        }
        // Another KPI that changes none of these lines has no effect on what they lose.
        let amounts: Vec<NodeId> = lowered.iter().map(|loss| loss.line).collect();
        let others = paid.iter().filter(|other| {
            !is_same(other) && subject.flow.made_from(&other.nodes).has_any(&amounts)
        });
        let mut settings = std::iter::once(None).chain(others.map(|other| Some(*other)));
        found.extend(settings.find_map(|bad| {
            let losses = losses(subject, example, &same, bad)?;
            finding(subject, &limits, metric, bad, &losses)
        }));
    }
    if found.is_empty() {
        found.extend(by_input(subject, &limits, example));
    }
    found.extend(by_points(subject));
    found
}

/// The clauses whose lines can change with the KPI, in any month.
fn lowered(subject: &Subject<'_>, same: &[&MetricFacts]) -> Vec<Loss> {
    let nodes: Vec<NodeId> = same
        .iter()
        .flat_map(|metric| metric.nodes.clone())
        .collect();
    let made = subject.flow.made_from(&nodes);
    let lines = subject.contract.plan.lines.iter();
    lines
        .filter(|line| matches!(line.kind, LineKind::Credit | LineKind::Adjustment))
        .filter(|line| made.has(line.amount))
        .map(|line| Loss {
            kind: line.kind,
            name: item_name(&line.name).to_owned(),
            span: line.span,
            line: line.amount,
            amount: Exact::zero(),
        })
        .collect()
}

/// The finding if one count of failures lowers the pay in two clauses that do not both name the KPI made from it.
fn by_input(
    subject: &Subject<'_>,
    limits: &Limits<'_>,
    example: &Example<'_>,
) -> Option<Diagnostic> {
    let plan = &subject.contract.plan;
    let amounts = |wanted: fn(LineKind) -> bool| -> Vec<NodeId> {
        let lines = plan.lines.iter().filter(|line| wanted(line.kind));
        lines.map(|line| line.amount).collect()
    };
    let charged = subject
        .flow
        .columns(&amounts(|kind| kind == LineKind::Charge));
    let lowering = amounts(|kind| matches!(kind, LineKind::Credit | LineKind::Adjustment));
    let divisors = divisors(subject, &lowering);
    let counts = subject.flow.columns(&lowering).into_iter();
    let counts = counts.filter(|slot| {
        forecast::is_volume(subject, *slot) && !charged.contains(slot) && !divisors.contains(slot)
    });
    counts.into_iter().find_map(|slot| {
        let now = example.cell(slot)?;
        let settings = [
            Exact::zero(),
            now.multiply(&Exact::from_integer(2)),
            now.multiply(&Exact::from_integer(5)),
        ];
        let at = |value: &Exact| Some(vec![example.with_cells(&[(slot, value.clone())])?]);
        let base = at(now)?;
        settings.iter().find_map(|value| {
            let after = at(value)?;
            let losses = between(subject, &base, &after);
            let (first, second) = limits.apart(&losses)?;
            let known = plan.slots.get(slot.0 as usize)?;
            let shown = Figure::new(value.clone(), known.kind.clone());
            let with = format!("with `{}` at {shown}", known.name);
            Some(twice(subject, &known.name, &with, first, second))
        })
    })
}

/// The columns by which something used by these values is divided.
fn divisors(subject: &Subject<'_>, roots: &[NodeId]) -> Vec<SlotId> {
    let reach = subject.flow.behind(roots);
    let nodes = subject.contract.graph.nodes().iter().zip(0..);
    let below: Vec<NodeId> = nodes
        .filter(|(_, id)| reach.has(NodeId(*id)))
        .filter_map(|(node, _)| match node.op {
            Op::Divide(_, below) => Some(below),
            _ => None,
        })
        .collect();
    subject.flow.columns(&below)
}

/// The findings for two `points` items on KPIs of the same columns: one failure then counts twice in one credit.
fn by_points(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let points: Vec<_> = subject
        .points()
        .filter_map(|points| {
            let named = subject.named(points.head.name())?;
            let columns = subject.flow.columns(&named.nodes);
            let paid = subject.flow.changes_pay(&named.nodes) && !columns.is_empty();
            paid.then_some((points, columns))
        })
        .collect();
    let mut found = Vec::new();
    for (at, (second, columns)) in points.iter().enumerate() {
        let mut before = points.iter().take(at);
        if let Some((first, _)) = before.find(|(_, others)| others == columns) {
            let names = (first.head.name(), second.head.name());
            let message = format!(
                "`{}` and `{}` give points for the same figures",
                names.0, names.1
            );
            found.push(
                Diagnostic::warning(RULE.name, second.head.place(), message)
                    .and_at(first.head.place(), "they also count here")
                    .because("one failure then earns points twice, and the points cost money")
                    .help("remove one of them, or let them measure different things"),
            );
        }
    }
    found
}

/// The finding, if two of the losses are not limited together. `bad` is another KPI that is also at its worst.
fn finding(
    subject: &Subject<'_>,
    limits: &Limits<'_>,
    metric: &MetricFacts,
    bad: Option<&MetricFacts>,
    losses: &[Loss],
) -> Option<Diagnostic> {
    let (first, second) = limits.apart(losses)?;
    let mut with = Vec::new();
    for metric in std::iter::once(metric).chain(bad) {
        let worst = Figure::new(end(subject, metric, false)?, metric.value_type.clone());
        with.push(format!("`{}` at {worst}", metric.name));
    }
    let with = format!("with {}", with.join(" and "));
    Some(twice(subject, &metric.name, &with, first, second))
}

fn twice(subject: &Subject<'_>, name: &str, with: &str, first: &Loss, second: &Loss) -> Diagnostic {
    let amount = first.amount.add(&second.amount);
    let limit = "limit credits and reductions to 12% of charges each month";
    let finding = Diagnostic::warning(
        RULE.name,
        second.span,
        format!("`{name}` lowers the pay twice, and no limit holds both together"),
    )
    .and_at(first.span, "it also lowers the pay here")
    .because(format!(
        "in the contract's example, {with}, {} takes off {} and {} takes off {}",
        words(first),
        subject.money(&first.amount),
        words(second),
        subject.money(&second.amount)
    ))
    .because("whether one failure may cost twice is disputed, so the contract should say")
    .help(
        "limit both together (`limit credits and reductions to …`), say that one replaces the other, or take the KPI \
         out of one of the two clauses",
    )
    .costing(subject.money(&amount));
    mend::mended(finding, &RULE, mend::with_item(subject, limit))
}

fn words(loss: &Loss) -> String {
    if loss.kind == LineKind::Adjustment {
        format!("the adjustment `{}`", loss.name)
    } else {
        format!("the credit `{}`", loss.name)
    }
}

/// What each clause takes off with the metrics at their worst, beyond what it takes off with them at their best.
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
    Some(between(subject, &good, &missed))
}

/// What each clause takes off in the `missed` months, beyond what it takes off in the `good` ones.
fn between(subject: &Subject<'_>, good: &[Rc<Statement>], missed: &[Rc<Statement>]) -> Vec<Loss> {
    let mut losses: Vec<Loss> = Vec::new();
    for line in &subject.contract.plan.lines {
        if !matches!(line.kind, LineKind::Credit | LineKind::Adjustment)
            || losses.iter().any(|loss| loss.span == line.span)
        {
            continue;
        }
        let after = taken(missed, line.kind, line.span);
        let amount = after.subtract(&taken(good, line.kind, line.span));
        if !after.is_zero() && !after.is_negative() && !amount.is_zero() && !amount.is_negative() {
            losses.push(Loss {
                kind: line.kind,
                name: item_name(&line.name).to_owned(),
                span: line.span,
                line: line.amount,
                amount: after,
            });
        }
    }
    losses
}

/// What the lines of a clause take off in all months, as a positive amount.
fn taken(months: &[Rc<Statement>], kind: LineKind, span: Span) -> Exact {
    let lines = months.iter().flat_map(|month| &month.lines);
    lines
        .filter(|line| line.kind == kind && line.span == span)
        .fold(Exact::zero(), |sum, line| sum.subtract(&line.amount))
}

/// The clauses that can limit several losses together.
struct Limits<'c> {
    limits: Vec<&'c Limit>,
    pools: Vec<&'c AtRisk>,
}

impl<'c> Limits<'c> {
    fn of(subject: &Subject<'c>) -> Self {
        Self {
            limits: subject.limits().collect(),
            pools: subject.pools().collect(),
        }
    }

    /// Two of the losses that no limit covers together.
    fn apart<'l>(&self, losses: &'l [Loss]) -> Option<(&'l Loss, &'l Loss)> {
        losses.iter().enumerate().find_map(|(at, first)| {
            let later = losses.iter().skip(at + 1);
            // The lines of one clause are one loss.
            let mut others = later.filter(|other| other.span != first.span);
            let second = others.find(|second| !self.hold_together(first, second))?;
            Some((first, second))
        })
    }

    /// Whether one limit, or one amount at risk, covers both.
    fn hold_together(&self, first: &Loss, second: &Loss) -> bool {
        let has = |pool: &AtRisk, loss: &Loss| pool.levels().any(|one| one.level.name == loss.name);
        let mut limited = self.limits.iter();
        let mut pooled = self.pools.iter();
        limited.any(|limit| limits(limit, first) && limits(limit, second))
            || pooled.any(|pool| has(pool, first) && has(pool, second))
    }
}

fn limits(limit: &Limit, loss: &Loss) -> bool {
    limit.subjects.iter().any(|subject| match subject {
        LimitSubject::Credits => loss.kind == LineKind::Credit,
        LimitSubject::Reductions => loss.kind == LineKind::Adjustment,
        LimitSubject::Bonuses => false,
        LimitSubject::Named(link) => link.name == loss.name,
    })
}

/// The item to which a line of one of its members belongs.
fn item_name(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}
