//! Quidpro: a language, checker and calculator for the money part of outsourcing contracts.
//!
//! Text becomes a tree ([`syntax`]), the tree a typed contract, the contract a small program, and the
//! program with a month's data a statement in which every cent is explained. `docs/architecture.md` in
//! the repository shows the way.

pub mod calendar;
pub mod data;
pub mod diagnostic;
pub mod ledger;
pub mod quantity;
pub mod text;
