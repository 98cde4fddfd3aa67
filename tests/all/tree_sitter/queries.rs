//! The queries name only what the grammar has, and they colour every word, number and text of every contract.

use std::collections::BTreeMap;
use std::fmt::Write;

use quidpro::syntax::outline::{Outline, TokenKind};
use quidpro::text::Sources;
use tree_sitter::{Query, QueryCursor, StreamingIterator};

use super::{read, samples};

#[test]
fn every_query_fits_the_grammar() {
    for (name, text) in [
        ("highlights", tree_sitter_quid::HIGHLIGHTS_QUERY),
        ("locals", tree_sitter_quid::LOCALS_QUERY),
        ("tags", tree_sitter_quid::TAGS_QUERY),
        ("folds", tree_sitter_quid::FOLDS_QUERY),
        ("indents", tree_sitter_quid::INDENTS_QUERY),
    ] {
        let query = Query::new(&tree_sitter_quid::LANGUAGE.into(), text);
        assert!(query.is_ok(), "{name}.scm: {}", query.unwrap_err());
    }
}

/// Every token of the program has exactly one colour, which fits what it is.
#[test]
fn every_token_has_its_colour() {
    let query = Query::new(
        &tree_sitter_quid::LANGUAGE.into(),
        tree_sitter_quid::HIGHLIGHTS_QUERY,
    )
    .expect("the query fits the grammar");
    let mut wrong = String::new();
    for sample in samples::all() {
        if read(&sample.text).root_node().has_error() {
            continue;
        }
        let colours = colours(&query, &sample.text);
        let mut sources = Sources::new();
        let file = sources.add(sample.place.as_str(), sample.text.as_str());
        for token in Outline::of(file, &sample.text).tokens {
            let range = token.span.range();
            let found = colours.range(..=range.start).next_back();
            let colour = match found {
                Some((_, (end, colour))) if range.end <= *end => colour.as_str(),
                _ => "none",
            };
            if !fits(token.kind, colour) {
                let _ = writeln!(
                    wrong,
                    "{}: {:?} `{}` is {colour}",
                    sample.place, token.kind, &sample.text[range]
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Where each capture begins, with its end and name.
fn colours(query: &Query, text: &str) -> BTreeMap<usize, (usize, String)> {
    let tree = read(text);
    let mut cursor = QueryCursor::new();
    let mut captures = cursor.captures(query, tree.root_node(), text.as_bytes());
    let mut found = BTreeMap::new();
    while let Some((fits, at)) = captures.next() {
        let capture = fits.captures[*at];
        let name = query.capture_names()[capture.index as usize].to_owned();
        let before = found.insert(capture.node.start_byte(), (capture.node.end_byte(), name));
        assert!(
            before.is_none(),
            "`{}` has two colours",
            &text[capture.node.byte_range()]
        );
    }
    found
}

fn fits(token: TokenKind, colour: &str) -> bool {
    let fitting: &[&str] = match token {
        TokenKind::Keyword => &[
            "keyword",
            "function.builtin",
            "constant.builtin",
            "type.builtin",
            "type",
            "variable",
            "property",
            "constant",
        ],
        TokenKind::Name => &["function", "constant"],
        TokenKind::Reference => &["variable", "constant", "function", "module", "label"],
        TokenKind::Unit => &["type"],
        TokenKind::Function => &["function.builtin"],
        TokenKind::Choice => &["attribute"],
        TokenKind::Property | TokenKind::Word => &["property"],
        TokenKind::Number | TokenKind::Date => &["number", "keyword", "label"],
        TokenKind::Text => &["string"],
        TokenKind::Comment => &["comment"],
        TokenKind::Percent | TokenKind::Operator | TokenKind::Sign => {
            &["operator", "keyword.operator", "number", "keyword"]
        }
        _ => &["punctuation", "label"],
    };
    fitting.iter().any(|fitting| colour.starts_with(fitting))
}
