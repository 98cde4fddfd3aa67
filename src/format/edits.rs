//! Turns one text into the other in as few changed lines as possible.

use std::ops::Range;

use similar::{ChangeTag, TextDiff};

/// A part of the text that is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// The text that replaces them.
    pub with: String,
}

/// The largest size, in bytes, of texts that are compared line by line. Larger ones are replaced as a whole.
const LARGEST: usize = 1024 * 1024;

/// Returns the edits that turn one text into the other, in the order of the text. Each edit on its own only moves
/// blanks, `;` and `,`, so any of them may be left out.
pub(super) fn between(before: &str, after: &str) -> Vec<Edit> {
    if before == after {
        return Vec::new();
    }
    if before.len() + after.len() > LARGEST {
        return vec![Edit {
            range: 0..before.len(),
            with: after.to_owned(),
        }];
    }
    let diff = TextDiff::from_lines(before, after);
    let mut edits: Vec<Edit> = Vec::new();
    let mut open: Option<(Edit, String)> = None;
    let mut at = 0;
    for change in diff.iter_all_changes() {
        let text = change.value();
        match change.tag() {
            ChangeTag::Equal => {
                if let Some((edit, old)) = &mut open {
                    if same_signs(old, &edit.with) {
                        edits.extend(open.take().map(|(edit, _)| edit));
                    } else {
                        edit.range.end += text.len();
                        edit.with.push_str(text);
                        old.push_str(text);
                    }
                }
                at += text.len();
            }
            ChangeTag::Delete => {
                let (edit, old) = open.get_or_insert_with(|| opened(at));
                edit.range.end += text.len();
                old.push_str(text);
                at += text.len();
            }
            ChangeTag::Insert => {
                let (edit, _) = open.get_or_insert_with(|| opened(at));
                edit.with.push_str(text);
            }
        }
    }
    edits.extend(open.map(|(edit, _)| edit));
    edits
}

fn opened(at: usize) -> (Edit, String) {
    let edit = Edit {
        range: at..at,
        with: String::new(),
    };
    (edit, String::new())
}

/// Whether two texts have the same characters, apart from those that the layout sets.
fn same_signs(one: &str, other: &str) -> bool {
    let signs = |text: &'_ str| -> Vec<char> {
        text.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, ';' | ',' | '_'))
            .collect()
    };
    signs(one) == signs(other)
}
