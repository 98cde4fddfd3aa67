//! The outline of a text: nothing of the text is left out of it, and its parts are within each other.
#![allow(
    clippy::disallowed_methods,
    reason = "the tests read the contracts of the project as they are on disk"
)]

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use quidpro::syntax::outline::{Kind, Node, Outline, TokenKind};
use quidpro::text::Span;

use super::FILE;

fn contracts() -> Vec<String> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("contracts")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(ending) if ending == "quid" => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    let read = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    found.iter().map(read).collect()
}

/// Checks every law of an outline. They hold for any text.
fn holds(text: &str) -> Outline {
    let outline = Outline::of(FILE, text);
    let mut behind = 0;
    for token in &outline.tokens {
        let range = token.span.range();
        assert!(
            behind <= range.start && range.start < range.end,
            "a token is empty or overlaps: {range:?}"
        );
        let blank = &text[behind..range.start];
        assert!(
            blank.trim_start_matches('\u{feff}').trim_ascii().is_empty() || blank.contains('\u{b}'),
            "`{blank}` is in no token"
        );
        let _ = &text[range.clone()];
        behind = range.end;
    }
    within(&outline.root, text);
    assert_eq!(outline.root.span, Span::new(FILE, 0, text.len()));
    outline
}

fn within(node: &Node, text: &str) {
    let mut behind = node.span.start;
    for child in &node.children {
        assert!(child.span.start < child.span.end, "{child:?} is empty");
        assert!(
            behind <= child.span.start && child.span.end <= node.span.end,
            "{:?} does not lie within {:?}",
            child.span,
            node.span
        );
        assert!(text.get(child.span.range()).is_some());
        behind = child.span.end;
        within(child, text);
    }
}

/// The parts with the beginning of their text, indented, and the tokens of each part that has no parts.
fn shown(outline: &Outline, node: &Node, text: &str, depth: usize) -> String {
    let mut out = format!("{:1$}{2:?}", "", depth * 2, node.kind);
    if node.children.is_empty() {
        for token in outline.tokens_in(node.span) {
            out += &format!(" {:?}:{}", token.kind, &text[token.span.range()]);
        }
    }
    out += "\n";
    for child in &node.children {
        out += &shown(outline, child, text, depth + 1);
    }
    out
}

#[test]
fn nothing_is_left_out_of_a_contract() {
    for text in contracts() {
        let outline = holds(&text);
        for node in outline.root.descendants() {
            assert_ne!(node.kind, Kind::Bad, "{}", &text[node.span.range()]);
            if node.kind == Kind::Block {
                let block = &text[node.span.range()];
                assert!(block.starts_with('{') && block.ends_with('}'), "{block}");
            }
        }
        for token in &outline.tokens {
            assert_ne!(
                token.kind,
                TokenKind::Unknown,
                "{}",
                &text[token.span.range()]
            );
        }
    }
}

#[test]
fn every_beginning_of_a_contract_has_an_outline() {
    for text in contracts().iter().filter(|text| text.len() < 4_000) {
        for end in (0..text.len())
            .step_by(7)
            .filter(|&end| text.is_char_boundary(end))
        {
            holds(&text[..end]);
        }
    }
}

#[test]
fn a_small_contract() {
    let text = "# A comment
use standard contact_centre
contract c \"Title\" {
  customer Acme B.V. vat \"NL1\"
  currency EUR
  input handled : contacts by channel { voice, email } \"Handled\" from \"ACD\" by both between 0 and 1_000
  charge h \"Handling\" for handled { voice graduated { first 10 at 4.20 EUR; beyond at 3 EUR }; email 2 EUR per contact }
  service level s on sl \"Annex\" { target 80%, from 2026-04-01 82% each month; credit min(2% of charges, 5 EUR) }
  training \"Annex 4\" { 80 hours per agent before go-live; refreshed quarterly }
  scenario \"One\" for 2026-02 { given handled.voice = 1_000 then 2; expect charge h.voice = (3 + 4) }
}
";
    let outline = holds(text);
    insta::assert_snapshot!(
        "outline_of_a_small_contract",
        shown(&outline, &outline.root, text, 0)
    );
}

#[test]
fn beside_mistakes() {
    let text = "contract c {
  currency EUR;
  charge a = 5 EUR per month
  chrge b 4 EUR
  metric m is timeliness percent { a / }
  credit x = EUR 5 && “curly”
  tax vat 20% of total
";
    let outline = holds(text);
    insta::assert_snapshot!(
        "outline_beside_mistakes",
        shown(&outline, &outline.root, text, 0)
    );
}

#[test]
fn places_are_found() {
    let text = "contract c {\n  metric m { a / b }\n}\n";
    let outline = holds(text);
    let at = text.find("/ b").unwrap();
    let kinds: Vec<Kind> = outline.path_to(at).iter().map(|node| node.kind).collect();
    assert_eq!(kinds.first(), Some(&Kind::File));
    assert_eq!(kinds.get(1), Some(&Kind::Contract));
    assert!(kinds.contains(&Kind::Statement));
    assert_eq!(&text[outline.token_at(at).unwrap().span.range()], "/");
    assert_eq!(&text[outline.token_before(at).unwrap().span.range()], "a");
}

/// The last place at or before `at` at which a character begins.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_an_outline(text in "\\PC{0,80}") {
        holds(&text);
    }

    #[test]
    fn a_contract_with_other_signs_in_it_has_an_outline(
        which in 0usize..100, at in 0usize..10_000, cut in 0usize..60,
        with in "[ \\n{}()\";,#0-9a-z€“”’é/*&|-]{0,12}",
    ) {
        let all = contracts();
        let text = &all[which % all.len()];
        let start = boundary(text, at % text.len());
        let end = boundary(text, (start + cut).min(text.len()));
        holds(&format!("{}{with}{}", &text[..start], &text[end..]));
    }
}
