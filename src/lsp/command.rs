//! `workspace/executeCommand`: what the lines above clauses do. Each command takes a URI and what it is about, and
//! answers with plain data and the same as text. The editor decides what to do with it.

use crate::catalogue::ItemKind;
use std::rc::Rc;

use gen_lsp_types::ExecuteCommandParams;
use lsp_server::ErrorCode;
use serde_json::{Value, json};

use crate::driver::run_scenarios_of;
use crate::ide::{Curve, Declared, MonthAmounts, incoming, newest_month, payout_curve};
use crate::text::Span;

use super::analysis::Analysis;
use super::dispatch::Trouble;
use super::server::Server;
use super::uri;

/// Runs a scenario. Takes a URI and the scenario's name; without a name, all scenarios run.
pub(super) const RUN_SCENARIO: &str = "quidpro.runScenario";
/// The amounts of the newest month of the data next to a contract. Takes a URI and an item, by the byte at which it
/// begins or by its name; without an item, all lines are returned.
pub(super) const AMOUNTS: &str = "quidpro.amounts";
/// What an item pays at each value of its measure. Takes a URI and the byte at which the item begins, or its name.
pub(super) const PAYOUT_CURVE: &str = "quidpro.payoutCurve";

/// All commands.
pub(super) const ALL: &[&str] = &[RUN_SCENARIO, AMOUNTS, PAYOUT_CURVE];

pub(super) fn answer(
    server: &mut Server,
    params: ExecuteCommandParams,
) -> Result<Option<Value>, Trouble> {
    let mut arguments = params.arguments.unwrap_or_default().into_iter();
    let uri = arguments.next();
    let about = arguments.next().unwrap_or(Value::Null);
    let uri = uri.as_ref().and_then(Value::as_str).unwrap_or_default();
    if !ALL.contains(&params.command.as_str()) {
        let message = format!("there is no command `{}`", params.command);
        return Err(Trouble::new(ErrorCode::InvalidParams, message));
    }
    let Some(analysis) = server.analysis(uri) else {
        let message = "the first argument must be the URI of a contract";
        return Err(Trouble::new(ErrorCode::InvalidParams, message));
    };
    match params.command.as_str() {
        RUN_SCENARIO => run(&analysis, &about),
        AMOUNTS => amounts(server, &analysis, &about),
        _ => curve(&analysis, &about),
    }
    .map(Some)
}

fn run(analysis: &Analysis, about: &Value) -> Result<Value, Trouble> {
    if !analysis.loaded.is_sound() {
        return Err(Trouble::failed(
            "the contract has errors, so its scenarios cannot be run",
        ));
    }
    let wanted = about.as_str();
    let results = analysis.loaded.contracts.iter().flat_map(run_scenarios_of);
    let results: Vec<_> = results
        .filter(|result| wanted.is_none_or(|wanted| result.name == wanted))
        .collect();
    if results.is_empty() {
        return Err(Trouble::failed("there is no such scenario"));
    }
    let mut lines = Vec::new();
    let mut told = Vec::new();
    for result in &results {
        let passed = result.has_passed();
        lines.push(match passed {
            true => format!("passed: {}", result.name),
            false => format!("failed: {}", result.name),
        });
        let mismatches: Vec<Value> = result
            .mismatches
            .iter()
            .map(|mismatch| {
                lines.push(format!("  {}: {}", mismatch.month, mismatch.message));
                json!({
                    "month": mismatch.month.to_string(),
                    "message": mismatch.message,
                    "location": analysis.location(mismatch.span),
                })
            })
            .collect();
        told.push(json!({
            "name": result.name,
            "passed": passed,
            "mismatches": mismatches,
        }));
    }
    Ok(json!({ "scenarios": told, "text": lines.join("\n") }))
}

/// Returns the newest month of the data next to a text, for each of its contracts.
pub(super) fn newest(
    server: &Server,
    analysis: &Rc<Analysis>,
) -> Vec<(Span, Result<MonthAmounts, String>)> {
    let Some(path) = uri::path(analysis.uri(analysis.file())) else {
        return Vec::new();
    };
    let stem = path.strip_suffix(".quid").unwrap_or(&path);
    let data = format!("{stem}.csv");
    let Some(bytes) = server.world.data(&data) else {
        return Vec::new();
    };
    let name = data.rsplit('/').next().unwrap_or(&data).to_owned();
    let contracts = analysis.loaded.contracts.iter();
    contracts
        .map(|checked| {
            let month = newest_month(checked, &name, bytes.as_slice());
            (checked.contract.span, month)
        })
        .collect()
}

fn amounts(server: &Server, analysis: &Rc<Analysis>, about: &Value) -> Result<Value, Trouble> {
    let item = match about {
        Value::Null => None,
        about => Some(item(analysis, about)?),
    };
    let months = newest(server, analysis);
    if months.is_empty() {
        return Err(Trouble::failed(
            "there is no data beside the contract: a file of the same name that ends in `.csv`",
        ));
    }
    let mut lines = Vec::new();
    let mut told = Vec::new();
    for (_, month) in months {
        let month = month.map_err(Trouble::failed)?;
        if !month.refused.is_empty() {
            return Err(Trouble::failed(format!(
                "{} has no invoice: {}",
                month.month,
                month.refused.join("; ")
            )));
        }
        let wanted = month.lines.iter().filter(|line| {
            item.is_none_or(|item| {
                line.item.file == item.file
                    && item.start <= line.item.start
                    && line.item.end <= item.end
            })
        });
        let mut rows = Vec::new();
        lines.push(month.month.to_string());
        for line in wanted {
            lines.push(format!("  {}: {}", line.name, line.amount));
            rows.push(json!({ "name": line.name, "amount": line.amount.to_string() }));
        }
        let total = month.total.as_ref().map(ToString::to_string);
        if let Some(total) = &total {
            lines.push(format!("  total: {total}"));
        }
        told.push(json!({
            "month": month.month.to_string(),
            "accounts": month.accounts,
            "lines": rows,
            "total": total,
        }));
    }
    Ok(json!({ "contracts": told, "text": lines.join("\n") }))
}

fn curve(analysis: &Analysis, about: &Value) -> Result<Value, Trouble> {
    let item = item(analysis, about)?;
    let Curve {
        measure,
        month,
        points,
    } = payout_curve(&analysis.index(), adjusted(analysis, item)).map_err(Trouble::failed)?;
    let mut lines = vec![format!("{measure}, all else as in {month}")];
    let mut told = Vec::new();
    for point in &points {
        lines.push(format!("  {}: {}", point.value, point.amount));
        told.push(json!({
            "value": point.value.to_string(),
            "amount": point.amount.to_string(),
            "total": point.total.to_string(),
        }));
    }
    Ok(json!({
        "measure": measure,
        "month": month.to_string(),
        "points": told,
        "text": lines.join("\n"),
    }))
}

/// Returns the item that adjusts a charge, if there is one, because the charge itself names no measure.
fn adjusted(analysis: &Analysis, item: Span) -> Span {
    let index = analysis.index();
    let charges = index.declarations.iter();
    let mut charges =
        charges.filter(|one| one.what == Declared::Item(ItemKind::Charge) && one.whole == item);
    let calls = charges.next().map(|one| incoming(&index, one.span));
    let mut adjusts = calls.into_iter().flatten();
    let adjust = adjusts.find(|call| call.clause.what == "adjust");
    adjust.map_or(item, |call| call.clause.span)
}

/// Finds the item that an argument means, by the byte at which it begins or by its name.
fn item(analysis: &Analysis, about: &Value) -> Result<Span, Trouble> {
    let file = analysis.file();
    let unknown = || Trouble::failed("there is no such clause");
    let index = analysis.index();
    if let Some(start) = about.as_u64() {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let place = Span {
            file,
            start,
            end: start,
        };
        return Ok(index.item_around(place).ok_or_else(unknown)?.span);
    }
    let name = about.as_str().ok_or_else(unknown)?;
    let mut named = index.declarations.iter();
    let found = named.find(|one| one.name == name && one.span.file == file && one.item.is_some());
    found.map(|one| one.whole).ok_or_else(unknown)
}
