//! Findings as one page: each contract's text with the findings next to the clauses that they are about.
//!
//! The page needs no other file, runs no script and opens no connection, and it tells the browser so. You can send it,
//! keep it and read it offline, in print, in light and in dark.

mod card;
mod text;

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::text::{FileId, Span};

use super::snippet::word;
use super::{ContractFindings, Extent, Found, told, verdict};
use crate::report::escape::markup::{in_words, name};
use crate::report::page::Page;

use card::card;
use text::Lines;

/// More findings than these about one line at the beginning of a contract are shown before its text.
const MOST_AT_HEAD: usize = 2;

/// The style of the page.
const STYLE: &str = include_str!("html/style.css");

/// All findings as one page. `subject` says what was checked: `contract.quid`, `3 contracts`.
#[must_use]
pub fn render(all: &[ContractFindings<'_>], subject: &str) -> String {
    let said: String = told(all, subject)
        .lines()
        .map(|line| format!("<p>{}</p>\n", in_words(line)))
        .collect();
    let unknown = not_checked(all);
    let sheets = sheets(all);
    let mut contents: Vec<(usize, String)> = sheets.iter().flat_map(Sheet::contents).collect();
    contents.sort_by_key(|(number, _)| *number);
    let contents: String = contents.into_iter().map(|(_, item)| item).collect();
    let contents = if contents.is_empty() {
        contents
    } else {
        format!("<nav aria-label=\"All findings\">\n<ol>\n{contents}</ol>\n</nav>\n")
    };
    let sheets: String = sheets.iter().map(|sheet| sheet.section()).collect();
    let body = format!(
        "<header>\n<h1>Findings</h1>\n{said}{unknown}</header>\n\
         {contents}\
         <main>\n{sheets}</main>\n"
    );
    let page = Page {
        generator: "quidpro check",
        title: &verdict(all, subject),
        styles: &[STYLE],
        body: &body,
    };
    page.render()
}

/// The contracts that were not checked, and why.
fn not_checked(all: &[ContractFindings<'_>]) -> String {
    let causes: String = all
        .iter()
        .filter(|contract| contract.extent == Extent::Nothing)
        .flat_map(|contract| {
            let file = name(contract.file);
            contract.in_order().into_iter().map(move |cause| {
                let text = cause.whole_message("\n");
                let lines: Vec<String> = text.lines().map(in_words).collect();
                format!("<li><b>{file}</b>: {}</li>\n", lines.join("<br>"))
            })
        })
        .collect();
    if causes.is_empty() {
        return causes;
    }
    format!("<h2>Not checked</h2>\n<ul>\n{causes}</ul>\n")
}

/// One file of a contract with the findings in it.
struct Sheet<'f> {
    /// Its number on the page, from 1.
    number: usize,
    contract: ContractFindings<'f>,
    file: FileId,
    /// The findings with their numbers on the page, from 1, in the order of their places.
    found: Vec<(usize, Found<'f>)>,
}

/// Each contract's own file, and the files it uses that have findings.
fn sheets<'f>(all: &[ContractFindings<'f>]) -> Vec<Sheet<'f>> {
    let mut sheets: Vec<Sheet<'f>> = Vec::new();
    let mut numbers = 1..;
    let checked = |contract: &&ContractFindings<'f>| contract.extent != Extent::Nothing;
    for contract in all.iter().filter(checked) {
        let found = contract.in_order();
        for (file, source) in contract.sources.iter() {
            let within: Vec<(usize, Found<'f>)> = found
                .iter()
                .filter(|found| found.finding.primary.span.file == file)
                .filter_map(|found| Some((numbers.next()?, *found)))
                .collect();
            if source.name == contract.file || !within.is_empty() {
                sheets.push(Sheet {
                    number: sheets.len() + 1,
                    contract: *contract,
                    file,
                    found: within,
                });
            }
        }
    }
    number_by_severity(&mut sheets);
    sheets
}

/// Numbers the findings of the page so that the gravest come first; in the text they are where they belong.
fn number_by_severity(sheets: &mut [Sheet<'_>]) {
    let mut order: Vec<(Severity, usize)> = sheets
        .iter()
        .flat_map(|sheet| &sheet.found)
        .map(|(number, found)| (found.finding.severity, *number))
        .collect();
    order.sort_unstable();
    let numbers: BTreeMap<usize, usize> = order
        .into_iter()
        .enumerate()
        .map(|(at, (_, number))| (number, at + 1))
        .collect();
    for (number, _) in sheets.iter_mut().flat_map(|sheet| &mut sheet.found) {
        *number = numbers.get(number).copied().unwrap_or(*number);
    }
}

impl Sheet<'_> {
    fn name(&self) -> &str {
        self.contract.sources.name(self.file)
    }

    /// The findings of the file as items of the list at the top of the page, with their numbers.
    fn contents(&self) -> Vec<(usize, String)> {
        let sources = self.contract.sources;
        self.found
            .iter()
            .map(|(number, found)| {
                let finding = found.finding;
                let severity = word(finding.severity);
                let item = format!(
                    "<li class=\"{severity}\"><a href=\"#finding-{number}\"><b>{severity}</b> {}, line {}</a>: {}</li>\n",
                    name(self.name()),
                    sources.start(finding.primary.span).line,
                    in_words(&finding.message)
                );
                (*number, item)
            })
            .collect()
    }

    /// The text in rows. Each row starts at a line that findings are about, and has these findings next to it.
    fn section(&self) -> String {
        let Some(source) = self.contract.sources.get(self.file) else {
            return String::new();
        };
        let head = match self.found.first() {
            Some((_, found)) => found.finding.primary.span,
            None => Span::new(self.file, 0, 0),
        };
        let places = super::in_order(self.contract.findings)
            .into_iter()
            .flat_map(|finding| {
                let severity = word(finding.severity);
                let related = finding.related.iter().map(|label| (label.span, "related"));
                std::iter::once((finding.primary.span, severity)).chain(related)
            });
        let lines = Lines::new(self.number, self.file, source, places);
        let mut rows = String::new();
        // What is about the contract as a whole would leave a gap beside its first lines.
        let whole = self
            .found
            .iter()
            .take_while(|(_, found)| {
                lines.line_of(found.finding.primary.span) == lines.line_of(head)
            })
            .count();
        let (whole, mut rest) = self
            .found
            .split_at(if whole > MOST_AT_HEAD { whole } else { 0 });
        if !whole.is_empty() {
            let cards: String = whole
                .iter()
                .map(|(number, found)| card(*number, *found, &lines))
                .collect();
            rows.push_str(&format!(
                "<h3 class=\"whole\">About the contract as a whole</h3>\n<div class=\"beside whole\">\n{cards}</div>\n"
            ));
        }
        let mut from = 0;
        while from < lines.count() {
            let here = rest
                .iter()
                .take_while(|(_, found)| lines.line_of(found.finding.primary.span) <= from)
                .count();
            let (cards, later) = rest.split_at(here);
            rest = later;
            let next = rest.first().map_or(lines.count(), |(_, found)| {
                lines.line_of(found.finding.primary.span)
            });
            let to = next.clamp(from + 1, lines.count());
            let cards: String = cards
                .iter()
                .map(|(number, found)| card(*number, *found, &lines))
                .collect();
            rows.push_str(&format!(
                "<div class=\"row\">\n<pre>{}</pre>\n<div class=\"beside\">\n{cards}</div>\n</div>\n",
                lines.shown(from..to)
            ));
            from = to;
        }
        let name = name(self.name());
        format!("<section aria-label=\"{name}\">\n<h2>{name}</h2>\n{rows}</section>\n")
    }
}
