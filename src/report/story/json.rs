//! The story of a number for programs: one JSON document, described by `docs/schema/story.schema.json`.

use serde::Serialize;

use crate::report::escape::json::pretty;

use crate::ledger::{DataCell, Step, Story};
use crate::report::wire::{Amendment, Place, Value};
use crate::report::words::step_kind_key;
use crate::text::Sources;

use super::answer::answer_value;

/// The version of the document's schema. It is raised when a reader of the previous version could be misled.
pub const SCHEMA_VERSION: u32 = 1;

/// The story of a number of the contract `contract`.
#[must_use]
pub fn render(contract: &str, story: &Story, sources: &Sources) -> String {
    let steps = story.steps.iter().enumerate();
    let document = Document {
        schema_version: SCHEMA_VERSION,
        contract,
        account: story.account.as_deref(),
        month: story.month.to_string(),
        amendment: story.amendment.as_ref().map(Amendment::from),
        line: story.line.as_deref(),
        value: answer_value(story).as_ref().map(Value::from),
        steps: steps
            .map(|(at, step)| JsonStep::new(at + 1, step, sources))
            .collect(),
    };
    pretty(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    contract: &'a str,
    account: Option<&'a str>,
    month: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    amendment: Option<Amendment>,
    line: Option<&'a str>,
    value: Option<Value>,
    steps: Vec<JsonStep<'a>>,
}

#[derive(Serialize)]
struct JsonStep<'a> {
    number: usize,
    kind: &'static str,
    name: &'a str,
    value: Option<Value>,
    text: &'a str,
    written: &'a str,
    clause: Option<&'a str>,
    place: Place,
    uses: Vec<usize>,
    cell: Option<Cell<'a>>,
}

#[derive(Serialize)]
struct Cell<'a> {
    row: usize,
    column: &'a str,
    text: &'a str,
}

impl<'a> JsonStep<'a> {
    fn new(number: usize, step: &'a Step, sources: &'a Sources) -> Self {
        Self {
            number,
            kind: step_kind_key(step.kind),
            name: &step.name,
            value: step.value.as_ref().map(Value::from),
            text: &step.text,
            written: sources.slice(step.span),
            clause: step.clause.as_deref(),
            place: Place::of(step.span, sources),
            uses: step.uses.iter().map(|at| at + 1).collect(),
            cell: step.cell.as_ref().map(Cell::from),
        }
    }
}

impl<'a> From<&'a DataCell> for Cell<'a> {
    fn from(cell: &'a DataCell) -> Self {
        Self {
            row: cell.row,
            column: &cell.column,
            text: &cell.text,
        }
    }
}
