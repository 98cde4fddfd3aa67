//! A proposed answer answers its question, and pays the same if it says so.

use quidpro::diagnostic::Fix;
use quidpro::driver::{Loaded, run_scenarios_of};
use quidpro::lint::{ALL, Category};
use quidpro::review::Question;

use super::{NAIVE, checked, contracts, load, read};
use crate::lint::frame::framed;

/// All contracts, the naive one, and the bad examples of the pages.
fn texts() -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = contracts()
        .into_iter()
        .map(|name| (name.clone(), read(&name)))
        .collect();
    texts.push(("naive.quid".to_owned(), NAIVE.to_owned()));
    for rule in ALL
        .iter()
        .filter(|rule| rule.category == Category::Question)
    {
        let page = rule.markdown();
        for (at, rest) in page.split("```quid bad").skip(1).enumerate() {
            let (_, text) = rest.split_once('\n').unwrap();
            let text = text.split("```").next().unwrap();
            texts.push((format!("{}_{at}.quid", rule.name), framed(text)));
        }
    }
    texts
}

fn questions(loaded: &Loaded) -> Vec<Question> {
    let asked = loaded.questions(&checked(loaded));
    asked
        .into_iter()
        .flat_map(|contract| contract.all)
        .collect()
}

/// The text with the edits applied.
fn answered(text: &str, fix: &Fix) -> String {
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

/// What the scenarios find wrong, by their names.
fn mismatches(loaded: &Loaded) -> Vec<String> {
    let results = loaded.contracts.iter().flat_map(run_scenarios_of);
    results
        .flat_map(|result| {
            let name = result.name.clone();
            let all = result.mismatches.into_iter();
            all.map(move |mismatch| format!("{name}: {}", mismatch.message))
        })
        .collect()
}

/// Statements that a contract may already have, each next to what some answer writes.
const NEIGHBOURS: &[&str] = &[
    "bonus thanks = 10 EUR\n  bonuses applied to the next invoice\n  measurement { data within 3 working days }\n  \
     measurement { time zone \"CET\" }\n  escalation { level 1 \"Lead\" within 1 hour }\n  maximum 90_000 EUR each month",
    "bonus thanks = 10 EUR, applied to the next invoice\n  credit sorry = 5 EUR, applied to the next invoice\n  \
     credit regret = 700 EUR\n  measurement { late data counts as missing }\n  measurement { holidays \"Those of the site\" }",
    "dimension team { red, blue }\n  credit sorry by team = 400 EUR\n  credit termination_fee = 900 EUR\n  \
     limit termination_fee to 50 EUR each month, terminate after 2 times in a row \"Right to terminate\"\n  \
     measurement { service hours \"Always\" } # as agreed",
    "credit sorry = 900 EUR\n  limit sorry to 50 EUR each month, the excess lapses\n  \
     credits below 5 EUR together are dropped\n  escalation {\n    level 1 \"Lead\" within 1 hour   # by phone\n  }",
];

#[test]
fn every_answer_answers_its_question() {
    let wrong: String = texts()
        .into_iter()
        .map(|(name, text)| unanswered(&name, &text, |_| true))
        .collect();
    assert!(wrong.is_empty(), "{wrong}");
}

/// An answer fits next to what the contract already says.
#[test]
fn every_answer_is_accepted_beside_its_neighbours() {
    let mut wrong = String::new();
    let texts = texts();
    let small = texts
        .iter()
        .filter(|(name, _)| !name.starts_with("contracts/"));
    for (name, text) in small {
        let end = text.trim_end().len() - 1;
        for (at, neighbour) in NEIGHBOURS.iter().enumerate() {
            let text = format!("{}  {neighbour}\n}}\n", &text[..end]);
            if !load(name, &text).is_sound() {
                continue;
            }
            // The bad example on a rule's page asks that rule's own question.
            let own = |rule: &str| name == "naive.quid" || name.starts_with(&format!("{rule}_"));
            wrong += &unanswered(&format!("{name} with neighbour {at}"), &text, own);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The questions of a text whose proposed answer does not answer them, and why.
fn unanswered(name: &str, text: &str, wanted: impl Fn(&str) -> bool) -> String {
    let mut wrong = String::new();
    let loaded = load(name, text);
    for question in questions(&loaded) {
        let Some(fix) = question.answer.as_ref().filter(|_| wanted(question.rule)) else {
            continue;
        };
        let again = load(name, &answered(text, fix));
        if !again.is_sound() {
            let found: Vec<&str> = again
                .diagnostics
                .iter()
                .map(|one| one.message.as_str())
                .collect();
            wrong += &format!(
                "{name}: the answer to {} is no contract: {found:?}\n",
                question.rule
            );
            continue;
        }
        let same =
            |other: &Question| other.rule == question.rule && other.question == question.question;
        if questions(&again).iter().any(same) {
            wrong += &format!(
                "{name}: {} is asked again: {}\n",
                question.rule, question.question
            );
        }
        if question.pays_the_same && mismatches(&again) != mismatches(&loaded) {
            wrong += &format!(
                "{name}: the answer to {} changes what is paid\n",
                question.rule
            );
        }
    }
    wrong
}

/// Answers can be given one after another, until nothing is left to ask.
#[test]
fn all_answers_together_leave_nothing_open() {
    for (name, text) in [
        ("naive.quid", NAIVE.to_owned()),
        ("contracts/starter.quid", read("contracts/starter.quid")),
    ] {
        let before = mismatches(&load(name, &text));
        let mut text = text;
        for _ in 0..40 {
            let open = questions(&load(name, &text));
            let Some(question) = open.iter().find(|question| question.answer.is_some()) else {
                break;
            };
            assert!(question.pays_the_same, "{}", question.question);
            let Some(fix) = &question.answer else { break };
            text = answered(&text, fix);
        }
        let loaded = load(name, &text);
        assert!(loaded.is_sound(), "{text}");
        assert_eq!(questions(&loaded), [], "{text}");
        assert_eq!(mismatches(&loaded), before);
    }
}
