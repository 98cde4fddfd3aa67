//! What a drafter calls each rule of the grammar. A rule that is not listed has no name that would help a reader.

use std::sync::LazyLock;

use super::super::grammar::Rule;

/// How a rule is named in a message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// A word of the language, or several.
    Word(&'static str),
    /// One of several words.
    Words(&'static [&'static str]),
    /// Anything of a kind: `a name`.
    Kind(&'static str),
    /// An operand or the beginning of one.
    Value,
    /// What joins two operands.
    Operator,
    /// Nothing that would help a reader.
    Unsaid,
}

impl Called {
    /// The words of the language that it stands for.
    pub(super) fn words(&self) -> &[&'static str] {
        match self {
            Self::Word(word) => std::slice::from_ref(word),
            Self::Words(several) => several,
            Self::Kind(_) | Self::Value | Self::Operator | Self::Unsaid => &[],
        }
    }
}

/// What a drafter calls that rule.
pub(super) fn called(rule: Rule) -> Called {
    CALLED.get(rule as usize).copied().unwrap_or(Called::Unsaid)
}

static CALLED: LazyLock<Vec<Called>> = LazyLock::new(|| {
    let mut all = vec![Called::Unsaid; Rule::all_rules().len()];
    for rule in Rule::all_rules() {
        if let (Some(place), Some(word)) = (all.get_mut(*rule as usize), word_of(*rule)) {
            *place = Called::Word(word);
        }
    }
    let values = VALUES.iter().map(|rule| (*rule, Called::Value));
    let operators = OPERATORS.iter().map(|rule| (*rule, Called::Operator));
    for (rule, called) in NAMED.iter().copied().chain(values).chain(operators) {
        if let Some(place) = all.get_mut(rule as usize) {
            *place = called;
        }
    }
    all
});

/// The word that a rule such as `k_charge` reads: its name says it. The table lives as long as the program, and so do its words.
fn word_of(rule: Rule) -> Option<&'static str> {
    let name = format!("{rule:?}");
    let word = name.strip_prefix("k_")?.replace('_', " ");
    Some(Box::leak(word.into_boxed_str()))
}

/// Operands, and what they begin with.
const VALUES: &[Rule] = &[
    Rule::multiple,
    Rule::path,
    Rule::number,
    Rule::paren,
    Rule::open_paren,
    Rule::sign,
    Rule::not,
    Rule::undated,
    Rule::given_value,
    Rule::flat,
    Rule::arith,
    Rule::bare,
    Rule::inner,
    Rule::if_expr,
    Rule::stated,
    Rule::level,
    Rule::fold,
    Rule::fold_word,
    Rule::previous_of,
    Rule::in_a_row,
    Rule::bands_of,
    Rule::units_in,
    Rule::units_mode,
    Rule::builtin,
    Rule::total_of,
    Rule::call,
    Rule::committed,
    Rule::counted,
    Rule::function,
    Rule::flag,
    Rule::by_agreement,
    Rule::k_previous,
    Rule::k_bands,
    Rule::k_months_in_a_row,
    Rule::k_total,
    Rule::expr,
    Rule::operand,
    Rule::plain,
    Rule::simple_operand,
    Rule::simple,
    Rule::literal,
    Rule::special,
    Rule::small_special,
    Rule::stated_part,
    Rule::stated_value,
    Rule::formula,
];

/// What joins two operands.
const OPERATORS: &[Rule] = &[
    Rule::op,
    Rule::arith_op,
    Rule::postfix,
    Rule::steps,
    Rule::as_percent,
    Rule::range_test,
    Rule::if_known,
];

/// Rules whose name does not say the word that they read or begin with, or what else they are called.
const NAMED: &[(Rule, Called)] = &[
    (Rule::amended, Called::Word("to")),
    (Rule::effective, Called::Word("effective")),
    (Rule::signed, Called::Word("signed")),
    (Rule::change, Called::Words(&["add", "replace", "remove"])),
    (
        Rule::removed,
        Called::Kind("the item's words: `charge chat`"),
    ),
    (Rule::currency, Called::Word("currency")),
    (Rule::term, Called::Word("term")),
    (Rule::invoice, Called::Word("invoice")),
    (Rule::k_due, Called::Word("due in")),
    (Rule::due, Called::Word("due in")),
    (Rule::round_item, Called::Word("round")),
    (
        Rule::round_scope,
        Called::Words(&["each line", "only the total"]),
    ),
    (
        Rule::round_mode,
        Called::Words(&["half up", "half even", "up", "down", "floor", "ceiling"]),
    ),
    (Rule::waiver, Called::Word("waive")),
    (
        Rule::waived_rule,
        Called::Kind("the name of a rule: `small-sample`"),
    ),
    (Rule::waived_until, Called::Word("until")),
    (Rule::waived_because, Called::Word("because")),
    (Rule::waived_ref, Called::Word("ref")),
    (Rule::unit_item, Called::Word("unit")),
    (Rule::dimension, Called::Word("dimension")),
    (Rule::objective, Called::Word("objective")),
    (Rule::purpose, Called::Word("purpose")),
    (Rule::k_measured, Called::Word("measured by")),
    (Rule::measured_by, Called::Word("measured by")),
    (Rule::input, Called::Word("input")),
    (Rule::metric, Called::Word("metric")),
    (Rule::let_item, Called::Word("let")),
    (Rule::charge, Called::Word("charge")),
    (Rule::scorecard, Called::Word("scorecard")),
    (Rule::adjust, Called::Word("adjust")),
    (Rule::at_risk, Called::Word("at risk")),
    (Rule::points, Called::Word("points")),
    (Rule::points_excused, Called::Word("excused")),
    (Rule::points_repeated, Called::Word("repeated in a row")),
    (
        Rule::points_period,
        Called::Words(&["month", "quarter", "year"]),
    ),
    (
        Rule::points_run,
        Called::Words(&["month", "quarter", "year"]),
    ),
    (
        Rule::compounding,
        Called::Words(&["compounding", "not compounding"]),
    ),
    (Rule::points_body, Called::Word("{")),
    (Rule::may_exceed, Called::Word("categories may exceed 100%")),
    (Rule::category, Called::Kind("a name")),
    (Rule::allocation, Called::Kind("a name")),
    (Rule::pool_name, Called::Kind("a name")),
    (Rule::pool, Called::Word("{")),
    (Rule::allocations, Called::Word("{")),
    (Rule::service_level, Called::Word("service level")),
    (Rule::sl_credit, Called::Word("credit")),
    (Rule::award, Called::Word("credit")),
    (Rule::limit, Called::Word("limit")),
    (Rule::floor, Called::Word("minimum")),
    (Rule::commitment, Called::Word("commitment")),
    (Rule::holdback, Called::Word("holdback")),
    (Rule::records, Called::Word("records")),
    (Rule::records_body, Called::Word("{")),
    (Rule::left_out, Called::Word("bad records are left out")),
    (Rule::record_field, Called::Kind("a field")),
    (Rule::field_text, Called::Word("text")),
    (Rule::field_time, Called::Word("time")),
    (Rule::field_date, Called::Word("date")),
    (Rule::field_between, Called::Word("duration")),
    (Rule::field_duration, Called::Word("duration")),
    (Rule::field_whole, Called::Word("whole number")),
    (Rule::field_number, Called::Word("number")),
    (Rule::field_choice, Called::Word("one of")),
    (Rule::field_key, Called::Word("key")),
    (Rule::field_missing, Called::Word("may be missing")),
    (Rule::field_dates, Called::Word("dates the record")),
    (Rule::in_service_hours, Called::Word("in service hours")),
    (
        Rule::counted_from,
        Called::Words(&["count of", "sum of", "distinct"]),
    ),
    (
        Rule::counted_field,
        Called::Words(&["sum of", "distinct", "least of", "greatest of"]),
    ),
    (
        Rule::record_periods,
        Called::Words(&["days", "weeks", "half hours"]),
    ),
    (Rule::dated_by, Called::Word("dated by")),
    (Rule::nearest_rank, Called::Word(", nearest rank")),
    (Rule::record_where, Called::Word("where")),
    (Rule::record_join, Called::Words(&["and", "or"])),
    (Rule::record_test, Called::Kind("a condition")),
    (Rule::record_group, Called::Word("(")),
    (
        Rule::record_followed,
        Called::Word("followed by another of the same"),
    ),
    (Rule::record_compare, Called::Kind("a field")),
    (Rule::is_missing, Called::Word("is missing")),
    (Rule::record_value, Called::Kind("a value")),
    (
        Rule::k_followed,
        Called::Word("followed by another of the same"),
    ),
    (Rule::retention, Called::Word("retention bonus")),
    (Rule::stays, Called::Word("when")),
    (Rule::k_stays, Called::Word("stays")),
    (Rule::k_retention_bonus, Called::Word("retention bonus")),
    (Rule::part_months, Called::Word("part months")),
    (Rule::k_language, Called::Word("language 2")),
    (Rule::language_item, Called::Word("language 2")),
    (Rule::language_ahead, Called::Word("language 2")),
    (
        Rule::part_months_how,
        Called::Words(&["by actual days", "as months of 30 days", "in full"]),
    ),
    (Rule::in_advance, Called::Word("in advance")),
    (Rule::advance, Called::Word("in advance")),
    (Rule::trued_up, Called::Word("trued up")),
    (Rule::next_month, Called::Word("the next month")),
    (Rule::released, Called::Word("released")),
    (Rule::in_full, Called::Word("in full")),
    (Rule::ending, Called::Words(&["what is open lapses"])),
    (Rule::open_lapses, Called::Words(&["what is open lapses"])),
    (Rule::ending_ahead, Called::Words(&["what is open lapses"])),
    (
        Rule::part_period,
        Called::Words(&["pro rata for a part year", "in full for a part year"]),
    ),
    (Rule::tax, Called::Word("tax")),
    (Rule::notice, Called::Word("notice")),
    (Rule::expect_notice, Called::Word("notice")),
    (Rule::scenario, Called::Word("scenario")),
    (Rule::given, Called::Word("given")),
    (Rule::expect, Called::Word("expect")),
    (Rule::share_currency, Called::Word("share currency")),
    (Rule::share_gain, Called::Word("share gain")),
    (
        Rule::share_of,
        Called::Kind("a share such as `50% to customer`"),
    ),
    (
        Rule::share_to,
        Called::Words(&["to customer", "to supplier"]),
    ),
    (Rule::share_beyond, Called::Word("beyond")),
    (
        Rule::share_band,
        Called::Words(&["franchise", "deductible"]),
    ),
    (Rule::share_end, Called::Words(&["up to", "down to"])),
    (Rule::share_end_word, Called::Words(&["up to", "down to"])),
    (Rule::gain_statement, Called::Words(&["gain", "pain"])),
    (Rule::gain_side, Called::Words(&["gain", "pain"])),
    (Rule::gain_nothing, Called::Word("nothing")),
    (Rule::currency_body, Called::Word("{")),
    (Rule::gain_body, Called::Word("{")),
    (Rule::index_item, Called::Word("index")),
    (Rule::index_base, Called::Word("base")),
    (Rule::index_dates, Called::Word("each")),
    (Rule::index_factor, Called::Word("factor")),
    (Rule::index_prices, Called::Word("prices")),
    (Rule::index_value_of, Called::Word("with the value of")),
    (
        Rule::index_threshold,
        Called::Words(&["only the change above", "the whole change once above"]),
    ),
    (
        Rule::threshold_words,
        Called::Words(&["only the change above", "the whole change once above"]),
    ),
    (Rule::index_bounds, Called::Words(&["at least", "at most"])),
    (Rule::bound_words, Called::Words(&["at least", "at most"])),
    (Rule::a_year, Called::Word("a year")),
    (
        Rule::index_against,
        Called::Words(&[
            "against the base",
            "against the year before",
            "against the last adjustment",
        ]),
    ),
    (Rule::index_link, Called::Word("from")),
    (Rule::linked_to, Called::Word("linked to")),
    (
        Rule::index_fixed,
        Called::Kind("a share such as `70% fixed`"),
    ),
    (Rule::index_body, Called::Word("{")),
    (Rule::needs, Called::Word("needs")),
    (Rule::k_missing, Called::Word("if missing")),
    (Rule::if_missing, Called::Word("if missing")),
    (
        Rule::k_nothing_to_measure,
        Called::Word("if nothing to measure"),
    ),
    (Rule::if_nothing, Called::Word("if nothing to measure")),
    (Rule::nominal, Called::Word("nominal")),
    (Rule::target, Called::Word("target")),
    (Rule::critical, Called::Word("critical")),
    (Rule::excused, Called::Word("excused")),
    (Rule::repeated, Called::Word("repeated")),
    (Rule::earn_back, Called::Word("earn back")),
    (Rule::terminate, Called::Word("terminate")),
    (Rule::counts, Called::Word("counts from")),
    (Rule::ordinal, Called::Kind("which miss, such as `4th`")),
    (Rule::tolerated, Called::Word("tolerated")),
    (
        Rule::tolerated_effect,
        Called::Words(&["breaks", "keeps", "extends"]),
    ),
    (Rule::persistent, Called::Word("persistent")),
    (
        Rule::beside_credit,
        Called::Words(&["in place of the credit", "on top of the credit"]),
    ),
    (Rule::growth, Called::Word("more each further failure")),
    (Rule::k_more, Called::Word("more each further failure")),
    (Rule::repeat_most, Called::Word("at most")),
    (Rule::at_most, Called::Word("at most")),
    (Rule::cost_most, Called::Word("at most")),
    (
        Rule::k_periods,
        Called::Words(&["months", "quarters", "years"]),
    ),
    (Rule::k_period, Called::Words(&["month", "quarter", "year"])),
    (
        Rule::excused_within,
        Called::Words(&["in any month", "in every month", "in the last month"]),
    ),
    (Rule::k_all, Called::Kind("a share such as `50%`, or `all`")),
    (
        Rule::earn_share,
        Called::Kind("a share such as `50%`, or `all`"),
    ),
    (
        Rule::year_end,
        Called::Words(&[
            "at the end of the contract year",
            "at the end of the calendar year",
        ]),
    ),
    (Rule::k_with_average, Called::Word("with an average of")),
    (Rule::with_average, Called::Word("with an average of")),
    (
        Rule::excused_in_average,
        Called::Words(&["excused months left out", "excused months counted"]),
    ),
    (Rule::k_raised, Called::Words(&["raised", "lowered"])),
    (Rule::raised, Called::Words(&["raised", "lowered"])),
    (
        Rule::raised_side,
        Called::Words(&["in a row above target", "in a row below target"]),
    ),
    (
        Rule::raised_to,
        Called::Words(&["to the mean of target and average", "to the average"]),
    ),
    (Rule::raised_bound, Called::Words(&["at most", "at least"])),
    (Rule::k_at_cost, Called::Word("at cost of")),
    (Rule::at_cost, Called::Word("at cost of")),
    (Rule::baseline, Called::Word("baseline")),
    (Rule::deadband, Called::Word("deadband")),
    (
        Rule::deadband_kind,
        Called::Words(&["franchise", "deductible"]),
    ),
    (Rule::slab_up_to, Called::Word("up to")),
    (Rule::metered, Called::Word("metered")),
    (Rule::over_the_term, Called::Word("over the term")),
    (
        Rule::earlier_units,
        Called::Words(&["repricing earlier units", "keeping earlier prices"]),
    ),
    (Rule::k_once, Called::Word("once in")),
    (Rule::once, Called::Word("once in")),
    (Rule::when, Called::Word("when")),
    (Rule::rounded, Called::Word("rounded")),
    (Rule::k_last_or_previous, Called::Word("last")),
    (Rule::between, Called::Word("between")),
    (Rule::by_dimension, Called::Word("by")),
    (Rule::by_members, Called::Word("by")),
    (Rule::for_quantity, Called::Word("for")),
    (Rule::source, Called::Word("from")),
    (Rule::in_month, Called::Word("in")),
    (Rule::excused_first, Called::Word("in")),
    (Rule::is_kind, Called::Word("is")),
    (Rule::of_op, Called::Word("of")),
    (Rule::step, Called::Word("to")),
    (Rule::at, Called::Word("at")),
    (Rule::applied, Called::Word("applied")),
    (
        Rule::applied_to,
        Called::Words(&[
            "this invoice",
            "the next invoice",
            "the last invoice of the quarter",
        ]),
    ),
    (Rule::awards_item, Called::Words(&["credits", "bonuses"])),
    (Rule::awards_word, Called::Words(&["credits", "bonuses"])),
    (Rule::rolling, Called::Word("each rolling")),
    (Rule::in_place, Called::Word("in place of")),
    (Rule::sl_in_place, Called::Word("in place of")),
    (Rule::all_other, Called::Word("all other credits")),
    (Rule::when_critical, Called::Word("when critical")),
    (Rule::too_small, Called::Words(&["below", "at most"])),
    (Rule::each_or_together, Called::Words(&["each", "together"])),
    (Rule::after_credits, Called::Word("after credits")),
    (
        Rule::are_dropped,
        Called::Words(&["are dropped", "are carried forward"]),
    ),
    (
        Rule::k_are_carried,
        Called::Words(&["are dropped", "are carried forward"]),
    ),
    (Rule::one_counts, Called::Word("only the")),
    (Rule::k_chosen, Called::Word("one chosen by")),
    (
        Rule::only_otherwise,
        Called::Words(&["otherwise the largest", "otherwise no invoice"]),
    ),
    (Rule::k_excess, Called::Word("the excess")),
    (Rule::excess, Called::Word("the excess")),
    (Rule::excess_lapses, Called::Word("lapses")),
    (Rule::k_carried, Called::Word("carried forward")),
    (
        Rule::at_the_end,
        Called::Words(&[
            "paid out at the end of the term",
            "lapsing at the end of the term",
        ]),
    ),
    (Rule::limit_terminate, Called::Word("terminate")),
    (
        Rule::better,
        Called::Words(&["higher is better", "lower is better"]),
    ),
    (
        Rule::every,
        Called::Words(&[
            "each month",
            "each quarter",
            "each contract year",
            "each calendar year",
        ]),
    ),
    (Rule::tier_reach, Called::Words(&["first", "next", "up to"])),
    (Rule::tier_beyond, Called::Word("beyond")),
    (
        Rule::tier_kind,
        Called::Words(&["graduated", "volume", "flat"]),
    ),
    (Rule::tiers, Called::Words(&["graduated", "volume", "flat"])),
    (Rule::packages, Called::Word("in packages of")),
    (
        Rule::band_compare,
        Called::Words(&["below", "at most", "at least", "up to"]),
    ),
    (Rule::reach_last, Called::Word("otherwise")),
    (Rule::ruling, Called::Word("in place of the former")),
    (Rule::no_value_is, Called::Words(&["excused", "failed"])),
    (Rule::run_effect, Called::Words(&["breaks", "keeps"])),
    (
        Rule::step_mode,
        Called::Words(&["full", "started", "exact"]),
    ),
    (
        Rule::compare,
        Called::Words(&["below", "above", "at most", "at least"]),
    ),
    (
        Rule::calendar_window,
        Called::Kind("a period such as `last 3 months`"),
    ),
    (
        Rule::window,
        Called::Kind("a period such as `last 3 months`"),
    ),
    (
        Rule::fallback,
        Called::Kind("`no value`, `no invoice` or a value"),
    ),
    (
        Rule::no_value,
        Called::Kind("`no value`, `no invoice` or a value"),
    ),
    (
        Rule::no_invoice,
        Called::Kind("`no value`, `no invoice` or a value"),
    ),
    (
        Rule::last_known,
        Called::Kind("`no value`, `no invoice` or a value"),
    ),
    (Rule::for_months, Called::Word("for")),
    (Rule::expect_no, Called::Word("no")),
    (Rule::no_notice, Called::Word("no")),
    (
        Rule::partnership_word,
        Called::Kind("`training`, `governance` and the like"),
    ),
    (
        Rule::partnership,
        Called::Kind("`training`, `governance` and the like"),
    ),
    (Rule::excused_month, Called::Word("month")),
    (Rule::name, Called::Kind("a name")),
    (Rule::declared, Called::Kind("a name")),
    (Rule::reserved_name, Called::Kind("a name")),
    (Rule::missing_name, Called::Kind("a name")),
    (Rule::string, Called::Kind("a text in quotation marks")),
    (Rule::calendar, Called::Kind("a month or date")),
    (Rule::unit, Called::Kind("a unit")),
    (Rule::unit_word, Called::Kind("a unit")),
    (Rule::type_of, Called::Kind("a unit")),
    (Rule::type_unit, Called::Kind("a unit")),
    (Rule::word_token, Called::Kind("a word")),
    (Rule::close_paren, Called::Word(")")),
    (Rule::open, Called::Word("{")),
    (Rule::bands, Called::Word("{")),
    (Rule::facts, Called::Word("{")),
    (Rule::members, Called::Word("{")),
    (Rule::metric_body, Called::Word("{")),
    (Rule::scorecard_body, Called::Word("{")),
    (Rule::objective_body, Called::Word("{")),
    (Rule::service_level_body, Called::Word("{")),
    (Rule::scenario_body, Called::Word("{")),
    (Rule::card, Called::Word("{")),
    (Rule::close, Called::Word("}")),
    (Rule::assign, Called::Word("=")),
    (Rule::colon_for_assign, Called::Word(":")),
    (Rule::equals_for_colon, Called::Word(":")),
    (Rule::missing_colon, Called::Word(":")),
    (Rule::pct, Called::Word("%")),
    (Rule::count, Called::Kind("a number")),
    (Rule::repeat, Called::Kind("a number")),
    (Rule::not_reported, Called::Word("missing")),
];
