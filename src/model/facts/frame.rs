//! Parties, currency, term, invoice, rounding; units and dimensions.

use crate::calendar::Period;
use crate::quantity::{Exact, RoundingMode};
use crate::syntax::tree::{Name, PartMonths, RoundScope, Text};
use crate::text::Span;

use super::{Head, Value};

/// The frame of a contract. Stating something twice is an error; the first statement counts, except that all parties
/// are kept.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The parties.
    pub parties: Vec<PartyFact>,
    /// The currencies.
    pub currencies: Option<Currencies>,
    /// The term.
    pub term: Option<TermFact>,
    /// How it is invoiced.
    pub invoicing: Option<Invoicing>,
    /// The rounding of amounts.
    pub rounding: Option<RoundingFact>,
    /// What a fixed monthly amount is worth in a part of a month.
    pub part_months: Option<PartMonths>,
    /// The version of the language.
    pub language: Option<Exact>,
}

/// Which side a party is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartyRole {
    /// Who pays.
    Customer,
    /// Who delivers.
    Supplier,
}

/// A party.
#[derive(Clone, Debug)]
pub struct PartyFact {
    /// The clause.
    pub head: Head,
    /// Which side.
    pub role: PartyRole,
    /// The name.
    pub name: Text,
    /// `vat` and the like, each with its text.
    pub attributes: Vec<(String, String)>,
}

/// The currencies. The first is the currency of the invoices.
#[derive(Clone, Debug)]
pub struct Currencies {
    /// The clause.
    pub head: Head,
    /// The codes.
    pub codes: Vec<Name>,
}

/// The term.
#[derive(Clone, Debug)]
pub struct TermFact {
    /// The clause.
    pub head: Head,
    /// Its days; nothing if the last is before the first.
    pub period: Option<Period>,
}

/// How it is invoiced.
#[derive(Clone, Debug)]
pub struct Invoicing {
    /// The clause.
    pub head: Head,
    /// In how many days an invoice is due.
    pub due_in_days: Option<Value>,
}

/// The rounding of amounts.
#[derive(Clone, Debug)]
pub struct RoundingFact {
    /// The clause.
    pub head: Head,
    /// Whether it applies to each line or only to the total.
    pub scope: RoundScope,
    /// Which way.
    pub mode: RoundingMode,
    /// To multiples of what.
    pub step: Value,
}

/// A unit that the contract declares.
#[derive(Clone, Debug)]
pub struct UnitFact {
    /// The clause.
    pub head: Head,
    /// The name for one.
    pub singular: String,
    /// The name for many.
    pub plural: String,
    /// Whether parts of one can be counted.
    pub fractional: bool,
}

/// A dimension, whether it is a clause of its own or named by an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its name.
    pub name: String,
    /// Its members.
    pub members: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}
