//! The nodes of a contract while they are made.

use crate::ledger::StepKind;
use crate::quantity::{Exact, Type};
use crate::text::Span;

use super::{Fact, Node, NodeId, NodeLabel, Op, SeriesId};

/// All nodes, each after those that it uses, and the series that read earlier months.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    series: Vec<Series>,
    facts: Vec<Fact>,
    size: usize,
}

/// A contract may unfold to so much: a value counts for [`PER_NODE`], and each value that it is made of for one more, so that
/// what counts is the memory that it takes.
const MOST: usize = PER_NODE * MOST_VALUES;
const PER_NODE: usize = 4;

/// So many values, if each is made of few others.
pub const MOST_VALUES: usize = 1_000_000;

/// The values of a node, month by month.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// The node; nothing for a series that was never bound.
    pub node: Option<NodeId>,
}

impl Graph {
    /// Adds a node.
    pub fn add(&mut self, op: Op, kind: Type, span: Span) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.size += PER_NODE;
        op.each_use(|_| self.size += 1);
        self.nodes.push(Node {
            op,
            kind,
            span,
            label: None,
        });
        id
    }

    /// How many values it holds, where one that is made of many others counts for several.
    #[must_use]
    pub fn values(&self) -> usize {
        self.size / PER_NODE
    }

    /// Whether the contract unfolds to more than is understood.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.size > MOST
    }

    /// Lets go of all nodes of a contract that unfolds too far. It stays full.
    pub fn abandon(&mut self) {
        *self = Self {
            size: self.size,
            ..Self::default()
        };
    }

    /// Adds a number.
    pub fn constant(&mut self, value: Exact, kind: Type, span: Span) -> NodeId {
        self.add(Op::Constant(value), kind, span)
    }

    /// Says what the story of a number calls the node. A node has one name: the first.
    pub fn label(
        &mut self,
        id: NodeId,
        kind: StepKind,
        name: impl Into<String>,
        clause: Option<String>,
    ) {
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            node.label.get_or_insert_with(|| {
                Box::new(NodeLabel {
                    kind,
                    name: name.into(),
                    clause,
                })
            });
        }
    }

    /// Gives the node another name than it had.
    pub fn rename(&mut self, id: NodeId, kind: StepKind, name: impl Into<String>) {
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            let clause = node.label.take().and_then(|label| label.clause);
            node.label = Some(Box::new(NodeLabel {
                kind,
                name: name.into(),
                clause,
            }));
        }
    }

    /// A copy of the node under a new identity, so that it can bear a name of its own.
    pub fn alias(&mut self, id: NodeId, span: Span) -> NodeId {
        let kind = self.get(id).map_or(Type::Unknown, |node| node.kind.clone());
        self.add(Op::Sum(Box::new([id])), kind, span)
    }

    /// A new series, to be bound to its node later; reading it before fails.
    pub fn new_series(&mut self) -> SeriesId {
        let id = SeriesId(u32::try_from(self.series.len()).unwrap_or(u32::MAX));
        self.series.push(Series::default());
        id
    }

    /// Says which node's values the series holds.
    pub fn bind_series(&mut self, series: SeriesId, node: NodeId) {
        if let Some(slot) = self.series.get_mut(series.0 as usize) {
            slot.node = Some(node);
        }
    }

    /// Says that a node is a fact of its month.
    pub fn record(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// The facts, in the order in which they were recorded.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The node of that id.
    #[must_use]
    pub fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// All nodes in order.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// All series.
    #[must_use]
    pub fn series(&self) -> &[Series] {
        &self.series
    }
}
