//! Packages: a package that is started is paid in full.

use crate::clause::{amount, contract, statements};
use crate::laws::choices::law;

const ROUTING: &str =
    "input routed : calls\ncharge routing for routed in packages of 1_000 calls at 1 USD";

#[test]
fn the_last_package_is_paid_whole() {
    let loaded = contract(ROUTING);
    let months = statements(
        &loaded,
        "month,routed\n2026-01,4500\n2026-02,4000\n2026-03,0\n",
    );
    let paid: Vec<String> = months
        .iter()
        .map(|month| amount(month.as_ref().unwrap(), "routing"))
        .collect();
    // 4,500 / 1,000 = 4.5, begun: 5; 4,000 / 1,000 = 4; nothing: 0.
    assert_eq!(paid, ["5", "4", "0"]);
}

#[test]
fn packages_hold_all_units_and_waste_less_than_one() {
    let loaded = contract(ROUTING);
    law(30, |choices| {
        let calls = choices.between(0, 100_000);
        let months = statements(&loaded, &format!("month,routed\n2026-01,{calls}\n"));
        let paid = amount(months[0].as_ref().unwrap(), "routing");
        let packages: i64 = paid.parse().unwrap();
        let held = packages * 1_000;
        if held < calls || held - calls >= 1_000 {
            return Err(format!("{calls} calls in {packages} packages"));
        }
        Ok(())
    });
}
