//! The story of a line ends in the line, and the story of the total in the total. This holds in every month of random
//! contracts, and of the same contracts after they are amended.

use std::collections::{BTreeMap, BTreeSet};

use quidpro::calendar::Month;
use quidpro::driver::{self, Checked, Invoicing, Loaded, Outcome};
use quidpro::evaluate::story;
use quidpro::ledger::{Statement, StepKind, Story};
use quidpro::quantity::Exact;

use super::choices::{Choices, REFUSED, law};
use super::description::{Contract, contract};
use super::product::{csv, data, load, rows};
use super::text;
use crate::amendments::{Texts, findings};

#[test]
fn the_story_of_each_line_ends_in_the_line() {
    law(40, |c| {
        let described = contract(c);
        let loaded = load(&text::print(&described))?;
        every_line_is_told(c, &described, &loaded)
    });
}

#[test]
fn the_story_of_each_line_of_an_amended_contract_ends_in_the_line() {
    law(20, |c| {
        let described = contract(c);
        let loaded = amended(c, &described)?;
        every_line_is_told(c, &described, &loaded)
    });
}

/// The contract, with a charge that is added within its first year.
fn amended(c: &mut Choices<'_>, described: &Contract) -> Result<Loaded, String> {
    let base = text::print(described);
    let name = base.split_whitespace().nth(1).unwrap_or_default();
    let effective = text::date(
        described.start + 1 + i32::try_from(c.below(6)).unwrap(),
        "01",
    );
    let change = format!(
        "use \"base.quid\"\namendment later to {name} effective {effective} {{\n  add charge later_third = 1 EUR / 3\n}}\n"
    );
    let texts = Texts(vec![("base.quid", base)]);
    let loaded = driver::load("later.quid", &change, &texts);
    match loaded.is_sound() {
        true => Ok(loaded),
        false
            if loaded
                .diagnostics
                .iter()
                .all(|one| one.code == "certain-outcome") =>
        {
            Err(REFUSED.to_owned())
        }
        false => Err(findings(&loaded)),
    }
}

fn every_line_is_told(
    c: &mut Choices<'_>,
    described: &Contract,
    loaded: &Loaded,
) -> Result<(), String> {
    let contract: &Checked = loaded.contracts.first().ok_or("no contract")?;
    let mut invoicing = Invoicing::of(contract).ok_or("a contract with errors")?;
    let table = csv(&data(c, described));
    let program = &contract.compiled.as_ref().ok_or("not compiled")?.program;
    for row in rows(program, &table)? {
        let Outcome::Invoiced(statement) = invoicing.compute(&row) else {
            continue;
        };
        let names: BTreeSet<&str> = statement
            .lines
            .iter()
            .map(|line| line.name.as_str())
            .collect();
        for name in std::iter::once(None).chain(names.into_iter().map(Some)) {
            let told = invoicing.history(row.account.as_ref()).and_then(|history| {
                let account = row.account.as_deref();
                let cells = BTreeMap::new();
                story(
                    invoicing.evaluator()?,
                    history,
                    &loaded.sources,
                    &cells,
                    account,
                    name,
                )
            });
            let told = told.ok_or("there is no story")?;
            ends_in(&told, &statement).map_err(|why| {
                let month: Month = row.month;
                let text = text::print(described);
                format!("{month}, {name:?}: {why}\n{statement:?}\n{text}\n{table}")
            })?;
        }
    }
    Ok(())
}

fn ends_in(told: &Story, statement: &Statement) -> Result<(), String> {
    let (wanted, kind) = match &told.line {
        None => (statement.total.clone(), StepKind::Total),
        Some(name) => {
            let under = format!("{name}.");
            let lines = statement.lines.iter();
            let own = lines.filter(|line| line.name == *name || line.name.starts_with(&under));
            let sum = own.fold(Exact::zero(), |sum, line| sum.add(&line.amount));
            (sum, StepKind::Line)
        }
    };
    let mut found = Exact::zero();
    for at in &told.answers {
        let step = told.steps.get(*at).ok_or("an answer that is no step")?;
        if step.kind != kind {
            return Err(format!("{} is told as {:?}", step.name, step.kind));
        }
        found = found.add(&step.value.as_ref().ok_or("a line without a value")?.value);
    }
    if found != wanted {
        return Err(format!(
            "the story ends in {found}, and the line is {wanted}"
        ));
    }
    let lines = told.steps.iter().filter(|step| step.kind == kind);
    let named: Vec<&str> = lines
        .filter(|step| Some(&step.name) == told.line.as_ref())
        .map(|step| step.name.as_str())
        .collect();
    if named.len() > told.answers.len() {
        return Err(format!("{named:?} are more steps than lines"));
    }
    match told.answers.iter().max() {
        Some(last) if last + 1 == told.steps.len() => Ok(()),
        _ => Err("something comes after the answer".to_owned()),
    }
}
