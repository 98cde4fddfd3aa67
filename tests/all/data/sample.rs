//! A schema to read with, and rows and problems as text.

use std::fmt::Write;

use quidpro::data::{
    Cell, Column, Excerpt, Format, Mode, Options, Problem, Reader, Row, Schema, open,
};
use quidpro::quantity::{Exact, Type, UnitTable};

pub fn exact(text: &str) -> Exact {
    Exact::parse_decimal(text).unwrap()
}

pub fn quantity(unit: &str) -> Type {
    Type::Quantity(UnitTable::default().find(unit).unwrap().into())
}

pub fn count(name: &str, unit: &str) -> Column {
    Column {
        whole: true,
        least: Some(Exact::zero()),
        ..Column::new(name, quantity(unit))
    }
}

/// Every kind of column.
pub fn schema() -> Schema {
    let channel = |member: &str| Column {
        dimension: Some("channel".to_owned()),
        ..count(&format!("handled.{member}"), "contacts")
    };
    Schema {
        columns: vec![
            Column {
                title: Some("Calls offered".to_owned()),
                source: Some("ACD".to_owned()),
                ..count("offered", "calls")
            },
            channel("voice"),
            channel("email"),
            Column {
                least: Some(Exact::zero()),
                ..Column::new("hours", quantity("hours"))
            },
            Column {
                least: Some(exact("1")),
                most: Some(exact("5")),
                step: Some(exact("0.01")),
                ..Column::new("csat", Type::Score)
            },
            Column {
                least: Some(Exact::zero()),
                most: Some(Exact::one()),
                step: Some(exact("0.001")),
                ..Column::new("in_time", Type::Percent)
            },
            Column {
                most: Some(exact("60000")),
                may_be_missing: true,
                reporter: Some("customer".to_owned()),
                ..count("forecast", "calls")
            },
            Column::new("fees", Type::money("EUR".parse_currency())),
            Column::new("live", Type::Flag),
        ],
    }
}

trait ParseCurrency {
    fn parse_currency(&self) -> quidpro::quantity::Currency;
}

impl ParseCurrency for str {
    fn parse_currency(&self) -> quidpro::quantity::Currency {
        quidpro::quantity::Currency::from_code(self).unwrap()
    }
}

/// Some of the columns.
pub fn only(names: &[&str]) -> Schema {
    let all = schema().columns;
    let pick = |name: &&str| {
        all.iter()
            .find(|column| column.name == **name)
            .unwrap()
            .clone()
    };
    Schema {
        columns: names.iter().map(pick).collect(),
    }
}

pub fn streaming() -> Options {
    Options {
        mode: Mode::Streaming,
        ..Options::default()
    }
}

pub fn read<'r>(
    name: &str,
    bytes: &'r [u8],
    schema: &Schema,
    options: &Options,
) -> Result<Reader<'r>, Vec<Problem>> {
    open(name, None::<Format>, bytes, schema, options)
}

/// The file and what reading it yields, as text.
pub fn told(name: &str, bytes: &[u8], schema: &Schema) -> String {
    told_with(name, bytes, schema, &Options::default())
}

pub fn told_with(name: &str, bytes: &[u8], schema: &Schema, options: &Options) -> String {
    let shown = String::from_utf8_lossy(bytes);
    let shown = shown
        .replace('\0', "\\0")
        .replace("\r\n", "\\r\\n\n")
        .replace('\r', "\\r");
    let shown = shown.replace('\t', "\\t");
    format!("{shown}\n---\n{}", outcome(name, bytes, schema, options))
}

/// What reading the file yields, as text.
pub fn outcome(name: &str, bytes: &[u8], schema: &Schema, options: &Options) -> String {
    match read(name, bytes, schema, options) {
        Err(problems) => problems.iter().map(problem).collect(),
        Ok(reader) => {
            let names: Vec<String> = schema.columns.iter().map(|c| c.name.clone()).collect();
            reader
                .map(|found| match found {
                    Ok(found) => row(&names, &found),
                    Err(found) => problem(&found),
                })
                .collect()
        }
    }
}

pub fn row(names: &[String], row: &Row) -> String {
    let mut text = format!("{} is {}", row.place.row, row.month);
    if let Some(account) = &row.account {
        write!(text, " of {account}").unwrap();
    }
    text.push(':');
    let mut refused = String::new();
    for (name, cell) in names.iter().zip(&row.cells) {
        match cell {
            Cell::Value(value) => write!(text, " {name} {value}").unwrap(),
            Cell::Missing => write!(text, " {name} missing").unwrap(),
            Cell::Refused(found) => {
                write!(text, " {name} refused").unwrap();
                refused.push_str(&problem(found));
            }
        }
    }
    format!("{text}\n{refused}")
}

pub fn problem(problem: &Problem) -> String {
    let mut text = format!("{}[{}]\n", problem, problem.code);
    if let Some(excerpt) = &problem.excerpt {
        text.push_str(&marked(excerpt));
    }
    for why in &problem.why {
        writeln!(text, "   why: {why}").unwrap();
    }
    for help in &problem.help {
        writeln!(text, "   help: {help}").unwrap();
    }
    text
}

fn marked(excerpt: &Excerpt) -> String {
    let before = excerpt.text[..excerpt.mark.start].chars().count();
    let inside = excerpt.text[excerpt.mark.clone()].chars().count();
    format!(
        "   | {}\n   | {}{}\n",
        excerpt.text,
        " ".repeat(before),
        "^".repeat(inside.max(1))
    )
}
