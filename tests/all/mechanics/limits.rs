//! Limits: over which months, what happens to the excess, and what follows when they are reached.

use quidpro::ledger::{LineKind, NoticeKind, Statement};

use crate::clause::{amount, contract, messages, statements};
use crate::laws::choices::{Choices, law};

/// A fee of 1,000 USD, a credit of as many dollars as there are failures, and the words about it.
fn failing(words: &str) -> String {
    format!(
        "input failed : failures\ncharge fee = 1_000 USD\n\
         credit late = 1 USD per failure of failed\n{words}"
    )
}

fn rows(failed: &[i64]) -> String {
    let rows = failed.iter().enumerate();
    let rows: String = rows
        .map(|(at, failed)| format!("2026-{:02},{failed}\n", at + 1))
        .collect();
    format!("month,failed\n{rows}")
}

fn of_kind(month: &Statement, kind: LineKind) -> i64 {
    let lines = month.lines.iter().filter(|line| line.kind == kind);
    lines
        .map(|line| line.amount.to_string().parse::<i64>().unwrap())
        .sum()
}

/// The amount that each month takes off by lines of that kind.
fn taken(words: &str, failed: &[i64], kind: LineKind) -> Vec<i64> {
    let loaded = contract(&failing(words));
    let months = statements(&loaded, &rows(failed));
    let of = |month: &Result<Statement, String>| -of_kind(month.as_ref().unwrap(), kind);
    months.iter().map(of).collect()
}

#[test]
fn rolling_months_leave_what_the_months_before_did_not_use() {
    let taken = taken(
        "limit credits to 100 USD each rolling 3 months",
        &[60, 60, 60, 60, 60, 0, 0, 100],
        LineKind::Credit,
    );
    // 60; 100 - 60; nothing; 100 - 40; 100 - 60; then January's to May's have gone.
    assert_eq!(taken, [60, 40, 0, 60, 40, 0, 0, 100]);
}

#[test]
fn over_the_term_there_is_one_amount() {
    let taken = taken(
        "limit credits to 100 USD over the term",
        &[60, 30, 30, 30],
        LineKind::Credit,
    );
    assert_eq!(taken, [60, 30, 10, 0]);
}

#[test]
fn a_share_of_the_quarter_grows_with_its_months() {
    let words = "limit credits to 10% of charges of the quarter so far each quarter";
    let taken = taken(words, &[150, 0, 300, 150], LineKind::Credit);
    // 10% of 1,000; 10% of 2,000 less 100; 10% of 3,000 less 100; a new quarter.
    assert_eq!(taken, [100, 0, 200, 100]);
}

#[test]
fn a_share_of_this_month_stays_as_it_is() {
    let words = "limit credits to 10% of charges of this month each quarter";
    let taken = taken(words, &[60, 60, 60, 60], LineKind::Credit);
    assert_eq!(taken, [60, 40, 0, 60]);
}

#[test]
fn a_definition_says_itself_what_it_is() {
    let words = "let yearly = 12 * 1_000 USD\nlimit credits to 1% of yearly each contract year";
    let taken = taken(words, &[100, 100], LineKind::Credit);
    assert_eq!(taken, [100, 20]);
}

const CARRIED: &str = "limit credits to 100 USD each month, the excess carried forward";

#[test]
fn the_excess_waits_for_room() {
    let words = format!("{CARRIED}, paid out at the end of the term");
    let failed = [250, 130, 40, 0, 0, 0, 0, 0, 0, 0, 90, 180];
    // 150 is carried; February adds 30; March has room for 60 of 180, April for 100, May for the last 20.
    assert_eq!(
        taken(&words, &failed, LineKind::Credit),
        [100, 100, 40, 0, 0, 0, 0, 0, 0, 0, 90, 100]
    );
    assert_eq!(
        taken(&words, &failed, LineKind::CarriedForward),
        [0, 0, 60, 100, 20, 0, 0, 0, 0, 0, 0, 0]
    );
    // December's excess has no later month.
    assert_eq!(
        taken(&words, &failed, LineKind::PaidOut),
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 80]
    );
}

#[test]
fn the_oldest_is_used_first_and_lapses_first() {
    let words = "limit credits to 100 USD each month, the excess carried forward for 2 months, \
                 paid out at the end of the term";
    let failed = [150, 120, 90, 0, 0];
    // January's 50 can be used in February and March: March has room for 10, and 40 lapse. February's 20 are used in April.
    assert_eq!(
        taken(words, &failed, LineKind::CarriedForward),
        [0, 0, 10, 20, 0]
    );
    let loaded = contract(&failing(words));
    let months = statements(&loaded, &rows(&failed));
    let march = months[2].as_ref().unwrap();
    let lapsed = march
        .notices
        .iter()
        .find(|notice| notice.text.contains("lapses"));
    assert_eq!(
        lapsed.unwrap().text,
        "40.00 USD lapses: it was carried forward for 2 months"
    );
}

#[test]
fn what_is_carried_counts_in_a_limit_behind_it() {
    let words = format!(
        "{CARRIED}, lapsing at the end of the term\ncredit other = 30 USD when failed = 0 failures\n\
         limit late to 50 USD each month"
    );
    // The first limit covers all credits, and the second only `late`. What the second cuts is gone.
    let first = taken(&words, &[200, 0, 0], LineKind::CarriedForward);
    assert_eq!(first, [0, 70, 30]);
}

#[test]
fn a_bonus_is_carried_forward_to_the_supplier() {
    let items = failing(
        "limit bonuses to 100 USD each month, the excess carried forward, paid out at the end of the term",
    )
    .replace("credit late", "bonus late");
    let months = statements(&contract(&items), &rows(&[130, 90]));
    let february = months[1].as_ref().unwrap();
    assert_eq!(of_kind(february, LineKind::CarriedForward), 10);
    assert_eq!(february.total.to_string(), "1100");
}

#[test]
fn nothing_cut_is_lost() {
    // (the words, the number of months for which the excess waits, whether the rest is paid out)
    let forms = [
        (", paid out at the end of the term", 99, true),
        (", lapsing at the end of the term", 99, false),
        (" for 1 month, paid out at the end of the term", 1, true),
        (" for 3 months, lapsing at the end of the term", 3, false),
    ];
    let all = forms
        .map(|(words, wait, paid)| (contract(&failing(&format!("{CARRIED}{words}"))), wait, paid));
    law(12, |choices: &mut Choices<'_>| {
        let failed: Vec<i64> = (0..12).map(|_| choices.between(0, 260)).collect();
        for (loaded, wait, paid) in &all {
            let months = statements(loaded, &rows(&failed));
            let mut waiting: Vec<(usize, i64)> = Vec::new();
            for (at, month) in months.iter().enumerate() {
                let month = month.as_ref().unwrap();
                let own = failed[at].min(100);
                let mut room = 100 - own;
                let mut used = 0;
                for (_, left) in &mut waiting {
                    let take = (*left).min(room);
                    *left -= take;
                    room -= take;
                    used += take;
                }
                waiting.push((at, failed[at] - own));
                waiting.retain(|(from, left)| at - from < *wait && *left > 0);
                let rest: i64 = waiting.iter().map(|(_, left)| left).sum();
                let due = if at == 11 && *paid { rest } else { 0 };
                let found = [
                    LineKind::Credit,
                    LineKind::CarriedForward,
                    LineKind::PaidOut,
                ]
                .map(|kind| -of_kind(month, kind));
                if found != [own, used, due] {
                    return Err(format!("{found:?}, not {own}, {used}, {due}: {failed:?}"));
                }
                if found[0] + found[1] > 100 {
                    return Err(format!("beyond the limit: {found:?}"));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_failed_month_stops_those_that_it_might_have_left_room_to() {
    for words in [
        "limit credits to 100 USD each rolling 2 months",
        "limit credits to 100 USD each quarter",
    ] {
        let loaded = contract(&failing(words));
        let months = statements(&loaded, "month,failed\n2026-03,\n2026-04,1\n2026-05,1\n");
        let found: Vec<bool> = months.iter().map(Result::is_ok).collect();
        // What April could use is unknown, and so is what it leaves for May. A new quarter starts again.
        let anew = words.contains("quarter");
        assert_eq!(found, [false, anew, anew]);
    }
    let loaded = contract(&failing("limit credits to 100 USD over the term"));
    let months = statements(&loaded, "month,failed\n2026-03,\n2026-04,1\n");
    assert!(months[1].is_err());
}

#[test]
fn a_limit_reached_often_gives_a_right_to_terminate() {
    let words = "limit credits to 100 USD each month, the excess lapses, terminate after 2 times in 3 months\n\
                 limit late to 500 USD each month, terminate after 2 times in a row";
    let loaded = contract(&failing(words));
    let months = statements(&loaded, &rows(&[100, 99, 130, 0, 0, 100, 700, 700]));
    let told: Vec<Vec<String>> = months
        .iter()
        .map(|month| {
            let notices = month.as_ref().unwrap().notices.iter();
            let chronic = notices.filter(|notice| notice.kind == NoticeKind::ChronicFailure);
            chronic.map(|notice| notice.text.clone()).collect()
        })
        .collect();
    let times = |count| {
        vec![format!(
            "{count} times in 3 months at the limit of 100 USD each month: the customer may terminate"
        )]
    };
    let none: Vec<String> = Vec::new();
    // Exactly 100 is at the limit. May has none, so June's is the first of two.
    assert_eq!(told[..3], [none.clone(), none.clone(), times(2)]);
    assert_eq!(told[3..6], [none.clone(), none.clone(), none]);
    // The first limit leaves nothing for the second to cut.
    assert_eq!(told[6..], [times(2), times(3)]);
}

#[test]
fn whose_charges_and_what_becomes_of_the_rest_must_be_said() {
    let of = |words: &str| messages(&contract(&failing(words))).join("; ");
    let open = "the contract does not say which months `charges` are meant for";
    assert_eq!(of("limit credits to 10% of charges each quarter"), open);
    assert_eq!(of("limit credits to 10% of charges over the term"), open);
    assert_eq!(
        of("limit credits to min(10% of charges, 50 USD) each rolling 12 months"),
        open
    );
    assert_eq!(of("limit credits to 10% of charges each month"), "");
    assert_eq!(
        of("limit credits to 10 USD each month, the excess carried forward"),
        "the contract does not say what happens to what is still carried forward at the end of the term"
    );
    assert_eq!(
        of(
            "bonus b = 5 USD\nlimit credits and bonuses to 10 USD each month, the excess carried forward, \
            paid out at the end of the term"
        ),
        "an excess of credits and of bonuses cannot be carried forward as one amount"
    );
    assert_eq!(
        of("input p : percent\nnotice n \"N\" when p of the quarter above 5%"),
        "`p` is a percentage, which does not add up over several months"
    );
}

#[test]
fn the_parts_of_a_limit_come_in_any_order() {
    let words = "limit credits to 100 USD each month, terminate after 2 times in a row, the excess carried forward, \
                 paid out at the end of the term \"Schedule 3\"";
    let loaded = contract(&failing(words));
    let months = statements(&loaded, &rows(&[150, 0]));
    assert_eq!(amount(months[1].as_ref().unwrap(), "credits"), "-50");
}

/// What each month takes off for a credit, which has members if `members` is set. According to `words`, small credits
/// wait or the limit's excess is carried.
fn with_members(members: bool, words: &str, failed: &[i64]) -> Vec<String> {
    let by = if members { " by team" } else { "" };
    let items = format!(
        "dimension team {{ red, blue }}\ninput failed : failures{by}\ncharge fee = 1_000 USD\n\
         credit late{by} = 1 USD per failure of failed\n{words}"
    );
    let rows = failed.iter().enumerate().map(|(at, failed)| {
        let blue = if members { ",0" } else { "" };
        format!("2026-{:02},{failed}{blue}\n", at + 1)
    });
    let columns = if members {
        "failed.red,failed.blue"
    } else {
        "failed"
    };
    let table = format!("month,{columns}\n{}", rows.collect::<String>());
    let charged = quidpro::quantity::Exact::from_integer(1_000);
    let months = statements(&contract(&items), &table).into_iter();
    months
        .map(|month| charged.subtract(&month.unwrap().total).to_string())
        .collect()
}

#[test]
fn a_limit_by_name_holds_members_and_what_is_carried_of_them() {
    let words = "credits below 200 USD each are carried forward, paid out at the end of the term\n\
                 limit late to 250 USD each month";
    // 150 wait in January, and in February 310 are too many.
    for members in [false, true] {
        assert_eq!(
            with_members(members, words, &[150, 160, 0]),
            ["0", "250", "0"]
        );
    }
    let excess = "the excess carried forward, paid out at the end of the term";
    let first = |name: &str| {
        format!("limit {name} to 100 USD each month, {excess}\nlimit late to 120 USD each month")
    };
    let cut = with_members(false, &first("late"), &[150, 60, 90, 100]);
    assert_eq!(cut, ["100", "100", "100", "100"]);
    assert_eq!(
        with_members(true, &first("late.red"), &[150, 60, 90, 100]),
        cut
    );
}

#[test]
fn one_member_is_held_as_no_member_is() {
    law(30, |c| {
        let failed: Vec<i64> = (0..6).map(|_| c.between(0, 300)).collect();
        let least = c.between(0, 200);
        let (first, second) = (c.between(0, 300), c.between(0, 300));
        let excess = "the excess carried forward, lapsing at the end of the term";
        let words = |member: &str| {
            format!(
                "credits below {least} USD each are carried forward, paid out at the end of the term\n\
                 limit late{member} to {first} USD each month, {excess}\nlimit late to {second} USD each month"
            )
        };
        let (with, without) = (
            with_members(true, &words(".red"), &failed),
            with_members(false, &words(""), &failed),
        );
        (with == without).then_some(()).ok_or(format!(
            "{with:?} with members, {without:?} without, of {failed:?} under\n{}",
            words("")
        ))
    });
}
