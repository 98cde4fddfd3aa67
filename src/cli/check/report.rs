//! The findings of a run in each format.

use crate::diagnostic::{Diagnostic, Severity};
use crate::driver::Loaded;
use crate::report::findings::{self, ContractFindings};

use super::super::arguments::FindingFormat;

/// Everything that was found.
pub(super) struct Report<'r> {
    all: Vec<ContractFindings<'r>>,
    subject: &'r str,
    /// The least grave finding with which the check fails.
    failing: Option<Severity>,
}

impl<'r> Report<'r> {
    pub(super) fn new(
        all: &'r [(String, Loaded)],
        subject: &'r str,
        failing: Option<Severity>,
    ) -> Self {
        let all = all.iter().map(|(file, loaded)| ContractFindings {
            file,
            sources: &loaded.sources,
            findings: &loaded.diagnostics,
        });
        Self {
            all: all.collect(),
            subject,
            failing,
        }
    }

    /// The findings in a format; those that people read end in a summary.
    pub(super) fn findings(&self, format: FindingFormat, colour: bool) -> String {
        let all = self.all.as_slice();
        let each = |render: fn(&[Diagnostic], &crate::text::Sources, bool) -> String| -> String {
            all.iter()
                .map(|contract| render(contract.findings, contract.sources, colour))
                .collect()
        };
        match format {
            FindingFormat::Full => each(findings::full::render) + &self.summary(),
            FindingFormat::Concise => each(findings::concise::render) + &self.summary(),
            FindingFormat::Narrated => findings::narrated::render(all) + &self.summary(),
            FindingFormat::Github => findings::github::render(all) + &self.summary(),
            FindingFormat::Html => findings::html::render(all, self.subject),
            FindingFormat::Json => findings::json::render(all),
            FindingFormat::Jsonl => findings::jsonl::render(all),
            FindingFormat::Sarif => findings::sarif::render(all),
            FindingFormat::Gitlab => findings::gitlab::render(all),
            FindingFormat::Junit => findings::junit::render(all, self.failing),
            FindingFormat::Rdjson => findings::rdjson::render(all),
        }
    }

    /// How many findings of each kind there are.
    pub(super) fn statistics(&self) -> String {
        findings::statistics::render(self.each()) + &self.summary()
    }

    /// How many findings there are.
    pub(super) fn summary(&self) -> String {
        format!("{}\n", findings::summary(self.each(), self.subject))
    }

    fn each(&self) -> impl Iterator<Item = &'r Diagnostic> {
        self.all.iter().flat_map(|contract| contract.findings)
    }
}
