//! A contract's own examples, computed and compared with what they expect.

use crate::calendar::Month;
use crate::compile::Compiled;
use crate::evaluate::{Cell, Evaluator, History, invoice};
use crate::ledger::{LineKind, Mismatch, Refusal, ScenarioResult, Statement};
use crate::model::{Contract, Expected, ExpectedWhat, ScenarioFacts, is_line_of};
use crate::program::Slot;
use crate::quantity::{Exact, Figure, Type};

/// One month of a scenario.
struct MonthResult {
    month: Month,
    outcome: Result<Statement, Box<Refusal>>,
    /// The values of the expected metrics and definitions, in the order of the expectations.
    values: Vec<Option<Exact>>,
}

/// Runs all scenarios of a contract.
#[must_use]
pub fn run_scenarios(contract: &Contract, compiled: &Compiled) -> Vec<ScenarioResult> {
    contract
        .scenarios
        .iter()
        .map(|scenario| run(scenario, compiled))
        .collect()
}

fn run(scenario: &ScenarioFacts, compiled: &Compiled) -> ScenarioResult {
    let mut evaluator = Evaluator::new(&compiled.program);
    let mut history = History::default();
    let mut months = Vec::new();
    let count = scenario.last.since(scenario.first).clamp(0, 1200);
    for at in 0..=count {
        let month = scenario.first.plus(at);
        let cells: Vec<Cell> = compiled
            .program
            .plan
            .slots
            .iter()
            .enumerate()
            .map(|(slot, plan)| cell(scenario, slot, plan, at))
            .collect();
        evaluator.compute(&mut history, month, &cells);
        let values = scenario
            .expected
            .iter()
            .map(|expected| value(&evaluator, compiled, expected))
            .collect();
        months.push(MonthResult {
            month,
            outcome: invoice(&evaluator, None),
            values,
        });
    }
    let mut mismatches = Vec::new();
    for (at, expected) in scenario.expected.iter().enumerate() {
        compare(scenario, at, expected, &months, &mut mismatches);
    }
    ScenarioResult {
        name: scenario.name.clone(),
        span: scenario.span,
        mismatches,
    }
}

/// The given value of the month, or the last one given before it; else the nominal value; else nothing.
fn cell(scenario: &ScenarioFacts, slot: usize, plan: &Slot, at: i32) -> Cell {
    let given = scenario.given.iter().find(|(id, _)| id.0 as usize == slot);
    let at = usize::try_from(at).unwrap_or(0);
    let value = given.and_then(|(_, values)| values.get(at).or_else(|| values.last()));
    match value.or(plan.nominal.as_ref()) {
        Some(value) => Cell::Value(value.clone()),
        None => Cell::Missing,
    }
}

fn value(evaluator: &Evaluator<'_>, compiled: &Compiled, expected: &Expected) -> Option<Exact> {
    match &expected.what {
        ExpectedWhat::Value { node, .. } => evaluator.number(compiled.node(*node)?).cloned(),
        ExpectedWhat::Total
        | ExpectedWhat::Lines { .. }
        | ExpectedWhat::Notice(_)
        | ExpectedWhat::NoNotice
        | ExpectedWhat::NoInvoice => None,
    }
}

fn compare(
    scenario: &ScenarioFacts,
    at: usize,
    expected: &Expected,
    months: &[MonthResult],
    mismatches: &mut Vec<Mismatch>,
) {
    let mut differ = |month: Month, message: String| {
        mismatches.push(Mismatch {
            month,
            message,
            span: expected.span,
        })
    };
    if expected.values.is_empty() {
        let result = months.iter().find(|result| result.month == expected.month);
        match result.map(|result| unlike(&expected.what, &result.outcome)) {
            None => differ(
                expected.month,
                format!("{} is not a month of the scenario", expected.month),
            ),
            Some(Some(message)) => differ(expected.month, message),
            Some(None) => {}
        }
        return;
    }
    let offset = if expected.values.len() == 1 {
        months.len().saturating_sub(1)
    } else {
        0
    };
    for (position, wanted) in expected.values.iter().enumerate() {
        let Some(result) = months.get(offset + position) else {
            differ(
                scenario.last,
                "more values are expected than the scenario has months".to_owned(),
            );
            return;
        };
        let found = match &expected.what {
            ExpectedWhat::Value { .. } => result
                .values
                .get(at)
                .cloned()
                .flatten()
                .ok_or_else(|| "no value".to_owned()),
            what => match &result.outcome {
                Ok(statement) => Ok(amount(what, statement)),
                Err(refusal) => Err(format!("no invoice: {}", reasons(refusal))),
            },
        };
        let wanted_words = shown(wanted, &expected.kind);
        match found {
            Ok(found) if found == *wanted => {}
            Ok(found) => differ(
                result.month,
                format!(
                    "expected {} to be {wanted_words}, but it is {}",
                    name(&expected.what),
                    shown(&found, &expected.kind)
                ),
            ),
            Err(reason) => differ(
                result.month,
                format!(
                    "expected {} to be {wanted_words}, but there is {reason}",
                    name(&expected.what)
                ),
            ),
        }
    }
}

/// The amount that an expectation speaks of; credits and what is held back count above 0.
fn amount(what: &ExpectedWhat, statement: &Statement) -> Exact {
    let ExpectedWhat::Lines { kind, name } = what else {
        return statement.total.clone();
    };
    let sum = statement
        .lines
        .iter()
        .filter(|line| kind.is_none_or(|kind| line.kind == kind))
        .filter(|line| is_line_of(&line.name, name))
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount));
    if matches!(kind, Some(LineKind::Credit | LineKind::Holdback)) {
        sum.negate()
    } else {
        sum
    }
}

/// What is not as expected of a notice or a missing invoice.
fn unlike(what: &ExpectedWhat, outcome: &Result<Statement, Box<Refusal>>) -> Option<String> {
    match (what, outcome) {
        (ExpectedWhat::NoInvoice, Ok(statement)) => Some(format!(
            "expected no invoice, but it is {} {}",
            statement.total, statement.currency
        )),
        (ExpectedWhat::NoInvoice, Err(_)) => None,
        (_, Err(refusal)) => Some(format!("there is no invoice: {}", reasons(refusal))),
        (ExpectedWhat::Notice(words), Ok(statement)) => {
            let given: Vec<String> = statement
                .notices
                .iter()
                .map(|notice| format!("{}: {}", notice.name, notice.text))
                .collect();
            let found = given.iter().any(|notice| notice.contains(words.as_str()));
            (!found).then(|| match given.as_slice() {
                [] => format!("expected a notice `{words}`, but there is none"),
                all => format!(
                    "expected a notice `{words}`, but there is only `{}`",
                    all.join("`, `")
                ),
            })
        }
        (ExpectedWhat::NoNotice, Ok(statement)) => statement.notices.first().map(|notice| {
            format!(
                "expected no notice, but there is `{}: {}`",
                notice.name, notice.text
            )
        }),
        (ExpectedWhat::Total | ExpectedWhat::Lines { .. } | ExpectedWhat::Value { .. }, Ok(_)) => {
            None
        }
    }
}

fn reasons(refusal: &Refusal) -> String {
    let all: Vec<&str> = refusal
        .reasons
        .iter()
        .map(|reason| reason.message.as_str())
        .collect();
    all.join("; ")
}

fn name(what: &ExpectedWhat) -> String {
    match what {
        ExpectedWhat::Total => "the total".to_owned(),
        ExpectedWhat::Lines { name, .. } | ExpectedWhat::Value { name, .. } => format!("`{name}`"),
        ExpectedWhat::Notice(_) | ExpectedWhat::NoNotice => "the notices".to_owned(),
        ExpectedWhat::NoInvoice => "the invoice".to_owned(),
    }
}

fn shown(value: &Exact, kind: &Type) -> String {
    Figure::new(value.clone(), kind.clone()).to_string()
}
