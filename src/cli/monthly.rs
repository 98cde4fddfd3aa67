//! A contract with its data, opened for the commands that compute months.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::calendar::Month;
use crate::data::{self, Mode, Options, Problem, Reader, RowNumber, Schema};
use crate::driver::{Checked, Invoicing, Loaded, schema_of};
use crate::report::failure::Failure;
use crate::report::findings;

use super::arguments::DataFile;
use super::console::Console;
use super::files::{Opened, Reach};
use super::{Trouble, files};

/// The most data that is taken from a pipe, because it is kept in memory.
const MOST_PIPED: u64 = 256 << 20;

/// The size in bytes above which a data file is read row by row.
const STREAM_FROM: u64 = 32 << 20;

/// The one contract of a file, ready to be computed.
pub(super) struct Ready {
    loaded: Loaded,
}

/// Reads a contract that must be sound.
///
/// # Errors
/// If the contract is not sound. Its findings and an error are printed.
pub(super) fn contract(path: &Path, console: &mut Console) -> Result<Ready, Trouble> {
    files::named(path);
    let loaded = files::contract(path)?;
    if !loaded.is_sound() {
        let text =
            findings::full::render(&loaded.diagnostics, &loaded.sources, console.error_colour());
        console.tell(&text);
        let failure = Failure::new(format!(
            "`{}` has errors, so nothing was computed",
            files::shown(path)
        ));
        return Err(failure
            .help("fix the errors above; `quidpro check` shows them again")
            .into());
    }
    match loaded.contracts.as_slice() {
        [_] => Ok(Ready { loaded }),
        [] => Err(Failure::new(format!(
            "`{}` has a library and no contract",
            files::shown(path)
        ))
        .into()),
        _ => Err(
            Failure::new(format!("`{}` has several contracts", files::shown(path)))
                .help("put each contract into its own file")
                .into(),
        ),
    }
}

impl Ready {
    /// The texts.
    pub(super) fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// The contract with all its versions.
    pub(super) fn checked(&self) -> Result<&Checked, Failure> {
        let checked = self.loaded.contracts.first();
        checked
            .filter(|checked| checked.compiled.is_some())
            .ok_or_else(|| Failure::new("the contract has no program"))
    }
}

/// The columns of a contract's data.
pub(super) fn columns(contract: &Checked) -> Result<Schema, Failure> {
    schema_of(contract).ok_or_else(|| Failure::new("the contract has no program"))
}

/// The start of computing the months of a contract.
pub(super) fn invoicing(contract: &Checked) -> Result<Invoicing<'_>, Failure> {
    Invoicing::of(contract).ok_or_else(|| Failure::new("the contract has no program"))
}

/// An open data file. Data from a pipe or standard input is kept in memory.
pub(super) fn data_of(file: &DataFile) -> Result<Opened, Failure> {
    if file.data.as_os_str() == "-" {
        return files::opened_input(Path::new("<stdin>"), MOST_PIPED);
    }
    files::open(&file.data, &Reach::Named, MOST_PIPED)
}

/// Reads a data file for a contract.
pub(super) fn open(
    file: &DataFile,
    opened: Opened,
    contract: &Checked,
    keep_text: bool,
) -> Result<Reader<'static>, Trouble> {
    open_of(file, opened, &columns(contract)?, keep_text)
}

/// Reads a data file with those columns.
pub(super) fn open_of(
    file: &DataFile,
    opened: Opened,
    schema: &Schema,
    keep_text: bool,
) -> Result<Reader<'static>, Trouble> {
    let path = &file.data;
    let streaming = !keep_text && opened.size > STREAM_FROM;
    let options = Options {
        mode: if streaming {
            Mode::Streaming
        } else {
            Mode::Whole
        },
        sheet: file.sheet.clone(),
        keep_text,
    };
    let name = files::shown(path);
    data::open(&name, None, opened.input, schema, &options)
        .map_err(|problems| Trouble::Failures(problems.iter().map(failure).collect()))
}

/// A problem of the data, as a message.
pub(super) fn failure(problem: &Problem) -> Failure {
    let mut failure = Failure::new(problem.to_string());
    let words: Vec<&str> = problem
        .why
        .iter()
        .chain(&problem.help)
        .map(String::as_str)
        .collect();
    if !words.is_empty() {
        failure = failure.help(words.join("\n"));
    }
    if let Some(excerpt) = &problem.excerpt {
        let line = problem.place.row.map_or(1, line_of);
        failure = failure.at(
            &problem.place.file,
            line,
            &excerpt.text,
            excerpt.mark.clone(),
            "here",
        );
    }
    failure
}

/// The line of a row in its file.
fn line_of(row: RowNumber) -> usize {
    match row {
        RowNumber::Row(line) | RowNumber::Entry { line, .. } => line,
    }
}

/// The month that an argument names.
pub(super) fn month(text: &str) -> Result<Month, Failure> {
    Month::parse(text).ok_or_else(|| {
        Failure::new(format!("`{text}` is not a month")).help("write it as `2026-02`")
    })
}

/// SHA-256 of a data file, in hexadecimal.
pub(super) fn digest(path: &Path, data: &mut Opened) -> Result<String, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::new(format!("`{}` cannot be read: {error}", files::shown(path)))
    };
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        let read = data.input.read(&mut block).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        hasher.update(block.get(..read).unwrap_or_default());
    }
    // The invoices are computed from these bytes, whichever file has the name later.
    data.input.rewind().map_err(unreadable)?;
    Ok(hexadecimal(&hasher.finalize()))
}

/// SHA-256 of a text, in hexadecimal.
pub(super) fn digest_of(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a row belongs to the account that was asked for.
pub(super) fn is_of(account: Option<&Arc<str>>, wanted: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| account.map(AsRef::as_ref) == Some(wanted))
}
