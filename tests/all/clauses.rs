//! Clauses as drafters write them: small contracts around one clause each.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use super::clause::{contract, first_month, messages, mismatches};

const WAITING: &str = "
  input answered : calls
  input waiting : minutes
  charge operations 80_000 USD per month";

#[test]
fn a_mean_can_be_declared_as_a_duration() {
    let loaded = contract(&format!(
        "{WAITING}
  metric asa is timeliness, seconds, lower is better {{ waiting / answered }}
  credit slow = 500 USD per full second of asa above 30 s
  service level speed on asa {{
    target 30 seconds each month
    credit 100 USD
  }}
  scenario \"47 seconds, 30 seconds\" for 2026-01 to 2026-02 {{
    given answered = 600, waiting = 470 minutes then 300 minutes
    expect metric asa = 47 seconds then 30 seconds
    expect credit slow = 8_500 USD then 0 USD
    expect credit speed = 100 USD then 0 USD
  }}"
    ));
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_mean_for_each_call_is_no_duration_until_it_is_declared_as_one() {
    let loaded = contract(&format!(
        "{WAITING}
  metric asa is timeliness, seconds per call, lower is better {{ waiting / answered }}
  credit slow = 500 USD per full second of asa above 30 seconds"
    ));
    assert_eq!(
        messages(&loaded),
        [
            "`30 seconds` is a duration in seconds, and cannot be compared with `asa`, which is a rate in seconds \
             per call"
        ]
    );
    let help = &loaded.diagnostics.first().unwrap().help;
    assert!(
        help.iter()
            .any(|help| help.contains("declare it as `seconds`")),
        "{help:?}"
    );
}

#[test]
fn money_by_calls_is_no_duration() {
    let loaded = contract(&format!(
        "{WAITING}
  metric asa is timeliness, seconds, lower is better {{ answered / waiting }}"
    ));
    assert_eq!(
        messages(&loaded),
        [
            "`asa` is declared as a duration in seconds, but its formula `answered / waiting` is a rate in calls per minute"
        ]
    );
}

#[test]
fn a_price_for_each_step_shows_how_many_steps_were_paid() {
    let loaded = contract(
        "
  input asa : seconds
  charge operations 80_000 USD per month
  credit slow = 500 USD per full second of asa above 30 s
  credit slower = 900 USD per full 5 seconds of asa above 30 s
  credit slowest = 60 USD per started minute of asa above 30 s",
    );
    let statement = first_month(&loaded, &[47]).unwrap();
    let lines: Vec<String> = statement
        .lines
        .iter()
        .filter_map(|line| {
            let (quantity, rate) = (line.quantity.as_ref()?, line.rate.as_ref()?);
            Some(format!(
                "{}: {quantity} at {rate}, {}",
                line.name, line.amount
            ))
        })
        .collect();
    assert_eq!(
        lines,
        [
            "slow: 17 seconds at 500.00 USD, -8500",
            "slower: 3 at 900.00 USD, -2700",
            "slowest: 1 minute at 60.00 USD, -60",
        ]
    );
}

#[test]
fn a_refusal_names_what_the_contract_names() {
    let loaded = contract(
        "
  input tickets_handled : tickets
  charge desk = if tickets_handled at most 1_100 tickets then 50_000 USD else by agreement",
    );
    let refusal = first_month(&loaded, &[1101]).unwrap_err();
    let reaches: Vec<_> = refusal
        .reasons
        .iter()
        .map(|reason| &reason.reaches)
        .collect();
    assert_eq!(reaches, [&["desk", "total"]]);
}

#[test]
fn bands_can_leave_their_first_values_to_the_parties() {
    let loaded = contract(
        "
  input tickets_handled : tickets
  charge desk = bands of tickets_handled {
    below 900: by agreement; at most 1_100: 50_000 USD; otherwise by agreement
  }
  scenario \"within\" for 2026-01 to 2026-02 {
    given tickets_handled = 900 then 1_100
    expect charge desk = 50_000 USD then 50_000 USD
  }
  scenario \"below\" for 2026-01 { given tickets_handled = 899; expect no invoice }
  scenario \"above\" for 2026-01 { given tickets_handled = 1_101; expect no invoice }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn money_times_a_count_is_no_amount() {
    let loaded = contract(
        "
  input slow_repairs : repairs
  charge network 1_000 USD per month
  credit slow = 2% of charges * slow_repairs",
    );
    assert_eq!(
        messages(&loaded),
        [
            "a credit must be an amount in USD, but `2% of charges * slow_repairs` is a rate in USD x repairs"
        ]
    );
    let help = &loaded.diagnostics.first().unwrap().help;
    assert!(
        help.iter().any(|help| help.contains("a price for each")),
        "{help:?}"
    );
}

#[test]
fn an_adjustment_of_several_charges_can_be_expected_by_each() {
    let loaded = contract(
        "
  input calls_made : calls
  input mails : emails
  charge voice for calls_made at 2 USD
  charge mail for mails at 1 USD
  charge platform 100 USD per month
  adjust voice, mail by calls_made { below 10: -10%; otherwise 0% }
  scenario \"x\" for 2026-01 {
    given calls_made = 5, mails = 20
    expect adjustment voice = -3 USD
    expect adjustment mail = -3 USD
    expect total = 127 USD
  }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn an_amount_that_no_month_can_have_is_not_expected() {
    let loaded = contract(
        "
  input calls_made : calls
  charge voice for calls_made at 2 USD
  scenario \"x\" for 2026-01 {
    given calls_made = 5
    expect bonus voice = 0 USD
    expect minimum = 0 USD
  }",
    );
    assert_eq!(
        messages(&loaded).first(),
        Some(&"the contract states no bonus of `voice`")
    );
    let loaded = contract(
        "
  input calls_made : calls
  charge voice for calls_made at 2 USD
  scenario \"x\" for 2026-01 { given calls_made = 5; expect minimum = 0 USD }",
    );
    assert_eq!(messages(&loaded), ["the contract states no minimum"]);
}

#[test]
fn a_price_can_be_for_each_unit_and_month() {
    let loaded = contract(
        "input agents : FTE
charge team 3_000 USD per FTE per month of agents
scenario \"two agents\" for 2026-01 { given agents = 2; expect team = 6_000 USD }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_run_of_months_is_compared_and_not_its_condition() {
    let loaded = contract(
        "input offered : calls
charge fee 100 USD
notice quiet \"Quiet\" when months in a row with (offered < 10 calls) >= 2
scenario \"two quiet months\" for 2026-01 to 2026-02 {
  given offered = 5 then 6
  expect no notice in 2026-01, notice \"Quiet\" in 2026-02
}",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_difference_of_percentages_can_be_expected() {
    let loaded = contract(
        "input uptime : percent
charge fee 100 USD
let gap = 99% - uptime
scenario \"gap\" for 2026-01 { given uptime = 97%; expect gap = 2 percentage points }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}
