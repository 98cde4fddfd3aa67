//! All integration tests in one binary, with a file for each feature.

#[cfg(test)]
mod advice;
#[cfg(test)]
mod agenda;
#[cfg(test)]
mod amendments;
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod clause;
#[cfg(test)]
mod clauses;
#[cfg(test)]
mod closing;
#[cfg(test)]
mod columnar;
#[cfg(test)]
mod config;
#[cfg(test)]
mod contracts;
#[cfg(test)]
mod data;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod evaluator;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod format;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod ide;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod lint;
#[cfg(test)]
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(test)]
mod mechanics;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod paper;
#[cfg(test)]
mod plain_english;
#[cfg(test)]
mod program;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod quantity;
#[cfg(test)]
mod questions;
mod records;
#[cfg(test)]
mod redline;
#[cfg(test)]
mod report;
#[cfg(test)]
mod robust;
#[cfg(test)]
mod syntax;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod tree_sitter;
