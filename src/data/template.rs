//! The empty table that people fill in: a row for each month of the contract, a column for each input.

use std::sync::Arc;

use crate::calendar::Month;

use super::place::Place;
use super::problem::{Fault, Problem};
use super::schema::Schema;

/// The options for a template.
#[derive(Clone, Debug)]
pub struct TemplateOptions {
    /// Whether there is a column for the account.
    pub accounts: bool,
    /// The most months that get a row.
    pub most_months: usize,
}

/// The kinds of files that a template can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TemplateFormat {
    /// Comma-separated text.
    Csv,
    /// A workbook, with a second sheet that says what each column is.
    Xlsx,
}

/// Twelve months, without accounts.
impl Default for TemplateOptions {
    fn default() -> Self {
        Self {
            accounts: false,
            most_months: 12,
        }
    }
}

/// The bytes of a template in the wide form, with a row for each month from `first` to `last`. The same arguments give
/// the same bytes.
///
/// # Errors
/// If a workbook cannot be written: the program was built without workbooks, or the contract has more columns than a
/// sheet can have.
pub fn template(
    schema: &Schema,
    first: Month,
    last: Month,
    options: &TemplateOptions,
    format: TemplateFormat,
) -> Result<Vec<u8>, Box<Problem>> {
    let months: Vec<Month> = (0..)
        .map(|later| first.plus(later))
        .take_while(|month| *month <= last)
        .take(options.most_months)
        .collect();
    let schema = &Schema {
        columns: schema
            .columns
            .iter()
            .filter(|column| months.iter().any(|month| column.in_month(*month).is_some()))
            .cloned()
            .collect(),
    };
    let bytes = match format {
        TemplateFormat::Csv => csv(schema, &months, options),
        TemplateFormat::Xlsx => xlsx(schema, &months, options),
    };
    bytes.map_err(|fault| {
        Box::new(fault.at(Place {
            file: Arc::from("template"),
            sheet: None,
            row: None,
            column: None,
            text: None,
        }))
    })
}

/// The headings before those of the inputs.
fn leading(options: &TemplateOptions) -> &'static [&'static str] {
    if options.accounts {
        &["month", "account"]
    } else {
        &["month"]
    }
}

fn csv(schema: &Schema, months: &[Month], options: &TemplateOptions) -> Result<Vec<u8>, Fault> {
    let leading = leading(options);
    let names = schema.columns.iter().map(|column| column.name.as_str());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut written = writer.write_record(leading.iter().copied().chain(names));
    for month in months {
        let empty = std::iter::repeat_n("", leading.len() - 1 + schema.columns.len());
        let month = month.to_string();
        written = written
            .and_then(|()| writer.write_record(std::iter::once(month.as_str()).chain(empty)));
    }
    let failed = |error: String| {
        Fault::new(
            "cannot-write",
            format!("the template cannot be written: {error}"),
        )
    };
    written.map_err(|error| failed(error.to_string()))?;
    writer
        .into_inner()
        .map_err(|error| failed(error.to_string()))
}

#[cfg(feature = "xlsx")]
fn xlsx(schema: &Schema, months: &[Month], options: &TemplateOptions) -> Result<Vec<u8>, Fault> {
    super::template_xlsx::write(schema, months, leading(options)).map_err(|error| {
        Fault::new(
            "cannot-write",
            format!("the template cannot be written: {error}"),
        )
        .help("write it as CSV")
    })
}

#[cfg(not(feature = "xlsx"))]
fn xlsx(_: &Schema, _: &[Month], _: &TemplateOptions) -> Result<Vec<u8>, Fault> {
    Err(Fault::new(
        "no-xlsx",
        "this build of the program does not write workbooks",
    )
    .because("it was built without the feature `xlsx`")
    .help("write the template as CSV"))
}
