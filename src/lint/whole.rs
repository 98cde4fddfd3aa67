//! Rules that draw conclusions from what a contract does not say.
//!
//! If a clause that moves money could not be understood, such a rule would think that it is missing, and blame the
//! contract although the clause is there. These rules wait until the clause is fixed; all others report what they see.

/// Their names.
const WAITING: &[&str] = &[
    "average-only-timeliness",
    "consequence-without-target",
    "handle-time-incentive",
    "indexation-without-cap",
    "no-chronic-failure-right",
    "no-excused-events",
    "no-forecast-relief",
    "no-grace-period",
    "operational-metrics-only",
    "pay-per-contact-only",
    "percentile-without-tail",
    "service-level-only",
    "target-without-consequence",
    "unbalanced-scorecard",
    "uncapped-bonus",
    "uncapped-credits",
    "uncommitted-forecast",
    "unpaid-satisfaction-metric",
    "unused-definition",
    "unused-input",
    "unused-metric",
    "volume-without-deflection",
];

/// Whether the rule of that name waits until everything in the contract that moves money is understood.
pub(super) fn waits(rule: &str) -> bool {
    WAITING.contains(&rule)
}

#[cfg(test)]
mod tests {
    use super::WAITING;

    #[test]
    fn every_name_is_that_of_a_rule() {
        for name in WAITING {
            assert!(crate::lint::find(name).is_some(), "{name}");
        }
    }
}
