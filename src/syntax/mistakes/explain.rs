//! What to say about a part that could not be read: the first cause that fits is reported.

use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::super::findings::mended_line;
use super::Stop;
use super::around::{Kind, Token};
use super::vocabulary::{Model, kind, models};
use super::words::Called;

/// Turns a place in the text that the grammar saw into a span.
pub(super) type Place<'p> = &'p dyn Fn(usize, usize) -> Span;

impl Stop<'_> {
    pub(super) fn explain(&self, place: Place<'_>) -> Diagnostic {
        let causes = [
            Self::misspelt_beginning,
            Self::sign_for_a_band,
            Self::for_in_an_award,
            Self::another_word,
            Self::per_for_each,
            Self::target_in_a_metric,
            Self::x_for_times,
            Self::misspelt_word,
            Self::misspelt_before,
            Self::missing_colon,
            Self::missing_sign,
            Self::name_of_two_words,
            Self::article,
            Self::missing_then_or_else,
            Self::inner_if,
            Self::grouped_by_blanks,
            Self::missing_parenthesis,
            Self::extra_parenthesis,
            Self::text_out_of_place,
            Self::missing_value,
            Self::date_in_the_wrong_place,
            Self::missing_operator,
        ];
        causes
            .iter()
            .find_map(|cause| cause(self, place))
            .unwrap_or_else(|| self.anything_else(place))
    }

    pub(super) fn here(&self, place: Place<'_>) -> Span {
        self.at(place, &self.found)
    }

    pub(super) fn at(&self, place: Place<'_>, token: &Token<'_>) -> Span {
        place(token.start, token.end())
    }

    pub(super) fn expects(&self, what: Called) -> bool {
        self.expected.contains(&what)
    }

    /// The item or statement with a part of it replaced, as the line to write.
    pub(super) fn help_mended(
        &self,
        found: Diagnostic,
        start: usize,
        end: usize,
        with: &str,
    ) -> Diagnostic {
        match mended_line(self.unread.text, start, end, with) {
            Some(line) => found.help(format!("write `{line}`")),
            None => found,
        }
    }

    pub(super) fn help_model(&self, found: Diagnostic) -> Diagnostic {
        match self.model() {
            Some(line) => found.help(format!("one is written like this: `{line}`")),
            None => found,
        }
    }

    /// An example of such an item or statement.
    pub(super) fn model(&self) -> Option<&'static str> {
        let text = self.unread.text.get(self.unread.from..)?;
        let models = models(self.unread.only);
        models
            .iter()
            .find(|model| begins_with(text, model.word))
            .or_else(|| {
                models
                    .iter()
                    .find(|model| begins_with_word(text, first_word(model)))
            })
            .map(|model| model.line)
            .or_else(|| kind(self.unread.only).1)
            .or_else(|| Some(models.first()?.line))
    }

    /// Whether nothing of the item or statement could be read.
    pub(super) fn at_beginning(&self) -> bool {
        self.found.start == self.unread.from
    }

    /// Whether its first word is one that such an item or statement begins with.
    fn begins_well(&self) -> bool {
        let text = self.unread.text.get(self.unread.from..);
        models(self.unread.only)
            .iter()
            .any(|model| text.is_some_and(|text| begins_with_word(text, first_word(model))))
    }

    fn anything_else(&self, place: Place<'_>) -> Diagnostic {
        let (what, _) = kind(self.unread.only);
        let message = match self.found.kind {
            Kind::End => format!("{what} stops before it is complete"),
            Kind::Word | Kind::Number | Kind::Text | Kind::Sign
                if self.at_beginning() && !self.begins_well() =>
            {
                format!("`{}` does not begin {what}", self.found.text)
            }
            Kind::Word | Kind::Number | Kind::Text | Kind::Sign => {
                format!("`{}` is not understood here", self.found.text)
            }
        };
        let found = Diagnostic::error("unreadable", self.here(place), message);
        let found = match self.expected_words() {
            Some(words) => found.here(words),
            None => found,
        };
        self.help_model(found)
    }

    /// What can come here, if that is short enough to say.
    fn expected_words(&self) -> Option<String> {
        let mut words: Vec<String> = Vec::new();
        for called in &self.expected {
            let word = match called {
                Called::Word(word) => format!("`{word}`"),
                Called::Words(several) => format!("`{}`", several.join("`, `")),
                Called::Kind(kind) => (*kind).to_owned(),
                Called::Value => "a value".to_owned(),
                Called::Operator => "a sign such as `+`".to_owned(),
                Called::Unsaid => continue,
            };
            words.push(word);
        }
        let last = words.pop()?;
        match words.len() {
            0 => Some(format!("{last} belongs here")),
            1..=5 => Some(format!("{} or {last} belongs here", words.join(", "))),
            _ => None,
        }
    }
}

pub(super) fn first_word(model: &Model) -> &'static str {
    model.word.split(' ').next().unwrap_or(model.word)
}

pub(super) fn begins_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn begins_with(text: &str, words: &str) -> bool {
    let mut text = text.split_whitespace();
    words.split(' ').all(|word| text.next() == Some(word))
}

/// Whether a word is likely a misspelling of another.
pub(super) fn close(word: &str, meant: &str) -> bool {
    let allowed = match meant.len() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let distance = strsim::osa_distance(&word.to_lowercase(), meant);
    distance <= allowed
}
