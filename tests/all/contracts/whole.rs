//! Whole contracts with two years of data: totals worked out without the program, and the notices of the important
//! months.

use quidpro::calendar::Month;
use quidpro::ledger::Statement;
use quidpro::quantity::Exact;

use super::{Path, ROOT, fs, invoices, load};

/// The statements of `contracts/whole/NAME` under the named file. Their totals are those in `totals.csv`, and their
/// lines sum to these totals.
fn statements(name: &str, file: &str) -> Vec<Statement> {
    let folder = format!("contracts/whole/{name}");
    let loaded = load(&format!("{folder}/{file}"));
    let statements = invoices(&loaded, &format!("{folder}/data.csv"));
    let stated = fs::read_to_string(Path::new(ROOT).join(&folder).join("totals.csv")).unwrap();
    let stated: Vec<(Month, Exact)> = stated
        .lines()
        .skip(1)
        .map(|line| {
            let (month, total) = line.split_once(',').unwrap();
            (
                Month::parse(month).unwrap(),
                Exact::parse_decimal(total).unwrap(),
            )
        })
        .collect();
    let found: Vec<(Month, Exact)> = statements
        .iter()
        .map(|statement| (statement.month, statement.total.clone()))
        .collect();
    assert_eq!(found, stated, "{name}");
    assert_eq!(found.len(), 24, "{name}");
    for statement in &statements {
        let lines = statement
            .lines
            .iter()
            .fold(Exact::default(), |sum, line| sum.add(&line.amount));
        assert_eq!(lines, statement.total, "{name}, {}", statement.month);
    }
    statements
}

/// Each month's statement has a notice of that item with these words.
fn has_notices(statements: &[Statement], wanted: &[(&str, &str, &str)]) {
    for (month, name, words) in wanted {
        let month_wanted = Month::parse(month).unwrap();
        let statement = statements.iter().find(|found| found.month == month_wanted);
        let notices = &statement.unwrap().notices;
        let found = notices
            .iter()
            .any(|notice| notice.name == *name && notice.text.contains(words));
        assert!(found, "{month}, {name}: {words}: {notices:?}");
    }
}

#[test]
fn two_years_of_retail_care() {
    let statements = statements("retail_care", "amendment_1.quid");
    has_notices(
        &statements,
        &[
            (
                "2025-01",
                "speed.german",
                "74.8%, below the target of 80%; no credit",
            ),
            ("2025-06", "speed.german", "77.2%, below the target of 80%"),
            ("2025-08", "csat", "if missing, last known value"),
            (
                "2025-11",
                "patience",
                "≈10.3542%, above the target of 5%; no credit",
            ),
            ("2025-12", "patience", "≈5.5231%, above the target of 5%"),
            (
                "2026-02",
                "csat",
                "needs surveys >= 100, otherwise average of last 3 months",
            ),
            ("2026-05", "speed.french", "77.1%, below the target of 82%"),
            (
                "2026-08",
                "chat_speed",
                "≈82.4050%, below the target of 85%",
            ),
            (
                "2026-09",
                "speed.french",
                "4 failures in 6 months: the customer may terminate",
            ),
            (
                "2026-09",
                "limit",
                "10 989.23 EUR cut to 8 791.38 EUR by the limit of 4% of charges",
            ),
        ],
    );
    let without = ["2025-03", "2025-10", "2026-01", "2026-04", "2026-07"];
    for statement in statements {
        if without.contains(&statement.month.to_string().as_str()) {
            assert_eq!(statement.notices, [], "{}", statement.month);
        }
    }
}

#[test]
fn two_years_of_claims_processing() {
    let statements = statements("claims_processing", "amendment_1.quid");
    has_notices(
        &statements,
        &[
            ("2025-01", "prompt", "`excused in the first 2 months`"),
            ("2025-04", "prompt", "tolerated, as miss 1 in 6 months"),
            (
                "2025-06",
                "content_claimants",
                "target raised from 80% to 81.6%",
            ),
            ("2025-08", "contentment", "if missing, last known value"),
            (
                "2025-09",
                "retention",
                "6 317.00 USD of the 12 634.01 USD held back",
            ),
            ("2025-10", "complaint_handling", "`excused when storm`"),
            ("2026-02", "accuracy", "needs sampled >= 150"),
            (
                "2026-06",
                "prompt",
                "3 failures in 6 months: the customer may terminate",
            ),
            (
                "2026-06",
                "limit",
                "13 790.84 USD cut to 12 769.28 USD by the limit of claims_risk",
            ),
            ("2026-07", "contentment", "needs claimants_asked >= 60"),
            ("2026-08", "complaint_handling", "above the target of 0.25%"),
            (
                "2026-10",
                "limit",
                "3 265.43 USD cut to 1 298.64 USD by the limit of 28_000 USD",
            ),
            (
                "2026-11",
                "limit",
                "3 951.79 USD cut to 0.00 USD by the limit of 28_000 USD",
            ),
        ],
    );
    let without = [
        "2025-02", "2025-05", "2025-11", "2025-12", "2026-01", "2026-09",
    ];
    for statement in statements {
        if without.contains(&statement.month.to_string().as_str()) {
            assert_eq!(statement.notices, [], "{}", statement.month);
        }
    }
}

#[test]
fn two_years_of_a_service_desk() {
    let statements = statements("service_desk", "amendment_1.quid");
    let step_in = "8 or more service points in 3 of 6 months";
    has_notices(
        &statements,
        &[
            (
                "2025-04",
                "restoration_points.high",
                "no points, because the contract says `excused in the first 2 months`",
            ),
            (
                "2025-08",
                "restoration_points.high",
                "90.625%: 6 points, as failure 2 in a row",
            ),
            ("2025-10", "satisfaction", "if missing, last known value"),
            (
                "2025-12",
                "restoration_points.high",
                "no points, because the contract says `excused when customer_freeze`",
            ),
            (
                "2026-01",
                "satisfaction",
                "needs ratings >= 40, otherwise last known value",
            ),
            (
                "2026-04",
                "restoration_points.high",
                "≈92.1348%: 2 points, as failure 3 in a row",
            ),
            (
                "2026-06",
                "limit",
                "23 651.76 GBP cut to 21 588.53 GBP by the limit of 10% of charges each month",
            ),
            ("2026-06", "credits", "2 063.23 GBP is carried forward"),
            (
                "2026-06",
                "service_points",
                "16 429.79 GBP, applied to the next invoice",
            ),
            (
                "2026-08",
                "limit",
                "15 190.14 GBP cut to 11 196.48 GBP by the limit of 45_000 GBP each contract year",
            ),
        ],
    );
    for statement in statements {
        let month = statement.month.to_string();
        let told = statement
            .notices
            .iter()
            .any(|notice| notice.text.contains(step_in));
        let due = ["2026-06", "2026-08"].contains(&month.as_str());
        assert_eq!(told, due, "{month}");
        let quiet = ["2025-09", "2025-11", "2026-07", "2026-09", "2027-03"];
        if quiet.contains(&month.as_str()) {
            assert_eq!(statement.notices, [], "{month}");
        }
    }
}
