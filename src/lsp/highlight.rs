//! `textDocument/documentHighlight`

use gen_lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

use crate::ide::occurrences;

use super::dispatch::Trouble;
use super::server::Server;

pub(super) fn answer(
    server: &mut Server,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>, Trouble> {
    let place = params.text_document_position_params;
    let Some(analysis) = server.analysis(&place.text_document.uri.0) else {
        return Ok(None);
    };
    let file = analysis.file();
    let found = occurrences(&analysis.index(), file, analysis.offset_of(&place));
    let here = found.into_iter().filter(|one| one.span.file == file);
    Ok(Some(
        here.map(|one| DocumentHighlight {
            range: analysis.range(one.span),
            kind: Some(if one.is_declaration {
                DocumentHighlightKind::Write
            } else {
                DocumentHighlightKind::Read
            }),
        })
        .collect(),
    ))
}
