//! Letters, digits and signs of other alphabets and of word processors that look like those of the language.
//!
//! They are replaced before anything else is read, so that each is reported once and at its place.

use std::collections::BTreeSet;

use crate::catalogue::CLAUSES;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::syntax::findings::Findings;
use crate::text::{FileId, Span, shape};

use super::places::{Edits, Places};

/// The zeros of decimal digits outside ASCII; the other nine come after each.
const ZEROS: &[u32] = &[
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6,
];

/// A text in plain signs, the way back to the places in it, and what was replaced.
pub(super) struct Plain {
    pub(super) text: String,
    pub(super) places: Places,
    pub(super) found: Findings,
}

/// A part that is written in other signs.
struct Other {
    start: usize,
    end: usize,
    with: String,
    is_word: bool,
}

/// The text in plain signs; nothing if it already is.
pub(super) fn plain(file: FileId, text: &str) -> Option<Plain> {
    if text.is_ascii() {
        return None;
    }
    let others = others(text);
    if others.is_empty() {
        return None;
    }
    let mut found = Findings::default();
    let mut edits = Edits::default();
    for other in others {
        let span = Span::new(file, other.start, other.end);
        let written = text.get(other.start..other.end).unwrap_or_default();
        found.add_line(|| told(&other, span, written));
        edits.replace(other.start, other.end, other.with);
    }
    let (text, places) = edits.apply(text);
    Some(Plain {
        text: text.into_owned(),
        places,
        found,
    })
}

fn told(other: &Other, span: Span, written: &str) -> Diagnostic {
    let signs: Vec<String> = written
        .chars()
        .filter(|sign| !sign.is_ascii())
        .take(3)
        .map(|sign| format!("`{sign}` is U+{:04X}", u32::from(sign)))
        .collect();
    let meant = &other.with;
    let found = if other.is_word {
        Diagnostic::error(
            "lookalike-name",
            span,
            format!("`{written}` looks like `{meant}` and is a different word"),
        )
        .because(
            "no reader can tell them apart, and the letters of another alphabet make another word",
        )
    } else {
        Diagnostic::error(
            "other-signs",
            span,
            format!("`{written}` has signs that only look like those of `{meant}`"),
        )
        .because("word processors and other keyboards insert them; the language has the plain ones")
    };
    found.here(signs.join(", ")).mended_by(Fix {
        title: format!("write `{meant}`"),
        edits: vec![Edit {
            span,
            text: meant.clone(),
        }],
        safe: true,
    })
}

/// The parts in other signs, in the order of the text; texts in quotation marks and comments are left as they are.
fn others(text: &str) -> Vec<Other> {
    let mut all: Vec<Other> = Vec::new();
    let mut words: Option<BTreeSet<&str>> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, sign)) = chars.next() {
        match sign {
            '#' => while chars.next_if(|(_, sign)| *sign != '\n').is_some() {},
            '"' | '“' | '„' | '«' | '‘' | '‚' | '‹' => {
                let closing = closing(sign);
                while chars
                    .next_if(|(_, sign)| *sign != '\n' && !closing.contains(sign))
                    .is_some()
                {}
                chars.next_if(|(_, sign)| *sign != '\n');
            }
            _ if sign.is_ascii() && !is_letter(sign) => {}
            _ if let Some(with) = same_sign(sign) => {
                let end = at + sign.len_utf8();
                match all.last_mut() {
                    Some(last)
                        if !last.is_word
                            && text
                                .get(last.end..at)
                                .is_some_and(|between| between.chars().all(is_joined)) =>
                    {
                        last.with
                            .push_str(text.get(last.end..at).unwrap_or_default());
                        last.with.push(with);
                        last.end = end;
                    }
                    _ => all.push(Other {
                        start: at,
                        end,
                        with: with.to_string(),
                        is_word: false,
                    }),
                }
            }
            _ if is_letter(sign) => {
                let mut end = at + sign.len_utf8();
                while let Some((next, sign)) =
                    chars.next_if(|(_, sign)| is_letter(*sign) && same_sign(*sign).is_none())
                {
                    end = next + sign.len_utf8();
                }
                let word = text.get(at..end).unwrap_or_default();
                if word.is_ascii() {
                    continue;
                }
                let words = words.get_or_insert_with(|| plain_words(text));
                if let Some(with) = plain_word(word).filter(|word| words.contains(word.as_str())) {
                    all.push(Other {
                        start: at,
                        end,
                        with,
                        is_word: true,
                    });
                }
            }
            _ => {}
        }
    }
    all
}

fn closing(opening: char) -> &'static [char] {
    match opening {
        '"' => &['"', '”'],
        '“' | '„' | '«' => &['”', '“', '‟', '»', '"'],
        _ => &['’', '‘', '›', '\''],
    }
}

fn is_letter(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// What does not end a date or number between two signs that are replaced.
fn is_joined(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, '.' | ',' | '-' | '/' | '_')
}

/// The sign of the language that another one looks like or is a form of.
fn same_sign(sign: char) -> Option<char> {
    let code = u32::from(sign);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code));
    if let Some(zero) = zero {
        return char::from_digit(code - zero, 10);
    }
    match sign {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(code - 0xFF01 + 0x21),
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2043}' | '\u{FE63}' => Some('-'),
        '\u{2044}' | '\u{2215}' => Some('/'),
        '\u{2236}' | '\u{A789}' => Some(':'),
        '\u{37E}' => Some(';'),
        '\u{66A}' => Some('%'),
        '\u{66B}' => Some('.'),
        '\u{66C}' => Some(','),
        _ => None,
    }
}

/// A word in ASCII letters, if each of its letters looks like one.
fn plain_word(word: &str) -> Option<String> {
    word.chars()
        .map(|letter| {
            if letter.is_ascii() {
                return Some(letter);
            }
            let alike = shape(letter.encode_utf8(&mut [0; 4]));
            let mut alike = alike.chars();
            match (alike.next(), alike.next()) {
                (Some(one), None) if one.is_ascii_alphanumeric() => Some(one),
                _ => None,
            }
        })
        .collect()
}

/// The words of the text and of the language that are only ASCII letters.
fn plain_words(text: &str) -> BTreeSet<&str> {
    let own = text.split(|sign: char| !is_letter(sign));
    let language = CLAUSES.iter().flat_map(|clause| clause.words.split(' '));
    own.chain(language)
        .filter(|word| word.is_ascii() && !word.is_empty())
        .collect()
}
