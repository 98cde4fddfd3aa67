//! The bad examples of a page give its finding and no other, and the good ones give none.

use quidpro::calendar::Date;
use quidpro::diagnostic::{Diagnostic, Severity};
use quidpro::driver::{Checking, load};
use quidpro::lint::{ALL, Category, Settings, find};
use quidpro::report::findings::full;

use super::frame::framed;
use crate::clause::NoFiles;

/// An example of a page.
pub struct Example {
    /// Whether it has what the rule finds.
    pub bad: bool,
    /// Findings of other rules that it cannot avoid: `bad with no-objective`.
    also: Vec<String>,
    pub text: String,
}

pub fn examples(page: &str) -> Vec<Example> {
    page.split("```quid ")
        .skip(1)
        .map(|rest| {
            let block = rest.split("```").next().unwrap();
            let (mark, text) = block.split_once('\n').unwrap();
            let (mark, also) = mark.split_once(" with ").unwrap_or((mark, ""));
            assert!(matches!(mark, "bad" | "good"), "{mark}");
            Example {
                bad: mark == "bad",
                also: also
                    .split(", ")
                    .filter(|one| !one.is_empty())
                    .map(str::to_owned)
                    .collect(),
                text: text.to_owned(),
            }
        })
        .collect()
}

fn found(text: &str) -> (Vec<Diagnostic>, String) {
    let loaded = load("framed.quid", text, &NoFiles);
    let settings = Settings {
        preview: true,
        ..Settings::default()
    };
    let checking = Checking {
        settings: &settings,
        today: Date::constant(2026, 1, 1),
    };
    let all = loaded.check(&checking);
    let shown = full::render(&all, &loaded.sources, false);
    (all, shown)
}

#[test]
fn the_frame_is_a_good_contract() {
    let (all, shown) = found(&framed(""));
    assert!(all.is_empty(), "{shown}");
}

#[test]
fn the_examples_of_every_page_do_what_it_says() {
    let mut wrong = String::new();
    for rule in ALL {
        let examples = examples(&rule.markdown());
        let bad = examples.iter().filter(|example| example.bad).count();
        if bad == 0 || bad == examples.len() {
            wrong += &format!("{} has no bad, or no good, example\n", rule.name);
        }
        for Example { bad, also, text } in examples {
            let framed = framed(&text);
            let (mut all, shown) = found(&framed);
            // Something in the frame can become idle because the example replaces what read it. This says nothing about
            // the example.
            let frame_ends = framed.len() - text.len() - "\n}\n".len();
            all.retain(|finding| {
                let in_frame = (finding.primary.span.start as usize) < frame_ends;
                !(in_frame && finding.code.starts_with("unused-"))
            });
            // Examples may leave open what they are not about.
            if rule.category != Category::Question {
                all.retain(|finding| !is_question(finding));
            }
            let mut codes: Vec<&str> = all.iter().map(|finding| finding.code).collect();
            codes.sort_unstable();
            codes.dedup();
            let mut wanted: Vec<&str> = also.iter().map(String::as_str).collect();
            wanted.extend(bad.then_some(rule.name));
            wanted.sort_unstable();
            if codes != wanted {
                wrong += &format!("{}: {text}gives {codes:?}\n{shown}\n", rule.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn is_question(finding: &Diagnostic) -> bool {
    find(finding.code).is_some_and(|rule| rule.category == Category::Question)
}

#[test]
fn every_finding_says_why_and_what_to_write() {
    for rule in ALL {
        for Example { text, .. } in examples(&rule.markdown()).into_iter().filter(|one| one.bad) {
            for finding in found(&framed(&text)).0 {
                assert!(!finding.why.is_empty(), "{} has no why", rule.name);
                assert!(!finding.help.is_empty(), "{} has no help", rule.name);
                let first = finding.message.chars().next().unwrap();
                assert!(!first.is_uppercase() || finding.message.starts_with("KPI"));
                assert!(!finding.message.ends_with('.'));
                assert!(matches!(
                    finding.severity,
                    Severity::Error | Severity::Warning | Severity::Info
                ));
            }
        }
    }
}
