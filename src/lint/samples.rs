//! Values of a KPI at which a contract's amounts can change: its ends, the edges that the contract states, and values
//! in between.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::model::MetricFacts;
use crate::program::{Graph, NodeId, Op};
use crate::quantity::Exact;
use crate::text::Span;

use super::subject::Subject;

/// The most values of a KPI that are tried.
const MOST: usize = 80;

/// Values of a KPI in order: the least and greatest that can be observed, every edge with which the contract compares
/// it, values close to each edge, and values halfway between two. None if the contract compares it with nothing.
#[must_use]
pub fn samples(subject: &Subject<'_>, metric: &MetricFacts) -> Vec<Exact> {
    let edges = edges(subject, metric);
    let gaps = edges.windows(2).filter_map(|pair| match pair {
        [low, high] => Some(high.subtract(low)),
        _ => None,
    });
    let usual = edges.last().and_then(|edge| divided(&edge.abs(), 4));
    let usual = usual.filter(|gap| !gap.is_zero()).unwrap_or_else(one);
    let gap = gaps.min().unwrap_or(usual);
    let step = step(subject, metric);
    let close = step.clone().or_else(|| divided(&gap, 100));
    let (Some(half), Some(close)) = (divided(&gap, 2), close) else {
        return edges.to_vec();
    };
    let named = subject.named(&metric.name);
    let least = named.and_then(|named| named.least.clone());
    let most = named.and_then(|named| named.most.clone());
    let mut values: Vec<Exact> = least.iter().chain(&most).cloned().collect();
    for edge in edges.iter() {
        values.extend([
            edge.subtract(&half),
            edge.subtract(&close),
            edge.clone(),
            edge.add(&close),
            edge.add(&half),
        ]);
    }
    values.retain(|value| {
        step.as_ref().is_none_or(|step| value.is_multiple_of(step))
            && least.as_ref().is_none_or(|least| value >= least)
            && most.as_ref().is_none_or(|most| value <= most)
    });
    values.sort();
    values.dedup();
    values.truncate(MOST);
    if edges.is_empty() { Vec::new() } else { values }
}

/// Neighbouring values of a KPI on both sides of each edge with which the contract compares it: just below it and on
/// it, and on it and just above it.
#[must_use]
pub fn steps(subject: &Subject<'_>, metric: &MetricFacts) -> Vec<(Exact, Exact)> {
    let edges = edges(subject, metric);
    let Some(close) = step(subject, metric).or_else(|| close(&edges)) else {
        return Vec::new();
    };
    let named = subject.named(&metric.name);
    let least = named.and_then(|named| named.least.clone());
    let most = named.and_then(|named| named.most.clone());
    let is_observed = |value: &Exact| {
        least.as_ref().is_none_or(|least| value >= least)
            && most.as_ref().is_none_or(|most| value <= most)
    };
    let mut found: Vec<(Exact, Exact)> = Vec::new();
    for edge in edges.iter() {
        found.push((edge.subtract(&close), edge.clone()));
        found.push((edge.clone(), edge.add(&close)));
    }
    found.retain(|(low, high)| is_observed(low) && is_observed(high));
    found.truncate(MOST);
    found
}

/// A distance that is small compared with the distances between the edges.
fn close(edges: &[Exact]) -> Option<Exact> {
    let gaps = edges.windows(2).filter_map(|pair| match pair {
        [low, high] => Some(high.subtract(low)),
        _ => None,
    });
    let usual = edges.last().map(Exact::abs);
    let usual = usual.filter(|gap| !gap.is_zero()).unwrap_or_else(one);
    divided(&gaps.min().unwrap_or(usual), 1_000)
}

/// The best or worst value of a KPI: the end of what can be observed, or the outermost value that the contract
/// distinguishes.
#[must_use]
pub fn end(subject: &Subject<'_>, metric: &MetricFacts, best: bool) -> Option<Exact> {
    let upper = metric.higher_is_better? == best;
    let named = subject.named(&metric.name)?;
    let stated = if upper { &named.most } else { &named.least };
    let mut tried = samples(subject, metric);
    stated.clone().or_else(|| {
        if upper {
            tried.pop()
        } else {
            tried.into_iter().next()
        }
    })
}

/// All nodes of the KPI with that value.
#[must_use]
pub fn at(metric: &MetricFacts, value: &Exact) -> Vec<(NodeId, Exact)> {
    let nodes = metric.nodes.iter();
    nodes.map(|node| (*node, value.clone())).collect()
}

/// The constants with which the KPI, or a value of its type made from it, is compared, in order.
fn edges(subject: &Subject<'_>, metric: &MetricFacts) -> Rc<[Exact]> {
    subject.edges.of(metric, || found_edges(subject, metric))
}

/// The edges of each KPI that has been asked for, by its place. They are kept because many rules ask for them.
#[derive(Default)]
pub struct Edges(RefCell<BTreeMap<Span, Rc<[Exact]>>>);

impl Edges {
    fn of(&self, metric: &MetricFacts, find: impl FnOnce() -> Vec<Exact>) -> Rc<[Exact]> {
        if let Some(known) = self.0.borrow().get(&metric.span) {
            return Rc::clone(known);
        }
        let found: Rc<[Exact]> = find().into();
        let mut known = self.0.borrow_mut();
        known.insert(metric.span, Rc::clone(&found));
        found
    }
}

fn found_edges(subject: &Subject<'_>, metric: &MetricFacts) -> Vec<Exact> {
    let graph = &subject.contract.graph;
    let made_from = subject.flow.made_from(&metric.nodes);
    let is_it = |id: NodeId| {
        made_from.has(id)
            && graph
                .get(id)
                .is_some_and(|node| node.kind == metric.value_type)
    };
    let mut edges = Vec::new();
    for node in graph.nodes() {
        match &node.op {
            Op::Compare(_, a, b) | Op::Subtract(a, b) => {
                let other = [(a, b), (b, a)].into_iter().find(|(one, _)| is_it(**one));
                edges.extend(other.and_then(|(_, other)| constant(graph, *other)));
            }
            Op::Bands(of, bands, _) if is_it(*of) => {
                let ends = bands.iter().flat_map(|band| [&band.low, &band.high]);
                edges.extend(ends.flatten().map(|(end, _)| end.clone()));
            }
            _ => {}
        }
    }
    edges.sort();
    edges.dedup();
    edges
}

/// The measurement step of the KPI, or of the only column from which it is computed. Nothing is observed between its
/// multiples.
fn step(subject: &Subject<'_>, metric: &MetricFacts) -> Option<Exact> {
    let column = match subject.flow.columns(&metric.nodes).as_slice() {
        [column] => subject.contract.plan.slots.get(column.0 as usize),
        _ => None,
    };
    if let Some(step) = column.and_then(|slot| slot.step.clone()) {
        return Some(step);
    }
    let declared = subject.declared(metric)?;
    let rounded = declared.rounded.as_ref().map(|rounded| &rounded.step);
    let stated = rounded.or(declared.step.as_ref())?.fixed().cloned();
    stated.filter(|step| !step.is_zero())
}

fn constant(graph: &Graph, id: NodeId) -> Option<Exact> {
    match &graph.get(id)?.op {
        Op::Constant(value) => Some(value.clone()),
        Op::Sum(one) => match one.as_ref() {
            [one] => constant(graph, *one),
            _ => None,
        },
        _ => None,
    }
}

fn divided(value: &Exact, by: i64) -> Option<Exact> {
    value.divide(&Exact::from_integer(by))
}

fn one() -> Exact {
    Exact::from_integer(1)
}
