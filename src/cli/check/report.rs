//! The findings of a run in each format.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint;
use crate::report::findings::grouped::{self, InSections, Length};
use crate::report::findings::sarif::Page;
use crate::report::findings::{self, ContractFindings, Extent, Unchecked};

use super::super::arguments::{CheckOptions, FindingFormat};
use super::super::checker::CheckedFile;
use super::fixing::fix_of;
use super::least;

/// Everything that was found.
pub(super) struct Report<'r> {
    all: Vec<ContractFindings<'r>>,
    sections: Vec<InSections<'r>>,
    subject: String,
    length: Length,
    /// For each contract, the least serious finding that makes the check fail.
    failing: Vec<Option<Severity>>,
}

impl<'r> Report<'r> {
    pub(super) fn new(
        all: &'r [CheckedFile],
        unchecked: &'r [Unchecked],
        subject: String,
        options: &CheckOptions,
    ) -> Self {
        let findings = all.iter().map(|file| ContractFindings {
            file: &file.name,
            sources: &file.loaded.sources,
            findings: &file.findings,
            extent: file.extent(),
        });
        let mut findings: Vec<ContractFindings<'r>> = findings.collect();
        let sections = all.iter().zip(&findings);
        let sections: Vec<InSections<'r>> = sections
            .map(|(file, contract)| InSections {
                contract: *contract,
                sections: &file.sections,
            })
            .collect();
        findings.extend(unchecked.iter().map(Unchecked::findings));
        Self {
            sections,
            all: findings,
            subject,
            length: if options.all {
                Length::Everything
            } else {
                Length::TwoScreens
            },
            failing: all.iter().map(|file| least(options, file)).collect(),
        }
    }

    /// The findings in a format. Formats for people end in a summary.
    pub(super) fn findings(&self, format: FindingFormat, colour: bool) -> String {
        let all = self.all.as_slice();
        match format {
            FindingFormat::Full => {
                grouped::render(&self.sections, self.length, colour)
                    + &self.summary()
                    + &self.mendable()
            }
            FindingFormat::Concise => {
                let each = all.iter().map(|contract| {
                    findings::concise::render(contract.findings, contract.sources, colour)
                });
                each.collect::<String>() + &self.summary()
            }
            FindingFormat::Narrated => findings::narrated::render(all) + &self.summary(),
            FindingFormat::Github => findings::github::render(all) + &self.summary(),
            FindingFormat::Html => findings::html::render(all, &self.subject),
            FindingFormat::Json => findings::json::render(all),
            FindingFormat::Jsonl => findings::jsonl::render(all),
            FindingFormat::Sarif => findings::sarif::render(all, &page),
            FindingFormat::Gitlab => findings::gitlab::render(all),
            FindingFormat::Junit => findings::junit::render(all, |contract| self.failing(contract)),
            FindingFormat::Rdjson => findings::rdjson::render(all),
            FindingFormat::Markdown => findings::markdown::render(all, &self.subject),
        }
    }

    /// The findings for a file. Nothing else is next to the file, so it also says why a contract was not checked.
    pub(super) fn written(&self, format: FindingFormat) -> String {
        let text = self.findings(format, false);
        if format != FindingFormat::Full {
            return text;
        }
        let unknown = self.all.iter().filter(|one| one.extent == Extent::Nothing);
        let why = unknown.map(|one| findings::full::render(one.findings, one.sources, false));
        text + &why.collect::<String>()
    }

    /// The number of findings of each kind.
    pub(super) fn statistics(&self) -> String {
        findings::statistics::render(self.each()) + &self.summary()
    }

    /// The number of findings.
    pub(super) fn summary(&self) -> String {
        findings::told(&self.all, &self.subject)
    }

    /// What edits can fix, on one line for each way to ask for it; empty if there is nothing to fix.
    fn mendable(&self) -> String {
        let open = self.each().filter(|finding| finding.suppressed.is_none());
        let (safe, others): (Vec<_>, Vec<_>) = open.filter_map(fix_of).partition(|fix| fix.safe);
        let line = |count: usize, how: &str| match count {
            0 => String::new(),
            1 => format!("1 of them can be fixed with {how}\n"),
            more => format!("{more} of them can be fixed with {how}\n"),
        };
        line(
            safe.len(),
            "`--fix`, which changes nothing that is paid or agreed",
        ) + &line(
            others.len(),
            "`--fix --unsafe-fixes`, which changes what is paid or agreed: look first, with `--diff`",
        )
    }

    fn failing(&self, contract: &ContractFindings<'_>) -> Option<Severity> {
        let at = self
            .all
            .iter()
            .position(|other| other.file == contract.file);
        at.and_then(|at| self.failing.get(at).copied().flatten())
    }

    fn each(&self) -> impl Iterator<Item = &'r Diagnostic> {
        self.sections.iter().flat_map(|one| one.contract.findings)
    }
}

/// The page of the rule with that name.
fn page(name: &str) -> Option<Page> {
    let rule = lint::find(name)?;
    Some(Page {
        summary: rule.summary(),
        markdown: rule.markdown(),
        category: rule.category.name(),
    })
}
