//! Findings: sent when a text has changed, or requested with `textDocument/diagnostic` and `workspace/diagnostic`.

use gen_lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    PublishDiagnosticsParams, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
};
use lsp_server::{Message, Notification};
use serde_json::{Value, to_value};

use crate::diagnostic::{self, Severity};
use crate::ide::{LinkTarget, links};
use crate::lint;
use crate::report::escape::terminal;
use crate::text::FileId;

use super::analysis::Analysis;
use super::dispatch::Trouble;
use super::server::Server;
use super::uri;

/// Returns the findings of texts that have changed, for an editor that does not ask for them.
pub(super) fn told(server: &mut Server) -> Vec<Message> {
    let untold = std::mem::take(&mut server.untold);
    let mut messages = Vec::new();
    for uri in untold {
        let Some(analysis) = server.analysis(&uri) else {
            continue;
        };
        if !analysis.is_short() {
            server.unsettled.insert(uri.clone());
        }
        if !server.client.pulls {
            let found = server.findings(&uri, &analysis);
            messages.extend(publish(server, &uri, &analysis, &found));
        }
    }
    messages
}

/// Takes what the rules found in a long text, once they have run.
pub(super) fn found(
    server: &mut Server,
    uri: &str,
    analysis: &Analysis,
    findings: Vec<diagnostic::Diagnostic>,
) -> Vec<Message> {
    let before = server.findings(uri, analysis);
    analysis.found(findings);
    let found = server.all_findings(uri, analysis);
    if before == found {
        return Vec::new();
    }
    if !server.client.pulls {
        return publish(server, uri, analysis, &found).into_iter().collect();
    }
    if server.client.refreshes_diagnostics {
        return vec![server.ask("workspace/diagnostic/refresh", Value::Null)];
    }
    Vec::new()
}

fn publish(
    server: &Server,
    uri: &str,
    analysis: &Analysis,
    found: &[diagnostic::Diagnostic],
) -> Option<Message> {
    let params = PublishDiagnosticsParams {
        uri: uri.into(),
        version: Some(server.documents.get(uri)?.version),
        diagnostics: of(analysis, found),
    };
    let params = to_value(params).ok()?;
    Some(Message::Notification(Notification {
        method: "textDocument/publishDiagnostics".to_owned(),
        params,
    }))
}

/// Returns the findings of a text for an editor that asks: all of them if the editor cannot be told later that there
/// are more.
fn asked(server: &mut Server, uri: &str, analysis: &Analysis) -> FullDocumentDiagnosticReport {
    let found = if server.client.refreshes_diagnostics {
        server.findings(uri, analysis)
    } else {
        server.all_findings(uri, analysis)
    };
    FullDocumentDiagnosticReport {
        result_id: Some(state(analysis)),
        items: of(analysis, &found),
    }
}

/// Returns an identifier for what is known about a text.
fn state(analysis: &Analysis) -> String {
    let state = analysis.state();
    match analysis.checked() {
        Some(_) => state,
        None => format!("{state}, so far"),
    }
}

pub(super) fn document(
    server: &mut Server,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReport, Trouble> {
    let uri = params.text_document.uri.0;
    let Some(analysis) = server.analysis(&uri) else {
        return Ok(RelatedFullDocumentDiagnosticReport::default().into());
    };
    let state = state(&analysis);
    if params.previous_result_id.as_ref() == Some(&state) {
        return Ok(RelatedUnchangedDocumentDiagnosticReport {
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                result_id: state,
            },
            related_documents: None,
        }
        .into());
    }
    Ok(RelatedFullDocumentDiagnosticReport {
        full_document_diagnostic_report: asked(server, &uri, &analysis),
        related_documents: None,
    }
    .into())
}

pub(super) fn workspace(
    server: &mut Server,
    _: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReport, Trouble> {
    let mut items = Vec::new();
    for uri in server.all_uris() {
        let Some(analysis) = server.analysis(&uri) else {
            continue;
        };
        let version = server.documents.get(&uri).map(|document| document.version);
        let report = asked(server, &uri, &analysis);
        items.push(
            WorkspaceFullDocumentDiagnosticReport {
                uri: uri.into(),
                version,
                full_document_diagnostic_report: report,
            }
            .into(),
        );
    }
    Ok(WorkspaceDiagnosticReport { items })
}

/// Returns the findings of a text as the editor shows them: its own, and one for each used file that has errors.
fn of(analysis: &Analysis, found: &[diagnostic::Diagnostic]) -> Vec<Diagnostic> {
    let file = analysis.file();
    let own = found.iter().filter(|one| one.primary.span.file == file);
    let mut told: Vec<Diagnostic> = own.map(|finding| shown(analysis, finding)).collect();
    for link in links(&analysis.loaded, file) {
        if let LinkTarget::File(used) = link.to {
            told.extend(of_used(analysis, found, used).map(|told| Diagnostic {
                range: analysis.range(link.span),
                ..told
            }));
        }
    }
    told
}

/// Returns the finding that a used file has errors.
fn of_used(
    analysis: &Analysis,
    found: &[diagnostic::Diagnostic],
    used: FileId,
) -> Option<Diagnostic> {
    let errors: Vec<&diagnostic::Diagnostic> = found
        .iter()
        .filter(|finding| finding.is_error() && finding.primary.span.file == used)
        .collect();
    let count = match errors.len() {
        0 => return None,
        1 => "an error".to_owned(),
        many => format!("{many} errors"),
    };
    let related = errors
        .iter()
        .take(8)
        .map(|finding| DiagnosticRelatedInformation {
            location: analysis.location(finding.primary.span),
            message: terminal::lines(&finding.message),
        });
    Some(Diagnostic {
        severity: Some(DiagnosticSeverity::Error),
        code: Some("errors-in-used-file".to_owned().into()),
        source: Some("quidpro".to_owned()),
        message: format!("this file has {count}, so nothing can be computed").into(),
        related_information: Some(related.collect()),
        ..Diagnostic::default()
    })
}

/// Returns a finding as the editor shows it.
pub(super) fn shown(analysis: &Analysis, finding: &diagnostic::Diagnostic) -> Diagnostic {
    let related: Vec<DiagnosticRelatedInformation> = finding
        .related
        .iter()
        .filter(|label| !analysis.loaded.sources.is_built_in(label.span.file))
        .map(|label| DiagnosticRelatedInformation {
            location: analysis.location(label.span),
            message: terminal::lines(&label.text),
        })
        .collect();
    Diagnostic {
        range: analysis.range(finding.primary.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Info => DiagnosticSeverity::Information,
        }),
        code: Some(finding.code.to_owned().into()),
        code_description: lint::find(finding.code).map(|rule| CodeDescription {
            href: uri::of_rule(rule.name).into(),
        }),
        source: Some("quidpro".to_owned()),
        message: words(finding).into(),
        tags: is_unused(finding.code).then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

/// Returns what is wrong, what to know about the place, why it matters and what to write instead. Some editors show it in a
/// terminal, so a text that it quotes cannot hide or reorder anything there.
fn words(finding: &diagnostic::Diagnostic) -> String {
    let mut lines = vec![finding.message.clone()];
    if !finding.primary.text.is_empty() {
        lines.push(finding.primary.text.clone());
    }
    lines.extend(finding.why.iter().map(|why| format!("why: {why}")));
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    terminal::lines(&lines.join("\n"))
}

/// Whether the finding is about words that do nothing.
fn is_unused(code: &str) -> bool {
    code.starts_with("unused-")
}
