//! The contract, when all its stages are done.

use crate::ledger::Heading;
use crate::model::{Contract, NamedFacts};
use crate::program::WindowMonths;
use crate::syntax::tree::ItemKind;
use crate::typing::{Context, Over, Symbol, SymbolValue};

use super::header::Header;
use super::stages::Stages;
use super::{Analysis, bases, facts, objective, partnership, records, references, scenario};

impl Stages<'_> {
    pub(super) fn finish(mut self, header: Header) -> Analysis {
        let mut clauses = Vec::new();
        let mut scenarios = Vec::new();
        let stated = scenario::Stated::of(&self.cx);
        for item in &self.contract.items {
            match &item.kind {
                ItemKind::Objective(found) => objective::check(&mut self.cx, found),
                ItemKind::Partnership(clause) => clauses.push(partnership::read(
                    &mut self.cx,
                    clause,
                    item.clause.as_ref(),
                    item.span,
                )),
                ItemKind::Scenario(found) => {
                    scenarios.push(scenario::read(&mut self.cx, &stated, found));
                }
                _ => {}
            }
        }
        let records = records::read(
            &mut self.cx,
            (&self.items, self.contract.items.len()),
            &clauses,
        );
        references::complete(&mut self.cx, &self.items);
        let file = self.contract.span.file;
        bases::ask(&mut self.cx, &self.items, &self.directions, file);
        if let Some(number) = &header.language {
            bases::check_language(&mut self.cx, number, &self.items);
        }
        let own = self.contract.items.len();
        let facts = facts::of(&self.cx, &self.items, own, &records, &mut self.metrics);
        let mut cx = self.cx;
        cx.plan.currency = cx.currency();
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
            own_items: own,
            items: self.items.into_iter().cloned().collect(),
            names: named(&cx),
            references: cx.references.into_iter().collect(),
            name: self.contract.name.clone(),
            facts,
            metrics: self.metrics,
            partnership: clauses,
            scenarios,
            graph: cx.graph,
            lineages: cx.lineages,
            keeps: cx.keeps,
            plan: cx.plan,
            span: self.contract.span,
        };
        Analysis {
            contract,
            diagnostics: cx.diagnostics,
        }
    }
}

/// What each name means, in the order of the text.
fn named(cx: &Context<'_>) -> Vec<NamedFacts> {
    let mut names: Vec<NamedFacts> = cx
        .symbols
        .values()
        .map(|symbol| NamedFacts {
            name: symbol.name.clone(),
            nodes: over(cx, symbol)
                .flat_map(|symbol| match &symbol.value {
                    SymbolValue::One(node) => vec![*node],
                    SymbolValue::ByMember(_, nodes) => nodes.to_vec(),
                    SymbolValue::Later => Vec::new(),
                })
                .collect(),
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

/// A name for the month, and the same over several months.
fn over<'c>(cx: &'c Context<'_>, symbol: &'c Symbol) -> impl Iterator<Item = &'c Symbol> {
    let months = (symbol.name.clone(), WindowMonths::Last(0))..;
    let own = |((name, _), _): &(&(String, WindowMonths), &Over)| *name == symbol.name;
    let others = cx.over.range(months).take_while(own);
    [symbol]
        .into_iter()
        .chain(others.filter_map(|(_, over)| over.as_ref().ok()))
}
