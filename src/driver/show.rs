//! A contract as it reads in a month, as a separate text.

use crate::amend::{self, Version};
use crate::calendar::Month;
use crate::ledger::Amended;
use crate::syntax::tree::{Amendment, Contract, Item, UseWhat};
use crate::text::{Sources, Span};

use super::Loaded;

/// The text of a contract of the file as it reads in that month, or as it finally reads: its items in order, with a
/// comment at each item that comes from an amendment. Scenarios are left out, because they belong to the text for which
/// they were written. Nothing if there is no such contract.
#[must_use]
pub fn show(loaded: &Loaded, contract: usize, month: Option<Month>) -> Option<String> {
    let chain = loaded.computed_chains().nth(contract)?;
    let amendments = chain.amendments(&loaded.trees);
    let (versions, _) = amend::versions(chain.contract(&loaded.trees)?, &amendments);
    let at = match month {
        Some(month) => amend::in_force(&versions, month),
        None => versions.len().checked_sub(1)?,
    };
    let version = versions.get(at)?;
    let mut text = heading(version, month);
    for used in uses(loaded) {
        text.push_str(used);
        text.push('\n');
    }
    let printer = Printer {
        sources: &loaded.sources,
        ends: ends(chain.contract(&loaded.trees)?, &amendments),
    };
    text.push('\n');
    text.push_str(&format!("contract {}", version.contract.name.text));
    if let Some(title) = &version.contract.title {
        text.push_str(&format!(" \"{}\"", title.text));
    }
    text.push_str(" {\n");
    let mut last = None;
    for (item, origin) in version.contract.items.iter().zip(&version.origins) {
        let by = origin.and_then(|at| amendments.get(at));
        if let Some(by) = by {
            if last != *origin {
                text.push('\n');
            }
            text.push_str(&format!("  # {}\n", as_of(by)));
            text.push_str(printer.item(item).trim_start_matches('\n'));
        } else {
            if last.is_some() {
                text.push('\n');
            }
            text.push_str(&printer.item(item));
        }
        last = *origin;
    }
    text.push_str("}\n");
    Some(text)
}

/// `as of amendment a3, effective 2027-04-01`
fn as_of(amendment: &Amendment) -> String {
    let name = &amendment.name.text;
    match amendment.effective {
        Some((effective, _)) => format!("as of amendment {name}, effective {effective}"),
        None => format!("as of amendment {name}"),
    }
}

fn heading(version: &Version, month: Option<Month>) -> String {
    let name = &version.contract.name.text;
    let when = month.map_or_else(String::new, |month| format!(" in {month}"));
    match version.amendment.as_ref().map(|by| &by.named) {
        Some(Amended {
            name: last,
            effective,
            ..
        }) => format!(
            "# `{name}` as it reads{when}, with amendments up to {last}, effective {effective}\n"
        ),
        None => format!("# `{name}` as it reads{when}, without amendments\n"),
    }
}

/// The libraries that the contract and its amendments use, as written there.
fn uses(loaded: &Loaded) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for used in loaded.trees.iter().flat_map(|(_, tree)| &tree.uses) {
        let is_library = match &used.what {
            UseWhat::Standard(_) => true,
            UseWhat::File(path) => loaded.is_library(path.span),
        };
        let text = loaded.sources.slice(used.span);
        if is_library && !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// Where items and blocks begin and end, so that no comment of one is taken for a comment of the next.
fn ends(contract: &Contract, amendments: &[&Amendment]) -> Vec<Span> {
    let items = contract.items.iter().map(|item| item.span);
    let amended = amendments.iter().flat_map(|amendment| {
        let items = amendment.items().chain(&amendment.scenarios);
        items.map(|item| item.span)
    });
    let mut ends: Vec<Span> = items.chain(amended).collect();
    ends.sort_by_key(|span| (span.file, span.end));
    ends
}

struct Printer<'s> {
    sources: &'s Sources,
    ends: Vec<Span>,
}

impl Printer<'_> {
    /// An item with the comments above it, and the one after it.
    fn item(&self, item: &Item) -> String {
        let Some(source) = self.sources.get(item.span.file) else {
            return String::new();
        };
        let (start, end) = (item.span.start as usize, item.span.end as usize);
        let text = source.text.get(start..end).unwrap_or_default();
        let before = source.text.get(self.end_before(item.span)..start);
        let mut out = comments_above(before.unwrap_or_default());
        out.push_str("  ");
        out.push_str(text);
        let behind = source.text.get(end..).unwrap_or_default();
        let line = behind.lines().next().unwrap_or_default().trim();
        if line.starts_with('#') {
            out.push_str("  ");
            out.push_str(line);
        }
        out.push('\n');
        out
    }

    fn end_before(&self, span: Span) -> usize {
        let before = self
            .ends
            .partition_point(|end| (end.file, end.end) <= (span.file, span.start));
        let last = before.checked_sub(1).and_then(|at| self.ends.get(at));
        last.filter(|last| last.file == span.file)
            .map_or(0, |last| last.end as usize)
    }
}

/// The comment lines, and the blank lines between them, right above the end of the text.
fn comments_above(text: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    // The part before the item on its own line: spaces, or `add`.
    lines.pop();
    // The rest of the line on which the item before it ends.
    if !lines.is_empty() {
        lines.remove(0);
    }
    let above = lines
        .iter()
        .rev()
        .take_while(|line| {
            let line = line.trim();
            line.is_empty() || line.starts_with('#')
        })
        .count();
    let mut out = String::new();
    let mut blank = false;
    for line in lines.iter().skip(lines.len() - above) {
        let line = line.trim();
        if line.is_empty() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            out.push('\n');
        }
        out.push_str(&format!("  {line}\n"));
    }
    if blank {
        out.push('\n');
    }
    out
}
