//! What a text was and what it is to be, as a patch.

use similar::TextDiff;

use super::visible::visible;

/// The lines around a change that are shown with it.
const AROUND: usize = 3;

/// A unified diff of a file; empty if nothing changes.
#[must_use]
pub fn render(name: &str, before: &str, after: &str, colour: bool) -> String {
    let diff = TextDiff::from_lines(before, after);
    let text = diff
        .unified_diff()
        .context_radius(AROUND)
        .header(name, name)
        .to_string();
    if colour { coloured(&text) } else { text }
}

/// Red for what goes, green for what comes, as patches are usually shown.
fn coloured(patch: &str) -> String {
    patch
        .lines()
        .map(|line| {
            let line = visible(line);
            let code = match line.chars().next() {
                _ if line.starts_with("+++") || line.starts_with("---") => "1",
                Some('+') => "32",
                Some('-') => "31",
                Some('@') => "36",
                _ => return format!("{line}\n"),
            };
            format!("\x1b[{code}m{line}\x1b[0m\n")
        })
        .collect()
}
