//! The checker's rules: what in a contract is valid but unwise, what it leaves open, and what it leaves out.
//!
//! A rule reads the typed contract and its program, never the text. A rule about pay asks the data flow ([`Flow`]) what
//! can change the pay, and shows the amounts of a month that the real evaluator computed ([`Example`]).
//!
//! To add a rule, write one file in `rules/` whose doc comment is its manual page. The tests rewrite the registry in
//! `rules/mod.rs` and the pages in `docs/rules/`.

mod answers;
mod asked;
pub mod beside;
mod bounds;
pub mod contradictions;
mod example;
mod extremes;
mod flow;
mod forecast;
mod kinds;
mod lacking;
mod letters;
mod mend;
mod nominal;
mod questions;
mod registry;
mod review;
mod rule;
pub mod rules;
mod samples;
mod settings;
mod subject;
mod uses;

use crate::diagnostic::{Diagnostic, Severity};

pub use example::Example;
pub use flow::Flow;
pub use letters::letters;
pub use questions::questions;
pub use registry::{can_be_accepted, everything, find, names};
pub use review::review;
pub use rule::{Basis, Category, Rule, RuleFix, Safety, Status, Threshold};
pub use rules::ALL;
pub use samples::samples;
pub use settings::{Level, Settings, read_figure};
pub use subject::Subject;

/// The findings of the rules in a contract, in the order of the text.
#[must_use]
pub fn lint(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in ALL {
        let Some(severity) = subject.settings.severity(rule) else {
            continue;
        };
        if !subject.is_whole && rule.basis == Basis::Absence {
            continue;
        }
        let findings = (rule.check)(subject).into_iter();
        found.extend(findings.map(|finding| Diagnostic {
            severity,
            code: rule.name,
            ..mend::at_home(subject, finding)
        }));
    }
    found.sort_by_key(|finding| (finding.primary.span, finding.code));
    found
}

/// How much a level matters; nothing if it is off.
fn severity(level: Level) -> Option<Severity> {
    match level {
        Level::Off => None,
        Level::Info => Some(Severity::Info),
        Level::Warning => Some(Severity::Warning),
        Level::Error => Some(Severity::Error),
    }
}
