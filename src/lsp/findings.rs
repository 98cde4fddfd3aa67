//! The findings about a text: the one place where the server asks the checker.
//!
//! Mistakes are known as soon as a text is analysed. The rules compute month by month, which takes a while in a long
//! contract. Until they are done, their last findings are shown instead, moved along with the text around them.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::driver::Loaded;
use crate::text::Span;

use super::world::World;

/// The size in bytes above which a text is checked by the rules only when the drafter pauses.
pub(super) const AT_ONCE: usize = 24 << 10;

/// Returns everything found in a file and in what it uses, except what somebody has accepted.
pub(super) fn of(world: &dyn World, loaded: &Loaded) -> Vec<Diagnostic> {
    let name = loaded.sources.name(loaded.file);
    let mut found = world.check(name, loaded);
    found.retain(|finding| finding.suppressed.is_none());
    found
}

/// The rules' findings for an earlier state of a text.
#[derive(Clone, Debug)]
pub(super) struct Former {
    text: Arc<str>,
    findings: Vec<Diagnostic>,
}

impl Former {
    /// Keeps what was found in the file itself besides the mistakes.
    pub(super) fn new(loaded: &Loaded, found: &[Diagnostic]) -> Option<Self> {
        let text = Arc::clone(&loaded.sources.get(loaded.file)?.text);
        let own = found.iter().filter(|finding| {
            finding.primary.span.file == loaded.file && !loaded.diagnostics.contains(finding)
        });
        Some(Self {
            text,
            findings: own.cloned().collect(),
        })
    }

    /// Returns the same findings in a later state of the text, except those within the changed part, and without fixes.
    pub(super) fn moved_to(&self, loaded: &Loaded) -> Vec<Diagnostic> {
        let Some(now) = loaded.sources.get(loaded.file) else {
            return Vec::new();
        };
        let change = Change::between(&self.text, &now.text);
        let moved = |finding: &Diagnostic| {
            let mut finding = finding.clone();
            finding.primary.span = change.moved(finding.primary.span)?;
            finding.fix = None;
            finding.related.retain_mut(|label| {
                let span = change.moved(label.span);
                label.span = span.unwrap_or(label.span);
                span.is_some() && label.span.file == loaded.file
            });
            Some(finding)
        };
        self.findings.iter().filter_map(moved).collect()
    }
}

/// The part in which two texts differ.
struct Change {
    start: usize,
    former_end: usize,
    end: usize,
}

impl Change {
    fn between(former: &str, now: &str) -> Self {
        let (old, new) = (former.as_bytes(), now.as_bytes());
        let alike = old.iter().zip(new);
        let start = alike.take_while(|(one, other)| one == other).count();
        let left = old.len().min(new.len()) - start;
        let behind = old.iter().rev().zip(new.iter().rev()).take(left);
        let same = behind.take_while(|(one, other)| one == other).count();
        Self {
            start,
            former_end: old.len() - same,
            end: new.len() - same,
        }
    }

    fn moved(&self, span: Span) -> Option<Span> {
        let range = span.range();
        if range.end <= self.start {
            return Some(span);
        }
        let shift = |at: usize| at - self.former_end + self.end;
        (range.start >= self.former_end)
            .then(|| Span::new(span.file, shift(range.start), shift(range.end)))
    }
}
