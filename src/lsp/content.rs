//! `workspace/textDocumentContent`: texts that are part of Quidpro, for reading.

use gen_lsp_types::{TextDocumentContentParams, TextDocumentContentResult};

use crate::driver::STANDARD;
use crate::lint;

use super::dispatch::Trouble;
use super::server::Server;
use super::uri;

pub(super) fn answer(
    _: &mut Server,
    params: TextDocumentContentParams,
) -> Result<TextDocumentContentResult, Trouble> {
    let found = text(&params.uri.0);
    let text = found.ok_or_else(|| Trouble::failed("there is no such text"))?;
    Ok(TextDocumentContentResult { text })
}

fn text(uri: &str) -> Option<String> {
    let path = uri.strip_prefix(uri::SCHEME)?.strip_prefix(':')?;
    if let Some(name) = path.strip_prefix("/standard/") {
        let name = name.strip_suffix(".quid")?;
        let library = STANDARD.iter().find(|(known, _)| *known == name)?;
        return Some(library.1.to_owned());
    }
    let name = path.strip_prefix("/rules/")?.strip_suffix(".md")?;
    let rule = lint::find(name)?;
    Some(format!("# {name}\n\n{}", rule.markdown()))
}
