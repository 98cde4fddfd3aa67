//! The heading of every statement of a contract: who invoices whom, and on which terms.

use crate::calendar::Period;

/// The contract as a statement names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The contract's name: `emea_support`.
    pub contract: String,
    /// The contract's title.
    pub title: Option<String>,
    /// Who pays.
    pub customer: Option<Party>,
    /// Who is paid.
    pub supplier: Option<Party>,
    /// From when to when the contract runs.
    pub term: Option<Period>,
    /// After how many days an invoice is due.
    pub due_in_days: Option<u32>,
    /// How amounts are rounded, in the contract's words: `each line half up to 0.01 EUR`.
    pub rounding: Option<String>,
    /// The clause of the paper contract that states the rounding.
    pub rounding_clause: Option<String>,
}

/// One side of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// What else the contract says about it, in order: `vat` and `GB123456789`.
    pub attributes: Vec<(String, String)>,
}
