//! What holds in every month that a contract allows: proved for all of them, or refuted by one that the evaluator replays.
//!
//! A [`Prover`] reads a contract's program. Its months become a flat list of operations (`sheet`) whose figures lie in
//! ranges (`space`); what earlier months can have left behind is a range, too (`past`). A question is the least value
//! of something. The search (`search`) bounds it from both sides: by ranges and slopes over pieces of the figures
//! (`forward`, `backward`), which are exact at corners, and by single months. What it finds is replayed by the evaluator
//! and made as simple as possible (`witness`) before anybody sees it.

mod asks;
mod backward;
mod compare;
mod course;
mod cuts;
mod forward;
mod merged;
mod months;
mod past;
mod prover;
mod query;
mod question;
mod range;
mod ratio;
mod replay;
mod search;
mod sheet;
mod space;
mod telling;
mod verdict;
mod witness;

pub use asks::{
    Extreme, ExtremeMonth, Loss, extreme_month, most_taken, moved_over_months, negative_invoice,
    prove,
};
pub use compare::compare;
pub use course::{Course, CourseAnswer};
pub use past::{Left, Past};
pub use prover::{Answer, Ask, Copy, Prover};
pub use query::Query;
pub use question::Question;
pub use range::Range;
pub use ratio::Ratio;
pub use search::{Axis, Budget, Goal, Least, least};
pub use sheet::{MonthOf, Placed, Sheet, Source, Variable, needed};
pub use space::{Column, Space};
pub use verdict::{
    CourseMonth, Method, Other, Outcome, Proofs, Story, StoryFigure, StoryLine, Verdict,
};
pub use witness::{Before, Unusual, Witness};
