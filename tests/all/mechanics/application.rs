//! Application: the invoice on which a credit or bonus appears.

use quidpro::calendar::Month;
use quidpro::ledger::{LineKind, Statement};

use crate::clause::{amount, contract, messages, statements};
use crate::laws::choices::{Choices, law};

/// A fee, a credit of that many dollars, and a bonus, applied as `words` say.
fn late(words: &str) -> String {
    format!(
        "input days_late : days\ncharge fee = 1_000 USD\n\
         credit late = 10 USD per exact day of days_late above 0 days\n{words}"
    )
}

fn credits(months: &[Result<Statement, String>]) -> Vec<String> {
    let of = |month: &Result<Statement, String>| amount(month.as_ref().unwrap(), "late");
    months.iter().map(of).collect()
}

fn rows(days: &[i64]) -> String {
    let rows = days.iter().enumerate();
    let rows: String = rows
        .map(|(at, days)| format!("2026-{:02},{days}\n", at + 1))
        .collect();
    format!("month,days_late\n{rows}")
}

const DAYS: [i64; 12] = [1, 2, 0, 4, 0, 0, 7, 8, 9, 0, 11, 12];

#[test]
fn the_next_invoice_has_the_month_before_and_the_last_one_both() {
    let loaded = contract(&late("credits applied to the next invoice"));
    // 1, 2, 0, 4, … x 10, one month later; December has November's 110 and its own 120.
    let expected = [
        "0", "-10", "-20", "0", "-40", "0", "0", "-70", "-80", "-90", "0", "-230",
    ];
    assert_eq!(credits(&statements(&loaded, &rows(&DAYS))), expected);
}

#[test]
fn the_last_invoice_of_the_quarter_has_its_three_months() {
    let loaded = contract(&late(
        "credits applied to the last invoice of the quarter \"Schedule 3, 6\"",
    ));
    // 1 + 2 + 0; 4; 7 + 8 + 9; 0 + 11 + 12.
    let expected = [
        "0", "0", "-30", "0", "0", "-40", "0", "0", "-240", "0", "0", "-230",
    ];
    assert_eq!(credits(&statements(&loaded, &rows(&DAYS))), expected);
}

#[test]
fn a_line_names_the_months_in_which_it_arose() {
    let loaded = contract(&late("credits applied to the last invoice of the quarter"));
    let months = statements(&loaded, &rows(&DAYS[..3]));
    let march = months[2].as_ref().unwrap();
    let line = march.lines.iter().find(|line| line.name == "late").unwrap();
    assert_eq!(line.kind, LineKind::Credit);
    let month = |text| Month::parse(text).unwrap();
    assert_eq!(line.arose, Some((month("2026-01"), month("2026-03"))));
}

#[test]
fn what_an_item_says_itself_comes_first() {
    let items = late("").replace(
        "above 0 days\n",
        "above 0 days applied to this invoice\ncredits applied to the last invoice of the contract year\n\
         credit other = 1 USD\n",
    );
    let loaded = contract(&items);
    let months = statements(&loaded, &rows(&DAYS));
    assert_eq!(credits(&months)[..2], ["-10", "-20"]);
    let other = |at: usize| amount(months[at].as_ref().unwrap(), "other");
    assert_eq!((other(10), other(11)), ("0".to_owned(), "-12".to_owned()));
}

#[test]
fn bonuses_wait_as_well() {
    let items = late("bonuses applied to the next invoice").replace("credit late", "bonus late");
    let months = statements(&contract(&items), &rows(&[5, 0]));
    assert_eq!(credits(&months), ["0", "50"]);
}

#[test]
fn a_month_that_could_not_be_computed_stops_the_invoice_that_waits_for_it() {
    let loaded = contract(&late("credits applied to the next invoice"));
    let months = statements(&loaded, "month,days_late\n2026-01,\n2026-02,1\n2026-03,1\n");
    let found: Vec<bool> = months.iter().map(Result::is_ok).collect();
    assert_eq!(found, [false, false, true]);
    let why = months[1].as_ref().unwrap_err();
    assert!(why.contains("2026-01 could not be computed"), "{why}");
    // A quarter's invoice waits for all its months, but holds up no month in between.
    let loaded = contract(&late("credits applied to the last invoice of the quarter"));
    let months = statements(
        &loaded,
        "month,days_late\n2026-01,\n2026-02,1\n2026-03,1\n2026-04,1\n",
    );
    let found: Vec<bool> = months.iter().map(Result::is_ok).collect();
    assert_eq!(found, [false, true, false, true]);
    let why = months[2].as_ref().unwrap_err();
    assert!(why.contains("2026-01 could not be computed"), "{why}");
}

#[test]
fn to_whom_it_is_applied_is_said_once() {
    let twice = "credits applied to the next invoice\ncredits and bonuses applied to this invoice";
    let loaded = contract(&late(twice));
    assert_eq!(messages(&loaded), ["`applied` is stated twice"]);
}

#[test]
fn over_the_term_nothing_is_lost_or_added() {
    let whens = [
        "this invoice",
        "the next invoice",
        "the last invoice of the quarter",
        "the last invoice of the contract year",
        "the last invoice of the calendar year",
    ];
    let all: Vec<_> = whens
        .iter()
        .map(|when| {
            contract(&late(&format!(
                "limit credits to 80 USD each month\ncredits applied to {when}"
            )))
        })
        .collect();
    law(20, |choices: &mut Choices<'_>| {
        let days: Vec<i64> = (0..12).map(|_| choices.between(0, 12)).collect();
        let rows = rows(&days);
        let paid: i64 = days.iter().map(|days| 1_000 - (10 * days).min(80)).sum();
        for loaded in &all {
            let totals = statements(loaded, &rows).into_iter();
            let totals: i64 = totals
                .map(|month| month.unwrap().total.to_string().parse::<i64>().unwrap())
                .sum();
            if totals != paid {
                return Err(format!("{totals} instead of {paid} for {days:?}"));
            }
        }
        Ok(())
    });
}
