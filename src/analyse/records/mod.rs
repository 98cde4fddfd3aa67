//! Records: what their fields hold, and what inputs are counted from. Nothing of it takes part in a statement.

mod counted;
mod fields;
mod test;

use std::collections::BTreeMap;

use crate::calendar::{ServiceHours, Zone};
use crate::diagnostic::Diagnostic;
use crate::model::facts::{Counted, Field, FieldId, PartnershipKind, Service};
use crate::model::{FactValue, PartnershipFact, PartnershipFacts};
use crate::syntax::tree::{self, CountedWhat, Item, ItemKind, Name, Reporter, Text};
use crate::text::Span;
use crate::typing::Context;

/// What was understood of records.
#[derive(Default)]
pub(super) struct Read {
    /// The records, in the order of their items.
    pub(super) sets: Vec<Set>,
    /// What each input is counted from, by its name.
    pub(super) counted: BTreeMap<String, Counted>,
    /// When the service is open, if that is asked.
    pub(super) service: Option<Service>,
}

/// One set of records.
pub(super) struct Set {
    pub(super) name: Name,
    pub(super) fields: Vec<Field>,
    pub(super) key: Option<FieldId>,
    pub(super) dated_by: Option<FieldId>,
}

impl Set {
    fn find(&self, name: &str) -> Option<(FieldId, &Field)> {
        let mut fields = self.fields.iter().enumerate();
        fields
            .find(|(_, field)| field.name.text == name)
            .map(|(at, field)| (FieldId(at), field))
    }

    fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get(id.0)
    }
}

/// What the clauses on measurement say of the calendar.
#[derive(Default)]
struct Measured<'c> {
    zone: Option<(&'c str, Span)>,
    hours: Option<(&'c str, Span)>,
    holidays: Option<(&'c str, Span)>,
}

/// Reads all records and all that is counted from them. The first `own` items are the contract's; its records hide those of its
/// libraries that have the same name.
pub(super) fn read(
    cx: &mut Context<'_>,
    (items, own): (&[&Item], usize),
    clauses: &[PartnershipFacts],
) -> Read {
    let measured = measured(clauses);
    let mut read = Read::default();
    for (at, item) in items.iter().enumerate() {
        let ItemKind::Records(records) = &item.kind else {
            continue;
        };
        if let Some(first) = read
            .sets
            .iter()
            .find(|set| set.name.text == records.name.text)
        {
            if at < own {
                cx.report(declared_twice(&records.name, &first.name));
            }
            continue;
        }
        let zone = measured.zone;
        let set = fields::read(cx, records, zone);
        if let Some(asked) = fields::asks_for_hours(records)
            && read.service.is_none()
        {
            read.service = service(cx, &measured, asked);
        }
        read.sets.push(set);
    }
    for item in items {
        if let ItemKind::Input(input) = &item.kind
            && let Some(written) = &input.counted
            && let Some(counted) = counted::read(cx, items, &read.sets, input, written)
        {
            read.counted.insert(input.name.text.clone(), counted);
        }
    }
    read
}

fn declared_twice(name: &Name, first: &Name) -> Diagnostic {
    Diagnostic::error(
        "declared-twice",
        name.span,
        format!("the records `{}` are declared twice", name.text),
    )
    .here("the second time")
    .and_at(first.span, "the first time")
    .because("a name must mean one thing")
    .help("give one of them another name")
}

/// The system that an input comes from and who reports it: its own words, or else those of its records.
pub(super) fn reporting(
    items: &[&Item],
    input: &tree::Input,
) -> (Option<Text>, Option<(Reporter, Span)>) {
    let records = input
        .counted
        .as_ref()
        .and_then(|counted| counted_of(items, counted, true));
    let source = records.and_then(|records| records.source.clone());
    let reporter = records.and_then(|records| records.reporter);
    (input.source.clone().or(source), input.reporter.or(reporter))
}

/// The records that something is counted from: of parts of a month, those of the first input that is compared.
fn counted_of<'i>(
    items: &[&'i Item],
    counted: &tree::Counted,
    through_inputs: bool,
) -> Option<&'i tree::Records> {
    match &counted.what {
        CountedWhat::Of { records, .. } => items.iter().find_map(|item| match &item.kind {
            ItemKind::Records(one) if one.name.text == records.text => Some(one),
            _ => None,
        }),
        CountedWhat::Periods(..) if through_inputs => {
            let first = counted
                .test
                .as_ref()?
                .names()
                .first()
                .map(|name| name.text.clone())?;
            let input = items.iter().find_map(|item| match &item.kind {
                ItemKind::Input(input) if input.name.text == first => Some(input),
                _ => None,
            })?;
            counted_of(items, input.counted.as_ref()?, false)
        }
        CountedWhat::Periods(..) => None,
    }
}

fn measured(clauses: &[PartnershipFacts]) -> Measured<'_> {
    let of = |clause: &&PartnershipFacts| clause.kind == PartnershipKind::Measurement;
    let facts: Vec<&PartnershipFact> = clauses
        .iter()
        .filter(of)
        .flat_map(|one| &one.facts)
        .collect();
    let text = |form: &str| {
        let fact = facts.iter().find(|fact| fact.form == form)?;
        match fact.values.first() {
            Some(FactValue::Text(text)) => Some((text.as_str(), fact.span)),
            _ => None,
        }
    };
    Measured {
        zone: text("time zone"),
        hours: text("service hours"),
        holidays: text("holidays"),
    }
}

/// When the service is open; a finding at `at` if the contract does not say so, or says it in words that cannot be computed.
fn service(cx: &mut Context<'_>, measured: &Measured<'_>, at: Span) -> Option<Service> {
    let (Some((zone, zone_span)), Some((hours, hours_span))) = (measured.zone, measured.hours)
    else {
        cx.report(no_service_hours(at));
        return None;
    };
    if Zone::named(zone).is_none() {
        cx.report(fields::unknown_zone(zone, zone_span));
        return None;
    }
    let parsed = match ServiceHours::parse(hours) {
        Ok(parsed) => parsed,
        Err(part) => {
            cx.report(odd_hours(&part, hours_span, at));
            return None;
        }
    };
    let hours = match measured.holidays {
        None => parsed,
        Some((days, span)) => match parsed.closed_on(days) {
            Ok(hours) => hours,
            Err(part) => {
                cx.report(odd_holiday(&part, span, at));
                return None;
            }
        },
    };
    Some(Service {
        zone: zone.to_owned(),
        hours,
    })
}

fn no_service_hours(at: Span) -> Diagnostic {
    Diagnostic::error(
        "service-hours",
        at,
        "the contract does not say when the service is open",
    )
    .because("the clock runs in service hours only, and somebody would have to guess them")
    .help(
        "write `measurement { time zone \"Europe/Madrid\"; service hours \"Monday to Friday, 08:00 to 20:00\"; holidays \
         \"2026-01-01, 2026-12-25\" }`",
    )
}

fn odd_hours(part: &str, at: Span, asked: Span) -> Diagnostic {
    Diagnostic::error(
        "service-hours",
        at,
        format!("`{part}` does not say which hours of which days"),
    )
    .and_at(asked, "a duration is measured in these hours")
    .help("write `service hours \"Monday to Friday, 08:00 to 20:00; Saturday, 09:00 to 13:00\"`, or `\"always\"`")
}

fn odd_holiday(part: &str, at: Span, asked: Span) -> Diagnostic {
    Diagnostic::error("service-hours", at, format!("`{part}` is not a day"))
        .and_at(
            asked,
            "a duration is measured in service hours, without the holidays",
        )
        .because("which days a calendar of holidays names can change, and two readers can differ")
        .help("write the days: `holidays \"2026-01-01, 2026-01-06, 2026-12-25\"`")
}
