//! The value of `--format`: a format, and a file to write it to.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;

use super::arguments::FindingFormat;

/// Where the findings go, and in which format.
#[derive(Clone, Debug)]
pub(super) struct Output {
    pub(super) format: FindingFormat,
    /// The file. If there is none, the findings are printed.
    pub(super) file: Option<PathBuf>,
}

/// Reads `sarif` and `sarif=findings.sarif`.
#[derive(Clone)]
pub(super) struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Output, clap::Error> {
        let Some(text) = value.to_str() else {
            return Err(clap::Error::new(ErrorKind::InvalidUtf8).with_cmd(command));
        };
        let (name, file) = match text.split_once('=') {
            Some((name, file)) => (name, Some(file)),
            None => (text, None),
        };
        let format = formats().parse_ref(command, argument, OsStr::new(name))?;
        if file == Some("") {
            let message = format!("`--format {text}` has no file after `=`\n");
            return Err(clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command));
        }
        Ok(Output {
            format,
            file: file.filter(|file| *file != "-").map(PathBuf::from),
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values: Vec<PossibleValue> = formats().possible_values()?.collect();
        Some(Box::new(values.into_iter()))
    }
}

fn formats() -> EnumValueParser<FindingFormat> {
    EnumValueParser::new()
}
