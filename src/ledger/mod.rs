//! The result of a month's computation: lines, notices, measured values and the steps that explain them. Data only.

mod amended;
mod heading;
mod line_kind;
mod scenario;
mod statement;
mod story;

pub use amended::Amended;
pub use heading::{Heading, Party};
pub use line_kind::LineKind;
pub use scenario::{Mismatch, ScenarioResult};
pub use statement::{Cut, Line, Measure, Notice, NoticeKind, Part, Reason, Refusal, Statement};
pub use story::{DataCell, Step, StepKind, Story};
