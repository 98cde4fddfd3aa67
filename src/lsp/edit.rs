//! Edits of texts, as editors take them.

use std::collections::{BTreeMap, HashMap};

use gen_lsp_types::{
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    Uri, WorkspaceEdit,
};

use super::server::Server;

/// Edits by the URI of their text: with its version, where the editor can tell by it that the text has changed.
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
