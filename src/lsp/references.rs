//! `textDocument/references`: in every contract of the editor's folders that uses the same file.

use std::rc::Rc;

use gen_lsp_types::{Location, ReferenceParams};

use crate::ide::occurrences;
use crate::text::{FileId, Span};

use super::analysis::Analysis;
use super::dispatch::Trouble;
use super::server::Server;

pub(super) fn answer(
    server: &mut Server,
    params: ReferenceParams,
) -> Result<Option<Vec<Location>>, Trouble> {
    let place = params.text_document_position_params;
    let Some(analysis) = server.analysis(&place.text_document.uri.0) else {
        return Ok(None);
    };
    let at = analysis.offset_of(&place);
    let with_declaration = params.context.include_declaration;
    let mut found = Vec::new();
    for (analysis, file, at) in everywhere(server, &analysis, at) {
        let shows = |span: Span| !analysis.loaded.sources.is_built_in(span.file);
        let all = occurrences(&analysis.index(), file, at).into_iter();
        found.extend(
            all.filter(|one| with_declaration || !one.is_declaration)
                .filter(|one| shows(one.span))
                .map(|one| analysis.location(one.span)),
        );
    }
    found.sort_by(|one, other| {
        (&one.uri.0, one.range.start).cmp(&(&other.uri.0, other.range.start))
    });
    found.dedup();
    Ok(Some(found))
}

/// Returns the places of a name, in its own text and in every other text that reads the file in which the name is
/// given. A library is used by several contracts, so the same place is read from each of them.
pub(super) fn everywhere(
    server: &mut Server,
    own: &Rc<Analysis>,
    at: u32,
) -> Vec<(Rc<Analysis>, FileId, u32)> {
    let mut found = vec![(Rc::clone(own), own.file(), at)];
    let index = own.index();
    let Some(word) = index.word(own.file(), at) else {
        return found;
    };
    let declared = word.declared;
    let home = own.uri(declared.file).to_owned();
    for uri in server.all_uris() {
        let Some(other) = server.analysis(&uri) else {
            continue;
        };
        if Rc::ptr_eq(&other, own) {
            continue;
        }
        let sources = other.loaded.sources.iter();
        let file = sources
            .map(|(file, _)| file)
            .find(|file| other.uri(*file) == home);
        if let Some(file) = file {
            found.push((other, file, declared.start));
        }
    }
    found
}
