//! Questions: what a contract's text leaves open.

use crate::diagnostic::Fix;
use crate::text::Span;

/// What a contract leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Questions {
    /// Its name.
    pub contract: String,
    /// What it is called for people.
    pub title: Option<String>,
    /// The questions: clause by clause in the order of the text, then those that no clause speaks of.
    pub all: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The rule that asks it.
    pub rule: &'static str,
    /// The clause that it is about; nothing where no clause speaks of it.
    pub about: Option<About>,
    /// Where the text is that leaves it open, or, where no clause speaks of it, the contract's name.
    pub place: Span,
    /// The question: lower case, with its question mark.
    pub question: String,
    /// What happens today, and what that comes to.
    pub today: Vec<String>,
    /// Words that answer it, with their places.
    pub answer: Option<Fix>,
    /// Whether the contract pays the same with that answer, in every month that can happen.
    pub pays_the_same: bool,
    /// Other answers, in words.
    pub otherwise: Vec<String>,
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The item, as the text names it: `service level answer_speed`.
    pub item: String,
    /// The clause of the paper contract that it stands for.
    pub clause: Option<String>,
    /// Where it stands.
    pub span: Span,
}
