//! The program: one file for each command. All reading and writing of files happens here.
//!
//! Exit codes: 0 for success; 1 for findings, failed scenarios or a month without an invoice; 2 for wrong usage, a
//! problem with a file, or an internal error.

mod accounts;
mod arguments;
mod baseline;
mod books;
mod calendar;
mod check;
mod checker;
mod close;
mod completions;
mod config;
mod configuration;
mod console;
mod data;
mod dependents;
mod diff;
mod documents;
mod explain;
mod facts;
mod files;
mod fmt;
mod git;
mod init;
mod input;
mod invoice;
mod journal;
#[cfg(feature = "lsp")]
mod lsp;
mod monthly;
mod output;
mod parallel;
mod prove;
mod questions;
mod reconcile;
mod records;
mod restate;
mod review;
mod rules;
mod selection;
mod show;
mod statements;
mod templates;
mod test;
mod waivers;
mod walk;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::report::failure::Failure;

use arguments::{Arguments, Command};
use console::Console;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// All is well.
    Fine,
    /// There are findings, failed scenarios or months without an invoice.
    Findings,
}

/// The reasons for which a command cannot do its work.
enum Trouble {
    /// Something to tell the user.
    Failures(Vec<Failure>),
    /// The reader of the output has stopped reading.
    OutputClosed,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failures(vec![failure])
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::OutputClosed;
        }
        Self::from(Failure::new(format!(
            "the output could not be written: {error}"
        )))
    }
}

type Outcome = Result<Ending, Trouble>;

/// Runs the program with its arguments. The first one is the program's own name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = u8::from(error.use_stderr()) * 2;
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    if arguments.allow_outside {
        files::allow_outside();
    }
    let mut console = Console::new(arguments.color);
    let outcome = run(&arguments.command, &mut console).and_then(|ending| {
        console.flush()?;
        Ok(ending)
    });
    match outcome {
        Ok(Ending::Fine) | Err(Trouble::OutputClosed) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Err(Trouble::Failures(failures)) => {
            let _ = console.flush();
            for failure in failures {
                console.failure(&failure);
            }
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command, console: &mut Console) -> Outcome {
    match command {
        Command::Check(options) => check::run(options, console),
        Command::Fmt(options) => fmt::run(options, console),
        Command::Invoice(options) => invoice::run(options, console),
        Command::Close(options) => close::run(options, console),
        Command::Reconcile(options) => reconcile::run(options, console),
        Command::Restate(options) => restate::run(options, console),
        Command::Books(options) => books::run(options, console),
        Command::Journal(options) => journal::run(options, console),
        Command::Explain(options) => explain::run(options, console),
        Command::Test(options) => test::run(options, console),
        Command::Show(options) => show::run(options, console),
        Command::Facts(options) => facts::run(options, console),
        Command::Calendar(options) => calendar::run(options, console),
        Command::Diff(options) => diff::run(options, console),
        Command::Prove(options) => prove::run(options, console),
        Command::Questions(options) => questions::run(options, console),
        Command::Review(options) => review::run(options, console),
        Command::Rules(options) => rules::all(options, console),
        Command::Rule(options) => rules::one(options, console),
        Command::Waivers(options) => waivers::run(options, console),
        Command::Baseline(options) => baseline::run(options, console),
        Command::Config(options) => config::run(options, console),
        Command::Data(options) => data::run(options, console),
        Command::Records(options) => records::run(options, console),
        Command::Init(options) => init::run(options, console),
        #[cfg(feature = "lsp")]
        Command::Lsp(_) => lsp::run(),
        Command::Completions(options) => completions::run(options, console),
    }
}
