//! The rules, run on everything that a file holds.

use crate::diagnostic::Diagnostic;
use crate::lint::{Settings, Subject, lint, questions, review};
use crate::review::{Questions, Review};

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
    of_each(loaded, questions)
}

/// How the file's contracts stand. A contract with errors is looked at as far as it was understood.
#[must_use]
pub fn reviews_of(loaded: &Loaded) -> Vec<Review> {
    of_each(loaded, review)
}

/// What is made of each contract and of everything that the rules find in it.
fn of_each<T>(loaded: &Loaded, make: fn(&Subject<'_>, &[Diagnostic]) -> T) -> Vec<T> {
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
            make(&subject, &lint(&subject))
        })
        .collect()
}
