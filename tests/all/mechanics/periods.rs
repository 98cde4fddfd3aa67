//! The months that something covers if it is settled over several: charges and counts, KPIs, targets, limits.

use quidpro::driver::Loaded;

use crate::clause::{amount, contract, messages, mismatches, statements};
use crate::laws::choices::law;

const SPEED: &str = "input asked : calls\ninput quick : calls\n\
    metric speed is timeliness, percent, higher is better { quick / asked; if nothing to measure, no value }\n\
    charge fee 10_000 USD per month\n";

fn codes(loaded: &Loaded) -> Vec<&str> {
    let found = loaded.diagnostics.iter();
    found.map(|finding| finding.code).collect()
}

/// The codes of the findings about a contract with these items.
fn refused(items: &str) -> Vec<String> {
    let loaded = contract(&format!("{SPEED}{items}"));
    codes(&loaded).into_iter().map(str::to_owned).collect()
}

fn sound(items: &str) -> Vec<String> {
    mismatches(&contract(&format!("{SPEED}{items}")))
}

#[test]
fn a_kpi_says_of_which_months_it_is() {
    let level = |on: &str| {
        sound(&format!(
            "service level l on {on} {{ target 80% each quarter; credit 500 USD; no value excused }}\n\
             scenario \"50%, 50%, 80%\" for 2026-01 to 2026-03 {{ given asked = 100, quick = 50 then 50 then 80\n\
             expect credit l = 0 USD then 0 USD then {} USD }}",
            if on.ends_with("quarter") { 500 } else { 0 }
        ))
    };
    assert_eq!(level("speed of the quarter"), [""; 0]);
    assert_eq!(level("speed of this month"), [""; 0]);
    let open =
        "service level l on speed { target 80% each quarter; credit 500 USD; no value excused }";
    assert_eq!(refused(open), ["open-measure"]);
}

#[test]
fn every_item_asks_of_which_months() {
    for (items, code) in [
        ("credit k each quarter = 3% of charges", "open-base"),
        ("credit k each quarter = 3% of fee", "open-base"),
        (
            "credit k each contract year = 3 USD per call of asked",
            "open-base",
        ),
        (
            "credit k each quarter = 3 USD when asked > 5 calls",
            "open-base",
        ),
        (
            "bonus k on speed { at least 80%: 5 USD; no value: 0 USD } each quarter",
            "open-measure",
        ),
        (
            "points p on asked each quarter { below 5: 1 point }",
            "open-base",
        ),
        (
            "points p = 1 point per call of asked each quarter",
            "open-base",
        ),
        (
            "points p = 1 point each quarter { excused when asked > 5 calls }",
            "open-base",
        ),
        (
            "service level l on speed of the quarter { target 80% each quarter; credit 3% of charges; no value excused }",
            "open-base",
        ),
        (
            "service level l on speed of the quarter { target 80% each quarter; critical below 50%; credit 3 USD, critical 3% of fee; no value excused }",
            "open-base",
        ),
        (
            "service level l on speed { target 80% each month; no value excused }\nat risk 10% of charges each quarter { l 100% }",
            "open-base",
        ),
        (
            "service level l on speed of the quarter { target 80% each quarter; no value excused }\nat risk 10% of charges each month { l 100% }",
            "open-base",
        ),
        (
            "service level l on speed { target 80% each month; no value excused }\nat risk 10% of charges of the quarter each quarter { l 100% }",
            "open-limit",
        ),
        (
            "credit k = 3 USD\nlimit k to 3% of charges each quarter",
            "open-base",
        ),
        (
            "credit k = 3 USD\nlimit k to 3% of charges of the quarter each quarter",
            "open-limit",
        ),
        (
            "credit k = 3 USD\nlimit k to 3% of charges of the term over the term",
            "open-limit",
        ),
        (
            "credit k = 3 USD\nlimit k to 3% of charges of the whole quarter each contract year",
            "whole-period",
        ),
        (
            "credit k each quarter = 3% of charges of the whole quarter",
            "whole-period",
        ),
        (
            "input rate : percent\ncredit k each quarter = rate of charges of the quarter",
            "open-base",
        ),
        (
            "input down : yes or no\ncredit k each quarter = 5 USD when down",
            "open-base",
        ),
        (
            "let part = 3% of charges\ncredit k each quarter = part",
            "open-base",
        ),
        (
            "input spent : USD\nshare gain s on spent against 5 USD per call of asked each quarter { gain 50% to supplier; pain nothing }",
            "open-base",
        ),
        (
            "holdback h 5% of charges each month, released each quarter in full when asked > 5 calls",
            "open-base",
        ),
        (
            "holdback h 5% of charges each month, released each quarter by speed { below 50%: 0%; otherwise 100%; no value: 0% }",
            "open-measure",
        ),
    ] {
        let found = refused(items);
        assert_eq!(found, [code], "{items}");
    }
}

#[test]
fn what_says_itself_of_which_months_it_is_is_not_asked() {
    for items in [
        "credit k each quarter = 3% of charges of the quarter",
        "credit k each quarter = 3% of (sum of charges over last 2 months)",
        "let part = 3% of charges of the quarter\ncredit k each quarter = part",
        "let part = 300 USD, from 2026-03-01 400 USD\ncredit k each quarter = part",
        "credit a each quarter = 3 USD\ncredit b each quarter = 50% of a",
        "points p on speed of the quarter each quarter { below 80%: 1 point }\ncredit k each quarter = 3 USD per point of total points",
        "service level l on speed of the quarter { target 80% each quarter; no value excused }\nat risk 10% of charges of the quarter each quarter { l 100% }",
        "metric smooth is timeliness, percent, higher is better { (sum of quick over calendar quarter) / (sum of asked over calendar quarter) }\n\
         service level l on smooth { target 80% each quarter; credit 5 USD }",
        "credit k each quarter = 3 USD when month of year is 12",
        "credit k each month = 3% of charges",
    ] {
        let items = items.replace(
            "below 80%: 1 point }",
            "below 80%: 1 point; no value: 0 points }",
        );
        assert_eq!(refused(&items), [""; 0], "{items}");
    }
}

/// The KPI of a quarter is that of all its counts, whatever replaces it in single months.
#[test]
fn the_quarter_is_the_sum_of_its_counts() {
    law(30, |c| {
        let months: Vec<(i64, i64)> = (0..12)
            .map(|_| {
                let asked = c.between(0, 9);
                (asked, if asked == 0 { 0 } else { c.between(0, asked) })
            })
            .collect();
        let loaded = contract(&format!(
            "{SPEED}credit k each quarter = 10_000 USD * bands of speed of the quarter {{ below 100%: 0.5; otherwise 1; no value: 0.25 }}\n\
             service level l on speed of the quarter {{ target 60% each quarter; credit 1 USD; no value failed }}"
        ));
        let mut table = String::from("month,asked,quick\n");
        for (at, (asked, quick)) in months.iter().enumerate() {
            table.push_str(&format!("2026-{:02},{asked},{quick}\n", at + 1));
        }
        for (at, month) in statements(&loaded, &table).iter().enumerate() {
            let month = month.as_ref().map_err(Clone::clone)?;
            let quarter = &months[at - at % 3..=at];
            let asked: i64 = quarter.iter().map(|(asked, _)| asked).sum();
            let quick: i64 = quarter.iter().map(|(_, quick)| quick).sum();
            let ends = at % 3 == 2;
            let missed = asked == 0 || quick * 10 < asked * 6;
            let level = if ends && missed { "-1" } else { "0" };
            let bands = match (ends, asked) {
                (false, _) => "0",
                (true, 0) => "-2500",
                (true, _) if quick < asked => "-5000",
                (true, _) => "-10000",
            };
            for (name, wanted) in [("l", level), ("k", bands)] {
                if amount(month, name) != wanted {
                    return Err(format!(
                        "{name} in {}: {} and not {wanted}\n{table}",
                        at + 1,
                        amount(month, name)
                    ));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn what_a_metric_says_holds_for_the_sum() {
    let items = "metric care is timeliness, percent, higher is better { quick / asked rounded half up to 1%\n\
           needs asked >= 300 calls, otherwise 100% }\n\
         credit k each quarter = 100 USD when care of the quarter below 80%\n\
         scenario \"enough in the quarter\" for 2026-01 to 2026-03 { given asked = 100, quick = 79 then 79 then 80\n\
           expect care = 100%, credit k = 0 USD then 0 USD then 100 USD }\n\
         scenario \"79.67% is 80%\" for 2026-01 to 2026-03 { given asked = 100, quick = 79 then 80 then 80\n\
           expect credit k = 0 USD }\n\
         scenario \"too few\" for 2026-01 to 2026-03 { given asked = 99, quick = 9; expect credit k = 0 USD }";
    assert_eq!(sound(items), [""; 0]);
}

#[test]
fn metrics_of_metrics_and_definitions_are_summed_through() {
    let items = "let missed = asked - quick\n\
         let part = missed / asked\n\
         metric loss is abandonment, percent, lower is better { part }\n\
         metric double is abandonment, percent, lower is better, between 0% and 200% { loss + loss }\n\
         metric daily is volume, calls, higher is better { asked / days in month }\n\
         credit a each quarter = 10_000 USD when loss of the quarter is 30%\n\
         credit b each quarter = 100 USD when double of the quarter is 60%\n\
         credit c each quarter = 10 USD when daily of the quarter is 10 calls\n\
         scenario \"90 of 300 and of 300, 600\" for 2026-01 to 2026-03 { given asked = 200 then 100 then 600, quick = 200 then 10 then 420\n\
           expect credit a = 0 USD then 0 USD then 10_000 USD, credit b = 0 USD then 0 USD then 100 USD\n\
           expect credit c = 0 USD then 0 USD then 10 USD }";
    assert_eq!(sound(items), [""; 0]);
}

#[test]
fn a_member_has_its_own_quarter() {
    let items = "dimension channel { voice, mail }\ninput done : contacts by channel\ninput good : contacts by channel\n\
         metric solved by channel is resolution, percent, higher is better { good / done }\n\
         service level l by channel on solved of the quarter { target 80% each quarter; credit 5 USD }\n\
         credit k each quarter = 7 USD when solved.mail of the quarter below 80%\n\
         scenario \"voice is good in the quarter, mail is not\" for 2026-01 to 2026-03 {\n\
           given asked = 1, quick = 1, done.voice = 100, good.voice = 60 then 90 then 90, done.mail = 100, good.mail = 60 then 80 then 80\n\
           expect credit l.voice = 0 USD, credit l.mail = 0 USD then 0 USD then 5 USD, credit k = 0 USD then 0 USD then 7 USD }";
    assert_eq!(sound(items), [""; 0]);
}

#[test]
fn what_does_not_add_up_is_refused_with_the_reason() {
    for metric in [
        "input up : percent\nmetric m is availability, percent, higher is better { up }",
        "metric m is timeliness, percent, higher is better { quick / asked; if nothing to measure, last known value }",
        "metric m is timeliness, percent, higher is better { quick / asked; if missing, average of last 3 months }",
        "metric m is timeliness, percent, higher is better { average of (quick / asked) over last 3 months }",
        "input flag : yes or no\nmetric m is timeliness, percent, higher is better { if flag then 100% else quick / asked }",
        "input up : percent\nlet inner = (up + up) / 2\nmetric m is availability, percent, higher is better { inner }",
    ] {
        let items =
            format!("{metric}\ncredit k each quarter = 5 USD when m of the quarter below 80%");
        assert_eq!(refused(&items), ["cannot-be-summed"], "{items}");
    }
}

const FAILING: &str =
    "input failed : failures\ncharge fee = 1_000 USD\ncredit late = 1 USD per failure of failed\n";

/// The credits of a period are min(all of them, its limit), whichever of its months they arise in.
#[test]
fn a_limit_of_the_whole_period_is_known_at_its_end() {
    law(30, |c| {
        let (period, window, length) = c.pick(&[
            ("each quarter", "the whole quarter", 3),
            ("each contract year", "the whole contract year", 12),
            ("each calendar year", "the whole calendar year", 12),
            ("over the term", "the whole term", 12),
        ]);
        let failed: Vec<i64> = (0..12).map(|_| c.between(0, 300)).collect();
        let loaded = contract(&format!(
            "{FAILING}limit credits to 10% of charges of {window} {period}"
        ));
        let mut table = String::from("month,failed\n");
        for (at, failed) in failed.iter().enumerate() {
            table.push_str(&format!("2026-{:02},{failed}\n", at + 1));
        }
        let mut taken = 0;
        for (at, month) in statements(&loaded, &table).iter().enumerate() {
            let month = month.as_ref().map_err(Clone::clone)?;
            let total: i64 = month
                .total
                .to_string()
                .parse()
                .map_err(|_| "total".to_owned())?;
            taken += 1_000 - total;
            let months = i64::try_from(at % length).unwrap_or(0) + 1;
            if taken > 100 * months {
                return Err(format!("{taken} in {months} months\n{table}"));
            }
            if (at + 1) % length == 0 {
                let all: i64 = failed[at + 1 - length..=at].iter().sum();
                let wanted = all.min(100 * months);
                if taken != wanted {
                    return Err(format!("{taken} and not {wanted} {period}\n{table}"));
                }
                taken = 0;
            }
        }
        Ok(())
    });
}

#[test]
fn a_target_is_the_period_s_or_written_for_each_month() {
    let shares = |target: &str| {
        format!(
            "input spent : USD\ncharge work = spent\n\
             share gain saving on spent against {target} each contract year {{ gain 50% to supplier; pain 50% to supplier }}\n\
             scenario \"a year at 90,000 a month\" for 2026-01 to 2026-12 {{ given asked = 1, quick = 1, spent = 90_000 USD\n\
             expect adjustment saving = 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 60_000 USD }}"
        )
    };
    assert_eq!(sound(&shares("1_200_000 USD")), [""; 0]);
    assert_eq!(sound(&shares("100_000 USD per month")), [""; 0]);
}

#[test]
fn a_part_of_a_period_is_asked_where_the_target_is_fixed() {
    let of = |target: &str, part: &str| {
        let text = format!(
            "contract c \"C\" {{\n currency USD\n term 2026-01-01 to 2026-08-31\n round each line half up to 0.01 USD\n input spent : USD\n \
             charge work = spent\n share gain saving on spent against {target} each quarter{part} {{ gain 50% to supplier; pain nothing }}\n \
             scenario \"the last two months\" for 2026-07 to 2026-08 {{ given spent = 90 USD; expect total = 90 USD then 100 USD }}\n}}\n"
        );
        quidpro::driver::load("c.quid", &text, &crate::clause::NoFiles)
    };
    assert_eq!(codes(&of("300 USD", "")), ["open-part-period"]);
    // 200 against 180: half of 20 on top.
    assert_eq!(
        mismatches(&of("300 USD", ", pro rata for a part quarter")),
        [""; 0]
    );
    assert_eq!(mismatches(&of("100 USD per month", "")), [""; 0]);
    let whole = of("300 USD", ", in full for a part quarter");
    assert_eq!(messages(&whole), [""; 0]);
}

#[test]
fn an_amount_for_each_month_is_the_sum_of_the_period_s() {
    let items = "credit k each quarter = 500 USD per month\ncredit j each quarter = 500 USD\n\
         scenario \"a quarter\" for 2026-01 to 2026-03 { given asked = 1, quick = 1\n\
         expect credit k = 0 USD then 0 USD then 1_500 USD, credit j = 0 USD then 0 USD then 500 USD }";
    assert_eq!(sound(items), [""; 0]);
}

/// The safe fixes spell out what language 1 meant. A contract that states language 1 ends as one in language 2.
#[test]
fn the_first_language_is_fixed_into_the_second() {
    let mut text = format!(
        "contract c \"C\" {{\n  currency USD\n  term 2026-01-01 to 2026-12-31\n  round each line half up to 0.01 USD\n  language 1\n  {}\n  \
         input spent : USD\n  credit k each quarter = 3% of charges\n  credit late = 3 USD\n  limit late to 3% of charges of the quarter each quarter\n  \
         share gain saving on spent against 40_000 USD each quarter {{ gain 50% to supplier; pain nothing }}\n}}\n",
        SPEED.replace('\n', "\n  ")
    );
    for _ in 0..4 {
        let loaded = quidpro::driver::load("c.quid", &text, &crate::clause::NoFiles);
        let edits: Vec<_> = loaded
            .diagnostics
            .iter()
            .filter_map(|finding| finding.fix.as_ref())
            .filter(|fix| fix.safe)
            .flat_map(|fix| &fix.edits)
            .collect();
        if edits.is_empty() {
            assert_eq!(messages(&loaded), [""; 0]);
            break;
        }
        text = quidpro::diagnostic::apply_edits(&text, &edits).unwrap();
    }
    for words in [
        "language 2",
        "3% of charges of this month",
        "charges of the quarter so far each quarter",
        "40_000 USD per month each quarter",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

/// An amount that is written for each month of a longer period is the sum over its months.
#[test]
fn a_limit_and_an_amount_at_risk_can_be_written_for_each_month() {
    assert_eq!(
        sound(
            "credit late = 300 USD
  limit credits to 100 USD per month each quarter
  scenario \"what January leaves is there for February\" for 2026-01 to 2026-02 {
    given asked = 1, quick = 1
    expect credit late = 100 USD then 100 USD
  }"
        ),
        [""; 0]
    );
}
