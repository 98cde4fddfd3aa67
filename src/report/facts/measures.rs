//! Objectives, inputs, metrics, definitions, scorecards.

use serde_json::{Value as Json, json};

use crate::model::facts::{
    Definition, FieldId, FieldKind, Goal, Input, KpiKind, Metric, Objective, Records, Reporter,
    Scorecard,
};

use super::wire::{Wire, comparison_key, link, number, object, unit_words};

pub(super) fn objective(wire: &Wire<'_>, one: &Objective) -> Json {
    let goal = |goal: &Goal| {
        let level = goal.level.as_ref();
        json!({
            "metric": link(&goal.metric),
            "comparison": level.map(|(comparison, _)| comparison_key(*comparison)),
            "level": wire.maybe(level.map(|(_, level)| level)),
        })
    };
    let members = json!({
        "purposes": one.purposes.iter().map(|purpose| &purpose.text).collect::<Vec<_>>(),
        "measured_by": one.measured_by.iter().map(goal).collect::<Vec<_>>(),
    });
    object(wire.head(&one.head), members)
}

fn reporter_key(reporter: Option<Reporter>) -> Option<&'static str> {
    reporter.map(|reporter| match reporter {
        Reporter::Customer => "customer",
        Reporter::Supplier => "supplier",
        Reporter::Both => "both",
    })
}

pub(super) fn input(wire: &Wire<'_>, one: &Input) -> Json {
    let members = json!({
        "unit": unit_words(&one.value_type),
        "dimension": one.dimension,
        "source": one.source.as_ref().map(|source| &source.text),
        "reported_by": reporter_key(one.reporter),
        "least": number(one.least.as_ref(), &one.value_type),
        "most": number(one.most.as_ref(), &one.value_type),
        "step": wire.maybe(one.step.as_ref()),
        "nominal": wire.maybe(one.nominal.as_ref()),
        "if_missing": wire.fallback(one.if_missing.as_ref()),
        "counted_from": one.counted.as_ref().map(|counted| &counted.words),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn records(wire: &Wire<'_>, one: &Records) -> Json {
    let name = |id: Option<FieldId>| {
        id.and_then(|id| one.fields.get(id.0))
            .map(|field| &field.name.text)
    };
    let fields = one.fields.iter().map(|field| {
        json!({
            "name": field.name.text,
            "holds": holds(one, &field.kind),
            "may_be_missing": field.may_be_missing,
        })
    });
    let members = json!({
        "source": one.source.as_ref().map(|source| &source.text),
        "reported_by": reporter_key(one.reporter),
        "key": name(one.key),
        "dated_by": name(one.dated_by),
        "bad_records": if one.leaves_out_bad { "left_out" } else { "month_refused" },
        "fields": fields.collect::<Vec<_>>(),
    });
    object(wire.head(&one.head), members)
}

/// What a field holds, in words.
fn holds(records: &Records, kind: &FieldKind) -> String {
    let name = |id: FieldId| {
        records
            .fields
            .get(id.0)
            .map_or("", |field| field.name.text.as_str())
    };
    match kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Time(zone) => format!("time in {zone}"),
        FieldKind::Date => "date".to_owned(),
        FieldKind::Number(0) => "whole number".to_owned(),
        FieldKind::Number(decimals) => format!("number with {decimals} decimals"),
        FieldKind::Duration(1) => "duration in milliseconds".to_owned(),
        FieldKind::Duration(1_000) => "duration in seconds".to_owned(),
        FieldKind::Duration(60_000) => "duration in minutes".to_owned(),
        FieldKind::Duration(_) => "duration in hours".to_owned(),
        FieldKind::OneOf(members) => format!("one of {}", members.join(", ")),
        FieldKind::Between(between) => {
            let hours = if between.in_service_hours {
                " in service hours"
            } else {
                ""
            };
            let less = between
                .less
                .map_or_else(String::new, |less| format!(", less {}", name(less)));
            format!(
                "duration from {} to {}{hours}{less}",
                name(between.from),
                name(between.to)
            )
        }
        FieldKind::Unknown => "unknown".to_owned(),
    }
}

pub(super) fn metric(wire: &Wire<'_>, one: &Metric) -> Json {
    let needs = one.needs.iter().map(|needs| {
        json!({
            "condition": wire.value(&needs.condition),
            "otherwise": wire.fallback(needs.otherwise.as_ref()),
        })
    });
    let better = one.higher_is_better;
    let members = json!({
        "kind": one.kind.map(KpiKind::word),
        "unit": unit_words(&one.value_type),
        "better": better.map(|higher| if higher { "higher" } else { "lower" }),
        "dimension": one.dimension,
        "source": one.source.as_ref().map(|source| &source.text),
        "measured_by": reporter_key(one.reporter),
        "least": number(one.least.as_ref(), &one.value_type),
        "most": number(one.most.as_ref(), &one.value_type),
        "step": wire.maybe(one.step.as_ref()),
        "formula": wire.maybe(one.formula.as_ref()),
        "inputs": one.inputs.iter().filter_map(|id| wire.name_of(*id)).collect::<Vec<_>>(),
        "rounded": wire.rounded(one.rounded.as_ref()),
        "needs": needs.collect::<Vec<_>>(),
        "if_missing": wire.fallback(one.if_missing.as_ref()),
        "if_nothing_to_measure": wire.fallback(one.if_nothing_to_measure.as_ref()),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn definition(wire: &Wire<'_>, one: &Definition) -> Json {
    let members = json!({
        "unit": unit_words(&one.value_type),
        "dimension": one.dimension,
        "value": wire.value(&one.value),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn scorecard(wire: &Wire<'_>, one: &Scorecard) -> Json {
    let arms = one.arms.iter().map(|arm| {
        json!({
            "metric": link(&arm.metric),
            "weight": wire.value(&arm.weight),
            "points": wire.bands(&arm.bands),
        })
    });
    let members = json!({
        "metrics": arms.collect::<Vec<_>>(),
        "rounded": wire.rounded(one.rounded.as_ref()),
    });
    object(wire.head(&one.head), members)
}
