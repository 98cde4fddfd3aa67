//! Service levels, service points, credits and bonuses.

use serde_json::{Value as Json, json};

use crate::model::facts::{
    Applied, Award, AwardKind, AwardTerms, Beside, EarnBackYearly, Earned, Every, Excuse, InPlace,
    LevelCredit, Points, Raised, Repeated, ServiceLevel, Stated, Terminate, Tolerated, Value,
    Within,
};

use super::wire::{Wire, comparison_key, every_key, link, links, mode_key, object};

pub(super) fn level(wire: &Wire<'_>, one: &ServiceLevel) -> Json {
    let what = |value: &Option<Stated<Value>>| wire.maybe(value.as_ref().map(|one| &one.what));
    let members = json!({
        "dimension": one.dimension,
        "metric": link(&one.metric),
        "over": one.over.map(|span| wire.quote(span)),
        "target": one.target.as_ref().map(|target| json!({
            "level": wire.value(&target.level),
            "every": every_key(target.every),
        })),
        "critical": one.critical.as_ref().map(|critical| json!({
            "comparison": comparison_key(critical.comparison),
            "level": wire.value(&critical.level),
        })),
        "excused_when": excuses(wire, &one.excused),
        "excused_first_months": what(&one.grace),
        "no_value": one.no_value_excused.as_ref().map(|one| if one.what { "excused" } else { "failed" }),
        "credit": one.credit.as_ref().map(|credit| self::credit(wire, &credit.what)),
        "repeated": one.repeated.as_ref().map(|one| repeated(wire, &one.what)),
        "persistent": one.persistent.as_ref().map(|one| json!({
            "failures": wire.value(&one.what.failures),
            "months": wire.maybe(one.what.months.as_ref()),
            "amount": wire.value(&one.what.amount),
            "beside_the_credit": one.what.beside.map(|beside| match beside {
                Beside::InPlace => "in_place",
                Beside::OnTop => "on_top",
            }),
        })),
        "earn_back": one.earn_back.as_ref().map(|one| json!({
            "months": wire.value(&one.what.months),
            "level": wire.value(&one.what.level),
        })),
        "earn_back_yearly": one.earn_back_yearly.as_ref().map(|one| yearly(wire, &one.what)),
        "target_moves": one.raised.as_ref().map(|one| raised(wire, &one.what)),
        "terminate": one.terminate.as_ref().map(|one| terminate(wire, &one.what)),
        "counts_from": one.counts_from.as_ref().map(|one| json!({
            "miss": one.what.miss,
            "months": wire.value(&one.what.months),
        })),
        "excused_and_the_run": run(one.excused_breaks.as_ref()),
        "tolerated_and_the_run": one.tolerated.as_ref().map(|one| match one.what {
            Tolerated::Breaks => "breaks",
            Tolerated::Keeps => "keeps",
            Tolerated::Extends => "extends",
        }),
        "applied_to": one.applied.as_ref().map(|one| applied_key(one.what)),
        "in_place_of": in_place(one.in_place.as_ref().map(|one| &one.what)),
    });
    object(wire.head(&one.head), members)
}

fn run(breaks: Option<&Stated<bool>>) -> Option<&'static str> {
    breaks.map(|one| if one.what { "breaks" } else { "keeps" })
}

fn excuses(wire: &Wire<'_>, excuses: &[Excuse]) -> Vec<Json> {
    let all = excuses.iter().map(|excuse| {
        json!({
            "condition": wire.value(&excuse.condition),
            "within": excuse.within.map(|within| match within {
                Within::Any => "any_month",
                Within::Every => "every_month",
                Within::Last => "last_month",
            }),
        })
    });
    all.collect()
}

fn credit(wire: &Wire<'_>, credit: &LevelCredit) -> Json {
    let (amount, critical, bands) = match credit {
        LevelCredit::Amounts(amount, critical) => (Some(amount), critical.as_ref(), Vec::new()),
        LevelCredit::Bands(bands) => (None, None, wire.bands(bands)),
    };
    json!({
        "amount": wire.maybe(amount),
        "critical": wire.maybe(critical),
        "bands": bands,
    })
}

fn repeated(wire: &Wire<'_>, one: &Repeated) -> Json {
    let steps = one.steps.iter().map(|step| {
        json!({
            "failures": wire.value(&step.failures),
            "factor": wire.value(&step.factor),
        })
    });
    json!({
        "steps": steps.collect::<Vec<_>>(),
        "growth": wire.maybe(one.growth.as_ref()),
        "compounding": one.compounding,
        "most": wire.maybe(one.most.as_ref()),
    })
}

fn yearly(wire: &Wire<'_>, one: &EarnBackYearly) -> Json {
    let (average, excused_count, when) = match &one.earned {
        Earned::Average {
            level,
            excused_count,
        } => (Some(level), *excused_count, None),
        Earned::When(condition) => (None, None, Some(condition)),
    };
    json!({
        "share": wire.maybe(one.share.as_ref()),
        "year": every_key(one.year),
        "average": wire.maybe(average),
        "excused_months_count": excused_count,
        "when": wire.maybe(when),
    })
}

fn raised(wire: &Wire<'_>, one: &Raised) -> Json {
    json!({
        "moves": if one.up { "up" } else { "down" },
        "periods_in_a_row": wire.value(&one.periods),
        "good_is": match (one.above, one.at_target) {
            (true, false) => "above_target",
            (true, true) => "at_or_above_target",
            (false, false) => "below_target",
            (false, true) => "at_or_below_target",
        },
        "to": if one.mean { "mean_of_target_and_average" } else { "average" },
        "rounded": one.rounded.as_ref().map(|(mode, step)| json!({
            "mode": mode_key(*mode),
            "step": wire.value(step),
        })),
        "at_most": wire.maybe(one.bound.as_ref().filter(|(most, _)| *most).map(|(_, at)| at)),
        "at_least": wire.maybe(one.bound.as_ref().filter(|(most, _)| !*most).map(|(_, at)| at)),
    })
}

pub(super) fn terminate(wire: &Wire<'_>, one: &Terminate) -> Json {
    json!({
        "failures": wire.value(&one.failures),
        "months": wire.maybe(one.months.as_ref()),
    })
}

pub(super) fn applied_key(to: Applied) -> &'static str {
    match to {
        Applied::This => "this_invoice",
        Applied::Next => "next_invoice",
        Applied::LastOf(Every::Month) => "this_invoice",
        Applied::LastOf(Every::Quarter) => "last_invoice_of_the_quarter",
        Applied::LastOf(Every::ContractYear) => "last_invoice_of_the_contract_year",
        Applied::LastOf(Every::CalendarYear) => "last_invoice_of_the_calendar_year",
    }
}

fn in_place(one: Option<&InPlace>) -> Json {
    one.map_or(Json::Null, |one| {
        let of = one.of.as_ref();
        json!({
            "credits": of.map_or_else(|| vec!["all others".to_owned()], |of| links(of)),
            "only_when_critical": one.when_critical,
        })
    })
}

/// A stated amount, or bands of a measure.
fn terms(wire: &Wire<'_>, terms: &AwardTerms) -> Json {
    let (amount, on, bands) = match terms {
        AwardTerms::Amount(amount) => (Some(amount), None, Vec::new()),
        AwardTerms::Bands(on, bands) => (None, Some(on), wire.bands(bands)),
    };
    json!({
        "amount": wire.maybe(amount),
        "on": wire.maybe(on),
        "bands": bands,
    })
}

pub(super) fn award(wire: &Wire<'_>, one: &Award) -> Json {
    let kind = match one.kind {
        AwardKind::Credit => "credit",
        AwardKind::Bonus => "bonus",
    };
    let members = json!({
        "every": one.every.map(every_key),
        "when": wire.maybe(one.when.as_ref()),
        "in_every_month": one.in_every_month,
        "applied_to": one.applied.map(|(to, _)| applied_key(to)),
        "in_place_of": in_place(one.in_place.as_ref()),
    });
    let own = json!({ "kind": kind, "dimension": one.dimension });
    let head = object(wire.head(&one.head), own);
    object(object(head, terms(wire, &one.terms)), members)
}

pub(super) fn points(wire: &Wire<'_>, one: &Points) -> Json {
    let repeated = one.repeated.as_ref().map(|one| {
        json!({
            "factor": wire.value(&one.what.factor),
            "compounding": one.what.compounding,
        })
    });
    let members = json!({
        "every": every_key(one.every),
        "excused_when": excuses(wire, &one.excused),
        "excused_first_months": wire.maybe(one.grace.as_ref().map(|one| &one.what)),
        "no_value": one.no_value_excused.then_some("excused"),
        "repeated": repeated,
        "excused_and_the_run": run(one.excused_breaks.as_ref()),
    });
    let head = object(wire.head(&one.head), json!({ "dimension": one.dimension }));
    object(object(head, terms(wire, &one.terms)), members)
}
