//! `quidpro explain`: where a number comes from.

use crate::calendar::Month;
use crate::data::{Layout, Row, RowNumber};
use crate::driver::{self, Checked, Outcome as MonthOutcome};
use crate::evaluate::{CellTexts, story};
use crate::ledger::DataCell;
use crate::program::Plan;
use crate::report::failure::Failure;
use crate::report::story::outline::Depth;
use crate::report::{refusal, story as report};
use crate::text::Sources;
use crate::typing::suggestion;

use super::arguments::{ExplainOptions, StoryDepth, StoryFormat};
use super::console::Console;
use super::{Ending, Outcome, files, monthly};

pub(super) fn run(options: &ExplainOptions, console: &mut Console) -> Outcome {
    let ready = monthly::contract(&options.contract, console)?;
    let month = monthly::month(&options.month)?;
    let checked = ready.checked()?;
    let contract = checked.contract_in(month);
    if let Some(line) = &options.line {
        check_line(line, &contract.plan)?;
    }
    let data = monthly::data_of(&options.data)?;
    let mut reader = monthly::open(&options.data, data, checked, true)?;
    let layout = reader.layout();
    let mut invoicing = monthly::invoicing(checked)?;
    let mut row = Row::default();
    let mut rows: Vec<Row> = Vec::new();
    loop {
        match reader.read_into(&mut row) {
            Ok(false) => return Err(no_such_month(options, month).into()),
            Ok(true) => {}
            Err(problem) => {
                console.failure(&monthly::failure(&problem));
                continue;
            }
        }
        if !monthly::is_of(row.account.as_ref(), options.account.as_deref()) {
            continue;
        }
        if options.why_not {
            rows.push(row.clone());
        }
        if row.month != month {
            invoicing.step(&row);
            continue;
        }
        let sources = &ready.loaded().sources;
        if let MonthOutcome::Refused(refused, problems) = invoicing.compute(&row) {
            let text = refusal::render(
                std::slice::from_ref(&refused),
                sources,
                console.error_colour(),
            );
            console.tell(&text);
            for problem in &problems {
                console.failure(&monthly::failure(problem));
            }
            return Ok(Ending::Findings);
        }
        if options.why_not {
            rows.retain(|one| one.account == row.account);
            let text = why_not(options, checked, sources, &rows)?;
            console.print(&text)?;
            return Ok(Ending::Fine);
        }
        let cells = cells(&layout, &row);
        let account = row.account.as_deref();
        let history = invoicing.history(row.account.as_ref());
        let told = history.and_then(|history| {
            story(
                invoicing.evaluator()?,
                history,
                sources,
                &cells,
                account,
                options.line.as_deref(),
            )
        });
        let Some(told) = told else {
            return Err(Failure::new("there is nothing to explain").into());
        };
        let text = match options.format {
            StoryFormat::Text => match options.depth {
                None => report::outline::render(&told, sources, Depth::Screen, console.colour),
                Some(StoryDepth::Levels(levels)) => {
                    let depth = Depth::Levels(levels);
                    report::outline::render(&told, sources, depth, console.colour)
                }
                Some(StoryDepth::All) => report::text::render(&told, sources, console.colour),
            },
            StoryFormat::Json => report::json::render(&contract.heading.contract, &told, sources),
        };
        console.print(&text)?;
        return Ok(Ending::Fine);
    }
}

/// What would have changed the month.
fn why_not(
    options: &ExplainOptions,
    checked: &Checked,
    sources: &Sources,
    rows: &[Row],
) -> Result<String, Failure> {
    let why = driver::why_not(checked, sources, rows).ok_or_else(|| {
        Failure::new("`--why-not` does not compute a contract that is amended")
            .help("ask it of the text as one contract: `quidpro show --at` prints it as it reads in a month")
    })?;
    Ok(match options.format {
        StoryFormat::Text => report::why_not::text(&why),
        StoryFormat::Json => report::why_not::json(&checked.contract.heading.contract, &why),
    })
}

/// Where each cell of the row was read.
fn cells(layout: &Layout, row: &Row) -> CellTexts {
    let columns = layout.schema().columns.iter().enumerate();
    columns
        .filter_map(|(at, column)| {
            let place = layout.cell(row, at);
            let heading = place.column.as_ref()?.heading.to_string();
            let cell = DataCell {
                row: row_number(place.row?),
                column: heading,
                text: place.text.clone().unwrap_or_default(),
            };
            Some((column.name.clone(), cell))
        })
        .collect()
}

/// The row of a table, or the number of a JSON object.
fn row_number(row: RowNumber) -> usize {
    match row {
        RowNumber::Row(row) => row,
        RowNumber::Entry { number, .. } => number,
    }
}

fn check_line(line: &str, plan: &Plan) -> Result<(), Failure> {
    let under = format!("{line}.");
    let mut known: Vec<&str> = Vec::new();
    for plan in &plan.lines {
        // A credit and its earn-back have the same name, and are explained together.
        if !known.contains(&plan.name.as_str()) {
            known.push(&plan.name);
        }
    }
    if known
        .iter()
        .any(|name| *name == line || name.starts_with(&under))
    {
        return Ok(());
    }
    let failure = Failure::new(format!("the contract has no line `{line}`"));
    Err(match suggestion(line, known.iter().copied()) {
        Some(close) => failure.help(format!("did you mean `{close}`?")),
        None => failure.help(format!("its lines are {}", known.join(", "))),
    })
}

fn no_such_month(options: &ExplainOptions, month: Month) -> Failure {
    let data = files::shown(&options.data.data);
    match &options.account {
        Some(account) => Failure::new(format!(
            "`{data}` has no row for {month} and account `{account}`"
        )),
        None => Failure::new(format!("`{data}` has no row for {month}")),
    }
}
