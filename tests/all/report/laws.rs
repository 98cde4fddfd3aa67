//! What every report guarantees: no colour unless requested, the same bytes every time, aligned columns.

use quidpro::report::{failure, findings, refusal, statement, story};
use unicode_width::UnicodeWidthStr;

use super::contract::Files;
use super::statement_fixtures::{february, heading, march, odd_titles, refusals};
use super::story_fixtures::{chat, credit};

#[test]
fn nothing_is_coloured_unless_asked_for() {
    let all = all_reports(false);
    assert!(!all.contains('\u{1b}'));
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    assert_eq!(all_reports(false), all_reports(false));
    assert_eq!(all_reports(true), all_reports(true));
}

#[test]
fn colour_changes_nothing_but_colour() {
    assert_eq!(without_colour(&all_reports(true)), all_reports(false));
}

#[test]
fn no_line_ends_in_blanks() {
    for statement in [february(), march(), odd_titles()] {
        let text = statement::text::render(&heading(), &statement);
        assert!(text.lines().all(|line| line == line.trim_end()));
    }
}

#[test]
fn statements_are_no_wider_than_a_page() {
    for statement in [february(), march(), odd_titles()] {
        for line in statement::text::render(&heading(), &statement).lines() {
            assert!(line.width() <= 100, "{line}");
        }
    }
}

#[test]
fn amounts_stand_under_each_other() {
    for statement in [february(), march(), odd_titles()] {
        let text = statement::text::render(&heading(), &statement);
        let (_, table) = text.split_once('─').unwrap();
        let (table, _) = table.split_once('═').unwrap();
        let rule = text.lines().find(|line| line.starts_with('─')).unwrap();
        let amounts: Vec<&str> = table
            .lines()
            .filter(|line| line.ends_with(|last: char| last.is_ascii_digit()))
            .filter(|line| line.width() == rule.width())
            .collect();
        assert!(amounts.len() > statement.lines.len(), "{text}");
    }
}

fn all_reports(colour: bool) -> String {
    let files = Files::new();
    let sources = &files.sources;
    let diagnostics = super::findings::findings(&files);
    let failure = failure::Failure::new("bad")
        .at("x.csv", 1, "a,b", 2..3, "here")
        .help("x");
    [
        findings::full::render(&diagnostics, sources, colour),
        findings::concise::render(&diagnostics, sources, colour),
        findings::json::render(&[findings::ContractFindings {
            file: "contract.quid",
            sources,
            findings: &diagnostics,
            extent: quidpro::report::findings::Extent::Everything,
        }]),
        statement::text::render(&heading(), &february()),
        statement::text::render(&heading(), &march()),
        refusal::render(&refusals(&files), sources, colour),
        story::text::render(&credit(&files), sources, colour),
        story::text::render(&chat(&files), sources, colour),
        story::json::render("x", &credit(&files), sources),
        failure::render(&failure, colour, false),
        failure::render(&failure, colour, true),
    ]
    .concat()
}

/// The text without escape sequences of the form `ESC [ … m`.
fn without_colour(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |out, piece| {
        out + piece.split_once('m').map_or("", |(_, rest)| rest)
    })
}
