//! What falls due under a contract, for people and for their calendars.

mod words;

pub mod ics;
pub mod json;
pub mod text;

use crate::agenda::Agenda;
use crate::calendar::Period;
use crate::text::Sources;

/// An agenda with the contract that it is of.
#[derive(Clone, Copy)]
pub struct ContractAgenda<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The texts.
    pub sources: &'a Sources,
    /// The name of the contract.
    pub contract: &'a str,
    /// Its title, or else its name.
    pub title: &'a str,
    /// What falls due.
    pub agenda: &'a Agenda,
    /// The period whose days are listed one by one, if that was asked for.
    pub listed: Option<Period>,
}
