//! A supplier's invoice beside what the contract comes to: what matches, what does not and why, and what is undisputed.

pub mod html;
pub mod json;
pub mod text;

use serde::Serialize;

use crate::calendar::Month;
use crate::report::document::{Amount, Document};

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Both have it, with one amount.
    Matched,
    /// Both have it, and the amounts differ by no more than was said.
    WithinTolerance,
    /// Both have it, and the amounts differ.
    Exception,
    /// Only the contract has it.
    OnlyOurs,
    /// Only the supplier's invoice has it.
    OnlyTheirs,
}

/// Why amounts differ: the first reason that explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The supplier's invoice has the line twice.
    Duplicate,
    /// The amount is that of another month.
    WrongPeriod,
    /// Another quantity.
    Quantity,
    /// The tiers of the contract were not followed.
    Tier,
    /// Another rate.
    Rate,
    /// A credit or a reduction is missing.
    MissingCredit,
    /// A limit of the contract was not applied.
    LimitIgnored,
    /// The minimum or the commitment.
    Minimum,
    /// Tax.
    Tax,
    /// Rounding: the amounts differ by less than a few of the smallest units.
    Rounding,
    /// Nothing of the contract.
    NotInContract,
    /// Quantity and rate are the same, or not known.
    Amount,
}

/// What a difference is an effect of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Other quantities, at the contract's prices.
    Quantity,
    /// Other prices, and rounding, for the supplier's quantities.
    Price,
    /// Credits, bonuses, adjustments and what limits do to them.
    Credit,
    /// Minimum, maximum and commitments.
    Floor,
    /// Tax.
    Tax,
    /// Lines that the contract does not have, and the same line twice.
    Other,
}

/// A line of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// What became of it.
    pub status: Status,
    /// Its name in the contract; nothing if the contract does not have it.
    pub name: Option<String>,
    /// What people call it.
    pub title: String,
    /// The clause of the contract.
    pub clause: Option<String>,
    /// The contract's amount.
    pub ours: Option<Amount>,
    /// The supplier's.
    pub theirs: Option<Amount>,
    /// How much the supplier's is above the contract's.
    pub difference: Amount,
    /// What is undisputed: the lower of the two.
    pub undisputed: Amount,
    /// Why they differ.
    pub why: Option<Why>,
    /// That, in words.
    pub words: String,
    /// The effects that the difference is made of.
    pub effects: Vec<(Effect, Amount)>,
}

/// The two documents, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// What the contract comes to.
    pub ours: Document,
    /// The number of the supplier's invoice, if it says one.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Its file.
    pub file: String,
    /// The lines.
    pub lines: Vec<Matched>,
    /// What the supplier's lines sum to.
    pub theirs: Amount,
    /// The total that the supplier's invoice states, if it is not their sum.
    pub stated: Option<Amount>,
    /// The sum of the differences.
    pub difference: Amount,
    /// The sum of what is undisputed.
    pub undisputed: Amount,
    /// The sums of the effects.
    pub effects: Vec<(Effect, Amount)>,
}

impl Status {
    /// For people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::WithinTolerance => "within tolerance",
            Self::Exception => "exception",
            Self::OnlyOurs => "only in the contract",
            Self::OnlyTheirs => "only on their invoice",
        }
    }
}

impl Effect {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::Quantity,
        Self::Price,
        Self::Credit,
        Self::Floor,
        Self::Tax,
        Self::Other,
    ];

    /// For people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Quantity => "Quantities",
            Self::Price => "Prices and rounding",
            Self::Credit => "Credits and adjustments",
            Self::Floor => "Minimum, maximum, commitments",
            Self::Tax => "Tax",
            Self::Other => "Lines outside the contract",
        }
    }
}

impl Reconciliation {
    /// The month.
    #[must_use]
    pub fn month(&self) -> Month {
        self.ours.month
    }

    /// Lines that are disputed.
    pub fn disputed(&self) -> impl Iterator<Item = &Matched> {
        self.lines.iter().filter(|line| {
            matches!(
                line.status,
                Status::Exception | Status::OnlyOurs | Status::OnlyTheirs
            ) && !line.difference.exact().is_zero()
        })
    }
}
