//! The rules, one in each file. This list is written by the tests; do not edit it.

mod agent_feedback_missing;
mod average_only_timeliness;
mod bonus_while_failing;
mod cost_only_objective;
mod double_jeopardy;
mod handle_time_incentive;
mod immaterial_quality_share;
mod metric_without_source;
mod no_escalation_path;
mod no_exit_plan;
mod no_feedback;
mod no_feedback_loop;
mod no_governance;
mod no_governance_cadence;
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
mod one_off_training;
mod operational_metrics_only;
mod pay_per_contact_only;
mod percentile_without_tail;
mod process_not_mapped;
mod renewal_without_goals;
mod retained_team_missing;
mod separate_tools;
mod service_level_only;
mod spreadsheet_quality_assurance;
mod supplier_measured_only;
mod training_without_material;
mod unbalanced_scorecard;
mod uncalibrated_quality_assurance;
mod unmeasured_objective;
mod unpaid_satisfaction_metric;
mod unsampled_quality_assurance;
mod volume_without_deflection;
mod wrong_direction;

use super::rule::Rule;

/// All rules, by name.
pub const ALL: &[Rule] = &[
    agent_feedback_missing::RULE,
    average_only_timeliness::RULE,
    bonus_while_failing::RULE,
    cost_only_objective::RULE,
    double_jeopardy::RULE,
    handle_time_incentive::RULE,
    immaterial_quality_share::RULE,
    metric_without_source::RULE,
    no_escalation_path::RULE,
    no_exit_plan::RULE,
    no_feedback::RULE,
    no_feedback_loop::RULE,
    no_governance::RULE,
    no_governance_cadence::RULE,
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
    one_off_training::RULE,
    operational_metrics_only::RULE,
    pay_per_contact_only::RULE,
    percentile_without_tail::RULE,
    process_not_mapped::RULE,
    renewal_without_goals::RULE,
    retained_team_missing::RULE,
    separate_tools::RULE,
    service_level_only::RULE,
    spreadsheet_quality_assurance::RULE,
    supplier_measured_only::RULE,
    training_without_material::RULE,
    unbalanced_scorecard::RULE,
    uncalibrated_quality_assurance::RULE,
    unmeasured_objective::RULE,
    unpaid_satisfaction_metric::RULE,
    unsampled_quality_assurance::RULE,
    volume_without_deflection::RULE,
    wrong_direction::RULE,
];
