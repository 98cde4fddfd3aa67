//! What the first pass changes in the text, and the way back to the places as they were written.

use std::borrow::Cow;

use crate::text::{FileId, Span};

/// A change to the text.
struct Edit {
    start: usize,
    end: usize,
    with: With,
}

enum With {
    /// As many spaces as there were bytes.
    Blanks,
    Text(Cow<'static, str>),
}

/// All changes, in the order of the text and separate from each other.
#[derive(Default)]
pub(super) struct Edits(Vec<Edit>);

/// Translates places in the corrected text to places in the text as it was written.
#[derive(Default)]
pub(in crate::syntax) struct Places {
    /// One layer for each pass that changed the text, the first pass first.
    layers: Vec<Vec<Moved>>,
}

/// A part of the corrected text that was written differently.
struct Moved {
    new: std::ops::Range<usize>,
    old: std::ops::Range<usize>,
}

impl Edits {
    pub(super) fn blank(&mut self, start: usize, end: usize) {
        self.push(start, end, With::Blanks);
    }

    pub(super) fn replace(&mut self, start: usize, end: usize, with: impl Into<Cow<'static, str>>) {
        self.push(start, end, With::Text(with.into()));
    }

    /// Edits come in the order of the text; one that would go back is left out.
    fn push(&mut self, start: usize, end: usize, with: With) {
        if self.0.last().is_none_or(|last| last.end <= start) {
            self.0.push(Edit { start, end, with });
        }
    }

    /// Drops the edits from `start` on, because everything from there on will be replaced.
    pub(super) fn drop_from(&mut self, start: usize) {
        while self.0.last().is_some_and(|last| last.end > start) {
            self.0.pop();
        }
    }

    /// The corrected text and the way back.
    pub(super) fn apply(self, text: &str) -> (Cow<'_, str>, Places) {
        if self.0.is_empty() {
            return (Cow::Borrowed(text), Places::default());
        }
        let mut mended = String::with_capacity(text.len() + 16);
        let mut places = Vec::new();
        let mut at = 0;
        for edit in self.0 {
            mended.push_str(text.get(at..edit.start).unwrap_or_default());
            at = edit.end;
            match edit.with {
                With::Blanks => {
                    mended.extend(std::iter::repeat_n(' ', edit.end - edit.start));
                }
                With::Text(with) => {
                    let start = mended.len();
                    mended.push_str(&with);
                    places.push(Moved {
                        new: start..mended.len(),
                        old: edit.start..edit.end,
                    });
                }
            }
        }
        mended.push_str(text.get(at..).unwrap_or_default());
        let layers = vec![places];
        (Cow::Owned(mended), Places { layers })
    }
}

impl Places {
    /// The span, in the text as it was written, of bytes `start` to `end` of the corrected text.
    pub(in crate::syntax) fn span(&self, file: FileId, start: usize, end: usize) -> Span {
        let (mut old_start, mut old_end) = (start, end);
        for layer in self.layers.iter().rev() {
            let (start, end) = (old_start, old_end);
            old_start = old(layer, start, true);
            old_end = if start == end {
                old_start
            } else {
                old(layer, end, false)
            };
        }
        Span::new(file, old_start, old_end.max(old_start))
    }

    /// Adds what a later pass changed.
    pub(super) fn join(&mut self, later: Self) {
        self.layers.extend(later.layers);
    }

    /// Makes further changes to the corrected text; they are in its order and separate from each other.
    pub(in crate::syntax) fn change<'c>(
        &mut self,
        text: &str,
        changes: impl Iterator<Item = (usize, usize, &'c str)>,
    ) -> String {
        let mut changed = String::with_capacity(text.len() + 16);
        let mut layer = Vec::new();
        let mut at = 0;
        for (start, end, with) in changes {
            changed.push_str(text.get(at..start).unwrap_or_default());
            at = end;
            let new = changed.len();
            changed.push_str(with);
            layer.push(Moved {
                new: new..changed.len(),
                old: start..end,
            });
        }
        changed.push_str(text.get(at..).unwrap_or_default());
        self.layers.push(layer);
        changed
    }
}

/// The place, before one pass changed the text, of a place after it.
fn old(layer: &[Moved], at: usize, is_start: bool) -> usize {
    let behind =
        layer.partition_point(|moved| moved.new.start < at || (is_start && moved.new.start == at));
    let Some(moved) = behind.checked_sub(1).and_then(|last| layer.get(last)) else {
        return at;
    };
    if at < moved.new.end {
        return if is_start {
            moved.old.start
        } else {
            moved.old.end
        };
    }
    moved.old.end + (at - moved.new.end)
}
