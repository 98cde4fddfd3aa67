//! Edits as SARIF represents them: file by file, as replacements of regions.

use std::collections::BTreeMap;

use crate::diagnostic;
use crate::text::{FileId, Sources};

use super::document::{ArtifactChange, Content, Fix, Message, Replacement};
use super::location::{artifact, region};

/// The fix; nothing if it would change a text that is part of Quidpro.
pub(super) fn of(fix: &diagnostic::Fix, sources: &Sources) -> Option<Fix> {
    let mut files: BTreeMap<FileId, Vec<Replacement>> = BTreeMap::new();
    for edit in &fix.edits {
        if sources.is_built_in(edit.span.file) {
            return None;
        }
        files.entry(edit.span.file).or_default().push(Replacement {
            deleted_region: region(edit.span, sources),
            inserted_content: (!edit.text.is_empty()).then(|| Content {
                text: edit.text.clone(),
            }),
        });
    }
    let changes = files
        .into_iter()
        .map(|(file, replacements)| ArtifactChange {
            artifact_location: artifact(sources.name(file)),
            replacements,
        });
    let warning = if fix.safe {
        ""
    } else {
        " (changes what is paid, or what the parties owe each other)"
    };
    Some(Fix {
        description: Message::new(&format!("{}{warning}", fix.title)),
        artifact_changes: changes.collect(),
    })
}
