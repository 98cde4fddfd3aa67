//! Where the columns of a table start.

use super::page::{Cell, Hang, Line, TABLE, width};

/// The most lines that are left out of a table because they make it too wide.
const MOST_OUTLIERS: usize = 8;

/// Where the columns of a family start.
#[derive(Default)]
pub(super) struct Columns {
    /// For each aligned column, where it starts and how wide its numbers are.
    starts: Vec<Option<(usize, usize)>>,
    /// The width of the first cell.
    first: usize,
}

impl Columns {
    /// Finds columns into which the lines fit. A line that is far wider than the others is left out of them. If that
    /// does not help, the last columns are given up.
    pub(super) fn fit(&mut self, lines: &[&Line]) {
        let mut out = Vec::new();
        let most = MOST_OUTLIERS.min(lines.len() / 4);
        self.set(lines, &out);
        while out.len() < most {
            let wide: Vec<usize> = (0..lines.len())
                .filter(|at| !out.contains(at))
                .filter(|&at| lines.get(at).is_some_and(|line| !self.holds(line)))
                .collect();
            if wide.is_empty() {
                break;
            }
            if out.len() + wide.len() <= most {
                out.extend(wide);
            } else if let Some(line) = widest_outlier(lines, &self.starts, &out) {
                out.push(line);
            } else {
                break;
            }
            self.set(lines, &out);
        }
        while self.starts.len() > 2 && !self.fits(lines, &out) {
            self.starts.pop();
        }
    }

    fn fits(&self, lines: &[&Line], out: &[usize]) -> bool {
        let mut all = lines.iter().enumerate();
        all.all(|(at, line)| out.contains(&at) || self.holds(line))
    }

    /// Whether a line fits into the columns.
    fn holds(&self, line: &Line) -> bool {
        line.indent + width(&self.text_in(line, self.starts.len())) <= TABLE
    }

    /// Sets each column to start after whatever comes before it in any of its lines. A line with no cell before the
    /// column may run on below it.
    fn set(&mut self, lines: &[&Line], out: &[usize]) {
        self.starts.clear();
        let last = lines.iter().filter_map(|line| line.cells.last());
        let last = last.map(|cell| cell.column).max().unwrap_or_default();
        let mut least = 0;
        for column in 0..=last {
            let number = cells_of(lines, column)
                .filter_map(|(_, _, cell)| cell.number)
                .max()
                .unwrap_or_default();
            let start = cells_of(lines, column)
                .filter(|(at, _, _)| !out.contains(at))
                .map(|(at, place, cell)| self.behind(lines, at, place) + cell.gap_if(place > 0))
                .max()
                .unwrap_or_default()
                .max(least);
            least = start;
            self.starts.push(Some((start, number)));
        }
        let second = self.starts.get(1).copied().flatten();
        self.first = second.map_or(0, |(start, _)| start.saturating_sub(1));
    }

    /// Returns where the cell before the one at `place` ends.
    fn behind(&self, lines: &[&Line], at: usize, place: usize) -> usize {
        let before = place
            .checked_sub(1)
            .and_then(|before| lines.get(at)?.cells.get(before));
        let Some(before) = before else {
            return 0;
        };
        let column = self
            .starts
            .get(usize::from(before.column))
            .copied()
            .flatten();
        let (start, number) = column.unwrap_or_default();
        start + shifted(before, number) + width(&before.text)
    }

    /// Returns the cells of a line in their columns. A line that is too wide for them keeps only the first two columns.
    pub(super) fn text(&self, line: &Line) -> String {
        let columns = if self.holds(line) {
            self.starts.len()
        } else {
            2
        };
        self.text_in(line, columns)
    }

    fn text_in(&self, line: &Line, columns: usize) -> String {
        let starts = self.starts.get(..columns).unwrap_or(&self.starts);
        let mut text = String::new();
        let mut at = 0;
        for cell in &line.cells {
            let column = starts.get(usize::from(cell.column)).copied().flatten();
            let target = column.map_or(0, |(start, number)| start + shifted(cell, number));
            let least = if at == 0 { 0 } else { at + cell.gap };
            let start = target.max(least);
            text.extend(std::iter::repeat_n(' ', start - at));
            text.push_str(&cell.text);
            at = start + width(&cell.text);
        }
        text
    }

    /// Makes the first cell as wide as its column, so that further lines start under the second cell.
    pub(super) fn widen_first(&self, line: &mut Line) {
        if line.hang == Hang::Cell
            && let Some(first) = line.cells.first_mut()
        {
            let missing = self.first.saturating_sub(width(&first.text));
            first.text.extend(std::iter::repeat_n(' ', missing));
        }
    }
}

/// Returns how far a cell is moved in so that its number ends where the others do.
fn shifted(cell: &Cell, number: usize) -> usize {
    cell.number.map_or(0, |own| number.saturating_sub(own))
}

/// Returns the cells of a column: the number of their line, their place in it, and the cell.
fn cells_of<'l>(
    lines: &'l [&'l Line],
    column: u8,
) -> impl Iterator<Item = (usize, usize, &'l Cell)> {
    lines.iter().enumerate().filter_map(move |(at, line)| {
        let place = line.cells.iter().position(|cell| cell.column == column)?;
        Some((at, place, line.cells.get(place)?))
    })
}

/// Returns the line that extends furthest beyond all others before one of the columns.
fn widest_outlier(
    lines: &[&Line],
    starts: &[Option<(usize, usize)>],
    out: &[usize],
) -> Option<usize> {
    let columns = Columns {
        starts: starts.to_vec(),
        first: 0,
    };
    let mut best: Option<(usize, usize)> = None;
    for column in 1..starts.len() {
        let column = u8::try_from(column).unwrap_or(u8::MAX);
        let mut ends: Vec<(usize, usize)> = cells_of(lines, column)
            .filter(|(at, place, _)| *place > 0 && !out.contains(at))
            .map(|(at, place, _)| (columns.behind(lines, at, place), at))
            .collect();
        ends.sort_unstable_by(|a, b| b.cmp(a));
        if let [first, second, ..] = ends.as_slice() {
            let above = first.0 - second.0;
            if above > 0 && best.is_none_or(|(most, _)| above > most) {
                best = Some((above, first.1));
            }
        }
    }
    best.map(|(_, line)| line)
}

impl Cell {
    fn gap_if(&self, has_one: bool) -> usize {
        if has_one { self.gap } else { 0 }
    }
}
