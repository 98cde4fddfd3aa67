//! What newcomers get wrong, and what is reported: every finding in full, with the lines to which it points.

use quidpro::driver::{Files, load};
use quidpro::report::findings::full;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _from: &str, _path: &str) -> Result<(String, String), String> {
        Err("there is no such file".to_owned())
    }
}

const FRAME: &str = "  currency EUR
  term 2026-01-01 to 2028-12-31
  round each line half up to 0.01 EUR
";

const INPUTS: &str = "  input offered  : calls
  input answered : calls
  input handled  : contacts
  input surveys  : surveys
  input points   : points
  metric service_level \"Answered within 20 s\" is timeliness, percent, higher is better { answered / offered }
  metric csat is satisfaction, 1 to 5, higher is better { points / surveys }
";

/// The contract around the items, as it appears in messages.
fn contract(items: &str) -> String {
    format!("contract support {{\n{FRAME}{INPUTS}{items}\n}}\n")
}

/// Compares the findings about a contract with `tests/all/snapshots/messages_NAME.snap`.
fn check(name: &str, text: &str) {
    let loaded = load("support.quid", text, &NoFiles);
    let findings = full::render(&loaded.diagnostics, &loaded.sources, false);
    let look = |text: &str| load("support.quid", text, &NoFiles).diagnostics;
    let refused = crate::advice::refused_advice(text, loaded.file, &look);
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("messages_{name}"), findings));
}

fn currencies(name: &str) -> &'static str {
    if name.starts_with("two_currencies") {
        "currency EUR, USD"
    } else {
        "currency EUR"
    }
}

/// If parts of months matter, the term begins within a month.
fn term_start(name: &str) -> &'static str {
    if name.contains("part_month") {
        "2026-01-15"
    } else {
        "2026-01-01"
    }
}

/// If parts of periods matter, the term ends within a period.
fn term_end(name: &str) -> &'static str {
    if name.contains("part_year") {
        "2028-05-31"
    } else {
        "2028-12-31"
    }
}

/// A test for each mistake: its name, and the items that make it.
macro_rules! mistakes {
    ($($name:ident: $items:expr;)*) => {
        $(#[test]
        fn $name() {
            let text = contract($items);
            let text = text.replace("currency EUR", currencies(stringify!($name)));
            let text = text.replace("2026-01-01", term_start(stringify!($name)));
            check(stringify!($name), &text.replace("2028-12-31", term_end(stringify!($name))));
        })*
    };
}

mistakes! {
    amount_like_thousands: "  charge desk 12.000 EUR per month\n  charge calls 1.255 EUR per call of offered\n  charge fee 0.125 EUR per call of offered";
    factors_and_figures_like_thousands: "  input cpi : points\n  charge fee 5 EUR per month\n  service level answer on service_level { target 80% each month; credit 100 EUR; repeated 2 months x 1.500, at most x 2.500 }\n  points care on csat each month { below 4: 3 points; repeated in a row x 1.125, not compounding }\n  index fee by cpi { base 118.400 of 2025-10; each February from 2026 with the value of January before; 70% fixed; against the base; from 2026-09 by cpi, 100.000 linked to 118.125 }\n  training { 1.000 hours per agent before go-live }\n  quality assurance { 1.000 audits per agent per month; pass mark 4.125 }";
    counts_like_thousands: "  input seats : hours nominal 1.250\n  charge fee 5 EUR\n  credit late = 1.075 * 10 EUR when offered above 12.000";
    edge_out_of_range: "  charge fee 5 EUR\n  credit poor on csat { below 42: 2_000 EUR }\n  adjust charges by csat { below 3.8: -5%; below 42: 0%; otherwise +3% }\n  credit never on csat { below 1: 5 EUR; below 3: 2 EUR }";
    levels_out_of_range: "  charge fee 5 EUR\n  service level high on csat { target 42 each month; credit 5 EUR }\n  service level low on csat { target 0 each month; critical below 0; credit 5 EUR; earn back after 3 months at 7 or better }\n  service level later on csat { target (4, from 2027-01-01 40) each month; credit 5 EUR }";
    conditions_out_of_range: "  objective care { purpose quality; measured by csat at least 42 }\n  charge fee 5 EUR\n  credit k = 5 EUR when csat below 42\n  credit l = 5 EUR when 42 above csat\n  credit s = 5 EUR per full point of csat below 42\n  notice n \"odd\" when csat between 2 and 7\n  notice o \"odd\" when csat at least 1";
    fraction_for_a_percentage: "  charge fee 5 EUR\n  service level speed on service_level { target 0.8 each month; credit 500 EUR }\n  credit k = 0.05 of charges when service_level below 0.9\n  credit l = 5 EUR when service_level below 1";
    names_in_other_letters: "  input Offered : calls by place { North, north }\n  dimension Place { a, b }\n  charge fee 5 EUR";
    line_ends_of_some_programs: "  charge fee 100 EUR # fixed\r  credit late = 50 EUR when handled < 10\n  charge b \"a\u{b}b\" 5 EUR # x\u{2028}y\u{2029}z\n\u{85}  charge c\u{c} 5 EUR";
    step_not_stated_for_money: "  input wait : seconds\n  charge fee 5 EUR\n  credit late = 500 EUR per second of wait above 30 s";
    award_for_a_quantity: "  charge fee 5 EUR\n  credit late for offered at 50 EUR";
    band_without_percent: "  scorecard cx { 100% service_level { below 70: 0; otherwise 100 } }";
    target_without_percent: "  service level speed on service_level { target 80 each month; credit 500 EUR }";
    misspelt_metric: "  service level speed on servise_level { target 80% each month; credit 500 EUR }";
    unheard_of_name: "  charge platform for seats at 5 EUR";
    unknown_unit: "  charge platform 5 EUR per cal of offered";
    undeclared_unit: "  input parcels_sent : widgets\n  charge post for parcels_sent at 1 EUR";
    lower_case_currency: "  charge platform 500 eur";
    tier_out_of_order: "  charge handling for handled graduated { up to 20_000 at 4.20 EUR; up to 10_000 at 3.90 EUR; beyond at 3.60 EUR }";
    rate_from_below: "  input talked : minutes by time { standard, late }\n  charge voice for talked { late 1.5 x standard; standard 0.80 EUR }";
    rate_from_tiers: "  input talked : minutes by time { standard, late }\n  charge voice for talked { standard volume { up to 10 at 1 EUR; beyond at 2 EUR }; late 1.5 x standard }";
    rate_with_two_meanings: "  let standard = 0.70 EUR\n  input talked : minutes by time { standard, late }\n  charge voice for talked { standard 0.80 EUR; late 1.5 x standard }";
    cost_of_calls: "  charge telecom at cost of offered";
    cost_of_nothing: "  charge telecom at cost of";
    margin_without_percent: "  input spent : EUR\n  charge team at cost of spent plus 8";
    deadband_without_kind: "  charge desk for handled { baseline 1_000 contacts at 50_000 EUR each month; deadband 10%\n    above up to 20%: 42 EUR; beyond by agreement\n    below nothing }";
    baseline_without_beyond: "  charge desk for handled { baseline 1_000 contacts at 50_000 EUR each month\n    above up to 20%: 42 EUR\n    below up to 20%: 30 EUR back }";
    baseline_without_sides: "  charge desk for handled { baseline 1_000 contacts at 50_000 EUR each month; deadband 10% franchise }";
    baseline_without_price: "  charge desk for handled { baseline 1_000 contacts; above nothing; below nothing }";
    baseline_paid_back: "  charge desk for handled { baseline 1_000 contacts at 50_000 EUR each month; above 42 EUR back; below 30 EUR }";
    baseline_each_quarter: "  charge desk for handled { baseline 1_000 contacts at 50_000 EUR each quarter; above nothing; below nothing }";
    baseline_slabs_out_of_order: "  charge desk for handled { baseline 1_000 contacts at 50_000 EUR each month; above up to 40%: 42 EUR; up to 20%: 38 EUR; beyond as at 20%; below nothing }";
    baseline_slab_in_deadband: "  charge desk for handled { baseline 1_000 contacts at 50_000 EUR each month; deadband 10% deductible; above up to 10%: 42 EUR; beyond 38 EUR; below nothing }";
    baseline_as_at_another_end: "  charge desk for handled { baseline 1_000 contacts at 50_000 EUR each month; above up to 20%: 42 EUR; beyond as at 30%; below beyond as at 20% }";
    baseline_misspelt: "  charge desk for handled { baseline 1_000 contacts at 50_000 EUR each month; dedband 10% franchise; above nothing; below nothing }";
    baseline_of_another_unit: "  charge desk for handled { baseline 1_000 calls at 50_000 EUR each month; above nothing; below nothing }";
    metered_volume_without_ruling: "  charge handling for handled metered each contract year volume { up to 10_000 at 4.20 EUR; up to 30_000 at 3.90 EUR; beyond at 3.60 EUR }";
    metered_without_tiers: "  charge handling for handled metered each quarter";
    metered_rate: "  charge handling for handled metered each quarter at 4.20 EUR";
    repricing_slabs: "  charge handling for handled metered each quarter graduated, repricing earlier units { first 10_000 at 4.20 EUR; beyond at 3.60 EUR }";
    repricing_within_a_month: "  charge handling for handled volume, repricing earlier units { up to 10_000 at 4.20 EUR; beyond at 3.60 EUR }";
    tiers_without_end: "  charge handling for handled graduated { first 10_000 at 4.20 EUR; next 20_000 at 3.90 EUR }";
    tier_behind_the_last: "  charge handling for handled graduated { first 10_000 at 4.20 EUR; beyond at 3.60 EUR; next 20_000 at 3.90 EUR }";
    circular_metric: "  metric load is volume, calls { backlog }\n  let backlog : calls = pressure * 2\n  let pressure : calls = load + offered\n  charge c for load at 1 EUR";
    circular_charge: "  charge handling 2% of total";
    rate_for_another_unit: "  charge handling 0.45 EUR per minute of handled";
    euros_plus_dollars: "  charge platform 500 EUR + 20 USD";
    two_currencies_added: "  input usd_fee : USD\n  charge platform 500 EUR + usd_fee";
    band_gap_in_a_credit: "  credit late on service_level { 98.0% to 100%: 0 EUR; 97.0% to 97.9%: 500 EUR; below 97.0%: 900 EUR }";
    percent_against_score: "  service level quality on csat { target 80% each month; credit 500 EUR }";
    score_against_percent: "  let good = service_level above csat\n  credit c = 5 EUR when good";
    percentages_subtracted: "  credit gap = (98% - service_level) of charges\n  charge platform 500 EUR";
    points_added_to_percent: "  let level = service_level + 5\n  credit c = 5 EUR when level above 90%";
    credit_without_currency: "  credit late = 500";
    charge_without_currency: "  charge platform 12_000";
    share_without_percent: "  charge platform 500 EUR\n  credit late = 2 of charges";
    share_of_nothing: "  charge platform 500 EUR\n  credit late = 2%";
    weights_not_a_hundred: "  scorecard cx { 40% service_level { below 70%: 0; otherwise 100 }\n    40% csat { below 4: 0; otherwise 100 } }";
    weight_without_percent: "  scorecard cx { 60 service_level { below 70%: 0; otherwise 100 }\n    40% csat { below 4: 0; otherwise 100 } }";
    band_gap: "  adjust handling by service_level { 98.0% to 100%: 0%; 97.0% to 97.9%: -1%; below 97.0%: -2% }\n  charge handling for handled at 1 EUR";
    band_overlap: "  adjust handling by service_level { at least 98%: 0%; 97% to 98%: -1%; below 97%: -2% }\n  charge handling for handled at 1 EUR";
    bands_out_of_order: "  adjust handling by service_level { below 80%: -5%; below 70%: -10%; below 90%: -2%; otherwise 0% }\n  charge handling for handled at 1 EUR";
    bands_without_otherwise: "  adjust handling by service_level { below 70%: -10%; below 80%: -5% }\n  charge handling for handled at 1 EUR";
    band_turned: "  adjust handling by service_level { 98% to 97%: -1%; otherwise 0% }\n  charge handling for handled at 1 EUR";
    open_ruling: "  credit waiting on csat { below 4.0: 2_500 EUR; below 3.5: 5_000 EUR }\n  credit leaving on offered { above 3: 2_500 EUR; above 5: 5_000 EUR }";
    no_value_in_bands: "  metric fcr is resolution, percent, higher is better { answered / handled * 1 contact / 1 call; if nothing to measure, no value }\n  scorecard cx { 100% fcr { below 60%: 0; otherwise 100 } }";
    no_value_in_service_level: "  metric speed is timeliness, percent, higher is better { answered / offered; if nothing to measure, no value }\n  service level answer on speed { target 80% each month; credit 500 EUR }";
    no_value_in_amount: "  input waits : calls if missing, no value\n  charge waiting for waits at 1 EUR";
    missing_direction: "  metric pickup is timeliness, percent { answered / offered }\n  service level answer on pickup { target 80% each month; credit 500 EUR }";
    wrong_side_critical: "  service level answer on service_level { target 80% each month; critical above 70%; credit 500 EUR }";
    critical_before_target: "  service level answer on service_level { target 80% each month; critical below 90%; credit 500 EUR, critical 900 EUR }";
    critical_credit_alone: "  service level answer on service_level { target 80% each month; credit 500 EUR, critical 900 EUR }";
    missing_target: "  service level answer on service_level { credit 500 EUR }";
    unknown_member: "  input chats : contacts by channel { voice, email, chat }\n  charge chats_paid for chats.chats at 1 EUR";
    member_not_said: "  input chats : contacts by channel { voice, email, chat }\n  charge chats_paid for chats at 1 EUR";
    price_missing: "  input chats : contacts by channel { voice, email, chat }\n  charge chats_paid for chats { voice 1 EUR per contact; chat 2 EUR per contact }";
    card_without_dimension: "  charge chats_paid for handled { voice 1 EUR per contact }";
    partnership_statement_unknown: "  training { free pizza on fridays }\n  escalation { level 1 \"Team lead\" in an hour }";
    used_too_early: "  charge fee 10% of credits\n  service level answer on service_level { target 80% each month; credit 2% of charges }";
    used_too_early_total: "  service level answer on service_level { target 80% each month; credit 2% of total }\n  charge fee 5 EUR";
    unknown_kind: "  metric speed is timelyness, percent, higher is better { answered / offered }";
    formula_of_another_type: "  metric speed is timeliness, percent, higher is better { answered / handled }";
    declared_twice: "  charge fee 5 EUR\n  charge fee 6 EUR";
    condition_as_amount: "  charge fee offered above 5";
    amount_as_condition: "  credit late = 5 EUR when offered";
    choice_left_open: "  dimension named { a, b }\n  input picked : yes or no by named\n  credit a = 1 EUR\n  credit b = 2 EUR\n  only the one chosen by picked of a, b";
    least_amount_left_open: "  credit a = 1 EUR\n  credits below 100 EUR are dropped";
    choice_of_a_charge: "  charge fee 5 EUR\n  credit a = 1 EUR\n  only the largest of a, fee";
    limit_of_open_months: "  charge fee 5 EUR\n  credit late = 1 EUR\n  limit credits to 12% of charges each contract year";
    limit_with_open_excess: "  credit late = 1 EUR\n  limit credits to 300 EUR each month, the excess carried forward";
    limit_of_summed_percentages: "  input share : percent\n  credit late = 1 EUR\n  limit credits to 300 EUR * (share of the quarter so far) each quarter";
    limit_that_may_run_along: "  charge fee 5 EUR\n  credit late = 1 EUR\n  limit credits to 10% of charges of the contract year each contract year";
    whole_period_elsewhere: "  charge fee 5 EUR\n  credit late each quarter = 2% of charges of the whole quarter\n  limit late to 1% of charges of the whole quarter each contract year";
    base_of_open_months: "  charge fee 5 EUR\n  input spare : calls nominal 200\n  input storm : yes or no\n  credit hold each quarter = 3% of charges when spare > 500 calls and not storm";
    level_of_open_months: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each quarter; credit 2% of charges, critical 5% of charges; critical below 50% }";
    points_of_open_months: "  charge fee 5 EUR\n  points care on csat each contract year { below 4: 3 points }\n  credit service_points each quarter = 1 EUR per point of total points";
    measure_that_does_not_add_up: "  charge fee 5 EUR\n  input uptime : percent\n  metric up is availability, percent, higher is better { uptime }\n  service level one on up of the quarter { target 99% each quarter; credit 5 EUR }\n  service level two on up { target 99% each quarter; credit 5 EUR }\n  metric kept is satisfaction, 1 to 5, higher is better { points / surveys; if missing, last known value }\n  notice low \"Low\" when kept of the quarter below 3";
    pool_of_open_months: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month }\n  at risk 10% of charges of the quarter each quarter { answer 100% }";
    gain_of_a_part_year: "  input spent : EUR\n  charge fee 5 EUR\n  share gain saving on spent against 1_000 EUR each calendar year, pro rata for a part quarter { gain 50% to supplier; pain nothing }\n  share gain other on spent against 5 EUR per call of offered each quarter { gain 50% to supplier; pain nothing }";
    first_language: "  language 1\n  input spent : EUR\n  charge fee 5 EUR\n  credit hold each quarter = 3% of charges\n  share gain saving on spent against 1_000 EUR each quarter { gain 50% to supplier; pain nothing }";
    second_language_at_last: "  language 1\n  charge fee 5 EUR";
    language_to_come: "  language 3\n  language 2\n  charge fee 5 EUR";
    awards_applied_to_nothing: "  credit late = 1 EUR\n  credits applied to next month";
    limit_on_a_charge: "  charge fee 5 EUR\n  limit fee to 3 EUR each month";
    adjusted_metric: "  adjust csat by service_level { below 70%: -10%; otherwise 0% }";
    several_months_of_nothing: "  credit late = 5 EUR when average of service_level over last 0 months below 70%";
    edge_that_changes: "  adjust handling by service_level { below csat: -10%; otherwise 0% }\n  charge handling for handled at 1 EUR";
    repeats_out_of_order: "  service level answer on service_level { target 80% each month; credit 5 EUR; repeated 3 months x 2, 2 months x 1.5 }";
    tolerated_miss_in_a_run: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; counts from the 4th miss in 12 months; repeated 2 months x 2 }";
    tolerated_without_a_count: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; tolerated month keeps the run }";
    misses_out_of_reach: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; counts from the 13th miss in 12 months }\n  service level late on service_level of the quarter { target 80% each quarter; persistent after 4 failures in 6 months: 5 EUR }";
    miss_of_no_number: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; counts from the 0th miss in 12 months }";
    miss_without_ending: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; counts from the 4 miss in 12 months }";
    persistent_beside_the_credit: "  charge fee 500 EUR per month\n  service level answer on service_level { target 80% each month; credit 2% of charges; persistent after 3 failures in 6 months: 5% of charges }\n  service level fixed on service_level { target 80% each month; credit 20 EUR; persistent after 3 failures in a row: 50 EUR }\n  service level mixed on service_level { target 80% each month; credit 2% of fee; persistent after 3 failures in a row: 50 EUR }";
    persistent_for_nothing: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; persistent after 3 failures in 6 months }";
    growth_without_compounding: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; repeated 50% more each further failure }";
    growth_of_nothing: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; repeated 50% more }";
    repeats_in_other_periods: "  charge fee 5 EUR\n  service level answer on service_level of the quarter { target 80% each quarter; credit 5 EUR; repeated 2 months x 2\n    raised after 12 months in a row above target, to the average }";
    excuse_within_a_quarter: "  charge fee 5 EUR\n  service level answer on service_level of the quarter { target 80% each quarter; credit 5 EUR; excused when offered above 5; excused in the first 2 months; excused month keeps the run }";
    excused_in_the_average: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; excused in the first 2 months\n    earn back all at the end of the contract year with an average of 85% or better }";
    more_than_all_earned_back: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; earn back 120% at the end of the contract year with an average of 85% or better }";
    earned_back_for_nothing: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; earn back 50% at the end of the contract year }";
    target_made_easier: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; lowered after 12 months in a row below target, to the average }";
    target_raised_to_nothing: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR; raised after 12 months in a row above target }";
    expected_target_never_changes: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 5 EUR }\n  scenario \"x\" for 2026-01 { given offered = 1, answered = 1; expect target answer = 80% }";
    stand_in_off_the_scale: "  metric mood is satisfaction, 1 to 5, higher is better { points / surveys; if nothing to measure, 0 }";
    division_by_nothing: "  charge fee 5 EUR / 0";
    twice_in_a_service_level: "  charge fee 5 EUR\n  service level answer on service_level { target 80% each month; credit 10 EUR; credit 20 EUR; critical below 70%; critical below 60%\n    earn back after 1 month at 85% or better\n    earn back after 2 months at 80% or better }";
    twice_in_bands: "  metric mood is satisfaction, 1 to 5, higher is better { points / surveys; if missing, no value; if missing, 3 }\n  charge fee bands of mood { below 3: 1 EUR; otherwise 2 EUR; otherwise 3 EUR; no value: 4 EUR; no value: 5 EUR }";
    known_unit_declared: "  unit EUR, EURs\n  unit hour, hours\n  charge fee for offered at 5 EUR";
    input_named_like_a_column: "  input account : calls\n  charge fee for account at 5 EUR";
    once_outside_of_the_term: "  charge setup 5_000 EUR once in 2030-01";
    part_month_not_said: "  charge platform 12_000 EUR per month\n  charge more 12_000 EUR per year\n  minimum 5_000 EUR each month";
    part_months_half_said: "  part months\n  charge fee for handled at 5 EUR";
    advance_half_said: "  charge fee for handled at 5 EUR, in advance on offered\n  charge again for handled at 5 EUR, in advance, trued up each quarter\n  charge once_more for handled at 5 EUR, in advance on handled, trued up each month";
    advance_that_does_not_fit: "  charge fee 5 EUR per month, in advance on handled, trued up the next month\n  charge other for handled at 5 EUR, in advance on offered, trued up the next month\n  charge setup for handled at 5 EUR once in 2026-02, in advance on handled, trued up the next month";
    commitment_for_a_part_year: "  charge fee 5_000 EUR per month\n  commitment spend 90_000 EUR of charges each calendar year\n  commitment other 100_000 EUR of charges each contract year";
    commitment_in_units: "  charge fee for handled at 5 EUR\n  commitment traffic 90_000 contacts of handled each contract year\n  commitment spend 5_000 EUR of fee at 3 EUR each month\n  commitment again 5_000 EUR of fee and fee each quarter, in full for a part year";
    commitment_to_nothing: "  charge fee for handled at 5 EUR\n  commitment spend 90_000 EUR each contract year";
    commitment_used_too_early: "  charge fee for handled at 5 EUR\n  commitment spend 90_000 EUR of charges each contract year\n  credit late = 1% of spend";
    minimum_of_a_year: "  charge fee for handled at 5 EUR\n  minimum 700_000 EUR each contract year";
    holdback_beyond_all: "  charge fee 5 EUR\n  holdback retention 5% of charges each month, released each quarter by csat of the quarter { below 3: 0%; otherwise 120% }\n  holdback more 5% of charges each quarter, released each quarter in full\n  holdback never 5% of charges each month";
    dates_that_cannot_be: "  charge a 4 EUR, from 2027-01-15 5 EUR\n  charge b 4 EUR, from 2028-01-01 5 EUR, from 2027-01-01 6 EUR\n  charge c 4 EUR, from 2026-01-01 5 EUR\n  charge d 4 EUR, from 2029-01-01 5 EUR\n  charge e 4 EUR, from 2027-01-01 5%\n  charge f 4 EUR, from 2027-01-01";
    dates_in_the_wrong_place: "  charge a 4 EUR from 2027-01-01 5 EUR\n  charge b if handled > 5 then 4 EUR else 6 EUR, from 2027-01-01 5 EUR";
    at_risk_twice_and_with_a_credit: "  charge fee 5_000 EUR\n  service level answer on service_level { target 80% each month; credit 2% of charges }\n  service level quality on csat { target 4 each month }\n  at risk 10% of charges each month { speed 50% { answer 40%, quality 60% }\n    care 50% { quality 30%, csat 20% } }";
    at_risk_above_the_whole: "  charge fee 5_000 EUR\n  service level answer on service_level { target 80% each month }\n  service level quality on csat { target 4 each month }\n  at risk 10% of charges each month { speed 70% { answer 40% }\n    care 50% { quality 60% } }";
    at_risk_half_said: "  charge fee 5_000 EUR\n  service level answer on service_level { target 80% each month }\n  at risk 10% of charges { speed { answer } }\n  at risk each month";
    at_risk_by_member: "  charge fee 5_000 EUR\n  input taken : calls by channel { voice, chat, email }\n  metric pickup by channel is timeliness, percent, higher is better { taken / offered }\n  service level answer by channel on pickup { target 80% each month }\n  service level quality on csat { target 4 each month }\n  at risk 10% of charges each month { speed 50% { answer.voice 40%, quality.voice 60% } }";
    at_risk_of_the_total: "  charge fee 5_000 EUR\n  service level answer on service_level { target 80% each month }\n  at risk 10% of total each month { answer 40% }";
    at_risk_of_another_unit: "  charge fee 5_000 EUR\n  service level answer on service_level { target 80% each month }\n  at risk 10% each month { speed 50% { answer 40 } }";
    index_left_open: "  input cpi : points\n  charge fee 5_000 EUR per month\n  charge desk 900 EUR per month\n  charge other 50 EUR per month\n  index fee by cpi { base 118.4 of 2025-10; each January from 2027 with the value of October before; 70% fixed }\n  index desk by cpi { base 118.4 of 2025-10; each January from 2027 with the value of October before; change above 2% }\n  index other by cpi { base 118.4 of 2025-10; each January from 2027 with the value of October before; at least 0% and at most 5% a year }";
    index_of_the_wrong_things: "  input cpi : points\n  charge fee 2% of share\n  charge desk 5 EUR per month, from 2027-01-01 6 EUR per month\n  let share = 900 EUR\n  index csat, share by csat { base 4 of 2025-10; each January from 2027 with the value of October before }\n  index desk, share by cpi { base 100 of 2025-10; each January from 2027 with the value of October before }\n  index offered by fee { base 100 of 2025-10; each January from 2027 with the value of October before }";
    index_without_a_price: "  input cpi : points\n  charge fee 500 EUR\n  credit late = 2% of charges\n  index late by cpi { base 100 of 2025-10; each January from 2027 with the value of October before }";
    index_half_said: "  input cpi : points\n  charge fee 500 EUR\n  index fee by cpi { 70% fixed }\n  index fee by cpi { base 118.4; each October }\n  index fee by cpi { base 118.4 of 2025-10; each october from 2027 with the value of Oct before }\n  index fee by cpi\n  index fee { base 100 of 2025-10 }";
    index_at_the_wrong_time: "  input cpi : points\n  charge a 500 EUR\n  charge b 500 EUR\n  charge c 500 EUR\n  index a by cpi { base 100 of 2025-10; each January from 2026 with the value of October before }\n  index b by cpi { base 100 of 2025-08; each April from 2026 with the value of October before }\n  index c by cpi { base 100 of 2026-11; each January from 2027 with the value of October before\n    from 2028-01 by cpi, 100 linked to 110\n    from 2027-01 by cpi, 100 linked to 110 }";
    price_for_another_unit: "  charge fee for offered at 5 EUR per contact";
}

#[test]
fn nothing_of_the_frame_is_stated() {
    check(
        "frame_missing",
        "contract support {\n  charge platform 500 EUR\n}\n",
    );
}

#[test]
fn everything_is_stated_twice() {
    let text = format!("contract support {{\n{FRAME}  currency EUR, USD\n{FRAME}}}\n");
    check("stated_twice", &text);
}

#[test]
fn a_currency_is_listed_twice_or_does_not_exist() {
    let twice = FRAME.replace("EUR\n  term", "EUR, EUR, euro, Dollar\n  term");
    check(
        "currency_twice",
        &format!("contract support {{\n{twice}}}\n"),
    );
}

#[test]
fn a_term_ends_before_it_begins() {
    let turned = FRAME.replace("2026-01-01 to 2028-12-31", "2028-12-31 to 2026-01-01");
    check("term_turned", &format!("contract support {{\n{turned}}}\n"));
}

#[test]
fn rounding_is_finer_than_the_currency() {
    let fine = FRAME.replace("0.01 EUR", "0.001 EUR");
    check(
        "rounding_too_fine",
        &format!("contract support {{\n{fine}}}\n"),
    );
}

#[test]
fn a_library_or_file_does_not_exist() {
    let text = format!(
        "use standard contact_center\nuse \"terms/kpis.quid\"\n\n{}",
        contract("")
    );
    check("use_unknown", &text);
}

#[test]
fn a_scenario_speaks_of_what_is_not_there() {
    check(
        "scenario",
        &contract(
            "  charge fee 5 EUR\n  scenario \"Odd\" for 2025-12 {\n    given ofered = 5, answered = 1.5, csat = 3\n    \
             expect total = 5, charge fees = 5 EUR, csat = 80%\n  }",
        ),
    );
}

#[test]
fn a_scenario_gives_members_in_one_value() {
    check(
        "scenario_members",
        &contract(
            "  input sent : calls by channel { voice, chat }\n  charge fee 5 EUR\n  scenario \"Odd\" for 2026-01 {\n    \
             given sent = 5, sent.email = 5, offered.voice = 5\n    expect total = 25 EUR\n  }",
        ),
    );
}

/// A check in a contract that has no input called `points`.
fn check_points(name: &str, items: &str) {
    let text = contract(items).replace("input points ", "input marks ");
    check(
        name,
        &text.replace("{ points / surveys }", "{ marks / surveys }"),
    );
}

#[test]
fn points_leave_open_what_repeats_mean() {
    check_points(
        "points_open",
        "  charge fee 5 EUR\n  points speed on service_level of the quarter each quarter { below 80%: 3 points; repeated in a row x 2 }\n  points care on csat each month { below 4: 3 points; excused when offered > 5_000; repeated in a row x 2, not compounding }",
    );
}

#[test]
fn points_are_half_said() {
    check_points(
        "points_half_said",
        "  charge fee 5 EUR\n  points speed on service_level { below 80%: 3 points }\n  points care on csat each month\n  points mood on csat each month { below 4: 3 EUR; no value failed }\n  points late = 2 EUR each month\n  points both = 2 points each month { below 4: 3 points }\n  points self = total points each month",
    );
}

#[test]
fn points_without_a_ruling_and_with_a_gap() {
    check_points(
        "points_bands",
        "  charge fee 5 EUR\n  points speed on service_level each month { below 99%: 1 point; below 98%: 2 points }\n  points care on csat each month { 4.0 to 4.4: 1 point; 3.0 to 3.9: 2 points; below 3: 3 points }",
    );
}

#[test]
fn points_and_an_input_of_that_name() {
    check(
        "points_name",
        &contract(
            "  charge fee 5 EUR\n  points speed on service_level each month { below 80%: 3 points }",
        ),
    );
}

#[test]
fn points_with_statements_that_cannot_be_read() {
    check_points(
        "points_unreadable",
        "  charge fee 5 EUR\n  points speed on service_level each month { below 80%: 3 points; repeated twice; repeated in a row x 2, not compounding; repeated in a row x 3, compounding; excused sometimes }\n  points\n  points 5",
    );
}

/// Some things look like mistakes but are none.
#[test]
fn nothing_is_said_of_what_is_clear() {
    let neutral_zone =
        "  charge fee 5 EUR\n  credit late on csat { below 2: 500 EUR; above 4: 900 EUR }";
    let hours_meet_minutes = "  input worked : hours\n  input allowed : minutes\n  charge fee for worked at 60 EUR\n  credit late = 5 EUR when worked above allowed\n  credit more = 5 EUR when worked above 5";
    for items in [neutral_zone, hours_meet_minutes] {
        let loaded = load("support.quid", &contract(items), &NoFiles);
        let findings = full::render(&loaded.diagnostics, &loaded.sources, false);
        assert!(findings.is_empty(), "{findings}");
    }
}
