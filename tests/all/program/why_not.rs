//! `quidpro explain --why-not`: the change that would have avoided a credit or reached a bonus.

use super::{CONTRACT, Desk, fits};

const ASKED: [&str; 7] = [
    "explain",
    "support.quid",
    "--data",
    "support.csv",
    "--month",
    "2026-02",
    "--why-not",
];

#[test]
fn a_credit_is_avoided_at_the_target() {
    let desk = Desk::new();
    desk.run(&ASKED)
        .ends(0)
        .says("credit answer  -104.10 EUR")
        .says("avoided with `speed` at 80% instead of 70%: credit 0.00 EUR, total 5 205.00 EUR");
    let json = desk.run(&[&ASKED[..], &["--format", "json"]].concat());
    let value = fits("why-not.schema.json", &json.ends(0).out);
    assert_eq!(value["lines"][0]["changes"][0]["enough"]["value"], "0.8");
}

#[test]
fn a_bonus_is_reached_at_the_edge_and_what_no_kpi_changes_is_said() {
    let desk = Desk::new();
    let text = CONTRACT.replace(
        "  scenario",
        "  bonus quick on speed { at least 95%: 500 EUR }\n  credit always = 10 EUR\n  scenario",
    );
    let text = text.replace("expect total = 1_420.50 EUR", "expect total = 1_410.50 EUR");
    desk.write("support.quid", text);
    desk.run(&ASKED)
        .ends(0)
        .says("bonus quick  0.00 EUR")
        .says("reached with `speed` at 95% instead of 70%: bonus 500.00 EUR")
        .says("credit always  -10.00 EUR")
        .says("no change of a single KPI in this month would have avoided it");
}

#[test]
fn what_earlier_months_did_counts() {
    let desk = Desk::new();
    let text = CONTRACT.replace(
        "credit 2% of charges }",
        "credit 2% of charges; repeated 2 months x 2 }",
    );
    desk.write("support.quid", text);
    desk.write(
        "support.csv",
        "month,offered,answered\n2026-01,1000,700\n2026-02,1000,700\n",
    );
    desk.run(&ASKED)
        .ends(0)
        .says("credit answer  -208.20 EUR")
        .says("at 80% instead of 70%: credit 0.00 EUR, total 5 205.00 EUR");
}
