//! Whether advice works: the edits of a finding are made, and the text is looked at again.

use quidpro::diagnostic::{Diagnostic, Edit, apply_edits};
use quidpro::text::{FileId, Span};

/// Makes the edits of each fix in a text of one file, one fix after the other and each in the text as it was, and says which of
/// them leave the finding where it is, or make something unreadable. `look` reads a text and reports what is wrong with it.
pub(crate) fn refused_advice(
    text: &str,
    file: FileId,
    look: &dyn Fn(&str) -> Vec<Diagnostic>,
) -> Vec<String> {
    let found = look(text);
    let mut refused = Vec::new();
    for finding in &found {
        let Some(fix) = &finding.fix else { continue };
        let edits: Vec<&Edit> = fix
            .edits
            .iter()
            .filter(|edit| edit.span.file == file)
            .collect();
        if edits.len() < fix.edits.len() {
            continue;
        }
        let Some(changed) = apply_edits(text, &edits) else {
            refused.push(format!(
                "`{}`: the edits of `{}` overlap",
                finding.message, fix.title
            ));
            continue;
        };
        for after in look(&changed) {
            let is_near = edits
                .iter()
                .any(|edit| near(&edits, edit, after.primary.span));
            let is_same = after.code == finding.code && after.message == finding.message;
            let is_unread = matches!(
                after.code,
                "unreadable" | "missing-operator" | "missing-value"
            ) && !found.iter().any(|before| before.message == after.message);
            if is_near && (is_same || is_unread) {
                refused.push(format!(
                    "`{}`: after `{}` it says `{}`\n{changed}",
                    finding.message, fix.title, after.message
                ));
            }
        }
    }
    refused
}

/// Whether a place in the changed text is at an edit.
fn near(all: &[&Edit], edit: &Edit, place: Span) -> bool {
    let mut start = edit.span.range().start;
    for other in all
        .iter()
        .filter(|other| other.span.end <= edit.span.start && *other != &edit)
    {
        start = start + other.text.len() - other.span.range().len();
    }
    let end = start + edit.text.len();
    place.range().start <= end && start <= place.range().end
}
