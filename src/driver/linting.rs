//! The rules, run on everything that a file holds.

use crate::diagnostic::Diagnostic;
use crate::lint::{Settings, Subject, lint, questions};
use crate::review::Questions;

use super::Loaded;

/// What the rules find in the file's contracts. A contract with errors is looked at as far as it was understood.
#[must_use]
pub fn lint_all(loaded: &Loaded, settings: &Settings) -> Vec<Diagnostic> {
    loaded
        .contracts
        .iter()
        .flat_map(|checked| {
            let subject = Subject::new(
                &checked.contract,
                checked.compiled.as_ref(),
                &loaded.sources,
                settings,
            );
            lint(&subject)
        })
        .collect()
}

/// What the file's contracts leave open. A contract with errors is looked at as far as it was understood.
#[must_use]
pub fn questions_of(loaded: &Loaded) -> Vec<Questions> {
    let settings = Settings {
        preview: true,
        ..Settings::default()
    };
    loaded
        .contracts
        .iter()
        .map(|checked| {
            let subject = Subject::new(
                &checked.contract,
                checked.compiled.as_ref(),
                &loaded.sources,
                &settings,
            );
            questions(&subject, &lint(&subject))
        })
        .collect()
}
