//! The stages of a contract, in the order of computation: definitions as they are needed, charges, adjustments,
//! credits and bonuses, limits, earn-back, holdback, maximum, minimum, commitments, tax.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::ledger::Heading;
use crate::mechanism::{self, DeductionKind, Worksheet};
use crate::model::{Contract, MetricFacts, NamedFacts};
use crate::program::NodeId;
use crate::quantity::{BaseUnit, UnitTable};
use crate::syntax::tree::{self, Builtin, Item, ItemKind, Name};
use crate::text::{Sources, Span};
use crate::typing::{Context, Symbol, SymbolKind, SymbolValue};

use super::dependencies::{Reference, Target};
use super::header::Header;
use super::indexation::Indices;
use super::items::{declared, needed_items, references};
use super::order::{Task, order};
use super::places::Places;
use super::{Analysis, definition, input, metric, objective, partnership, scenario, series};

/// A contract on its way through the stages.
pub(super) struct Stages<'s> {
    cx: Context<'s>,
    contract: &'s tree::Contract,
    /// Items that are computed: the contract's, and those of its libraries that it needs.
    items: Vec<&'s Item>,
    places: Places,
    sheet: Worksheet,
    metrics: Vec<MetricFacts>,
    directions: BTreeMap<String, bool>,
    indices: Indices<'s>,
}

impl<'s> Stages<'s> {
    pub(super) fn new(
        sources: &'s Sources,
        contract: &'s tree::Contract,
        libraries: &[&'s tree::Contract],
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
        Self {
            cx: Context::new(sources),
            contract,
            indices: Indices::new(&items),
            items,
            places: Places::of_items(&contract.items),
            sheet: Worksheet::default(),
            metrics: Vec::new(),
            directions,
        }
    }

    pub(super) fn run(mut self) -> Analysis {
        let header = Header::read(&mut self.cx, &self.contract.items);
        if self.contract.body == tree::ContractBody::Contract {
            header.ask_for_missing(&mut self.cx, self.contract.name.span);
        }
        self.declare_units_and_dimensions();
        self.declare_names();
        self.compute();
        self.finish(header)
    }

    fn declare_units_and_dimensions(&mut self) {
        for item in self.items.clone() {
            match &item.kind {
                ItemKind::Unit(unit) => {
                    let plural = unit.plural.as_ref().unwrap_or(&unit.singular);
                    let names = (&unit.singular, plural);
                    if self.is_new_unit(names, !unit.fractional) {
                        let (one, many) = (&names.0.text, &names.1.text);
                        self.cx.units.declare(one, many, !unit.fractional);
                    }
                }
                ItemKind::Dimension(dimension) => {
                    input::declare(&mut self.cx, &dimension.name, &dimension.members)
                }
                _ => {}
            }
        }
        for item in self.items.clone() {
            if let ItemKind::Input(input) = &item.kind {
                input::declare_dimension(&mut self.cx, input);
            }
        }
    }

    /// Whether no currency, and no unit that every contract knows, has one of the names; a finding if one has with
    /// another meaning.
    fn is_new_unit(&mut self, (one, many): (&Name, &Name), whole: bool) -> bool {
        let known = UnitTable::default();
        for name in [one, many] {
            let same = match known.find(&name.text) {
                None => continue,
                Some(BaseUnit::Currency(_)) => false,
                Some(BaseUnit::Counted(info)) => {
                    info.singular == one.text
                        && info.plural == many.text
                        && info.whole == whole
                        && info.seconds.is_none()
                }
            };
            if !same {
                let finding = Diagnostic::error(
                    "known-unit",
                    name.span,
                    format!("`{}` is a unit of every contract", name.text),
                )
                .because("a second meaning of the word would change what prices are paid for")
                .help("remove the declaration, or choose another word");
                self.cx.report(finding);
            }
            return false;
        }
        true
    }

    /// Every name is known before any is used, so that the order of items in the text does not matter.
    fn declare_names(&mut self) {
        for item in self.items.clone() {
            let Some((name, what)) = declared(item) else {
                continue;
            };
            if what == SymbolKind::Input {
                input::check_column(&mut self.cx, name);
            }
            if let Some(first) = self.cx.symbols.get(&name.text) {
                let finding = Diagnostic::error(
                    "declared-twice",
                    name.span,
                    format!("`{}` is declared twice", name.text),
                )
                .here("the second time")
                .and_at(
                    first.span,
                    format!("the first time, as {}", first.what.with_article()),
                )
                .because("a name must mean one thing")
                .help("give one of them another name");
                self.cx.report(finding);
                continue;
            }
            self.cx
                .symbols
                .insert(name.text.clone(), Symbol::new(&name.text, what, name.span));
        }
        mechanism::points::check_names(&mut self.cx);
        for item in self.items.clone() {
            match &item.kind {
                ItemKind::Metric(metric) => metric::declare(&mut self.cx, metric),
                ItemKind::Let(definition) => definition::declare(&mut self.cx, definition),
                _ => {}
            }
        }
    }

    fn compute(&mut self) {
        let (tasks, doers) = self.tasks();
        let ordered = order(&tasks);
        for circle in ordered.circles {
            self.cx.report(circle);
        }
        for at in ordered.positions {
            match doers.get(at) {
                Some(Doer::Item(item)) => {
                    self.indices.begin(&mut self.cx, item);
                    self.item(item);
                    self.indices.end(&mut self.cx, item);
                }
                Some(Doer::Stage(stage)) => self.stage(*stage),
                None => {}
            }
        }
        self.indices.finish(&mut self.cx);
        self.after_total();
    }

    /// What has to be computed, with what each refers to.
    fn tasks(&self) -> (Vec<Task>, Vec<Doer<'s>>) {
        let mut tasks = Vec::new();
        let mut doers = Vec::new();
        let mut stages: BTreeMap<&'static str, Vec<Reference>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let pools = self.pools();
        for item in &self.items {
            let mut references = references(item);
            references.found.extend(self.indices.references(item));
            match &item.kind {
                ItemKind::AtRisk(pool) => {
                    tasks.push(Task {
                        target: Target::Name(pool_name(pool, item.span)),
                        references: references.found,
                        span: pool.name.as_ref().map_or(item.span, |name| name.span),
                    });
                    doers.push(Doer::Item(item));
                    continue;
                }
                ItemKind::ServiceLevel(level) => {
                    let own = pools.iter().filter(|(name, _)| *name == level.name.text);
                    references.found.extend(own.map(|(_, pool)| pool.clone()));
                }
                ItemKind::Adjust(_) | ItemKind::Share(_) => {
                    stages
                        .entry("adjustments")
                        .or_default()
                        .extend(references.found);
                    continue;
                }
                ItemKind::Limit(_)
                | ItemKind::Floor(_)
                | ItemKind::Small(_)
                | ItemKind::Only(_) => {
                    stages.entry("total").or_default().extend(references.found);
                    continue;
                }
                _ => {}
            }
            let Some((name, what)) = declared(item) else {
                continue;
            };
            if !seen.insert(name.text.clone()) {
                continue;
            }
            let own = Reference {
                target: Target::Name(name.text.clone()),
                span: name.span,
                earlier: false,
            };
            let stage = match what {
                SymbolKind::Charge => Some("charges"),
                SymbolKind::ServiceLevel | SymbolKind::Credit => Some("credits"),
                SymbolKind::Bonus => Some("bonuses"),
                SymbolKind::Points => Some("points"),
                // Their values are there only once the total is settled.
                SymbolKind::Commitment | SymbolKind::Holdback => {
                    let needed = references.found.iter().cloned();
                    stages.entry("total").or_default().extend(needed);
                    None
                }
                SymbolKind::Input
                | SymbolKind::Metric
                | SymbolKind::Definition
                | SymbolKind::Scorecard
                | SymbolKind::AtRisk => None,
            };
            if let Some(stage) = stage {
                stages.entry(stage).or_default().push(own);
            }
            let references = match what {
                SymbolKind::Commitment | SymbolKind::Holdback => vec![Reference {
                    target: Target::Stage(Builtin::Total),
                    span: name.span,
                    earlier: false,
                }],
                _ => references.found,
            };
            tasks.push(Task {
                target: Target::Name(name.text.clone()),
                references,
                span: name.span,
            });
            doers.push(Doer::Item(item));
        }
        let on = |stage: Builtin| Reference {
            target: Target::Stage(stage),
            span: self.contract.name.span,
            earlier: false,
        };
        let mut stage = |builtin: Builtin, key: &'static str, before: Vec<Reference>| {
            let mut references = before;
            references.extend(stages.remove(key).unwrap_or_default());
            tasks.push(Task {
                target: Target::Stage(builtin),
                references,
                span: self.contract.name.span,
            });
            doers.push(Doer::Stage(builtin));
        };
        if self.cx.has_points() {
            stage(Builtin::Points, "points", Vec::new());
        }
        stage(Builtin::Charges, "charges", Vec::new());
        stage(
            Builtin::Adjustments,
            "adjustments",
            vec![on(Builtin::Charges)],
        );
        stage(
            Builtin::AdjustedCharges,
            "",
            vec![on(Builtin::Charges), on(Builtin::Adjustments)],
        );
        stage(Builtin::Credits, "credits", Vec::new());
        stage(Builtin::Bonuses, "bonuses", Vec::new());
        stage(
            Builtin::Total,
            "total",
            vec![
                on(Builtin::AdjustedCharges),
                on(Builtin::Credits),
                on(Builtin::Bonuses),
            ],
        );
        (tasks, doers)
    }

    /// The names of service levels that have a share of an at-risk amount, each with the reference to it.
    fn pools(&self) -> Vec<(&'s str, Reference)> {
        let mut found = Vec::new();
        for item in &self.items {
            let ItemKind::AtRisk(pool) = &item.kind else {
                continue;
            };
            for one in pool.allocations() {
                let reference = Reference {
                    target: Target::Name(pool_name(pool, item.span)),
                    span: one.level.span,
                    earlier: false,
                };
                found.push((one.level.name.text.as_str(), reference));
            }
        }
        found
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
            ItemKind::Input(input) => input::read(cx, input, item.span),
            ItemKind::Metric(metric) => self
                .metrics
                .push(metric::read(cx, metric, clause, item.span)),
            ItemKind::Let(definition) => definition::read(cx, definition, clause, item.span),
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
            ItemKind::Customer(_)
            | ItemKind::Supplier(_)
            | ItemKind::Currency(_)
            | ItemKind::Term(_)
            | ItemKind::Invoice(_)
            | ItemKind::Round(_)
            | ItemKind::PartMonths(_)
            | ItemKind::Unit(_)
            | ItemKind::Dimension(_)
            | ItemKind::Objective(_)
            | ItemKind::Adjust(_)
            | ItemKind::Share(_)
            | ItemKind::Limit(_)
            | ItemKind::Index(_)
            | ItemKind::Floor(_)
            | ItemKind::Applied(_)
            | ItemKind::Small(_)
            | ItemKind::Only(_)
            | ItemKind::Commitment(_)
            | ItemKind::Holdback(_)
            | ItemKind::Tax(_)
            | ItemKind::Notice(_)
            | ItemKind::Partnership(_)
            | ItemKind::Scenario(_) => {}
        }
    }

    fn stage(&mut self, stage: Builtin) {
        let span = self.contract.name.span;
        match stage {
            Builtin::Charges => {
                let places = &self.places;
                let lines = &mut self.cx.plan.lines;
                lines.sort_by_key(|line| places.of(line.span));
                self.cx.totals.charges = Some(self.sum(self.sheet.charges.clone()));
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
                        mechanism::adjustment::read(
                            &mut self.cx,
                            &mut self.sheet,
                            adjust,
                            item.clause.as_ref(),
                            item.span,
                        );
                    }
                }
                self.cx.totals.adjustments =
                    Some(self.sum(self.amounts(DeductionKind::Adjustment)));
            }
            Builtin::Credits => {
                self.cx.totals.credits = Some(self.sum(self.amounts(DeductionKind::Credit)))
            }
            Builtin::Bonuses => {
                self.cx.totals.bonuses = Some(self.sum(self.amounts(DeductionKind::Bonus)))
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

    fn sum(&mut self, nodes: Vec<NodeId>) -> NodeId {
        let money = self.cx.money();
        self.cx.sum(nodes, money, self.contract.name.span)
    }

    /// Limits, lines, maximum, minimum.
    fn settle(&mut self, span: Span) {
        let places = &self.places;
        let deductions = &mut self.sheet.deductions;
        deductions.sort_by_key(|part| places.of(part.span));
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
            let clause = item.clause.as_ref();
            match &item.kind {
                ItemKind::Limit(limit) => {
                    mechanism::limit::read(&mut self.cx, &mut self.sheet, limit, clause, item.span);
                }
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
        mechanism::settlement::subtotal(&mut self.cx, &self.sheet, span);
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
            mechanism::settlement::subtotal(&mut self.cx, &self.sheet, span);
        }
    }

    /// Taxes and notices, which may refer to anything; then the total.
    fn after_total(&mut self) {
        for item in self.items.clone() {
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

    fn finish(mut self, header: Header) -> Analysis {
        let mut objectives = Vec::new();
        let mut clauses = Vec::new();
        let mut scenarios = Vec::new();
        for item in &self.contract.items {
            match &item.kind {
                ItemKind::Objective(found) => objectives.push(objective::read(&mut self.cx, found)),
                ItemKind::Partnership(clause) => clauses.push(partnership::read(
                    &mut self.cx,
                    clause,
                    item.clause.as_ref(),
                    item.span,
                )),
                ItemKind::Scenario(found) => scenarios.push(scenario::read(&mut self.cx, found)),
                _ => {}
            }
        }
        let mut cx = self.cx;
        cx.plan.currency = cx.currency();
        series::name(&mut cx, &self.items);
        let places = self.places;
        cx.plan.notices.sort_by_key(|notice| places.of(notice.span));
        cx.plan
            .measures
            .sort_by_key(|measure| places.of(measure.span));
        let contract = Contract {
            heading: Heading {
                contract: self.contract.name.text.clone(),
                title: self.contract.title.as_ref().map(|title| title.text.clone()),
                customer: header.customer,
                supplier: header.supplier,
                term: cx.term,
                due_in_days: header.due_in_days,
                rounding: header.rounding,
                rounding_clause: cx
                    .rounding
                    .as_ref()
                    .and_then(|rounding| rounding.clause.clone()),
            },
            currency: cx.currency(),
            term: cx.term,
            own_items: self.contract.items.len(),
            items: self.items.into_iter().cloned().collect(),
            names: named(&cx),
            name: self.contract.name.clone(),
            objectives,
            metrics: self.metrics,
            partnership: clauses,
            scenarios,
            graph: cx.graph,
            plan: cx.plan,
            span: self.contract.span,
        };
        Analysis {
            contract,
            diagnostics: cx.diagnostics,
        }
    }
}

/// What each name stands for, in the order of the text.
fn named(cx: &Context<'_>) -> Vec<NamedFacts> {
    let mut names: Vec<NamedFacts> = cx
        .symbols
        .values()
        .map(|symbol| NamedFacts {
            name: symbol.name.clone(),
            nodes: match &symbol.value {
                SymbolValue::One(node) => vec![*node],
                SymbolValue::ByMember(_, nodes) => nodes.clone(),
                SymbolValue::Later => Vec::new(),
            },
            kind: symbol.kind.clone(),
            least: symbol
                .domain
                .as_ref()
                .and_then(|domain| domain.least.clone()),
            most: symbol
                .domain
                .as_ref()
                .and_then(|domain| domain.most.clone()),
            used: symbol.used,
            span: symbol.span,
        })
        .collect();
    names.sort_by_key(|facts| facts.span);
    names
}

/// What an at-risk amount is called among the tasks; one without a name is called by its place, which no item can be.
fn pool_name(pool: &tree::AtRisk, span: Span) -> String {
    match &pool.name {
        Some(name) => name.text.clone(),
        None => format!("at risk {}", span.start),
    }
}

/// What carries out a task.
enum Doer<'s> {
    /// An item of the text.
    Item(&'s Item),
    /// The sum over a stage.
    Stage(Builtin),
}
