//! Tables as the forms read them: one record after the other, whatever file they come from.

use super::cell::Raw;
use super::heading::Heading;
use super::place::{Excerpt, Place, RowNumber};
use super::problem::{Fault, Problem};
use super::row::Layout;

/// A table that is read one record after the other.
pub(super) trait Records {
    /// Goes to the next record; nothing after the last one. Records that hold nothing are skipped.
    fn advance(&mut self) -> Option<Result<(), Fault>>;
    /// The row of the record.
    fn number(&self) -> RowNumber;
    /// How many cells the record has.
    fn width(&self) -> usize;
    /// The cell in that column.
    fn cell(&self, at: usize) -> Raw<'_>;
    /// The columns whose cells hold anything but blanks, from the left.
    fn filled(&self) -> impl Iterator<Item = usize>;
    /// The cell's text as a person sees it, whole.
    fn text(&self, at: usize) -> String;
    /// The record as a line of text with the cell marked, or the whole line.
    fn excerpt(&self, at: Option<usize>) -> Option<Excerpt>;
    /// Whether each record must have as many cells as the heading.
    const EVEN: bool;
}

/// A fault in one cell of the current record.
pub(super) fn in_cell<R: Records>(
    records: &R,
    layout: &Layout,
    heading: &Heading,
    at: usize,
    fault: Fault,
) -> Problem {
    let place = Place {
        row: Some(records.number()),
        column: Some(heading.place(at)),
        text: Some(super::place::quotable(records.text(at).as_bytes())),
        ..layout.whole()
    };
    fault.at(place).with_excerpt(records.excerpt(Some(at)))
}

/// A fault in the current record as a whole.
pub(super) fn in_record<R: Records>(records: &R, layout: &Layout, fault: Fault) -> Problem {
    let place = Place {
        row: Some(records.number()),
        ..layout.whole()
    };
    fault.at(place).with_excerpt(records.excerpt(None))
}

/// Reads the heading: the first record.
///
/// # Errors
/// All that is wrong with it.
pub(super) fn heading<R: Records>(
    records: &mut R,
    layout: &mut Layout,
) -> Result<Heading, Vec<Problem>> {
    match records.advance() {
        None => return Err(vec![empty().at(layout.whole())]),
        Some(Err(fault)) => return Err(vec![in_record(records, layout, fault)]),
        Some(Ok(())) => {}
    }
    if records.width() > MOST_COLUMNS {
        return Err(vec![in_record(records, layout, too_wide(records.width()))]);
    }
    let texts: Vec<String> = (0..records.width()).map(|at| records.text(at)).collect();
    if let Some(fault) = texts.iter().find_map(|text| not_a_heading(text)) {
        return Err(vec![in_record(records, layout, fault)]);
    }
    let shown = texts.clone();
    let heading = Heading::read(texts, &layout.schema).map_err(|faults| {
        let problem = |(at, fault): (Option<usize>, Fault)| {
            let place = Place {
                row: Some(records.number()),
                column: at.map(|at| super::place::ColumnPlace {
                    letter: Some(super::place::letter(at)),
                    heading: super::place::quotable(shown.get(at).map_or(b"", |t| t.as_bytes())),
                }),
                ..layout.whole()
            };
            fault
                .at(place)
                .with_excerpt(at.and_then(|at| records.excerpt(Some(at))))
        };
        faults.into_iter().map(problem).collect::<Vec<_>>()
    })?;
    layout.columns = heading.columns(&layout.schema);
    Ok(heading)
}

const MOST_COLUMNS: usize = 20_000;

fn empty() -> Fault {
    Fault::new("empty-file", "there is no data")
        .because("not even a row of headings is there")
        .help("write a row of headings, then a row for each month")
}

fn too_wide(width: usize) -> Fault {
    Fault::new("too-wide", format!("the heading has {width} columns"))
        .because(format!("at most {MOST_COLUMNS} are read"))
}

fn not_a_heading(text: &str) -> Option<Fault> {
    if text.contains('\0') {
        let fault = Fault::new("not-text", "the heading has a NUL byte in it")
            .because("text has no such byte; the file may be damaged, or saved as UTF-16")
            .help("save the file again as CSV in UTF-8");
        return Some(fault);
    }
    let old = text.contains('\r') && !text.contains('\n');
    old.then(|| {
        Fault::new("old-line-ends", "the lines end in a lone carriage return")
            .because("that is how old Macintosh programs ended lines")
            .help("save the file again as CSV in UTF-8")
    })
}
