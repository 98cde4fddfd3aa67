//! What the editor can do, and what this server can do.

use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions, DiagnosticOptions,
    DocumentLinkOptions, ExecuteCommandOptions, InlayHintOptions, RenameOptions, SaveOptions,
    SemanticTokensFullDelta, SemanticTokensOptions, ServerCapabilities, TextDocumentContentOptions,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceOptions, WorkspaceSymbolOptions,
};
use lsp_server::Message;
use serde_json::{Value, json};

use super::command;
use super::position::Encoding;
use super::semantic_tokens;
use super::server::Server;
use super::uri;

/// The editor's capabilities, as far as they matter to this server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// The editor asks for findings, so the server need not send them.
    pub(super) pulls: bool,
    pub(super) snippets: bool,
    pub(super) symbol_tree: bool,
    /// Edits can name the version of the text that they apply to.
    pub(super) versioned_edits: bool,
    /// The editor can show texts that are part of Quidpro.
    pub(super) shows_content: bool,
    pub(super) watches_files: bool,
    pub(super) refreshes_diagnostics: bool,
    pub(super) refreshes_lenses: bool,
    pub(super) refreshes_hints: bool,
}

impl Client {
    /// Reads what an editor says about itself in `initialize`.
    pub(super) fn of(params: &Value) -> Self {
        let says = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let can = |path: &str| says(path).and_then(Value::as_bool).unwrap_or(false);
        let offered = says("general/positionEncodings").and_then(Value::as_array);
        let offered: Vec<&str> = offered
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        Self {
            encoding: Encoding::agreed(&offered),
            pulls: says("textDocument/diagnostic").is_some(),
            snippets: can("textDocument/completion/completionItem/snippetSupport"),
            symbol_tree: can("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            versioned_edits: can("workspace/workspaceEdit/documentChanges"),
            shows_content: says("workspace/textDocumentContent").is_some(),
            watches_files: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
            refreshes_diagnostics: can("workspace/diagnostics/refreshSupport"),
            refreshes_lenses: can("workspace/codeLens/refreshSupport"),
            refreshes_hints: can("workspace/inlayHint/refreshSupport"),
        }
    }
}

/// Returns the answer to `initialize`.
pub(super) fn answer(client: &Client) -> Value {
    json!({
        "capabilities": capabilities(client),
        "serverInfo": { "name": "quidpro", "version": env!("CARGO_PKG_VERSION") },
    })
}

fn capabilities(client: &Client) -> ServerCapabilities {
    let words = |signs: &[&str]| Some(signs.iter().map(|sign| (*sign).to_owned()).collect());
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::Incremental),
                save: Some(SaveOptions::default().into()),
                ..TextDocumentSyncOptions::default()
            }
            .into(),
        ),
        completion_provider: Some(CompletionOptions {
            trigger_characters: words(&[".", " ", ":"]),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        declaration_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_highlight_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        workspace_symbol_provider: Some(WorkspaceSymbolOptions::default().into()),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QuickFix,
                    CodeActionKind::SourceFixAll,
                ]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        code_lens_provider: Some(CodeLensOptions::default()),
        document_link_provider: Some(DocumentLinkOptions::default()),
        rename_provider: Some(
            RenameOptions {
                prepare_provider: Some(true),
                ..RenameOptions::default()
            }
            .into(),
        ),
        document_formatting_provider: Some(true.into()),
        document_range_formatting_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        selection_range_provider: Some(true.into()),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: semantic_tokens::legend(),
                range: Some(true.into()),
                full: Some(SemanticTokensFullDelta { delta: Some(true) }.into()),
                ..SemanticTokensOptions::default()
            }
            .into(),
        ),
        inlay_hint_provider: Some(InlayHintOptions::default().into()),
        call_hierarchy_provider: Some(true.into()),
        diagnostic_provider: Some(
            DiagnosticOptions {
                identifier: Some("quidpro".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                ..DiagnosticOptions::default()
            }
            .into(),
        ),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: command::ALL.iter().map(|name| (*name).to_owned()).collect(),
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(true.into()),
            }),
            text_document_content: Some(
                TextDocumentContentOptions {
                    schemes: vec![uri::SCHEME.to_owned()],
                }
                .into(),
            ),
            ..WorkspaceOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}

/// Asks an editor that supports it to report contracts and data that change on the disk.
pub(super) fn registrations(server: &mut Server) -> Vec<Message> {
    if !server.client.watches_files {
        return Vec::new();
    }
    let watched = ["**/*.quid", "**/*.csv", "**/quidpro.toml"];
    let watchers: Vec<Value> = watched
        .iter()
        .map(|pattern| json!({ "globPattern": pattern }))
        .collect();
    let params = json!({
        "registrations": [{
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        }],
    });
    vec![server.ask("client/registerCapability", params)]
}
