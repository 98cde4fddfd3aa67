//! What a text was and what it is to be, as a patch.

use similar::TextDiff;

use crate::report::escape::terminal::{lines, on_one_line};

/// The lines around a change that are shown with it.
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

/// A line with its end as it is; what cannot be seen in it is shown.
fn shown(line: &str, colour: bool) -> String {
    let line = lines(line);
    if !colour {
        return line;
    }
    let text = line.trim_end_matches(['\r', '\n']);
    let end = line.get(text.len()..).unwrap_or_default();
    format!("{}{end}", coloured(text))
}

/// Red for what goes, green for what comes, as patches are usually shown.
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
