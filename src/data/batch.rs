//! Rows in columns: many rows at once, each column as scaled integers.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Month;
use crate::quantity::Exact;

use super::cell::{Raw, Rule};
use super::place::{RowNumber, RowPlace};
use super::problem::Problem;
use super::reader::{Reader, Source};
use super::row::{Cell, Layout, Row};

/// The most decimals of a cell in a column of integers; a row with more of them is kept as it is.
pub(super) const MOST_PLACES: u32 = 9;

/// Scaled values are smaller than this; a row with a larger one is kept as it is.
const LARGEST: u64 = 1 << 61;

/// Powers of 10.
const POWERS: [i64; 19] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
    100_000_000_000,
    1_000_000_000_000,
    10_000_000_000_000,
    100_000_000_000_000,
    1_000_000_000_000_000,
    10_000_000_000_000_000,
    100_000_000_000_000_000,
    1_000_000_000_000_000_000,
];

/// Rows that were read together, in the order of the file.
#[derive(Debug, Default)]
pub struct Batch {
    /// What is in each place of the file: a row, or a problem.
    pub heads: Vec<Head>,
    /// By column of the schema; each has a value for each head, 0 where the head has none.
    pub columns: Vec<Cells>,
    odd: Vec<Row>,
    problems: Vec<Option<Box<Problem>>>,
}

/// What was read at one place of the file.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// The number of the account, in the order in which accounts appear; 0 without accounts.
    pub account: usize,
    /// The month.
    pub month: Month,
    /// The row in the file.
    pub place: RowNumber,
    /// How it was read.
    pub kind: Kind,
}

/// How a place of the file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All cells are in the columns.
    Columns,
    /// A cell is unreadable, or does not fit a column: [`Batch::row`] has the cells.
    Odd(usize),
    /// It is no row: [`Batch::take_problem`] says why.
    Problem(usize),
}

/// A column of a batch: values in units of `1 / 10^places`.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// How many decimals the integers have.
    pub places: u32,
    /// The scaled values; 0 where there is none.
    pub values: Vec<i64>,
    /// 1 for each cell that is missing; empty if none is.
    pub missing: Vec<u8>,
    /// The least and the greatest value of the batch.
    pub bounds: (i64, i64),
}

impl Batch {
    /// The number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The row at a place, with exact cells; nothing if there is a problem.
    #[must_use]
    pub fn row(&self, at: usize, account: Option<&Arc<str>>) -> Option<Row> {
        let head = self.heads.get(at)?;
        match head.kind {
            Kind::Problem(_) => None,
            Kind::Odd(odd) => self.odd.get(odd).cloned(),
            Kind::Columns => Some(Row {
                account: account.cloned(),
                month: head.month,
                cells: self.columns.iter().map(|cells| cells.cell(at)).collect(),
                place: RowPlace::new(head.place),
            }),
        }
    }

    /// What is wrong with the cells of a row.
    pub fn refused(&self, at: usize) -> impl Iterator<Item = &Problem> {
        let odd = self.heads.get(at).and_then(|head| match head.kind {
            Kind::Odd(odd) => self.odd.get(odd),
            Kind::Columns | Kind::Problem(_) => None,
        });
        let cells = odd.map_or([].as_slice(), |row| row.cells.as_slice());
        cells.iter().filter_map(|cell| match cell {
            Cell::Refused(problem) => Some(&**problem),
            Cell::Value(_) | Cell::Missing => None,
        })
    }

    /// The problem at a place, once.
    pub fn take_problem(&mut self, problem: usize) -> Option<Box<Problem>> {
        self.problems.get_mut(problem)?.take()
    }

    fn clear(&mut self, columns: usize) {
        self.heads.clear();
        self.odd.clear();
        self.problems.clear();
        self.columns.resize_with(columns, Cells::default);
        for column in &mut self.columns {
            column.clear();
        }
    }

    fn problem(&mut self, problem: Box<Problem>) {
        let kind = Kind::Problem(self.problems.len());
        self.problems.push(Some(problem));
        self.heads.push(Head {
            account: 0,
            month: Row::default().month,
            place: RowNumber::Row(0),
            kind,
        });
        self.pad();
    }

    fn odd(&mut self, account: usize, row: Row) {
        self.heads.push(Head {
            account,
            month: row.month,
            place: row.place.row,
            kind: Kind::Odd(self.odd.len()),
        });
        self.odd.push(row);
        self.pad();
    }

    /// A row whose cells are exact numbers already.
    fn exact(&mut self, account: usize, row: Row) {
        let at = self.heads.len();
        let cells = self.columns.iter_mut().zip(&row.cells);
        let fits = cells.fold(true, |fits, (column, cell)| fits && column.take(at, cell));
        if !fits {
            for column in &mut self.columns {
                column.values.truncate(at);
                column.missing.truncate(at);
            }
            return self.odd(account, row);
        }
        self.heads.push(Head {
            account,
            month: row.month,
            place: row.place.row,
            kind: Kind::Columns,
        });
        self.pad();
    }

    fn pad(&mut self) {
        for column in &mut self.columns {
            column.values.resize(self.heads.len(), 0);
        }
    }

    fn finish(&mut self) {
        for column in &mut self.columns {
            if !column.missing.is_empty() {
                column.missing.resize(self.heads.len(), 0);
            }
            // One pass without a branch. Places without a value count as 0, which changes little.
            let bounds = (i64::MAX, i64::MIN);
            column.bounds = column.values.iter().fold(bounds, |(least, most), value| {
                (least.min(*value), most.max(*value))
            });
        }
    }
}

impl Cells {
    fn clear(&mut self) {
        self.values.clear();
        self.missing.clear();
        self.bounds = (0, 0);
    }

    /// Adds a missing cell.
    #[inline]
    pub(super) fn miss(&mut self, at: usize) {
        self.values.push(0);
        self.missing.resize(at, 0);
        self.missing.push(1);
    }

    /// Adds `mantissa / 10^places` as the cell of that row, if it fits.
    #[inline]
    pub(super) fn push(&mut self, mantissa: i64, places: u32) -> bool {
        if places > self.places && !self.refine(places) {
            return false;
        }
        let factor = POWERS.get((self.places - places) as usize);
        match factor.and_then(|factor| mantissa.checked_mul(*factor)) {
            Some(value) if value.unsigned_abs() < LARGEST => {
                self.values.push(value);
                true
            }
            _ => false,
        }
    }

    /// Gives the column more decimals.
    #[cold]
    fn refine(&mut self, places: u32) -> bool {
        let factor = POWERS.get((places - self.places) as usize).copied();
        let Some(factor) = factor.filter(|_| places <= MOST_PLACES) else {
            return false;
        };
        let fits = |value: &i64| {
            let scaled = value.checked_mul(factor);
            scaled.is_some_and(|scaled| scaled.unsigned_abs() < LARGEST)
        };
        if !self.values.iter().all(fits) {
            return false;
        }
        for value in &mut self.values {
            *value = value.wrapping_mul(factor);
        }
        self.places = places;
        true
    }

    /// Adds an exact cell, if it fits.
    fn take(&mut self, at: usize, cell: &Cell) -> bool {
        match cell {
            Cell::Missing => {
                self.miss(at);
                true
            }
            Cell::Value(value) => self.take_exact(value),
            Cell::Refused(_) => false,
        }
    }

    /// Adds an exact number, if it fits.
    pub(super) fn take_exact(&mut self, value: &Exact) -> bool {
        let Some((numerator, denominator)) = value.to_ratio() else {
            return false;
        };
        if denominator == 1 {
            return self.push(numerator, 0);
        }
        let places = value
            .decimal_places()
            .and_then(|places| u32::try_from(places).ok());
        let Some(places) = places.filter(|places| *places <= MOST_PLACES) else {
            return false;
        };
        let scale = POWERS.get(places as usize).copied().unwrap_or(1);
        match numerator.checked_mul(scale / denominator) {
            Some(mantissa) => self.push(mantissa, places),
            None => false,
        }
    }

    /// The exact cell of a row.
    fn cell(&self, at: usize) -> Cell {
        if self.missing.get(at).is_some_and(|missing| *missing != 0) {
            return Cell::Missing;
        }
        let value = self.values.get(at).copied().unwrap_or(0);
        let scale = POWERS.get(self.places as usize).copied().unwrap_or(1);
        Exact::ratio(value, scale).map_or(Cell::Missing, Cell::Value)
    }
}

/// The rows of a data file, many at a time.
pub struct Batches<'r> {
    reader: Reader<'r>,
    /// The accounts of a file that was read as a whole, by name.
    numbers: HashMap<Arc<str>, usize>,
    names: Vec<Arc<str>>,
    row: Row,
    plain: Vec<Plain>,
}

/// A column's rule, as far as it can be checked on integers.
#[derive(Clone, Debug)]
pub(super) struct Plain {
    rule: Rule,
    /// Whether a whole number within the bounds is a value of the column.
    is_plain: bool,
    least: i64,
    most: i64,
}

/// Up to so many digits are read without a check for overflow.
const MOST_DIGITS: usize = 18;

impl Plain {
    fn new(rule: Rule) -> Self {
        let (is_plain, (least, most)) = rule.plain_bounds();
        Self {
            is_plain: is_plain && rule.takes_whole_numbers(),
            rule,
            least,
            most,
        }
    }

    /// Adds the value of a cell that is not empty to its column. False if it is not certain that this is the value, or
    /// if it does not fit there.
    #[inline]
    pub(super) fn read(&self, text: &[u8], cells: &mut Cells, row: usize) -> bool {
        if self.is_plain && text.len() <= MOST_DIGITS {
            let mut number = 0_i64;
            let mut other = false;
            for byte in text {
                let digit = byte.wrapping_sub(b'0');
                other |= digit > 9;
                number = number.wrapping_mul(10).wrapping_add(i64::from(digit));
            }
            if !other {
                return self.least <= number && number <= self.most && cells.push(number, 0);
            }
            if let Some(decimal) = self.rule.decimal(text) {
                return cells.push(decimal.mantissa, decimal.places);
            }
        }
        match self.rule.read(Raw::Text(text)) {
            Ok(Some(value)) => cells.take_exact(&value),
            Ok(None) => {
                cells.miss(row);
                true
            }
            Err(_) => false,
        }
    }
}

impl<'r> Batches<'r> {
    /// The rows that the reader still has.
    #[must_use]
    pub fn new(reader: Reader<'r>) -> Self {
        let columns = reader
            .layout()
            .schema()
            .columns
            .iter()
            .map(Rule::new)
            .map(Plain::new)
            .collect();
        Self {
            reader,
            numbers: HashMap::new(),
            names: Vec::new(),
            row: Row::default(),
            plain: columns,
        }
    }

    /// How the file is laid out.
    #[must_use]
    pub fn layout(&self) -> Arc<Layout> {
        self.reader.layout()
    }

    /// The name of an account; nothing where the data has no accounts.
    #[must_use]
    pub fn account(&self, number: usize) -> Option<&Arc<str>> {
        match &self.reader.source {
            Source::Streaming(streaming) => streaming.wide.account_name(number),
            Source::Loaded(_) => self.names.get(number),
        }
    }

    /// Reads up to so many rows and problems; false at the end of the file.
    pub fn read(&mut self, batch: &mut Batch, most: usize) -> bool {
        batch.clear(self.plain.len());
        match &mut self.reader.source {
            Source::Streaming(streaming) => {
                while batch.len() < most {
                    match streaming.read_columns(batch, &self.plain, &mut self.row) {
                        Ok(true) => {}
                        Ok(false) => break,
                        Err(problem) => batch.problem(problem),
                    }
                }
            }
            Source::Loaded(found) => {
                for found in found.by_ref().take(most) {
                    match found {
                        Err(problem) => batch.problem(problem),
                        Ok(row) => {
                            let account =
                                number(&mut self.numbers, &mut self.names, row.account.as_ref());
                            batch.exact(account, row);
                        }
                    }
                }
            }
        }
        batch.finish();
        !batch.is_empty()
    }
}

/// The number of an account.
fn number(
    numbers: &mut HashMap<Arc<str>, usize>,
    names: &mut Vec<Arc<str>>,
    account: Option<&Arc<str>>,
) -> usize {
    let Some(account) = account else {
        return 0;
    };
    // Rows of one account follow each other.
    if let Some(last) = names.last()
        && last == account
    {
        return names.len() - 1;
    }
    if let Some(known) = numbers.get(account) {
        return *known;
    }
    numbers.insert(Arc::clone(account), names.len());
    names.push(Arc::clone(account));
    names.len() - 1
}

impl Batch {
    /// Adds a row whose cells are all in the columns.
    #[inline]
    pub(super) fn push(&mut self, account: usize, month: Month, place: RowNumber) {
        self.heads.push(Head {
            account,
            month,
            place,
            kind: Kind::Columns,
        });
    }

    /// Takes back what was added of a row that is not finished.
    pub(super) fn take_back(&mut self) {
        let length = self.heads.len();
        for column in &mut self.columns {
            column.values.truncate(length);
            column.missing.truncate(length);
        }
    }

    /// Adds a row as it was read, which does not fit the columns.
    pub(super) fn push_odd(&mut self, account: usize, row: Row) {
        self.odd(account, row);
    }
}
