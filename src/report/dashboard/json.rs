//! Scorecards for programs, by the schema `docs/schema/dashboard.schema.json`.

use serde_json::{Value as Json, json};

use crate::quantity::{Currency, Exact, Figure};
use crate::report::amount::plain;
use crate::report::escape::json::pretty;
use crate::report::words::{notice_kind_key, type_key};

use super::words::standing_key;
use super::{Dashboard, Kpi, Section, Sum};

/// The scorecards as a document.
#[must_use]
pub fn render(dashboard: &Dashboard) -> String {
    let sections = dashboard.sections.iter().map(section);
    let document = json!({
        "schema_version": 1,
        "page": "dashboard",
        "sections": sections.collect::<Vec<Json>>(),
    });
    pretty(&document)
}

fn section(section: &Section) -> Json {
    let currency = section.currency;
    let amount = |amount: &Option<Exact>| amount.as_ref().map(|amount| plain(amount, currency));
    let kinds = section.kinds.iter().map(|(kind, sum)| {
        json!({ "kind": kind.key(), "title": kind.title(), "paid": of_sum(sum, currency) })
    });
    let totals = section
        .totals
        .iter()
        .map(|(month, total)| json!({ "month": month.to_string(), "total": amount(total) }));
    let open = section.open.iter().map(|open| {
        json!({
            "level": open.level,
            "amount": plain(&open.amount, currency),
            "at_year_end": open.at_year_end,
        })
    });
    let levels = section.levels.iter().map(|level| {
        let rights = level.rights.iter().map(|right| {
            json!({
                "kind": notice_kind_key(right.kind),
                "count": right.count.to_string(),
                "needed": right.needed.to_string(),
                "missing": right.missing().to_string(),
                "words": right.words,
            })
        });
        json!({
            "name": level.name,
            "clause": level.clause,
            "run": level.run,
            "rights": rights.collect::<Vec<Json>>(),
        })
    });
    let notices = section.notices.iter().map(|notice| {
        json!({
            "kind": notice_kind_key(notice.kind),
            "name": notice.name,
            "text": notice.text,
            "clause": notice.clause,
        })
    });
    let events = section.due.events.iter().map(|event| {
        json!({
            "day": event.day.to_string(),
            "times": event.times,
            "what": event.what,
            "clause": event.clause,
        })
    });
    json!({
        "contract": section.contract,
        "title": section.title,
        "file": section.file,
        "data": section.data,
        "account": section.account,
        "currency": currency.to_string(),
        "month": section.month.to_string(),
        "year_from": section.year_from.to_string(),
        "invoice": of_sum(&section.invoice, currency),
        "refused": section.refused,
        "without_invoice": section.without.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "kinds": kinds.collect::<Vec<Json>>(),
        "totals": totals.collect::<Vec<Json>>(),
        "kpis": section.kpis.iter().map(|one| kpi(one, currency)).collect::<Vec<Json>>(),
        "open_earn_backs": open.collect::<Vec<Json>>(),
        "levels": levels.collect::<Vec<Json>>(),
        "notices": notices.collect::<Vec<Json>>(),
        "due": {
            "from": section.due.from.to_string(),
            "to": section.due.to.to_string(),
            "events": events.collect::<Vec<Json>>(),
        },
    })
}

fn of_sum(sum: &Sum, currency: Currency) -> Json {
    json!({
        "month": sum.month.as_ref().map(|amount| plain(amount, currency)),
        "year_to_date": plain(&sum.year, currency),
    })
}

fn kpi(kpi: &Kpi, currency: Currency) -> Json {
    let number = |value: &Option<Exact>| value.as_ref().map(ToString::to_string);
    let trend = kpi
        .trend
        .iter()
        .map(|(month, value)| json!({ "month": month.to_string(), "value": number(value) }));
    let sample = kpi.sample.as_ref().map(|sample| {
        json!({
            "of": sample.of,
            "size": sample.size.value.to_string(),
            "unit": sample.size.unit(),
        })
    });
    json!({
        "name": kpi.name,
        "title": kpi.title,
        "clause": kpi.clause,
        "type": type_key(&kpi.kind),
        "unit": Figure::new(Exact::from_integer(2), kpi.kind.clone()).unit(),
        "higher_is_better": kpi.higher_is_better,
        "value": number(&kpi.value),
        "target": number(&kpi.target),
        "critical": number(&kpi.critical),
        "standing": standing_key(kpi.standing),
        "trend": trend.collect::<Vec<Json>>(),
        "sample": sample,
        "scores": kpi.scores,
        "clauses": kpi.clauses,
        "paid": of_sum(&kpi.paid, currency),
    })
}
