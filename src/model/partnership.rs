//! How the partnership works: clauses that are checked but not paid.

use crate::quantity::Exact;
use crate::syntax::tree::PartnershipKind;
use crate::text::Span;

/// A value in a statement of a partnership clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    /// A number, or a percentage as its ratio.
    Number(Exact),
    /// A text in quotation marks.
    Text(String),
    /// A word that the statement leaves open, such as who or how often.
    Word(String),
}

/// One statement: which form it has, and the values in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnershipFact {
    /// The name of its form, such as `refreshed`.
    pub form: &'static str,
    /// The values, in the order of the words.
    pub values: Vec<FactValue>,
    /// Where it is.
    pub span: Span,
}

/// A partnership clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnershipFacts {
    /// The part of the partnership that it is about.
    pub kind: PartnershipKind,
    /// Its statements.
    pub facts: Vec<PartnershipFact>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// Where it is.
    pub span: Span,
}
