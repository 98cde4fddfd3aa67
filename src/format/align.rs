//! Columns: the parts of consecutive lines of a table start in the same columns.

use super::columns::Columns;
use super::page::{Entry, Family, Hang, INDENT, Line, WIDTH, width};

/// Renders a page as text.
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

/// Returns the line of an entry.
fn line(page: &[Entry], at: usize) -> Option<&Line> {
    match page.get(at) {
        Some(Entry::Line(line)) => Some(line),
        _ => None,
    }
}

/// Aligns the cells of the lines of one family.
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

/// Returns the lines from `at` onwards that are aligned with each other. Comments come between the parts of a block,
/// but do not join items.
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

/// Merges two adjacent columns if no line has both.
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

/// Aligns the references of consecutive items in one column.
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

/// Aligns the trailing comments of consecutive lines of one family in one column.
fn align_comments(page: &[Entry], first: &mut [String]) {
    let mut at = 0;
    while at < page.len() {
        let mut run = vec![at];
        while run.last().is_some_and(|last| comments_join(page, *last)) {
            run.push(at + run.len());
        }
        at += run.len();
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
    }
}

/// Whether the trailing comments of a line and of the next one share a column.
fn comments_join(page: &[Entry], at: usize) -> bool {
    match (line(page, at), line(page, at + 1)) {
        (Some(one), Some(next)) => {
            one.comment.is_some()
                && next.comment.is_some()
                && one.family.is_some()
                && one.family == next.family
                && one.more.is_empty()
        }
        _ => false,
    }
}

/// Returns where the text of an entry ends.
fn end_of(page: &[Entry], first: &[String], at: usize) -> usize {
    let indent = line(page, at).map_or(0, |line| line.indent);
    indent + first.get(at).map_or(0, |text| width(text))
}

/// Passes on each run of consecutive entries for which `wanted` holds.
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
