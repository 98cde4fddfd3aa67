//! Part months: a fixed monthly amount in a month that is only partly in the term.

use quidpro::driver::{self, Loaded};

use crate::clause::{NoFiles, amount, messages, statements};
use crate::laws::choices::law;

fn contract(term: &str, items: &str) -> Loaded {
    let text = format!(
        "contract clause \"Clause\" {{\n  currency USD\n  term {term}\n  round each line half up to 0.01 USD\n{items}\n}}\n"
    );
    driver::load("clause.quid", &text, &NoFiles)
}

const ITEMS: &str = "input handled : contacts\ncharge platform 3_000 USD per month\n\
     charge licences 36_000 USD per year\ncharge handling for handled at 1 USD\n";

/// The charges for platform and licences in the months from January onwards.
fn fees(term: &str, how: &str) -> Vec<(String, String)> {
    let loaded = contract(term, &format!("{ITEMS}part months {how}"));
    let table = "month,handled\n2026-01,10\n2026-02,10\n2026-03,10\n";
    let months = statements(&loaded, table).into_iter().map(Result::unwrap);
    let fees = months.map(|month| {
        assert_eq!(amount(&month, "handling"), "10", "units are not divided");
        (amount(&month, "platform"), amount(&month, "licences"))
    });
    fees.collect()
}

fn both(fee: &str) -> (String, String) {
    (fee.to_owned(), fee.to_owned())
}

#[test]
fn the_first_and_the_last_month_are_paid_for_their_days() {
    // From the 15th: 17 of 31 days, 1,645.16; to the 20th: 20 of 31, 1,935.48.
    let term = "2026-01-15 to 2026-03-20";
    let by_days = [both("1645.16"), both("3000"), both("1935.48")];
    assert_eq!(fees(term, "by actual days"), by_days);
    // From the 15th to the 30th: 16 of 30 days; to the 20th: 20 of 30.
    let thirty = [both("1600"), both("3000"), both("2000")];
    assert_eq!(fees(term, "as months of 30 days"), thirty);
    let full = [both("3000"), both("3000"), both("3000")];
    assert_eq!(fees(term, "in full"), full);
}

#[test]
fn a_month_of_thirty_days_ends_with_its_last_day() {
    for (term, fee) in [
        // The 31st counts as the 30th: one day.
        ("2026-01-31 to 2026-12-31", "100"),
        ("2026-01-30 to 2026-12-31", "100"),
        ("2026-01-02 to 2026-12-31", "2900"),
        ("2026-01-01 to 2026-12-31", "3000"),
    ] {
        assert_eq!(fees(term, "as months of 30 days")[0], both(fee), "{term}");
    }
    let february = |term: &str| {
        let loaded = contract(term, &format!("{ITEMS}part months as months of 30 days"));
        let months = statements(&loaded, "month,handled\n2026-02,10\n");
        amount(months[0].as_ref().unwrap(), "platform")
    };
    // From the 15th to the end: 16 days, as in every month. To the 15th: 15 days. The 10th to the 20th: 11.
    assert_eq!(february("2026-02-15 to 2026-12-31"), "1600");
    assert_eq!(february("2025-02-01 to 2026-02-15"), "1500");
    assert_eq!(february("2025-02-01 to 2026-02-28"), "3000");
    assert_eq!(february("2026-02-10 to 2026-02-20"), "1100");
}

#[test]
fn a_term_within_one_month_is_one_part() {
    let loaded = contract(
        "2026-02-10 to 2026-02-20",
        &format!("{ITEMS}part months by actual days"),
    );
    let months = statements(&loaded, "month,handled\n2026-02,10\n");
    // 11 of 28 days.
    assert_eq!(amount(months[0].as_ref().unwrap(), "platform"), "1178.57");
}

#[test]
fn minimum_and_maximum_are_divided_as_well() {
    for (bound, name, change) in [
        // 62,000 x 17 / 31 = 34,000, less 10.
        ("minimum 62_000 USD each month", "minimum", "33990"),
        // 3.1 x 17 / 31 = 1.70, less 10.
        ("maximum 3.10 USD each month", "maximum", "-8.3"),
    ] {
        let items = format!(
            "input handled : contacts\ncharge handling for handled at 1 USD\npart months by actual days\n{bound}"
        );
        let loaded = contract("2026-01-15 to 2026-12-31", &items);
        let months = statements(&loaded, "month,handled\n2026-01,10\n");
        assert_eq!(amount(months[0].as_ref().unwrap(), name), change);
    }
}

/// The amount of the line in January and in a whole month, for a term from the 16th: 16 of 31 days.
fn divided(items: &str, line: &str) -> [String; 2] {
    let head = "input cpi : points\ninput handled : contacts\ncharge handling for handled at 1 USD\npart months by actual days\n";
    let loaded = contract("2026-01-16 to 2026-12-31", &format!("{head}{items}"));
    let table = "month,cpi,handled\n2026-01,100,10\n2026-02,100,10\n";
    let months = statements(&loaded, table);
    [0, 1].map(|at| amount(months[at].as_ref().unwrap(), line))
}

#[test]
fn a_fixed_amount_is_divided_however_it_is_said() {
    // 3,100 x 16 / 31 = 1,600, less 10.
    let lifted = ["1590".to_owned(), "3090".to_owned()];
    for items in [
        "minimum 3_100 USD each month",
        "minimum 3_100 USD, from 2026-06-01 3_200 USD each month",
        "minimum (3_100 USD, from 2026-06-01 3_200 USD) each month",
        "minimum 2_000 USD + (1_100 USD, from 2026-06-01 1_200 USD) each month",
        "minimum 3_100 USD per month each month",
        "minimum 3_100 USD per month, from 2026-06-01 3_200 USD per month each month",
        "minimum 9_300 USD per quarter each month",
        "minimum 37_200 USD per year, from 2026-06-01 38_400 USD per year each month",
        "let least = 3_100 USD\nminimum least each month",
        "let least = 3_100 USD, from 2026-06-01 3_200 USD\nminimum least each month",
        "let least = 3_100 USD per month, from 2026-06-01 3_200 USD per month\nminimum least each month",
        "let least = 3_100 USD\nminimum least each month\nindex least by cpi { base 100 of 2025-10; each July from 2026 with the value of May before }",
        "minimum if month of term at most 6 then 3_100 USD else 3_200 USD each month",
        "minimum max(3_000 USD, 3_100 USD, from 2026-06-01 3_200 USD) each month",
    ] {
        assert_eq!(divided(items, "minimum"), lifted, "{items}");
    }
}

#[test]
fn what_rests_on_the_month_is_not_divided_again() {
    for (items, line, wanted) in [
        (
            "minimum 500% of charges each month",
            "minimum",
            ["40", "40"],
        ),
        (
            "minimum 5 USD per contact of handled each month",
            "minimum",
            ["40", "40"],
        ),
        // The fee is 1,600 in January; the minimum is twice the fee and the calls.
        (
            "charge fee 3_100 USD per month\nminimum 200% of charges each month",
            "minimum",
            ["1610", "3110"],
        ),
        (
            "charge fee 3_100 USD per month\nlet twice = fee * 2\nminimum twice each month",
            "minimum",
            ["1590", "3090"],
        ),
        ("credit k = 31 USD", "k", ["-31", "-31"]),
        ("charge extra = 31 USD", "extra", ["31", "31"]),
    ] {
        assert_eq!(divided(items, line), wanted.map(str::to_owned), "{items}");
    }
}

#[test]
fn other_fixed_amounts_each_month_are_divided_as_well() {
    for (items, line, wanted) in [
        (
            "charge fee 3_100 USD per month, from 2026-06-01 3_200 USD per month",
            "fee",
            ["1600", "3100"],
        ),
        (
            "maximum 3.10 USD, from 2026-06-01 4 USD each month",
            "maximum",
            ["-8.4", "-6.9"],
        ),
        (
            "holdback kept 3.10 USD, from 2026-06-01 4 USD each month, released each quarter in full",
            "kept",
            ["-1.6", "-3.1"],
        ),
        // 16 of 31 contacts at 1,600: the ten are 6 too few. In a whole month, they are 21 too few of 31.
        (
            "charge desk for handled { baseline 31 contacts at 3_100 USD each month; above nothing; below 10 USD per contact back }",
            "desk",
            ["1540", "2890"],
        ),
    ] {
        assert_eq!(divided(items, line), wanted.map(str::to_owned), "{items}");
    }
}

#[test]
fn a_dated_commitment_pro_rata_is_the_part_of_what_is_in_force() {
    let items = "input handled : contacts\ncharge handling for handled at 1 USD\npart months by actual days\n\
         commitment spend (31_000 USD, from 2026-03-01 62_000 USD) of charges each quarter, pro rata for a part quarter";
    let loaded = contract("2026-01-15 to 2026-12-31", items);
    let months = statements(&loaded, "month,handled\n2026-01,0\n2026-02,0\n2026-03,0\n");
    // 62,000 x 79 / 93.
    assert_eq!(amount(months[2].as_ref().unwrap(), "spend"), "52666.67");
}

#[test]
fn the_last_day_of_a_short_month_is_those_that_it_does_not_have() {
    let february = |term: &str| {
        let loaded = contract(term, &format!("{ITEMS}part months as months of 30 days"));
        let year = if term.contains("2028") {
            "2028"
        } else {
            "2026"
        };
        let months = statements(&loaded, &format!("month,handled\n{year}-02,10\n"));
        amount(months[0].as_ref().unwrap(), "platform")
    };
    assert_eq!(february("2026-02-28 to 2026-12-31"), "300");
    assert_eq!(february("2025-02-01 to 2026-02-27"), "2700");
    assert_eq!(february("2026-02-27 to 2026-02-28"), "400");
    assert_eq!(february("2028-02-28 to 2028-12-31"), "300");
    assert_eq!(february("2028-02-29 to 2028-12-31"), "200");
    assert_eq!(february("2027-02-01 to 2028-02-28"), "2800");
}

#[test]
fn a_commitment_counts_a_part_month_as_its_part() {
    let items = "input handled : contacts\ncharge handling for handled at 1 USD\npart months by actual days\n\
         commitment spend 31_000 USD of charges each quarter, pro rata for a part quarter";
    let loaded = contract("2026-01-15 to 2026-12-31", items);
    let months = statements(&loaded, "month,handled\n2026-01,0\n2026-02,0\n2026-03,0\n");
    // 2 months and 17/31 of one, of 3: 31,000 x 79 / 93.
    assert_eq!(amount(months[2].as_ref().unwrap(), "spend"), "26333.33");
}

#[test]
fn it_must_be_said_once_and_only_where_it_matters() {
    let codes = |term: &str, items: &str| {
        let loaded = contract(term, items);
        let found = loaded.diagnostics.iter().map(|found| found.code);
        found.collect::<Vec<_>>()
    };
    assert_eq!(
        codes("2026-01-15 to 2026-12-31", ITEMS),
        ["open-part-month"]
    );
    assert_eq!(
        codes("2026-01-01 to 2026-12-30", ITEMS),
        ["open-part-month"]
    );
    assert_eq!(codes("2026-01-01 to 2026-12-31", ITEMS), [""; 0]);
    let per_unit = "input handled : contacts\ncharge handling for handled at 1 USD";
    assert_eq!(codes("2026-01-15 to 2026-12-30", per_unit), [""; 0]);
    let minimum = format!("{per_unit}\nminimum 5 USD each month");
    assert_eq!(
        codes("2026-01-15 to 2026-12-30", &minimum),
        ["open-part-month"]
    );
    let twice = format!("{per_unit}\npart months in full\npart months by actual days");
    let loaded = contract("2026-01-15 to 2026-12-30", &twice);
    assert_eq!(messages(&loaded), ["`part months` is stated twice"]);
}

/// The charge for January for a platform with that price, under a term.
fn january(term: &str, price: &str, how: &str) -> i64 {
    let items = format!("charge platform {price} USD per month\npart months {how}");
    let loaded = contract(term, &items);
    let months = statements(&loaded, "month\n2026-01\n");
    let paid = amount(months[0].as_ref().unwrap(), "platform");
    paid.parse().unwrap()
}

#[test]
fn a_month_divided_between_two_contracts_is_paid_once() {
    law(20, |choices| {
        let day = choices.between(1, 29);
        // A day of January costs 100 USD in both forms: 3,100 in 31 days, 3,000 in 30.
        for (price, how, whole) in [
            ("3_100", "by actual days", 3_100),
            ("3_000", "as months of 30 days", 3_000),
        ] {
            let before = january(&format!("2026-01-01 to 2026-01-{day:02}"), price, how);
            let after = january(&format!("2026-01-{:02} to 2026-12-31", day + 1), price, how);
            if before != day * 100 || before + after != whole {
                return Err(format!("{how}, {day} days: {before} and {after}"));
            }
        }
        Ok(())
    });
}
