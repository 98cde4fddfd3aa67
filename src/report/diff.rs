//! A patch from the old text to the new text.

use similar::TextDiff;

use crate::report::escape::terminal::{lines, on_one_line};

/// How many lines around a change are shown.
const AROUND: usize = 3;

/// A unified diff of a file; empty if nothing changes.
#[must_use]
pub fn render(name: &str, before: &str, after: &str, colour: bool) -> String {
    let diff = TextDiff::from_lines(before, after);
    let name = on_one_line(name);
    let text = diff
        .unified_diff()
        .context_radius(AROUND)
        .header(&name, &name)
        .to_string();
    let lines = text.split_inclusive('\n');
    lines.map(|line| shown(line, colour)).collect()
}

/// A line with its original line ending. Invisible characters are made visible.
fn shown(line: &str, colour: bool) -> String {
    let line = lines(line);
    if !colour {
        return line;
    }
    let text = line.trim_end_matches(['\r', '\n']);
    let end = line.get(text.len()..).unwrap_or_default();
    format!("{}{end}", coloured(text))
}

/// Red for what is removed, green for what is added, as usual for patches.
fn coloured(line: &str) -> String {
    let code = match line.chars().next() {
        _ if line.starts_with("+++") || line.starts_with("---") => "1",
        Some('+') => "32",
        Some('-') => "31",
        Some('@') => "36",
        _ => return line.to_owned(),
    };
    format!("\x1b[{code}m{line}\x1b[0m")
}
