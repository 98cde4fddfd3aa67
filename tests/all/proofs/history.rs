//! Contracts that look back: what is proved for any month holds after every short history.

use quidpro::calendar::Month;
use quidpro::evaluate::{Cell, Evaluator, History, invoiced};
use quidpro::prove::{Prover, negative_invoice};
use quidpro::quantity::Exact;

use super::contract;
use super::with_prover;

/// Forms of credits that remember, each beside a fee of 100.
const FORMS: [&str; 8] = [
    "service level s on rate { target 60% each month; credit 30% of charges; repeated 2 months x 1.5, 3 months x 3; excused month keeps the run }",
    "service level s on rate { target 60% each month; credit 45% of charges; earn back after 1 months at 80% or better; excused month keeps the run }\n  credits applied to this invoice",
    "credit s = 80 EUR when rate below 60%\n  credits applied to the next invoice",
    "credit s = 70 EUR when rate below 60%\n  limit credits to 90 EUR each calendar year, the excess lapses\n  credits applied to this invoice",
    "credit s = 70 EUR when rate below 60%\n  limit credits to 50 EUR each month, the excess carried forward, paid out at the end of the term\n  credits applied to this invoice",
    "credit s = 60 EUR when average of rate over last 2 months below 60%\n  credits applied to this invoice",
    "credit s = 120 EUR when rate below 60%\n  credits applied to this invoice",
    "holdback held 20% of charges each month, released each quarter in full when rate of this month at least 60%",
];

fn lowest_after(prover: &Prover<'_>, months: i32) -> Exact {
    let rates = [Exact::zero(), Exact::ratio(3, 5).unwrap(), Exact::one()];
    let mut lowest: Option<Exact> = None;
    let mut open: Vec<Vec<Exact>> = vec![Vec::new()];
    for _ in 0..months {
        open = open
            .into_iter()
            .flat_map(|row| {
                rates.clone().map(|rate| {
                    let mut row = row.clone();
                    row.push(rate);
                    row
                })
            })
            .collect();
        for row in &open {
            let mut evaluator = Evaluator::new(prover.program);
            let mut history = History::default();
            for (at, rate) in (0..).zip(row) {
                let month = Month::new(2026, 1).unwrap().plus(at);
                evaluator.compute(&mut history, month, &[Cell::Value(rate.clone())]);
            }
            if let Some(total) = invoiced(&evaluator)
                && lowest.as_ref().is_none_or(|lowest| total < lowest)
            {
                lowest = Some(total.clone());
            }
        }
    }
    lowest.unwrap()
}

#[test]
fn no_history_breaks_what_is_proved_for_every_month() {
    for form in FORMS {
        let text = contract(&format!(
            "  input mark : percent to 20% nominal 80%\n  metric rate is quality, percent, higher is better {{ mark }}\n  \
             charge fee 100 EUR per month\n  {form}"
        ));
        with_prover(&text, 2_000_000, |prover| {
            let lowest = lowest_after(prover, 5);
            let (answer, found) = negative_invoice(prover).unwrap();
            if let Some((value, _)) = &found {
                assert!(value.is_negative(), "{form}");
            } else {
                assert!(
                    !lowest.is_negative(),
                    "an invoice of {lowest} was not found\n{form}"
                );
            }
            let proved = answer
                .bound
                .as_ref()
                .is_some_and(|bound| !bound.is_negative());
            assert!(
                !(proved && lowest.is_negative()),
                "{lowest} was excluded\n{form}"
            );
        });
    }
}
