//! The versions of an amended contract, computed side by side: a month is computed under the version in force in it, and
//! those still to come are computed along, so that they have a past when their time has come.
//!
//! What earlier months left behind goes on across versions. Where a version reads earlier months of something that the
//! version in force had too, under a common name and of the same type, it reads what was so under the version in force.
//! Of something new it reads what it would itself have made of those months, as far as the data has what it needs. What a
//! mechanism keeps, such as a run of misses, begins with the item that it belongs to.

use crate::calendar::Month;
use crate::program::Program;

use super::evaluator::{Cell, Evaluator};
use super::history::History;
use super::value::Value;

/// The evaluators of a contract's versions, the oldest first.
pub struct Versions<'p> {
    versions: Vec<Version<'p>>,
    /// The version under which the last month was computed.
    current: usize,
}

struct Version<'p> {
    /// The first month in which it is in force; nothing for the first version.
    from: Option<Month>,
    evaluator: Evaluator<'p>,
    /// For each version before it, and for each of its own series, the series of that version that holds the same.
    same: Vec<Vec<Option<usize>>>,
}

/// What the months of one account leave behind, for each version.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    last: Option<Month>,
    histories: Vec<History>,
}

impl Memory {
    /// The last month computed, if there is one.
    #[must_use]
    pub fn last(&self) -> Option<Month> {
        self.last
    }

    /// The history of a version, of so many.
    fn of(&mut self, version: usize, versions: usize) -> Option<&mut History> {
        if self.histories.len() < versions {
            self.histories.resize(versions, History::default());
        }
        self.histories.get_mut(version)
    }
}

impl<'p> Versions<'p> {
    /// The versions of programs, each with its first month; nothing for the first one. The oldest stands first.
    #[must_use]
    pub fn new(programs: &[(Option<Month>, &'p Program)]) -> Self {
        let versions = programs.iter().enumerate().map(|(at, (from, program))| {
            let former = programs.get(..at).unwrap_or_default();
            Version {
                from: *from,
                evaluator: Evaluator::new(program),
                same: former
                    .iter()
                    .map(|(_, former)| same_series(former, program))
                    .collect(),
            }
        });
        Self {
            versions: versions.collect(),
            current: 0,
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.versions.len()
    }

    /// The version in force in a month, as a position.
    #[must_use]
    pub fn in_force(&self, month: Month) -> usize {
        let begun = |version: &Version<'_>| version.from.is_none_or(|from| from <= month);
        self.versions.iter().rposition(begun).unwrap_or(0)
    }

    /// The evaluator of that version.
    #[must_use]
    pub fn evaluator(&self, version: usize) -> Option<&Evaluator<'p>> {
        self.versions.get(version).map(|version| &version.evaluator)
    }

    /// The evaluator of the month computed last, with its values.
    #[must_use]
    pub fn current(&self) -> Option<&Evaluator<'p>> {
        self.evaluator(self.current)
    }

    /// What the account's months have left behind for the version of the month computed last.
    #[must_use]
    pub fn history<'m>(&self, memory: &'m Memory) -> Option<&'m History> {
        memory.histories.get(self.current)
    }

    /// Computes a month and adds it to what the account's months leave behind. `cells` has the month's data for each
    /// version. The month must come after the last one; months between are taken as missing entirely.
    pub fn compute(&mut self, memory: &mut Memory, month: Month, cells: &[Vec<Cell>]) {
        if let Some(last) = memory.last {
            for gap in 1..month.since(last).clamp(1, 2400) {
                self.pass(memory, last.plus(gap), &[]);
            }
        }
        self.pass(memory, month, cells);
    }

    fn pass(&mut self, memory: &mut Memory, month: Month, cells: &[Vec<Cell>]) {
        memory.last = Some(month);
        self.current = self.in_force(month);
        let count = self.versions.len();
        let (former, later) = self.versions.split_at_mut(self.current + 1);
        let of = |version: usize| cells.get(version).map_or([].as_slice(), Vec::as_slice);
        let history = memory.of(self.current, count);
        let (Some(in_force), Some(history)) = (former.last_mut(), history) else {
            return;
        };
        in_force.evaluator.pass(history, month, of(self.current));
        for (version, after) in (self.current + 1..).zip(later) {
            if !after.evaluator.looks_back() {
                continue;
            }
            let Some(history) = memory.of(version, count) else {
                return;
            };
            after.evaluator.run_month(history, month, of(version));
            let values = after.remembered(self.current, &in_force.evaluator);
            let keep = after.evaluator.kept_months();
            history.push_known(month, values, keep);
        }
    }
}

impl Version<'_> {
    /// The values of its series in a month that was computed under a version before it.
    fn remembered(&self, former: usize, in_force: &Evaluator<'_>) -> Vec<Option<Value>> {
        let same = self.same.get(former);
        let program = self.evaluator.program();
        let series = program.series.iter().zip(&program.keys).enumerate();
        series
            .map(|(at, (node, key))| {
                let then = same.and_then(|same| same.get(at).copied().flatten());
                let then = then.and_then(|at| in_force.program().series.get(at));
                match then {
                    Some(node) => Some(in_force.value(*node).clone()),
                    None if key.is_read => {
                        let own = self.evaluator.value(*node);
                        (!matches!(own, Value::Fault(_))).then(|| own.clone())
                    }
                    None => None,
                }
            })
            .collect()
    }
}

/// For each series of `later`, the one of `former` that holds the same.
fn same_series(former: &Program, later: &Program) -> Vec<Option<usize>> {
    let kind = |program: &Program, at: usize| {
        let node = program.series.get(at)?;
        program.node(*node).map(|node| node.kind.clone())
    };
    let own = later.keys.iter().enumerate();
    own.map(|(at, key)| {
        key.names.iter().find_map(|name| {
            let mut others = former.keys.iter();
            let found = others.position(|other| other.names.contains(name))?;
            (kind(former, found) == kind(later, at)).then_some(found)
        })
    })
    .collect()
}
