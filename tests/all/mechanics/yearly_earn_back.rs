//! Earn-back at the end of the year: for a good year, a share of the year's credits, as they were deducted.

use quidpro::ledger::{LineKind, Statement};
use quidpro::quantity::Exact;

use crate::clause::{amount, contract, messages, statements};
use crate::laws::choices::law;

/// A desk with a limit of 150 a month, and months that a storm excuses.
fn desk(earn_back: &str) -> quidpro::driver::Loaded {
    contract(&format!(
        "  input calls : calls\n  input storm : calls\n  metric done is volume, calls, higher is better {{ calls }}\n  \
         charge fee 1_000 USD per month\n  service level s on done {{\n    target 80 each month\n    critical below 50\n    \
         excused when storm above 0\n    credit 100 USD, critical 400 USD\n    {earn_back}\n  }}\n  \
         limit credits to 150 USD each month\n"
    ))
}

fn months(loaded: &quidpro::driver::Loaded, months: &[(i64, i64)]) -> Vec<Statement> {
    let mut csv = String::from("month,calls,storm\n");
    for (at, (calls, storm)) in months.iter().enumerate() {
        csv.push_str(&format!("2026-{:02},{calls},{storm}\n", at + 1));
    }
    let all = statements(loaded, &csv).into_iter();
    all.map(|month| month.unwrap()).collect()
}

fn earned(statement: &Statement) -> Exact {
    let lines = statement.lines.iter();
    lines
        .filter(|line| line.kind == LineKind::EarnBack)
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}

fn sum_of(statements: &[Statement], kind: LineKind) -> Exact {
    let lines = statements.iter().flat_map(|month| &month.lines);
    lines
        .filter(|line| line.kind == kind)
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}

/// 70 and 40 cost 100 and 150, which is cut from 400. The twelve months sum to 70 + 40 + 10 x 93 = 1,040: an average of
/// 86 2/3.
#[test]
fn half_of_what_was_deducted_comes_back_for_a_good_average() {
    let year: Vec<(i64, i64)> = [(70, 0), (40, 0)]
        .into_iter()
        .chain([(93, 0); 10])
        .collect();
    for (level, wanted) in [("86", "125"), ("87", "0")] {
        let loaded = desk(&format!(
            "earn back 50% at the end of the contract year with an average of {level} or better, excused months counted"
        ));
        let found = months(&loaded, &year);
        for month in &found[..11] {
            assert!(earned(month).is_zero(), "{}", month.month);
        }
        assert_eq!(earned(&found[11]).to_string(), wanted, "{level}");
        assert_eq!(amount(&found[1], "s"), "-150");
    }
}

/// The excused month of 0 decides the average: with it (79 + 0 + 10 x 90) / 12 = 81 7/12, and without it 979 / 11 = 89.
#[test]
fn excused_months_count_in_the_average_as_the_contract_says() {
    let year: Vec<(i64, i64)> = [(79, 0), (0, 1)].into_iter().chain([(90, 0); 10]).collect();
    for (word, wanted) in [("counted", "0"), ("left out", "100")] {
        let loaded = desk(&format!(
            "earn back all at the end of the calendar year with an average of 89 or better, excused months {word}"
        ));
        let found = months(&loaded, &year);
        assert_eq!(earned(&found[11]).to_string(), wanted, "{word}");
    }
}

/// A year in which every month is excused has no average and no credits.
#[test]
fn a_year_of_excused_months_earns_nothing() {
    let loaded = desk(
        "earn back all at the end of the contract year with an average of 1 or better, excused months left out",
    );
    let found = months(&loaded, &[(90, 1); 12]);
    assert!(earned(&found[11]).is_zero());
}

/// A condition instead of the average: at most two misses in the year.
#[test]
fn a_condition_can_stand_for_the_average() {
    let loaded = desk(
        "earn back 100% at the end of the contract year when count of calls below 80 over contract year at most 2",
    );
    assert_eq!(messages(&loaded), [""; 0]);
    for (misses, wanted) in [(2, "200"), (3, "0")] {
        let year: Vec<(i64, i64)> = (0..12)
            .map(|at| (if at < misses { 79 } else { 80 }, 0))
            .collect();
        assert_eq!(earned(&months(&loaded, &year)[11]).to_string(), wanted);
    }
}

/// What comes back is the share of what was deducted: never more, and nothing in a bad year.
#[test]
fn what_comes_back_is_the_share_of_what_was_deducted() {
    law(25, |c| {
        let share = c.between(1, 100);
        let level = c.between(60, 90);
        let loaded = desk(&format!(
            "earn back {share}% at the end of the contract year with an average of {level} or better, excused months counted"
        ));
        let year: Vec<(i64, i64)> = (0..12)
            .map(|_| (c.between(40, 110), i64::from(c.once_in(5))))
            .collect();
        let found = months(&loaded, &year);
        let calls: i64 = year.iter().map(|(calls, _)| calls).sum();
        let credits = sum_of(&found, LineKind::Credit).negate();
        let wanted = if calls >= 12 * level {
            credits
                .multiply(&Exact::from_integer(share))
                .divide(&Exact::from_integer(100))
        } else {
            Some(Exact::zero())
        };
        let back = sum_of(&found, LineKind::EarnBack);
        (Some(&back) == wanted.as_ref())
            .then_some(())
            .ok_or_else(|| format!("{back} of {credits} and not {wanted:?} in {year:?}"))
    });
}
