//! Several amendments: their order, their files, and the text in force in a month.

use super::{amendment, base, findings, load, totals};

const CSV: &str = "month,handled\n2026-01,10\n2026-02,10\n2026-03,10\n2026-04,10\n2026-05,10\n";

const ITEMS: &str = "  input handled : calls\n  charge desk for handled at 1 GBP";

fn price(name: &str, uses: &str, effective: &str, pounds: u32) -> String {
    let change = format!("  replace charge desk for handled at {pounds} GBP");
    amendment(name, uses, effective, &change)
}

#[test]
fn each_builds_on_the_one_before() {
    let loaded = load(&[
        ("a2.quid", &price("a2", "a1.quid", "2026-04-01", 3)),
        ("a1.quid", &price("a1", "base.quid", "2026-02-01", 2)),
        ("base.quid", &base(ITEMS)),
    ]);
    assert_eq!(totals(&loaded, CSV), ["10", "20", "20", "30", "30"]);
    let contract = loaded.contracts.first().unwrap();
    assert_eq!(contract.former.len(), 2);
}

/// A file with only the first amendment means the contract as it was when only that one was signed.
#[test]
fn a_file_means_the_contract_up_to_itself() {
    let loaded = load(&[
        ("a1.quid", &price("a1", "base.quid", "2026-02-01", 2)),
        ("base.quid", &base(ITEMS)),
    ]);
    assert_eq!(totals(&loaded, CSV), ["10", "20", "20", "20", "20"]);
}

/// Of several amendments with the same date the last one counts, and the text between them need not make sense.
#[test]
fn amendments_of_one_date_are_read_together() {
    let first = amendment("a1", "base.quid", "2026-03-01", "  remove input handled");
    let second = amendment(
        "a2",
        "a1.quid",
        "2026-03-01",
        "  remove charge desk\n  add charge lump 5 GBP per month",
    );
    let loaded = load(&[
        ("a2.quid", &second),
        ("a1.quid", &first),
        ("base.quid", &base(ITEMS)),
    ]);
    assert_eq!(totals(&loaded, CSV), ["10", "10", "5", "5", "5"]);
    assert_eq!(loaded.contracts.first().unwrap().former.len(), 1);
    let alone = load(&[("a1.quid", &first), ("base.quid", &base(ITEMS))]);
    assert!(!alone.is_sound());
}

#[test]
fn one_file_may_hold_the_contract_and_its_amendments() {
    let text =
        base(ITEMS) + &price("a1", "base.quid", "2026-03-01", 2).replace("use \"base.quid\"", "");
    assert_eq!(
        totals(&load(&[("one.quid", &text)]), CSV),
        ["10", "10", "20", "20", "20"]
    );
}

#[test]
fn an_amendment_on_the_first_day_replaces_the_contract_from_the_beginning() {
    let loaded = load(&[
        ("a1.quid", &price("a1", "base.quid", "2026-01-01", 2)),
        ("base.quid", &base(ITEMS)),
    ]);
    assert_eq!(totals(&loaded, CSV), ["20", "20", "20", "20", "20"]);
}

#[test]
fn amendments_may_use_libraries() {
    let kpis = "library kpis { metric load is volume, calls { handled } }";
    let change = "  add credit low = 4 GBP when load below 11 calls";
    let text = format!(
        "use \"kpis.quid\"\n{}",
        amendment("a1", "base.quid", "2026-04-01", change)
    );
    let loaded = load(&[
        ("a1.quid", &text),
        ("base.quid", &base(ITEMS)),
        ("kpis.quid", kpis),
    ]);
    assert_eq!(totals(&loaded, CSV), ["10", "10", "10", "6", "6"]);
}

#[test]
fn a_mistake_in_the_contract_is_reported_in_its_file() {
    let loaded = load(&[
        ("a1.quid", &price("a1", "base.quid", "2026-03-01", 2)),
        (
            "base.quid",
            &base("  input handled : calls\n  charge desk for handed at 1 GBP"),
        ),
    ]);
    assert!(!loaded.is_sound());
    let shown = findings(&loaded);
    assert!(shown.contains("base.quid:8"), "{shown}");
    assert_eq!(loaded.diagnostics.len(), 1, "{shown}");
}

#[test]
fn a_circle_is_an_error_and_ends() {
    let loaded = load(&[
        ("a2.quid", &price("a2", "a1.quid", "2026-04-01", 3)),
        (
            "a1.quid",
            &format!(
                "use \"a2.quid\"\n{}",
                price("a1", "base.quid", "2026-02-01", 2)
            ),
        ),
        ("base.quid", &base(ITEMS)),
    ]);
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["circular-use"]);
    let own = load(&[("a1.quid", &price("a1", "a1.quid", "2026-02-01", 2))]);
    assert!(
        own.diagnostics
            .iter()
            .any(|found| found.code == "circular-use")
    );
}

/// Two libraries that use each other are read once each, as before.
#[test]
fn a_circle_of_libraries_does_no_harm() {
    let loaded = load(&[
        ("main.quid", &format!("use \"one.quid\"\n{}", base(ITEMS))),
        (
            "one.quid",
            "use \"two.quid\"\nlibrary one { let half = 0.5 }",
        ),
        (
            "two.quid",
            "use \"one.quid\"\nlibrary two { let third = 0.3 }",
        ),
    ]);
    assert!(loaded.is_sound(), "{}", findings(&loaded));
}
