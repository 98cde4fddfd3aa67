//! Months and periods of a contract.

use proptest::prelude::*;
use quidpro::calendar::{Date, Month, Period};

fn month(text: &str) -> Month {
    Month::parse(text).unwrap_or_else(|| unreachable!("{text} is a month"))
}

fn date(text: &str) -> Date {
    text.parse()
        .unwrap_or_else(|_| unreachable!("{text} is a date"))
}

fn period(first: &str, last: &str) -> Period {
    Period::new(date(first), date(last))
        .unwrap_or_else(|| unreachable!("{first} is not after {last}"))
}

#[test]
fn a_month_is_a_year_and_a_number() {
    let february = month("2026-02");
    assert_eq!((february.year(), february.number()), (2026, 2));
    assert_eq!(Month::new(2026, 2), Some(february));
    assert_eq!(Month::of(date("2026-02-28")), february);
    assert_eq!(february.index(), 2026 * 12 + 1);
    assert_eq!(format!("{february} {february:?}"), "2026-02 2026-02");
    assert_eq!(month("0001-01").to_string(), "0001-01");
}

#[test]
fn what_is_not_a_month_is_refused() {
    for text in [
        "",
        "2026",
        "2026-",
        "2026-2",
        "2026-00",
        "2026-13",
        "0000-01",
        "26-02",
        "2026-02-01",
        "+026-02",
        "2026-+2",
        "20 6-02",
        "2026/02",
        " 2026-02",
        "２０２６-02",
        "12026-02",
    ] {
        assert_eq!(Month::parse(text), None, "{text:?}");
    }
    assert_eq!(Month::new(0, 1), None);
    assert_eq!(Month::new(10_000, 1), None);
    assert_eq!(Month::new(2026, 0), None);
    assert_eq!(Month::new(2026, u32::MAX), None);
}

#[test]
fn months_count_across_years() {
    assert_eq!(month("2026-11").plus(3), month("2027-02"));
    assert_eq!(month("2027-02").plus(-3), month("2026-11"));
    assert_eq!(month("2027-02").since(month("2026-11")), 3);
    assert_eq!(month("2026-11").since(month("2027-02")), -3);
    assert!(month("2026-12") < month("2027-01"));
}

#[test]
fn quarters_start_in_january_april_july_and_october() {
    let starts = [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10];
    for (number, start) in (1..=12).zip(starts) {
        let quarter = Month::new(2026, number).map(Month::quarter_start);
        assert_eq!(quarter, Month::new(2026, start), "month {number}");
        let year = Month::new(2026, number).map(Month::year_start);
        assert_eq!(year, Month::new(2026, 1), "month {number}");
    }
}

#[test]
fn days_follow_the_gregorian_calendar() {
    let lengths = [
        ("2026-01", 31),
        ("2026-02", 28),
        ("2028-02", 29),
        ("2000-02", 29),
        ("2100-02", 28),
        ("2026-04", 30),
        ("9999-12", 31),
    ];
    for (text, days) in lengths {
        assert_eq!(month(text).days(), days, "{text}");
    }
    assert_eq!(month("2028-02").first_day(), Some(date("2028-02-01")));
    assert_eq!(month("2028-02").last_day(), Some(date("2028-02-29")));
}

#[test]
fn a_period_has_every_month_that_it_touches() {
    let term = period("2026-01-31", "2026-03-01");
    for (text, within) in [
        ("2025-12", false),
        ("2026-01", true),
        ("2026-02", true),
        ("2026-03", true),
        ("2026-04", false),
    ] {
        assert_eq!(term.has_month(month(text)), within, "{text}");
    }
    assert!(period("2026-01-01", "2026-01-01").has_month(month("2026-01")));
    assert_eq!(Period::new(date("2026-01-02"), date("2026-01-01")), None);
}

#[test]
fn contract_years_run_from_the_first_month() {
    let term = period("2026-04-15", "2029-04-14");
    for (text, start) in [
        ("2026-04", "2026-04"),
        ("2027-03", "2026-04"),
        ("2027-04", "2027-04"),
        ("2028-01", "2027-04"),
        ("2026-03", "2025-04"),
    ] {
        assert_eq!(
            term.contract_year_start(month(text)),
            month(start),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn months_print_as_they_are_read(year in 1..=9999_i32, number in 1..=12_u32) {
        let made = Month::new(year, number);
        let text = format!("{year:04}-{number:02}");
        prop_assert_eq!(Month::parse(&text), made);
        prop_assert_eq!(made.map(|month| month.to_string()), Some(text));
        prop_assert_eq!(made.map(Month::year), Some(year));
        prop_assert_eq!(made.map(Month::number), Some(number));
    }

    #[test]
    fn counting_is_undone_by_counting_back(
        year in 1000..=9000_i32,
        number in 1..=12_u32,
        months in -12_000..=12_000_i32,
    ) {
        if let Some(start) = Month::new(year, number) {
            let end = start.plus(months);
            prop_assert_eq!(end.since(start), months);
            prop_assert_eq!(end.plus(-months), start);
            prop_assert_eq!(end.index() - start.index(), months);
        }
    }

    #[test]
    fn periods_start_at_most_their_length_before(
        year in 1000..=9000_i32,
        number in 1..=12_u32,
        first in 1..=12_u32,
    ) {
        let term = period(&format!("2026-{first:02}-01"), "2030-12-31");
        if let Some(month) = Month::new(year, number) {
            prop_assert!((0..3).contains(&month.since(month.quarter_start())));
            prop_assert!((0..12).contains(&month.since(month.year_start())));
            let start = term.contract_year_start(month);
            prop_assert!((0..12).contains(&month.since(start)));
            prop_assert_eq!(start.number(), first);
        }
    }
}
