//! The contract's own lines, annotated with the month's values, drawn by ariadne.

use std::collections::BTreeMap;
use std::ops::Range;

use ariadne::{Color, Config, IndexType, Label, Report, ReportKind, Source};

use crate::ledger::{Step, StepKind, Story};
use crate::report::escape::terminal::on_one_line;
use crate::report::excerpt::{Excerpt, shown_range};
use crate::text::{FileId, Sources};

use super::answer::equation;

/// The most steps of a chapter, unless a single item has more.
const MOST_STEPS: usize = 6;

/// The story in chapters, in the order of computation: every item of the contract, with the steps that lead to it.
pub(super) fn render(story: &Story, sources: &Sources, colour: bool) -> String {
    chapters(&story.steps)
        .into_iter()
        .map(|chapter| title(&chapter, &story.steps) + &snippets(&chapter, sources, colour))
        .collect()
}

/// A step with its number.
type Numbered<'a> = (usize, &'a Step);

/// The text at one place of the contract.
struct Remark {
    text: String,
    colour: Color,
}

fn chapters(steps: &[Step]) -> Vec<Vec<Numbered<'_>>> {
    let mut chapters: Vec<Vec<Numbered<'_>>> = vec![Vec::new()];
    for item in items(steps) {
        let pieces = item.len().div_ceil(MOST_STEPS).max(1);
        for piece in item.chunks(item.len().div_ceil(pieces).max(1)) {
            match chapters.last_mut() {
                Some(last) if last.len() + piece.len() <= MOST_STEPS => last.extend(piece),
                _ => chapters.push(piece.to_vec()),
            }
        }
    }
    chapters.retain(|chapter| !chapter.is_empty());
    chapters
}

fn items(steps: &[Step]) -> Vec<Vec<Numbered<'_>>> {
    let mut items: Vec<Vec<Numbered<'_>>> = vec![Vec::new()];
    for (at, step) in steps.iter().enumerate() {
        if let Some(item) = items.last_mut() {
            item.push((at + 1, step));
        }
        if completes_item(step.kind) {
            items.push(Vec::new());
        }
    }
    items
}

/// Whether a step is an item's result; all others lead to one.
fn completes_item(kind: StepKind) -> bool {
    match kind {
        StepKind::Metric
        | StepKind::Definition
        | StepKind::Score
        | StepKind::Line
        | StepKind::Total => true,
        StepKind::Input
        | StepKind::Band
        | StepKind::Slab
        | StepKind::Condition
        | StepKind::Rounding
        | StepKind::Limit
        | StepKind::Part => false,
    }
}

fn snippets(chapter: &[Numbered<'_>], sources: &Sources, colour: bool) -> String {
    let mut by_file: BTreeMap<FileId, Vec<Numbered<'_>>> = BTreeMap::new();
    for (number, step) in chapter {
        let in_file = by_file.entry(step.span.file).or_default();
        in_file.push((*number, *step));
    }
    let mut out = String::new();
    for (file, steps) in by_file {
        out.push_str(&render_snippet(file, &steps, sources, colour).unwrap_or_default());
    }
    out.push('\n');
    out
}

/// `Steps 4 to 9: service_level, towards answer_speed`.
fn title(chapter: &[Numbered<'_>], steps: &[Step]) -> String {
    let (Some((first, _)), Some((last, _))) = (chapter.first(), chapter.last()) else {
        return String::new();
    };
    let numbers = if first < last {
        format!("Steps {first} to {last}")
    } else {
        format!("Step {first}")
    };
    let items = chapter
        .iter()
        .filter(|(_, step)| completes_item(step.kind))
        .map(|(_, step)| on_one_line(&step.name));
    let next = steps.iter().skip(last.saturating_sub(1));
    let next = next.into_iter().find(|step| completes_item(step.kind));
    let ends_here = chapter
        .last()
        .is_some_and(|(_, step)| completes_item(step.kind));
    let towards = next
        .filter(|_| !ends_here)
        .map(|step| format!("towards {}", on_one_line(&step.name)));
    let items: Vec<String> = items.chain(towards).collect();
    if items.is_empty() {
        format!("{numbers}\n")
    } else {
        format!("{numbers}: {}\n", items.join(", "))
    }
}

fn render_snippet(
    file: FileId,
    steps: &[Numbered<'_>],
    sources: &Sources,
    colour: bool,
) -> Option<String> {
    let source = sources.get(file)?;
    let ranges: Vec<Range<usize>> = steps
        .iter()
        .map(|(_, step)| shown_range(source, step.span, 1))
        .collect();
    let excerpt = Excerpt::new(source, &ranges);
    let places = ranges.iter().map(|range| excerpt.range(range));
    let name = on_one_line(&source.name);
    let remarks = remarks(steps, places);
    let start = remarks.keys().next()?.0;
    let report = Report::build(ReportKind::Advice, (name.clone(), start..start))
        .with_config(
            Config::new()
                .with_color(colour)
                .with_index_type(IndexType::Byte),
        )
        .with_labels(remarks.into_iter().map(|((start, end), remark)| {
            Label::new((name.clone(), start..end))
                .with_message(remark.text)
                .with_color(remark.colour)
        }))
        .finish();
    let mut out = Vec::new();
    let text = Source::from(excerpt.text().to_owned());
    report.write((name.clone(), text), &mut out).ok()?;
    let drawn = String::from_utf8(out).ok()?;
    // The first line is the drawing's own heading, which is empty because chapters have their own.
    drawn
        .split_once('\n')
        .map(|(_, snippet)| snippet.to_owned())
}

/// The remarks to write, in the order of the places. Steps at the same place share a remark.
fn remarks(
    steps: &[Numbered<'_>],
    places: impl Iterator<Item = Range<usize>>,
) -> BTreeMap<(usize, usize), Remark> {
    let mut remarks: BTreeMap<(usize, usize), Remark> = BTreeMap::new();
    for ((number, step), place) in steps.iter().zip(places) {
        let text = remark(*number, step);
        remarks
            .entry((place.start, place.end))
            .and_modify(|remark| {
                remark.text.push_str("; ");
                remark.text.push_str(&text);
            })
            .or_insert_with(|| Remark {
                text,
                colour: colour_of(step.kind),
            });
    }
    remarks
}

fn remark(number: usize, step: &Step) -> String {
    format!("{number}. {}", equation(step))
}

fn colour_of(kind: StepKind) -> Color {
    match kind {
        StepKind::Input => Color::Cyan,
        StepKind::Metric | StepKind::Definition | StepKind::Score => Color::Blue,
        StepKind::Band | StepKind::Condition => Color::Yellow,
        StepKind::Slab | StepKind::Part => Color::Magenta,
        StepKind::Rounding | StepKind::Limit => Color::Red,
        StepKind::Line | StepKind::Total => Color::Green,
    }
}
