//! Text of contracts and data made safe to print: nothing in it can control a terminal, reorder a line or be invisible.

use crate::text::{is_hidden, is_needed};

/// The text with every control character replaced with a visible one of the same length in bytes, so that positions in
/// it stay the same. Tabs and line feeds are kept.
pub(crate) fn visible(text: &str) -> String {
    seen(text).collect()
}

fn seen(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = None;
    text.chars().map(move |sign| {
        let shown = if is_needed(before, sign) {
            sign
        } else {
            visible_character(sign)
        };
        before = Some(shown);
        shown
    })
}

/// Like [`visible`], with the original line endings.
pub(crate) fn lines(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| match line.strip_suffix("\r\n") {
            Some(line) => visible(line) + "\r\n",
            None => visible(line),
        })
        .collect()
}

/// Like [`visible`], on one line: tabs and line breaks become spaces.
pub(crate) fn on_one_line(text: &str) -> String {
    seen(&text.replace(['\t', '\n', '\r'], " ")).collect()
}

fn visible_character(character: char) -> char {
    if !(character == '\r' || is_hidden(character)) {
        return character;
    }
    match character.len_utf8() {
        1 => '?',
        2 => '¿',
        3 => '\u{FFFD}',
        // No four-byte character says “replaced” in every font; this one is visible.
        _ => '\u{1F6AB}',
    }
}
