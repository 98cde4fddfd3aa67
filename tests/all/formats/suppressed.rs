//! Findings that do not count: reported to programs with the reason, counted in the summary, and shown nowhere else.

use quidpro::calendar::Date;
use quidpro::diagnostic::{Edit, Fix, Severity, Suppression, Waived};
use quidpro::report::findings::{
    concise, full, github, gitlab, html, json, jsonl, junit, narrated, rdjson, sarif, statistics,
    summary,
};
use quidpro::text::Span;
use serde_json::{Value, json};

use super::fixture::{Checked, support};
use super::schemas::hold;

/// The findings of the fixture. The first two do not count, and the last can be fixed.
fn accepted() -> Checked {
    let mut checked = support();
    let place = checked.findings[3].primary.span;
    checked.findings[0].suppressed = Some(Suppression::Waiver(Waived {
        span: Span::new(place.file, 0, 8),
        until: Date::constant(2026, 12, 31),
        because: "agreed".to_owned(),
        reference: Some("Minutes 4".to_owned()),
    }));
    checked.findings[1].suppressed = Some(Suppression::Baseline);
    checked.findings[3].fix = Some(Fix {
        title: "pay by the call".to_owned(),
        edits: vec![
            Edit {
                span: place,
                text: "4.20 EUR".to_owned(),
            },
            Edit {
                span: place.after(),
                text: String::new(),
            },
        ],
        safe: false,
    });
    checked
}

fn counting() -> Checked {
    let mut checked = accepted();
    checked.findings.drain(..2);
    checked
}

#[test]
fn people_and_build_servers_see_only_what_counts() {
    let (all, some) = (accepted(), counting());
    let texts = |checked: &Checked| {
        let all = checked.all();
        [
            full::render(&checked.findings, &checked.sources, false),
            concise::render(&checked.findings, &checked.sources, false),
            narrated::render(&all),
            github::render(&all),
            gitlab::render(&all),
            junit::render(&all, |_| Some(Severity::Info)),
            rdjson::render(&all),
            statistics::render(&checked.findings),
        ]
    };
    assert_eq!(texts(&all), texts(&some));
    let told = summary(&all.findings, "x");
    assert_eq!(
        told,
        "1 error, 1 warning in x (1 waived, 1 in the baseline)"
    );
    let page = |checked: &Checked| {
        let page = html::render(&checked.all(), "x");
        page.replace(" (1 waived, 1 in the baseline)", "")
    };
    assert_eq!(page(&all), page(&some));
}

#[test]
fn programs_are_told_why_it_does_not_count() {
    let checked = accepted();
    hold(&checked.all());
    let found: Value = serde_json::from_str(&json::render(&checked.all())).unwrap();
    let found = found.as_array().unwrap();
    assert_eq!(found.len(), 4);
    assert_eq!(jsonl::render(&checked.all()).lines().count(), 4);
    let of = |code: &str, key: &str| {
        let one = found.iter().find(|one| one["code"] == code).unwrap();
        one[key].clone()
    };
    assert_eq!(
        of("missing-brace", "suppressed"),
        json!({ "kind": "baseline" })
    );
    let waived = of("unknown-name", "suppressed");
    assert_eq!(
        (
            &waived["kind"],
            &waived["until"],
            &waived["because"],
            &waived["ref"]
        ),
        (
            &json!("waiver"),
            &json!("2026-12-31"),
            &json!("agreed"),
            &json!("Minutes 4")
        )
    );
    let fix = of("wrong-rate", "fix");
    assert_eq!(
        (&fix["safe"], &fix["edits"][0]["text"]),
        (&json!(false), &json!("4.20 EUR"))
    );
}

#[test]
fn sarif_has_suppressions_and_fixes() {
    let checked = accepted();
    let text = sarif::render(&checked.all(), &|_| None);
    let document: Value = serde_json::from_str(&text).unwrap();
    let results = document["runs"][0]["results"].as_array().unwrap();
    let of = |rule: &str| results.iter().find(|one| one["ruleId"] == rule).unwrap();
    let kind = |rule: &str| of(rule)["suppressions"][0]["kind"].clone();
    assert_eq!(kind("unknown-name"), "inSource");
    assert_eq!(kind("missing-brace"), "external");
    assert_eq!(of("wrong-rate")["suppressions"], json!([]));
    let justified = &of("unknown-name")["suppressions"][0]["justification"];
    assert_eq!(justified, "agreed (Minutes 4), until 2026-12-31");
    let change = &of("wrong-rate")["fixes"][0]["artifactChanges"][0];
    assert_eq!(
        change["replacements"][0]["insertedContent"]["text"],
        "4.20 EUR"
    );
    assert!(change["replacements"][1].get("insertedContent").is_none());
}
