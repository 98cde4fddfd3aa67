//! Which lines, notices and measures a contract's statement has, and the nodes that give their values.

use crate::calendar::Period;
use crate::ledger::{Amended, LineKind, NoticeKind};
use crate::quantity::{Currency, Exact, Type};
use crate::text::Span;

use super::{NodeId, WindowMonths};

/// A column that the contract expects in its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its heading: `offered`, or `handled.voice`.
    pub name: String,
    /// The input: `handled`.
    pub input: String,
    /// The member of its dimension: `voice`.
    pub member: Option<String>,
    /// The dimension: `channel`.
    pub dimension: Option<String>,
    /// What it is called for people.
    pub title: Option<String>,
    /// The system it comes from.
    pub source: Option<String>,
    /// Who reports it, in words.
    pub reporter: Option<&'static str>,
    /// What kind of value it is.
    pub kind: Type,
    /// Whether only whole numbers can be observed.
    pub whole: bool,
    /// The measurement step.
    pub step: Option<Exact>,
    /// The least value that can be observed.
    pub least: Option<Exact>,
    /// The greatest value that can be observed.
    pub most: Option<Exact>,
    /// Whether the contract says what happens without it.
    pub may_be_missing: bool,
    /// The value that scenarios take where they give none.
    pub nominal: Option<Exact>,
    /// Where the contract declares it.
    pub span: Span,
}

/// A line of the statement.
#[derive(Clone, Debug)]
pub struct LinePlan {
    /// The stage of computation.
    pub kind: LineKind,
    /// Its name in the contract.
    pub name: String,
    /// What it is called for people.
    pub title: Option<String>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// Where the contract states it.
    pub span: Span,
    /// The amount as invoiced, rounded.
    pub amount: NodeId,
    /// How much was delivered.
    pub quantity: Option<NodeId>,
    /// The price of one, or the share of the base.
    pub rate: Option<NodeId>,
    /// What a share is a share of.
    pub base: Option<NodeId>,
    /// The base in the contract's words.
    pub base_name: Option<String>,
    /// The slabs.
    pub parts: Vec<PartPlan>,
    /// The limits that it went through.
    pub cuts: Vec<CutPlan>,
    /// The condition under which it is shown; always if nothing. A line that is not shown is zero.
    pub shown_when: Option<NodeId>,
    /// The months in which the amount arose, where they are not this one.
    pub arose: Option<WindowMonths>,
    /// The first of these months, where another text of the contract can have left it open.
    pub arose_since: Option<NodeId>,
}

/// A slab of a tiered charge.
#[derive(Clone, Debug)]
pub struct PartPlan {
    /// Which slab.
    pub label: String,
    /// How much fell into it.
    pub quantity: NodeId,
    /// The price of one.
    pub rate: NodeId,
    /// Their product.
    pub amount: NodeId,
}

/// What a limit did to a line. Both nodes are amounts as invoiced.
#[derive(Clone, Debug)]
pub struct CutPlan {
    /// The amount before it.
    pub before: NodeId,
    /// The amount after it.
    pub after: NodeId,
    /// The limit in the contract's words.
    pub limit: String,
    /// Its clause.
    pub clause: Option<String>,
}

/// A piece of a notice's text.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Fixed words.
    Text(String),
    /// The value of a node.
    Value(NodeId),
}

/// A notice that is given when its condition holds.
#[derive(Clone, Debug)]
pub struct NoticePlan {
    /// What it is about.
    pub kind: NoticeKind,
    /// The item that it concerns.
    pub name: String,
    /// The condition.
    pub when: NodeId,
    /// The message.
    pub text: Vec<Piece>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// Where the contract states it.
    pub span: Span,
}

/// A metric or score that a statement shows.
#[derive(Clone, Debug)]
pub struct MeasurePlan {
    /// Its name in the contract.
    pub name: String,
    /// What it is called for people.
    pub title: Option<String>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// Its value.
    pub node: NodeId,
    /// Where the contract states it.
    pub span: Span,
}

/// Everything that a month's statement is made of.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The columns of the data; a [`super::SlotId`] is an index into them.
    pub slots: Vec<Slot>,
    /// The lines, in the order of computation.
    pub lines: Vec<LinePlan>,
    /// The notices, in the order of the contract.
    pub notices: Vec<NoticePlan>,
    /// The metrics and scores, in the order of the contract.
    pub measures: Vec<MeasurePlan>,
    /// What is to be paid, tax included.
    pub total: Option<NodeId>,
    /// The currency of the invoice.
    pub currency: Option<Currency>,
    /// From when to when the contract runs.
    pub term: Option<Period>,
    /// Where the contract says so.
    pub term_span: Option<Span>,
    /// The amendment that made this version of the contract.
    pub amendment: Option<Amended>,
}
