//! Runs of misses, the rights that failures lead to, and credits that can be earned back.

use std::collections::BTreeSet;

use crate::ledger::{NoticeKind, Statement};
use crate::model::Contract;
use crate::model::facts::ServiceLevel;
use crate::program::{Comparison, NodeId, NoticePlan, Op, Piece, Program};
use crate::report::dashboard::{Level, OpenCredit, Right};
use crate::syntax::tree::Every;
use crate::text::Span;

use super::months::Computed;

/// The name of the node that holds what an earn-back can return (`mechanism::earn_back`).
const OPEN: &str = "credit that can be earned back";

/// The name of the node that sums the credits of a year that its end can return.
const OF_YEAR: &str = "credits deducted in the year";

/// The service levels that have a run, or that failures give a right.
pub(super) fn of(contract: &Contract, computed: &Computed<'_>) -> Vec<Level> {
    let Some(program) = computed.program() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for level in &contract.facts.levels {
        for (name, clause) in names(level, program) {
            let rights = program.plan.notices.iter();
            let rights = rights.filter(|notice| {
                let is_right = matches!(
                    notice.kind,
                    NoticeKind::ChronicFailure | NoticeKind::PersistentFailure
                );
                is_right && notice.name == name
            });
            let rights: Vec<Right> = rights
                .filter_map(|notice| right(notice, program, computed))
                .collect();
            let run = run(level, &name, computed);
            if run > 0 || !rights.is_empty() {
                found.push(Level {
                    name,
                    clause,
                    run,
                    rights,
                });
            }
        }
    }
    found
}

/// The names of a level's notices: its own, or one for each member.
fn names(level: &ServiceLevel, program: &Program) -> Vec<(String, Option<String>)> {
    let mut seen = BTreeSet::new();
    let whole = level.head.name();
    let of_level = program.plan.notices.iter().filter(|notice| {
        let rest = notice.name.strip_prefix(whole);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    let first = of_level.filter(|notice| seen.insert(notice.name.as_str()));
    first
        .map(|notice| (notice.name.clone(), notice.clause.clone()))
        .collect()
}

/// How many failures count, how many it takes, and what they lead to. The notice's condition compares the two.
fn right(notice: &NoticePlan, program: &Program, computed: &Computed<'_>) -> Option<Right> {
    let (count, needed) = compared(program, notice.when)?;
    let words = notice.text.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        Piece::Value(_) => None,
    });
    Some(Right {
        kind: notice.kind,
        count: computed.number(count)?,
        needed: computed.number(needed)?,
        words: words.collect::<String>().trim().to_owned(),
    })
}

fn compared(program: &Program, when: NodeId) -> Option<(NodeId, NodeId)> {
    match &program.node(when)?.op {
        Op::And(all) => all.iter().rev().find_map(|one| compared(program, *one)),
        Op::Compare(Comparison::AtLeast, count, needed) => Some((*count, *needed)),
        Op::Sum(one) => match one.as_ref() {
            [one] => compared(program, *one),
            _ => None,
        },
        _ => None,
    }
}

/// The misses in a row up to the last month.
fn run(level: &ServiceLevel, name: &str, computed: &Computed<'_>) -> usize {
    let breaks = level.excused_breaks.as_ref().is_some_and(|one| one.what);
    let mut count = 0;
    for month in computed.months.iter().rev() {
        let Some(statement) = &month.statement else {
            break;
        };
        let has = |kinds: &[NoticeKind]| has(statement, name, kinds);
        if has(&[NoticeKind::Missed, NoticeKind::Critical]) {
            count += 1;
        } else if breaks || !has(&[NoticeKind::Excused]) {
            break;
        }
    }
    count
}

fn has(statement: &Statement, name: &str, kinds: &[NoticeKind]) -> bool {
    let mut notices = statement.notices.iter();
    notices.any(|notice| notice.name == name && kinds.contains(&notice.kind))
}

/// The credits that good months, or the end of the year, can still return.
pub(super) fn open(contract: &Contract, computed: &Computed<'_>) -> Vec<OpenCredit> {
    let Some(program) = computed.program() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for level in &contract.facts.levels {
        for (id, node) in (0..).map(NodeId).zip(&program.nodes) {
            let label = node.label.as_ref().map(|label| label.name.as_str());
            if !holds(level.head.span, node.span) {
                continue;
            }
            let (amount, at_year_end) = match (label, &node.op) {
                (Some(OPEN), Op::Previous(series, _)) => {
                    let left = program.series.get(series.0 as usize);
                    (left.and_then(|left| computed.number(*left)), false)
                }
                (Some(OF_YEAR), _) if !ends_year(level, contract, computed) => {
                    (computed.number(id), true)
                }
                _ => continue,
            };
            found.extend(
                amount
                    .filter(|amount| !amount.is_zero())
                    .map(|amount| OpenCredit {
                        level: level.head.name().to_owned(),
                        amount: amount.abs(),
                        at_year_end,
                    }),
            );
        }
    }
    found
}

/// Whether the last month ends the year over which a level earns back.
fn ends_year(level: &ServiceLevel, contract: &Contract, computed: &Computed<'_>) -> bool {
    let Some(month) = computed.last().map(|one| one.month) else {
        return false;
    };
    let year = level.earn_back_yearly.as_ref().map(|one| one.what.year);
    match (year, contract.term) {
        (Some(Every::ContractYear), Some(term)) => {
            let next = term.contract_year_start(month.plus(1));
            next != term.contract_year_start(month)
        }
        _ => month.number() == 12,
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}
