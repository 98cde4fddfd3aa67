//! Findings as data: what is wrong, where, why it matters and what to write instead.
//!
//! Nothing here knows how a finding is shown; the reports do that.

mod fix;
mod suppression;

use crate::quantity::Figure;
use crate::text::Span;

pub use fix::{Edit, Fix, apply_edits, with_line_ends_of};
pub use suppression::{Suppression, Waived};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The contract cannot be computed, or not safely.
    Error,
    /// The contract can be computed, but something in it is likely to go wrong.
    Warning,
    /// Worth knowing; nothing has to be done.
    Info,
}

/// A place that a finding points at, with a text about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to know about it; may be empty for the primary place.
    pub text: String,
}

/// One finding about a contract's text.
///
/// Messages are lower case with no full stop, in plain words, with the user's own text in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Its kind, a stable name in kebab case: `unit-mismatch`.
    pub code: &'static str,
    /// What is wrong, in one line.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// Other places that matter to it, such as the declarations that disagree.
    pub related: Vec<Label>,
    /// Why it matters.
    pub why: Vec<String>,
    /// What to write instead.
    pub help: Vec<String>,
    /// The edits that fix it, if edits can.
    pub fix: Option<Fix>,
    /// What it can cost in a month, if that was computed: the costly findings are shown first.
    pub cost: Option<Figure>,
    /// Why it is not counted, if it is not.
    pub suppressed: Option<Suppression>,
}

impl Diagnostic {
    /// An error of kind `code` at `span`.
    #[must_use]
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// A warning of kind `code` at `span`.
    #[must_use]
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    fn new(severity: Severity, code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            primary: Label {
                span,
                text: String::new(),
            },
            related: Vec::new(),
            why: Vec::new(),
            help: Vec::new(),
            fix: None,
            cost: None,
            suppressed: None,
        }
    }

    /// Something worth knowing, of kind `code` at `span`.
    #[must_use]
    pub fn info(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, span, message)
    }

    /// Says something at the primary place.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Also points at another place.
    #[must_use]
    pub fn and_at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds why it matters.
    #[must_use]
    pub fn because(mut self, text: impl Into<String>) -> Self {
        self.why.push(text.into());
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds the edits that fix it.
    #[must_use]
    pub fn mended_by(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Adds what it can cost in a month.
    #[must_use]
    pub fn costing(mut self, cost: Figure) -> Self {
        self.cost = Some(cost);
        self
    }

    /// Whether it keeps the contract from being computed.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
