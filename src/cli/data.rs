//! `quidpro data template`: the empty sheet that the supplier fills in.

use crate::calendar::Month;
use crate::data::{TemplateFormat as Kind, TemplateOptions as Settings, template};
use crate::report::failure::Failure;

use super::arguments::{DataCommand, DataOptions, TemplateFormat, TemplateOptions};
use super::console::Console;
use super::files::Over;
use super::{Ending, Outcome, files, monthly};

pub(super) fn run(options: &DataOptions, console: &mut Console) -> Outcome {
    match &options.command {
        DataCommand::Template(options) => write(options, console),
    }
}

fn write(options: &TemplateOptions, console: &mut Console) -> Outcome {
    use std::io::Write;

    let ready = monthly::contract(&options.contract, console)?;
    let checked = ready.checked()?;
    let contract = &checked.contract;
    let named = options.from.as_deref().map(monthly::month).transpose()?;
    let Some(term) = contract.term else {
        return Err(Failure::new("the contract has no term").into());
    };
    let first = named.unwrap_or(Month::of(term.first));
    let last = first
        .plus(i32::try_from(options.months).unwrap_or(12) - 1)
        .min(Month::of(term.last));
    if last < first {
        return Err(Failure::new(format!(
            "{first} is after the end of the contract's term, {}",
            term.last
        ))
        .into());
    }
    let format = match options.format {
        TemplateFormat::Csv => Kind::Csv,
        TemplateFormat::Xlsx => Kind::Xlsx,
    };
    let settings = Settings {
        accounts: options.accounts,
        most_months: options.months as usize,
    };
    let content = template(&monthly::columns(checked)?, first, last, &settings, format)
        .map_err(|problem| monthly::failure(&problem))?;
    match &options.output {
        Some(path) => {
            let over = Over {
                is_own: files::own_never,
                force: options.force,
            };
            files::output(path, &content, &over)?;
            console.tell(&format!("wrote {}\n", files::told(path)));
        }
        None => console.out().write_all(&content)?,
    }
    Ok(Ending::Fine)
}
