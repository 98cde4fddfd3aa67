//! A contract's own examples, computed and compared with what they expect.

use crate::calendar::Month;
use crate::compile::Compiled;
use crate::evaluate::{Cell, Evaluator, Memory, Versions, invoice};
use crate::ledger::{LineKind, Mismatch, Refusal, ScenarioResult, Statement};
use crate::model::{Contract, Expected, ExpectedWhat, ScenarioFacts, is_line_of};
use crate::quantity::{Exact, Figure, Type};

use super::{Checked, VersionOf};

/// One month of a scenario.
struct MonthResult {
    month: Month,
    outcome: Result<Statement, Box<Refusal>>,
    /// The values of the expected metrics and definitions, in the order of the expectations.
    values: Vec<Option<Exact>>,
}

/// Runs all scenarios of a contract that is not amended.
#[must_use]
pub fn run_scenarios(contract: &Contract, compiled: &Compiled) -> Vec<ScenarioResult> {
    run_under(&[VersionOf {
        contract,
        compiled: Some(compiled),
        from: None,
    }])
}

/// Runs all scenarios of a contract, each month under the version in force in it.
#[must_use]
pub fn run_scenarios_of(contract: &Checked) -> Vec<ScenarioResult> {
    run_under(&contract.versions())
}

fn run_under(versions: &[VersionOf<'_>]) -> Vec<ScenarioResult> {
    let mut spans = Vec::new();
    for version in versions {
        for scenario in &version.contract.scenarios {
            if !spans.contains(&scenario.span) {
                spans.push(scenario.span);
            }
        }
    }
    spans.sort_unstable();
    let scenarios = spans.iter().map(|span| {
        let known = versions.iter().filter_map(|version| {
            let mut all = version.contract.scenarios.iter();
            let facts = all.find(|scenario| scenario.span == *span)?;
            Some(Under {
                facts,
                compiled: version.compiled?,
                from: version.from,
            })
        });
        run(&known.collect::<Vec<_>>())
    });
    scenarios.flatten().collect()
}

/// A scenario as a version of the contract understands it.
struct Under<'c> {
    facts: &'c ScenarioFacts,
    compiled: &'c Compiled,
    from: Option<Month>,
}

/// Runs a scenario under the versions that are in force in its months.
fn run(versions: &[Under<'_>]) -> Option<ScenarioResult> {
    let scenario = versions.first()?.facts;
    let programs: Vec<_> = versions
        .iter()
        .map(|version| (version.from, &version.compiled.program))
        .collect();
    let mut evaluators = Versions::new(&programs);
    let mut memory = Memory::default();
    let mut months = Vec::new();
    let expected = all_expected(versions);
    for (at, month) in scenario.months().enumerate() {
        let cells: Vec<Vec<Cell>> = versions
            .iter()
            .map(|version| {
                let slots = version.compiled.program.plan.slots.iter().enumerate();
                slots
                    .map(|(slot, plan)| match version.facts.value(slot, plan, at) {
                        Some(value) => Cell::Value(value.clone()),
                        None => Cell::Missing,
                    })
                    .collect()
            })
            .collect();
        evaluators.compute(&mut memory, month, &cells);
        let in_force = evaluators.in_force(month);
        let (version, evaluator) = (versions.get(in_force)?, evaluators.evaluator(in_force)?);
        let values = expected
            .iter()
            .map(|expected| value(evaluator, version, expected))
            .collect();
        months.push(MonthResult {
            month,
            outcome: invoice(evaluator, None),
            values,
        });
    }
    let mut mismatches = Vec::new();
    for (at, expected) in expected.iter().enumerate() {
        compare(scenario, at, expected, &months, &mut mismatches);
    }
    Some(ScenarioResult {
        name: scenario.name.clone(),
        span: scenario.span,
        mismatches,
    })
}

/// What a scenario expects, as understood by the last version that can.
fn all_expected<'c>(versions: &[Under<'c>]) -> Vec<&'c Expected> {
    let mut all: Vec<&Expected> = Vec::new();
    for version in versions.iter().rev() {
        for expected in &version.facts.expected {
            if !all.iter().any(|known| known.span == expected.span) {
                all.push(expected);
            }
        }
    }
    all.sort_by_key(|expected| expected.span);
    all
}

/// The value of a metric, score or definition in the month computed last; versions have it in different nodes.
fn value(evaluator: &Evaluator<'_>, version: &Under<'_>, expected: &Expected) -> Option<Exact> {
    let own = version.facts.expected.iter();
    let own = own.into_iter().find(|own| own.span == expected.span)?;
    match &own.what {
        ExpectedWhat::Value { node, .. } => {
            evaluator.number(version.compiled.node(*node)?).cloned()
        }
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

/// The amount of an expectation; credits and held-back amounts count as positive.
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

/// What differs from the expectation of a notice or a missing invoice.
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
