//! Service points: what a failure costs in points, before points are turned into money.

use crate::text::Span;

use super::{Bands, Every, Expr, Name, Text};

/// `points response on first_response each quarter { below 98.0%: 2 points; … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Points {
    /// Their name.
    pub name: Name,
    /// Their title.
    pub title: Option<Text>,
    /// The dimension: once for each member.
    pub dimension: Option<Name>,
    /// How many.
    pub terms: PointsTerms,
    /// How often.
    pub every: Every,
    /// Where that is stated.
    pub every_span: Span,
    /// The other statements, in the order they were written.
    pub statements: Vec<PointsStatement>,
}

/// How many points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointsTerms {
    /// `= EXPRESSION`
    Amount(Expr),
    /// `on MEASURE { BANDS }`
    Bands(Expr, Bands),
}

/// A statement about points, apart from their bands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointsStatement {
    /// `excused when …`
    ExcusedWhen(Expr, Span),
    /// `excused in the first 3 months`
    Grace(Expr, Span),
    /// `excused quarter breaks the run` (true) or `excused quarter keeps the run` (false)
    ExcusedBreaks(bool, Span),
    /// `repeated in a row x 2, not compounding`
    Repeated(PointsRepeat, Span),
    /// `no value excused`
    NoValueExcused(Span),
}

/// `repeated in a row x 2, not compounding`: the factor from the second failure in a row onwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsRepeat {
    /// The factor.
    pub factor: Expr,
    /// Whether each further failure multiplies again; nothing if the text does not say.
    pub compounding: Option<bool>,
}
