//! The heading row of a table: what each column contains.

use std::collections::HashMap;

use super::heading_faults::{
    duplicate, missing_columns, missing_month, unknown_column, unknown_in_long,
};
use super::names::Names;
use super::place::{ColumnPlace, letter};
use super::problem::Fault;
use super::records::Wrong;
use super::schema::{Column, Schema};

/// The content of a column of the file.
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
    /// Nothing: a column without a heading next to columns that have one.
    Blank,
}

/// The heading of a file.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) roles: Vec<Role>,
    texts: Vec<String>,
    pub(super) long: bool,
}

/// The most unknown columns that are reported one by one.
const MOST_UNKNOWN: usize = 20;

impl Heading {
    /// Reads the cells of a heading row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn read(texts: Vec<String>, schema: &Schema) -> Result<Self, Vec<Wrong>> {
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
    faults: Vec<Wrong>,
    /// Columns that an unknown heading probably means. They are then not also reported as missing.
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
            match self.names.find(text) {
                Ok(found) => found.map(Role::Value),
                Err(fault) => {
                    self.report_unclear(at, text, fault);
                    return Role::Note;
                }
            }
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

    /// Reports a heading whose meaning is unknown. The column that it may mean is then not reported as missing.
    fn report_unclear(&mut self, at: usize, text: &str, fault: Fault) {
        let meant = self.schema.columns.iter().map(|column| &column.name);
        let meant = meant.filter(|name| name.to_lowercase() == text.to_lowercase());
        self.suggested.extend(meant.cloned());
        if self.faults.len() < 2 * MOST_UNKNOWN {
            self.faults.push((Some(at), fault));
        }
    }

    fn report_unknown(&mut self, at: usize, text: &str) {
        self.unknown += 1;
        if self.unknown > MOST_UNKNOWN {
            return;
        }
        let fault = if text.is_empty() {
            Fault::new("missing-heading", "the column has no heading")
                .because("other columns come after it, so nothing says what is in it")
                .help("give it a heading that says what is in it; a heading that starts with `#` makes it a note that \
                       is not read")
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
        let suggested = self.suggested.iter().any(|name| name == "month");
        if !roles.contains(&Role::Month) && !suggested {
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
            .filter(|(column, present)| !present && !column.may_be_left_out())
            .map(|(column, _)| column)
            .filter(|column| !self.suggested.contains(&column.name))
            .collect();
        self.faults
            .extend(missing_columns(&missing).map(|fault| (None, fault)));
    }
}
