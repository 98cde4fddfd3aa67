//! What an amended contract leaves open if its text or a month is missing. It is settled once, and stops only what
//! needs it.

use super::amended;
use super::memory::{Case, FRAME, all_hold};

#[test]
fn a_limit_keeps_what_is_open_when_all_that_it_holds_is_gone() {
    all_hold(&[
        Case {
            items: "  bonus b = 50 GBP\n  limit bonuses to 2% of charges of the whole quarter each quarter",
            effective: "2026-02-01",
            changes: "  remove bonus b",
            example: "\"60 is the quarter's, of which January had 20\" for 2026-01 to 2026-04 {
    expect bonus b = 20 GBP then 0 GBP then 0 GBP then 0 GBP
    expect carried forward bonuses = 0 GBP then 0 GBP then 30 GBP then 0 GBP
  }",
        },
        Case {
            items: "  credit k = 100 GBP\n  limit credits to 60 GBP each month, the excess carried forward, paid out at the end of the term",
            effective: "2026-02-01",
            changes: "  remove credit k",
            example: "\"January's 40 find room in February\" for 2026-01 to 2026-03 {
    expect carried forward credits = 0 GBP then -40 GBP then 0 GBP
  }",
        },
    ]);
}

#[test]
fn a_limit_that_holds_nothing_stops_nothing() {
    let loaded = amended(
        &format!(
            "{FRAME}  credit k = 100 GBP\n  limit credits to 10 GBP per call of n of this month each quarter"
        ),
        "2026-02-01",
        "  remove credit k",
    );
    let csv = "month,p,n,fc\n2026-01,80%,6,50\n2026-02,80%,,50\n2026-03,80%,5,50\n";
    assert_eq!(super::totals(&loaded, csv), ["940", "1000", "1000"]);
}

#[test]
fn what_waits_on_its_own_ends_with_its_credit() {
    const EACH: &str = "  credit k = 1 GBP per call of n\n  credit late = 70 GBP when n > 1_000 calls\n  \
        credits below 100 GBP each are carried forward, paid out at the end of the term";
    all_hold(&[
        Case {
            items: EACH,
            effective: "2026-02-01",
            changes: "  remove credit k",
            example: "\"60 in January, the last month of the credit\" for 2026-01 to 2026-03 {
    expect credit k = 60 GBP then 0 GBP then 0 GBP, total = 940 GBP then 1_000 GBP then 1_000 GBP
  }",
        },
        Case {
            items: EACH,
            effective: "2026-02-01",
            changes: "  remove credit k, what is open lapses",
            example: "\"60 in January, which lapse\" for 2026-01 to 2026-03 {
    expect total = 1_000 GBP then 1_000 GBP then 1_000 GBP
    expect notice \"60.00 GBP lapses, as the amendment says\" in 2026-01
    expect no notice in 2026-02
  }",
        },
        Case {
            items: EACH,
            effective: "2026-03-01",
            changes: "  remove credit k, what is open lapses",
            example:
                "\"what is large enough by then is settled all the same\" for 2026-01 to 2026-03 {
    expect total = 1_000 GBP then 880 GBP then 1_000 GBP
  }",
        },
        Case {
            items: EACH,
            effective: "2026-02-01",
            changes: "  remove credit k\n  add credit k = 1 GBP per call of n",
            example: "\"another credit of that name is another one\" for 2026-01 to 2026-03 {
    expect total = 940 GBP then 1_000 GBP then 880 GBP
  }",
        },
        Case {
            items: EACH,
            effective: "2026-02-01",
            changes: "  remove credits below, what is open lapses",
            example: "\"60 in January, which lapse with the clause\" for 2026-01 to 2026-03 {
    expect total = 1_000 GBP then 940 GBP then 940 GBP
    expect notice \"60.00 GBP lapses, as the amendment says\" in 2026-01
  }",
        },
        Case {
            items: EACH,
            effective: "2026-03-01",
            changes: "  replace credits below 100 GBP together are carried forward, paid out at the end of the term",
            example: "\"what waited on its own is settled in February\" for 2026-01 to 2026-04 {
    given n = 30
    expect total = 1_000 GBP then 940 GBP then 1_000 GBP then 1_000 GBP
  }",
        },
    ]);
}

#[test]
fn a_persistent_failure_in_place_of_the_credit_needs_no_credit() {
    let items = format!(
        "{FRAME}  service level s on m {{ target 90% each month; credit 100 GBP / n * 10 calls; persistent after 2 failures in 3 months: 300 GBP in place of the credit }}"
    );
    let loaded = amended(
        &items,
        "2026-03-01",
        "  replace charge f 1_000 GBP per month",
    );
    let csv = "month,p,n,fc\n2026-01,80%,10,50\n2026-02,80%,0,50\n";
    assert_eq!(super::totals(&loaded, csv), ["900", "700"]);
}

#[test]
fn what_is_left_of_a_limit_counts_in_the_steps_of_the_month() {
    let csv = "month,p,n,fc\n2026-01,80%,60,50\n2026-02,80%,99,50\n";
    // 39.60 leave 60.40, of which 60 can be credited in whole pounds.
    let loaded = amended(
        &format!(
            "{FRAME}  credit k = 0.66 GBP per call of n\n  limit credits to 100 GBP each quarter"
        ),
        "2026-02-01",
        "  replace round each line half up to 1 GBP",
    );
    assert_eq!(super::totals(&loaded, csv), ["960.4", "940"]);
}

/// Something that a statement does not use cannot stop it, and an amount of 0 stays 0.
#[test]
fn a_month_that_is_not_known_stops_only_what_needs_it() {
    let items = format!(
        "{FRAME}  credit k = 1 GBP per call of n\n  limit credits to 50 GBP each month, the excess carried forward for 2 months, lapsing at the end of the term"
    );
    let loaded = amended(
        &items,
        "2026-03-01",
        "  replace charge f 1_000 GBP per month",
    );
    // January's excess is unknown. It finds no room in February, and has lapsed by the end of March.
    let csv =
        "month,p,n,fc\n2026-01,80%,,50\n2026-02,80%,50,50\n2026-03,80%,10,50\n2026-04,80%,10,50\n";
    let all: Vec<Option<String>> = super::statements(&loaded, csv)
        .into_iter()
        .map(|month| month.ok().map(|statement| statement.total.to_string()))
        .collect();
    let expected = [None, Some("950"), None, Some("990")];
    assert_eq!(all, expected.map(|total| total.map(str::to_owned)));
    let items = format!(
        "{FRAME}  credit k = 100 GBP when n > 50 calls\n  limit credits to 10 GBP per call of fc of this month each quarter"
    );
    let loaded = amended(
        &items,
        "2026-03-01",
        "  replace charge f 1_000 GBP per month",
    );
    let csv = "month,p,n,fc\n2026-01,80%,10,\n2026-02,80%,10,\n2026-03,80%,60,5\n";
    assert_eq!(super::totals(&loaded, csv), ["1000", "1000", "950"]);
}

#[test]
fn whether_a_month_is_good_is_asked_only_where_it_could_return_a_credit() {
    let items = format!(
        "  input asked : calls\n{FRAME}  metric quick is timeliness, percent, higher is better {{ n / asked }}\n  \
         service level s on quick {{ target 90% each month; credit 100 GBP; earn back after 2 months at 90% or better }}\n  \
         service level t on m {{ target 90% each month; credit 50 GBP; in place of s }}"
    );
    let loaded = amended(
        &items,
        "2026-06-01",
        "  replace charge f 1_000 GBP per month",
    );
    // In February nothing can be earned back yet. January's credit follows a month that is passed over.
    let csv = "month,asked,p,n,fc\n2026-01,0,80%,0,1\n2026-02,10,95%,5,1\n2026-03,0,80%,0,1\n2026-04,10,95%,9,1\n2026-05,10,95%,9,1\n";
    assert_eq!(
        super::totals(&loaded, csv),
        ["950", "900", "950", "1000", "1100"]
    );
}

#[test]
fn a_target_that_rises_is_never_eased() {
    all_hold(&[
        Case {
            items: "  service level s on m { target (80%, from 2026-03-01 85%, from 2026-04-01 75%) each month; credit 100 GBP; raised after 6 months in a row above target, to the average }",
            effective: "2026-06-01",
            changes: "  replace charge f 1_000 GBP per month",
            example: "\"85% stays\" for 2026-01 to 2026-04 {
    expect target s = 80% then 80% then 85% then 85%
    expect credit s = 0 GBP then 0 GBP then 100 GBP then 100 GBP
  }",
        },
        Case {
            items: "  service level s on m { target 95% each month; credit 100 GBP }",
            effective: "2026-03-01",
            changes: "  replace service level s on m { target (90%, from 2026-02-01 80%) each month; credit 100 GBP; raised after 6 months in a row above target, to the average }",
            example: "\"earlier words had no target that rises\" for 2026-01 to 2026-03 {
    expect target s = 80%
    expect credit s = 100 GBP then 100 GBP then 0 GBP
  }",
        },
    ]);
}

#[test]
fn a_number_ends_where_the_next_change_begins() {
    let loaded = amended(
        &format!("{FRAME}  credit k = 50 GBP\n  credits below 100 GBP each are dropped"),
        "2026-02-01",
        "  replace credit k = 50 GBP when n > 2\n  remove credits below",
    );
    let csv = "month,p,n,fc\n2026-01,80%,6,50\n2026-02,80%,6,50\n";
    assert_eq!(super::totals(&loaded, csv), ["1000", "950"]);
}

#[test]
fn what_stands_in_for_a_new_input_stands_in_before_it_too() {
    let loaded = amended(
        FRAME,
        "2026-03-01",
        "  add input x : calls if missing, 50 calls\n  add bonus b = 1 GBP per call of (sum of x over contract year)",
    );
    let csv = "month,p,n,fc,x\n2026-01,80%,60,50,7\n2026-02,80%,60,50,\n2026-03,80%,60,50,5\n";
    assert_eq!(super::totals(&loaded, csv), ["1000", "1000", "1105"]);
}
