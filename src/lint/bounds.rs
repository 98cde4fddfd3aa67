//! Which values have a bound, given the month's charges.

use crate::ledger::LineKind;
use crate::model::Contract;
use crate::model::facts::{AtRisk, LimitSubject};
use crate::program::{Graph, LinePlan, NodeId, Op};
use crate::quantity::Type;

use super::subject::Subject;

/// The sides on which a value is bounded.
#[derive(Clone, Copy)]
pub struct Ends {
    /// It has a least value.
    pub low: bool,
    /// It has a greatest value.
    pub high: bool,
}

const BOTH: Ends = Ends {
    low: true,
    high: true,
};
const NONE: Ends = Ends {
    low: false,
    high: false,
};

impl Ends {
    fn and(self, other: Self) -> Self {
        Self {
            low: self.low && other.low,
            high: self.high && other.high,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            low: self.low || other.low,
            high: self.high || other.high,
        }
    }

    fn turned(self) -> Self {
        Self {
            low: self.high,
            high: self.low,
        }
    }
}

/// Whether a limit or an at-risk amount bounds the line, on whichever invoice it is applied.
pub fn is_limited(subject: &Subject<'_>, line: &LinePlan) -> bool {
    let base = line.name.split('.').next().unwrap_or_default();
    let limits = |subject: &LimitSubject| match subject {
        LimitSubject::Credits => line.kind == LineKind::Credit,
        LimitSubject::Bonuses => line.kind == LineKind::Bonus,
        LimitSubject::Reductions => line.kind == LineKind::Adjustment,
        LimitSubject::Named(link) => link.member.is_none() && link.name == base,
    };
    let mut pooled = subject.pools().flat_map(AtRisk::levels);
    !line.cuts.is_empty()
        || subject
            .limits()
            .any(|limit| limit.subjects.iter().any(limits))
        || (line.kind == LineKind::Credit && pooled.any(|one| one.level.name == base))
}

/// The ends of every node, in order. Counts are assumed to be 0 or more. Charges count as bounded, so a share of them
/// is also bounded.
pub fn of(contract: &Contract) -> Vec<Ends> {
    let graph = &contract.graph;
    let mut stated = vec![NONE; graph.nodes().len()];
    let mut state = |node: NodeId, ends: Ends| {
        if let Some(known) = stated.get_mut(node.0 as usize) {
            *known = known.or(ends);
        }
    };
    for line in &contract.plan.lines {
        if matches!(line.kind, LineKind::Charge | LineKind::Adjustment) {
            state(line.amount, BOTH);
        }
    }
    for named in &contract.names {
        let ends = Ends {
            low: named.least.is_some(),
            high: named.most.is_some(),
        };
        named.nodes.iter().for_each(|node| state(*node, ends));
    }
    let mut all: Vec<Ends> = Vec::with_capacity(stated.len());
    for (node, stated) in graph.nodes().iter().zip(stated) {
        let computed = if node.kind == Type::Flag {
            BOTH
        } else {
            computed(contract, graph, &node.op, &all)
        };
        all.push(computed.or(stated));
    }
    all
}

fn computed(contract: &Contract, graph: &Graph, op: &Op, all: &[Ends]) -> Ends {
    let at = |id: &NodeId| all.get(id.0 as usize).copied().unwrap_or(NONE);
    let every = |ids: &[NodeId]| ids.iter().map(at).fold(BOTH, Ends::and);
    match op {
        Op::Input(slot) => Ends {
            low: true,
            high: contract
                .plan
                .slots
                .get(slot.0 as usize)
                .is_some_and(|slot| slot.most.is_some()),
        },
        Op::Sum(parts) => every(parts),
        Op::Subtract(a, b) => at(a).and(at(b).turned()),
        Op::Negate(a) => at(a).turned(),
        Op::Multiply(a, b) => match (constant_sign(graph, *a), constant_sign(graph, *b)) {
            (Some(positive), _) => scaled(at(b), positive),
            (_, Some(positive)) => scaled(at(a), positive),
            (None, None) => product(at(a), at(b)),
        },
        Op::Divide(a, b) => match constant_sign(graph, *b) {
            Some(positive) => scaled(at(a), positive),
            None => Ends {
                low: at(a).low,
                high: false,
            },
        },
        Op::Abs(a) => Ends {
            low: true,
            high: at(a).low && at(a).high,
        },
        Op::Min(parts) => Ends {
            low: parts.iter().all(|part| at(part).low),
            high: parts.iter().any(|part| at(part).high),
        },
        Op::Max(parts) => Ends {
            low: parts.iter().any(|part| at(part).low),
            high: parts.iter().all(|part| at(part).high),
        },
        Op::If(_, a, b) | Op::Recover(a, _, b) | Op::IfKnown(a, b) => at(a).and(at(b)),
        Op::Bands(_, bands, none) => {
            let values = bands.iter().map(|band| at(&band.value));
            values.chain(none.iter().map(at)).fold(BOTH, Ends::and)
        }
        Op::Round(a, _) | Op::Floor(a) | Op::Ceiling(a) => at(a),
        Op::InRange(a, ends) => at(a).or(Ends {
            low: ends.0.is_some(),
            high: ends.1.is_some(),
        }),
        Op::Share { total, .. } => at(total),
        Op::Previous(series, first) => {
            let first = first.as_ref().map_or(BOTH, at);
            of_series(graph, series.0, all).and(first)
        }
        Op::Window(series, ..) => of_series(graph, series.0, all),
        Op::Constant(_)
        | Op::Compare(..)
        | Op::And(_)
        | Op::Or(_)
        | Op::Not(_)
        | Op::MonthsIn(..)
        | Op::NoValue
        | Op::IsKnown(_)
        | Op::ByAgreement
        | Op::Broken
        | Op::NoInvoice(_)
        | Op::Month
        | Op::MonthOfTerm
        | Op::MonthOfYear
        | Op::DaysInMonth
        | Op::Ends(_) => BOTH,
    }
}

/// The ends of a series. If it uses a later node, it feeds on itself, as the length of a run does, and so has no bound.
fn of_series(graph: &Graph, series: u32, all: &[Ends]) -> Ends {
    let node = graph
        .series()
        .get(series as usize)
        .and_then(|series| series.node);
    node.and_then(|node| all.get(node.0 as usize))
        .copied()
        .unwrap_or(NONE)
}

fn constant_sign(graph: &Graph, node: NodeId) -> Option<bool> {
    match &graph.get(node)?.op {
        Op::Constant(value) => Some(!value.is_negative()),
        _ => None,
    }
}

fn scaled(ends: Ends, positive: bool) -> Ends {
    if positive { ends } else { ends.turned() }
}

fn product(a: Ends, b: Ends) -> Ends {
    a.and(b)
}
