//! What the value of a node can be in a month.

use crate::calendar::Month;
use crate::program::{NodeId, SlotId};
use crate::quantity::Exact;

/// The value of a node in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number; a condition is 1 or 0.
    Number(Exact),
    /// No value, where the contract allows that.
    None,
    /// It could not be computed. The number identifies a [`Fault`] of the month. Among the values of earlier months it
    /// identifies nothing, except [`EMPTY_CELL`].
    Fault(u32),
}

/// In the place of a fault's number among the values of earlier months: a cell was empty.
pub const EMPTY_CELL: u32 = u32::MAX;

/// Why a node could not be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong.
    pub kind: FaultKind,
    /// The node where it happened.
    pub node: NodeId,
}

/// What can go wrong in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A data cell is empty.
    Missing(SlotId),
    /// A data cell could not be read.
    Unreadable(SlotId),
    /// A denominator is zero.
    ZeroDenominator,
    /// A value is in no band.
    NoBand(Exact),
    /// A value is outside the range that can be observed.
    OutOfRange(Exact),
    /// There is no earlier month.
    NoHistory,
    /// An earlier month could not be computed.
    EarlierMonth(Month),
    /// An earlier month could not be computed, because a cell of it is empty.
    EarlierCell(Month),
    /// The contract leaves the case to the parties.
    ByAgreement,
    /// The contract was not understood. This never happens with a sound contract.
    NotUnderstood,
    /// The contract says that the month is not invoiced.
    NoInvoice,
    /// A value is needed, but the contract allows that there is none.
    NoValue,
    /// A number grew beyond what a contract can need.
    TooLarge,
}
