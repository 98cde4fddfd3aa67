//! Texts in quotation marks: those on keyboards and those that word processors make of them.

use crate::diagnostic::Diagnostic;

use super::Scanner;

impl Scanner<'_> {
    /// A text that begins with a plain quotation mark.
    pub(super) fn string(&mut self) {
        let start = self.at;
        let end = self.find(start + 1, |c| c == '"' || c == '\n');
        self.refuse_line_ends_in_text(start, end);
        let inside = self.slice(start + 1, end);
        // A curly mark that closes nothing within the text was meant to close the text itself.
        let curly = inside.find('”').filter(|&at| {
            let before = inside.get(..at).unwrap_or_default();
            !before.contains(['“', '„'])
        });
        match curly {
            Some(at) => self.report_quotes(start, start + 1 + at),
            None if self.byte(end) == b'"' => self.step(end + 1 - start),
            None => self.unclosed(start, start + 1, end),
        }
    }

    /// A text that begins with another quotation mark, `length` bytes long.
    pub(super) fn other_quotes(&mut self, length: usize, closing: &[char]) {
        let start = self.at;
        let end = self.find(start + length, |c| c == '\n' || closing.contains(&c));
        self.edits.replace(start, start + length, "\"");
        self.refuse_line_ends_in_text(start, end);
        if matches!(self.byte(end), b'\n' | 0) {
            self.unclosed(start, start + length, end);
        } else {
            self.report_quotes(start, end);
        }
    }

    /// The place of the first such character from `at` on, or the end of the text.
    pub(super) fn find(&self, at: usize, wanted: impl Fn(char) -> bool) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.find(wanted).unwrap_or(rest.len())
    }

    /// Closes a text at `end` with a plain mark, where there is another one.
    fn report_quotes(&mut self, start: usize, end: usize) {
        let mark = self.char_at(end).map_or(1, char::len_utf8);
        let written = self.slice(start, end + mark);
        let first = written.chars().next().map_or(1, char::len_utf8);
        let inside = self.slice(start + first, end);
        let span = self.span(start, end + mark);
        self.found.say(|| {
            Diagnostic::error(
                "quotation-marks",
                span,
                format!("`{written}` has quotation marks other than `\"`"),
            )
            .because("word processors insert them; a text begins and ends with the same plain mark")
            .help(format!("write `\"{inside}\"`"))
        });
        self.edits.replace(end, end + mark, "\"");
        self.step(end + mark - start);
    }

    /// Closes a text where its line ends, or before a sign that cannot be part of it.
    fn unclosed(&mut self, start: usize, inside: usize, line_end: usize) {
        let line = self.slice(inside, line_end).trim_end();
        let text = line.trim_end_matches(['{', ';', ',']).trim_end();
        let end = inside + text.len();
        let span = self.span(start, end);
        self.found.say(|| {
            Diagnostic::error(
                "unclosed-text",
                span,
                "this text has no closing quotation mark",
            )
            .here("a `\"` is missing after it")
            .because("a text ends on the line on which it begins")
            .help(format!("write `\"{text}\"`"))
        });
        self.edits.replace(end, end, "\"");
        self.step(end - start);
    }
}
