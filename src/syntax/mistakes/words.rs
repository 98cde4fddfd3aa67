//! What a drafter calls each rule of the grammar.

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
    use Called::{Kind, Operator, Unsaid, Value, Word, Words};
    match rule {
        Rule::k_contract => Word("contract"),
        Rule::k_library => Word("library"),
        Rule::k_amendment => Word("amendment"),
        Rule::amended => Word("to"),
        Rule::k_effective | Rule::effective => Word("effective"),
        Rule::k_add => Word("add"),
        Rule::k_replace => Word("replace"),
        Rule::k_remove => Word("remove"),
        Rule::change => Words(&["add", "replace", "remove"]),
        Rule::removed => Kind("the item's words: `charge chat`"),
        Rule::k_use => Word("use"),
        Rule::k_standard => Word("standard"),
        Rule::k_customer => Word("customer"),
        Rule::k_supplier => Word("supplier"),
        Rule::k_currency | Rule::currency => Word("currency"),
        Rule::k_term | Rule::term => Word("term"),
        Rule::k_invoice | Rule::invoice => Word("invoice"),
        Rule::k_monthly => Word("monthly"),
        Rule::k_due | Rule::due => Word("due in"),
        Rule::k_days => Word("days"),
        Rule::k_round | Rule::round_item => Word("round"),
        Rule::round_scope => Words(&["each line", "only the total"]),
        Rule::round_mode => Words(&["half up", "half even", "up", "down", "floor", "ceiling"]),
        Rule::k_unit | Rule::unit_item => Word("unit"),
        Rule::k_fractional => Word("fractional"),
        Rule::k_dimension | Rule::dimension => Word("dimension"),
        Rule::k_objective | Rule::objective => Word("objective"),
        Rule::k_purpose | Rule::purpose => Word("purpose"),
        Rule::k_measured | Rule::measured_by => Word("measured by"),
        Rule::k_input | Rule::input => Word("input"),
        Rule::k_metric | Rule::metric => Word("metric"),
        Rule::k_let | Rule::let_item => Word("let"),
        Rule::k_charge | Rule::charge => Word("charge"),
        Rule::k_scorecard | Rule::scorecard => Word("scorecard"),
        Rule::k_adjust | Rule::adjust => Word("adjust"),
        Rule::k_at_risk | Rule::at_risk => Word("at risk"),
        Rule::may_exceed => Word("categories may exceed 100%"),
        Rule::category | Rule::allocation | Rule::pool_name => Kind("a name"),
        Rule::pool | Rule::allocations => Word("{"),
        Rule::k_service_level | Rule::service_level => Word("service level"),
        Rule::k_credit | Rule::sl_credit | Rule::award => Word("credit"),
        Rule::k_bonus => Word("bonus"),
        Rule::k_limit | Rule::limit => Word("limit"),
        Rule::k_minimum | Rule::floor => Word("minimum"),
        Rule::k_maximum => Word("maximum"),
        Rule::k_commitment | Rule::commitment => Word("commitment"),
        Rule::k_holdback | Rule::holdback => Word("holdback"),
        Rule::k_released | Rule::released => Word("released"),
        Rule::in_full => Word("in full"),
        Rule::part_period => Words(&["pro rata for a part year", "in full for a part year"]),
        Rule::k_tax | Rule::tax => Word("tax"),
        Rule::k_notice | Rule::notice | Rule::expect_notice => Word("notice"),
        Rule::k_scenario | Rule::scenario => Word("scenario"),
        Rule::k_given | Rule::given => Word("given"),
        Rule::k_expect | Rule::expect => Word("expect"),
        Rule::k_index | Rule::index_item => Word("index"),
        Rule::k_base | Rule::index_base => Word("base"),
        Rule::k_each | Rule::index_dates => Word("each"),
        Rule::k_before => Word("before"),
        Rule::k_fixed => Word("fixed"),
        Rule::k_factor | Rule::index_factor => Word("factor"),
        Rule::k_prices | Rule::index_prices => Word("prices"),
        Rule::index_value_of => Word("with the value of"),
        Rule::index_threshold | Rule::threshold_words => {
            Words(&["only the change above", "the whole change once above"])
        }
        Rule::index_bounds | Rule::bound_words => Words(&["at least", "at most"]),
        Rule::a_year => Word("a year"),
        Rule::index_against => Words(&[
            "against the base",
            "against the year before",
            "against the last adjustment",
        ]),
        Rule::index_link => Word("from"),
        Rule::linked_to => Word("linked to"),
        Rule::index_fixed => Kind("a share such as `70% fixed`"),
        Rule::index_body => Word("{"),
        Rule::k_needs | Rule::needs => Word("needs"),
        Rule::k_otherwise => Word("otherwise"),
        Rule::k_missing | Rule::if_missing => Word("if missing"),
        Rule::k_nothing_to_measure | Rule::if_nothing => Word("if nothing to measure"),
        Rule::k_nominal | Rule::nominal => Word("nominal"),
        Rule::k_target | Rule::target => Word("target"),
        Rule::k_critical | Rule::critical => Word("critical"),
        Rule::k_excused | Rule::excused => Word("excused"),
        Rule::k_repeated | Rule::repeated => Word("repeated"),
        Rule::k_earn_back | Rule::earn_back => Word("earn back"),
        Rule::k_terminate | Rule::terminate => Word("terminate"),
        Rule::k_counts_from | Rule::counts => Word("counts from"),
        Rule::ordinal => Kind("which miss, such as `4th`"),
        Rule::k_miss => Word("miss"),
        Rule::k_tolerated | Rule::tolerated => Word("tolerated"),
        Rule::tolerated_effect => Words(&["breaks", "keeps", "extends"]),
        Rule::k_persistent | Rule::persistent => Word("persistent"),
        Rule::beside_credit => Words(&["in place of the credit", "on top of the credit"]),
        Rule::k_failures => Word("failures"),
        Rule::growth | Rule::k_more => Word("more each further failure"),
        Rule::k_further => Word("further"),
        Rule::compounding => Words(&["compounding", "not compounding"]),
        Rule::repeat_most | Rule::at_most => Word("at most"),
        Rule::k_periods => Words(&["months", "quarters", "years"]),
        Rule::k_all | Rule::earn_share => Kind("a share such as `50%`, or `all`"),
        Rule::year_end => Words(&[
            "at the end of the contract year",
            "at the end of the calendar year",
        ]),
        Rule::k_with_average | Rule::with_average => Word("with an average of"),
        Rule::excused_in_average => Words(&["excused months left out", "excused months counted"]),
        Rule::k_raised | Rule::raised => Words(&["raised", "lowered"]),
        Rule::raised_side => Words(&["in a row above target", "in a row below target"]),
        Rule::raised_to => Words(&["to the mean of target and average", "to the average"]),
        Rule::raised_bound => Words(&["at most", "at least"]),
        Rule::k_a_row => Word("a row"),
        Rule::k_after => Word("after"),
        Rule::k_or_better => Word("or better"),
        Rule::k_the => Word("the"),
        Rule::k_first => Word("first"),
        Rule::k_month => Word("month"),
        Rule::k_months => Word("months"),
        Rule::k_run => Word("run"),
        Rule::k_packages => Word("packages"),
        Rule::k_metered | Rule::metered => Word("metered"),
        Rule::over_the_term => Word("over the term"),
        Rule::earlier_units => Words(&["repricing earlier units", "keeping earlier prices"]),
        Rule::k_once | Rule::once => Word("once in"),
        Rule::k_when | Rule::when => Word("when"),
        Rule::k_rounded | Rule::rounded => Word("rounded"),
        Rule::k_last_or_previous => Word("last"),
        Rule::k_at_first => Word("at first"),
        Rule::k_above => Word("above"),
        Rule::k_below => Word("below"),
        Rule::k_between | Rule::between => Word("between"),
        Rule::k_and => Word("and"),
        Rule::k_by | Rule::by_dimension | Rule::by_members => Word("by"),
        Rule::k_else => Word("else"),
        Rule::k_for | Rule::for_quantity => Word("for"),
        Rule::k_from | Rule::source => Word("from"),
        Rule::k_if => Word("if"),
        Rule::k_in | Rule::in_month | Rule::excused_first => Word("in"),
        Rule::k_is | Rule::is_kind => Word("is"),
        Rule::k_of | Rule::of_op => Word("of"),
        Rule::k_on => Word("on"),
        Rule::k_over => Word("over"),
        Rule::k_per => Word("per"),
        Rule::k_then => Word("then"),
        Rule::k_to | Rule::step => Word("to"),
        Rule::k_x => Word("x"),
        Rule::at => Word("at"),
        Rule::better => Words(&["higher is better", "lower is better"]),
        Rule::every => Words(&[
            "each month",
            "each quarter",
            "each contract year",
            "each calendar year",
        ]),
        Rule::tier_reach => Words(&["first", "next", "up to"]),
        Rule::tier_beyond => Word("beyond"),
        Rule::tier_kind | Rule::tiers => Words(&["graduated", "volume", "flat"]),
        Rule::packages => Word("in packages of"),
        Rule::band_compare => Words(&["below", "at most", "at least", "up to"]),
        Rule::reach_last => Word("otherwise"),
        Rule::ruling => Word("in place of the former"),
        Rule::no_value_is => Words(&["excused", "failed"]),
        Rule::run_effect => Words(&["breaks", "keeps"]),
        Rule::step_mode => Words(&["full", "started", "exact"]),
        Rule::compare => Words(&["below", "above", "at most", "at least"]),
        Rule::calendar_window | Rule::window => Kind("a period such as `last 3 months`"),
        Rule::fallback | Rule::no_value | Rule::no_invoice | Rule::last_known => {
            Kind("`no value`, `no invoice` or a value")
        }
        Rule::expect_no | Rule::no_notice => Word("no"),
        Rule::partnership_word | Rule::partnership => Kind("`training`, `governance` and the like"),
        Rule::excused_month => Word("month"),
        Rule::name | Rule::declared | Rule::reserved_name | Rule::missing_name => Kind("a name"),
        Rule::string => Kind("a text in quotation marks"),
        Rule::calendar => Kind("a month or date"),
        Rule::unit | Rule::unit_word | Rule::type_of | Rule::type_unit => Kind("a unit"),
        Rule::word_token => Kind("a word"),
        Rule::close_paren => Word(")"),
        Rule::open | Rule::bands | Rule::facts | Rule::members => Word("{"),
        Rule::metric_body | Rule::scorecard_body | Rule::objective_body => Word("{"),
        Rule::service_level_body | Rule::scenario_body | Rule::card => Word("{"),
        Rule::close => Word("}"),
        Rule::assign => Word("="),
        Rule::colon_for_assign | Rule::equals_for_colon | Rule::missing_colon => Word(":"),
        Rule::pct => Word("%"),
        Rule::count | Rule::repeat => Kind("a number"),
        Rule::path | Rule::number | Rule::paren | Rule::open_paren | Rule::sign | Rule::not => {
            Value
        }
        Rule::undated => Value,
        Rule::flat | Rule::arith | Rule::inner | Rule::if_expr | Rule::stated | Rule::level => {
            Value
        }
        Rule::fold | Rule::fold_word | Rule::previous_of | Rule::in_a_row | Rule::bands_of => Value,
        Rule::units_in | Rule::units_mode | Rule::builtin | Rule::total_of | Rule::call => Value,
        Rule::committed | Rule::counted => Value,
        Rule::function | Rule::flag | Rule::by_agreement | Rule::k_previous | Rule::k_bands => {
            Value
        }
        Rule::k_months_in_a_row | Rule::k_total | Rule::expr | Rule::operand | Rule::plain => Value,
        Rule::simple_operand | Rule::simple | Rule::literal | Rule::special => Value,
        Rule::small_special | Rule::stated_part | Rule::stated_value | Rule::formula => Value,
        Rule::op | Rule::arith_op | Rule::postfix | Rule::steps | Rule::as_percent => Operator,
        Rule::range_test | Rule::if_known => Operator,
        Rule::file | Rule::top | Rule::contract | Rule::misspelt_contract | Rule::items => Unsaid,
        Rule::amendment | Rule::changes | Rule::block_ahead | Rule::amendment_ahead => Unsaid,
        Rule::change_ahead | Rule::only_change => Unsaid,
        Rule::use_item | Rule::stray_items | Rule::bad_top | Rule::bad_item => Unsaid,
        Rule::item | Rule::party | Rule::attribute | Rule::unquoted | Rule::bad_member => Unsaid,
        Rule::measured | Rule::input_part | Rule::declared_type | Rule::type_flag | Rule::scale => {
            Unsaid
        }
        Rule::scale_end | Rule::average_of | Rule::metric_part | Rule::better_ahead => Unsaid,
        Rule::wrong_better | Rule::metric_statement | Rule::scorecard_arm | Rule::pricing => Unsaid,
        Rule::price | Rule::card_arm | Rule::tier | Rule::service_level_statement => Unsaid,
        Rule::sl_no_value | Rule::award_terms | Rule::subject | Rule::fact | Rule::fact_token => {
            Unsaid
        }
        Rule::fact_word | Rule::fact_number | Rule::fact_figure | Rule::fact_text => Unsaid,
        Rule::fact_comma | Rule::bad_fact | Rule::fact_over | Rule::assignment => Unsaid,
        Rule::next_assignment | Rule::expectation | Rule::expect_value | Rule::expect_word => {
            Unsaid
        }
        Rule::band | Rule::reach | Rule::band_to | Rule::postfix_word | Rule::or_part => Unsaid,
        Rule::digit | Rule::percentage_points | Rule::steps_ahead | Rule::or_condition => Unsaid,
        Rule::special_word | Rule::missing_open | Rule::missing_close | Rule::letter => Unsaid,
        Rule::w | Rule::x | Rule::b | Rule::g | Rule::h | Rule::bad_statement => Unsaid,
        Rule::bad_header | Rule::new_line_ahead | Rule::piece | Rule::braces => Unsaid,
        Rule::small_piece | Rule::quoted | Rule::statement_piece | Rule::parens => Unsaid,
        Rule::statement_braces | Rule::statement_inner | Rule::body_over => Unsaid,
        Rule::top_ahead | Rule::item_ahead | Rule::award_ahead | Rule::partnership_ahead => Unsaid,
        Rule::fact_item_ahead | Rule::fact_item_sign | Rule::service_level_ahead => Unsaid,
        Rule::level_ahead => Unsaid,
        Rule::only_item | Rule::only_top | Rule::only_member | Rule::only_objective => Unsaid,
        Rule::only_metric | Rule::only_scorecard | Rule::only_card | Rule::only_tier => Unsaid,
        Rule::only_level | Rule::only_scenario | Rule::only_band | Rule::item_word => Unsaid,
        Rule::only_pool | Rule::only_allocation => Unsaid,
        Rule::statement_word | Rule::reserved | Rule::not_unit | Rule::partnership_name => Unsaid,
        Rule::index_statement | Rule::only_index => Unsaid,
        Rule::part_period_ahead | Rule::dated | Rule::comma | Rule::EOI => Unsaid,
    }
}
