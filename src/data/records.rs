//! Tables as the forms read them: one record after another, from any kind of file.

use super::cell::Raw;
use super::heading::Heading;
use super::place::{ColumnPlace, Excerpt, Place, RowNumber, letter, quotable};
use super::problem::{Fault, Problem};
use super::row::Layout;

/// A table that is read one record after another.
pub(super) trait Records {
    /// Goes to the next record. Returns nothing after the last one, and skips empty records.
    fn advance(&mut self) -> Option<Result<(), Wrong>>;
    /// The row of the record.
    fn number(&self) -> RowNumber;
    /// How many cells the record has.
    fn width(&self) -> usize;
    /// The cell in that column.
    fn cell(&self, at: usize) -> Raw<'_>;
    /// The columns whose cells have more than spaces, from the left.
    fn filled(&self) -> impl Iterator<Item = usize>;
    /// The cell's text as a person sees it, whole.
    fn text(&self, at: usize) -> String;
    /// The record as a line of text with the cell marked, or the whole line.
    fn excerpt(&self, at: Option<usize>) -> Option<Excerpt>;
    /// Whether each record must have as many cells as the heading.
    const EVEN: bool;
}

/// A fault in a record, with the cell if it is in a particular one.
pub(super) type Wrong = (Option<usize>, Fault);

/// A problem in the current record, which is under `heading` unless it is the heading.
pub(super) fn problem<R: Records>(
    records: &R,
    layout: &Layout,
    heading: Option<&Heading>,
    (at, fault): Wrong,
) -> Problem {
    let headed = |at| match heading {
        Some(heading) => heading.place(at),
        None => ColumnPlace {
            letter: Some(letter(at)),
            heading: quotable(records.text(at).as_bytes()),
        },
    };
    let place = Place {
        row: Some(records.number()),
        column: at.map(headed),
        text: at.map(|at| quotable(records.text(at).as_bytes())),
        ..layout.whole()
    };
    let excerpt = records
        .excerpt(at)
        .filter(|excerpt| !excerpt.text.is_empty());
    fault.at(place).with_excerpt(excerpt)
}

/// Reads the heading: the first record.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn heading<R: Records>(
    records: &mut R,
    layout: &mut Layout,
) -> Result<Heading, Vec<Problem>> {
    let texts = match records.advance() {
        None => return Err(vec![empty().at(layout.whole())]),
        Some(advanced) => advanced.and_then(|()| texts(records)),
    };
    let heading = texts
        .map_err(|wrong| vec![wrong])
        .and_then(|texts| Heading::read(texts, &layout.schema))
        .map_err(|wrongs| {
            let problem = |wrong| problem(records, layout, None, wrong);
            wrongs.into_iter().map(problem).collect::<Vec<_>>()
        })?;
    layout.columns = heading.columns(&layout.schema);
    Ok(heading)
}

/// The texts of the heading.
fn texts<R: Records>(records: &R) -> Result<Vec<String>, Wrong> {
    if records.width() > MOST_COLUMNS {
        return Err((None, too_wide(records.width())));
    }
    let texts: Vec<String> = (0..records.width()).map(|at| records.text(at)).collect();
    match texts.iter().find_map(|text| not_a_heading(text)) {
        Some(fault) => Err((None, fault)),
        None => Ok(texts),
    }
}

const MOST_COLUMNS: usize = 20_000;

fn empty() -> Fault {
    Fault::new("empty-file", "there is no data")
        .because("there is not even a row of headings")
        .help("write a row of headings, then a row for each month")
}

fn too_wide(width: usize) -> Fault {
    Fault::new("too-wide", format!("the heading has {width} columns"))
        .because(format!("at most {MOST_COLUMNS} are read"))
}

fn not_a_heading(text: &str) -> Option<Fault> {
    if text.contains('\0') {
        let fault = Fault::new("not-text", "the heading contains a NUL byte")
            .because("text has no such byte; the file may be damaged, or saved as UTF-16")
            .help("save the file again as CSV in UTF-8");
        return Some(fault);
    }
    let old = text.contains('\r') && !text.contains('\n');
    old.then(|| {
        Fault::new("old-line-ends", "the lines end in a lone carriage return")
            .because("only old Macintosh programs ended lines like that")
            .help("save the file again as CSV in UTF-8")
    })
}
