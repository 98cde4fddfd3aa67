//! The columns that a program, or the versions of an amended contract, expect in their data.

use crate::calendar::Month;
use crate::data::{Column, ColumnVersion, Schema};
use crate::program::Program;

use super::Checked;

/// The columns of a program's data, in the order of its slots.
#[must_use]
pub fn schema(program: &Program) -> Schema {
    let columns = program.plan.slots.iter().map(|slot| Column {
        name: slot.name.clone(),
        input: slot.input.clone(),
        member: slot.member.clone(),
        dimension: slot.dimension.clone(),
        title: slot.title.clone(),
        source: slot.source.clone(),
        reporter: slot.reporter.map(str::to_owned),
        kind: slot.kind.clone(),
        whole: slot.whole,
        step: slot.step.clone(),
        least: slot.least.clone(),
        most: slot.most.clone(),
        may_be_missing: slot.may_be_missing,
        versions: Vec::new(),
    });
    Schema {
        columns: columns.collect(),
    }
}

/// The data columns of a contract with all its versions: first those of the last version, then those that only earlier
/// versions have. Nothing if the contract has errors.
#[must_use]
pub fn schema_of(contract: &Checked) -> Option<Schema> {
    let versions: Vec<(Option<Month>, Schema)> = contract
        .versions()
        .iter()
        .map(|version| Some((version.from, schema(&version.compiled?.program))))
        .collect::<Option<_>>()?;
    let (_, last) = versions.last()?;
    if versions.len() == 1 {
        return Some(last.clone());
    }
    let mut columns: Vec<Column> = last.columns.clone();
    for (_, former) in versions.iter().rev() {
        for column in &former.columns {
            if !columns.iter().any(|known| known.name == column.name) {
                columns.push(column.clone());
            }
        }
    }
    for column in &mut columns {
        column.versions = column_versions(&column.name, &versions);
    }
    Some(Schema { columns })
}

/// What each version expects of a column; empty if this never changes.
fn column_versions(name: &str, versions: &[(Option<Month>, Schema)]) -> Vec<ColumnVersion> {
    let mut found: Vec<ColumnVersion> = Vec::new();
    for (from, schema) in versions {
        let column = schema.columns.iter().find(|column| column.name == name);
        if found
            .last()
            .is_some_and(|last| last.column.as_ref() == column)
        {
            continue;
        }
        found.push(ColumnVersion {
            from: *from,
            column: column.cloned(),
        });
    }
    if found.len() == 1 {
        found.clear();
    }
    found
}
