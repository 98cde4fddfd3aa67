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
mod curve;
mod dashboard;
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
mod pages;
mod paper;
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

/// Runs the program with its arguments and returns its exit code. The first argument is the program's own name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = u8::from(error.use_stderr()) * 2;
            let _ = error.print();
            return code;
        }
    };
    let mut console = Console::new(arguments.color);
    ended(&arguments, &mut console)
}

/// What a run printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// The exit code.
    pub code: u8,
    /// What it printed as its result.
    pub out: Vec<u8>,
    /// What it said besides.
    pub messages: String,
}

/// Runs the program within another one and keeps what it prints. The first argument is the program's own name. Files are read and
/// written as by the program; standard input is that of the process. Runs of several threads follow each other. The language server does not end before its input does, so
/// it is refused.
pub fn captured(arguments: impl IntoIterator<Item = OsString>) -> Captured {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let text = error.render().to_string();
            let is_wrong = error.use_stderr();
            let (out, messages) = if is_wrong {
                (String::new(), text)
            } else {
                (text, String::new())
            };
            return Captured {
                code: u8::from(is_wrong) * 2,
                out: out.into_bytes(),
                messages,
            };
        }
    };
    #[cfg(feature = "lsp")]
    if matches!(arguments.command, Command::Lsp(_)) {
        return Captured {
            code: 2,
            out: Vec::new(),
            messages: "error: the language server runs as a process of its own: `quidpro lsp`\n"
                .to_owned(),
        };
    }
    let _run = files::new_run();
    let mut console = Console::keeping();
    let (code, messages) = console::keeping_messages(|| ended(&arguments, &mut console));
    Captured {
        code,
        out: console.kept(),
        messages: String::from_utf8_lossy(&messages).into_owned(),
    }
}

/// Runs a command, reports what prevented it, and returns the exit code.
fn ended(arguments: &Arguments, console: &mut Console) -> u8 {
    if arguments.allow_outside {
        files::allow_outside();
    }
    let outcome = run(&arguments.command, console).and_then(|ending| {
        console.flush()?;
        Ok(ending)
    });
    match outcome {
        Ok(Ending::Fine) | Err(Trouble::OutputClosed) => 0,
        Ok(Ending::Findings) => 1,
        Err(Trouble::Failures(failures)) => {
            let _ = console.flush();
            for failure in failures {
                console.failure(&failure);
            }
            2
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
        Command::Curve(options) => curve::run(options, console),
        Command::Dashboard(options) => dashboard::run(options, console),
        Command::Diff(options) => diff::run(options, console),
        Command::Paper(options) => paper::run(options, console),
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
