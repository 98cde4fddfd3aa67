//! Defined terms: what each name of the contract is called in prose.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::ItemKind;
use crate::model::Contract;
use crate::model::facts::{Head, ItemId};
use crate::quantity::Type;
use crate::text::Span;

/// The terms of a contract.
pub(super) struct Terms {
    by_clause: BTreeMap<ItemId, String>,
    /// The clause to which a word at a place refers.
    by_place: BTreeMap<(u32, u32), ItemId>,
    /// The clauses whose value is yes or no.
    flags: BTreeSet<ItemId>,
}

impl Terms {
    /// Names every clause: by its title, or else by its name. Where two have the same title, the kind of clause is added,
    /// and where that is not enough the name.
    pub(super) fn of(contract: &Contract) -> Self {
        let heads = &contract.facts.heads;
        let named: Vec<&Head> = heads.iter().filter(|head| head.name.is_some()).collect();
        let mut by_clause = BTreeMap::new();
        for head in &named {
            let plain = plain(head);
            let same = |other: &&&Head| other.id != head.id && self::plain(other) == plain;
            let others: Vec<&&Head> = named.iter().filter(same).collect();
            let term = if others.is_empty() {
                format!("“{plain}”")
            } else if others.iter().any(|other| other.kind == head.kind) {
                format!("“{plain}” ({} {})", noun(head.kind), head.name())
            } else {
                format!("“{plain}” ({})", noun(head.kind))
            };
            by_clause.insert(head.id, term);
        }
        let declared: BTreeMap<Span, ItemId> =
            named.iter().map(|head| (head.place(), head.id)).collect();
        let by_place = contract.references.iter().filter_map(|reference| {
            let id = declared.get(&reference.to)?;
            Some(((reference.at.file.0, reference.at.start), *id))
        });
        let facts = &contract.facts;
        let inputs = facts
            .inputs
            .iter()
            .map(|one| (one.head.id, &one.value_type));
        let values = facts
            .definitions
            .iter()
            .map(|one| (one.head.id, &one.value_type));
        let metrics = facts
            .metrics
            .iter()
            .map(|one| (one.head.id, &one.value_type));
        let kinds = inputs.chain(values).chain(metrics);
        Self {
            by_place: by_place.collect(),
            by_clause,
            flags: kinds
                .filter(|(_, kind)| **kind == Type::Flag)
                .map(|(id, _)| id)
                .collect(),
        }
    }

    /// The term of a clause.
    pub(super) fn of_clause(&self, id: ItemId) -> Option<&str> {
        self.by_clause.get(&id).map(String::as_str)
    }

    /// Whether the word at a place names a value of yes or no.
    pub(super) fn is_flag(&self, file: u32, start: u32) -> bool {
        let id = self.by_place.get(&(file, start));
        id.is_some_and(|id| self.flags.contains(id))
    }

    /// The term of the word at a place.
    pub(super) fn at(&self, file: u32, start: u32) -> Option<&str> {
        self.of_clause(*self.by_place.get(&(file, start))?)
    }
}

/// The title, or else the name in words.
fn plain(head: &Head) -> String {
    match &head.title {
        // What a notice says is no name for it.
        Some(title) if head.kind != ItemKind::Notice => title.text.replace(['“', '”'], "\""),
        _ => head.name().replace('_', " "),
    }
}

/// What such a clause is called.
pub(super) fn noun(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Let => "defined value",
        ItemKind::Metric => "KPI",
        ItemKind::Input => "reported figure",
        ItemKind::Points => "service points",
        ItemKind::Scorecard => "score",
        other => other.clause().words,
    }
}
