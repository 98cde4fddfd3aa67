//! `textDocument/semanticTokens`: for a whole text, for a part, or as what has changed since.

use gen_lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensDeltaResponse, SemanticTokensEdit, SemanticTokensLegend, SemanticTokensParams,
    SemanticTokensRangeParams,
};

use crate::catalogue::Role;
use crate::ide::{Declared, Paint, PaintKind, paints};
use crate::text::Span;

use super::analysis::Analysis;
use super::dispatch::Trouble;
use super::server::Server;

const TYPES: &[&str] = &[
    "keyword",
    "function",
    "type",
    "enumMember",
    "property",
    "number",
    "string",
    "comment",
    "operator",
    "namespace",
    "enum",
    "parameter",
    "variable",
    "class",
    "method",
];
const MODIFIERS: &[&str] = &["declaration", "defaultLibrary"];

/// Returns the names of the numbers.
pub(super) fn legend() -> SemanticTokensLegend {
    let words = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect();
    SemanticTokensLegend {
        token_types: words(TYPES),
        token_modifiers: words(MODIFIERS),
    }
}

pub(super) fn full(
    server: &mut Server,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokens>, Trouble> {
    let uri = params.text_document.uri.0;
    let Some(analysis) = server.analysis(&uri) else {
        return Ok(None);
    };
    let data = numbers(&analysis, None);
    let state = analysis.state();
    let told = tokens(state.clone(), &data);
    server.colours.insert(uri, (state, data));
    Ok(Some(told))
}

pub(super) fn delta(
    server: &mut Server,
    params: SemanticTokensDeltaParams,
) -> Result<Option<SemanticTokensDeltaResponse>, Trouble> {
    let uri = params.text_document.uri.0;
    let Some(analysis) = server.analysis(&uri) else {
        return Ok(None);
    };
    let data = numbers(&analysis, None);
    let state = analysis.state();
    let former = server
        .colours
        .insert(uri, (state.clone(), data.clone()))
        .filter(|(former, _)| *former == params.previous_result_id);
    Ok(Some(match former {
        None => tokens(state, &data).into(),
        Some((_, former)) => SemanticTokensDelta {
            result_id: Some(state),
            edits: difference(&former, &data),
        }
        .into(),
    }))
}

pub(super) fn range(
    server: &mut Server,
    params: SemanticTokensRangeParams,
) -> Result<Option<SemanticTokens>, Trouble> {
    let Some(analysis) = server.analysis(&params.text_document.uri.0) else {
        return Ok(None);
    };
    let part = analysis.span(params.range);
    let data = numbers(&analysis, Some(part));
    Ok(Some(SemanticTokens {
        result_id: None,
        data: split(&data),
    }))
}

fn tokens(state: String, data: &[u32]) -> SemanticTokens {
    SemanticTokens {
        result_id: Some(state),
        data: split(data),
    }
}

fn split(data: &[u32]) -> Vec<SemanticToken> {
    let fives = data.chunks_exact(5).filter_map(|five| match five {
        [line, start, length, kind, modifiers] => Some(SemanticToken {
            delta_line: *line,
            delta_start: *start,
            length: *length,
            token_type: *kind,
            token_modifiers_bitset: *modifiers,
        }),
        _ => None,
    });
    fives.collect()
}

/// Returns the colours as the protocol encodes them: each place relative to the one before.
fn numbers(analysis: &Analysis, part: Option<Span>) -> Vec<u32> {
    let all = paints(&analysis.index(), &analysis.outline);
    let wanted = all
        .into_iter()
        .filter(|paint| part.is_none_or(|part| paint.span.touches(part)));
    let mut numbers = Vec::new();
    let (mut line, mut column) = (0, 0);
    for paint in wanted {
        for piece in lines_of(analysis, paint.span) {
            let range = analysis.range(piece);
            let start = range.start;
            let from = if start.line == line { column } else { 0 };
            numbers.extend([
                start.line.saturating_sub(line),
                start.character.saturating_sub(from),
                range.end.character.saturating_sub(start.character),
                kind(paint.kind),
                modifiers(&paint),
            ]);
            (line, column) = (start.line, start.character);
        }
    }
    numbers
}

/// Splits a span into lines: not every editor accepts a colour over several lines.
fn lines_of(analysis: &Analysis, span: Span) -> Vec<Span> {
    let text = analysis.loaded.sources.slice(span);
    if !text.contains(['\n', '\r']) {
        return vec![span];
    }
    let mut start = span.start;
    let mut found = Vec::new();
    for line in text.split_inclusive(['\n', '\r']) {
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(0);
        let shown = length(line.trim_end_matches(['\n', '\r']));
        if shown > 0 {
            found.push(Span {
                start,
                end: start + shown,
                ..span
            });
        }
        start += length(line);
    }
    found
}

fn kind(kind: PaintKind) -> u32 {
    let name = match kind {
        PaintKind::Keyword => "keyword",
        PaintKind::Function => "function",
        PaintKind::Unit => "type",
        PaintKind::Choice => "enumMember",
        PaintKind::Property => "property",
        PaintKind::Number => "number",
        PaintKind::Text => "string",
        PaintKind::Comment => "comment",
        PaintKind::Operator => "operator",
        PaintKind::UnknownName => "variable",
        PaintKind::Name(what) => match what {
            Declared::Contract | Declared::Library | Declared::Amendment => "namespace",
            Declared::Member => "enumMember",
            Declared::Item(kind) => match kind.role() {
                Role::Unit | Role::Constant => "type",
                Role::Dimension => "enum",
                Role::Input => "parameter",
                Role::Measure | Role::Score | Role::Goal => "property",
                Role::Definition => "variable",
                Role::Price | Role::Amount => "method",
                Role::Points | Role::Level | Role::Consequence | Role::Story | Role::Setting => {
                    "class"
                }
            },
        },
    };
    let at = TYPES.iter().position(|known| *known == name);
    at.and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
}

fn modifiers(paint: &Paint) -> u32 {
    u32::from(paint.is_declaration) | (u32::from(paint.is_built_in) << 1)
}

/// Returns the one edit that turns one list into the other. Their common beginning and end are left out of it.
fn difference(former: &[u32], now: &[u32]) -> Vec<SemanticTokensEdit> {
    let alike = |one: &[u32], other: &[u32]| {
        let both = one.iter().zip(other);
        both.take_while(|(one, other)| one == other).count()
    };
    let start = alike(former, now);
    if start == former.len() && start == now.len() {
        return Vec::new();
    }
    let (old, new) = (
        former.get(start..).unwrap_or_default(),
        now.get(start..).unwrap_or_default(),
    );
    let ends = old.iter().rev().zip(new.iter().rev());
    let end = ends.take_while(|(one, other)| one == other).count();
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    vec![SemanticTokensEdit {
        start: small(start),
        delete_count: small(old.len() - end),
        data: Some(new.get(..new.len() - end).unwrap_or_default().to_vec()),
    }]
}
