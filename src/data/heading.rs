//! The heading row of a table: which column holds what.

use std::collections::HashMap;

use super::names::Names;
use super::place::{ColumnPlace, letter, quotable};
use super::problem::{Fault, listed, nearest};
use super::schema::{Column, Schema};

/// What a column of the file holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// The month.
    Month,
    /// The account.
    Account,
    /// The values of a column of the schema; the wide form has these.
    Value(usize),
    /// The name of an input, in the long form.
    Input,
    /// The value, in the long form.
    Amount,
    /// The member of a dimension, in the long form.
    Member(String),
    /// A note, which is not read.
    Note,
    /// Nothing: a column without a heading beside those that have one.
    Blank,
}

/// The heading of a file.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) roles: Vec<Role>,
    texts: Vec<String>,
    pub(super) long: bool,
}

/// What is wrong with a heading, and in which of its cells.
pub(super) type HeadingFault = (Option<usize>, Fault);

/// How many unknown columns are reported one by one.
const MOST_UNKNOWN: usize = 20;

impl Heading {
    /// Reads the cells of a heading row.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(super) fn read(texts: Vec<String>, schema: &Schema) -> Result<Self, Vec<HeadingFault>> {
        let texts: Vec<String> = texts.iter().map(|text| text.trim().to_owned()).collect();
        let mut reading = Reading {
            schema,
            names: Names::of(schema),
            long: is_long(&texts, schema),
            faults: Vec::new(),
            suggested: Vec::new(),
            unknown: 0,
        };
        let roles = reading.roles(&texts);
        reading.find_duplicates(&roles, &texts);
        reading.find_missing(&roles);
        reading.summarise_unknown();
        if reading.faults.is_empty() {
            Ok(Self {
                roles,
                texts,
                long: reading.long,
            })
        } else {
            Err(reading.faults)
        }
    }

    /// The column of that role.
    pub(super) fn position(&self, role: &Role) -> Option<usize> {
        self.roles.iter().position(|own| own == role)
    }

    /// A column of the file.
    pub(super) fn place(&self, at: usize) -> ColumnPlace {
        ColumnPlace {
            letter: Some(letter(at)),
            heading: self.texts.get(at).cloned().unwrap_or_default(),
        }
    }

    /// Where each column of the schema is.
    pub(super) fn columns(&self, schema: &Schema) -> Vec<Option<ColumnPlace>> {
        let amount = self.position(&Role::Amount);
        (0..schema.columns.len())
            .map(|at| amount.or_else(|| self.position(&Role::Value(at))))
            .map(|at| at.map(|at| self.place(at)))
            .collect()
    }
}

/// Whether the headings are those of the long form.
fn is_long(texts: &[String], schema: &Schema) -> bool {
    let has = |name: &str| {
        schema.position(name).is_none() && texts.iter().any(|t| t.eq_ignore_ascii_case(name))
    };
    has("input") && has("value")
}

struct Reading<'s> {
    schema: &'s Schema,
    names: Names,
    long: bool,
    faults: Vec<HeadingFault>,
    /// Columns that an unknown heading probably means, which are then not reported as missing too.
    suggested: Vec<String>,
    unknown: usize,
}

impl Reading<'_> {
    fn roles(&mut self, texts: &[String]) -> Vec<Role> {
        let last = texts.iter().rposition(|text| !text.is_empty());
        let first = texts.iter().position(|text| !text.is_empty());
        let used = first.unwrap_or(0)..last.map_or(0, |at| at + 1);
        let mut roles = Vec::with_capacity(texts.len());
        for (at, text) in texts.iter().enumerate() {
            let role = if used.contains(&at) {
                self.role(at, text)
            } else {
                Role::Blank
            };
            roles.push(role);
        }
        roles
    }

    fn role(&mut self, at: usize, text: &str) -> Role {
        let is = |name: &str| text.eq_ignore_ascii_case(name);
        if text.starts_with('#') {
            return Role::Note;
        }
        if is("month") {
            return Role::Month;
        }
        if is("account") {
            return Role::Account;
        }
        let known = if self.long {
            self.long_role(text)
        } else {
            self.names.find(text).map(Role::Value)
        };
        known.unwrap_or_else(|| {
            self.report_unknown(at, text);
            Role::Note
        })
    }

    fn long_role(&self, text: &str) -> Option<Role> {
        if text.eq_ignore_ascii_case("input") {
            Some(Role::Input)
        } else if text.eq_ignore_ascii_case("value") {
            Some(Role::Amount)
        } else {
            self.schema
                .has_dimension(text)
                .then(|| Role::Member(text.to_owned()))
        }
    }

    fn report_unknown(&mut self, at: usize, text: &str) {
        self.unknown += 1;
        if self.unknown > MOST_UNKNOWN {
            return;
        }
        let fault = if text.is_empty() {
            Fault::new("missing-heading", format!("column {} has no heading", letter(at)))
                .because("other columns follow it, so it is not known what it holds")
                .help("head it with what it holds; a heading that starts with `#` makes it a note that is not read")
        } else if self.long {
            unknown_in_long(text, self.schema)
        } else {
            let (fault, suggested) = unknown_column(text, self.schema);
            self.suggested.extend(suggested);
            fault
        };
        self.faults.push((Some(at), fault));
    }

    fn summarise_unknown(&mut self) {
        let Some(more) = self
            .unknown
            .checked_sub(MOST_UNKNOWN)
            .filter(|more| *more > 0)
        else {
            return;
        };
        let fault = Fault::new(
            "unknown-column",
            format!("{more} more columns are unknown to the contract"),
        );
        self.faults.push((None, fault));
    }

    fn find_duplicates(&mut self, roles: &[Role], texts: &[String]) {
        let mut first: HashMap<&Role, usize> = HashMap::new();
        for (at, role) in roles.iter().enumerate() {
            if matches!(role, Role::Note | Role::Blank) {
                continue;
            }
            let before = *first.entry(role).or_insert(at);
            if before != at && self.faults.len() < 2 * MOST_UNKNOWN {
                let text = texts.get(at).map(String::as_str).unwrap_or_default();
                self.faults.push((Some(at), duplicate(text, before, at)));
            }
        }
    }

    fn find_missing(&mut self, roles: &[Role]) {
        if !roles.contains(&Role::Month) {
            self.faults.push((None, missing_month()));
        }
        if self.long {
            return;
        }
        let present: Vec<bool> = (0..self.schema.columns.len())
            .map(|at| roles.contains(&Role::Value(at)))
            .collect();
        let missing: Vec<&Column> = self
            .schema
            .columns
            .iter()
            .zip(present)
            .filter(|(column, present)| !present && !column.may_be_missing)
            .map(|(column, _)| column)
            .filter(|column| !self.suggested.contains(&column.name))
            .collect();
        self.faults
            .extend(missing_columns(&missing).map(|fault| (None, fault)));
    }
}

fn duplicate(text: &str, before: usize, at: usize) -> Fault {
    Fault::new(
        "duplicate-column",
        format!(
            "two columns are headed `{}`: {} and {}",
            quotable(text.as_bytes()),
            letter(before),
            letter(at)
        ),
    )
    .because("it is not known which of them holds the value that counts")
    .help("take one of them out, or start its heading with `#` to make it a note that is not read")
}

fn missing_month() -> Fault {
    Fault::new("missing-column", "the column `month` is missing")
        .because("each row must say which month it is about")
        .help("add a column headed `month`, with months such as `2026-02`")
}

/// What is said of columns that the contract needs and the file has not; nothing if there are none.
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
            "add a column headed `{}`, with an empty cell where a month has no value",
            one.name
        )),
        _ => fault.help("add a column for each, headed exactly so, with an empty cell where a month has no value"),
    })
}

/// What is said of inputs that no row or entry gives; nothing if there are none.
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
    Some(fault.help("give a value for each month, or an empty one where there is none"))
}

const NOTE: &str = "to keep the column as a note that is not read, start its heading with `#`";

/// What is said of a heading that the contract does not know, and the column that it probably means.
pub(super) fn unknown_column(text: &str, schema: &Schema) -> (Fault, Option<String>) {
    let shown = quotable(text.as_bytes());
    if let Some(fault) = unknown_member(text, schema) {
        return (fault, None);
    }
    let fault = Fault::new(
        "unknown-column",
        format!("the contract does not know a column `{shown}`"),
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
                .help(format!("if it means `{name}`, head it so"))
                .help(NOTE),
            Some(name.to_owned()),
        ),
        None => (fault.help(NOTE), None),
    }
}

/// `handled.fax`, or `handled` alone, where `handled` is reported by channel.
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
            .help(format!("head the column `{}`", column.name)),
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
        .help(format!(
            "write one column for each, headed `{}` and so on",
            column.name
        )),
    })
}

/// What is said of a member that a dimension does not have.
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

fn unknown_in_long(text: &str, schema: &Schema) -> Fault {
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
            .help(format!("if it means `{near}`, head it so"))
            .help(NOTE),
        None => fault.help(NOTE),
    }
}
