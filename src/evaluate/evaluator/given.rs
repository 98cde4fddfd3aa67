//! A month of another version of the contract: its facts are given, and the rest is computed from them.

use crate::calendar::Month;
use crate::evaluate::history::History;
use crate::evaluate::schedule::Step;
use crate::evaluate::value::{FaultKind, Value};
use crate::program::NodeId;
use crate::quantity::Exact;

use super::{Cell, Evaluator};

/// The result of a node in a month, whatever its operation yields.
#[derive(Clone, Debug)]
pub(in crate::evaluate) enum Given {
    /// That value; a fault is one of the version in force.
    Value(Value),
    /// That fault of the version in force. The text can say what counts in that case.
    Fault(FaultKind),
    /// The result of its operation: the value of an item that comes into force later. If the data does not have what
    /// the operation needs, the item did not exist yet.
    Computed,
    /// 0.
    Zero,
    /// The same as another node of the program.
    Same(NodeId),
}

impl Evaluator<'_> {
    /// Computes a month in which some nodes are given. `given` says for each node, by its position, what it is.
    pub(in crate::evaluate) fn run_given(
        &mut self,
        history: &History,
        month: Month,
        cells: &[Cell],
        given: &[Option<Given>],
    ) {
        self.month = month;
        self.faults.clear();
        let schedule = self.steps();
        for step in &schedule.steps {
            let known = match step {
                Step::One(id, _) => given.get(id.0 as usize).and_then(Option::as_ref),
                Step::Share(_) => None,
            };
            match (step, known) {
                (Step::One(id, _), Some(Given::Computed)) => {
                    self.step(step, history, cells);
                    self.begin_later(*id);
                }
                (Step::One(id, _), Some(known)) => self.give(*id, known),
                (step, _) => self.step(step, history, cells),
            }
        }
    }

    fn give(&mut self, node: NodeId, given: &Given) {
        match given {
            Given::Value(Value::Fault(_)) => self.fail(node, FaultKind::EarlierMonth(self.month)),
            Given::Value(value) => self.put(node, value.clone()),
            Given::Fault(kind) => self.fail(node, kind.clone()),
            Given::Computed => {}
            Given::Zero => self.put(node, Value::Number(Exact::zero())),
            Given::Same(other) => self.copy(self.schedule.place(*other), node),
        }
    }

    /// Makes a fault appear to arise at the node itself, wherever it arose.
    fn begin_later(&mut self, node: NodeId) {
        let Value::Fault(fault) = self.value(node) else {
            return;
        };
        let kind = match self.fault(*fault).map(|fault| &fault.kind) {
            Some(FaultKind::EarlierMonth(_) | FaultKind::EarlierCell(_)) | None => {
                FaultKind::NoHistory
            }
            Some(kind) => kind.clone(),
        };
        self.fail(node, kind);
    }
}
