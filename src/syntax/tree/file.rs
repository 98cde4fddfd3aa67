//! Files, contracts and libraries, and the items that are neither measured nor paid.

use std::sync::Arc;

use crate::calendar::Date;
use crate::quantity::RoundingMode;
use crate::text::Span;

use super::{
    Adjust, Amendment, AppliedItem, AtRisk, Award, Charge, Commitment, DimensionItem, Expr, Floor,
    Holdback, Index, Input, Let, Limit, Metric, Name, Notice, Number, Objective, Only,
    PartnershipClause, Points, Records, Scenario, Scorecard, ServiceLevel, ShareItem, Small, Tax,
    UnitItem, Waiver,
};

/// A text in quotation marks, without them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text between the marks.
    pub text: String,
    /// Its place, marks included.
    pub span: Span,
}

/// A comment, `#` included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its place.
    pub span: Span,
}

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The other files that it uses.
    pub uses: Vec<Use>,
    /// The contracts and libraries in it.
    pub contracts: Vec<Contract>,
    /// The amendments in it.
    pub amendments: Vec<Amendment>,
    /// Its waivers, in the order of the text.
    pub waivers: Vec<Waiver>,
    /// The places of waivers that waive nothing, because a part of them is missing or nothing comes after them.
    pub void_waivers: Vec<Span>,
}

/// `use standard contact_centre` or `use "kpis.quid"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The library or file.
    pub what: UseWhat,
    /// The whole statement.
    pub span: Span,
}

/// The thing that a `use` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UseWhat {
    /// A library that ships with the program.
    Standard(Name),
    /// Another file, relative to this one.
    File(Text),
}

/// Whether a block is a contract or a library of definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractBody {
    /// `contract`: it is computed.
    Contract,
    /// `library`: its definitions are for contracts that use it.
    Library,
}

/// `contract NAME "Title" { … }` or `library NAME "Title" { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Contract or library.
    pub body: ContractBody,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Its items, in the order they were written. The versions of an amended contract share them.
    pub items: Vec<Arc<Item>>,
    /// Items that could not be read. What refers to them is not at fault.
    pub unreadable: Vec<Unreadable>,
    /// The whole block.
    pub span: Span,
}

/// An item that could not be read and is reported: only what it is, as far as its first words show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its first word: `charge`.
    pub word: String,
    /// What is probably its name.
    pub name: Option<String>,
}

/// One item of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its content.
    pub kind: ItemKind,
    /// The clause of the paper contract that it implements.
    pub clause: Option<Text>,
    /// The whole item.
    pub span: Span,
}

/// The content of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "inputs are the largest and among the most frequent, and a box would burden every reader"
)]
pub enum ItemKind {
    /// `customer "…"`
    Customer(PartyItem),
    /// `supplier "…"`
    Supplier(PartyItem),
    /// `currency EUR`
    Currency(Currencies),
    /// `term 2026-01-01 to 2028-12-31`
    Term(TermItem),
    /// `invoice monthly, due in 30 days`
    Invoice(Invoicing),
    /// `round each line half up to 0.01 EUR`
    Round(RoundItem),
    /// `part months by actual days`
    PartMonths(PartMonths),
    /// `language 2`: the version of the language that the contract is written in
    Language(Number),
    /// `unit parcel, parcels`
    Unit(UnitItem),
    /// `dimension channel { voice, email }`
    Dimension(DimensionItem),
    /// `objective …`
    Objective(Objective),
    /// `records …`
    Records(Records),
    /// `input …`
    Input(Input),
    /// `metric …`
    Metric(Metric),
    /// `let …`
    Let(Let),
    /// `charge …`
    Charge(Charge),
    /// `scorecard …`
    Scorecard(Scorecard),
    /// `adjust …`
    Adjust(Adjust),
    /// `service level …`
    ServiceLevel(ServiceLevel),
    /// `points …`
    Points(Points),
    /// `at risk …`
    AtRisk(AtRisk),
    /// `credit …` or `bonus …`
    Award(Award),
    /// `limit …`
    Limit(Limit),
    /// `share currency …` or `share gain …`
    Share(Box<ShareItem>),
    /// `index …`
    Index(Box<Index>),
    /// `minimum …` or `maximum …`
    Floor(Floor),
    /// `credits applied to …`
    Applied(AppliedItem),
    /// `credits below 100 EUR each are dropped`
    Small(Small),
    /// `only the largest of …`
    Only(Only),
    /// `commitment …`
    Commitment(Commitment),
    /// `holdback …`
    Holdback(Holdback),
    /// `tax …`
    Tax(Tax),
    /// `notice …`
    Notice(Notice),
    /// `training …`, `governance …` and the like
    Partnership(PartnershipClause),
    /// `scenario …`
    Scenario(Scenario),
}

/// A party to the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyItem {
    /// Its name.
    pub name: Text,
    /// Its other attributes: `vat "…"`.
    pub attributes: Vec<(Name, Text)>,
}

/// The currencies of a contract. The first is the currency of its invoices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currencies {
    /// Their codes.
    pub codes: Vec<Name>,
}

/// From when to when the contract runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermItem {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// How it is invoiced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoicing {
    /// In how many days an invoice is due.
    pub due_in_days: Option<Expr>,
}

/// What a fixed monthly amount is worth in a month that is only partly in the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartMonths {
    /// `by actual days`: in proportion to the days within the term, out of all days of the month.
    ActualDays,
    /// `as months of 30 days`: in proportion to the days within the term, out of 30.
    ThirtyDays,
    /// `in full`: all of it.
    InFull,
}

/// The amounts to which the contract's rounding applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundScope {
    /// `each line`
    EachLine,
    /// `only the total`
    OnlyTheTotal,
}

/// `round each line half up to 0.01 EUR`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundItem {
    /// Lines or total.
    pub scope: RoundScope,
    /// Which way.
    pub mode: RoundingMode,
    /// To multiples of what.
    pub step: Expr,
}
