//! Currencies and their minor units as ISO 4217 lists them.

use quidpro::quantity::Currency;

use super::exact;

#[test]
fn minor_units_are_those_of_iso_4217() {
    let listed = [
        ("JPY", 0, "1"),
        ("KRW", 0, "1"),
        ("CLP", 0, "1"),
        ("EUR", 2, "0.01"),
        ("USD", 2, "0.01"),
        ("GBP", 2, "0.01"),
        ("HUF", 2, "0.01"),
        ("KWD", 3, "0.001"),
        ("BHD", 3, "0.001"),
        ("CLF", 4, "0.0001"),
    ];
    for (code, decimals, unit) in listed {
        let currency = Currency::from_code(code);
        assert_eq!(
            currency.map(|known| known.decimals()),
            Some(decimals),
            "{code}"
        );
        assert_eq!(
            currency.map(|known| known.minor_unit()),
            Some(exact(unit)),
            "{code}"
        );
        assert_eq!(
            currency.map(|known| known.to_string()),
            Some(code.to_owned())
        );
    }
}

#[test]
fn only_listed_codes_are_currencies() {
    for code in ["", "EU", "EURO", "eur", "ZZZ", "€"] {
        assert_eq!(Currency::from_code(code), None, "{code:?}");
    }
    let euro = Currency::from_code("EUR");
    assert_eq!(euro.map(|known| known.name()), Some("Euro".to_owned()));
}
