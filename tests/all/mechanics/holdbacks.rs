//! Holdbacks: a share is kept back each month, and at the end of a period a measure decides how much is released.

use quidpro::ledger::{LineKind, NoticeKind, Statement};
use quidpro::quantity::Exact;

use crate::clause::{contract, messages, mismatches, statements};
use crate::laws::choices::law;

fn items(release: &str) -> String {
    format!(
        "input handled : contacts\ninput mark : percent\ncharge handling for handled at 1.01 USD\n\
         holdback retention 5% of charges each month, released each {release}"
    )
}

fn of_kind(statement: &Statement, kind: LineKind) -> Exact {
    let lines = statement.lines.iter().filter(|line| line.kind == kind);
    lines.fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}

#[test]
fn a_measure_decides_how_much_is_released() {
    let scenario = "scenario \"two quarters\" for 2026-01 to 2026-06 {\n\
          given handled = 10_000 then 10_000 then 20_000 then 0 then 0 then 10_000, mark = 90% then 90% then 70% then 0% then 0% then 59%\n\
          # 5% of 10,100, of 10,100 and of 20,200\n\
          expect holdback retention = 505 USD then 505 USD then 1_010 USD then 0 USD then 0 USD then 505 USD\n\
          # half of 2,020 at 70%, and nothing at 59%\n\
          expect release retention = 0 USD then 0 USD then 1_010 USD then 0 USD then 0 USD then 0 USD\n\
          expect notice \"1 010.00 USD of the 2 020.00 USD held back in this quarter are not released\" in 2026-03\n\
          expect no notice in 2026-02\n\
          expect notice \"505.00 USD of the 505.00 USD\" in 2026-06\n\
          expect total = 9_595 USD then 9_595 USD then 20_200 USD\n\
        }";
    let bands = "quarter by mark of this month { below 60%: 0%; below 80%: 50%; otherwise 100% }";
    let loaded = contract(&format!("{}\n{scenario}", items(bands)));
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_condition_releases_all_or_nothing() {
    let scenario = "scenario \"a year\" for 2026-01 to 2026-12 {\n\
          given handled = 1_000, mark = 90% then 90% then 79% then 90% then 90% then 80%\n\
          expect release retention = 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 151.50 USD\n\
        }";
    let loaded = contract(&format!(
        "{}\n{scenario}",
        items("quarter in full when mark of this month at least 80%")
    ));
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn nothing_is_lost_and_nothing_is_won() {
    law(60, |choices| {
        let share = choices.pick(&[100, 0, 37, 50]);
        let period = choices.pick(&["quarter", "contract year", "month"]);
        let of = if period == "month" {
            ""
        } else {
            " of this month"
        };
        let bands = format!("{period} by mark{of} {{ below 50%: {share}%; otherwise 100% }}");
        let loaded = contract(&items(&bands));
        let mut table = String::from("month,handled,mark\n");
        let mut marks = Vec::new();
        for month in 1..=12 {
            let mark = choices.between(0, 100);
            marks.push(mark);
            table.push_str(&format!(
                "2026-{month:02},{},{mark}%\n",
                choices.between(0, 999)
            ));
        }
        let (mut open, mut ends) = (Exact::zero(), 0);
        for (at, month) in statements(&loaded, &table).iter().enumerate() {
            let month = month.as_ref().unwrap();
            let held = of_kind(month, LineKind::Holdback).negate();
            let released = of_kind(month, LineKind::Release);
            open = open.add(&held);
            if held.is_negative() || released.is_negative() || released > open {
                return Err(format!("{released} of {open}\n{bands}\n{table}"));
            }
            let last = match period {
                "month" => true,
                "quarter" => at % 3 == 2,
                _ => at == 11,
            };
            if !last {
                if !released.is_zero() {
                    return Err(format!("{released} within the period\n{bands}\n{table}"));
                }
                continue;
            }
            ends += 1;
            let all = marks[at] >= 50 || share == 100;
            if all && released != open {
                return Err(format!("{released} of {open}\n{bands}\n{table}"));
            }
            if !all && share == 0 && !released.is_zero() {
                return Err(format!("{released} instead of nothing\n{bands}\n{table}"));
            }
            let kept = released < open;
            let told = month
                .notices
                .iter()
                .any(|notice| notice.kind == NoticeKind::Withheld);
            if kept != told {
                return Err(format!("{:?}\n{bands}\n{table}", month.notices));
            }
            open = Exact::zero();
        }
        if ends == 0 {
            return Err(format!("no period ended\n{table}"));
        }
        Ok(())
    });
}

#[test]
fn a_month_that_is_not_known_stops_the_month_of_the_release_only() {
    let loaded = contract(&items("quarter in full"));
    let table = "month,handled,mark\n2026-01,10,0%\n2026-02,,0%\n2026-03,10,0%\n2026-04,10,0%\n";
    let months = statements(&loaded, table);
    let invoiced: Vec<bool> = months.iter().map(Result::is_ok).collect();
    assert_eq!(invoiced, [true, false, false, true]);
}

#[test]
fn mistakes_are_told_once() {
    for (item, code) in [
        (
            "quarter by mark of this month { below 60%: 0%; otherwise 110% }",
            "not-a-part",
        ),
        (
            "quarter by mark of this month { below 60%: 0%; below 80%: 50% }",
            "band-gap",
        ),
        (
            "quarter by mark of this month { below 60%: 0; otherwise 1 }",
            "wrong-type",
        ),
        ("quarter", "missing-part"),
    ] {
        let loaded = contract(&items(item));
        let codes: Vec<&str> = loaded.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, [code], "{item}: {:?}", messages(&loaded));
    }
    let yearly = "charge fee 5 USD per month\nholdback retention 5% of charges each quarter, released each quarter in full";
    let loaded = contract(yearly);
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["not-each-month"]);
}
