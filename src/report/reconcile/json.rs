//! A reconciliation for programs: `docs/schema/reconciliation.schema.json`.

use serde::Serialize;

use crate::report::document::{Amount, Document};
use crate::report::escape::json::pretty;

use super::{Effect, Reconciliation, Status, Why};

/// The version of the schema.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Whole<'r> {
    schema_version: u32,
    number: Option<&'r str>,
    date: Option<&'r str>,
    file: &'r str,
    lines: Vec<Line<'r>>,
    ours: &'r Amount,
    theirs: &'r Amount,
    stated: Option<&'r Amount>,
    difference: &'r Amount,
    undisputed: &'r Amount,
    effects: Vec<Part<'r>>,
    document: &'r Document,
}

#[derive(Serialize)]
struct Line<'r> {
    status: Status,
    name: Option<&'r str>,
    title: &'r str,
    ours: Option<&'r Amount>,
    theirs: Option<&'r Amount>,
    difference: &'r Amount,
    undisputed: &'r Amount,
    reason: Option<Why>,
    words: &'r str,
    effects: Vec<Part<'r>>,
}

#[derive(Serialize)]
struct Part<'r> {
    effect: Effect,
    amount: &'r Amount,
}

/// The reconciliation.
#[must_use]
pub fn render(reconciliation: &Reconciliation) -> String {
    let lines = reconciliation.lines.iter().map(|line| Line {
        status: line.status,
        name: line.name.as_deref(),
        title: &line.title,
        ours: line.ours.as_ref(),
        theirs: line.theirs.as_ref(),
        difference: &line.difference,
        undisputed: &line.undisputed,
        reason: line.why,
        words: &line.words,
        effects: parts(&line.effects),
    });
    pretty(&Whole {
        schema_version: SCHEMA_VERSION,
        number: reconciliation.number.as_deref(),
        date: reconciliation.date.as_deref(),
        file: &reconciliation.file,
        lines: lines.collect(),
        ours: &reconciliation.ours.total,
        theirs: &reconciliation.theirs,
        stated: reconciliation.stated.as_ref(),
        difference: &reconciliation.difference,
        undisputed: &reconciliation.undisputed,
        effects: parts(&reconciliation.effects),
        document: &reconciliation.ours,
    })
}

fn parts(effects: &[(Effect, Amount)]) -> Vec<Part<'_>> {
    let each = effects.iter();
    each.map(|(effect, amount)| Part {
        effect: *effect,
        amount,
    })
    .collect()
}
