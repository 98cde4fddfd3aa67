//! Expressions, and the bands that choose a value by a measurement.

use crate::calendar::{Date, Month};
use crate::quantity::Exact;
use crate::text::Span;

use super::{Name, Rounded};

/// A number as it was written, without its sign or percent sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: Exact,
    /// Its place.
    pub span: Span,
}

/// `handled`, or `handled.voice` for one member of a dimension
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The name.
    pub name: Name,
    /// The member after the point.
    pub member: Option<Name>,
    /// The whole path.
    pub span: Span,
}

impl Path {
    /// Whether it names the points, so that `total` of it is the sum of all service points where the contract has any.
    #[must_use]
    pub fn is_points(&self) -> bool {
        self.member.is_none() && self.name.text == "points"
    }
}

/// `calls`, `EUR per call`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitExpr {
    /// The unit above the fraction bar.
    pub above: Name,
    /// The units below the fraction bar.
    pub below: Vec<Name>,
    /// All of it.
    pub span: Span,
}

/// An expression with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// Its form.
    pub kind: ExprKind,
    /// Its place.
    pub span: Span,
}

/// The forms of an expression. Sums and products are flat, so that depth is bounded by parentheses alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// `10_000`
    Number(Exact),
    /// `80%`, as its ratio 0.8
    Percent(Exact),
    /// `2 percentage points`, as 0.02
    PercentagePoints(Exact),
    /// `4.20 EUR per call`
    Quantity(Exact, UnitExpr),
    /// `2026-02`
    Month(Month),
    /// `2026-02-01`
    Date(Date),
    /// `yes` or `no`
    Flag(bool),
    /// `handled`, `handled.voice`
    Name(Path),
    /// `total handled`: the sum over the members of its dimension
    TotalOf(Path),
    /// `charges`, `adjusted charges`, `month`, …
    Builtin(Builtin),
    /// `a + b - c`; the first sign belongs to the first term
    Sum(Vec<(SumOp, Expr)>),
    /// `a * b / c`; the first operator is always `Times`
    Product(Vec<(ProductOp, Expr)>),
    /// `-a`
    Negate(Box<Expr>),
    /// `115% of forecast`, `4.20 EUR per call of calls`
    Of(Box<Expr>, Box<Expr>),
    /// `a >= b`, `a below b`
    Compare(Box<Expr>, Comparison, Box<Expr>),
    /// `a between b and c`, both ends included
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a and b and c`
    And(Vec<Expr>),
    /// `a or b or c`
    Or(Vec<Expr>),
    /// `not a`
    Not(Box<Expr>),
    /// `if a then b else if c then d else e`
    If(Vec<(Expr, Expr)>, Box<Expr>),
    /// `min(a, b)`, `max(a, b)`, `abs(a)`
    Call(Function, Vec<Expr>),
    /// `… per full second of asa above 30 s`: how many steps a value is beyond a level
    Steps(Box<StepCount>),
    /// `whole units in a`, `started units in a`: the plain number, down or up to a whole one
    Units(StepMode, Box<Expr>),
    /// `bands of csat { … }`
    Bands(Box<Expr>, Bands),
    /// `sum of a over last 3 months`
    Window(Fold, Box<Expr>, Window),
    /// `charges of the quarter`
    OfMonths(Box<Expr>, Box<Months>),
    /// `previous a`, or `previous a, at first b`
    Previous(Box<Expr>, Option<Box<Expr>>),
    /// `months in a row with a`
    InARow(Box<Expr>),
    /// `a rounded half up to 0.01`
    Rounded(Box<Expr>, Box<Rounded>),
    /// `a if known, otherwise b`
    IfKnown(Box<Expr>, Box<Expr>),
    /// `by agreement`: the contract leaves the value to the parties, so the month has no invoice
    ByAgreement,
    /// `a as percent`: a difference in percentage points as a share
    AsPercent(Box<Expr>),
    /// `4.20 EUR, from 2027-01-01 4.40 EUR`: a value that changes on stated dates
    Dated(Box<Expr>, Vec<LaterValue>),
    /// A part that could not be read; a diagnostic says why.
    Broken,
}

/// `from 2027-01-01 4.40 EUR`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaterValue {
    /// The first day on which it applies.
    pub from: Date,
    /// Where that day is stated.
    pub from_span: Span,
    /// The value from then on.
    pub value: Expr,
    /// All of it.
    pub span: Span,
}

/// Sign of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumOp {
    /// `+`
    Plus,
    /// `-`
    Minus,
}

/// Operator of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductOp {
    /// `*`
    Times,
    /// `/`
    Over,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `below`, `<`
    Below,
    /// `at most`, `<=`
    AtMost,
    /// `above`, `>`
    Above,
    /// `at least`, `>=`
    AtLeast,
    /// `is`, `=`
    Is,
    /// `is not`, `<>`
    IsNot,
}

/// Functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// The least of its arguments.
    Min,
    /// The greatest of its arguments.
    Max,
    /// The distance from zero.
    Abs,
}

/// The months that a value covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Months {
    /// `of this month`
    This,
    /// `of the quarter`, `of the last 12 months`: the months up to this one
    Over(Window, Along),
}

/// Whether an amount of several months grows along with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Along {
    /// The text does not say.
    Open,
    /// `so far`
    SoFar,
    /// `of the whole quarter`
    Whole,
}

/// Values that every contract has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Builtin {
    /// `charges`: the sum of the charge lines
    Charges,
    /// `adjusted charges`: with the adjustments
    AdjustedCharges,
    /// `adjustments`: their sum
    Adjustments,
    /// `credits`: the sum of all credits before limits, above 0
    Credits,
    /// `bonuses`: their sum
    Bonuses,
    /// `total points`: the sum of all service points
    Points,
    /// `total`: what is invoiced before tax
    Total,
    /// `month`: the month that is computed
    Month,
    /// `month of term`: 1 in the contract's first month
    MonthOfTerm,
    /// `month of year`: 1 in January
    MonthOfYear,
    /// `days in month`
    DaysInMonth,
    /// `months in term`
    MonthsInTerm,
}

/// Whether a step counts when it is complete, when it has begun, or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepMode {
    /// Only complete ones.
    Full,
    /// Complete ones, and one that has only begun.
    Started,
    /// In proportion.
    Exact,
}

/// `per full 10 seconds of asa above 30 s`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepCount {
    /// Which steps count.
    pub mode: StepMode,
    /// The size of a step; 1 if it is not stated.
    pub size: Option<Number>,
    /// The unit of a step; nothing for percentage points.
    pub unit: Option<Name>,
    /// The measured value.
    pub subject: Expr,
    /// Whether steps above the level count; otherwise those below it do.
    pub above: bool,
    /// The level.
    pub level: Expr,
}

/// How the values of a window are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fold {
    /// Their sum.
    Sum,
    /// Their mean.
    Average,
    /// The number of months in which a condition holds.
    Count,
    /// The least one.
    Least,
    /// The greatest one.
    Greatest,
}

/// `over last 3 months`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Which months.
    pub kind: WindowKind,
    /// The words that say which.
    pub span: Span,
}

/// Which months a window covers. None extends beyond the month that is computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// `last 3 months`: this month and those before it
    Last(Box<Expr>),
    /// `previous 3 months`: those before this month
    Previous(Box<Expr>),
    /// `contract year`: from its first month to this one
    ContractYear,
    /// `calendar year`: from January to this one
    CalendarYear,
    /// `calendar quarter`: from its first month to this one
    CalendarQuarter,
    /// `term`: from the contract's first month to this one
    Term,
}

/// Bands of a measurement, each with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    /// The bands, in the order they were written.
    pub bands: Vec<Band>,
    /// The whole block.
    pub span: Span,
}

/// How far a band reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// `below 70%`, `at most …`, `above …`, `at least …`
    Side(Comparison, Expr),
    /// `98.0% to 98.9%`, `above 1% to below 5%`
    Range(BandBound, BandBound),
    /// `5`: this value alone
    Exactly(Expr),
    /// `otherwise`
    Otherwise,
    /// `no value`
    NoValue,
}

/// Whether an end of a band belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The end is part of the band.
    Included,
    /// The band stops short of it.
    Excluded,
}

/// One end of a band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandBound {
    /// The end.
    pub at: Expr,
    /// Whether it belongs to the band.
    pub edge: Edge,
}

/// The effect of a band on the value of the band before it, if both are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ruling {
    /// `in place of the former`
    InPlace,
    /// `on top of the former`
    OnTop,
}

/// One band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// How far it reaches.
    pub reach: Reach,
    /// Its value.
    pub value: Expr,
    /// Whether it comes in place of or on top of the former, if that is written.
    pub ruling: Option<Ruling>,
    /// The whole band.
    pub span: Span,
}
