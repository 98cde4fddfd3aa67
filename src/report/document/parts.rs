//! What a document is made of. Each type is written to JSON as it is here: `docs/schema/document.schema.json`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::{Date, Month};
use crate::ledger::LineKind;
use crate::quantity::{Currency, Exact};
use crate::report::escape::json;

use super::wire::{as_months, as_optional_text, as_text, exact};

/// The version of the schema; it is raised when a reader of the previous version could be misled.
pub const SCHEMA_VERSION: u32 = 1;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// What a month comes to; not issued.
    Statement,
    /// An invoice that is expected, while figures are still missing or may change; nothing is owed by it.
    Provisional,
    /// An invoice.
    Invoice,
    /// Takes back an invoice.
    CreditNote,
    /// What corrected data changes; the next invoice has its lines.
    Correction,
}

impl DocumentKind {
    /// Its name, as a heading has it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Statement => "Statement",
            Self::Provisional => "Provisional statement",
            Self::Invoice => "Invoice",
            Self::CreditNote => "Credit note",
            Self::Correction => "Correction",
        }
    }

    /// Its key in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Provisional => "provisional",
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
            Self::Correction => "correction",
        }
    }
}

/// An amount of money, with the decimals of its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    value: Exact,
    decimals: usize,
}

impl Amount {
    /// An amount in that currency.
    #[must_use]
    pub fn new(value: Exact, currency: Currency) -> Self {
        Self {
            value,
            decimals: currency.decimals(),
        }
    }

    /// The amount.
    #[must_use]
    pub fn exact(&self) -> &Exact {
        &self.value
    }

    /// Another amount, with the same decimals.
    #[must_use]
    pub fn with(&self, value: Exact) -> Self {
        Self {
            value,
            decimals: self.decimals,
        }
    }

    /// `41250.00`; `n/d` for an amount without finite decimals, which no rounded line has.
    #[must_use]
    pub fn plain(&self) -> String {
        match self.value.decimal_places() {
            Some(places) => self.value.to_fixed(places.max(self.decimals)),
            None => self.value.to_string(),
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.plain())
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let value = exact(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("`{text}` is not an amount of money"))
        })?;
        let decimals = text.split_once('.').map_or(0, |(_, after)| after.len());
        Ok(Self { value, decimals })
    }
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What it is.
    pub kind: DocumentKind,
    /// Its number; a statement and a correction have none.
    pub number: Option<String>,
    /// The day on which it is issued; nothing for a statement.
    #[serde(with = "as_optional_text")]
    pub date: Option<Date>,
    /// The day on which it is due.
    #[serde(with = "as_optional_text")]
    pub due: Option<Date>,
    /// The contract.
    pub contract: ContractPart,
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// The month that is invoiced, or corrected.
    #[serde(with = "as_text")]
    pub month: Month,
    /// How many documents have restated the month before this one.
    pub revision: u32,
    /// The amendment under which the month is computed.
    pub amendment: Option<AmendmentPart>,
    /// The currency of every amount.
    pub currency: String,
    /// What is invoiced; the amounts sum to `total`.
    pub lines: Vec<LinePart>,
    /// The sum of the lines.
    pub total: Amount,
    /// All lines of the month as they now are; only a correction has them beside its own.
    pub restated: Vec<LinePart>,
    /// The metrics and scores of the month.
    pub measures: Vec<MeasurePart>,
    /// What the month means beyond money.
    pub notices: Vec<NoticePart>,
    /// The documents that this one follows: what it takes back, replaces or settles.
    pub preceding: Vec<Preceding>,
    /// The cells of the data that changed, if it restates a month.
    pub changes: Vec<Change>,
    /// What a person decided where the contract or the rule does not allow it without.
    pub decisions: Vec<Decision>,
    /// The data.
    pub data: DataPart,
    /// The program that computed it.
    pub program: ProgramPart,
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// Who approved it: never who prepared it.
    pub approved_by: Option<String>,
}

/// A contract as documents name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractPart {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Who pays.
    pub customer: Option<PartyPart>,
    /// Who is paid.
    pub supplier: Option<PartyPart>,
    /// The first day of its term.
    pub first_day: Option<String>,
    /// The last day.
    pub last_day: Option<String>,
    /// After how many days an invoice is due.
    pub due_in_days: Option<u32>,
    /// How amounts are rounded, in the contract's words.
    pub rounding: Option<String>,
    /// The clause that says so.
    pub rounding_clause: Option<String>,
    /// Its texts, the one that was named first.
    pub files: Vec<FilePart>,
}

/// One side of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyPart {
    /// Its name.
    pub name: String,
    /// What else the contract says about it.
    pub attributes: Vec<Attribute>,
}

/// Something that a contract says about a party: `vat` and `GB123456789`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A file with what identifies its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilePart {
    /// The name shown to people.
    pub name: String,
    /// SHA-256 of its content, in lower-case hexadecimal.
    pub sha256: String,
}

/// An amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmendmentPart {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The first day on which it is in force.
    pub effective: String,
    /// The day on which it was signed.
    pub signed: Option<String>,
    /// The clause of the paper amendment.
    pub clause: Option<String>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinePart {
    /// The stage that it comes from: the key of a [`LineKind`].
    pub kind: String,
    /// Its name in the contract.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// The month whose statement has it. On an invoice it is another than the invoice's own where an earlier month is
    /// corrected.
    #[serde(with = "as_text")]
    pub period: Month,
    /// How much was delivered.
    pub quantity: Option<FigurePart>,
    /// The price of one, or the share of the base.
    pub rate: Option<FigurePart>,
    /// What a share is a share of.
    pub base: Option<FigurePart>,
    /// The base in the contract's words.
    pub base_name: Option<String>,
    /// The amount before rounding.
    #[serde(with = "as_text")]
    pub exact: Exact,
    /// The amount.
    pub amount: Amount,
    /// What a correction changes: what the line was and what it is.
    pub corrected: Option<Corrected>,
    /// The months in which the amount arose, first and last, if they are not the line's own.
    #[serde(with = "as_months")]
    pub arose: Option<(Month, Month)>,
    /// What limits took off.
    pub cuts: Vec<CutPart>,
    /// The slabs that the amount is made of, unrounded.
    pub parts: Vec<PartPart>,
    /// The columns of the data that the amount depends on, in this month or an earlier one.
    pub columns: Vec<String>,
}

impl LinePart {
    /// The stage that it comes from.
    #[must_use]
    pub fn line_kind(&self) -> Option<LineKind> {
        LineKind::of_key(&self.kind)
    }

    /// What people call it: its title, with the member of a rate card; its name if it has no title.
    #[must_use]
    pub fn called(&self) -> String {
        let member = self.name.split_once('.').map(|(_, member)| member);
        match (&self.title, member) {
            (Some(title), Some(member)) => format!("{title}, {member}"),
            (Some(title), None) => title.clone(),
            (None, _) => self.name.clone(),
        }
    }
}

/// What a correction changes of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The amount as it was invoiced.
    pub before: Amount,
    /// The amount as it should have been.
    pub after: Amount,
}

/// A value with its type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigurePart {
    /// What kind of value it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// The exact value; a percentage is its ratio.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// The number as people read it.
    pub shown: String,
}

/// How a limit changed a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutPart {
    /// The amount before the limit.
    pub before: Amount,
    /// The amount after it.
    pub after: Amount,
    /// The limit, in words.
    pub limit: String,
    /// Its clause.
    pub clause: Option<String>,
}

/// A slab of a tiered charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartPart {
    /// Which slab.
    pub label: String,
    /// How many units are in it.
    pub quantity: FigurePart,
    /// The price of one.
    pub rate: FigurePart,
    /// Their product, exact.
    pub amount: Amount,
}

/// A metric or a score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasurePart {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// Its value; nothing if the contract allows it to have none in such a month.
    pub value: Option<FigurePart>,
}

/// What a month means beyond money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticePart {
    /// What it is about.
    pub kind: String,
    /// That, for people.
    pub title: String,
    /// The contract's item that it is about.
    pub name: String,
    /// The message.
    pub text: String,
    /// The clause of the paper contract.
    pub clause: Option<String>,
}

/// A document that this one follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preceding {
    /// What it is.
    pub kind: DocumentKind,
    /// Its number, if it has one.
    pub number: Option<String>,
    /// The day on which it was issued.
    #[serde(with = "as_optional_text")]
    pub date: Option<Date>,
    /// The month that it is about.
    #[serde(with = "as_text")]
    pub month: Month,
    /// Its revision.
    pub revision: u32,
}

/// A cell that has another value than when its month was invoiced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The month of its row.
    #[serde(with = "as_text")]
    pub month: Month,
    /// Its column.
    pub column: String,
    /// The value that was invoiced; nothing if it was missing.
    pub before: Option<String>,
    /// The value now; nothing if it is missing.
    pub after: Option<String>,
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The option that says so.
    pub what: String,
    /// The reason.
    pub reason: String,
}

/// The data that a document was computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataPart {
    /// SHA-256 of the account's rows up to the month, as they are kept in the books.
    pub snapshot: String,
    /// The files that were read.
    pub files: Vec<FilePart>,
    /// The month's cells.
    pub cells: Vec<CellPart>,
}

/// One cell of the month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellPart {
    /// Its column.
    pub column: String,
    /// What the column is called for people.
    pub title: Option<String>,
    /// The exact value; nothing if it is missing.
    pub value: Option<String>,
    /// The value as it is written in data.
    pub written: String,
}

/// The program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramPart {
    /// Its version.
    pub version: String,
    /// The version of the language that it reads.
    pub language: u32,
}

/// Where a document is in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Its position, from 1.
    pub position: u64,
    /// The head of the chain, this document included.
    pub hash: String,
}

impl Document {
    /// Canonical JSON, on one line: the same document gives the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::line(self)
    }

    /// Canonical JSON over several lines, with a line break at its end, for people who open it.
    #[must_use]
    pub fn to_pretty_json(&self) -> String {
        json::pretty(self)
    }

    /// The lines of the month itself: without what it corrects of earlier months.
    pub fn own_lines(&self) -> impl Iterator<Item = &LinePart> {
        let month = self.month;
        self.lines.iter().filter(move |line| line.period == month)
    }

    /// The currency of its amounts.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        Currency::from_code(&self.currency)
    }
}
