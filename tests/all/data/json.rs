//! JSON.

use super::sample::{only, told};

fn json(file: &str) -> String {
    let schema = only(&[
        "offered",
        "handled.voice",
        "handled.email",
        "in_time",
        "fees",
        "live",
        "forecast",
    ]);
    told("d.json", file.as_bytes(), &schema)
}

#[test]
fn entries_of_a_month_each() {
    insta::assert_snapshot!(
        "json_wide",
        json(
            r##"[
  {"month": "2026-02", "offered": 40000, "handled": {"voice": 1, "email": 2}, "in_time": "98.5%", "fees": -0.10, "live": true, "#note": [1]},
  {"month": "2026-01", "offered": "41", "handled.voice": 0.1e1, "handled.email": null, "in_time": 0.985, "fees": 0.30000000000000004, "live": "no"}
]"##,
        )
    );
    insta::assert_snapshot!(
        "json_accounts",
        json(
            r#"[{"month": "2026-01", "account": "N", "offered": 1, "handled": {"voice": 1, "email": 2}, "in_time": "1%", "fees": 1, "live": false},
{"month": "2026-01", "account": 7, "offered": 2.5},
{"month": "2026-01", "account": "N", "offered": 1}]"#,
        )
    );
}

#[test]
fn entries_of_a_value_each() {
    insta::assert_snapshot!(json(
        r#"[{"month": "2026-01", "input": "offered", "value": 5},
{"month": "2026-01", "input": "handled", "channel": "voice", "value": 6},
{"month": "2026-01", "input": "handled.email", "value": "7"},
{"month": "2026-01", "input": "offered", "value": 8},
{"month": "2026-01", "input": "in_time", "value": "7%"},
{"month": "2026-01", "input": "fees", "value": 7},
{"month": "2026-01", "input": "live"},
{"month": "2026-01", "input": "live", "value": 1}]"#,
    ));
}

#[test]
fn keys_that_are_wrong() {
    insta::assert_snapshot!(
        "json_unknown",
        json(
            r#"[{"ofered": 5, "handled": {"fax": 1}, "live": {"a": {"b": 1}}}, {"month": "2026-02", "ofered": 5, "handled": 3}]"#,
        )
    );
    insta::assert_snapshot!(
        "json_missing",
        json(r#"[{"month": "2026-01", "offered": 5}]"#)
    );
    insta::assert_snapshot!(
        "json_twice",
        json(
            r#"[{"month": "2026-01", "offered": 5, "offered": 6, "handled": {"voice": 1, "email": 1}, "handled.voice": 2, "in_time": "1%", "fees": [1], "live": true},
{"month": "2026-01", "month": "2026-02"}, {"offered": 5}, {"month": ["2026-01"]}, {"month": "2026-05", "account": {"a": 1}}, 5, null, {"month": "2026-06", "account": "\ud800"}]"#,
        )
    );
}

#[test]
fn text_that_is_not_json() {
    let told = |text: &str| json(text) + "\n";
    let texts = [
        "",
        "[]",
        "[1",
        "[{\"month\": }]",
        "[{\"month\": \"2026-01\",}]",
        "{\"month\": \"2026-01\"}",
        "hello",
        "[] x",
        "[{\"a\": 1}\n{\"a\": 2}]",
        "[{'month': 1}]",
        "[{\"month\": \"2026-01\", \"offered\": NaN}]",
        "[{\"a\": \"\\ud800\"}]",
        "[{\"a\": 01}]",
    ];
    let all: String = texts.iter().map(|text| told(text)).collect();
    insta::assert_snapshot!(all);
    let bytes = super::sample::outcome(
        "d.json",
        b"[\n\"\xff\"]",
        &only(&["offered"]),
        &Default::default(),
    );
    insta::assert_snapshot!("json_not_utf_8", bytes);
}
