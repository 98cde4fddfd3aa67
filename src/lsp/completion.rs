//! `textDocument/completion`

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse,
    InsertTextFormat, Range, TextEdit,
};

use crate::catalogue::Role;
use crate::diagnostic::with_line_ends_of;
use crate::ide::Declared;
use crate::ide::completion::{Completion, CompletionKind, completions};

use crate::syntax::outline::Outline;

use super::dispatch::Trouble;
use super::position::Lines;
use super::server::Server;

/// Answers a completion request. The place is found in the text as it is now. The names come from the last analysis, so
/// a long text need not be analysed again first.
pub(super) fn answer(
    server: &mut Server,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>, Trouble> {
    let place = params.text_document_position_params;
    let uri = place.text_document.uri.0;
    let Some(analysis) = server.last_analysis(&uri) else {
        return Ok(None);
    };
    let file = analysis.file();
    let document = server.documents.get(&uri);
    let text = document.map_or(analysis.text(file), |document| &document.text);
    let made;
    let outline = if text == analysis.text(file) {
        &analysis.outline
    } else {
        made = Outline::of(file, text);
        &made
    };
    let (lines, encoding) = (Lines::new(text), server.client.encoding);
    let at = lines.offset(
        text,
        encoding,
        place.position.line,
        place.position.character,
    );
    let found = completions(&analysis.index(), outline, text, at);
    let position = |at: u32| lines.position(text, encoding, at as usize);
    let range = Range {
        start: position(found.replace.start),
        end: position(found.replace.end),
    };
    let indent = indentation(text, found.replace.start as usize);
    let snippets = server.client.snippets;
    let items = found.items.iter().enumerate();
    let items = items.map(|(at, one)| item(one, at, range, snippets, (text, indent)));
    Ok(Some(
        CompletionList {
            is_incomplete: false,
            items: items.collect(),
            ..CompletionList::default()
        }
        .into(),
    ))
}

/// Returns the blanks at the beginning of the line that a place is on.
fn indentation(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let words = line.trim_start_matches([' ', '\t']);
    line.get(..line.len() - words.len()).unwrap_or_default()
}

fn item(
    completion: &Completion,
    at: usize,
    range: Range,
    snippets: bool,
    (text, indent): (&str, &str),
) -> CompletionItem {
    let (new_text, format) = match &completion.insert {
        None => (completion.label.clone(), InsertTextFormat::PlainText),
        Some(insert) if snippets => (insert.snippet.clone(), InsertTextFormat::Snippet),
        Some(insert) => (
            insert.plain.replace('\n', &format!("\n{indent}")),
            InsertTextFormat::PlainText,
        ),
    };
    CompletionItem {
        label: completion.label.clone(),
        kind: Some(kind(completion.kind)),
        detail: completion.detail.clone(),
        documentation: completion.documentation.clone().map(Into::into),
        sort_text: Some(format!("{at:05}")),
        insert_text_format: Some(format),
        text_edit: Some(
            TextEdit {
                range,
                new_text: with_line_ends_of(text, new_text),
            }
            .into(),
        ),
        ..CompletionItem::default()
    }
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Word => CompletionItemKind::Keyword,
        CompletionKind::Clause => CompletionItemKind::Snippet,
        CompletionKind::Builtin => CompletionItemKind::Constant,
        CompletionKind::Unit => CompletionItemKind::Unit,
        CompletionKind::Choice => CompletionItemKind::EnumMember,
        CompletionKind::File => CompletionItemKind::Module,
        CompletionKind::Rule => CompletionItemKind::Event,
        CompletionKind::Name(what) => match what {
            Declared::Contract | Declared::Library | Declared::Amendment => {
                CompletionItemKind::Module
            }
            Declared::Member => CompletionItemKind::EnumMember,
            Declared::Item(kind) => match kind.role() {
                Role::Unit | Role::Constant => CompletionItemKind::Unit,
                Role::Dimension => CompletionItemKind::Enum,
                Role::Input => CompletionItemKind::Field,
                Role::Measure | Role::Score | Role::Goal => CompletionItemKind::Property,
                Role::Definition => CompletionItemKind::Variable,
                Role::Price
                | Role::Amount
                | Role::Points
                | Role::Level
                | Role::Consequence
                | Role::Story
                | Role::Setting => CompletionItemKind::Function,
            },
        },
    }
}
