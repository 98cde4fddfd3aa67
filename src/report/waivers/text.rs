//! Waivers for people, the next to end first.

use super::super::layout::hanging;
use super::{Row, State};
use crate::report::escape::terminal::on_one_line;

/// All waivers, with an empty line after each, then the number of waivers.
#[must_use]
pub fn render(rows: &[Row]) -> String {
    let mut out: String = rows.iter().map(one).collect();
    out.push_str(&summary(rows));
    out
}

fn one(row: &Row) -> String {
    let mut out = format!("{}  {}\n", row.until, ends(row));
    let mut add = |first: &str, text: &str| {
        let indent = format!("  {first:9}");
        out.push_str(&hanging(&indent, &on_one_line(text)));
    };
    add("waives", &row.rule);
    add("for", &row.clause);
    add("because", &row.because);
    if let Some(reference) = &row.reference {
        add("ref", reference);
    }
    add("in", &format!("{}:{}", row.file, row.line));
    out.push('\n');
    out
}

/// When it ends, counted from today.
fn ends(row: &Row) -> String {
    let days = |count: i64| format!("{count} day{}", if count == 1 { "" } else { "s" });
    match row.state {
        State::Ended => format!("ended {} ago", days(-row.days)),
        State::Unused => format!("unused; {} left", days(row.days)),
        State::InForce => format!("{} left", days(row.days)),
    }
}

fn summary(rows: &[Row]) -> String {
    let count = |state: State| rows.iter().filter(|row| row.state == state).count();
    let plural = if rows.len() == 1 { "" } else { "s" };
    let beside: Vec<String> = [State::Ended, State::Unused]
        .into_iter()
        .filter(|state| count(*state) > 0)
        .map(|state| format!("{} {}", count(state), state.word()))
        .collect();
    let beside = if beside.is_empty() {
        String::new()
    } else {
        format!(", {}", beside.join(", "))
    };
    format!("{} waiver{plural}{beside}\n", rows.len())
}
