//! The columns of a schema by the names that data gives them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::heading_faults::no_member;
use super::place::quotable;
use super::problem::{Fault, listed, nearest};
use super::schema::{Column, Schema};

/// The schema's columns by name. Data may write a name in upper or lower case, as long as it always writes it the same
/// way and cannot mean another column.
pub(super) struct Names {
    exact: HashMap<String, usize>,
    /// By their names in lower case.
    folded: HashMap<String, Vec<usize>>,
    columns: Vec<String>,
    /// Which columns the data has named exactly as in the contract.
    used: Vec<Cell<bool>>,
    /// The different spellings that the data has used for columns.
    spelled: RefCell<HashMap<usize, String>>,
}

impl Names {
    pub(super) fn of(schema: &Schema) -> Self {
        let (mut exact, mut folded) = (HashMap::new(), HashMap::<String, Vec<usize>>::new());
        let columns: Vec<String> = schema
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect();
        for (at, name) in columns.iter().enumerate() {
            exact.insert(name.clone(), at);
            folded.entry(name.to_lowercase()).or_default().push(at);
        }
        Self {
            used: columns.iter().map(|_| Cell::new(false)).collect(),
            exact,
            folded,
            columns,
            spelled: RefCell::default(),
        }
    }

    /// The column with that name, if there is one.
    ///
    /// # Errors
    /// If it could mean several columns, or if the data has spelled this one differently before.
    pub(super) fn find(&self, text: &str) -> Result<Option<usize>, Fault> {
        let found = match self.exact.get(text) {
            Some(at) => Some(*at),
            None => match self.folded.get(&text.to_lowercase()).map(Vec::as_slice) {
                None => None,
                Some([at]) => Some(*at),
                Some(several) => {
                    let names = several.iter().filter_map(|at| self.columns.get(*at));
                    return Err(several_columns(text, names.map(String::as_str)));
                }
            },
        };
        match found.and_then(|at| Some((at, self.other_spelling(at, text)?))) {
            Some((at, other)) => Err(two_spellings(text, &other, self.columns.get(at))),
            None => Ok(found),
        }
    }

    /// How the data has spelled the column before, if not like this.
    fn other_spelling(&self, at: usize, text: &str) -> Option<String> {
        let (own, used) = (self.columns.get(at)?, self.used.get(at)?);
        let mut spelled = self.spelled.borrow_mut();
        if own == text {
            used.set(true);
            return spelled.get(&at).cloned();
        }
        if used.get() {
            return Some(own.clone());
        }
        let known = spelled.entry(at).or_insert_with(|| text.to_owned());
        (known != text).then(|| known.clone())
    }
}

fn several_columns<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Fault {
    let shown = quotable(text.as_bytes());
    Fault::new(
        "unclear-name",
        format!("`{shown}` can be any of {}", listed(names)),
    )
    .because("their names differ only in upper and lower case, and none of them is written exactly like this")
    .help("write the name exactly as in the contract")
}

fn two_spellings(text: &str, other: &str, own: Option<&String>) -> Fault {
    let (shown, other) = (quotable(text.as_bytes()), quotable(other.as_bytes()));
    let own = own.map(String::as_str).unwrap_or_default();
    Fault::new(
        "unclear-name",
        format!("`{shown}` and `{other}` differ only in upper and lower case"),
    )
    .because(format!(
        "both would be taken for `{own}`, and the two spellings may mean two things"
    ))
    .help(format!(
        "write `{own}` everywhere, or give the other thing another name"
    ))
}

/// A dimension and the member that a record gives for it.
pub(super) type Given<'a> = (&'a str, &'a str);

/// The column that a record of the long form is about.
///
/// # Errors
/// What is wrong with the name or with the member.
pub(super) fn column_of(
    schema: &Schema,
    names: &Names,
    input: &str,
    given: &[Given<'_>],
) -> Result<usize, Fault> {
    if let Some(at) = names.find(input)? {
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

/// Whether the members given next to a full name agree with the name.
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
        None => fault.help("remove its rows, or add the input to the contract"),
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
