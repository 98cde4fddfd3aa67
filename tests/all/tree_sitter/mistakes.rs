//! An editor also marks what the program cannot read, and the parts around it remain what they are.

use std::fmt::Write;

use proptest::prelude::*;
use quidpro::syntax::parse;
use quidpro::text::Sources;
use tree_sitter::{InputEdit, Node, Parser, Point};

use super::{read, samples};

/// What the program finds while it reads, but an editor lets pass: the text has a form of the language, and only its
/// content is not allowed there.
const LET_PASS: &[&str] = &[
    "metered-rate",
    "missing-back",
    "step-not-stated",
    "not-each-month",
    "other-period",
    "reserved-name",
];

#[test]
fn what_cannot_be_read_is_marked() {
    let mut wrong = String::new();
    for sample in samples::all() {
        let mut sources = Sources::new();
        let file = sources.add(sample.place.as_str(), sample.text.as_str());
        let found = parse(file, &sample.text).diagnostics;
        let expected = found.iter().any(|found| !LET_PASS.contains(&found.code));
        if expected != read(&sample.text).root_node().has_error() {
            let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
            let _ = writeln!(wrong, "{}: {codes:?}", sample.place);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_items_around_a_mistake_are_kept() {
    let text = "contract c {
  let a = 1 EUR
  chrage b 5 EUR per month
  let d = 2
  service level s on m { traget 80% each month; credit 2% of charges }
  tax vat 19% of total
}";
    let tree = read(text);
    assert!(tree.root_node().has_error());
    let mut found = Vec::new();
    parts(tree.root_node(), text, &mut found);
    for part in [
        "let: let d = 2",
        "level_credit: credit 2% of charges",
        "tax: tax vat 19% of total",
    ] {
        assert!(found.iter().any(|found| found == part), "{found:#?}");
    }
}

fn parts(node: Node, text: &str, found: &mut Vec<String>) {
    if node.is_named() {
        found.push(format!("{}: {}", node.kind(), &text[node.byte_range()]));
    }
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        parts(child, text, found);
    }
}

#[test]
fn every_beginning_of_a_contract_has_a_tree() {
    for sample in samples::contracts()
        .iter()
        .filter(|sample| sample.text.len() < 4_000)
    {
        for (end, _) in sample.text.char_indices().step_by(11) {
            let tree = read(&sample.text[..end]);
            assert!(tree.root_node().end_byte() <= end);
        }
    }
}

#[test]
fn typing_gives_the_tree_of_the_whole_text() {
    for sample in samples::contracts()
        .iter()
        .filter(|sample| sample.text.len() < 6_000)
    {
        let whole = read(&sample.text).root_node().to_sexp();
        for (at, _) in sample.text.char_indices().step_by(211) {
            let broken = format!("{}}} ?{}", &sample.text[..at], &sample.text[at..]);
            let mut before = read(&broken);
            before.edit(&removal(&sample.text, at, 3));
            let mut parser = Parser::new();
            parser
                .set_language(&tree_sitter_quid::LANGUAGE.into())
                .expect("a version that tree-sitter reads");
            let after = parser
                .parse(&sample.text, Some(&before))
                .expect("parsing always ends");
            assert_eq!(
                after.root_node().to_sexp(),
                whole,
                "{} at byte {at}",
                sample.place
            );
        }
    }
}

fn removal(text: &str, at: usize, length: usize) -> InputEdit {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let point = |byte: usize| Point::new(text[..at].matches('\n').count(), byte - line);
    InputEdit {
        start_byte: at,
        old_end_byte: at + length,
        new_end_byte: at,
        start_position: point(at),
        old_end_position: point(at + length),
        new_end_position: point(at),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_a_tree(text in "\\PC{0,120}") {
        assert!(read(&text).root_node().end_byte() <= text.len());
    }

    #[test]
    fn a_contract_with_other_signs_in_it_has_a_tree(
        which in 0usize..100, at in 0usize..10_000, cut in 0usize..60,
        with in "[ \\n{}()\";,#0-9a-z.%€“”é/*&|-]{0,12}",
    ) {
        let all = samples::contracts();
        let text = &all[which % all.len()].text;
        let start = text.floor_char_boundary(at % text.len());
        let end = text.floor_char_boundary((start + cut).min(text.len()));
        let changed = format!("{}{with}{}", &text[..start], &text[end..]);
        assert!(read(&changed).root_node().end_byte() <= changed.len());
    }
}
