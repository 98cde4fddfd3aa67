//! Opening data and reading it row by row.

use std::io::Read;
use std::sync::Arc;

use crate::calendar::Month;

use super::batch::{Batch, Plain};
use super::collect::{Collector, Found, duplicate};
use super::csv::{CsvFile, cannot_read};
use super::format::Format;
use super::heading::Heading;
use super::input::{limited, not_utf_8, peek, whole};
use super::json;
use super::long;
use super::place::{ColumnPlace, RowNumber};
#[cfg(feature = "xlsx")]
use super::problem::listed;
use super::problem::{Fault, Problem};
use super::records::{self, Records};
use super::row::{Layout, Row};
use super::schema::Schema;
use super::wide::{Outcome, Wide};

/// How data is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether the file is read as a whole.
    pub mode: Mode,
    /// The sheet of a workbook; without it, the first one that is not hidden.
    pub sheet: Option<String>,
    /// Whether rows keep the text of their cells, so that [`Layout::cell`] can show it.
    pub keep_text: bool,
}

/// Whether a file is read as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The whole file is read when it is opened, and its rows are sorted: by account as it first appears, then by
    /// month. Problems come before all rows.
    #[default]
    Whole,
    /// Row by row, as in the file; each account's months must be in order. Memory grows only with the number of
    /// accounts. This is for CSV in the wide form; anything else is read as a whole.
    Streaming,
}

/// The rows of a data file.
///
/// As an iterator it yields the rows, and a problem for each row that cannot be read at all. A cell that cannot be read
/// is a [`super::Cell::Refused`] in its row. A problem makes the data incomplete: do not silently draw a result from
/// it.
pub struct Reader<'r> {
    layout: Arc<Layout>,
    pub(super) source: Source<'r>,
}

pub(super) enum Source<'r> {
    Loaded(std::vec::IntoIter<Found>),
    Streaming(Box<Streaming<'r>>),
}

pub(super) struct Streaming<'r> {
    pub(super) wide: Wide,
    file: CsvFile<'r>,
    /// For each account by number, its last month and the row of that month.
    last: Vec<(Month, RowNumber)>,
}

/// Opens data with that name, which is used only in messages. Without a format, the ending of the name decides, or
/// otherwise the content.
///
/// # Errors
/// Everything that is wrong with the file or its headings.
pub fn open<'r>(
    name: &str,
    format: Option<Format>,
    input: impl Read + 'r,
    schema: &Schema,
    options: &Options,
) -> Result<Reader<'r>, Vec<Problem>> {
    let layout = Layout {
        file: Arc::from(name),
        sheet: None,
        schema: schema.clone(),
        columns: Vec::new(),
    };
    let mut input: Box<dyn Read + 'r> = Box::new(input);
    let first = peek(&mut input).map_err(|error| vec![cannot_read(&error).at(layout.whole())])?;
    let format = format
        .or_else(|| Format::of_name(name))
        .unwrap_or_else(|| Format::of_content(&first));
    if let (Some(sheet), Format::Csv | Format::Json) = (&options.sheet, format) {
        let fault = Fault::new(
            "no-sheets",
            format!("there is no sheet `{sheet}`: this file has no sheets"),
        )
        .because("only a workbook (XLSX) has sheets, so this name chooses nothing")
        .help("remove `--sheet`, or name the workbook");
        return Err(vec![fault.at(layout.whole())]);
    }
    match format {
        Format::Csv => open_csv(layout, &first, input, options),
        Format::Json => open_json(layout, first, input, options),
        Format::Xlsx => open_xlsx(layout, first, input, options),
    }
}

fn open_csv<'r>(
    mut layout: Layout,
    first: &[u8],
    input: Box<dyn Read + 'r>,
    options: &Options,
) -> Result<Reader<'r>, Vec<Problem>> {
    let limited: Box<dyn Read + 'r> = match options.mode {
        Mode::Streaming => input,
        Mode::Whole => limited(input),
    };
    let mut file = CsvFile::new(first, limited).map_err(|fault| vec![fault.at(layout.whole())])?;
    let heading = records::heading(&mut file, &mut layout)?;
    let layout = Arc::new(layout);
    if heading.long || options.mode == Mode::Whole {
        return load(file, layout, heading, options);
    }
    let streaming = Streaming {
        wide: Wide::new(Arc::clone(&layout), heading, options.keep_text),
        file,
        last: Vec::new(),
    };
    Ok(Reader {
        layout,
        source: Source::Streaming(Box::new(streaming)),
    })
}

/// Reads a table to its end.
fn load<'r, R: Records>(
    mut records: R,
    layout: Arc<Layout>,
    heading: Heading,
    options: &Options,
) -> Result<Reader<'r>, Vec<Problem>> {
    let found = if heading.long {
        long::read(&mut records, &layout, heading, options.keep_text)?
    } else {
        load_wide(
            &mut records,
            Wide::new(Arc::clone(&layout), heading, options.keep_text),
        )
    };
    Ok(Reader::loaded(layout, found))
}

fn load_wide<R: Records>(records: &mut R, mut wide: Wide) -> Vec<Found> {
    let mut collector = Collector::new(Arc::clone(wide.layout()));
    while let Some(record) = records.advance() {
        let mut row = Row::default();
        match record.map(|()| wide.read(records, &mut row)) {
            Ok(Ok(Outcome::Row(account))) => collector.row(account, row),
            Ok(Ok(Outcome::Blank)) => {}
            Ok(Err(problem)) => collector.problem(*problem),
            Err(wrong) => collector.problem(wide.problem(records, wrong)),
        }
        if collector.is_full() {
            break;
        }
    }
    collector.finish()
}

fn open_json<'r>(
    mut layout: Layout,
    first: Vec<u8>,
    input: Box<dyn Read + 'r>,
    options: &Options,
) -> Result<Reader<'r>, Vec<Problem>> {
    let bytes = whole(&layout, first, input)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return Err(vec![
                not_utf_8(bytes, error.valid_up_to()).at(layout.whole()),
            ]);
        }
    };
    let key = |name: &str| ColumnPlace {
        letter: None,
        heading: name.to_owned(),
    };
    layout.columns = layout
        .schema
        .columns
        .iter()
        .map(|c| Some(key(&c.name)))
        .collect();
    let layout = Arc::new(layout);
    let found = json::read(text, &layout, options.keep_text)?;
    Ok(Reader::loaded(layout, found))
}

#[cfg(feature = "xlsx")]
fn open_xlsx<'r>(
    mut layout: Layout,
    first: Vec<u8>,
    input: Box<dyn Read + 'r>,
    options: &Options,
) -> Result<Reader<'r>, Vec<Problem>> {
    let bytes = whole(&layout, first, input)?;
    let mut sheet = super::xlsx::open(bytes, options.sheet.as_deref())
        .map_err(|fault| vec![fault.at(layout.whole())])?;
    layout.sheet = Some(Arc::from(sheet.name()));
    let heading = records::heading(&mut sheet, &mut layout).map_err(|mut problems| {
        if options.sheet.is_none() && !sheet.others().is_empty() {
            let others = listed(sheet.others().iter().map(String::as_str));
            let help = format!("the first sheet that is not hidden was read; if the data is elsewhere, name the sheet: {others}");
            if let Some(last) = problems.last_mut() {
                last.help.push(help);
            }
        }
        problems
    })?;
    load(sheet, Arc::new(layout), heading, options)
}

#[cfg(not(feature = "xlsx"))]
fn open_xlsx<'r>(
    layout: Layout,
    _first: Vec<u8>,
    _input: Box<dyn Read + 'r>,
    _options: &Options,
) -> Result<Reader<'r>, Vec<Problem>> {
    let fault = Fault::new(
        "no-xlsx",
        "this build of the program does not read workbooks",
    )
    .because("it was built without the feature `xlsx`")
    .help("save the sheet as CSV in UTF-8");
    Err(vec![fault.at(layout.whole())])
}

impl<'r> Reader<'r> {
    fn loaded(layout: Arc<Layout>, found: Vec<Found>) -> Self {
        Self {
            layout,
            source: Source::Loaded(found.into_iter()),
        }
    }

    /// How the file is laid out. It outlives the reader.
    #[must_use]
    pub fn layout(&self) -> Arc<Layout> {
        Arc::clone(&self.layout)
    }

    /// Reads the next row into `row`, which keeps its allocations. Returns false at the end.
    ///
    /// # Errors
    /// The reason why the row cannot be read; `row` then has nothing of use, and reading can continue.
    pub fn read_into(&mut self, row: &mut Row) -> Result<bool, Box<Problem>> {
        match &mut self.source {
            Source::Loaded(found) => match found.next() {
                None => Ok(false),
                Some(found) => {
                    *row = found?;
                    Ok(true)
                }
            },
            Source::Streaming(streaming) => streaming.read_into(row),
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Row, Box<Problem>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Source::Loaded(found) = &mut self.source {
            return found.next();
        }
        let mut row = Row::default();
        match self.read_into(&mut row) {
            Ok(true) => Some(Ok(row)),
            Ok(false) => None,
            Err(problem) => Some(Err(problem)),
        }
    }
}

impl Streaming<'_> {
    fn read_into(&mut self, row: &mut Row) -> Result<bool, Box<Problem>> {
        loop {
            match self.file.advance() {
                None => return Ok(false),
                Some(Err(wrong)) => return Err(Box::new(self.wide.problem(&self.file, wrong))),
                Some(Ok(())) => {}
            }
            if let Outcome::Row(account) = self.wide.read(&self.file, row)? {
                self.check_order(account, row)?;
                return Ok(true);
            }
        }
    }

    /// Reads the next row into the columns of a batch, or beside them if it is not plain; false at the end.
    pub(super) fn read_columns(
        &mut self,
        batch: &mut Batch,
        columns: &[Plain],
        row: &mut Row,
    ) -> Result<bool, Box<Problem>> {
        loop {
            match self.file.advance() {
                None => return Ok(false),
                Some(Err(wrong)) => return Err(Box::new(self.wide.problem(&self.file, wrong))),
                Some(Ok(())) => {}
            }
            let plain = self.wide.read_columns(&self.file, batch, columns);
            if let Some((account, month)) = plain {
                let place = self.file.number();
                match self.last.get_mut(account) {
                    Some(last) if last.0 < month => *last = (month, place),
                    None => self.last.push((month, place)),
                    Some(_) => {
                        // The words for what is wrong come from the way that reads one row.
                        batch.take_back();
                        self.wide.read(&self.file, row)?;
                        self.check_order(account, row)?;
                        continue;
                    }
                }
                batch.push(account, month, place);
                return Ok(true);
            }
            if let Outcome::Row(account) = self.wide.read(&self.file, row)? {
                self.check_order(account, row)?;
                batch.push_odd(account, row.clone());
                return Ok(true);
            }
        }
    }

    /// Refuses a month that does not come after the account's last one.
    fn check_order(&mut self, account: usize, row: &Row) -> Result<(), Box<Problem>> {
        let own = (row.month, row.place.row);
        let Some(last) = self.last.get_mut(account) else {
            self.last.push(own);
            return Ok(());
        };
        let (before, place) = *last;
        if before < row.month {
            *last = own;
            return Ok(());
        }
        let layout = self.wide.layout();
        if before == row.month {
            let places = vec![place, row.place.row];
            let problem = duplicate(layout, row.account.clone(), row.month, places);
            return Err(Box::new(problem));
        }
        let fault = out_of_order(row, before, place);
        let problem = self.wide.problem(&self.file, (None, fault));
        Err(Box::new(problem.of(row.account.clone(), Some(row.month))))
    }
}

fn out_of_order(row: &Row, before: Month, place: RowNumber) -> Fault {
    let of = match &row.account {
        Some(account) => format!(" of account `{account}`"),
        None => String::new(),
    };
    Fault::new(
        "out-of-order",
        format!(
            "`{}`{of} comes after `{before}`, which is in {place}",
            row.month
        ),
    )
    .because("a file of this size is read row by row, so each account's months must be in order")
    .help("sort the file by month")
}
