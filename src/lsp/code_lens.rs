//! `textDocument/codeLens`: run a scenario, this month's amount, the payout curve.

use gen_lsp_types::{CodeLens, CodeLensParams, Command};
use serde_json::{Value, json};

use crate::ide::{Lens, LensKind, MonthAmounts, lenses};
use crate::text::Span;

use super::command::{AMOUNTS, PAYOUT_CURVE, RUN_SCENARIO, newest};
use super::dispatch::Trouble;
use super::server::Server;

pub(super) fn answer(
    server: &mut Server,
    params: CodeLensParams,
) -> Result<Option<Vec<CodeLens>>, Trouble> {
    if !server.settings.code_lenses {
        return Ok(Some(Vec::new()));
    }
    let uri = params.text_document.uri.0;
    let Some(analysis) = server.analysis(&uri) else {
        return Ok(None);
    };
    let months: Vec<(Span, MonthAmounts)> = newest(server, &analysis)
        .into_iter()
        .filter_map(|(contract, month)| Some((contract, month.ok()?)))
        .collect();
    let amounts = |contract: Span| {
        let mut all = months.iter();
        all.find_map(|(span, month)| (*span == contract).then_some(month))
    };
    let index = analysis.index();
    let found = lenses(&index, analysis.file(), amounts).into_iter();
    Ok(Some(
        found
            .map(|lens| CodeLens {
                range: analysis.range(lens.span),
                command: Some(command(&uri, lens)),
                data: None,
            })
            .collect(),
    ))
}

fn command(uri: &str, lens: Lens) -> Command {
    let (name, about) = match lens.kind {
        LensKind::RunScenario(scenario) => (RUN_SCENARIO, json!(scenario)),
        LensKind::Amounts(item) => (AMOUNTS, json!(item)),
        LensKind::PayoutCurve(item) => (PAYOUT_CURVE, json!(item)),
    };
    let arguments: Vec<Value> = vec![json!(uri), about];
    Command {
        title: lens.title,
        command: name.to_owned(),
        arguments: Some(arguments),
        tooltip: None,
    }
}
