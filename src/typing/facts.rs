//! Facts, which are what happened in a month independently of the wording, and what stays open.

use crate::calendar::Month;
use crate::catalogue::{ItemKind, Stage};
use crate::lineage::Ending;
use crate::program::{Before, Fact, NodeId, Op};
use crate::text::Span;

use super::{Context, Symbol};

/// What an item's value was in a month whose text did not have the item. A value that is only computed can be computed
/// from any month's data; a value that is paid, collected or held back was not there.
pub(super) fn before_it(what: ItemKind) -> Before {
    match what.stage() {
        Stage::Definition => Before::Computed,
        _ => Before::NotThere,
    }
}

impl Context<'_> {
    /// Records the value as a fact of its month. The fact is named by the item at `place`, the member for which it is
    /// read, and what it is. From then on, whatever reads the value must read the returned node. In a contract without
    /// amendments this is the same node.
    pub fn fact(&mut self, place: Span, what: &str, node: NodeId, before: Before) -> NodeId {
        if !self.lineages.is_amended() {
            return node;
        }
        let mut name = self.fact_name(place, what);
        let again = self.fact_names.entry(name.clone()).or_default();
        *again += 1;
        if *again > 1 {
            // An example is what was delivered and what was forecast, at the same prices.
            name = format!("{name}/{again}");
        }
        let node = self.graph.alias(node, place);
        self.graph.record(Fact { name, node, before });
        node
    }

    /// Records the sum of a stage as a fact. It stays what it was, whatever items the stage had at the time.
    pub fn stage_fact(&mut self, stage: &str, node: NodeId, place: Span) -> NodeId {
        if !self.lineages.is_amended() {
            return node;
        }
        let node = self.graph.alias(node, place);
        let (name, before) = (format!("stage {stage}"), Before::Zero);
        self.graph.record(Fact { name, node, before });
        node
    }

    /// Records the values of a name as facts: one, or one for each member of a dimension, and their sum.
    pub(super) fn value_facts(
        &mut self,
        name: &str,
        dimension: Option<usize>,
        nodes: Vec<NodeId>,
    ) -> Vec<NodeId> {
        let Some(symbol) = self.symbols.get(name) else {
            return nodes;
        };
        if !self.lineages.is_amended() {
            return nodes;
        }
        let (place, before) = (symbol.span, before_it(symbol.what));
        let members = dimension.and_then(|dimension| self.dimensions.get(dimension));
        let members = members.map_or(Vec::new(), |dimension| dimension.members.clone());
        let lineage = self.lineage(place);
        let mut members = members.iter();
        let facts: Vec<NodeId> = nodes
            .into_iter()
            .map(|node| {
                let member = members.next().map_or("", String::as_str);
                let name = format!("{lineage}/{member}/value");
                let node = self.graph.alias(node, place);
                self.graph.record(Fact { name, node, before });
                node
            })
            .collect();
        let kind = facts.first().and_then(|node| self.graph.get(*node));
        if let Some(kind) = kind.map(|node| node.kind.clone()) {
            let node = self.node(Op::Sum(facts.clone().into()), kind, place);
            let name = format!("{lineage}//total");
            self.graph.record(Fact { name, node, before });
        }
        facts
    }

    /// Records the sum over all members of a name as a fact.
    pub(super) fn total_fact(&mut self, symbol: &Symbol, node: NodeId) -> NodeId {
        if !self.lineages.is_amended() {
            return node;
        }
        let name = format!("{}//total", self.lineage(symbol.span));
        let node = self.graph.alias(node, symbol.span);
        let before = before_it(symbol.what);
        self.graph.record(Fact { name, node, before });
        node
    }

    fn fact_name(&self, place: Span, what: &str) -> String {
        let member = self.member_text().or(self.arm.as_deref());
        let member = member.unwrap_or_default();
        format!("{}/{member}/{what}", self.lineage(place))
    }

    /// The identity that the item at `place` has in every version.
    fn lineage(&self, place: Span) -> String {
        match self.lineages.of(place) {
            Some(lineage) => lineage.to_owned(),
            // This is an item of a library, which no amendment changes.
            None => format!("{}:{}", self.sources.name(place.file), place.start),
        }
    }

    /// The identity that the item at `place` has in every version.
    #[must_use]
    pub fn identity(&self, place: Span) -> String {
        self.lineage(place)
    }

    /// Whether an amendment removes the item at `place` and lets what is open lapse.
    #[must_use]
    pub fn lapses(&self, place: Span) -> bool {
        self.lineages.lapses(&self.lineage(place))
    }

    /// How the item at `place` ends if an amendment removes it, and where that is written.
    #[must_use]
    pub fn ending(&self, place: Span) -> Option<(Ending, Span)> {
        self.lineages.ending(&self.lineage(place))
    }

    /// Records that the item at `place` keeps something open beyond the end of a month. If the next text no longer
    /// keeps it open, returns the last month under this text. It is then settled as in the last month of the term.
    pub fn keep(&mut self, place: Span, what: &str) -> Option<Month> {
        if !self.lineages.is_amended() {
            return None;
        }
        let last = self.keep_settled(place, what);
        last.filter(|_| !self.lapses(place))
    }

    /// The same for something that does not lapse with the item, because it is already owed and only its invoice is
    /// still to come.
    pub fn keep_settled(&mut self, place: Span, what: &str) -> Option<Month> {
        if !self.lineages.is_amended() {
            return None;
        }
        let kept = format!("{}/{what}", self.lineage(place));
        let last = self.lineages.last_month(&kept);
        self.keeps.insert(kept);
        last
    }
}
