//! Metering: tiers and packages that count the units of several months together.

use std::collections::BTreeMap;

use quidpro::ledger::Statement;
use quidpro::quantity::Exact;

use crate::clause::{amount, contract, messages, mismatches, statements};
use crate::laws::choices::law;

fn metered(how: &str) -> String {
    format!("input used : units\ncharge usage for used metered {how}")
}

/// The cost of each month, in order from January onwards.
fn paid(how: &str, units: &[i64]) -> Vec<String> {
    let months = all_months(how, units);
    months.iter().map(|month| amount(month, "usage")).collect()
}

fn all_months(how: &str, units: &[i64]) -> Vec<Statement> {
    let mut csv = "month,used\n".to_owned();
    for (at, units) in units.iter().enumerate() {
        csv.push_str(&format!("2026-{:02},{units}\n", at + 1));
    }
    let loaded = contract(&metered(how));
    let months = statements(&loaded, &csv);
    months.into_iter().map(Result::unwrap).collect()
}

const TIERS: &str = "{ up to 1_000 at 0.10 USD; up to 10_000 at 0.05 USD; beyond at 0.01 USD }";

#[test]
fn graduated_slabs_are_used_up_month_by_month() {
    // 800 x 0.10; 200 x 0.10 + 9,000 x 0.05 + 800 x 0.01; 100 x 0.01; and the next quarter begins anew.
    let paid = paid(
        &format!("each quarter graduated {TIERS}"),
        &[800, 10_000, 100, 800],
    );
    assert_eq!(paid, ["80", "478", "1", "80"]);
}

#[test]
fn the_parts_are_this_month_s_units() {
    let months = all_months(&format!("over the term graduated {TIERS}"), &[800, 10_000]);
    let parts: Vec<String> = months[1].lines[0]
        .parts
        .iter()
        .map(|part| format!("{} x {} = {}", part.quantity, part.rate, part.amount))
        .collect();
    assert_eq!(
        parts,
        [
            "200 units x 0.10 USD per unit = 20",
            "9 000 units x 0.05 USD per unit = 450",
            "800 units x 0.01 USD per unit = 8"
        ]
    );
}

#[test]
fn volume_tiers_reprice_earlier_units_or_keep_their_prices() {
    let months = [1_000, 1_000, 8_001];
    // 1,000 x 0.10; 2,000 x 0.05 - 1,000 x 0.10; 10,001 x 0.01 - 2,000 x 0.05.
    let repriced = paid(
        &format!("each quarter volume, repricing earlier units {TIERS}"),
        &months,
    );
    assert_eq!(repriced, ["100", "0", "0.01"]);
    // 1,000 x 0.10; 1,000 x 0.05; 8,001 x 0.01.
    let kept = paid(
        &format!("each quarter volume, keeping earlier prices {TIERS}"),
        &months,
    );
    assert_eq!(kept, ["100", "50", "80.01"]);
}

#[test]
fn a_flat_fee_rises_by_the_difference() {
    let fees = "{ up to 100: 50 USD; up to 200: 80 USD; beyond: 95 USD }";
    let paid = paid(&format!("each quarter flat {fees}"), &[0, 150, 60, 10]);
    // The first tier's fee is due at once: 50; 80 - 50; 95 - 80; the next quarter: 50.
    assert_eq!(paid, ["50", "30", "15", "50"]);
}

#[test]
fn a_package_lasts_over_months() {
    let paid = paid(
        "over the term in packages of 1_000 units at 7 USD",
        &[400, 600, 1, 2_999],
    );
    // 1 begun; it is full; a second; 4,000 in all: 4, less 2.
    assert_eq!(paid, ["7", "0", "7", "14"]);
}

#[test]
fn a_price_that_changes_counts_for_the_units_that_come_after() {
    let items = "input used : units\nlet price = if month < 2026-03 then 1 USD else 2 USD\n\
                 charge slabs for used metered over the term graduated { first 100 at price; beyond at 1 USD }\n\
                 charge whole for used metered over the term volume, repricing earlier units { up to 100 at price; beyond at 1 USD }\n\
                 scenario \"a new price\" for 2026-01 to 2026-03 { given used = 30 then 30 then 20\n\
                 expect slabs = 30 USD then 30 USD then 40 USD, whole = 30 USD then 30 USD then 40 USD }";
    assert_eq!(mismatches(&contract(items)), [""; 0]);
}

#[test]
fn a_month_of_unknown_units_stops_those_that_build_on_it() {
    let loaded = contract(&metered(&format!("each quarter graduated {TIERS}")));
    let months = statements(
        &loaded,
        "month,used\n2026-01,10\n2026-02,\n2026-03,10\n2026-04,10\n",
    );
    let known: Vec<bool> = months.iter().map(Result::is_ok).collect();
    // March needs February; April is another quarter.
    assert_eq!(known, [true, false, false, true]);
    assert!(months[2].as_ref().unwrap_err().contains("2026-02"));
}

#[test]
fn units_beyond_the_last_tier_are_by_agreement_in_their_month_only() {
    let tiers = "{ first 100 at 1 USD; beyond by agreement }";
    let loaded = contract(&metered(&format!("over the term graduated {tiers}")));
    let months = statements(&loaded, "month,used\n2026-01,100\n2026-02,1\n2026-03,0\n");
    let known: Vec<bool> = months.iter().map(Result::is_ok).collect();
    assert_eq!(known, [true, false, true]);
}

#[test]
fn what_happens_to_earlier_units_must_be_said_of_volume_tiers_and_of_no_other() {
    let volume = contract(&metered(&format!("each contract year volume {TIERS}")));
    assert_eq!(
        messages(&volume),
        [
            "the contract does not say what a tier that is reached later means for the units before it"
        ]
    );
    // 10,000 x 0.05 - 1,000 x 0.10 = 400; 9,000 x 0.05 = 450.
    let why = volume.diagnostics[0].why.join(" ");
    assert!(
        why.contains("costs 400.00 USD") && why.contains("450.00 USD"),
        "{why}"
    );
    let slabs = contract(&metered(&format!(
        "each contract year graduated, repricing earlier units {TIERS}"
    )));
    assert_eq!(
        messages(&slabs),
        ["only volume tiers have one rate for all units"]
    );
    let month = contract(&format!(
        "input used : units\ncharge usage for used volume, keeping earlier prices {TIERS}"
    ));
    assert_eq!(
        messages(&month),
        ["the units of a single month have no earlier ones"]
    );
    let each_month = contract(&metered(&format!(
        "each month volume, keeping earlier prices {TIERS}"
    )));
    assert_eq!(
        messages(&each_month),
        ["the units of a single month have no earlier ones"]
    );
}

/// The cost of that many units at once, in cents.
fn at_once(kind: &str, units: i64) -> i64 {
    match kind {
        "graduated" => {
            units.min(1_000) * 10 + (units.min(10_000) - 1_000).max(0) * 5 + (units - 10_000).max(0)
        }
        "volume, repricing earlier units" => {
            units
                * match units {
                    ..=1_000 => 10,
                    1_001..=10_000 => 5,
                    _ => 1,
                }
        }
        "flat" => match units {
            ..=1_000 => 9_000,
            1_001..=10_000 => 40_000,
            _ => 41_000,
        },
        _ => (units + 699) / 700 * 300,
    }
}

/// The period that contains the month. Months with the same number are counted together.
fn period(over: &str, month: usize) -> usize {
    match over {
        "each month" => month,
        "each quarter" => month / 3,
        _ => 0,
    }
}

#[test]
fn the_months_of_a_period_cost_what_its_units_cost_at_once() {
    let flat = "{ up to 1_000: 90 USD; up to 10_000: 400 USD; beyond: 410 USD }";
    law(40, |choices| {
        let over = choices.pick(&[
            "each month",
            "each quarter",
            "each contract year",
            "each calendar year",
            "over the term",
        ]);
        let kind = choices.pick(&[
            "graduated",
            "volume, repricing earlier units",
            "flat",
            "in packages of 700 units at 3 USD",
        ]);
        if over == "each month" && kind.starts_with("volume") {
            return Ok(());
        }
        let tiers = match kind {
            "flat" => flat,
            "graduated" | "volume, repricing earlier units" => TIERS,
            _ => "",
        };
        let units: Vec<i64> = (0..12).map(|_| choices.between(0, 4_000)).collect();
        let months = all_months(&format!("{over} {kind} {tiers}"), &units);
        let mut sums: BTreeMap<usize, (i64, Exact)> = BTreeMap::new();
        for (at, (units, month)) in units.iter().zip(&months).enumerate() {
            let sum = sums.entry(period(over, at)).or_default();
            *sum = (sum.0 + units, sum.1.add(&month.total));
        }
        for (units, cost) in sums.into_values() {
            let expected = Exact::ratio(at_once(kind, units), 100).unwrap();
            if cost != expected {
                return Err(format!(
                    "{over} {kind}: {units} units cost {cost}, at once {expected}"
                ));
            }
        }
        Ok(())
    });
}

#[test]
fn splitting_a_year_into_other_months_changes_nothing() {
    law(20, |choices| {
        let units: Vec<i64> = (0..12).map(|_| choices.between(0, 3_000)).collect();
        let mut moved = units.clone();
        let (from, to) = (choices.below(12), choices.below(12));
        let some = choices.between(0, moved[from]);
        moved[from] -= some;
        moved[to] += some;
        let how = format!("each contract year graduated {TIERS}");
        let total = |units: &[i64]| {
            let months = all_months(&how, units);
            months
                .iter()
                .fold(Exact::zero(), |sum, month| sum.add(&month.total))
        };
        let (before, after) = (total(&units), total(&moved));
        if before != after {
            return Err(format!("{units:?} cost {before}, {moved:?} cost {after}"));
        }
        Ok(())
    });
}
