//! Tree to contract: names resolved, units typed, every value a node. A part with a mistake is reported and left
//! unknown; the rest is understood anyway.

mod bases;
mod components;
mod declarations;
mod definition;
mod dependencies;
mod facts;
mod finish;
mod header;
mod indexation;
mod input;
mod items;
mod metric;
mod objective;
mod order;
mod over;
mod partnership;
mod places;
mod records;
mod references;
mod scenario;
mod stages;
mod tasks;

pub use partnership::{OFTEN, WHO, forms as partnership_forms};

use crate::diagnostic::Diagnostic;
use crate::lineage::Lineages;
use crate::model::Contract;
use crate::syntax::tree;
use crate::text::Sources;

/// A contract with the findings about it.
pub struct Analysis {
    /// The contract, complete as far as it could be understood.
    pub contract: Contract,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Understands a contract. `libraries` are the definitions that it uses; its own definitions hide theirs of the same
/// name.
#[must_use]
pub fn analyse(
    sources: &Sources,
    contract: &tree::Contract,
    libraries: &[&tree::Contract],
) -> Analysis {
    analyse_version(sources, contract, libraries, Lineages::default())
}

/// The same for one version of an amended contract, with what its items continue as in the other versions.
#[must_use]
pub fn analyse_version(
    sources: &Sources,
    contract: &tree::Contract,
    libraries: &[&tree::Contract],
    lineages: Lineages,
) -> Analysis {
    stages::Stages::new(sources, contract, libraries, lineages).run()
}
