//! Rates derived from other rates, within a card and by a definition; and a least quantity.

use crate::clause::{amount, contract, messages, mismatches, statements};
use crate::laws::choices::law;

const MINUTES: &str = "input talked : minutes by time { standard, late, holidays }\n";

fn card(arms: &str) -> String {
    format!("{MINUTES}charge voice for talked {{ {arms} }}")
}

fn found(arms: &str) -> Vec<String> {
    let loaded = contract(&card(arms));
    messages(&loaded).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_rate_may_be_a_multiple_a_share_or_a_formula_of_one_above() {
    let items = card(
        "standard 0.85 USD per minute\n late 1.5 x standard rounded half up to 0.01 USD\n holidays max(2 * standard, 1.80 USD per minute)",
    ) + "\nscenario \"a month\" for 2026-01 { given talked.standard = 100, talked.late = 100, talked.holidays = 100\n\
          expect voice.standard = 85 USD, voice.late = 128 USD, voice.holidays = 180 USD }";
    // 1.5 x 0.85 = 1.275, rounded 1.28; 2 x 0.85 = 1.70 is less than 1.80.
    assert_eq!(mismatches(&contract(&items)), [""; 0]);
    let shares = card("standard at 2 USD; late 3% of standard; holidays 2 x late")
        + "\nscenario \"a month\" for 2026-01 { given talked.standard = 10, talked.late = 10, talked.holidays = 10\n\
           expect voice.standard = 20 USD, voice.late = 0.60 USD, voice.holidays = 1.20 USD }";
    assert_eq!(mismatches(&contract(&shares)), [""; 0]);
}

#[test]
fn a_multiple_of_a_definition_is_the_same() {
    let items = "let voice_minute = 0.80 USD\ninput sent : emails\ninput texts : messages\n"
        .to_owned()
        + &card("standard at voice_minute; late 1.5 x voice_minute; holidays 2 x late")
        + "\ncharge mails for sent at 1 * voice_minute\ncharge short for texts at 3% of voice_minute\n\
           scenario \"a month\" for 2026-01 { given talked.standard = 10, talked.late = 10, talked.holidays = 10, sent = 5, texts = 100\n\
           expect voice.standard = 8 USD, voice.late = 12 USD, voice.holidays = 24 USD, mails = 4 USD, short = 2.40 USD }";
    assert_eq!(mismatches(&contract(&items)), [""; 0]);
}

#[test]
fn a_name_that_has_no_rate_or_two_meanings_is_reported_once() {
    assert_eq!(
        found("late 1.5 x standard; standard 1 USD; holidays 2 x standard"),
        ["`standard` has no rate yet where this one is derived from it"]
    );
    assert_eq!(
        found(
            "standard graduated { first 10 at 1 USD; beyond at 2 USD }; late 1.5 x standard; holidays 1 USD"
        ),
        ["`standard` has no single rate to derive another from"]
    );
    assert_eq!(
        found("standard 1 USD; late 1.5 x late; holidays 1 USD"),
        ["`late` has no rate yet where this one is derived from it"]
    );
    assert_eq!(
        found("standard 1 USD; late 1.5 x standart; holidays 1 USD"),
        ["nothing is called `standart`"]
    );
    assert_eq!(
        found("standard 1 GBP; late 1.5 x standard; holidays 1 USD"),
        ["`GBP` is not a currency of this contract"]
    );
    let two = "let standard = 3 USD\n".to_owned()
        + &card("standard 1 USD; late 1.5 x standard; holidays 1 USD");
    assert_eq!(
        messages(&contract(&two)),
        ["`standard` could be the rate of this card's line, or what is declared elsewhere"]
    );
}

#[test]
fn the_rates_of_a_card_are_names_in_it_and_nowhere_else() {
    let items = card("standard 1 USD; late 2 x standard; holidays 2 x late")
        + "\ncharge more for total talked at standard";
    assert_eq!(
        messages(&contract(&items)),
        ["nothing is called `standard`"]
    );
}

#[test]
fn a_multiple_costs_so_many_times_the_rate() {
    law(20, |choices| {
        let (cents, factor, minutes) = (
            choices.between(1, 500),
            choices.between(1, 9),
            choices.between(0, 5_000),
        );
        let rate = format!("{}.{:02}", cents / 100, cents % 100);
        let loaded = contract(&card(&format!(
            "standard {rate} USD; late {factor} x standard; holidays 0 USD"
        )));
        let months = statements(
            &loaded,
            &format!(
                "month,talked.standard,talked.late,talked.holidays\n2026-01,{minutes},{minutes},0\n2026-02,{},0,0\n",
                minutes * factor
            ),
        );
        let paid = |month: usize, line: &str| amount(months[month].as_ref().unwrap(), line);
        if paid(0, "voice.late") != paid(1, "voice.standard") {
            return Err(format!("{factor} x {rate} for {minutes} minutes"));
        }
        Ok(())
    });
}

#[test]
fn at_least_so_many_units_are_paid() {
    let loaded = contract(
        "input held : chats\ninput foreseen : chats\ncharge desk for held, at least 90% of foreseen at 2 USD",
    );
    let months = statements(
        &loaded,
        "month,held,foreseen\n2026-01,899,1000\n2026-02,900,1000\n2026-03,901,1000\n",
    );
    let paid: Vec<String> = months
        .iter()
        .map(|month| amount(month.as_ref().unwrap(), "desk"))
        .collect();
    assert_eq!(paid, ["1800", "1800", "1802"]);
}
