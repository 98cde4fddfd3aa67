//! Where findings go: one format to standard output, and any number of formats to files.

use std::path::{Path, PathBuf};

use crate::report::failure::Failure;

use super::super::arguments::{CheckOptions, FindingFormat};
use super::super::files::{self, Over};
use super::super::input::Input;

use super::report::Report;

/// The format to print, and the files to write.
pub(super) struct Outputs {
    printed: Printed,
    files: Vec<(FindingFormat, PathBuf)>,
    /// Whether files other than earlier reports may be replaced.
    force: bool,
}

enum Printed {
    Findings(FindingFormat),
    Statistics,
    /// Only the number of findings, because the findings are in files.
    Summary,
}

impl Outputs {
    /// The outputs that the arguments ask for.
    pub(super) fn of(options: &CheckOptions) -> Result<Self, Failure> {
        let mut written: Vec<(FindingFormat, PathBuf)> = Vec::new();
        let mut printed = Vec::new();
        for output in &options.outputs {
            match &output.file {
                Some(file) if written.iter().any(|(_, other)| is_same(other, file)) => {
                    return Err(Failure::new(format!(
                        "`{}` cannot hold two formats",
                        files::shown(file)
                    )));
                }
                Some(file) => written.push((output.format, file.clone())),
                None => printed.push(output.format),
            }
        }
        let printed = match (printed.as_slice(), options.statistics) {
            ([], true) => Printed::Statistics,
            ([], false) if written.is_empty() => Printed::Findings(FindingFormat::Full),
            ([], false) => Printed::Summary,
            ([one], false) => Printed::Findings(*one),
            ([one, ..], true) => {
                return Err(Failure::new(
                    "`--statistics` replaces the findings on the screen, and the format without a file would be \
                     printed too",
                )
                .help(format!(
                    "name a file: --format {}=FILE",
                    word(*one)
                )));
            }
            ([_, .., last], false) => {
                return Err(Failure::new("only one format can be printed").help(format!(
                    "name files for the others: --format {}=FILE",
                    word(*last)
                )));
            }
        };
        Ok(Self {
            printed,
            files: written,
            force: options.force,
        })
    }

    /// Refuses to write over contracts.
    pub(super) fn overwrite_none_of(&self, inputs: &[Input]) -> Result<(), Failure> {
        for (_, file) in &self.files {
            files::refuse_contracts(file)?;
        }
        let is_contract = |file: &Path| {
            let mut inputs = inputs.iter();
            inputs.any(|input| input.path() == files::from_here(file))
        };
        match self.files.iter().find(|(_, file)| is_contract(file)) {
            Some((_, file)) => Err(Failure::new(format!(
                "`{}` is a contract; findings are not written over it",
                files::shown(file)
            ))),
            None => Ok(()),
        }
    }

    /// Writes the files. Returns what could not be written.
    pub(super) fn write(&self, report: &Report<'_>) -> Vec<Failure> {
        self.files
            .iter()
            .filter_map(|(format, file)| {
                let text = report.written(*format);
                let over = Over {
                    is_own: files::own_findings(*format),
                    force: self.force,
                };
                files::output(file, text.as_bytes(), &over).err()
            })
            .collect()
    }

    /// The text to print.
    pub(super) fn printed(&self, report: &Report<'_>, colour: bool) -> String {
        match self.printed {
            Printed::Findings(format) => report.findings(format, colour),
            Printed::Statistics => report.statistics(),
            Printed::Summary => report.summary(),
        }
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    files::absolute(one) == files::absolute(other)
}

fn word(format: FindingFormat) -> String {
    use clap::ValueEnum;
    format
        .to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default()
}
