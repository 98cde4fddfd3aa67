//! The stages of a contract, in the order of computation: definitions as they are needed, charges, adjustments,
//! credits and bonuses, limits, earn-back, holdback, maximum, minimum, commitments, tax.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::lineage::Lineages;
use crate::mechanism::{self, DeductionKind, Worksheet};
use crate::model::MetricFacts;
use crate::program::{MOST_VALUES, NodeId, Plan};
use crate::syntax::tree::{self, Builtin, Item, ItemKind};
use crate::text::{Sources, Span};
use crate::typing::Context;

use super::declarations::SUMS;
use super::header::Header;
use super::indexation::Indices;
use super::items::{declared, needed_items};
use super::order::order;
use super::places::Places;
use super::tasks::Doer;
use super::{Analysis, definition, input, metric, over};

/// A contract on its way through the stages.
pub(super) struct Stages<'s> {
    pub(super) cx: Context<'s>,
    pub(super) contract: &'s tree::Contract,
    /// Items that are computed: the contract's, and those of its libraries that it needs.
    pub(super) items: Vec<&'s Item>,
    pub(super) places: Places,
    pub(super) sheet: Worksheet,
    pub(super) metrics: Vec<MetricFacts>,
    pub(super) directions: BTreeMap<String, bool>,
    pub(super) indices: Indices<'s>,
    /// Over which months the contract reads metrics.
    over: BTreeMap<String, over::Wanted>,
    /// The item that unfolds to the most values, and how many they are.
    largest: Option<(usize, &'s Item)>,
}

impl<'s> Stages<'s> {
    pub(super) fn new(
        sources: &'s Sources,
        contract: &'s tree::Contract,
        libraries: &[&'s tree::Contract],
        lineages: Lineages,
    ) -> Self {
        let items = needed_items(contract, libraries);
        let directions = items
            .iter()
            .filter_map(|item| match &item.kind {
                ItemKind::Metric(metric) => {
                    Some((metric.name.text.clone(), metric.higher_is_better?))
                }
                _ => None,
            })
            .collect();
        let mut cx = Context::new(sources);
        cx.lineages = lineages;
        cx.unreadable = libraries
            .iter()
            .copied()
            .chain([contract])
            .flat_map(|one| &one.unreadable)
            .filter_map(|one| one.name.clone())
            .collect();
        Self {
            cx,
            contract,
            indices: Indices::new(&items),
            over: over::wanted(&items),
            items,
            places: Places::of_items(&contract.items),
            sheet: Worksheet::default(),
            metrics: Vec::new(),
            directions,
            largest: None,
        }
    }

    pub(super) fn run(mut self) -> Analysis {
        let header = Header::read(&mut self.cx, &self.contract.items);
        if self.contract.body == tree::ContractBody::Contract {
            let unread = |word: &str| self.contract.unreadable.iter().any(|one| one.word == word);
            header.ask_for_missing(&mut self.cx, self.contract.name.span, &unread);
        }
        self.declare_units_and_dimensions();
        self.declare_names();
        self.compute();
        self.finish(header)
    }

    fn compute(&mut self) {
        let (tasks, doers) = self.tasks();
        let ordered = order(&tasks);
        // Where an item has the name of a sum, that has been reported, and the sum is not what is meant.
        let names_a_sum = SUMS.iter().any(|sum| self.cx.symbols.contains_key(*sum));
        let is_meant = |circle: &Diagnostic| !(names_a_sum && circle.code == "used-too-early");
        for circle in ordered.circles.into_iter().filter(is_meant) {
            self.cx.report(circle);
        }
        for at in ordered.positions {
            if self.cx.graph.is_full() {
                break;
            }
            match doers.get(at) {
                Some(Doer::Item(item)) => self.measured(item, |stages| {
                    stages.indices.begin(&mut stages.cx, item);
                    stages.item(item);
                    stages.indices.end(&mut stages.cx, item);
                }),
                Some(Doer::Stage(stage)) => self.stage(*stage),
                None => {}
            }
        }
        self.indices.finish(&mut self.cx);
        self.after_total();
        if self.cx.graph.is_full() {
            self.unfolds_too_far();
        }
    }

    /// Reads an item, and remembers the one that unfolds furthest.
    fn measured(&mut self, item: &'s Item, read: impl FnOnce(&mut Self)) {
        let before = self.cx.graph.values();
        read(self);
        let values = self.cx.graph.values() - before;
        if self.largest.is_none_or(|(most, _)| values > most) {
            self.largest = Some((values, item));
        }
    }

    /// Says which item unfolds furthest, and lets go of everything.
    fn unfolds_too_far(&mut self) {
        let (values, place) = match self.largest {
            Some((values, item)) => (
                values,
                item.declared_name().map_or(item.span, |name| name.span),
            ),
            None => (0, self.contract.name.span),
        };
        let most = MOST_VALUES / 1_000_000;
        let finding = Diagnostic::error(
            "unfolds-too-far",
            place,
            format!("the contract unfolds to more than {most} million values"),
        )
        .here(format!("{values} of them come from here"))
        .because(
            "an item is computed once for each member of its dimension, and a limit once for each line that it cuts, so a \
             short text can ask for more than memory holds",
        )
        .help("divide the dimension, limit fewer credits together, or make several contracts of this one");
        self.cx.report(finding);
        self.cx.graph.abandon();
        self.cx.plan = Plan::default();
    }

    /// The service levels by their names.
    fn levels(&self) -> mechanism::at_risk::Levels<'s> {
        let levels = self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::ServiceLevel(level) => Some((level.name.text.as_str(), level)),
            _ => None,
        });
        levels.collect()
    }

    fn item(&mut self, item: &'s Item) {
        let clause = item.clause.as_ref();
        let levels = matches!(item.kind, ItemKind::AtRisk(_)).then(|| self.levels());
        let cx = &mut self.cx;
        cx.item = declared(item).map_or_else(String::new, |(name, _)| name.text.clone());
        match &item.kind {
            ItemKind::Input(input) => input::read(cx, input, &self.items, item.span),
            ItemKind::Metric(metric) => self.metrics.push(metric::read(
                cx,
                metric,
                self.over.get(&metric.name.text),
                clause,
                item.span,
            )),
            ItemKind::Let(definition) => {
                let over = self.over.get(&definition.name.text);
                definition::read(cx, definition, over, clause, item.span);
            }
            ItemKind::Scorecard(card) => {
                let score = mechanism::scorecard::read(cx, card, clause, item.span);
                if !score.is_unknown() {
                    cx.plan.measures.push(crate::program::MeasurePlan {
                        name: card.name.text.clone(),
                        title: card.title.as_ref().map(|title| title.text.clone()),
                        clause: clause.map(|clause| clause.text.clone()),
                        node: score.node,
                        span: item.span,
                    });
                }
                cx.define(&card.name.text, None, &[score]);
            }
            ItemKind::Charge(charge) => {
                mechanism::charge::read(cx, &mut self.sheet, charge, clause, item.span)
            }
            ItemKind::Award(award) => {
                mechanism::award::read(cx, &mut self.sheet, award, clause, item.span)
            }
            ItemKind::Points(points) => {
                mechanism::points::read(cx, &mut self.sheet, points, clause, item.span)
            }
            ItemKind::AtRisk(pool) => {
                let levels = levels.unwrap_or_default();
                mechanism::at_risk::read(cx, &mut self.sheet, pool, &levels, clause, item.span);
            }
            ItemKind::ServiceLevel(level) => {
                let directions = &self.directions;
                let direction = |name: &str| directions.get(name).copied();
                mechanism::service_level::read(
                    cx,
                    &mut self.sheet,
                    level,
                    &direction,
                    clause,
                    item.span,
                );
            }
            // What has a stage of its own is computed there, and the rest is not computed.
            _ => {}
        }
    }

    fn stage(&mut self, stage: Builtin) {
        let span = self.contract.name.span;
        match stage {
            Builtin::Charges => {
                let places = &self.places;
                let lines = &mut self.cx.plan.lines;
                lines.sort_by_key(|line| places.of(line.span));
                self.cx.totals.charges = Some(self.total("charges", self.sheet.charges.clone()));
                self.sheet.before_tax = self.cx.plan.lines.iter().map(|line| line.amount).collect();
            }
            Builtin::Adjustments => {
                for item in self.items.clone() {
                    if let ItemKind::Share(share) = &item.kind {
                        mechanism::sharing::read(
                            &mut self.cx,
                            &mut self.sheet,
                            share,
                            item.clause.as_ref(),
                            item.span,
                        );
                    }
                    if let ItemKind::Adjust(adjust) = &item.kind {
                        self.measured(item, |stages| {
                            mechanism::adjustment::read(
                                &mut stages.cx,
                                &mut stages.sheet,
                                adjust,
                                item.clause.as_ref(),
                                item.span,
                            );
                        });
                    }
                    if self.cx.graph.is_full() {
                        return;
                    }
                }
                let amounts = self.amounts(DeductionKind::Adjustment);
                self.cx.totals.adjustments = Some(self.total("adjustments", amounts));
            }
            Builtin::Credits => {
                let amounts = self.amounts(DeductionKind::Credit);
                self.cx.totals.credits = Some(self.total("credits", amounts));
            }
            Builtin::Bonuses => {
                let amounts = self.amounts(DeductionKind::Bonus);
                self.cx.totals.bonuses = Some(self.total("bonuses", amounts));
            }
            Builtin::Points => mechanism::points::total(&mut self.cx, &self.sheet, span),
            Builtin::Total => self.settle(span),
            Builtin::AdjustedCharges
            | Builtin::Month
            | Builtin::MonthOfTerm
            | Builtin::MonthOfYear
            | Builtin::DaysInMonth
            | Builtin::MonthsInTerm => {}
        }
    }

    fn amounts(&self, kind: DeductionKind) -> Vec<NodeId> {
        self.sheet
            .deductions
            .iter()
            .filter(|part| part.kind == kind)
            .map(|part| part.amount)
            .collect()
    }

    /// The sum of a stage.
    fn total(&mut self, stage: &str, nodes: Vec<NodeId>) -> NodeId {
        let (money, span) = (self.cx.money(), self.contract.name.span);
        let sum = self.cx.sum(nodes, money, span);
        self.cx.stage_fact(stage, sum, span)
    }

    /// Limits, lines, maximum, minimum.
    fn settle(&mut self, span: Span) {
        let places = &self.places;
        let deductions = &mut self.sheet.deductions;
        deductions.sort_by_key(|part| places.of(part.span));
        let pending = &mut self.sheet.pending;
        pending.sort_by_key(|part| places.of(part.span));
        mechanism::choice::in_place(&mut self.cx, &mut self.sheet);
        for item in self.items.clone() {
            if let ItemKind::Only(only) = &item.kind {
                let clause = item.clause.as_ref();
                mechanism::choice::read(&mut self.cx, &mut self.sheet, only, clause, item.span);
            }
        }
        for item in self.items.clone() {
            if let ItemKind::Small(small) = &item.kind {
                let clause = item.clause.as_ref();
                mechanism::small::read(&mut self.cx, &mut self.sheet, small, clause);
            }
        }
        for item in self.items.clone() {
            if self.cx.graph.is_full() {
                return;
            }
            let clause = item.clause.as_ref();
            match &item.kind {
                ItemKind::Limit(limit) => self.measured(item, |stages| {
                    let (cx, sheet) = (&mut stages.cx, &mut stages.sheet);
                    mechanism::limit::read(cx, sheet, limit, clause, item.span);
                }),
                ItemKind::AtRisk(pool) => {
                    mechanism::at_risk::hold(
                        &mut self.cx,
                        &mut self.sheet,
                        pool,
                        clause,
                        item.span,
                    );
                }
                _ => {}
            }
        }
        for item in self.items.clone() {
            if let ItemKind::Applied(applied) = &item.kind {
                mechanism::application::read(&mut self.cx, &mut self.sheet, applied);
            }
        }
        mechanism::settlement::deductions(&mut self.cx, &mut self.sheet);
        for item in self.items.clone() {
            if let ItemKind::Holdback(holdback) = &item.kind {
                mechanism::holdback::read(
                    &mut self.cx,
                    &mut self.sheet,
                    holdback,
                    item.clause.as_ref(),
                    item.span,
                );
            }
        }
        for kind in [tree::FloorKind::Maximum, tree::FloorKind::Minimum] {
            for item in self.items.clone() {
                if let ItemKind::Floor(floor) = &item.kind
                    && floor.kind == kind
                {
                    mechanism::floor::read(
                        &mut self.cx,
                        &mut self.sheet,
                        floor,
                        item.clause.as_ref(),
                        item.span,
                    );
                }
            }
        }
        mechanism::settlement::subtotal(&mut self.cx, &self.sheet, "total so far", span);
        self.true_up(span);
    }

    /// Commitments: each counts the lines before all of them, and the total is then that of all lines.
    fn true_up(&mut self, span: Span) {
        let before = self.sheet.before_tax.len();
        for item in self.items.clone() {
            if let ItemKind::Commitment(commitment) = &item.kind {
                mechanism::commitment::read(
                    &mut self.cx,
                    &mut self.sheet,
                    commitment,
                    item.clause.as_ref(),
                    item.span,
                );
            }
        }
        if self.sheet.before_tax.len() > before {
            mechanism::settlement::subtotal(&mut self.cx, &self.sheet, "total", span);
        } else if let Some(total) = self.cx.totals.total {
            self.cx.totals.total = Some(self.cx.stage_fact("total", total, span));
        }
    }

    /// Taxes and notices, which may refer to anything; then the total.
    fn after_total(&mut self) {
        for item in self.items.clone() {
            if self.cx.graph.is_full() {
                return;
            }
            match &item.kind {
                ItemKind::Tax(tax) => {
                    let _ =
                        mechanism::tax::read(&mut self.cx, tax, item.clause.as_ref(), item.span);
                }
                ItemKind::Notice(notice) => {
                    mechanism::notice::read(&mut self.cx, notice, item.clause.as_ref(), item.span)
                }
                _ => {}
            }
        }
        mechanism::settlement::total(&mut self.cx, self.contract.name.span);
    }
}
