//! Templates, and reading them back.

use quidpro::calendar::Month;
use quidpro::data::{Cell, Options, Row, TemplateFormat, TemplateOptions, template};

use super::sample::{outcome, read, schema};

fn written(format: TemplateFormat, options: &TemplateOptions) -> Vec<u8> {
    let month = |text| Month::parse(text).unwrap();
    template(
        &schema(),
        month("2026-01"),
        month("2028-12"),
        options,
        format,
    )
    .unwrap()
}

fn rows(name: &str, bytes: &[u8]) -> Vec<Row> {
    let reader = read(name, bytes, &schema(), &Options::default()).unwrap();
    reader.map(Result::unwrap).collect()
}

fn assert_empty_year(rows: &[Row]) {
    let months: Vec<String> = rows.iter().map(|row| row.month.to_string()).collect();
    assert_eq!(months.len(), 12);
    assert_eq!(
        (months[0].as_str(), months[11].as_str()),
        ("2026-01", "2026-12")
    );
    assert!(
        rows.iter()
            .flat_map(|row| &row.cells)
            .all(|cell| *cell == Cell::Missing)
    );
}

#[test]
fn csv_templates_read_back_as_empty_months() {
    let bytes = written(TemplateFormat::Csv, &TemplateOptions::default());
    insta::assert_snapshot!("template_csv", String::from_utf8(bytes.clone()).unwrap());
    assert_empty_year(&rows("t.csv", &bytes));
}

#[test]
fn a_template_can_have_accounts_and_more_or_fewer_months() {
    let options = TemplateOptions {
        accounts: true,
        most_months: 2,
    };
    let bytes = written(TemplateFormat::Csv, &options);
    insta::assert_snapshot!(
        "template_accounts",
        String::from_utf8(bytes.clone()).unwrap()
    );
    insta::assert_snapshot!(
        "template_accounts_read",
        outcome("t.csv", &bytes, &schema(), &Options::default())
    );
    let all = TemplateOptions {
        most_months: usize::MAX,
        ..TemplateOptions::default()
    };
    assert_eq!(rows("t.csv", &written(TemplateFormat::Csv, &all)).len(), 36);
}

#[cfg(feature = "xlsx")]
#[test]
fn workbook_templates_read_back_as_empty_months() {
    let bytes = written(TemplateFormat::Xlsx, &TemplateOptions::default());
    assert_eq!(
        bytes,
        written(TemplateFormat::Xlsx, &TemplateOptions::default())
    );
    assert_empty_year(&rows("t.xlsx", &bytes));
    let options = Options {
        sheet: Some("Columns".to_owned()),
        ..Options::default()
    };
    let told = outcome("t.xlsx", &bytes, &schema(), &options);
    insta::assert_snapshot!("template_columns_sheet_is_no_data", told);
}
