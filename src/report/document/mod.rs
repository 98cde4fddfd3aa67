//! Documents: what is invoiced, as one record from which every view is written.
//!
//! A [`Document`] holds everything that a reader of it needs: the contract and the text in force, the data, the program,
//! every line with its exact value and its rounded amount, and the documents that it follows. It is written as canonical
//! JSON ([`Document::to_json`]) and read back; text, HTML, CSV and the rest are views of it, and compute nothing again.

pub mod csv;
pub mod html;
pub mod text;
pub mod ubl;

mod of_statement;
mod parts;
mod shown;
mod wire;

use crate::quantity::Exact;

pub use of_statement::{Described, describe};
pub use parts::{
    AmendmentPart, Amount, Attribute, CellPart, Change, ContractPart, Corrected, CutPart, DataPart,
    Decision, Document, DocumentKind, FigurePart, FilePart, LinePart, MeasurePart, NoticePart,
    PartPart, PartyPart, Preceding, ProgramPart, Register, SCHEMA_VERSION,
};

/// Canonical JSON of what is recorded, on one line; invisible characters are written as numbers.
#[must_use]
pub fn canonical(value: &impl serde::Serialize) -> String {
    crate::report::escape::json::line(value)
}

/// The value that JSON has as a text: a decimal, or `n/d`.
#[must_use]
pub fn exact_of(text: &str) -> Option<Exact> {
    wire::exact(text)
}
