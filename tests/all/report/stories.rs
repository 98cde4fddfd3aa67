//! Stories in text and JSON.

use quidpro::ledger::{StepKind, Story};
use quidpro::report::story::{json, text};
use quidpro::text::Span;

use super::contract::{Files, figure, month};
use super::snapshot::check;
use super::statements::schema;
use super::story_fixtures::{chat, credit, step};

#[test]
fn text_of_a_credit() {
    let files = Files::new();
    check(
        "story_text",
        &text::render(&credit(&files), &files.sources, false),
    );
}

#[test]
fn text_in_colour() {
    let files = Files::new();
    let text = text::render(&chat(&files), &files.sources, true);
    check("story_text_colour", &text.replace('\u{1b}', "␛"));
}

#[test]
fn text_over_two_files() {
    let files = Files::new();
    check(
        "story_text_two_files",
        &text::render(&chat(&files), &files.sources, false),
    );
}

#[test]
fn a_story_without_steps() {
    let files = Files::new();
    let story = Story {
        account: None,
        month: month("2026-02"),
        amendment: None,
        line: None,
        steps: Vec::new(),
        answers: Vec::new(),
    };
    let text = text::render(&story, &files.sources, false);
    assert!(
        text.starts_with("the total in 2026-02 is not computed\n"),
        "{text}"
    );
}

#[test]
fn the_answer_takes_all_lines_of_an_item_together() {
    let files = Files::new();
    let span = Span::new(files.amendment, 0, 1);
    let line =
        |name: &str, amount: &str| step(StepKind::Line, name, Some(figure(amount)), "", span);
    let story = |line_name: &str, steps, answers| Story {
        account: None,
        month: month("2026-02"),
        amendment: None,
        line: Some(line_name.to_owned()),
        steps,
        answers,
    };
    let card = story(
        "handling",
        vec![
            line("handling.voice", "30 EUR"),
            line("handling.chat", "4 EUR"),
            line("other", "7 EUR"),
        ],
        vec![0, 1],
    );
    let returned = story(
        "speed",
        vec![line("speed", "-5 EUR"), line("speed", "0 EUR")],
        vec![0, 1],
    );
    let answer = |story: &Story| {
        let text = text::render(story, &files.sources, false);
        text.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(answer(&card), "handling in 2026-02 is 34.00 EUR");
    assert_eq!(answer(&returned), "speed in 2026-02 is -5.00 EUR");
}

#[test]
fn every_place_can_be_shown() {
    let files = Files::new();
    let length = super::contract::AMENDMENT.len();
    for start in 0..=length {
        for end in [start, start + 1, start + 40, length + 5] {
            let span = Span::new(files.amendment, start, end);
            let story = Story {
                account: None,
                month: month("2026-02"),
                amendment: None,
                line: None,
                steps: vec![step(
                    StepKind::Total,
                    "total",
                    Some(figure("1 EUR")),
                    "",
                    span,
                )],
                answers: vec![0],
            };
            let text = text::render(&story, &files.sources, false);
            assert!(text.contains("1. total = 1.00 EUR"), "{text}");
        }
    }
}

#[test]
fn json_of_a_credit() {
    let files = Files::new();
    let schema = schema(include_str!("../../../docs/schema/story.schema.json"));
    for story in [credit(&files), chat(&files)] {
        let text = json::render("emea_support", &story, &files.sources);
        let document = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = schema
            .iter_errors(&document)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    check(
        "story_json",
        &json::render("emea_support", &chat(&files), &files.sources),
    );
}
