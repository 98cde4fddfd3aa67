//! Texts that are opened, changed and closed, and other news.

use std::sync::Arc;

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
};
use lsp_server::{Message, Notification};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::document::Document;
use super::server::Server;
use super::uri;

/// Handles a notification and returns what to send. A notification that means nothing to this server is ignored.
pub(super) fn notification(server: &mut Server, method: &str, params: &Value) -> Vec<Message> {
    match method {
        "textDocument/didOpen" => read(params).map(|params| open(server, params)),
        "textDocument/didChange" => read(params).map(|params| change(server, params)),
        "textDocument/didClose" => {
            return read(params).map_or(Vec::new(), |one| close(server, one));
        }
        "textDocument/didSave" => {
            server.disk_changed();
            Some(())
        }
        "workspace/didChangeWatchedFiles" => {
            server.disk_changed();
            return refresh(server);
        }
        "workspace/didChangeConfiguration" => {
            if let Some(stated) = params.get("settings") {
                server.settings.update(stated);
            }
            return refresh(server);
        }
        "workspace/didChangeWorkspaceFolders" => {
            change_folders(server, params);
            Some(())
        }
        _ => None,
    };
    Vec::new()
}

fn read<T: DeserializeOwned>(params: &Value) -> Option<T> {
    serde_json::from_value(params.clone()).ok()
}

fn open(server: &mut Server, params: DidOpenTextDocumentParams) {
    let uri = params.text_document.uri.0;
    let document = Document {
        name: uri::path(&uri).unwrap_or_else(|| uri.clone()),
        version: params.text_document.version,
        state: server.next_state(),
        text: Arc::from(params.text_document.text),
    };
    server.documents.insert(uri, document);
    changed(server);
}

fn change(server: &mut Server, params: DidChangeTextDocumentParams) {
    let uri = params.text_document.text_document_identifier.uri.0;
    let (state, encoding) = (server.next_state(), server.client.encoding);
    if let Some(document) = server.documents.get_mut(&uri) {
        document.change(&params.content_changes, encoding);
        document.version = params.text_document.version;
        document.state = state;
        changed(server);
    }
}

/// Marks all open texts, since any of them may use the one that changed. The others turn out to be unchanged later.
fn changed(server: &mut Server) {
    let all: Vec<String> = server.documents.keys().cloned().collect();
    server.untold.extend(all);
}

/// Closes a text. Its findings are no longer shown.
fn close(server: &mut Server, params: DidCloseTextDocumentParams) -> Vec<Message> {
    let uri = params.text_document.uri.0;
    server.forget(&uri);
    changed(server);
    if server.client.pulls {
        return Vec::new();
    }
    vec![Message::Notification(Notification {
        method: "textDocument/publishDiagnostics".to_owned(),
        params: json!({ "uri": uri, "diagnostics": [] }),
    })]
}

fn change_folders(server: &mut Server, params: &Value) {
    let paths = |key: &str| -> Vec<String> {
        let listed = params.pointer(&format!("/event/{key}"));
        let listed = listed.and_then(Value::as_array).into_iter().flatten();
        listed.filter_map(folder).collect()
    };
    let removed = paths("removed");
    server.folders.retain(|known| !removed.contains(known));
    server.folders.extend(paths("added"));
    server.world.opened(&server.folders);
}

/// Returns the folders that an editor has open at the start.
pub(super) fn folders(params: &Value) -> Vec<String> {
    let listed = params.get("workspaceFolders").and_then(Value::as_array);
    let found: Vec<String> = listed.into_iter().flatten().filter_map(folder).collect();
    if !found.is_empty() {
        return found;
    }
    let root = params.get("rootUri").and_then(Value::as_str);
    root.and_then(uri::path).into_iter().collect()
}

fn folder(listed: &Value) -> Option<String> {
    uri::path(listed.get("uri")?.as_str()?)
}

/// Asks the editor to request its data again.
fn refresh(server: &mut Server) -> Vec<Message> {
    let wanted = [
        (
            server.client.refreshes_diagnostics,
            "workspace/diagnostic/refresh",
        ),
        (server.client.refreshes_lenses, "workspace/codeLens/refresh"),
        (server.client.refreshes_hints, "workspace/inlayHint/refresh"),
    ];
    let wanted = wanted.into_iter().filter(|(can, _)| *can);
    wanted
        .map(|(_, method)| server.ask(method, Value::Null))
        .collect()
}
