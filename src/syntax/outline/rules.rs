//! What each rule of the grammar is in the outline.
//!
//! A rule that is in none of these lists is nothing of its own: a list, a word, a sign, or something that looks ahead. Its parts, if
//! it has any, belong to what is around it.

use std::sync::LazyLock;

use super::super::grammar::Rule;
use super::kind::Kind;

/// What a rule of the grammar is in the outline.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// A part of its own.
    Node(Kind),
    /// An item of a contract.
    Item,
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
    PARTS.get(rule as usize).copied().unwrap_or(Part::Through)
}

static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| {
    let mut parts = vec![Part::Through; Rule::all_rules().len()];
    for (rules, part) in LISTS {
        for rule in *rules {
            if let Some(place) = parts.get_mut(*rule as usize) {
                *place = *part;
            }
        }
    }
    parts
});

const LISTS: &[(&[Rule], Part)] = &[
    (BODIES, Part::Body),
    (&[Rule::use_item], Part::Node(Kind::Use)),
    (&[Rule::change], Part::Node(Kind::Change)),
    (ITEMS, Part::Item),
    (STATEMENTS, Part::Node(Kind::Statement)),
    (ROWS, Part::Node(Kind::Row)),
    (CLAUSES, Part::Node(Kind::Clause)),
    (EXPRESSIONS, Part::Node(Kind::Expression)),
    (GROUPS, Part::Node(Kind::Group)),
    (UNREAD, Part::Node(Kind::Bad)),
    (WORDS, Part::Word),
    (&[Rule::open], Part::Open),
    (CLOSING, Part::Close),
    (MISSING, Part::Missing),
];

/// Blocks of a file.
const BODIES: &[Rule] = &[Rule::contract, Rule::amendment];

/// Items of a contract; which one it is, the words say that it begins with.
const ITEMS: &[Rule] = &[
    Rule::party,
    Rule::currency,
    Rule::term,
    Rule::invoice,
    Rule::round_item,
    Rule::part_months,
    Rule::language_item,
    Rule::unit_item,
    Rule::dimension,
    Rule::records,
    Rule::objective,
    Rule::input,
    Rule::metric,
    Rule::let_item,
    Rule::scorecard,
    Rule::charge,
    Rule::adjust,
    Rule::service_level,
    Rule::award,
    Rule::index_item,
    Rule::share_currency,
    Rule::share_gain,
    Rule::limit,
    Rule::awards_item,
    Rule::points,
    Rule::at_risk,
    Rule::one_counts,
    Rule::floor,
    Rule::tax,
    Rule::waiver,
    Rule::notice,
    Rule::commitment,
    Rule::holdback,
    Rule::retention,
    Rule::partnership,
    Rule::scenario,
];

/// What a block says.
const STATEMENTS: &[Rule] = &[
    Rule::purpose,
    Rule::baseline_side,
    Rule::measured_by,
    Rule::formula,
    Rule::needs,
    Rule::baseline,
    Rule::deadband,
    Rule::target,
    Rule::critical,
    Rule::excused,
    Rule::sl_credit,
    Rule::repeated,
    Rule::earn_back,
    Rule::raised,
    Rule::terminate,
    Rule::sl_in_place,
    Rule::counts,
    Rule::tolerated,
    Rule::persistent,
    Rule::sl_no_value,
    Rule::index_base,
    Rule::index_dates,
    Rule::index_fixed,
    Rule::index_threshold,
    Rule::index_bounds,
    Rule::index_factor,
    Rule::index_prices,
    Rule::index_against,
    Rule::index_link,
    Rule::share_of,
    Rule::share_beyond,
    Rule::share_end,
    Rule::points_excused,
    Rule::points_repeated,
    Rule::may_exceed,
    Rule::fact,
    Rule::given,
    Rule::expect,
    Rule::left_out,
    Rule::record_field,
];

/// Rows of tables.
const ROWS: &[Rule] = &[
    Rule::scorecard_arm,
    Rule::card_arm,
    Rule::tier,
    Rule::gain_statement,
    Rule::category,
    Rule::allocation,
    Rule::band,
];

/// Parts that begin with words of their own.
const CLAUSES: &[Rule] = &[
    Rule::amended,
    Rule::effective,
    Rule::signed,
    Rule::attribute,
    Rule::waived_until,
    Rule::after_credits,
    Rule::waived_because,
    Rule::waived_ref,
    Rule::due,
    Rule::measured,
    Rule::source,
    Rule::by_dimension,
    Rule::by_members,
    Rule::between,
    Rule::step,
    Rule::nominal,
    Rule::if_missing,
    Rule::if_nothing,
    Rule::type_of,
    Rule::scale,
    Rule::fallback,
    Rule::no_value,
    Rule::no_invoice,
    Rule::last_known,
    Rule::average_of,
    Rule::is_kind,
    Rule::second_kind,
    Rule::better,
    Rule::wrong_better,
    Rule::at_cost,
    Rule::cost_most,
    Rule::for_quantity,
    Rule::once,
    Rule::advance,
    Rule::trued_up,
    Rule::packages,
    Rule::multiple,
    Rule::metered,
    Rule::baseline_slab,
    Rule::slab_price,
    Rule::tiers,
    Rule::excused_first,
    Rule::excused_month,
    Rule::repeat,
    Rule::growth,
    Rule::repeat_most,
    Rule::earn_share,
    Rule::with_average,
    Rule::in_place,
    Rule::applied,
    Rule::every,
    Rule::when,
    Rule::rolling,
    Rule::excess,
    Rule::limit_terminate,
    Rule::too_small,
    Rule::points_run,
    Rule::pool_name,
    Rule::only_otherwise,
    Rule::committed,
    Rule::counted,
    Rule::part_period,
    Rule::ending,
    Rule::open_lapses,
    Rule::ending_ahead,
    Rule::released,
    Rule::assignment,
    Rule::for_months,
    Rule::expect_no,
    Rule::expect_notice,
    Rule::in_month,
    Rule::expect_value,
    Rule::dated,
    Rule::rounded,
    Rule::range_test,
    Rule::steps,
    Rule::of_period,
    Rule::window,
    Rule::field_time,
    Rule::field_between,
    Rule::field_duration,
    Rule::field_number,
    Rule::field_choice,
    Rule::counted_from,
    Rule::dated_by,
];

/// Formulas, conditions, amounts.
const EXPRESSIONS: &[Rule] = &[
    Rule::stated,
    Rule::if_expr,
    Rule::flat,
    Rule::arith,
    Rule::bare,
    Rule::undated,
    Rule::inner,
    Rule::total_of,
    Rule::fold,
    Rule::previous_of,
    Rule::in_a_row,
    Rule::bands_of,
    Rule::units_in,
    Rule::record_where,
];

/// What is between parentheses.
const GROUPS: &[Rule] = &[Rule::paren, Rule::call, Rule::record_group];

/// What could not be read.
const UNREAD: &[Rule] = &[
    Rule::misspelt_contract,
    Rule::bad_top,
    Rule::bad_item,
    Rule::bad_member,
    Rule::bad_fact,
    Rule::bad_statement,
    Rule::bad_header,
];

/// Words that are no words of the language, and signs and numbers that may be of several kinds.
const WORDS: &[Rule] = &[
    Rule::removed,
    Rule::unquoted,
    Rule::fact_word,
    Rule::percentage_points,
    Rule::unit_word,
    Rule::function,
    Rule::name,
    Rule::path,
    Rule::waived_rule,
    Rule::sign,
    Rule::number,
    Rule::word_token,
    Rule::reserved_name,
];

/// The brace that closes a block, or the place where it is missing.
const CLOSING: &[Rule] = &[Rule::close, Rule::missing_close];

/// Of no width: places of what is missing.
const MISSING: &[Rule] = &[Rule::missing_name, Rule::missing_open, Rule::missing_colon];
