//! Charges at cost: pass-through, cost-plus, and their maximums.

use crate::clause::{amount, contract, messages, statements};
use crate::laws::choices::law;

/// What is charged for a month with that cost.
fn charged(terms: &str, cost: &str) -> String {
    let loaded = contract(&format!(
        "input spent : USD\ncharge team at cost of spent{terms}"
    ));
    let months = statements(&loaded, &format!("month,spent\n2026-01,{cost}\n"));
    amount(months[0].as_ref().unwrap(), "team")
}

#[test]
fn what_was_spent_is_passed_through() {
    assert_eq!(charged("", "1234.56"), "1234.56");
    assert_eq!(charged("", "0"), "0");
}

#[test]
fn a_margin_is_a_share_of_the_cost_or_an_amount() {
    assert_eq!(charged(" plus 8%", "1000"), "1080");
    // 1,234.56 x 1.08 = 1,333.3248
    assert_eq!(charged(" plus 8%", "1234.56"), "1333.32");
    assert_eq!(charged(" plus 150 USD", "1000"), "1150");
}

#[test]
fn a_most_before_the_margin_holds_the_cost_and_one_behind_it_the_whole() {
    assert_eq!(charged(", at most 900 USD", "1000"), "900");
    assert_eq!(charged(", at most 900 USD, plus 10%", "1000"), "990");
    assert_eq!(charged(" plus 10%, at most 900 USD", "1000"), "900");
    assert_eq!(charged(" plus 10%, at most 900 USD", "800"), "880");
    assert_eq!(
        charged(", at most 900 USD, plus 10%, at most 950 USD", "1000"),
        "950"
    );
}

#[test]
fn the_parts_of_the_line_add_up() {
    let loaded = contract(
        "input spent : USD\ncharge team at cost of spent, at most 900 USD, plus 10%, at most 950 USD",
    );
    let months = statements(&loaded, "month,spent\n2026-01,1000\n");
    let line = &months[0].as_ref().unwrap().lines[0];
    let parts: Vec<String> = line
        .parts
        .iter()
        .map(|part| {
            format!(
                "{}: {} x {} = {}",
                part.label, part.quantity, part.rate, part.amount
            )
        })
        .collect();
    assert_eq!(
        parts,
        [
            "cost: spent: 1 000.00 USD x 100% = 1000",
            "at most 900 USD: -100.00 USD x 100% = -100",
            "margin: 900.00 USD x 10% = 90",
            "at most 950 USD: -40.00 USD x 100% = -40",
        ]
    );
}

#[test]
fn a_cost_is_money_and_a_margin_a_share_or_money() {
    let found = |terms: &str| -> Vec<String> {
        let loaded = contract(&format!(
            "input calls_in : calls\ninput spent : USD\ncharge team {terms}"
        ));
        messages(&loaded).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(
        found("at cost of calls_in"),
        ["the cost must be an amount in USD, but `calls_in` is a number of calls"]
    );
    assert_eq!(
        found("at cost of spent plus 8"),
        ["a margin must be a percentage, but `8` is a plain number"]
    );
    assert_eq!(
        found("at cost of"),
        ["charge `team` does not say whose cost is paid"]
    );
}

#[test]
fn more_cost_never_costs_less_and_never_more_than_the_most() {
    law(30, |choices| {
        let cost = choices.between(0, 2_000);
        let more = cost + choices.between(0, 500);
        let margin = choices.between(0, 40);
        let terms = format!(" plus {margin}%, at most 1_500 USD");
        let of = |cost: i64| -> i64 {
            let paid = charged(&terms, &cost.to_string());
            let (units, cents) = paid.split_once('.').unwrap_or((&paid, "0"));
            let cents = format!("{cents:0<2}");
            units.parse::<i64>().unwrap() * 100 + cents.parse::<i64>().unwrap()
        };
        let (less, more) = (of(cost), of(more));
        let expected = (cost * (100 + margin)).min(150_000);
        if less != expected || more < less || more > 150_000 {
            return Err(format!("{cost} plus {margin}%: {less}, then {more}"));
        }
        Ok(())
    });
}
