//! What a contract writes to agree on a value: an amount, a price, a level, a condition.

use crate::calendar::Date;
use crate::program::NodeId;
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::Builtin;
use crate::text::Span;

use super::ItemId;

/// A name in the contract's words, and the clause that declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The clause; nothing for an undeclared name, which is an error of its own.
    pub to: Option<ItemId>,
    /// The name.
    pub name: String,
    /// The member of its dimension: `voice` of `handled.voice`.
    pub member: Option<String>,
    /// Where it is written.
    pub span: Span,
}

impl Link {
    /// The name, with its member if one is written.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.member {
            Some(member) => format!("{}.{member}", self.name),
            None => self.name.clone(),
        }
    }
}

/// A value that is agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// How it is written.
    pub form: Form,
    /// The nodes that compute it as a whole, in order: one, or one for each member of a dimension. None if it is part
    /// of another node, as the end of a band is.
    pub nodes: Vec<NodeId>,
    /// The clauses that it reads, each once.
    pub reads: Vec<ItemId>,
    /// The sums of the month that it reads, such as `charges`, each once.
    pub sums: Vec<Builtin>,
    /// The words.
    pub span: Span,
}

/// How a value is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A figure: `80%`, `12_000 EUR per month`.
    Fixed(Figure),
    /// A rate of something: `2% of charges`, `23.50 EUR per hour of productive_hours`.
    Of {
        /// The rate.
        rate: Box<Value>,
        /// The value to which it applies.
        base: Box<Value>,
    },
    /// One name: `handled`, `handled.voice`.
    Name(Link),
    /// The sum over the members of a dimension: `total handled`.
    TotalOf(Link),
    /// A single sum of the month: `charges`.
    Sum(Builtin),
    /// A value that changes on stated days.
    Dated(Box<Value>, Vec<Dated>),
    /// `by agreement`
    ByAgreement,
    /// Any other expression.
    Formula,
}

/// `from 2027-01-01 4.40 EUR`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The first day.
    pub from: Date,
    /// The value from then on.
    pub value: Value,
}

impl Value {
    /// The figure, if the contract writes one.
    #[must_use]
    pub fn fixed(&self) -> Option<&Exact> {
        match &self.form {
            Form::Fixed(figure) => Some(&figure.value),
            _ => None,
        }
    }

    /// The percentage, if the contract writes one.
    #[must_use]
    pub fn percent(&self) -> Option<&Exact> {
        match &self.form {
            Form::Fixed(figure) if figure.kind == Type::Percent => Some(&figure.value),
            _ => None,
        }
    }

    /// The rate and base of `2% of charges`.
    #[must_use]
    pub fn rate_of(&self) -> Option<(&Value, &Value)> {
        match &self.form {
            Form::Of { rate, base } => Some((rate, base)),
            _ => None,
        }
    }

    /// The name, if it is a single name.
    #[must_use]
    pub fn name(&self) -> Option<&Link> {
        match &self.form {
            Form::Name(link) => Some(link),
            _ => None,
        }
    }
}
