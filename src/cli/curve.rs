//! `quidpro curve`: the invoice of a month over the whole range of a KPI.

use crate::calendar::Month;
use crate::curve::{self, Occasion};
use crate::data::Row;
use crate::driver::Checked;
use crate::quantity::{Exact, Figure};
use crate::report::curve::{Curve, Curves, MonthSource, Without, html, json, text};
use crate::report::failure::Failure;
use crate::typing::suggestion;

use super::accounts::{self, Accounts};
use super::arguments::{CurveOptions, DataFile, PageFormat};
use super::console::Console;
use super::monthly::{self, Ready};
use super::{Outcome, Trouble, files, pages};

/// The most KPIs whose curves are computed without being asked for.
const MOST_UNASKED: usize = 60;

/// The most KPIs that are varied together.
const MOST_TOGETHER: usize = 2;

pub(super) fn run(options: &CurveOptions, console: &mut Console) -> Outcome {
    pages::refuse_contract(&options.written)?;
    if options.kpi.len() > MOST_TOGETHER {
        return Err(Failure::new("`--kpi` is given more than twice")
            .help("name one KPI for its curve, or two for a map of both; leave it out for the curve of each KPI")
            .into());
    }
    let ready = monthly::contract(&options.contract, console)?;
    let checked = ready.checked()?;
    let curves = match &options.data {
        Some(data) => {
            let file = DataFile {
                data: data.clone(),
                sheet: options.sheet.clone(),
            };
            let sheet = accounts::sheet(&file, &ready, options.account.as_deref(), console)?;
            let rows = rows_of(&sheet.accounts)?;
            let mut occasion = occasion(options, checked, rows, &sheet.file.name)?;
            let source = MonthSource::Data(sheet.file.name.clone());
            computed(options, &ready, &mut occasion, source)?
        }
        None => {
            let (mut occasion, scenario) = Occasion::of_example(checked).ok_or_else(|| {
                Failure::new("there is no month to take everything else from: no scenario of the contract has an invoice")
                    .help("give the months' data with `--data FILE`, or write a scenario that is invoiced")
            })?;
            computed(
                options,
                &ready,
                &mut occasion,
                MonthSource::Scenario(scenario),
            )?
        }
    };
    let content = match options.written.format {
        PageFormat::Text => text::render(&curves),
        PageFormat::Json => json::render(&curves),
        PageFormat::Html => html::render(&curves),
    };
    pages::write(&options.written, "curve", &content, console)
}

/// The rows of the only account.
fn rows_of(accounts: &Accounts) -> Result<&[Row], Failure> {
    let mut all = accounts.iter();
    match (all.next(), all.next()) {
        (Some((_, rows)), None) => Ok(rows),
        (None, _) => Err(Failure::new("the data has no month")),
        (Some(_), Some(_)) => {
            let names = accounts.keys().flatten().take(20);
            let names: Vec<&str> = names.map(AsRef::as_ref).collect();
            Err(Failure::new(
                "the data has several accounts, and a curve is about one month of one",
            )
            .help(format!("name one with `--account`: {}", names.join(", "))))
        }
    }
}

fn occasion<'c>(
    options: &CurveOptions,
    checked: &'c Checked,
    rows: &[Row],
    data: &str,
) -> Result<Occasion<'c>, Failure> {
    if let Some(month) = &options.month {
        let month = monthly::month(month)?;
        return Occasion::of_rows(checked, rows, month)
            .ok_or_else(|| Failure::new(format!("`{data}` has no row for {month}")));
    }
    let month: Month = curve::newest_invoiced(checked, rows).ok_or_else(|| {
        Failure::new(format!("no month of `{data}` has an invoice"))
            .help("`quidpro invoice` says why; or name a month with `--month`")
    })?;
    Occasion::of_rows(checked, rows, month)
        .ok_or_else(|| Failure::new("the contract has no program"))
}

fn computed(
    options: &CurveOptions,
    ready: &Ready,
    occasion: &mut Occasion<'_>,
    source: MonthSource,
) -> Result<Curves, Trouble> {
    let checked = ready.checked()?;
    let contract = checked.contract_in(occasion.row.month);
    let currency = contract
        .currency
        .ok_or_else(|| Failure::new("the contract has no currency"))?;
    let names = names(options, occasion)?;
    let mut found = Curves {
        file: files::shown(&options.contract),
        contract: contract.heading.contract.clone(),
        title: contract
            .heading
            .title
            .clone()
            .unwrap_or_else(|| contract.heading.contract.clone()),
        currency,
        month: occasion.row.month,
        account: occasion.row.account.as_deref().map(str::to_owned),
        source,
        total: occasion.total(),
        curves: Vec::new(),
        without: Vec::new(),
        map: None,
    };
    for (at, name) in names.iter().enumerate() {
        if options.kpi.is_empty() && at >= MOST_UNASKED {
            found.without.push(Without {
                name: name.clone(),
                why: format!(
                    "not computed, because the contract has more than {MOST_UNASKED} KPIs; name it with `--kpi`"
                ),
            });
            continue;
        }
        match curve::curve(occasion, name, None) {
            Ok(curve) if options.kpi.is_empty() && curve.is_level() => {
                found.without.push(Without {
                    name: name.clone(),
                    why: level(&curve),
                })
            }
            Ok(curve) => found.curves.push(curve),
            Err(why) => found.without.push(Without {
                name: name.clone(),
                why,
            }),
        }
    }
    if found.curves.is_empty() && (found.without.is_empty() || !options.kpi.is_empty()) {
        let each = found.without.iter();
        let each: Vec<String> = each
            .map(|one| format!("`{}`: {}", one.name, one.why))
            .collect();
        let failure = Failure::new("there is no curve");
        return Err(if each.is_empty() {
            failure.help("the contract measures nothing; name an input with `--kpi`")
        } else {
            failure.help(each.join("\n"))
        }
        .into());
    }
    if let ([across, down], true) = (found.curves.as_slice(), options.kpi.len() == MOST_TOGETHER) {
        match curve::map(occasion, across, down) {
            Ok(map) => found.map = Some(map),
            Err(why) => found.without.push(Without {
                name: "both together".to_owned(),
                why,
            }),
        }
    }
    Ok(found)
}

/// That a KPI pays nothing in the month, with its range.
fn level(curve: &Curve) -> String {
    let value = |value: &Exact| Figure::new(value.clone(), curve.kind.clone());
    let ends = curve.pieces.first().zip(curve.pieces.last());
    let range = ends.map_or_else(String::new, |(first, last)| {
        format!(
            " from {} to {}",
            value(&first.from.value),
            value(&last.to.value)
        )
    });
    format!(
        "the invoice of the month is the same at every value{range}; what it changes on later invoices is not shown"
    )
}

/// The names that were asked for, with all members where a name has several.
fn names(options: &CurveOptions, occasion: &Occasion<'_>) -> Result<Vec<String>, Failure> {
    let program = occasion.program();
    let program = program.ok_or_else(|| Failure::new("the contract has no program"))?;
    let contract = occasion.checked.contract_in(occasion.row.month);
    if options.kpi.is_empty() {
        return Ok(curve::names(contract, program, None));
    }
    let mut all = Vec::new();
    for asked in &options.kpi {
        let found = curve::names(contract, program, Some(asked));
        if found.is_empty() {
            let measures = program.plan.measures.iter().map(|one| one.name.as_str());
            let inputs = program.plan.slots.iter().map(|one| one.name.as_str());
            let failure = Failure::new(format!("the contract has no KPI and no input `{asked}`"));
            return Err(
                match suggestion(asked, measures.clone().chain(inputs.clone())) {
                    Some(close) => failure.help(format!("did you mean `{close}`?")),
                    None => failure.help(format!(
                        "its KPIs are {}; its inputs are {}",
                        measures.collect::<Vec<_>>().join(", "),
                        inputs.collect::<Vec<_>>().join(", ")
                    )),
                },
            );
        }
        all.extend(
            found
                .into_iter()
                .filter(|name| !all.contains(name))
                .collect::<Vec<_>>(),
        );
    }
    Ok(all)
}
