//! What happened does not depend on the wording. What an item remembers is the same whatever text was in force, and
//! what was open under an old text is settled once.

use super::{amended, findings, mismatches};

/// 80% every month, 60 calls, and 1,000 GBP a month.
pub(super) const FRAME: &str = "  input p : percent nominal 80%
  input n : calls nominal 60
  input fc : calls nominal 50
  metric m is quality, percent, higher is better { p }
  charge f 1_000 GBP per month
";

/// The items of the contract, the month from which the changes apply, the changes, and the expected results of an
/// example of both.
pub(super) struct Case<'t> {
    pub(super) items: &'t str,
    pub(super) effective: &'t str,
    pub(super) changes: &'t str,
    pub(super) example: &'t str,
}

fn holds(case: &Case<'_>) {
    let items = format!("{FRAME}{}", case.items);
    let scenario = format!("{}\n  scenario {}", case.changes, case.example);
    let loaded = amended(&items, case.effective, &scenario);
    assert_eq!(
        mismatches(&loaded),
        [""; 0],
        "{}\n{}",
        case.items,
        case.changes
    );
}

pub(super) fn all_hold(cases: &[Case<'_>]) {
    cases.iter().for_each(holds);
}

#[test]
fn the_average_of_a_year_is_that_of_all_its_months() {
    holds(&Case {
        items: "  service level s on m { target 90% each month; credit 100 GBP; earn back all at the end of the calendar year with an average of 90% or better }",
        effective: "2026-12-01",
        changes: "  replace service level s on m { target 90% each month; credit 100 GBP; earn back all at the end of the calendar year with an average of 91% or better }",
        example: "\"eleven months of 80%, one of 95%\" for 2026-01 to 2026-12 {
    given p = 80% then 80% then 80% then 80% then 80% then 80% then 80% then 80% then 80% then 80% then 80% then 95%
    expect earn back s = 0 GBP
  }",
    });
}

#[test]
fn what_stands_on_a_later_invoice_stands_on_one() {
    all_hold(&[
        Case {
            items: "  credit k = 100 GBP\n  credits applied to the next invoice",
            effective: "2026-03-01",
            changes: "  replace credits applied to the last invoice of the quarter",
            example: "\"January's in February, February's and March's in March\" for 2026-01 to 2026-06 {
    expect credit k = 0 GBP then 100 GBP then 200 GBP then 0 GBP then 0 GBP then 300 GBP
  }",
        },
        Case {
            items: "  credit k = 100 GBP\n  credits applied to the last invoice of the quarter",
            effective: "2026-03-01",
            changes: "  replace credits applied to the next invoice",
            example: "\"January's and February's in March\" for 2026-01 to 2026-04 {
    expect credit k = 0 GBP then 0 GBP then 200 GBP then 100 GBP
  }",
        },
        Case {
            items: "  credit k = 100 GBP applied to the next invoice",
            effective: "2026-03-01",
            changes: "  replace credit k = 100 GBP",
            example: "\"February is the last month under the old words, and settles its own\" for 2026-01 to 2026-04 {
    expect credit k = 0 GBP then 200 GBP then 100 GBP then 100 GBP
  }",
        },
        Case {
            items: "  service level s on m { target 90% each month; credit 100 GBP; applied to the last invoice of the quarter }",
            effective: "2026-03-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; applied to the next invoice }",
            example: "\"as with a credit\" for 2026-01 to 2026-04 {
    expect credit s = 0 GBP then 0 GBP then 200 GBP then 100 GBP
  }",
        },
    ]);
}

#[test]
fn what_was_billed_in_advance_is_trued_up_once() {
    all_hold(&[
        Case {
            items: "  charge g for n at 1 GBP, in advance on fc, trued up the next month",
            effective: "2026-03-01",
            changes: "  replace charge g for n at 1 GBP, in advance on fc, trued up each quarter",
            example: "\"10 each month\" for 2026-01 to 2026-06 {
    expect charge g.true_up = 0 GBP then 10 GBP then 20 GBP then 0 GBP then 0 GBP then 30 GBP
  }",
        },
        Case {
            items: "  charge g for n at 1 GBP, in advance on fc, trued up each quarter",
            effective: "2026-03-01",
            changes: "  replace charge g for n at 1 GBP, in advance on fc, trued up the next month",
            example: "\"10 each month\" for 2026-01 to 2026-04 {
    expect charge g.true_up = 0 GBP then 0 GBP then 20 GBP then 10 GBP
  }",
        },
        Case {
            items: "  charge g for n at 1 GBP, in advance on fc, trued up each quarter",
            effective: "2026-03-01",
            changes: "  replace charge g for n at 2 GBP",
            example: "\"the last month under the old words trues up\" for 2026-01 to 2026-03 {
    expect charge g = 50 GBP then 70 GBP then 120 GBP, total = 1_050 GBP then 1_070 GBP then 1_120 GBP
  }",
        },
    ]);
}

#[test]
fn what_was_credited_counts_towards_a_new_limit() {
    all_hold(&[
        Case {
            items: "  credit k = 100 GBP\n  limit credits to 1_800 GBP each calendar year",
            effective: "2026-05-01",
            changes: "  replace limit credits to 450 GBP each contract year",
            example: "\"400 are used in April\" for 2026-01 to 2026-06 {
    expect credit k = 100 GBP then 100 GBP then 100 GBP then 100 GBP then 50 GBP then 0 GBP
  }",
        },
        Case {
            items: "  credit k = 100 GBP",
            effective: "2026-05-01",
            changes: "  add limit credits to 450 GBP each contract year",
            example: "\"a limit for the year is one for the whole year\" for 2026-01 to 2026-06 {
    expect credit k = 100 GBP then 100 GBP then 100 GBP then 100 GBP then 50 GBP then 0 GBP
  }",
        },
        Case {
            items: "  credit k = 100 GBP\n  limit credits to 150 GBP over the term",
            effective: "2026-02-01",
            changes: "  replace limit credits to 250 GBP over the term",
            example: "\"100, then 100 and 50\" for 2026-01 to 2026-03 {
    expect credit k = 100 GBP then 100 GBP then 50 GBP
  }",
        },
        Case {
            items: "  credit k = 100 GBP\n  limit credits to 60 GBP each month, the excess carried forward, paid out at the end of the term",
            effective: "2026-03-01",
            changes: "  replace limit credits to 160 GBP each month, the excess carried forward for 3 months, lapsing at the end of the term",
            example: "\"40 and 40 are carried, and find room in March and April\" for 2026-01 to 2026-05 {
    expect credit k = 60 GBP then 60 GBP then 100 GBP then 100 GBP then 100 GBP
    expect carried forward credits = 0 GBP then 0 GBP then -60 GBP then -20 GBP then 0 GBP
  }",
        },
        Case {
            items: "  credit k = 100 GBP\n  limit credits to 60 GBP each month, the excess carried forward, paid out at the end of the term",
            effective: "2026-03-01",
            changes: "  replace limit credits to 60 GBP each month",
            example: "\"February pays out what is carried, as the term's end would\" for 2026-01 to 2026-03 {
    expect total = 940 GBP then 860 GBP then 940 GBP
  }",
        },
    ]);
}

#[test]
fn small_credits_wait_on() {
    all_hold(&[
        Case {
            items: "  credit k = 1 GBP per call of n\n  credits below 100 GBP together are carried forward, paid out at the end of the term",
            effective: "2026-02-01",
            changes: "  add credit z = 5 GBP",
            example: "\"60, then 60 + 60 + 5\" for 2026-01 to 2026-02 {
    expect credit k = 0 GBP then 60 GBP, credit z = 0 GBP then 5 GBP
    expect carried forward credits = 0 GBP then -60 GBP
  }",
        },
        Case {
            items: "  credit k = 1 GBP per call of n\n  credits below 100 GBP together are carried forward, paid out at the end of the term",
            effective: "2026-02-01",
            changes: "  remove credits below",
            example: "\"January pays it out\" for 2026-01 to 2026-02 {
    expect credit k = 60 GBP then 60 GBP
  }",
        },
        Case {
            items: "  credit k = 1 GBP per call of n\n  credits below 100 GBP together are carried forward, paid out at the end of the term",
            effective: "2026-02-01",
            changes: "  replace credits below 100 GBP together are dropped",
            example:
                "\"January pays it out, and February's own is dropped\" for 2026-01 to 2026-02 {
    expect credit k = 60 GBP then 0 GBP
  }",
        },
        Case {
            items: "  credit k = 1 GBP per call of n\n  credits below 100 GBP together are carried forward, paid out at the end of the term",
            effective: "2026-02-01",
            changes: "  remove credits below, what is open lapses",
            example: "\"the parties have agreed that it lapses\" for 2026-01 to 2026-02 {
    expect credit k = 0 GBP then 60 GBP
  }",
        },
    ]);
}

#[test]
fn an_identical_replacement_keeps_place_and_order() {
    holds(&Case {
        items: "  credit a = 50 GBP, in place of b\n  credit s = 20 GBP, in place of a\n  credit b = 100 GBP",
        effective: "2026-02-01",
        changes: "  replace credit s = 20 GBP, in place of a",
        example: "\"the first written wins\" for 2026-01 to 2026-02 { expect total = 980 GBP then 980 GBP }",
    });
}

#[test]
fn a_run_is_a_run_whatever_words_counted_it() {
    let level = "  service level s on m { target 90% each month; credit 100 GBP }";
    all_hold(&[
        Case {
            items: level,
            effective: "2026-03-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; repeated 2 months x 1.5, 3 months x 2 }",
            example: "\"the third in a row\" for 2026-01 to 2026-03 { expect credit s = 100 GBP then 100 GBP then 200 GBP }",
        },
        Case {
            items: level,
            effective: "2026-03-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; counts from the 3rd miss in 6 months }",
            example: "\"the third miss counts\" for 2026-01 to 2026-03 { expect credit s = 100 GBP then 100 GBP then 100 GBP }",
        },
        Case {
            items: level,
            effective: "2026-03-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; persistent after 3 failures in 3 months: 500 GBP in place of the credit }",
            example: "\"the third failure\" for 2026-01 to 2026-03 { expect credit s = 500 GBP }",
        },
        Case {
            items: level,
            effective: "2026-03-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; terminate after 3 failures in a row }",
            example: "\"the third failure\" for 2026-01 to 2026-03 { expect notice \"3 failures in a row\" }",
        },
        Case {
            items: level,
            effective: "2026-04-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; earn back after 3 months at 90% or better }",
            example: "\"a credit of the old words, two good months under them, one under the new\" for 2026-01 to 2026-04 {
    given p = 80% then 95% then 95% then 95%
    expect earn back s = 0 GBP then 0 GBP then 0 GBP then 100 GBP
  }",
        },
        Case {
            items: "  service level s on m { target 90% each month; credit 100 GBP; repeated 50% more each further failure, not compounding }",
            effective: "2026-03-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; repeated 50% more each further failure, compounding }",
            example: "\"1.5 x 1.5\" for 2026-01 to 2026-03 { expect credit s = 100 GBP then 150 GBP then 225 GBP }",
        },
        Case {
            items: level,
            effective: "2026-04-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; raised after 3 months in a row above target, to the average }",
            example: "\"four months above the target, three of them under the old words\" for 2026-01 to 2026-05 {
    given p = 92% then 94% then 96% then 98% then 94%
    expect target s = 95%, credit s = 0 GBP then 0 GBP then 0 GBP then 0 GBP then 100 GBP
  }",
        },
    ]);
}

#[test]
fn what_was_earned_back_is_not_earned_back_again() {
    all_hold(&[
        Case {
            items: "  service level s on m { target 90% each month; credit 100 GBP; earn back after 2 months at 90% or better }",
            effective: "2026-04-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; earn back after 4 months at 90% or better }",
            example: "\"returned in March, and not in May\" for 2026-01 to 2026-06 {
    given p = 80% then 95%
    expect earn back s = 0 GBP then 0 GBP then 100 GBP then 0 GBP then 0 GBP then 0 GBP
  }",
        },
        Case {
            items: "  service level s on m { target 90% each month; credit 100 GBP; earn back after 2 months at 90% or better }",
            effective: "2026-06-01",
            changes: "  replace service level s on m { target 90% each month; credit 100 GBP; earn back all at the end of the calendar year with an average of 90% or better }",
            example: "\"of 200 credited 100 was returned in March\" for 2026-01 to 2026-12 {
    given p = 80% then 95% then 95% then 80% then 99%
    expect earn back s = 100 GBP
  }",
        },
    ]);
}

#[test]
fn what_is_held_back_is_released_once() {
    all_hold(&[
        Case {
            items: "  holdback h 10% of charges each month, released each quarter in full",
            effective: "2026-03-01",
            changes: "  replace holdback h 10% of charges each month, released each month in full",
            example: "\"March releases what was held back before\" for 2026-01 to 2026-04 {
    expect release h = 0 GBP then 0 GBP then 300 GBP then 100 GBP
  }",
        },
        Case {
            items: "  holdback h 10% of charges each month, released each quarter in full",
            effective: "2026-03-01",
            changes: "  remove holdback h",
            example: "\"its last month releases as the term's would\" for 2026-01 to 2026-03 {
    expect total = 900 GBP then 1_100 GBP then 1_000 GBP
  }",
        },
    ]);
}

#[test]
fn a_period_under_way_ends_with_its_words() {
    all_hold(&[
        Case {
            items: "  service level s on m of this month { target 90% each quarter; credit 100 GBP }",
            effective: "2026-03-01",
            changes: "  replace service level s on m { target 90% each month; credit 10 GBP }",
            example: "\"January and February are settled in February\" for 2026-01 to 2026-03 {
    expect credit s = 0 GBP then 100 GBP then 10 GBP
  }",
        },
        Case {
            items: "  commitment c 5_000 GBP of charges each quarter, pro rata for a part quarter",
            effective: "2026-03-01",
            changes: "  remove commitment c",
            example: "\"two thirds of 5,000 less 2,000\" for 2026-01 to 2026-03 {
    expect total = 1_000 GBP then 2_333.33 GBP then 1_000 GBP
  }",
        },
        Case {
            items: "  commitment c 5_000 GBP of charges each quarter",
            effective: "2026-03-01",
            changes: "  remove commitment c, in full for a part quarter",
            example: "\"5,000 less 2,000\" for 2026-01 to 2026-03 {
    expect total = 1_000 GBP then 4_000 GBP then 1_000 GBP
  }",
        },
        Case {
            items: "  commitment c 5_000 GBP of charges each quarter",
            effective: "2026-04-01",
            changes: "  remove commitment c",
            example: "\"a whole quarter leaves nothing open\" for 2026-03 to 2026-04 {
    expect total = 5_000 GBP then 1_000 GBP
  }",
        },
    ]);
}

#[test]
fn a_commitment_that_ends_within_its_period_says_what_is_due() {
    let items = format!("{FRAME}  commitment c 5_000 GBP of charges each quarter");
    let loaded = super::load(&[
        (
            "a1.quid",
            &super::amendment("a1", "base.quid", "2026-03-01", "  remove commitment c"),
        ),
        ("base.quid", &super::base(&items)),
    ]);
    insta::assert_snapshot!(findings(&loaded));
}

/// A target of 3,000 GBP for the quarter, of which an amendment leaves two months: 2,000 GBP or 3,000 GBP.
#[test]
fn a_share_of_gain_that_ends_within_its_period_has_a_part_of_its_target() {
    let item = |part: &str| {
        format!(
            "  let spent = 10 GBP per call of n
  share gain g on spent against 3_000 GBP each quarter{part} {{ gain 50% to supplier; pain nothing }}"
        )
    };
    let by_contract = item(", pro rata for a part quarter");
    let by_amendment = item("");
    // 1,200 GBP of 2,000 GBP were spent; or 1,200 GBP of 3,000 GBP.
    let (part, whole) = (
        "\"two months\" for 2026-01 to 2026-03 { expect adjustment g = 0 GBP then 400 GBP then 0 GBP }",
        "\"two months\" for 2026-01 to 2026-03 { expect adjustment g = 0 GBP then 900 GBP then 0 GBP }",
    );
    for (items, removal, example) in [
        (&by_contract, "  remove share gain g", part),
        (
            &by_contract,
            "  remove share gain g, in full for a part quarter",
            whole,
        ),
        (
            &by_amendment,
            "  remove share gain g, pro rata for a part quarter",
            part,
        ),
        (
            &by_amendment,
            "  remove share gain g, in full for a part quarter",
            whole,
        ),
    ] {
        holds(&Case {
            items,
            effective: "2026-03-01",
            changes: removal,
            example,
        });
    }
    let asked = super::load(&[
        (
            "a1.quid",
            &super::amendment("a1", "base.quid", "2026-03-01", "  remove share gain g"),
        ),
        ("base.quid", &super::base(&format!("{FRAME}{by_amendment}"))),
    ]);
    insta::assert_snapshot!(findings(&asked));
}

#[test]
fn units_of_a_charge_count_from_its_beginning() {
    all_hold(&[
        Case {
            items: "  charge g for n at 2 GBP",
            effective: "2026-02-01",
            changes: "  replace charge g for n metered each quarter graduated { first 100 calls at 2 GBP; beyond at 1 GBP }",
            example: "\"60 in January are units of the charge\" for 2026-01 to 2026-02 { expect charge g = 120 GBP then 100 GBP }",
        },
        Case {
            items: "",
            effective: "2026-02-01",
            changes: "  add charge g for n metered each quarter graduated { first 100 calls at 2 GBP; beyond at 1 GBP }",
            example: "\"the charge begins in February\" for 2026-01 to 2026-03 { expect charge g = 0 GBP then 120 GBP then 100 GBP }",
        },
    ]);
}

#[test]
fn points_in_a_row_are_failures_whatever_words_doubled_them() {
    holds(&Case {
        items: "  points q on m each month { below 90%: 1 point }\n  credit k = 10 GBP per full point of total points above 0 points",
        effective: "2026-03-01",
        changes: "  replace points q on m each month { below 90%: 1 point; repeated in a row x 2, compounding }",
        example: "\"the third failure in a row counts 1 x 2 x 2\" for 2026-01 to 2026-03 {
    expect q = 1 point then 1 point then 4 points
  }",
    });
}

#[test]
fn a_limit_that_was_reached_was_reached() {
    holds(&Case {
        items: "  credit k = 100 GBP\n  limit credits to 100 GBP each month",
        effective: "2026-03-01",
        changes: "  replace limit credits to 100 GBP each month, terminate after 3 times in 6 months",
        example: "\"the third time\" for 2026-01 to 2026-03 { expect notice \"the customer may terminate\" }",
    });
}

#[test]
fn a_line_names_the_months_that_other_words_left_open() {
    let items = format!(
        "{FRAME}  credit k = 100 GBP\n  credits applied to the last invoice of the quarter"
    );
    let loaded = amended(
        &items,
        "2026-03-01",
        "  replace credits applied to the next invoice",
    );
    let csv = "month,p,n,fc\n2026-01,1,1,1\n2026-02,1,1,1\n2026-03,1,1,1\n2026-04,1,1,1\n";
    let all = super::statements(&loaded, &csv.replace(",1,1,1", ",80%,60,50"));
    let arose: Vec<String> = all
        .into_iter()
        .flat_map(|statement| statement.unwrap().lines)
        .filter_map(|line| line.arose)
        .map(|(first, last)| format!("{first} to {last}"))
        .collect();
    assert_eq!(arose, ["2026-01 to 2026-02", "2026-03 to 2026-03"]);
}

#[test]
fn months_before_the_signature_say_so() {
    let file = "use \"base.quid\"\namendment a1 to deal effective 2026-02-01 signed 2026-03-15 \"Letter 7\" {\n  replace charge f 900 GBP per month\n}\n";
    let base = super::base(FRAME);
    let loaded = super::load(&[("a1.quid", file), ("base.quid", &base)]);
    let csv = "month,p,n,fc\n2026-01,80%,1,1\n2026-02,80%,1,1\n2026-03,80%,1,1\n";
    insta::assert_snapshot!(super::printed(&loaded, csv).join("\n\n"));
    let second = "use \"a1.quid\"\namendment a2 to deal effective 2026-04-01 signed 2026-01-10 {\n  replace charge f 800 GBP per month\n}\n";
    let loaded = super::load(&[("a2.quid", second), ("a1.quid", file), ("base.quid", &base)]);
    insta::assert_snapshot!(findings(&loaded));
}

#[test]
fn a_new_column_is_read_from_the_amendment_on() {
    let loaded = amended(
        FRAME,
        "2026-03-01",
        "  add input x : calls\n  add bonus b = 1 GBP per call of (sum of x over contract year)",
    );
    let csv = "month,p,n,fc,x\n2026-01,80%,60,50,7\n2026-02,80%,60,50,\n2026-03,80%,60,50,5\n";
    assert_eq!(super::totals(&loaded, csv), ["1000", "1000", "1005"]);
}

#[test]
fn an_index_begins_with_its_agreement_and_goes_on_under_other_words() {
    all_hold(&[
        Case {
            items: "  input cpi : points nominal 103",
            effective: "2026-03-01",
            changes: "  add index f by cpi { base 100 of 2025-10; each February from 2026 with the value of January before; against the year before }",
            example: "\"an adjustment of February was not agreed in February\" for 2026-01 to 2026-03 {
    expect charge f = 1_000 GBP then 1_000 GBP then 1_000 GBP
  }",
        },
        Case {
            items: "  input cpi : points nominal 103\n  index f by cpi { base 100 of 2025-10; each February from 2026 with the value of January before; against the base }",
            effective: "2026-06-01",
            changes: "  replace index f by cpi { base 100 of 2025-10; each February from 2026 with the value of January before; against the year before }",
            example: "\"3%, then from 103 to 106.09 another 3%\" for 2026-01 to 2027-02 {
    given cpi = 103 then 103 then 103 then 103 then 103 then 103 then 103 then 103 then 103 then 103 then 103 then 103 then 106.09
    expect charge f = 1_060.90 GBP
  }",
        },
    ]);
}

/// A month whose data does not have what a new item needs is passed over, as if the account's data began after it.
#[test]
fn a_new_item_begins_after_a_month_that_does_not_have_what_it_needs() {
    let csv =
        "month,p,n,fc\n2026-01,80%,10,0\n2026-02,80%,,0\n2026-03,80%,70,0\n2026-04,80%,60,0\n";
    let totals = |changes: &str, csv: &str| {
        let loaded = amended(FRAME, "2026-04-01", changes);
        super::totals(&loaded, csv)
    };
    let carried = "  add let carried_on : calls = max(((previous carried_on, at first 0 calls) + n) - 60 calls, 0 calls)\n  add charge g 1 GBP per call of carried_on";
    assert_eq!(totals(carried, csv), ["1000", "1000", "1000", "1010"]);
    let summed = "  add let both : calls = n + fc\n  add charge g 1 GBP per call of (sum of both over contract year)";
    assert_eq!(totals(summed, csv), ["1000", "1000", "1000", "1130"]);
    let divided = "  add let share : percent = n / fc\n  add bonus b = 100 GBP when (least of share over contract year) >= 50%";
    let nothing_to_divide_by =
        "month,p,n,fc\n2026-01,80%,10,0\n2026-02,80%,10,20\n2026-03,80%,10,20\n2026-04,80%,10,20\n";
    assert_eq!(
        totals(divided, nothing_to_divide_by),
        ["1000", "1000", "1000", "1100"]
    );
}

#[test]
fn a_new_metric_says_what_counts_where_earlier_data_is_missing() {
    let missing = "month,p,n,fc\n2026-01,,60,50\n2026-02,90%,60,50\n2026-03,90%,60,50\n";
    let loaded = amended(
        FRAME,
        "2026-03-01",
        "  add metric r is quality, percent, higher is better { p; if missing, 50% }\n  \
           add bonus b = 100 GBP when (least of r over contract year) <= 50%",
    );
    assert_eq!(super::totals(&loaded, missing), ["1000", "1000", "1100"]);
    let nothing = "month,p,n,fc\n2026-01,90%,60,0\n2026-02,90%,60,100\n2026-03,90%,60,100\n";
    let loaded = amended(
        &format!("{FRAME}  let load : percent = n / fc"),
        "2026-03-01",
        "  add metric r is quality, percent, higher is better { load; if nothing to measure, 50% }\n  \
           add bonus b = 100 GBP when (least of r over contract year) <= 50%",
    );
    assert_eq!(super::totals(&loaded, nothing), ["1000", "1000", "1100"]);
}

#[test]
fn what_was_measured_is_a_fact_whatever_is_measured_now() {
    const OTHER: &str = "  input p2 : percent nominal 95%\n  metric m2 is quality, percent, higher is better { p2 }\n";
    const YEAR: &str = "  service level s on m { target 90% each month; credit 100 GBP; earn back all at the end of the calendar year with an average of 90% or better }";
    const MONTHS: &str = "  service level s on m { target 90% each month; credit 100 GBP; earn back after 2 months at 95% or better }";
    all_hold(&[
        Case {
            items: &format!("{OTHER}{YEAR}"),
            effective: "2026-12-01",
            changes: &YEAR.replace(
                "  service level s on m ",
                "  replace service level s on m2 ",
            ),
            example:
                "\"eleven months of 80% by the old words, 95% by the new\" for 2026-01 to 2026-12 {
    expect earn back s = 0 GBP
  }",
        },
        Case {
            items: &format!("{OTHER}{MONTHS}"),
            effective: "2026-03-01",
            changes: &MONTHS.replace(
                "  service level s on m ",
                "  replace service level s on m2 ",
            ),
            example:
                "\"February had 92% by the old words, which forfeits\" for 2026-01 to 2026-04 {
    given p = 80% then 92%
    expect earn back s = 0 GBP then 0 GBP then 0 GBP then 0 GBP
  }",
        },
    ]);
}

/// A target that is settled by the year, and words that settle it by the month and earn back by the year: the year's target ends
/// with its last month, although something of the item goes on by the year. And the other way round.
#[test]
fn a_target_and_an_earn_back_of_the_same_year_end_on_their_own() {
    let by_year =
        "service level s on m of this month { target 90% each contract year; credit 100 GBP }";
    let by_month = "service level s on m { target 90% each month; credit 100 GBP; earn back all at the end of the contract year when n of this month > 0 calls }";
    all_hold(&[
        Case {
            items: &format!("  {by_year}"),
            effective: "2026-03-01",
            changes: &format!("  replace {by_month}"),
            example: "\"missed over two months\" for 2026-01 to 2026-03 { expect credit s = 0 GBP then 100 GBP then 100 GBP }",
        },
        Case {
            items: &format!("  {by_month}"),
            effective: "2026-03-01",
            changes: &format!("  replace {by_year}"),
            example: "\"two credits are returned\" for 2026-01 to 2026-02 { expect credit s = 100 GBP, earn back s = 0 GBP then 200 GBP }",
        },
    ]);
}

/// The old words excused February, and the new ones have no excuse: February neither breaks nor extends the run.
#[test]
fn a_month_that_the_old_words_excused_does_not_break_a_run() {
    all_hold(&[Case {
        items: "  service level s on m { target 90% each month; credit 100 GBP; excused when n > 100 calls }",
        effective: "2026-03-01",
        changes: "  replace service level s on m { target 90% each month; credit 100 GBP; repeated 2 months x 2 }",
        example: "\"the second miss in a row\" for 2026-01 to 2026-03 { given n = 60 then 200 then 60; expect credit s = 100 GBP then 0 GBP then 200 GBP }",
    }]);
}
