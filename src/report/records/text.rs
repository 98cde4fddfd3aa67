//! A recount for a terminal.

use crate::quantity::{Exact, group_digits};
use crate::report::amount;
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{clipped, hanging, pad_left, pad_right};

use super::{Reading, Recount, Recounted, RecountedMonth};

/// The width of the column of names.
const NAMES: usize = 34;
/// The width of a column of numbers.
const NUMBERS: usize = 15;

/// The recount.
#[must_use]
pub fn render(recount: &Recount) -> String {
    let mut out = format!(
        "{}\nReported in {}, beside what the records give in {}\n",
        on_one_line(&recount.contract),
        on_one_line(&recount.files.0),
        on_one_line(&recount.files.1)
    );
    for month in &recount.months {
        out.push('\n');
        out += &of_month(recount, month);
    }
    for (account, month, file) in &recount.alone {
        let account = account
            .as_ref()
            .map_or_else(String::new, |name| format!(" of {}", on_one_line(name)));
        out += &format!(
            "\n{month}{account} is only in {}, so nothing was compared.\n",
            on_one_line(file)
        );
    }
    if recount.months.is_empty() {
        out += "\nThe two files have no month in common.\n";
    }
    out
}

fn of_month(recount: &Recount, month: &RecountedMonth) -> String {
    let mut out = month.month.to_string();
    if let Some(account) = &month.account {
        out += &format!(", {}", on_one_line(account));
    }
    out.push('\n');
    let different: Vec<&Recounted> = month.values.iter().filter(|one| !one.agrees()).collect();
    let agreeing = month.values.len() - different.len();
    if !different.is_empty() {
        let worth = format!("worth in {}", recount.currency);
        out += &row("", ["reported", "from records", "difference", &worth]);
    }
    for one in &different {
        let name = one.title.as_ref().unwrap_or(&one.column);
        let difference = one
            .difference()
            .map_or_else(|| "-".to_owned(), |by| signed(&number(&by)));
        let worth = one.worth.as_ref().map_or_else(
            || "no invoice".to_owned(),
            |worth| signed(&amount::grouped(worth, recount.currency)),
        );
        let cells = [
            &reading(&one.reported),
            &reading(&one.recounted),
            &difference,
            &worth,
        ];
        out += &row(&on_one_line(name), cells.map(String::as_str));
        let words = format!(
            "{} = {}",
            on_one_line(&one.column),
            on_one_line(&one.definition)
        );
        out += &hanging("      ", &words);
    }
    out += &match (agreeing, different.is_empty()) {
        (0, _) => String::new(),
        (1, true) => "  The one value that is counted from records agrees.\n".to_owned(),
        (_, true) => format!("  All {agreeing} values that are counted from records agree.\n"),
        (1, false) => "  1 other value agrees.\n".to_owned(),
        (_, false) => format!("  {agreeing} other values agree.\n"),
    };
    let total = |total: Option<&Exact>| {
        total.map_or_else(
            || "no invoice".to_owned(),
            |total| amount::grouped(total, recount.currency),
        )
    };
    let worth = month.worth().map_or_else(
        || "-".to_owned(),
        |worth| signed(&amount::grouped(&worth, recount.currency)),
    );
    let (reported, recounted) = (
        total(month.reported_total.as_ref()),
        total(month.recounted_total.as_ref()),
    );
    out += &row(
        &format!("Invoice in {}", recount.currency),
        [&reported, &recounted, &worth, ""],
    );
    if different
        .iter()
        .any(|one| one.recounted == Reading::Missing)
    {
        out += &hanging(
            "  ",
            "An empty value means that records of the month cannot be used, or that there were none to measure. `quidpro records sql \
             --checks` says which.",
        );
    }
    out
}

fn row(name: &str, cells: [&str; 4]) -> String {
    let mut line = format!("  {}", pad_right(&clipped(name, NAMES), NAMES));
    for cell in cells {
        line += &pad_left(cell, NUMBERS);
    }
    format!("{}\n", line.trim_end())
}

fn reading(reading: &Reading) -> String {
    match reading {
        Reading::Value(value) => number(value),
        Reading::Missing => "nothing".to_owned(),
        Reading::Unreadable => "unreadable".to_owned(),
    }
}

/// A value with as many decimals as it has.
pub(super) fn number(value: &Exact) -> String {
    let places = value.decimal_places().unwrap_or(6);
    group_digits(&value.to_fixed(places), ' ')
}

fn signed(text: &str) -> String {
    if text.starts_with('-') || text.chars().all(|sign| matches!(sign, '0' | '.')) {
        return text.to_owned();
    }
    format!("+{text}")
}
