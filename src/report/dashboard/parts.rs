//! A scorecard as data: what the evaluator computed of the months, side by side.

use crate::calendar::{Date, Month};
use crate::ledger::{LineKind, NoticeKind};
use crate::quantity::{Currency, Exact, Figure, Type};

/// The scorecards of contracts, one section each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dashboard {
    /// One for each contract, and for each account of its data.
    pub sections: Vec<Section>,
}

/// The scorecard of one contract and account in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The contract's file, as it is shown.
    pub file: String,
    /// The file of the data.
    pub data: String,
    /// The contract's name.
    pub contract: String,
    /// Its title, or else its name.
    pub title: String,
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// The currency of every amount.
    pub currency: Currency,
    /// The month.
    pub month: Month,
    /// The first month of the contract year to date that has data.
    pub year_from: Month,
    /// The invoice.
    pub invoice: Sum,
    /// Why the month has no invoice; empty if it has one.
    pub refused: String,
    /// Months of the year to date without an invoice, of which no sum has a part.
    pub without: Vec<Month>,
    /// The parts of the invoice, by kind of line.
    pub kinds: Vec<(LineKind, Sum)>,
    /// The invoices of the last months, the newest last.
    pub totals: Vec<(Month, Option<Exact>)>,
    /// The KPIs and scores, in the order of the contract.
    pub kpis: Vec<Kpi>,
    /// Credits that can still be earned back.
    pub open: Vec<OpenCredit>,
    /// The service levels, with their runs and the rights that failures give.
    pub levels: Vec<Level>,
    /// The notices of the month.
    pub notices: Vec<MonthNotice>,
    /// What falls due in the month after.
    pub due: Due,
}

/// An amount of the month, and of the contract year up to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The month's; nothing if it has no invoice.
    pub month: Option<Exact>,
    /// The year's, over the months that have an invoice.
    pub year: Exact,
}

/// A KPI or score in the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kpi {
    /// Its name in the contract.
    pub name: String,
    /// What it is called for people.
    pub title: Option<String>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// The type of its values.
    pub kind: Type,
    /// Whether a higher value is better, if that is declared.
    pub higher_is_better: Option<bool>,
    /// Its value; nothing if it has none.
    pub value: Option<Exact>,
    /// The target and the critical level of its service level, where the contract states figures.
    pub target: Option<Exact>,
    /// See `target`.
    pub critical: Option<Exact>,
    /// How it did against its target.
    pub standing: Standing,
    /// Its values in the last months, the newest last.
    pub trend: Vec<(Month, Option<Exact>)>,
    /// What its value was measured on: the figure below the line of its quotient.
    pub sample: Option<Sample>,
    /// The scorecards of which it is a part, and through which it pays.
    pub scores: Vec<String>,
    /// The clauses that pay by it.
    pub clauses: Vec<String>,
    /// What these clauses paid, above 0 to the supplier.
    pub paid: Sum,
}

/// What a value was measured on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What is below the line, in the contract's words.
    pub of: String,
    /// How much it was.
    pub size: Figure,
}

/// How a KPI did against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The contract states no target.
    NoTarget,
    /// It had no value.
    NoValue,
    /// The target was met.
    Met,
    /// The target was missed.
    Missed,
    /// The critical level was missed.
    Critical,
    /// The target was missed, and the contract excuses it.
    Excused,
    /// The target was missed, and the miss does not count yet.
    Tolerated,
    /// The month's value is on the wrong side of a target that is judged over a longer period.
    OffSoFar,
}

/// Credits of a service level that can still be earned back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCredit {
    /// The service level.
    pub level: String,
    /// The amount that is open at the end of the month.
    pub amount: Exact,
    /// Whether a contract or calendar year has to end first; otherwise good months in a row do.
    pub at_year_end: bool,
}

/// A service level, with its run of misses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its name, with the member of its dimension.
    pub name: String,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// How many of the last months in a row were missed, up to this one. Excused months are passed over where the
    /// contract keeps the run.
    pub run: usize,
    /// The rights and amounts that more failures lead to.
    pub rights: Vec<Right>,
}

/// Something that a number of failures leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// A right to terminate, or an amount for persistent failure.
    pub kind: NoticeKind,
    /// How many failures count at the end of the month, as the contract counts them.
    pub count: Exact,
    /// How many it takes.
    pub needed: Exact,
    /// What they are and what they lead to, in words that follow the count.
    pub words: String,
}

impl Right {
    /// How many more failures it takes; 0 if it is reached.
    #[must_use]
    pub fn missing(&self) -> Exact {
        self.needed.subtract(&self.count).max(Exact::zero())
    }
}

/// A notice of the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthNotice {
    /// What it is about.
    pub kind: NoticeKind,
    /// The item that it is about.
    pub name: String,
    /// The message.
    pub text: String,
    /// The clause of the paper contract.
    pub clause: Option<String>,
}

/// What falls due in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The first and the last day of the period.
    pub from: Date,
    /// See `from`.
    pub to: Date,
    /// What is due, by day.
    pub events: Vec<DueEvent>,
}

/// Something that falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueEvent {
    /// The day; of something that repeats within the period, the first one.
    pub day: Date,
    /// How often it is due in the period.
    pub times: usize,
    /// What is due.
    pub what: String,
    /// The clause of the paper contract.
    pub clause: Option<String>,
}
