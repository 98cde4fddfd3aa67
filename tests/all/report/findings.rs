//! Findings in full, concise and JSON.

use quidpro::diagnostic::{Diagnostic, Severity};
use quidpro::report::findings::{ContractFindings, concise, full, json, summary};
use quidpro::text::{FileId, Sources, Span};

use super::contract::Files;
use super::snapshot::check;
use super::statements::schema;

/// Three findings, given out of order, one over two files and one over several lines.
pub fn findings(files: &Files) -> Vec<Diagnostic> {
    let chat = files.place_in(files.amendment, "2.80 EUR per contact");
    let mut question = Diagnostic::warning(
        "zero-denominator",
        files.place("answered_in_20s / offered"),
        "`service_level` has no value in a month without calls",
    )
    .here("`offered` may be 0")
    .because("the month is then not invoiced, and both sides will read the gap in their own favour; nothing in the clause says whether such a month counts as met, as missed or not at all")
    .help("needs offered >= 1, otherwise excused");
    question.severity = Severity::Info;
    vec![
        Diagnostic::error("unit-mismatch", chat, "`2.80 EUR per contact` is paid for `hours`")
            .here("a rate in EUR per contact")
            .and_at(files.place("per hour"), "`productive_hours` is a duration in hours")
            .and_at(files.place("input handled"), "`handled` is a number of contacts")
            .help("2.80 EUR per hour\nor name the contacts: of handled.chat"),
        Diagnostic::warning(
            "lump-sum-cliff",
            files.place("service level answer_speed on service_level \"Annex 3, 2.1\" {\n    target    80% each month\n    critical  below 70%"),
            "a hundredth of a percentage point moves 7 437.93 EUR",
        )
        .because("lump sums invite gaming"),
        question,
    ]
}

#[test]
fn full_findings() {
    let files = Files::new();
    let findings = findings(&files);
    let text = full::render(&findings, &files.sources, false);
    check(
        "findings_full",
        &format!("{text}{}", summary(&findings, "contract.quid")),
    );
}

#[test]
fn full_findings_in_colour() {
    let files = Files::new();
    let text = full::render(&findings(&files), &files.sources, true);
    check("findings_full_colour", &text.replace('\u{1b}', "␛"));
}

#[test]
fn concise_findings() {
    let files = Files::new();
    check(
        "findings_concise",
        &concise::render(&findings(&files), &files.sources, false),
    );
}

#[test]
fn json_findings() {
    let files = Files::new();
    let text = json::render(&[ContractFindings {
        file: "contract.quid",
        sources: &files.sources,
        findings: &findings(&files),
        extent: quidpro::report::findings::Extent::Everything,
    }]);
    let schema = schema(include_str!("../../../docs/schema/findings.schema.json"));
    assert!(schema.is_valid(&serde_json::from_str(&text).unwrap()));
    check("findings_json", &text);
}

#[test]
fn very_long_lines_are_clipped() {
    let (sources, span, other) = one_line("x".repeat(5000));
    let finding = Diagnostic::error("unknown-name", span, "no input is called `wrong`")
        .here("here")
        .and_at(other, "did you mean this?");
    let text = full::render(std::slice::from_ref(&finding), &sources, false);
    assert!(text.lines().all(|line| line.chars().count() < 400));
    check("findings_clipped", &text);
    let start = concise::render(&[finding], &sources, false);
    assert!(start.starts_with("one_line.quid:1:5002: error"), "{start}");
}

#[test]
fn clipping_keeps_characters_whole() {
    let (sources, span, other) = one_line("日本💬é".repeat(500));
    let finding = Diagnostic::error("unknown-name", span, "no input is called `wrong`")
        .and_at(other, "did you mean this?");
    let text = full::render(&[finding], &sources, false);
    assert!(text.contains("…") && text.contains("wrong"), "{text}");
}

#[test]
fn every_place_can_be_shown() {
    let long = "日本💬é ".repeat(90);
    let text = format!("a\r\n\u{85}b\u{2028}\tc\r\n\n{long}\r{long}\n{long}\r\n\r\n");
    let mut sources = Sources::new();
    let file = sources.add("odd.quid", text.clone());
    for start in (0..text.len() + 3).step_by(5) {
        for length in [0, 1, 30, 2000, 9000] {
            let span = Span::new(file, start, start + length);
            let other = Span::new(file, text.len() - start.min(text.len()), text.len());
            let finding = Diagnostic::error("e", span, "m").and_at(other, "other");
            let shown = full::render(&[finding], &sources, false);
            assert!(shown.contains("odd.quid:"), "{shown}");
            assert!(
                shown.lines().all(|line| line.chars().count() < 500),
                "{shown}"
            );
        }
    }
}

#[test]
fn places_that_do_not_exist_are_left_out() {
    let files = Files::new();
    let foreign = Span::new(FileId(99), 5, 9);
    let beyond = Span::new(files.contract, 1_000_000, 2_000_000);
    let within = Span::new(files.amendment, 139, 140);
    let findings = [foreign, beyond, within]
        .map(|span| Diagnostic::error("odd-place", span, "a place that is not there"));
    check(
        "findings_odd_places",
        &full::render(&findings, &files.sources, false),
    );
}

#[test]
fn steering_characters_are_made_visible() {
    let mut sources = Sources::new();
    let file = sources.add(
        "a\u{1b}[31m.quid",
        "charge \u{1b}[31mx\u{202e} \"\u{85}\" by 3\r\n",
    );
    let finding = Diagnostic::error("e", Span::new(file, 7, 13), "bad \u{1b}[0m `\u{2066}x`")
        .here("\u{7}")
        .because("\u{9b}")
        .help("\u{8}");
    let text = full::render(&[finding], &sources, false);
    assert!(
        !text.chars().any(|c| c.is_control() && c != '\n'),
        "{text:?}"
    );
    check("findings_steering", &text);
}

#[test]
fn a_finding_at_the_end_of_the_file() {
    let mut sources = Sources::new();
    let file = sources.add("end.quid", "contract x {\n");
    let findings = [
        Diagnostic::error("missing-brace", Span::new(file, 13, 13), "`}` is missing").here("here"),
        Diagnostic::error("whole-file", Span::new(file, 0, 13), "all of it"),
    ];
    check(
        "findings_end_of_file",
        &full::render(&findings, &sources, false),
    );
}

#[test]
fn summaries() {
    let files = Files::new();
    let findings = findings(&files);
    let two = [findings[0].clone(), findings[0].clone()];
    assert_eq!(summary(&[], "x.quid"), "no findings in x.quid");
    assert_eq!(summary(&two, "x.quid"), "2 errors in x.quid");
    assert_eq!(
        summary(&findings, "3 files"),
        "1 error, 1 warning, 1 note in 3 files"
    );
}

fn one_line(filler: String) -> (Sources, Span, Span) {
    let mut sources = Sources::new();
    let text = format!("{filler} wrong {filler} other {filler}");
    let at = |word: &str| text.find(word).unwrap();
    let (wrong, other) = (at("wrong"), at("other"));
    let file = sources.add("one_line.quid", text.clone());
    (
        sources,
        Span::new(file, wrong, wrong + 5),
        Span::new(file, other, other + 5),
    )
}
