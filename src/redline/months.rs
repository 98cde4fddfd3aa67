//! The months of the data, computed under both texts.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Month;
use crate::data::{Cell, Problem, Reader, Row, Schema, TOTAL_ROW};
use crate::driver::{Checked, Invoicing, Outcome, schema_of};
use crate::report::redline::{Money, MonthPair, OneSided, Under, Which};

/// Opens the data with these columns. It is asked once for each text.
pub type Opening<'o> = dyn Fn(&Schema) -> Result<Reader<'static>, Vec<Problem>> + 'o;

/// An account and a month.
type Key = (Option<Arc<str>>, Month);

/// The rows as one text reads them.
struct Read {
    keys: Vec<Key>,
    rows: HashMap<Key, Row>,
    problems: Vec<Problem>,
    totals: usize,
}

/// Computes each month of the data under both texts. A column that only one of the texts knows may be absent: the
/// months that need it are then without an invoice under that text. `wanted` says which accounts and months are kept;
/// the others are computed, because later months can depend on them. Nothing if a text has no program.
///
/// # Errors
/// What is wrong with the data as a whole, such as a column that both texts need and the data does not have.
pub fn months(
    old: &Checked,
    new: &Checked,
    open: &Opening<'_>,
    wanted: impl Fn(Option<&str>, Month) -> bool,
) -> Result<Option<Money>, Vec<Problem>> {
    let (Some(old_columns), Some(new_columns)) = (schema_of(old), schema_of(new)) else {
        return Ok(None);
    };
    let (Some(mut under_old), Some(mut under_new)) = (Invoicing::of(old), Invoicing::of(new))
    else {
        return Ok(None);
    };
    let old_read = read(open(&beside(&old_columns, &new_columns))?);
    let new_read = read(open(&beside(&new_columns, &old_columns))?);
    let mut money = Money {
        file: String::new(),
        sha256: String::new(),
        months: Vec::new(),
        columns: one_sided(&old_columns, &new_columns, &old_read, Which::Old),
        unread: Vec::new(),
        totals_left_out: old_read.totals.max(new_read.totals),
    };
    money
        .columns
        .extend(one_sided(&new_columns, &old_columns, &new_read, Which::New));
    for problem in old_read.problems.iter().chain(&new_read.problems) {
        let problem = problem.to_string();
        if !money.unread.contains(&problem) {
            money.unread.push(problem);
        }
    }
    let later = new_read
        .keys
        .iter()
        .filter(|key| !old_read.rows.contains_key(*key));
    for key in old_read.keys.iter().chain(later) {
        let (account, month) = key;
        let gaps = under_old.gap(account.as_ref(), *month);
        let gaps = gaps.into_iter().map(|gap| {
            let reason = vec![format!(
                "the data has no row for {gap}, which is between months that it has"
            )];
            (gap, Under::Refused(reason.clone()), Under::Refused(reason))
        });
        let own = (
            *month,
            under(
                &mut under_old,
                old_read.rows.get(key),
                old_columns.columns.len(),
            ),
            under(
                &mut under_new,
                new_read.rows.get(key),
                new_columns.columns.len(),
            ),
        );
        for (month, old, new) in gaps.chain([own]) {
            if wanted(account.as_deref(), month) {
                money.months.push(MonthPair {
                    account: account.as_deref().map(str::to_owned),
                    month,
                    old,
                    new,
                });
            }
        }
    }
    Ok(Some(money))
}

/// The columns of a text, then those that only the other one knows. What only one of them knows may be absent.
fn beside(own: &Schema, other: &Schema) -> Schema {
    let mut columns = own.columns.clone();
    for column in &mut columns {
        column.may_be_missing |= other.position(&column.name).is_none();
    }
    let foreign = other
        .columns
        .iter()
        .filter(|column| own.position(&column.name).is_none())
        .cloned();
    columns.extend(foreign.map(|mut column| {
        column.may_be_missing = true;
        column.versions.clear();
        column
    }));
    Schema { columns }
}

fn read(mut reader: Reader<'_>) -> Read {
    let mut found = Read {
        keys: Vec::new(),
        rows: HashMap::new(),
        problems: Vec::new(),
        totals: 0,
    };
    loop {
        let mut row = Row::default();
        match reader.read_into(&mut row) {
            Ok(false) => return found,
            Ok(true) => {
                let key = (row.account.clone(), row.month);
                found.keys.push(key.clone());
                found.rows.insert(key, row);
            }
            Err(problem) if problem.code == TOTAL_ROW => found.totals += 1,
            Err(problem) => found.problems.push(*problem),
        }
    }
}

/// The columns that only this text knows, and whether the data has them.
fn one_sided(own: &Schema, other: &Schema, read: &Read, of: Which) -> Vec<OneSided> {
    let columns = own.columns.iter().enumerate();
    let alone = columns.filter(|(_, column)| other.position(&column.name).is_none());
    alone
        .map(|(at, column)| OneSided {
            column: column.name.clone(),
            title: column.title.clone(),
            of,
            given: read
                .rows
                .values()
                .any(|row| row.cells.get(at).is_some_and(|cell| *cell != Cell::Missing)),
            may_be_missing: column.may_be_missing,
        })
        .collect()
}

fn under(invoicing: &mut Invoicing<'_>, row: Option<&Row>, columns: usize) -> Under {
    let Some(row) = row else {
        return Under::Refused(vec!["the row of this month cannot be read".to_owned()]);
    };
    // The other text's columns are after its own.
    let mut row = row.clone();
    row.cells.truncate(columns);
    match invoicing.compute(&row) {
        Outcome::Invoiced(statement) => Under::Invoiced(statement),
        Outcome::Refused(refusal, problems) => {
            let reasons = refusal.reasons.iter().map(|reason| reason.message.clone());
            let problems = problems.iter().map(ToString::to_string);
            Under::Refused(reasons.chain(problems).collect())
        }
    }
}
