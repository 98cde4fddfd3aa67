//! JSON: invisible characters are written as `\\u202e`, which every reader takes for the same character.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use crate::text::is_hidden;

/// A value over several lines, with a line break at its end.
pub(in crate::report) fn pretty(value: &impl Serialize) -> String {
    // There are only texts, numbers and lists, so serialising cannot fail.
    escaped(serde_json::to_string_pretty(value).unwrap_or_default()) + "\n"
}

/// A value on one line, without a line break.
pub(in crate::report) fn line(value: &impl Serialize) -> String {
    escaped(serde_json::to_string(value).unwrap_or_default())
}

/// Writes a value on one line, without a line break.
pub(in crate::report) fn write(out: &mut impl io::Write, value: &impl Serialize) -> io::Result<()> {
    out.write_all(line(value).as_bytes())
}

/// Replaces invisible characters. They occur only within texts, where they may be written as numbers.
fn escaped(json: String) -> String {
    // The control characters of ASCII are already escaped, except the last one.
    if json.is_ascii() && !json.contains('\u{7F}') {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for sign in json.chars() {
        if is_hidden(sign) {
            for unit in sign.encode_utf16(&mut units) {
                // Writing into a text cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(sign);
        }
    }
    out
}
