//! `textDocument/documentSymbol` and `workspace/symbol`

use gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location,
    SymbolInformation, SymbolKind, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

use crate::catalogue::Role;
use crate::ide;
use crate::syntax::outline::Outline;
use crate::text::FileId;

use super::analysis::Analysis;
use super::dispatch::Trouble;
use super::position::Lines;
use super::server::Server;
use super::uri;

/// The most symbols that are returned for all files.
const MOST: usize = 1_000;

pub(super) fn document(
    server: &mut Server,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>, Trouble> {
    let as_tree = server.client.symbol_tree;
    let uri = params.text_document.uri.0;
    let Some(analysis) = server.analysis(&uri) else {
        return Ok(None);
    };
    let symbols = ide::symbols(&analysis.outline, analysis.text(analysis.file()));
    if as_tree {
        let tree: Vec<DocumentSymbol> = symbols.iter().map(|one| tree(&analysis, one)).collect();
        return Ok(Some(tree.into()));
    }
    let mut flat = Vec::new();
    for symbol in &symbols {
        flatten(symbol, None, &mut |symbol, container| {
            let location = analysis.location(symbol.span);
            flat.push(information(symbol, container, location));
        });
    }
    Ok(Some(flat.into()))
}

fn tree(analysis: &Analysis, symbol: &ide::Symbol) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = symbol
        .children
        .iter()
        .map(|child| tree(analysis, child))
        .collect();
    DocumentSymbol {
        detail: symbol.detail.clone(),
        children: (!children.is_empty()).then_some(children),
        ..DocumentSymbol::new(
            symbol.name.clone(),
            None,
            kind(symbol.kind),
            None,
            None,
            analysis.range(symbol.span),
            analysis.range(symbol.at),
            None,
        )
    }
}

/// Finds names, in all contracts of the editor's folders, that hold the letters of the query in order.
pub(super) fn workspace(
    server: &mut Server,
    params: WorkspaceSymbolParams,
) -> Result<Option<WorkspaceSymbolResponse>, Trouble> {
    let query = params.query.to_lowercase();
    let mut found: Vec<SymbolInformation> = Vec::new();
    for uri in server.all_uris() {
        let text = match server.documents.get(&uri) {
            Some(document) => Some(document.text.clone()),
            None => uri::path(&uri).and_then(|path| server.files().text(&path).ok()),
        };
        let Some(text) = text else { continue };
        let outline = Outline::of(FileId(0), &text);
        let (lines, encoding) = (Lines::new(&text), server.client.encoding);
        for symbol in ide::symbols(&outline, &text) {
            flatten(&symbol, None, &mut |symbol, container| {
                if found.len() < MOST && matches(&symbol.name, &query) {
                    let at = |byte: u32| lines.position(&text, encoding, byte as usize);
                    let location = Location {
                        uri: uri.as_str().into(),
                        range: gen_lsp_types::Range {
                            start: at(symbol.at.start),
                            end: at(symbol.at.end),
                        },
                    };
                    found.push(information(symbol, container, location));
                }
            });
        }
    }
    Ok(Some(found.into()))
}

fn flatten<'s>(
    symbol: &'s ide::Symbol,
    container: Option<&'s str>,
    tell: &mut dyn FnMut(&ide::Symbol, Option<&str>),
) {
    tell(symbol, container);
    for child in &symbol.children {
        flatten(child, Some(&symbol.name), tell);
    }
}

fn information(
    symbol: &ide::Symbol,
    container: Option<&str>,
    location: Location,
) -> SymbolInformation {
    let named = BaseSymbolInformation {
        name: symbol.name.clone(),
        kind: kind(symbol.kind),
        tags: None,
        container_name: container.map(str::to_owned),
    };
    SymbolInformation::new(None, location, named)
}

/// Whether a name holds the letters of a query in order.
fn matches(name: &str, query: &str) -> bool {
    let name = name.to_lowercase();
    let mut letters = name.chars();
    query
        .chars()
        .all(|wanted| letters.any(|letter| letter == wanted))
}

/// Maps a symbol to the nearest of the protocol's symbols, which are those of programs.
pub(super) fn kind(kind: ide::SymbolKind) -> SymbolKind {
    match kind {
        ide::SymbolKind::Contract => SymbolKind::Class,
        ide::SymbolKind::Library => SymbolKind::Module,
        ide::SymbolKind::Amendment => SymbolKind::Package,
        ide::SymbolKind::Item(kind) => match kind.role() {
            Role::Input => SymbolKind::Field,
            Role::Measure => SymbolKind::Property,
            Role::Definition => SymbolKind::Variable,
            Role::Unit | Role::Constant => SymbolKind::Constant,
            Role::Dimension => SymbolKind::Enum,
            Role::Price => SymbolKind::Function,
            Role::Score | Role::Points => SymbolKind::Array,
            Role::Level => SymbolKind::Interface,
            Role::Story => SymbolKind::Event,
            Role::Goal => SymbolKind::Key,
            Role::Amount | Role::Consequence => SymbolKind::Method,
            Role::Setting => SymbolKind::String,
        },
    }
}
