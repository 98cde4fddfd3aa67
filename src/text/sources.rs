//! The source files of one run.

use std::sync::Arc;

use super::{FileId, LineColumn, LineIndex, Span};

/// One source file: its displayed name, its text, its lines.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name shown to people: a path as the user gave it, or `standard contact_centre`.
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
    /// Where its lines start.
    pub lines: LineIndex,
    /// Whether the text is part of Quidpro, so that there is no file with that name.
    pub built_in: bool,
}

/// All files of one run; a [`FileId`] is an index into it.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Creates a list without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file under its displayed name.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.push(name.into(), text.into(), false)
    }

    /// Adds a text that is part of Quidpro, under its displayed name.
    pub fn add_built_in(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.push(name.into(), text.into(), true)
    }

    fn push(&mut self, name: String, text: Arc<str>, built_in: bool) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source {
            name,
            lines: LineIndex::new(&text),
            text,
            built_in,
        });
        id
    }

    /// The file with that id. Ids come only from [`Sources`].
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// Whether the text is part of Quidpro, so that there is no file with that name.
    #[must_use]
    pub fn is_built_in(&self, id: FileId) -> bool {
        self.get(id).is_some_and(|source| source.built_in)
    }

    /// The name of the file; empty for an id from another run.
    #[must_use]
    pub fn name(&self, id: FileId) -> &str {
        self.get(id).map_or("", |source| source.name.as_str())
    }

    /// The text of a span; empty if the span is not within its file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|source| source.text.get(span.range()))
            .unwrap_or_default()
    }

    /// The line and column of the span's first byte.
    #[must_use]
    pub fn start(&self, span: Span) -> LineColumn {
        self.get(span.file)
            .map_or(LineColumn { line: 1, column: 1 }, |source| {
                source.lines.line_column(&source.text, span.start as usize)
            })
    }

    /// All files with their ids, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(at, source)| (FileId(u32::try_from(at).unwrap_or(u32::MAX)), source))
    }
}
