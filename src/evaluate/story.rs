//! The story of a line: the named steps that its amount really came from, in the order of computation.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::{DataCell, Step, StepKind, Story};
use crate::program::{NodeId, Op};
use crate::quantity::Type;
use crate::text::Sources;

use super::active::sources as active_sources;
use super::evaluator::Evaluator;
use super::formula::{self, View};
use super::history::History;
use super::statement::figure;

/// Where a month's cells were read, by the column's name.
pub type CellTexts = BTreeMap<String, DataCell>;

/// The story of the line with that name, or of the total, in the month that the evaluator computed last. Nothing if the
/// contract has no such line.
#[must_use]
pub fn story(
    evaluator: &Evaluator<'_>,
    history: &History,
    sources: &Sources,
    cells: &CellTexts,
    account: Option<&str>,
    line: Option<&str>,
) -> Option<Story> {
    let plan = &evaluator.program().plan;
    let roots: Vec<NodeId> = match line {
        None => plan.total.into_iter().collect(),
        Some(name) => {
            let under = format!("{name}.");
            let matching = plan
                .lines
                .iter()
                .filter(|line| line.name == name || line.name.starts_with(&under));
            matching.map(|line| line.amount).collect()
        }
    };
    if roots.is_empty() {
        return None;
    }
    let view = View {
        evaluator,
        history,
        sources,
    };
    let teller = Teller {
        evaluator,
        view,
        cells,
    };
    let (steps, answers) = teller.steps(&roots);
    Some(Story {
        account: account.map(str::to_owned),
        month: evaluator.month(),
        amendment: plan.amendment.clone(),
        line: line.map(str::to_owned),
        steps,
        answers,
    })
}

struct Teller<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    view: View<'e, 'p>,
    cells: &'e CellTexts,
}

impl Teller<'_, '_> {
    /// The steps, and which of them are the roots.
    fn steps(&self, roots: &[NodeId]) -> (Vec<Step>, Vec<usize>) {
        let active = self.active(roots);
        let told: Vec<NodeId> = active.into_iter().filter(|id| self.is_told(*id)).collect();
        let positions: BTreeMap<NodeId, usize> =
            told.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let steps = told.iter().map(|id| self.step(*id, &positions)).collect();
        let answers = roots.iter().filter_map(|root| positions.get(root).copied());
        (steps, answers.collect())
    }

    /// All nodes that the roots came from, each after those that it uses, so that what feeds a step comes right before
    /// it.
    fn active(&self, roots: &[NodeId]) -> Vec<NodeId> {
        let mut order = Vec::new();
        let mut seen = BTreeSet::new();
        let mut stack: Vec<(NodeId, bool)> =
            roots.iter().rev().map(|root| (*root, false)).collect();
        while let Some((id, leaving)) = stack.pop() {
            if leaving {
                order.push(id);
            } else if seen.insert(id) {
                stack.push((id, true));
                stack.extend(self.sources(id).into_iter().rev().map(|used| (used, false)));
            }
        }
        order
    }

    /// The nodes that a value came from. A limit that was not reached is shown in one step, because what was limited
    /// has a story of its own.
    fn sources(&self, id: NodeId) -> Vec<NodeId> {
        let node = self.evaluator.program().node(id);
        let limit = self.is_limit(id);
        let condition = node.is_some_and(|node| node.kind == Type::Flag);
        if limit && condition && !self.evaluator.holds(id) {
            return Vec::new();
        }
        let mut used = active_sources(self.evaluator, id);
        if let Some(Op::If(condition, ..)) = node.map(|node| &node.op)
            && self.is_limit(*condition)
        {
            used.reverse();
        }
        used
    }

    fn is_limit(&self, id: NodeId) -> bool {
        let node = self.evaluator.program().node(id);
        node.and_then(|node| node.label.as_ref())
            .is_some_and(|label| label.kind == StepKind::Limit)
    }

    /// Whether a node is a separate step: it needs a name and, for a rounding, must have changed something.
    fn is_told(&self, id: NodeId) -> bool {
        let Some(node) = self.evaluator.program().node(id) else {
            return false;
        };
        match (&node.label, &node.op) {
            (None, _) => false,
            (Some(label), Op::Round(value, _)) if label.kind == StepKind::Rounding => {
                self.evaluator.number(id) != self.evaluator.number(*value)
            }
            (Some(_), _) => true,
        }
    }

    fn step(&self, id: NodeId, positions: &BTreeMap<NodeId, usize>) -> Step {
        let program = self.evaluator.program();
        let node = program.node(id);
        let label = node.and_then(|node| node.label.as_deref());
        let cell = node.and_then(|node| match &node.op {
            Op::Input(slot) => program.plan.slots.get(slot.0 as usize),
            _ => None,
        });
        Step {
            kind: label.map_or(StepKind::Part, |label| label.kind),
            name: label.map_or_else(String::new, |label| label.name.clone()),
            value: figure(self.evaluator, id),
            text: formula::words(self.view, id),
            span: node.map_or_else(
                || crate::text::Span::new(crate::text::FileId(0), 0, 0),
                |node| node.span,
            ),
            clause: label.and_then(|label| label.clause.clone()),
            uses: self.uses(id, positions),
            cell: cell.and_then(|slot| self.cells.get(&slot.name).cloned()),
        }
    }

    /// The nearest shown steps that a step came from.
    fn uses(&self, id: NodeId, positions: &BTreeMap<NodeId, usize>) -> Vec<usize> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = self.sources(id);
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            match positions.get(&next) {
                Some(at) => {
                    found.insert(*at);
                }
                None => open.extend(self.sources(next)),
            }
        }
        found.into_iter().collect()
    }
}
