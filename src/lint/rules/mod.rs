//! The rules, one in each file. This list is written by the tests; do not edit it.

mod agent_feedback_missing;
mod average_only_timeliness;
mod bonus_while_failing;
mod confusable_names;
mod consequence_without_target;
mod cost_only_objective;
mod currency_risk_unassigned;
mod double_jeopardy;
mod fraction_as_percent;
mod handle_time_incentive;
mod hidden_minimum;
mod hollow_cap;
mod immaterial_quality_share;
mod indexation_without_cap;
mod invoice_below_zero;
mod lump_sum_cliff;
mod magic_amount;
mod metric_without_source;
mod minimum_above_forecast;
mod minimum_against_credits;
mod misleading_unit_label;
mod missing_clause_reference;
mod nines_at_an_edge;
mod no_audit_right;
mod no_chronic_failure_right;
mod no_correction_rule;
mod no_data_deadline;
mod no_dispute_path;
mod no_due_date;
mod no_escalation_path;
mod no_excused_events;
mod no_exit_plan;
mod no_feedback;
mod no_feedback_loop;
mod no_forecast_relief;
mod no_governance;
mod no_governance_cadence;
mod no_grace_period;
mod no_index_replacement;
mod no_knowledge_base;
mod no_objective;
mod no_quality_assurance;
mod no_recognition;
mod no_reporting_dashboard;
mod no_satisfaction_metric;
mod no_shared_tools;
mod no_training;
mod no_transition_plan;
mod non_monotone_tiers;
mod objective_without_target;
mod offshore_without_transition_review;
mod one_off_training;
mod open_denominator;
mod open_ramp_up;
mod operational_metrics_only;
mod pay_per_contact_only;
mod percentile_without_tail;
mod process_not_mapped;
mod renewal_without_goals;
mod retained_team_missing;
mod rounding_before_threshold;
mod separate_tools;
mod service_level_only;
mod small_sample;
mod spreadsheet_quality_assurance;
mod stacked_credits;
mod supplier_measured_only;
mod swapped_quotient;
mod target_without_consequence;
mod training_without_material;
mod unbalanced_scorecard;
mod uncalibrated_quality_assurance;
mod uncapped_bonus;
mod uncapped_credits;
mod uncommitted_forecast;
mod undecided_excess;
mod undecided_invoice;
mod undecided_run;
mod undecided_sample;
mod undefined_abbreviation;
mod undefined_exclusions;
mod unfilled_placeholder;
mod unmeasured_objective;
mod unnamed_reporter;
mod unpaid_satisfaction_metric;
mod unpriced_volume;
mod unsampled_quality_assurance;
mod unsettled_index;
mod unstated_calendar;
mod unused_definition;
mod unused_input;
mod unused_metric;
mod volume_without_deflection;
mod whole_month_metric_on_part_month;
mod wrong_direction;

use super::rule::Rule;

/// All rules, by name.
pub const ALL: &[Rule] = &[
    agent_feedback_missing::RULE,
    average_only_timeliness::RULE,
    bonus_while_failing::RULE,
    confusable_names::RULE,
    consequence_without_target::RULE,
    cost_only_objective::RULE,
    currency_risk_unassigned::RULE,
    double_jeopardy::RULE,
    fraction_as_percent::RULE,
    handle_time_incentive::RULE,
    hidden_minimum::RULE,
    hollow_cap::RULE,
    immaterial_quality_share::RULE,
    indexation_without_cap::RULE,
    invoice_below_zero::RULE,
    lump_sum_cliff::RULE,
    magic_amount::RULE,
    metric_without_source::RULE,
    minimum_above_forecast::RULE,
    minimum_against_credits::RULE,
    misleading_unit_label::RULE,
    missing_clause_reference::RULE,
    nines_at_an_edge::RULE,
    no_audit_right::RULE,
    no_chronic_failure_right::RULE,
    no_correction_rule::RULE,
    no_data_deadline::RULE,
    no_dispute_path::RULE,
    no_due_date::RULE,
    no_escalation_path::RULE,
    no_excused_events::RULE,
    no_exit_plan::RULE,
    no_feedback::RULE,
    no_feedback_loop::RULE,
    no_forecast_relief::RULE,
    no_governance::RULE,
    no_governance_cadence::RULE,
    no_grace_period::RULE,
    no_index_replacement::RULE,
    no_knowledge_base::RULE,
    no_objective::RULE,
    no_quality_assurance::RULE,
    no_recognition::RULE,
    no_reporting_dashboard::RULE,
    no_satisfaction_metric::RULE,
    no_shared_tools::RULE,
    no_training::RULE,
    no_transition_plan::RULE,
    non_monotone_tiers::RULE,
    objective_without_target::RULE,
    offshore_without_transition_review::RULE,
    one_off_training::RULE,
    open_denominator::RULE,
    open_ramp_up::RULE,
    operational_metrics_only::RULE,
    pay_per_contact_only::RULE,
    percentile_without_tail::RULE,
    process_not_mapped::RULE,
    renewal_without_goals::RULE,
    retained_team_missing::RULE,
    rounding_before_threshold::RULE,
    separate_tools::RULE,
    service_level_only::RULE,
    small_sample::RULE,
    spreadsheet_quality_assurance::RULE,
    stacked_credits::RULE,
    supplier_measured_only::RULE,
    swapped_quotient::RULE,
    target_without_consequence::RULE,
    training_without_material::RULE,
    unbalanced_scorecard::RULE,
    uncalibrated_quality_assurance::RULE,
    uncapped_bonus::RULE,
    uncapped_credits::RULE,
    uncommitted_forecast::RULE,
    undecided_excess::RULE,
    undecided_invoice::RULE,
    undecided_run::RULE,
    undecided_sample::RULE,
    undefined_abbreviation::RULE,
    undefined_exclusions::RULE,
    unfilled_placeholder::RULE,
    unmeasured_objective::RULE,
    unnamed_reporter::RULE,
    unpaid_satisfaction_metric::RULE,
    unpriced_volume::RULE,
    unsampled_quality_assurance::RULE,
    unsettled_index::RULE,
    unstated_calendar::RULE,
    unused_definition::RULE,
    unused_input::RULE,
    unused_metric::RULE,
    volume_without_deflection::RULE,
    whole_month_metric_on_part_month::RULE,
    wrong_direction::RULE,
];
