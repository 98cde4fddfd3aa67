//! Whether two texts mean the same: their trees, apart from places, and their comments.

use std::fmt::{self, Write};

use super::source::Source;

/// Returns what differs in the text after it was laid out, if anything does.
pub(super) fn difference(before: &Source<'_>, after: &Source<'_>) -> Option<&'static str> {
    if before.parsed.diagnostics.len() != after.parsed.diagnostics.len() {
        return Some("it would be read with other findings");
    }
    if comments(before).ne(comments(after)) {
        return Some("a comment would be lost or moved");
    }
    (meaning(before) != meaning(after)).then_some("it would mean something else")
}

fn comments<'s>(source: &'s Source<'_>) -> impl Iterator<Item = &'s str> {
    source.parsed.comments.iter().map(|comment| {
        let text = source.text.get(comment.span.range());
        text.unwrap_or_default().trim_end()
    })
}

/// Returns the tree in words, without places.
fn meaning(source: &Source<'_>) -> String {
    let mut words = WithoutSpans::default();
    match write!(words, "{:?}", source.parsed.tree) {
        Ok(()) => words.text,
        Err(_) => source.text.to_owned(),
    }
}

/// Keeps what is written to it, except spans.
#[derive(Default)]
struct WithoutSpans {
    text: String,
    within: bool,
}

impl Write for WithoutSpans {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        if self.within {
            self.within = part != " }";
        } else if part == "Span" && !self.text.ends_with('"') {
            self.within = true;
        } else {
            self.text.push_str(part);
        }
        Ok(())
    }
}
