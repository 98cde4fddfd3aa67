//! On which invoice and in what size credits are settled; taxes and notices.

use crate::syntax::tree::{Applied, AwardKind};

use super::{Excess, Head, Link, Value};

/// On which invoice all credits or bonuses are settled that do not say it themselves.
#[derive(Clone, Debug)]
pub struct AppliedTo {
    /// The clause.
    pub head: Head,
    /// Credits, bonuses or both.
    pub kinds: Vec<AwardKind>,
    /// Which invoice.
    pub to: Applied,
}

/// What becomes of small credits.
#[derive(Clone, Debug)]
pub struct Small {
    /// The clause.
    pub head: Head,
    /// Below how much.
    pub below: Value,
    /// Whether exactly that amount is too small as well.
    pub itself: bool,
    /// Whether the month's credits count together, if that is said.
    pub together: Option<bool>,
    /// What becomes of them, if that is said.
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
    /// Whether the largest counts where nobody chose, if that is said.
    pub otherwise_largest: Option<bool>,
    /// Only under this condition.
    pub when: Option<Value>,
}

/// `in place of all other credits`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPlace {
    /// The credits that fall away; nothing for all others.
    pub of: Option<Vec<Link>>,
    /// Whether only at the critical level.
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

/// What a month's statement points out.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The clause; its title is what the notice says.
    pub head: Head,
    /// When it is given.
    pub when: Value,
}
