//! Which nodes are computed each month, in which order, and which are computed once.
//!
//! **A schedule changes no value and no fault.** It only leaves out work whose result is known: a constant, and
//! whatever is computed from constants alone, has its value from the start; a sum of one value is that value; and the
//! parts of one sharing are computed together. Everything else is computed in the order of the program, so faults keep
//! their numbers.

use std::collections::HashMap;

use crate::program::{NodeId, Op, Program};
use crate::quantity::{Exact, Rounding, RoundingMode};

/// The work of a month. The place of a value is the position of the node for which it is computed.
#[derive(Clone, Debug, Default)]
pub(super) struct Schedule {
    /// The steps in order. Their operands are places.
    pub(super) steps: Vec<Step>,
    /// The place of each node's value.
    pub(super) places: Vec<NodeId>,
}

/// One piece of a month's work.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A value for one place.
    One(NodeId, Op),
    /// The parts of a sharing.
    Share(Box<Sharing>),
}

/// The steps of sharings, by their parts, total and smallest amount.
type Sharings = HashMap<(Box<[NodeId]>, NodeId, Exact), usize>;

/// Everything that is shared out of one total.
#[derive(Clone, Debug)]
pub(super) struct Sharing {
    /// The parts.
    pub(super) parts: Box<[NodeId]>,
    /// What they must add up to.
    pub(super) total: NodeId,
    /// Cuts a part down to a multiple of the smallest amount.
    pub(super) cut_down: Rounding,
    /// Which part goes to which place.
    pub(super) takers: Vec<(usize, NodeId)>,
}

impl Schedule {
    /// Computes every node each month, in the order of the program. Other schedules are compared with this one.
    pub(super) fn plain(program: &Program) -> Self {
        Self {
            steps: operations(program)
                .map(|(id, op)| Step::One(id, op.clone()))
                .collect(),
            places: operations(program).map(|(id, _)| id).collect(),
        }
    }

    /// Computes every node each month, and the parts of one sharing together. This is for assumptions, under which a
    /// constant may be another number, and a sum of one value may differ from that value.
    pub(super) fn together(program: &Program) -> Self {
        let mut schedule = Self::default();
        let mut sharings = Sharings::new();
        for (id, op) in operations(program) {
            schedule.places.push(id);
            match Sharing::of(op) {
                Some((index, sharing)) => schedule.share(&mut sharings, sharing, index, id),
                None => schedule.steps.push(Step::One(id, op.clone())),
            }
        }
        schedule
    }

    /// Adds the taker of a part to the known sharing with the same key, or to a new one.
    fn share(&mut self, known: &mut Sharings, mut sharing: Sharing, index: usize, id: NodeId) {
        sharing.takers.push((index, id));
        let next = self.steps.len();
        let first = *known.entry(sharing.key()).or_insert(next);
        match self.steps.get_mut(first) {
            Some(Step::Share(first)) => first.takers.push((index, id)),
            _ => self.steps.push(Step::Share(Box::new(sharing))),
        }
    }

    /// Computes only what can change from month to month. `fold` computes an operation on constant places, keeps the
    /// value in its place, and returns whether there is one. An operation that fails remains part of each month's work.
    ///
    /// A fact of an amended contract remains a separate step, because other versions give it other values.
    pub(super) fn lean(program: &Program, mut fold: impl FnMut(NodeId, &Op) -> bool) -> Self {
        let mut given = vec![false; program.nodes.len()];
        for fact in &program.facts.all {
            if let Some(given) = given.get_mut(fact.node.0 as usize) {
                *given = true;
            }
        }
        let mut schedule = Self::default();
        let mut constant = vec![false; program.nodes.len()];
        let mut sharings = Sharings::new();
        for (id, op) in operations(program) {
            let op = op.mapped(|used| schedule.place(used), |series| series);
            if given.get(id.0 as usize).copied().unwrap_or(false) {
                schedule.places.push(id);
                schedule.steps.push(Step::One(id, op));
                continue;
            }
            if let Some(same) = only_part(&op) {
                schedule.places.push(same);
                continue;
            }
            schedule.places.push(id);
            if is_constant(&op, &constant) && fold(id, &op) {
                if let Some(known) = constant.get_mut(id.0 as usize) {
                    *known = true;
                }
                continue;
            }
            match Sharing::of(&op) {
                Some((index, sharing)) => schedule.share(&mut sharings, sharing, index, id),
                None => schedule.steps.push(Step::One(id, op)),
            }
        }
        schedule
    }

    /// Where the value of a node is.
    #[inline]
    pub(super) fn place(&self, id: NodeId) -> NodeId {
        self.places.get(id.0 as usize).copied().unwrap_or(id)
    }
}

impl Sharing {
    /// A sharing without takers, and the part that the operation takes. Nothing if the operation takes none.
    pub(super) fn of(op: &Op) -> Option<(usize, Self)> {
        let Op::Share {
            parts,
            total,
            step,
            index,
        } = op
        else {
            return None;
        };
        let sharing = Self {
            parts: parts.clone(),
            total: *total,
            cut_down: Rounding {
                mode: RoundingMode::Floor,
                step: (**step).clone(),
            },
            takers: Vec::new(),
        };
        Some((*index as usize, sharing))
    }

    fn key(&self) -> (Box<[NodeId]>, NodeId, Exact) {
        (self.parts.clone(), self.total, self.cut_down.step.clone())
    }

    /// The parts as multiples of the smallest amount that add up to the total (Hamilton's method): each part is cut
    /// down, and the remainder goes in smallest amounts to the parts that lost most.
    pub(super) fn shares(&self, parts: &[&Exact], total: &Exact) -> Vec<Exact> {
        shared(parts, total, &self.cut_down)
    }
}

/// The parts made multiples of `step` that add up to the total (the method of Hamilton): each is cut down, and the
/// remainder goes in steps to the parts that lost most.
#[must_use]
pub fn largest_remainder(parts: &[&Exact], total: &Exact, step: &Exact) -> Vec<Exact> {
    let cut_down = Rounding {
        mode: RoundingMode::Floor,
        step: step.clone(),
    };
    shared(parts, total, &cut_down)
}

fn shared(parts: &[&Exact], total: &Exact, cut_down: &Rounding) -> Vec<Exact> {
    let step = &cut_down.step;
    let mut shares: Vec<Exact> = parts.iter().map(|part| cut_down.apply(part)).collect();
    let given = shares.iter().fold(Exact::zero(), |sum, one| sum.add(one));
    let left = total.subtract(&given).divide(step);
    let left = left.and_then(|left| left.to_integer()).unwrap_or(0);
    let left = usize::try_from(left).unwrap_or(0);
    if left == 0 {
        return shares;
    }
    let mut losses: Vec<(usize, Exact)> = parts
        .iter()
        .zip(&shares)
        .map(|(part, share)| part.subtract(share))
        .enumerate()
        .collect();
    losses.sort_by(|(_, a), (_, b)| b.cmp(a));
    for (at, _) in losses.iter().take(left) {
        if let Some(share) = shares.get_mut(*at) {
            *share = share.add(step);
        }
    }
    shares
}

fn operations(program: &Program) -> impl Iterator<Item = (NodeId, &Op)> {
    let ids = (0..).map(NodeId);
    ids.zip(program.nodes.iter().map(|node| &node.op))
}

/// The only value in a sum of one.
fn only_part(op: &Op) -> Option<NodeId> {
    match op {
        Op::Sum(all) => match all.as_ref() {
            [one] => Some(*one),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an operation has the same value in every month, as far as that is known from its operands.
fn is_constant(op: &Op, constant: &[bool]) -> bool {
    match op {
        Op::Input(_)
        | Op::Previous(..)
        | Op::Window(..)
        | Op::MonthsIn(..)
        | Op::ByAgreement
        | Op::Broken
        | Op::NoInvoice(_)
        | Op::Month
        | Op::MonthOfTerm
        | Op::MonthOfYear
        | Op::DaysInMonth
        | Op::Ends(_)
        | Op::Share { .. } => return false,
        Op::Constant(_)
        | Op::NoValue
        | Op::Sum(_)
        | Op::Subtract(..)
        | Op::Multiply(..)
        | Op::Divide(..)
        | Op::Negate(_)
        | Op::Abs(_)
        | Op::Min(_)
        | Op::Max(_)
        | Op::Compare(..)
        | Op::And(_)
        | Op::Or(_)
        | Op::Not(_)
        | Op::If(..)
        | Op::Bands(..)
        | Op::Round(..)
        | Op::Floor(_)
        | Op::Ceiling(_)
        | Op::Recover(..)
        | Op::IfKnown(..)
        | Op::IsKnown(_)
        | Op::InRange(..) => {}
    }
    let mut all = true;
    op.each_use(|used| all &= constant.get(used.0 as usize).copied().unwrap_or(false));
    all
}
