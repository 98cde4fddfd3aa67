//! Service levels that are settled by quarters and years: which months excuse the period, and how runs are counted.

use crate::clause::{amount, contract, mismatches, statements};
use crate::laws::choices::law;

fn level(statements: &str) -> quidpro::driver::Loaded {
    contract(&format!(
        "  input calls : calls\n  input storm : calls\n  metric done is volume, calls, higher is better {{ sum of calls over calendar quarter }}\n  \
         charge fee 1_000 USD per month\n  service level s on done {{ target 30 each quarter; credit 100 USD\n    {statements} }}\n"
    ))
}

fn credits(statements_text: &str, months: &[(i64, bool)]) -> Vec<String> {
    let mut csv = String::from("month,calls,storm\n");
    for (at, (calls, storm)) in months.iter().enumerate() {
        csv.push_str(&format!(
            "2026-{:02},{calls},{}\n",
            at + 1,
            i64::from(*storm)
        ));
    }
    let all = statements(&level(statements_text), &csv).into_iter();
    all.map(|month| amount(&month.unwrap(), "s")).collect()
}

/// A storm excuses a quarter if it is in any of its months, in each, or in the last, as the contract says.
#[test]
fn a_quarter_is_excused_as_the_contract_says() {
    law(30, |c| {
        let months: Vec<(i64, bool)> = (0..12).map(|_| (c.between(5, 15), c.once_in(2))).collect();
        for words in ["any month", "every month", "the last month"] {
            let found = credits(&format!("excused when storm above 0 in {words}"), &months);
            for (quarter, three) in months.chunks(3).enumerate() {
                let excused = match words {
                    "any month" => three.iter().any(|month| month.1),
                    "every month" => three.iter().all(|month| month.1),
                    _ => three[2].1,
                };
                let calls: i64 = three.iter().map(|month| month.0).sum();
                let wanted = if calls < 30 && !excused { "-100" } else { "0" };
                let credits = &found[quarter * 3..quarter * 3 + 3];
                if credits != ["0", "0", wanted] {
                    return Err(format!(
                        "{credits:?} in quarter {quarter}, {words}, {months:?}"
                    ));
                }
            }
        }
        Ok(())
    });
}

/// Quarters in a row pass over an excused one. Failures within months are counted by the quarters that end in them.
#[test]
fn quarters_are_counted() {
    let quarter = |calls: i64, storm: bool| [(calls, false), (0, storm), (0, false)];
    let months = [
        quarter(20, false),
        quarter(20, true),
        quarter(20, false),
        quarter(20, false),
    ]
    .concat();
    let found = credits(
        "excused when storm above 0 in any month; excused quarter keeps the run; repeated 2 quarters x 2, 3 quarters x 3",
        &months,
    );
    let ends: Vec<&str> = [2, 5, 8, 11].iter().map(|at| found[*at].as_str()).collect();
    assert_eq!(ends, ["-100", "0", "-200", "-300"]);
    let found = credits(
        "excused when storm above 0 in any month; counts from the 2nd miss in 6 months",
        &months,
    );
    let ends: Vec<&str> = [2, 5, 8, 11].iter().map(|at| found[*at].as_str()).collect();
    // March alone in six months; September alone; September and December together.
    assert_eq!(ends, ["0", "0", "0", "-100"]);
}

/// A grace period of whole quarters: two are excused, and the third is not.
#[test]
fn a_grace_period_of_whole_quarters() {
    let loaded = level("excused in the first 6 months");
    let months = statements(
        &loaded,
        &(1..=12).fold(String::from("month,calls,storm\n"), |csv, month| {
            csv + &format!("2026-{month:02},1,0\n")
        }),
    );
    let found: Vec<String> = months
        .into_iter()
        .map(|month| amount(&month.unwrap(), "s"))
        .collect();
    assert_eq!(
        [&found[2], &found[5], &found[8], &found[11]],
        ["0", "0", "-100", "-100"]
    );
}

/// A level that is settled by the contract year, with a measure of the year.
#[test]
fn a_year_is_settled_in_its_last_month() {
    let loaded = contract(
        "  input calls : calls\n  metric done is volume, calls, higher is better { sum of calls over contract year }\n  \
         charge fee 1_000 USD per month\n  service level s on done { target 120 each contract year; credit 5% of (sum of fee over contract year) }\n  \
         scenario \"one short\" for 2026-01 to 2026-12 { given calls = 10 then 10 then 9 then 10\n    expect credit s = 600 USD }\n  \
         scenario \"enough\" for 2026-01 to 2026-12 { given calls = 10; expect credit s = 0 USD }\n",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

/// A month in which one count of a quotient has no value counts in neither of its sums; for a member, only its own months.
#[test]
fn a_month_without_a_value_is_passed_over_as_a_whole() {
    let loaded = contract(
        "  dimension channel { voice, mail }\n  input fixed : contacts by channel if missing, no value\n  input all_of : contacts by channel\n  \
         metric solved by channel is resolution, percent, higher is better { fixed / all_of; if nothing to measure, no invoice }\n  \
         charge fee 1_000 USD per month\n  credit v each quarter = 70 USD when solved.voice of the quarter < 85%\n  \
         credit m each quarter = 70 USD when solved.mail of the quarter < 85%\n",
    );
    let csv = "month,fixed.voice,fixed.mail,all_of.voice,all_of.mail\n2026-01,90,90,100,100\n\
               2026-02,,60,100,100\n2026-03,90,90,100,100\n";
    let months = statements(&loaded, csv);
    let march = months.into_iter().last().unwrap().unwrap();
    // 180 of 200, and not of 300; 240 of 300.
    assert_eq!(amount(&march, "v"), "0");
    assert_eq!(amount(&march, "m"), "-70");
}

/// An empty cell of an earlier month is empty in the year: what the metric says of it applies.
#[test]
fn an_empty_cell_of_an_earlier_month_is_answered_by_the_metric() {
    let loaded = contract(
        "  input waited : seconds\n  input answered : calls\n  charge fee 1_000 USD per month\n  \
         metric asa is timeliness, seconds, lower is better { waited / answered; if missing, 10 seconds; if nothing to measure, no invoice }\n  \
         credit slow each quarter = 70 USD when asa of the quarter > 20 seconds\n",
    );
    let csv = "month,waited,answered\n2026-01,300,10\n2026-02,300,\n2026-03,300,10\n";
    let months = statements(&loaded, csv);
    let march = months.into_iter().last().unwrap().unwrap();
    assert_eq!(amount(&march, "slow"), "0");
}
