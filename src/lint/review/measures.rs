//! The KPIs: their targets, who measures them, what they change.

use crate::model::MetricFacts;
use crate::program::Slot;
use crate::review::{Measured, Reporting};
use crate::syntax::tree::{
    AwardTerms, Expr, ExprKind, ItemKind, Metric, PointsTerms, Reporter, Scorecard, ServiceLevel,
    SlStatement,
};

use super::stakes;
use crate::lint::Subject;

/// Who reports if nobody is named.
const NOBODY: &str = "nobody named";
/// Who reports if both do, as the plan has it.
const BOTH: &str = "customer and supplier";

/// The contract's KPIs: first those that change the pay, and of these first those that change it most.
pub fn measures(subject: &Subject<'_>) -> Vec<Measured> {
    let metrics = subject.contract.metrics.iter();
    let mut all: Vec<Measured> = metrics.map(|metric| measured(subject, metric)).collect();
    all.sort_by_key(|one| {
        let moves = one.moves.as_ref().map(|moves| moves.value.clone());
        std::cmp::Reverse((one.pays, moves))
    });
    all
}

fn measured(subject: &Subject<'_>, metric: &MetricFacts) -> Measured {
    let mut items = subject.contract.items.iter();
    let declared = items.find_map(|item| match &item.kind {
        ItemKind::Metric(declared) if declared.name.text == metric.name => Some((item, declared)),
        _ => None,
    });
    let pays = subject.is_paid(metric);
    let (title, clause) = match declared {
        Some((item, declared)) => (declared.title.clone(), item.clause.clone()),
        None => (None, None),
    };
    let slots = slots(subject, metric);
    Measured {
        name: metric.name.clone(),
        title: title.map(|title| title.text),
        kind: metric.kind.as_ref().map(|kind| kind.replace('_', " ")),
        targets: targets(subject, &metric.name),
        sources: sources(&slots, declared.map(|(_, declared)| declared)),
        reporters: named(&slots, declared.map(|(_, declared)| declared)),
        pays,
        moves: pays.then(|| stakes::moved_by(subject, metric)).flatten(),
        clause: clause.map(|clause| clause.text),
    }
}

/// The targets: those of service levels, weights in scorecards.
fn targets(subject: &Subject<'_>, metric: &str) -> Vec<String> {
    let items = subject.items();
    items
        .filter_map(|item| match &item.kind {
            ItemKind::ServiceLevel(level) if level.metric.name.text == metric => {
                target(subject, level)
            }
            ItemKind::Scorecard(card) => weight(subject, card, metric),
            ItemKind::Adjust(adjust) if is_name(&adjust.by, metric) => {
                Some("moves the price".to_owned())
            }
            ItemKind::Points(points) => match &points.terms {
                PointsTerms::Bands(on, _) if is_name(on, metric) => {
                    Some(format!("points `{}`", points.name.text))
                }
                _ => None,
            },
            ItemKind::Award(award) => match &award.terms {
                AwardTerms::Bands(on, _) if is_name(on, metric) => {
                    Some(format!("`{}`", award.name.text))
                }
                _ => None,
            },
            _ => None,
        })
        .collect()
}

fn target(subject: &Subject<'_>, level: &ServiceLevel) -> Option<String> {
    let mut statements = level.statements.iter();
    let target = statements.find_map(|one| match one {
        SlStatement::Target(target, every, _) => {
            Some(format!("{} {}", subject.quote(target.span), every.words()))
        }
        _ => None,
    })?;
    let mut statements = level.statements.iter();
    let critical = statements.find_map(|one| match one {
        SlStatement::Critical(_, critical, _) => Some(subject.quote(critical.span)),
        _ => None,
    });
    Some(match critical {
        Some(critical) => format!("{target}, critical {critical}"),
        None => target,
    })
}

fn weight(subject: &Subject<'_>, card: &Scorecard, metric: &str) -> Option<String> {
    let mut arms = card.arms.iter();
    let arm = arms.find(|arm| arm.metric.name.text == metric)?;
    let weight = subject.quote(arm.weight.span);
    Some(format!("{weight} of `{}`", card.name.text))
}

fn is_name(expr: &Expr, name: &str) -> bool {
    matches!(&expr.kind, ExprKind::Name(path) if path.name.text == name)
}

/// The columns that a KPI is computed from.
fn slots<'c>(subject: &Subject<'c>, metric: &MetricFacts) -> Vec<&'c Slot> {
    let all = &subject.contract.plan.slots;
    let columns = subject.flow.columns(&metric.nodes).into_iter();
    columns
        .filter_map(|slot| all.get(slot.0 as usize))
        .collect()
}

fn sources(slots: &[&Slot], declared: Option<&Metric>) -> Vec<String> {
    let own = declared.and_then(|declared| declared.source.as_ref());
    let stated = own.map(|source| source.text.clone()).into_iter();
    let read = slots.iter().filter_map(|slot| slot.source.clone());
    unique(stated.chain(read))
}

fn named(slots: &[&Slot], declared: Option<&Metric>) -> Vec<&'static str> {
    let own = declared.and_then(|declared| declared.reporter);
    match own {
        Some((Reporter::Customer, _)) => vec!["customer"],
        Some((Reporter::Supplier, _)) => vec!["supplier"],
        Some((Reporter::Both, _)) => vec![BOTH],
        None => unique(slots.iter().map(|slot| slot.reporter.unwrap_or(NOBODY))),
    }
}

/// Who reports the figures that change the pay.
pub fn reporters(subject: &Subject<'_>) -> Vec<Reporting> {
    let slots = &subject.contract.plan.slots;
    let paid: Vec<&Slot> = subject
        .paid_columns()
        .into_iter()
        .filter_map(|at| slots.get(at))
        .collect();
    ["customer", "supplier", BOTH, NOBODY]
        .into_iter()
        .map(|by| {
            let own = paid
                .iter()
                .filter(|slot| slot.reporter.unwrap_or(NOBODY) == by);
            Reporting {
                by,
                inputs: unique(own.map(|slot| slot.input.clone())),
            }
        })
        .filter(|reporting| !reporting.inputs.is_empty())
        .collect()
}

fn unique<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}
