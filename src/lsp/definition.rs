//! `textDocument/definition` and `textDocument/declaration`

use gen_lsp_types::{
    DeclarationParams, DeclarationResponse, DefinitionParams, DefinitionResponse, Location, Range,
    TextDocumentPositionParams,
};

use crate::ide::{LinkTarget, links, rule_at};

use super::analysis::Analysis;
use super::dispatch::Trouble;
use super::server::Server;
use super::uri;

pub(super) fn answer(
    server: &mut Server,
    params: DefinitionParams,
) -> Result<Option<DefinitionResponse>, Trouble> {
    let found = locations(server, &params.text_document_position_params);
    Ok((!found.is_empty()).then(|| DefinitionResponse::Definition(found.into())))
}

pub(super) fn declaration(
    server: &mut Server,
    params: DeclarationParams,
) -> Result<Option<DeclarationResponse>, Trouble> {
    let found = locations(server, &params.text_document_position_params);
    Ok((!found.is_empty()).then(|| DeclarationResponse::Declaration(found.into())))
}

fn locations(server: &mut Server, place: &TextDocumentPositionParams) -> Vec<Location> {
    let shows_content = server.client.shows_content;
    let Some(analysis) = server.analysis(&place.text_document.uri.0) else {
        return Vec::new();
    };
    let at = analysis.offset_of(place);
    let index = analysis.index();
    let found = match index.word(analysis.file(), at) {
        Some(word) => index.meaning(word.declared).map(|one| one.span),
        None => return used_file(&analysis, at, shows_content),
    };
    let sources = &analysis.loaded.sources;
    found
        .filter(|span| shows_content || !sources.is_built_in(span.file))
        .map(|span| analysis.location(span))
        .into_iter()
        .collect()
}

/// Returns the target of a `use`, or of the rule in a waiver.
fn used_file(analysis: &Analysis, at: u32, shows_content: bool) -> Vec<Location> {
    let links = links(&analysis.loaded, analysis.file());
    let here = links
        .into_iter()
        .find(|link| link.span.start <= at && at <= link.span.end);
    let uri = match here.map(|link| link.to) {
        Some(LinkTarget::File(file)) => analysis.uri(file).to_owned(),
        Some(LinkTarget::Standard(name)) if shows_content => uri::of_library(&name),
        _ => match rule_at(&analysis.loaded, analysis.file(), at) {
            Some((_, rule)) if shows_content => uri::of_rule(rule.name),
            _ => return Vec::new(),
        },
    };
    vec![Location {
        uri: uri.into(),
        range: Range::default(),
    }]
}
