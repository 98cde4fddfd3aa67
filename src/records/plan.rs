//! The relational plan: which records are read and what is made of them, without the words of any engine.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{DAY, Date, Month, Zone, days_since_1970};
use crate::model::Contract;
use crate::model::facts::{
    Counted, CountedOf, CountedPeriods, CountedWhat, Facts, Field, FieldId, FieldKind, Input,
    RecordPeriod, Records, Service, Test,
};

/// What keeps a contract's records from being counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// No input says what it is counted from.
    NothingCounted,
    /// The first month is after the last.
    NoMonths,
    /// More months than a query can have.
    TooManyMonths,
}

/// The most months of one query.
const MOST_MONTHS: i32 = 240;

/// Days before and after the months whose service hours are known: records can begin long before they count.
const KNOWN_BEFORE: i64 = 800;
const KNOWN_AFTER: i64 = 400;

/// A month that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlannedMonth {
    pub(super) month: Month,
    /// Its first day, and the first one after it, in days since 1970-01-01.
    pub(super) first: i64,
    pub(super) next: i64,
}

/// The columns of one input: one, or one for each member of its dimension.
#[derive(Clone, Debug)]
pub(super) struct PlannedInput {
    /// Its columns in the data, each with the member that it counts.
    pub(super) columns: Vec<(String, Option<String>)>,
    pub(super) counted: Counted,
    /// How many decimals its values have.
    pub(super) decimals: u32,
    /// Whether no records mean no value, and not zero.
    pub(super) may_be_empty: bool,
}

/// The part of a set of records that is read.
#[derive(Clone, Debug)]
pub(super) struct PlannedSet {
    pub(super) records: Records,
    /// The fields that are read.
    pub(super) needed: BTreeSet<FieldId>,
    /// The fields of which the day is needed.
    pub(super) days: BTreeSet<FieldId>,
    /// The fields that date a record for some input; the usual one is the first.
    pub(super) dated: Vec<FieldId>,
    /// The repeat windows that are asked: what is the same, and how long.
    pub(super) windows: Vec<(Vec<FieldId>, i64)>,
}

/// The plan of a contract's records for some months.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) months: Vec<PlannedMonth>,
    pub(super) sets: Vec<PlannedSet>,
    /// The position of each set among the contract's records.
    pub(super) positions: BTreeMap<usize, usize>,
    pub(super) inputs: Vec<PlannedInput>,
    pub(super) service: Option<Service>,
}

impl Plan {
    /// The plan of the months `first` to `last` under one version of a contract.
    ///
    /// # Errors
    ///
    /// What keeps the records from being counted.
    pub fn of(contract: &Contract, first: Month, last: Month) -> Result<Self, Obstacle> {
        let facts = &contract.facts;
        let months = months(first, last)?;
        let inputs: Vec<_> = facts
            .inputs
            .iter()
            .filter_map(|one| planned(contract, one))
            .collect();
        if inputs.is_empty() {
            return Err(Obstacle::NothingCounted);
        }
        let mut sets: BTreeMap<usize, PlannedSet> = BTreeMap::new();
        for input in &inputs {
            for of in counted_ofs(facts, &input.counted) {
                if let Some(records) = facts.records.get(of.records) {
                    sets.entry(of.records)
                        .or_insert_with(|| empty(records))
                        .add(of);
                }
            }
        }
        let positions = sets
            .keys()
            .copied()
            .enumerate()
            .map(|(at, of)| (of, at))
            .collect();
        let mut sets: Vec<PlannedSet> = sets.into_values().collect();
        sets.iter_mut().for_each(PlannedSet::complete);
        Ok(Self {
            months,
            sets,
            positions,
            inputs,
            service: facts.service.clone(),
        })
    }

    /// The names of the sets of records that are read.
    #[must_use]
    pub fn sets(&self) -> Vec<&str> {
        self.sets
            .iter()
            .map(|set| set.records.head.name())
            .collect()
    }

    /// Which columns of data the result has.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        let all = self.inputs.iter().flat_map(|input| &input.columns);
        all.map(|(name, _)| name.as_str()).collect()
    }

    /// The set that something is counted of.
    pub(super) fn set(&self, of: &CountedOf) -> Option<(usize, &PlannedSet)> {
        let at = *self.positions.get(&of.records)?;
        Some((at, self.sets.get(at)?))
    }

    /// The days whose service hours are known.
    pub(super) fn known_days(&self) -> (i64, i64) {
        let first = self.months.first().map_or(0, |month| month.first);
        let next = self.months.last().map_or(0, |month| month.next);
        (first - KNOWN_BEFORE, next + KNOWN_AFTER)
    }

    /// The offsets of a zone that a record can meet.
    pub(super) fn offsets(&self, zone: &str) -> Vec<crate::calendar::Offset> {
        let (first, next) = self.known_days();
        let (Some(zone), Some(first), Some(last)) = (Zone::named(zone), day(first), day(next))
        else {
            return Vec::new();
        };
        zone.offsets(first, last)
    }

    /// The most spans in which the service is open on one day.
    pub(super) fn spans_of_a_day(&self) -> usize {
        let service = self.service.as_ref();
        service.map_or(1, |service| service.hours.most_spans().max(1))
    }

    /// The input of that name.
    pub(super) fn input(&self, name: &str) -> Option<&PlannedInput> {
        let of = |input: &&PlannedInput| matches!(input.columns.as_slice(), [(column, None)] if column == name);
        self.inputs.iter().find(of)
    }

    /// How many of the parts a month has.
    pub(super) fn parts(
        &self,
        month: &PlannedMonth,
        every: RecordPeriod,
        zone: Option<&str>,
    ) -> i64 {
        match every {
            RecordPeriod::Day => month.next - month.first,
            // A week is counted in the month of its Sunday.
            RecordPeriod::Week => (month.next + 3) / 7 - (month.first + 3) / 7,
            RecordPeriod::HalfHour => {
                let ends = zone.and_then(Zone::named).and_then(|zone| {
                    let begin = zone.moment(day(month.first)?, 0)?;
                    Some(zone.moment(day(month.next)?, 0)? - begin)
                });
                ends.unwrap_or((month.next - month.first) * DAY) / 1_800_000
            }
        }
    }
}

impl PlannedSet {
    /// A field.
    pub(super) fn field(&self, id: FieldId) -> Option<&Field> {
        self.records.fields.get(id.0)
    }

    /// The times whose service hours are asked.
    pub(super) fn in_service_hours(&self) -> BTreeSet<FieldId> {
        let kinds = self
            .needed
            .iter()
            .filter_map(|id| Some(&self.field(*id)?.kind));
        let betweens = kinds.filter_map(|kind| match kind {
            FieldKind::Between(between) if between.in_service_hours => {
                Some([between.from, between.to])
            }
            _ => None,
        });
        betweens.flatten().collect()
    }

    fn add(&mut self, of: &CountedOf) {
        if !self.dated.contains(&of.dated_by) {
            self.dated.push(of.dated_by);
        }
        self.needed.insert(of.dated_by);
        self.days.insert(of.dated_by);
        self.needed.extend(of.fold.field());
        self.needed.extend(of.by);
        if let Some(test) = &of.test {
            self.needed.extend(test.fields());
            self.read_test(test);
        }
    }

    fn read_test(&mut self, test: &Test) {
        match test {
            Test::Not(one) => self.read_test(one),
            Test::All(all) | Test::Any(all) => all.iter().for_each(|one| self.read_test(one)),
            Test::Compare(field, _, crate::model::facts::Against::Day(_)) => {
                self.days.insert(*field);
            }
            Test::Followed(same, within) => {
                let window = (same.clone(), *within);
                if !self.windows.contains(&window) {
                    self.windows.push(window);
                }
            }
            Test::Missing(_) | Test::Compare(..) => {}
        }
    }

    /// Adds what the needed fields themselves need.
    fn complete(&mut self) {
        self.needed.extend(self.records.key);
        if let Some(usual) = self.records.dated_by {
            self.needed.insert(usual);
            self.days.insert(usual);
            self.dated.retain(|one| *one != usual);
            self.dated.insert(0, usual);
        }
        let mut more = Vec::new();
        for id in &self.needed {
            if let Some(FieldKind::Between(between)) = self.field(*id).map(|field| &field.kind) {
                more.extend([between.from, between.to]);
                more.extend(between.less);
            }
        }
        self.needed.extend(more);
    }
}

fn empty(records: &Records) -> PlannedSet {
    PlannedSet {
        records: records.clone(),
        needed: BTreeSet::new(),
        days: BTreeSet::new(),
        dated: Vec::new(),
        windows: Vec::new(),
    }
}

fn months(first: Month, last: Month) -> Result<Vec<PlannedMonth>, Obstacle> {
    let count = last.since(first) + 1;
    if count < 1 {
        return Err(Obstacle::NoMonths);
    }
    if count > MOST_MONTHS {
        return Err(Obstacle::TooManyMonths);
    }
    let planned = (0..count).filter_map(|at| {
        let month = first.plus(at);
        let days = i64::from(month.days());
        let first = days_since_1970(month.first_day()?);
        Some(PlannedMonth {
            month,
            first,
            next: first + days,
        })
    });
    Ok(planned.collect())
}

/// An input that is counted, with its columns.
fn planned(contract: &Contract, input: &Input) -> Option<PlannedInput> {
    let counted = input.counted.clone()?;
    let facts = &contract.facts;
    let name = input.head.name();
    let members = input.dimension.as_ref().and_then(|dimension| {
        let found = facts.dimensions.iter().find(|one| one.name == *dimension)?;
        Some(found.members.clone())
    });
    let columns = match members {
        Some(members) => members
            .into_iter()
            .map(|member| (format!("{name}.{member}"), Some(member)))
            .collect(),
        None => vec![(name.to_owned(), None)],
    };
    let (mut decimals, mut may_be_empty) = (0, false);
    if let CountedWhat::Of(of) = &counted.what {
        use crate::model::facts::RecordFold::{Count, Distinct, Sum};
        let records = facts.records.get(of.records)?;
        let amount = of.fold.field().and_then(|id| records.fields.get(id.0));
        if !matches!(of.fold, Count | Distinct(_)) {
            decimals = amount.and_then(|field| field.kind.decimals()).unwrap_or(0);
        }
        may_be_empty = !matches!(of.fold, Count | Distinct(_) | Sum(_));
    }
    Some(PlannedInput {
        columns,
        counted,
        decimals,
        may_be_empty,
    })
}

/// Everything of a set of records that an input needs, through the inputs that it compares.
fn counted_ofs<'f>(facts: &'f Facts, counted: &'f Counted) -> Vec<&'f CountedOf> {
    match &counted.what {
        CountedWhat::Of(of) => vec![of],
        CountedWhat::Periods(periods) => periods_ofs(facts, periods),
    }
}

fn periods_ofs<'f>(facts: &'f Facts, periods: &'f CountedPeriods) -> Vec<&'f CountedOf> {
    let inputs = periods.inputs.iter().filter_map(|name| {
        let input = facts
            .inputs
            .iter()
            .find(|input| input.head.name() == *name)?;
        match &input.counted.as_ref()?.what {
            CountedWhat::Of(of) => Some(of),
            CountedWhat::Periods(_) => None,
        }
    });
    inputs.collect()
}

/// The day so many days after 1970-01-01.
pub(super) fn day(days: i64) -> Option<Date> {
    let start = jiff::civil::date(1970, 1, 1);
    start
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}
