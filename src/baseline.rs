//! Baselines: the findings that a contract had when it was first checked, so that only new ones count.
//!
//! A finding is identified by its file, its rule, the clause that it is in and the words that it points at, never by
//! its line; so it stays the same while other clauses change. Errors of the language are never part of a baseline.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Suppression};
use crate::lint;
use crate::syntax::tree::{Section, section_at};
use crate::text::Sources;

/// The usual name of the file.
pub const FILE: &str = "quidpro-baseline.json";

/// The version of the file's format.
const VERSION: u32 = 1;

/// The findings that are not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    findings: Vec<Entry>,
}

/// A finding that is not counted. The order of the fields keeps entries of one contract together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file that the finding is in, as a path from the baseline's folder.
    pub file: String,
    /// The item that it is in: `emea_support / service level answer_speed`.
    pub clause: String,
    /// The rule that found it.
    pub rule: String,
    /// A hash of the words that it points at; spaces between them do not count.
    pub fingerprint: String,
    /// What it says, for people who read the baseline; it does not count.
    pub message: String,
}

/// A contract's texts and sections, for naming its findings.
#[derive(Clone, Copy)]
pub struct Place<'p> {
    /// The texts.
    pub sources: &'p Sources,
    /// The sections.
    pub sections: &'p [Section],
}

impl Baseline {
    /// A baseline of these findings.
    #[must_use]
    pub fn new(mut findings: Vec<Entry>) -> Self {
        findings.sort();
        Self {
            version: VERSION,
            findings,
        }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong with the text, with its line and column.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if read.version == VERSION {
            Ok(read)
        } else {
            Err(format!(
                "it is of version {}, and this program reads version {VERSION}",
                read.version
            ))
        }
    }

    /// As the text of a file.
    #[must_use]
    pub fn text(&self) -> String {
        // Texts and numbers only: serialising them cannot fail.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{text}\n")
    }

    /// How many findings there are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// All of it, to be found.
    #[must_use]
    pub fn matcher(&self) -> Matcher {
        Matcher::new(self.findings.iter())
    }

    /// What of it is in these files, to be found.
    #[must_use]
    pub fn matcher_of(&self, files: &BTreeSet<String>) -> Matcher {
        let all = self.findings.iter();
        Matcher::new(all.filter(|entry| files.contains(&entry.file)))
    }
}

/// The entries of a baseline that are still to be found. As many findings as there are entries are alike.
pub struct Matcher {
    left: BTreeMap<Entry, usize>,
}

impl Matcher {
    fn new<'e>(entries: impl Iterator<Item = &'e Entry>) -> Self {
        let mut left: BTreeMap<Entry, usize> = BTreeMap::new();
        for entry in entries {
            *left.entry(key(entry)).or_default() += 1;
        }
        Self { left }
    }

    /// Marks the findings that the baseline has. `named` gives a file's path from the baseline's folder.
    pub fn apply(
        &mut self,
        findings: &mut [Diagnostic],
        place: Place<'_>,
        named: impl Fn(&str) -> String,
    ) -> Vec<Entry> {
        let mut kept = Vec::new();
        for finding in findings {
            let Some(entry) = entry_of(finding, place, &named) else {
                continue;
            };
            if let Some(count) = self.left.get_mut(&key(&entry))
                && *count > 0
            {
                *count -= 1;
                finding.suppressed = Some(Suppression::Baseline);
                kept.push(entry);
            }
        }
        kept
    }
}

/// The entry for a finding; nothing for one that a baseline cannot have, or that is already suppressed.
#[must_use]
pub fn entry_of(
    finding: &Diagnostic,
    place: Place<'_>,
    named: impl Fn(&str) -> String,
) -> Option<Entry> {
    if !lint::can_be_accepted(finding.code) {
        return None;
    }
    if finding.suppressed.is_some() {
        return None;
    }
    let span = finding.primary.span;
    let clause = section_at(place.sections, span).map(|section| section.path.clone());
    Some(Entry {
        file: named(place.sources.name(span.file)),
        clause: clause.unwrap_or_default(),
        rule: finding.code.to_owned(),
        fingerprint: fingerprint(place.sources.slice(span)),
        message: finding.message.clone(),
    })
}

/// The entry without what does not count.
fn key(entry: &Entry) -> Entry {
    Entry {
        message: String::new(),
        ..entry.clone()
    }
}

/// Sixteen hexadecimal digits of the words.
fn fingerprint(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let digest = Sha256::digest(words);
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
