//! Items that say what quality is worth and what failure costs.

use crate::text::Span;

use super::settling::{Applied, Excess, InPlace, LimitPeriod};
use super::{Bands, Expr, Name, Path, Terminate, Text};

/// How often something is settled: `each month`, `each quarter`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Every {
    /// Every month.
    Month,
    /// In the last month of each calendar quarter.
    Quarter,
    /// In the last month of each contract year.
    ContractYear,
    /// In the last month of each calendar year.
    CalendarYear,
}

/// `adjust handling by cx { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjust {
    /// Which charges.
    pub target: AdjustTarget,
    /// The measure that decides the percentage.
    pub by: Expr,
    /// Its title.
    pub title: Option<Text>,
    /// The percentages.
    pub bands: Bands,
}

/// The charges that an adjustment changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdjustTarget {
    /// `charges`: all of them.
    AllCharges(Span),
    /// Named charges.
    Named(Vec<Path>),
}

/// Whether money goes back to the customer or on top to the supplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AwardKind {
    /// `credit`
    Credit,
    /// `bonus`
    Bonus,
}

/// `credit NAME …` or `bonus NAME …`, outside a service level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// Credit or bonus.
    pub kind: AwardKind,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The dimension: one for each member.
    pub dimension: Option<Name>,
    /// How much.
    pub terms: AwardTerms,
    /// How often.
    pub every: Option<(Every, Span)>,
    /// Only under this condition.
    pub when: Option<Expr>,
    /// Whether the condition must hold in every month of the period, as in a `retention bonus`.
    pub in_every_month: bool,
    /// On which invoice it is applied.
    pub applied: Option<(Applied, Span)>,
    /// The credits that it replaces.
    pub in_place: Option<InPlace>,
}

/// How much a credit or bonus is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwardTerms {
    /// `= EXPRESSION`
    Amount(Expr),
    /// `on METRIC { … }`
    Bands(Expr, Bands),
}

/// `limit credits and reductions to 12% of charges each month`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The subjects that are limited together.
    pub subjects: Vec<LimitSubject>,
    /// To how much.
    pub to: Expr,
    /// In which period.
    pub period: LimitPeriod,
    /// What happens to the excess that it cuts off, if the contract says so.
    pub excess: Option<Excess>,
    /// After how many months at the limit the customer may terminate.
    pub terminate: Option<Terminate>,
}

/// A subject of a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitSubject {
    /// All credits.
    Credits(Span),
    /// All adjustments that lower a charge.
    Reductions(Span),
    /// All bonuses.
    Bonuses(Span),
    /// One credit, bonus or service level by name.
    Named(Path),
}

/// Whether an invoice is kept above or below an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FloorKind {
    /// `minimum`
    Minimum,
    /// `maximum`
    Maximum,
}

/// `minimum 60_000 EUR each month`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floor {
    /// Minimum or maximum.
    pub kind: FloorKind,
    /// How much.
    pub amount: Expr,
    /// Whether it says `after credits`. It always applies after credits; the words only make that clear.
    pub after_credits: bool,
}

/// `tax vat 21% of total`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tax {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// How much.
    pub amount: Expr,
}

/// `notice NAME "…" when CONDITION`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its name.
    pub name: Name,
    /// Its message.
    pub text: Text,
    /// When it is given.
    pub when: Expr,
}
