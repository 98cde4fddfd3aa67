//! What the catalogue shows is accepted: each clause's example and its snippet, in a contract that has what they name.

use quidpro::catalogue::{CLAUSES, Clause};
use quidpro::diagnostic::Severity;
use quidpro::driver::{Files, load};

/// What the examples and the snippets name. A line is left out where the clause brings its own.
const FRAME: &[&str] = &[
    "currency EUR, USD",
    "term 2026-01-01 to 2028-12-31",
    "round each line half up to 0.01 EUR",
    "unit ticket_hour, ticket_hours",
    "dimension channel { voice, email, chat }",
    "input offered : calls nominal 40_000",
    "input answered_in_time : calls nominal 36_000",
    "input handled : contacts nominal 30_000",
    "input resolved_first : contacts nominal 24_000",
    "input surveys : surveys nominal 500",
    "input survey_points : points nominal 2_250",
    "input on_time : percent nominal 97%",
    "input cpi : points nominal 103",
    "input expected : calls nominal 40_000",
    "input seats : FTE nominal 40",
    "input same_incident : yes or no nominal no",
    "metric leavers is attrition, percent, lower is better { on_time }",
    "input usd_per_eur : USD per EUR nominal 1.1 USD per EUR",
    "input spent : EUR nominal 90_000 EUR",
    "metric service_level is timeliness, percent, higher is better { answered_in_time / offered }",
    "metric speed is timeliness, percent, higher is better { answered_in_time / offered }",
    "metric csat is satisfaction, 1 to 5, higher is better { survey_points / surveys }",
    "metric fcr is resolution, percent, higher is better { resolved_first / handled }",
    "scorecard cx { 100% csat { below 3.5: 0; below 4.2: 60; otherwise 100 } }",
    "scorecard quality { 100% csat { below 3.5: 0; below 4.2: 60; otherwise 100 } }",
    "charge handling for handled at 4.20 EUR",
    "service level uptime on service_level { target 99% each month }",
    "service level answer_speed on service_level { target 80% each month; credit 500 EUR }",
    "credit abandonment = 100 EUR",
];

struct Nothing;

impl Files for Nothing {
    fn read(&self, _from: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("there is no `{path}`"))
    }
}

/// The errors of a clause within the frame.
fn errors(text: &str) -> Vec<String> {
    let first = |line: &str, count| {
        let words: Vec<&str> = line.split_whitespace().take(count).collect();
        words.join(" ")
    };
    let is_own = |line: &&&str| {
        let words = if line.starts_with("service") { 3 } else { 2 };
        let named = first(line, words);
        let alone = ["currency", "term", "round"];
        let other_money = text.starts_with("currency") && line.contains("USD per");
        first(text, words) == named
            || other_money
            || alone
                .iter()
                .any(|word| line.starts_with(word) && text.starts_with(word))
    };
    let frame: Vec<&str> = FRAME.iter().filter(|line| !is_own(line)).copied().collect();
    let whole = format!(
        "contract c \"C\" {{\n  {}\n  {text}\n}}\n",
        frame.join("\n  ")
    );
    let loaded = load("c.quid", &whole, &Nothing);
    let found = loaded.diagnostics.iter();
    found
        .filter(|one| one.severity == Severity::Error)
        .map(|one| format!("{}: {}", one.code, one.message))
        .collect()
}

/// The text that an editor inserts, with the first of each choice.
fn filled(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some(at) = rest.find("${") {
        text.push_str(&rest[..at]);
        let end = at + rest[at..].find('}').unwrap();
        let part = &rest[at + 2..end];
        let part = part.trim_start_matches(|letter: char| letter.is_ascii_digit());
        match part.strip_prefix('|') {
            Some(choices) => text.push_str(choices.split([',', '|']).next().unwrap()),
            None => text.push_str(part.trim_start_matches(':')),
        }
        rest = &rest[end + 1..];
    }
    text + rest
}

/// The refusals of what is shown of each clause, except for those that are expected.
fn refused(shown: impl Fn(&Clause) -> String, expected: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for clause in CLAUSES {
        let text = shown(clause);
        let errors = errors(&text).into_iter();
        let is_expected = |error: &String| expected.iter().any(|code| error.starts_with(code));
        for error in errors.filter(|error| !is_expected(error)) {
            all.push(format!("`{}`\n    {text}\n    {error}", clause.words));
        }
    }
    all
}

#[test]
fn every_example_is_accepted() {
    let refused = refused(|clause| clause.example.to_owned(), &["waiver-of-nothing"]);
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// The names in a snippet are the drafter's to fill in.
const NAMES: &[&str] = &[
    "unknown-name",
    "unknown-input",
    "not-a-",
    "waiver-of-nothing",
];

#[test]
fn every_snippet_is_accepted() {
    let refused = refused(|clause| filled(clause.snippet), NAMES);
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}
