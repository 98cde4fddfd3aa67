//! `textDocument/formatting` and `textDocument/rangeFormatting`: the one canonical layout, whatever the editor's
//! options say.

use gen_lsp_types::{DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit};

use crate::format::{Edit, Refused, edits, format_range};
use crate::text::Span;

use super::analysis::Analysis;
use super::dispatch::Trouble;
use super::server::Server;

pub(super) fn document(
    server: &mut Server,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<TextEdit>>, Trouble> {
    let Some(analysis) = server.analysis(&params.text_document.uri.0) else {
        return Ok(None);
    };
    let made = edits(analysis.text(analysis.file())).map_err(refused)?;
    Ok(Some(shown(&analysis, made)))
}

pub(super) fn range(
    server: &mut Server,
    params: DocumentRangeFormattingParams,
) -> Result<Option<Vec<TextEdit>>, Trouble> {
    let Some(analysis) = server.analysis(&params.text_document.uri.0) else {
        return Ok(None);
    };
    let part = analysis.span(params.range).range();
    let made = format_range(analysis.text(analysis.file()), &part).map_err(refused)?;
    Ok(Some(shown(&analysis, made)))
}

fn shown(analysis: &Analysis, edits: Vec<Edit>) -> Vec<TextEdit> {
    let all = edits.into_iter();
    all.map(|edit| TextEdit {
        range: analysis.range(Span::new(analysis.file(), edit.range.start, edit.range.end)),
        new_text: edit.with,
    })
    .collect()
}

fn refused(refused: Refused) -> Trouble {
    match refused {
        Refused::TooLarge => Trouble::failed("the text is too large to be laid out"),
        Refused::WouldChange(what) => Trouble::failed(format!(
            "the text was not laid out, because that would have changed more than the layout: {what}"
        )),
    }
}
