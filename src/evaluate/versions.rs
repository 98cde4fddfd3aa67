//! The versions of an amended contract, computed side by side: a month is computed under the version in force in it,
//! and later versions are computed along with it, so that they have a past when they come into force.
//!
//! What happened in a month is a fact, independent of the wording. So a later version computes the month from the facts
//! of the version in force (`program::Facts`): what it keeps from month to month is what its own text makes of what
//! really happened.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Month;
use crate::program::{Before, NodeId, Program};

use super::evaluator::{Cell, Evaluator, Given};
use super::history::History;
use super::value::{FaultKind, Value};

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
    /// The links to the versions before it.
    former: Links,
    /// What is given of its nodes in a month of an earlier version, and which version that is.
    given: (Option<usize>, Vec<Option<Given>>),
}

/// The links of a version to each version before it. Each is determined when a month of that version is computed.
struct Links {
    /// The links by position of the former version, as far as they are known.
    known: Vec<Option<Link>>,
    /// How many facts the known links hold, and how many they may hold.
    size: usize,
    most: usize,
}

/// The most facts in the links of all versions together. A long chain of amendments has a link for each pair.
const MOST_LINKED: usize = 10_000_000;

/// A version's link to an earlier one: what it takes from there.
struct Link {
    /// What is given of its nodes.
    given: Vec<(NodeId, Source)>,
    /// The series that begin only with this version, because the former version has nothing of the kind.
    begin: Vec<bool>,
    /// The nodes of items that the former version does not have.
    is_new: Vec<bool>,
}

/// Where a fact of a month comes from, for a version that is not in force yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A node of the former version.
    Former(NodeId),
    /// Nothing of the kind, so the value was 0.
    Zero,
    /// Another node of this version.
    Own(NodeId),
    /// The node itself: what the new text makes of the month's data.
    Itself,
}

/// The history that the months of one account leave for later ones, for each version.
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

    /// The history of a version, if a month has been computed.
    #[must_use]
    pub fn history(&self, version: usize) -> Option<&History> {
        self.histories.get(version)
    }

    /// The history of a version. There are as many histories as `versions` says.
    fn of(&mut self, version: usize, versions: usize) -> Option<&mut History> {
        if self.histories.len() < versions {
            self.histories.resize(versions, History::default());
        }
        self.histories.get_mut(version)
    }
}

impl<'p> Versions<'p> {
    /// Takes the programs of the versions, the oldest first, each with its first month; nothing for the first one.
    #[must_use]
    pub fn new(programs: &[(Option<Month>, &'p Program)]) -> Self {
        let most = MOST_LINKED / programs.len().max(1);
        let versions = programs.iter().map(|(from, program)| Version {
            from: *from,
            evaluator: Evaluator::new(program),
            former: Links {
                known: Vec::new(),
                size: 0,
                most,
            },
            given: (None, vec![None; program.nodes.len()]),
        });
        Self {
            versions: versions.collect(),
            current: 0,
        }
    }

    /// The number of versions.
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

    /// The history that the account's months have left for the version of the month computed last.
    #[must_use]
    pub fn history<'m>(&self, memory: &'m Memory) -> Option<&'m History> {
        memory.histories.get(self.current)
    }

    /// What a version that is not in force yet is given of the month computed last: nodes of its program, and where their
    /// values come from. Nothing for a version whose values of that month nobody reads.
    #[must_use]
    pub fn given(&mut self, version: usize) -> Option<Vec<(NodeId, Source)>> {
        let then = self.current()?.program();
        let current = self.current;
        let later = self
            .versions
            .get_mut(version)
            .filter(|_| version > current)?;
        if !later.evaluator.looks_back() {
            return None;
        }
        let link = later
            .former
            .of(current, (then, later.evaluator.program()))?;
        Some(link.given.clone())
    }

    /// How many months back each series of a version can be read in the month after the last one computed.
    #[must_use]
    pub fn depths(&self, memory: &Memory, version: usize) -> Vec<usize> {
        let history = memory.histories.get(version);
        history.map(History::depths).unwrap_or_default()
    }

    /// Computes a month and adds it to what the account's months leave for later ones. `cells` has the month's data for
    /// each version. The month must come after the last one. Months in between count as missing entirely.
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
            let cells = of(version);
            let values = after.along(self.current, &in_force.evaluator, (history, month, cells));
            let keep = after.evaluator.kept_months();
            history.push_known(month, values, keep);
            after.evaluator.add_up(history);
        }
    }
}

impl Version<'_> {
    /// Computes a month of a later version along with the version in force. Returns the values of its own series;
    /// nothing for a series that has no past yet.
    fn along(
        &mut self,
        former: usize,
        in_force: &Evaluator<'_>,
        (history, month, cells): (&History, Month, &[Cell]),
    ) -> Vec<Option<Value>> {
        let programs = (in_force.program(), self.evaluator.program());
        let Some(link) = self.former.of(former, programs) else {
            return Vec::new();
        };
        let (of, given) = &mut self.given;
        if *of != Some(former) {
            *of = Some(former);
            given.fill(None);
        }
        link.give(in_force, given);
        self.evaluator.run_given(history, month, cells, given);
        let evaluator = &self.evaluator;
        let series = evaluator.program().series.iter().enumerate();
        series
            .map(|(at, node)| {
                let begins = link.begin.get(at).copied().unwrap_or(false);
                let value = evaluator.value(*node);
                (!begins && !link.is_unknown(evaluator, value)).then(|| evaluator.kept_value(*node))
            })
            .collect()
    }
}

impl Links {
    /// The link of the later program to the program of the former version at that position.
    fn of(&mut self, former: usize, (then, now): (&Program, &Program)) -> Option<&Link> {
        if self.known.len() <= former {
            self.known.resize_with(former + 1, || None);
        }
        if self.known.get(former)?.is_none() {
            let link = Link::new(then, now);
            if self.size + link.given.len() > self.most {
                self.known.fill_with(|| None);
                self.size = 0;
            }
            self.size += link.given.len();
            *self.known.get_mut(former)? = Some(link);
        }
        self.known.get(former)?.as_ref()
    }
}

impl Link {
    fn new(former: &Program, later: &Program) -> Self {
        let mut given: BTreeMap<NodeId, Source> = BTreeMap::new();
        let mut not_there: BTreeSet<NodeId> = BTreeSet::new();
        let known: BTreeMap<&str, NodeId> = former
            .facts
            .all
            .iter()
            .map(|fact| (fact.name.as_str(), fact.node))
            .collect();
        let kind = |program: &Program, node| program.node(node).map(|node| node.kind.clone());
        let is_same = |then: NodeId, now| kind(former, then) == kind(later, now);
        let lineages: BTreeSet<&str> = former.facts.lineages.iter().map(String::as_str).collect();
        let is_new = |node| {
            let owner = later.facts.owner(node);
            owner.is_some_and(|owner| !lineages.contains(owner))
        };
        for fact in &later.facts.all {
            let now = fact.node;
            let then = known.get(fact.name.as_str()).copied();
            if let Some(then) = then.filter(|then| is_same(*then, now)) {
                given.insert(now, Source::Former(then));
                not_there.remove(&now);
                continue;
            }
            if !matches!(given.get(&now), None | Some(Source::Itself)) {
                continue;
            }
            let source = match fact.before {
                Before::Computed if is_new(now) => Source::Itself,
                Before::Computed => continue,
                Before::NotThere => {
                    not_there.insert(now);
                    Source::Zero
                }
                Before::Zero => Source::Zero,
                Before::Other(node) => Source::Own(node),
            };
            given.insert(now, source);
        }
        Self {
            given: given.into_iter().collect(),
            begin: later
                .series
                .iter()
                .map(|node| not_there.contains(node))
                .collect(),
            is_new: (0..)
                .map(NodeId)
                .zip(&later.nodes)
                .map(|(node, _)| is_new(node))
                .collect(),
        }
    }

    /// Sets what is given of a version's nodes in a month that was computed under the former version.
    fn give(&self, in_force: &Evaluator<'_>, given: &mut [Option<Given>]) {
        for (node, source) in &self.given {
            if let Some(slot) = given.get_mut(node.0 as usize) {
                *slot = Some(match source {
                    Source::Former(then) => former_value(in_force, *then),
                    Source::Itself => Given::Computed,
                    Source::Zero => Given::Zero,
                    Source::Own(other) => Given::Same(*other),
                });
            }
        }
    }

    /// Whether a value could not be computed because the data of that time does not have what a new item needs.
    fn is_unknown(&self, evaluator: &Evaluator<'_>, value: &Value) -> bool {
        let Value::Fault(fault) = value else {
            return false;
        };
        evaluator.fault(*fault).is_some_and(|fault| {
            let is_new = self.is_new.get(fault.node.0 as usize);
            let is_earlier = matches!(
                fault.kind,
                FaultKind::EarlierMonth(_) | FaultKind::EarlierCell(_)
            );
            !is_earlier && is_new.copied().unwrap_or(false)
        })
    }
}

/// A value of the version in force. A missing input or a zero denominator remains a fault, because a later text can say
/// what counts in that case.
fn former_value(in_force: &Evaluator<'_>, node: NodeId) -> Given {
    let value = in_force.value(node);
    let fault = match value {
        Value::Fault(fault) => in_force.fault(*fault),
        Value::Number(_) | Value::None => None,
    };
    match fault.map(|fault| &fault.kind) {
        Some(kind @ (FaultKind::Missing(_) | FaultKind::ZeroDenominator)) => {
            Given::Fault(kind.clone())
        }
        _ => Given::Value(value.clone()),
    }
}
