//! The rules, one in each file. This list is written by the tests; do not edit it.

mod immaterial_quality_share;
mod no_satisfaction_metric;
mod no_training;
mod non_monotone_tiers;
mod pay_per_contact_only;

use super::rule::Rule;

/// All rules, by name.
pub const ALL: &[Rule] = &[
    immaterial_quality_share::RULE,
    no_satisfaction_metric::RULE,
    no_training::RULE,
    non_monotone_tiers::RULE,
    pay_per_contact_only::RULE,
];
