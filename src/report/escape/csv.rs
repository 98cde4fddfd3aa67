//! Cells of CSV that a spreadsheet opens: none of them is read as a formula.

use std::borrow::Cow;

use super::terminal::visible;

/// The text as a cell. What a spreadsheet would compute gets a leading apostrophe, which makes it text; control
/// characters are made visible.
pub(in crate::report) fn cell(text: &str) -> Cow<'_, str> {
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
