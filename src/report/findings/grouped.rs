//! Findings by clause, the most serious and most costly first, on at most about two screens.

use std::cmp::Reverse;

use crate::diagnostic::{Diagnostic, Severity};
use crate::quantity::Exact;
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{WIDTH, clipped};
use crate::syntax::tree::{Section, section_at};
use crate::text::{Sources, Span};

use super::snippet::word;
use super::{ContractFindings, Style, render_one};

/// How much to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Every finding in full.
    Everything,
    /// As many in full as fit on about two screens. The others get one line each, or only their number is shown.
    TwoScreens,
}

/// The most lines for findings in full. The first finding is always shown.
const FULL: usize = 72;

/// The most findings after those that get one line each.
const BRIEF: usize = 22;

/// A contract's findings, and its parts.
#[derive(Clone, Copy)]
pub struct InSections<'f> {
    /// The findings.
    pub contract: ContractFindings<'f>,
    /// The parts by which they are grouped.
    pub sections: &'f [Section],
}

/// All findings: contract by contract, then clause by clause, the most serious and most costly first.
#[must_use]
pub fn render(all: &[InSections<'_>], length: Length, colour: bool) -> String {
    let mut page = Page {
        text: String::new(),
        lines: 0,
        brief: Vec::new(),
        length,
        colour,
    };
    for contract in all {
        page.add_contract(*contract);
    }
    page.finish()
}

struct Page<'f> {
    text: String,
    lines: usize,
    /// The findings that did not fit, in the same order.
    brief: Vec<(&'f Diagnostic, &'f Sources)>,
    length: Length,
    colour: bool,
}

/// The findings about one clause: either its errors or the others.
struct Group<'f> {
    are_errors: bool,
    section: Option<&'f Section>,
    findings: Vec<&'f Diagnostic>,
}

impl<'f> Page<'f> {
    fn add_contract(&mut self, of: InSections<'f>) {
        let sources = of.contract.sources;
        let groups = groups(of);
        let several = groups
            .iter()
            .map(|group| group.findings.len())
            .sum::<usize>()
            > 1;
        for group in groups {
            let mut heading = group.section.filter(|_| several).map(heading);
            let mut before: Option<&Diagnostic> = None;
            for finding in group.findings {
                let style = match before {
                    Some(before) if points_alike(before, finding) => Style::WithoutPlace,
                    _ => Style::Full,
                };
                let shown = render_one(finding, sources, style, self.colour);
                let added = shown.lines().count() + heading.iter().count() * 2;
                let fits = self.lines == 0 || self.lines + added <= FULL;
                if self.length == Length::TwoScreens && !(fits && self.brief.is_empty()) {
                    self.brief.push((finding, sources));
                    continue;
                }
                if let Some(heading) = heading.take() {
                    self.text.push_str(&bold(&heading, self.colour));
                    self.text.push_str("\n\n");
                }
                self.text.push_str(&shown);
                self.lines += added;
                before = Some(finding);
            }
        }
    }

    fn finish(mut self) -> String {
        if self.brief.is_empty() {
            return self.text;
        }
        let count = self.brief.len();
        self.text.push_str(&format!("{count} more, in short:\n"));
        for (finding, sources) in self.brief.iter().take(BRIEF) {
            let line = brief(finding, sources);
            self.text.push_str(&format!("{line}\n"));
        }
        if count > BRIEF {
            self.text
                .push_str(&format!("  … and {} more\n", count - BRIEF));
        }
        self.text
            .push_str("`--all` shows every finding in full, `--format concise` a line of each\n\n");
        self.text
    }
}

/// The findings that count, by clause. Places outside all clauses have a group of their own.
fn groups(of: InSections<'_>) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in super::in_order(of.contract.findings) {
        let section = section_at(of.sections, finding.primary.span);
        let are_errors = finding.is_error();
        let same =
            |group: &&mut Group<'_>| group.are_errors == are_errors && group.section == section;
        match groups.iter_mut().find(same) {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group {
                are_errors,
                section,
                findings: vec![finding],
            }),
        }
    }
    for group in &mut groups {
        group.findings.sort_by_key(|finding| rank(finding));
    }
    groups.sort_by_key(|group| group.findings.first().map(|finding| rank(finding)));
    groups
}

/// Whether the second finding points only at what the first has already shown.
fn points_alike(first: &Diagnostic, second: &Diagnostic) -> bool {
    first.primary.span == second.primary.span
        && second.primary.text.is_empty()
        && second.related.is_empty()
}

/// Sorts the most serious first, then the most costly, then the first in the text.
fn rank(finding: &Diagnostic) -> (Severity, Reverse<Option<Exact>>, Span) {
    let cost = finding.cost.as_ref().map(|cost| cost.value.clone());
    (finding.severity, Reverse(cost), finding.primary.span)
}

fn heading(section: &Section) -> String {
    on_one_line(&section.heading)
}

fn bold(text: &str, colour: bool) -> String {
    if colour {
        format!("\x1b[1m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// `  warning  line 12  no-training: …`
fn brief(finding: &Diagnostic, sources: &Sources) -> String {
    let place = sources.start(finding.primary.span);
    let line = format!(
        "  {:7}  line {:<4} {}: {}",
        word(finding.severity),
        place.line,
        finding.code,
        on_one_line(&finding.message)
    );
    clipped(&line, WIDTH)
}
