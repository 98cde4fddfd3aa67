//! Curves for a terminal.

use crate::quantity::{Currency, Exact};
use crate::report::amount::grouped;
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{WIDTH, hanging, pad_left, pad_right, width};

use super::plot::plot;
use super::words::{
    gist, heading, map_title, marker, money, short, slope, source, step, value, varied,
};
use super::{Curve, Curves, Map};

/// The most pieces of a curve that are listed.
const MOST_PIECES: usize = 40;

/// The curves as text.
#[must_use]
pub fn render(curves: &Curves) -> String {
    let mut out = paragraph("", &heading(curves));
    out.push_str(&paragraph("", &source(curves)));
    for curve in &curves.curves {
        out.push('\n');
        out.push_str(&one(curve, curves.currency));
    }
    if let Some(map) = &curves.map {
        out.push('\n');
        out.push_str(&grid(map, curves.currency));
    }
    if !curves.without.is_empty() {
        out.push_str("\nWithout a curve\n");
        for without in &curves.without {
            let text = format!("{}: {}", without.name, without.why);
            out.push_str(&paragraph("  ", &text));
        }
    }
    out
}

fn paragraph(before: &str, text: &str) -> String {
    hanging(before, &on_one_line(text))
}

fn one(curve: &Curve, currency: Currency) -> String {
    let clause = curve.clause.as_ref();
    let clause = clause.map_or_else(String::new, |clause| format!(", {clause}"));
    let title = curve.title.as_ref();
    let title = title.map_or_else(String::new, |title| format!(" \"{title}\""));
    let mut out = paragraph("", &format!("{}{title}{clause}", curve.name));
    out.push_str(&paragraph("  ", &varied(curve)));
    out.push_str(&paragraph("  ", &gist(curve, currency)));
    if let Some(now) = &curve.now {
        let text = format!(
            "The month itself: {}, {}.",
            value(curve, &now.value),
            money(&now.total, currency)
        );
        out.push_str(&paragraph("  ", &text));
    }
    for one in &curve.markers {
        out.push_str(&paragraph("  ", &format!("The {}.", marker(one, curve))));
    }
    out.push('\n');
    let picture = plot(curve, currency);
    if !picture.is_empty() {
        out.push_str(&picture);
        out.push('\n');
    }
    out.push_str(&pieces(curve, currency));
    out.push_str(&past(curve, currency));
    out
}

fn pieces(curve: &Curve, currency: Currency) -> String {
    let mut rows = vec![[
        "from".to_owned(),
        "to".to_owned(),
        format!("{currency} at the start"),
        format!("{currency} at the end"),
        String::new(),
    ]];
    let mut between: Vec<Option<String>> = vec![None];
    let shown = curve.pieces.iter().take(MOST_PIECES);
    let mut last: Option<&Exact> = None;
    for piece in shown {
        let before = curve.steps.iter().find(|step| {
            step.above == piece.from.value && last.is_none_or(|last| *last != piece.from.value)
        });
        last = Some(&piece.to.value);
        between.push(before.map(|before| step(before, curve, currency)));
        rows.push([
            short(curve, &piece.from.value),
            if piece.is_point() {
                String::new()
            } else {
                short(curve, &piece.to.value)
            },
            grouped(&piece.from.total, currency),
            if piece.is_point() {
                String::new()
            } else {
                grouped(&piece.to.total, currency)
            },
            slope(piece, curve, currency),
        ]);
    }
    let mut out = String::new();
    let widths = widths(&rows);
    for (row, before) in rows.iter().zip(between) {
        if let Some(before) = before {
            out.push_str(&paragraph("    ", &before));
        }
        out.push_str(&line(row, &widths, 4));
    }
    match curve.pieces.len().saturating_sub(MOST_PIECES) {
        0 => {}
        more => out.push_str(&format!(
            "  and {more} more pieces; `--format json` and `--format html` have them all\n"
        )),
    }
    out
}

fn past(curve: &Curve, currency: Currency) -> String {
    if curve.past.is_empty() {
        return String::new();
    }
    let mut rows = vec![[
        "month".to_owned(),
        curve.name.clone(),
        format!("invoiced, {currency}"),
        "its value in this month".to_owned(),
    ]];
    let amount = |amount: Option<&Exact>, none: &str| {
        amount.map_or_else(|| none.to_owned(), |amount| grouped(amount, currency))
    };
    for month in &curve.past {
        let here = month.here.as_ref().map(|point| &point.total);
        rows.push([
            month.month.to_string(),
            month
                .value
                .as_ref()
                .map_or_else(|| "no value".to_owned(), |value| short(curve, value)),
            amount(month.total.as_ref(), "no invoice"),
            amount(here, "outside"),
        ]);
    }
    let widths = widths(&rows);
    let mut out = String::from("\n");
    for row in &rows {
        out.push_str(&line(row, &widths, 4));
    }
    out
}

fn grid(map: &Map, currency: Currency) -> String {
    let mut out = paragraph(
        "",
        &format!("The invoice in {currency}: {}", map_title(map)),
    );
    let cell = |total: &Option<Exact>, is_now: bool| {
        let shown = total
            .as_ref()
            .map_or_else(|| "none".to_owned(), |total| grouped(total, currency));
        if is_now { format!("[{shown}]") } else { shown }
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    let heads = map.columns.iter().map(|figure| figure.number());
    rows.push(std::iter::once(String::new()).chain(heads).collect());
    for (at, (head, totals)) in map.rows.iter().zip(&map.totals).enumerate() {
        let cells = totals
            .iter()
            .enumerate()
            .map(|(column, total)| cell(total, map.now == Some((at, column))));
        rows.push(std::iter::once(head.number()).chain(cells).collect());
    }
    let count = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..count)
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| width(cell)).max().unwrap_or(0)
        })
        .collect();
    // Columns that do not fit beside each other go below, with the first column again.
    let mut from = 1;
    while from < count {
        let head = widths.first().copied().unwrap_or(0) + 2;
        let mut to = from;
        let mut used = head;
        while to < count && (to == from || used + widths.get(to).copied().unwrap_or(0) + 2 <= WIDTH)
        {
            used += widths.get(to).copied().unwrap_or(0) + 2;
            to += 1;
        }
        for row in &rows {
            let mut text = format!(
                "  {}",
                pad_left(row.first().map_or("", String::as_str), head - 2)
            );
            for at in from..to {
                let cell = row.get(at).map_or("", String::as_str);
                text.push_str("  ");
                text.push_str(&pad_left(cell, widths.get(at).copied().unwrap_or(0)));
            }
            out.push_str(text.trim_end());
            out.push('\n');
        }
        if to < count {
            out.push('\n');
        }
        from = to;
    }
    if map.now.is_some() {
        out.push_str("  [The month itself]\n");
    }
    out
}

fn widths<const N: usize>(rows: &[[String; N]]) -> [usize; N] {
    std::array::from_fn(|at| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    })
}

/// A row of which the first columns are aligned to the right.
fn line<const N: usize>(row: &[String; N], widths: &[usize; N], right: usize) -> String {
    let mut out = String::from("  ");
    for (at, (cell, columns)) in row.iter().zip(widths).enumerate() {
        if at > 0 {
            out.push_str("  ");
        }
        let cell = on_one_line(cell);
        out.push_str(&if at < right {
            pad_left(&cell, *columns)
        } else {
            pad_right(&cell, *columns)
        });
    }
    format!("{}\n", out.trim_end())
}
