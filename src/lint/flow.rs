//! What in a contract can change the pay, read from the data flow of its nodes and not from its words.
//!
//! Rules ask the same questions about the same values again and again, so answers are remembered, as far as they fit
//! into a fixed amount of memory.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::model::Contract;
pub use crate::program::Reach;
use crate::program::{Graph, NodeId, Op, SlotId};
use crate::quantity::Exact;
use crate::text::Span;

/// The data flow of a contract.
pub struct Flow<'c> {
    graph: &'c Graph,
    /// The nodes that read a column of the data.
    inputs: Vec<(NodeId, SlotId)>,
    users: Users,
    paid: Rc<Reach>,
    behind: Memory<Rc<Reach>>,
    made_from: Memory<Rc<Reach>>,
    columns: Memory<Vec<SlotId>>,
}

/// How much is remembered of each kind of answer, in words of memory.
const MOST_REMEMBERED: usize = 4 << 20;

/// Answers about values, by the values.
struct Memory<T> {
    known: RefCell<HashMap<Vec<NodeId>, T>>,
    most: usize,
}

impl<T: Clone> Memory<T> {
    /// A memory for answers that take that many words each.
    fn of_answers(words: usize) -> Self {
        Self {
            known: RefCell::default(),
            most: MOST_REMEMBERED / words.max(64),
        }
    }

    /// The answer about these values. An answer about many values is asked for only once, and is not kept.
    fn of(&self, nodes: &[NodeId], answer: impl FnOnce() -> T) -> T {
        if nodes.len() > 64 {
            return answer();
        }
        if let Some(known) = self.known.borrow().get(nodes) {
            return known.clone();
        }
        let found = answer();
        let mut known = self.known.borrow_mut();
        if known.len() >= self.most {
            known.clear();
        }
        known.insert(nodes.to_vec(), found.clone());
        found
    }
}

/// Which nodes read each node, in this month or a later one.
struct Users {
    /// Where the users of each node begin. There is one more entry than there are nodes.
    starts: Vec<usize>,
    all: Vec<NodeId>,
}

impl Users {
    fn of(graph: &Graph) -> Self {
        let count = graph.nodes().len();
        let mut starts = vec![0; count + 1];
        each_read(graph, |_, used| {
            if let Some(next) = starts.get_mut(used.0 as usize + 1) {
                *next += 1;
            }
        });
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut free = starts.clone();
        let mut all = vec![NodeId(0); sum];
        each_read(graph, |user, used| {
            let Some(at) = free.get_mut(used.0 as usize) else {
                return;
            };
            if let Some(place) = all.get_mut(*at) {
                *place = user;
                *at += 1;
            }
        });
        Self { starts, all }
    }

    fn of_node(&self, node: NodeId) -> &[NodeId] {
        let at = node.0 as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.all.get(*from..*to).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Calls `each` with each node and each node that it reads, in this month or an earlier one.
fn each_read(graph: &Graph, mut each: impl FnMut(NodeId, NodeId)) {
    let count = graph.nodes().len();
    for (node, user) in graph.nodes().iter().zip((0..).map(NodeId)) {
        let mut look = |used: NodeId| {
            if (used.0 as usize) < count {
                each(user, used);
            }
        };
        node.op.each_use(&mut look);
        let series = node.op.series();
        let earlier = series.and_then(|id| graph.series().get(id.0 as usize)?.node);
        earlier.into_iter().for_each(look);
    }
}

impl<'c> Flow<'c> {
    /// The flow of a contract.
    #[must_use]
    pub fn of(contract: &'c Contract) -> Self {
        let graph = &contract.graph;
        let lines = contract.plan.lines.iter().map(|line| line.amount);
        let roots: Vec<NodeId> = lines.chain(contract.plan.total).collect();
        let words = graph.nodes().len().div_ceil(64);
        let nodes = graph.nodes().iter().zip((0..).map(NodeId));
        let inputs = nodes.filter_map(|(node, id)| match node.op {
            Op::Input(slot) => Some((id, slot)),
            _ => None,
        });
        Self {
            graph,
            inputs: inputs.collect(),
            users: Users::of(graph),
            paid: Rc::new(graph.behind(&roots, &[])),
            behind: Memory::of_answers(words),
            made_from: Memory::of_answers(words),
            columns: Memory::of_answers(words),
        }
    }

    /// Whether any of the values can change the pay.
    #[must_use]
    pub fn changes_pay(&self, nodes: &[NodeId]) -> bool {
        self.paid.has_any(nodes)
    }

    /// Everything that the values are computed from, in this month or an earlier one, themselves included.
    #[must_use]
    pub fn behind(&self, nodes: &[NodeId]) -> Rc<Reach> {
        let found = || Rc::new(self.graph.behind(nodes, &[]));
        self.behind.of(nodes, found)
    }

    /// The same, without what only the nodes in `left_out` contribute.
    #[must_use]
    pub fn behind_without(&self, nodes: &[NodeId], left_out: &[NodeId]) -> Reach {
        self.graph.behind(nodes, left_out)
    }

    /// Everything that is made from the values, in this month or a later one, themselves included.
    #[must_use]
    pub fn made_from(&self, nodes: &[NodeId]) -> Rc<Reach> {
        let found = || {
            let mut reached = Reach::none(self.graph.nodes().len());
            let mut open = nodes.to_vec();
            while let Some(id) = open.pop() {
                if reached.add(id) {
                    open.extend(self.users.of_node(id));
                }
            }
            Rc::new(reached)
        };
        self.made_from.of(nodes, found)
    }

    /// Everything that is made from a column of the data.
    #[must_use]
    pub fn made_from_column(&self, column: SlotId) -> Rc<Reach> {
        let reading = self.inputs.iter().filter(|(_, slot)| *slot == column);
        let reading: Vec<NodeId> = reading.map(|(node, _)| *node).collect();
        self.made_from(&reading)
    }

    /// The values that these words of the contract mean, in part or together.
    #[must_use]
    pub fn within(&self, place: Span) -> Vec<NodeId> {
        let nodes = (0u32..).zip(self.graph.nodes());
        let inside = |span: Span| {
            span.file == place.file && place.start <= span.start && span.end <= place.end
        };
        nodes
            .filter(|(_, node)| inside(node.span))
            .map(|(at, _)| NodeId(at))
            .collect()
    }

    /// The number that a value always is, if the contract states it.
    #[must_use]
    pub fn constant(&self, node: NodeId) -> Option<Exact> {
        match &self.graph.get(node)?.op {
            Op::Constant(value) => Some(value.clone()),
            Op::Sum(one) => match one.as_ref() {
                [one] => self.constant(*one),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether any of the values reads earlier months.
    #[must_use]
    pub fn looks_back(&self, nodes: &[NodeId]) -> bool {
        let reach = self.behind(nodes);
        let mut all = self.graph.nodes().iter().zip((0..).map(NodeId));
        all.any(|(node, id)| node.op.series().is_some() && reach.has(id))
    }

    /// The columns of the data that the values are computed from.
    #[must_use]
    pub fn columns(&self, nodes: &[NodeId]) -> Vec<SlotId> {
        self.columns.of(nodes, || {
            let reach = self.behind(nodes);
            let read = self.inputs.iter().filter(|(node, _)| reach.has(*node));
            read.map(|(_, slot)| *slot).collect()
        })
    }
}
