//! Each rounding mode from the contract's words to the invoice, at ties and right next to them, on both sides of zero.

use super::description::{MODES, Mode, Q, q};
use super::naive::round;
use super::product::{invoice, load, program, rational};
use super::text::{self, decimal};

/// The definitions of IEEE 754 for steps of 0.5: for 2.5, 1.5, 0.5 and values slightly above and below 2.5, above and
/// below zero.
const DEFINED: [(Mode, &str, [&str; 10]); 6] = [
    (
        Mode::HalfUp,
        "half up",
        ["3", "2", "1", "3", "2", "-3", "-2", "-1", "-3", "-2"],
    ),
    (
        Mode::HalfEven,
        "half even",
        ["2", "2", "0", "3", "2", "-2", "-2", "0", "-3", "-2"],
    ),
    (
        Mode::Up,
        "up",
        ["3", "2", "1", "3", "3", "-3", "-2", "-1", "-3", "-3"],
    ),
    (
        Mode::Down,
        "down",
        ["2", "1", "0", "2", "2", "-2", "-1", "0", "-2", "-2"],
    ),
    (
        Mode::Floor,
        "floor",
        ["2", "1", "0", "2", "2", "-3", "-2", "-1", "-3", "-3"],
    ),
    (
        Mode::Ceiling,
        "ceiling",
        ["3", "2", "1", "3", "3", "-2", "-1", "0", "-2", "-2"],
    ),
];

const VALUES: [&str; 10] = [
    "2.5",
    "1.5",
    "0.5",
    "2.500000000000000000001",
    "2.499999999999999999999",
    "-2.5",
    "-1.5",
    "-0.5",
    "-2.500000000000000000001",
    "-2.499999999999999999999",
];

#[test]
fn each_mode_is_its_definition() {
    for (_, words, wanted) in DEFINED {
        for scope in ["each line", "only the total"] {
            let text = format!(
                "contract rounds {{\ncurrency EUR\nterm 2026-01-01 to 2026-12-31\n\
                 round {scope} {words} to 1 EUR\ninput x : number\ncharge c0 x * 1 EUR\n\
                 metric m is quality, number {{ x; rounded {words} to 1 }}\n}}"
            );
            let loaded = load(&text).unwrap();
            let mut table = "account,month,x\n".to_owned();
            for (at, value) in VALUES.iter().enumerate() {
                table.push_str(&format!("{at},2026-01,{value}\n"));
            }
            let months = invoice(program(&loaded), &table).unwrap();
            assert_eq!(months.len(), VALUES.len());
            for ((value, wanted), (_, _, outcome)) in VALUES.iter().zip(wanted).zip(months) {
                let statement = outcome.unwrap();
                let found = [
                    statement.total.to_string(),
                    statement.lines[0].amount.to_string(),
                    statement.measures[0]
                        .value
                        .as_ref()
                        .unwrap()
                        .value
                        .to_string(),
                ];
                assert_eq!(found, [wanted; 3], "{value} {words}, {scope}");
            }
        }
    }
}

#[test]
fn the_naive_rounding_is_the_definition_too() {
    let parse = |text: &str| -> Q {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits: num_bigint::BigInt = format!("{whole}{rest}").parse().unwrap();
        let scale = num_bigint::BigInt::from(10).pow(u32::try_from(rest.len()).unwrap());
        Q::new(digits, scale)
    };
    for (mode, words, wanted) in DEFINED {
        for (value, wanted) in VALUES.iter().zip(wanted) {
            let rounded = round(&parse(value), mode, &q(1, 1));
            assert_eq!(decimal(&rounded), wanted, "{value} {words}");
        }
    }
    assert_eq!(MODES.len(), DEFINED.len());
}

#[test]
fn every_thousandth_around_zero_rounds_to_cents_and_to_five_cents() {
    for (mode, words, _) in DEFINED {
        for step in [q(1, 100), q(1, 20), q(3, 100)] {
            let text = format!(
                "contract rounds {{\ncurrency EUR\nterm 2026-01-01 to 2026-12-31\n\
                 round each line {words} to {} EUR\ninput x : number\n\
                 charge whole x * 1 EUR\ncharge third x / 3 * 1 EUR\n}}",
                decimal(&step)
            );
            let loaded = load(&text).unwrap();
            let mut table = "account,month,x\n".to_owned();
            let values: Vec<Q> = (-60..=60).map(|thousandths| q(thousandths, 1000)).collect();
            for (at, value) in values.iter().enumerate() {
                table.push_str(&format!("{at},2026-01,{}\n", text::decimal(value)));
            }
            let months = invoice(program(&loaded), &table).unwrap();
            for (value, (_, _, outcome)) in values.iter().zip(months) {
                let statement = outcome.unwrap();
                let amount = |at: usize| rational(&statement.lines[at].amount);
                assert_eq!(amount(0), round(value, mode, &step), "{value} {words}");
                let third = value / q(3, 1);
                assert_eq!(amount(1), round(&third, mode, &step), "{value} / 3 {words}");
            }
        }
    }
}
