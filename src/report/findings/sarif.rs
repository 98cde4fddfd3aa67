//! Findings as SARIF 2.1.0, which GitHub code scanning, Azure DevOps and editors read. Columns are characters.

mod document;
mod fix;
mod location;

use std::collections::BTreeMap;

use crate::diagnostic::{Severity, Suppression};

use crate::report::escape::json::pretty;

use super::fingerprint::Fingerprints;
use super::{ContractFindings, Extent, Found, each_with_suppressed};
use document::{
    Component, Configuration, Description, Descriptor, Document, FINGERPRINT, Invocation, Message,
    Notification, Properties, ROOT, Related, Result, Rule, Run, SCHEMA, Suppressed, Tool,
};

/// The document's description of a rule.
pub struct Page {
    /// Its first sentence.
    pub summary: String,
    /// All of it, as Markdown.
    pub markdown: String,
    /// The category.
    pub category: &'static str,
}

/// All findings as one document of one run. `page` gives the pages of the rules that have one.
#[must_use]
pub fn render(all: &[ContractFindings<'_>], page: &dyn Fn(&str) -> Option<Page>) -> String {
    let (found, about_run): (Vec<_>, Vec<_>) =
        each_with_suppressed(all).partition(|found| !is_about_run(found, all));
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
                    rules: rules.descriptions(page),
                },
            },
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: BTreeMap::from([(
                ROOT,
                Description {
                    description: Message::new("The folder in which the program ran."),
                },
            )]),
            invocations: [invocation(&about_run, all.is_empty())],
            results,
        }],
    };
    pretty(&document)
}

/// Whether a finding reports that something was not checked.
fn is_about_run(found: &Found<'_>, all: &[ContractFindings<'_>]) -> bool {
    all.iter().any(|contract| match contract.extent {
        Extent::Everything => false,
        Extent::LanguageAlone(why) => std::ptr::eq(why, found.finding),
        Extent::Nothing => std::ptr::eq(contract.sources, found.sources),
    })
}

fn invocation(about_run: &[Found<'_>], is_nothing: bool) -> Invocation {
    let notification = |found: &Found<'_>| Notification {
        descriptor: Descriptor {
            id: found.finding.code,
        },
        level: level(found.finding.severity),
        message: Message::new(&found.whole_message("\n\n")),
        locations: vec![location::of(&found.finding.primary, found.sources)],
    };
    let nothing = is_nothing.then(|| Notification {
        descriptor: Descriptor {
            id: "no-contract-checked",
        },
        level: level(Severity::Info),
        message: Message::new("no contract was checked"),
        locations: Vec::new(),
    });
    let (failed, configured): (Vec<&Found<'_>>, Vec<&Found<'_>>) =
        about_run.iter().partition(|found| found.finding.is_error());
    Invocation {
        execution_successful: failed.is_empty(),
        tool_execution_notifications: failed.into_iter().map(notification).collect(),
        tool_configuration_notifications: configured
            .into_iter()
            .map(notification)
            .chain(nothing)
            .collect(),
    }
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
        suppressions: suppressions(finding.suppressed.as_ref()),
        fixes: finding
            .fix
            .iter()
            .filter_map(|fix| fix::of(fix, sources))
            .collect(),
    }
}

/// Why a finding does not count. Every result has the list; an empty list means that nothing suppresses the result.
fn suppressions(why: Option<&Suppression>) -> Vec<Suppressed> {
    let suppressed = why.map(|why| match why {
        Suppression::Waiver(waived) => {
            let reference = waived.reference.as_ref();
            let reference = reference.map_or(String::new(), |text| format!(" ({text})"));
            Suppressed {
                kind: "inSource",
                status: "accepted",
                justification: format!("{}{reference}, until {}", waived.because, waived.until),
            }
        }
        Suppression::Baseline => Suppressed {
            kind: "external",
            status: "accepted",
            justification: "found when the baseline was recorded".to_owned(),
        },
    });
    suppressed.into_iter().collect()
}

/// The kinds of findings of a run, in the order of their names.
struct Rules<'f> {
    /// Each kind, with the highest severity that was found.
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

    fn descriptions(&self, page: &dyn Fn(&str) -> Option<Page>) -> Vec<Rule<'f>> {
        self.severities
            .iter()
            .map(|(code, severity)| {
                let words = code.replace('-', " ");
                let page = page(code);
                let full = match &page {
                    Some(page) => page.summary.clone(),
                    None => format!("Quidpro: {words}."),
                };
                Rule {
                    id: code,
                    short_description: Message::new(&words),
                    full_description: Message::new(&full),
                    default_configuration: Configuration {
                        level: level(*severity),
                    },
                    properties: page.as_ref().map(|page| Properties {
                        tags: [page.category],
                    }),
                    help: match page {
                        Some(page) => Message::with_markdown(&page.summary, page.markdown),
                        None => Message::new(
                            "Each finding says what is wrong in the contract, why it matters, and what to write instead.",
                        ),
                    },
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
