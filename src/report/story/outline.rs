//! A story on one screen: the number first, and under each step what it came from.

use std::collections::BTreeSet;

use crate::ledger::{Step, StepKind, Story};
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{WIDTH, blanks, clipped, pad_right, width, wrap};
use crate::text::Sources;

use super::answer::{answer, equation};

/// How many lines a screen has for the steps.
const SCREEN: usize = 34;

/// The most of a clause's name that is shown beside a step.
const MOST_OF_A_CLAUSE: usize = 24;

/// Where the words of a step begin, if its name and value leave the place.
const WORDS: usize = 48;

/// How far under a number its steps are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// As far as fits on one screen, and one level at least.
    Screen,
    /// That many levels.
    Levels(usize),
}

/// The story as far as the depth goes, and how to open more of it.
#[must_use]
pub fn render(story: &Story, sources: &Sources, depth: Depth, colour: bool) -> String {
    let outline = Outline::of(story, sources);
    let deepest = outline.deepest();
    let levels = match depth {
        Depth::Levels(levels) => levels.clamp(1, deepest),
        Depth::Screen => (1..=deepest)
            .take_while(|levels| *levels == 1 || outline.lines(*levels).len() <= SCREEN)
            .last()
            .unwrap_or(1),
    };
    let lines = outline.lines(levels);
    let shown: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let more = if levels < deepest {
        format!(
            "{} of {deepest} levels are shown: `--depth {}` opens more, `--depth all` shows every step on the contract's own lines\n",
            levels,
            levels + 1
        )
    } else {
        "`--depth all` shows every step on the contract's own lines\n".to_owned()
    };
    let answer = answer(story);
    let answer = if colour {
        format!("\x1b[1m{answer}\x1b[0m")
    } else {
        answer
    };
    format!("{answer}\n\n{shown}\n{more}")
}

/// The steps as a tree: each has its own place once, and steps that only pass a value on have none.
struct Outline<'s> {
    story: &'s Story,
    sources: &'s Sources,
    /// Whether all steps are in one file, so that the number of a line is enough.
    is_one_file: bool,
}

/// A step in the tree.
struct Entry {
    at: usize,
    level: usize,
    /// Whether it has been shown before, with what it came from.
    is_repeated: bool,
    /// How many steps under it are not shown.
    hidden: usize,
}

impl<'s> Outline<'s> {
    fn of(story: &'s Story, sources: &'s Sources) -> Self {
        let files: BTreeSet<_> = story.steps.iter().map(|step| step.span.file).collect();
        Self {
            story,
            sources,
            is_one_file: files.len() <= 1,
        }
    }

    /// What a step came from, without steps that only pass on its own value.
    fn under(&self, at: usize) -> Vec<usize> {
        let Some(step) = self.story.steps.get(at) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        let mut open: Vec<usize> = step.uses.iter().rev().copied().collect();
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            let Some(used) = self.story.steps.get(next) else {
                continue;
            };
            if !seen.insert(next) {
                continue;
            }
            if passes_on(used, step) && !used.uses.is_empty() {
                open.extend(used.uses.iter().rev());
            } else {
                all.push(next);
            }
        }
        // What decided comes after what was counted with.
        all.sort_by_key(|at| {
            let step = self.story.steps.get(*at);
            (
                step.is_some_and(|step| step.kind == StepKind::Condition),
                *at,
            )
        });
        all
    }

    fn deepest(&self) -> usize {
        let depths = (1..=self.story.steps.len().max(1))
            .find(|levels| self.entries(*levels).iter().all(|entry| entry.hidden == 0));
        depths.unwrap_or(1)
    }

    fn entries(&self, levels: usize) -> Vec<Entry> {
        let mut out = Vec::new();
        let mut shown = BTreeSet::new();
        let mut open: Vec<(usize, usize)> =
            self.story.answers.iter().rev().map(|at| (*at, 0)).collect();
        while let Some((at, level)) = open.pop() {
            let under = self.under(at);
            let is_repeated = !under.is_empty() && !shown.insert(at);
            let is_open = level < levels && !is_repeated;
            let hidden = if is_open || is_repeated {
                0
            } else {
                under.len()
            };
            out.push(Entry {
                at,
                level,
                is_repeated,
                hidden,
            });
            if is_open {
                open.extend(under.into_iter().rev().map(|at| (at, level + 1)));
            }
        }
        out
    }

    fn lines(&self, levels: usize) -> Vec<String> {
        let entries = self.entries(levels);
        let rows = entries.iter().filter_map(|entry| {
            let step = self.story.steps.get(entry.at)?;
            Some(self.row(entry, step))
        });
        rows.flatten().collect()
    }

    /// A step in one line; what happened is in lines of its own where there is no room for it beside the number.
    fn row(&self, entry: &Entry, step: &'s Step) -> Vec<String> {
        let left = format!("{}{}", blanks(2 * entry.level), equation(step));
        let place = self.place(step);
        let words = if entry.is_repeated {
            "see above".to_owned()
        } else {
            self.words(step)
        };
        let more = match entry.hidden {
            0 => String::new(),
            1 => " (1 step)".to_owned(),
            hidden => format!(" ({hidden} steps)"),
        };
        let left = clipped(&left, WIDTH.saturating_sub(width(&place) + 2));
        let left = if width(&left) < WORDS {
            pad_right(&left, WORDS)
        } else {
            format!("{left}  ")
        };
        let room = WIDTH.saturating_sub(width(&left) + width(&place) + width(&more) + 2);
        let (beside, below) = if width(&words) <= room {
            (words, Vec::new())
        } else {
            let indent = blanks(2 * entry.level + 4);
            let rows = wrap(&words, WIDTH.saturating_sub(width(&indent)));
            let rows = rows.into_iter().map(|row| format!("{indent}{row}"));
            (String::new(), rows.collect())
        };
        let middle = format!("{beside}{more}");
        let space = WIDTH.saturating_sub(width(&left) + width(&place));
        let mut rows = vec![format!("{left}{}{place}", pad_right(&middle, space))];
        rows.extend(below);
        rows
    }

    /// What happened, or where the value was read.
    fn words(&self, step: &'s Step) -> String {
        match &step.cell {
            Some(cell) => format!("data, row {}", cell.row),
            None => on_one_line(self.formula(step)),
        }
    }

    /// How the value came about: by the step itself, or by the step that it only passes on.
    fn formula(&self, step: &'s Step) -> &'s str {
        let mut step = step;
        while step.text.is_empty() {
            let mut used = step.uses.iter().filter_map(|at| self.story.steps.get(*at));
            match used.find(|used| passes_on(used, step)) {
                Some(used) => step = used,
                None => break,
            }
        }
        &step.text
    }

    /// The clause of the paper contract, if it has one, and the line of the file.
    fn place(&self, step: &Step) -> String {
        let line = self.sources.start(step.span).line;
        let line = if self.is_one_file {
            format!("line {line}")
        } else {
            let name = self.sources.name(step.span.file);
            let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
            format!("{}:{line}", on_one_line(name))
        };
        match step.clause.as_deref() {
            Some(clause) => format!(
                "{}, {line}",
                clipped(&on_one_line(clause), MOST_OF_A_CLAUSE)
            ),
            None => line,
        }
    }
}

/// Whether a step only passes its value on to the next: rounded to what it was, under the same name, or before a limit that
/// did not count.
fn passes_on(used: &Step, next: &Step) -> bool {
    let same = match (&used.value, &next.value) {
        (Some(used), Some(next)) => used.value == next.value || used.value.negate() == next.value,
        (None, None) => true,
        _ => false,
    };
    let is_between = match used.kind {
        StepKind::Rounding | StepKind::Part => true,
        StepKind::Input
        | StepKind::Metric
        | StepKind::Definition
        | StepKind::Score
        | StepKind::Band
        | StepKind::Slab
        | StepKind::Condition
        | StepKind::Limit
        | StepKind::Line
        | StepKind::Total => used.name.starts_with(&next.name),
    };
    same && is_between
}
