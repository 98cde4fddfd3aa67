//! All facts of a contract in one document; `docs/schema/facts.schema.json` describes it.

use serde_json::{Value as Json, json};

use crate::report::wire::Amendment;

use super::wire::{Wire, object};
use super::{ContractFacts, VersionHead, bounds, charges, frame, levels, measures, settling};

/// The document.
pub(super) fn document(contract: ContractFacts<'_>) -> Json {
    let facts = &contract.contract.facts;
    let wire = Wire {
        sources: contract.sources,
        facts,
    };
    let version = |(at, head): (usize, &VersionHead)| version(head, at == contract.shown);
    let head = json!({
        "contract": contract.contract.name.text,
        "title": contract.contract.heading.title,
        "file": contract.file,
        "versions": contract.versions.iter().enumerate().map(version).collect::<Vec<_>>(),
    });
    let all = object(head, frame::frame(&wire, contract));
    let measures = json!({
        "units": each(&facts.units, |one| frame::unit(&wire, one)),
        "dimensions": each(&facts.dimensions, frame::dimension),
        "objectives": each(&facts.objectives, |one| measures::objective(&wire, one)),
        "records": each(&facts.records, |one| measures::records(&wire, one)),
        "inputs": each(&facts.inputs, |one| measures::input(&wire, one)),
        "metrics": each(&facts.metrics, |one| measures::metric(&wire, one)),
        "definitions": each(&facts.definitions, |one| measures::definition(&wire, one)),
        "charges": each(&facts.charges, |one| charges::charge(&wire, one)),
        "indexation": each(&facts.indices, |one| charges::index(&wire, one)),
        "scorecards": each(&facts.scorecards, |one| measures::scorecard(&wire, one)),
        "adjustments": each(&facts.adjustments, |one| charges::adjustment(&wire, one)),
        "currency_sharing": each(&facts.currency_shares, |one| charges::currency(&wire, one)),
        "gain_sharing": each(&facts.gain_shares, |one| charges::gain(&wire, one)),
        "service_levels": each(&facts.levels, |one| levels::level(&wire, one)),
        "service_points": each(&facts.points, |one| levels::points(&wire, one)),
        "at_risk_amounts": each(&facts.pools, |one| bounds::at_risk(&wire, one)),
        "credits_and_bonuses": each(&facts.awards, |one| levels::award(&wire, one)),
        "choices_among_credits": each(&facts.only, |one| settling::only(&wire, one)),
        "small_credits": each(&facts.small, |one| settling::small(&wire, one)),
        "limits": each(&facts.limits, |one| bounds::limit(&wire, one)),
        "application": each(&facts.applied, |one| settling::applied(&wire, one)),
        "holdbacks": each(&facts.holdbacks, |one| bounds::holdback(&wire, one)),
        "minimum_and_maximum": each(&facts.floors, |one| bounds::floor(&wire, one)),
        "commitments": each(&facts.commitments, |one| bounds::commitment(&wire, one)),
        "taxes": each(&facts.taxes, |one| settling::tax(&wire, one)),
        "notices": each(&facts.notices, |one| settling::notice(&wire, one)),
        "partnership": each(&contract.contract.partnership, |one| frame::part(&wire, one)),
        "scenarios": each(&contract.contract.scenarios, frame::scenario),
        "waivers": each(contract.waivers, frame::waiver),
    });
    object(all, measures)
}

fn each<T>(all: &[T], one: impl Fn(&T) -> Json) -> Vec<Json> {
    all.iter().map(one).collect()
}

fn version(head: &VersionHead, shown: bool) -> Json {
    json!({
        "first_month": head.from.map(|month| month.to_string()),
        "amendment": head.amendment.as_ref().map(Amendment::from),
        "shown": shown,
    })
}
