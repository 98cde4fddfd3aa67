//! A price for a baseline, with deadband, additional resource charges and reduced resource credits.

use crate::clause::{amount, contract, messages, statements};
use crate::laws::choices::law;

fn desk(terms: &str) -> String {
    format!("input used : tickets\ncharge desk for used {{ {terms} }}")
}

/// The cost of that many tickets.
fn cost(terms: &str, tickets: i64) -> String {
    let loaded = contract(&desk(terms));
    let months = statements(&loaded, &format!("month,used\n2026-01,{tickets}\n"));
    amount(months[0].as_ref().unwrap(), "desk")
}

const PRICES: &str =
    "above up to 20%: 42 USD per ticket; up to 40%: 38 USD; beyond 36 USD per ticket
                      below up to 20%: 30 USD per ticket back; beyond as at 20%";

fn terms(deadband: &str) -> String {
    format!("baseline 1_000 tickets at 50_000 USD each month; {deadband}\n{PRICES}")
}

#[test]
fn within_the_deadband_the_price_holds_and_its_ends_belong_to_it() {
    for kind in ["franchise", "deductible"] {
        for tickets in [900, 1_000, 1_100] {
            let found = cost(&terms(&format!("deadband 10% {kind}")), tickets);
            assert_eq!(found, "50000", "{kind}, {tickets}");
        }
    }
}

#[test]
fn with_a_franchise_all_units_from_the_baseline_on_count() {
    let cost = |tickets| cost(&terms("deadband 10% franchise"), tickets);
    assert_eq!(cost(1_101), "54242"); // 101 x 42
    assert_eq!(cost(1_300), "62200"); // 200 x 42 + 100 x 38
    assert_eq!(cost(1_500), "69600"); // 200 x 42 + 200 x 38 + 100 x 36
    assert_eq!(cost(899), "46970"); // 101 x 30 back
    assert_eq!(cost(700), "44000"); // 200 x 30 back, and no more
}

#[test]
fn with_a_deductible_only_units_beyond_the_deadband_count() {
    let cost = |tickets| cost(&terms("deadband 10% deductible"), tickets);
    assert_eq!(cost(1_101), "50042"); // 1 x 42
    assert_eq!(cost(1_300), "58000"); // 100 x 42 + 100 x 38
    assert_eq!(cost(899), "49970"); // 1 x 30 back
    assert_eq!(cost(700), "47000"); // 100 x 30 back, and no more
}

#[test]
fn without_a_deadband_every_unit_counts() {
    let cost = |tickets| cost(&terms(""), tickets);
    assert_eq!(cost(1_001), "50042");
    assert_eq!(cost(1_000), "50000");
    assert_eq!(cost(999), "49970");
}

#[test]
fn a_side_may_have_no_price_one_price_or_be_left_to_the_parties() {
    let terms = |above: &str, below: &str| {
        format!("baseline 1_000 tickets at 600_000 USD per year; above {above}; below {below}")
    };
    assert_eq!(cost(&terms("nothing", "nothing"), 5_000), "50000");
    assert_eq!(cost(&terms("1 USD", "nothing"), 1_500), "50500");
    assert_eq!(cost(&terms("nothing", "2 USD back"), 0), "48000");
    assert_eq!(
        cost(&terms("nothing", "up to 100%: 2 USD back"), 400),
        "48800"
    );
    let loaded = contract(&desk(&terms("by agreement", "nothing")));
    let months = statements(&loaded, "month,used\n2026-01,1001\n2026-02,1000\n");
    assert!(months[0].is_err() && months[1].is_ok());
}

#[test]
fn a_baseline_may_move_and_stand_in_a_rate_card() {
    let items = "input used : tickets by desk { first, second }\ninput agreed : tickets\n\
                 charge desks for used {\n\
                 first { baseline agreed at 10 USD per ticket * agreed; deadband 10% deductible; above beyond 12 USD; below nothing }\n\
                 second 5 USD per ticket }";
    let loaded = contract(items);
    let months = statements(
        &loaded,
        "month,used.first,used.second,agreed\n2026-01,120,10,100\n2026-02,120,10,110\n",
    );
    let paid: Vec<String> = months
        .iter()
        .map(|month| amount(month.as_ref().unwrap(), "desks.first"))
        .collect();
    // 1,000 + 10 x 12; 1,100, for 120 lie within 110 + 11.
    assert_eq!(paid, ["1120", "1100"]);
}

#[test]
fn the_parts_of_the_line_add_up() {
    let loaded = contract(&desk(&terms("deadband 10% franchise")));
    let months = statements(&loaded, "month,used\n2026-01,1300\n2026-02,850\n");
    let parts: Vec<Vec<String>> = months
        .iter()
        .map(|month| {
            let parts = month.as_ref().unwrap().lines[0].parts.iter();
            parts
                .map(|part| {
                    format!(
                        "{}: {} x {} = {}",
                        part.label, part.quantity, part.rate, part.amount
                    )
                })
                .collect()
        })
        .collect();
    assert_eq!(
        parts,
        [
            vec![
                "baseline of 1_000 tickets: 1 month x 50 000.00 USD per month = 50000",
                "above the baseline, up to 20%: 200 tickets x 42.00 USD per ticket = 8400",
                "above the baseline, up to 40%: 100 tickets x 38.00 USD per ticket = 3800",
            ],
            vec![
                "baseline of 1_000 tickets: 1 month x 50 000.00 USD per month = 50000",
                "below the baseline, up to 20%: 150 tickets x -30.00 USD per ticket = -4500",
            ],
        ]
    );
}

#[test]
fn what_contracts_leave_open_must_be_said() {
    let found = |text: &str| -> Vec<String> {
        let loaded = contract(&desk(text));
        messages(&loaded).into_iter().map(str::to_owned).collect()
    };
    let open = contract(&desk(&terms("deadband 10%")));
    assert_eq!(
        messages(&open),
        ["the contract does not say which units count outside the deadband"]
    );
    // 1,200 tickets: 50,000 + 200 x 42, or 50,000 + 100 x 42.
    let why = open.diagnostics[0].why.join(" ");
    assert!(
        why.contains("58 400.00 USD") && why.contains("54 200.00 USD"),
        "{why}"
    );
    let base = "baseline 1_000 tickets at 50_000 USD each month";
    assert_eq!(
        found(&format!("{base}; above up to 20%: 42 USD; below nothing")),
        ["the contract does not say what applies further above the baseline than 20%"]
    );
    assert_eq!(
        found(&format!("{base}; above nothing")),
        ["this price does not say what is paid back for fewer units than the baseline"]
    );
    assert_eq!(
        found(&format!(
            "{base}; above nothing; below up to 20%: 30 USD; beyond as at 20%"
        )),
        ["this does not say that it is paid back"]
    );
    assert_eq!(
        found(&format!(
            "{base}; above up to 20%: 30 USD; beyond as at 25%; below nothing"
        )),
        ["the slabs before it end at 20%"]
    );
    assert_eq!(
        found(&format!(
            "{base}; deadband 20% deductible; above up to 20%: 30 USD; beyond as at 20%; below nothing"
        )),
        ["this slab ends within the deadband"]
    );
}

/// The units of the slabs, counted one by one from the baseline outwards.
fn one_by_one(tickets: i64, franchise: bool) -> i64 {
    let (away, above) = match tickets >= 1_000 {
        true => (tickets - 1_000, true),
        false => (1_000 - tickets, false),
    };
    if away <= 100 {
        return 50_000;
    }
    let first = if franchise { 1 } else { 101 };
    (first..=away).fold(50_000, |sum, unit| match (above, unit) {
        (true, ..=200) => sum + 42,
        (true, 201..=400) => sum + 38,
        (true, _) => sum + 36,
        (false, ..=200) => sum - 30,
        (false, _) => sum,
    })
}

#[test]
fn slabs_cost_what_their_units_cost_one_by_one() {
    law(40, |choices| {
        let tickets = choices.between(0, 2_000);
        let franchise = choices.once_in(2);
        let kind = if franchise { "franchise" } else { "deductible" };
        let found = cost(&terms(&format!("deadband 10% {kind}")), tickets);
        let expected = one_by_one(tickets, franchise).to_string();
        if found != expected {
            return Err(format!(
                "{tickets} tickets, {kind}: {found}, not {expected}"
            ));
        }
        Ok(())
    });
}
