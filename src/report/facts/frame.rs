//! Parties, currency, term, invoice, rounding; units and dimensions; what the parties accept and how the partnership
//! works.

use serde_json::{Value as Json, json};

use crate::model::facts::{
    Dimension, Head, PartMonths, PartyFact, PartyRole, RoundScope, UnitFact, Waiver,
};
use crate::model::{FactValue, PartnershipFacts, ScenarioFacts};

use super::ContractFacts;
use super::wire::{Wire, mode_key, object};

/// The frame, which comes before the clauses.
pub(super) fn frame(wire: &Wire<'_>, contract: ContractFacts<'_>) -> Json {
    let frame = &wire.facts.frame;
    let term = frame
        .term
        .as_ref()
        .and_then(|term| Some((term, term.period?)));
    let clause = |head: &Head| head.clause.as_ref().map(|clause| clause.text.clone());
    json!({
        "parties": frame.parties.iter().map(party).collect::<Vec<_>>(),
        "currencies": frame.currencies.iter().flat_map(|one| &one.codes).map(|code| &code.text).collect::<Vec<_>>(),
        "term": term.map(|(term, period)| json!({
            "first_day": period.first.to_string(),
            "last_day": period.last.to_string(),
            "clause": clause(&term.head),
        })),
        "invoicing": frame.invoicing.as_ref().map(|invoicing| json!({
            "every": "month",
            "due_in_days": contract.contract.heading.due_in_days,
            "clause": clause(&invoicing.head),
        })),
        "rounding": frame.rounding.as_ref().map(|rounding| json!({
            "applies_to": match rounding.scope {
                RoundScope::EachLine => "each_line",
                RoundScope::OnlyTheTotal => "total",
            },
            "mode": mode_key(rounding.mode),
            "step": wire.value(&rounding.step),
            "clause": clause(&rounding.head),
        })),
        "part_months": frame.part_months.map(|how| match how {
            PartMonths::ActualDays => "by_actual_days",
            PartMonths::ThirtyDays => "months_of_30_days",
            PartMonths::InFull => "in_full",
        }),
        "language": frame.language.as_ref().map(ToString::to_string),
    })
}

fn party(party: &PartyFact) -> Json {
    let attributes = party.attributes.iter();
    json!({
        "role": match party.role {
            PartyRole::Customer => "customer",
            PartyRole::Supplier => "supplier",
        },
        "name": party.name.text,
        "attributes": attributes
            .map(|(name, text)| json!({ "name": name, "value": text }))
            .collect::<Vec<_>>(),
        "clause": party.head.clause.as_ref().map(|clause| &clause.text),
    })
}

pub(super) fn unit(wire: &Wire<'_>, unit: &UnitFact) -> Json {
    let members = json!({
        "singular": unit.singular,
        "plural": unit.plural,
        "parts_can_be_counted": unit.fractional,
    });
    object(wire.head(&unit.head), members)
}

pub(super) fn dimension(dimension: &Dimension) -> Json {
    json!({ "name": dimension.name, "members": dimension.members })
}

pub(super) fn part(wire: &Wire<'_>, part: &PartnershipFacts) -> Json {
    let statements = part.facts.iter().map(|fact| {
        json!({
            "statement": fact.form,
            "words": wire.quote(fact.span),
            "values": fact.values.iter().map(stated).collect::<Vec<_>>(),
        })
    });
    json!({
        "about": part.kind.word(),
        "clause": part.clause,
        "statements": statements.collect::<Vec<_>>(),
    })
}

fn stated(value: &FactValue) -> String {
    match value {
        FactValue::Number(number) => number.to_string(),
        FactValue::Text(text) => text.clone(),
        FactValue::Word(word) => word.clone(),
    }
}

pub(super) fn scenario(scenario: &ScenarioFacts) -> Json {
    json!({
        "name": scenario.name,
        "first_month": scenario.first.to_string(),
        "last_month": scenario.last.to_string(),
    })
}

pub(super) fn waiver(waiver: &Waiver) -> Json {
    json!({
        "rule": waiver.rule,
        "until": waiver.until.to_string(),
        "because": waiver.because,
        "ref": waiver.reference,
        "about": waiver.about,
    })
}
