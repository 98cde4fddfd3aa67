//! One step of a calculation as the formula of a cell.

use crate::calendar::Month;
use crate::program::{
    Band, Cause, Comparison, EveryMonth, Fold, NodeId, Op, Program, SeriesId, SlotId, WindowMonths,
};
use crate::quantity::{Exact, Rounding, RoundingMode};

/// The first column of steps, and of data: account and month come before.
pub(super) const FIRST_COLUMN: usize = 2;

/// What cannot be invoiced for another reason than those that contracts speak of.
const BROKEN: &str = "#REF!";
const MISSING: &str = "#NUM!";
const NO_HISTORY: &str = "#VALUE!";

/// How many digits beyond a rounding are looked at. Digits after these are noise of the float, and would turn an exact half
/// into less than a half.
const BEYOND: usize = 6;

/// Where a formula is: a version's sheet, and a row in it.
pub(super) struct Place<'p> {
    pub(super) program: &'p Program,
    /// The row in the workbook, from 1.
    pub(super) row: usize,
    pub(super) month: Month,
    /// How many months back each series can be read.
    pub(super) depths: &'p [usize],
    /// The column of the data that each slot is, from 0; nothing if the data has none.
    pub(super) slots: &'p [Option<usize>],
    /// Whether any value of the contract can be absent.
    pub(super) may_be_absent: bool,
}

/// The letters of a column, counted from 0.
pub(super) fn letters(column: usize) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    letters.into_iter().rev().collect()
}

/// The cell of a step in a row, without its sheet.
pub(super) fn cell(node: NodeId, row: usize) -> String {
    format!("{}{row}", letters(node.0 as usize + FIRST_COLUMN))
}

/// A number as a formula has it; in brackets where a sign or a fraction would be read otherwise.
pub(super) fn number(value: &Exact) -> String {
    let text = value.to_string();
    if text.contains('/') || text.starts_with('-') {
        format!("({text})")
    } else {
        text
    }
}

impl Place<'_> {
    fn at(&self, node: NodeId) -> String {
        cell(node, self.row)
    }

    fn list(&self, nodes: &[NodeId]) -> String {
        let cells: Vec<String> = nodes.iter().map(|node| self.at(*node)).collect();
        cells.join(",")
    }

    fn joined(&self, nodes: &[NodeId]) -> String {
        if nodes.is_empty() {
            return "0".to_owned();
        }
        let cells: Vec<String> = nodes.iter().map(|node| self.at(*node)).collect();
        cells.join("+")
    }

    /// The formula of a step, without its `=`.
    pub(super) fn formula(&self, node: NodeId, op: &Op) -> String {
        match op {
            Op::Constant(value) => number(value),
            Op::Input(slot) => self.input(*slot),
            Op::Sum(all) => self.joined(all),
            Op::Subtract(a, b) => format!("{}-{}", self.at(*a), self.at(*b)),
            Op::Multiply(a, b) => format!("{}*{}", self.at(*a), self.at(*b)),
            Op::Divide(a, b) => format!("{}/{}", self.at(*a), self.at(*b)),
            Op::Negate(a) => format!("-{}", self.at(*a)),
            Op::Abs(a) => format!("ABS({})", self.at(*a)),
            Op::Min(all) => format!("MIN({})", self.list(all)),
            Op::Max(all) => format!("MAX({})", self.list(all)),
            Op::Compare(comparison, a, b) => {
                let sign = sign(*comparison);
                format!("IF({}{sign}{},1,0)", self.at(*a), self.at(*b))
            }
            Op::And(all) => self.connected(all, "1", |at, rest| format!("IF({at}=0,0,{rest})")),
            Op::Or(all) => self.connected(all, "0", |at, rest| format!("IF({at}=0,{rest},1)")),
            Op::Not(a) => format!("IF({}=0,1,0)", self.at(*a)),
            Op::If(condition, then, otherwise) => self.choice(*condition, *then, *otherwise),
            Op::Bands(subject, bands, no_value) => self.bands(*subject, bands, *no_value),
            Op::Round(a, rounding) => rounded(&self.at(*a), rounding),
            Op::Floor(a) => whole(&self.at(*a)),
            Op::Ceiling(a) => format!("-{}", whole(&format!("-{}", self.at(*a)))),
            Op::Share {
                parts,
                total,
                step,
                index,
            } => self.share(parts, *total, step, *index as usize),
            Op::Previous(series, first) => self.previous(*series, *first),
            Op::Window(series, fold, months) => self.window(node, *series, *fold, *months),
            Op::MonthsIn(series, months) => match self.range(node, *series, *months, 0) {
                Some(range) => format!("COUNT({range})"),
                None => "0".to_owned(),
            },
            Op::Recover(a, cause, b) => self.recovered(*a, *cause, *b),
            Op::NoValue => "#N/A".to_owned(),
            Op::IfKnown(a, b) => {
                let (a, b) = (self.at(*a), self.at(*b));
                format!("IF(ISNA({a}),{b},{a})")
            }
            Op::IsKnown(a) => {
                let a = self.at(*a);
                format!("IF(ISNA({a}),0,IF(ISERR({a}),{a},1))")
            }
            Op::InRange(a, ends) => self.in_range(*a, ends),
            Op::ByAgreement | Op::Broken | Op::NoInvoice(_) => BROKEN.to_owned(),
            Op::Month => self.month.index().to_string(),
            Op::MonthOfTerm => self.month_of_term().to_string(),
            Op::MonthOfYear => self.month.number().to_string(),
            Op::DaysInMonth => self.month.days().to_string(),
            Op::Ends(every) => u8::from(self.ends(*every)).to_string(),
        }
    }

    fn input(&self, slot: SlotId) -> String {
        let column = self.slots.get(slot.0 as usize).copied().flatten();
        let Some(column) = column else {
            return MISSING.to_owned();
        };
        let at = format!("Data!{}{}", letters(column + FIRST_COLUMN), self.row);
        format!("IF(ISNUMBER({at}),{at},IF(ISBLANK({at}),{MISSING},{BROKEN}))")
    }

    fn connected(&self, all: &[NodeId], end: &str, join: impl Fn(&str, &str) -> String) -> String {
        let each = all.iter().rev();
        each.fold(end.to_owned(), |rest, node| join(&self.at(*node), &rest))
    }

    fn choice(&self, condition: NodeId, then: NodeId, otherwise: NodeId) -> String {
        let condition = self.at(condition);
        let choice = format!("IF({condition}=0,{},{})", self.at(otherwise), self.at(then));
        if self.may_be_absent {
            format!("IF(ISNA({condition}),{BROKEN},{choice})")
        } else {
            choice
        }
    }

    fn bands(&self, subject: NodeId, bands: &[Band], no_value: Option<NodeId>) -> String {
        let at = self.at(subject);
        let body = bands.iter().rev().fold(BROKEN.to_owned(), |rest, band| {
            let mut tests = Vec::new();
            if let Some((low, included)) = &band.low {
                let equal = if *included { "=" } else { "" };
                tests.push(format!("{at}>{equal}{}", number(low)));
            }
            if let Some((high, included)) = &band.high {
                let equal = if *included { "=" } else { "" };
                tests.push(format!("{at}<{equal}{}", number(high)));
            }
            let value = self.at(band.value);
            match tests.as_slice() {
                [] => format!("IF(ISNUMBER({at}),{value},{at})"),
                [one] => format!("IF({one},{value},{rest})"),
                several => format!("IF(AND({}),{value},{rest})", several.join(",")),
            }
        });
        match no_value {
            Some(node) => format!("IF(ISNA({at}),{},{body})", self.at(node)),
            None if self.may_be_absent => format!("IF(ISNA({at}),{BROKEN},{body})"),
            None => body,
        }
    }

    /// Each part is cut down to a multiple of the step, and the steps that are left over go to the parts that lost most.
    fn share(&self, parts: &[NodeId], total: NodeId, step: &Exact, index: usize) -> String {
        let step = number(step);
        let cut = |node: &NodeId| {
            let at = self.at(*node);
            format!("{}*{step}", whole(&format!("{at}/{step}")))
        };
        let lost = |node: &NodeId| format!("({}-{})", self.at(*node), cut(node));
        let Some(own) = parts.get(index) else {
            return BROKEN.to_owned();
        };
        let cuts: Vec<String> = parts.iter().map(cut).collect();
        let left = format!("ROUND(({}-({}))/{step},0)", self.at(total), cuts.join("+"));
        let others = parts.iter().enumerate().filter(|(at, _)| *at != index);
        let before: Vec<String> = others
            .map(|(at, other)| {
                let (sign, tolerance) = if at < index { (">=", "-") } else { (">", "+") };
                format!(
                    "IF({}{sign}{}{tolerance}0.000000001,1,0)",
                    lost(other),
                    lost(own)
                )
            })
            .collect();
        let before = if before.is_empty() {
            "0".to_owned()
        } else {
            before.join("+")
        };
        format!("{}+IF({before}<{left},{step},0)", cut(own))
    }

    fn depth(&self, series: SeriesId) -> usize {
        self.depths.get(series.0 as usize).copied().unwrap_or(0)
    }

    fn previous(&self, series: SeriesId, first: Option<NodeId>) -> String {
        let node = self.program.series.get(series.0 as usize);
        match (node.filter(|_| self.depth(series) > 0), first) {
            (Some(node), _) => {
                let before = cell(*node, self.row - 1);
                format!("IF(ISERR({before}),{BROKEN},{before})")
            }
            (None, Some(first)) => self.at(first),
            (None, None) => NO_HISTORY.to_owned(),
        }
    }

    /// The rows of a window, counted back from this one: from the newest to the oldest.
    fn rows(
        &self,
        reader: NodeId,
        series: SeriesId,
        months: WindowMonths,
    ) -> Option<(NodeId, usize, usize)> {
        let node = *self.program.series.get(series.0 as usize)?;
        let (newest, oldest) = self.reach(months);
        let newest = if newest == 0 && node >= reader {
            1
        } else {
            newest
        };
        let oldest = oldest.min(self.depth(series));
        (newest <= oldest).then_some((node, newest, oldest))
    }

    /// The cells of a window that are at least so many months back.
    fn range(
        &self,
        reader: NodeId,
        series: SeriesId,
        months: WindowMonths,
        from: usize,
    ) -> Option<String> {
        let (node, newest, oldest) = self.rows(reader, series, months)?;
        let newest = newest.max(from);
        (newest <= oldest).then(|| {
            let (first, last) = (cell(node, self.row - oldest), cell(node, self.row - newest));
            format!("{first}:{last}")
        })
    }

    fn window(&self, node: NodeId, series: SeriesId, fold: Fold, months: WindowMonths) -> String {
        let Some((of, newest, oldest)) = self.rows(node, series, months) else {
            return match fold {
                Fold::Sum => "0".to_owned(),
                Fold::Average | Fold::Least | Fold::Greatest => NO_HISTORY.to_owned(),
            };
        };
        let range = format!(
            "{}:{}",
            cell(of, self.row - oldest),
            cell(of, self.row - newest)
        );
        let count = format!("COUNT({range})");
        let folded = match (fold, self.may_be_absent) {
            (Fold::Sum | Fold::Average, false) => format!("SUM({range})"),
            (Fold::Least, false) => format!("MIN({range})"),
            (Fold::Greatest, false) => format!("MAX({range})"),
            // Absent months are passed over, and months that failed are not.
            (fold, true) => {
                let (name, passed) = match fold {
                    Fold::Sum | Fold::Average => ("SUM", "0"),
                    Fold::Least => ("MIN", "9E+307"),
                    Fold::Greatest => ("MAX", "(-9E+307)"),
                };
                let each = (newest..=oldest).rev().map(|back| {
                    let at = cell(of, self.row - back);
                    format!("IF(ISNA({at}),{passed},{at})")
                });
                format!("{name}({})", each.collect::<Vec<_>>().join(","))
            }
        };
        // What failed in an earlier month is another reason than what fails in this one.
        let folded = if newest > 0 {
            format!("IFERROR({folded},{BROKEN})")
        } else {
            folded
        };
        match fold {
            Fold::Sum => folded,
            Fold::Average => format!("IF({count}=0,{NO_HISTORY},{folded}/{count})"),
            Fold::Least | Fold::Greatest => format!("IF({count}=0,{NO_HISTORY},{folded})"),
        }
    }

    fn recovered(&self, a: NodeId, cause: Cause, b: NodeId) -> String {
        let (a, b) = (self.at(a), self.at(b));
        let kind = match cause {
            Cause::Any => return format!("IF(ISERR({a}),{b},{a})"),
            Cause::Missing => 6,
            Cause::ZeroDenominator => 2,
            Cause::NoHistory => 3,
        };
        format!("IF(ISERR({a}),IF(ERROR.TYPE({a})={kind},{b},{a}),{a})")
    }

    fn in_range(&self, a: NodeId, ends: &(Option<Exact>, Option<Exact>)) -> String {
        let at = self.at(a);
        let below = ends
            .0
            .as_ref()
            .map(|least| format!("{at}<{}", number(least)));
        let above = ends.1.as_ref().map(|most| format!("{at}>{}", number(most)));
        let tests: Vec<String> = below.into_iter().chain(above).collect();
        if tests.is_empty() {
            at
        } else {
            format!("IF(OR({}),{BROKEN},{at})", tests.join(","))
        }
    }

    /// The months of a window as steps back, as the evaluator counts them.
    fn reach(&self, months: WindowMonths) -> (usize, usize) {
        let since = |start: Month| usize::try_from(self.month.since(start)).unwrap_or(0);
        let of_term = usize::try_from(self.month_of_term() - 1).unwrap_or(0);
        match months {
            WindowMonths::Last(count) => (0, (count as usize).saturating_sub(1)),
            WindowMonths::Previous(count) => (1, count as usize),
            WindowMonths::ContractYear => (0, since(self.contract_year_start(self.month))),
            WindowMonths::ContractYearBefore => (1, since(self.contract_year_start(self.month))),
            WindowMonths::CalendarYear => (0, since(self.month.year_start())),
            WindowMonths::CalendarYearBefore => (1, since(self.month.year_start())),
            WindowMonths::CalendarQuarter => (0, since(self.month.quarter_start())),
            WindowMonths::CalendarQuarterBefore => (1, since(self.month.quarter_start())),
            WindowMonths::Term => (0, of_term),
            WindowMonths::TermBefore => (1, of_term),
        }
    }

    fn contract_year_start(&self, month: Month) -> Month {
        let term = self.program.plan.term;
        term.map_or(month.year_start(), |term| term.contract_year_start(month))
    }

    fn month_of_term(&self) -> i64 {
        let term = self.program.plan.term;
        let first = term.map_or(self.month, |term| Month::of(term.first));
        i64::from(self.month.since(first)) + 1
    }

    fn ends(&self, every: EveryMonth) -> bool {
        let next = self.month.plus(1);
        let term = self.program.plan.term;
        let last = term.is_some_and(|term| Month::of(term.last) == self.month);
        let start = match every {
            EveryMonth::TermEnd => return last,
            EveryMonth::QuarterEnd => next.quarter_start(),
            EveryMonth::CalendarYearEnd => next.year_start(),
            EveryMonth::ContractYearEnd => self.contract_year_start(next),
        };
        start == next || last
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Below => "<",
        Comparison::AtMost => "<=",
        Comparison::Above => ">",
        Comparison::AtLeast => ">=",
        Comparison::Is => "=",
        Comparison::IsNot => "<>",
    }
}

/// The largest whole number not above a value, without the noise of the float.
fn whole(value: &str) -> String {
    format!("INT(ROUND({value},9))")
}

fn rounded(value: &str, rounding: &Rounding) -> String {
    let Some(places) = rounding.step.decimal_places() else {
        return steps(value, rounding);
    };
    let ten = Exact::parse_decimal(&format!("{}1", decimal_start(places)));
    if ten.as_ref() != Ok(&rounding.step) {
        return steps(value, rounding);
    }
    let near = format!("ROUND({value},{})", places + BEYOND);
    match rounding.mode {
        RoundingMode::HalfUp => format!("ROUND({near},{places})"),
        RoundingMode::Up => format!("ROUNDUP({near},{places})"),
        RoundingMode::Down => format!("ROUNDDOWN({near},{places})"),
        RoundingMode::HalfEven | RoundingMode::Floor | RoundingMode::Ceiling => {
            steps(value, rounding)
        }
    }
}

/// What `1` is appended to for the smallest step of so many decimals.
fn decimal_start(places: usize) -> String {
    match places {
        0 => String::new(),
        many => format!("0.{}", "0".repeat(many - 1)),
    }
}

/// A rounding as a count of steps.
fn steps(value: &str, rounding: &Rounding) -> String {
    let step = number(&rounding.step);
    let count = format!("ROUND({value}/{step},{BEYOND})");
    let counted = match rounding.mode {
        RoundingMode::HalfUp => format!("ROUND({count},0)"),
        RoundingMode::Up => format!("ROUNDUP({count},0)"),
        RoundingMode::Down => format!("ROUNDDOWN({count},0)"),
        RoundingMode::Floor => format!("INT({count})"),
        RoundingMode::Ceiling => format!("-INT(-{count})"),
        RoundingMode::HalfEven => {
            format!("IF(ABS({count}-TRUNC({count}))=0.5,2*ROUND({count}/2,0),ROUND({count},0))")
        }
    };
    format!("({counted})*{step}")
}
