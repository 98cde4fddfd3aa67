//! A text that an editor has open.

use std::sync::Arc;

use gen_lsp_types::TextDocumentContentChangeEvent;

use super::position::{Encoding, Lines};

/// A text that an editor has open, as it is after the last change.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// The name under which its findings are shown: its path, or its URI if it has no path.
    pub(super) name: String,
    /// The editor's number for this state of the text.
    pub(super) version: i32,
    /// Grows with each change of any text, so no two states share a number.
    pub(super) state: u64,
    /// The text.
    pub(super) text: Arc<str>,
}

impl Document {
    /// Applies the changes in order, each to the text that the one before it left.
    pub(super) fn change(
        &mut self,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) {
        let mut text = self.text.to_string();
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let lines = Lines::new(&text);
                    let offset = |place: gen_lsp_types::Position| {
                        lines.offset(&text, encoding, place.line, place.character)
                    };
                    let (start, end) = (offset(part.range.start), offset(part.range.end));
                    text.replace_range(start.min(end)..end.max(start), &part.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    text.clone_from(&whole.text);
                }
            }
        }
        self.text = Arc::from(text);
    }
}
