//! `textDocument/inlayHint`: off until the user turns it on.

use gen_lsp_types::{InlayHint, InlayHintKind, InlayHintParams};

use crate::ide::inlays;

use super::dispatch::Trouble;
use super::server::Server;

pub(super) fn answer(
    server: &mut Server,
    params: InlayHintParams,
) -> Result<Option<Vec<InlayHint>>, Trouble> {
    if !server.settings.inlay_hints {
        return Ok(Some(Vec::new()));
    }
    let Some(analysis) = server.analysis(&params.text_document.uri.0) else {
        return Ok(None);
    };
    let found = inlays(&analysis.loaded, analysis.span(params.range)).into_iter();
    Ok(Some(
        found
            .map(|inlay| InlayHint {
                position: analysis.position(inlay.after.file, inlay.after.end),
                label: inlay.text.into(),
                kind: Some(InlayHintKind::Type),
                padding_left: Some(!inlay.is_type),
                text_edits: None,
                tooltip: None,
                padding_right: None,
                data: None,
            })
            .collect(),
    ))
}
