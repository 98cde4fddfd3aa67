//! The program and an editor read the same items, statements, rows, names and signs in the same places.

use std::fmt::Write;
use std::ops::Range;

use quidpro::catalogue::{CLAUSES, ItemKind};
use quidpro::syntax::outline::{Kind, Node as Part, Outline, TokenKind};
use quidpro::syntax::parse;
use quidpro::text::Sources;
use tree_sitter::Node;

use super::{read, samples};

/// What is compared: a part or token, and where it is.
type Place = (usize, usize, String);

#[test]
fn both_grammars_read_the_same() {
    let mut wrong = String::new();
    let mut compared = 0;
    for sample in samples::all() {
        match compare(&sample.place, &sample.text) {
            Some(Ok(())) => compared += 1,
            Some(Err(why)) => {
                let _ = writeln!(wrong, "{}: {why}", sample.place);
            }
            None => {}
        }
    }
    assert!(compared > 400, "only {compared} texts were compared");
    assert!(wrong.is_empty(), "{wrong}");
}

/// A contract that was written on another machine, or laid out differently, is the same contract.
#[test]
fn both_grammars_read_the_same_in_other_layouts() {
    let layouts: [fn(&str) -> String; 3] = [
        |text| text.replace('\n', "\r\n"),
        |text| text.replace("  ", "\t"),
        broken_at_braces,
    ];
    let mut wrong = String::new();
    for sample in samples::contracts() {
        for (at, layout) in layouts.iter().enumerate() {
            match compare(&sample.place, &layout(&sample.text)) {
                Some(Ok(())) => {}
                Some(Err(why)) => {
                    let _ = writeln!(wrong, "{} in layout {at}: {why}", sample.place);
                }
                None => {
                    let _ = writeln!(wrong, "{} in layout {at} has mistakes", sample.place);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Adds a line break at each brace that is not in a comment.
fn broken_at_braces(text: &str) -> String {
    let broken = |line: &str| match line.contains('#') {
        true => format!("{line}\n"),
        false => line.replace(" {", "\n{").replace('}', "\n}") + "\n",
    };
    text.lines().map(broken).collect()
}

/// What differs. A text with mistakes is not compared.
fn compare(place: &str, text: &str) -> Option<Result<(), String>> {
    let mut sources = Sources::new();
    let file = sources.add(place, text);
    if !parse(file, text).diagnostics.is_empty() {
        return None;
    }
    let tree = read(text);
    if let Some(at) = first_mistake(tree.root_node()) {
        return Some(Err(around(text, at)));
    }
    let program = places_of_program(&Outline::of(file, text));
    let editor = places_of_editor(tree.root_node(), text);
    Some(difference(&program, &editor, text))
}

// ---------------------------------------------------------------- as the program reads it

fn places_of_program(outline: &Outline) -> Vec<Place> {
    let mut found = Vec::new();
    for part in outline.root.descendants() {
        match part.kind {
            Kind::Use
            | Kind::Contract
            | Kind::Library
            | Kind::Amendment
            | Kind::Change
            | Kind::Item(_)
            | Kind::Group => {
                found.push(place(part.span.range(), &part.kind));
            }
            Kind::Block => {
                found.push(place(part.span.range(), &part.kind));
                found.extend(part.children.iter().filter_map(statement));
            }
            _ => {}
        }
    }
    for token in &outline.tokens {
        if is_compared(token.kind) {
            found.push(place(token.span.range(), &token.kind));
        }
    }
    found.sort();
    found
}

fn statement(part: &Part) -> Option<Place> {
    matches!(part.kind, Kind::Statement | Kind::Row).then(|| place(part.span.range(), &part.kind))
}

/// Keywords are not compared, because an editor reads the words of a phrase as one.
fn is_compared(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Name
            | TokenKind::Property
            | TokenKind::Number
            | TokenKind::Date
            | TokenKind::Text
            | TokenKind::Comment
            | TokenKind::Unit
    )
}

fn place(range: Range<usize>, kind: &impl std::fmt::Debug) -> Place {
    (range.start, range.end, format!("{kind:?}"))
}

// ---------------------------------------------------------------- as an editor reads it

fn places_of_editor(root: Node, text: &str) -> Vec<Place> {
    let mut found = Vec::new();
    for_each(root, &mut |node, field| {
        if let Some(kind) = kind(node) {
            found.push(place(node.byte_range(), &kind));
        } else if node.parent().is_some_and(is_block) && !is_word(node) {
            let kind = if is_row(node) {
                Kind::Row
            } else {
                Kind::Statement
            };
            found.push(place(node.byte_range(), &kind));
        }
        found.extend(tokens(node, field, text));
    });
    found.sort();
    found
}

fn for_each<'t>(node: Node<'t>, visit: &mut impl FnMut(Node<'t>, Option<&str>)) {
    let mut cursor = node.walk();
    if !cursor.goto_first_child() {
        return;
    }
    loop {
        visit(cursor.node(), cursor.field_name());
        for_each(cursor.node(), visit);
        if !cursor.goto_next_sibling() {
            return;
        }
    }
}

fn is_block(node: Node) -> bool {
    kind(node) == Some(Kind::Block)
}

/// Whether a node is in a block without being a part of it.
fn is_word(node: Node) -> bool {
    !node.is_named() || matches!(node.kind(), "comment" | "identifier")
}

fn is_row(node: Node) -> bool {
    matches!(
        node.kind(),
        "weight" | "card_arm" | "tier" | "gain_band" | "category" | "allocation" | "band"
    )
}

fn kind(node: Node) -> Option<Kind> {
    if !node.is_named() {
        return None;
    }
    Some(match node.kind() {
        "use" => Kind::Use,
        "contract" => Kind::Contract,
        "library" => Kind::Library,
        "amendment" => Kind::Amendment,
        "add" | "replace" | "remove" => Kind::Change,
        "parenthesized" | "call" | "record_group" => Kind::Group,
        "items"
        | "changes"
        | "members"
        | "objective_body"
        | "records_body"
        | "metric_body"
        | "scorecard_body"
        | "card"
        | "baseline_block"
        | "tier_list"
        | "service_level_body"
        | "index_body"
        | "share_currency_body"
        | "share_gain_body"
        | "pool"
        | "allocations"
        | "points_body"
        | "facts"
        | "scenario_body"
        | "bands" => Kind::Block,
        _ => Kind::Item(item(node)?),
    })
}

/// The kind of item that a node is. Its name is that of the kind, with three exceptions.
fn item(node: Node) -> Option<ItemKind> {
    match node.kind() {
        "unit_item" => Some(ItemKind::Unit),
        "unit" | "applied" => None,
        "only" => Some(ItemKind::OneCounts),
        "awards"
            if node
                .children(&mut node.walk())
                .any(|part| part.kind() == "too_small") =>
        {
            Some(ItemKind::Small)
        }
        "awards" => Some(ItemKind::Applied),
        other => CLAUSES
            .iter()
            .map(|clause| clause.kind)
            .find(|kind| node_name(*kind) == other),
    }
}

/// `service_level` for `ServiceLevel`.
fn node_name(kind: ItemKind) -> String {
    let mut name = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

fn tokens(node: Node, field: Option<&str>, text: &str) -> Vec<Place> {
    let parent = node.parent().map_or("", |parent| parent.kind());
    let kind = match (node.kind(), field) {
        // The words `date` and `number`, as types of a record's values, are no dates and numbers.
        ("date" | "number", _) if !node.is_named() => return Vec::new(),
        ("date", _) => TokenKind::Date,
        ("number", _) if parent == "index_dates" => TokenKind::Date,
        ("number" | "ordinal", _) => TokenKind::Number,
        ("string", _) => TokenKind::Text,
        ("comment", _) => TokenKind::Comment,
        ("unit_word", _) | ("identifier", Some("code")) => TokenKind::Unit,
        ("identifier", Some("key")) => TokenKind::Property,
        ("identifier", _) if parent == "unit_type" => TokenKind::Unit,
        ("identifier", Some("name" | "plural" | "member")) => match parent {
            "path" | "by_dimension" | "card_arm" => return Vec::new(),
            _ => TokenKind::Name,
        },
        ("fact_number" | "may_exceed" | "as months of 30 days", _) => {
            return numbers_in(node, text);
        }
        ("points_type", _) => return words_of(node, text),
        _ => return Vec::new(),
    };
    vec![place(node.byte_range(), &kind)]
}

/// The numbers in a token that an editor reads as one: `95%` in a fact, `as months of 30 days`.
fn numbers_in(node: Node, text: &str) -> Vec<Place> {
    let is_part = |c: char| c.is_ascii_digit() || c == '_' || c == '.';
    let whole = &text[node.byte_range()];
    let Some(from) = whole.find(|c: char| c.is_ascii_digit()) else {
        return Vec::new();
    };
    let length = whole[from..]
        .find(|c| !is_part(c))
        .unwrap_or(whole.len() - from);
    let start = node.start_byte() + from;
    vec![place(start..start + length, &TokenKind::Number)]
}

/// `percentage points` is a single token for an editor.
fn words_of(node: Node, text: &str) -> Vec<Place> {
    let start = node.start_byte();
    let whole = &text[node.byte_range()];
    let place_of = |word: &str| {
        let at = start + word.as_ptr() as usize - whole.as_ptr() as usize;
        place(at..at + word.len(), &TokenKind::Unit)
    };
    whole.split_whitespace().map(place_of).collect()
}

// ---------------------------------------------------------------- what is wrong

fn first_mistake(node: Node) -> Option<usize> {
    if node.is_error() || node.is_missing() {
        return Some(node.start_byte());
    }
    if !node.has_error() {
        return None;
    }
    let mut cursor = node.walk();
    let children: Vec<Node> = node.children(&mut cursor).collect();
    children.into_iter().find_map(first_mistake)
}

fn around(text: &str, at: usize) -> String {
    let line = text[..at].lines().count().max(1);
    let shown = text.lines().nth(line - 1).unwrap_or_default();
    format!(
        "is not read by the grammar for editors at byte {at}, line {line}: `{}`",
        shown.trim()
    )
}

fn difference(program: &[Place], editor: &[Place], text: &str) -> Result<(), String> {
    let shown = |place: &Place| {
        format!(
            "{} `{}`",
            place.2,
            &text[place.0..place.1.min(place.0 + 60).min(text.len())]
        )
    };
    let only = |some: &[Place], others: &[Place]| -> Vec<String> {
        some.iter()
            .filter(|place| !others.contains(place))
            .take(4)
            .map(shown)
            .collect()
    };
    let (by_program, by_editor) = (only(program, editor), only(editor, program));
    if by_program.is_empty() && by_editor.is_empty() {
        return Ok(());
    }
    Err(format!(
        "only the program has {by_program:#?}, and only the editor has {by_editor:#?}"
    ))
}
