//! What holds for every table and for every broken file.

use proptest::prelude::*;
use quidpro::data::{Cell, Mode, Options, Row};
use quidpro::quantity::{Exact, looks_grouped};

use super::sample::{exact, outcome, read, schema, streaming};

/// A table: for each account its months, each with a value or nothing for each column.
type Table = Vec<(Option<String>, String, Vec<Option<String>>)>;

fn table() -> impl Strategy<Value = Table> {
    let value =
        |pattern: &str| prop::option::of(proptest::string::string_regex(pattern).unwrap()).boxed();
    let count = value("(0|[1-9][0-9]{0,5})");
    let values = (
        [count.clone(), count.clone(), count],
        // There are never exactly three decimals, which could be thousands.
        value("(0|[1-9][0-9]{0,3})\\.([0-9]?[1-9]|[0-9]{3}[1-9])"),
        value("[1-4]\\.[0-9][1-9]"),
        value("[1-9]?[0-9]\\.[1-9]%"),
        value("[1-5]?[0-9]{1,4}"),
        value("-?[1-9][0-9]{0,5}\\.[0-9][1-9]"),
        value("(yes|no)"),
    );
    let values = values.prop_map(|(counts, hours, csat, in_time, forecast, fees, live)| {
        let mut all = counts.to_vec();
        all.extend([hours, csat, in_time, forecast, fees, live]);
        all
    });
    let months = prop::collection::btree_map(0_u32..40, values, 1..6);
    let accounts = prop_oneof![
        Just(Vec::new()),
        prop::collection::btree_set("[A-Z][a-z]{1,4}", 1..4)
            .prop_map(|set| set.into_iter().collect()),
    ];
    (accounts, prop::collection::vec(months, 3)).prop_map(|(accounts, months)| {
        let accounts: Vec<Option<String>> = match accounts {
            none if none.is_empty() => vec![None],
            some => some.into_iter().map(Some).collect(),
        };
        let named = |month: u32| format!("{}-{:02}", 2026 + month / 12, month % 12 + 1);
        accounts
            .into_iter()
            .zip(months)
            .flat_map(|(account, months)| {
                months
                    .into_iter()
                    .map(move |(month, values)| (account.clone(), named(month), values))
            })
            .collect()
    })
}

fn names() -> Vec<String> {
    schema()
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect()
}

fn expected(table: &Table) -> String {
    let value = |text: &Option<String>| match text.as_deref() {
        None => Cell::Missing,
        Some("yes") => Cell::Value(Exact::one()),
        Some("no") => Cell::Value(Exact::zero()),
        Some(text) => match text.strip_suffix('%') {
            None => Cell::Value(exact(text)),
            Some(digits) => Cell::Value(exact(digits).divide(&exact("100")).unwrap()),
        },
    };
    table
        .iter()
        .map(|(account, month, values)| {
            let cells: Vec<Cell> = values.iter().map(value).collect();
            format!("{account:?} {month} {cells:?}\n")
        })
        .collect()
}

fn found(name: &str, bytes: &[u8], mode: Mode) -> String {
    let options = Options {
        mode,
        ..Options::default()
    };
    let row = |row: Row| {
        format!(
            "{:?} {} {:?}\n",
            row.account.map(|a| a.to_string()),
            row.month,
            row.cells
        )
    };
    match read(name, bytes, &schema(), &options) {
        Ok(reader) => reader.map(|found| row(found.unwrap())).collect(),
        Err(problems) => panic!("{problems:?}"),
    }
}

fn wide_csv(table: &Table, separator: &str) -> String {
    let with_account = table.iter().any(|(account, ..)| account.is_some());
    let mut heading = vec!["month".to_owned()];
    heading.extend(with_account.then(|| "account".to_owned()));
    heading.extend(names());
    let mut text = heading.join(separator) + "\r\n";
    for (account, month, values) in table {
        let mut cells = vec![month.clone()];
        cells.extend(account.iter().map(|account| format!("\"{account}\"")));
        cells.extend(values.iter().map(|value| value.clone().unwrap_or_default()));
        text += &(cells.join(separator) + "\r\n");
    }
    text
}

/// The long form has no row for a month without any value, so each value is written, even if it is empty.
fn long_csv(table: &Table) -> String {
    let mut text = "account,input,month,value\n".to_owned();
    let with_account = table.iter().any(|(account, ..)| account.is_some());
    if !with_account {
        text = "input,month,value\n".to_owned();
    }
    for (account, month, values) in table {
        for (name, value) in names().iter().zip(values) {
            let account = account
                .as_ref()
                .map(|account| format!("{account},"))
                .unwrap_or_default();
            text += &format!(
                "{account}{name},{month},{}\n",
                value.clone().unwrap_or_default()
            );
        }
    }
    text
}

fn json(table: &Table) -> String {
    let entry = |(account, month, values): &(Option<String>, String, Vec<Option<String>>)| {
        let mut pairs = vec![format!("\"month\": \"{month}\"")];
        pairs.extend(
            account
                .iter()
                .map(|account| format!("\"account\": \"{account}\"")),
        );
        for (name, value) in names().iter().zip(values) {
            let value = match value.as_deref() {
                None => "null".to_owned(),
                Some("yes") => "true".to_owned(),
                Some("no") => "false".to_owned(),
                Some(text) if text.ends_with('%') => format!("\"{text}\""),
                Some(text) => text.trim_start_matches('0').to_owned(),
            };
            let value = if value.is_empty() {
                "0".to_owned()
            } else {
                value
            };
            let value = if value.starts_with('.') {
                format!("0{value}")
            } else {
                value
            };
            pairs.push(format!("\"{name}\": {value}"));
        }
        format!("{{{}}}", pairs.join(", "))
    };
    format!(
        "[{}]",
        table.iter().map(entry).collect::<Vec<_>>().join(",\n")
    )
}

#[cfg(feature = "xlsx")]
fn workbook(table: &Table) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let percent = rust_xlsxwriter::Format::new().set_num_format("0.00%");
    let sheet = workbook.add_worksheet();
    let with_account = table.iter().any(|(account, ..)| account.is_some());
    let mut heading = vec!["month".to_owned()];
    heading.extend(with_account.then(|| "account".to_owned()));
    let first = u16::try_from(heading.len()).unwrap();
    heading.extend(names());
    sheet.write_row(0, 0, heading).unwrap();
    for (row, (account, month, values)) in (1..).zip(table) {
        sheet.write(row, 0, month).unwrap();
        if let Some(account) = account {
            sheet.write(row, 1, account).unwrap();
        }
        for (column, value) in (first..).zip(values) {
            match value.as_deref() {
                None => {}
                Some("yes") => {
                    sheet.write(row, column, true).unwrap();
                }
                Some("no") => {
                    sheet.write(row, column, false).unwrap();
                }
                Some(text) => match text.strip_suffix('%') {
                    Some(digits) => {
                        let shifted = exact(digits).divide(&exact("100")).unwrap().to_string();
                        sheet
                            .write_number_with_format(row, column, number(&shifted), &percent)
                            .unwrap();
                    }
                    None => {
                        sheet.write_number(row, column, number(text)).unwrap();
                    }
                },
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[cfg(feature = "xlsx")]
#[allow(
    clippy::disallowed_types,
    reason = "a workbook keeps its numbers as floats"
)]
fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_form_reads_to_the_same_rows(table in table()) {
        let expected = expected(&table);
        prop_assert_eq!(&found("d.csv", wide_csv(&table, ",").as_bytes(), Mode::Whole), &expected);
        prop_assert_eq!(&found("d.csv", wide_csv(&table, ";").as_bytes(), Mode::Streaming), &expected);
        prop_assert_eq!(&found("d.tsv", wide_csv(&table, "\t").as_bytes(), Mode::Whole), &expected);
        prop_assert_eq!(&found("d.csv", long_csv(&table).as_bytes(), Mode::Streaming), &expected);
        prop_assert_eq!(&found("d.json", json(&table).as_bytes(), Mode::Whole), &expected);
        #[cfg(feature = "xlsx")]
        prop_assert_eq!(&found("d.xlsx", &workbook(&table), Mode::Whole), &expected);
    }

    #[test]
    fn cells_are_read_as_exact_decimals_read_them(text in "[-+]?[0-9]{0,20}(\\.[0-9]{0,20})?") {
        let file = format!("month,fees\n2026-01,{text}\n");
        let schema = super::sample::only(&["fees"]);
        let row = read("d.csv", file.as_bytes(), &schema, &streaming()).unwrap().next().unwrap().unwrap();
        match (Exact::parse_decimal(&text), &row.cells[0]) {
            (Ok(value), Cell::Value(found)) => prop_assert_eq!(&value, found),
            (Err(_), Cell::Refused(_)) => {}
            (Err(_), Cell::Missing) => prop_assert!(text.is_empty()),
            (Ok(_), Cell::Refused(_)) => prop_assert!(looks_grouped(text.trim_start_matches(['-', '+']))),
            (expected, found) => prop_assert!(false, "{expected:?} {found:?}"),
        }
    }

    #[test]
    fn plain_csv_is_split_as_others_split_it(
        rows in prop::collection::vec(prop::collection::vec("[a-z,\"\n 0-9é]{0,6}", 3), 1..5),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["month", "account", "offered"]).unwrap();
        for (at, row) in rows.iter().enumerate() {
            let month = format!("2026-{:02}", at + 1);
            writer.write_record([month.as_str(), &format!("n{}", row[0]), &row[1]]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let options = Options { keep_text: true, ..streaming() };
        let schema = super::sample::only(&["offered"]);
        let mut reader = read("d.csv", &bytes, &schema, &options).unwrap();
        let layout = reader.layout();
        for (row, found) in rows.iter().zip(reader.by_ref()) {
            if let Ok(found) = found {
                prop_assert_eq!(layout.cell(&found, 0).text.unwrap(), row[1].clone());
                let account = format!("n{}", row[0]);
                prop_assert_eq!(&*found.account.unwrap(), account.trim_matches(' '));
            }
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), name in "d\\.(csv|json|xlsx|x)") {
        outcome(&name, &bytes, &schema(), &Options::default());
        let after = [b"month,offered,hours\n".as_slice(), &bytes].concat();
        outcome("d.csv", &after, &super::sample::only(&["offered", "hours"]), &streaming());
    }
}

const CSV: &str = "\u{feff}month,account,offered,hours,in_time,\"# a \"\"note\"\"\"\r\n2026-01,N,\"1\",2.5,98.5%,\"x\ny\"\r\n2026-02,N,,1,n/a,\r\n";
const JSON: &str = r#"[{"month": "2026-01", "offered": 1, "hours": 2.5e1, "in_time": "é\n"}, {"month": "2026-02", "offered": null, "handled": {"a": [1]}}]"#;

#[test]
fn no_prefix_and_no_mutation_makes_it_panic() {
    let schema = super::sample::only(&["offered", "hours", "in_time"]);
    let both = |name: &str, bytes: &[u8]| {
        for mode in [Mode::Whole, Mode::Streaming] {
            let options = Options {
                mode,
                keep_text: true,
                ..Options::default()
            };
            outcome(name, bytes, &schema, &options);
        }
    };
    for (name, sample) in [("d.csv", CSV), ("d.json", JSON)] {
        for at in 0..sample.len() {
            both(name, &sample.as_bytes()[..at]);
            for byte in [b'"', b',', b'\n', b'{', b'}', b'%', 0, 0xff, b'-', b'9'] {
                let mut broken = sample.as_bytes().to_vec();
                broken[at] = byte;
                both(name, &broken);
                broken.insert(at, byte);
                both(name, &broken);
            }
        }
    }
}
