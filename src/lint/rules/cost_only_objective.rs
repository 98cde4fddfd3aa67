//! `cost-only-objective`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;

use crate::lint::rule::rule;

rule! {
    /// Cost is the only purpose that the contract declares.
    ///
    /// Most attempts to outsource customer service for cost alone have failed (Gartner: 80%): what is saved on contacts
    /// is lost in customers.
    ///
    /// Savings, efficiency and a lower price are other names for cost.
    ///
    /// ```quid bad
    /// objective care "Cheaper service" { purpose cost; measured by csat at least 4.2 }
    /// ```
    ///
    /// ```quid good
    /// objective care "Cheaper and better" { purpose cost, quality; measured by csat at least 4.2 }
    /// ```
    ///
    /// To fix it, say which quality the service must keep or reach, and measure it.
    "cost-only-objective": Incentive, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let objectives = &subject.contract.facts.objectives;
    let mut purposes = objectives.iter().flat_map(|objective| &objective.purposes);
    let Some(first) = objectives.first() else {
        return Vec::new();
    };
    if purposes.clone().next().is_none() || purposes.any(|purpose| !is_cost(&purpose.text)) {
        return Vec::new();
    }
    vec![
        Diagnostic::warning(RULE.name, first.head.place(), "cost is the only purpose of the contract")
            .because("most attempts to outsource customer service for cost alone have failed: what is saved on \
                      contacts is lost in customers")
            .help("add what the service must keep or reach, and the KPI that shows it: `purpose cost, quality`"),
    ]
}

/// Words for spending less. Each must be a whole word of the purpose: `cost_reduction` contains `cost`.
const COST: &[&str] = &[
    "cost",
    "costs",
    "saving",
    "savings",
    "efficiency",
    "price",
    "prices",
    "budget",
    "spend",
    "expense",
    "expenses",
    "cheaper",
    "economy",
    "kosten",
    "kostensenkung",
    "einsparung",
    "costes",
    "ahorro",
    "risparmio",
    "costi",
    "couts",
    "economies",
];

fn is_cost(purpose: &str) -> bool {
    let purpose = purpose.to_lowercase();
    purpose.split('_').any(|word| COST.contains(&word))
}
