//! Cells of CSV that a spreadsheet can open: none of them is read as a formula.

use std::borrow::Cow;

use super::terminal::visible;

/// The text as a cell. A text that a spreadsheet would compute gets a leading apostrophe, which makes it text. Control
/// characters are made visible.
pub(in crate::report) fn cell(text: &str) -> Cow<'_, str> {
    // Most cells are names and numbers, which are not copied.
    let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    let begins_well = text
        .bytes()
        .next()
        .is_none_or(|first| first.is_ascii_alphanumeric());
    if begins_well && text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let shown = visible(text);
    let formula = shown.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula {
        Cow::Owned(format!("'{shown}"))
    } else if shown == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(shown)
    }
}
