//! Whether the books are whole, and whether every document still comes out of its data and its text.

use std::collections::BTreeMap;

use crate::driver::{Files, Loaded, load};
use crate::report::document::{Document, DocumentKind, FilePart, LinePart};

use super::account::{AccountBooks, Placed, changed, is_same, sum, taken_back};
use super::books::{Entry, NO_ENTRY, digest};
use super::snapshot::Snapshot;
use super::subject::Subject;

/// Where the texts and the data of documents are kept.
pub trait Texts {
    /// The text with that SHA-256; nothing if it is not kept.
    fn text(&self, sha256: &str) -> Option<String>;
}

/// Something that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// An entry does not follow the one before it, or is not what its hash says: the books were changed.
    Chain {
        /// Its position.
        position: u64,
        /// What is wrong.
        what: String,
    },
    /// A text or a snapshot is missing or was changed.
    Data {
        /// The entry.
        position: u64,
        /// Its number or month.
        document: String,
        /// What is wrong.
        what: String,
    },
    /// Text and data are as they were, and the document does not come out: the program changed.
    Program {
        /// The entry.
        position: u64,
        /// Its number or month.
        document: String,
        /// The version that computed it.
        version: String,
        /// The lines that come out differently: name, as issued, as computed now.
        lines: Vec<(String, String, String)>,
    },
    /// The document contradicts itself or those before it.
    Sum {
        /// The entry.
        position: u64,
        /// Its number or month.
        document: String,
        /// What is wrong.
        what: String,
    },
}

/// Checks all entries, in order, each with the hash that is stored beside it.
#[must_use]
pub fn verify(entries: &[(Entry, String)], texts: &dyn Texts) -> Vec<Mismatch> {
    let mut found = chain(entries);
    let mut books: BTreeMap<(String, Option<String>), AccountBooks> = BTreeMap::new();
    let mut checker = Checker {
        texts,
        loaded: BTreeMap::new(),
    };
    for (entry, _) in entries {
        let Some(document) = entry.document() else {
            continue;
        };
        let key = (document.contract.name.clone(), document.account.clone());
        let account = books.entry(key).or_default();
        found.extend(adds_up(entry.position, document, account));
        found.extend(checker.check(entry.position, document));
        account.add(Placed {
            document: document.clone(),
            register: entry.register(),
        });
    }
    found
}

fn chain(entries: &[(Entry, String)]) -> Vec<Mismatch> {
    let mut found = Vec::new();
    let mut previous = NO_ENTRY.to_owned();
    for (expected, (entry, hash)) in (1..).zip(entries) {
        let position = entry.position;
        let mut wrong = |what: &str| {
            found.push(Mismatch::Chain {
                position,
                what: what.to_owned(),
            });
        };
        if position != expected {
            wrong("entries before it are missing");
        }
        if entry.previous != previous {
            wrong("it does not follow the entry before it");
        }
        if digest(entry.content().as_bytes()) != *hash {
            wrong("its content is not what its hash says");
        }
        previous.clone_from(hash);
    }
    found
}

/// How messages name a document.
fn named(document: &Document) -> String {
    match &document.number {
        Some(number) => number.clone(),
        None => format!("the correction of {}", document.month),
    }
}

fn adds_up(position: u64, document: &Document, books: &AccountBooks) -> Vec<Mismatch> {
    let mut found = Vec::new();
    let mut wrong = |what: String| {
        found.push(Mismatch::Sum {
            position,
            document: named(document),
            what,
        });
    };
    if sum(&document.lines) != *document.total.exact() {
        wrong("its lines do not sum to its total".to_owned());
    }
    if document.prepared_by.is_some() && document.prepared_by == document.approved_by {
        wrong("who prepared it also approved it".to_owned());
    }
    let month = books.months.get(&document.month);
    match document.kind {
        DocumentKind::Invoice if document.revision == 0 => {
            let carried: Vec<LinePart> = others(document);
            let (waiting, _) = books.waiting();
            if carried != waiting {
                wrong(
                    "what it corrects of earlier months is not what was to be corrected".to_owned(),
                );
            }
            if month.is_some() {
                wrong(format!("{} was already invoiced", document.month));
            }
        }
        DocumentKind::CreditNote => {
            let expected = month.map(|month| taken_back(&month.lines));
            if expected.as_ref() != Some(&document.lines) {
                wrong("it does not take back what was invoiced".to_owned());
            }
        }
        DocumentKind::Correction => {
            let expected = month.map(|month| changed(&month.lines, &document.restated));
            if expected.as_ref() != Some(&document.lines) {
                wrong("its lines are not the difference to what was invoiced".to_owned());
            }
        }
        DocumentKind::Invoice | DocumentKind::Provisional | DocumentKind::Statement => {}
    }
    found
}

fn others(document: &Document) -> Vec<LinePart> {
    let month = document.month;
    let others = document.lines.iter().filter(|line| line.period != month);
    others.cloned().collect()
}

/// Computes documents again from what is kept.
struct Checker<'t> {
    texts: &'t dyn Texts,
    /// Contracts by their texts.
    loaded: BTreeMap<String, Option<Loaded>>,
}

/// The texts of a contract, as they are kept.
struct Kept<'t> {
    texts: &'t dyn Texts,
    files: &'t [FilePart],
}

impl Files for Kept<'_> {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let name = beside(from, path);
        let file = self.files.iter().find(|file| file.name == name);
        let text = file.and_then(|file| self.texts.text(&file.sha256));
        text.map(|text| (name.clone(), text))
            .ok_or_else(|| format!("`{name}` is not kept in the books"))
    }
}

/// The name of a file that another one names: without `.`, and without `folder/..`.
fn beside(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if path.starts_with('/') || folder.is_empty() {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "." => {}
            ".." if parts
                .last()
                .is_some_and(|last| *last != ".." && !last.is_empty()) =>
            {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

impl Checker<'_> {
    fn check(&mut self, position: u64, document: &Document) -> Option<Mismatch> {
        if document.kind == DocumentKind::CreditNote {
            return None;
        }
        let wrong = |what: String| {
            Some(Mismatch::Data {
                position,
                document: named(document),
                what,
            })
        };
        for file in &document.contract.files {
            match self.texts.text(&file.sha256) {
                None => return wrong(format!("the text of `{}` is missing", file.name)),
                Some(text) if digest(text.as_bytes()) != file.sha256 => {
                    return wrong(format!("the text of `{}` was changed", file.name));
                }
                Some(_) => {}
            }
        }
        let snapshot = match self.texts.text(&document.data.snapshot) {
            None => return wrong("its data is missing".to_owned()),
            Some(text) if digest(text.as_bytes()) != document.data.snapshot => {
                return wrong("its data was changed".to_owned());
            }
            Some(text) => text,
        };
        let files = &document.contract.files;
        let key: String = files
            .iter()
            .map(|file| format!("{} {}\n", file.sha256, file.name))
            .collect();
        let texts = self.texts;
        let loaded = self
            .loaded
            .entry(key)
            .or_insert_with(|| contract(texts, files));
        let Some(checked) = loaded.as_ref().and_then(|loaded| loaded.contracts.first()) else {
            return Some(program(position, document, Vec::new()));
        };
        let Some(subject) = Subject::new(checked, files.clone(), document.data.files.clone())
        else {
            return Some(program(position, document, Vec::new()));
        };
        let rows = Snapshot::parse(&snapshot).ok();
        let Some(rows) = rows.and_then(|snapshot| snapshot.rows(&subject.schema)) else {
            return wrong("its data cannot be read".to_owned());
        };
        let computed = subject.compute(&rows);
        let now = computed.iter().find(|one| one.month == document.month);
        let now = now.and_then(|one| one.document());
        let now = now
            .map(|document| document.lines.as_slice())
            .unwrap_or_default();
        let stated: Vec<LinePart> = match document.kind {
            DocumentKind::Correction => document.restated.clone(),
            _ => document.own_lines().cloned().collect(),
        };
        if is_same(&stated, now) {
            return None;
        }
        let lines = changed(&stated, now).into_iter().filter_map(|line| {
            let corrected = line.corrected?;
            Some((line.name, corrected.before.plain(), corrected.after.plain()))
        });
        Some(program(position, document, lines.collect()))
    }
}

fn contract(texts: &dyn Texts, files: &[FilePart]) -> Option<Loaded> {
    let first = files.first()?;
    let text = texts.text(&first.sha256)?;
    let loaded = load(&first.name, &text, &Kept { texts, files });
    loaded.is_sound().then_some(loaded)
}

fn program(position: u64, document: &Document, lines: Vec<(String, String, String)>) -> Mismatch {
    Mismatch::Program {
        position,
        document: named(document),
        version: document.program.version.clone(),
        lines,
    }
}
