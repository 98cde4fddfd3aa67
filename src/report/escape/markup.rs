//! Text made safe for use between tags and in attributes, in XML and in HTML.

use super::terminal::{on_one_line, visible};

/// The text with every character that has a meaning in markup written as a reference. Characters that control a
/// terminal, change the direction of writing, or are not allowed in XML are replaced with visible ones.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}

/// Like [`escaped`], on one line: the name of a file may hold a line break, and what follows must not begin a line.
pub(in crate::report) fn name(text: &str) -> String {
    escaped(&on_one_line(text))
}

/// Like [`escaped`], for the value of an XML attribute: line breaks and tabs are written as references, so that readers
/// do not turn them into spaces.
pub(in crate::report) fn attribute(text: &str) -> String {
    escaped(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// The program's words, with the text between backticks marked as the contract's own.
pub(in crate::report) fn in_words(words: &str) -> String {
    let words = escaped(words);
    if words.matches('`').count() % 2 == 1 {
        return words;
    }
    let mut out = String::with_capacity(words.len());
    for (at, part) in words.split('`').enumerate() {
        if at % 2 == 0 {
            out.push_str(part);
        } else {
            out.push_str(&format!("<code>{part}</code>"));
        }
    }
    out
}
