//! The unit in which each format counts columns, after emoji, combining characters and tabs.
//!
//! Counted by hand: in the library's second line there are 46 characters before `ofered`, one of which, the combining
//! accent, has two bytes. In the contract's fourth line there are 40 characters before `4.20 EUR per hour`, two of
//! which have four bytes.

use quidpro::report::findings::{concise, github, gitlab, json, jsonl, junit, rdjson, sarif};
use serde_json::{Value, json};

use super::fixture::support;

/// The JSON object of the finding of that kind.
fn of_code<'v>(all: &'v Value, code: &Value) -> &'v Value {
    let all = all.as_array().unwrap();
    let has = |finding: &&Value| {
        [
            &finding["code"],
            &finding["code"]["value"],
            &finding["ruleId"],
        ]
        .contains(&code)
    };
    all.iter().find(has).unwrap()
}

#[test]
fn json_and_sarif_count_characters() {
    let support = support();
    let all: Value = serde_json::from_str(&json::render(&support.all())).unwrap();
    let rate = of_code(&all, &json!("wrong-rate"));
    assert_eq!(rate["start"], json!({ "line": 4, "column": 41 }));
    assert_eq!(rate["end"], json!({ "line": 4, "column": 58 }));
    let name = of_code(&all, &json!("unknown-name"));
    assert_eq!(name["start"], json!({ "line": 2, "column": 47 }));
    assert_eq!(name["end"], json!({ "line": 2, "column": 53 }));

    let lines = jsonl::render(&support.all());
    let parsed: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(Value::from(parsed), all);

    let document: Value = serde_json::from_str(&sarif::render(&support.all(), &|_| None)).unwrap();
    let run = &document["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let region = |code: &str| {
        let result = of_code(&run["results"], &json!(code));
        result["locations"][0]["physicalLocation"]["region"].clone()
    };
    assert_eq!(
        region("wrong-rate"),
        json!({ "startLine": 4, "startColumn": 41, "endLine": 4, "endColumn": 58 })
    );
    assert_eq!(
        region("unknown-name"),
        json!({ "startLine": 2, "startColumn": 47, "endLine": 2, "endColumn": 53 })
    );
    assert_eq!(
        region("missing-brace"),
        json!({ "startLine": 9, "startColumn": 1, "endLine": 9, "endColumn": 1 })
    );
    assert_eq!(
        region("lump-sum-cliff"),
        json!({ "startLine": 5, "startColumn": 3, "endLine": 8, "endColumn": 4 })
    );
}

#[test]
fn reviewdog_counts_bytes() {
    let support = support();
    let document: Value = serde_json::from_str(&rdjson::render(&support.all())).unwrap();
    let range =
        |code: &str| of_code(&document["diagnostics"], &json!(code))["location"]["range"].clone();
    assert_eq!(
        range("wrong-rate"),
        json!({ "start": { "line": 4, "column": 47 }, "end": { "line": 4, "column": 64 } })
    );
    assert_eq!(
        range("unknown-name"),
        json!({ "start": { "line": 2, "column": 48 }, "end": { "line": 2, "column": 54 } })
    );
}

#[test]
fn gitlab_counts_lines_alone() {
    let support = support();
    let all: Value = serde_json::from_str(&gitlab::render(&support.all())).unwrap();
    let lines = |at: usize| all[at]["location"]["lines"].clone();
    assert_eq!(lines(0), json!({ "begin": 4, "end": 4 }));
    assert_eq!(lines(1), json!({ "begin": 5, "end": 8 }));
}

#[test]
fn texts_count_characters() {
    let support = support();
    let github = github::render(&support.all());
    assert!(
        github.contains("line=4,endLine=4,col=41,endColumn=58::"),
        "{github}"
    );
    assert!(github.contains("line=5,endLine=8::"), "{github}");
    let concise = concise::render(&support.findings, &support.sources, false);
    assert!(concise.contains("my support.quid:4:41: error"), "{concise}");
    assert!(concise.contains("kpis.quid:2:47: note"), "{concise}");
    let junit = junit::render(&support.all(), |_| None);
    assert!(junit.contains("(line 4, column 41)"), "{junit}");
}
