//! `textDocument/documentLink`: the files that a file uses.

use gen_lsp_types::{DocumentLink, DocumentLinkParams};

use crate::ide::{LinkTarget, links};

use super::dispatch::Trouble;
use super::server::Server;
use super::uri;

pub(super) fn answer(
    server: &mut Server,
    params: DocumentLinkParams,
) -> Result<Option<Vec<DocumentLink>>, Trouble> {
    let shows_content = server.client.shows_content;
    let Some(analysis) = server.analysis(&params.text_document.uri.0) else {
        return Ok(None);
    };
    let found = links(&analysis.loaded, analysis.file()).into_iter();
    Ok(Some(
        found
            .filter_map(|link| {
                let target = match link.to {
                    LinkTarget::File(file) => analysis.uri(file).to_owned(),
                    LinkTarget::Standard(name) if shows_content => uri::of_library(&name),
                    LinkTarget::Standard(_) => return None,
                };
                Some(DocumentLink {
                    range: analysis.range(link.span),
                    target: Some(target.into()),
                    ..DocumentLink::default()
                })
            })
            .collect(),
    ))
}
