//! What the parties agreed, for people and for programs such as a contract-management system.

mod bounds;
mod charges;
mod document;
mod frame;
mod levels;
mod measures;
mod settling;
mod wire;

pub mod json;
pub mod text;

use crate::calendar::Month;
use crate::ledger::Amended;
use crate::model::Contract;
use crate::model::facts::Waiver;
use crate::text::Sources;

/// A contract as it reads in one of its versions, with its file and texts.
#[derive(Clone, Copy)]
pub struct ContractFacts<'f> {
    /// The file's name.
    pub file: &'f str,
    /// The texts.
    pub sources: &'f Sources,
    /// The contract in that version.
    pub contract: &'f Contract,
    /// All its versions, the oldest first.
    pub versions: &'f [VersionHead],
    /// The position of this version among them.
    pub shown: usize,
    /// The findings that the parties accept in it.
    pub waivers: &'f [Waiver],
}

/// A version of a contract.
#[derive(Clone, Debug)]
pub struct VersionHead {
    /// Its first month; nothing for the contract as it was first agreed.
    pub from: Option<Month>,
    /// The amendment that introduced it; nothing for the contract as it was first agreed.
    pub amendment: Option<Amended>,
}
