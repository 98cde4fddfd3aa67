//! The state of a contract: what two parties want to see on one page.

use crate::calendar::{Date, Month, Period};
use crate::diagnostic::Severity;
use crate::quantity::Figure;

use super::Question;

/// The state of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Its name.
    pub contract: String,
    /// Its title.
    pub title: Option<String>,
    /// Who pays.
    pub customer: Option<String>,
    /// Who is paid.
    pub supplier: Option<String>,
    /// From when to when it runs.
    pub term: Option<Period>,
    /// In how many days an invoice is due.
    pub due_in_days: Option<u32>,
    /// What it is for.
    pub purposes: Vec<Purpose>,
    /// What depends on the service in one of its months; nothing if none of its scenarios can be invoiced.
    pub stakes: Option<Stakes>,
    /// Its KPIs.
    pub measures: Vec<Measured>,
    /// Who reports the figures that change the pay.
    pub reporters: Vec<Reporting>,
    /// What limits the invoice or its deductions.
    pub bounds: Vec<Bound>,
    /// The parts of a partnership, and which of them are agreed.
    pub partnership: Vec<Part>,
    /// What the rules find, the most serious and most costly first; without questions.
    pub concerns: Vec<Concern>,
    /// Findings and questions that are accepted, by waiver.
    pub waivers: Vec<Accepted>,
    /// What the text leaves open.
    pub questions: Vec<Question>,
}

/// A waiver in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The rule whose findings it accepts.
    pub rule: &'static str,
    /// The last day on which it does.
    pub until: Date,
    /// Why.
    pub because: String,
    /// Where that was decided.
    pub reference: Option<String>,
    /// How many findings it covers.
    pub findings: usize,
    /// The line that it is on.
    pub line: usize,
}

/// An objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// Its title.
    pub title: String,
    /// What it is for: `quality`.
    pub purposes: Vec<String>,
    /// The KPIs that show it, with their goals: `csat at least 4.2`.
    pub shown_by: Vec<String>,
}

/// What a month costs, depending on the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stakes {
    /// The month.
    pub month: Month,
    /// What is charged in it before anything is taken off or added.
    pub charged: Figure,
    /// What it costs as it is.
    pub total: Figure,
    /// What it costs with every KPI at its best, and at its worst.
    pub service: Range,
    /// The same for the KPIs of quality alone, all others at their best.
    pub quality: Option<Range>,
    /// The most that was found to be taken off in a month, after all limits.
    pub at_risk: Share,
    /// The month in which that is, in words: `in 2026-02, with `failed` 12 failures`.
    pub at_risk_in: String,
    /// The same before limits.
    pub before_limits: Figure,
}

/// What a month costs at best and at worst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// With the KPIs at their best.
    pub best: Figure,
    /// With the KPIs at their worst.
    pub worst: Figure,
    /// The difference between the two, as an amount and as a share of the best.
    pub moved: Share,
}

/// An amount, and what share it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The amount.
    pub amount: Figure,
    /// The share, to a tenth of a percent.
    pub share: Figure,
}

/// A KPI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What it is about: `satisfaction`.
    pub kind: Option<String>,
    /// Its target, in the contract's words, or the scores that it is part of.
    pub targets: Vec<String>,
    /// The systems that its figures come from.
    pub sources: Vec<String>,
    /// Who reports them; `nobody named` if that is not stated.
    pub reporters: Vec<&'static str>,
    /// Whether it can change what is paid.
    pub pays: bool,
    /// The difference between the invoices of the month with it at its best and at its worst, all others at their best.
    pub moves: Option<Figure>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
}

/// How many of the figures that change the pay somebody reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// Who: `customer`, `supplier`, `customer and supplier`, `nobody named`.
    pub by: &'static str,
    /// The figures.
    pub inputs: Vec<String>,
}

/// What limits an invoice, or what is taken off it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// In the contract's words.
    pub words: String,
    /// Its value in the month, if that was computed.
    pub amount: Option<Figure>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
}

/// A part of a partnership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is about: `training`.
    pub about: &'static str,
    /// Whether it is agreed.
    pub agreed: bool,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// What the rules miss in it.
    pub gaps: Vec<String>,
}

/// What a rule finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// The rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it finds.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What it can cost in a month.
    pub cost: Option<Figure>,
    /// The line that it is about.
    pub line: usize,
}
