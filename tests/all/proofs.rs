//! What the prover says of every month: exhaustive enumeration on small grids is the oracle.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test reads the project's files, and fails by panicking"
)]

mod cases;
mod history;
mod oracle;
mod schema;

use quidpro::driver::{Loaded, load};
use quidpro::prove::{Proofs, Prover, Question, Verdict, prove};
use quidpro::report::findings::full;

use crate::clause::NoFiles;

/// A contract of these items.
pub fn contract(items: &str) -> String {
    format!(
        "contract a \"A\" {{\n  currency EUR\n  term 2026-01-01 to 2026-12-31\n  round each line half up to 0.01 EUR\n{items}\n}}\n"
    )
}

/// The same, read and free of errors.
pub fn loaded(text: &str) -> Loaded {
    let loaded = load("proof.quid", text, &NoFiles);
    assert!(
        loaded.is_sound(),
        "{text}\n{}",
        full::render(&loaded.diagnostics, &loaded.sources, false)
    );
    loaded
}

/// What `use_prover` makes of a contract.
pub fn with_prover<T>(text: &str, budget: u64, use_prover: impl FnOnce(&Prover<'_>) -> T) -> T {
    let loaded = loaded(text);
    let checked = &loaded.contracts[0];
    let prover = Prover::new(
        &checked.contract,
        checked.compiled.as_ref().unwrap(),
        budget,
    );
    use_prover(&prover)
}

/// The verdicts about one question.
pub fn verdicts(text: &str, question: Question) -> Vec<Verdict> {
    let proofs: Proofs = with_prover(text, 2_000_000, |prover| prove(prover, &[question]));
    proofs.verdicts
}
