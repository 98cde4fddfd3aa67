//! One function for each mistake that has a message of its own; the first that fits speaks.

use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::super::findings::mended_line;
use super::super::grammar::Rule;
use super::Stop;
use super::around::{Kind, Token, open_parenthesis};
use super::vocabulary::{Model, kind, models};
use super::words::Called;

type Place<'p> = &'p dyn Fn(usize, usize) -> Span;

impl Stop<'_> {
    pub(super) fn explain(&self, place: Place<'_>) -> Diagnostic {
        let causes = [
            Self::misspelt_beginning,
            Self::misspelt_word,
            Self::misspelt_before,
            Self::missing_colon,
            Self::missing_then_or_else,
            Self::inner_if,
            Self::grouped_by_blanks,
            Self::missing_parenthesis,
            Self::extra_parenthesis,
            Self::text_out_of_place,
            Self::missing_value,
            Self::missing_operator,
        ];
        causes
            .iter()
            .find_map(|cause| cause(self, place))
            .unwrap_or_else(|| self.anything_else(place))
    }

    fn here(&self, place: Place<'_>) -> Span {
        self.at(place, &self.found)
    }

    fn at(&self, place: Place<'_>, token: &Token<'_>) -> Span {
        place(token.start, token.end())
    }

    fn expects(&self, what: Called) -> bool {
        self.expected.contains(&what)
    }

    /// The item or statement with a part of it replaced, as the line to write.
    fn help_mended(&self, found: Diagnostic, start: usize, end: usize, with: &str) -> Diagnostic {
        match mended_line(self.unread.text, start, end, with) {
            Some(line) => found.help(format!("write `{line}`")),
            None => found,
        }
    }

    fn help_model(&self, found: Diagnostic) -> Diagnostic {
        match self.model() {
            Some(line) => found.help(format!("one is written like this: `{line}`")),
            None => found,
        }
    }

    /// How such an item or statement looks.
    fn model(&self) -> Option<&'static str> {
        let text = self.unread.text.get(self.unread.from..)?;
        models(self.unread.only)
            .iter()
            .find(|model| begins_with(text, model.word))
            .map(|model| model.line)
            .or_else(|| kind(self.unread.only).1)
    }

    /// Whether nothing of the item or statement could be read.
    fn at_beginning(&self) -> bool {
        self.found.start == self.unread.from
    }

    /// `chrage handling …`
    fn misspelt_beginning(&self, place: Place<'_>) -> Option<Diagnostic> {
        let whole = self.unread.text.get(self.unread.from..self.unread.end)?;
        let length = whole.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        let word = whole.get(..length).filter(|word| !word.is_empty())?;
        let all = models(self.unread.only);
        if all.iter().any(|model| first_word(model) == word) {
            return None;
        }
        let meant = all
            .iter()
            .map(first_word)
            .filter(|meant| close(word, meant))
            .min_by_key(|meant| strsim::osa_distance(word, meant))?;
        let start = self.unread.from;
        let (what, _) = kind(self.unread.only);
        let found = Diagnostic::error(
            "misspelt-word",
            place(start, start + length),
            format!("`{word}` does not begin {what}"),
        )
        .here(format!("did you mean `{meant}`?"));
        Some(self.help_mended(found, start, start + length, meant))
    }

    /// A word that is nearly one of those that could stand here.
    fn misspelt_word(&self, place: Place<'_>) -> Option<Diagnostic> {
        if self.found.kind != Kind::Word {
            return None;
        }
        let word = self.found.text;
        let meant = self
            .expected
            .iter()
            .flat_map(Called::words)
            .filter_map(|words| words.split(' ').next())
            .filter(|meant| close(word, meant))
            .min_by_key(|meant| strsim::osa_distance(word, meant))?;
        let found = Diagnostic::error(
            "misspelt-word",
            self.here(place),
            format!("`{word}` is not a word that can stand here"),
        )
        .here(format!("did you mean `{meant}`?"));
        Some(self.help_mended(found, self.found.start, self.found.end(), meant))
    }

    /// A word that was read as a name, before a block that it should have led to: `handled gratuated { … }`
    fn misspelt_before(&self, place: Place<'_>) -> Option<Diagnostic> {
        let before = &self.before;
        if !self.found.is("{") || before.kind != Kind::Word || before.start <= self.unread.from {
            return None;
        }
        let meant = ["graduated", "volume", "flat"]
            .into_iter()
            .find(|meant| close(before.text, meant))?;
        let found = Diagnostic::error(
            "misspelt-word",
            self.at(place, before),
            format!("`{}` is not a word that can stand here", before.text),
        )
        .here(format!("did you mean `{meant}`?"));
        Some(self.help_mended(found, before.start, before.end(), meant))
    }

    /// `below 60 -10%`
    fn missing_colon(&self, place: Place<'_>) -> Option<Diagnostic> {
        let band = self.unread.text.get(self.unread.from..self.unread.end)?;
        let is_it = self.unread.only == Rule::only_band
            && self.expects(Called::Word(":"))
            && !band.contains(':');
        is_it.then(|| {
            Diagnostic::error(
                "missing-colon",
                place(self.unread.from, self.unread.end),
                "no `:` stands between the edge of this band and its value",
            )
            .help("write the edge, `:`, then the value: `below 60: -10%`")
        })
    }

    /// `if a 5 else 6`, `if a then 5`
    fn missing_then_or_else(&self, place: Place<'_>) -> Option<Diagnostic> {
        let word = if self.expects(Called::Word("then")) {
            "then"
        } else if self.expects(Called::Word("else")) {
            "else"
        } else {
            return None;
        };
        let why = match word {
            "then" => "without it nobody can tell where the condition ends",
            _ => "a value has to come out in every case",
        };
        Some(
            Diagnostic::error(
                "incomplete-if",
                self.here(place),
                format!("this `if` has no `{word}`"),
            )
            .here(match self.found.kind {
                Kind::End => format!("`{word}` is missing behind this"),
                Kind::Word | Kind::Number | Kind::Text | Kind::Sign => {
                    format!("`{word}` is missing before this")
                }
            })
            .because(why)
            .help("write `if asa above 30 s then 500 EUR else 0 EUR`"),
        )
    }

    /// `5 EUR + if a then b else c`
    fn inner_if(&self, place: Place<'_>) -> Option<Diagnostic> {
        (self.found.is("if") && self.expects(Called::Value)).then(|| {
            Diagnostic::error(
                "bare-if",
                self.here(place),
                "an `if` within a larger expression stands without parentheses",
            )
            .because("without them nobody can tell where it ends")
            .help("write `( if … then … else … )`")
        })
    }

    /// `12 000 EUR`
    fn grouped_by_blanks(&self, place: Place<'_>) -> Option<Diagnostic> {
        let (first, second) = (&self.before, &self.found);
        let is_grouped = first.kind == Kind::Number
            && second.kind == Kind::Number
            && second
                .text
                .split('.')
                .next()
                .is_some_and(|whole| whole.len() == 3)
            && self.unread.text.get(first.end()..second.start) == Some(" ");
        is_grouped.then(|| {
            let joined = format!("{}_{}", first.text, second.text);
            let found = Diagnostic::error(
                "grouped-number",
                place(first.start, second.end()),
                format!(
                    "a blank stands within the number `{} {}`",
                    first.text, second.text
                ),
            )
            .because("a number is one word; its thousands are set apart with `_`");
            self.help_mended(found, first.start, second.end(), &joined)
        })
    }

    fn missing_parenthesis(&self, place: Place<'_>) -> Option<Diagnostic> {
        if !self.expects(Called::Word(")")) || self.found.ends_value() {
            return None;
        }
        let open = open_parenthesis(self.unread.text, self.unread.from, self.found.start)?;
        let end = self.before.end();
        Some(
            Diagnostic::error("missing-parenthesis", place(end, end), "a `)` is missing")
                .here("it should stand here at the latest")
                .and_at(place(open, open + 1), "this `(` is never closed")
                .because("where the parenthesis ends decides what is multiplied with what"),
        )
    }

    fn extra_parenthesis(&self, place: Place<'_>) -> Option<Diagnostic> {
        let is_extra = self.found.is(")")
            && open_parenthesis(self.unread.text, self.unread.from, self.found.start).is_none();
        is_extra.then(|| {
            let found = Diagnostic::error(
                "extra-parenthesis",
                self.here(place),
                "this `)` closes nothing",
            );
            self.help_mended(found, self.found.start, self.found.end(), "")
        })
    }

    /// `a / ;`, `below 70%: ;`
    fn missing_value(&self, place: Place<'_>) -> Option<Diagnostic> {
        let before = &self.before;
        if !self.expects(Called::Value) || !before.wants_value() || before.start < self.unread.from
        {
            return None;
        }
        let found = Diagnostic::error(
            "missing-value",
            self.at(place, before),
            format!("no value stands behind `{}`", before.text),
        );
        let found = match self.found.kind {
            Kind::End => found,
            _ if self.found.is("}") => found,
            Kind::Word | Kind::Number | Kind::Text | Kind::Sign => {
                found.and_at(self.here(place), "this is not the beginning of a value")
            }
        };
        Some(self.help_model(found))
    }

    /// `resolved_first handled`
    fn missing_operator(&self, place: Place<'_>) -> Option<Diagnostic> {
        let (before, found) = (&self.before, &self.found);
        let begins_value = matches!(found.kind, Kind::Word | Kind::Number) || found.is("(");
        let is_it = self.expects(Called::Operator)
            && before.ends_value()
            && begins_value
            && before.start >= self.unread.from
            && !self.at_beginning();
        is_it.then(|| {
            let found_text = found.text;
            Diagnostic::error(
                "missing-operator",
                self.here(place),
                format!("nothing joins `{}` and `{found_text}`", before.text),
            )
            .here("a sign such as `+`, `*` or a word such as `of` is missing before this")
            .help(format!(
                "write `{} * {found_text}`, `{0} / {found_text}` or what else is meant; a name is one word: `my_name`",
                before.text
            ))
        })
    }

    fn text_out_of_place(&self, place: Place<'_>) -> Option<Diagnostic> {
        (self.found.kind == Kind::Text && !self.at_beginning()).then(|| {
            Diagnostic::error(
                "text-out-of-place",
                self.here(place),
                format!("the text {} has no place here", self.found.text),
            )
            .because("a text right behind the name is the title, one at the end is the clause of the paper contract")
            .help("keep one title and one clause, or put the rest into a comment: `# …`")
        })
    }

    fn anything_else(&self, place: Place<'_>) -> Diagnostic {
        let (what, _) = kind(self.unread.only);
        let message = match self.found.kind {
            Kind::End => format!("{what} stops before it is complete"),
            Kind::Word | Kind::Number | Kind::Text | Kind::Sign if self.at_beginning() => {
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

    /// What could stand here, if that is little enough to be said.
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
            0 => Some(format!("{last} can stand here")),
            1..=5 => Some(format!("{} or {last} can stand here", words.join(", "))),
            _ => None,
        }
    }
}

fn first_word(model: &Model) -> &'static str {
    model.word.split(' ').next().unwrap_or(model.word)
}

fn begins_with(text: &str, words: &str) -> bool {
    let mut text = text.split_whitespace();
    words.split(' ').all(|word| text.next() == Some(word))
}

/// Whether a word is likely a misspelling of another.
fn close(word: &str, meant: &str) -> bool {
    let allowed = match meant.len() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let distance = strsim::osa_distance(&word.to_lowercase(), meant);
    distance <= allowed
}
