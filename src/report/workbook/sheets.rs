//! The sheets of the workbook.
#![allow(
    clippy::disallowed_types,
    reason = "the cells of a workbook are floats, and the exact amounts are beside them"
)]

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError,
};

use crate::calendar::Month;
use crate::data::{Cell as DataCell, Row};
use crate::evaluate::{Cell, Evaluator, Memory, Source, Value, Versions};
use crate::program::{LinePlan, NodeId, Op, Program};
use crate::quantity::{Exact, Type};

use super::formula::{FIRST_COLUMN, Place, cell, letters};
use super::{Calculation, Refused};

const MOST_COLUMNS: usize = 16_384;
const MOST_ROWS: usize = 1_048_576;
const MOST_FORMULA: usize = 8_192;

/// The bytes of the workbook; the same calculation gives the same bytes.
///
/// # Errors
/// Why there is none: a sheet or a cell would be too large.
pub fn write(calculation: &Calculation<'_>) -> Result<Vec<u8>, Refused> {
    let rows = contiguous(calculation);
    let widest = calculation
        .versions
        .iter()
        .map(|(_, _, program)| program.nodes.len());
    let widest = widest
        .max()
        .unwrap_or(0)
        .max(calculation.schema.columns.len());
    if widest + FIRST_COLUMN > MOST_COLUMNS {
        return Err(Refused::TooManySteps(widest));
    }
    let lines = calculation
        .versions
        .iter()
        .map(|(_, _, program)| program.plan.lines.len() + 2);
    let height = rows.len().saturating_mul(lines.max().unwrap_or(1)) + 1;
    if height > MOST_ROWS {
        return Err(Refused::TooManyRows(height));
    }
    let mut workbook = Workbook::new();
    let book = Book::new(calculation);
    book.write(&mut workbook, &rows)?;
    workbook.save_to_buffer().map_err(failed)
}

fn failed(error: XlsxError) -> Refused {
    Refused::Other(format!("the workbook cannot be written: {error}"))
}

/// A month of an account, with its data if there is any.
struct MonthRow<'r> {
    account: Option<&'r str>,
    month: Month,
    row: Option<&'r Row>,
    /// Whether it is the account's first.
    is_first: bool,
}

/// All months of all accounts; months between that the data does not have are rows without cells.
fn contiguous<'r>(calculation: &Calculation<'r>) -> Vec<MonthRow<'r>> {
    let mut all = Vec::new();
    for rows in &calculation.accounts {
        let mut last: Option<Month> = None;
        for row in *rows {
            let account = row.account.as_deref();
            let gap = last.map_or(0, |last| row.month.since(last).clamp(1, 2400) - 1);
            for before in (1..=gap).rev() {
                all.push(MonthRow {
                    account,
                    month: row.month.plus(-before),
                    row: None,
                    is_first: false,
                });
            }
            all.push(MonthRow {
                account,
                month: row.month,
                row: Some(row),
                is_first: last.is_none(),
            });
            last = Some(row.month);
        }
    }
    all
}

/// What all sheets need.
struct Book<'b, 'c> {
    calculation: &'b Calculation<'c>,
    /// For each version, the column of the data that each slot is.
    slots: Vec<Vec<Option<usize>>>,
    /// Whether any value can be absent.
    may_be_absent: bool,
    bold: Format,
    money: Format,
}

impl<'b, 'c> Book<'b, 'c> {
    fn new(calculation: &'b Calculation<'c>) -> Self {
        let versions = &calculation.versions;
        let slots = versions.iter().map(|(_, _, program)| {
            let slots = program.plan.slots.iter();
            slots
                .map(|slot| calculation.schema.position(&slot.name))
                .collect()
        });
        let mut nodes = versions.iter().flat_map(|(_, _, program)| &program.nodes);
        Self {
            calculation,
            slots: slots.collect(),
            may_be_absent: nodes.any(|node| matches!(node.op, Op::NoValue)),
            bold: Format::new().set_bold(),
            money: Format::new().set_num_format("#,##0.00"),
        }
    }

    fn write(&self, workbook: &mut Workbook, rows: &[MonthRow<'_>]) -> Result<(), Refused> {
        // The bytes do not depend on the day on which they are written.
        let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        let properties = DocProperties::new()
            .set_title(self.calculation.title)
            .set_creation_datetime(&created);
        workbook.set_properties(&properties);
        let mut statement = Worksheet::new();
        statement.set_name("Statement").map_err(failed)?;
        let mut data = Worksheet::new();
        data.set_name("Data").map_err(failed)?;
        let mut exact = Worksheet::new();
        exact.set_name("Exact").map_err(failed)?;
        let mut sheets = self.calculation_sheets().map_err(failed)?;
        self.data_sheet(&mut data, rows).map_err(failed)?;
        self.months(rows, &mut sheets, &mut statement, &mut exact)?;
        workbook.push_worksheet(statement);
        workbook.push_worksheet(data);
        for sheet in sheets {
            workbook.push_worksheet(sheet);
        }
        workbook.push_worksheet(exact);
        Ok(())
    }

    /// The name of a version's sheet.
    fn sheet_name(version: usize) -> String {
        match version {
            0 => "Calculation".to_owned(),
            later => format!("Calculation {}", later + 1),
        }
    }

    fn calculation_sheets(&self) -> Result<Vec<Worksheet>, XlsxError> {
        let mut sheets = Vec::new();
        for (at, (_, _, program)) in self.calculation.versions.iter().enumerate() {
            let mut sheet = Worksheet::new();
            sheet.set_name(Self::sheet_name(at))?;
            sheet.set_freeze_panes(1, 2)?;
            sheet.write_string_with_format(0, 0, "account", &self.bold)?;
            sheet.write_string_with_format(0, 1, "month", &self.bold)?;
            for (column, node) in (FIRST_COLUMN..).zip(&program.nodes) {
                let label = node.label.as_ref();
                let label = label.map_or_else(
                    || format!("step {}", column - FIRST_COLUMN + 1),
                    |label| label.name.clone(),
                );
                sheet.write_string_with_format(0, short(column), label, &self.bold)?;
            }
            sheets.push(sheet);
        }
        Ok(sheets)
    }

    fn data_sheet(&self, sheet: &mut Worksheet, rows: &[MonthRow<'_>]) -> Result<(), XlsxError> {
        sheet.set_freeze_panes(1, 2)?;
        sheet.write_string_with_format(0, 0, "account", &self.bold)?;
        sheet.write_string_with_format(0, 1, "month", &self.bold)?;
        let columns = &self.calculation.schema.columns;
        for (at, column) in (FIRST_COLUMN..).zip(columns) {
            sheet.write_string_with_format(0, short(at), &column.name, &self.bold)?;
        }
        let percent = Format::new().set_num_format("0.00##########%");
        let plain = Format::new();
        for (at, row) in (1..).zip(rows) {
            if let Some(account) = row.account {
                sheet.write_string(at, 0, account)?;
            }
            sheet.write_string(at, 1, row.month.to_string())?;
            for (column, kind) in (FIRST_COLUMN..).zip(columns) {
                let cells = row.row.and_then(|row| row.cells.get(column - FIRST_COLUMN));
                match cells {
                    Some(DataCell::Value(value)) => {
                        let format = if kind.kind == Type::Percent {
                            &percent
                        } else {
                            &plain
                        };
                        sheet.write_number_with_format(at, short(column), float(value), format)?;
                    }
                    Some(DataCell::Refused(_)) => {
                        sheet.write_string(at, short(column), "unreadable")?;
                    }
                    Some(DataCell::Missing) | None => {}
                }
            }
        }
        Ok(())
    }

    /// The rows of the calculation, and from them the statement and the exact amounts.
    fn months(
        &self,
        rows: &[MonthRow<'_>],
        sheets: &mut [Worksheet],
        statement: &mut Worksheet,
        exact: &mut Worksheet,
    ) -> Result<(), Refused> {
        let versions = &self.calculation.versions;
        let programs: Vec<(Option<Month>, &Program)> = versions
            .iter()
            .map(|(_, from, program)| (*from, *program))
            .collect();
        let mut computed = Versions::new(&programs);
        let mut memory = Memory::default();
        let mut lines = Lines::new(self, statement, exact).map_err(failed)?;
        for (at, row) in rows.iter().enumerate() {
            if row.is_first {
                memory = Memory::default();
            }
            let depths: Vec<Vec<usize>> = (0..versions.len())
                .map(|version| computed.depths(&memory, version))
                .collect();
            let cells: Vec<Vec<Cell>> = (0..versions.len())
                .map(|version| self.cells(version, row))
                .collect();
            computed.compute(&mut memory, row.month, &cells);
            let current = computed.in_force(row.month);
            for version in current..versions.len() {
                let given = (version > current).then(|| computed.given(version));
                // A later version that looks at no earlier month has no use for the values of this one.
                if matches!(given, Some(None)) {
                    continue;
                }
                let (Some((_, _, program)), Some(sheet)) =
                    (versions.get(version), sheets.get_mut(version))
                else {
                    continue;
                };
                let place = Place {
                    program,
                    row: at + 2,
                    month: row.month,
                    depths: depths.get(version).map_or(&[], Vec::as_slice),
                    slots: self.slots.get(version).map_or(&[], Vec::as_slice),
                    may_be_absent: self.may_be_absent,
                };
                let evaluator = computed.evaluator(version);
                let given = given.flatten().unwrap_or_default();
                row_of(sheet, &place, row, (&given, current), evaluator)?;
            }
            if self.is_shown(row.month)
                && let Some(evaluator) = computed.current()
            {
                lines
                    .month(row, current, at + 2, evaluator)
                    .map_err(failed)?;
            }
        }
        Ok(())
    }

    fn is_shown(&self, month: Month) -> bool {
        let (from, to) = self.calculation.shown;
        from.is_none_or(|from| from <= month) && to.is_none_or(|to| month <= to)
    }

    fn cells(&self, version: usize, row: &MonthRow<'_>) -> Vec<Cell> {
        let Some(data) = row.row else {
            return Vec::new();
        };
        let slots = self.slots.get(version).map_or(&[][..], Vec::as_slice);
        let each = slots.iter().map(|column| {
            let cell = column.and_then(|column| data.cells.get(column));
            match cell {
                Some(DataCell::Value(value)) => Cell::Value(value.clone()),
                Some(DataCell::Refused(_)) => Cell::Unreadable,
                Some(DataCell::Missing) | None => Cell::Missing,
            }
        });
        each.collect()
    }
}

/// One row of a version's calculation.
fn row_of(
    sheet: &mut Worksheet,
    place: &Place<'_>,
    row: &MonthRow<'_>,
    (given, former): (&[(NodeId, Source)], usize),
    evaluator: Option<&Evaluator<'_>>,
) -> Result<(), Refused> {
    let at = u32::try_from(place.row - 1).unwrap_or(u32::MAX);
    let text = |sheet: &mut Worksheet, column, formula: String, result: &str| {
        let formula = Formula::new(formula).set_result(result);
        sheet
            .write_formula(at, column, formula)
            .map(|_| ())
            .map_err(failed)
    };
    if let Some(account) = row.account {
        text(sheet, 0, format!("=Data!A{}", place.row), account)?;
    }
    text(
        sheet,
        1,
        format!("=Data!B{}", place.row),
        &row.month.to_string(),
    )?;
    for (id, node) in (0..).map(NodeId).zip(&place.program.nodes) {
        let source = given
            .iter()
            .find(|(given, _)| *given == id)
            .map(|(_, source)| *source);
        let formula = match source {
            Some(Source::Former(then)) => {
                format!("'{}'!{}", Book::sheet_name(former), cell(then, place.row))
            }
            Some(Source::Zero) => "0".to_owned(),
            Some(Source::Own(other)) => cell(other, place.row),
            Some(Source::Itself) | None => place.formula(id, &node.op),
        };
        if formula.len() > MOST_FORMULA {
            let label = node.label.as_ref();
            let name =
                label.map_or_else(|| format!("step {}", id.0 + 1), |label| label.name.clone());
            return Err(Refused::TooLong(name));
        }
        let result = evaluator.map_or("0".to_owned(), |evaluator| match evaluator.value(id) {
            Value::Number(value) => decimal(value),
            Value::None => "#N/A".to_owned(),
            Value::Fault(_) => "#REF!".to_owned(),
        });
        let column = short(id.0 as usize + FIRST_COLUMN);
        text(sheet, column, format!("={formula}"), &result)?;
    }
    Ok(())
}

/// The statement and the exact amounts, filled month by month.
struct Lines<'l, 'b, 'c> {
    book: &'l Book<'b, 'c>,
    statement: &'l mut Worksheet,
    exact: &'l mut Worksheet,
    /// The next free row of the statement, from 0.
    row: u32,
    /// The next free row of the exact amounts.
    exact_row: u32,
}

impl<'l, 'b, 'c> Lines<'l, 'b, 'c> {
    fn new(
        book: &'l Book<'b, 'c>,
        statement: &'l mut Worksheet,
        exact: &'l mut Worksheet,
    ) -> Result<Self, XlsxError> {
        statement.set_freeze_panes(1, 0)?;
        let headings = [
            "account",
            "month",
            "kind",
            "line",
            "clause",
            "amount",
            "exact amount",
            "difference",
        ];
        for (column, heading) in (0..).zip(headings) {
            statement.write_string_with_format(0, column, heading, &book.bold)?;
        }
        for (column, width) in [(2, 18), (3, 34), (4, 16), (5, 16), (6, 16), (7, 12)] {
            statement.set_column_width(column, width)?;
        }
        let headings = ["account", "month", "line", "exact amount", "as a number"];
        for (column, heading) in (0..).zip(headings) {
            exact.write_string_with_format(0, column, heading, &book.bold)?;
        }
        for (column, width) in [(2, 34), (3, 24), (4, 16)] {
            exact.set_column_width(column, width)?;
        }
        Ok(Self {
            book,
            statement,
            exact,
            row: 1,
            exact_row: 1,
        })
    }

    /// The lines of a month and its total. A line that is not on the month's statement is there as well, with 0: another
    /// cell of data may change that.
    fn month(
        &mut self,
        row: &MonthRow<'_>,
        version: usize,
        at: usize,
        evaluator: &Evaluator<'_>,
    ) -> Result<(), XlsxError> {
        let plan = &evaluator.program().plan;
        let is_invoiced = crate::evaluate::invoiced(evaluator).is_some()
            && plan.term.is_none_or(|term| term.has_month(row.month));
        let sheet = Book::sheet_name(version);
        let first = self.row;
        // A month whose total fails has no invoice, even if some of its lines could be computed.
        let failing = plan
            .total
            .map(|total| format!("'{sheet}'!{}", cell(total, at)));
        let failing = failing.filter(|_| plan.term.is_none_or(|term| term.has_month(row.month)));
        let failing = failing.unwrap_or_else(|| "#REF!".to_owned());
        for line in &plan.lines {
            let at = format!("'{sheet}'!{}", cell(line.amount, at));
            let value = evaluator.number(line.amount).filter(|_| is_invoiced);
            self.line(row, Some(line), (&at, &failing), value)?;
        }
        if let Some(total) = plan.total {
            let at = format!("'{sheet}'!{}", cell(total, at));
            let value = evaluator.number(total).filter(|_| is_invoiced);
            self.line(row, None, (&at, &failing), value)?;
            // The lines add up: what is left between them and the total.
            let column = letters(5);
            let sum = format!(
                "=IFERROR(ROUND(SUM({column}{}:{column}{})-{column}{},6),0)",
                first + 1,
                self.row - 1,
                self.row
            );
            let left = Formula::new(sum).set_result("0");
            self.statement
                .write_string(self.row, 3, "sum of the lines less the total")?;
            self.statement
                .write_formula_with_format(self.row, 5, left, &self.book.money)?;
        }
        self.row += 2;
        Ok(())
    }

    fn line(
        &mut self,
        row: &MonthRow<'_>,
        line: Option<&LinePlan>,
        (at, failing): (&str, &str),
        value: Option<&Exact>,
    ) -> Result<(), XlsxError> {
        let title = match line {
            Some(line) => match &line.title {
                Some(title) => format!("{title} ({})", line.name),
                None => line.name.clone(),
            },
            None => "Total".to_owned(),
        };
        if let Some(account) = row.account {
            self.statement.write_string(self.row, 0, account)?;
            self.exact.write_string(self.exact_row, 0, account)?;
        }
        let month = row.month.to_string();
        self.statement.write_string(self.row, 1, &month)?;
        self.exact.write_string(self.exact_row, 1, &month)?;
        let kind = line.map_or("total", |line| line.kind.key());
        self.statement.write_string(self.row, 2, kind)?;
        self.statement.write_string(self.row, 3, &title)?;
        self.exact.write_string(self.exact_row, 2, &title)?;
        if let Some(clause) = line.and_then(|line| line.clause.as_deref()) {
            self.statement.write_string(self.row, 4, clause)?;
        }
        let shown = value.map_or_else(|| "no invoice".to_owned(), decimal);
        let amount =
            Formula::new(format!("=IF(ISERROR({failing}),\"no invoice\",{at})")).set_result(&shown);
        self.statement
            .write_formula_with_format(self.row, 5, amount, &self.book.money)?;
        match value {
            Some(value) => {
                self.exact
                    .write_string(self.exact_row, 3, value.to_string())?;
                self.exact.write_number_with_format(
                    self.exact_row,
                    4,
                    float(value),
                    &self.book.money,
                )?;
            }
            None => {
                self.exact.write_string(self.exact_row, 3, "no invoice")?;
                self.exact.write_string(self.exact_row, 4, "no invoice")?;
            }
        }
        let beside = format!("Exact!E{}", self.exact_row + 1);
        let exact = Formula::new(format!("={beside}")).set_result(&shown);
        self.statement
            .write_formula_with_format(self.row, 6, exact, &self.book.money)?;
        let own = format!("{}{}", letters(5), self.row + 1);
        let difference = format!(
            "=IF(ISNUMBER({own}),IF(ISNUMBER({beside}),ROUND({own}-{beside},6),\"\"),\"\")"
        );
        let difference =
            Formula::new(difference).set_result(if value.is_some() { "0" } else { "" });
        self.statement.write_formula(self.row, 7, difference)?;
        self.row += 1;
        self.exact_row += 1;
        Ok(())
    }
}

/// A column as the writer counts it; the sizes were checked.
fn short(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// The nearest number that a cell can hold.
fn float(value: &Exact) -> f64 {
    decimal(value).parse().unwrap_or(f64::NAN)
}

/// A value as a decimal; of one without finitely many decimals, more than a cell can hold.
fn decimal(value: &Exact) -> String {
    match value.decimal_places() {
        Some(_) => value.to_string(),
        None => value.to_fixed(20),
    }
}
