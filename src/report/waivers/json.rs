//! Waivers for programs, described by `docs/schema/waivers.schema.json`.

use serde::Serialize;

use crate::report::escape::json::pretty;

use super::{Row, State};

#[derive(Serialize)]
struct Waiver<'r> {
    file: &'r str,
    line: usize,
    clause: &'r str,
    rule: &'r str,
    until: String,
    days_left: i64,
    because: &'r str,
    #[serde(rename = "ref")]
    reference: Option<&'r str>,
    state: &'static str,
}

/// All waivers as one JSON array.
#[must_use]
pub fn render(rows: &[Row]) -> String {
    let each = rows.iter().map(|row| Waiver {
        file: &row.file,
        line: row.line,
        clause: &row.clause,
        rule: &row.rule,
        until: row.until.to_string(),
        days_left: row.days,
        because: &row.because,
        reference: row.reference.as_deref(),
        state: match row.state {
            State::InForce => "in-force",
            State::Unused => "unused",
            State::Ended => "ended",
        },
    });
    pretty(&each.collect::<Vec<_>>())
}
