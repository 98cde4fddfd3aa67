//! Columns: what stands behind each other in a table stands under each other.

use super::page::{Cell, Entry, Family, Hang, INDENT, Line, TABLE, WIDTH, width};

/// How many lines that make a table too wide are left out of it at most.
const MOST_OUTLIERS: usize = 8;

/// The text of a page.
pub(super) fn render(page: &mut [Entry]) -> String {
    let mut first: Vec<String> = vec![String::new(); page.len()];
    align_families(page, &mut first);
    align_references(page, &mut first);
    align_comments(page, &mut first);
    let mut text = String::new();
    for (entry, first) in page.iter().zip(first) {
        match entry {
            Entry::Blank => text.push('\n'),
            Entry::Raw(raw) => push_line(&mut text, 0, raw),
            Entry::Comment { indent, text: with } => push_line(&mut text, *indent, with),
            Entry::Line(line) => {
                push_line(&mut text, line.indent, &first);
                push_more(&mut text, line);
            }
        }
    }
    text
}

fn push_line(text: &mut String, indent: usize, with: &str) {
    let with = with.trim_end();
    if !with.is_empty() {
        text.extend(std::iter::repeat_n(' ', indent));
        text.push_str(with);
    }
    text.push('\n');
}

fn push_more(text: &mut String, line: &Line) {
    let hang = line.indent
        + match (line.hang, line.cells.first()) {
            (Hang::Cell, Some(first)) => width(&first.text) + 1,
            _ => INDENT,
        };
    for more in &line.more {
        let comment = more.comment.as_deref().unwrap_or_default();
        let gap = if more.text.is_empty() || comment.is_empty() {
            ""
        } else {
            "  "
        };
        push_line(text, hang, &format!("{}{gap}{comment}", more.text));
    }
}

/// The line of an entry.
fn line(page: &[Entry], at: usize) -> Option<&Line> {
    match page.get(at) {
        Some(Entry::Line(line)) => Some(line),
        _ => None,
    }
}

/// Sets the cells of lines of one family under each other.
fn align_families(page: &mut [Entry], first: &mut [String]) {
    let mut at = 0;
    while at < page.len() {
        let members = family_from(page, at);
        let next = members.last().map_or(at, |last| last + 1).max(at + 1);
        let mut columns = Columns::default();
        merge_columns(page, &members);
        let lines: Vec<&Line> = members.iter().filter_map(|&at| line(page, at)).collect();
        if lines.len() > 1 {
            columns.fit(&lines);
        }
        for (&member, line) in members.iter().zip(&lines) {
            if let Some(first) = first.get_mut(member) {
                *first = columns.text(line);
            }
        }
        for &member in &members {
            if let Some(Entry::Line(line)) = page.get_mut(member) {
                columns.widen_first(line);
            }
        }
        at = next;
    }
}

/// The lines from `at` on that are aligned with each other. Comments stand between the parts of a block, not between
/// items.
fn family_from(page: &[Entry], at: usize) -> Vec<usize> {
    let Some(head) = line(page, at) else {
        return Vec::new();
    };
    let mut members = vec![at];
    let Some(family) = head.family else {
        return members;
    };
    for next in at + 1..page.len() {
        match page.get(next) {
            Some(Entry::Line(line))
                if line.family == Some(family) && line.indent == head.indent =>
            {
                members.push(next);
            }
            Some(Entry::Comment { .. } | Entry::Blank) if !matches!(family, Family::Items(_)) => {}
            _ => break,
        }
    }
    members
}

/// Columns behind each other of which no line has both become one.
fn merge_columns(page: &mut [Entry], members: &[usize]) {
    let columns_of = |page: &[Entry], at: usize| -> Vec<u8> {
        let cells = line(page, at).map(|line| line.cells.iter().map(|cell| cell.column));
        cells.into_iter().flatten().collect()
    };
    let all: Vec<Vec<u8>> = members.iter().map(|&at| columns_of(page, at)).collect();
    let mut used: Vec<u8> = all.iter().flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    let mut now: Vec<(u8, u8)> = Vec::with_capacity(used.len());
    let mut together: Vec<u8> = Vec::new();
    for column in used {
        let meets = all.iter().any(|line| {
            line.contains(&column) && together.iter().any(|other| line.contains(other))
        });
        match now.last().copied() {
            Some((_, target)) if !meets && target > 0 => now.push((column, target)),
            last => {
                together.clear();
                now.push((
                    column,
                    last.map_or(column, |(_, target)| column.max(target + 1)),
                ));
            }
        }
        together.push(column);
    }
    for &member in members {
        if let Some(Entry::Line(line)) = page.get_mut(member) {
            for cell in &mut line.cells {
                if let Some((_, target)) = now.iter().find(|(column, _)| *column == cell.column) {
                    cell.column = *target;
                }
            }
        }
    }
}

/// Where the columns of a family start.
#[derive(Default)]
struct Columns {
    /// For each column that is aligned, where it starts and how wide its numbers are.
    starts: Vec<Option<(usize, usize)>>,
    /// The width of the first cell.
    first: usize,
}

impl Columns {
    /// Finds columns in which the lines fit. A line that is far wider than the others is let stand out of them; if that does
    /// not help, the last columns are given up.
    fn fit(&mut self, lines: &[&Line]) {
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

    /// A column starts behind whatever stands before it in any of its lines; a line that has nothing there may go on below
    /// it.
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

    /// Where the cell before that one ends.
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

    /// The cells of a line in their columns; of a line that is too wide for them only the first two.
    fn text(&self, line: &Line) -> String {
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

    /// Makes the first cell as wide as its column, so that what goes on under the second one stands there.
    fn widen_first(&self, line: &mut Line) {
        if line.hang == Hang::Cell
            && let Some(first) = line.cells.first_mut()
        {
            let missing = self.first.saturating_sub(width(&first.text));
            first.text.extend(std::iter::repeat_n(' ', missing));
        }
    }
}

/// How far a cell is moved in so that its number ends where the others do.
fn shifted(cell: &Cell, number: usize) -> usize {
    cell.number.map_or(0, |own| number.saturating_sub(own))
}

/// The cells of a column: the number of their line, their place in it, and the cell.
fn cells_of<'l>(
    lines: &'l [&'l Line],
    column: u8,
) -> impl Iterator<Item = (usize, usize, &'l Cell)> {
    lines.iter().enumerate().filter_map(move |(at, line)| {
        let place = line.cells.iter().position(|cell| cell.column == column)?;
        Some((at, place, line.cells.get(place)?))
    })
}

/// The line that goes furthest beyond all others before one of the columns.
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

/// Sets references of items behind each other into one column.
fn align_references(page: &[Entry], first: &mut [String]) {
    let has = |at: usize| line(page, at).is_some_and(|line| line.reference.is_some());
    runs(
        page,
        |page, at| line(page, at).is_some_and(|line| line.more.is_empty()),
        |run| {
            let mut members: Vec<usize> = run.into_iter().filter(|&at| has(at)).collect();
            while let Some(column) = members.iter().map(|&at| end_of(page, first, at)).max() {
                let fits = |&at: &usize| {
                    let reference = line(page, at).and_then(|line| line.reference.as_deref());
                    column + 2 + width(reference.unwrap_or_default()) <= WIDTH
                };
                let fit = members.iter().all(fits) || members.len() == 1;
                let (now, later): (Vec<usize>, Vec<usize>) = if fit {
                    (std::mem::take(&mut members), Vec::new())
                } else {
                    let widest = |at: &usize| end_of(page, first, *at) == column;
                    members.drain(..).partition(widest)
                };
                for at in now {
                    let missing = column - end_of(page, first, at);
                    push_reference(page, first, at, missing);
                }
                members = later;
            }
        },
    );
}

fn push_reference(page: &[Entry], first: &mut [String], at: usize, missing: usize) {
    if let (Some(line), Some(text)) = (line(page, at), first.get_mut(at))
        && let Some(reference) = &line.reference
    {
        text.extend(std::iter::repeat_n(' ', missing + 2));
        text.push_str(reference);
    }
}

/// Sets the comments behind lines that follow each other into one column.
fn align_comments(page: &[Entry], first: &mut [String]) {
    let has = |page: &[Entry], at: usize| line(page, at).is_some_and(|line| line.comment.is_some());
    runs(page, has, |run| {
        let ends: Vec<usize> = run.iter().map(|&at| end_of(page, first, at)).collect();
        let column = ends.iter().copied().filter(|&end| end <= WIDTH).max();
        for (at, end) in run.into_iter().zip(ends) {
            let missing = column.unwrap_or_default().saturating_sub(end);
            if let (Some(line), Some(text)) = (line(page, at), first.get_mut(at))
                && let Some(comment) = &line.comment
            {
                text.extend(std::iter::repeat_n(' ', missing + 2));
                text.push_str(comment);
            }
        }
    });
}

/// Where the text of an entry ends.
fn end_of(page: &[Entry], first: &[String], at: usize) -> usize {
    let indent = line(page, at).map_or(0, |line| line.indent);
    indent + first.get(at).map_or(0, |text| width(text))
}

/// Hands on the entries behind each other for which `wanted` holds.
fn runs(
    page: &[Entry],
    wanted: impl Fn(&[Entry], usize) -> bool,
    mut each: impl FnMut(Vec<usize>),
) {
    let mut run = Vec::new();
    for at in 0..page.len() {
        if wanted(page, at) {
            run.push(at);
        } else if !run.is_empty() {
            each(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        each(run);
    }
}
