//! Service points.

use crate::syntax::tree::Every;

use super::{AwardTerms, Excuse, Head, Stated, Value};

/// What failures count before they are money.
#[derive(Clone, Debug)]
pub struct Points {
    /// The clause.
    pub head: Head,
    /// The dimension: once for each member.
    pub dimension: Option<String>,
    /// How many.
    pub terms: AwardTerms,
    /// How often.
    pub every: Every,
    /// When a failure is excused.
    pub excused: Vec<Excuse>,
    /// In how many first months.
    pub grace: Option<Stated<Value>>,
    /// Whether an excused period breaks a run; keeps it if not.
    pub excused_breaks: Option<Stated<bool>>,
    /// What repeated failure makes of them.
    pub repeated: Option<Stated<PointsRepeat>>,
    /// Whether a period without a value is excused.
    pub no_value_excused: bool,
}

/// `repeated in a row x 2, not compounding`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsRepeat {
    /// The factor.
    pub factor: Value,
    /// Whether each further failure multiplies once more, if that is said.
    pub compounding: Option<bool>,
}
