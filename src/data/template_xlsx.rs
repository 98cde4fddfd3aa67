//! The template as a workbook: the sheet to fill in, and a sheet that says what each column is.

use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use crate::calendar::Month;
use crate::quantity::{Exact, Type};

use super::schema::{Column, Schema};

/// The bytes of the workbook.
///
/// # Errors
/// That the schema has more columns than a sheet can have.
pub(super) fn write(
    schema: &Schema,
    months: &[Month],
    leading: &[&str],
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The bytes do not depend on the day on which they are written.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    data_sheet(workbook.add_worksheet(), schema, months, leading)?;
    columns_sheet(workbook.add_worksheet(), schema)?;
    workbook.save_to_buffer()
}

fn heading() -> Format {
    Format::new().set_bold().set_align(FormatAlign::Top)
}

fn data_sheet(
    sheet: &mut Worksheet,
    schema: &Schema,
    months: &[Month],
    leading: &[&str],
) -> Result<(), XlsxError> {
    sheet.set_name("Data")?;
    let text = Format::new().set_num_format("@");
    let mut at: ColNum = 0;
    for name in leading {
        sheet.set_column_format(at, &text)?;
        sheet.set_column_width(at, 12)?;
        sheet.write_string_with_format(0, at, *name, &heading())?;
        at += 1;
    }
    sheet.set_freeze_panes(1, at)?;
    for column in &schema.columns {
        sheet.set_column_format(at, &Format::new().set_num_format(number_format(column)))?;
        sheet.set_column_width(at, width(&column.name))?;
        sheet.write_string_with_format(0, at, &column.name, &heading())?;
        at = at.saturating_add(1);
    }
    for (row, month) in (1..).zip(months) {
        sheet.write_string_with_format(row, 0, month.to_string(), &text)?;
    }
    Ok(())
}

const EXPLAINED: [&str; 8] = [
    "column",
    "what it is",
    "kind",
    "source",
    "reported by",
    "range",
    "step",
    "without a value",
];

fn columns_sheet(sheet: &mut Worksheet, schema: &Schema) -> Result<(), XlsxError> {
    sheet.set_name("Columns")?;
    sheet.set_freeze_panes(1, 1)?;
    for (at, name) in (0..).zip(EXPLAINED) {
        sheet.set_column_width(at, 22)?;
        sheet.write_string_with_format(0, at, name, &heading())?;
    }
    for (row, column) in (1..).zip(&schema.columns) {
        for (at, text) in (0..).zip(explained(column)) {
            if !text.is_empty() {
                sheet.write_string(row, at, text)?;
            }
        }
    }
    Ok(())
}

/// The description of a column, under the headings of [`EXPLAINED`].
fn explained(column: &Column) -> [String; 8] {
    let step = match &column.step {
        Some(step) => column.written(step),
        None if column.whole => "whole numbers".to_owned(),
        None => String::new(),
    };
    let without = if column.may_be_missing {
        "the contract says what happens then"
    } else {
        "the month cannot be invoiced"
    };
    let without = match column.months() {
        Some(months) => format!("{without}; needed {months}"),
        None => without.to_owned(),
    };
    [
        column.name.clone(),
        column.title.clone().unwrap_or_default(),
        column.kind.to_string(),
        column.source.clone().unwrap_or_default(),
        column.reporter.clone().unwrap_or_default(),
        column.range().unwrap_or_default(),
        step,
        without,
    ]
}

/// The number format of a column's cells. It only shows the value; it does not round it.
fn number_format(column: &Column) -> String {
    let places = column.step.as_ref().and_then(Exact::decimal_places);
    match (&column.kind, places) {
        (Type::Percent, places) => {
            let places = places.map_or(2, |places| places.saturating_sub(2));
            format!("0{}%", decimals(places))
        }
        (Type::Flag | Type::Month, _) => "@".to_owned(),
        (_, Some(places)) => format!("0{}", decimals(places)),
        (_, None) if column.whole => "0".to_owned(),
        (_, None) => "General".to_owned(),
    }
}

fn decimals(places: usize) -> String {
    if places == 0 {
        String::new()
    } else {
        format!(".{}", "0".repeat(places.min(15)))
    }
}

fn width(name: &str) -> u8 {
    u8::try_from(name.len().clamp(10, 40) + 2).unwrap_or(12)
}
