//! The agenda for people: what happens once, what repeats, what is counted from an event, and the days of a period.

use crate::agenda::{Event, Often};
use crate::calendar::Date;
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{WIDTH, pad_right, width, wrap};

use super::ContractAgenda;
use super::words::how_often;

/// The agenda as a page of text.
#[must_use]
pub fn render(contract: ContractAgenda<'_>) -> String {
    let agenda = contract.agenda;
    let mut out = on_one_line(&format!("{} · {}", contract.title, contract.file));
    out.push('\n');
    let Some(term) = agenda.term else {
        return out + "\nThe contract has no term, so nothing in it has a day.\n";
    };
    out += &format!("{} to {}\n", term.first, term.last);
    if let Some(listed) = contract.listed {
        out += &format!("\nFrom {} to {}\n", listed.first, listed.last);
        let days = days(contract, listed.first, listed.last);
        let rows = days.iter().map(|(day, event)| row(&day.to_string(), event));
        return out + &table(&rows.collect::<Vec<_>>(), "  nothing falls due");
    }
    let once = agenda.events.iter().filter(|event| event.repeats.is_none());
    let once: Vec<Row> = once
        .map(|event| row(&event.due.to_string(), event))
        .collect();
    out += &format!("\nOnce\n{}", table(&once, "  nothing"));
    let again: Vec<Row> = agenda
        .events
        .iter()
        .filter_map(|event| Some(row(&how_often(event)?, event)))
        .collect();
    if !again.is_empty() {
        out += &format!("\nRepeated\n{}", table(&again, ""));
    }
    let limits: Vec<Row> = agenda
        .limits
        .iter()
        .map(|limit| Row {
            when: format!("within {} after {}", limit.within, limit.after),
            what: on_one_line(&limit.what),
            clause: limit.clause.as_deref().map(on_one_line),
        })
        .collect();
    if !limits.is_empty() {
        out += &format!("\nCounted from an event\n{}", table(&limits, ""));
    }
    if agenda.events.iter().any(counts_working_days) {
        out += "\nWorking days are Monday to Friday. The contract names its holidays in words, so they are not left out.\n";
    }
    out
}

/// The days of a period with what is due on them, in order.
pub(super) fn days<'a>(
    contract: ContractAgenda<'a>,
    from: Date,
    to: Date,
) -> Vec<(Date, &'a Event)> {
    let events = contract.agenda.events.iter();
    let mut days: Vec<(Date, &Event)> = events
        .flat_map(|event| {
            event
                .days_in(from, to)
                .into_iter()
                .map(move |day| (day, event))
        })
        .collect();
    days.sort_by_key(|(day, event)| (*day, event.place));
    days
}

fn counts_working_days(event: &Event) -> bool {
    let often = event.repeats.map(|repeats| repeats.often);
    matches!(often, Some(Often::AfterMonth { working: true, .. }))
}

struct Row {
    when: String,
    what: String,
    clause: Option<String>,
}

fn row(when: &str, event: &Event) -> Row {
    Row {
        when: when.to_owned(),
        what: on_one_line(&event.what),
        clause: event.clause.as_deref().map(on_one_line),
    }
}

fn table(rows: &[Row], empty: &str) -> String {
    if rows.is_empty() {
        return format!("{empty}\n");
    }
    let first = rows.iter().map(|row| width(&row.when)).max().unwrap_or(0);
    let clauses = rows.iter().filter_map(|row| row.clause.as_deref());
    let last = clauses.map(width).max().map_or(0, |last| last.min(24) + 2);
    let middle = WIDTH.saturating_sub(first + last + 4).max(20);
    let widest = rows.iter().map(|row| width(&row.what)).max().unwrap_or(0);
    let middle = middle.min(widest);
    let mut out = String::new();
    for row in rows {
        let mut when = row.when.as_str();
        let mut clause = row.clause.as_deref().unwrap_or_default();
        for line in wrap(&row.what, middle) {
            let (when_shown, what) = (pad_right(when, first), pad_right(&line, middle));
            out += format!("  {when_shown}  {what}  {clause}").trim_end();
            out.push('\n');
            (when, clause) = ("", "");
        }
    }
    out
}
