//! Continuous improvement: a target that rises with the values that were achieved.

use quidpro::ledger::NoticeKind;
use quidpro::quantity::Exact;

use crate::clause::{amount, contract, mismatches, statements};
use crate::laws::choices::law;

/// Worked out by hand. The target is 80. 90 and 100 are above it: their average is 95, and the mean of 80 and 95 is
/// 87.5. 92 and 94 are above that: their average is 93, and the target becomes (87.5 + 93) / 2 = 90.25. Then 90 is a
/// miss.
#[test]
fn the_target_rises_to_the_mean_of_target_and_average() {
    let loaded = contract(
        "  input calls : calls\n  metric done is volume, calls, higher is better { calls }\n  charge fee 1_000 USD per month\n  \
         service level s on done { target 80 each month; credit 100 USD\n    \
         raised after 2 months in a row above target, to the mean of target and average }\n  \
         scenario \"up\" for 2026-01 to 2026-06 { given calls = 90 then 100 then 92 then 94 then 90 then 90\n    \
         expect target s = 80 calls then 80 calls then 87.5 calls then 87.5 calls then 90.25 calls then 90.25 calls\n    \
         expect credit s = 0 USD then 0 USD then 0 USD then 0 USD then 100 USD then 100 USD\n    \
         expect notice \"raised from 87.5 calls to 90.25 calls from the next month on, after 2 months in a row\" in 2026-04 }\n",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

/// Lower is better. 40 seconds, with 20 and 30 achieved, become the mean of 40 and 25: 32.5, rounded down to 32, but at
/// least 33.
#[test]
fn a_target_falls_where_lower_is_better() {
    let loaded = contract(
        "  input wait : seconds\n  metric asa is timeliness, seconds, lower is better { wait }\n  charge fee 1_000 USD per month\n  \
         service level s on asa { target 40 seconds each month; credit 100 USD\n    \
         lowered after 2 months in a row at or below target, to the mean of target and average rounded down to 1 second, at least 33 seconds }\n  \
         scenario \"down\" for 2026-01 to 2026-04 { given wait = 20 then 30 then 33 then 33\n    \
         expect target s = 40 seconds then 40 seconds then 33 seconds then 33 seconds\n    \
         expect credit s = 0 USD then 0 USD then 0 USD then 0 USD }\n",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

/// Quarters count as quarters, and a quarter exactly on the target is not above it.
#[test]
fn quarters_are_counted_where_the_target_is_settled_by_quarters() {
    let loaded = contract(
        "  input calls : calls\n  metric done is volume, calls, higher is better { calls }\n  charge fee 1_000 USD per month\n  \
         service level s on done of this month { target 80 each quarter; credit 100 USD\n    \
         raised after 2 quarters in a row above target, to the average }\n  \
         scenario \"up\" for 2026-01 to 2026-12 { given calls = 0 then 0 then 90 then 0 then 0 then 94 then 0 then 0 then 90 then 0 then 0 then 92\n    \
         expect target s = 80 calls then 80 calls then 80 calls then 80 calls then 80 calls then 80 calls then 92 calls\n    \
         expect credit s = 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 0 USD then 100 USD\n    \
         expect notice \"after 2 quarters in a row\" in 2026-06 }\n",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

/// The same as a loop: the target in force and the credits of random months, some of which are excused, and some
/// without data.
#[test]
fn the_target_in_force_is_what_a_loop_gives() {
    law(40, |c| {
        let needed = c.between(1, 4);
        let most = c.maybe(2, |c| c.between(85, 100));
        let mean = c.once_in(2);
        let at_target = c.once_in(2);
        let breaks = c.once_in(3);
        let side = if at_target { "at or above" } else { "above" };
        let to = if mean {
            "mean of target and average"
        } else {
            "average"
        };
        let bound = most.map_or(String::new(), |most| format!(", at most {most}"));
        let effect = if breaks { "breaks" } else { "keeps" };
        let loaded = contract(&format!(
            "  input calls : calls\n  input storm : calls\n  metric done is volume, calls, higher is better {{ calls }}\n  \
             charge fee 1_000 USD per month\n  service level s on done {{\n    target 80 each month\n    credit 100 USD\n    \
             excused when storm above 0\n    excused month {effect} the run\n    \
             raised after {needed} months in a row {side} target, to the {to}{bound}\n  }}\n"
        ));
        // The calls, and whether a storm excuses the month; nothing if the cell is empty.
        let months: Vec<Option<(i64, bool)>> = (0..12)
            .map(|_| {
                let month = (c.between(78, 100), c.once_in(6));
                (!c.once_in(10)).then_some(month)
            })
            .collect();
        let mut csv = String::from("month,calls,storm\n");
        for (at, month) in months.iter().enumerate() {
            let (calls, storm) = month.map_or((String::new(), 0), |(calls, storm)| {
                (calls.to_string(), i64::from(storm))
            });
            csv.push_str(&format!("2026-{:02},{calls},{storm}\n", at + 1));
        }
        let mut target = Exact::from_integer(80);
        let mut held: Vec<i64> = Vec::new();
        for (at, statement) in statements(&loaded, &csv).into_iter().enumerate() {
            let Some((calls, storm)) = months[at] else {
                if statement.is_ok() {
                    return Err(format!("month {at} has no data"));
                }
                continue;
            };
            let statement = statement?;
            let shown = statement
                .measures
                .iter()
                .find(|measure| measure.name == "s.target")
                .and_then(|measure| measure.value.clone());
            if shown.as_ref().map(|figure| &figure.value) != Some(&target) {
                return Err(format!(
                    "{shown:?} and not {target} in month {at} of {months:?}"
                ));
            }
            let value = Exact::from_integer(calls);
            let missed = value < target && !storm;
            let wanted = if missed { "-100" } else { "0" };
            if amount(&statement, "s") != wanted {
                return Err(format!("not {wanted} in month {at} of {months:?}"));
            }
            if storm {
                if breaks {
                    held.clear();
                }
                continue;
            }
            if value > target || (at_target && value == target) {
                held.push(calls);
            } else {
                held.clear();
            }
            let raised = i64::try_from(held.len()).unwrap() >= needed;
            let told = statement
                .notices
                .iter()
                .any(|notice| notice.kind == NoticeKind::NewTarget);
            if raised != told {
                return Err(format!("told {told} in month {at} of {months:?}"));
            }
            if raised {
                let sum = Exact::from_integer(held.iter().sum());
                let mut new = sum.divide(&Exact::from_integer(needed)).unwrap();
                if mean {
                    new = new.add(&target).divide(&Exact::from_integer(2)).unwrap();
                }
                if let Some(most) = most {
                    new = new.min(Exact::from_integer(most));
                }
                target = new.max(target);
                held.clear();
            }
        }
        Ok(())
    });
}
