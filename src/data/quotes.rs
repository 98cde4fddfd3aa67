//! Misplaced quotes in CSV, which would otherwise be read in some way.

use std::ops::Range;

use super::problem::Fault;

/// A cell with a misplaced quote.
pub(super) struct Misquoted {
    /// Which cell.
    pub(super) column: usize,
    /// Its position in the line.
    pub(super) range: Range<usize>,
    pub(super) fault: Fault,
}

/// The position of the last of `cells` in the line that they were read from: plain, or in quotes with each quote inside
/// written twice.
///
/// # Errors
/// The first cell that is not written like this.
pub(super) fn find<'a>(
    line: &[u8],
    separator: u8,
    cells: impl Iterator<Item = &'a [u8]>,
) -> Result<Range<usize>, Misquoted> {
    let mut range = 0..0;
    let mut start = 0;
    for (column, cell) in cells.enumerate() {
        let rest = line.get(start..).unwrap_or_default();
        let length = length(rest, cell).map_err(|(length, fault)| {
            let after = rest.get(length..).unwrap_or_default();
            let more = after.iter().position(|byte| *byte == separator);
            let end = start + length + more.unwrap_or(after.len());
            Misquoted {
                column,
                range: start..end,
                fault,
            }
        })?;
        range = start..start + length;
        start = range.end + 1;
    }
    Ok(range)
}

/// The length of the cell as it is written at the start of `rest`; the error has the length up to the misplaced quote.
fn length(rest: &[u8], cell: &[u8]) -> Result<usize, (usize, Fault)> {
    let mut at = match rest.first() {
        Some(b'"') => 1,
        _ => return Ok(cell.len()),
    };
    let mut closed = false;
    for byte in cell {
        let rest = rest.get(at..).unwrap_or_default();
        if !closed && *byte == b' ' && rest.first() == Some(&b'"') {
            closed = true;
            at += 2;
            continue;
        }
        let doubled = *byte == b'"' && !closed;
        let written: &[u8] = if doubled { b"\"\"" } else { &[*byte] };
        if rest.is_empty() && !closed {
            return Err((at, open_quote()));
        }
        if !rest.starts_with(written) || (closed && *byte != b' ') {
            return Err((at, text_after_quote()));
        }
        at += written.len();
    }
    match (closed, rest.get(at)) {
        (true, _) => Ok(at),
        (false, Some(b'"')) => Ok(at + 1),
        (false, Some(_)) => Err((at, text_after_quote())),
        (false, None) => Err((at, open_quote())),
    }
}

fn text_after_quote() -> Fault {
    Fault::new("text-after-quote", "text follows a closing quote")
        .because("nothing says whether it belongs to the cell")
        .help("quote the whole cell, and write a quote inside it twice")
}

fn open_quote() -> Fault {
    Fault::new("open-quote", "a quote is opened and never closed")
        .because("everything after it would be one cell")
        .help("close the quote, or remove it; a quote inside a quoted cell is written twice")
}
