//! What is known about an expression.

use crate::program::NodeId;
use crate::quantity::{Exact, Type};
use crate::text::Span;

use super::Domain;

/// An expression with its type and its node.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The node that computes it.
    pub node: NodeId,
    /// Its type.
    pub kind: Type,
    /// Where it is.
    pub span: Span,
    /// Its value, if it is the same in every month.
    pub constant: Option<Exact>,
    /// Whether it is a bare number, which takes the unit of the value with which it is combined.
    pub literal: bool,
    /// Whether it is a quotient of two values of the same kind, which can be read as a plain number or as a percentage.
    pub ratio: bool,
    /// Whether the contract lets it have no value in some months.
    pub optional: bool,
    /// The declaration that it comes from, if it is a name.
    pub origin: Option<Origin>,
    /// The fixed values that it takes one after another, if it changes on stated dates.
    pub dated: Box<[Exact]>,
    /// The values that can be observed for it.
    pub domain: Option<Domain>,
    /// The share and base, if it is a share of something. A line shows them next to its amount.
    pub share: Option<Box<Share>>,
}

/// The two factors of an amount, as a line of an invoice shows them.
#[derive(Clone, Debug)]
pub struct Share {
    /// `2%`, or `23.50 EUR per hour`.
    pub rate: Typed,
    /// The thing of which it is a share, or the quantity that is paid for.
    pub base: Typed,
}

/// The declaration of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name as it was written.
    pub name: String,
    /// Where it is declared.
    pub declared: Span,
}

impl Typed {
    /// An expression of that type, about which nothing else is known.
    #[must_use]
    pub fn new(node: NodeId, kind: Type, span: Span) -> Self {
        Self {
            node,
            kind,
            span,
            constant: None,
            literal: false,
            ratio: false,
            optional: false,
            origin: None,
            dated: Box::default(),
            domain: None,
            share: None,
        }
    }

    /// The same, with its constant value.
    #[must_use]
    pub fn with_constant(mut self, value: Option<Exact>) -> Self {
        self.constant = value;
        self
    }

    /// Its fixed values: one, or one from each stated date onwards; none if it is measured.
    pub fn levels(&self) -> impl Iterator<Item = &Exact> {
        self.constant.iter().chain(&self.dated)
    }

    /// The values that can be observed if this can replace a value with that domain.
    #[must_use]
    pub fn widens(&self, domain: Option<Domain>) -> Option<Domain> {
        match (&self.constant, &self.domain) {
            (Some(value), _) => domain.map(|domain| domain.or_value(value)),
            (None, Some(own)) => domain.map(|domain| domain.or(own)),
            (None, None) => None,
        }
    }

    /// Whether an earlier mistake makes it unknown.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.kind == Type::Unknown
    }
}
