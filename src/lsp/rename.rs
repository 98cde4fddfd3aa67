//! `textDocument/prepareRename` and `textDocument/rename`: across all files that know the name.

use std::collections::BTreeMap;

use gen_lsp_types::{
    PrepareRenameParams, PrepareRenamePlaceholder, PrepareRenameResult, RenameParams, TextEdit,
    WorkspaceEdit,
};

use crate::ide::{self, Refusal};

use super::dispatch::Trouble;
use super::edit;
use super::references::everywhere;
use super::server::Server;

pub(super) fn prepare(
    server: &mut Server,
    params: PrepareRenameParams,
) -> Result<Option<PrepareRenameResult>, Trouble> {
    let place = params.text_document_position_params;
    let Some(analysis) = server.analysis(&place.text_document.uri.0) else {
        return Ok(None);
    };
    let at = analysis.offset_of(&place);
    let word = ide::renameable(&analysis.index(), analysis.file(), at).map_err(refused)?;
    Ok(Some(
        PrepareRenamePlaceholder {
            range: analysis.range(word.at),
            placeholder: analysis.loaded.sources.slice(word.at).to_owned(),
        }
        .into(),
    ))
}

pub(super) fn answer(
    server: &mut Server,
    params: RenameParams,
) -> Result<Option<WorkspaceEdit>, Trouble> {
    let place = params.text_document_position_params;
    let Some(analysis) = server.analysis(&place.text_document.uri.0) else {
        return Ok(None);
    };
    let at = analysis.offset_of(&place);
    let mut edits: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
    for (analysis, file, at) in everywhere(server, &analysis, at) {
        let index = analysis.index();
        let files = server.files();
        let renamed = ide::rename(&index, file, at, &params.new_name, &files).map_err(refused)?;
        for change in renamed.edits {
            let of_text = edits
                .entry(analysis.uri(change.span.file).to_owned())
                .or_default();
            let change = TextEdit {
                range: analysis.range(change.span),
                new_text: change.text,
            };
            if !of_text.contains(&change) {
                of_text.push(change);
            }
        }
    }
    Ok(Some(edit::of_texts(server, edits)))
}

fn refused(Refusal(reason): Refusal) -> Trouble {
    Trouble::failed(reason)
}
