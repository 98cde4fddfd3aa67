//! Choices among credits: one in place of others, the largest, the one that the customer chooses, and those that are
//! too small.

use quidpro::ledger::{LineKind, Statement};

use crate::clause::{amount, contract, messages, statements};
use crate::laws::choices::{Choices, law};

/// Three credits of as many dollars as their inputs say, and the words about them.
fn three(words: &str) -> String {
    format!(
        "dimension named {{ a, b, c }}\ninput of_a : events\ninput of_b : events\ninput of_c : events\n\
         input picked : yes or no by named if missing, no\ncharge fee = 1_000 USD\n\
         credit a = 1 USD per event of of_a\ncredit b = 1 USD per event of of_b\n\
         credit c = 1 USD per event of of_c\n{words}"
    )
}

const HEAD: &str = "month,of_a,of_b,of_c,picked.a,picked.b,picked.c\n";

/// The three credits of the first month, as amounts above 0.
fn credits(words: &str, row: &str) -> Result<Vec<String>, String> {
    let loaded = contract(&three(words));
    let months = statements(&loaded, &format!("{HEAD}2026-01,{row}\n"));
    months.into_iter().next().unwrap().map(|month| {
        ["a", "b", "c"]
            .map(|name| amount(&month, name).trim_start_matches('-').to_owned())
            .to_vec()
    })
}

#[test]
fn the_largest_counts_and_of_equal_ones_the_first() {
    let words = "only the largest of a, b and c \"Annex 3\"";
    assert_eq!(credits(words, "5,7,6,,,").unwrap(), ["0", "7", "0"]);
    assert_eq!(credits(words, "5,7,7,,,").unwrap(), ["0", "7", "0"]);
    assert_eq!(credits(words, "0,0,0,,,").unwrap(), ["0", "0", "0"]);
    let some = "only the largest of a, b when of_c > 3 events";
    assert_eq!(credits(some, "5,7,6,,,").unwrap(), ["0", "7", "6"]);
    assert_eq!(credits(some, "5,7,3,,,").unwrap(), ["5", "7", "3"]);
}

#[test]
fn the_customer_chooses_where_several_arise() {
    let words = "only the one chosen by picked of a, b, otherwise the largest";
    assert_eq!(credits(words, "5,7,6,yes,no,no").unwrap(), ["5", "0", "6"]);
    // Nobody chose; both were chosen.
    assert_eq!(credits(words, "5,7,6,,,").unwrap(), ["0", "7", "6"]);
    assert_eq!(credits(words, "5,7,6,yes,yes,").unwrap(), ["0", "7", "6"]);
    // Only one arises, so there is nothing to choose, and a choice by mistake changes nothing.
    assert_eq!(credits(words, "0,7,6,yes,no,").unwrap(), ["0", "7", "6"]);
    let waits = "only the one chosen by picked of a, b, otherwise no invoice";
    assert!(credits(waits, "5,7,6,,,").is_err());
    assert_eq!(credits(waits, "5,7,6,no,yes,").unwrap(), ["0", "7", "6"]);
    assert_eq!(credits(waits, "5,0,6,,,").unwrap(), ["5", "0", "6"]);
}

#[test]
fn one_credit_in_place_of_others() {
    let of = |place: &str, row: &str| {
        let items = three("").replace("of of_c\n", &format!("of of_c, {place}\n"));
        let loaded = contract(&items);
        let months = statements(&loaded, &format!("{HEAD}2026-01,{row}\n"));
        let month = months.into_iter().next().unwrap().unwrap();
        ["a", "b", "c"].map(|name| amount(&month, name))
    };
    let all = "in place of all other credits";
    assert_eq!(of(all, "5,7,9,,,"), ["0", "0", "-9"]);
    assert_eq!(of(all, "5,7,0,,,"), ["-5", "-7", "0"]);
    assert_eq!(of("in place of a", "5,7,9,,,"), ["0", "-7", "-9"]);
    let both = "in place of a and b, applied to this invoice";
    assert_eq!(of(both, "5,7,9,,,"), ["0", "0", "-9"]);
}

#[test]
fn the_others_are_those_of_other_items_and_of_the_same_member() {
    let of = |place: &str| {
        let items = format!(
            "dimension team {{ red, blue }}\ndimension site {{ north, south }}\ninput n : number by team\n\
             credit late by team = 10 USD\ncredit far by site = 20 USD\ncredit sorry = 30 USD\n\
             credit down by team = n * 1 USD, in place of {place}"
        );
        let months = statements(
            &contract(&items),
            "month,n.red,n.blue\n2026-01,5,0\n2026-02,5,7\n",
        );
        [0, 1].map(|at| {
            let month: &Statement = months[at].as_ref().unwrap();
            let names = [
                "late.red",
                "late.blue",
                "far.north",
                "far.south",
                "sorry",
                "down.red",
                "down.blue",
            ];
            names
                .map(|name| amount(month, name).replace('-', ""))
                .join(" ")
        })
    };
    assert_eq!(of("all other credits"), ["0 0 0 0 0 5 0", "0 0 0 0 0 5 7"]);
    assert_eq!(of("late"), ["0 10 20 20 30 5 0", "0 0 20 20 30 5 7"]);
    assert_eq!(of("far"), ["10 10 0 0 30 5 0", "10 10 0 0 30 5 7"]);
    assert_eq!(of("late.blue"), ["10 0 20 20 30 5 0", "10 0 20 20 30 5 7"]);
    assert_eq!(of("sorry"), ["10 10 20 20 0 5 0", "10 10 20 20 0 5 7"]);
}

#[test]
fn no_credit_comes_in_its_own_place() {
    let itself = "`down` is named as a replacement for itself";
    let loaded =
        contract("dimension team { red, blue }\ncredit down by team = 1 USD, in place of down");
    assert_eq!(messages(&loaded), [itself]);
}

#[test]
fn what_has_fallen_away_takes_no_place() {
    let items = three("")
        .replace("of of_a\n", "of of_a, in place of b\n")
        .replace("of of_b\n", "of of_b, in place of a, c\n");
    let loaded = contract(&items);
    let months = statements(
        &loaded,
        &format!("{HEAD}2026-01,5,7,9,,,\n2026-02,0,7,9,,,\n"),
    );
    let of = |at: usize| {
        let month: &Statement = months[at].as_ref().unwrap();
        ["a", "b", "c"].map(|name| amount(month, name))
    };
    assert_eq!(of(0), ["-5", "0", "-9"]);
    assert_eq!(of(1), ["0", "-7", "0"]);
}

#[test]
fn a_critical_miss_replaces_the_others() {
    let items = three(
        "metric m is quality, percent, higher is better { 100% - 10% * of_c / 1 event }\n\
         service level s on m { target 95% each month; critical below 75%; credit 20 USD, critical 50 USD\n\
         in place of a, b when critical }",
    );
    let loaded = contract(&items);
    let months = statements(
        &loaded,
        &format!("{HEAD}2026-01,5,7,1,,,\n2026-02,5,7,3,,,\n"),
    );
    let of = |at: usize| {
        let month: &Statement = months[at].as_ref().unwrap();
        ["a", "b", "s"].map(|name| amount(month, name))
    };
    assert_eq!(of(0), ["-5", "-7", "-20"]);
    assert_eq!(of(1), ["0", "0", "-50"]);
}

fn taken(words: &str, rows: &[&str]) -> Vec<(String, i64)> {
    let loaded = contract(&three(words));
    let rows = rows.iter().enumerate();
    let rows: String = rows
        .map(|(at, row)| format!("2026-{:02},{row},,,\n", at + 1))
        .collect();
    let months = statements(&loaded, &format!("{HEAD}{rows}"));
    let of = |month: Result<Statement, String>| {
        let month = month.unwrap();
        let carried = month.lines.iter();
        let carried = carried.filter(|line| line.kind == LineKind::CarriedForward);
        let carried: i64 = carried
            .map(|line| -line.amount.to_string().parse::<i64>().unwrap())
            .sum();
        (month.total.to_string(), carried)
    };
    months.into_iter().map(of).collect()
}

fn totals(all: &[(i64, i64)]) -> Vec<(String, i64)> {
    all.iter()
        .map(|(total, carried)| (total.to_string(), *carried))
        .collect()
}

#[test]
fn small_credits_are_dropped_each_or_together() {
    let rows = ["60,60,0", "99,100,0", "30,30,30"];
    let each = taken("credits below 100 USD each are dropped", &rows);
    assert_eq!(each, totals(&[(1_000, 0), (900, 0), (1_000, 0)]));
    let together = taken("credits below 100 USD together are dropped", &rows);
    assert_eq!(together, totals(&[(880, 0), (801, 0), (1_000, 0)]));
}

#[test]
fn what_must_be_more_than_the_amount_is_too_small_at_it() {
    let rows = ["60,60,0", "99,100,0", "101,99,0"];
    let each = taken("credits at most 100 USD each are dropped", &rows);
    assert_eq!(each, totals(&[(1_000, 0), (1_000, 0), (899, 0)]));
    let together = taken("credits at most 120 USD together are dropped", &rows);
    assert_eq!(together, totals(&[(1_000, 0), (801, 0), (800, 0)]));
    let then = "are carried forward, lapsing at the end of the term";
    // 100 wait, since they are not more; with 1 more they are paid.
    let waiting = taken(
        &format!("credits at most 100 USD together {then}"),
        &["60,40,0", "1,0,0", "0,0,0"],
    );
    assert_eq!(waiting, totals(&[(1_000, 0), (899, 100), (1_000, 0)]));
}

#[test]
fn small_credits_wait_each_or_together() {
    let rows = ["60,30,0", "50,30,0", "0,40,0"];
    let then = "are carried forward, lapsing at the end of the term";
    // Together: 90 wait; with 80 they are 170; 40 wait.
    let together = taken(&format!("credits below 100 USD together {then}"), &rows);
    assert_eq!(together, totals(&[(1_000, 0), (830, 90), (1_000, 0)]));
    // Each: a's 60 wait for its 50; b's 30 + 30 wait for its 40.
    let each = taken(&format!("credits below 100 USD each {then}"), &rows);
    assert_eq!(each, totals(&[(1_000, 0), (890, 60), (900, 60)]));
}

#[test]
fn small_credits_that_wait_are_paid_in_the_end() {
    let loaded = ["each", "together"].map(|how| {
        contract(&three(&format!(
            "credits below 40 USD {how} are carried forward, paid out at the end of the term"
        )))
    });
    law(12, |choices: &mut Choices<'_>| {
        let mut due = 0;
        let mut rows = HEAD.to_owned();
        for month in 1..=12 {
            let of = [(); 3].map(|()| choices.between(0, 30));
            due += of.iter().sum::<i64>();
            rows.push_str(&format!(
                "2026-{month:02},{},{},{},,,\n",
                of[0], of[1], of[2]
            ));
        }
        for loaded in &loaded {
            let months = statements(loaded, &rows).into_iter();
            let paid: i64 = months
                .map(|month| 1_000 - month.unwrap().total.to_string().parse::<i64>().unwrap())
                .sum();
            if paid != due {
                return Err(format!("{paid} instead of {due}"));
            }
        }
        Ok(())
    });
}

#[test]
fn what_is_left_open_is_asked_for() {
    let of = |words: &str| messages(&contract(&three(words))).join("; ");
    assert_eq!(
        of("only the one chosen by picked of a, b"),
        "the contract does not say what counts if nobody chose, or chose more than one"
    );
    assert_eq!(
        of("only the largest of a, fee"),
        "`fee` is a charge, and has no credit"
    );
    assert_eq!(
        of("credits below 100 USD are dropped"),
        "the contract does not say whether each credit must reach 100 USD, or all of a month together"
    );
    assert_eq!(
        of("credits below 100 USD each"),
        "the contract does not say what happens to credits below 100 USD"
    );
    assert_eq!(
        of("credits below 100 USD each are carried forward"),
        "the contract does not say what happens to what is still carried forward at the end of the term"
    );
}

/// A clause whose condition is not met does nothing, and requires no choice.
#[test]
fn a_choice_is_asked_for_only_where_its_condition_holds() {
    let words = "only the one chosen by picked of a, b, otherwise no invoice when of_c > 3 events";
    assert_eq!(credits(words, "5,7,3,,,").unwrap(), ["5", "7", "3"]);
    assert!(credits(words, "5,7,6,,,").is_err());
    assert_eq!(credits(words, "5,7,6,yes,,").unwrap(), ["5", "0", "6"]);
}
