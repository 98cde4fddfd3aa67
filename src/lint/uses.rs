//! Which names of a contract are used elsewhere in it.

use std::rc::Rc;

use crate::ledger::NoticeKind;
use crate::model::facts::PartnershipKind;
use crate::model::{FactValue, NamedFacts};
use crate::program::{NodeId, Piece};

use super::flow::Reach;
use super::subject::Subject;

/// The names that are read. A scenario that shows a value does not use it.
pub struct Uses<'s, 'c> {
    subject: &'s Subject<'c>,
    /// The nodes from which the statement is made.
    stated: Rc<Reach>,
}

impl<'s, 'c> Uses<'s, 'c> {
    /// Finds what the contract uses.
    pub fn of(subject: &'s Subject<'c>) -> Self {
        let plan = &subject.contract.plan;
        let lines = plan.lines.iter().flat_map(|line| {
            let shown = [line.quantity, line.rate, line.base, line.shown_when];
            shown.into_iter().flatten().chain([line.amount])
        });
        // A notice that says that something replaced a metric's value does not use the metric.
        let notices = plan.notices.iter().filter(|notice| {
            !matches!(
                notice.kind,
                NoticeKind::Substituted | NoticeKind::ShortHistory
            )
        });
        let notices = notices.flat_map(|notice| {
            let values = notice.text.iter().filter_map(|piece| match piece {
                Piece::Value(node) => Some(*node),
                Piece::Text(_) => None,
            });
            values.chain([notice.when])
        });
        let roots: Vec<NodeId> = lines.chain(notices).chain(plan.total).collect();
        let stated = subject.flow.behind(&roots);
        Self { subject, stated }
    }

    /// Whether nothing else reads the value with that name. A constant can be used where no value is computed, such as
    /// at the end of a band. In that case the words decide.
    pub fn is_idle(&self, name: &str) -> bool {
        let Some(facts) = self
            .subject
            .named(name)
            .filter(|facts| !facts.nodes.is_empty())
        else {
            return false;
        };
        if !facts.used {
            return true;
        }
        let flow = &self.subject.flow;
        if flow.columns(&facts.nodes).is_empty() {
            return false;
        }
        let all = self.subject.contract.names.iter();
        let made = flow.made_from(&facts.nodes);
        let mut others = all
            .filter(|other| other.name != facts.name)
            .flat_map(|other| &other.nodes)
            .filter(|node| !facts.nodes.contains(node));
        if others.any(|node| made.has(*node)) {
            return false;
        }
        let shares = |other: &NamedFacts| other.name != facts.name && other.nodes == facts.nodes;
        !self.stated.has_any(&facts.nodes) && !self.subject.contract.names.iter().any(shares)
    }

    /// Whether an objective or the renewal names the metric.
    pub fn is_goal(&self, name: &str) -> bool {
        let objectives = &self.subject.contract.facts.objectives;
        let mut facts = self
            .subject
            .partnership(PartnershipKind::Renewal)
            .flat_map(|clause| &clause.facts)
            .flat_map(|fact| &fact.values);
        objectives.iter().any(|objective| {
            objective
                .measured_by
                .iter()
                .any(|goal| goal.metric.name == name)
        }) || facts.any(|value| matches!(value, FactValue::Word(word) if word == name))
    }
}
