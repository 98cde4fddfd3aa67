//! Reports against the schemas of `tests/all/formats/schemas/` and `docs/schema/`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use quidpro::diagnostic::Severity;
use quidpro::report::findings::{ContractFindings, gitlab, json, jsonl, junit, rdjson, sarif};
use serde_json::Value;

use super::fixture::{clean, support};
use super::xsd::Xsd;

fn validator(schema: &str) -> Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

static SARIF: LazyLock<Validator> = LazyLock::new(|| {
    let schema = include_str!("schemas/sarif-2.1.0-rtm.5.json");
    // The pattern of a property that is not written here has one bracket too many.
    validator(&schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$"))
});
static RDFORMAT: LazyLock<Validator> =
    LazyLock::new(|| validator(include_str!("schemas/rdformat.json")));
static GITLAB: LazyLock<Validator> =
    LazyLock::new(|| validator(include_str!("schemas/gitlab-code-quality.json")));
static OWN: LazyLock<Validator> =
    LazyLock::new(|| validator(include_str!("../../../docs/schema/findings.schema.json")));
static JUNIT: LazyLock<Xsd> = LazyLock::new(|| Xsd::new(include_str!("schemas/junit-10.xsd")));

#[track_caller]
fn fits(validator: &Validator, document: &str) -> Value {
    let value: Value = serde_json::from_str(document).unwrap();
    if let Err(error) = validator.validate(&value) {
        panic!("{} at {}\n{document}", error, error.instance_path());
    }
    value
}

/// Panics if a report does not fit its schema.
#[track_caller]
pub fn hold(all: &[ContractFindings<'_>]) {
    fits(&SARIF, &sarif::render(all, &|_| None));
    fits(&RDFORMAT, &rdjson::render(all));
    fits(&GITLAB, &gitlab::render(all));
    fits(&OWN, &json::render(all));
    for line in jsonl::render(all).lines() {
        fits(&OWN, &format!("[{line}]"));
    }
    for failing in [None, Some(Severity::Error), Some(Severity::Info)] {
        JUNIT.validate(&junit::render(all, |_| failing)).unwrap();
    }
}

#[test]
fn every_report_fits_its_schema() {
    let (support, clean) = (support(), clean());
    hold(&support.all());
    hold(&clean.all());
    hold(&[]);
    hold(&[support.all(), clean.all()].concat());
}

#[test]
fn the_schemas_see_what_they_forbid() {
    let support = support();
    let broken = |validator: &Validator, document: String, from: &str, to: &str| {
        let changed = document.replace(from, to);
        assert_ne!(changed, document);
        assert!(!validator.is_valid(&serde_json::from_str(&changed).unwrap()));
    };
    let all = &support.all();
    broken(
        &SARIF,
        sarif::render(all, &|_| None),
        "\"startLine\": 4",
        "\"startLine\": 0",
    );
    broken(
        &SARIF,
        sarif::render(all, &|_| None),
        "unicodeCodePoints",
        "characters",
    );
    broken(
        &RDFORMAT,
        rdjson::render(all),
        "\"column\": 1\n",
        "\"column\": 0\n",
    );
    broken(&RDFORMAT, rdjson::render(all), "WARNING", "warning");
    broken(&GITLAB, gitlab::render(all), "\"minor\"", "\"warning\"");
    broken(
        &GITLAB,
        gitlab::render(all),
        "\"contracts/",
        "\"./contracts/",
    );
    let xml = junit::render(all, |_| Some(Severity::Error));
    for (from, to) in [
        ("classname=", "class="),
        ("<failure ", "<fault "),
        (" errors=\"0\" skipped", " skipped"),
        ("<testcase ", "text<testcase "),
        ("</testsuites>", ""),
    ] {
        assert!(xml.contains(from));
        let changed = xml.replace(from, to);
        assert!(JUNIT.validate(&changed).is_err(), "{changed}");
    }
}

#[test]
fn every_result_of_sarif_names_its_rule() {
    let support = support();
    let value: Value = serde_json::from_str(&sarif::render(&support.all(), &|_| None)).unwrap();
    let run = &value["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let names: BTreeSet<&str> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), rules.len());
    for result in run["results"].as_array().unwrap() {
        let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[at]["id"], result["ruleId"]);
    }
}

#[test]
fn sarif_names_files_by_uris() {
    for (path, uri, base) in [
        ("a b/ü#?.quid", "a%20b/%C3%BC%23%3F.quid", true),
        ("../a.quid", "../a.quid", true),
        ("odd:name.quid", "odd%3Aname.quid", true),
        ("100%.quid", "100%25.quid", true),
        ("/srv/a b.quid", "file:///srv/a%20b.quid", false),
        ("C:/contracts/a.quid", "file:///C:/contracts/a.quid", false),
        ("<stdin>", "%3Cstdin%3E", true),
    ] {
        let mut sources = quidpro::text::Sources::new();
        let file = sources.add(path, "x");
        let span = quidpro::text::Span::new(file, 0, 1);
        let findings = [quidpro::diagnostic::Diagnostic::error("e", span, "m")];
        let all = [ContractFindings {
            file: path,
            sources: &sources,
            findings: &findings,
            extent: quidpro::report::findings::Extent::Everything,
        }];
        let value = fits(&SARIF, &sarif::render(&all, &|_| None));
        let location = &value["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        let artifact = &location["artifactLocation"];
        assert_eq!(artifact["uri"], uri);
        assert_eq!(artifact.get("uriBaseId").is_some(), base, "{path}");
    }
}
