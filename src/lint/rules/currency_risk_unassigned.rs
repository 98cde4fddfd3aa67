//! `currency-risk-unassigned`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::program::NodeId;
use crate::quantity::{BaseUnit, Type};

rule! {
    /// The contract has a second currency, and nothing says who bears a change in the exchange rate.
    ///
    /// Costs in one currency and prices in another can drift apart by 10% in an ordinary year. Most suppliers earn less
    /// than that.
    ///
    /// A `share currency` item answers the question, and so does an exchange rate in any value that is paid.
    ///
    /// ```quid bad
    /// currency EUR, INR
    /// ```
    ///
    /// ```quid good
    /// currency EUR, INR
    /// input eur_inr : INR per EUR from "Central bank" by both nominal 90 INR per EUR
    /// share currency on handling against 90 INR per EUR by eur_inr {
    ///   beyond 4% deductible
    ///   50% to customer
    ///   up to 99; down to 81
    /// }
    /// ```
    ///
    /// To fix it, share the change of the rate, or remove the second currency.
    "currency-risk-unassigned": Risk, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let facts = subject.facts();
    let Some(currencies) = &facts.frame.currencies else {
        return Vec::new();
    };
    let place = currencies.head.span;
    let shared = !facts.currency_shares.is_empty();
    let [first, others @ ..] = currencies.codes.as_slice() else {
        return Vec::new();
    };
    if others.is_empty() || shared || !subject.has_charges() || pays_by_rate(subject) {
        return Vec::new();
    }
    let names: Vec<&str> = others.iter().map(|code| code.text.as_str()).collect();
    let message = format!(
        "nothing says who bears a change of {} against {}",
        names.join(", "),
        first.text
    );
    vec![
        Diagnostic::warning(RULE.name, place, message)
            .because("costs in one currency and prices in another can drift apart by more than a supplier earns")
            .help("share it: `share currency on … against 90 INR per EUR by … { beyond 4% deductible; 50% to customer \
                   }`, or remove the second currency"),
    ]
}

/// Whether an exchange rate between two currencies changes the pay.
fn pays_by_rate(subject: &Subject<'_>) -> bool {
    let nodes = subject.contract.graph.nodes();
    (0u32..).zip(nodes).any(|(at, node)| {
        let is_rate = match &node.kind {
            Type::Quantity(unit) => {
                let parts = unit.parts().count();
                parts > 1
                    && unit
                        .parts()
                        .all(|(base, _)| matches!(base, BaseUnit::Currency(_)))
            }
            _ => false,
        };
        is_rate && subject.flow.changes_pay(&[NodeId(at)])
    })
}
