//! A curve as a small picture of letters.

use crate::quantity::{Currency, Exact};
use crate::report::amount::grouped;
use crate::report::chart::{Axis, ticks};
use crate::report::layout::{blanks, pad_left, width};

use super::words::{extremes, short};
use super::{Curve, MarkerKind};

/// The size of the picture within its axes.
const COLUMNS: i64 = 64;
const ROWS: i64 = 10;

/// The picture: `*` the curve, `o` the months before, `@` the month itself, `:` a step.
pub(super) fn plot(curve: &Curve, currency: Currency) -> String {
    let (Some((least, most)), Some(first), Some(last)) =
        (extremes(curve), curve.pieces.first(), curve.pieces.last())
    else {
        return String::new();
    };
    if least == most {
        return String::new();
    }
    let ticks = ticks(&least, &most, 4);
    let (Some(low), Some(high)) = (ticks.first(), ticks.last()) else {
        return String::new();
    };
    let x = Axis {
        low: first.from.value.clone(),
        high: last.to.value.clone(),
        from: 0,
        to: COLUMNS - 1,
    };
    let y = Axis {
        low: low.clone(),
        high: high.clone(),
        from: ROWS - 1,
        to: 0,
    };
    let mut canvas = Canvas::new();
    let place =
        |value: &Exact, amount: &Exact| (nearest(x.tenths(value)), nearest(y.tenths(amount)));
    for step in &curve.steps {
        let end = |value: &Exact| {
            let ends = curve
                .pieces
                .iter()
                .flat_map(|piece| [&piece.from, &piece.to]);
            let mut ends = ends.filter(|point| point.value == *value);
            ends.next().map(|point| place(&point.value, &point.total))
        };
        if let (Some((_, from)), Some((column, to))) = (end(&step.below), end(&step.above)) {
            for row in from.min(to)..=from.max(to) {
                canvas.put(column, row, ':');
            }
        }
    }
    for piece in &curve.pieces {
        let (from, to) = (
            place(&piece.from.value, &piece.from.total),
            place(&piece.to.value, &piece.to.total),
        );
        for column in from.0..=to.0 {
            let part = Exact::ratio(column - from.0, (to.0 - from.0).max(1));
            let part = part.unwrap_or_else(Exact::zero);
            let change = piece.to.total.subtract(&piece.from.total);
            let amount = piece.from.total.add(&change.multiply(&part));
            canvas.put(column, nearest(y.tenths(&amount)), '*');
        }
    }
    for point in curve.past.iter().filter_map(|month| month.here.as_ref()) {
        let (column, row) = place(&point.value, &point.total);
        canvas.put(column, row, 'o');
    }
    if let Some(now) = &curve.now {
        let (column, row) = place(&now.value, &now.total);
        canvas.put(column, row, '@');
    }
    let labels: Vec<(i64, String)> = ticks
        .iter()
        .map(|tick| (nearest(y.tenths(tick)), grouped(tick, currency)))
        .collect();
    let margin = labels.iter().map(|(_, words)| width(words)).max();
    let margin = margin.unwrap_or(0);
    let mut out = String::new();
    for (row, letters) in (0..).zip(&canvas.rows) {
        let label = labels.iter().find(|(at, _)| *at == row);
        let label = label.map_or("", |(_, words)| words.as_str());
        let line = format!(
            "  {} |{}",
            pad_left(label, margin),
            letters.iter().collect::<String>()
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let axis = "-".repeat(usize::try_from(COLUMNS).unwrap_or(0));
    out.push_str(&format!("  {} +{axis}\n", blanks(margin)));
    out.push_str(&below(curve, &x, margin));
    out.push_str(&legend(curve, margin));
    out
}

/// The ends of the range, with the letters of marked values between them.
fn below(curve: &Curve, x: &Axis, margin: usize) -> String {
    let mut marks = vec![' '; usize::try_from(COLUMNS).unwrap_or(0)];
    for marker in &curve.markers {
        let at = usize::try_from(nearest(x.tenths(&marker.value))).unwrap_or(0);
        if let Some(place) = marks.get_mut(at) {
            *place = letter(marker.kind);
        }
    }
    let mut out = String::new();
    if !curve.markers.is_empty() {
        let marks: String = marks.iter().collect();
        out.push_str(format!("  {}  {}", blanks(margin), marks).trim_end());
        out.push('\n');
    }
    let (from, to) = (short(curve, &x.low), short(curve, &x.high));
    let columns = usize::try_from(COLUMNS).unwrap_or(0);
    let gap = columns.saturating_sub(width(&from) + width(&to));
    out.push_str(&format!(
        "  {}  {from}{}{to}\n",
        blanks(margin),
        blanks(gap)
    ));
    out
}

fn letter(kind: MarkerKind) -> char {
    match kind {
        MarkerKind::Target => 'T',
        MarkerKind::Critical => 'C',
        MarkerKind::Goal => 'A',
    }
}

fn legend(curve: &Curve, margin: usize) -> String {
    let mut parts = Vec::new();
    if curve.now.is_some() {
        parts.push("@ the month itself");
    }
    if curve.past.iter().any(|month| month.here.is_some()) {
        parts.push("o earlier months at their values");
    }
    if !curve.steps.is_empty() {
        parts.push(": step");
    }
    let has = |kind: MarkerKind| curve.markers.iter().any(|marker| marker.kind == kind);
    if has(MarkerKind::Target) {
        parts.push("T target");
    }
    if has(MarkerKind::Critical) {
        parts.push("C critical");
    }
    if has(MarkerKind::Goal) {
        parts.push("A aim");
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("  {}  {}\n", blanks(margin), parts.join(", "))
}

fn nearest(tenths: i64) -> i64 {
    (tenths + 5).div_euclid(10)
}

struct Canvas {
    rows: Vec<Vec<char>>,
}

impl Canvas {
    fn new() -> Self {
        let columns = usize::try_from(COLUMNS).unwrap_or(0);
        let rows = usize::try_from(ROWS).unwrap_or(0);
        Self {
            rows: vec![vec![' '; columns]; rows],
        }
    }

    fn put(&mut self, column: i64, row: i64, letter: char) {
        let column = usize::try_from(column).ok();
        let row = usize::try_from(row).ok();
        let place = row
            .and_then(|row| self.rows.get_mut(row))
            .and_then(|row| row.get_mut(column?));
        if let Some(place) = place {
            *place = letter;
        }
    }
}
