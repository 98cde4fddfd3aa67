//! The contract, when all its stages are done.

use crate::ledger::Heading;
use crate::model::{Contract, NamedFacts};
use crate::syntax::tree::ItemKind;
use crate::typing::{Context, SymbolValue};

use super::header::Header;
use super::stages::Stages;
use super::{Analysis, objective, partnership, references, scenario, series};

impl Stages<'_> {
    pub(super) fn finish(mut self, header: Header) -> Analysis {
        let mut objectives = Vec::new();
        let mut clauses = Vec::new();
        let mut scenarios = Vec::new();
        let stated = scenario::Stated::of(&self.cx);
        for item in &self.contract.items {
            match &item.kind {
                ItemKind::Objective(found) => objectives.push(objective::read(&mut self.cx, found)),
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
        references::complete(&mut self.cx, &self.items);
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
            references: cx.references.into_iter().collect(),
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
                SymbolValue::ByMember(_, nodes) => nodes.to_vec(),
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
