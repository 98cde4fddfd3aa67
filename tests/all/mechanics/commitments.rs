//! Commitments: what is missing at the end of a period is invoiced in a separate true-up.

use quidpro::calendar::Month;
use quidpro::driver::{self, Loaded};
use quidpro::ledger::{LineKind, Statement};
use quidpro::quantity::Exact;

use crate::clause::{NoFiles, amount, messages, mismatches, statements};
use crate::laws::choices::law;

/// A contract in USD, for that term and with these items.
fn contract(term: &str, items: &str) -> Loaded {
    let text = format!(
        "contract clause \"Clause\" {{\n  currency USD\n  term {term}\n  round each line half up to 0.01 USD\n{items}\n}}\n"
    );
    driver::load("clause.quid", &text, &NoFiles)
}

/// A row for each month from the first onwards.
fn table(heading: &str, first: &str, values: &[i64]) -> String {
    let first = Month::parse(first).unwrap();
    let rows = (0..).map(|step| first.plus(step)).zip(values);
    rows.fold(format!("month,{heading}\n"), |text, (month, value)| {
        format!("{text}{month},{value}\n")
    })
}

fn true_ups(months: &[Result<Statement, String>]) -> Vec<String> {
    let of = |month: &Statement| amount(month, "spend");
    months
        .iter()
        .map(|month| of(month.as_ref().unwrap()))
        .collect()
}

const HANDLED: &str = "input handled : contacts\ncharge handling for handled at 10 USD\n";

#[test]
fn what_is_missing_is_due_in_the_last_month_of_the_year() {
    let items = format!("{HANDLED}commitment spend 100_000 USD of charges each contract year");
    let loaded = contract("2026-01-01 to 2027-12-31", &items);
    // 12 x 8,000 = 96,000: 4,000 are missing. The second year has 12 x 9,000 = 108,000.
    let mut values = vec![800; 12];
    values.extend([900; 12]);
    let months = statements(&loaded, &table("handled", "2026-01", &values));
    let mut expected = vec!["0"; 24];
    expected[11] = "4000";
    assert_eq!(true_ups(&months), expected);
    let december = months[11].as_ref().unwrap();
    let line = december
        .lines
        .iter()
        .find(|line| line.name == "spend")
        .unwrap();
    assert_eq!(line.kind, LineKind::TrueUp);
    assert_eq!(december.total.to_string(), "12000");
    // The line is shown at the end of a year, even if nothing is missing, and in no other month.
    let shown = |month: &Statement| month.lines.iter().any(|line| line.kind == LineKind::TrueUp);
    let shown: Vec<usize> = (0..24)
        .filter(|at| shown(months[*at].as_ref().unwrap()))
        .collect();
    assert_eq!(shown, [11, 23]);
}

#[test]
fn a_part_year_is_asked_for_its_months_or_in_full() {
    // The second contract year has 5 months: 5/12 of 100,000 is 41,666.67. Each month has 8,000.
    for (words, first, second) in [
        ("pro rata", "4000", "1666.67"),
        ("in full", "4000", "60000"),
    ] {
        let items = format!(
            "{HANDLED}commitment spend 100_000 USD of charges each contract year, {words} for a part year"
        );
        let loaded = contract("2026-03-01 to 2027-07-31", &items);
        let months = statements(&loaded, &table("handled", "2026-03", &[800; 17]));
        let mut expected = vec!["0"; 17];
        expected[11] = first;
        expected[16] = second;
        assert_eq!(true_ups(&months), expected, "{words}");
    }
}

#[test]
fn the_first_quarter_can_be_a_part_as_well_as_the_last() {
    let items = format!(
        "{HANDLED}commitment spend 3_000 USD of handling each quarter, pro rata for a part quarter"
    );
    let loaded = contract("2026-02-01 to 2026-10-31", &items);
    // February and March are 2/3 of a quarter, October is 1/3; each month has 100 USD.
    let months = statements(&loaded, &table("handled", "2026-02", &[10; 9]));
    let expected = ["0", "1800", "0", "0", "2700", "0", "0", "2700", "900"];
    assert_eq!(true_ups(&months), expected);
}

#[test]
fn what_counts_is_what_is_named() {
    let common = format!(
        "{HANDLED}charge fee = 50 USD\ncredit late = 30 USD\nadjust handling by handled {{ below 1: 0%; otherwise -10% }}\n"
    );
    // Of 100 handled: charges 1,050, adjusted charges 950, the total 920, handling and fee 1,050.
    for (of, missing) in [
        ("charges", "950"),
        ("adjusted charges", "1050"),
        ("total", "1080"),
        ("handling", "1000"),
        ("handling and fee", "950"),
        ("handling, fee", "950"),
    ] {
        let items = format!("{common}commitment spend 2_000 USD of {of} each month");
        let loaded = contract("2026-01-01 to 2026-12-31", &items);
        let months = statements(&loaded, &table("handled", "2026-01", &[100]));
        assert_eq!(true_ups(&months), [missing], "{of}");
    }
}

#[test]
fn missing_units_have_a_price() {
    let items = "input handled : contacts by channel { voice, chat }\n\
         charge handling for total handled at 4 USD\n\
         commitment spend 100_000 contacts of handled at 3.00 USD each contract year, pro rata for a part year\n\
         scenario \"half a year\" for 2026-01 to 2026-06 {\n\
           given handled.voice = 5_000, handled.chat = 3_000\n\
           # 50,000 are committed for six months, 48,000 came: 2,000 x 3.00\n\
           expect true up spend = 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 6_000 USD\n\
         }";
    assert_eq!(
        mismatches(&contract("2026-01-01 to 2026-06-30", items)),
        [""; 0]
    );
}

#[test]
fn the_tax_is_taken_of_the_true_up_as_well() {
    let items = format!(
        "{HANDLED}commitment spend 2_000 USD of charges each month\nminimum 1_500 USD each month\ntax vat 10% of total"
    );
    let loaded = contract("2026-01-01 to 2026-12-31", &items);
    let months = statements(&loaded, &table("handled", "2026-01", &[100]));
    let month = months[0].as_ref().unwrap();
    // The minimum adds 500 and is no charge: of 1,000 charges 1,000 are missing. The tax is 10% of 2,500.
    assert_eq!(amount(month, "minimum"), "500");
    assert_eq!(amount(month, "spend"), "1000");
    assert_eq!(month.total.to_string(), "2750");
}

#[test]
fn a_month_that_is_not_known_stops_the_month_of_the_true_up_only() {
    let items = format!("{HANDLED}commitment spend 3_000 USD of charges each quarter");
    let loaded = contract("2026-01-01 to 2026-12-31", &items);
    let table =
        "month,handled\n2026-01,10\n2026-02,\n2026-03,10\n2026-04,10\n2026-05,10\n2026-06,10\n";
    let months = statements(&loaded, table);
    let invoiced: Vec<bool> = months.iter().map(Result::is_ok).collect();
    assert_eq!(invoiced, [true, false, false, true, true, true]);
    assert!(months[2].as_ref().unwrap_err().contains("2026-02"));
    assert_eq!(amount(months[5].as_ref().unwrap(), "spend"), "2700");
}

#[test]
fn data_that_begins_late_is_told() {
    let items = format!("{HANDLED}commitment spend 3_000 USD of charges each quarter");
    let loaded = contract("2026-01-01 to 2026-12-31", &items);
    let months = statements(&loaded, &table("handled", "2026-02", &[10, 10, 10]));
    let march = months[1].as_ref().unwrap();
    let notices: Vec<&str> = march
        .notices
        .iter()
        .map(|notice| notice.text.as_str())
        .collect();
    assert_eq!(
        notices,
        ["the data has 2 of 3 months of this quarter; the others count as nothing"]
    );
    assert!(months[0].as_ref().unwrap().notices.is_empty());
}

#[test]
fn what_was_invoiced_and_trued_up_reaches_the_commitment_exactly_or_not_at_all() {
    law(60, |choices| {
        let (every, word, length) = choices.pick(&[
            ("quarter", "quarter", 3),
            ("contract year", "year", 12),
            ("calendar year", "year", 12),
        ]);
        let first = Month::new(2026, 1)
            .unwrap()
            .plus(choices.between(0, 11) as i32);
        let count = choices.between(1, 30);
        let last = first.plus(count as i32 - 1);
        let pro_rata = choices.once_in(2);
        let committed = choices.between(1, 5_000);
        let part = if pro_rata { "pro rata" } else { "in full" };
        let items = format!(
            "{HANDLED}commitment spend {committed} USD of charges each {every}, {part} for a part {word}"
        );
        let term = format!("{first}-01 to {}", last.last_day().unwrap());
        let loaded = contract(&term, &items);
        let values: Vec<i64> = (0..count).map(|_| choices.between(0, 60)).collect();
        let months = statements(&loaded, &table("handled", &first.to_string(), &values));
        // The periods, by the month in which they begin.
        let start = |month: Month| match every {
            "quarter" => month.quarter_start(),
            "calendar year" => month.year_start(),
            _ => month.plus(-month.since(first).rem_euclid(12)),
        };
        let mut at = 0;
        while at < months.len() {
            let begin = start(first.plus(at as i32));
            let until = (at..months.len())
                .take_while(|at| start(first.plus(*at as i32)) == begin)
                .count();
            let (mut charged, mut added) = (0, Exact::zero());
            for step in at..at + until {
                charged += values[step] * 10;
                let paid =
                    Exact::parse_decimal(&amount(months[step].as_ref().unwrap(), "spend")).unwrap();
                if !paid.is_zero() && step + 1 < at + until {
                    return Err(format!("a true-up within the period\n{items}\n{values:?}"));
                }
                added = added.add(&paid);
            }
            // The commitment in cents, rounded half up.
            let cents = if pro_rata {
                let numerator = committed * 100 * i64::try_from(until).unwrap();
                (2 * numerator + length) / (2 * length)
            } else {
                committed * 100
            };
            let missing = (cents - charged * 100).max(0);
            if added.multiply(&Exact::from_integer(100)) != Exact::from_integer(missing) {
                return Err(format!(
                    "{added} for {missing} cents\n{term}\n{items}\n{values:?}"
                ));
            }
            at += until;
        }
        Ok(())
    });
}

#[test]
fn mistakes_are_told_once() {
    let priced = "commitment spend 500 USD of charges at 3 USD each month";
    let unpriced = "commitment spend 500 contacts of handled each month";
    let mixed = "commitment spend 500 USD of handled each month";
    let twice = "commitment spend 500 USD of charges and charges each month";
    let other = "commitment spend 500 USD of charges each quarter, in full for a part year";
    let bare = "commitment spend 500 USD of charges";
    for (item, code) in [
        (priced, "price-of-money"),
        (unpriced, "missing-price"),
        (mixed, "wrong-type"),
        (twice, "counted-twice"),
        (other, "other-period"),
        (bare, "missing-part"),
    ] {
        let loaded = contract("2026-01-01 to 2026-12-31", &format!("{HANDLED}{item}"));
        let codes: Vec<&str> = loaded.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, [code], "{:?}", messages(&loaded));
    }
}
