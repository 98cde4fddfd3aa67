//! Edits of texts, in the form that editors take.

use std::collections::{BTreeMap, HashMap};

use gen_lsp_types::{
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    Uri, WorkspaceEdit,
};

use super::server::Server;

/// Returns edits by the URI of their text. They name the version of the text if the editor can use it to see that the
/// text has changed.
pub(super) fn of_texts(server: &Server, edits: BTreeMap<String, Vec<TextEdit>>) -> WorkspaceEdit {
    if !server.client.versioned_edits {
        let changes: HashMap<Uri, Vec<TextEdit>> = edits
            .into_iter()
            .map(|(uri, edits)| (Uri(uri), edits))
            .collect();
        return WorkspaceEdit {
            changes: Some(changes),
            ..WorkspaceEdit::default()
        };
    }
    let changes = edits.into_iter().map(|(uri, edits)| {
        let open = server.documents.get(&uri);
        TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: open.map(|document| document.version),
                text_document_identifier: TextDocumentIdentifier { uri: Uri(uri) },
            },
            edits: edits.into_iter().map(Into::into).collect(),
        }
        .into()
    });
    WorkspaceEdit {
        document_changes: Some(changes.collect()),
        ..WorkspaceEdit::default()
    }
}
