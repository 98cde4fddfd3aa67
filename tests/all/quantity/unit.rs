//! Units as types: products, quotients and conversions.

use proptest::prelude::*;
use quidpro::quantity::{Currency, Exact, Unit, UnitTable};

use super::exact;

fn unit(name: &str) -> Unit {
    let found = UnitTable::default().find(name).map(Unit::from);
    found.unwrap_or_else(|| unreachable!("every contract knows {name}"))
}

fn per(above: &str, below: &str) -> Unit {
    unit(above).divide(&unit(below)).0
}

#[test]
fn hours_at_a_price_per_minute_are_money() {
    assert_eq!(
        unit("hours").multiply(&per("EUR", "minute")),
        (unit("EUR"), exact("60"))
    );
    assert_eq!(
        per("EUR", "minute").multiply(&unit("hours")),
        (unit("EUR"), exact("60"))
    );
    assert_eq!(
        unit("seconds").multiply(&per("EUR", "hour")),
        (unit("EUR"), exact("1/3600"))
    );
    assert_eq!(
        unit("hours").multiply(&per("EUR", "hour")),
        (unit("EUR"), Exact::one())
    );
}

#[test]
fn durations_convert_exactly() {
    let factors = [
        ("hours", "minutes", "60"),
        ("minutes", "hours", "1/60"),
        ("hours", "seconds", "3600"),
        ("seconds", "hours", "1/3600"),
        ("minutes", "seconds", "60"),
        ("seconds", "seconds", "1"),
    ];
    for (from, to, factor) in factors {
        assert_eq!(
            unit(from).factor_to(&unit(to)),
            Some(exact(factor)),
            "{from} to {to}"
        );
    }
    assert_eq!(
        per("seconds", "contact").factor_to(&per("minutes", "contact")),
        Some(exact("1/60"))
    );
    assert_eq!(
        per("EUR", "minute").factor_to(&per("EUR", "hour")),
        Some(exact("60"))
    );
}

#[test]
fn what_is_not_the_same_measure_has_no_factor() {
    for (from, to) in [
        ("calls", "contacts"),
        ("EUR", "USD"),
        ("hours", "days"),
        ("hours", "FTE"),
        ("EUR", "calls"),
        ("months", "years"),
    ] {
        assert_eq!(unit(from).factor_to(&unit(to)), None, "{from} to {to}");
        assert_eq!(unit(to).factor_to(&unit(from)), None, "{to} to {from}");
    }
    assert_eq!(unit("calls").factor_to(&Unit::none()), None);
    assert_eq!(per("EUR", "call").factor_to(&per("EUR", "contact")), None);
    assert_eq!(per("EUR", "minute").factor_to(&per("EUR", "contact")), None);
}

#[test]
fn a_quotient_of_one_measure_is_a_plain_number() {
    assert_eq!(
        unit("calls").divide(&unit("calls")),
        (Unit::none(), Exact::one())
    );
    assert_eq!(
        unit("hours").divide(&unit("minutes")),
        (Unit::none(), exact("60"))
    );
    assert_eq!(
        unit("seconds").divide(&unit("minutes")),
        (Unit::none(), exact("1/60"))
    );
}

#[test]
fn squared_durations_convert_twice() {
    let square = |name| unit(name).multiply(&unit(name)).0;
    assert_eq!(
        square("hours").factor_to(&square("minutes")),
        Some(exact("3600"))
    );
    assert_eq!(
        square("seconds").factor_to(&square("minutes")),
        Some(exact("1/3600"))
    );
    assert_eq!(square("hours").factor_to(&unit("hours")), None);
}

#[test]
fn units_know_their_money() {
    let euro = Currency::from_code("EUR");
    assert_eq!(unit("EUR").as_currency(), euro);
    assert_eq!(per("EUR", "call").as_currency(), None);
    assert!(per("EUR", "call").has_currency());
    assert!(!unit("calls").has_currency());
    assert_eq!(unit("call"), unit("calls"));
    assert_eq!(
        unit("hours").as_base().and_then(|base| base.seconds()),
        Some(3600)
    );
    assert_eq!(per("EUR", "hour").as_base(), None);
}

#[test]
fn units_read_as_words() {
    let words = [
        (unit("call"), "calls"),
        (unit("EUR"), "EUR"),
        (per("EUR", "calls"), "EUR per call"),
        (per("seconds", "contacts"), "seconds per contact"),
        (Unit::none(), "plain number"),
        (Unit::none().divide(&unit("months")).0, "1 per month"),
        (unit("agents").multiply(&unit("hours")).0, "agents x hours"),
    ];
    for (unit, expected) in words {
        assert_eq!(unit.to_string(), expected);
    }
}

proptest! {
    #[test]
    fn conversions_go_there_and_back(names in proptest::sample::subsequence(
        vec!["hours", "minutes", "seconds", "EUR", "calls", "contacts"], 2..=4,
    )) {
        let names: Vec<Unit> = names.into_iter().map(unit).collect();
        for from in &names {
            for to in &names {
                let back = to.factor_to(from);
                let there = from.factor_to(to);
                prop_assert_eq!(there.is_some(), back.is_some());
                if let (Some(there), Some(back)) = (there, back) {
                    prop_assert_eq!(there.multiply(&back), Exact::one());
                }
                let (quotient, down) = from.divide(to);
                let (product, up) = quotient.multiply(to);
                prop_assert_eq!(product.factor_to(from).map(|factor| factor.multiply(&down).multiply(&up)), Some(Exact::one()));
            }
        }
    }
}
