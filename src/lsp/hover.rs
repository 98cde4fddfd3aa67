//! `textDocument/hover`

use gen_lsp_types::{Hover, HoverParams, MarkupContent, MarkupKind};

use crate::ide;
use crate::report::escape::terminal;

use super::dispatch::Trouble;
use super::server::Server;

pub(super) fn answer(server: &mut Server, params: HoverParams) -> Result<Option<Hover>, Trouble> {
    let place = params.text_document_position_params;
    let Some(analysis) = server.analysis(&place.text_document.uri.0) else {
        return Ok(None);
    };
    let hover = ide::hover(
        &analysis.index(),
        analysis.file(),
        analysis.offset_of(&place),
    );
    Ok(hover.map(|hover| Hover {
        contents: MarkupContent {
            kind: MarkupKind::Markdown,
            value: terminal::lines(&hover.markdown),
        }
        .into(),
        range: Some(analysis.range(hover.span)),
    }))
}
