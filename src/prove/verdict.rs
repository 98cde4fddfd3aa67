//! What is known about a question, and how.

use crate::calendar::Month;
use crate::ledger::LineKind;
use crate::quantity::{Currency, Exact, Figure};

use super::question::Question;

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds in every month that the contract allows.
    Proved,
    /// It holds in every month, if the assumptions hold: the contract does not state every range.
    ProvedIf,
    /// It does not hold: a month shows it.
    Refuted,
    /// The amount lies between two bounds.
    Between,
    /// It is not known.
    NotDecided,
    /// The contract has nothing that the question is about.
    NotApplicable,
}

impl Outcome {
    /// Its words in reports.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Proved => "PROVED",
            Self::ProvedIf => "PROVED IF",
            Self::Refuted => "REFUTED",
            Self::Between => "BETWEEN",
            Self::NotDecided => "NOT DECIDED",
            Self::NotApplicable => "NOT APPLICABLE",
        }
    }

    /// Its key in JSON: a stable promise.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::ProvedIf => "proved-if",
            Self::Refuted => "refuted",
            Self::Between => "between",
            Self::NotDecided => "not-decided",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// How it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every month of the ranges was covered by pieces with exact bounds; earlier months count as anything that they can
    /// have left behind.
    Pieces,
    /// The evaluator computed the month that is shown.
    Replay,
    /// Both: no month is beyond the bound, and the month that is shown reaches it.
    PiecesAndReplay,
    /// All courses of a few months from the beginning of the term, with the KPIs varied and all else as usual.
    Courses,
    /// The contract has no such clause.
    Text,
}

impl Method {
    /// Its words in reports.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Pieces => "bounds over all months",
            Self::Replay => "a month that the evaluator computed",
            Self::PiecesAndReplay => {
                "bounds over all months, reached by a month that the evaluator computed"
            }
            Self::Courses => "bounds over courses of a few months",
            Self::Text => "the text alone",
        }
    }

    /// Its key in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Pieces => "bounds",
            Self::Replay => "replay",
            Self::PiecesAndReplay => "bounds-and-replay",
            Self::Courses => "courses",
            Self::Text => "text",
        }
    }
}

/// What is known about a question.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The question.
    pub question: Question,
    /// What it is about, where it is asked about several things: a KPI, a clause.
    pub about: Option<String>,
    /// Whether it holds.
    pub outcome: Outcome,
    /// The answer in a sentence.
    pub answer: String,
    /// How it is known.
    pub method: Method,
    /// The assumptions that it rests on.
    pub assumptions: Vec<String>,
    /// The month that shows it.
    pub story: Option<Story>,
    /// The months that show it together, where one is not enough.
    pub course: Vec<CourseMonth>,
    /// How many operations that took.
    pub steps: u64,
}

/// A month that shows something, as the evaluator computes it.
#[derive(Clone, Debug)]
pub struct Story {
    /// The month.
    pub month: Month,
    /// What happened before it, in words; nothing if no earlier month is needed.
    pub before: Option<String>,
    /// The figures that are not as usual.
    pub figures: Vec<StoryFigure>,
    /// The lines that are not 0.
    pub lines: Vec<StoryLine>,
    /// The invoice.
    pub total: Figure,
    /// The same month with other figures, where two are compared.
    pub other: Option<Box<Other>>,
}

/// How many figures and lines of a month are written out.
const MOST: usize = 6;

impl Story {
    /// The month and the figures that are not as usual: `in 2026-02, with `csat` 3.7 (usually 4.5)`.
    #[must_use]
    pub fn beginning(&self) -> String {
        let before = self.before.as_ref();
        let before = before.map_or_else(String::new, |before| format!(", {before}"));
        let with = in_a_row(&self.figures);
        if with.is_empty() {
            format!("in {}{before}", self.month)
        } else {
            format!("in {}{before}, with {with}", self.month)
        }
    }

    /// The month in a sentence: `in 2026-02, with `csat` 3.7 (usually 4.5): `fee` 200.00 EUR, …; the invoice is …`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let month = self.beginning();
        let mut lines: Vec<String> = self
            .lines
            .iter()
            .take(MOST)
            .map(|line| format!("`{}` {}", line.name, line.amount))
            .collect();
        let more = self.lines.len().saturating_sub(MOST);
        match more {
            0 => {}
            1 => lines.push("and 1 more line".to_owned()),
            _ => lines.push(format!("and {more} more lines")),
        }
        if lines.is_empty() {
            return format!("{month}, the invoice is {}", self.total);
        }
        format!(
            "{month}: {}; the invoice is {}",
            lines.join(", "),
            self.total
        )
    }

    /// The figures in which it differs from a usual month, in words.
    #[must_use]
    pub fn figures_in_words(&self) -> String {
        in_a_row(&self.figures)
    }

    /// The month that it is compared with, in a sentence.
    #[must_use]
    pub fn compared(&self) -> Option<String> {
        let other = self.other.as_ref()?;
        let with = match in_a_row(&other.figures) {
            none if none.is_empty() => "the usual figures".to_owned(),
            some => some,
        };
        Some(format!(
            "with {with} instead, the invoice is {}",
            other.total
        ))
    }
}

fn in_a_row(all: &[StoryFigure]) -> String {
    let mut words: Vec<String> = all
        .iter()
        .take(MOST)
        .map(|figure| match &figure.usual {
            Some(usual) if *usual != figure.value => {
                format!("`{}` {} (usually {usual})", figure.name, figure.value)
            }
            _ => format!("`{}` {}", figure.name, figure.value),
        })
        .collect();
    let more = all.len().saturating_sub(MOST);
    match more {
        0 => {}
        1 => words.push("and 1 more figure".to_owned()),
        _ => words.push(format!("and {more} more figures")),
    }
    words.join(", ")
}

/// A month of several that show something together.
#[derive(Clone, Debug)]
pub struct CourseMonth {
    /// The month.
    pub month: Month,
    /// The figures that are not as usual.
    pub figures: Vec<StoryFigure>,
    /// The invoice.
    pub total: Figure,
    /// The month in the other course, where two are compared.
    pub other: Option<Other>,
}

impl CourseMonth {
    /// The month in a sentence.
    #[must_use]
    pub fn in_words(&self) -> String {
        let with = |figures: &[StoryFigure]| match figures {
            [] => String::new(),
            _ => format!(" with {}", in_a_row(figures)),
        };
        let own = format!(
            "{}{}: the invoice is {}",
            self.month,
            with(&self.figures),
            self.total
        );
        match &self.other {
            None => own,
            Some(other) if other.figures.is_empty() => {
                format!("{own}, in the other course {}", other.total)
            }
            Some(other) => format!(
                "{own}; in the other course,{}, it is {}",
                with(&other.figures),
                other.total
            ),
        }
    }
}

/// A figure of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryFigure {
    /// The column of the data.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The usual value, if the contract states one.
    pub usual: Option<String>,
}

/// A line of a story.
#[derive(Clone, Debug)]
pub struct StoryLine {
    /// What kind of line it is.
    pub kind: LineKind,
    /// Its name.
    pub name: String,
    /// Its amount.
    pub amount: Figure,
}

/// The other of two months that are compared.
#[derive(Clone, Debug)]
pub struct Other {
    /// The figures that are not as in the first.
    pub figures: Vec<StoryFigure>,
    /// The invoice.
    pub total: Figure,
}

/// What is known about a contract.
#[derive(Clone, Debug)]
pub struct Proofs {
    /// The contract's name.
    pub contract: String,
    /// Its currency.
    pub currency: Option<Currency>,
    /// The verdicts, in the order of the questions.
    pub verdicts: Vec<Verdict>,
    /// How many operations a question may compute.
    pub budget: u64,
}

/// A share as it is shown: a percentage to a hundredth of a percent, rounded to the nearest.
pub(super) fn shown_share(share: &Exact) -> Exact {
    let scale = Exact::from_integer(10_000);
    let half = Exact::ratio(1, 2).unwrap_or_default();
    share
        .multiply(&scale)
        .add(&half)
        .floor()
        .divide(&scale)
        .unwrap_or_default()
}
