//! What rules read: a contract, its data flow, and a month of it.

use crate::compile::Compiled;
use crate::ledger::LineKind;
use crate::model::{Contract, MetricFacts, NamedFacts, PartnershipFacts};
use crate::program::{LinePlan, NodeId, SlotId};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Expr, ExprKind, Item, ItemKind, PartnershipKind};
use crate::text::{Sources, Span};

use super::example::Example;
use super::flow::Flow;
use super::samples::Edges;
use super::settings::Settings;

/// A contract under check.
pub struct Subject<'c> {
    /// The contract.
    pub contract: &'c Contract,
    /// The texts, for quoting them.
    pub sources: &'c Sources,
    /// What can change what is paid.
    pub flow: Flow<'c>,
    /// A month of it, if it can be computed and has a scenario.
    pub example: Option<Example<'c>>,
    /// The values that each KPI is compared with, as far as they have been asked for.
    pub edges: Edges,
    /// How much each rule matters.
    pub settings: &'c Settings,
    /// Whether everything in it that may move money is understood.
    pub is_whole: bool,
}

impl<'c> Subject<'c> {
    /// A contract with its program, if it has one.
    #[must_use]
    pub fn new(
        contract: &'c Contract,
        compiled: Option<&'c Compiled>,
        sources: &'c Sources,
        settings: &'c Settings,
    ) -> Self {
        Self {
            contract,
            sources,
            flow: Flow::of(contract),
            example: compiled.and_then(|compiled| Example::of(contract, compiled)),
            edges: Edges::default(),
            settings,
            is_whole: true,
        }
    }

    /// The same contract, if something in it that may move money is not understood.
    #[must_use]
    pub fn in_part(self) -> Self {
        Self {
            is_whole: false,
            ..self
        }
    }

    /// The contract's own items, without those of its libraries.
    pub fn items(&self) -> impl Iterator<Item = &'c Item> {
        self.contract.items.iter().take(self.contract.own_items)
    }

    /// The metrics of these kinds.
    pub fn metrics(&self, kinds: &[&str]) -> Vec<&'c MetricFacts> {
        let all = self.contract.metrics.iter();
        all.filter(|metric| {
            let kind = metric.kind.as_deref();
            kind.is_some_and(|kind| kinds.contains(&kind))
        })
        .collect()
    }

    /// Whether a metric can change what is paid.
    #[must_use]
    pub fn is_paid(&self, metric: &MetricFacts) -> bool {
        self.flow.changes_pay(&metric.nodes)
    }

    /// Whether a metric can change what is paid, or a count in it that no charge and no other metric reads: a credit
    /// for each late case pays by lateness, whether it names the KPI or not.
    #[must_use]
    pub fn moves_money(&self, metric: &MetricFacts) -> bool {
        if self.is_paid(metric) {
            return true;
        }
        let others = self.contract.metrics.iter();
        let others = others.filter(|other| other.name != metric.name);
        let others: Vec<NodeId> = others.flat_map(|other| other.nodes.clone()).collect();
        let others = self.flow.columns(&others);
        let mut own: Vec<SlotId> = self.flow.columns(&metric.nodes);
        own.retain(|column| !others.contains(column));
        let lines = self.contract.plan.lines.iter();
        let (charged, moved): (Vec<&LinePlan>, Vec<&LinePlan>) =
            lines.partition(|line| line.kind == LineKind::Charge);
        let columns = |lines: &[&LinePlan]| {
            let amounts: Vec<NodeId> = lines.iter().map(|line| line.amount).collect();
            self.flow.columns(&amounts)
        };
        let (charged, moved) = (columns(&charged), columns(&moved));
        own.iter()
            .any(|column| moved.contains(column) && !charged.contains(column))
    }

    /// The amounts of all lines, and the total.
    #[must_use]
    pub fn amounts(&self) -> Vec<NodeId> {
        let lines = self.contract.plan.lines.iter().map(|line| line.amount);
        lines.chain(self.contract.plan.total).collect()
    }

    /// The columns of the data that can change what is paid, by position.
    #[must_use]
    pub fn paid_columns(&self) -> Vec<usize> {
        let columns = self.flow.columns(&self.amounts()).into_iter();
        columns.map(|slot| slot.0 as usize).collect()
    }

    /// Whether a place lies in the contract itself, and not in a library that it uses.
    #[must_use]
    pub fn is_own(&self, place: Span) -> bool {
        place.file == self.contract.span.file
    }

    /// What a name stands for.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&'c NamedFacts> {
        self.contract.named(name)
    }

    /// The values that an expression of the contract is made of.
    #[must_use]
    pub fn values_of(&self, expr: &Expr) -> Vec<NodeId> {
        let mut nodes = self.flow.within(expr.span);
        if let ExprKind::Name(path) | ExprKind::TotalOf(path) = &expr.kind {
            let named = self.named(&path.name.text);
            nodes.extend(named.iter().flat_map(|named| named.nodes.iter().copied()));
        }
        nodes
    }

    /// The clauses about that part of the partnership.
    pub fn partnership(&self, kind: PartnershipKind) -> impl Iterator<Item = &'c PartnershipFacts> {
        let all = self.contract.partnership.iter();
        all.filter(move |clause| clause.kind == kind)
    }

    /// Where the contract begins: the place for findings about something missing.
    #[must_use]
    pub fn place(&self) -> Span {
        self.contract.name.span
    }

    /// Whether the contract charges anything at all.
    #[must_use]
    pub fn has_charges(&self) -> bool {
        self.items()
            .any(|item| matches!(item.kind, ItemKind::Charge(_)))
    }

    /// An amount in the invoice's currency, as people read it: `1 250.00 EUR`.
    #[must_use]
    pub fn money(&self, amount: &Exact) -> Figure {
        let kind = self.contract.currency.map_or(Type::Number, Type::money);
        Figure::new(amount.clone(), kind)
    }

    /// The contract's own words at a place, on one line.
    #[must_use]
    pub fn quote(&self, span: Span) -> String {
        let words: Vec<&str> = self.sources.slice(span).split_whitespace().collect();
        words.join(" ")
    }
}
