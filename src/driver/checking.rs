//! Everything to report about a file: what is wrong with it, what the rules find, and what waivers accept.

use crate::calendar::Date;
use crate::diagnostic::Diagnostic;
use crate::lint::{Settings, Subject, letters, lint};
use crate::syntax::tree::{ItemKind, Section, Waiver, WaiverScope};

use super::Loaded;
use super::waiving::apply_waivers;

/// How a file is checked.
#[derive(Clone, Copy)]
pub struct Checking<'s> {
    /// How much each rule matters.
    pub settings: &'s Settings,
    /// The day of the check. It matters because waivers end.
    pub today: Date,
}

impl Loaded {
    /// All findings in the order of the text. Findings that a waiver covers are included and marked as such.
    ///
    /// A contract with errors is checked as far as it was understood.
    #[must_use]
    pub fn check(&self, checking: &Checking<'_>) -> Vec<Diagnostic> {
        let mut found = self.lint(checking.settings);
        found.extend(self.letters(checking.settings));
        let about_waivers = apply_waivers(self, checking, &mut found);
        found.extend(about_waivers);
        found.extend(self.diagnostics.iter().cloned());
        found.sort_by_key(|finding| (finding.primary.span, finding.code));
        found
    }

    /// The parts of all its files. Findings are grouped by them.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let trees = self.trees.iter();
        trees.flat_map(|(_, tree)| tree.sections()).collect()
    }

    /// All waivers, each with what it is about.
    pub fn waivers(&self) -> impl Iterator<Item = (&Waiver, String)> {
        let trees = self.trees.iter();
        trees.flat_map(|(_, tree)| {
            let sections: Vec<Section> = tree.sections().collect();
            tree.waivers.iter().map(move |waiver| {
                let (WaiverScope::Item(about) | WaiverScope::Head(about)) = waiver.about;
                // A change of an amendment begins before the item that it changes.
                let within = |section: &&Section| about.holds(section.span);
                let mut candidates = sections.iter().filter(within);
                let heading = candidates.next().map(|section| section.heading.clone());
                (waiver, heading.unwrap_or_default())
            })
        })
    }

    /// Whether all errors are in waivers or in items that move no money.
    fn is_understood(&self) -> bool {
        let mut errors = self.diagnostics.iter().filter(|finding| finding.is_error());
        errors.all(|error| {
            let place = error.primary.span;
            let mut trees = self.trees.iter().map(|(_, tree)| tree);
            trees.any(|tree| {
                let waivers = tree.waivers.iter().map(|waiver| waiver.span);
                let mut waivers = waivers.chain(tree.void_waivers.iter().copied());
                let mut idle = tree.items().filter(|item| !moves_money(&item.kind));
                waivers.any(|waiver| waiver.holds(place)) || idle.any(|item| item.span.holds(place))
            })
        })
    }

    /// The findings about the letters of its files.
    fn letters(&self, settings: &Settings) -> Vec<Diagnostic> {
        let written = self.sources.iter().filter(|(_, source)| !source.built_in);
        written
            .flat_map(|(file, source)| letters(file, &source.text, settings))
            .collect()
    }

    /// The findings of the rules in the contracts.
    fn lint(&self, settings: &Settings) -> Vec<Diagnostic> {
        // If a contract unfolds too far, nothing was kept that a rule could judge.
        let contracts = self.contracts.iter();
        let known = contracts.filter(|checked| !checked.contract.graph.is_full());
        let each = known.flat_map(|checked| {
            let compiled = checked.compiled.as_ref();
            let subject = Subject::new(&checked.contract, compiled, &self.sources, settings);
            if self.is_understood() {
                lint(&subject)
            } else {
                lint(&subject.in_part())
            }
        });
        each.collect()
    }
}

/// Whether what an item says can affect an invoice.
fn moves_money(kind: &ItemKind) -> bool {
    !matches!(
        kind,
        ItemKind::Customer(_)
            | ItemKind::Supplier(_)
            | ItemKind::Invoice(_)
            | ItemKind::Objective(_)
            | ItemKind::Notice(_)
            | ItemKind::Partnership(_)
            | ItemKind::Scenario(_)
    )
}
