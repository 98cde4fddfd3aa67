//! What a contract expects of its data.

use crate::calendar::Month;
use crate::quantity::{Exact, Type};

/// What a contract expects of its data: one column for each input, or for each member of its dimension.
///
/// The headings `month`, `account`, `input` and `value` have a meaning of their own. A contract should not have an
/// input with such a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The columns, in the order in which rows and templates have them. No two have the same name.
    pub columns: Vec<Column>,
}

/// One column of the data: an input of the contract, or one member of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading: `handled`, or `handled.voice` for one member of a dimension.
    pub name: String,
    /// The contract's input: `handled`.
    pub input: String,
    /// The member of the dimension: `voice`.
    pub member: Option<String>,
    /// The dimension: `channel`.
    pub dimension: Option<String>,
    /// Its title: `Calls offered`.
    pub title: Option<String>,
    /// The system that it is reported from: `ACD`.
    pub source: Option<String>,
    /// Who reports it, if the contract says so: `customer`.
    pub reporter: Option<String>,
    /// What kind of value it holds. A percentage is read as its ratio: `98.5%` is 0.985.
    pub kind: Type,
    /// Whether only whole numbers make sense.
    pub whole: bool,
    /// The step it is measured in, such as 0.001 for a percentage to 0.1%; finer values are refused.
    pub step: Option<Exact>,
    /// The least possible value, which is 0 for anything counted; as a ratio for a percentage.
    pub least: Option<Exact>,
    /// The greatest possible value; as a ratio for a percentage.
    pub most: Option<Exact>,
    /// Whether the contract says what happens when the value is missing. The data may then leave out the whole column.
    pub may_be_missing: bool,
    /// What the versions of an amended contract expect of the column, in the order of their dates; empty if this never
    /// changes.
    pub versions: Vec<ColumnVersion>,
}

/// What a version of a contract expects of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnVersion {
    /// The first month of the version; nothing for the contract as it was first agreed.
    pub from: Option<Month>,
    /// The column as that version knows it; nothing if it does not.
    pub column: Option<Column>,
}

impl Schema {
    /// The position of the column with that name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The columns of an input, one for each member if it has a dimension.
    pub(super) fn of_input<'a>(&'a self, input: &'a str) -> impl Iterator<Item = &'a Column> {
        self.columns.iter().filter(move |c| c.input == input)
    }

    /// The members of an input's dimension, in the order of the contract.
    pub(super) fn members<'a>(&'a self, input: &'a str) -> impl Iterator<Item = &'a str> {
        self.of_input(input).filter_map(|c| c.member.as_deref())
    }

    /// Whether any column belongs to the dimension with that name.
    pub(super) fn has_dimension(&self, name: &str) -> bool {
        self.columns
            .iter()
            .any(|column| column.dimension.as_deref() == Some(name))
    }
}

impl Column {
    /// A column with that name and kind and nothing else stated: any value, fractional or negative.
    #[must_use]
    pub fn new(name: &str, kind: Type) -> Self {
        let (input, member) = match name.split_once('.') {
            Some((input, member)) => (input.to_owned(), Some(member.to_owned())),
            None => (name.to_owned(), None),
        };
        Self {
            name: name.to_owned(),
            input,
            member,
            dimension: None,
            title: None,
            source: None,
            reporter: None,
            kind,
            whole: false,
            step: None,
            least: None,
            most: None,
            may_be_missing: false,
            versions: Vec::new(),
        }
    }

    /// The column as the contract knows it in that month; nothing if it does not.
    pub(super) fn in_month(&self, month: Month) -> Option<&Self> {
        let begun = |version: &&ColumnVersion| version.from.is_none_or(|from| from <= month);
        match self.versions.iter().rfind(begun) {
            Some(version) => version.column.as_ref(),
            None => Some(self),
        }
    }

    /// Whether the contract knows the column in that month.
    #[must_use]
    pub fn is_known_in(&self, month: Month) -> bool {
        self.in_month(month).is_some()
    }

    /// Whether the data may leave out the whole column.
    pub(super) fn may_be_left_out(&self) -> bool {
        self.may_be_missing || self.versions.iter().any(|version| version.column.is_none())
    }

    #[cfg(feature = "xlsx")]
    /// The months in which the contract knows it, in words, unless that is always: `from 2027-04`.
    pub(super) fn months(&self) -> Option<String> {
        let mut spells: Vec<String> = Vec::new();
        let mut open: Option<Option<Month>> = None;
        for version in &self.versions {
            match (&version.column, open) {
                (Some(_), None) => open = Some(version.from),
                (None, Some(from)) => {
                    let to = version.from.map(|next| next.plus(-1));
                    spells.push(spell(from, to));
                    open = None;
                }
                _ => {}
            }
        }
        spells.extend(open.map(|from| spell(from, None)));
        spells.retain(|spell| !spell.is_empty());
        (!spells.is_empty()).then(|| spells.join(", "))
    }

    /// What it is, as a sentence: `` `offered` is a number of calls ``.
    pub(super) fn described(&self) -> String {
        format!("`{}` is {}", self.name, self.kind)
    }

    /// A value as it is written in a cell of this column: `98.5%`, `yes`, `1200`.
    #[must_use]
    pub fn written(&self, value: &Exact) -> String {
        let hundred = Exact::from_integer(100);
        match &self.kind {
            Type::Percent => format!("{}%", value.multiply(&hundred)),
            Type::PercentagePoints => value.multiply(&hundred).to_string(),
            Type::Flag => if value.is_zero() { "no" } else { "yes" }.to_owned(),
            Type::Unknown | Type::Number | Type::Score | Type::Quantity(_) | Type::Month => {
                value.to_string()
            }
        }
    }

    /// The range in words, if it has one: `from 0 to 60000`, `0 or more`.
    pub(super) fn range(&self) -> Option<String> {
        match (&self.least, &self.most) {
            (Some(least), Some(most)) => Some(format!(
                "from {} to {}",
                self.written(least),
                self.written(most)
            )),
            (Some(least), None) => Some(format!("{} or more", self.written(least))),
            (None, Some(most)) => Some(format!("at most {}", self.written(most))),
            (None, None) => None,
        }
    }

    /// What it means, in brackets after its name: `(Calls offered, from ACD)`; empty if nothing is known.
    pub(super) fn remark(&self) -> String {
        let source = self.source.as_ref().map(|source| format!("from {source}"));
        let parts: Vec<String> = self.title.iter().cloned().chain(source).collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!(" ({})", parts.join(", "))
        }
    }
}

#[cfg(feature = "xlsx")]
/// A span of months in words; empty if it has neither end.
fn spell(from: Option<Month>, to: Option<Month>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::new(),
    }
}
