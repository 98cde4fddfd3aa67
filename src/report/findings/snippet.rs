//! One finding with its lines of source, drawn by codespan-reporting.

use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::diagnostic as drawn;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, termcolor};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::{FileId, Sources};

use crate::report::escape::terminal::{on_one_line, visible};
use crate::report::excerpt::{Excerpt, shown_range};
use crate::report::layout::{WIDTH, wrap};

/// The most lines of a place that is shown as a whole. Of a longer place, only the first line is shown.
const MOST_LINES: usize = 24;

/// How much of a finding is shown.
#[derive(Clone, Copy)]
pub(in crate::report) enum Style {
    /// Everything.
    Full,
    /// Everything except the source lines, which have just been shown.
    WithoutPlace,
    /// One line.
    Concise,
}

/// The finding as text.
pub(in crate::report) fn render_one(
    diagnostic: &Diagnostic,
    sources: &Sources,
    style: Style,
    colour: bool,
) -> String {
    let labels: Vec<&Label> = std::iter::once(&diagnostic.primary)
        .chain(&diagnostic.related)
        .collect();
    let excerpts = Excerpts::new(&labels, sources);
    let drawing = drawn::Diagnostic {
        severity: severity(diagnostic.severity),
        code: Some(diagnostic.code.to_owned()),
        message: on_one_line(&diagnostic.message),
        labels: match style {
            Style::WithoutPlace => Vec::new(),
            Style::Full | Style::Concise => excerpts.draw(&labels),
        },
        notes: notes(diagnostic),
    };
    draw(&drawing, &excerpts, style, colour).unwrap_or_else(|| {
        let code = diagnostic.code;
        format!(
            "{}[{code}]: {}\n",
            word(diagnostic.severity),
            drawing.message
        )
    })
}

/// The word for a severity, in text and JSON.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The excerpts of all files to which a finding points.
struct Excerpts<'a> {
    files: BTreeMap<FileId, (String, Excerpt<'a>)>,
    ranges: Vec<Option<(FileId, Range<usize>)>>,
}

impl<'a> Excerpts<'a> {
    fn new(labels: &[&Label], sources: &'a Sources) -> Self {
        let ranges: Vec<Option<(FileId, Range<usize>)>> = labels
            .iter()
            .map(|label| {
                let source = sources.get(label.span.file)?;
                let range = shown_range(source, label.span, MOST_LINES);
                Some((label.span.file, range))
            })
            .collect();
        let mut by_file: BTreeMap<FileId, Vec<Range<usize>>> = BTreeMap::new();
        for (file, range) in ranges.iter().flatten() {
            by_file.entry(*file).or_default().push(range.clone());
        }
        let files = by_file
            .into_iter()
            .filter_map(|(file, ranges)| {
                let source = sources.get(file)?;
                let excerpt = Excerpt::dense(source, &ranges);
                Some((file, (on_one_line(&source.name), excerpt)))
            })
            .collect();
        Self { files, ranges }
    }

    fn draw(&self, labels: &[&Label]) -> Vec<drawn::Label<FileId>> {
        let mut drawn = Vec::new();
        for (at, (label, range)) in labels.iter().zip(&self.ranges).enumerate() {
            let Some((file, range)) = range else { continue };
            let Ok(excerpt) = self.excerpt(*file) else {
                continue;
            };
            let style = if at == 0 {
                drawn::LabelStyle::Primary
            } else {
                drawn::LabelStyle::Secondary
            };
            drawn.push(
                drawn::Label::new(style, *file, excerpt.range(range))
                    .with_message(on_one_line(&label.text)),
            );
        }
        drawn
    }

    fn excerpt(&self, file: FileId) -> Result<&Excerpt<'a>, Error> {
        self.files
            .get(&file)
            .map(|(_, excerpt)| excerpt)
            .ok_or(Error::FileMissing)
    }
}

impl<'f> Files<'f> for Excerpts<'_> {
    type FileId = FileId;
    type Name = &'f str;
    type Source = &'f str;

    fn name(&'f self, file: FileId) -> Result<&'f str, Error> {
        let found = self.files.get(&file).ok_or(Error::FileMissing)?;
        Ok(&found.0)
    }

    fn source(&'f self, file: FileId) -> Result<&'f str, Error> {
        Ok(self.excerpt(file)?.text())
    }

    fn line_index(&'f self, file: FileId, at: usize) -> Result<usize, Error> {
        Ok(self.excerpt(file)?.lines().line_of(at))
    }

    fn line_number(&'f self, file: FileId, line: usize) -> Result<usize, Error> {
        Ok(self.excerpt(file)?.line_number(line))
    }

    fn column_number(&'f self, file: FileId, _line: usize, at: usize) -> Result<usize, Error> {
        Ok(self.excerpt(file)?.column(at))
    }

    fn line_range(&'f self, file: FileId, line: usize) -> Result<Range<usize>, Error> {
        let lines = self.excerpt(file)?.lines();
        lines.line_range(line).ok_or(Error::LineTooLarge {
            given: line,
            max: lines.line_count(),
        })
    }
}

fn severity(severity: Severity) -> drawn::Severity {
    match severity {
        Severity::Error => drawn::Severity::Error,
        Severity::Warning => drawn::Severity::Warning,
        Severity::Info => drawn::Severity::Note,
    }
}

/// The reasons and the help. Reasons are wrapped. Help is not, because it is often text to copy.
fn notes(diagnostic: &Diagnostic) -> Vec<String> {
    let why = diagnostic.why.iter().map(|why| {
        let why = format!("why: {}", visible(why));
        let lines: Vec<String> = why
            .lines()
            .flat_map(|line| wrap(line, WIDTH.saturating_sub(8)))
            .collect();
        lines.join("\n")
    });
    let help = diagnostic
        .help
        .iter()
        .map(|help| format!("help: {}", visible(help)));
    why.chain(help).collect()
}

fn draw(
    drawing: &drawn::Diagnostic<FileId>,
    excerpts: &Excerpts<'_>,
    style: Style,
    colour: bool,
) -> Option<String> {
    let config = term::Config {
        display_style: match style {
            Style::Full | Style::WithoutPlace => term::DisplayStyle::Rich,
            Style::Concise => term::DisplayStyle::Short,
        },
        ..term::Config::default()
    };
    if !colour {
        return term::emit_into_string(&config, excerpts, drawing).ok();
    }
    let mut out = termcolor::Ansi::new(Vec::new());
    term::emit_to_write_style(&mut out, &config, excerpts, drawing).ok()?;
    String::from_utf8(out.into_inner()).ok()
}
