//! A text and everything that it uses, analysed, with its places as the editor counts them.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use gen_lsp_types::{Location, Position, Range, TextDocumentPositionParams};

use crate::diagnostic::Diagnostic;
use crate::driver::{Files, Loaded, load};
use crate::ide::Index;
use crate::syntax::outline::Outline;
use crate::text::{FileId, Span};

use super::document::Document;
use super::findings;
use super::position::{Encoding, Lines};
use super::uri;
use super::world::World;

/// Other files as a text names them: open files as they are in the editor, all others from the disk.
pub(super) struct Overlay<'a> {
    /// The text that uses the files, directly or through others. If it is unknown, the text that names each file counts
    /// as the user.
    pub(super) user: Option<&'a str>,
    pub(super) documents: &'a BTreeMap<String, Document>,
    pub(super) world: &'a dyn World,
}

impl Overlay<'_> {
    /// Returns the text of a file.
    pub(super) fn text(&self, path: &str) -> Result<Arc<str>, String> {
        let mut open = self.documents.values();
        match open.find(|document| document.name == path) {
            Some(document) => Ok(Arc::clone(&document.text)),
            None => self.world.text(path).map(Arc::from),
        }
    }
}

impl Files for Overlay<'_> {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        // A text without a path was never saved.
        if uri::path(&uri::of_path(from)).is_none() {
            return Err("save this file first, so that it has a folder".to_owned());
        }
        let path = uri::beside(from, path);
        self.world.may_use(self.user.unwrap_or(from), &path)?;
        let text = self.text(&path)?;
        Ok((path, text.to_string()))
    }
}

/// A text, analysed.
pub(super) struct Analysis {
    /// The text and everything that it uses.
    pub(super) loaded: Loaded,
    /// The outline of the text.
    pub(super) outline: Outline,
    encoding: Encoding,
    lines: Vec<Lines>,
    uris: Vec<String>,
    /// The state of each open text that this was made from, by name, and the state of the disk.
    made_of: (BTreeMap<String, u64>, u64),
    world: Rc<dyn World>,
    findings: OnceCell<Vec<Diagnostic>>,
}

impl Analysis {
    pub(super) fn new(
        name: &str,
        text: &str,
        encoding: Encoding,
        documents: &BTreeMap<String, Document>,
        (world, disk): (Rc<dyn World>, u64),
    ) -> Self {
        let files = Overlay {
            user: Some(name),
            documents,
            world: world.as_ref(),
        };
        let loaded = load(name, text, &files);
        let outline = Outline::of(loaded.file, text);
        let sources = loaded.sources.iter();
        let (mut lines, mut uris, mut states) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (_, source) in sources {
            lines.push(Lines::new(&source.text));
            let mut open = documents.iter();
            let open = open.find(|(_, document)| document.name == source.name);
            if let Some((_, document)) = open {
                states.insert(source.name.clone(), document.state);
            }
            uris.push(match open {
                Some((uri, _)) => uri.clone(),
                None if source.built_in => uri::of_library(&source.name),
                None => uri::of_path(&source.name),
            });
        }
        Self {
            loaded,
            outline,
            encoding,
            lines,
            uris,
            made_of: (states, disk),
            world: Rc::clone(&world),
            findings: OnceCell::new(),
        }
    }

    /// Whether nothing that it was made from has changed since.
    pub(super) fn is_current(&self, documents: &BTreeMap<String, Document>, disk: u64) -> bool {
        let (states, made_with) = &self.made_of;
        let open = |name: &str| documents.values().find(|document| document.name == name);
        *made_with == disk
            && self.loaded.sources.iter().all(|(_, source)| {
                open(&source.name).map(|document| document.state)
                    == states.get(&source.name).copied()
            })
    }

    /// An identifier that differs for each state of what this was made from.
    pub(super) fn state(&self) -> String {
        let (states, disk) = &self.made_of;
        let states: Vec<String> = states.values().map(ToString::to_string).collect();
        format!("{disk}.{}", states.join("."))
    }

    /// The file itself.
    pub(super) fn file(&self) -> FileId {
        self.loaded.file
    }

    /// Returns an index of the names in the texts.
    pub(super) fn index(&self) -> Index<'_> {
        Index::new(&self.loaded)
    }

    /// Returns all findings, if the rules have been run.
    pub(super) fn checked(&self) -> Option<&[Diagnostic]> {
        self.findings.get().map(Vec::as_slice)
    }

    /// Takes over what the rules found elsewhere, in the same state of the text.
    pub(super) fn found(&self, findings: Vec<Diagnostic>) {
        let _ = self.findings.set(findings);
    }

    /// Whether the text is short enough to run the rules while the drafter types.
    pub(super) fn is_short(&self) -> bool {
        self.text(self.file()).len() <= findings::AT_ONCE
    }

    /// Returns all findings in any of the files.
    pub(super) fn findings(&self) -> &[Diagnostic] {
        let check = || findings::of(self.world.as_ref(), &self.loaded);
        self.findings.get_or_init(check)
    }

    pub(super) fn text(&self, file: FileId) -> &str {
        let source = self.loaded.sources.get(file);
        source.map_or("", |source| &source.text)
    }

    /// Returns the byte offset of a place in the file itself.
    pub(super) fn offset(&self, at: Position) -> u32 {
        let file = self.file();
        let lines = self.lines.get(file.0 as usize);
        let offset = lines.map_or(0, |lines| {
            lines.offset(self.text(file), self.encoding, at.line, at.character)
        });
        u32::try_from(offset).unwrap_or(u32::MAX)
    }

    pub(super) fn offset_of(&self, params: &TextDocumentPositionParams) -> u32 {
        self.offset(params.position)
    }

    /// Returns the span of a range in the file itself.
    pub(super) fn span(&self, range: Range) -> Span {
        Span {
            file: self.file(),
            start: self.offset(range.start),
            end: self.offset(range.end),
        }
    }

    /// Returns the position of a byte in a file.
    pub(super) fn position(&self, file: FileId, at: u32) -> Position {
        let lines = self.lines.get(file.0 as usize);
        lines.map_or(Position::default(), |lines| {
            lines.position(self.text(file), self.encoding, at as usize)
        })
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range {
            start: self.position(span.file, span.start),
            end: self.position(span.file, span.end),
        }
    }

    pub(super) fn uri(&self, file: FileId) -> &str {
        self.uris.get(file.0 as usize).map_or("", String::as_str)
    }

    pub(super) fn location(&self, span: Span) -> Location {
        Location {
            uri: self.uri(span.file).into(),
            range: self.range(span),
        }
    }
}
