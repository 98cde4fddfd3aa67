//! What a cause advises: a finding, and the corrections of the text that it proposes.

use crate::diagnostic::{Diagnostic, Edit, Fix};

use super::super::findings::mended_line;
use super::Stop;
use super::explain::Place;

/// A replacement in the text that the grammar saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::syntax) struct Correction {
    pub(in crate::syntax) start: usize,
    pub(in crate::syntax) end: usize,
    pub(in crate::syntax) with: String,
}

/// A finding about a part that could not be read, with what would make it readable.
pub(in crate::syntax) struct Advice {
    /// What is said; nothing where the cause is already reported at another place.
    pub(in crate::syntax) found: Option<Diagnostic>,
    /// What to replace, in the order of the text; empty if nobody can know.
    pub(in crate::syntax) corrections: Vec<Correction>,
    /// Whether other parts may only be unreadable because of it, and are looked at again after it.
    pub(in crate::syntax) first: bool,
    /// Whether the cause has tried it in its own way.
    pub(in crate::syntax) sure: bool,
}

impl From<Diagnostic> for Advice {
    fn from(found: Diagnostic) -> Self {
        Self {
            found: Some(found),
            corrections: Vec::new(),
            first: false,
            sure: false,
        }
    }
}

impl Stop<'_> {
    /// The finding with one replacement as its fix. The line to write is added once all corrections of it are known.
    pub(super) fn corrected(
        &self,
        place: Place<'_>,
        found: Diagnostic,
        (start, end): (usize, usize),
        with: &str,
    ) -> Advice {
        let with = with.to_owned();
        let correction = Correction { start, end, with };
        self.corrected_by(place, found, vec![correction], true)
    }

    /// The same for replacements that do not touch each other, in the order of the text. A fix is safe if the words
    /// can mean nothing else.
    pub(super) fn corrected_by(
        &self,
        place: Place<'_>,
        found: Diagnostic,
        corrections: Vec<Correction>,
        safe: bool,
    ) -> Advice {
        let title = match corrections.as_slice() {
            [one] if one.with.trim().is_empty() => "leave it out".to_owned(),
            [one] => format!("write `{}`", one.with.trim()),
            _ => "write it in the words of the language".to_owned(),
        };
        let edits = corrections.iter().map(|one| Edit {
            span: place(one.start, one.end),
            text: one.with.clone(),
        });
        let edits = edits.collect();
        Advice {
            found: Some(found.mended_by(Fix { title, edits, safe })),
            corrections,
            first: false,
            sure: false,
        }
    }

    /// The line around the corrections as it then reads, if it is one line that is short enough to be shown.
    pub(super) fn line_with(&self, corrections: &[Correction]) -> Option<String> {
        let (first, last) = (corrections.first()?, corrections.last()?);
        let text = self.unread.text;
        let mut with = String::new();
        let mut at = first.start;
        for one in corrections {
            with.push_str(text.get(at..one.start)?);
            with.push_str(&one.with);
            at = one.end;
        }
        let is_one_line = !with.contains('\n');
        let line = mended_line(text, first.start, last.end, &with)?;
        is_one_line.then_some(line)
    }
}
