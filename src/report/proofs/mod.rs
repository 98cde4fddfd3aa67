//! Proofs: what holds in every month that a contract allows.

pub mod json;
pub mod text;

use crate::prove::Proofs;

/// The proofs of a contract, with its file.
#[derive(Clone, Copy)]
pub struct ContractProofs<'p> {
    /// The file's name.
    pub file: &'p str,
    /// What is known.
    pub proofs: &'p Proofs,
}
