//! In spite of mistakes: rules that depend on the broken clause wait, and everything else is found.

use quidpro::calendar::Date;
use quidpro::driver::{Checking, load};
use quidpro::lint::Settings;

use crate::clause::NoFiles;

const CONTRACT: &str = "contract support {
  currency EUR
  term 2026-01-01 to 2026-12-31
  round each line half up to 0.01 EUR
  input offered  : calls
  input answered : calls
  metric speed is timeliness, percent, higher is better { answered / offered }
  charge handling for offered at 4.20 EUR
  service level answer on speed { target 80% each month; credit 2% of charges }
  training { 60 hours per agent before go-live }
}
";

fn codes(text: &str) -> Vec<&'static str> {
    let loaded = load("broken.quid", text, &NoFiles);
    let settings = Settings::default();
    let found = loaded.check(&Checking {
        settings: &settings,
        today: Date::constant(2026, 1, 1),
    });
    found.iter().map(|finding| finding.code).collect()
}

#[test]
fn what_a_broken_clause_may_say_is_not_missed() {
    let whole = codes(CONTRACT);
    assert!(whole.contains(&"service-level-only") && !whole.contains(&"unused-metric"));
    for broken in [
        CONTRACT.replace("80%", "80"),
        CONTRACT.replace("on speed {", "on sped {"),
        CONTRACT.replace("target 80% each month", "traget 80% each month"),
        CONTRACT.replace("service level", "service lvel"),
    ] {
        let found = codes(&broken);
        for code in [
            "pay-per-contact-only",
            "unused-metric",
            "target-without-consequence",
            "no-grace-period",
        ] {
            assert!(!found.contains(&code), "{code}: {found:?}\n{broken}");
        }
        for code in [
            "no-satisfaction-metric",
            "no-exit-plan",
            "metric-without-source",
            "training-without-material",
        ] {
            assert!(found.contains(&code), "{code}: {found:?}\n{broken}");
        }
    }
}

#[test]
fn a_mistake_where_no_money_moves_hides_nothing() {
    let broken = CONTRACT.replace("60 hours", "60 ;; hours = \u{2030}");
    let (whole, found) = (codes(CONTRACT), codes(&broken));
    assert!(found.contains(&"unknown-statement"), "{found:?}");
    for code in whole.iter().filter(|code| !code.contains("training")) {
        assert!(found.contains(code), "{code}: {found:?}");
    }
}
