//! The problems of headings and names that are missing, unknown or given twice.

use super::place::{letter, quotable};
use super::problem::{Fault, listed, nearest};
use super::schema::{Column, Schema};

pub(super) fn duplicate(text: &str, before: usize, at: usize) -> Fault {
    Fault::new(
        "duplicate-column",
        format!(
            "two columns have the heading `{}`: {} and {}",
            quotable(text.as_bytes()),
            letter(before),
            letter(at)
        ),
    )
    .because("nothing says which of them has the value that counts")
    .help("remove one of them, or start its heading with `#` to make it a note that is not read")
}

pub(super) fn missing_month() -> Fault {
    Fault::new("missing-column", "the column `month` is missing")
        .because("each row must say which month it is about")
        .help("add a column with the heading `month`, with months such as `2026-02`")
        .help("the first row has to be the headings: delete a title or empty rows above them")
}

/// The problem of columns that the contract needs and the file does not have; nothing if there are none.
pub(super) fn missing_columns(columns: &[&Column]) -> Option<Fault> {
    let names = listed(columns.iter().map(|column| column.name.as_str()));
    let message = match columns {
        [] => return None,
        [_] => format!("the column {names} is missing"),
        several => format!("{} columns are missing: {names}", several.len()),
    };
    let mut fault = Fault::new("missing-column", message);
    for column in columns {
        let remark = column.remark();
        fault = fault.because(format!(
            "the contract needs `{}`{remark}, {}",
            column.name, column.kind
        ));
    }
    Some(match columns {
        [one] => fault.help(format!(
            "add a column with the heading `{}`, with an empty cell for a month without a value",
            one.name
        )),
        _ => fault.help("add a column for each, with exactly this heading, and with an empty cell for a month without \
                         a value"),
    })
}

/// The problem of inputs that no row or entry gives; nothing if there are none.
pub(super) fn missing_values(columns: &[&Column]) -> Option<Fault> {
    let names = listed(columns.iter().map(|column| column.name.as_str()));
    let message = match columns {
        [] => return None,
        [_] => format!("{names} is given nowhere"),
        several => format!("{} inputs are given nowhere: {names}", several.len()),
    };
    let fault = Fault::new("missing-input", message);
    let fault = columns.iter().fold(fault, |fault, column| {
        let remark = column.remark();
        fault.because(format!(
            "the contract needs `{}`{remark}, {}",
            column.name, column.kind
        ))
    });
    Some(fault.help("give a value for each month, or an empty one if there is none"))
}

const NOTE: &str = "to keep it as a note that is not read, start its name with `#`";

/// The problem of a heading that the contract does not know, and the column that it probably means.
pub(super) fn unknown_column(text: &str, schema: &Schema) -> (Fault, Option<String>) {
    let shown = quotable(text.as_bytes());
    if let Some(fault) = unknown_member(text, schema) {
        return (fault, meant_member(text, schema));
    }
    let fault = Fault::new(
        "unknown-column",
        format!("the contract does not know `{shown}`"),
    );
    let titled = schema.columns.iter().find(|column| {
        let title = column.title.as_deref().unwrap_or_default();
        !title.is_empty() && title.eq_ignore_ascii_case(text)
    });
    let names = schema.columns.iter().map(|column| column.name.as_str());
    let meant = match titled {
        Some(column) => Some(column.name.as_str()),
        None => nearest(text, names.chain(["month", "account"])),
    };
    match meant {
        Some(name) => (
            fault
                .help(format!("if it means `{name}`, name it `{name}`"))
                .help(NOTE),
            Some(name.to_owned()),
        ),
        None => (fault.help(NOTE), None),
    }
}

/// `handled.fax`, or `handled` alone, if `handled` is reported by channel.
fn unknown_member(text: &str, schema: &Schema) -> Option<Fault> {
    let (input, member) = match text.split_once('.') {
        Some((input, member)) => (input, Some(member)),
        None => (text, None),
    };
    let column = schema.of_input(input).next()?;
    let shown = quotable(text.as_bytes());
    let Some(dimension) = &column.dimension else {
        return Some(
            Fault::new(
                "unknown-member",
                format!("`{input}` is not divided, so there is no `{shown}`"),
            )
            .because(format!(
                "the contract has one value of `{input}` for each month"
            ))
            .help(format!("name it `{}`", column.name)),
        );
    };
    let members = listed(schema.members(input));
    Some(match member {
        Some(member) => no_member(input, member, dimension, schema),
        None => Fault::new(
            "unknown-member",
            format!("`{input}` is reported by {dimension}"),
        )
        .because(format!("its members are {members}"))
        .help(format!("give a value of each: `{}` and so on", column.name)),
    })
}

/// The column that a name with an unknown member probably means.
fn meant_member(text: &str, schema: &Schema) -> Option<String> {
    let (input, member) = text.split_once('.')?;
    let meant = nearest(member, schema.members(input))?;
    Some(format!("{input}.{meant}"))
}

/// The problem of a member that a dimension does not have.
pub(super) fn no_member(input: &str, member: &str, dimension: &str, schema: &Schema) -> Fault {
    let shown = quotable(member.as_bytes());
    let fault = Fault::new(
        "unknown-member",
        format!("`{input}` has no {dimension} `{shown}`"),
    )
    .because(format!("its members are {}", listed(schema.members(input))));
    match nearest(member, schema.members(input)) {
        Some(near) => fault.help(format!("if `{near}` is meant, write `{near}`")),
        None => fault.help("if it is new, add it to the contract first"),
    }
}

pub(super) fn unknown_in_long(text: &str, schema: &Schema) -> Fault {
    let mut dimensions: Vec<&str> = Vec::new();
    for dimension in schema.columns.iter().filter_map(|c| c.dimension.as_deref()) {
        if !dimensions.contains(&dimension) {
            dimensions.push(dimension);
        }
    }
    let known = ["month", "account", "input", "value"]
        .into_iter()
        .chain(dimensions);
    let fault = Fault::new(
        "unknown-column",
        format!(
            "the contract does not know a column `{}`",
            quotable(text.as_bytes())
        ),
    )
    .because(format!(
        "a file with a row for each value has the columns {}",
        listed(known.clone())
    ));
    match nearest(text, known) {
        Some(near) => fault
            .help(format!("if it means `{near}`, name it `{near}`"))
            .help(NOTE),
        None => fault.help(NOTE),
    }
}
