//! What has to be computed, and what each part refers to: the tasks that are put in order.

use crate::catalogue::Stage;
use std::collections::{BTreeMap, BTreeSet};

use crate::syntax::tree::{self, Builtin, Item, ItemKind};
use crate::text::Span;

use super::dependencies::{Reference, Target};
use super::items::{declared, references};
use super::order::Task;
use super::stages::Stages;

impl<'s> Stages<'s> {
    /// What has to be computed, with what each refers to.
    pub(super) fn tasks(&self) -> (Vec<Task>, Vec<Doer<'s>>) {
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
                    let own = pools.get(level.name.text.as_str()).into_iter().flatten();
                    references.found.extend(own.cloned());
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
            // The values of what is settled are there only once the total is.
            let is_settled = what.stage() == Stage::Settlement;
            if is_settled {
                let needed = references.found.iter().cloned();
                stages.entry("total").or_default().extend(needed);
            }
            let stage = match what.stage() {
                Stage::Charge => Some("charges"),
                Stage::Credit => Some("credits"),
                Stage::Bonus => Some("bonuses"),
                Stage::Points => Some("points"),
                _ => None,
            };
            if let Some(stage) = stage {
                stages.entry(stage).or_default().push(own);
            }
            let references = if is_settled {
                vec![Reference {
                    target: Target::Stage(Builtin::Total),
                    span: name.span,
                    earlier: false,
                }]
            } else {
                references.found
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
    fn pools(&self) -> BTreeMap<&'s str, Vec<Reference>> {
        let mut found: BTreeMap<&str, Vec<Reference>> = BTreeMap::new();
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
                let name = one.level.name.text.as_str();
                found.entry(name).or_default().push(reference);
            }
        }
        found
    }
}

/// The name of an at-risk amount among the tasks. If it has none, its place is used, which no item can have as its
/// name.
pub(super) fn pool_name(pool: &tree::AtRisk, span: Span) -> String {
    match &pool.name {
        Some(name) => name.text.clone(),
        None => format!("at risk {}", span.start),
    }
}

/// What carries out a task.
pub(super) enum Doer<'s> {
    /// An item of the text.
    Item(&'s Item),
    /// The sum over a stage.
    Stage(Builtin),
}
