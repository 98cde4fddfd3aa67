//! `callHierarchy`: which clauses feed a charge, and what a metric pays.

use gen_lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, Range,
    SymbolKind,
};

use crate::ide::{self, Call, Clause};
use crate::text::Span;

use super::analysis::Analysis;
use super::dispatch::Trouble;
use super::server::Server;

pub(super) fn prepare(
    server: &mut Server,
    params: CallHierarchyPrepareParams,
) -> Result<Option<Vec<CallHierarchyItem>>, Trouble> {
    let place = params.text_document_position_params;
    let Some(analysis) = server.analysis(&place.text_document.uri.0) else {
        return Ok(None);
    };
    let at = analysis.offset_of(&place);
    let clause = ide::clause_at(&analysis.index(), analysis.file(), at);
    Ok(clause.map(|clause| vec![item(&analysis, &clause)]))
}

pub(super) fn incoming(
    server: &mut Server,
    params: CallHierarchyIncomingCallsParams,
) -> Result<Option<Vec<CallHierarchyIncomingCall>>, Trouble> {
    let Some((analysis, clause)) = asked(server, &params.item) else {
        return Ok(None);
    };
    let calls = ide::incoming(&analysis.index(), clause.at);
    Ok(Some(
        calls
            .iter()
            .map(|call| CallHierarchyIncomingCall {
                from: item(&analysis, &call.clause),
                from_ranges: ranges(&analysis, call, call.clause.span),
            })
            .collect(),
    ))
}

pub(super) fn outgoing(
    server: &mut Server,
    params: CallHierarchyOutgoingCallsParams,
) -> Result<Option<Vec<CallHierarchyOutgoingCall>>, Trouble> {
    let Some((analysis, clause)) = asked(server, &params.item) else {
        return Ok(None);
    };
    let calls = ide::outgoing(&analysis.index(), clause.span);
    Ok(Some(
        calls
            .iter()
            .map(|call| CallHierarchyOutgoingCall {
                to: item(&analysis, &call.clause),
                from_ranges: ranges(&analysis, call, clause.span),
            })
            .collect(),
    ))
}

/// Finds the clause that an editor asks about. The request says where the clause's name was.
fn asked(server: &mut Server, item: &CallHierarchyItem) -> Option<(std::rc::Rc<Analysis>, Clause)> {
    let analysis = server.analysis(&item.uri.0)?;
    let at = analysis.offset(item.selection_range.start);
    let clause = ide::clause_at(&analysis.index(), analysis.file(), at)?;
    Some((analysis, clause))
}

fn item(analysis: &Analysis, clause: &Clause) -> CallHierarchyItem {
    let detail = match &clause.clause {
        Some(paper) => format!("{}, {paper}", clause.what),
        None => clause.what.clone(),
    };
    CallHierarchyItem {
        name: clause.name.clone(),
        kind: SymbolKind::Function,
        tags: None,
        detail: Some(detail),
        uri: analysis.uri(clause.at.file).into(),
        range: analysis.range(clause.span),
        selection_range: analysis.range(clause.at),
        data: None,
    }
}

/// Returns the ranges of those words that are in the text of the clause that uses the other.
fn ranges(analysis: &Analysis, call: &Call, within: Span) -> Vec<Range> {
    let words = call.words.iter();
    words
        .filter(|word| word.file == within.file)
        .map(|word| analysis.range(*word))
        .collect()
}
