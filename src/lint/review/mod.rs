//! The state of a contract on one page: its purpose, what depends on the service, who measures, what is agreed and what
//! is open.

mod bounds;
mod measures;
mod partnership;
mod stakes;

use crate::model::facts::Objective;
use std::cmp::Reverse;

use crate::diagnostic::{Diagnostic, Severity, Suppression};
use crate::quantity::Exact;
use crate::review::{Accepted, Concern, Purpose, Review};
use crate::text::Span;

use super::questions::questions;
use super::registry::find;
use super::rule::Category;
use super::subject::Subject;

/// The state of a contract, with everything that was found in it, including what is waived.
#[must_use]
pub fn review(subject: &Subject<'_>, all: &[Diagnostic]) -> Review {
    let open = all.iter().filter(|finding| finding.suppressed.is_none());
    let open: Vec<Diagnostic> = open.cloned().collect();
    let findings = open.as_slice();
    let heading = &subject.contract.heading;
    let party = |party: &Option<crate::ledger::Party>| party.as_ref().map(|one| one.name.clone());
    Review {
        contract: subject.contract.name.text.clone(),
        title: heading.title.clone(),
        customer: party(&heading.customer),
        supplier: party(&heading.supplier),
        term: heading.term,
        due_in_days: heading.due_in_days,
        purposes: purposes(subject),
        stakes: stakes::stakes(subject),
        measures: measures::measures(subject),
        reporters: measures::reporters(subject),
        bounds: bounds::bounds(subject),
        partnership: partnership::parts(subject, findings),
        concerns: concerns(subject, findings),
        waivers: waivers(subject, all),
        questions: questions(subject, findings).all,
    }
}

fn purposes(subject: &Subject<'_>) -> Vec<Purpose> {
    let objectives = subject.own(&subject.facts().objectives);
    objectives
        .map(|objective| purpose(subject, objective))
        .collect()
}

fn purpose(subject: &Subject<'_>, objective: &Objective) -> Purpose {
    let title = objective
        .head
        .title
        .as_ref()
        .map(|title| title.text.clone());
    let words = objective.purposes.iter();
    let shown_by = objective
        .measured_by
        .iter()
        .map(|measured| match &measured.level {
            Some((_, goal)) => subject.quote(measured.metric.span.to(goal.span)),
            None => measured.metric.name.clone(),
        });
    Purpose {
        title: title.unwrap_or_else(|| objective.head.name().to_owned()),
        purposes: words.map(|word| word.text.replace('_', " ")).collect(),
        shown_by: shown_by.collect(),
    }
}

/// The findings that are not questions: the most serious first, and among these the most costly.
fn concerns(subject: &Subject<'_>, findings: &[Diagnostic]) -> Vec<Concern> {
    let mut found: Vec<&Diagnostic> = findings
        .iter()
        .filter(|finding| find(finding.code).is_none_or(|rule| rule.category != Category::Question))
        .collect();
    let cost = |finding: &Diagnostic| {
        let cost = finding.cost.as_ref();
        cost.map_or_else(Exact::zero, |cost| cost.value.abs())
    };
    found.sort_by_key(|finding| {
        (
            finding.severity,
            Reverse(cost(finding)),
            finding.primary.span,
        )
    });
    found
        .into_iter()
        .map(|finding| Concern {
            rule: finding.code,
            severity: finding.severity,
            message: finding.message.clone(),
            help: finding.help.first().cloned(),
            cost: finding.cost.clone(),
            line: subject.sources.start(finding.primary.span).line,
        })
        .collect()
}

/// The waivers that cover any of the findings. Those that end first come first.
fn waivers(subject: &Subject<'_>, all: &[Diagnostic]) -> Vec<Accepted> {
    let mut found: Vec<(Span, Accepted)> = Vec::new();
    for finding in all {
        let Some(Suppression::Waiver(waived)) = &finding.suppressed else {
            continue;
        };
        match found.iter_mut().find(|(span, _)| *span == waived.span) {
            Some((_, accepted)) => accepted.findings += 1,
            None => {
                let accepted = Accepted {
                    rule: finding.code,
                    until: waived.until,
                    because: waived.because.clone(),
                    reference: waived.reference.clone(),
                    findings: 1,
                    line: subject.sources.start(waived.span).line,
                };
                found.push((waived.span, accepted));
            }
        }
    }
    let mut accepted: Vec<Accepted> = found.into_iter().map(|(_, one)| one).collect();
    accepted.sort_by_key(|one| (one.until, one.line));
    accepted
}

/// Whether a finding needs a decision, rather than only being worth knowing.
fn is_grave(finding: &Diagnostic) -> bool {
    finding.severity != Severity::Info
}
