//! `textDocument/foldingRange`

use gen_lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use crate::ide::{FoldKind, folds};

use super::dispatch::Trouble;
use super::server::Server;

pub(super) fn answer(
    server: &mut Server,
    params: FoldingRangeParams,
) -> Result<Option<Vec<FoldingRange>>, Trouble> {
    let Some(analysis) = server.analysis(&params.text_document.uri.0) else {
        return Ok(None);
    };
    let folds = folds(&analysis.outline, analysis.text(analysis.file()));
    let ranges = folds.into_iter().map(|fold| {
        let range = analysis.range(fold.span);
        FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: match fold.kind {
                FoldKind::Clause => None,
                FoldKind::Comments => Some(FoldingRangeKind::Comment),
                FoldKind::Uses => Some(FoldingRangeKind::Imports),
            },
            ..FoldingRange::default()
        }
    });
    Ok(Some(ranges.collect()))
}
