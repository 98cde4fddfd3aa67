//! Whole outputs for a contract with findings and one without.

use quidpro::diagnostic::Severity;
use quidpro::report::findings::{
    ContractFindings, github, gitlab, html, jsonl, junit, narrated, rdjson, sarif, statistics,
};

use super::fixture::{clean, support};

fn check(name: &str, output: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let output = output.replace(env!("CARGO_PKG_VERSION"), "[version]");
    settings.bind(|| insta::assert_snapshot!(format!("formats_{name}"), output));
}

fn snapshot(name: &str, render: impl Fn(&[ContractFindings<'_>]) -> String) {
    let (support, clean) = (support(), clean());
    let all = [support.all(), clean.all()].concat();
    let text = render(&all);
    assert_eq!(text, render(&all), "the same findings give the same bytes");
    check(name, &text);
}

#[test]
fn narrated_findings() {
    snapshot("narrated", narrated::render);
}

#[test]
fn findings_as_lines_of_json() {
    snapshot("jsonl", jsonl::render);
}

#[test]
fn findings_as_sarif() {
    snapshot("sarif", |all| sarif::render(all, &|_| None));
}

#[test]
fn findings_as_workflow_commands() {
    snapshot("github", github::render);
}

#[test]
fn findings_for_gitlab() {
    snapshot("gitlab", gitlab::render);
}

#[test]
fn findings_as_junit() {
    snapshot("junit", |all| junit::render(all, |_| Some(Severity::Error)));
}

#[test]
fn findings_for_reviewdog() {
    snapshot("rdjson", rdjson::render);
}

#[test]
fn findings_as_a_page() {
    snapshot("html", |all| {
        let page = html::render(all, "2 contracts");
        // What it looks like is in a file of its own.
        let (before, rest) = page.split_once("<style>").unwrap();
        let (_, after) = rest.split_once("</style>").unwrap();
        format!("{before}<style>…</style>{after}")
    });
}

#[test]
fn findings_counted() {
    let mut findings = support().findings;
    findings.push(findings[3].clone());
    findings.push(findings[0].clone());
    findings.extend(vec![findings[0].clone(); 9]);
    assert_eq!(
        statistics::render(&findings),
        "11  note     unknown-name\n \
          2  error    wrong-rate\n \
          1  warning  lump-sum-cliff\n \
          1  error    missing-brace\n"
    );
    assert_eq!(statistics::render(&[]), "");
}

#[test]
fn nothing_found() {
    let clean = clean();
    assert_eq!(narrated::render(&clean.all()), "");
    assert_eq!(jsonl::render(&clean.all()), "");
    assert_eq!(github::render(&clean.all()), "");
    assert_eq!(gitlab::render(&clean.all()), "[]\n");
    let page = html::render(&clean.all(), "clean.quid");
    assert!(page.contains("<p>no findings in clean.quid</p>") && page.contains("contract clean"));
    assert!(!page.contains("<nav"), "{page}");
}

#[test]
fn warnings_fail_in_junit_if_they_make_the_check_fail() {
    let support = support();
    let failures = |least| {
        let text = junit::render(&support.all(), |_| least);
        text.matches("<failure ").count()
    };
    assert_eq!(failures(None), 0);
    assert_eq!(failures(Some(Severity::Error)), 2);
    assert_eq!(failures(Some(Severity::Warning)), 3);
    assert_eq!(failures(Some(Severity::Info)), 4);
}
