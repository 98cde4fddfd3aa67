//! `quidpro dashboard`: the balanced scorecard of contracts in a month.

use std::path::Path;

use crate::calendar::Month;
use crate::curve::newest_invoiced;
use crate::dashboard::{Subject, section};
use crate::data::Row;
use crate::report::dashboard::{Dashboard, Section, html, json, text};
use crate::report::failure::Failure;

use super::arguments::{DashboardOptions, DataFile, PageFormat};
use super::console::Console;
use super::{Outcome, Trouble, accounts, files, monthly, pages};

/// The most accounts of one contract.
const MOST_ACCOUNTS: usize = 20;

pub(super) fn run(options: &DashboardOptions, console: &mut Console) -> Outcome {
    pages::refuse_contract(&options.written)?;
    let (contracts, data) = (options.contracts.len(), options.data.len());
    if contracts != data {
        return Err(Failure::new(format!(
            "there are {contracts} contracts and {data} data files"
        ))
        .help("give each contract its `--data FILE`, in the same order")
        .into());
    }
    let month = options.month.as_deref().map(monthly::month).transpose()?;
    let mut dashboard = Dashboard {
        sections: Vec::new(),
    };
    for (contract, data) in options.contracts.iter().zip(&options.data) {
        let file = DataFile {
            data: data.clone(),
            sheet: options.sheet.clone(),
        };
        let sections = of_contract(options, contract, (&file, month), console)?;
        dashboard.sections.extend(sections);
    }
    let content = match options.written.format {
        PageFormat::Text => text::render(&dashboard),
        PageFormat::Json => json::render(&dashboard),
        PageFormat::Html => html::render(&dashboard),
    };
    pages::write(&options.written, "dashboard", &content, console)
}

fn of_contract(
    options: &DashboardOptions,
    contract: &Path,
    (file, month): (&DataFile, Option<Month>),
    console: &mut Console,
) -> Result<Vec<Section>, Trouble> {
    let ready = monthly::contract(contract, console)?;
    let sheet = accounts::sheet(file, &ready, options.account.as_deref(), console)?;
    let count = sheet.accounts.len();
    if count > MOST_ACCOUNTS {
        return Err(Failure::new(format!(
            "`{}` has {count} accounts, and a dashboard shows at most {MOST_ACCOUNTS}",
            sheet.file.name
        ))
        .help("name one with `--account`; `quidpro invoice --format csv` has all of them")
        .into());
    }
    let name = files::shown(contract);
    let subject = Subject {
        loaded: ready.loaded(),
        checked: ready.checked()?,
        file: &name,
        data: &sheet.file.name,
    };
    let mut found = Vec::new();
    for (account, rows) in &sheet.accounts {
        let shown = match month {
            Some(month) => month,
            None => newest(&subject, rows)?,
        };
        match section(&subject, rows, shown) {
            Some(section) => found.push(section),
            None if month.is_some() && count > 1 => {
                let account = account.as_deref().unwrap_or_default();
                console.tell(&format!(
                    "account {account} has no row for {shown}, and is left out\n"
                ));
            }
            None => {
                let message = format!("`{}` has no row for {shown}", sheet.file.name);
                return Err(Failure::new(message).into());
            }
        }
    }
    if found.is_empty() {
        return Err(Failure::new(format!(
            "`{}` has no month that was asked for",
            sheet.file.name
        ))
        .into());
    }
    Ok(found)
}

/// The newest month with an invoice; without any, the newest month.
fn newest(subject: &Subject<'_>, rows: &[Row]) -> Result<Month, Failure> {
    let last = rows.last().map(|row| row.month);
    newest_invoiced(subject.checked, rows)
        .or(last)
        .ok_or_else(|| Failure::new("the data has no month"))
}
