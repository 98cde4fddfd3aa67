//! A month's invoice, line by line.

use super::LineKind;
use crate::calendar::Month;
use crate::quantity::{Currency, Exact, Figure};
use crate::text::Span;

use super::Amended;

/// One month's invoice of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// The month that is invoiced.
    pub month: Month,
    /// The amendment under which it is computed; nothing for the contract as it was first agreed.
    pub amendment: Option<Amended>,
    /// The currency of every amount.
    pub currency: Currency,
    /// The lines, in the order of computation. Their amounts add up to `total`.
    pub lines: Vec<Line>,
    /// The amount to pay.
    pub total: Exact,
    /// The metrics and scores of the month, in the order of the contract.
    pub measures: Vec<Measure>,
    /// What the month means beyond money: excused, relieved, chronic failure, short history.
    pub notices: Vec<Notice>,
}

/// One line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The stage that it comes from.
    pub kind: LineKind,
    /// Its name in the contract: `handling`, or `handling.voice` for one member of a rate card.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The clause of the paper contract, if the contract names it.
    pub clause: Option<String>,
    /// How much was delivered.
    pub quantity: Option<Figure>,
    /// The price of one, or the share of the base.
    pub rate: Option<Figure>,
    /// What a share is a share of.
    pub base: Option<Figure>,
    /// The base in the contract's words: `charges`.
    pub base_name: Option<String>,
    /// The amount: positive is paid to the supplier, negative is taken off.
    pub amount: Exact,
    /// The amount before it was rounded.
    pub exact: Exact,
    /// What limits took off the amount, in the order in which they did.
    pub cuts: Vec<Cut>,
    /// The months in which the amount arose, first and last, if they are not the month of the invoice.
    pub arose: Option<(Month, Month)>,
    /// The slabs that the amount is made of, unrounded; empty for most lines.
    pub parts: Vec<Part>,
    /// Where the contract states it.
    pub span: Span,
}

/// How a limit changed a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The line's amount before this limit.
    pub before: Exact,
    /// The line's amount after it.
    pub after: Exact,
    /// The limit, in words: `at most 12% of charges`; or why else, in words that begin with `because`.
    pub limit: String,
    /// The limit's clause.
    pub clause: Option<String>,
}

/// One slab of a tiered charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which slab: `first 10 000`.
    pub label: String,
    /// How many units are in it.
    pub quantity: Figure,
    /// The price of one.
    pub rate: Figure,
    /// Their product, exact.
    pub amount: Exact,
}

/// A metric's or score's value in the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name in the contract.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// Its value; nothing if the contract allows it to have none in such a month.
    pub value: Option<Figure>,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeKind {
    /// A service level was missed, and the contract excuses it.
    Excused,
    /// A service level was missed.
    Missed,
    /// A critical level was missed.
    Critical,
    /// A service level was missed, and the miss does not count yet.
    Tolerated,
    /// Failures have become so frequent that they cost an additional amount.
    PersistentFailure,
    /// A target was met so long that a new one replaces it.
    NewTarget,
    /// A right to terminate has arisen.
    ChronicFailure,
    /// A value replaced one that could not be measured.
    Substituted,
    /// A window reached back further than there are months.
    ShortHistory,
    /// A metric on which no payment depends could not be measured.
    Unmeasured,
    /// A limit was reached.
    Limited,
    /// A credit or bonus is on a later invoice.
    Deferred,
    /// What was held back and will not be released.
    Withheld,
    /// The amendment under which the month is computed was signed after the month.
    SignedLater,
    /// A clause that the contract's drafter wrote as a notice.
    Stated,
}

/// Something that finance must know and that is not money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// The contract's item that it is about.
    pub name: String,
    /// The message, in plain words.
    pub text: String,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// Where the contract states it.
    pub span: Span,
}

/// Why a month has no invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// The month.
    pub month: Month,
    /// One reason each: a cell, a metric, a clause that leaves the case open.
    pub reasons: Vec<Reason>,
}

/// One reason why a month has no invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The obstacle.
    pub message: String,
    /// Where the contract needs the value.
    pub span: Span,
    /// What to say about that place.
    pub label: String,
    /// The data column that causes it, if one does.
    pub column: Option<String>,
    /// Contract items that the fault affects, from the cause outwards: `csat`, `cx`, `handling`.
    pub reaches: Vec<String>,
    /// What would fix it: the data to supply, or the words to write into the contract.
    pub help: String,
}
