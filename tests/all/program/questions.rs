//! `quidpro questions` and `quidpro review`: what they print, and that fixing leaves questions to people.

use super::{CONTRACT, Desk, fits};

#[test]
fn questions_are_printed_in_each_format() {
    let desk = Desk::new();
    desk.run(&["questions", "support.quid"])
        .ends(0)
        .without_errors()
        .says("questions open")
        .says("Not about a single clause");
    desk.run(&["questions", "support.quid", "--format", "markdown"])
        .ends(0)
        .says("open questions");
    let json = desk.run(&["questions", "support.quid", "--format", "json"]);
    fits("questions.schema.json", &json.ends(0).out);
    desk.run(&["questions", "nowhere.quid"])
        .ends(2)
        .tells("`nowhere.quid` cannot be read");
}

#[test]
fn a_review_is_printed_and_written() {
    let desk = Desk::new();
    desk.run(&["review", "support.quid"])
        .ends(0)
        .without_errors()
        .says("What depends on the service");
    let json = desk.run(&["review", "support.quid", "--format", "json"]);
    fits("review.schema.json", &json.ends(0).out);
    let printed = desk.run(&["review", "support.quid", "--format", "html"]);
    let printed = printed.ends(0).says("<!DOCTYPE html>").out;
    let arguments = [
        "review",
        "support.quid",
        "--format",
        "html",
        "--output",
        "page.html",
    ];
    desk.run(&arguments).ends(0);
    assert_eq!(
        std::fs::read_to_string(desk.path("page.html")).unwrap(),
        printed
    );
}

/// Questions about a contract with errors, and its review, cover what was understood.
#[test]
fn a_broken_contract_is_asked_about_as_well() {
    let desk = Desk::new();
    desk.write("wrong.quid", CONTRACT.replace("80%", "80"));
    desk.run(&["questions", "wrong.quid"])
        .ends(1)
        .tells("`quidpro check wrong.quid` shows them");
    desk.run(&["review", "wrong.quid"])
        .ends(1)
        .says("type-mismatch");
}

#[test]
fn mending_answers_no_question() {
    let desk = Desk::new();
    let before = desk.run(&["questions", "support.quid"]).ends(0).out;
    desk.run(&[
        "check",
        "support.quid",
        "--fix",
        "--unsafe-fixes",
        "--only",
        "question",
    ]);
    assert_eq!(desk.run(&["questions", "support.quid"]).ends(0).out, before);
    desk.run(&["questions", "support.quid", "--skip", "question"])
        .ends(0)
        .says("The text leaves open nothing that the program knows to ask about.");
}
