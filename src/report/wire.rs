//! Parts that several JSON documents share.

use serde::Serialize;

use crate::ledger::Amended;
use crate::quantity::{Figure, Type};
use crate::text::{Sources, Span};

use super::words::type_key;

/// A place in a file. Both numbers count from 1, and the column is in characters.
#[derive(Serialize)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A value with its type. Numbers are texts, so that no reader rounds them.
#[derive(Serialize)]
pub(super) struct Value {
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
    unit: Option<String>,
}

impl Place {
    /// Where the span starts.
    pub(super) fn of(span: Span, sources: &Sources) -> Self {
        let start = sources.start(span);
        Self {
            file: sources.name(span.file).to_owned(),
            line: start.line,
            column: start.column,
        }
    }
}

impl From<&Figure> for Value {
    fn from(figure: &Figure) -> Self {
        Self {
            kind: type_key(&figure.kind),
            value: match figure.kind {
                Type::Flag | Type::Month => figure.number(),
                _ => figure.value.to_string(),
            },
            unit: figure.kind.unit().map(ToString::to_string),
        }
    }
}

/// The amendment under which a month is computed.
#[derive(Serialize)]
pub(super) struct Amendment {
    name: String,
    title: Option<String>,
    effective: String,
    signed: Option<String>,
    clause: Option<String>,
}

impl From<&Amended> for Amendment {
    fn from(amended: &Amended) -> Self {
        Self {
            name: amended.name.clone(),
            title: amended.title.clone(),
            effective: amended.effective.to_string(),
            signed: amended.signed.map(|signed| signed.to_string()),
            clause: amended.clause.clone(),
        }
    }
}
