//! Fingerprints identify the same finding in the next version of a file. No two findings of a run have the same one.

use std::collections::BTreeSet;

use quidpro::diagnostic::Diagnostic;
use quidpro::report::findings::{ContractFindings, gitlab, sarif};
use quidpro::text::{Sources, Span};
use serde_json::Value;

/// The fingerprints of findings at every `wrong` in a text, in order.
fn of(file: &str, text: &str, code: &'static str) -> Vec<String> {
    let mut sources = Sources::new();
    let id = sources.add(file, text);
    let findings: Vec<Diagnostic> = text
        .match_indices("wrong")
        .map(|(at, _)| {
            let end = text[at..]
                .find(';')
                .map_or(text.len(), |length| at + length);
            Diagnostic::error(code, Span::new(id, at, end), format!("at byte {at}"))
        })
        .collect();
    let all = [ContractFindings {
        file,
        sources: &sources,
        findings: &findings,
        extent: quidpro::report::findings::Extent::Everything,
    }];
    let gitlab: Value = serde_json::from_str(&gitlab::render(&all)).unwrap();
    let sarif: Value = serde_json::from_str(&sarif::render(&all, &|_| None)).unwrap();
    let issues = gitlab.as_array().unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    for (issue, result) in issues.iter().zip(results) {
        assert_eq!(
            issue["fingerprint"],
            result["partialFingerprints"]["quidproFinding/v1"]
        );
    }
    let fingerprint = |issue: &Value| issue["fingerprint"].as_str().unwrap().to_owned();
    issues.iter().map(fingerprint).collect()
}

#[test]
fn they_stay_while_other_lines_change() {
    let before = of("a.quid", "one\nwrong 1 2;\ntwo wrong 3;", "e");
    let after = of(
        "a.quid",
        "new\n\n\none  wrong   1\n\t2;\ntwo, too: wrong 3; end",
        "e",
    );
    assert_eq!(before, after);
}

#[test]
fn they_differ_by_file_kind_words_and_repetition() {
    let groups = [
        of("a.quid", "wrong 1; wrong 1; wrong 1;", "e"),
        of("b.quid", "wrong 1;", "e"),
        of("a.quid", "wrong 1;", "f"),
        of("a.quid", "wrong 2;", "e"),
    ];
    let all: Vec<&String> = groups[0]
        .iter()
        .chain(groups[1..].iter().flatten())
        .collect();
    let distinct: BTreeSet<&&String> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert!(all.iter().all(|name| name.len() == 32));
}

#[test]
fn a_repetition_that_comes_later_leaves_the_first_alone() {
    let one = of("a.quid", "wrong 1;", "e");
    let two = of("a.quid", "wrong 1; wrong 1;", "e");
    assert_eq!(one[0], two[0]);
}
