//! A program's months as one list of operations without a calendar and without a past: earlier months are either written
//! out, or stand for anything that they can have left behind.

use std::collections::HashMap;

use crate::calendar::Month;
use crate::program::{
    Cause, Comparison, EveryMonth, Fold, NodeId, Op, Program, SeriesId, SlotId, WindowMonths,
};
use crate::quantity::Exact;

use super::past::Past;
use super::range::Range;
use super::space::Space;

/// What a figure of a month is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// A column of the data.
    Column(SlotId),
    /// A quotient that stands for a column.
    Ratio(NodeId),
    /// What a series had in the month before.
    Before(SeriesId),
    /// Whether it had anything.
    Has(SeriesId),
    /// What a series comes to over earlier months.
    Over(SeriesId, u8, WindowMonths),
    /// Whether there is a month before.
    Begun,
}

/// What a window makes of its months, in [`Source::Over`]: their sum.
pub(super) const SUM: u8 = 0;

/// Whether any of its months has a value.
const KNOWN: u8 = 5;

/// A figure that the search varies.
#[derive(Clone, Debug)]
pub struct Variable {
    /// What it is.
    pub source: Source,
    /// In which month, counted from 0.
    pub month: usize,
    /// Of which of several copies of the month.
    pub copy: u8,
    /// What it can be.
    pub range: Range,
    /// The distance between two values next to each other.
    pub step: Option<Exact>,
}

/// Where a program's nodes are in a sheet, for one month.
pub type Placed = Vec<Option<NodeId>>;

/// Operations that are being written.
pub struct Sheet<'p> {
    pub(super) program: &'p Program,
    pub(super) space: &'p Space,
    /// The operations, each after those that it uses.
    pub ops: Vec<Op>,
    /// The figures that they read: `Op::Input` names them by position.
    pub variables: Vec<Variable>,
    known: HashMap<Op, NodeId>,
    index: HashMap<(Source, usize, u8), NodeId>,
}

/// A month to write.
pub struct MonthOf<'m> {
    /// The calendar month.
    pub month: Month,
    /// Its position among the months of the sheet.
    pub at: usize,
    /// Which copy: figures of different copies vary on their own, if they are among `own`.
    pub copy: u8,
    /// The figures that this copy has for itself; all others are those of copy 0.
    pub own: &'m [Source],
    /// What stands in place of some figures.
    pub replaced: &'m [(Source, NodeId)],
    /// The earlier months.
    pub past: Past<'m>,
}

impl<'p> Sheet<'p> {
    /// An empty sheet.
    #[must_use]
    pub fn new(program: &'p Program, space: &'p Space) -> Self {
        Self {
            program,
            space,
            ops: Vec::new(),
            variables: Vec::new(),
            known: HashMap::new(),
            index: HashMap::new(),
        }
    }

    /// Writes an operation, or finds it if it is there.
    pub fn put(&mut self, op: Op) -> NodeId {
        if let Some(known) = self.known.get(&op) {
            return *known;
        }
        let id = NodeId(u32::try_from(self.ops.len()).unwrap_or(u32::MAX));
        self.ops.push(op.clone());
        self.known.insert(op, id);
        id
    }

    /// A number.
    pub fn number(&mut self, value: Exact) -> NodeId {
        self.put(Op::Constant(value))
    }

    /// A whole number.
    pub fn whole(&mut self, value: i64) -> NodeId {
        self.number(Exact::from_integer(value))
    }

    /// The difference of two values.
    pub fn less(&mut self, a: NodeId, b: NodeId) -> NodeId {
        self.put(Op::Subtract(a, b))
    }

    /// The sum of values.
    pub fn sum(&mut self, all: Vec<NodeId>) -> NodeId {
        self.put(Op::Sum(all.into()))
    }

    /// The figure, which becomes one that the search varies.
    pub fn figure(
        &mut self,
        source: Source,
        month: usize,
        copy: u8,
        range: Range,
        step: Option<Exact>,
    ) -> NodeId {
        if let Some(known) = self.index.get(&(source, month, copy)) {
            return *known;
        }
        let slot = SlotId(u32::try_from(self.variables.len()).unwrap_or(u32::MAX));
        self.variables.push(Variable {
            source,
            month,
            copy,
            range,
            step,
        });
        let id = self.put(Op::Input(slot));
        self.index.insert((source, month, copy), id);
        id
    }

    /// The place of a figure, if it is read.
    #[must_use]
    pub fn figure_at(&self, source: Source, month: usize, copy: u8) -> Option<NodeId> {
        self.index.get(&(source, month, copy)).copied()
    }

    /// The position of a figure among the variables, if it is read.
    #[must_use]
    pub fn position(&self, source: Source, month: usize, copy: u8) -> Option<usize> {
        let id = self.index.get(&(source, month, copy))?;
        match self.ops.get(id.0 as usize) {
            Some(Op::Input(slot)) => Some(slot.0 as usize),
            _ => None,
        }
    }

    /// Writes a month: everything that the roots need in it, and what later months need of it.
    pub fn month(&mut self, needed: &[bool], of: &MonthOf<'_>) -> Placed {
        let program = self.program;
        let mut placed: Placed = vec![None; program.nodes.len()];
        for (at, node) in program.nodes.iter().enumerate() {
            if needed.get(at).copied().unwrap_or(false) {
                let Ok(place) = u32::try_from(at) else {
                    break;
                };
                let id = self.operation(NodeId(place), &node.op, &placed, of);
                if let Some(slot) = placed.get_mut(at) {
                    *slot = Some(id);
                }
            }
        }
        placed
    }

    fn operation(&mut self, id: NodeId, op: &Op, placed: &Placed, of: &MonthOf<'_>) -> NodeId {
        let missing = NodeId(u32::MAX);
        let place = |id: NodeId| {
            placed
                .get(id.0 as usize)
                .copied()
                .flatten()
                .unwrap_or(missing)
        };
        let month = of.month;
        let flag = |holds: bool| Op::Constant(Exact::from_integer(i64::from(holds)));
        match op {
            Op::Input(slot) => self.source(Source::Column(*slot), of),
            Op::Divide(_, below) if self.space.ratios.contains_key(&id) => {
                let quotient = self.source(Source::Ratio(id), of);
                let zero = self.whole(0);
                let counts = self.put(Op::Compare(Comparison::IsNot, place(*below), zero));
                self.put(Op::Divide(quotient, counts))
            }
            Op::Sum(all) if all.len() == 1 => all.first().map_or(missing, |one| place(*one)),
            // Each figure is reported: that is an assumption of every verdict.
            Op::Recover(a, Cause::Missing, _) => place(*a),
            Op::Month => self.whole(i64::from(month.index())),
            Op::MonthOfTerm => {
                let first = self.first_month(month);
                self.whole(i64::from(month.since(first)) + 1)
            }
            Op::MonthOfYear => self.whole(i64::from(month.number())),
            Op::DaysInMonth => self.whole(i64::from(month.days())),
            Op::Ends(every) => {
                let ends = self.ends(*every, month);
                self.put(flag(ends))
            }
            Op::Previous(series, first) => {
                let first = first.map(place);
                self.previous(*series, first, of)
            }
            Op::Window(series, fold, months) => {
                self.window(id, *series, *fold, *months, placed, of)
            }
            Op::MonthsIn(series, months) => self.months_in(id, *series, *months, placed, of),
            other => self.put(other.mapped(place, |series| series)),
        }
    }

    /// A figure of the month.
    fn source(&mut self, source: Source, of: &MonthOf<'_>) -> NodeId {
        if let Some((_, node)) = of.replaced.iter().find(|(own, _)| *own == source) {
            return *node;
        }
        let copy = if of.own.contains(&source) { of.copy } else { 0 };
        let (range, step) = match source {
            Source::Column(slot) => match self.space.columns.get(slot.0 as usize) {
                Some(column) => (column.range.clone(), column.step.clone()),
                None => (Range::ALL, None),
            },
            Source::Ratio(node) => match self.space.ratios.get(&node) {
                Some(ratio) => (ratio.range.clone(), None),
                None => (Range::ALL, None),
            },
            _ => (Range::unit(), Some(Exact::one())),
        };
        self.figure(source, of.at, copy, range, step)
    }

    fn first_month(&self, month: Month) -> Month {
        self.program
            .plan
            .term
            .map_or(month, |term| Month::of(term.first))
    }

    fn ends(&self, every: EveryMonth, month: Month) -> bool {
        let term = self.program.plan.term;
        let next = month.plus(1);
        let last = term.is_some_and(|term| Month::of(term.last) == month);
        let start_of_next = match every {
            EveryMonth::TermEnd => return last,
            EveryMonth::QuarterEnd => next.quarter_start(),
            EveryMonth::CalendarYearEnd => next.year_start(),
            EveryMonth::ContractYearEnd => {
                term.map_or(next.year_start(), |term| term.contract_year_start(next))
            }
        };
        start_of_next == next || last
    }

    /// The months of a window as steps back: from the newest to the oldest.
    fn reach(&self, months: WindowMonths, month: Month) -> (usize, usize) {
        let since = |start: Month| usize::try_from(month.since(start)).unwrap_or(0);
        let term = self.program.plan.term;
        let year = || term.map_or(month.year_start(), |term| term.contract_year_start(month));
        let begin = || self.first_month(month);
        match months {
            WindowMonths::Last(count) => (0, (count as usize).saturating_sub(1)),
            WindowMonths::Previous(count) => (1, count as usize),
            WindowMonths::ContractYear => (0, since(year())),
            WindowMonths::ContractYearBefore => (1, since(year())),
            WindowMonths::CalendarYear => (0, since(month.year_start())),
            WindowMonths::CalendarYearBefore => (1, since(month.year_start())),
            WindowMonths::CalendarQuarter => (0, since(month.quarter_start())),
            WindowMonths::CalendarQuarterBefore => (1, since(month.quarter_start())),
            WindowMonths::Term => (0, since(begin())),
            WindowMonths::TermBefore => (1, since(begin())),
        }
    }

    fn series_node(&self, series: SeriesId) -> Option<NodeId> {
        self.program.series.get(series.0 as usize).copied()
    }

    fn previous(&mut self, series: SeriesId, first: Option<NodeId>, of: &MonthOf<'_>) -> NodeId {
        match &of.past {
            Past::Written(months) => {
                let node = self.series_node(series);
                let last = months
                    .last()
                    .and_then(|last| last.get(node?.0 as usize).copied().flatten());
                match (last, first) {
                    (Some(value), _) => value,
                    (None, Some(first)) if months.is_empty() => first,
                    (None, _) => self.put(Op::ByAgreement),
                }
            }
            Past::Any(left) => {
                let before = self.figure(Source::Before(series), of.at, 0, left.of(series), None);
                let before = if left.may_be_absent(series) {
                    let has = self.figure(
                        Source::Has(series),
                        of.at,
                        0,
                        Range::unit(),
                        Some(Exact::one()),
                    );
                    let none = self.put(Op::NoValue);
                    self.put(Op::If(has, before, none))
                } else {
                    before
                };
                let begun = self.figure(
                    Source::Begun,
                    of.at,
                    0,
                    left.begun.clone(),
                    Some(Exact::one()),
                );
                let first = match first {
                    Some(first) => first,
                    None => self.put(Op::ByAgreement),
                };
                self.put(Op::If(begun, before, first))
            }
        }
    }

    /// The values of a series in the months of a window that are written out, the newest first.
    fn written(
        &self,
        reader: NodeId,
        series: SeriesId,
        months: WindowMonths,
        (placed, of): (&Placed, &MonthOf<'_>),
    ) -> Vec<NodeId> {
        let (newest, oldest) = self.reach(months, of.month);
        let Some(node) = self.series_node(series) else {
            return Vec::new();
        };
        let own = (newest == 0 && node < reader)
            .then(|| placed.get(node.0 as usize).copied().flatten())
            .flatten();
        let mut found: Vec<NodeId> = own.into_iter().collect();
        if let Past::Written(past) = &of.past {
            let count = oldest.saturating_sub(newest.max(1)) + 1;
            let skip = newest.max(1) - 1;
            let earlier = past
                .iter()
                .rev()
                .skip(skip)
                .take(if oldest == 0 { 0 } else { count });
            found.extend(earlier.filter_map(|month| month.get(node.0 as usize).copied().flatten()));
        }
        found
    }

    fn window(
        &mut self,
        reader: NodeId,
        series: SeriesId,
        fold: Fold,
        months: WindowMonths,
        placed: &Placed,
        of: &MonthOf<'_>,
    ) -> NodeId {
        let written = self.written(reader, series, months, (placed, of));
        if let Past::Any(left) = &of.past {
            let kind = match fold {
                Fold::Sum => SUM,
                Fold::Average => 1,
                Fold::Least => 2,
                Fold::Greatest => 3,
            };
            let range = if fold == Fold::Sum {
                left.sum(series, months, self.program.plan.term)
            } else {
                left.of(series)
            };
            let source = Source::Over(series, kind, months);
            let over = self.figure(source, of.at, 0, range, None);
            if fold != Fold::Sum {
                return self.of_any_months(over, series, months, &written, of);
            }
            let zero = self.whole(0);
            let own: Vec<NodeId> = written
                .into_iter()
                .map(|one| self.put(Op::IfKnown(one, zero)))
                .collect();
            let begun = self.figure(
                Source::Begun,
                of.at,
                0,
                left.begun.clone(),
                Some(Exact::one()),
            );
            let over = self.put(Op::If(begun, over, zero));
            return self.sum(own.into_iter().chain([over]).collect());
        }
        let zero = self.whole(0);
        if fold == Fold::Sum || fold == Fold::Average {
            let known: Vec<NodeId> = written
                .iter()
                .map(|one| self.put(Op::IfKnown(*one, zero)))
                .collect();
            let sum = self.sum(known);
            if fold == Fold::Sum {
                return sum;
            }
            let count: Vec<NodeId> = written
                .iter()
                .map(|one| self.put(Op::IsKnown(*one)))
                .collect();
            let count = self.sum(count);
            return self.put(Op::Divide(sum, count));
        }
        match (written.as_slice(), fold) {
            ([], _) => self.put(Op::ByAgreement),
            ([only], _) => *only,
            (_, Fold::Least) if !self.has_gaps() => self.put(Op::Min(written.into())),
            (_, _) if !self.has_gaps() => self.put(Op::Max(written.into())),
            // A month without a value is left out of the least of several, which no operation says.
            _ => self.put(Op::Broken),
        }
    }

    /// An average, least or greatest value of any earlier months; without any, that of this month, and without it none.
    fn of_any_months(
        &mut self,
        over: NodeId,
        series: SeriesId,
        months: WindowMonths,
        written: &[NodeId],
        of: &MonthOf<'_>,
    ) -> NodeId {
        let Past::Any(left) = &of.past else {
            return over;
        };
        let alone = match written.first() {
            Some(own) => *own,
            None => self.put(Op::ByAgreement),
        };
        let begun = self.figure(
            Source::Begun,
            of.at,
            0,
            left.begun.clone(),
            Some(Exact::one()),
        );
        let one = Some(Exact::one());
        let has = if left.may_be_absent(series) {
            let has = self.figure(
                Source::Over(series, KNOWN, months),
                of.at,
                0,
                Range::unit(),
                one,
            );
            self.put(Op::And(Box::new([begun, has])))
        } else {
            begun
        };
        self.put(Op::If(has, over, alone))
    }

    fn has_gaps(&self) -> bool {
        self.program.nodes.iter().any(|node| node.op == Op::NoValue)
    }

    fn months_in(
        &mut self,
        reader: NodeId,
        series: SeriesId,
        months: WindowMonths,
        placed: &Placed,
        of: &MonthOf<'_>,
    ) -> NodeId {
        let written = self.written(reader, series, months, (placed, of));
        let mut count: Vec<NodeId> = written
            .iter()
            .map(|one| self.put(Op::IsKnown(*one)))
            .collect();
        if let Past::Any(left) = &of.past {
            let most = left.months(months, self.program.plan.term);
            let range = Range::new(Exact::zero(), Exact::from_integer(most));
            let source = Source::Over(series, 4, months);
            count.push(self.figure(source, of.at, 0, range, Some(Exact::one())));
        }
        self.sum(count)
    }
}

/// Which of a program's nodes these are made of, in the month or an earlier one.
#[must_use]
pub fn needed(program: &Program, roots: &[NodeId]) -> Vec<bool> {
    let mut needed = vec![false; program.nodes.len()];
    let mut open = roots.to_vec();
    while let Some(id) = open.pop() {
        let Some(seen) = needed.get_mut(id.0 as usize) else {
            continue;
        };
        if std::mem::replace(seen, true) {
            continue;
        }
        let Some(node) = program.node(id) else {
            continue;
        };
        node.op.each_use(|used| open.push(used));
        if let Some(series) = node.op.series() {
            open.extend(program.series.get(series.0 as usize));
        }
    }
    needed
}
