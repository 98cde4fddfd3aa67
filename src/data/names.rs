//! The columns of a schema by the names that data gives them.

use std::collections::HashMap;

use super::heading_faults::no_member;
use super::place::quotable;
use super::problem::{Fault, listed, nearest};
use super::schema::{Column, Schema};

/// The schema's columns by name, and by name in lower case where only one has it.
pub(super) struct Names(HashMap<String, Option<usize>>);

impl Names {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut names = HashMap::new();
        for (at, column) in schema.columns.iter().enumerate() {
            names
                .entry(column.name.to_ascii_lowercase())
                .and_modify(|known| *known = None)
                .or_insert(Some(at));
        }
        for (at, column) in schema.columns.iter().enumerate() {
            names.insert(column.name.clone(), Some(at));
        }
        Self(names)
    }

    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let exact = self.0.get(text).copied().flatten();
        exact.or_else(|| self.0.get(&text.to_ascii_lowercase()).copied().flatten())
    }
}

/// A dimension and the member that a record gives for it.
pub(super) type Given<'a> = (&'a str, &'a str);

/// The column that a record of the long form is about.
///
/// # Errors
/// Says what is wrong with the name or with the member.
pub(super) fn column_of(
    schema: &Schema,
    names: &Names,
    input: &str,
    given: &[Given<'_>],
) -> Result<usize, Fault> {
    if let Some(at) = names.find(input) {
        let column = schema
            .columns
            .get(at)
            .ok_or_else(|| unknown_input(input, schema))?;
        return agrees(column, given).map(|()| at);
    }
    let (name, dotted) = match input.split_once('.') {
        Some((name, member)) => (name, Some(member)),
        None => (input, None),
    };
    let Some(first) = schema.of_input(name).next() else {
        return Err(unknown_input(input, schema));
    };
    let Some(dimension) = first.dimension.as_deref() else {
        return Err(not_divided(first, dotted.unwrap_or(input)));
    };
    let member = given
        .iter()
        .find(|(own, _)| *own == dimension)
        .map(|(_, member)| *member);
    let Some(member) = dotted.or(member) else {
        return Err(without_member(first, dimension, schema));
    };
    agrees(first, &others(given, dimension))?;
    schema
        .columns
        .iter()
        .position(|column| column.input == name && column.member.as_deref() == Some(member))
        .ok_or_else(|| no_member(name, member, dimension, schema))
}

fn others<'a>(given: &[Given<'a>], dimension: &str) -> Vec<Given<'a>> {
    given
        .iter()
        .filter(|(own, _)| *own != dimension)
        .copied()
        .collect()
}

/// Whether the members given beside a full name say the same as the name.
fn agrees(column: &Column, given: &[Given<'_>]) -> Result<(), Fault> {
    for (dimension, member) in given {
        if column.dimension.as_deref() != Some(*dimension) {
            return Err(Fault::new(
                "unknown-member",
                format!("`{}` is not divided by {dimension}", column.input),
            )
            .help(format!("leave the cell of `{dimension}` empty in this row")));
        }
        if column.member.as_deref() != Some(*member) {
            return Err(Fault::new(
                "unknown-member",
                format!(
                    "`{}` and `{}` do not agree",
                    column.name,
                    quotable(member.as_bytes())
                ),
            )
            .help(format!(
                "leave the cell of `{dimension}` empty, or write the same member in both"
            )));
        }
    }
    Ok(())
}

fn unknown_input(input: &str, schema: &Schema) -> Fault {
    let fault = Fault::new(
        "unknown-input",
        format!(
            "the contract does not know an input `{}`",
            quotable(input.as_bytes())
        ),
    );
    let names = schema
        .columns
        .iter()
        .flat_map(|column| [column.name.as_str(), column.input.as_str()]);
    match nearest(input, names) {
        Some(near) => fault.help(format!("if it means `{near}`, write `{near}`")),
        None => fault.help("take its rows out, or add the input to the contract"),
    }
}

fn not_divided(column: &Column, member: &str) -> Fault {
    let member = quotable(member.as_bytes());
    Fault::new(
        "unknown-member",
        format!("`{}` is not divided, so it has no `{member}`", column.input),
    )
    .because(format!(
        "the contract has one value of `{}` for each month",
        column.input
    ))
    .help(format!("write `{}`", column.name))
}

fn without_member(column: &Column, dimension: &str, schema: &Schema) -> Fault {
    let members = listed(schema.members(&column.input));
    Fault::new(
        "unknown-member",
        format!("`{}` is reported by {dimension}", column.input),
    )
    .because(format!("its members are {members}"))
    .help(format!(
        "say which one: write `{}`, or fill a column `{dimension}`",
        column.name
    ))
}
