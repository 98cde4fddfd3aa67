//! What a name or a number is: meaning, type, range, clause, and where it goes.

use crate::catalogue;
use crate::driver::Loaded;
use crate::lint::{self, Rule};
use crate::model::{Contract, NamedFacts};
use crate::program::{NodeId, Op};
use crate::quantity::{Figure, Type};
use crate::syntax::tree::{Item, ItemKind, Reporter};
use crate::text::{FileId, Span};

use super::calls::{self, Clause};
use super::declarations::{Declaration, Declared};
use super::flow;
use super::index::Index;

/// The most lines of the contract that a hover quotes.
const MOST_LINES: usize = 12;

/// The description of a place, as Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The words that it is about.
    pub span: Span,
    /// The description.
    pub markdown: String,
}

/// Returns what there is to say about a byte of a file.
#[must_use]
pub fn hover(index: &Index<'_>, file: FileId, at: u32) -> Option<Hover> {
    if let Some(word) = index.word(file, at) {
        let declaration = index.meaning(word.declared)?;
        return Some(Hover {
            span: word.at,
            markdown: of_declaration(index, declaration),
        });
    }
    if let Some((span, rule)) = rule_at(index.loaded, file, at) {
        return Some(Hover {
            span,
            markdown: format!("**rule** `{}`\n\n{}", rule.name, rule.markdown()),
        });
    }
    of_number(index, file, at).or_else(|| of_first_words(index, file, at))
}

/// Returns the rule that a waiver names at a byte, with the words that name it.
#[must_use]
pub fn rule_at(loaded: &Loaded, file: FileId, at: u32) -> Option<(Span, &'static Rule)> {
    let mut waivers = loaded.tree(file)?.waivers.iter();
    let name = waivers.find_map(|waiver| {
        let span = waiver.rule.span;
        (span.start <= at && at <= span.end).then_some(&waiver.rule)
    })?;
    Some((name.span, lint::find(&name.text)?))
}

fn of_declaration(index: &Index<'_>, declaration: &Declaration<'_>) -> String {
    let mut lines = vec![headline(declaration)];
    if let Some((contract, facts)) = facts(index, declaration) {
        lines.extend(value_words(declaration, facts, contract));
    }
    lines.extend(declaration.item.and_then(origin));
    if let Some(clause) = declaration.clause {
        lines.push(format!("Clause: {clause}"));
    }
    if let Some(quoted) = quoted(index, declaration) {
        lines.push(quoted);
    }
    lines.extend(goes(index, declaration));
    if index.loaded.sources.is_built_in(declaration.span.file) {
        lines.push(format!(
            "From the library `{}`",
            index.loaded.sources.name(declaration.span.file)
        ));
    }
    lines.join("\n\n")
}

fn headline(declaration: &Declaration<'_>) -> String {
    let (what, name) = (declaration.what.words(), declaration.name);
    match declaration.title {
        Some(title) => format!("**{what}** `{name}`: {}", escaped(title)),
        None => format!("**{what}** `{name}`"),
    }
}

/// Returns the facts of a name, from a contract in which it has a meaning.
fn facts<'l>(
    index: &Index<'l>,
    declaration: &Declaration<'_>,
) -> Option<(&'l Contract, &'l NamedFacts)> {
    let loaded = index.loaded;
    let versions = loaded.contracts.iter().flat_map(|checked| {
        let former = checked.former.iter().map(|former| &former.contract);
        std::iter::once(&checked.contract).chain(former)
    });
    versions.chain(&loaded.libraries).find_map(|contract| {
        let mut all = contract.names.iter();
        let facts = all.find(|facts| facts.span == declaration.span)?;
        Some((contract, facts))
    })
}

/// Returns the value in words: "a percentage, 0% to 100%, higher is better".
fn value_words(
    declaration: &Declaration<'_>,
    facts: &NamedFacts,
    contract: &Contract,
) -> Option<String> {
    if facts.kind == Type::Unknown {
        return None;
    }
    let mut words = vec![facts.kind.to_string()];
    let figure = |value: &crate::quantity::Exact| Figure::new(value.clone(), facts.kind.clone());
    match (&facts.least, &facts.most) {
        (Some(least), Some(most)) => words.push(format!("{} to {}", figure(least), figure(most))),
        (Some(least), None) => words.push(format!("{} or more", figure(least))),
        (None, Some(most)) => words.push(format!("{} or less", figure(most))),
        (None, None) => {}
    }
    let metric = contract
        .metrics
        .iter()
        .find(|metric| metric.name == declaration.name);
    if let Some(metric) =
        metric.filter(|_| declaration.what == Declared::Item(catalogue::ItemKind::Metric))
    {
        words.extend(
            metric
                .kind
                .as_ref()
                .map(|kind| format!("kind {}", kind.word())),
        );
        match metric.higher_is_better {
            Some(true) => words.push("higher is better".to_owned()),
            Some(false) => words.push("lower is better".to_owned()),
            None => {}
        }
    }
    Some(words.join(", "))
}

/// Returns where an input comes from.
fn origin(item: &Item) -> Option<String> {
    let (source, reporter) = match &item.kind {
        ItemKind::Input(input) => (&input.source, &input.reporter),
        ItemKind::Metric(metric) => (&metric.source, &metric.reporter),
        _ => return None,
    };
    let from = source
        .as_ref()
        .map(|source| format!("from {}", escaped(&source.text)));
    let by = reporter.map(|(reporter, _)| match reporter {
        Reporter::Customer => "by the customer".to_owned(),
        Reporter::Supplier => "by the supplier".to_owned(),
        Reporter::Both => "by both parties".to_owned(),
    });
    let words: Vec<String> = from.into_iter().chain(by).collect();
    (!words.is_empty()).then(|| format!("Reported {}", words.join(", ")))
}

/// Quotes the item's own words.
fn quoted(index: &Index<'_>, declaration: &Declaration<'_>) -> Option<String> {
    declaration.item?;
    if declaration.what == Declared::Member {
        return None;
    }
    let text = index.loaded.sources.slice(declaration.whole);
    let mut lines: Vec<&str> = text.lines().take(MOST_LINES).collect();
    if text.lines().count() > MOST_LINES {
        lines.push("  …");
    }
    // The first line is quoted without its indentation. The others lose the indentation that they all share.
    let blanks = |line: &&str| line.len() - line.trim_start().len();
    let less = lines.iter().skip(1).map(blanks).min().unwrap_or(0);
    let mut quoted = vec![*lines.first()?];
    quoted.extend(
        lines
            .iter()
            .skip(1)
            .map(|line| line.get(less..).unwrap_or(line)),
    );
    Some(format!("```quid\n{}\n```", quoted.join("\n")))
}

/// Returns who uses it, and which lines it reaches.
fn goes(index: &Index<'_>, declaration: &Declaration<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let users: Vec<String> = calls::incoming(index, declaration.span)
        .iter()
        .map(|call| named(&call.clause))
        .collect();
    match users.as_slice() {
        [] => {}
        [first] => lines.push(format!("Used by {first}")),
        many => lines.push(format!("Used by {}", short_list(many))),
    }
    if let Some((contract, facts)) = facts(index, declaration) {
        lines.extend(reaches(contract, &facts.nodes, declaration.name));
    }
    lines
}

fn named(clause: &Clause) -> String {
    format!("{} `{}`", clause.what, clause.name)
}

/// Returns a sentence such as "Goes into the lines `a` and `b`".
fn reaches(contract: &Contract, nodes: &[NodeId], own: &str) -> Option<String> {
    let lines = flow::lines_reached(contract, nodes);
    let quoted: Vec<String> = lines
        .iter()
        .filter(|line| line.as_str() != own)
        .map(|line| format!("`{line}`"))
        .collect();
    match quoted.as_slice() {
        [] if lines.is_empty() => None,
        [] => Some("Goes into the total".to_owned()),
        [one] => Some(format!("Goes into the line {one}, and the total")),
        many => Some(format!(
            "Goes into the lines {}, and the total",
            short_list(many)
        )),
    }
}

fn short_list(words: &[String]) -> String {
    let shown: Vec<&str> = words.iter().take(8).map(String::as_str).collect();
    let more = words.len().saturating_sub(shown.len());
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Describes a number as it was written: what it is, and where it goes.
fn of_number(index: &Index<'_>, file: FileId, at: u32) -> Option<Hover> {
    let here = |span: Span| span.file == file && span.start <= at && at <= span.end;
    let contracts = index
        .loaded
        .contracts
        .iter()
        .map(|checked| &checked.contract);
    contracts
        .chain(&index.loaded.libraries)
        .find_map(|contract| {
            let all = contract.graph.nodes().iter().enumerate();
            let (span, value, kind) = all
                .filter(|(_, node)| here(node.span))
                .filter_map(|(_, node)| match &node.op {
                    Op::Constant(value) => Some((node.span, value, &node.kind)),
                    _ => None,
                })
                .filter(|(span, ..)| is_number(index.loaded.sources.slice(*span)))
                .min_by_key(|(span, ..)| span.end - span.start)?;
            let nodes: Vec<NodeId> = (0u32..)
                .zip(contract.graph.nodes())
                .filter(|(_, node)| node.span == span)
                .map(|(at, _)| NodeId(at))
                .collect();
            let figure = Figure::new(value.clone(), kind.clone());
            let mut lines = vec![format!("`{figure}`: {kind}")];
            if let Some(item) = index.item_around(span) {
                let clause = calls::clause_of(index, item);
                lines.push(format!("In {}", named(&clause)));
                lines.extend(
                    item.clause
                        .as_ref()
                        .map(|clause| format!("Clause: {}", clause.text)),
                );
            }
            lines.extend(reaches(contract, &nodes, ""));
            Some(Hover {
                span,
                markdown: lines.join("\n\n"),
            })
        })
}

/// Whether a text is a number, with or without its unit.
fn is_number(text: &str) -> bool {
    let first = text.trim_start_matches(['-', '+']).chars().next();
    first.is_some_and(|first| first.is_ascii_digit())
}

/// Describes the words that begin an item.
fn of_first_words(index: &Index<'_>, file: FileId, at: u32) -> Option<Hover> {
    let place = Span {
        file,
        start: at,
        end: at,
    };
    let item = index.item_around(place)?;
    let kind = item.designation().kind;
    let span = Span {
        end: item.span.start + u32::try_from(kind.len()).ok()?,
        ..item.span
    };
    let is_here = at <= span.end && index.loaded.sources.slice(span) == kind;
    let meaning = catalogue::meaning(kind).filter(|_| is_here)?;
    Some(Hover {
        span,
        markdown: format!("**{kind}**: {meaning}"),
    })
}

/// Escapes words of the contract for use within Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
