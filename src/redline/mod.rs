//! Two texts of a contract compared: their clauses, and the months of the data under both.

mod clauses;
mod months;

pub use clauses::clauses;
pub use months::{Opening, months};

use crate::driver::{Checked, Loaded};
use crate::report::redline::TextOf;

/// A text, with the SHA-256 of its files.
#[must_use]
pub fn text_of(
    file: &str,
    loaded: &Loaded,
    contract: &Checked,
    digest: fn(&str) -> String,
) -> TextOf {
    let heading = &contract.contract.heading;
    let versions = contract.versions();
    let amendments = versions.iter().filter_map(|version| {
        let name = version.contract.plan.amendment.as_ref()?.name.clone();
        Some((name, version.from?))
    });
    let own = loaded
        .sources
        .iter()
        .filter(|(id, _)| !loaded.sources.is_built_in(*id));
    TextOf {
        file: file.to_owned(),
        contract: heading.contract.clone(),
        title: heading.title.clone(),
        currency: contract.contract.currency,
        amendments: amendments.collect(),
        files: own
            .map(|(_, source)| (source.name.clone(), digest(&source.text)))
            .collect(),
    }
}
