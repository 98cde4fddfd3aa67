//! Renames something everywhere at once, but never in a way that changes what the text means.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Edit};
use crate::driver::{Files, Loaded, load};
use crate::text::{FileId, Span};

use super::index::{Index, Word};

/// Why a name cannot be changed, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

/// The edits that change a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// One for each place, in any of the files.
    pub edits: Vec<Edit>,
}

/// Returns the name at a byte, if it can be changed.
///
/// # Errors
/// Why it cannot.
pub fn renameable(index: &Index<'_>, file: FileId, at: u32) -> Result<Word, Refusal> {
    let Some(word) = index.word(file, at) else {
        return Err(Refusal("there is no name here".to_owned()));
    };
    let sources = &index.loaded.sources;
    let family = index.family(word.declared);
    let built_in = family.iter().find(|span| sources.is_built_in(span.file));
    match built_in {
        Some(span) => Err(Refusal(format!(
            "`{}` is named by the library `{}`, which is part of Quidpro",
            sources.slice(*span),
            sources.name(span.file)
        ))),
        None => Ok(word),
    }
}

/// Changes the name at a byte. The texts are read again with the new name. If anything would then mean something else,
/// nothing is changed.
///
/// # Errors
/// Why it cannot be changed.
pub fn rename(
    index: &Index<'_>,
    file: FileId,
    at: u32,
    name: &str,
    files: &dyn Files,
) -> Result<Renamed, Refusal> {
    let word = renameable(index, file, at)?;
    let sources = &index.loaded.sources;
    let former = sources.slice(word.at);
    check_name(name)?;
    let family = index.family(word.declared);
    let edits: Vec<Edit> = family
        .into_iter()
        .filter(|span| sources.slice(*span) == former)
        .map(|span| Edit {
            span,
            text: name.to_owned(),
        })
        .collect();
    if name != former {
        check_meaning(index.loaded, &edits, former, name, files)?;
    }
    Ok(Renamed { edits })
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let mut letters = name.chars();
    let starts = letters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_');
    if starts && letters.all(|letter| letter.is_alphanumeric() || letter == '_') {
        return Ok(());
    }
    Err(Refusal(format!(
        "`{name}` cannot be a name: names are letters, digits and `_`, and begin with a letter"
    )))
}

/// Checks that every word refers to the same thing as before, once the edits are made.
fn check_meaning(
    before: &Loaded,
    edits: &[Edit],
    former: &str,
    name: &str,
    files: &dyn Files,
) -> Result<(), Refusal> {
    let edited = Edited::new(before, edits, files);
    let own = before.sources.name(before.file).to_owned();
    let text = edited.texts.get(&own).cloned().unwrap_or_default();
    let after = load(&own, &text, &edited);
    if let Some(finding) = new_error(before, &after) {
        return Err(Refusal(format!(
            "`{former}` cannot become `{name}`: {}",
            finding.message
        )));
    }
    let moved = |span: Span| edited.moved(span);
    let mut expected: Vec<(Span, Span)> = before
        .references
        .iter()
        .map(|reference| (moved(reference.at), moved(reference.to)))
        .collect();
    expected.sort_unstable();
    let found: Vec<(Span, Span)> = after
        .references
        .iter()
        .map(|reference| (reference.at, reference.to))
        .collect();
    if expected == found {
        return Ok(());
    }
    Err(Refusal(format!(
        "`{former}` cannot become `{name}`: the text would then mean something else"
    )))
}

/// Returns an error that the text has only since the edits.
fn new_error<'a>(before: &Loaded, after: &'a Loaded) -> Option<&'a Diagnostic> {
    let count = |loaded: &Loaded, code: &str| {
        let all = loaded.diagnostics.iter();
        all.filter(|finding| finding.is_error() && finding.code == code)
            .count()
    };
    let is_new = |finding: &&Diagnostic| {
        finding.is_error() && count(after, finding.code) > count(before, finding.code)
    };
    // That a name is taken says more than the errors that follow from it.
    let follows = |finding: &&Diagnostic| finding.code != "declared-twice";
    after.diagnostics.iter().filter(is_new).min_by_key(follows)
}

/// The files with the edits applied.
struct Edited<'a> {
    files: &'a dyn Files,
    texts: BTreeMap<String, String>,
    /// For each file, where its edits are and how far each of them moves the text after it.
    shifts: BTreeMap<FileId, Vec<(Span, i64)>>,
}

impl<'a> Edited<'a> {
    fn new(loaded: &Loaded, edits: &[Edit], files: &'a dyn Files) -> Self {
        let mut shifts: BTreeMap<FileId, Vec<(Span, i64)>> = BTreeMap::new();
        let mut texts = BTreeMap::new();
        for (id, source) in loaded.sources.iter() {
            let own = edits.iter().filter(|edit| edit.span.file == id);
            let mut text = String::with_capacity(source.text.len());
            let mut from = 0;
            for edit in own {
                let range = edit.span.range();
                text += source.text.get(from..range.start).unwrap_or_default();
                text += &edit.text;
                from = range.end;
                let longer = i64::try_from(edit.text.len()).unwrap_or(0);
                let shorter = i64::try_from(range.len()).unwrap_or(0);
                shifts
                    .entry(id)
                    .or_default()
                    .push((edit.span, longer - shorter));
            }
            text += source.text.get(from..).unwrap_or_default();
            texts.insert(source.name.clone(), text);
        }
        Self {
            files,
            texts,
            shifts,
        }
    }

    /// Returns where a place is once the edits are made.
    fn moved(&self, span: Span) -> Span {
        let shifts = self.shifts.get(&span.file).map_or(&[][..], Vec::as_slice);
        let by = |ends: u32| -> i64 {
            let before = shifts.iter().filter(|(edit, _)| edit.end <= ends);
            before.map(|(_, by)| by).sum()
        };
        let place = |at: u32| u32::try_from(i64::from(at) + by(at)).unwrap_or(at);
        Span {
            start: place(span.start),
            end: place(span.end),
            ..span
        }
    }
}

impl Files for Edited<'_> {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let (name, text) = self.files.read(from, path)?;
        let edited = self.texts.get(&name).cloned();
        Ok((name, edited.unwrap_or(text)))
    }
}
