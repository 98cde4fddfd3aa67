//! A table of labels and numbers. The numbers are aligned at their decimal points.

use crate::report::layout::{WIDTH, blanks, pad_left, pad_right, width, wrap};

/// The spaces before each column of numbers.
const GAP: usize = 3;
/// The least width of the label column.
const LEAST_LABEL: usize = 26;
/// How much each level of labels is indented.
const INDENT: usize = 2;

/// A table with `N` columns of numbers.
pub(in crate::report) struct Table<const N: usize> {
    /// The heading of each column of numbers.
    pub(in crate::report) titles: [&'static str; N],
    /// The content, from the top.
    pub(in crate::report) entries: Vec<Entry<N>>,
}

/// One piece of a table.
pub(in crate::report) enum Entry<const N: usize> {
    /// An empty line.
    Blank,
    /// A line across, drawn with this character.
    Rule(char),
    /// A line under the last column only, before a sum.
    SumRule,
    /// A heading across all columns.
    Heading(String),
    /// A remark that may run below the numbers, at this level.
    Remark(usize, String),
    /// A row.
    Row(Row<N>),
}

/// A label with its numbers.
pub(in crate::report) struct Row<const N: usize> {
    /// The level of the label.
    pub(in crate::report) depth: usize,
    /// The label. Each text has a line of its own, and the numbers are on one of them.
    pub(in crate::report) label: Vec<String>,
    /// The numbers.
    pub(in crate::report) cells: [Option<Cell>; N],
}

/// A number in three parts, each of which is aligned within its column.
pub(in crate::report) struct Cell {
    whole: String,
    fraction: String,
    unit: String,
}

/// The widths of the parts of one column.
#[derive(Clone, Copy, Default)]
struct Column {
    whole: usize,
    fraction: usize,
    unit: usize,
}

impl Cell {
    /// A number as it is written, and what follows it.
    pub(in crate::report) fn new(number: &str, unit: impl Into<String>) -> Self {
        let cut = number.find(['.', '%']).unwrap_or(number.len());
        let (whole, fraction) = number.split_at(cut);
        Self {
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
            unit: unit.into(),
        }
    }
}

impl Column {
    fn of<'a>(title: &str, cells: impl Iterator<Item = &'a Cell>) -> Self {
        let mut column = Self::default();
        for cell in cells {
            column.whole = column.whole.max(width(&cell.whole));
            column.fraction = column.fraction.max(width(&cell.fraction));
            column.unit = column.unit.max(width(&cell.unit));
        }
        if column.whole > 0 {
            column.whole += width(title).saturating_sub(column.width());
        }
        column
    }

    fn number(self) -> usize {
        self.whole + self.fraction
    }

    fn width(self) -> usize {
        let gap = usize::from(self.unit > 0);
        self.number() + gap + self.unit
    }

    fn title(self, title: &str) -> String {
        let columns = if width(title) <= self.number() {
            self.number()
        } else {
            self.width()
        };
        pad_right(&pad_left(title, columns), self.width())
    }

    fn cell(self, cell: Option<&Cell>) -> String {
        let Some(cell) = cell else {
            return blanks(self.width());
        };
        let whole = pad_left(&cell.whole, self.whole);
        let fraction = pad_right(&cell.fraction, self.fraction);
        if self.unit == 0 {
            whole + &fraction
        } else {
            format!("{whole}{fraction} {}", pad_right(&cell.unit, self.unit))
        }
    }
}

impl<const N: usize> Table<N> {
    /// The table as text. Columns without numbers are left out.
    pub(in crate::report) fn render(&self) -> String {
        let columns = self.columns();
        let numbers: usize = columns.iter().map(|column| step(*column)).sum();
        let label = self
            .label_width()
            .min(WIDTH.saturating_sub(numbers).max(LEAST_LABEL));
        let mut out = String::new();
        if self.titles.iter().any(|title| !title.is_empty()) {
            let titles = self.titles.iter().zip(columns);
            let titles: String = titles
                .filter(|(_, column)| column.width() > 0)
                .map(|(title, column)| blanks(GAP) + &column.title(title))
                .collect();
            push_line(&mut out, &(blanks(label) + &titles));
        }
        for entry in &self.entries {
            self.write(entry, &columns, label, label + numbers, &mut out);
        }
        out
    }

    fn write(
        &self,
        entry: &Entry<N>,
        columns: &[Column; N],
        label: usize,
        total: usize,
        out: &mut String,
    ) {
        match entry {
            Entry::Blank => out.push('\n'),
            Entry::Rule(character) => push_line(out, &character.to_string().repeat(total)),
            Entry::SumRule => {
                let last = columns.last().map_or(0, |column| column.width());
                push_line(
                    out,
                    &(blanks(total.saturating_sub(last)) + &"─".repeat(last)),
                );
            }
            Entry::Heading(text) => push_line(out, text),
            Entry::Remark(depth, text) => {
                let indent = depth * INDENT;
                for line in wrap(text, total.saturating_sub(indent)) {
                    push_line(out, &(blanks(indent) + &line));
                }
            }
            Entry::Row(row) => row.write(columns, label, out),
        }
    }

    fn rows(&self) -> impl Iterator<Item = &Row<N>> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Row(row) => Some(row),
            Entry::Blank
            | Entry::Rule(_)
            | Entry::SumRule
            | Entry::Heading(_)
            | Entry::Remark(..) => None,
        })
    }

    fn columns(&self) -> [Column; N] {
        let mut at = 0;
        self.titles.map(|title| {
            let cells = self
                .rows()
                .filter_map(|row| row.cells.get(at).and_then(Option::as_ref));
            let column = Column::of(title, cells);
            at += 1;
            column
        })
    }

    fn label_width(&self) -> usize {
        self.rows()
            .flat_map(|row| {
                row.label
                    .iter()
                    .map(|text| row.depth * INDENT + width(text))
            })
            .max()
            .unwrap_or(0)
    }
}

impl<const N: usize> Row<N> {
    fn write(&self, columns: &[Column; N], label: usize, out: &mut String) {
        let indent = blanks(self.depth * INDENT);
        let numbers: String = columns
            .iter()
            .zip(&self.cells)
            .filter(|(column, _)| column.width() > 0)
            .map(|(column, cell)| blanks(GAP) + &column.cell(cell.as_ref()))
            .collect();
        let total = label + width(&numbers);
        // The numbers are in the first line of the label that leaves them their place.
        let with_numbers = self
            .label
            .iter()
            .position(|text| width(&indent) + width(text) <= label);
        for (at, text) in self.label.iter().enumerate() {
            if with_numbers == Some(at) {
                let line = format!("{indent}{text}");
                push_line(out, &(pad_right(&line, label) + &numbers));
            } else {
                self.write_across(&indent, text, total, out);
            }
        }
        if with_numbers.is_none() {
            push_line(out, &(blanks(label) + &numbers));
        }
    }

    /// A text that may run below the numbers.
    fn write_across(&self, indent: &str, text: &str, columns: usize, out: &mut String) {
        for line in wrap(text, columns.saturating_sub(width(indent))) {
            push_line(out, &format!("{indent}{line}"));
        }
    }
}

fn step(column: Column) -> usize {
    match column.width() {
        0 => 0,
        columns => columns + GAP,
    }
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}
