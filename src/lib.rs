//! Quidpro: a language, checker and calculator for the money part of outsourcing contracts.
//!
//! Text becomes a tree ([`syntax`]), the tree a typed contract, the contract a small program, and the
//! program with a month's data a statement in which every cent is explained. `docs/architecture.md` in
//! the repository shows the way.

pub mod agenda;
pub mod amend;
pub mod analyse;
pub mod baseline;
pub mod calendar;
pub mod catalogue;
pub mod cli;
pub mod closing;
pub mod columnar;
pub mod compile;
pub mod config;
pub mod curve;
pub mod dashboard;
pub mod data;
pub mod diagnostic;
pub mod driver;
pub mod evaluate;
pub mod format;
pub mod ide;
pub mod ledger;
pub mod lineage;
pub mod lint;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod mechanism;
pub mod model;
pub mod program;
pub mod prove;
pub mod quantity;
pub mod records;
pub mod redline;
pub mod report;
pub mod review;
pub mod syntax;
pub mod text;
pub mod typing;
