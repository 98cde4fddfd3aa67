//! Credits and bonuses below 0 count as 0 before they are combined with anything else.

use quidpro::driver::Loaded;

use crate::clause::{amount, contract, statements};
use crate::laws::choices::law;

/// What each month takes off under that name.
fn taken(loaded: &Loaded, name: &str, csv: &str) -> Vec<String> {
    let months = statements(loaded, csv).into_iter();
    months
        .map(|month| amount(&month.unwrap(), name).replace('-', ""))
        .collect()
}

/// A level that is missed in every month. The data states its credit and its amount for persistent failure.
fn missed(statements: &str) -> Loaded {
    contract(&format!(
        "input a : number\ninput b : number\ninput share : number\n\
         metric m is quality, percent, higher is better {{ 50% }}\ncharge fee 1_000 USD per month\n\
         service level s on m {{ target 90% each month; {statements} }}"
    ))
}

#[test]
fn persistent_failure_is_not_lowered_by_a_credit_below_zero() {
    let items = "input csat_mark : number\n\
         metric csat is satisfaction, 1 to 5, higher is better { csat_mark }\n\
         service level care on csat { target 4.5 each month; credit (csat - 4.0) * 1_000 USD\n\
         persistent after 2 failures in 3 months: 500 USD on top of the credit }";
    let csv = "month,csat_mark\n2026-01,3.8\n2026-02,3.8\n2026-03,4.2\n";
    assert_eq!(taken(&contract(items), "care", csv), ["0", "500", "700"]);
}

#[test]
fn neither_part_of_a_credit_nets_against_another() {
    let on_top = missed(
        "credit a * 1 USD; repeated 2 months x 2\n\
         persistent after 2 failures in a row: b * 1 USD on top of the credit",
    );
    let in_place = missed(
        "credit a * 1 USD; repeated 2 months x 2\n\
         persistent after 2 failures in a row: b * 1 USD in place of the credit",
    );
    law(30, |c| {
        let (a, b) = (c.between(-50, 50), c.between(-50, 50));
        let csv = format!("month,a,b,share\n2026-01,{a},{b},0\n2026-02,{a},{b},0\n");
        let (credit, more) = (a.max(0), b.max(0));
        let wanted = [credit.to_string(), (2 * credit + more).to_string()];
        let found = taken(&on_top, "s", &csv);
        if found != wanted {
            return Err(format!("{a} and {b} on top: {found:?}, not {wanted:?}"));
        }
        let wanted = [credit.to_string(), more.to_string()];
        let found = taken(&in_place, "s", &csv);
        (found == wanted).then_some(()).ok_or(format!(
            "{a} and {b} in its place: {found:?}, not {wanted:?}"
        ))
    });
}

#[test]
fn a_factor_below_zero_takes_nothing_from_what_comes_on_top() {
    let level = missed(
        "credit 100 USD; repeated 2 months x a\n\
         persistent after 2 failures in a row: 500 USD on top of the credit",
    );
    let csv = "month,a,b,share\n2026-01,-1,0,0\n2026-02,-1,0,0\n2026-03,2,0,0\n";
    assert_eq!(taken(&level, "s", csv), ["100", "500", "700"]);
}

#[test]
fn a_line_shows_the_share_that_counts() {
    let level = contract(
        "input share : percent between -10% and 10%\ncharge fee 1_000 USD per month\n\
         metric m is quality, percent, higher is better { 50% }\n\
         service level s on m { target 90% each month; credit share of fee\n\
         persistent after 2 failures in a row: 5% of fee on top of the credit }",
    );
    let csv = "month,share\n2026-01,-2%\n2026-02,-2%\n2026-03,2%\n";
    let months = statements(&level, csv).into_iter().map(Result::unwrap);
    let lines: Vec<String> = months
        .map(|month| {
            let line = month.lines.iter().find(|line| line.name == "s").unwrap();
            let rate = line.rate.as_ref().unwrap();
            format!("{rate} {}", line.amount.abs())
        })
        .collect();
    assert_eq!(lines, ["0% 0", "5% 50", "7% 70"]);
}

#[test]
fn a_member_below_zero_takes_nothing_from_the_other() {
    let items = "dimension d { x, y }\ninput n : number by d\ncredit k by d = n * 1 USD\n\
         bonus good by d = n * 1 USD\ncredit other = 30 USD\nonly the largest of k, other";
    let csv = "month,n.x,n.y\n2026-01,40,-20\n";
    let loaded = contract(items);
    assert_eq!(taken(&loaded, "k.x", csv), ["40"]);
    assert_eq!(taken(&loaded, "k.y", csv), ["0"]);
    assert_eq!(taken(&loaded, "good.y", csv), ["0"]);
    // 40 - 20 would have been less than 30.
    assert_eq!(taken(&loaded, "other", csv), ["0"]);
}
