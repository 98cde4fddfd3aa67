//! Findings about contracts, in each of their formats.

pub mod concise;
pub mod full;
pub mod github;
pub mod gitlab;
pub mod grouped;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod narrated;
pub mod rdjson;
pub mod sarif;
pub mod statistics;

mod extent;
mod fingerprint;
mod place;
mod remedy;
mod snippet;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity, Suppression};
use crate::text::Sources;

pub use extent::{NO_RULES, NOT_CHECKED, Unchecked, told, verdict};
pub(super) use snippet::{Style, render_one};

/// The findings of one contract.
#[derive(Clone, Copy)]
pub struct ContractFindings<'f> {
    /// The contract's file, as it is shown.
    pub file: &'f str,
    /// The texts to which the findings point.
    pub sources: &'f Sources,
    /// The findings, in any order.
    pub findings: &'f [Diagnostic],
    /// How much of the contract was checked.
    pub extent: Extent<'f>,
}

/// How much of a contract was checked. If nothing is known, a report must not look as if nothing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent<'f> {
    /// The language, and the rules that are on.
    Everything,
    /// Only the language, because no rule is on; the finding says why.
    LanguageAlone(&'f Diagnostic),
    /// Nothing: the findings say what went wrong.
    Nothing,
}

impl<'f> ContractFindings<'f> {
    /// The findings that count, in the order of the files, and within a file in the order of the places.
    fn in_order(self) -> Vec<Found<'f>> {
        let ordered = in_order(self.findings).into_iter();
        ordered
            .map(|finding| Found {
                finding,
                sources: self.sources,
            })
            .collect()
    }
}

/// A finding, with the texts to which it points.
#[derive(Clone, Copy)]
struct Found<'f> {
    finding: &'f Diagnostic,
    sources: &'f Sources,
}

impl Found<'_> {
    /// The file in which the finding is.
    fn file(&self) -> &str {
        self.sources.name(self.finding.primary.span.file)
    }

    /// The message, the reasons and the remedies as one text, for formats that have no separate fields for them.
    fn whole_message(&self, between: &str) -> String {
        let why = self.finding.why.iter().map(|why| ("why", why));
        let help = self.finding.help.iter().map(|help| ("help", help));
        let mut text = self.finding.message.clone();
        for (word, more) in why.chain(help) {
            text.push_str(&format!("{between}{word}: {more}"));
        }
        text
    }
}

/// All findings that count, contract by contract. They include the findings that a contract was not checked, or was not
/// checked by rules.
fn each<'f>(all: &'f [ContractFindings<'f>]) -> impl Iterator<Item = Found<'f>> {
    let counting = |found: &Found<'_>| found.finding.suppressed.is_none();
    each_with_suppressed(all).filter(counting)
}

/// Like [`each`], with the findings that do not count.
fn each_with_suppressed<'f>(all: &'f [ContractFindings<'f>]) -> impl Iterator<Item = Found<'f>> {
    let mut causes = BTreeSet::new();
    all.iter().flat_map(move |contract| {
        let mut all: Vec<&Diagnostic> = contract.findings.iter().collect();
        all.sort_by_key(|finding| finding.primary.span);
        let sources = contract.sources;
        match contract.extent {
            Extent::Everything => {}
            Extent::LanguageAlone(why) => all.insert(0, why),
            // One cause can prevent many contracts from being checked.
            Extent::Nothing => all.retain(|finding| {
                let file = sources.name(finding.primary.span.file);
                causes.insert((file, finding.primary.span, finding.message.as_str()))
            }),
        }
        all.into_iter()
            .map(move |finding| Found { finding, sources })
    })
}

/// The number of findings, on one line: `2 errors, 1 warning in contract.quid`.
#[must_use]
pub fn summary<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>, subject: &str) -> String {
    let (mut errors, mut warnings, mut notes) = (0, 0, 0);
    let (mut waived, mut known) = (0, 0);
    for finding in findings {
        match (&finding.suppressed, finding.severity) {
            (Some(Suppression::Waiver(_)), _) => waived += 1,
            (Some(Suppression::Baseline), _) => known += 1,
            (None, Severity::Error) => errors += 1,
            (None, Severity::Warning) => warnings += 1,
            (None, Severity::Info) => notes += 1,
        }
    }
    let beside: Vec<String> = [(waived, "waived"), (known, "in the baseline")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let beside = match beside.as_slice() {
        [] => String::new(),
        parts => format!(" ({})", parts.join(", ")),
    };
    let counts: Vec<String> = [(errors, "error"), (warnings, "warning"), (notes, "note")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    if counts.is_empty() {
        format!("no findings in {subject}{beside}")
    } else {
        format!("{} in {subject}{beside}", counts.join(", "))
    }
}

/// The findings that count, in the order of the files, and within a file in the order of the places.
fn in_order(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let counting = diagnostics.iter();
    let mut sorted: Vec<&Diagnostic> = counting
        .filter(|diagnostic| diagnostic.suppressed.is_none())
        .collect();
    sorted.sort_by_key(|diagnostic| diagnostic.primary.span);
    sorted
}

fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
