//! Which file answers which request.

use gen_lsp_types as types;
use lsp_server::ErrorCode;
use serde_json::Value;

use super::server::Server;
use super::{
    call_hierarchy, code_action, code_lens, command, completion, content, definition, diagnostics,
    folding, formatting, highlight, hover, inlay_hint, link, references, rename, selection,
    semantic_tokens, symbol,
};

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) code: i32,
    /// The reason in plain words. Editors show it.
    pub(super) message: String,
}

impl Trouble {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code: code as i32,
            message: message.into(),
        }
    }

    /// The error for a request that was understood but cannot be carried out.
    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RequestFailed, message)
    }
}

/// The answer to a request.
pub(super) fn request(server: &mut Server, method: &str, params: Value) -> Result<Value, Trouble> {
    match method {
        "textDocument/hover" => answer::<types::HoverRequest>(server, params, hover::answer),
        "textDocument/completion" => {
            answer::<types::CompletionRequest>(server, params, completion::answer)
        }
        "textDocument/definition" => {
            answer::<types::DefinitionRequest>(server, params, definition::answer)
        }
        "textDocument/declaration" => {
            answer::<types::DeclarationRequest>(server, params, definition::declaration)
        }
        "textDocument/references" => {
            answer::<types::ReferencesRequest>(server, params, references::answer)
        }
        "textDocument/documentHighlight" => {
            answer::<types::DocumentHighlightRequest>(server, params, highlight::answer)
        }
        "textDocument/prepareRename" => {
            answer::<types::PrepareRenameRequest>(server, params, rename::prepare)
        }
        "textDocument/rename" => answer::<types::RenameRequest>(server, params, rename::answer),
        "textDocument/documentSymbol" => {
            answer::<types::DocumentSymbolRequest>(server, params, symbol::document)
        }
        "workspace/symbol" => {
            answer::<types::WorkspaceSymbolRequest>(server, params, symbol::workspace)
        }
        "textDocument/foldingRange" => {
            answer::<types::FoldingRangeRequest>(server, params, folding::answer)
        }
        "textDocument/formatting" => {
            answer::<types::DocumentFormattingRequest>(server, params, formatting::document)
        }
        "textDocument/rangeFormatting" => {
            answer::<types::DocumentRangeFormattingRequest>(server, params, formatting::range)
        }
        "textDocument/selectionRange" => {
            answer::<types::SelectionRangeRequest>(server, params, selection::answer)
        }
        "textDocument/semanticTokens/full" => {
            answer::<types::SemanticTokensRequest>(server, params, semantic_tokens::full)
        }
        "textDocument/semanticTokens/full/delta" => {
            answer::<types::SemanticTokensDeltaRequest>(server, params, semantic_tokens::delta)
        }
        "textDocument/semanticTokens/range" => {
            answer::<types::SemanticTokensRangeRequest>(server, params, semantic_tokens::range)
        }
        "textDocument/inlayHint" => {
            answer::<types::InlayHintRequest>(server, params, inlay_hint::answer)
        }
        "textDocument/documentLink" => {
            answer::<types::DocumentLinkRequest>(server, params, link::answer)
        }
        "textDocument/prepareCallHierarchy" => {
            answer::<types::CallHierarchyPrepareRequest>(server, params, call_hierarchy::prepare)
        }
        "callHierarchy/incomingCalls" => answer::<types::CallHierarchyIncomingCallsRequest>(
            server,
            params,
            call_hierarchy::incoming,
        ),
        "callHierarchy/outgoingCalls" => answer::<types::CallHierarchyOutgoingCallsRequest>(
            server,
            params,
            call_hierarchy::outgoing,
        ),
        "textDocument/codeAction" => {
            answer::<types::CodeActionRequest>(server, params, code_action::answer)
        }
        "textDocument/codeLens" => {
            answer::<types::CodeLensRequest>(server, params, code_lens::answer)
        }
        "textDocument/diagnostic" => {
            answer::<types::DocumentDiagnosticRequest>(server, params, diagnostics::document)
        }
        "workspace/diagnostic" => {
            answer::<types::WorkspaceDiagnosticRequest>(server, params, diagnostics::workspace)
        }
        "workspace/executeCommand" => {
            answer::<types::ExecuteCommandRequest>(server, params, command::answer)
        }
        "workspace/textDocumentContent" => {
            answer::<types::TextDocumentContentRequest>(server, params, content::answer)
        }
        _ => Err(Trouble::new(
            ErrorCode::MethodNotFound,
            format!("`{method}` is not known"),
        )),
    }
}

fn answer<R: types::Request>(
    server: &mut Server,
    params: Value,
    respond: fn(&mut Server, R::Params) -> Result<R::Result, Trouble>,
) -> Result<Value, Trouble> {
    let params = serde_json::from_value(params)
        .map_err(|error| Trouble::new(ErrorCode::InvalidParams, error.to_string()))?;
    let result = respond(server, params)?;
    serde_json::to_value(result)
        .map_err(|error| Trouble::new(ErrorCode::InternalError, error.to_string()))
}
