//! `quidpro show`: the text in force in a month, which is a contract of its own.

use quidpro::calendar::Month;
use quidpro::driver::show;

use super::{amended, amendment, base, findings, load, printed};

const ITEMS: &str = "
  # --- what is measured
  input handled : calls   # as the switch has it
  input letters : calls

  # --- what is paid
  charge desk for handled at 1 GBP \"Schedule 1\"
  charge post for letters at 1 GBP
  scenario \"one\" for 2026-01 { given handled = 1, letters = 1; expect total = 2 GBP }";

const CHANGES: &str = "  # Prices rise.
  replace charge desk for handled at 2 GBP \"First Amendment\"
  remove charge post
  remove input letters
  add charge chat 5 GBP per month";

fn month(text: &str) -> Option<Month> {
    Some(Month::parse(text).unwrap())
}

#[test]
fn the_text_of_a_month() {
    let loaded = amended(ITEMS, "2026-03-01", CHANGES);
    let first = show(&loaded, 0, month("2026-02")).unwrap();
    let second = show(&loaded, 0, month("2026-03")).unwrap();
    assert_eq!(
        first,
        "# `deal` as it reads in 2026-02, without amendments\n
contract deal \"Deal\" {
  customer \"A\"
  supplier \"B\"
  currency GBP
  term 2026-01-01 to 2027-12-31
  round each line half up to 0.01 GBP

  # --- what is measured
  input handled : calls  # as the switch has it
  input letters : calls

  # --- what is paid
  charge desk for handled at 1 GBP \"Schedule 1\"
  charge post for letters at 1 GBP
}
"
    );
    assert_eq!(
        second,
        "# `deal` as it reads in 2026-03, with amendments up to a1, effective 2026-03-01\n
contract deal \"Deal\" {
  customer \"A\"
  supplier \"B\"
  currency GBP
  term 2026-01-01 to 2027-12-31
  round each line half up to 0.01 GBP

  # --- what is measured
  input handled : calls  # as the switch has it

  # as of amendment a1, effective 2026-03-01
  # Prices rise.
  charge desk for handled at 2 GBP \"First Amendment\"
  # as of amendment a1, effective 2026-03-01
  charge chat 5 GBP per month
}
"
    );
    assert_eq!(
        show(&loaded, 0, None),
        Some(second.replace(" in 2026-03, ", ", "))
    );
    assert_eq!(show(&loaded, 1, None), None);
}

/// What is printed is sound, and gives the same statements for its months.
#[test]
fn what_is_printed_computes_the_same() {
    let loaded = amended(ITEMS, "2026-03-01", CHANGES);
    let csv = [
        "month,handled,letters\n2026-02,7,3\n",
        "month,handled\n2026-03,9\n",
    ];
    for (at, csv) in ["2026-02", "2026-03"].into_iter().zip(csv) {
        let text = show(&loaded, 0, month(at)).unwrap();
        let alone = load(&[("shown.quid", &text)]);
        assert!(alone.diagnostics.is_empty(), "{}", findings(&alone));
        assert_eq!(printed(&alone, csv), printed(&loaded, csv), "{at}");
        assert_eq!(
            show(&alone, 0, month(at)).unwrap().lines().skip(1).count() + 1,
            text.lines().count()
        );
    }
}

#[test]
fn libraries_are_used_and_amended_contracts_are_not() {
    let change = "  add metric load is volume, calls { handled }";
    let text = format!(
        "use standard contact_centre\n{}",
        amendment("a1", "base.quid", "2026-03-01", change)
    );
    let base = format!("use \"kpis.quid\"\n{}", base(ITEMS));
    let loaded = load(&[
        ("a1.quid", &text),
        ("base.quid", &base),
        ("kpis.quid", "library kpis { let half = 0.5 }"),
    ]);
    let shown = show(&loaded, 0, None).unwrap();
    let uses: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with("use"))
        .collect();
    assert_eq!(uses, ["use standard contact_centre", "use \"kpis.quid\""]);
}
