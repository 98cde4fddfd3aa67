//! `quidpro.toml`: what it says, what is wrong with it, and whether its schema agrees with the reader.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads and writes the project's files, and fails by panicking"
)]

use std::fs;

use jsonschema::Validator;
use quidpro::config::{self, Placed, Problem, read, settings_for};
use quidpro::lint::{ALL, Category, Level, Settings, find};
use quidpro::quantity::Exact;

const WHOLE: &str = r#"
extends = ["../company.toml", "house.toml"]
preview = true
fail-on = "warning"
baseline = "known.json"

[categories]
governance = "off"
clarity = "warning"

[rules]
no-training = "error"
immaterial-quality-share = { level = "error", share = "8%" }

[[overrides]]
paths = ["samples/**", "old/*.quid"]
because = "samples of single clauses"
preview = false
[overrides.categories]
risk = "off"
[overrides.rules]
uncapped-credits = "info"
"#;

fn settings(text: &str, contract: &str) -> Settings {
    let config = read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let placed = Placed {
        file: "quidpro.toml".to_owned(),
        config: &config,
        contract: vec![contract.to_owned()],
    };
    settings_for(&[placed])
}

#[test]
fn what_a_file_says_is_read() {
    let config = read(WHOLE).unwrap();
    let extended: Vec<&str> = config
        .extends
        .iter()
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(extended, ["../company.toml", "house.toml"]);
    assert_eq!(config.baseline.as_deref(), Some("known.json"));
    let settings = settings(WHOLE, "support.quid");
    assert!(settings.preview);
    assert_eq!(settings.rules["no-training"], Level::Error);
    assert_eq!(settings.categories[&Category::Governance], Level::Off);
    let rule = find("immaterial-quality-share").unwrap();
    let share = Exact::parse_decimal("0.08").unwrap();
    assert_eq!(settings.threshold(rule, "share"), share);
    // Its category is off, but its own level takes precedence.
    assert!(settings.severity(find("no-training").unwrap()).is_some());
    assert!(settings.severity(find("no-exit-plan").unwrap()).is_none());
}

#[test]
fn overrides_are_about_the_paths_that_they_name() {
    let off = |contract: &str| {
        let settings = settings(WHOLE, contract);
        settings.categories.get(&Category::Risk) == Some(&Level::Off) && !settings.preview
    };
    assert!(off("samples/a.quid") && off("samples/deep/er/a.quid") && off("old/a.quid"));
    assert!(!off("support.quid") && !off("old/deep/a.quid") && !off("not/samples/a.quid"));
    assert_eq!(
        settings(WHOLE, "old/a.quid").rules["uncapped-credits"],
        Level::Info
    );
}

#[test]
fn a_file_goes_before_those_that_it_extends() {
    let base = read("[rules]\nno-training = \"error\"\nno-exit-plan = \"info\"\n").unwrap();
    let own = read("[rules]\nno-training = \"off\"\n").unwrap();
    let placed = [&base, &own].map(|config| Placed {
        file: "quidpro.toml".to_owned(),
        config,
        contract: vec!["a.quid".to_owned()],
    });
    let settings = settings_for(&placed);
    assert_eq!(settings.rules["no-training"], Level::Off);
    assert_eq!(settings.rules["no-exit-plan"], Level::Info);
}

/// The problems of a text, each with the words to which it points.
fn told(text: &str) -> String {
    let problems = read(text).err().unwrap_or_default();
    let one = |problem: &Problem| {
        let words = &text[problem.place.clone()];
        let help = problem.help.as_deref().unwrap_or("-");
        format!("{words:?}: {}; {help}\n", problem.message)
    };
    problems.iter().map(one).collect()
}

const WRONG: &[&str] = &[
    "extend = \"a.toml\"",
    "[categoris]\nrisk = \"off\"",
    "[categories]\nrisks = \"off\"",
    "[categories]\ncorrectness = \"warning\"",
    "[categories]\nrisk = \"warn\"",
    "[categories]\nrisk = false",
    "[rules]\nno-trainin = \"off\"",
    "[rules]\nsomething-else-entirely = \"off\"",
    "[rules]\nimmaterial-quality-share = { shar = \"8%\" }",
    "[rules]\nimmaterial-quality-share = { share = 0.08 }",
    "[rules]\nimmaterial-quality-share = { share = \"much\" }",
    "fail-on = \"note\"",
    "preview = \"yes\"",
    "baseline = 5",
    "extends = [5]",
    "[[overrides]]\nbecause = \"x\"",
    "[[overrides]]\npaths = [\"a/**\"]",
    "[[overrides]]\npaths = [\"a/**\"]\nbecause = \" \"",
    "[[overrides]]\npaths = [\"a/[\"]\nbecause = \"x\"",
    "[[overrides]]\npaths = [\"a\"]\nbecause = \"x\"\nfail-on = \"never\"",
    "[overrides]\npaths = [\"a\"]\nbecause = \"x\"",
    "rules = \"all\"",
    "[rules",
    "a = 1\nb = 2",
];

#[test]
fn every_mistake_is_told_with_its_place() {
    let all: String = WRONG
        .iter()
        .map(|text| {
            let told = told(text);
            assert!(!told.is_empty(), "{text} is taken");
            format!("--- {}\n{told}", text.replace('\n', " ⏎ "))
        })
        .collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("config_mistakes", all));
}

const SCHEMA: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/docs/schema/quidpro-toml.schema.json"
);

fn schema() -> Validator {
    jsonschema::validator_for(&serde_json::from_str(&config::schema::text()).unwrap()).unwrap()
}

#[test]
fn the_published_schema_is_that_of_the_program() {
    let text = config::schema::text();
    if fs::read_to_string(SCHEMA).unwrap_or_default() != text {
        fs::write(SCHEMA, text).unwrap();
        panic!("docs/schema/quidpro-toml.schema.json was stale and is written anew; run again");
    }
}

#[test]
fn the_schema_takes_what_the_reader_takes_and_refuses_what_it_refuses() {
    let schema = schema();
    let value = |text: &str| -> Option<serde_json::Value> { toml::from_str(text).ok() };
    assert!(schema.is_valid(&value(WHOLE).unwrap()));
    for rule in ALL {
        let text = format!("[rules]\n{} = \"info\"\n", rule.name);
        let is_read = read(&text).is_ok();
        assert_eq!(schema.is_valid(&value(&text).unwrap()), is_read, "{text}");
        for known in rule.thresholds {
            let text = format!(
                "[rules]\n{} = {{ {} = \"{}\" }}\n",
                rule.name, known.name, known.default
            );
            assert!(
                read(&text).is_ok() && schema.is_valid(&value(&text).unwrap()),
                "{text}"
            );
        }
    }
    for text in WRONG {
        // A schema cannot know whether a pattern of paths is valid.
        let is_pattern = text.contains("a/[");
        if let Some(value) = value(text).filter(|_| !is_pattern) {
            assert!(!schema.is_valid(&value), "{text}");
        }
    }
}

#[test]
fn no_bytes_make_it_panic() {
    for end in (0..=WHOLE.len()).filter(|end| WHOLE.is_char_boundary(*end)) {
        let _ = read(&WHOLE[..end]);
    }
    let _ = read(&"[".repeat(100_000));
    let _ = read(&format!("a = {}", "[".repeat(100_000)));
}
