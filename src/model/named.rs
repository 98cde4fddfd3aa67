//! What every name of a contract refers to.

use crate::program::NodeId;
use crate::quantity::{Exact, Type};
use crate::text::Span;

/// A declared name with its values.
#[derive(Clone, Debug)]
pub struct NamedFacts {
    /// The name.
    pub name: String,
    /// Its values: one, or one for each member of its dimension; none if it was not understood.
    pub nodes: Vec<NodeId>,
    /// Their type.
    pub kind: Type,
    /// The least value that can be observed, if there is one.
    pub least: Option<Exact>,
    /// The greatest value that can be observed, if there is one.
    pub most: Option<Exact>,
    /// Whether anything else in the contract refers to it.
    pub used: bool,
    /// Where it is declared.
    pub span: Span,
}
