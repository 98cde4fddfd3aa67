//! Scorecards for a terminal.

use crate::quantity::Exact;
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{clipped, hanging, pad_left, pad_right, width};
use crate::report::words::notice_kind_title;

use super::words::{
    brief, called, due, heading, kind_sum, missed, months, moved, nearest, open, paid,
    paid_in_year, plainly, right, run, standing,
};
use super::{Dashboard, Kpi, Section};

/// The bars of a trend, from the least to the greatest value.
const BARS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];

/// The most columns of a KPI's name.
const NAME: usize = 18;

/// The scorecards as text.
#[must_use]
pub fn render(dashboard: &Dashboard) -> String {
    let mut out = String::new();
    if dashboard.sections.len() > 1 {
        out.push_str(&paragraph("", &heading(dashboard)));
        out.push('\n');
        out.push_str(&summary(dashboard));
        let near = dashboard
            .sections
            .iter()
            .filter_map(|section| Some(format!("{}: {}", called(section), nearest(section)?)));
        out.push_str(&list("Nearest termination rights", near));
        out.push('\n');
    }
    for (at, section) in dashboard.sections.iter().enumerate() {
        if at > 0 {
            out.push_str("\n\n");
        }
        out.push_str(&one(section));
    }
    out
}

fn paragraph(before: &str, text: &str) -> String {
    hanging(before, &on_one_line(text))
}

/// The contracts side by side.
fn summary(dashboard: &Dashboard) -> String {
    let mut rows = vec![row([
        "contract",
        "month",
        "",
        "invoice",
        "year to date",
        "credits, year",
        "missed",
    ])];
    for section in &dashboard.sections {
        let credits = kind_sum(section, "credit").year;
        rows.push(row([
            &clipped(&on_one_line(&called(section)), 30),
            &section.month.to_string(),
            &section.currency.to_string(),
            &plainly(section.invoice.month.as_ref(), section.currency),
            &plainly(Some(&section.invoice.year), section.currency),
            &plainly(Some(&credits), section.currency),
            &missed(section),
        ]));
    }
    table(&rows, &[false, false, false, true, true, true, true])
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// Rows in columns; `right` says which are aligned to the right.
fn table(rows: &[Vec<String>], right: &[bool]) -> String {
    let widths: Vec<usize> = (0..right.len())
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| width(cell)).max().unwrap_or(0)
        })
        .collect();
    let lines = rows.iter().map(|row| {
        let mut line = String::from("  ");
        for ((cell, columns), right) in row.iter().zip(&widths).zip(right) {
            if line.len() > 2 {
                line.push_str("  ");
            }
            line.push_str(&if *right {
                pad_left(cell, *columns)
            } else {
                pad_right(cell, *columns)
            });
        }
        format!("{}\n", line.trim_end())
    });
    lines.collect()
}

fn one(section: &Section) -> String {
    let mut out = paragraph("", &format!("{} · {}", called(section), section.file));
    out.push_str(&paragraph(
        "",
        &format!("{}, from {}", months(section), section.data),
    ));
    if !section.refused.is_empty() {
        out.push_str(&paragraph(
            "",
            &format!("{} has no invoice: {}", section.month, section.refused),
        ));
    }
    out.push('\n');
    out.push_str(&amounts(section));
    if !section.kpis.is_empty() {
        out.push('\n');
        out.push_str(&kpis(section));
    }
    out.push_str(&list(
        "Open earn-backs",
        section.open.iter().map(|one| open(one, section.currency)),
    ));
    let levels = section.levels.iter().flat_map(|level| {
        let first = format!("{}: {}", level.name, run(level.run));
        let rights = level.rights.iter();
        let rights = rights.map(|one| format!("{}: {}", level.name, right(one)));
        std::iter::once(first).chain(rights).collect::<Vec<_>>()
    });
    out.push_str(&list("Failures", levels));
    let notices = section.notices.iter().map(|notice| {
        format!(
            "{}: {}: {}",
            notice_kind_title(notice.kind),
            notice.name,
            notice.text
        )
    });
    out.push_str(&list("Notices of the month", notices));
    let title = format!("Due from {} to {}", section.due.from, section.due.to);
    let events = section.due.events.iter();
    out.push_str(&list(
        &title,
        events.map(|event| format!("{}  {}", event.day, due(event))),
    ));
    out
}

fn list(title: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| paragraph("  ", &item)).collect();
    if items.is_empty() {
        return items;
    }
    format!("\n{title}\n{items}")
}

fn amounts(section: &Section) -> String {
    let currency = section.currency;
    let mut rows = vec![row([
        "",
        &format!("{} in {currency}", section.month),
        "year to date",
    ])];
    let sum = |name: &str, sum: &super::Sum| {
        row([
            name,
            &plainly(sum.month.as_ref(), currency),
            &plainly(Some(&sum.year), currency),
        ])
    };
    for (kind, amounts) in &section.kinds {
        rows.push(sum(kind.title(), amounts));
    }
    rows.push(sum("Invoice", &section.invoice));
    table(&rows, &[false, true, true])
}

fn kpis(section: &Section) -> String {
    let currency = section.currency;
    let mut rows = vec![row([
        "KPI",
        "value",
        "target",
        "critical",
        "trend",
        "",
        "",
        "paid, month",
        "paid, year",
    ])];
    // A column in which nothing is stated would only take room.
    let has_critical = section.kpis.iter().any(|kpi| kpi.critical.is_some());
    for kpi in &section.kpis {
        let (arrow, word) = moved(kpi).unwrap_or((' ', ""));
        rows.push(row([
            &clipped(&on_one_line(&kpi.name), NAME),
            &brief(&kpi.kind, kpi.value.as_ref()),
            &brief(&kpi.kind, kpi.target.as_ref()),
            &brief(&kpi.kind, kpi.critical.as_ref()),
            &bars(kpi),
            format!("{arrow} {word}").trim_end(),
            standing(kpi),
            &paid(kpi, kpi.paid.month.as_ref(), currency),
            &paid_in_year(kpi, currency),
        ]));
    }
    let mut right = vec![false, true, true, true, false, false, false, true, true];
    if !has_critical {
        right.remove(3);
        for row in &mut rows {
            row.remove(3);
        }
    }
    let mut out = table(&rows, &right);
    let samples = section.kpis.iter().filter_map(|kpi| {
        let sample = kpi.sample.as_ref()?;
        Some(format!("{} of {} (`{}`)", kpi.name, sample.size, sample.of))
    });
    let samples: Vec<String> = samples.collect();
    if !samples.is_empty() {
        out.push_str(&paragraph(
            "  ",
            &format!("Measured on: {}.", samples.join(", ")),
        ));
    }
    out
}

/// The trend as bars between the least and the greatest value.
fn bars(kpi: &Kpi) -> String {
    let values = || kpi.trend.iter().filter_map(|(_, value)| value.as_ref());
    let (Some(least), Some(most)) = (values().min(), values().max()) else {
        return String::new();
    };
    let last = Exact::from_integer(6);
    let bar = |value: &Exact| {
        let part = value.subtract(least).divide(&most.subtract(least));
        let part = part.map(|part| part.multiply(&last).floor());
        let at = part.and_then(|part| part.to_integer()).unwrap_or(3);
        usize::try_from(at)
            .ok()
            .and_then(|at| BARS.get(at))
            .copied()
    };
    let each = kpi.trend.iter();
    each.map(|(_, value)| value.as_ref().and_then(bar).unwrap_or('·'))
        .collect()
}
