//! The amounts of a contract while it is being read, stage by stage.

use crate::ledger::{LineKind, StepKind};
use crate::program::{CutPlan, LinePlan, NodeId, PartPlan, WindowMonths};
use crate::syntax::tree::{Applied, InPlace};
use crate::text::Span;
use crate::typing::{Context, Share, Typed};

use super::at_risk::Pooled;
use super::limit::Usage;

/// The kind of a deduction or bonus, for the limits that name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeductionKind {
    /// A credit.
    Credit,
    /// An adjustment. Its reductions can be limited.
    Adjustment,
    /// A bonus.
    Bonus,
}

/// A credit, bonus or adjustment, between its computation and its line.
#[derive(Clone, Debug)]
pub struct Deduction {
    /// Its kind.
    pub kind: DeductionKind,
    /// Its name on the line.
    pub name: String,
    /// The item to which it belongs, without the member of a dimension.
    pub item: String,
    /// Its title.
    pub title: Option<String>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// Where the contract states it.
    pub span: Span,
    /// The amount that the line will have: positive for a credit, and signed for an adjustment.
    pub amount: NodeId,
    /// The part that limits cut: for an adjustment its reduction, as a positive amount, and otherwise the amount.
    pub held: NodeId,
    /// Share and base.
    pub share: Option<Share>,
    /// The cuts that limits made.
    pub cuts: Vec<CutPlan>,
    /// The condition under which the line is shown.
    pub shown_when: Option<NodeId>,
    /// Whether it is the excess of earlier months.
    pub carried: bool,
    /// The invoice on which it is applied, if its own item states one.
    pub applied: Option<Applied>,
}

/// A credit that can be earned back. It is kept until the limits are known.
#[derive(Clone, Debug)]
pub struct Pending {
    /// The credit's name.
    pub credit: String,
    /// Its title.
    pub title: Option<String>,
    /// The clause.
    pub clause: Option<String>,
    /// Where the contract states the earn-back.
    pub span: Span,
    /// When it comes back, and how much of it.
    pub terms: PendingTerms,
}

/// When a credit comes back, and how much of it.
#[derive(Clone, Debug)]
pub enum PendingTerms {
    /// All of it, once the months after it are good.
    AfterMonths {
        /// How many months must be good.
        months: u32,
        /// Whether the month is good.
        good: NodeId,
        /// Whether the month does not count.
        skipped: NodeId,
    },
    /// A share of the credits of the year, in its last month.
    AtYearEnd {
        /// The year, up to this month.
        year: WindowMonths,
        /// Whether this is the last month and the year was good.
        earned: NodeId,
        /// The share; nothing for all.
        share: Option<Typed>,
    },
}

/// A credit that replaces others in the months in which it arises.
#[derive(Clone, Debug)]
pub struct Replacing {
    /// Its name on the line.
    pub name: String,
    /// The credits that are dropped.
    pub in_place: InPlace,
    /// The condition under which it replaces them.
    pub when: Option<NodeId>,
    /// Its clause.
    pub clause: Option<String>,
}

/// An amount that a limit held back, for the last invoice of the term.
#[derive(Clone, Debug)]
pub struct PaidOut {
    /// Its name on the line.
    pub name: String,
    /// The limit's clause.
    pub clause: Option<String>,
    /// Where the contract states the limit.
    pub span: Span,
    /// The amount as on the line.
    pub amount: NodeId,
}

/// Everything that has been computed so far, in the order of the contract.
#[derive(Clone, Debug, Default)]
pub struct Worksheet {
    /// The amounts of the charge lines.
    pub charges: Vec<NodeId>,
    /// Adjustments, credits and bonuses.
    pub deductions: Vec<Deduction>,
    /// Credits that can be earned back.
    pub pending: Vec<Pending>,
    /// The service points.
    pub points: Vec<Typed>,
    /// The invoice on which all credits or bonuses are applied that do not state one themselves.
    pub applied: Vec<(DeductionKind, Applied, Span)>,
    /// The service levels that have a share of an at-risk amount.
    pub pooled: Vec<Pooled>,
    /// The at-risk amounts that could be read, by their places.
    pub pools: Vec<Span>,
    /// Credits that replace others.
    pub replacing: Vec<Replacing>,
    /// The amounts that limits allowed in the month. They are kept until all limits are known.
    pub usages: Vec<Usage>,
    /// The amounts that limits held back and will pay out at the end of the term.
    pub paid_out: Vec<PaidOut>,
    /// The amounts of all lines before tax.
    pub before_tax: Vec<NodeId>,
}

impl Worksheet {
    /// Whether a deduction is a share of the at-risk amount with that name.
    pub(super) fn is_at_risk(&self, part: &Deduction, pool: &str) -> bool {
        let mut own = self.pooled.iter().filter(|one| one.level == part.name);
        own.any(|one| one.pool.as_deref() == Some(pool))
    }
}

/// The head of a line: the parts that every kind of line has.
pub(super) struct LineHead<'h> {
    /// The stage.
    pub(super) kind: LineKind,
    /// Its name.
    pub(super) name: String,
    /// Its title.
    pub(super) title: Option<&'h str>,
    /// Its clause.
    pub(super) clause: Option<&'h str>,
    /// Its place.
    pub(super) span: Span,
}

impl LineHead<'_> {
    /// A line with that amount, and with share and base if they are known.
    pub(super) fn line(
        &self,
        cx: &mut Context<'_>,
        amount: NodeId,
        share: Option<&Share>,
    ) -> LinePlan {
        use crate::quantity::Type;

        let amount = cx.graph.alias(amount, self.span);
        cx.graph.label(
            amount,
            StepKind::Line,
            self.name.clone(),
            self.clause.map(str::to_owned),
        );
        let priced = share.is_some_and(
            |share| matches!(&share.rate.kind, Type::Quantity(unit) if unit.has_currency()),
        );
        let rate = share.map(|share| share.rate.node);
        let of = share.map(|share| share.base.node);
        let base_name = share
            .filter(|_| !priced)
            .map(|share| cx.quote(share.base.span));
        LinePlan {
            kind: self.kind,
            name: self.name.clone(),
            title: self.title.map(str::to_owned),
            clause: self.clause.map(str::to_owned),
            span: self.span,
            amount,
            quantity: of.filter(|_| priced),
            rate,
            base: of.filter(|_| !priced),
            base_name,
            parts: Vec::new(),
            cuts: Vec::new(),
            shown_when: None,
            arose: None,
            arose_since: None,
        }
    }
}

/// The part of a line that a slab makes. In the story it has the same name as on the line.
pub(super) fn slab_part(
    cx: &mut Context<'_>,
    label: String,
    quantity: NodeId,
    rate: NodeId,
    amount: NodeId,
) -> PartPlan {
    cx.graph.label(amount, StepKind::Slab, label.clone(), None);
    PartPlan {
        label,
        quantity,
        rate,
        amount,
    }
}
