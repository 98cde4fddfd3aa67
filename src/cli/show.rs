//! `quidpro show`: a contract as it reads in a month, as one text.

use crate::calendar::Month;
use crate::driver::show;
use crate::report::escape::terminal::lines;
use crate::report::failure::Failure;

use super::arguments::ShowOptions;
use super::console::Console;
use super::{Ending, Outcome, monthly};

pub(super) fn run(options: &ShowOptions, console: &mut Console) -> Outcome {
    let ready = monthly::contract(&options.contract, console)?;
    let month = options.at.as_deref().map(monthly::month).transpose()?;
    if let Some(month) = month {
        let contract = ready.checked()?.contract_in(month);
        if let Some(term) = contract.term.filter(|term| !term.has_month(month)) {
            let message = format!(
                "{month} is outside the contract's term, {} to {}",
                Month::of(term.first),
                Month::of(term.last)
            );
            return Err(Failure::new(message).into());
        }
    }
    let Some(text) = show(ready.loaded(), 0, month) else {
        return Err(Failure::new("there is nothing to show").into());
    };
    let shown = lines(&text);
    console.print(&shown)?;
    if shown != text {
        console.tell("invisible characters are shown as `?`, `¿` or `\u{FFFD}`; `quidpro check` says where they are\n");
    }
    Ok(Ending::Fine)
}
