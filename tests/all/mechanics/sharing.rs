//! Shares of exchange rates and of gains and pains.

use quidpro::driver::{self, Loaded};
use quidpro::quantity::Exact;

use crate::clause::{NoFiles, amount, contract, messages, mismatches, statements};
use crate::laws::choices::law;

const GAIN: &str = "input spent : USD
charge work = spent
share gain saving on spent against 1_000 USD";

fn shared(actual: i64, bands: &str) -> Exact {
    let loaded = contract(&format!("{GAIN} {{ {bands} }}"));
    let months = statements(&loaded, &format!("month,spent\n2026-01,{actual}\n"));
    Exact::parse_decimal(&amount(months[0].as_ref().unwrap(), "saving")).unwrap()
}

#[test]
fn half_of_the_first_tenth_and_a_quarter_beyond() {
    let bands = "gain first 10%: 50% to supplier; beyond 25% to supplier; pain first 10%: 50% to supplier; beyond 25% to supplier";
    // 300 below: 100 at 50%, 200 at 25%; the same above, the other way round
    assert_eq!(shared(700, bands).to_string(), "100");
    assert_eq!(shared(1_300, bands).to_string(), "-100");
    assert_eq!(shared(900, bands).to_string(), "50");
    assert_eq!(shared(1_000, bands).to_string(), "0");
    // The same from the customer's side, who gets back his half and his three quarters.
    let turned = "gain first 10%: 50% to customer; beyond 75% to customer; pain nothing";
    assert_eq!(shared(700, turned).to_string(), "-200");
    assert_eq!(shared(1_300, turned).to_string(), "0");
}

#[test]
fn fifty_fifty_halves_and_more_is_never_worth_less() {
    law(20, |choices| {
        let (a, b) = (choices.between(0, 3_000), choices.between(0, 3_000));
        let half = shared(a, "gain 50% to supplier; pain 50% to supplier");
        let due = Exact::ratio(1_000 - a, 2).unwrap();
        if half != due {
            return Err(format!("{half} instead of {due} for {a}"));
        }
        let (first, beyond) = (choices.between(0, 100), choices.between(0, 100));
        let bands = format!(
            "gain first 10%: {first}% to supplier; beyond {beyond}% to supplier; pain up to 20%: {beyond}% to supplier; beyond {first}% to supplier"
        );
        let (less, more) = (shared(a.max(b), &bands), shared(a.min(b), &bands));
        (less <= more)
            .then_some(())
            .ok_or(format!("{less} above {more}: {a}, {b}, {bands}"))
    });
}

fn abroad(statements: &str, rate: &str) -> Loaded {
    let text = format!(
        "contract clause {{ customer \"A\" supplier \"B\" currency USD, CAD\n term 2026-01-01 to 2026-12-31
         round each line half up to 0.01 USD\n input rate : {rate}\n charge offshore 1_000 USD per month\n{statements}\n}}"
    );
    driver::load("clause.quid", &text, &NoFiles)
}

#[test]
fn a_rate_of_the_invoice_currency_moves_the_charge_with_it() {
    let loaded = abroad(
        "share currency on offshore against 0.80 USD per CAD by rate { 50% to customer }
         scenario \"25% dearer\" for 2026-01 { given rate = 1 USD per CAD; expect adjustment offshore = 125 USD }
         scenario \"25% cheaper\" for 2026-01 { given rate = 0.60 USD per CAD; expect adjustment offshore = -125 USD }",
        "USD per CAD",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_rate_the_other_way_round_moves_it_against() {
    let loaded = abroad(
        "share currency on offshore against 1.25 CAD per USD by rate { 25% to supplier }
         scenario \"CAD at half\" for 2026-01 { given rate = 2.50 CAD per USD; expect adjustment offshore = -375 USD }
         scenario \"no change\" for 2026-01 { given rate = 1.25 CAD per USD; expect adjustment offshore = 0 USD }",
        "CAD per USD",
    );
    // 1.25 / 2.50 - 1 = -50%; the customer's 75% of it
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn the_deadband_says_what_counts() {
    for (word, due) in [("franchise", "60"), ("deductible", "10")] {
        let loaded = abroad(
            &format!(
                "share currency on offshore against 1 USD per CAD by rate {{ beyond 5% {word}; 100% to customer; up to 1.50 }}
                 scenario \"6%\" for 2026-01 {{ given rate = 1.06 USD per CAD; expect adjustment offshore = {due} USD }}
                 scenario \"5%\" for 2026-01 {{ given rate = 1.05 USD per CAD; expect adjustment offshore = 0 USD }}"
            ),
            "USD per CAD",
        );
        assert_eq!(mismatches(&loaded), [""; 0]);
    }
}

#[test]
fn what_is_left_open_is_asked() {
    let open = abroad(
        "share currency on offshore against 1 USD per CAD by rate { beyond 5%; 50% to customer }",
        "USD per CAD",
    );
    assert_eq!(
        messages(&open),
        ["the contract does not say what is shared of a change beyond 5%"]
    );
    let side = contract(&format!("{GAIN} {{ gain 50% to supplier }}"));
    assert_eq!(
        messages(&side),
        ["the contract does not say who bears or keeps what is above the target"]
    );
    let end = contract(&format!(
        "{GAIN} {{ gain first 10%: 50% to supplier; pain nothing }}"
    ));
    assert_eq!(
        messages(&end),
        ["the contract does not say what applies beyond 10% of the target"]
    );
}
