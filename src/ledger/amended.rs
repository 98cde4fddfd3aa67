//! The text under which a month is computed.

use crate::calendar::Date;

/// An amendment to a contract, as a statement names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    /// Its name: `a3`.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The first day on which it is in force.
    pub effective: Date,
    /// The day on which it was signed, if the text says so.
    pub signed: Option<Date>,
    /// The clause of the paper amendment.
    pub clause: Option<String>,
}
