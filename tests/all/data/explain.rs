//! Where a value was read.

use quidpro::data::Options;

use super::sample::{only, read};

fn places(name: &str, bytes: &[u8]) -> String {
    let schema = only(&["offered", "handled.voice", "forecast"]);
    let options = Options {
        keep_text: true,
        ..Options::default()
    };
    let mut reader = read(name, bytes, &schema, &options).unwrap();
    let layout = reader.layout();
    let rows: Vec<_> = reader.by_ref().map(Result::unwrap).collect();
    drop(reader);
    rows.iter()
        .flat_map(|row| (0..3).map(|column| layout.cell(row, column)))
        .map(|place| format!("{place}: {:?}\n", place.text))
        .collect()
}

#[test]
fn cells_are_named_in_the_terms_of_the_file() {
    let wide = places(
        "d.csv",
        b"# who,month,handled.voice,offered\nme,2026-02,\"1\", 007\nme,2026-01,2,\n",
    );
    insta::assert_snapshot!("explain_wide", wide);
    let long = places(
        "d.csv",
        b"month,value,input\n2026-01,1,offered\n2026-01,2,handled.voice\n",
    );
    insta::assert_snapshot!("explain_long", long);
    let json = places(
        "d.json",
        b"[{\"month\": \"2026-01\", \"offered\": 1.00,\n\"handled\": {\"voice\": \"3\"}}]",
    );
    insta::assert_snapshot!("explain_json", json);
}
