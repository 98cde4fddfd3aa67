//! For each credit of a month, and each bonus that was not reached, the smallest change of one KPI that would have been
//! enough. Each candidate is computed by the exact evaluator, with the history that the account has.

use crate::calendar::Month;
use crate::compile::Compiled;
use crate::data::Row;
use crate::evaluate::{Cell, Evaluator, History, Supposing, invoice};
use crate::ledger::{LineKind, Statement};
use crate::lint::{Settings, Subject, samples};
use crate::model::{Contract, MetricFacts};
use crate::program::{LinePlan, NodeId, Program};
use crate::quantity::{Exact, Figure};
use crate::report::story::why_not::{Enough, Unwanted, WhyNot};
use crate::text::Sources;

use super::Checked;
use super::invoicing::cell;

/// What would have changed the last of these months of one account. The rows begin with the account's first one. Nothing
/// if the contract is amended, or the month has no invoice.
#[must_use]
pub fn why_not(checked: &Checked, sources: &Sources, rows: &[Row]) -> Option<WhyNot> {
    if !checked.former.is_empty() {
        return None;
    }
    let (contract, compiled) = (&checked.contract, checked.compiled.as_ref()?);
    let (last, before) = rows.split_last()?;
    let supposing = Supposing::new(&compiled.program);
    let mut plain = supposing.evaluator([]);
    let mut history = History::default();
    for row in before {
        plain.compute(&mut history, row.month, &cells(row));
    }
    let month = Asked {
        supposing,
        history,
        month: last.month,
        cells: cells(last),
        account: last.account.as_deref(),
    };
    let (evaluator, statement) = month.with(None)?;
    let mut why = WhyNot {
        account: statement.account.clone(),
        month: statement.month,
        currency: statement.currency,
        total: statement.total.clone(),
        lines: unwanted(&compiled.program, &statement),
    };
    let settings = Settings::default();
    let subject = Subject::new(contract, Some(compiled), sources, &settings);
    for metric in &contract.metrics {
        let values = samples(&subject, metric);
        for (name, place) in places(contract, compiled, metric) {
            if let Some(now) = evaluator.number(place) {
                try_values(&mut why, &month, metric, (&name, place), now, &values);
            }
        }
    }
    Some(why)
}

/// A month that is computed again with other values.
struct Asked<'p> {
    supposing: Supposing<'p>,
    history: History,
    month: Month,
    cells: Vec<Cell>,
    account: Option<&'p str>,
}

impl<'p> Asked<'p> {
    /// The month with a node at another value.
    fn with(&self, value: Option<(NodeId, Exact)>) -> Option<(Evaluator<'p>, Statement)> {
        let mut evaluator = self.supposing.evaluator(value);
        evaluator.compute(&mut self.history.clone(), self.month, &self.cells);
        let statement = invoice(&evaluator, self.account).ok()?;
        Some((evaluator, statement))
    }
}

fn cells(row: &Row) -> Vec<Cell> {
    row.cells.iter().map(cell).collect()
}

/// The credits that were taken off, and the bonuses that were not reached. A statement leaves out lines of nothing, so
/// the bonuses are those of the plan.
fn unwanted(program: &Program, statement: &Statement) -> Vec<Unwanted> {
    let one = |kind, name: &str, amount: &Exact| Unwanted {
        kind,
        name: name.to_owned(),
        amount: amount.clone(),
        changes: Vec::new(),
    };
    let lines = statement.lines.iter();
    let credits = lines.filter(|line| line.kind == LineKind::Credit && line.amount.is_negative());
    let credits = credits.map(|line| one(line.kind, &line.name, &line.amount));
    let paid = |plan: &&LinePlan| {
        let mut lines = statement.lines.iter();
        lines.any(|line| {
            (line.kind, &line.name) == (plan.kind, &plan.name) && !line.amount.is_zero()
        })
    };
    let bonuses = program.plan.lines.iter();
    let bonuses = bonuses.filter(|plan| plan.kind == LineKind::Bonus && !paid(plan));
    let bonuses = bonuses.map(|plan| one(plan.kind, &plan.name, &Exact::zero()));
    credits.chain(bonuses).collect()
}

/// The values of a KPI in the program: one, or one for each member of its dimension.
fn places(contract: &Contract, compiled: &Compiled, metric: &MetricFacts) -> Vec<(String, NodeId)> {
    let facts = contract
        .facts
        .metrics
        .iter()
        .find(|one| one.name() == metric.name);
    let dimension = facts.and_then(|one| one.dimension.as_ref());
    let dimension = dimension.and_then(|name| {
        contract
            .facts
            .dimensions
            .iter()
            .find(|one| one.name == *name)
    });
    let names: Vec<String> = match dimension {
        Some(dimension) => {
            let members = dimension.members.iter();
            members
                .map(|member| format!("{}.{member}", metric.name))
                .collect()
        }
        None => vec![metric.name.clone()],
    };
    let places = names.into_iter().zip(&metric.nodes);
    places
        .filter_map(|(name, node)| Some((name, compiled.node(*node)?)))
        .collect()
}

/// Tries the values of a KPI, the closest first, until each line is settled.
fn try_values(
    why: &mut WhyNot,
    month: &Asked<'_>,
    metric: &MetricFacts,
    (name, place): (&str, NodeId),
    now: &Exact,
    values: &[Exact],
) {
    let mut values: Vec<&Exact> = values.iter().filter(|value| *value != now).collect();
    values.sort_by_key(|value| value.subtract(now).abs());
    for value in values {
        let open = |line: &Unwanted| line.changes.iter().all(|change| change.metric != name);
        if !why.lines.iter().any(open) {
            return;
        }
        let Some((_, statement)) = month.with(Some((place, value.clone()))) else {
            continue;
        };
        for line in why.lines.iter_mut().filter(|line| open(line)) {
            let amount = amount(&statement, line);
            let enough = match line.kind {
                LineKind::Bonus => !amount.is_zero() && !amount.is_negative(),
                _ => !amount.is_negative(),
            };
            if enough {
                line.changes.push(Enough {
                    metric: name.to_owned(),
                    now: Figure::new(now.clone(), metric.value_type.clone()),
                    enough: Figure::new(value.clone(), metric.value_type.clone()),
                    amount,
                    total: statement.total.clone(),
                });
            }
        }
    }
}

/// What a line comes to on a statement.
fn amount(statement: &Statement, line: &Unwanted) -> Exact {
    let lines = statement.lines.iter();
    lines
        .filter(|one| one.kind == line.kind && one.name == line.name)
        .fold(Exact::zero(), |sum, one| sum.add(&one.amount))
}
