//! Misses that count only from the Nth onwards, and persistent failure: compared with a count by hand.

use quidpro::ledger::NoticeKind;

use crate::clause::{amount, contract, messages, statements};
use crate::laws::choices::{Choices, law};

/// The result of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Was {
    Good,
    Missed,
    Critical,
    Excused,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Run {
    Breaks,
    Keeps,
    Extends,
}

#[derive(Debug)]
struct Case {
    months: Vec<Was>,
    counts: Option<(usize, usize)>,
    run: Run,
    /// The number of failures, the number of months (none for in a row), and whether it is on top.
    persistent: Option<(usize, Option<usize>, bool)>,
}

fn case(c: &mut Choices<'_>) -> Case {
    let all = [
        Was::Good,
        Was::Missed,
        Was::Missed,
        Was::Critical,
        Was::Excused,
    ];
    Case {
        months: (0..12).map(|_| c.pick(&all)).collect(),
        counts: c.maybe(2, |c| {
            let within = c.below(8) + 1;
            (c.below(within) + 1, within)
        }),
        run: c.pick(&[Run::Breaks, Run::Keeps, Run::Extends]),
        persistent: c.maybe(2, |c| {
            let within = c.maybe(2, |c| c.below(6) + 1);
            (c.below(within.unwrap_or(4)) + 1, within, c.once_in(2))
        }),
    }
}

/// The contract's words. A miss costs 100, a critical one 500, and twice that from the second failure in a row onwards.
/// Persistent failure costs 7.
fn text(case: &Case) -> String {
    let mut text = String::from(
        "  input calls : calls\n  input storm : calls\n  metric done is volume, calls, higher is better { calls }\n  \
         charge fee 100_000 USD per month\n  service level s on done {\n    target 80 each month\n    critical below 50\n    \
         excused when storm above 0\n    credit 100 USD, critical 500 USD\n    repeated 2 months x 2\n",
    );
    if let Some((miss, within)) = case.counts {
        let ending = match miss {
            1 => "st",
            2 => "nd",
            3 => "rd",
            _ => "th",
        };
        let effect = match case.run {
            Run::Breaks => "breaks",
            Run::Keeps => "keeps",
            Run::Extends => "extends",
        };
        text.push_str(&format!(
            "    counts from the {miss}{ending} miss in {within} months\n    tolerated month {effect} the run\n"
        ));
    }
    if let Some((failures, within, on_top)) = case.persistent {
        let within = within.map_or("a row".to_owned(), |months| format!("{months} months"));
        let beside = if on_top { "on top" } else { "in place" };
        text.push_str(&format!(
            "    persistent after {failures} failures in {within}: 7 USD, {beside} of the credit\n"
        ));
    }
    text + "  }\n"
}

fn data(months: &[Was]) -> String {
    let mut csv = String::from("month,calls,storm\n");
    for (at, was) in months.iter().enumerate() {
        let (calls, storm) = match was {
            Was::Good => (80, 0),
            Was::Missed => (79, 0),
            Was::Critical => (49, 0),
            Was::Excused => (49, 1),
        };
        csv.push_str(&format!("2026-{:02},{calls},{storm}\n", at + 1));
    }
    csv
}

/// The credits, simply counted.
fn by_hand(case: &Case) -> Vec<i64> {
    let is_miss = |was: Was| matches!(was, Was::Missed | Was::Critical);
    let fails: Vec<bool> = (0..case.months.len())
        .map(|at| {
            let (miss, within) = case.counts.unwrap_or((1, 1));
            let from = (at + 1).saturating_sub(within);
            let misses = case.months[from..=at].iter().filter(|was| is_miss(**was));
            let counts = misses.count() >= miss || case.months[at] == Was::Critical;
            is_miss(case.months[at]) && counts
        })
        .collect();
    let mut run = 0;
    let mut credits = Vec::new();
    for (at, was) in case.months.iter().enumerate() {
        let tolerated = is_miss(*was) && !fails[at];
        match was {
            Was::Excused => {}
            Was::Good => run = 0,
            Was::Missed | Was::Critical if fails[at] => run += 1,
            Was::Missed | Was::Critical => match case.run {
                Run::Breaks => run = 0,
                Run::Keeps => {}
                Run::Extends => run += 1,
            },
        }
        let ordinary = if *was == Was::Critical { 500 } else { 100 };
        let credit = if run >= 2 { 2 * ordinary } else { ordinary };
        let persistent = case.persistent.filter(|(failures, within, _)| {
            let count = match within {
                None => run,
                Some(within) => {
                    let from = (at + 1).saturating_sub(*within);
                    fails[from..=at].iter().filter(|fails| **fails).count()
                }
            };
            count >= *failures
        });
        credits.push(match persistent {
            _ if tolerated || !fails[at] => 0,
            None => credit,
            Some((_, _, true)) => credit + 7,
            Some((_, _, false)) => 7,
        });
    }
    credits
}

#[test]
fn credits_are_what_counting_by_hand_gives() {
    law(60, |c| {
        let case = case(c);
        let loaded = contract(&text(&case));
        if !messages(&loaded).is_empty() {
            return Err(format!("{:?} of {}", messages(&loaded), text(&case)));
        }
        let found: Vec<String> = statements(&loaded, &data(&case.months))
            .into_iter()
            .map(|month| amount(&month.unwrap(), "s"))
            .collect();
        let wanted: Vec<String> = by_hand(&case)
            .into_iter()
            .map(|credit| (-credit).to_string())
            .collect();
        if found == wanted {
            Ok(())
        } else {
            Err(format!("{found:?} and not {wanted:?} for {case:?}"))
        }
    });
}

/// If the first miss counts, nothing is tolerated, and everything is as without the statement.
#[test]
fn counting_from_the_first_miss_changes_nothing() {
    law(20, |c| {
        let mut case = case(c);
        case.counts = None;
        let without = statements(&contract(&text(&case)), &data(&case.months));
        case.counts = Some((1, c.below(12) + 1));
        let with = statements(&contract(&text(&case)), &data(&case.months));
        let totals = |months: Vec<Result<quidpro::ledger::Statement, String>>| {
            let all = months.into_iter();
            all.map(|month| month.unwrap().total.to_string())
                .collect::<Vec<_>>()
        };
        let (without, with) = (totals(without), totals(with));
        (without == with)
            .then_some(())
            .ok_or_else(|| format!("{with:?} and not {without:?}"))
    });
}

/// A month that could not be computed does not count as a miss, and the months after it continue.
#[test]
fn a_month_without_data_is_no_miss() {
    let loaded = contract(
        "  input calls : calls\n  metric done is volume, calls, higher is better { calls }\n  charge fee 100_000 USD per month\n  \
         service level s on done { target 80 each month; credit 100 USD; counts from the 3rd miss in 4 months }\n",
    );
    let months = statements(
        &loaded,
        "month,calls\n2026-01,70\n2026-02,\n2026-03,70\n2026-04,70\n2026-05,70\n",
    );
    let credits: Vec<Option<String>> = months
        .iter()
        .map(|month| month.as_ref().ok().map(|month| amount(month, "s")))
        .collect();
    // January, March and April are three misses in four months, and so are March, April and May.
    let wanted = [Some("0"), None, Some("0"), Some("-100"), Some("-100")];
    assert_eq!(credits, wanted.map(|credit| credit.map(str::to_owned)));
    let kinds = |at: usize| -> Vec<NoticeKind> {
        let month = months[at].as_ref().unwrap();
        month.notices.iter().map(|notice| notice.kind).collect()
    };
    assert_eq!(kinds(2), [NoticeKind::Tolerated]);
    assert_eq!(kinds(3), [NoticeKind::Missed]);
}

/// A persistent failure without an ordinary credit: 5% of 100,000 from the second failure in three months onwards.
#[test]
fn persistent_failure_alone() {
    let loaded = contract(
        "  input calls : calls\n  metric done is volume, calls, higher is better { calls }\n  charge fee 100_000 USD per month\n  \
         service level s on done { target 80 each month; persistent after 2 failures in 3 months: 5% of charges }\n",
    );
    let months = statements(
        &loaded,
        "month,calls\n2026-01,70\n2026-02,90\n2026-03,70\n2026-04,90\n2026-05,70\n",
    );
    let credits: Vec<String> = months
        .into_iter()
        .map(|month| amount(&month.unwrap(), "s"))
        .collect();
    assert_eq!(credits, ["0", "0", "-5000", "0", "-5000"]);
}
