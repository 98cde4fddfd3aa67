//! The contract.

use std::collections::BTreeSet;

use crate::calendar::Period;
use crate::ledger::Heading;
use crate::lineage::Lineages;
use crate::program::{Graph, NodeId, Plan};
use crate::quantity::{Currency, Type};
use crate::syntax::tree::{Item, Name};
use crate::text::Span;

use super::facts::{Facts, ItemId, KpiKind, Link};
use super::{NamedFacts, PartnershipFacts, Reference, ScenarioFacts};

/// The facts of a metric.
#[derive(Clone, Debug)]
pub struct MetricFacts {
    /// The clause that declares it.
    pub item: Option<ItemId>,
    /// Its name.
    pub name: String,
    /// Its kind, if it is declared.
    pub kind: Option<KpiKind>,
    /// Its type.
    pub value_type: Type,
    /// Whether a higher value is better, if that is declared.
    pub higher_is_better: Option<bool>,
    /// Its values: one, or one for each member of its dimension.
    pub nodes: Vec<NodeId>,
    /// Where it is declared.
    pub span: Span,
}

impl MetricFacts {
    /// Whether a name in the text refers to it.
    #[must_use]
    pub fn is(&self, link: &Link) -> bool {
        self.item.is_some() && self.item == link.to
    }
}

/// A contract. It exists for every text, however broken, but only one without errors can be computed.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The parties of the invoice, and its terms.
    pub heading: Heading,
    /// The currency of its invoices.
    pub currency: Option<Currency>,
    /// The first and the last day of the contract.
    pub term: Option<Period>,
    /// Its own items in the order of the text, then the items of its libraries that it needs.
    pub items: Vec<Item>,
    /// How many of the items are its own.
    pub own_items: usize,
    /// The facts of each name.
    pub names: Vec<NamedFacts>,
    /// Which of its words refer to which declarations, in the order of the text.
    pub references: Vec<Reference>,
    /// Its name, as it is written.
    pub name: Name,
    /// The facts that the parties agreed, clause by clause.
    pub facts: Facts,
    /// Its metrics, in the order of computation.
    pub metrics: Vec<MetricFacts>,
    /// How the partnership works.
    pub partnership: Vec<PartnershipFacts>,
    /// Its own examples.
    pub scenarios: Vec<ScenarioFacts>,
    /// Every value in it.
    pub graph: Graph,
    /// Which of its items continue as which items in other versions.
    pub lineages: Lineages,
    /// The names of what it keeps open beyond the end of a month, by lineage and words.
    pub keeps: BTreeSet<String>,
    /// The lines, notices and measures of its statements.
    pub plan: Plan,
    /// The whole block.
    pub span: Span,
}

impl Contract {
    /// Returns the facts of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&NamedFacts> {
        self.names.iter().find(|facts| facts.name == name)
    }
}
