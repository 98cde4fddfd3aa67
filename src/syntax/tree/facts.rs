//! Items that are checked and not paid: partnership clauses and scenarios.

use crate::calendar::Month;
use crate::text::Span;

use super::{Expr, Name, Number, Path, Text};

/// Which part of the partnership a clause is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartnershipKind {
    /// `training`
    Training,
    /// `knowledge`
    Knowledge,
    /// `quality assurance`
    QualityAssurance,
    /// `feedback`
    Feedback,
    /// `escalation`
    Escalation,
    /// `governance`
    Governance,
    /// `tools`
    Tools,
    /// `transition`
    Transition,
    /// `exit`
    Exit,
    /// `renewal`
    Renewal,
    /// `measurement`
    Measurement,
}

impl PartnershipKind {
    /// The words that open such a clause.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Knowledge => "knowledge",
            Self::QualityAssurance => "quality assurance",
            Self::Feedback => "feedback",
            Self::Escalation => "escalation",
            Self::Governance => "governance",
            Self::Tools => "tools",
            Self::Transition => "transition",
            Self::Exit => "exit",
            Self::Renewal => "renewal",
            Self::Measurement => "measurement",
        }
    }
}

/// `training { 80 hours per agent before go-live; … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnershipClause {
    /// The part of the partnership that it is about.
    pub kind: PartnershipKind,
    /// Its statements.
    pub facts: Vec<Fact>,
}

/// One statement of a partnership clause: the words between two semicolons or line ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its words.
    pub tokens: Vec<FactToken>,
    /// The whole statement.
    pub span: Span,
}

/// One word, number or text of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactToken {
    /// A word, or words joined by `-`.
    Word(Name),
    /// A number.
    Number(Number),
    /// A percentage.
    Percent(Number),
    /// A text in quotation marks.
    Text(Text),
    /// A comma.
    Comma(Span),
}

/// `scenario "…" for 2026-02 { given …; expect … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its name.
    pub name: Text,
    /// Its first month.
    pub first: Month,
    /// Its last month, which is the first one if only one is named.
    pub last: Month,
    /// Where the months are written.
    pub months_span: Span,
    /// The inputs it states.
    pub given: Vec<Assignment>,
    /// The expected results.
    pub expected: Vec<Expectation>,
}

/// `handled.voice = 41_250`, or one value for each month: `uptime = 98.5% then missing then 96.5%`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The input.
    pub path: Path,
    /// Its values, month by month; nothing for a month in which it is `missing`. The last one also applies to later
    /// months.
    pub values: Vec<Option<Expr>>,
    /// The whole assignment.
    pub span: Span,
}

/// A result that a scenario expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// `expect total = 5 EUR`, one value for each month with `then`
    Total(Vec<Expr>, Span),
    /// `expect credit answer_speed = 0 EUR`; the word before the name says what kind of thing it is, and may be left
    /// out
    Value {
        /// `charge`, `adjustment`, `credit`, `bonus`, `earn back`, `minimum`, `maximum`, `tax`, `metric`, `score`
        word: Option<Name>,
        /// The thing.
        path: Path,
        /// Its values, month by month.
        values: Vec<Expr>,
        /// The whole expectation.
        span: Span,
    },
    /// `expect notice "…" in 2026-02`: the last month if none is named
    Notice(Text, Option<Month>, Span),
    /// `expect no notice in 2026-02`
    NoNotice(Option<Month>, Span),
    /// `expect no invoice in 2026-02`
    NoInvoice(Option<Month>, Span),
}
