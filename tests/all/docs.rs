//! What the documents say is checked against the program: examples are run, and lists are compared with what they list.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the documents as they are on disk"
)]

mod dependencies;
pub mod examples;
pub mod frame;
mod library;
pub mod lists;
mod readme;

/// The text of a file of the repository.
fn read(path: &str) -> String {
    let whole = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{whole}: {error}"))
}
