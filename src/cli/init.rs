//! `quidpro init`: a commented contract to start from, with data.

use std::path::PathBuf;

use crate::report::failure::Failure;

use super::arguments::InitOptions;
use super::console::Console;
use super::files;
use super::{Ending, Outcome};

const CONTRACT: &str = include_str!("../../contracts/starter.quid");
const DATA: &str = include_str!("../../contracts/starter.csv");

pub(super) fn run(options: &InitOptions, console: &mut Console) -> Outcome {
    let name = options.name.trim_end_matches(".quid");
    check_name(name)?;
    let contract = PathBuf::from(format!("{name}.quid"));
    let data = PathBuf::from(format!("{name}.csv"));
    let text = CONTRACT
        .replacen("contract starter", &format!("contract {name}"), 1)
        .replace("starter.quid", &format!("{name}.quid"))
        .replace("starter.csv", &format!("{name}.csv"));
    if !files::contract_of(&contract, &text).is_sound() {
        return Err(
            Failure::new(format!("`{name}` cannot be the name of a contract"))
                .help("it is a word of the language; add to it, for example `my_contract`")
                .into(),
        );
    }
    files::create(&[(&contract, text.as_bytes()), (&data, DATA.as_bytes())])?;
    console.print(&format!(
        "wrote {name}.quid and {name}.csv\n\nnext:\n  quidpro check {name}.quid\n  quidpro test {name}.quid\n  \
         quidpro invoice {name}.quid --data {name}.csv\n  \
         quidpro explain {name}.quid --data {name}.csv --month 2026-02\n"
    ))?;
    Ok(Ending::Fine)
}

fn check_name(name: &str) -> Result<(), Failure> {
    let starts = name
        .chars()
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_');
    let rest = name
        .chars()
        .all(|letter| letter.is_alphanumeric() || letter == '_');
    if starts && rest {
        return Ok(());
    }
    Err(
        Failure::new(format!("`{name}` cannot be the name of a contract"))
            .help("a name has letters, digits and `_`, and begins with a letter: `support_2026`"),
    )
}
