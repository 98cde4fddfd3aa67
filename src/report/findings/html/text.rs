//! The lines of a file on the page, numbered, with marks at the places to which findings point.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::report::escape::markup::escaped;
use crate::report::excerpt::shown_range;
use crate::text::{FileId, Source, Span};

/// The most lines of a place that is marked as a whole. Of a longer place, only the first line is marked.
const MOST_LINES: usize = 24;

/// The names of marks. If several places overlap, the first of these names is shown.
const CLASSES: [&str; 4] = ["error", "warning", "note", "related"];

/// A file's lines.
pub(super) struct Lines<'s> {
    sheet: usize,
    file: FileId,
    source: &'s Source,
    /// The marks on each line.
    marks: BTreeMap<usize, Vec<Mark>>,
}

/// Bytes of the file, and the name of their mark.
type Mark = (Range<usize>, &'static str);

impl<'s> Lines<'s> {
    /// The lines of sheet number `sheet`, with places to mark and the names of their marks.
    pub(super) fn new(
        sheet: usize,
        file: FileId,
        source: &'s Source,
        places: impl Iterator<Item = (Span, &'static str)>,
    ) -> Self {
        let mut lines = Self {
            sheet,
            file,
            source,
            marks: BTreeMap::new(),
        };
        for (span, class) in places.filter(|(span, _)| span.file == file) {
            let range = shown_range(source, span, MOST_LINES);
            for line in lines.line_at(range.start)..=lines.line_at(range.end) {
                let marks = lines.marks.entry(line).or_default();
                marks.push((range.clone(), class));
            }
        }
        lines
    }

    /// The number of lines, without the empty one after the last line break.
    pub(super) fn count(&self) -> usize {
        let lines = &self.source.lines;
        let count = lines.line_count();
        let last = lines.line_range(count - 1).unwrap_or_default();
        if last.is_empty() && count > 1 {
            count - 1
        } else {
            count
        }
    }

    /// The line, from 0, in which a place starts.
    pub(super) fn line_of(&self, span: Span) -> usize {
        self.line_at(span.start as usize)
    }

    /// The number of the place's line, as a link to that line, if the place is in this file.
    pub(super) fn link(&self, span: Span) -> Option<String> {
        let number = self.source.lines.line_of(span.start as usize) + 1;
        let target = self.line_of(span) + 1;
        (span.file == self.file).then(|| {
            format!(
                "<a href=\"#line-{}-{target}\">line {number}</a>",
                self.sheet
            )
        })
    }

    /// The line, from 0, that has a byte, or the last one for a byte after it.
    fn line_at(&self, at: usize) -> usize {
        self.source.lines.line_of(at).min(self.count() - 1)
    }

    /// Some lines as markup.
    pub(super) fn shown(&self, lines: Range<usize>) -> String {
        lines.map(|line| self.line(line)).collect()
    }

    fn line(&self, line: usize) -> String {
        let number = line + 1;
        let range = self.source.lines.line_range(line).unwrap_or_default();
        let text = self.source.text.get(range.clone()).unwrap_or_default();
        let text = text.trim_end_matches(['\n', '\r']);
        format!(
            "<span class=\"line\"><span class=\"number\" id=\"line-{}-{number}\">{number}</span>{}\n</span>",
            self.sheet,
            self.marked(line, range.start..range.start + text.len())
        )
    }

    /// The text of line `number`, which is the bytes `line`, split wherever a mark starts or ends.
    fn marked(&self, number: usize, line: Range<usize>) -> String {
        let here = self
            .marks
            .get(&number)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let ends = here.iter().flat_map(|(mark, _)| [mark.start, mark.end]);
        let mut cuts: Vec<usize> = ends
            .filter(|cut| line.contains(cut))
            .chain([line.start, line.end])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut out = String::new();
        for (at, cut) in cuts.iter().enumerate() {
            out.push_str(&points(here, *cut, &line));
            let Some(next) = cuts.get(at + 1) else { break };
            let text = escaped(self.source.text.get(*cut..*next).unwrap_or_default());
            let covering = here
                .iter()
                .filter(|(mark, _)| mark.start <= *cut && mark.end >= *next);
            match strongest(covering.map(|(_, class)| *class)) {
                Some(class) => out.push_str(&format!("<mark class=\"{class}\">{text}</mark>")),
                None => out.push_str(&text),
            }
        }
        out
    }
}

/// The mark of a place between two characters, where something is missing.
fn points(marks: &[Mark], at: usize, line: &Range<usize>) -> String {
    let points = marks.iter().filter(|(mark, _)| {
        mark.is_empty() && (mark.start == at || at == line.end && mark.start > at)
    });
    strongest(points.map(|(_, class)| *class))
        .map(|class| format!("<mark class=\"{class} point\"></mark>"))
        .unwrap_or_default()
}

fn strongest(classes: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    classes.min_by_key(|class| CLASSES.iter().position(|known| known == class))
}
