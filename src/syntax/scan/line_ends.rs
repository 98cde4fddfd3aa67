//! Signs at which some programs begin a new line and others do not.

use crate::diagnostic::Diagnostic;
use crate::text::{name_of_line_end, odd_line_end};

use super::{Last, Scanner};

impl Scanner<'_> {
    /// Refuses the character at `at`, where the current line ends.
    pub(super) fn odd_line_end(&mut self) {
        let (start, end) = self.refuse_line_end(self.at);
        self.edits.replace(start, end, "\n");
        self.at = end;
        self.last = Last::LineStart;
    }

    /// Refuses the characters between two places, in a text that continues after them.
    pub(super) fn refuse_line_ends_in_text(&mut self, start: usize, end: usize) {
        for (start, end) in self.refuse_line_ends(start, end) {
            self.edits.replace(start, end, " ");
        }
    }

    /// Refuses the characters between two places; returns where they are.
    pub(super) fn refuse_line_ends(&mut self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let (mut at, mut places) = (start, Vec::new());
        // A carriage return at the end is part of a usual line ending if a line feed follows.
        let within = end + usize::from(self.byte(end) == b'\n');
        while let Some((place, _)) = odd_line_end(self.slice(0, within), at) {
            let place = self.refuse_line_end(place);
            at = place.1;
            places.push(place);
        }
        places
    }

    /// Reports the character at `at`; returns where it begins and ends.
    fn refuse_line_end(&mut self, at: usize) -> (usize, usize) {
        let sign = self.char_at(at).unwrap_or('\r');
        let end = at + sign.len_utf8();
        let span = self.span(at, end);
        let old_file = sign == '\r' && !self.bytes.contains(&b'\n');
        if !old_file || !self.old_file_told {
            self.old_file_told = old_file;
            self.found.say(|| {
                let name = name_of_line_end(sign);
                let found = if old_file {
                    Diagnostic::error(
                        "odd-line-end",
                        span,
                        format!("the lines of this file end in {name}"),
                    )
                    .help("save the file with the line endings of Unix or Windows (LF or CRLF)")
                } else {
                    Diagnostic::error("odd-line-end", span, format!("there is {name} here"))
                        .help("replace it with a line break if a new line begins here, or else with a space")
                };
                found.because(
                    "some editors begin a new line here and others do not, so a clause can look like part of a comment, \
                     or a comment like a clause",
                )
            });
        }
        (at, end)
    }
}
