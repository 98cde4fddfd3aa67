//! What newcomers get wrong, and what is reported.

use insta::assert_snapshot;

use super::{contract, report};

/// One snapshot for each mistake: its name, and the items of a contract that have it.
macro_rules! mistakes {
    ($($name:ident: $items:expr;)*) => {
        $(
            #[test]
            fn $name() {
                assert_snapshot!(stringify!($name), report(&contract($items)));
            }
        )*
    };
}

mistakes! {
    missing_brace_of_an_item: "metric a is quality {\n  b / c\n\ncharge d 5 EUR";
    missing_brace_of_bands: "adjust a by b {\n  below 60: -10%\n  otherwise 0%\nlimit credits to 5% of charges each month";
    missing_brace_within_a_service_level: "service level a on b {\n  credit { below 70%: 5 EUR; below 80%: 2 EUR\n  repeated 2 months x 1.5\n}\nlet d = 5";
    decimal_comma: "charge a 4,20 EUR per month";
    grouped_with_commas: "charge a 12,000.00 EUR";
    grouped_with_points: "charge a 12.000,00 EUR";
    grouped_with_points_alone: "charge a 12.000.000 EUR";
    grouped_with_a_comma_alone: "charge a 12,000 EUR";
    grouped_with_blanks: "charge a 12 000 EUR";
    grouped_with_apostrophes: "charge a 12'000.50 CHF";
    euro_sign: "charge a 4.20 € per month";
    euro_sign_first: "charge a €4.20 per month";
    dollar_sign: "charge a $5";
    currency_first: "charge a EUR 4.20 per month";
    date_with_slashes: "term 01/02/2026 to 31/12/2028";
    date_with_a_month_name: "term 1 January 2026 to December 31, 2028";
    date_without_zeros: "term 2026-1-1 to 2028-12-31";
    date_with_points: "term 1.1.2026 to 31.12.2028";
    month_by_name: "charge a 5 EUR once in January 2026";
    no_such_month: "charge a 5 EUR once in 2026-13";
    no_such_date: "term 2026-02-30 to 2028-12-31";
    misspelt_item: "chrage handling for handled at 4.20 EUR";
    misspelt_item_with_a_block: "metrc a is quality {\n  b / c\n  needs c > 5\n}\nlet d = 5";
    misspelt_statement: "service level a on b {\n  traget 80% each month\n  credit 5 EUR\n}";
    misspelt_word_within: "charge handling for handled gratuated { first 10 at 4.20 EUR; beyond at 3.60 EUR }";
    misspelt_tier: "charge handling for handled graduated { fist 10 at 4.20 EUR; beyond at 3.60 EUR }";
    colon_for_equals: "let a : 5";
    equals_for_colon_in_an_input: "input a = calls";
    equals_in_a_band: "adjust a by b { below 60 = -10%; otherwise 0% }";
    missing_colon_in_a_band: "adjust a by b { below 60 -10%; otherwise 0% }";
    double_equals: "credit a = 5 EUR when b == 3";
    and_sign: "credit a = 5 EUR when b > 3 && c < 4 || !d";
    not_equal_sign: "credit a = 5 EUR when b != 3";
    reversed_comparison: "credit a = 5 EUR when b => 3";
    blank_before_percent: "tax vat 21 % of total";
    comment_with_slashes: "charge a 5 EUR // the fee\n/* and\nmore */\nlet b = 5\n-- old\nlet c = 6";
    party_without_quotation_marks: "customer Streamly B.V. vat \"NL81\"\nsupplier Bluebird # ours";
    reserved_name: "charge target 5 EUR\nmetric total { 1 }\ncharge metric 5 EUR\ndimension a { volume, each }";
    higher_better: "metric a is quality, is higher better { b }\nmetric c is quality, lower better { b }\nmetric d is quality, better if higher { b }";
    empty_formula: "metric a is quality { }";
    metric_without_block: "metric a is quality\nlet b = 5";
    two_formulas: "metric a { b / c\n d / e }";
    comparison_chain: "let a = 1 < b < 3";
    if_without_then: "let a = if b below 3 5 else 6";
    if_without_else: "let a = if b below 3 then 5";
    inner_if: "let a = 5 + if b below 3 then 5 else 6";
    missing_parenthesis: "let a = (b + c * d\nlet e = 5";
    missing_parenthesis_in_a_metric: "metric a is quality {\n  b / (c - d\n  needs c > 5\n}";
    extra_parenthesis: "let a = b + c) * d";
    missing_value: "let a = b /\nlet c = 5";
    missing_value_in_a_band: "adjust a by b { below 60: ; otherwise 0% }";
    missing_operator: "metric a { resolved_first handled }";
    missing_name: "charge\nmetric { a }";
    missing_price: "charge a\ncharge b for handled\nlet c";
    missing_type: "input a \"A\"";
    unclosed_text: "customer \"Streamly B.V.\nmetric a \"Title {\n  b\n}\ncharge d \"Fee";
    curly_quotation_marks: "customer “Streamly B.V.”\nsupplier „Bluebird”\nmetric a \"Title” { b }";
    single_quotation_marks: "customer 'Streamly B.V.'";
    word_processor_signs: "let a = b\u{a0}−\u{a0}c × 2\nlet d = e ≥ 3 and f ≤ 4";
    dash_for_a_range: "adjust a by b { 98.0%–98.9%: 1%; otherwise 0% }";
    invisible_character: "let a = b\u{200b} + c\u{0} + d";
    unknown_characters: "let a = b @@ c\nlet d = [e]\nlet f = g ^ 2";
    second_clause: "limit credits to 5% of charges each month \"A\" \"B\"";
    second_text: "let a = 5 \"A\" \"B\"";
    rounding_incomplete: "round half up to 0.01 EUR";
    round_misspelt: "round each line hlaf up to 0.01 EUR";
    step_not_stated: "credit a = 1% of charges per point of csat below 95%";
    attribute_said_twice: "input a : calls from \"A\" from \"B\"";
    not_each_month: "minimum 5 EUR each quarter";
    target_without_period: "service level a on b { target 80% }";
    minus_in_front: "adjust a by b { below 60: −10%; otherwise 0% }";
    long_number: "let a = 1234567890123456789012345678901234567890123456789012345678901234567890";
    too_many_points: "let a = 1.2.3";
    sign_in_a_clause: "training { 80 hours: before go-live; refreshed quarterly }";
    unknown_statement_in_a_scenario: "scenario \"s\" for 2026-02 {\n  given a = 1\n  when b = 2\n  expct total = 5 EUR\n}";
    broken_given: "scenario \"s\" for 2026-02 {\n  given a = , b = 2\n  expect total = 5 EUR\n}";
    scorecard_arm_without_bands: "scorecard a {\n  50% b\n  50% c { below 4: 0; otherwise 100 }\n}";
    members_without_commas_are_fine: "dimension a { b c }";
    missing_equals: "credit late 500 EUR when x below 3";
    missing_colon_of_an_input: "input offered calls from \"ACD\"";
    signs_for_bands: "adjust a by b { <60: -10%; >=60: 0% }";
    minus_for_to: "term 2026-01-01 - 2028-12-31\nround to cents\ncurrency EUR";
    invoice_weekly: "invoice weekly\nround each line half up to 0.01 EUR";
    slash_for_per: "charge a 4.20 EUR/call of calls";
    article: "charge a 2% of the charges";
    statements_that_stop_halfway: "service level a on b {\n  target 80% each month\n  terminate after 3 failures within 6 months\n  earn-back after 3 months at 85%\n  excused if c > d\n}";
    per_for_each: "limit credits to 12% of charges per month\nminimum 60_000 EUR per month";
    target_in_a_metric: "metric a is timeliness, percent, target 80% { b / c }";
    if_after_a_value: "let a = b if c else d";
    x_for_times: "let a = 3 x 5";
    name_begins_with_a_digit: "let 1st = 3";
    name_of_two_words: "let my-name = 3";
    window_without_over: "let a = sum of b last 3 months";
    steps_without_of: "credit a = 5 EUR per full second asa above 30 s";
    objective_without_words: "objective a { quality; csat }";
    scenario_without_given: "scenario \"y\" for 2026-02 { a = 1; expect total 5 EUR }";
    rate_card_in_one_line: "charge a for b { voice 4.20 EUR email 2.10 EUR }";
    rate_card_of_a_sum: "charge a for b + c { d 5 EUR }";
}

#[test]
fn items_without_a_contract() {
    assert_snapshot!(report("charge a 5 EUR\nmetric b { c }\n"));
}

#[test]
fn items_behind_a_contract() {
    assert_snapshot!(report("contract c \"C\" {\n  let a = 1\n}\n}\nlet b = 2\n"));
}

#[test]
fn a_brace_too_many() {
    assert_snapshot!(report(
        "contract c \"C\" {\n  metric a { b } }\n  let d = 2\n}\n"
    ));
}

#[test]
fn items_behind_a_contract_are_reported_once() {
    assert_snapshot!(report(
        "contract c {\n}\nlet a = 1\nlimit credits to 5%\nlet b = )\nlet c = 3\n"
    ));
}

#[test]
fn misspelt_contract() {
    assert_snapshot!(report("contrct c \"C\" {\n  let a = 1\n}\n"));
}

#[test]
fn contract_without_end() {
    assert_snapshot!(report(
        "contract c \"C\" {\n  let a = 1\n\ncontract d \"D\" {\n  let b = 2\n"
    ));
}

#[test]
fn contract_without_braces() {
    assert_snapshot!(report("contract c \"C\"\n  let a = 1\n"));
}

#[test]
fn contract_without_a_name() {
    assert_snapshot!(report("contract \"C\" { let a = 1 }\n"));
}

#[test]
fn plain_prose() {
    assert_snapshot!(report(
        "This agreement is made between Streamly and Bluebird.\nThe fee is 5.\n"
    ));
}

#[test]
fn use_of_nothing() {
    assert_snapshot!(report(
        "use\nuse contact_centre\ncontract c { let a = 1 }\n"
    ));
}
