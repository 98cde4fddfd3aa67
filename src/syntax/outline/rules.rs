//! What each rule of the grammar is in the outline.
//!
//! The match is exhaustive on purpose: a new rule of the grammar does not compile before it has its place here.

use super::super::grammar::Rule;
use super::kind::{ItemKind, Kind};

/// What a rule of the grammar is in the outline.
pub(super) enum Part {
    /// A part of its own.
    Node(Kind),
    /// `contract`, `library` or `amendment` with what belongs to it.
    Body,
    /// A word that is not a word of the language, or a sign or number that may be of several kinds.
    Word,
    /// The brace that opens a block.
    Open,
    /// The brace that closes a block, or the place where it is missing.
    Close,
    /// Without width: the place of something that is missing.
    Missing,
    /// No node: its parts, if it has any, belong to the surrounding node.
    Through,
}

/// What a rule is.
pub(super) fn part(rule: Rule) -> Part {
    match rule {
        Rule::contract | Rule::amendment => Part::Body,
        Rule::use_item => Part::Node(Kind::Use),
        Rule::change => Part::Node(Kind::Change),
        Rule::purpose
        | Rule::baseline_side
        | Rule::measured_by
        | Rule::formula
        | Rule::needs
        | Rule::baseline
        | Rule::deadband
        | Rule::target
        | Rule::critical
        | Rule::excused
        | Rule::sl_credit
        | Rule::repeated
        | Rule::earn_back
        | Rule::raised
        | Rule::terminate
        | Rule::sl_in_place
        | Rule::counts
        | Rule::tolerated
        | Rule::persistent
        | Rule::sl_no_value
        | Rule::index_base
        | Rule::index_dates
        | Rule::index_fixed
        | Rule::index_threshold
        | Rule::index_bounds
        | Rule::index_factor
        | Rule::index_prices
        | Rule::index_against
        | Rule::index_link
        | Rule::share_of
        | Rule::share_beyond
        | Rule::share_end
        | Rule::points_excused
        | Rule::points_repeated
        | Rule::may_exceed
        | Rule::fact
        | Rule::given
        | Rule::expect => Part::Node(Kind::Statement),
        Rule::scorecard_arm
        | Rule::card_arm
        | Rule::tier
        | Rule::gain_statement
        | Rule::category
        | Rule::allocation
        | Rule::band => Part::Node(Kind::Row),
        Rule::amended
        | Rule::effective
        | Rule::signed
        | Rule::attribute
        | Rule::waived_until
        | Rule::after_credits
        | Rule::waived_because
        | Rule::waived_ref
        | Rule::due
        | Rule::measured
        | Rule::source
        | Rule::by_dimension
        | Rule::by_members
        | Rule::between
        | Rule::step
        | Rule::nominal
        | Rule::if_missing
        | Rule::if_nothing
        | Rule::type_of
        | Rule::scale
        | Rule::fallback
        | Rule::no_value
        | Rule::no_invoice
        | Rule::last_known
        | Rule::average_of
        | Rule::is_kind
        | Rule::better
        | Rule::wrong_better
        | Rule::at_cost
        | Rule::cost_most
        | Rule::for_quantity
        | Rule::once
        | Rule::advance
        | Rule::trued_up
        | Rule::packages
        | Rule::multiple
        | Rule::metered
        | Rule::baseline_slab
        | Rule::slab_price
        | Rule::tiers
        | Rule::excused_first
        | Rule::excused_month
        | Rule::repeat
        | Rule::growth
        | Rule::repeat_most
        | Rule::earn_share
        | Rule::with_average
        | Rule::in_place
        | Rule::applied
        | Rule::every
        | Rule::when
        | Rule::rolling
        | Rule::excess
        | Rule::limit_terminate
        | Rule::too_small
        | Rule::points_run
        | Rule::pool_name
        | Rule::only_otherwise
        | Rule::committed
        | Rule::counted
        | Rule::part_period
        | Rule::ending
        | Rule::open_lapses
        | Rule::ending_ahead
        | Rule::released
        | Rule::assignment
        | Rule::expect_no
        | Rule::expect_notice
        | Rule::in_month
        | Rule::expect_value
        | Rule::dated
        | Rule::rounded
        | Rule::range_test
        | Rule::steps
        | Rule::of_period
        | Rule::window => Part::Node(Kind::Clause),
        Rule::stated
        | Rule::if_expr
        | Rule::flat
        | Rule::arith
        | Rule::undated
        | Rule::inner
        | Rule::total_of
        | Rule::fold
        | Rule::previous_of
        | Rule::in_a_row
        | Rule::bands_of
        | Rule::units_in => Part::Node(Kind::Expression),
        Rule::paren | Rule::call => Part::Node(Kind::Group),
        Rule::misspelt_contract
        | Rule::bad_top
        | Rule::bad_item
        | Rule::bad_member
        | Rule::bad_fact
        | Rule::bad_statement
        | Rule::bad_header => Part::Node(Kind::Bad),
        Rule::removed
        | Rule::unquoted
        | Rule::fact_word
        | Rule::percentage_points
        | Rule::unit_word
        | Rule::function
        | Rule::name
        | Rule::path
        | Rule::waived_rule
        | Rule::sign
        | Rule::number
        | Rule::word_token
        | Rule::reserved_name => Part::Word,
        Rule::open => Part::Open,
        Rule::close | Rule::missing_close => Part::Close,
        Rule::missing_name | Rule::missing_open | Rule::missing_colon => Part::Missing,
        Rule::party => Part::Node(Kind::Item(ItemKind::Party)),
        Rule::currency => Part::Node(Kind::Item(ItemKind::Currency)),
        Rule::term => Part::Node(Kind::Item(ItemKind::Term)),
        Rule::invoice => Part::Node(Kind::Item(ItemKind::Invoice)),
        Rule::round_item => Part::Node(Kind::Item(ItemKind::Round)),
        Rule::part_months => Part::Node(Kind::Item(ItemKind::PartMonths)),
        Rule::language_item => Part::Node(Kind::Item(ItemKind::Language)),
        Rule::unit_item => Part::Node(Kind::Item(ItemKind::Unit)),
        Rule::dimension => Part::Node(Kind::Item(ItemKind::Dimension)),
        Rule::objective => Part::Node(Kind::Item(ItemKind::Objective)),
        Rule::input => Part::Node(Kind::Item(ItemKind::Input)),
        Rule::metric => Part::Node(Kind::Item(ItemKind::Metric)),
        Rule::let_item => Part::Node(Kind::Item(ItemKind::Let)),
        Rule::scorecard => Part::Node(Kind::Item(ItemKind::Scorecard)),
        Rule::charge => Part::Node(Kind::Item(ItemKind::Charge)),
        Rule::adjust => Part::Node(Kind::Item(ItemKind::Adjust)),
        Rule::service_level => Part::Node(Kind::Item(ItemKind::ServiceLevel)),
        Rule::award => Part::Node(Kind::Item(ItemKind::Award)),
        Rule::index_item => Part::Node(Kind::Item(ItemKind::Index)),
        Rule::share_currency => Part::Node(Kind::Item(ItemKind::ShareCurrency)),
        Rule::share_gain => Part::Node(Kind::Item(ItemKind::ShareGain)),
        Rule::limit => Part::Node(Kind::Item(ItemKind::Limit)),
        Rule::awards_item => Part::Node(Kind::Item(ItemKind::Awards)),
        Rule::points => Part::Node(Kind::Item(ItemKind::Points)),
        Rule::at_risk => Part::Node(Kind::Item(ItemKind::AtRisk)),
        Rule::one_counts => Part::Node(Kind::Item(ItemKind::OneCounts)),
        Rule::floor => Part::Node(Kind::Item(ItemKind::Floor)),
        Rule::tax => Part::Node(Kind::Item(ItemKind::Tax)),
        Rule::waiver => Part::Node(Kind::Item(ItemKind::Waiver)),
        Rule::notice => Part::Node(Kind::Item(ItemKind::Notice)),
        Rule::commitment => Part::Node(Kind::Item(ItemKind::Commitment)),
        Rule::holdback => Part::Node(Kind::Item(ItemKind::Holdback)),
        Rule::partnership => Part::Node(Kind::Item(ItemKind::Partnership)),
        Rule::scenario => Part::Node(Kind::Item(ItemKind::Scenario)),
        // Blocks and lists, whose parts are what counts; and words, signs and numbers.
        Rule::file
        | Rule::items
        | Rule::changes
        | Rule::stray_items
        | Rule::members
        | Rule::objective_body
        | Rule::scale_end
        | Rule::type_unit
        | Rule::metric_body
        | Rule::scorecard_body
        | Rule::card
        | Rule::baseline_block
        | Rule::service_level_body
        | Rule::index_body
        | Rule::currency_body
        | Rule::gain_body
        | Rule::subject
        | Rule::points_body
        | Rule::pool
        | Rule::allocations
        | Rule::facts
        | Rule::scenario_body
        | Rule::bands
        | Rule::band_to
        | Rule::level
        | Rule::only_item
        | Rule::only_top
        | Rule::only_change
        | Rule::only_member
        | Rule::only_objective
        | Rule::only_metric
        | Rule::only_scorecard
        | Rule::only_card
        | Rule::only_baseline
        | Rule::only_tier
        | Rule::only_level
        | Rule::only_currency
        | Rule::only_gain
        | Rule::only_index
        | Rule::only_scenario
        | Rule::only_band
        | Rule::only_pool
        | Rule::only_points
        | Rule::only_allocation
        | Rule::round_scope
        | Rule::round_mode
        | Rule::part_months_how
        | Rule::equals_for_colon
        | Rule::type_flag
        | Rule::assign
        | Rule::colon_for_assign
        | Rule::at
        | Rule::in_advance
        | Rule::next_month
        | Rule::over_the_term
        | Rule::deadband_kind
        | Rule::slab_up_to
        | Rule::tier_kind
        | Rule::earlier_units
        | Rule::tier_reach
        | Rule::tier_beyond
        | Rule::by_agreement
        | Rule::excused_within
        | Rule::run_effect
        | Rule::compounding
        | Rule::year_end
        | Rule::excused_in_average
        | Rule::raised_side
        | Rule::raised_to
        | Rule::raised_bound
        | Rule::at_most
        | Rule::when_critical
        | Rule::ordinal
        | Rule::tolerated_effect
        | Rule::beside_credit
        | Rule::no_value_is
        | Rule::all_other
        | Rule::applied_to
        | Rule::index_value_of
        | Rule::threshold_words
        | Rule::bound_words
        | Rule::a_year
        | Rule::linked_to
        | Rule::share_to
        | Rule::share_band
        | Rule::share_end_word
        | Rule::gain_side
        | Rule::gain_nothing
        | Rule::excess_lapses
        | Rule::at_the_end
        | Rule::each_or_together
        | Rule::are_dropped
        | Rule::awards_word
        | Rule::points_period
        | Rule::in_full
        | Rule::partnership_word
        | Rule::fact_number
        | Rule::fact_text
        | Rule::fact_comma
        | Rule::not_reported
        | Rule::no_notice
        | Rule::expect_word
        | Rule::reach_last
        | Rule::band_compare
        | Rule::ruling
        | Rule::comma
        | Rule::op
        | Rule::arith_op
        | Rule::compare
        | Rule::of_op
        | Rule::if_known
        | Rule::as_percent
        | Rule::step_mode
        | Rule::or_part
        | Rule::this_month
        | Rule::the_period
        | Rule::so_far
        | Rule::count
        | Rule::not
        | Rule::open_paren
        | Rule::close_paren
        | Rule::calendar
        | Rule::pct
        | Rule::unit
        | Rule::builtin
        | Rule::flag
        | Rule::fold_word
        | Rule::calendar_window
        | Rule::units_mode
        | Rule::string
        | Rule::k_waive
        | Rule::k_until
        | Rule::k_because
        | Rule::k_ref
        | Rule::k_contract
        | Rule::k_library
        | Rule::k_amendment
        | Rule::k_effective
        | Rule::k_signed
        | Rule::k_add
        | Rule::k_replace
        | Rule::k_remove
        | Rule::k_use
        | Rule::k_standard
        | Rule::k_customer
        | Rule::k_supplier
        | Rule::k_currency
        | Rule::k_term
        | Rule::k_invoice
        | Rule::k_monthly
        | Rule::k_due
        | Rule::k_days
        | Rule::k_round
        | Rule::k_unit
        | Rule::k_fractional
        | Rule::k_dimension
        | Rule::k_objective
        | Rule::k_purpose
        | Rule::k_measured
        | Rule::k_input
        | Rule::k_metric
        | Rule::k_let
        | Rule::k_charge
        | Rule::k_scorecard
        | Rule::k_adjust
        | Rule::k_points
        | Rule::k_at_risk
        | Rule::k_service_level
        | Rule::k_credit
        | Rule::k_bonus
        | Rule::k_limit
        | Rule::k_minimum
        | Rule::k_maximum
        | Rule::k_commitment
        | Rule::k_holdback
        | Rule::k_released
        | Rule::k_tax
        | Rule::k_notice
        | Rule::k_scenario
        | Rule::k_given
        | Rule::k_expect
        | Rule::k_share_currency
        | Rule::k_share_gain
        | Rule::k_against
        | Rule::k_index
        | Rule::k_base
        | Rule::k_each
        | Rule::k_before
        | Rule::k_fixed
        | Rule::k_factor
        | Rule::k_prices
        | Rule::k_needs
        | Rule::k_otherwise
        | Rule::k_missing
        | Rule::k_nothing_to_measure
        | Rule::k_nominal
        | Rule::k_target
        | Rule::k_critical
        | Rule::k_excused
        | Rule::k_repeated
        | Rule::k_earn_back
        | Rule::k_terminate
        | Rule::k_raised
        | Rule::k_period
        | Rule::k_periods
        | Rule::k_more
        | Rule::k_further
        | Rule::k_all
        | Rule::k_with_average
        | Rule::k_counts_from
        | Rule::k_miss
        | Rule::k_tolerated
        | Rule::k_persistent
        | Rule::k_failures
        | Rule::k_a_row
        | Rule::k_after
        | Rule::k_or_better
        | Rule::k_the
        | Rule::k_first
        | Rule::k_months
        | Rule::k_run
        | Rule::k_part_months
        | Rule::k_language
        | Rule::language_ahead
        | Rule::k_trued_up
        | Rule::k_packages
        | Rule::k_at_cost
        | Rule::k_at_least
        | Rule::k_plus
        | Rule::k_baseline
        | Rule::k_deadband
        | Rule::k_nothing
        | Rule::k_back
        | Rule::k_as_at
        | Rule::k_metered
        | Rule::k_once
        | Rule::k_each_rolling
        | Rule::k_in_place_of
        | Rule::k_are_carried
        | Rule::k_only_the
        | Rule::k_largest
        | Rule::k_chosen
        | Rule::k_excess
        | Rule::k_carried
        | Rule::k_times
        | Rule::k_the_last
        | Rule::k_applied
        | Rule::k_when
        | Rule::k_rounded
        | Rule::k_last_or_previous
        | Rule::k_months_in_a_row
        | Rule::k_at_first
        | Rule::k_previous
        | Rule::k_bands
        | Rule::k_above
        | Rule::k_below
        | Rule::k_between
        | Rule::k_and
        | Rule::k_by
        | Rule::k_else
        | Rule::k_for
        | Rule::k_from
        | Rule::k_if
        | Rule::k_in
        | Rule::k_is
        | Rule::k_of
        | Rule::k_on
        | Rule::k_over
        | Rule::k_per
        | Rule::k_then
        | Rule::k_to
        | Rule::k_x
        | Rule::k_total
        | Rule::EOI => Part::Through,
        // Rules that make no node.
        Rule::waiver_part
        | Rule::top
        | Rule::item
        | Rule::input_part
        | Rule::declared_type
        | Rule::metric_part
        | Rule::better_ahead
        | Rule::metric_statement
        | Rule::pricing
        | Rule::price
        | Rule::baseline_ahead
        | Rule::baseline_statement
        | Rule::service_level_statement
        | Rule::award_terms
        | Rule::award_tail
        | Rule::applied_ahead
        | Rule::index_statement
        | Rule::currency_statement
        | Rule::gain_band
        | Rule::limit_period
        | Rule::limit_tail
        | Rule::awards_ahead
        | Rule::points_terms
        | Rule::points_statement
        | Rule::only_ahead
        | Rule::part_period_ahead
        | Rule::fact_token
        | Rule::fact_figure
        | Rule::fact_over
        | Rule::given_value
        | Rule::stated_part
        | Rule::stated_value
        | Rule::next_assignment
        | Rule::expectation
        | Rule::reach
        | Rule::expr
        | Rule::postfix_word
        | Rule::postfix
        | Rule::operand
        | Rule::plain
        | Rule::simple_operand
        | Rule::simple
        | Rule::literal
        | Rule::digit
        | Rule::steps_ahead
        | Rule::or_condition
        | Rule::special_word
        | Rule::special
        | Rule::small_special
        | Rule::declared
        | Rule::letter
        | Rule::w
        | Rule::x
        | Rule::b
        | Rule::g
        | Rule::h
        | Rule::new_line_ahead
        | Rule::piece
        | Rule::braces
        | Rule::small_piece
        | Rule::quoted
        | Rule::statement_piece
        | Rule::parens
        | Rule::statement_braces
        | Rule::statement_inner
        | Rule::body_over
        | Rule::top_ahead
        | Rule::block_ahead
        | Rule::amendment_ahead
        | Rule::change_ahead
        | Rule::item_ahead
        | Rule::points_ahead
        | Rule::index_ahead
        | Rule::share_ahead
        | Rule::award_ahead
        | Rule::partnership_ahead
        | Rule::fact_item_ahead
        | Rule::fact_item_sign
        | Rule::service_level_ahead
        | Rule::level_ahead
        | Rule::item_word
        | Rule::statement_word
        | Rule::reserved
        | Rule::not_unit
        | Rule::partnership_name => Part::Through,
    }
}
