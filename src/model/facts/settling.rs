//! On which invoice and in what size credits are settled; taxes and notices.

use crate::syntax::tree::{Applied, AwardKind};

use super::{Excess, Head, Link, Value};

/// The invoice on which all credits or bonuses are settled that do not state it themselves.
#[derive(Clone, Debug)]
pub struct AppliedTo {
    /// The clause.
    pub head: Head,
    /// Credits, bonuses or both.
    pub kinds: Vec<AwardKind>,
    /// Which invoice.
    pub to: Applied,
}

/// The treatment of small credits.
#[derive(Clone, Debug)]
pub struct Small {
    /// The clause.
    pub head: Head,
    /// The amount below which they are small.
    pub below: Value,
    /// Whether exactly that amount is too small as well.
    pub itself: bool,
    /// Whether the month's credits are added together, if the text says so.
    pub together: Option<bool>,
    /// What happens to them, if the text says so.
    pub then: Option<Excess>,
}

/// Which of several credits counts.
#[derive(Clone, Debug)]
pub struct Only {
    /// The clause.
    pub head: Head,
    /// The credits.
    pub of: Vec<Link>,
    /// The input by which the customer chooses; nothing for the largest.
    pub chosen_by: Option<Link>,
    /// Whether the largest counts if nobody chose, if the text says so.
    pub otherwise_largest: Option<bool>,
    /// The condition under which this applies.
    pub when: Option<Value>,
}

/// `in place of all other credits`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPlace {
    /// The credits that are dropped; nothing for all others.
    pub of: Option<Vec<Link>>,
    /// Whether this applies only at the critical level.
    pub when_critical: bool,
}

/// A tax.
#[derive(Clone, Debug)]
pub struct Tax {
    /// The clause.
    pub head: Head,
    /// How much.
    pub amount: Value,
}

/// A notice that a month's statement can have.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The clause; its title is what the notice says.
    pub head: Head,
    /// When it is given.
    pub when: Value,
}
