//! What programs receive in addition to a finding's message: the edits that fix it, and why it does not count.

use serde::Serialize;

use crate::diagnostic::{self, Suppression};
use crate::text::Sources;

use super::json::Range;

/// Edits that fix a finding.
#[derive(Serialize)]
pub(super) struct Fix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    range: Range<'a>,
    text: &'a str,
}

/// Why a finding does not count.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Suppressed<'a> {
    Waiver {
        until: String,
        because: &'a str,
        #[serde(rename = "ref")]
        reference: Option<&'a str>,
        #[serde(flatten)]
        range: Range<'a>,
    },
    Baseline,
}

impl<'a> Fix<'a> {
    pub(super) fn new(fix: &'a diagnostic::Fix, sources: &'a Sources) -> Self {
        let edits = fix.edits.iter().map(|edit| Edit {
            range: Range::new(edit.span, sources),
            text: &edit.text,
        });
        Self {
            title: &fix.title,
            safe: fix.safe,
            edits: edits.collect(),
        }
    }
}

impl<'a> Suppressed<'a> {
    pub(super) fn new(why: &'a Suppression, sources: &'a Sources) -> Self {
        match why {
            Suppression::Baseline => Self::Baseline,
            Suppression::Waiver(waived) => Self::Waiver {
                until: waived.until.to_string(),
                because: &waived.because,
                reference: waived.reference.as_deref(),
                range: Range::new(waived.span, sources),
            },
        }
    }
}
