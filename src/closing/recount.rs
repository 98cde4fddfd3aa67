//! What was reported beside what the records give, and what the difference is worth.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::calendar::Month;
use crate::data::{Cell, Row, Schema};
use crate::driver::{Checked, Invoicing, Outcome};
use crate::model::Contract;
use crate::quantity::Exact;
use crate::report::records::{Reading, Recount, Recounted, RecountedMonth};

/// The rows of each account, in the order of their months.
type Accounts = BTreeMap<Option<Arc<str>>, Vec<Row>>;

/// What is compared.
pub struct Recounting<'c> {
    /// The contract with all its versions.
    pub checked: &'c Checked,
    /// The columns of its data.
    pub schema: &'c Schema,
    /// What was reported, and the name of its file.
    pub reported: (&'c Accounts, String),
    /// What the records give, in the columns of [`counted_columns`], and the name of its file.
    pub recounted: (&'c Accounts, String),
}

/// The positions of the columns whose input says what it is counted from.
#[must_use]
pub fn counted_columns(contract: &Contract, schema: &Schema) -> Vec<usize> {
    let inputs = contract.facts.inputs.iter();
    let counted: BTreeSet<&str> = inputs
        .filter(|input| input.counted.is_some())
        .map(|input| input.head.name())
        .collect();
    let columns = schema.columns.iter().enumerate();
    columns
        .filter(|(_, column)| counted.contains(column.input.as_str()))
        .map(|(at, _)| at)
        .collect()
}

/// Compares; nothing for a contract without a currency or a program.
#[must_use]
pub fn recount(of: &Recounting<'_>) -> Option<Recount> {
    let contract = &of.checked.contract;
    let columns = counted_columns(contract, of.schema);
    let mut found = Recount {
        contract: contract.heading.contract.clone(),
        currency: contract.currency?,
        files: (of.reported.1.clone(), of.recounted.1.clone()),
        months: Vec::new(),
        alone: Vec::new(),
    };
    for (account, rows) in of.reported.0 {
        let empty = Vec::new();
        let others = of.recounted.0.get(account).unwrap_or(&empty);
        let others: BTreeMap<Month, &Row> = others.iter().map(|row| (row.month, row)).collect();
        let months = compared(of, &columns, rows, &others)?;
        found.months.extend(months);
        for row in rows.iter().filter(|row| !others.contains_key(&row.month)) {
            let name = account.as_deref().map(str::to_owned);
            found.alone.push((name, row.month, of.reported.1.clone()));
        }
    }
    for (account, rows) in of.recounted.0 {
        let known: BTreeSet<Month> = of
            .reported
            .0
            .get(account)
            .map(|rows| rows.iter().map(|row| row.month).collect())
            .unwrap_or_default();
        for row in rows.iter().filter(|row| !known.contains(&row.month)) {
            let name = account.as_deref().map(str::to_owned);
            found.alone.push((name, row.month, of.recounted.1.clone()));
        }
    }
    Some(found)
}

/// The months of one account that both files have.
fn compared(
    of: &Recounting<'_>,
    columns: &[usize],
    rows: &[Row],
    others: &BTreeMap<Month, &Row>,
) -> Option<Vec<RecountedMonth>> {
    let reported = totals(of.checked, rows)?;
    let all = totals(of.checked, &replaced(rows, others, columns, columns))?;
    let contract = &of.checked.contract;
    let mut inputs: Vec<&str> = Vec::new();
    for at in columns {
        let input = of.schema.columns.get(*at)?.input.as_str();
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    // Each input alone: what it is worth while everything else stays as it was reported.
    let mut alone: BTreeMap<&str, BTreeMap<Month, Exact>> = BTreeMap::new();
    for input in inputs {
        let of_input = |at: &&usize| {
            of.schema
                .columns
                .get(**at)
                .is_some_and(|one| one.input == input)
        };
        let only: Vec<usize> = columns.iter().filter(of_input).copied().collect();
        alone.insert(
            input,
            totals(of.checked, &replaced(rows, others, columns, &only))?,
        );
    }
    let mut months = Vec::new();
    for row in rows {
        let Some(other) = others.get(&row.month) else {
            continue;
        };
        let values = columns.iter().enumerate().filter_map(|(place, at)| {
            let column = of.schema.columns.get(*at)?;
            let input = contract
                .facts
                .inputs
                .iter()
                .find(|one| one.head.name() == column.input)?;
            let before = reported.get(&row.month);
            let after = alone
                .get(column.input.as_str())
                .and_then(|totals| totals.get(&row.month));
            Some(Recounted {
                column: column.name.clone(),
                title: column.title.clone(),
                kind: column.kind.clone(),
                definition: input.counted.as_ref()?.words.clone(),
                reported: reading(row.cells.get(*at)),
                recounted: reading(other.cells.get(place)),
                worth: before
                    .zip(after)
                    .map(|(before, after)| after.subtract(before)),
            })
        });
        months.push(RecountedMonth {
            account: row.account.as_deref().map(str::to_owned),
            month: row.month,
            values: values.collect(),
            reported_total: reported.get(&row.month).cloned(),
            recounted_total: all.get(&row.month).cloned(),
        });
    }
    Some(months)
}

fn reading(cell: Option<&Cell>) -> Reading {
    match cell {
        Some(Cell::Value(value)) => Reading::Value(value.clone()),
        Some(Cell::Refused(_)) => Reading::Unreadable,
        Some(Cell::Missing) | None => Reading::Missing,
    }
}

/// The rows with some of their cells as the records give them.
fn replaced(
    rows: &[Row],
    others: &BTreeMap<Month, &Row>,
    columns: &[usize],
    only: &[usize],
) -> Vec<Row> {
    let mut rows = rows.to_vec();
    for row in &mut rows {
        let Some(other) = others.get(&row.month) else {
            continue;
        };
        for (place, at) in columns.iter().enumerate() {
            if only.contains(at)
                && let (Some(cell), Some(with)) = (row.cells.get_mut(*at), other.cells.get(place))
            {
                *cell = with.clone();
            }
        }
    }
    rows
}

/// The total of each month that has an invoice.
fn totals(checked: &Checked, rows: &[Row]) -> Option<BTreeMap<Month, Exact>> {
    let mut invoicing = Invoicing::of(checked)?;
    let mut totals = BTreeMap::new();
    for row in rows {
        if let Outcome::Invoiced(statement) = invoicing.compute(row) {
            totals.insert(row.month, statement.total);
        }
    }
    Some(totals)
}
