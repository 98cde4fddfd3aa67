//! Contract to program: what no statement needs is left out, and what is computed twice is computed once.

use std::collections::{BTreeSet, HashMap};

use crate::lineage::Lineages;
use crate::model::Contract;
use crate::program::{
    Before, CutPlan, Fact, Facts, Graph, LinePlan, MeasurePlan, Node, NodeId, NoticePlan, Op,
    PartPlan, Piece, Plan, Program, SeriesId,
};
use crate::quantity::Type;

/// The program of a contract without errors, and where each of the contract's nodes went in it.
#[must_use]
pub fn compile(contract: &Contract) -> Compiled {
    compile_for_later(contract, &BTreeSet::new())
}

/// The same, with the facts of those names: later versions of the contract read them from the months of this one.
#[must_use]
pub fn compile_for_later(contract: &Contract, names: &BTreeSet<String>) -> Compiled {
    let facts = contract.graph.facts().iter();
    let mut others = scenario_nodes(contract);
    others.extend(
        facts
            .filter(|fact| names.contains(&fact.name))
            .map(|fact| fact.node),
    );
    let mut compiler = Compiler::new(&contract.graph);
    compiler.mark(&contract.plan, &others);
    compiler.rebuild();
    let plan = compiler.plan(&contract.plan);
    let facts = compiler.facts(&contract.lineages);
    Compiled {
        renamed: compiler.renamed,
        program: Program {
            nodes: compiler.nodes,
            series: compiler.series,
            facts,
            plan,
        },
    }
}

/// A program with the mapping back to the contract.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The program.
    pub program: Program,
    renamed: Vec<Option<NodeId>>,
}

impl Compiled {
    /// The program's node for a node of the contract; nothing if no statement needs it.
    #[must_use]
    pub fn node(&self, of_contract: NodeId) -> Option<NodeId> {
        self.renamed.get(of_contract.0 as usize).copied().flatten()
    }
}

fn scenario_nodes(contract: &Contract) -> Vec<NodeId> {
    use crate::model::ExpectedWhat;
    let expected = contract
        .scenarios
        .iter()
        .flat_map(|scenario| &scenario.expected);
    expected
        .filter_map(|expected| match &expected.what {
            ExpectedWhat::Value { node, .. } => Some(*node),
            ExpectedWhat::Total
            | ExpectedWhat::Lines { .. }
            | ExpectedWhat::Notice(_)
            | ExpectedWhat::NoNotice
            | ExpectedWhat::NoInvoice => None,
        })
        .collect()
}

struct Compiler<'g> {
    graph: &'g Graph,
    needed: Vec<bool>,
    renamed: Vec<Option<NodeId>>,
    nodes: Vec<Node>,
    series: Vec<NodeId>,
    /// Each fact's node where its text was not in force, if that is another node.
    facts: HashMap<NodeId, Option<NodeId>>,
    series_renamed: HashMap<SeriesId, SeriesId>,
}

impl<'g> Compiler<'g> {
    fn new(graph: &'g Graph) -> Self {
        let count = graph.nodes().len();
        Self {
            graph,
            needed: vec![false; count],
            renamed: vec![None; count],
            nodes: Vec::new(),
            series: Vec::new(),
            facts: graph
                .facts()
                .iter()
                .map(|fact| match fact.before {
                    Before::Other(node) => (fact.node, Some(node)),
                    Before::Computed | Before::NotThere | Before::Zero => (fact.node, None),
                })
                .collect(),
            series_renamed: HashMap::new(),
        }
    }

    /// Marks everything that the plan's nodes are computed from, including series.
    fn mark(&mut self, plan: &Plan, others: &[NodeId]) {
        let mut open = roots(plan);
        open.extend(others);
        while let Some(id) = open.pop() {
            let Some(seen) = self.needed.get_mut(id.0 as usize) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            let Some(node) = self.graph.get(id) else {
                continue;
            };
            node.op.each_use(|used| open.push(used));
            open.extend(self.facts.get(&id).copied().flatten());
            if let Some(series) = node.op.series() {
                open.extend(self.bound(series));
            }
        }
    }

    fn bound(&self, series: SeriesId) -> Option<NodeId> {
        self.graph.series().get(series.0 as usize)?.node
    }

    /// Copies the needed nodes in order; equal operations without names become one. A fact stays separate: in the
    /// months of another version it has a different value.
    fn rebuild(&mut self) {
        let mut known: HashMap<(Op, Type), NodeId> = HashMap::new();
        for (at, node) in self.graph.nodes().iter().enumerate() {
            if !self.needed.get(at).copied().unwrap_or(false) {
                continue;
            }
            let op = self.renamed_op(&node.op);
            let place = u32::try_from(at).map_or(NodeId(u32::MAX), NodeId);
            let is_fact = self.facts.contains_key(&place);
            if let (false, None, Some(same)) = (
                is_fact,
                &node.label,
                known.get(&(op.clone(), node.kind.clone())),
            ) {
                let same = *same;
                self.rename(at, same);
                continue;
            }
            let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
            if !is_fact {
                known.entry((op.clone(), node.kind.clone())).or_insert(id);
            }
            self.nodes.push(Node { op, ..node.clone() });
            self.rename(at, id);
        }
        self.bind();
    }

    fn rename(&mut self, at: usize, id: NodeId) {
        if let Some(slot) = self.renamed.get_mut(at) {
            *slot = Some(id);
        }
    }

    fn renamed_op(&mut self, op: &Op) -> Op {
        if let Some(series) = op.series()
            && !self.series_renamed.contains_key(&series)
        {
            let next = SeriesId(u32::try_from(self.series_renamed.len()).unwrap_or(u32::MAX));
            self.series_renamed.insert(series, next);
        }
        let renamed = &self.renamed;
        let series = &self.series_renamed;
        op.mapped(
            |id| renamed.get(id.0 as usize).copied().flatten().unwrap_or(id),
            |id| series.get(&id).copied().unwrap_or(id),
        )
    }

    fn bind(&mut self) {
        let mut bound: Vec<(SeriesId, SeriesId)> = self
            .series_renamed
            .iter()
            .map(|(old, new)| (*new, *old))
            .collect();
        bound.sort();
        for (_, old) in bound {
            let node = self.bound(old).map_or(NodeId(0), |node| self.now(node));
            self.series.push(node);
        }
    }

    /// The facts that are left, and the items of all nodes.
    fn facts(&self, lineages: &Lineages) -> Facts {
        if !lineages.is_amended() {
            return Facts::default();
        }
        let left = |node: NodeId| self.renamed.get(node.0 as usize).copied().flatten();
        let all = self.graph.facts().iter().filter_map(|fact| {
            let before = match fact.before {
                Before::Other(node) => Before::Other(left(node)?),
                other => other,
            };
            Some(Fact {
                name: fact.name.clone(),
                node: left(fact.node)?,
                before,
            })
        });
        let names: Vec<&str> = lineages.all().collect();
        let positions: HashMap<&str, u32> = names.iter().copied().zip(0..).collect();
        let owner = |node: &Node| {
            let lineage = lineages.of(node.span)?;
            positions.get(lineage).copied()
        };
        Facts {
            all: all.collect(),
            owners: self.nodes.iter().map(owner).collect(),
            lineages: names.into_iter().map(str::to_owned).collect(),
        }
    }

    fn now(&self, id: NodeId) -> NodeId {
        self.renamed
            .get(id.0 as usize)
            .copied()
            .flatten()
            .unwrap_or(id)
    }

    fn plan(&self, plan: &Plan) -> Plan {
        Plan {
            slots: plan.slots.clone(),
            lines: plan.lines.iter().map(|line| self.line(line)).collect(),
            notices: plan
                .notices
                .iter()
                .map(|notice| self.notice(notice))
                .collect(),
            measures: plan
                .measures
                .iter()
                .map(|measure| MeasurePlan {
                    node: self.now(measure.node),
                    ..measure.clone()
                })
                .collect(),
            total: plan.total.map(|total| self.now(total)),
            currency: plan.currency,
            term: plan.term,
            term_span: plan.term_span,
            amendment: plan.amendment.clone(),
        }
    }

    fn line(&self, line: &LinePlan) -> LinePlan {
        let part = |part: &PartPlan| PartPlan {
            label: part.label.clone(),
            quantity: self.now(part.quantity),
            rate: self.now(part.rate),
            amount: self.now(part.amount),
        };
        let cut = |cut: &CutPlan| CutPlan {
            before: self.now(cut.before),
            after: self.now(cut.after),
            ..cut.clone()
        };
        LinePlan {
            amount: self.now(line.amount),
            quantity: line.quantity.map(|id| self.now(id)),
            rate: line.rate.map(|id| self.now(id)),
            base: line.base.map(|id| self.now(id)),
            parts: line.parts.iter().map(part).collect(),
            cuts: line.cuts.iter().map(cut).collect(),
            shown_when: line.shown_when.map(|id| self.now(id)),
            arose_since: line.arose_since.map(|id| self.now(id)),
            ..line.clone()
        }
    }

    fn notice(&self, notice: &NoticePlan) -> NoticePlan {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => Piece::Text(text.clone()),
            Piece::Value(id) => Piece::Value(self.now(*id)),
        };
        NoticePlan {
            when: self.now(notice.when),
            text: notice.text.iter().map(piece).collect(),
            ..notice.clone()
        }
    }
}

/// Every node that a statement shows.
fn roots(plan: &Plan) -> Vec<NodeId> {
    let mut roots: Vec<NodeId> = plan.total.into_iter().collect();
    for line in &plan.lines {
        roots.push(line.amount);
        roots.extend(
            [
                line.quantity,
                line.rate,
                line.base,
                line.shown_when,
                line.arose_since,
            ]
            .into_iter()
            .flatten(),
        );
        roots.extend(
            line.parts
                .iter()
                .flat_map(|part| [part.quantity, part.rate, part.amount]),
        );
        roots.extend(line.cuts.iter().flat_map(|cut| [cut.before, cut.after]));
    }
    for notice in &plan.notices {
        roots.push(notice.when);
        for piece in &notice.text {
            match piece {
                Piece::Value(id) => roots.push(*id),
                Piece::Text(_) => {}
            }
        }
    }
    roots.extend(plan.measures.iter().map(|measure| measure.node));
    roots
}
