//! A month's statement on paper: head, lines, measures and notices, in plain text without colour.

use crate::ledger::{Heading, Measure, Notice, Statement};
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{blanks, hanging, pad_right, width};
use crate::report::words::notice_kind_title;

use super::table::{Cell, Entry, Row, Table};
use super::{head, lines};

/// One month's statement, about 100 columns wide.
#[must_use]
pub fn render(heading: &Heading, statement: &Statement) -> String {
    let mut out = head::render(heading, statement);
    out.push('\n');
    out.push_str(&lines::render(statement));
    if !statement.measures.is_empty() {
        out.push_str("\nMeasures\n");
        out.push_str(&measures(&statement.measures));
    }
    if !statement.notices.is_empty() {
        out.push_str("\nNotices\n");
        out.push_str(&notices(&statement.notices));
    }
    out
}

fn measures(measures: &[Measure]) -> String {
    let rows = measures.iter().map(|measure| {
        Entry::Row(Row {
            depth: 1,
            label: vec![measure_label(measure)],
            cells: [Some(measure_cell(measure))],
        })
    });
    Table {
        titles: [""],
        entries: rows.collect(),
    }
    .render()
}

fn measure_label(measure: &Measure) -> String {
    let name = on_one_line(&measure.name);
    let mut label = match &measure.title {
        Some(title) => format!("{}, {name}", on_one_line(title)),
        None => name,
    };
    if let Some(clause) = &measure.clause {
        label.push_str(&format!(" ({})", on_one_line(clause)));
    }
    label
}

fn measure_cell(measure: &Measure) -> Cell {
    match &measure.value {
        Some(value) => Cell::new(&value.number(), value.unit()),
        None => Cell::new("–", "no value"),
    }
}

fn notices(notices: &[Notice]) -> String {
    let kinds = notices
        .iter()
        .map(|notice| width(notice_kind_title(notice.kind)))
        .max();
    notices
        .iter()
        .map(|notice| {
            let kind = pad_right(notice_kind_title(notice.kind), kinds.unwrap_or(0));
            let first = blanks(2) + &kind + &blanks(3);
            hanging(&first, &notice_text(notice))
        })
        .collect()
}

fn notice_text(notice: &Notice) -> String {
    let name = on_one_line(&notice.name);
    let mut text = format!("{name}: {}", on_one_line(&notice.text));
    if let Some(clause) = &notice.clause {
        text.push_str(&format!(" ({})", on_one_line(clause)));
    }
    text
}
