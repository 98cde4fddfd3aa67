//! The close: from a month's statement to a document, to the books, and to corrections.
//!
//! Everything here is pure: rows of data and entries of the books in, documents and findings about them out. The books
//! themselves are a file, and `cli` reads and writes them.

mod account;
mod books;
mod close;
mod comparison;
mod journal;
mod numbering;
mod reconcile;
mod recount;
mod restate;
mod rule;
mod snapshot;
mod subject;
mod verify;

pub use account::{AccountBooks, IssuedMonth, Placed};
pub use books::{Answer, Entry, Inquiry, NO_ENTRY, Record, digest, key_of};
pub use close::{Closing, Finishing, close, finish};
pub use comparison::{Budget, BudgetError, compare};
pub use journal::transactions;
pub use numbering::{clash, next_number};
pub use reconcile::{Comparing, reconcile};
pub use recount::{Recounting, counted_columns, recount};
pub use restate::{Cause, LineChange, RestatedMonth, Restatement, Settling, restate, settle};
pub use rule::{CorrectionRule, Mode, rule_of};
pub use snapshot::Snapshot;
pub use subject::{Computed, Result as MonthResult, Subject};
pub use verify::{Mismatch, Texts, verify};

/// Why something cannot be issued, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The obstacle, in one line.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Obstacle {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}
