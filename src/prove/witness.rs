//! A month that shows something, made as simple as it can be: as few figures as possible differ from a usual month, and
//! those by as little as possible.

use crate::calendar::Month;
use crate::ledger::Statement;
use crate::program::{NodeId, SlotId};
use crate::quantity::{Exact, Figure, Type};

use super::prover::{Ask, Copy, Prover};
use super::replay::{Case, Figures};
use super::sheet::{Source, Variable};

/// The months before the month that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// How many.
    pub months: usize,
    /// Whether they are usual months; else they are like the month itself.
    pub usual: bool,
}

/// A month, with copies of it that differ in some figures.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The month.
    pub month: Month,
    /// Its figures.
    pub base: Figures,
    /// For each copy the figures in which it differs.
    pub copies: Vec<Vec<(Source, Exact)>>,
    /// For each copy the figure that is higher by so much than in the month.
    pub steps: Vec<Option<(Source, Exact)>>,
    /// The months before it.
    pub before: Before,
    /// Whether counts are rounded up.
    pub up: bool,
}

impl Witness {
    pub(super) fn found(
        prover: &Prover<'_>,
        variables: &[Variable],
        point: &[Exact],
        month: Month,
        copies: &[Copy],
    ) -> Self {
        let base = Figures::found(&prover.space, variables, point, 0, 0);
        let mut own = Vec::new();
        let mut steps = Vec::new();
        for (copy, number) in copies.iter().zip(1u8..) {
            steps.push(match copy {
                Copy::Step(source, by) => Some((*source, by.clone())),
                Copy::Own(_) | Copy::Fixed(_) => None,
            });
            let both = variables.iter().zip(point);
            let differing = both.filter(|(variable, _)| variable.copy == number);
            own.push(match copy {
                Copy::Fixed(fixed) => fixed.clone(),
                Copy::Own(_) | Copy::Step(..) => differing
                    .map(|(variable, value)| (variable.source, value.clone()))
                    .collect(),
            });
        }
        Self {
            month,
            base,
            copies: own,
            steps,
            before: Before::default(),
            up: false,
        }
    }

    /// The month, and each copy of it, with the months before.
    #[must_use]
    pub fn cases(&self, prover: &Prover<'_>) -> Vec<Case> {
        let term = prover.program.plan.term;
        let first = term.map_or(self.month, |term| Month::of(term.first));
        let back = i32::try_from(self.before.months).unwrap_or(0);
        let start = if self.month.since(first) >= back {
            self.month.plus(-back)
        } else {
            first
        };
        let earlier = if self.before.usual {
            Figures::usual(&prover.space)
        } else {
            self.base.clone()
        };
        let case = |own: Figures| Case {
            first: start,
            figures: std::iter::repeat_n(earlier.clone(), self.before.months)
                .chain([own])
                .collect(),
            length: self.before.months + 1,
        };
        let mut cases = vec![case(self.base.clone())];
        for (own, step) in self.copies.iter().zip(&self.steps) {
            let mut figures = self.base.clone();
            for (source, value) in own {
                figures.set(*source, value.clone());
            }
            if let Some((source, by)) = step {
                let now = self
                    .base
                    .get(*source)
                    .unwrap_or_else(|| prover.usual(*source));
                figures.set(*source, now.add(by));
            }
            cases.push(case(figures));
        }
        cases
    }

    /// What is asked for, as the evaluator computes it; nothing if a month of it is not invoiced.
    pub(super) fn value(&self, prover: &Prover<'_>, ask: &Ask<'_>) -> Option<Exact> {
        let mut evaluator = prover.evaluator.borrow_mut();
        let values: Option<Vec<Vec<Exact>>> = self
            .cases(prover)
            .iter()
            .enumerate()
            .map(|(at, case)| {
                if let Some(term) = prover.program.plan.term
                    && case.last() > Month::of(term.last)
                {
                    return None;
                }
                case.values(&mut evaluator, &prover.space, ask.nodes, self.rounds_up(at))
            })
            .collect();
        (ask.value)(&values?)
    }

    /// Whether the counts of a copy are rounded up. One more unit of volume is to leave the quality as it was: it must not
    /// become worse because a count is whole.
    fn rounds_up(&self, copy: usize) -> bool {
        let step = copy.checked_sub(1).and_then(|at| self.steps.get(at));
        match step {
            Some(Some((Source::Column(_), _))) => true,
            _ if self
                .steps
                .iter()
                .flatten()
                .any(|(source, _)| matches!(source, Source::Column(_))) =>
            {
                false
            }
            _ => self.up,
        }
    }

    /// The statements of the month and its copies.
    #[must_use]
    pub fn statements(&self, prover: &Prover<'_>) -> Vec<Vec<Statement>> {
        let mut evaluator = prover.evaluator.borrow_mut();
        let cases = self.cases(prover);
        let all = cases
            .iter()
            .enumerate()
            .map(|(at, case)| case.statements(&mut evaluator, &prover.space, self.rounds_up(at)));
        all.collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    /// The same, as simple as it can be made while `holds` of the value.
    #[must_use]
    pub(super) fn simplified(
        self,
        prover: &Prover<'_>,
        ask: &Ask<'_>,
        holds: &dyn Fn(&Exact) -> bool,
    ) -> Self {
        let mut best = self;
        let still = |one: &Self| {
            [false, true].into_iter().find_map(|up| {
                let tried = Self { up, ..one.clone() };
                tried
                    .value(prover, ask)
                    .is_some_and(|value| holds(&value))
                    .then_some(tried)
            })
        };
        for months in [0, 1, 2] {
            if months < best.before.months {
                let shorter = Self {
                    before: Before {
                        months,
                        ..best.before
                    },
                    ..best.clone()
                };
                if let Some(shorter) = still(&shorter) {
                    best = shorter;
                    break;
                }
            }
        }
        let sources = prover.sources();
        for source in &sources {
            let usual = prover.usual(*source);
            let mut plain = best.clone();
            plain.base.reset(*source, &usual);
            for own in &mut plain.copies {
                own.retain(|(other, value)| other != source || *value != usual);
            }
            if plain.base == best.base {
                continue;
            }
            if let Some(plain) = still(&plain) {
                best = plain;
            }
        }
        for source in &sources {
            best = nearer(prover, best, *source, &still);
        }
        best
    }

    /// The figures of a copy that differ from a usual month, in the order of the data: the name, what it is, what is usual.
    #[must_use]
    pub fn unusual(&self, prover: &Prover<'_>, copy: usize) -> Vec<Unusual> {
        let cases = self.cases(prover);
        let Some(figures) = cases.get(copy).and_then(|case| case.figures.last()) else {
            return Vec::new();
        };
        unusual(prover, figures, self.rounds_up(copy))
    }
}

/// The figures of a month that differ from a usual one.
pub(super) fn unusual(prover: &Prover<'_>, figures: &Figures, up: bool) -> Vec<Unusual> {
    let cells = figures.cells(prover.program, &prover.space, up);
    let slots = prover.program.plan.slots.iter().zip(&prover.space.columns);
    slots
        .zip(&cells)
        .filter(|((_, column), cell)| !column.known || **cell != column.usual)
        .map(|((slot, column), cell)| Unusual {
            name: slot.name.clone(),
            value: Figure::new(cell.clone(), slot.kind.clone()),
            usual: column
                .known
                .then(|| Figure::new(column.usual.clone(), slot.kind.clone())),
            is_flag: slot.kind == Type::Flag,
        })
        .collect()
}

/// A figure that is not as usual.
#[derive(Clone, Debug)]
pub struct Unusual {
    /// The column.
    pub name: String,
    /// Its value.
    pub value: Figure,
    /// What is usual; nothing if the contract does not say.
    pub usual: Option<Figure>,
    /// Whether it is a yes-or-no.
    pub is_flag: bool,
}

/// How often a figure is moved halfway back to the usual one.
const HALVINGS: usize = 24;

/// Moves a figure as far towards the usual one as it goes.
fn nearer(
    prover: &Prover<'_>,
    witness: Witness,
    source: Source,
    still: &dyn Fn(&Witness) -> Option<Witness>,
) -> Witness {
    let usual = prover.usual(source);
    let Some(now) = witness.base.get(source).filter(|now| *now != usual) else {
        return witness;
    };
    let step = prover.shown_step(source);
    let (mut kept, mut far, mut near) = (witness, now, usual);
    for _ in 0..HALVINGS {
        let half = far
            .add(&near)
            .divide(&Exact::from_integer(2))
            .unwrap_or_default();
        let half = match &step {
            Some(step) => half
                .divide(step)
                .map_or(half.clone(), |count| count.floor().multiply(step)),
            None => half,
        };
        if half == far || half == near {
            break;
        }
        let mut tried = kept.clone();
        tried.base.set(source, half.clone());
        match still(&tried) {
            Some(found) => (kept, far) = (found, half),
            None => near = half,
        }
    }
    kept
}

impl Prover<'_> {
    /// The figures that can be varied: quotients, and columns that no quotient stands for.
    #[must_use]
    pub fn sources(&self) -> Vec<Source> {
        let ratios = self.space.ratios.iter();
        let hidden: Vec<SlotId> = ratios.clone().map(|(_, ratio)| ratio.slot).collect();
        let quotients = ratios.map(|(node, _)| Source::Ratio(*node));
        let columns = (0u32..).map(SlotId).take(self.space.columns.len());
        let columns = columns
            .filter(|slot| !hidden.contains(slot))
            .map(Source::Column);
        columns.chain(quotients).collect()
    }

    /// The step on which a figure is shown.
    #[must_use]
    pub fn shown_step(&self, source: Source) -> Option<Exact> {
        match source {
            Source::Column(slot) => {
                let column = self.space.columns.get(slot.0 as usize)?;
                let slot = self.program.plan.slots.get(slot.0 as usize)?;
                column.step.clone().or_else(|| shown(&slot.kind))
            }
            Source::Ratio(node) => {
                let ratio = self.space.ratios.get(&node)?;
                Some(ratio.shown_step.clone())
            }
            _ => None,
        }
    }

    /// The figure that a KPI is, if it is one.
    #[must_use]
    pub fn source_of(&self, node: NodeId) -> Option<Source> {
        use crate::program::Op;
        let mut node = node;
        for _ in 0..16 {
            if self.space.ratios.contains_key(&node) {
                return Some(Source::Ratio(node));
            }
            node = match &self.program.node(node)?.op {
                Op::Input(slot) => return Some(Source::Column(*slot)),
                Op::Sum(one) => match one.as_ref() {
                    [one] => *one,
                    _ => return None,
                },
                Op::InRange(a, _) | Op::Round(a, _) | Op::Recover(a, ..) | Op::IfKnown(a, _) => *a,
                Op::If(_, a, b) => match (self.source_of(*a), self.source_of(*b)) {
                    (Some(one), None) | (None, Some(one)) => return Some(one),
                    _ => return None,
                },
                _ => return None,
            };
        }
        None
    }
}

fn shown(kind: &Type) -> Option<Exact> {
    match kind {
        Type::Percent => Exact::ratio(1, 1_000),
        _ => Exact::ratio(1, 100),
    }
}

impl Figures {
    /// Gives a figure its usual value again.
    pub(super) fn reset(&mut self, source: Source, usual: &Exact) {
        if self.get(source).is_some() {
            self.set(source, usual.clone());
        }
    }
}
