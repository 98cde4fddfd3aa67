//! The product's own answers, through its public interface: text and rows of CSV in, statements out.

use std::collections::BTreeMap;
use std::io::Cursor;

use num_rational::BigRational;

use quidpro::calendar::Month;
use quidpro::data::{self, Options, Row};
use quidpro::diagnostic::Severity;
use quidpro::driver::{self, Files, Invoicing, Loaded, Outcome, schema};
use quidpro::ledger::{LineKind, NoticeKind, Statement};
use quidpro::program::Program;
use quidpro::quantity::Exact;
use quidpro::report::findings::full;

use super::choices::{Choices, REFUSED};
use super::description::{Contract, Q, q};
use super::naive::Cells;
use super::text;

/// A contract that uses no other file.
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _from: &str, _path: &str) -> Result<(String, String), String> {
        Err("there is no such file".to_owned())
    }
}

/// Loads a contract that must be sound.
pub fn load(text: &str) -> Result<Loaded, String> {
    let loaded = driver::load("random.quid", text, &NoFiles);
    if loaded.is_sound() {
        return Ok(loaded);
    }
    // A level that decides nothing is refused. The laws are about contracts that are not refused.
    if loaded
        .diagnostics
        .iter()
        .all(|finding| finding.code == "certain-outcome" || finding.severity != Severity::Error)
    {
        return Err(REFUSED.to_owned());
    }
    let findings = full::render(&loaded.diagnostics, &loaded.sources, false);
    Err(format!("the contract is not sound:\n{findings}\n{text}"))
}

pub fn program(loaded: &Loaded) -> &Program {
    &loaded.contracts[0].compiled.as_ref().unwrap().program
}

/// The result of each month: its statement, or why there is none.
pub type Months = Vec<(Option<String>, i32, Result<Statement, String>)>;

/// Computes every row.
pub fn invoice(program: &Program, csv: &str) -> Result<Months, String> {
    let mut invoicing = Invoicing::new(program);
    Ok(rows(program, csv)?
        .iter()
        .map(|row| {
            let outcome = match invoicing.compute(row) {
                Outcome::Invoiced(statement) => Ok(*statement),
                Outcome::Refused(refusal, problems) => Err(format!("{refusal:?} {problems:?}")),
            };
            let account = row.account.as_ref().map(ToString::to_string);
            (account, row.month.index(), outcome)
        })
        .collect())
}

pub fn rows(program: &Program, csv: &str) -> Result<Vec<Row>, String> {
    let reader = data::open(
        "random.csv",
        None,
        Cursor::new(csv.as_bytes().to_vec()),
        &schema(program),
        &Options::default(),
    );
    let rows: Result<Vec<Row>, _> = reader.map_err(|all| format!("{all:?}"))?.collect();
    rows.map_err(|problem| format!("{problem:?}"))
}

pub fn exact(value: &Q) -> Exact {
    Exact::parse_decimal(&text::decimal(value)).unwrap()
}

/// The product's number as a number of the other library.
pub fn rational(value: &Exact) -> Q {
    let text = value.to_string();
    match text.split_once('/') {
        Some((above, below)) => BigRational::new(above.parse().unwrap(), below.parse().unwrap()),
        None => {
            let digits: String = text.chars().filter(|c| *c != '.').collect();
            let places = text.split_once('.').map_or(0, |(_, after)| after.len());
            let scale = num_bigint::BigInt::from(10).pow(u32::try_from(places).unwrap());
            BigRational::new(digits.parse().unwrap(), scale)
        }
    }
}

pub fn month(index: i32) -> Month {
    Month::parse(&text::month_text(index)).unwrap()
}

/// Accounts with their months.
pub type Data = Vec<(String, BTreeMap<i32, Cells>)>;

const COLUMNS: [&str; 8] = [
    "offered",
    "answered",
    "forecast",
    "surveys",
    "points",
    "waited",
    "handled.a",
    "handled.b",
];

pub fn csv(data: &[(String, BTreeMap<i32, Cells>)]) -> String {
    let mut out = format!("account,month,{}\n", COLUMNS.join(","));
    for (account, months) in data {
        for (month, cells) in months {
            out.push_str(&format!("{account},{}", text::month_text(*month)));
            for column in COLUMNS {
                out.push(',');
                out.push_str(&text::cell(cells[column].as_ref()));
            }
            out.push('\n');
        }
    }
    out
}

/// Random months of a few accounts, many of them at edges.
pub fn data(c: &mut Choices<'_>, contract: &Contract) -> Data {
    let holes = c.once_in(3);
    (0..=c.below(2))
        .map(|account| {
            let first = contract.start + i32::try_from(c.below(3)).unwrap();
            let count = 1 + i32::try_from(c.below(14)).unwrap();
            let months = (first..first + count)
                .filter(|month| *month == first || !(holes && c.once_in(20)))
                .collect::<Vec<_>>()
                .into_iter()
                .map(|month| (month, cells(c, holes)))
                .collect();
            (format!("account {account}"), months)
        })
        .collect()
}

fn cells(c: &mut Choices<'_>, holes: bool) -> Cells {
    let offered = match c.below(4) {
        0 => 100 * c.between(1, 10),
        1 if c.once_in(6) => 0,
        _ => c.between(0, 1300),
    };
    let answered = if c.once_in(60) {
        offered + 1
    } else {
        offered * c.between(60, 100) / 100
    };
    let forecast = match c.below(3) {
        0 => offered,
        1 => offered * 100 / 115,
        _ => c.between(0, 1300),
    };
    let surveys = match c.below(4) {
        0 => 10 * c.between(0, 6),
        _ => c.between(0, 60),
    };
    let points = surveys * c.between(10, 50) / 10;
    let waited = offered * c.between(0, 60) + c.between(0, 20);
    let values = [
        offered,
        answered,
        forecast,
        surveys,
        points,
        waited,
        c.between(0, 1300),
        c.between(0, 1300),
    ];
    COLUMNS
        .into_iter()
        .zip(values)
        .map(|(column, value)| {
            let there = !(holes && c.once_in(40));
            (column, there.then(|| q(value, 1)))
        })
        .collect()
}

pub fn line_kind(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Charge => "charge",
        LineKind::Adjustment => "adjustment",
        LineKind::Credit => "credit",
        LineKind::Bonus => "bonus",
        LineKind::EarnBack => "earn back",
        LineKind::Holdback => "holdback",
        LineKind::Release => "release",
        LineKind::TrueUp => "true up",
        LineKind::Maximum => "maximum",
        LineKind::Minimum => "minimum",
        LineKind::CarriedForward => "carried forward",
        LineKind::PaidOut => "paid out",
        LineKind::Tax => "tax",
    }
}

pub fn notice_kind(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Excused => "excused",
        NoticeKind::Missed => "missed",
        NoticeKind::Critical => "critical",
        NoticeKind::Tolerated => "tolerated",
        NoticeKind::PersistentFailure => "persistent failure",
        NoticeKind::NewTarget => "new target",
        NoticeKind::ChronicFailure => "chronic failure",
        NoticeKind::Substituted => "substituted",
        NoticeKind::ShortHistory => "short history",
        NoticeKind::Unmeasured => "unmeasured",
        NoticeKind::Limited => "limit",
        NoticeKind::Deferred => "deferred",
        NoticeKind::Withheld => "withheld",
        NoticeKind::SignedLater => "signed later",
        NoticeKind::Stated => "stated",
    }
}
