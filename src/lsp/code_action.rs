//! `textDocument/codeAction`: the fixes of findings, all safe ones at once, and waivers.

use std::collections::BTreeMap;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, TextEdit, WorkspaceEdit,
};

use crate::diagnostic::{Diagnostic, Edit, Fix, Severity, with_line_ends_of};
use crate::lint::{self, Category};
use crate::syntax::tree::Change;
use crate::text::Span;

use super::analysis::Analysis;
use super::diagnostics::shown;
use super::dispatch::Trouble;
use super::edit;
use super::server::Server;

pub(super) fn answer(
    server: &mut Server,
    params: CodeActionParams,
) -> Result<Option<Vec<CodeActionResponse>>, Trouble> {
    let uri = params.text_document.uri.0;
    let Some(analysis) = server.analysis(&uri) else {
        return Ok(None);
    };
    let findings = server.findings(&uri, &analysis);
    let only = params.context.only.unwrap_or_default();
    let wants = |kind: &CodeActionKind| {
        let kind = kind.to_string();
        only.is_empty()
            || only.iter().any(|wanted| {
                let wanted = wanted.to_string();
                kind == wanted || kind.starts_with(&format!("{wanted}."))
            })
    };
    let part = analysis.span(params.range);
    let mut actions = Vec::new();
    if wants(&CodeActionKind::QuickFix) {
        let here = findings.iter();
        for finding in here.filter(|finding| finding.primary.span.touches(part)) {
            actions.extend(fix(server, &analysis, finding));
            actions.extend(waive(server, &analysis, finding));
        }
    }
    if wants(&CodeActionKind::SourceFixAll) {
        actions.extend(fix_all(server, &analysis, &findings));
    }
    Ok(Some(actions.into_iter().map(Into::into).collect()))
}

fn action(title: String, kind: CodeActionKind, edit: WorkspaceEdit) -> CodeAction {
    CodeAction {
        title,
        kind: Some(kind),
        edit: Some(edit),
        ..CodeAction::default()
    }
}

fn fix(server: &Server, analysis: &Analysis, finding: &Diagnostic) -> Option<CodeAction> {
    let fix = finding.fix.as_ref()?;
    let title = if fix.safe {
        fix.title.clone()
    } else {
        format!("{} (changes what is paid)", fix.title)
    };
    let edits = workspace_edit(server, analysis, &fix.edits);
    Some(CodeAction {
        diagnostics: Some(vec![shown(analysis, finding)]),
        is_preferred: fix.safe.then_some(true),
        ..action(title, CodeActionKind::QuickFix, edits)
    })
}

/// Returns all safe fixes of the text that do not touch each other.
fn fix_all(server: &Server, analysis: &Analysis, findings: &[Diagnostic]) -> Option<CodeAction> {
    let file = analysis.file();
    let fixes = findings.iter();
    let fixes = fixes.filter_map(|finding| finding.fix.as_ref());
    let mut taken: Vec<Edit> = Vec::new();
    for fix in fixes.filter(|fix| fix.safe) {
        let own = fix.edits.iter().all(|edit| edit.span.file == file);
        if own && !meets(&taken, fix) {
            taken.extend(fix.edits.iter().cloned());
        }
    }
    if taken.is_empty() {
        return None;
    }
    let edits = workspace_edit(server, analysis, &taken);
    let title = "fix all that can be fixed without changing what is paid".to_owned();
    Some(action(title, CodeActionKind::SourceFixAll, edits))
}

/// Whether an edit of the fix touches one that is already taken.
fn meets(taken: &[Edit], fix: &Fix) -> bool {
    let touches = |edit: &Edit| taken.iter().any(|known| known.span.touches(edit.span));
    fix.edits.iter().any(touches)
}

/// Adds a line before the item to accept the finding. The reason is left empty, and an empty reason is an error, so
/// nobody accepts anything without giving one.
fn waive(server: &Server, analysis: &Analysis, finding: &Diagnostic) -> Option<CodeAction> {
    let rule = lint::find(finding.code)?;
    if rule.category == Category::Correctness || finding.severity == Severity::Info {
        return None;
    }
    let place = finding.primary.span;
    let before = item_around(analysis, place).unwrap_or_else(|| contract_around(analysis, place));
    let text = analysis.text(before.file);
    let start = before.start as usize;
    let line = text.get(..start).unwrap_or_default();
    let line_start = line.rfind('\n').map_or(0, |at| at + 1);
    let indent = line
        .get(line_start..)
        .filter(|blanks| blanks.trim().is_empty())?;
    let until = until(analysis, place);
    let name = rule.name;
    let edit = Edit {
        span: Span {
            end: before.start,
            ..before
        },
        text: format!("waive {name} until {until} because \"\"\n{indent}"),
    };
    let edits = workspace_edit(server, analysis, &[edit]);
    Some(CodeAction {
        diagnostics: Some(vec![shown(analysis, finding)]),
        ..action(
            format!("waive `{name}` with a reason…"),
            CodeActionKind::QuickFix,
            edits,
        )
    })
}

/// Finds the item around a place, or the item in the change of an amendment.
fn item_around(analysis: &Analysis, place: Span) -> Option<Span> {
    let tree = analysis.loaded.tree(place.file)?;
    let changes = tree.amendments.iter().flat_map(|one| &one.changes);
    let mut changes = changes.map(|change| match change {
        Change::Add(_, span) | Change::Replace(_, span) | Change::Remove(_, span) => *span,
    });
    let change = changes.find(|span| span.start <= place.start && place.end <= span.end);
    change.or_else(|| Some(analysis.index().item_around(place)?.span))
}

fn contract_around(analysis: &Analysis, place: Span) -> Span {
    let tree = analysis.loaded.tree(place.file);
    let blocks = tree.into_iter().flat_map(|tree| {
        let amendments = tree.amendments.iter().map(|amendment| amendment.span);
        let contracts = tree.contracts.iter().map(|contract| contract.span);
        contracts.chain(amendments)
    });
    let mut around = blocks.filter(|block| block.start <= place.start && place.end <= block.end);
    around.next().unwrap_or(place)
}

/// Proposes a date for the drafter to reconsider: the end of the contract's term. There is no clock here.
fn until(analysis: &Analysis, place: Span) -> String {
    let contracts = analysis.loaded.contracts.iter();
    let mut own = contracts.filter(|checked| checked.contract.span.file == place.file);
    let term = own.find_map(|checked| checked.contract.term);
    term.map_or_else(|| "2026-12-31".to_owned(), |term| term.last.to_string())
}

fn workspace_edit(server: &Server, analysis: &Analysis, edits: &[Edit]) -> WorkspaceEdit {
    let mut by_text: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        let uri = analysis.uri(edit.span.file).to_owned();
        let text = analysis.text(edit.span.file);
        by_text.entry(uri).or_default().push(TextEdit {
            range: analysis.range(edit.span),
            new_text: with_line_ends_of(text, edit.text.clone()),
        });
    }
    edit::of_texts(server, by_text)
}
