//! What records need, and how what was reported compares with them.

pub mod json;
pub mod template;
pub mod text;

use crate::calendar::Month;
use crate::quantity::{Currency, Exact, Type};

/// What was reported beside what the records give, month by month.
#[derive(Clone, Debug)]
pub struct Recount {
    /// The contract's name.
    pub contract: String,
    /// The currency of its invoices.
    pub currency: Currency,
    /// The file with what was reported, and the one with what the records give.
    pub files: (String, String),
    /// The months that both files have, account by account.
    pub months: Vec<RecountedMonth>,
    /// Months that one of the files has and the other has not, with the account and the file that has them.
    pub alone: Vec<(Option<String>, Month, String)>,
}

/// One month of one account.
#[derive(Clone, Debug)]
pub struct RecountedMonth {
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// The month.
    pub month: Month,
    /// Its values, in the order of the contract.
    pub values: Vec<Recounted>,
    /// The total of the invoice with what was reported; nothing without an invoice.
    pub reported_total: Option<Exact>,
    /// The total with what the records give.
    pub recounted_total: Option<Exact>,
}

/// A value of the data that is counted from records.
#[derive(Clone, Debug)]
pub struct Recounted {
    /// The column: `offered`, `offered.voice`.
    pub column: String,
    /// Its title.
    pub title: Option<String>,
    /// Its type.
    pub kind: Type,
    /// What it is counted from, in the contract's words.
    pub definition: String,
    /// What was reported.
    pub reported: Reading,
    /// What the records give.
    pub recounted: Reading,
    /// How the total changes if this input alone is what the records give; nothing where one of the two has no invoice.
    pub worth: Option<Exact>,
}

/// What a file has in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A value.
    Value(Exact),
    /// Nothing.
    Missing,
    /// Something that cannot be read.
    Unreadable,
}

impl Recounted {
    /// How much more the records give than was reported.
    #[must_use]
    pub fn difference(&self) -> Option<Exact> {
        match (&self.reported, &self.recounted) {
            (Reading::Value(reported), Reading::Value(recounted)) => {
                Some(recounted.subtract(reported))
            }
            _ => None,
        }
    }

    /// Whether both files say the same.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.reported == self.recounted && self.reported != Reading::Unreadable
    }
}

impl RecountedMonth {
    /// How the total changes with what the records give.
    #[must_use]
    pub fn worth(&self) -> Option<Exact> {
        let (reported, recounted) = (
            self.reported_total.as_ref()?,
            self.recounted_total.as_ref()?,
        );
        Some(recounted.subtract(reported))
    }
}

impl Recount {
    /// Whether everything agrees and every month has an invoice.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let mut months = self.months.iter();
        self.alone.is_empty()
            && months.all(|month| {
                month.recounted_total.is_some() && month.values.iter().all(Recounted::agrees)
            })
    }
}
