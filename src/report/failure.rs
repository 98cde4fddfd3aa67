//! The program's own failures: wrong arguments, unreadable files, bad data cells, broken configuration.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    NarratableReportHandler, SourceCode, SourceSpan, SpanContents,
};

use super::excerpt::clip_line;
use super::layout::WIDTH;
use crate::report::escape::terminal::{on_one_line, visible};

/// Why the program could not do what it was asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    message: String,
    help: Option<String>,
    excerpt: Option<Box<Excerpt>>,
}

/// The line of a file that has the mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Excerpt {
    file: String,
    line: usize,
    text: String,
    range: Range<usize>,
    /// The character, counted from 0, at which the range starts in the whole line.
    column: usize,
    label: String,
}

impl Failure {
    /// A failure, in one line: lower case, no full stop.
    #[must_use]
    pub fn new(message: impl AsRef<str>) -> Self {
        Self {
            message: visible(message.as_ref()),
            help: None,
            excerpt: None,
        }
    }

    /// What went wrong, in one line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The file, the line (from 1), its text and the wrong bytes in it, if the failure is about a place.
    pub(super) fn place(&self) -> Option<(&str, usize, &str, Range<usize>)> {
        let excerpt = self.excerpt.as_deref()?;
        Some((
            &excerpt.file,
            excerpt.line,
            &excerpt.text,
            excerpt.range.clone(),
        ))
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help = Some(visible(help.as_ref()));
        self
    }

    /// What is wrong and what to do about it, in one line.
    #[must_use]
    pub fn in_one_line(&self) -> String {
        match &self.help {
            Some(help) => format!("{}; {help}", self.message),
            None => self.message.clone(),
        }
    }

    /// Shows line `line` (from 1) of `file`, whose text is `text`, and points at the bytes `range` of that line.
    #[must_use]
    pub fn at(
        mut self,
        file: impl AsRef<str>,
        line: usize,
        text: &str,
        range: Range<usize>,
        label: impl AsRef<str>,
    ) -> Self {
        let column = text
            .char_indices()
            .take_while(|(at, _)| *at < range.start)
            .count();
        let (text, range) = clip_line(text, range);
        self.excerpt = Some(Box::new(Excerpt {
            file: on_one_line(file.as_ref()),
            line,
            text,
            range,
            column,
            label: on_one_line(label.as_ref()),
        }));
        self
    }
}

/// The failure as text. If `narrated`, it is for screen readers, without drawing or colour.
#[must_use]
pub fn render(failure: &Failure, colour: bool, narrated: bool) -> String {
    let mut out = String::new();
    let drawn = if narrated {
        NarratableReportHandler::new().render_report(&mut out, failure)
    } else {
        let theme = if colour {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        GraphicalReportHandler::new_themed(theme)
            .with_width(WIDTH)
            .with_links(false)
            .render_report(&mut out, failure)
    };
    match drawn {
        Ok(()) => out,
        Err(fmt::Error) => format!("{failure}\n"),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Failure {}

impl miette::Diagnostic for Failure {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let excerpt = self.excerpt.as_deref()?;
        Some(excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.excerpt.as_ref()?;
        let label = LabeledSpan::new(
            (!excerpt.label.is_empty()).then(|| excerpt.label.clone()),
            excerpt.range.start,
            excerpt.range.len(),
        );
        Some(Box::new(std::iter::once(label)))
    }
}

/// Only this line of the file is known. There are no lines around it, so the drawing states where the range starts.
impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if span.offset() + span.len() > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            self.line.saturating_sub(1),
            if lines_before == 0 { self.column } else { 0 },
            1,
        )))
    }
}
