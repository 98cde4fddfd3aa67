//! `quidpro completions`: the script that lets a shell complete the program's words.

use clap::CommandFactory;

use super::arguments::{Arguments, CompletionsOptions};
use super::console::Console;
use super::{Ending, Outcome};

pub(super) fn run(options: &CompletionsOptions, console: &mut Console) -> Outcome {
    let mut command = Arguments::command();
    clap_complete::generate(options.shell, &mut command, "quidpro", console.out());
    Ok(Ending::Fine)
}
