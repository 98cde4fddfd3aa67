//! What rules read: a contract, its data flow, and a month of it.

use crate::compile::Compiled;
use crate::ledger::LineKind;
use crate::model::facts::{
    AtRisk, Award, Charge, Clause, Facts, Form, Head, Index, KpiKind, Limit, Link, Metric,
    PartnershipKind, Points, ServiceLevel, Value,
};
use crate::model::{Contract, MetricFacts, NamedFacts, PartnershipFacts};
use crate::program::{LinePlan, NodeId, SlotId};
use crate::quantity::{Exact, Figure, Type};
use crate::text::{Sources, Span};

use std::cell::OnceCell;

use crate::prove::Prover;

use super::example::Example;
use super::extremes::{self, Worst};
use super::flow::Flow;
use super::samples::Edges;
use super::settings::Settings;

/// A contract under check.
pub struct Subject<'c> {
    /// The contract.
    pub contract: &'c Contract,
    /// The texts, for quoting them.
    pub sources: &'c Sources,
    /// The data flow, which shows what can change the pay.
    pub flow: Flow<'c>,
    /// A month of it, if it can be computed and has a scenario.
    pub example: Option<Example<'c>>,
    /// The values with which each KPI is compared, as far as they have been asked for.
    pub edges: Edges,
    /// How much each rule matters.
    pub settings: &'c Settings,
    /// Whether everything in it that may move money is understood.
    pub is_whole: bool,
    compiled: Option<&'c Compiled>,
    prover: OnceCell<Option<Prover<'c>>>,
    worst: OnceCell<Option<Worst>>,
}

/// How many operations one search of a rule may compute.
const BUDGET: u64 = 30_000;

impl<'c> Subject<'c> {
    /// Takes a contract, with its program if it has one.
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
            compiled,
            prover: OnceCell::new(),
            worst: OnceCell::new(),
        }
    }

    /// What can be asked about every month of the contract; nothing if it has errors. It is prepared when it is first
    /// needed.
    pub fn prover(&self) -> Option<&Prover<'c>> {
        let prepared = self.prover.get_or_init(|| {
            let compiled = self.compiled?;
            Some(Prover::new(self.contract, compiled, BUDGET))
        });
        prepared.as_ref()
    }

    /// The worst month that is known. It is searched when it is first needed.
    pub fn worst(&self) -> Option<&Worst> {
        self.worst.get_or_init(|| extremes::find(self)).as_ref()
    }

    /// The same contract, for the case that something in it that may move money is not understood.
    #[must_use]
    pub fn in_part(self) -> Self {
        Self {
            is_whole: false,
            ..self
        }
    }

    /// The facts that the parties agreed, including those that the contract takes from libraries.
    #[must_use]
    pub fn facts(&self) -> &'c Facts {
        &self.contract.facts
    }

    /// The contract's own clauses among these, without those of its libraries.
    pub fn own<C: Clause>(&self, all: &'c [C]) -> impl Iterator<Item = &'c C> + use<'c, C> {
        all.iter().filter(|clause| clause.head().own)
    }

    /// The heads of the contract's own clauses, in the order of the text.
    pub fn heads(&self) -> impl Iterator<Item = &'c Head> + use<'c> {
        self.own(&self.facts().heads)
    }

    /// The contract's own service levels.
    pub fn levels(&self) -> impl Iterator<Item = &'c ServiceLevel> + use<'c> {
        self.own(&self.facts().levels)
    }

    /// The contract's own credits and bonuses.
    pub fn awards(&self) -> impl Iterator<Item = &'c Award> + use<'c> {
        self.own(&self.facts().awards)
    }

    /// The contract's own charges.
    pub fn charges(&self) -> impl Iterator<Item = &'c Charge> + use<'c> {
        self.own(&self.facts().charges)
    }

    /// The contract's own limits.
    pub fn limits(&self) -> impl Iterator<Item = &'c Limit> + use<'c> {
        self.own(&self.facts().limits)
    }

    /// The contract's own at-risk amounts.
    pub fn pools(&self) -> impl Iterator<Item = &'c AtRisk> + use<'c> {
        self.own(&self.facts().pools)
    }

    /// The contract's own service points.
    pub fn points(&self) -> impl Iterator<Item = &'c Points> + use<'c> {
        self.own(&self.facts().points)
    }

    /// The contract's own indexations.
    pub fn indices(&self) -> impl Iterator<Item = &'c Index> + use<'c> {
        self.own(&self.facts().indices)
    }

    /// The declaration of a metric.
    #[must_use]
    pub fn declared(&self, metric: &MetricFacts) -> Option<&'c Metric> {
        self.facts().metric(metric.item?)
    }

    /// The metric that a name means.
    #[must_use]
    pub fn measured(&self, link: &Link) -> Option<&'c MetricFacts> {
        self.contract.metrics.iter().find(|metric| metric.is(link))
    }

    /// The metrics of these kinds.
    pub fn metrics(&self, kinds: &[KpiKind]) -> Vec<&'c MetricFacts> {
        let all = self.contract.metrics.iter();
        all.filter(|metric| metric.kind.is_some_and(|kind| kinds.contains(&kind)))
            .collect()
    }

    /// Whether a metric can change the pay.
    #[must_use]
    pub fn is_paid(&self, metric: &MetricFacts) -> bool {
        self.flow.changes_pay(&metric.nodes)
    }

    /// Whether a metric can change the pay, or is based on a count that can, and that no charge and no other metric
    /// reads. A credit for each late case pays by lateness, whether or not it names the KPI.
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

    /// The columns of the data that can change the pay, by position.
    #[must_use]
    pub fn paid_columns(&self) -> Vec<usize> {
        let columns = self.flow.columns(&self.amounts()).into_iter();
        columns.map(|slot| slot.0 as usize).collect()
    }

    /// Whether a place is in the contract itself, rather than in a library that it uses.
    #[must_use]
    pub fn is_own(&self, place: Span) -> bool {
        place.file == self.contract.span.file
    }

    /// The facts of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&'c NamedFacts> {
        self.contract.named(name)
    }

    /// The values from which a value of the contract is made.
    #[must_use]
    pub fn values_of(&self, value: &Value) -> Vec<NodeId> {
        let mut nodes = self.flow.within(value.span);
        if let Form::Name(link) | Form::TotalOf(link) = &value.form {
            let named = self.named(&link.name);
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
        self.charges().next().is_some()
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
