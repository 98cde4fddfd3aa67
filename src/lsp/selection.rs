//! `textDocument/selectionRange`

use gen_lsp_types::{Range, SelectionRange, SelectionRangeParams};

use crate::ide::selections;

use super::dispatch::Trouble;
use super::server::Server;

pub(super) fn answer(
    server: &mut Server,
    params: SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>, Trouble> {
    let Some(analysis) = server.analysis(&params.text_document.uri.0) else {
        return Ok(None);
    };
    let around = |place| {
        let at = analysis.offset(place) as usize;
        let spans = selections(&analysis.outline, at).into_iter().rev();
        let nested = spans.fold(None, |parent: Option<SelectionRange>, span| {
            Some(SelectionRange {
                range: analysis.range(span),
                parent: parent.map(Box::new),
            })
        });
        nested.unwrap_or(SelectionRange {
            range: Range {
                start: place,
                end: place,
            },
            parent: None,
        })
    };
    Ok(Some(params.positions.into_iter().map(around).collect()))
}
