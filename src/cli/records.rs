//! `quidpro records`: inputs that are counted from records.

mod verify;

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::model::Contract;
use crate::records::{Columns, Dialect, Obstacle, Plan, Table, Target, checks, sql, templates};
use crate::report::failure::Failure;
use crate::report::records::template;
use crate::text::is_hidden;

use super::arguments::{
    RecordsColumns, RecordsCommand, RecordsDialect, RecordsOptions, RecordsSqlOptions,
    RecordsTemplateFormat, RecordsTemplateOptions,
};
use super::console::Console;
use super::monthly::Ready;
use super::{Ending, Outcome, monthly};

pub(super) fn run(options: &RecordsOptions, console: &mut Console) -> Outcome {
    match &options.command {
        RecordsCommand::Sql(options) => query(options, console),
        RecordsCommand::Template(options) => columns_of(options, console),
        RecordsCommand::Verify(options) => verify::run(options, console),
    }
}

fn query(options: &RecordsSqlOptions, console: &mut Console) -> Outcome {
    let (first, last) = months(options)?;
    let ready = monthly::contract(&options.contract, console)?;
    let contract = version(&ready, first, last)?;
    let plan = plan(contract, first, last)?;
    let dialect = dialect(options.dialect);
    let target = Target {
        dialect,
        tables: tables(&options.tables, dialect, &plan)?,
        columns: match options.columns {
            RecordsColumns::Text => Columns::Text,
            RecordsColumns::Typed => Columns::Typed,
        },
    };
    let query = if options.checks {
        checks(&plan, &target)
    } else {
        sql(&plan, &target)
    };
    // A query is run as it is, so such a sign cannot be shown in another way.
    if let Some(sign) = query.chars().find(|sign| *sign != '\n' && is_hidden(*sign)) {
        return Err(Failure::new(format!(
            "the query would have a sign that nobody sees: U+{:04X}",
            u32::from(sign)
        ))
        .help("remove it from the text in the contract, or from the name of the table")
        .into());
    }
    console.print(&query)?;
    Ok(Ending::Fine)
}

fn columns_of(options: &RecordsTemplateOptions, console: &mut Console) -> Outcome {
    let ready = monthly::contract(&options.contract, console)?;
    let versions = ready.checked()?.versions();
    let version = versions.last();
    let contract = version
        .ok_or_else(|| Failure::new("the contract has no version"))?
        .contract;
    let month = Month::of(crate::calendar::Date::ZERO.max(term_start(contract)));
    let plan = plan(contract, month, month)?;
    let mut sets = templates(&plan);
    if let Some(name) = &options.records {
        sets.retain(|set| set.name == *name);
        if sets.is_empty() {
            return Err(unknown(name, &plan).into());
        }
    }
    console.print(&match options.format {
        RecordsTemplateFormat::Text => template::text(&sets),
        RecordsTemplateFormat::Csv => match sets.as_slice() {
            [one] => template::csv(one),
            _ => {
                return Err(
                    Failure::new("a CSV file has the columns of one set of records")
                        .help(format!(
                            "name one with `--records`: {}",
                            plan.sets().join(", ")
                        ))
                        .into(),
                );
            }
        },
    })?;
    Ok(Ending::Fine)
}

fn term_start(contract: &Contract) -> crate::calendar::Date {
    contract
        .term
        .map_or(crate::calendar::Date::ZERO, |term| term.first)
}

fn unknown(name: &str, plan: &Plan) -> Failure {
    Failure::new(format!("nothing is counted from records `{name}`")).help(format!(
        "the contract counts from {}",
        plan.sets().join(", ")
    ))
}

fn months(options: &RecordsSqlOptions) -> Result<(Month, Month), Failure> {
    let read = |text: &str| {
        Month::parse(text).ok_or_else(|| {
            Failure::new(format!("`{text}` is not a month"))
                .help("write the year and the number of the month: `2026-02`")
        })
    };
    match (&options.month, &options.from, &options.to) {
        (Some(month), ..) => read(month).map(|month| (month, month)),
        (None, Some(from), Some(to)) => Ok((read(from)?, read(to)?)),
        _ => Err(Failure::new("no month is named")
            .help("write `--month 2026-02`, or `--from` and `--to`")),
    }
}

/// The version of a contract that is in force in all those months.
fn version(ready: &Ready, first: Month, last: Month) -> Result<&Contract, Failure> {
    let versions = ready.checked()?.versions();
    let at = |month: Month| {
        let mut before = versions.iter().enumerate().rev();
        let found = before.find(|(_, version)| version.from.is_none_or(|from| from <= month));
        found.map_or(0, |(at, _)| at)
    };
    let (one, other) = (at(first), at(last));
    let texts = versions.get(one..=other).unwrap_or_default();
    let counted = |contract: &Contract| {
        let inputs = contract.facts.inputs.iter();
        inputs
            .map(|one| one.counted.as_ref().map(|one| one.what.clone()))
            .collect::<Vec<_>>()
    };
    let mut different = texts.windows(2).filter_map(|two| match two {
        [a, b] if counted(a.contract) != counted(b.contract) => b.from,
        _ => None,
    });
    if let Some(from) = different.next() {
        return Err(
            Failure::new(format!("from {from} on, the contract counts otherwise")).help(format!(
                "ask for the months before {from} and those from it on separately"
            )),
        );
    }
    let version = versions.get(one);
    Ok(version
        .ok_or_else(|| Failure::new("the contract has no version"))?
        .contract)
}

fn plan(contract: &Contract, first: Month, last: Month) -> Result<Plan, Failure> {
    Plan::of(contract, first, last).map_err(|obstacle| match obstacle {
        Obstacle::NothingCounted => Failure::new("no input of the contract is counted from records").help(
            "declare the records and write what an input is counted from: `input offered : calls = count of calls`",
        ),
        Obstacle::NoMonths => Failure::new(format!("{first} is after {last}")).help("write the earlier month after `--from`"),
        Obstacle::TooManyMonths => {
            Failure::new("a query counts 240 months at most").help("ask for fewer months at a time")
        }
    })
}

fn dialect(named: RecordsDialect) -> Dialect {
    match named {
        RecordsDialect::DuckDb => Dialect::DuckDb,
        RecordsDialect::Postgres => Dialect::Postgres,
        RecordsDialect::Spark => Dialect::Spark,
        RecordsDialect::Snowflake => Dialect::Snowflake,
        RecordsDialect::BigQuery => Dialect::BigQuery,
    }
}

/// Where the records are.
fn tables(
    written: &[String],
    dialect: Dialect,
    plan: &Plan,
) -> Result<BTreeMap<String, Table>, Failure> {
    let mut tables = BTreeMap::new();
    for text in written {
        let Some((name, table)) = text.split_once('=') else {
            return Err(
                Failure::new(format!("`{text}` does not say which records are where")).help(
                    "write the name of the records, `=` and the table: `--table calls=acd.calls`",
                ),
            );
        };
        if !plan.sets().contains(&name) {
            return Err(unknown(name, plan));
        }
        let table = Table::parse(table, dialect).map_err(Failure::new)?;
        tables.insert(name.to_owned(), table);
    }
    Ok(tables)
}
