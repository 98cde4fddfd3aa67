//! `quidpro waivers`: what is accepted, until when and why.

use super::{CONTRACT, Desk, fits, snapshot};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        "support.quid",
        format!(
            "waive no-training until 2026-08-31 because \"the agents are the customer's own\"\n{}",
            CONTRACT
                .replace("  charge handling", "  waive double-jeopardy until 2027-12-31 because \"both are meant\" ref \"Minutes 4\"\n  charge handling")
                .replace("  service", "  waive no-grace-period until 2026-05-31 because \"the service has run for years\"\n  service")
        ),
    );
    desk
}

#[test]
fn all_are_listed_the_next_to_end_first() {
    let desk = desk();
    let done = desk.run(&["waivers", ".", "--today", "2026-06-30"]).ends(1);
    snapshot("waivers", &done.out);
    let json = ["waivers", ".", "--today", "2026-06-30", "--format", "json"];
    fits("waivers.schema.json", &desk.run(&json).ends(1).out);
}

#[test]
fn those_that_end_soon_are_chosen() {
    let desk = desk();
    let until = |within: &str, today: &str| {
        let done = desk.run(&[
            "waivers",
            "support.quid",
            "--expiring",
            within,
            "--today",
            today,
        ]);
        done.out.matches("waives").count()
    };
    assert_eq!(until("0d", "2026-01-01"), 0);
    assert_eq!(until("62d", "2026-06-30"), 2);
    assert_eq!(until("61d", "2026-06-30"), 1);
    assert_eq!(until("2m", "2026-06-30"), 1);
    assert_eq!(until("3m", "2026-06-30"), 2);
    assert_eq!(until("5y", "2026-06-30"), 3);
    desk.run(&["waivers", ".", "--today", "2026-05-31"]).ends(0);
    desk.run(&["waivers", ".", "--expiring", "soon"])
        .ends(2)
        .tells("write days, weeks, months or years");
}
