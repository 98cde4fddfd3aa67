//! `quidpro reconcile`: a supplier's invoice beside what the contract comes to.

use std::collections::BTreeMap;

use crate::closing::{Comparing, MonthResult, reconcile};
use crate::data::{Mapping, Numbers, read_supplier};
use crate::quantity::Exact;
use crate::report::document::Document;
use crate::report::failure::Failure;
use crate::report::reconcile::{Reconciliation, html, json, text};
use crate::report::{failure, refusal};

use super::accounts;
use super::arguments::{NumberForm, ReconcileFormat, ReconcileOptions};
use super::console::Console;
use super::files::{self, Over, Reach};
use super::{Ending, Outcome, Trouble, monthly};

/// The most bytes of a supplier's invoice.
const MOST: u64 = 64 << 20;

pub(super) fn run(options: &ReconcileOptions, console: &mut Console) -> Outcome {
    if let Some(output) = &options.output {
        files::refuse_contracts(output)?;
    }
    let month = monthly::month(&options.month)?;
    let theirs = supplier(options)?;
    let ready = monthly::contract(&options.contract, console)?;
    let sheet = accounts::sheet(&options.data, &ready, options.account.as_deref(), console)?;
    let subject = accounts::subject(&ready, sheet.file.clone())?;
    let [rows] = sheet.accounts.values().collect::<Vec<_>>()[..] else {
        return Err(
            Failure::new("the data has several accounts, and the invoice is of one")
                .help("name the account with `--account NAME`")
                .into(),
        );
    };
    let mut others = BTreeMap::new();
    let mut ours: Option<Document> = None;
    for one in subject.compute(rows) {
        match one.result {
            MonthResult::Statement(document) if one.month == month => ours = Some(*document),
            MonthResult::Statement(document) => {
                others.insert(one.month, document.lines);
            }
            MonthResult::Refused(reasons, problems) if one.month == month => {
                let colour = console.error_colour();
                let mut told = refusal::render_reasons(&reasons, &ready.loaded().sources, colour);
                for problem in &problems {
                    told.push_str(&failure::render(&monthly::failure(problem), colour, false));
                }
                console.tell(&told);
                return Ok(Ending::Findings);
            }
            MonthResult::Refused(..) => {}
        }
    }
    let Some(ours) = ours else {
        let data = files::shown(&options.data.data);
        return Err(Failure::new(format!("`{data}` has no row for {month}")).into());
    };
    if let Some(currency) = theirs
        .currency
        .as_ref()
        .filter(|currency| **currency != ours.currency)
    {
        return Err(Failure::new(format!(
            "the supplier's invoice is in {currency}, and the contract's in {}",
            ours.currency
        ))
        .into());
    }
    let comparing = Comparing {
        tolerance: tolerance(&options.tolerance)?,
        names: names(&options.name, &ours)?,
        file: files::shown(&options.invoice),
    };
    let reconciliation = reconcile(&ours, &theirs, &others, &comparing)
        .ok_or_else(|| Failure::new("the contract has no currency"))?;
    write(options, &reconciliation, console)?;
    let disputed = reconciliation.disputed().next().is_some();
    Ok(if disputed {
        Ending::Findings
    } else {
        Ending::Fine
    })
}

fn supplier(options: &ReconcileOptions) -> Result<crate::data::SupplierInvoice, Failure> {
    let mut mapping = Mapping {
        numbers: match options.numbers {
            None => Numbers::Plain,
            Some(NumberForm::De) => Numbers::German,
            Some(NumberForm::Fr) => Numbers::French,
            Some(NumberForm::En) => Numbers::English,
        },
        ..Mapping::default()
    };
    for text in &options.map {
        mapping.set(text).map_err(|why| {
            Failure::new(why)
                .help("write `--map amount=HEADING`, with the heading of the supplier's column")
        })?;
    }
    let name = files::shown(&options.invoice);
    let bytes = files::bytes(&options.invoice, &Reach::Named, MOST)?;
    let invoice = read_supplier(&name, bytes, &mapping, options.invoice_sheet.as_deref());
    invoice.map_err(|why| Failure::new(format!("{name}: {why}")))
}

fn tolerance(text: &str) -> Result<Exact, Failure> {
    let value = Exact::parse_decimal(text)
        .ok()
        .filter(|value| !value.is_negative());
    value.ok_or_else(|| {
        Failure::new(format!("`--tolerance {text}` is not an amount")).help("write it as `0.05`")
    })
}

/// `--name "Their words=handling.voice"`
fn names(texts: &[String], ours: &Document) -> Result<Vec<(String, String)>, Failure> {
    let each = texts.iter().map(|text| {
        let (theirs, name) = text.rsplit_once('=').ok_or_else(|| {
            Failure::new(format!("`--name {text}` has no `=`"))
                .help("write `--name \"Their words=handling\"`")
        })?;
        if !ours.lines.iter().any(|line| line.name == name.trim()) {
            let lines: Vec<&str> = ours.lines.iter().map(|line| line.name.as_str()).collect();
            return Err(Failure::new(format!(
                "the contract's month has no line `{}`",
                name.trim()
            ))
            .help(format!("it has {}", lines.join(", "))));
        }
        Ok((theirs.to_owned(), name.trim().to_owned()))
    });
    each.collect()
}

fn write(
    options: &ReconcileOptions,
    reconciliation: &Reconciliation,
    console: &mut Console,
) -> Result<(), Trouble> {
    let content = match options.format {
        ReconcileFormat::Text => text::render(reconciliation),
        ReconcileFormat::Html => html::render(reconciliation),
        ReconcileFormat::Json => json::render(reconciliation),
    };
    let Some(output) = &options.output else {
        console.print(&content)?;
        return Ok(());
    };
    let over = Over {
        is_own: match options.format {
            ReconcileFormat::Html => files::own_document(super::arguments::DocumentFormat::Html),
            ReconcileFormat::Json | ReconcileFormat::Text => files::own_never,
        },
        force: options.force,
    };
    files::output(output, content.as_bytes(), &over)?;
    Ok(())
}
