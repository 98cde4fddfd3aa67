//! `uncommitted-forecast`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, forecast};
use crate::model::facts::FloorKind;
use crate::program::{NodeId, Op, Slot};

rule! {
    /// The customer gives a forecast that does not bind it to anything.
    ///
    /// The supplier hires for the forecast, and alone bears the cost of volume that does not come. A forecast that
    /// costs nothing is set high, to be on the safe side, and soon nobody believes it.
    ///
    /// A minimum, a commitment, a baseline or a charge that depends on the forecast binds the customer.
    ///
    /// ```quid bad
    /// # without: floor
    /// ```
    ///
    /// ```quid good
    /// minimum 40_000 EUR each month
    /// ```
    ///
    /// To fix it, agree on a minimum for the month, or a commitment for the year.
    "uncommitted-forecast": Risk, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let slots = &subject.contract.plan.slots;
    let forecasts = forecast::columns(subject);
    let given = forecasts
        .into_iter()
        .filter_map(|slot| slots.get(slot.0 as usize))
        .find(|slot| {
            // What a forecast is compared with is delivered, so the supplier or a system reports it.
            let delivered =
                |other: &&Slot| other.kind == slot.kind && other.reporter != Some("customer");
            slot.reporter == Some("customer") && slots.iter().any(|other| delivered(&other))
        });
    let facts = subject.facts();
    let bound = forecast::has_baseline(subject)
        || is_charged_at_least(subject)
        || subject
            .own(&facts.floors)
            .any(|floor| floor.kind == FloorKind::Minimum)
        || subject.own(&facts.commitments).next().is_some();
    let Some(given) = given.filter(|_| !bound) else {
        return Vec::new();
    };
    let message = format!("nothing binds the customer to `{}`", given.name);
    vec![
        Diagnostic::warning(RULE.name, given.span, message)
            .because("the supplier hires for what is expected, and alone bears the cost of volume that does not come")
            .because("a forecast that costs nothing is set high, to be on the safe side")
            .help("agree on a minimum, `minimum 40_000 EUR each month`, or a commitment for the year"),
    ]
}

/// Whether a charge is for at least a share of what the customer has planned, in any unit.
fn is_charged_at_least(subject: &Subject<'_>) -> bool {
    let plan = &subject.contract.plan;
    let lines = plan.lines.iter();
    let amounts: Vec<NodeId> = lines
        .filter(|line| line.kind == LineKind::Charge)
        .map(|line| line.amount)
        .collect();
    let reach = subject.flow.behind(&amounts);
    let is_planned = |part: &NodeId| {
        let columns = subject.flow.columns(&[*part]).into_iter();
        let mut slots = columns.filter_map(|slot| plan.slots.get(slot.0 as usize));
        slots.any(|slot| slot.reporter == Some("customer"))
    };
    let mut nodes = subject.contract.graph.nodes().iter().zip(0..);
    nodes.any(|(node, id)| match &node.op {
        Op::Max(parts) => reach.has(NodeId(id)) && parts.iter().any(is_planned),
        _ => false,
    })
}
