//! How fast monthly data is read, in rows per second.

use std::fmt::Write;
use std::io::Read;

use divan::counter::{BytesCount, ItemsCount};
use quidpro::data::{Column, Mode, Options, Row, Schema, open};
use quidpro::quantity::{Exact, Type};

fn main() {
    divan::main();
}

/// Eleven inputs. With month and account there are 13 columns.
fn schema() -> Schema {
    let count = |name: &str| Column {
        whole: true,
        least: Some(Exact::zero()),
        ..Column::new(name, Type::Number)
    };
    let mut columns: Vec<Column> = [
        "offered", "answered", "voice", "email", "chat", "resolved", "surveys",
    ]
    .map(count)
    .to_vec();
    columns.push(Column::new("hours", Type::Number));
    columns.push(Column {
        step: Exact::ratio(1, 100),
        ..Column::new("csat", Type::Score)
    });
    columns.push(Column {
        step: Exact::ratio(1, 1000),
        ..Column::new("in_time", Type::Percent)
    });
    columns.push(Column::new("fees", Type::Number));
    Schema { columns }
}

/// Rows of 1,000 accounts, month by month, generated as they are read.
struct Rows {
    text: String,
    at: usize,
    row: usize,
    rows: usize,
}

impl Rows {
    fn new(rows: usize) -> Self {
        let names: Vec<String> = schema()
            .columns
            .into_iter()
            .map(|column| column.name)
            .collect();
        Self {
            text: format!("month,account,{}\n", names.join(",")),
            at: 0,
            row: 0,
            rows,
        }
    }

    fn next_block(&mut self) {
        self.text.clear();
        self.at = 0;
        for row in self.row..self.rows.min(self.row + 1000) {
            let (month, account) = (row / 1000, row % 1000);
            let (year, month) = (2000 + month / 12, month % 12 + 1);
            let a = row % 39_999;
            let b = row % 97;
            let written = writeln!(
                self.text,
                "{year}-{month:02},account {account},{a},{a},{b},{a},{b},{a},{b},{a}.5,4.{b:02},9{}.{}%,-{a}.{b:02}",
                b % 10,
                b % 7,
            );
            assert!(written.is_ok());
        }
        self.row += 1000;
    }
}

impl Read for Rows {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.text.len() {
            self.next_block();
        }
        let mut rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let read = rest.read(into)?;
        self.at += read;
        Ok(read)
    }
}

fn text(rows: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    assert!(Rows::new(rows).read_to_end(&mut bytes).is_ok());
    bytes
}

fn read_all(input: impl Read, mode: Mode) -> usize {
    let options = Options {
        mode,
        ..Options::default()
    };
    let Ok(mut reader) = open("data.csv", None, input, &schema(), &options) else {
        return 0;
    };
    let mut row = Row::default();
    let mut rows = 0;
    while let Ok(true) = reader.read_into(&mut row) {
        rows += 1;
    }
    rows
}

#[divan::bench(sample_count = 10)]
fn streaming_100_000_rows(bencher: divan::Bencher<'_, '_>) {
    let text = text(100_000);
    bencher
        .counter(ItemsCount::new(100_000_usize))
        .counter(BytesCount::new(text.len()))
        .bench(|| assert_eq!(read_all(text.as_slice(), Mode::Streaming), 100_000));
}

#[divan::bench(sample_count = 10)]
fn whole_100_000_rows(bencher: divan::Bencher<'_, '_>) {
    let text = text(100_000);
    bencher
        .counter(ItemsCount::new(100_000_usize))
        .bench(|| assert_eq!(read_all(text.as_slice(), Mode::Whole), 100_000));
}

/// The text is generated while it is read, so that the memory of the process is what reading takes.
#[divan::bench(sample_count = 1)]
fn streaming_a_million_rows_as_they_come(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(1_000_000_usize))
        .bench(|| assert_eq!(read_all(Rows::new(1_000_000), Mode::Streaming), 1_000_000));
}
