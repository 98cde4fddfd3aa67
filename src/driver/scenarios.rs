//! A contract's own examples, computed and compared with what they expect.

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::compile::Compiled;
use crate::evaluate::{Cell, Evaluator, Memory, Versions, invoice};
use crate::ledger::{LineKind, Mismatch, Refusal, ScenarioResult, Statement};
use crate::model::{Contract, Expected, ExpectedWhat, ScenarioFacts, names_of_line};
use crate::quantity::{Exact, Figure, Type};
use crate::report::paper::{Worked, WorkedResult};
use crate::text::Span;

use super::{Checked, VersionOf};

/// One month of a scenario.
struct MonthResult {
    month: Month,
    outcome: Result<Statement, Box<Refusal>>,
    /// The lines of the statement, by each name that an expectation can use for them.
    named: BTreeMap<String, Vec<usize>>,
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
    let scenarios = by_place(versions);
    let results = scenarios.values().map(|known| run(known));
    results.flatten().collect()
}

/// The scenarios in the order of the text, each as the versions read it.
fn by_place<'c>(versions: &[VersionOf<'c>]) -> BTreeMap<Span, Vec<Under<'c>>> {
    let mut scenarios: BTreeMap<Span, Vec<Under<'_>>> = BTreeMap::new();
    for version in versions {
        for facts in &version.contract.scenarios {
            let known = scenarios.entry(facts.span).or_default();
            known.extend(version.compiled.map(|compiled| Under {
                facts,
                compiled,
                from: version.from,
            }));
        }
    }
    scenarios
}

/// A scenario as a version of the contract reads it.
struct Under<'c> {
    facts: &'c ScenarioFacts,
    compiled: &'c Compiled,
    from: Option<Month>,
}

/// Runs a scenario under the versions that are in force in its months.
fn run(versions: &[Under<'_>]) -> Option<ScenarioResult> {
    let scenario = versions.first()?.facts;
    let (expected, months) = computed(versions)?;
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

/// The expectations of a scenario, and its months as they are computed.
fn computed<'c>(versions: &[Under<'c>]) -> Option<(Vec<&'c Expected>, Vec<MonthResult>)> {
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
        let outcome = invoice(evaluator, None);
        months.push(MonthResult {
            month,
            named: outcome.as_ref().map(named).unwrap_or_default(),
            outcome,
            values,
        });
    }
    Some((expected, months))
}

/// All scenarios of a contract as worked examples: what they state, and what it comes to.
#[must_use]
pub fn worked_examples(contract: &Checked) -> Vec<Worked> {
    let versions = contract.versions();
    let scenarios = by_place(&versions);
    scenarios
        .values()
        .filter_map(|known| worked(known))
        .collect()
}

fn worked(versions: &[Under<'_>]) -> Option<Worked> {
    let scenario = versions.first()?.facts;
    let (expected, months) = computed(versions)?;
    let mut given: Vec<(String, Vec<Option<Figure>>)> = Vec::new();
    for version in versions {
        let slots = &version.compiled.program.plan.slots;
        for (slot, values) in &version.facts.given {
            let at = usize::try_from(slot.0).unwrap_or(usize::MAX);
            let Some(plan) = slots.get(at) else { continue };
            if given.iter().any(|(name, _)| *name == plan.name) {
                continue;
            }
            let of = |month: usize| {
                let value = values.get(month).or_else(|| values.last());
                let value = value.and_then(Option::as_ref)?;
                Some(Figure::new(value.clone(), plan.kind.clone()))
            };
            given.push((plan.name.clone(), (0..months.len()).map(of).collect()));
        }
    }
    let mut results: Vec<(String, Vec<WorkedResult>)> = Vec::new();
    for (at, expected) in expected.iter().enumerate() {
        let title = match &expected.what {
            ExpectedWhat::Total => "total with tax".to_owned(),
            ExpectedWhat::Lines { kind, name } => {
                let kind = kind.map_or_else(String::new, |kind| kind.key().replace('_', " "));
                if kind == *name {
                    kind
                } else {
                    format!("{kind} {}", name.replace('_', " "))
                        .trim()
                        .to_owned()
                }
            }
            ExpectedWhat::Value { name, .. } => name.clone(),
            ExpectedWhat::NoInvoice => "invoice".to_owned(),
            ExpectedWhat::Notice(_) | ExpectedWhat::NoNotice => continue,
        };
        if results.iter().any(|(known, _)| *known == title) {
            continue;
        }
        let of = |month: &MonthResult| match (&expected.what, &month.outcome) {
            (ExpectedWhat::Value { .. }, _) => {
                let value = month.values.get(at).cloned().flatten();
                value.map_or(WorkedResult::None("no value"), |value| {
                    WorkedResult::Value(Figure::new(value, expected.kind.clone()))
                })
            }
            (_, Err(_)) => WorkedResult::None("not invoiced"),
            (ExpectedWhat::NoInvoice, Ok(statement)) => WorkedResult::Value(Figure::new(
                statement.total.clone(),
                Type::money(statement.currency),
            )),
            (what, Ok(statement)) => WorkedResult::Value(Figure::new(
                amount(what, statement, &month.named),
                Type::money(statement.currency),
            )),
        };
        results.push((title, months.iter().map(of).collect()));
    }
    Some(Worked {
        name: scenario.name.clone(),
        months: months.iter().map(|month| month.month).collect(),
        given,
        results,
    })
}

fn named(statement: &Statement) -> BTreeMap<String, Vec<usize>> {
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, line) in statement.lines.iter().enumerate() {
        for name in names_of_line(&line.name) {
            let lines = named.entry(name.to_owned()).or_default();
            // One name can mean a line in two ways, as with an adjustment of two members of a charge.
            if lines.last() != Some(&at) {
                lines.push(at);
            }
        }
    }
    named
}

/// The expectations of a scenario, each as the last version that understands it reads it.
fn all_expected<'c>(versions: &[Under<'c>]) -> Vec<&'c Expected> {
    let mut all: BTreeMap<Span, &Expected> = BTreeMap::new();
    for version in versions.iter().rev() {
        for expected in &version.facts.expected {
            all.entry(expected.span).or_insert(expected);
        }
    }
    all.into_values().collect()
}

/// The value of a metric, score or definition in the month computed last. Each version has it in a different node.
fn value(evaluator: &Evaluator<'_>, version: &Under<'_>, expected: &Expected) -> Option<Exact> {
    let own = version.facts.expects(expected.span)?;
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
                Ok(statement) => Ok(amount(what, statement, &result.named)),
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

/// The amount that an expectation is about. Credits and amounts held back count above 0.
fn amount(
    what: &ExpectedWhat,
    statement: &Statement,
    named: &BTreeMap<String, Vec<usize>>,
) -> Exact {
    let ExpectedWhat::Lines { kind, name } = what else {
        return statement.total.clone();
    };
    let lines = named.get(name).into_iter().flatten();
    let sum = lines
        .filter_map(|at| statement.lines.get(*at))
        .filter(|line| kind.is_none_or(|kind| line.kind == kind))
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount));
    if kind.is_some_and(LineKind::is_taken_off) {
        sum.negate()
    } else {
        sum
    }
}

/// How the outcome differs from the expectation of a notice or a missing invoice.
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
