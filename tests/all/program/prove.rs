//! `quidpro prove`: the formats, one property, and what is refused.

use super::{Desk, fits};

const FEE: &str = "contract fee \"Fee\" {\n  currency EUR\n  term 2026-01-01 to 2026-12-31\n  \
     round each line half up to 0.01 EUR\n  input failed : failures between 0 and 9 nominal 0\n  charge fee 200 EUR per month\n  \
     credit a = 150 EUR per failure of failed\n}\n";

#[test]
fn a_refuted_property_shows_its_month_and_ends_with_1() {
    let desk = Desk::new();
    desk.write("fee.quid", FEE);
    desk.run(&["prove", "fee.quid", "--property", "i01"])
        .ends(1)
        .says("REFUTED")
        .says("an invoice can be -100.00 EUR")
        .says("`failed` 2 failures (usually 0 failures)");
    let json = desk.run(&["prove", "fee.quid", "--format", "json"]);
    fits("proofs.schema.json", &json.ends(1).out);
}

#[test]
fn what_is_proved_ends_with_0() {
    let desk = Desk::new();
    desk.write("fee.quid", FEE.replace("150 EUR", "20 EUR"));
    desk.run(&["prove", "fee.quid", "--property", "I01,I22"])
        .ends(0)
        .says("PROVED")
        .says("an invoice is from 20.00 EUR to 200.00 EUR");
}

#[test]
fn an_unknown_property_is_refused_with_those_that_exist() {
    let desk = Desk::new();
    desk.write("fee.quid", FEE);
    desk.run(&["prove", "fee.quid", "--property", "I99"])
        .ends(2)
        .tells("there is no property `I99`")
        .tells("I01");
}
