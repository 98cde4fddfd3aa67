//! Which name is at a place, and all other places of the same name.

use std::collections::{BTreeMap, BTreeSet};

use crate::driver::Loaded;
use crate::model::Reference;
use crate::text::{FileId, Span};

use super::declarations::{Declaration, declarations};

/// The names of a file and of everything that it uses.
pub struct Index<'l> {
    /// The files.
    pub loaded: &'l Loaded,
    /// All names where they are given, in the order of their places.
    pub declarations: Vec<Declaration<'l>>,
    uses: BTreeMap<Span, BTreeSet<Span>>,
}

/// A name at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it is.
    pub at: Span,
    /// Where the name is given.
    pub declared: Span,
}

impl<'l> Index<'l> {
    /// Indexes the names of the files.
    #[must_use]
    pub fn new(loaded: &'l Loaded) -> Self {
        let mut uses: BTreeMap<Span, BTreeSet<Span>> = BTreeMap::new();
        for reference in &loaded.references {
            uses.entry(reference.to).or_default().insert(reference.at);
        }
        Self {
            loaded,
            declarations: declarations(loaded),
            uses,
        }
    }

    /// Returns the name at a byte of a file, or ending there.
    #[must_use]
    pub fn word(&self, file: FileId, at: u32) -> Option<Word> {
        let here = |span: &Span| span.file == file && span.start <= at && at <= span.end;
        let used = self.references_around(file, at);
        let word = used.iter().rfind(|reference| here(&reference.at));
        if let Some(reference) = word {
            return Some(Word {
                at: reference.at,
                declared: reference.to,
            });
        }
        let declaration = self.declarations.iter().rfind(|one| here(&one.span))?;
        Some(Word {
            at: declaration.span,
            declared: declaration.span,
        })
    }

    /// Returns the references that could hold a byte: a few of those that begin at or before it.
    fn references_around(&self, file: FileId, at: u32) -> &[Reference] {
        let all = &self.loaded.references;
        let before = |reference: &Reference| (reference.at.file, reference.at.start) <= (file, at);
        let end = all.partition_point(before);
        // Words do not overlap, but one word can refer to several declarations.
        all.get(end.saturating_sub(16)..end).unwrap_or_default()
    }

    /// Returns the references within a span.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &Reference> {
        let all = &self.loaded.references;
        let start = all.partition_point(|reference| {
            (reference.at.file, reference.at.start) < (span.file, span.start)
        });
        let from = all.get(start..).unwrap_or_default();
        from.iter().take_while(move |reference| {
            reference.at.file == span.file && reference.at.end <= span.end
        })
    }

    /// Returns the declaration whose name is there.
    #[must_use]
    pub fn declaration(&self, name: Span) -> Option<&Declaration<'l>> {
        let at = self
            .declarations
            .binary_search_by_key(&name, |one| one.span)
            .ok()?;
        self.declarations.get(at)
    }

    /// Returns what a word means: the declaration that it refers to or, through a line of a rate card, what that line
    /// refers to.
    #[must_use]
    pub fn meaning(&self, declared: Span) -> Option<&Declaration<'l>> {
        let mut name = declared;
        for _ in 0..8 {
            if let Some(found) = self.declaration(name) {
                return Some(found);
            }
            let all = &self.loaded.references;
            name = all.iter().find(|reference| reference.at == name)?.to;
        }
        None
    }

    /// Returns the words that refer to a declaration directly.
    pub fn uses(&self, declared: Span) -> impl Iterator<Item = Span> {
        self.uses.get(&declared).into_iter().flatten().copied()
    }

    /// Returns every place of the same name: where it is given, given anew by an amendment, and used.
    #[must_use]
    pub fn family(&self, declared: Span) -> BTreeSet<Span> {
        let mut to: BTreeMap<Span, Vec<Span>> = BTreeMap::new();
        for reference in &self.loaded.references {
            to.entry(reference.at).or_default().push(reference.to);
        }
        let mut found = BTreeSet::new();
        let mut open = vec![declared];
        while let Some(span) = open.pop() {
            if !found.insert(span) {
                continue;
            }
            open.extend(self.uses(span));
            open.extend(to.get(&span).into_iter().flatten());
        }
        found
    }

    /// Returns the smallest item that holds a place.
    #[must_use]
    pub fn item_around(&self, place: Span) -> Option<&'l crate::syntax::tree::Item> {
        let tree = self.loaded.tree(place.file)?;
        let holds = |outer: Span| outer.start <= place.start && place.end <= outer.end;
        let own = tree.contracts.iter().flat_map(|contract| &contract.items);
        let changed = tree
            .amendments
            .iter()
            .flat_map(|amendment| amendment.items().chain(&amendment.scenarios));
        own.map(|item| &**item)
            .chain(changed)
            .find(|item| holds(item.span))
    }
}
