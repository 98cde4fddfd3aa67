//! Indexation: the factor of each form, worked out by hand, and the bounds that every factor must keep.

use quidpro::driver::{self, Loaded};
use quidpro::quantity::Exact;

use crate::clause::{NoFiles, amount, messages, mismatches, statements};
use crate::laws::choices::{Choices, law};

/// Three years with one charge of 100 USD for each contact, and an index with these statements.
fn indexed(statements: &str) -> Loaded {
    with(&format!(
        "charge work for handled at 100 USD\nindex work by cpi {{ base 100 of 2025-10; {statements} }}"
    ))
}

fn with(items: &str) -> Loaded {
    let text = format!(
        "contract clause \"Clause\" {{\n  customer \"A\"\n  supplier \"B\"\n  currency USD\n  \
         term 2026-01-01 to 2029-12-31\n  round each line half up to 0.01 USD\n  \
         input handled : contacts\n  input cpi : points\n{items}\n}}\n"
    );
    driver::load("clause.quid", &text, &NoFiles)
}

const EACH: &str = "each January from 2027 with the value of October before";

/// The cost of one contact in January of the years 2026 to 2029, with these values of the index in the preceding
/// Octobers.
fn prices(loaded: &Loaded, octobers: [&str; 3]) -> Vec<String> {
    let mut data = String::from("month,handled,cpi\n");
    for (year, value) in (2026..).zip(octobers) {
        for month in 1..=12 {
            // Values of other months are never read, so nonsense in them changes nothing.
            let cpi = if month == 10 { value } else { "7" };
            data.push_str(&format!("{year}-{month:02},1,{cpi}\n"));
        }
    }
    data.push_str("2029-01,1,7\n");
    let months = statements(loaded, &data);
    (0..4)
        .map(|year| amount(months[year * 12].as_ref().unwrap(), "work"))
        .collect()
}

#[test]
fn a_full_index_moves_the_price_with_it() {
    let loaded = indexed(EACH);
    // 100 x 103 / 100; 100 x 105.06 / 100; 100 x 99 / 100
    assert_eq!(
        prices(&loaded, ["103", "105.06", "99"]),
        ["100", "103", "105.06", "99"]
    );
}

#[test]
fn the_fixed_part_stays() {
    let loaded = indexed(&format!("{EACH}; 70% fixed; against the base"));
    // 30% of 10% and of 21%
    assert_eq!(
        prices(&loaded, ["110", "121", "121"]),
        ["100", "103", "106.3", "106.3"]
    );
    let loaded = indexed(&format!("{EACH}; 70% fixed; against the year before"));
    // 103 x 1.03; then the index does not change
    assert_eq!(
        prices(&loaded, ["110", "121", "121"]),
        ["100", "103", "106.09", "106.09"]
    );
}

#[test]
fn a_threshold_says_what_counts() {
    let only = indexed(&format!(
        "{EACH}; only the change above 2%; against the base"
    ));
    // 2% is not above 2%; of 5% 3% counts; of -5% -3%
    assert_eq!(
        prices(&only, ["102", "105", "95"]),
        ["100", "100", "103", "97"]
    );
    let whole = indexed(&format!(
        "{EACH}; the whole change once above 2%; against the base"
    ));
    assert_eq!(
        prices(&whole, ["102", "105", "95"]),
        ["100", "100", "105", "95"]
    );
}

#[test]
fn a_threshold_gathers_up_only_against_the_last_adjustment() {
    let year = indexed(&format!(
        "{EACH}; the whole change once above 2%; against the year before"
    ));
    // 1.5%, then 103 / 101.5 - 1 = 1.48%: never above 2% in one year
    assert_eq!(
        prices(&year, ["101.5", "103", "104.5"]),
        ["100", "100", "100", "100"]
    );
    let last = indexed(&format!(
        "{EACH}; the whole change once above 2%; against the last adjustment"
    ));
    // 1.5% waits; 103 / 100 counts; 104.5 / 103 waits
    assert_eq!(
        prices(&last, ["101.5", "103", "104.5"]),
        ["100", "100", "103", "103"]
    );
}

#[test]
fn bounds_hold_for_each_step() {
    let base = indexed(&format!(
        "{EACH}; at least 0% and at most 5% a year; against the base"
    ));
    // 5% of 10%; up to 112 / 105, which is above 5%, so 105 x 1.05; 112 is below 110.25 x 1.05
    assert_eq!(
        prices(&base, ["110", "112", "112"]),
        ["100", "105", "110.25", "112"]
    );
    let year = indexed(&format!(
        "{EACH}; at least 0% and at most 5% a year; against the year before"
    ));
    // 105; 120 / 110 = 9.09%, so 105 x 1.05; a fall counts as nothing
    assert_eq!(
        prices(&year, ["110", "120", "100"]),
        ["100", "105", "110.25", "110.25"]
    );
}

#[test]
fn factor_and_prices_are_rounded_where_that_is_written() {
    let loaded = indexed(&format!(
        "{EACH}; factor rounded half up to 0.1%; against the base"
    ));
    // 102.25% becomes 102.3%, 102.24% becomes 102.2%
    assert_eq!(
        prices(&loaded, ["102.25", "102.24", "100"]),
        ["100", "102.3", "102.2", "100"]
    );
    let loaded = with(
        "charge work for handled at 4.20 USD
         index work by cpi { base 100 of 2025-10
           each January from 2027 with the value of October before
           prices rounded half up to 0.01 USD }
         scenario \"1,000 at 4.33\" for 2026-10 to 2027-01 {
           given handled = 1_000, cpi = 103; expect charge work = 4_200 USD then 4_200 USD then 4_200 USD then 4_330 USD
         }",
    );
    // 4.20 x 1.03 = 4.326
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_bound_holds_even_where_the_factor_is_rounded() {
    let loaded = indexed(&format!(
        "{EACH}; at most 2.24% a year; factor rounded half up to 0.1%; against the base"
    ));
    assert_eq!(prices(&loaded, ["109", "102.24", "102.24"])[1], "102.24");
}

#[test]
fn a_new_index_is_linked_to_the_old_one() {
    let loaded = with(
        "input new_cpi : points
         charge work for handled at 100 USD
         index work by cpi { base 100 of 2025-10
           each January from 2027 with the value of October before
           from 2027-06 by new_cpi, 50 linked to 110 }
         scenario \"110 of the old is 50 of the new\" for 2026-10 to 2028-01 {
           given handled = 1, cpi = 110, new_cpi = 55
           expect total = 100 USD then 100 USD then 100 USD then 110 USD then 110 USD then 110 USD then 110 USD
             then 110 USD then 110 USD then 110 USD then 110 USD then 110 USD then 110 USD then 110 USD then 110 USD then 121 USD
         }",
    );
    // 55 / 50 x 110 = 121
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn every_form_of_a_price_is_indexed() {
    // All amounts double: the index goes from 100 to 200.
    let loaded = with(
        "input mails : contacts by channel { written, chat }
         let hourly = 10 USD per contact
         charge tiered for handled graduated { first 10 at 3 USD; beyond at 2 USD }
         charge all_units for handled volume { first 10 at 3 USD; beyond at 2 USD }
         charge fee for handled flat { first 10 at 30 USD; beyond at 50 USD }
         charge packs for handled in packages of 10 contacts at 7 USD
         charge card for mails { written 1 USD per contact; chat at 2 USD }
         charge monthly 120 USD per year
         charge by_name for handled at hourly
         credit each_one = 4 USD per full contact of handled above 10 contacts
         credit banded on handled { above 20: 5 USD; above 10: 3 USD }
         bonus flat_bonus = 6 USD
         service level volume_level on load { target 10 contacts each month; credit 8 USD }
         metric load is volume, contacts, lower is better { handled }
         index charges, hourly, each_one, banded, flat_bonus, volume_level by cpi { base 100 of 2025-10
           each January from 2027 with the value of October before }
         scenario \"twice\" for 2026-12 to 2027-01 {
           given handled = 15, mails.written = 1, mails.chat = 1, cpi = 200
           expect no invoice in 2027-01
         }
         scenario \"from October on\" for 2026-10 to 2027-01 {
           given handled = 15, mails.written = 1, mails.chat = 1, cpi = 200
           expect charge tiered = 40 USD then 40 USD then 40 USD then 80 USD
           expect charge all_units = 30 USD then 30 USD then 30 USD then 60 USD
           expect charge fee = 50 USD then 50 USD then 50 USD then 100 USD
           expect charge packs = 14 USD then 14 USD then 14 USD then 28 USD
           expect charge card = 3 USD then 3 USD then 3 USD then 6 USD
           expect charge monthly = 10 USD then 10 USD then 10 USD then 20 USD
           expect charge by_name = 150 USD then 150 USD then 150 USD then 300 USD
           expect credit each_one = 20 USD then 20 USD then 20 USD then 40 USD
           expect credit banded = 3 USD then 3 USD then 3 USD then 6 USD
           expect bonus flat_bonus = 6 USD then 6 USD then 6 USD then 12 USD
           expect credit volume_level = 8 USD then 8 USD then 8 USD then 16 USD
         }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn amounts_that_are_compared_with_are_not_prices() {
    let loaded = with(
        "input spend : USD
         charge work = if spend above 150 USD then 10 USD else 20 USD
         index work by cpi { base 100 of 2025-10; each January from 2027 with the value of October before }
         scenario \"the limit of 150 stays\" for 2026-10 to 2027-01 {
           given spend = 200 USD, cpi = 200, handled = 0; expect total = 10 USD then 10 USD then 10 USD then 20 USD
         }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_missing_value_stops_the_months_that_need_it_and_no_other() {
    let loaded = indexed(EACH);
    let mut data = String::from("month,handled,cpi\n");
    for month in 1..=12 {
        data.push_str(&format!("2026-{month:02},1,\n"));
    }
    data.push_str("2027-01,1,\n2027-02,1,\n");
    let months = statements(&loaded, &data);
    assert!(months[..12].iter().all(Result::is_ok));
    let refused = months[12].as_ref().unwrap_err();
    assert!(
        refused.contains("2026-10 could not be computed, and 2027-01 depends on it"),
        "{refused}"
    );
    let refused = months[13].as_ref().unwrap_err();
    assert!(
        refused.contains("2027-01 could not be computed, and 2027-02 depends on it"),
        "{refused}"
    );
}

#[test]
fn what_cannot_be_indexed_is_reported() {
    let each = "base 100 of 2025-10; each January from 2027 with the value of October before";
    let cases = [
        (
            format!("charge work 10 USD per month\ncredit late = 2% of charges\nindex late by cpi {{ {each} }}"),
            "`late` states no amount of money that could follow an index",
        ),
        (
            format!("charge work 10 USD per month\nindex cpi by cpi {{ {each} }}"),
            "`cpi` is an input, and has no price of its own",
        ),
        (
            format!("charge work 10 USD per month\nindex charges by cpi {{ {each} }}\nindex work by cpi {{ {each} }}"),
            "`work` follows two indices",
        ),
        (
            format!("charge work 10 USD per month, from 2028-01-01 12 USD per month\nindex work by cpi {{ {each} }}"),
            "an amount with its own dates also follows an index",
        ),
        (
            "charge work 10 USD per month\nindex work by cpi { base 100 of 2025-10; each January from 2026 with the value of October before }".to_owned(),
            "the first adjustment, 2026-01, is not within the contract's term, 2026-01-01 to 2029-12-31, after its first month",
        ),
        (
            "charge work 10 USD per month\nindex work by cpi { base 100 of 2025-08; each April from 2026 with the value of October before }".to_owned(),
            "the adjustment of 2026-04 needs the index of 2025-10, before the contract begins in 2026-01",
        ),
        (
            "charge work 10 USD per month\nindex work by cpi { base 100 of 2025-10; each January from 2027 with the value of October before; 70% fixed }".to_owned(),
            "the contract does not say what the index's value is compared with at the second adjustment",
        ),
        (
            "charge work 10 USD per month\nindex work by cpi { base 100 of 2025-10; each January from 2027 with the value of October before; the change above 2% }".to_owned(),
            "the contract does not say what counts of a change above 2%",
        ),
    ];
    for (items, message) in cases {
        assert_eq!(messages(&with(&items)), [message], "{items}");
    }
}

fn tenths(choices: &mut Choices<'_>) -> String {
    let value = choices.between(500, 2_000);
    format!("{}.{}", value / 10, value % 10)
}

fn terms(choices: &mut Choices<'_>) -> String {
    let mut terms = String::from(EACH);
    if choices.once_in(2) {
        terms.push_str(&format!("; {}% fixed", choices.between(1, 99)));
    }
    if choices.once_in(2) {
        let words = choices.pick(&["only the change above", "the whole change once above"]);
        terms.push_str(&format!("; {words} {}%", choices.between(1, 5)));
    }
    if choices.once_in(3) {
        terms.push_str("; factor rounded half even to 0.1%");
    }
    let against = choices.pick(&["base", "year before", "last adjustment"]);
    terms.push_str(&format!("; against the {against}"));
    terms
}

#[test]
fn an_index_that_stands_still_changes_nothing() {
    law(15, |choices| {
        let loaded = indexed(&terms(choices));
        let paid = prices(&loaded, ["100", "100", "100"]);
        (paid == ["100"; 4])
            .then_some(())
            .ok_or(format!("{paid:?}"))
    });
}

#[test]
fn a_price_that_is_all_fixed_never_changes() {
    law(15, |choices| {
        let loaded = indexed(&format!("{EACH}; 100% fixed; against the base"));
        let octobers = [tenths(choices), tenths(choices), tenths(choices)];
        let paid = prices(&loaded, [&octobers[0], &octobers[1], &octobers[2]]);
        (paid == ["100"; 4])
            .then_some(())
            .ok_or(format!("{paid:?}"))
    });
}

#[test]
fn no_step_leaves_its_bounds() {
    law(25, |choices| {
        let (least, most) = (choices.between(-9, 0), choices.between(0, 9));
        let terms = terms(choices);
        let loaded = indexed(&format!(
            "{terms}; at least {least}% and at most {most}% a year"
        ));
        let octobers = [tenths(choices), tenths(choices), tenths(choices)];
        let paid: Vec<Exact> = prices(&loaded, [&octobers[0], &octobers[1], &octobers[2]])
            .iter()
            .map(|price| Exact::parse_decimal(price).unwrap())
            .collect();
        for step in paid.windows(2) {
            let times = |percent: i64| step[0].multiply(&Exact::ratio(100 + percent, 100).unwrap());
            // Both lines are rounded to cents.
            let slack = Exact::ratio(2, 100).unwrap();
            if step[1].add(&slack) < times(least) || step[1].subtract(&slack) > times(most) {
                return Err(format!("{paid:?} with {terms}, {least}% to {most}%"));
            }
        }
        Ok(())
    });
}

#[test]
fn without_terms_the_comparison_does_not_matter() {
    law(15, |choices| {
        let octobers = [tenths(choices), tenths(choices), tenths(choices)];
        let values = [octobers[0].as_str(), &octobers[1], &octobers[2]];
        let base = prices(&indexed(&format!("{EACH}; against the base")), values);
        let year = prices(
            &indexed(&format!("{EACH}; against the year before")),
            values,
        );
        let open = prices(&indexed(EACH), values);
        (base == year && base == open)
            .then_some(())
            .ok_or(format!("{base:?} {year:?} {open:?}"))
    });
}
