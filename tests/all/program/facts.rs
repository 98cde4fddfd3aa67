//! `quidpro facts`: the formats, the version in force on a day, and contracts without versions.

use super::{CONTRACT, Desk, fits};

#[test]
fn facts_are_printed_in_each_format() {
    let desk = Desk::new();
    desk.run(&["facts", "support.quid"])
        .ends(0)
        .without_errors()
        .says("Service levels")
        .says("answer · Annex 3");
    let json = desk.run(&["facts", "support.quid", "--format", "json"]);
    fits("facts.schema.json", &json.ends(0).out);
}

/// An amendment counts from its first month onwards. Without a day, the contract is shown as it finally reads.
#[test]
fn the_version_in_force_on_a_day() {
    let desk = Desk::new();
    desk.write(
        "later.quid",
        "use \"support.quid\"\namendment a1 \"Chat added\" to support effective 2026-04-01 {\n  \
         add charge chat 900 EUR per month\n}\n",
    );
    let on = |day: &str| desk.run(&["facts", "later.quid", "--on", day]);
    let before = on("2026-03-31")
        .ends(0)
        .says("as first agreed (shown here)");
    assert!(!before.out.contains("900 EUR"), "{}", before.out);
    on("2026-04-01")
        .ends(0)
        .says("as amended by a1 “Chat added” from 2026-04-01 (shown here)")
        .says("900 EUR");
    desk.run(&["facts", "later.quid"]).ends(0).says("900 EUR");
    on("2027-01-01")
        .ends(2)
        .tells("2027-01-01 lies outside of the contract's term, 2026-01-01 to 2026-12-31");
    on("April").ends(2).tells("write a day such as 2026-12-31");
}

#[test]
fn a_broken_contract_has_no_facts() {
    let desk = Desk::new();
    desk.write("wrong.quid", CONTRACT.replace("80%", "80"));
    desk.run(&["facts", "wrong.quid"])
        .ends(2)
        .tells("`wrong.quid` has errors");
}
