//! A recount for programs: `docs/schema/records.schema.json`.

use serde_json::{Value as Json, json};

use crate::quantity::Exact;
use crate::report::amount;
use crate::report::escape::json::pretty;

use super::{Reading, Recount, Recounted, RecountedMonth};

/// The version of the schema.
pub const SCHEMA_VERSION: u32 = 1;

/// The recount.
#[must_use]
pub fn render(recount: &Recount) -> String {
    let alone = recount.alone.iter().map(|(account, month, file)| {
        json!({ "account": account, "month": month.to_string(), "file": file })
    });
    pretty(&json!({
        "schema_version": SCHEMA_VERSION,
        "contract": recount.contract,
        "currency": recount.currency.to_string(),
        "reported": recount.files.0,
        "records": recount.files.1,
        "agrees": recount.agrees(),
        "months": recount.months.iter().map(|month| of_month(recount, month)).collect::<Vec<_>>(),
        "not_compared": alone.collect::<Vec<_>>(),
    }))
}

fn of_month(recount: &Recount, month: &RecountedMonth) -> Json {
    let money =
        |amount: Option<&Exact>| amount.map(|amount| amount::plain(amount, recount.currency));
    json!({
        "account": month.account,
        "month": month.month.to_string(),
        "values": month.values.iter().map(|one| value(recount, one)).collect::<Vec<_>>(),
        "reported_total": money(month.reported_total.as_ref()),
        "recounted_total": money(month.recounted_total.as_ref()),
        "worth": money(month.worth().as_ref()),
    })
}

fn value(recount: &Recount, one: &Recounted) -> Json {
    let number = |value: &Exact| value.to_fixed(value.decimal_places().unwrap_or(6));
    let reading = |reading: &Reading| match reading {
        Reading::Value(value) => Some(number(value)),
        Reading::Missing | Reading::Unreadable => None,
    };
    json!({
        "column": one.column,
        "title": one.title,
        "counted_from": one.definition,
        "reported": reading(&one.reported),
        "recounted": reading(&one.recounted),
        "difference": one.difference().as_ref().map(number),
        "agrees": one.agrees(),
        "worth": one.worth.as_ref().map(|worth| amount::plain(worth, recount.currency)),
    })
}
