//! The best and the worst month with given volumes, and what a KPI moves in the months after it as well.

use crate::ledger::LineKind;
use crate::program::{NodeId, Op};
use crate::prove::course::Course;
use crate::prove::prover::{Ask, Copy, Prover};
use crate::prove::search::Goal;
use crate::prove::sheet::Source;
use crate::prove::verdict::Story;
use crate::prove::witness::Witness;
use crate::quantity::Exact;

use super::kpi::volumes;

/// What is to be as great as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    /// The invoice.
    GreatestInvoice,
    /// The opposite of the invoice.
    LeastInvoice,
    /// What credits and negative adjustments take off.
    MostTaken,
}

/// A month that is extreme.
#[derive(Clone, Debug)]
pub struct ExtremeMonth {
    /// The amount, as the evaluator computes it.
    pub amount: Exact,
    /// The month; what is extreme is its first copy, which has the given volumes.
    pub witness: Witness,
    /// Whether no month with these volumes is more extreme.
    pub is_exact: bool,
}

impl ExtremeMonth {
    /// The month's statement.
    #[must_use]
    pub fn statement(&self, prover: &Prover<'_>) -> Option<crate::ledger::Statement> {
        let mut statements = self.witness.statements(prover);
        (statements.len() > 1)
            .then(|| statements.swap_remove(1).pop())
            .flatten()
    }

    /// The month in words, with the figures that are not as usual.
    #[must_use]
    pub fn story(&self, prover: &Prover<'_>) -> Option<Story> {
        let own = Witness {
            base: self.witness.cases(prover).get(1)?.figures.last()?.clone(),
            copies: Vec::new(),
            steps: Vec::new(),
            ..self.witness.clone()
        };
        prover.story(&own, None)
    }
}

/// The most extreme month in which the volumes that charges are paid for are those of a month.
#[must_use]
pub fn extreme_month(
    prover: &Prover<'_>,
    extreme: Extreme,
    volume: &dyn Fn(&str) -> Option<Exact>,
) -> Option<ExtremeMonth> {
    let fixed = volumes(prover).into_iter();
    let fixed: Vec<(Source, Exact)> = fixed
        .filter_map(|(name, source, _)| Some((source, volume(&name)?)))
        .collect();
    let (nodes, split): (Vec<NodeId>, usize) = match extreme {
        Extreme::MostTaken => {
            let credits = prover.amounts(LineKind::Credit);
            let split = credits.len();
            (
                credits
                    .into_iter()
                    .chain(prover.amounts(LineKind::Adjustment))
                    .collect(),
                split,
            )
        }
        _ => (prover.program.plan.total.into_iter().collect(), 0),
    };
    if nodes.is_empty() {
        return None;
    }
    let copies = [Copy::Fixed(fixed)];
    let ask = Ask {
        nodes: &nodes,
        copies: &copies,
        root: &|sheet, reads| {
            let reads = reads.get(1).map(Vec::as_slice).unwrap_or_default();
            let zero = sheet.whole(0);
            let parts: Vec<NodeId> = reads
                .iter()
                .enumerate()
                .map(|(at, read)| match extreme {
                    Extreme::GreatestInvoice => sheet.put(Op::Negate(*read)),
                    Extreme::LeastInvoice => *read,
                    Extreme::MostTaken if at < split => *read,
                    Extreme::MostTaken => sheet.put(Op::Min(Box::new([*read, zero]))),
                })
                .collect();
            sheet.sum(parts)
        },
        value: &|values| {
            let values = values.get(1)?;
            let parts = values.iter().enumerate().map(|(at, value)| match extreme {
                Extreme::GreatestInvoice => value.negate(),
                Extreme::LeastInvoice => value.clone(),
                Extreme::MostTaken if at < split || value.is_negative() => value.clone(),
                Extreme::MostTaken => Exact::zero(),
            });
            Some(parts.fold(Exact::zero(), |sum, one| sum.add(&one)))
        },
        goal: Goal::default(),
    };
    let answer = prover.least(&ask);
    let is_exact = answer.is_exact();
    let (value, witness) = answer.found?;
    let witness = witness.simplified(prover, &ask, &|other| *other <= value);
    let value = witness.value(prover, &ask).unwrap_or(value);
    Some(ExtremeMonth {
        amount: match extreme {
            Extreme::LeastInvoice => value,
            _ => value.negate(),
        },
        witness,
        is_exact,
    })
}

/// Months over which the effect of a KPI is followed.
const FOLLOWED: usize = 3;

/// By how much a KPI of one month can change the invoices of that month and the next ones together, with all figures but
/// those of KPIs as usual: the most that was found.
#[must_use]
pub fn moved_over_months(prover: &Prover<'_>, node: NodeId) -> Option<Exact> {
    let place = prover.node(node)?;
    let source = prover.source_of(place)?;
    let nodes: Vec<NodeId> = prover.program.plan.total.into_iter().collect();
    let varied = [source];
    let sum = |course: &[Vec<Exact>]| {
        course
            .iter()
            .flatten()
            .fold(Exact::zero(), |sum, one| sum.add(one))
    };
    let course = Course {
        nodes: &nodes,
        varied: &varied,
        months: FOLLOWED,
        other: Some((source, 0)),
        root: &|sheet, courses, _| {
            let total = |course: usize| -> Vec<NodeId> {
                let months = courses.get(course).map(Vec::as_slice).unwrap_or_default();
                months.iter().flatten().copied().collect()
            };
            let (one, two) = (sheet.sum(total(0)), sheet.sum(total(1)));
            sheet.less(one, two)
        },
        value: &|courses| Some(sum(courses.first()?).subtract(&sum(courses.get(1)?))),
        goal: Goal::default(),
    };
    let (value, _) = prover.least_course(&course).found?;
    Some(value.abs())
}
