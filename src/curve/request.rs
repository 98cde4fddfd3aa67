//! Which KPIs and inputs a contract has, by the names that a person asks for.

use crate::model::Contract;
use crate::program::Program;

/// The names that have a curve, if they can be varied. `asked` is the name of a KPI, of a column of the data, or of a KPI
/// or input with members. Without it, these are the metrics and scorecards.
#[must_use]
pub fn names(contract: &Contract, program: &Program, asked: Option<&str>) -> Vec<String> {
    let measures = program.plan.measures.iter().map(|one| one.name.as_str());
    let Some(asked) = asked else {
        let metrics = contract.metrics.iter().map(|one| one.name.as_str());
        let scores = contract.facts.scorecards.iter();
        let known: Vec<&str> = metrics.chain(scores.map(|one| one.head.name())).collect();
        let is_known = |name: &&str| {
            let mut known = known.iter();
            known.any(|one| name == one || super::variable::is_member(name, one))
        };
        return measures.filter(is_known).map(str::to_owned).collect();
    };
    let columns = program.plan.slots.iter().map(|one| one.name.as_str());
    let all: Vec<&str> = measures.chain(columns).collect();
    let exact = all.iter().filter(|name| **name == asked).take(1);
    let exact: Vec<String> = exact.map(|name| (*name).to_owned()).collect();
    if !exact.is_empty() {
        return exact;
    }
    let members = all
        .into_iter()
        .filter(|name| super::variable::is_member(name, asked));
    members.map(str::to_owned).collect()
}
