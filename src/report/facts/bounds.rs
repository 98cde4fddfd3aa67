//! Limits, minimum, maximum, at-risk amounts, commitments, holdbacks.

use serde_json::{Value as Json, json};

use crate::model::facts::{
    AtRisk, Commitment, Floor, FloorKind, Holdback, Limit, LimitPeriod, LimitSubject, PoolPart,
    PoolShare, Release,
};

use super::charges::part_key;
use super::levels::terminate;
use super::wire::{Wire, every_key, link, object};

pub(super) fn limit(wire: &Wire<'_>, one: &Limit) -> Json {
    let of = one.subjects.iter().map(|subject| match subject {
        LimitSubject::Credits => "credits".to_owned(),
        LimitSubject::Reductions => "reductions".to_owned(),
        LimitSubject::Bonuses => "bonuses".to_owned(),
        LimitSubject::Named(named) => link(named),
    });
    let (period, months) = match &one.period {
        LimitPeriod::Each(every) => (every_key(*every), None),
        LimitPeriod::Rolling(months) => ("rolling_months", Some(months)),
        LimitPeriod::Term => ("term", None),
    };
    let members = json!({
        "of": of.collect::<Vec<_>>(),
        "to": wire.value(&one.to),
        "period": period,
        "months": wire.maybe(months),
        "excess": wire.excess(one.excess.as_ref()),
        "terminate": one.terminate.as_ref().map(|one| terminate(wire, one)),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn floor(wire: &Wire<'_>, one: &Floor) -> Json {
    let kind = match one.kind {
        FloorKind::Minimum => "minimum",
        FloorKind::Maximum => "maximum",
    };
    let members = json!({
        "kind": kind,
        "amount": wire.value(&one.amount),
        "every": "month",
        "says_after_credits": one.after_credits,
    });
    object(wire.head(&one.head), members)
}

pub(super) fn at_risk(wire: &Wire<'_>, one: &AtRisk) -> Json {
    let level = |one: &PoolShare| json!({ "service_level": link(&one.level), "share": wire.value(&one.share) });
    let parts = one.parts.iter().map(|part| match part {
        PoolPart::Category {
            name,
            share,
            levels,
        } => json!({
            "category": name,
            "share": wire.value(share),
            "service_levels": levels.iter().map(level).collect::<Vec<_>>(),
        }),
        PoolPart::Level(one) => json!({
            "category": null,
            "share": null,
            "service_levels": [level(one)],
        }),
    });
    let members = json!({
        "amount": wire.value(&one.amount),
        "every": every_key(one.every),
        "parts": parts.collect::<Vec<_>>(),
        "categories_may_exceed_100_percent": one.may_exceed,
    });
    object(wire.head(&one.head), members)
}

pub(super) fn commitment(wire: &Wire<'_>, one: &Commitment) -> Json {
    let members = json!({
        "amount": wire.value(&one.amount),
        "counted": wire.values(&one.counted),
        "price_of_a_missing_unit": wire.maybe(one.price.as_ref()),
        "every": every_key(one.every),
        "part_period": one.part.map(part_key),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn holdback(wire: &Wire<'_>, one: &Holdback) -> Json {
    let (when, by, bands) = match &one.release {
        Release::InFull(when) => (when.as_ref(), None, Vec::new()),
        Release::By(by, bands) => (None, Some(by), wire.bands(bands)),
    };
    let members = json!({
        "amount": wire.value(&one.amount),
        "released_every": every_key(one.release_every),
        "released_when": wire.maybe(when),
        "released_by": wire.maybe(by),
        "bands": bands,
    });
    object(wire.head(&one.head), members)
}
