//! Months of a term that differ in nothing but what the contract reads of the calendar.

use std::collections::BTreeSet;

use crate::calendar::{Date, Month};
use crate::evaluate::{Evaluator, History, Value};
use crate::program::{NodeId, Op, Program};
use crate::quantity::Exact;

/// A term is looked at for so many months.
const LONGEST: i32 = 240;

/// One month of each kind that the contract distinguishes, the earliest of each.
#[must_use]
pub fn kinds(program: &Program) -> Vec<Month> {
    let Some(term) = program.plan.term else {
        return vec![Month::of(Date::constant(2026, 1, 1))];
    };
    let first = Month::of(term.first);
    let length = Month::of(term.last).since(first).clamp(0, LONGEST);
    let read = calendar_values(program);
    if read.is_empty() {
        // A month inside the term, where there is one: a first month can be a part of a month.
        return vec![first.plus(length.min(1))];
    }
    let mut evaluator = Evaluator::plain(program);
    let mut seen: BTreeSet<Vec<Option<Exact>>> = BTreeSet::new();
    let mut kinds = Vec::new();
    for at in 0..=length {
        let month = first.plus(at);
        evaluator.compute(&mut History::default(), month, &[]);
        let values = read.iter().map(|node| match evaluator.value(*node) {
            Value::Number(number) => Some(number.clone()),
            Value::None | Value::Fault(_) => None,
        });
        if seen.insert(values.collect()) {
            kinds.push(month);
        }
    }
    kinds
}

/// The values that are made of the calendar alone and are read by others, or are the calendar's themselves.
fn calendar_values(program: &Program) -> Vec<NodeId> {
    let mut fixed: Vec<bool> = Vec::with_capacity(program.nodes.len());
    let mut of_calendar: Vec<bool> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let mut all_fixed = true;
        let mut any = matches!(
            node.op,
            Op::Month | Op::MonthOfTerm | Op::MonthOfYear | Op::DaysInMonth | Op::Ends(_)
        );
        node.op.each_use(|used| {
            let at = used.0 as usize;
            all_fixed &= fixed.get(at).copied().unwrap_or(false);
            any |= of_calendar.get(at).copied().unwrap_or(false);
        });
        let reads_figures = matches!(node.op, Op::Input(_)) || node.op.series().is_some();
        let is_fixed = all_fixed && !reads_figures;
        fixed.push(is_fixed);
        of_calendar.push(is_fixed && any);
    }
    let mut read = BTreeSet::new();
    for (node, is_fixed) in program.nodes.iter().zip(&fixed) {
        if !is_fixed {
            node.op.each_use(|used| {
                if of_calendar.get(used.0 as usize).copied().unwrap_or(false) {
                    read.insert(used);
                }
            });
        }
    }
    let all = program.plan.total.into_iter();
    let lines = program.plan.lines.iter().map(|line| line.amount);
    for root in all.chain(lines) {
        if of_calendar.get(root.0 as usize).copied().unwrap_or(false) {
            read.insert(root);
        }
    }
    read.into_iter().collect()
}
