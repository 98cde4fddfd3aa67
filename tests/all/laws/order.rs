//! What must not matter: the order of items and rows, other accounts, later months, and how the work is divided.

use std::collections::HashMap;

use super::choices::{Choices, law};
use super::description::contract;
use super::product::{self, Data, Months, csv, data, invoice, load, program, rows};
use super::text;

use quidpro::driver::{Invoicing, Loaded};
use quidpro::evaluate::{self, Cell, Evaluator, History};
use quidpro::ledger::{LineKind, Statement};
use quidpro::quantity::Exact;
use quidpro::report::statement::{csv as as_csv, json, text as as_text};

struct Case {
    text: String,
    data: Data,
    loaded: Loaded,
}

impl Case {
    fn new(c: &mut Choices<'_>) -> Result<Self, String> {
        let contract = contract(c);
        let text = text::print(&contract);
        let data = data(c, &contract);
        let loaded = load(&text)?;
        Ok(Self { text, data, loaded })
    }

    fn months(&self, data: &Data) -> Result<Months, String> {
        invoice(program(&self.loaded), &csv(data))
    }

    fn differ(&self, what: &str) -> String {
        format!("{what}\n{}\n{}", self.text, csv(&self.data))
    }
}

fn same(one: &Result<Statement, String>, other: &Result<Statement, String>) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => one == other,
        (Err(_), Err(_)) => true,
        _ => false,
    }
}

/// The kind, name and amount of each line, sorted, without the places in the text.
fn amounts(statement: &Statement) -> (Vec<(LineKind, String, Exact)>, Exact) {
    let mut lines: Vec<_> = statement
        .lines
        .iter()
        .map(|line| (line.kind, line.name.clone(), line.amount.clone()))
        .collect();
    lines.sort();
    (lines, statement.total.clone())
}

#[test]
fn the_order_of_items_does_not_matter() {
    law(60, |c| {
        let mut described = contract(c);
        // Limits apply in the order written, and if remainders are equal, the line written first gets the cent.
        described.limits.truncate(1);
        let mut items = text::items(&described);
        let text = text::in_braces(&items);
        let table = csv(&data(c, &described));
        let before = invoice(program(&load(&text)?), &table)?;
        for at in (1..items.len()).rev() {
            let other = c.below(at + 1);
            items.swap(at, other);
        }
        let turned = text::in_braces(&items);
        let after = invoice(program(&load(&turned)?), &table)?;
        let ties = !described.limits.is_empty() || !described.each_line;
        for ((_, month, one), (_, _, other)) in before.iter().zip(&after) {
            let fine = match (one, other) {
                (Ok(one), Ok(other)) if ties => one.total == other.total,
                (Ok(one), Ok(other)) => amounts(one) == amounts(other),
                (Err(_), Err(_)) => true,
                _ => false,
            };
            if !fine {
                let month = product::month(*month);
                return Err(format!(
                    "{month}: {one:#?}\n{other:#?}\n{text}\n{turned}\n{table}"
                ));
            }
        }
        Ok(())
    });
}

#[test]
fn the_order_of_rows_does_not_matter() {
    law(40, |c| {
        let case = Case::new(c)?;
        let table = csv(&case.data);
        let before = invoice(program(&case.loaded), &table)?;
        let mut rows: Vec<&str> = table.lines().skip(1).collect();
        for at in (1..rows.len()).rev() {
            rows.swap(at, c.below(at + 1));
        }
        let head = table.lines().next().unwrap();
        let turned = format!("{head}\n{}\n", rows.join("\n"));
        let after = invoice(program(&case.loaded), &turned)?;
        for (account, month, outcome) in &before {
            let other = after
                .iter()
                .find(|other| other.0 == *account && other.1 == *month);
            if !other.is_some_and(|other| same(outcome, &other.2)) {
                return Err(case.differ(&format!("{month} changed in\n{turned}")));
            }
        }
        Ok(())
    });
}

#[test]
fn accounts_do_not_influence_each_other() {
    law(40, |c| {
        let case = Case::new(c)?;
        let all = case.months(&case.data)?;
        let mut alone = Months::new();
        for account in &case.data {
            alone.extend(case.months(&vec![account.clone()])?);
        }
        let fine = all.len() == alone.len()
            && all
                .iter()
                .zip(&alone)
                .all(|(one, other)| one.0 == other.0 && same(&one.2, &other.2));
        if fine {
            Ok(())
        } else {
            Err(case.differ("an account alone has other months"))
        }
    });
}

#[test]
fn accounts_that_take_turns_do_not_influence_each_other() {
    law(40, |c| {
        let case = Case::new(c)?;
        let program = program(&case.loaded);
        let all = case.months(&case.data)?;
        let mut rows = rows(program, &csv(&case.data))?;
        rows.sort_by_key(|row| row.month);
        let mut invoicing = Invoicing::new(program);
        for row in rows {
            let outcome = invoicing.compute(&row);
            let account = row.account.as_ref().map(ToString::to_string);
            let month = row.month.index();
            let wanted = all.iter().find(|one| one.0 == account && one.1 == month);
            let fine = match (&wanted.unwrap().2, outcome) {
                (Ok(one), quidpro::driver::Outcome::Invoiced(other)) => *one == *other,
                (Err(_), quidpro::driver::Outcome::Refused(..)) => true,
                _ => false,
            };
            if !fine {
                return Err(case.differ("interleaved accounts have other months"));
            }
        }
        Ok(())
    });
}

#[test]
fn months_one_by_one_with_their_history_are_what_all_at_once_are() {
    law(40, |c| {
        let case = Case::new(c)?;
        let program = program(&case.loaded);
        let all = case.months(&case.data)?;
        let mut histories: HashMap<Option<String>, History> = HashMap::new();
        for row in rows(program, &csv(&case.data))? {
            let account = row.account.as_ref().map(ToString::to_string);
            let mut history = histories.get(&account).cloned().unwrap_or_default();
            let cells: Vec<Cell> = row
                .cells
                .iter()
                .map(|cell| match cell {
                    quidpro::data::Cell::Value(value) => Cell::Value(value.clone()),
                    quidpro::data::Cell::Missing => Cell::Missing,
                    quidpro::data::Cell::Refused(_) => Cell::Unreadable,
                })
                .collect();
            let mut evaluator = Evaluator::new(program);
            evaluator.compute(&mut history, row.month, &cells);
            let found = evaluate::invoice(&evaluator, account.as_deref());
            histories.insert(account.clone(), history);
            let month = row.month.index();
            let wanted = all
                .iter()
                .find(|one| one.0 == account && one.1 == month)
                .unwrap();
            if !same(&wanted.2, &found.map_err(|refusal| format!("{refusal:?}"))) {
                return Err(case.differ("a month alone with its history is another one"));
            }
        }
        Ok(())
    });
}

#[test]
fn a_later_month_never_changes_an_earlier_statement() {
    law(40, |c| {
        let case = Case::new(c)?;
        let all = case.months(&case.data)?;
        let keep = c.below(8);
        let shorter: Data = case
            .data
            .iter()
            .map(|(account, months)| {
                let kept = months.iter().take(1 + keep);
                (
                    account.clone(),
                    kept.map(|(at, row)| (*at, row.clone())).collect(),
                )
            })
            .collect();
        for (account, month, outcome) in case.months(&shorter)? {
            let whole = all
                .iter()
                .find(|one| one.0 == account && one.1 == month)
                .unwrap();
            if !same(&outcome, &whole.2) {
                return Err(case.differ("a later month changed an earlier one"));
            }
        }
        Ok(())
    });
}

#[test]
fn every_format_gives_the_same_bytes_twice() {
    law(25, |c| {
        let case = Case::new(c)?;
        let table = csv(&case.data);
        let again = load(&case.text)?;
        if written(&case.loaded, &table)? == written(&again, &table)? {
            Ok(())
        } else {
            Err(case.differ("two runs wrote different bytes"))
        }
    });
}

/// Everything that a run can write, one format after another.
fn written(loaded: &Loaded, table: &str) -> Result<Vec<u8>, String> {
    let heading = &loaded.contracts[0].contract.heading;
    let origin = json::Origin::default();
    let mut out = Vec::new();
    let mut documents = Vec::new();
    let mut rows = Vec::new();
    let mut to_json = json::Writer::new(&mut documents, heading, &origin, &loaded.sources).unwrap();
    let mut to_csv = as_csv::Writer::new(&mut rows).unwrap();
    for (_, _, outcome) in invoice(program(loaded), table)? {
        match outcome {
            Ok(statement) => {
                out.extend(as_text::render(heading, &statement).into_bytes());
                to_json.statement(&statement).unwrap();
                to_csv.statement(heading, &statement).unwrap();
            }
            Err(why) => out.extend(why.into_bytes()),
        }
    }
    to_json.finish().unwrap();
    to_csv.finish().unwrap();
    out.extend(documents);
    out.extend(rows);
    Ok(out)
}

#[test]
fn definitions_that_read_each_other_s_earlier_months_can_stand_in_any_order() {
    let lets = [
        "let carried : calls = previous open, at first 0",
        "let open : calls = carried + offered",
        "let trend : calls = open - previous carried, at first 0",
    ];
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let lets = order.map(|at| lets[at]).join("\n");
        let text = format!(
            "contract c {{\ncurrency EUR\nterm 2026-01-01 to 2026-12-31\n\
             round each line half up to 0.01 EUR\n{lets}\ninput offered : calls\n\
             charge a for open at 1 EUR\ncharge b for trend at 1 EUR\n}}"
        );
        let loaded = load(&text).unwrap();
        let table = "month,offered\n2026-01,1\n2026-02,2\n2026-03,3\n";
        let totals: Vec<String> = invoice(program(&loaded), table)
            .unwrap()
            .into_iter()
            .map(|(_, _, outcome)| outcome.unwrap().total.to_string())
            .collect();
        // open 1, 3, 6; carried 0, 1, 3; trend 1, 3, 5.
        assert_eq!(totals, ["2", "6", "11"], "{text}");
    }
}
