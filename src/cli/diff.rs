//! `quidpro diff OLD NEW`: what a change of a contract's text changes, in its clauses and in money.

use std::io::{Cursor, Read};

use crate::data::{self, Mode, Options, Problem, Schema};
use crate::driver::Checked;
use crate::prove::{Outcome as Proof, Proofs, compare};
use crate::redline;
use crate::report::failure::Failure;
use crate::report::redline::{Money, Redline, html, json, text};

use super::arguments::{DataFile, DiffFormat, DiffOptions};
use super::console::Console;
use super::files::Over;
use super::monthly::{self, Ready};
use super::{Ending, Outcome, Trouble, files};

pub(super) fn run(options: &DiffOptions, console: &mut Console) -> Outcome {
    if let Some(output) = &options.output {
        files::refuse_contracts(output)?;
    }
    let old = monthly::contract(&options.old, console)?;
    let new = monthly::contract(&options.new, console)?;
    let (before, after) = (old.checked()?, new.checked()?);
    let text_of = |path, ready: &Ready, checked| {
        redline::text_of(&files::shown(path), ready.loaded(), checked, |text| {
            monthly::digest_of(text)
        })
    };
    let compared = Redline {
        old: text_of(&options.old, &old, before),
        new: text_of(&options.new, &new, after),
        clauses: redline::clauses((old.loaded(), before), (new.loaded(), after)),
        money: money(options, before, after)?,
        proofs: if options.prove {
            Some(proofs(options, before, after)?)
        } else {
            None
        },
    };
    let page = match options.format {
        DiffFormat::Text => text::render(&compared, console.colour && options.output.is_none()),
        DiffFormat::Json => json::render(&compared),
        DiffFormat::Html => html::render(&compared),
    };
    match &options.output {
        Some(output) => {
            let over = Over {
                is_own: files::own_redline(options.format),
                force: options.force,
            };
            files::output(output, page.as_bytes(), &over)?;
        }
        None => console.print(&page)?,
    }
    Ok(ending(&compared))
}

/// Whether both texts pay the same, as far as it was asked.
fn ending(compared: &Redline) -> Ending {
    let money = compared.money.as_ref();
    let same_money = money.map(|money| {
        money.differing().next().is_none()
            && money.refused().next().is_none()
            && money.unread.is_empty()
    });
    let proofs = compared.proofs.as_ref();
    let same_proofs = proofs.map(|proofs| {
        let mut all = proofs.verdicts.iter();
        all.all(|verdict| matches!(verdict.outcome, Proof::Proved | Proof::ProvedIf))
    });
    let same = match (same_money, same_proofs) {
        (None, None) => compared.clauses.is_empty(),
        (money, proofs) => money.unwrap_or(true) && proofs.unwrap_or(true),
    };
    if same { Ending::Fine } else { Ending::Findings }
}

fn proofs(options: &DiffOptions, old: &Checked, new: &Checked) -> Result<Proofs, Failure> {
    let (Some(before), Some(after)) = (old.compiled.as_ref(), new.compiled.as_ref()) else {
        return Err(Failure::new("a contract could not be compiled"));
    };
    Ok(compare(
        (&old.contract, before),
        (&new.contract, after),
        options.budget,
    ))
}

/// The months of the data under both texts.
fn money(options: &DiffOptions, old: &Checked, new: &Checked) -> Result<Option<Money>, Trouble> {
    let Some(path) = &options.data else {
        return Ok(None);
    };
    let file = DataFile {
        data: path.clone(),
        sheet: options.sheet.clone(),
    };
    let range = super::invoice::Range {
        from: options.from.as_deref().map(monthly::month).transpose()?,
        to: options.to.as_deref().map(monthly::month).transpose()?,
    };
    let mut opened = monthly::data_of(&file)?;
    let sha256 = monthly::digest(path, &mut opened)?;
    let name = files::shown(path);
    // Both texts read the same bytes, each with its own columns.
    let mut bytes = Vec::new();
    opened
        .input
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(format!("`{name}` cannot be read: {error}")))?;
    let reading = Options {
        mode: Mode::Whole,
        sheet: file.sheet.clone(),
        keep_text: false,
    };
    let open =
        |schema: &Schema| data::open(&name, None, Cursor::new(bytes.clone()), schema, &reading);
    let wanted = |account: Option<&str>, month| {
        range.has(month)
            && options
                .account
                .as_deref()
                .is_none_or(|own| account == Some(own))
    };
    let failed =
        |problems: Vec<Problem>| Trouble::Failures(problems.iter().map(monthly::failure).collect());
    let money = redline::months(old, new, &open, wanted).map_err(failed)?;
    let mut money = money.ok_or_else(|| Failure::new("a contract has no program"))?;
    if money.months.is_empty() {
        return Err(Failure::new(format!("`{name}` has no month that was asked for")).into());
    }
    money.file = name;
    money.sha256 = sha256;
    Ok(Some(money))
}
