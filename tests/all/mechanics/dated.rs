//! Values by date: in each month exactly one of them applies, namely that of the last date that has been reached.

use crate::clause::{amount, contract, messages, mismatches, statements};
use crate::laws::choices::law;

#[test]
fn a_price_holds_from_its_date_until_the_next() {
    let loaded = contract(
        "input handled : contacts
         charge handling for handled at 4 USD, from 2026-03-01 5 USD, from 2026-06 6 USD
         scenario \"the months around the dates\" for 2026-02 to 2026-06 {
           given handled = 10
           expect charge handling = 40 USD then 50 USD then 50 USD then 50 USD then 60 USD
         }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn every_place_of_a_value_takes_dates() {
    // Tiers, packages, rate cards, fixed amounts, bands, steps, adjustments, credits, limits, minimum and tax.
    let loaded = contract(
        "input calls_in : calls
         input mails : contacts by channel { written, chat }
         input score : 1 to 5
         charge a for calls_in volume { first 10 at 1 USD, from 2026-02-01 2 USD; beyond at 3 USD, from 2026-02-01 4 USD }
         charge b for calls_in in packages of 10 calls at 5 USD, from 2026-02-01 6 USD
         charge c for mails { written 1 USD per contact, from 2026-02-01 2 USD per contact; chat at 3 USD, from 2026-02-01 4 USD }
         charge d 100 USD per month, from 2026-02-01 200 USD per month
         adjust d by score { below 3: -10%, from 2026-02-01 -20%; otherwise 0% }
         credit e on score { below 3: 7 USD, from 2026-02-01 8 USD }
         credit f = 1 USD per full call of calls_in above (10 calls, from 2026-02-01 20 calls)
         limit f to 5 USD, from 2026-02-01 4 USD each month
         minimum 1_000 USD, from 2026-02-01 2_000 USD each month
         tax vat (10%, from 2026-02-01 20%) of total
         scenario \"both months\" for 2026-01 to 2026-02 {
           given calls_in = 25, mails.written = 1, mails.chat = 1, score = 2
           expect charge a = 75 USD then 100 USD, charge b = 15 USD then 18 USD
           expect charge c = 4 USD then 6 USD, charge d = 100 USD then 200 USD
           expect adjustment d = -10 USD then -40 USD, credit e = 7 USD then 8 USD, credit f = 5 USD then 4 USD
           expect tax vat = 100 USD then 400 USD
         }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_definition_by_date_holds_wherever_it_is_named() {
    let loaded = contract(
        "input handled : contacts
         let rate = 4 USD per contact, from 2026-02-01 5 USD per contact
         charge handling for handled at rate
         charge again for handled at 2 * rate
         scenario \"both\" for 2026-01 to 2026-02 {
           given handled = 10; expect charge handling = 40 USD then 50 USD, charge again = 80 USD then 100 USD
         }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn what_is_left_to_agreement_from_a_date_on_has_no_invoice() {
    let loaded = contract(
        "input handled : contacts
         charge handling for handled at 4 USD, from 2026-02-01 by agreement
         scenario \"January\" for 2026-01 { given handled = 10; expect charge handling = 40 USD }
         scenario \"February\" for 2026-02 { given handled = 10; expect no invoice }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_line_shows_the_share_that_holds() {
    let loaded = contract(
        "charge desk 1_000 USD per month
         credit late = 2% of charges, from 2026-02-01 3% of charges",
    );
    let months = statements(&loaded, "month\n2026-01\n2026-02\n");
    let rates: Vec<String> = months
        .iter()
        .map(|month| {
            let lines = &month.as_ref().unwrap().lines;
            let line = lines.iter().find(|line| line.name == "late").unwrap();
            line.rate.as_ref().unwrap().to_string()
        })
        .collect();
    assert_eq!(rates, ["2%", "3%"]);
}

#[test]
fn each_wrong_date_is_reported_once() {
    let loaded = contract(
        "let a = 4 USD, from 2026-03-15 5 USD
         let b = 4 USD, from 2026-05-01 5 USD, from 2026-05-01 6 USD
         let c = 4 USD, from 2026-01-01 5 USD
         let d = 4 USD, from 2027-01-01 5 USD
         charge e = a + b + c + d",
    );
    assert_eq!(
        messages(&loaded),
        [
            "2026-03-15 is not the first day of a month",
            "2026-05-01 does not come after 2026-05-01",
            "the contract begins in 2026-01, so the value before it never applies",
            "2027-01-01 is outside the contract's term, 2026-01-01 to 2026-12-31",
        ]
    );
}

/// In each month, a price with dates is the same as the price of that month written alone.
#[test]
fn dates_only_choose() {
    law(25, |choices| {
        let prices: Vec<i64> = (0..4).map(|_| choices.between(1, 900)).collect();
        let months = choices.rising(3, 2, 12);
        let dated: String = months
            .iter()
            .zip(&prices[1..])
            .map(|(month, price)| format!(", from 2026-{month:02}-01 {price} USD"))
            .collect();
        let loaded = contract(&format!(
            "input handled : contacts\ncharge handling for handled at {} USD{dated}",
            prices[0]
        ));
        let rows: String = (1..=12)
            .map(|month| format!("2026-{month:02},7\n"))
            .collect();
        for (month, statement) in
            (1..=12).zip(statements(&loaded, &format!("month,handled\n{rows}")))
        {
            let reached = months.iter().filter(|from| **from <= month).count();
            let due = (prices[reached] * 7).to_string();
            let found = amount(&statement.unwrap(), "handling");
            if found != due {
                return Err(format!(
                    "{found} instead of {due} in month {month}: {dated}"
                ));
            }
        }
        Ok(())
    });
}
