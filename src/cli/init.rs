//! `quidpro init`: a commented contract to start from, with data.

use std::path::PathBuf;

use crate::report::failure::Failure;
use crate::typing::suggestion;

use super::arguments::InitOptions;
use super::console::Console;
use super::files;
use super::templates::{STARTER, TEMPLATES, Template};
use super::{Ending, Outcome};

pub(super) fn run(options: &InitOptions, console: &mut Console) -> Outcome {
    if options.list {
        console.print(&list())?;
        return Ok(Ending::Fine);
    }
    let template = match &options.template {
        Some(name) => find(name)?,
        None => &STARTER,
    };
    let default = match &options.template {
        Some(_) => template.name,
        None => "my_contract",
    };
    let name = options.name.as_deref().unwrap_or(default);
    let name = name.trim_end_matches(".quid");
    check_name(name)?;
    let contract = PathBuf::from(format!("{name}.quid"));
    let data = PathBuf::from(format!("{name}.csv"));
    let own = template.name;
    let text = template
        .contract
        .replacen(&format!("contract {own} "), &format!("contract {name} "), 1)
        .replace(&format!("{own}.quid"), &format!("{name}.quid"))
        .replace(&format!("{own}.csv"), &format!("{name}.csv"));
    if !files::contract_of(&contract, &text).is_sound() {
        return Err(
            Failure::new(format!("`{name}` cannot be the name of a contract"))
                .help("it is a word of the language; add to it, for example `my_contract`")
                .into(),
        );
    }
    files::create(&[
        (&contract, text.as_bytes()),
        (&data, template.data.as_bytes()),
    ])?;
    console.print(&format!(
        "wrote {name}.quid and {name}.csv\n\nnext:\n  quidpro check {name}.quid\n  quidpro test {name}.quid\n  \
         quidpro invoice {name}.quid --data {name}.csv\n  \
         quidpro explain {name}.quid --data {name}.csv --month 2026-02\n"
    ))?;
    Ok(Ending::Fine)
}

/// All templates, one a line.
fn list() -> String {
    let widest = TEMPLATES
        .iter()
        .map(|one| one.name.len())
        .max()
        .unwrap_or(0);
    let lines: String = TEMPLATES
        .iter()
        .map(|one| format!("{:widest$}  {}\n", one.name, one.what))
        .collect();
    format!(
        "{lines}\nquidpro init my_contract --template {}\n",
        STARTER_EXAMPLE
    )
}

const STARTER_EXAMPLE: &str = "it_service_desk";

fn find(name: &str) -> Result<&'static Template, Failure> {
    if let Some(template) = TEMPLATES.iter().find(|one| one.name == name) {
        return Ok(template);
    }
    let names = TEMPLATES.iter().map(|one| one.name);
    let failure = Failure::new(format!("there is no template `{name}`"));
    Err(match suggestion(name, names) {
        Some(close) => failure.help(format!("did you mean `{close}`?")),
        None => failure.help("`quidpro init --list` lists all templates"),
    })
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
