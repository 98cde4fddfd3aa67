//! Why a month has no invoice: every cause, what it affects, and what would fix it.

use std::collections::BTreeSet;

use crate::ledger::{Reason, Refusal, StepKind};
use crate::program::{NodeId, Op};
use crate::quantity::{Exact, Figure, Type};
use crate::text::Span;

use super::active::sources;
use super::evaluator::Evaluator;
use super::value::{Fault, FaultKind, Value};

/// The refusal of the month computed last: the causes of all faults among `needed`.
pub(super) fn of(evaluator: &Evaluator<'_>, account: Option<&str>, needed: &[NodeId]) -> Refusal {
    let mut search = Search {
        evaluator,
        seen: BTreeSet::new(),
        path: Vec::new(),
        reasons: Vec::new(),
    };
    for id in needed {
        search.visit(*id);
    }
    Refusal {
        account: account.map(str::to_owned),
        month: evaluator.month(),
        reasons: search.reasons,
    }
}

struct Search<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    seen: BTreeSet<NodeId>,
    path: Vec<String>,
    reasons: Vec<Reason>,
}

impl Search<'_, '_> {
    /// Walks from a failed node down to the causes. The depth is bounded by the program, and so by the text. The walk
    /// keeps its own stack.
    fn visit(&mut self, root: NodeId) {
        let mut stack = vec![(root, false)];
        while let Some((id, leaving)) = stack.pop() {
            let name = self.label(id);
            if leaving {
                if name.is_some() {
                    self.path.pop();
                }
                continue;
            }
            let failed = match self.evaluator.value(id) {
                Value::Fault(fault) => self.evaluator.fault(*fault).cloned(),
                Value::None => Some(Fault {
                    kind: FaultKind::NoValue,
                    node: id,
                }),
                Value::Number(_) => None,
            };
            let Some(fault) = failed else { continue };
            if !self.seen.insert(id) {
                continue;
            }
            if let Some(name) = name {
                self.path.push(name);
                stack.push((id, true));
            }
            let below: Vec<NodeId> = sources(self.evaluator, id)
                .into_iter()
                .filter(|used| !matches!(self.evaluator.value(*used), Value::Number(_)))
                .collect();
            if fault.node == id || below.is_empty() {
                self.reason(id, &fault);
            }
            stack.extend(below.into_iter().rev().map(|used| (used, false)));
        }
    }

    /// The line whose amount the node is, before the total was divided among all lines.
    fn line_before_rounding(&self, id: NodeId) -> Option<String> {
        let program = self.evaluator.program();
        let mut lines = program.plan.lines.iter();
        let line = lines.find(
            |line| match program.node(line.amount).map(|node| &node.op) {
                Some(Op::Share { parts, index, .. }) => parts.get(*index as usize) == Some(&id),
                _ => false,
            },
        )?;
        Some(line.name.clone())
    }

    /// The contract's own name for the node; steps between its items have no such name.
    fn label(&self, id: NodeId) -> Option<String> {
        let label = self.evaluator.program().node(id)?.label.as_ref()?;
        let named = match label.kind {
            StepKind::Input
            | StepKind::Metric
            | StepKind::Definition
            | StepKind::Score
            | StepKind::Line
            | StepKind::Total => true,
            StepKind::Band
            | StepKind::Slab
            | StepKind::Condition
            | StepKind::Rounding
            | StepKind::Limit
            | StepKind::Part => false,
        };
        if label.kind == StepKind::Part {
            return self.line_before_rounding(id);
        }
        named.then(|| label.name.clone())
    }

    fn reason(&mut self, id: NodeId, fault: &Fault) {
        let Some(node) = self.evaluator.program().node(id) else {
            return;
        };
        let mut reaches: Vec<String> = Vec::new();
        for name in self.path.iter().rev() {
            if reaches.last() != Some(name) {
                reaches.push(name.clone());
            }
        }
        let metric = reaches
            .iter()
            .find(|name| !name.contains(' '))
            .cloned()
            .unwrap_or_default();
        let told = self.told(fault, node.span, &node.op, &node.kind, &metric);
        if self
            .reasons
            .iter()
            .any(|known| known.message.ends_with(&told.message) && known.span == told.span)
        {
            return;
        }
        let message = match (&fault.kind, &node.label) {
            (FaultKind::NoHistory, Some(label)) => format!("{}: {}", label.name, told.message),
            _ => told.message,
        };
        self.reasons.push(Reason {
            reaches,
            message,
            ..told
        });
    }

    fn told(&self, fault: &Fault, span: Span, op: &Op, kind: &Type, metric: &str) -> Reason {
        let month = self.evaluator.month();
        let slots = &self.evaluator.program().plan.slots;
        let column = match &fault.kind {
            FaultKind::Missing(slot) | FaultKind::Unreadable(slot) => {
                slots.get(slot.0 as usize).map(|slot| slot.name.clone())
            }
            _ => None,
        };
        let name = column.clone().unwrap_or_default();
        let (message, label, help) = match &fault.kind {
            FaultKind::Missing(_) => (
                format!("there is no value for `{name}` in {month}"),
                "needed here, and the contract does not say what happens without it".to_owned(),
                format!("supply `{name}` for {month}; or let the contract say what counts then: `if missing, …`"),
            ),
            FaultKind::Unreadable(_) => (
                format!("the value of `{name}` in {month} could not be read"),
                "needed here".to_owned(),
                "fix the cell in the data".to_owned(),
            ),
            FaultKind::ZeroDenominator => (
                format!("there is nothing to divide by in {month}: the denominator is zero"),
                "this divides by zero, and the contract does not say what happens then".to_owned(),
                format!("let the contract say it in `{metric}`: `if nothing to measure, no value` (or a value, or `last known value`)"),
            ),
            FaultKind::NoBand(value) => (
                format!("{} is in no band", shown(value, &self.subject_kind(op, kind))),
                "no band contains it".to_owned(),
                "add the missing band, or `otherwise …`".to_owned(),
            ),
            FaultKind::OutOfRange(value) => (
                format!("`{metric}` is {} in {month}, which is not possible", shown(value, kind)),
                range_words(op, kind),
                "check the data; or let the contract declare the range: `between … and …`".to_owned(),
            ),
            FaultKind::NoHistory => (
                format!("there is no month before {month} to read"),
                "this looks back to earlier months".to_owned(),
                "add earlier months to the data, or let the contract say what counts at first: `previous …, at first …`".to_owned(),
            ),
            FaultKind::EarlierMonth(earlier) | FaultKind::EarlierCell(earlier) => (
                format!("{earlier} could not be computed, and {month} depends on it"),
                "this looks back to earlier months".to_owned(),
                format!("fix {earlier} first"),
            ),
            FaultKind::NotUnderstood => (
                "this part of the contract was not understood".to_owned(),
                "computed here".to_owned(),
                "check the contract: `quidpro check` says what is wrong".to_owned(),
            ),
            FaultKind::ByAgreement => (
                format!("the contract leaves this case of {month} to the parties"),
                "by agreement".to_owned(),
                "agree on the amount, and write it into the contract".to_owned(),
            ),
            FaultKind::NoInvoice => (
                format!("the contract says that {month} is not invoiced"),
                "because of this".to_owned(),
                "settle the month between the parties, or let the contract say what counts instead".to_owned(),
            ),
            FaultKind::NoValue => (
                format!("a value is needed in {month} where the contract allows that there is none"),
                "this has no value".to_owned(),
                "say what counts then: `… if known, otherwise …`".to_owned(),
            ),
            FaultKind::TooLarge => (
                format!("a number of {month} has more than a thousand digits"),
                "computed here".to_owned(),
                "no real amount is that large: check the formula for values multiplied by themselves".to_owned(),
            ),
        };
        Reason {
            message,
            span,
            label,
            column,
            reaches: Vec::new(),
            help,
        }
    }

    fn subject_kind(&self, op: &Op, kind: &Type) -> Type {
        match op {
            Op::Bands(subject, ..) => self
                .evaluator
                .program()
                .node(*subject)
                .map_or(kind.clone(), |node| node.kind.clone()),
            _ => kind.clone(),
        }
    }
}

fn shown(value: &Exact, kind: &Type) -> String {
    Figure::new(value.clone(), kind.clone()).to_string()
}

fn range_words(op: &Op, kind: &Type) -> String {
    let Op::InRange(_, ends) = op else {
        return String::new();
    };
    match (&ends.0, &ends.1) {
        (Some(least), Some(most)) => format!(
            "it is between {} and {}",
            shown(least, kind),
            shown(most, kind)
        ),
        (Some(least), None) => format!("it is at least {}", shown(least, kind)),
        (None, Some(most)) => format!("it is at most {}", shown(most, kind)),
        (None, None) => String::new(),
    }
}
