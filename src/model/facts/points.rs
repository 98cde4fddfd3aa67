//! Service points.

use crate::syntax::tree::Every;

use super::{AwardTerms, Excuse, Head, Stated, Value};

/// The service points for a failure.
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
    /// The number of first months in which a failure is excused.
    pub grace: Option<Stated<Value>>,
    /// Whether an excused period breaks a run; otherwise it keeps the run.
    pub excused_breaks: Option<Stated<bool>>,
    /// How repeated failure changes them.
    pub repeated: Option<Stated<PointsRepeat>>,
    /// Whether a period without a value is excused.
    pub no_value_excused: bool,
}

/// `repeated in a row x 2, not compounding`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsRepeat {
    /// The factor.
    pub factor: Value,
    /// Whether each further failure multiplies again, if the text says so.
    pub compounding: Option<bool>,
}
