//! The nodes of a contract while they are made.

use std::collections::BTreeMap;

use crate::ledger::StepKind;
use crate::quantity::{Exact, Type};
use crate::text::Span;

use super::{Node, NodeId, NodeLabel, Op, SeriesId, SeriesKey};

/// All nodes, each after those that it uses, and the series that read earlier months.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    series: Vec<Series>,
    values: BTreeMap<String, NodeId>,
    size: usize,
}

/// A contract may unfold to so much: a value counts for [`PER_NODE`], and each value that it is made of for one more, so that
/// what counts is the memory that it takes.
const MOST: usize = PER_NODE * MOST_VALUES;
const PER_NODE: usize = 4;

/// So many values, if each is made of few others.
pub const MOST_VALUES: usize = 1_000_000;

/// The values of a node, month by month, with what tells them apart from those of other nodes.
#[derive(Clone, Debug)]
pub struct Series {
    /// The node; nothing for a series that was never bound.
    pub node: Option<NodeId>,
    /// The words of the contract for which earlier months are kept.
    pub span: Span,
    /// The member of a dimension that they are kept for.
    pub member: Option<String>,
    /// Whether the drafter reads them, with `over`, `previous` or `in a row`; else a mechanism keeps them.
    pub is_read: bool,
    /// What the same values are called in every version of the contract.
    pub key: SeriesKey,
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

    /// A copy of the node under a new identity, so that it can bear a name of its own.
    pub fn alias(&mut self, id: NodeId, span: Span) -> NodeId {
        let kind = self.get(id).map_or(Type::Unknown, |node| node.kind.clone());
        self.add(Op::Sum(Box::new([id])), kind, span)
    }

    /// A new series, to be bound to its node later; reading it before fails. `span` is what the drafter wrote of it,
    /// `member` the member of a dimension that it is kept for, and `is_read` says whether it is the drafter who reads it.
    pub fn new_series(&mut self, span: Span, member: Option<String>, is_read: bool) -> SeriesId {
        let id = SeriesId(u32::try_from(self.series.len()).unwrap_or(u32::MAX));
        self.series.push(Series {
            node: None,
            span,
            member,
            is_read,
            key: SeriesKey::default(),
        });
        id
    }

    /// Says which node's values the series holds.
    pub fn bind_series(&mut self, series: SeriesId, node: NodeId) {
        if let Some(slot) = self.series.get_mut(series.0 as usize) {
            slot.node = Some(node);
        }
    }

    /// Says what the series is called in every version of the contract.
    pub fn name_series(&mut self, series: SeriesId, key: SeriesKey) {
        if let Some(slot) = self.series.get_mut(series.0 as usize) {
            slot.key = key;
        }
    }

    /// Says which values have names of their own.
    pub fn name_values(&mut self, values: BTreeMap<String, NodeId>) {
        self.values = values;
    }

    /// The value of that name: that of an item, of a member of one, or of a stage.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<NodeId> {
        self.values.get(name).copied()
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
