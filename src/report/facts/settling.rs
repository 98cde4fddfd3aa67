//! On which invoice credits are settled, small credits, choices among credits; taxes and notices.

use serde_json::{Value as Json, json};

use crate::model::facts::{AppliedTo, AwardKind, Notice, Only, Small, Tax};

use super::levels::applied_key;
use super::wire::{Wire, link, links, object};

pub(super) fn applied(wire: &Wire<'_>, one: &AppliedTo) -> Json {
    let kinds = one.kinds.iter().map(|kind| match kind {
        AwardKind::Credit => "credits",
        AwardKind::Bonus => "bonuses",
    });
    let members = json!({
        "of": kinds.collect::<Vec<_>>(),
        "applied_to": applied_key(one.to),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn small(wire: &Wire<'_>, one: &Small) -> Json {
    let members = json!({
        "below": wire.value(&one.below),
        "amount_itself": one.itself,
        "counted_together": one.together,
        "then": wire.excess(one.then.as_ref()),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn only(wire: &Wire<'_>, one: &Only) -> Json {
    let members = json!({
        "credits": links(&one.of),
        "counts": if one.chosen_by.is_some() { "the_one_chosen" } else { "the_largest" },
        "chosen_by": one.chosen_by.as_ref().map(link),
        "otherwise_the_largest": one.otherwise_largest,
        "when": wire.maybe(one.when.as_ref()),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn tax(wire: &Wire<'_>, one: &Tax) -> Json {
    object(
        wire.head(&one.head),
        json!({ "amount": wire.value(&one.amount) }),
    )
}

pub(super) fn notice(wire: &Wire<'_>, one: &Notice) -> Json {
    object(
        wire.head(&one.head),
        json!({ "when": wire.value(&one.when) }),
    )
}
