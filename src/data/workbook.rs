//! The parts of a workbook: its sheets, shared texts and number formats.
//!
//! It is read here rather than by a library because a workbook can claim any size for its parts; every part is
//! unpacked under a limit, and nothing is reserved because a file says so.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read, Take};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::number_format::{Look, looks};
use super::problem::{Fault, listed};

/// A workbook whose parts can be read.
pub(super) struct Workbook {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    sheets: Vec<SheetPart>,
    pub(super) from_1904: bool,
    /// The texts that cells share, cut to what any cell may hold.
    pub(super) texts: Vec<String>,
    /// How the cells of each style look.
    pub(super) looks: Vec<Look>,
}

/// Where a sheet is.
#[derive(Clone, Debug)]
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) path: String,
    hidden: bool,
}

/// The XML of one part.
pub(super) type Xml<'a> = Reader<BufReader<Take<ZipFile<'a, Cursor<Vec<u8>>>>>>;

/// No part is unpacked beyond this many bytes.
const MOST_UNPACKED: u64 = 256 << 20;

/// No more texts or styles than this are kept.
pub(super) const MOST_KEPT: usize = 2_000_000;

/// No more of a text than this many bytes is kept; longer cells are refused anyway.
const LONGEST_KEPT: usize = 400;

impl Workbook {
    /// Opens the file of these bytes.
    ///
    /// # Errors
    /// Says why it is no workbook that can be read.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook())?;
        let mut workbook = Self {
            archive,
            sheets: Vec::new(),
            from_1904: false,
            texts: Vec::new(),
            looks: Vec::new(),
        };
        let root = workbook.relations("_rels/.rels")?;
        let main = root
            .into_iter()
            .find(|relation| relation.is("officeDocument"));
        let main = main.ok_or_else(no_workbook)?.path("");
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let relations = workbook.relations(&joined(folder, &format!("_rels/{file}.rels")))?;
        workbook.read_sheets(&main, folder, &relations)?;
        for relation in &relations {
            let path = relation.path(folder);
            if relation.is("sharedStrings") {
                workbook.texts = workbook.part(&path, shared_texts)?.unwrap_or_default();
            } else if relation.is("styles") {
                workbook.looks = workbook.part(&path, looks)?.unwrap_or_default();
            }
        }
        Ok(workbook)
    }

    /// The sheet of that name, or the first one that is not hidden.
    ///
    /// # Errors
    /// Says which sheets there are.
    pub(super) fn sheet(&self, name: Option<&str>) -> Result<SheetPart, Fault> {
        let names = listed(self.sheets.iter().take(20).map(|sheet| sheet.name.as_str()));
        match name {
            Some(name) => self
                .sheets
                .iter()
                .find(|sheet| sheet.name == name)
                .cloned()
                .ok_or_else(|| {
                    Fault::new(
                        "unknown-sheet",
                        format!("the workbook has no sheet `{name}`"),
                    )
                    .because(format!("its sheets are {names}"))
                }),
            None => self
                .sheets
                .iter()
                .find(|sheet| !sheet.hidden)
                .cloned()
                .ok_or_else(|| {
                    Fault::new(
                        "unknown-sheet",
                        "the workbook has no sheet that is not hidden",
                    )
                }),
        }
    }

    /// The names of the sheets but that one.
    pub(super) fn others(&self, name: &str) -> Vec<String> {
        let others = self.sheets.iter().filter(|sheet| sheet.name != name);
        others.take(20).map(|sheet| sheet.name.clone()).collect()
    }

    /// Reads a part with `read`; nothing if there is no such part.
    pub(super) fn part<T>(
        &mut self,
        path: &str,
        read: impl FnOnce(&mut Xml<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let Ok(file) = self.archive.by_name(path) else {
            return Ok(None);
        };
        let limited = BufReader::new(file.take(MOST_UNPACKED));
        let mut xml = Reader::from_reader(limited);
        xml.config_mut().expand_empty_elements = true;
        let found = read(&mut xml);
        if xml.get_ref().get_ref().limit() == 0 {
            return Err(too_large());
        }
        found.map(Some)
    }

    fn relations(&mut self, path: &str) -> Result<Vec<Relation>, Fault> {
        let mut found = Vec::new();
        self.part(path, |xml| {
            each_start(xml, |name, start, _| {
                if name == "Relationship" && found.len() < MOST_KEPT {
                    found.push(Relation {
                        id: attribute(start, "Id").unwrap_or_default(),
                        kind: attribute(start, "Type").unwrap_or_default(),
                        target: attribute(start, "Target").unwrap_or_default(),
                    });
                }
            })
        })?;
        Ok(found)
    }

    fn read_sheets(
        &mut self,
        path: &str,
        folder: &str,
        relations: &[Relation],
    ) -> Result<(), Fault> {
        let by_id: HashMap<&str, &Relation> = relations
            .iter()
            .map(|relation| (relation.id.as_str(), relation))
            .collect();
        let mut sheets = Vec::new();
        let mut from_1904 = false;
        let read = self.part(path, |xml| {
            each_start(xml, |name, start, _| match name {
                "workbookPr" => {
                    if let Some(value) = attribute(start, "date1904") {
                        from_1904 = value == "1" || value == "true";
                    }
                }
                "sheet" if sheets.len() < MOST_KEPT => {
                    let id = attribute(start, "id").unwrap_or_default();
                    let relation = by_id
                        .get(id.as_str())
                        .filter(|relation| relation.is("worksheet"));
                    if let Some(relation) = relation {
                        sheets.push(SheetPart {
                            name: attribute(start, "name").unwrap_or_default(),
                            path: relation.path(folder),
                            hidden: attribute(start, "state")
                                .is_some_and(|state| state != "visible"),
                        });
                    }
                }
                _ => {}
            })
        })?;
        if read.is_none() || path.ends_with(".bin") {
            return Err(no_workbook());
        }
        self.sheets = sheets;
        self.from_1904 = from_1904;
        Ok(())
    }
}

/// How one part refers to another.
#[derive(Debug)]
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Relation {
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }

    fn path(&self, folder: &str) -> String {
        match self.target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => joined(folder, &self.target),
        }
    }
}

fn joined(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Calls `each` with the local name of every element that starts, and with the names of those around it.
pub(super) fn each_start(
    xml: &mut Xml<'_>,
    mut each: impl FnMut(&str, &BytesStart<'_>, Option<&str>),
) -> Result<(), Fault> {
    let mut buffer = Vec::new();
    let mut group: Option<String> = None;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) => {
                let name = start.local_name();
                if matches!(
                    name.as_ref(),
                    "cellXfs" | "cellStyleXfs" | "numFmts" | "dxfs"
                ) {
                    group = Some(name.as_ref().to_owned());
                }
                each(name.as_ref(), &start, group.as_deref());
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The attribute of that local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// The text of the element that has just started, up to its end: of all `t` within, or its own.
///
/// # Errors
/// Says that the workbook is damaged.
pub(super) fn text_of(xml: &mut Xml<'_>, own: bool, buffer: &mut Vec<u8>) -> Result<String, Fault> {
    let mut text = String::new();
    let mut depth = 0_usize;
    let mut spoken = 0_usize;
    let mut wanted = own;
    loop {
        buffer.clear();
        match xml.read_event_into(buffer).map_err(|_| damaged())? {
            Event::Start(start) => {
                depth += 1;
                spoken += usize::from(start.local_name().as_ref() == "rPh");
                wanted = spoken == 0 && start.local_name().as_ref() == "t";
            }
            Event::End(end) => {
                if depth == 0 {
                    return Ok(text);
                }
                depth -= 1;
                spoken = spoken.saturating_sub(usize::from(end.local_name().as_ref() == "rPh"));
                wanted = own && depth == 0;
            }
            Event::Text(part) if wanted => append(&mut text, &part.xml10_content()),
            Event::CData(part) if wanted => append(&mut text, &part.xml10_content()),
            Event::GeneralRef(part) if wanted => match part.resolve_char_ref() {
                Ok(Some(sign)) => append(&mut text, sign.encode_utf8(&mut [0; 4])),
                _ => append(&mut text, named_sign(&part.xml10_content())),
            },
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

fn append(text: &mut String, part: &str) {
    let room = LONGEST_KEPT.saturating_sub(text.len());
    let end = (0..=room.min(part.len()))
        .rev()
        .find(|end| part.is_char_boundary(*end));
    text.push_str(part.get(..end.unwrap_or(0)).unwrap_or_default());
}

fn named_sign(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "\u{fffd}",
    }
}

fn shared_texts(xml: &mut Xml<'_>) -> Result<Vec<String>, Fault> {
    let mut texts = Vec::new();
    let mut buffer = Vec::new();
    let mut inner = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) if start.local_name().as_ref() == "si" => {
                texts.push(text_of(xml, false, &mut inner)?);
                if texts.len() > MOST_KEPT {
                    return Err(too_large());
                }
            }
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

fn no_workbook() -> Fault {
    Fault::new("wrong-format", "this is not a workbook that can be read")
        .because("workbooks are read in the format `.xlsx` only")
        .help("save it as an Excel workbook (`.xlsx`), or as CSV in UTF-8")
}

pub(super) fn damaged() -> Fault {
    Fault::new("damaged-workbook", "the workbook is damaged")
        .because("a part of it is not well-formed")
        .help("open it in a spreadsheet program and save it again, or save it as CSV in UTF-8")
}

pub(super) fn too_large() -> Fault {
    Fault::new("too-much-data", "the workbook is too large")
        .because("a part of it unpacks to more than 256 MB, or holds millions of texts or cells")
        .help("save the sheet with the data as CSV in UTF-8, sorted by month")
}
