//! What contracts leave open, and their state, based on the findings about them.

use crate::diagnostic::Diagnostic;
use crate::lint::{Settings, Subject, questions, review};
use crate::model::Contract;
use crate::review::{Questions, Review};

use super::Loaded;

impl Loaded {
    /// The questions that the contracts leave open, based on these findings.
    #[must_use]
    pub fn questions(&self, findings: &[Diagnostic]) -> Vec<Questions> {
        self.of_each(findings, questions)
    }

    /// The state of the contracts, based on these findings.
    #[must_use]
    pub fn reviews(&self, findings: &[Diagnostic]) -> Vec<Review> {
        self.of_each(findings, review)
    }

    /// The result for each contract, from the findings that are about it.
    fn of_each<T>(
        &self,
        findings: &[Diagnostic],
        make: fn(&Subject<'_>, &[Diagnostic]) -> T,
    ) -> Vec<T> {
        let settings = Settings::default();
        let each = self.contracts.iter().map(|checked| {
            let compiled = checked.compiled.as_ref();
            let subject = Subject::new(&checked.contract, compiled, &self.sources, &settings);
            let own: Vec<Diagnostic> = findings
                .iter()
                .filter(|finding| self.contracts.len() == 1 || is_about(finding, &checked.contract))
                .cloned()
                .collect();
            make(&subject, &own)
        });
        each.collect()
    }
}

fn is_about(finding: &Diagnostic, contract: &Contract) -> bool {
    let place = finding.primary.span;
    let mut items = contract.items.iter();
    contract.span.holds(place) || items.any(|item| item.span.holds(place))
}
