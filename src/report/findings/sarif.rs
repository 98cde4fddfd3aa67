//! Findings as SARIF 2.1.0, which GitHub code scanning, Azure DevOps and editors read. Columns are characters.

mod document;
mod location;

use std::collections::BTreeMap;

use crate::diagnostic::Severity;

use super::fingerprint::Fingerprints;
use super::{ContractFindings, Found, each};
use document::{
    Component, Configuration, Description, Document, FINGERPRINT, Message, ROOT, Related, Result,
    Rule, Run, SCHEMA, Tool,
};

/// All findings as one document of one run.
#[must_use]
pub fn render(all: &[ContractFindings<'_>]) -> String {
    let found: Vec<Found<'_>> = each(all).collect();
    let rules = Rules::of(&found);
    let mut fingerprints = Fingerprints::default();
    let results = found
        .iter()
        .map(|found| result(*found, &rules, fingerprints.next(*found)))
        .collect();
    let document = Document {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Component {
                    name: "Quidpro",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: rules.descriptions(),
                },
            },
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: BTreeMap::from([(
                ROOT,
                Description {
                    description: Message::new("The folder in which the program ran."),
                },
            )]),
            results,
        }],
    };
    // Texts and counts only: serialising them cannot fail.
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    format!("{text}\n")
}

fn result<'f>(found: Found<'f>, rules: &Rules<'f>, fingerprint: String) -> Result<'f> {
    let Found { finding, sources } = found;
    Result {
        rule_id: finding.code,
        rule_index: rules.index(finding.code),
        level: level(finding.severity),
        message: Message::new(&found.whole_message("\n\n")),
        locations: [location::of(&finding.primary, sources)],
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, fingerprint)]),
        related_locations: finding
            .related
            .iter()
            .zip(1..)
            .map(|(label, id)| Related {
                id,
                location: location::of(label, sources),
            })
            .collect(),
    }
}

/// The kinds of findings of a run, in the order of their names.
struct Rules<'f> {
    /// Each kind with the gravest that it was found to be.
    severities: BTreeMap<&'f str, Severity>,
}

impl<'f> Rules<'f> {
    fn of(found: &[Found<'f>]) -> Self {
        let mut severities: BTreeMap<&str, Severity> = BTreeMap::new();
        for Found { finding, .. } in found {
            let gravest = severities.entry(finding.code).or_insert(finding.severity);
            *gravest = finding.severity.min(*gravest);
        }
        Self { severities }
    }

    fn index(&self, code: &str) -> usize {
        self.severities.range(..code).count()
    }

    fn descriptions(&self) -> Vec<Rule<'f>> {
        self.severities
            .iter()
            .map(|(code, severity)| {
                let words = code.replace('-', " ");
                Rule {
                    id: code,
                    short_description: Message::new(&words),
                    full_description: Message::new(&format!("Quidpro: {words}.")),
                    default_configuration: Configuration {
                        level: level(*severity),
                    },
                    help: Message::new(
                        "Each finding says what is wrong in the contract, why it matters, and what to write instead.",
                    ),
                }
            })
            .collect()
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
