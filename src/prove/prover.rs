//! A contract about which questions are asked.

use std::cell::RefCell;

use crate::calendar::Month;
use crate::compile::Compiled;
use crate::evaluate::Evaluator;
use crate::model::Contract;
use crate::program::{NodeId, Op, Program};
use crate::quantity::Exact;

use super::backward::{Roundings, Slopes};
use super::forward::Forward;
use super::months;
use super::past::{Left, Past};
use super::query::Query;
use super::range::Range;
use super::ratio;
use super::search::{Axis, Budget, Goal, least};
use super::sheet::{MonthOf, Placed, Sheet, Source, needed};
use super::space::Space;
use super::witness::{Before, Witness};

/// A contract with its program, its figures, and what earlier months can leave behind.
pub struct Prover<'c> {
    /// The contract.
    pub contract: &'c Contract,
    /// Its program.
    pub program: &'c Program,
    pub(super) compiled: &'c Compiled,
    /// What its figures can be.
    pub space: Space,
    /// A month of each kind that it distinguishes.
    pub(super) kinds: Vec<Month>,
    pub(super) left: Option<Left>,
    pub(super) evaluator: RefCell<Evaluator<'c>>,
    pub(super) budget: u64,
}

/// A further copy of a month.
#[derive(Clone, Debug)]
pub enum Copy {
    /// With these figures for itself.
    Own(Vec<Source>),
    /// With one figure higher by so much.
    Step(Source, Exact),
    /// With these figures at these values.
    Fixed(Vec<(Source, Exact)>),
}

/// A question for the least value of something.
pub struct Ask<'a> {
    /// The values of the program that it is made of.
    pub nodes: &'a [NodeId],
    /// The copies of the month beside the month itself.
    pub copies: &'a [Copy],
    /// Writes it, from the places of these values in each copy.
    pub root: &'a dyn Fn(&mut Sheet<'_>, &[Vec<NodeId>]) -> NodeId,
    /// The same, from the values that the evaluator gives.
    pub value: &'a dyn Fn(&[Vec<Exact>]) -> Option<Exact>,
    /// When to stop.
    pub goal: Goal,
}

/// What is known of it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// It is never below this in any month; nothing if that is not known.
    pub bound: Option<Exact>,
    /// The least that the evaluator computed.
    pub found: Option<(Exact, Witness)>,
    /// How many operations that took.
    pub steps: u64,
}

impl Answer {
    /// Whether the least that was found is the least there is.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        match (&self.bound, &self.found) {
            (Some(bound), Some((found, _))) => bound >= found,
            _ => false,
        }
    }
}

impl<'c> Prover<'c> {
    /// Prepares a contract for questions, each of which may compute so many operations.
    #[must_use]
    pub fn new(contract: &'c Contract, compiled: &'c Compiled, budget: u64) -> Self {
        let program = &compiled.program;
        let space = Space::of(contract, program);
        Self::of_program(contract, compiled, program, space, budget)
    }

    /// The same for a program that is made of the contract's and others.
    pub(super) fn of_program(
        contract: &'c Contract,
        compiled: &'c Compiled,
        program: &'c Program,
        space: Space,
        budget: u64,
    ) -> Self {
        let kinds = months::kinds(program);
        let left = Left::of_program(program, &space, &kinds, budget);
        Self {
            contract,
            program,
            compiled,
            space,
            kinds,
            left,
            evaluator: RefCell::new(Evaluator::new(program)),
            budget,
        }
    }

    /// Whether what a month costs can depend on earlier months.
    #[must_use]
    pub fn looks_back(&self) -> bool {
        self.left.is_some()
    }

    /// The program's node of a node of the contract.
    #[must_use]
    pub fn node(&self, of_contract: NodeId) -> Option<NodeId> {
        self.compiled.node(of_contract)
    }

    /// The usual value of a figure.
    #[must_use]
    pub fn usual(&self, source: Source) -> Exact {
        match source {
            Source::Column(slot) => {
                let column = self.space.columns.get(slot.0 as usize);
                column
                    .map(|column| column.usual.clone())
                    .unwrap_or_default()
            }
            Source::Ratio(node) => self.usual_ratio(node),
            _ => Exact::zero(),
        }
    }

    fn usual_ratio(&self, node: NodeId) -> Exact {
        let Some(ratio) = self.space.ratios.get(&node) else {
            return Exact::zero();
        };
        let cell = |slot: crate::program::SlotId| {
            let column = self.space.columns.get(slot.0 as usize);
            column.map(|column| column.usual.clone())
        };
        let known = self
            .space
            .columns
            .get(ratio.slot.0 as usize)
            .is_some_and(|column| column.known);
        let above = ratio::value(self.program, ratio.above, &cell);
        let below = ratio::value(self.program, ratio.below, &cell);
        let usual = above
            .zip(below)
            .and_then(|(above, below)| above.divide(&below));
        match usual.filter(|usual| known && ratio.range.has(usual)) {
            Some(usual) => usual,
            None => super::space::middle(&ratio.range, Some(&ratio.shown_step)),
        }
    }

    /// The least of what is asked for, over every month that the contract allows.
    #[must_use]
    pub fn least(&self, ask: &Ask<'_>) -> Answer {
        let mut answer = Answer {
            bound: None,
            found: None,
            steps: 0,
        };
        let wanted = needed(self.program, ask.nodes);
        let share = self.budget / u64::try_from(self.kinds.len().max(1)).unwrap_or(1);
        for (at, month) in self.kinds.iter().enumerate() {
            let mut budget = Budget::of(share);
            let own = self.in_month(ask, &wanted, *month, &mut budget);
            answer.steps += budget.used;
            let (bound, point) = own;
            answer.bound = if at == 0 {
                bound
            } else {
                answer.bound.zip(bound).map(|(one, two)| one.min(two))
            };
            if let Some(witness) = point
                && let Some((value, witness)) = self.replayed(ask, witness)
                && answer.found.as_ref().is_none_or(|(best, _)| value < *best)
            {
                answer.found = Some((value, witness));
            }
        }
        answer
    }

    fn in_month(
        &self,
        ask: &Ask<'_>,
        wanted: &[bool],
        month: Month,
        budget: &mut Budget,
    ) -> (Option<Exact>, Option<Witness>) {
        let mut sheet = Sheet::new(self.program, &self.space);
        let past = match &self.left {
            Some(left) => Past::Any(left),
            None => Past::Written(&[]),
        };
        let mut places = vec![sheet.month(wanted, &plain(month, past))];
        let mut limits: Vec<(Source, Exact)> = Vec::new();
        for (at, copy) in ask.copies.iter().enumerate() {
            let number = u8::try_from(at + 1).unwrap_or(u8::MAX);
            places.push(self.copied(&mut sheet, wanted, (month, past), number, copy, &mut limits));
        }
        let reads: Vec<Vec<NodeId>> = places
            .iter()
            .map(|placed: &Placed| {
                let nodes = ask.nodes.iter();
                nodes
                    .map(|node| {
                        placed
                            .get(node.0 as usize)
                            .copied()
                            .flatten()
                            .unwrap_or(*node)
                    })
                    .collect()
            })
            .collect();
        let root = (ask.root)(&mut sheet, &reads);
        let mut axes: Vec<Axis> = sheet
            .variables
            .iter()
            .map(|variable| Axis {
                range: variable.range.clone(),
                step: variable.step.clone(),
                usual: self.usual(variable.source),
            })
            .collect();
        for (source, by) in &limits {
            if let Some(axis) = sheet
                .position(*source, 0, 0)
                .and_then(|at| axes.get_mut(at))
            {
                axis.range.high = axis.range.high.as_ref().map(|high| high.subtract(by));
            }
        }
        if axes.iter().any(|axis| axis.range.is_empty()) {
            return (None, None);
        }
        let figures: Vec<Range> = axes.iter().map(|axis| axis.range.clone()).collect();
        let query = Query::of(&sheet.ops, root, &figures);
        let found = least(&query, &axes, &ask.goal, budget);
        let point = found
            .best
            .map(|(_, point)| Witness::found(self, &sheet.variables, &point, month, ask.copies));
        let bound = if found.finished && point.is_none() {
            // No such month can be invoiced at all.
            Some(Exact::from_integer(i64::MAX))
        } else {
            found.bound
        };
        (bound, point)
    }

    fn copied(
        &self,
        sheet: &mut Sheet<'_>,
        wanted: &[bool],
        (month, past): (Month, Past<'_>),
        number: u8,
        copy: &Copy,
        limits: &mut Vec<(Source, Exact)>,
    ) -> Placed {
        match copy {
            Copy::Own(own) => sheet.month(
                wanted,
                &MonthOf {
                    copy: number,
                    own,
                    ..plain(month, past)
                },
            ),
            Copy::Fixed(fixed) => {
                let replaced: Vec<(Source, NodeId)> = fixed
                    .iter()
                    .map(|(source, value)| (*source, sheet.number(value.clone())))
                    .collect();
                sheet.month(
                    wanted,
                    &MonthOf {
                        replaced: &replaced,
                        ..plain(month, past)
                    },
                )
            }
            Copy::Step(source, by) => {
                let first = match source {
                    Source::Column(slot) => {
                        let column = self.space.columns.get(slot.0 as usize);
                        let range = column.map_or(Range::ALL, |column| column.range.clone());
                        sheet.figure(
                            *source,
                            0,
                            0,
                            range,
                            column.and_then(|column| column.step.clone()),
                        )
                    }
                    Source::Ratio(node) => {
                        let ratio = self.space.ratios.get(node);
                        let range = ratio.map_or(Range::ALL, |ratio| ratio.range.clone());
                        sheet.figure(*source, 0, 0, range, None)
                    }
                    _ => sheet.whole(0),
                };
                let step = sheet.number(by.clone());
                let next = sheet.sum(vec![first, step]);
                limits.push((*source, by.clone()));
                sheet.month(
                    wanted,
                    &MonthOf {
                        replaced: &[(*source, next)],
                        ..plain(month, past)
                    },
                )
            }
        }
    }

    /// Whether a value never falls, or never rises, when one figure rises, whatever all others are: both ends of its slope.
    #[must_use]
    pub fn direction(&self, node: NodeId, source: Source) -> Option<Range> {
        let wanted = needed(self.program, &[node]);
        let mut all: Option<Range> = None;
        for month in &self.kinds {
            let mut sheet = Sheet::new(self.program, &self.space);
            let past = match &self.left {
                Some(left) => Past::Any(left),
                None => Past::Written(&[]),
            };
            let placed = sheet.month(&wanted, &plain(*month, past));
            let root = placed.get(node.0 as usize).copied().flatten()?;
            let axis = sheet.position(source, 0, 0)?;
            let figures: Vec<Range> = sheet
                .variables
                .iter()
                .map(|one| one.range.clone())
                .collect();
            let query = Query::of(&sheet.ops, root, &figures);
            let pass = Forward::of(&query.ops, &figures);
            let slopes = Slopes::of(&pass, query.root, Roundings::Steps);
            let mut inputs = query.ops.iter().zip(0u32..);
            let own =
                inputs.find(|(op, _)| matches!(op, Op::Input(slot) if slot.0 as usize == axis));
            let slope = own
                .and_then(|(_, place)| slopes.at(NodeId(place)).cloned())
                .unwrap_or_else(Range::zero);
            all = Some(match all {
                Some(known) => known.hull(&slope),
                None => slope,
            });
        }
        all
    }

    /// What the evaluator makes of a month that was found: alone, or after other months where the contract looks back.
    fn replayed(&self, ask: &Ask<'_>, witness: Witness) -> Option<(Exact, Witness)> {
        let mut best: Option<(Exact, Witness)> = None;
        for before in self.pasts() {
            for up in [false, true] {
                let tried = Witness {
                    before,
                    up,
                    ..witness.clone()
                };
                if let Some(value) = tried.value(self, ask)
                    && best.as_ref().is_none_or(|(least, _)| value < *least)
                {
                    best = Some((value, tried));
                }
            }
        }
        best
    }

    fn pasts(&self) -> Vec<Before> {
        let mut all = vec![Before::default()];
        if self.looks_back() {
            for months in [1, 2, 3, 5, 11] {
                for usual in [false, true] {
                    all.push(Before { months, usual });
                }
            }
        }
        all
    }
}

fn plain(month: Month, past: Past<'_>) -> MonthOf<'_> {
    MonthOf {
        month,
        at: 0,
        copy: 0,
        own: &[],
        replaced: &[],
        past,
    }
}
