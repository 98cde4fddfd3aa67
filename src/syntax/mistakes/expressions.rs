//! Incomplete or malformed expressions.

use crate::diagnostic::Diagnostic;

use super::Stop;
use super::advice::{Advice, Correction};
use super::around::{Kind, Token, open_parenthesis};
use super::explain::Place;
use super::trial::Outcome;
use super::words::Called;

impl Stop<'_> {
    /// `if a 5 else 6`, `if a then 5`
    pub(super) fn missing_then_or_else(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.unread.text.get(self.unread.from..self.found.start)?;
        if !item
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == "if")
        {
            return None;
        }
        let word = if self.expects(Called::Word("then")) {
            "then"
        } else if self.expects(Called::Word("else")) {
            "else"
        } else {
            return None;
        };
        let why = match word {
            "then" => "without it nobody can see where the condition ends",
            _ => "there must be a value in every case",
        };
        let found = Diagnostic::error(
            "incomplete-if",
            self.here(place),
            format!("this `if` has no `{word}`"),
        )
        .here(match self.found.kind {
            Kind::End => format!("`{word}` is missing after this"),
            Kind::Word | Kind::Number | Kind::Text | Kind::Sign => {
                format!("`{word}` is missing before this")
            }
        })
        .because(why)
        .help("write `if asa above 30 s then 500 EUR else 0 EUR`");
        Some(found.into())
    }

    /// `5 EUR + if a then b else c`, `a if b else c`
    pub(super) fn inner_if(&self, place: Place<'_>) -> Option<Advice> {
        if self.found.is("if") && self.expects(Called::Operator) {
            return Some(
                Diagnostic::error(
                    "if-after-a-value",
                    self.here(place),
                    "an `if` comes after a value",
                )
                .because("the condition comes first, so that a reader knows when the value applies")
                .help("write `if … then … else …`")
                .into(),
            );
        }
        (self.found.is("if") && self.expects(Called::Value)).then(|| {
            Diagnostic::error(
                "bare-if",
                self.here(place),
                "an `if` inside a larger expression has no parentheses",
            )
            .because("without them nobody can see where it ends")
            .help("write `( if … then … else … )`")
            .into()
        })
    }

    /// `12 000 EUR`
    pub(super) fn grouped_by_blanks(&self, place: Place<'_>) -> Option<Advice> {
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
                    "there is a space in the number `{} {}`",
                    first.text, second.text
                ),
            )
            .because("a number is one word; separate its thousands with `_`");
            self.corrected(place, found, (first.start, second.end()), &joined)
        })
    }

    pub(super) fn missing_parenthesis(&self, place: Place<'_>) -> Option<Advice> {
        if !self.expects(Called::Word(")")) || self.found.ends_value() {
            return None;
        }
        let open = open_parenthesis(self.unread.text, self.unread.from, self.found.start)?;
        let end = self.before.end();
        Some(
            Diagnostic::error("missing-parenthesis", place(end, end), "a `)` is missing")
                .here("it belongs here at the latest")
                .and_at(place(open, open + 1), "this `(` is never closed")
                .because("the end of the parenthesis decides what is multiplied with what")
                .into(),
        )
    }

    pub(super) fn extra_parenthesis(&self, place: Place<'_>) -> Option<Advice> {
        let is_extra = self.found.is(")")
            && open_parenthesis(self.unread.text, self.unread.from, self.found.start).is_none();
        is_extra.then(|| {
            let found = Diagnostic::error(
                "extra-parenthesis",
                self.here(place),
                "this `)` closes nothing",
            );
            self.corrected(place, found, (self.found.start, self.found.end()), "")
        })
    }

    /// `a / ;`, `below 70%: ;`
    pub(super) fn missing_value(&self, place: Place<'_>) -> Option<Advice> {
        let before = &self.before;
        if !self.expects(Called::Value) || !before.wants_value() || before.start < self.unread.from
        {
            return None;
        }
        let found = Diagnostic::error(
            "missing-value",
            self.at(place, before),
            format!("there is no value after `{}`", before.text),
        );
        let found = match self.found.kind {
            Kind::End => found,
            _ if self.found.is("}") => found,
            Kind::Word | Kind::Number | Kind::Text | Kind::Sign => {
                found.and_at(self.here(place), "a value cannot begin like this")
            }
        };
        Some(self.help_model(found).into())
    }

    /// `4 EUR from 2027-01-01 5 EUR`, `if a then b else c, from 2027-01-01 d`
    pub(super) fn date_in_the_wrong_place(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text;
        let behind = text.get(self.found.end()..)?.trim_start();
        let is_dated = |behind: &str| behind.starts_with(|c: char| c.is_ascii_digit());
        if self.found.is("from") && self.expects(Called::Operator) && is_dated(behind) {
            let end = self.before.end();
            let found = Diagnostic::error(
                "missing-comma",
                place(end, self.found.end()),
                "there is no comma before `from`",
            )
            .because("the comma separates the value before the date from the one after it");
            return Some(self.corrected(place, found, (end, self.found.end()), ", from"));
        }
        let dated = behind.strip_prefix("from").map(str::trim_start);
        let is_it = self.found.is(",") && dated.is_some_and(is_dated);
        is_it.then(|| {
            Diagnostic::error(
                "date-after-an-if",
                self.here(place),
                "a date comes after an `if`",
            )
            .because("it could belong to the last value only, or to the whole choice")
            .help("put what changes on the date in parentheses: `else (6 EUR, from 2027-01-01 5 EUR)`, or `(if … else \
                   …), from …`")
            .into()
        })
    }

    /// `resolved_first handled`
    pub(super) fn missing_operator(&self, place: Place<'_>) -> Option<Advice> {
        let (before, found) = (&self.before, &self.found);
        let begins_value = matches!(found.kind, Kind::Word | Kind::Number) || found.is("(");
        let is_it = self.expects(Called::Operator)
            && before.ends_value()
            && begins_value
            && before.start >= self.unread.from
            && !self.at_beginning();
        if !is_it {
            return None;
        }
        let found_text = found.text;
        let finding = Diagnostic::error(
            "missing-operator",
            self.here(place),
            format!("nothing joins `{}` and `{found_text}`", before.text),
        )
        .here("a sign such as `+`, `*` or a word such as `of` is missing before this");
        // A rate or a share is taken of a quantity; for anything else nobody but the drafter knows the sign.
        let of = Correction {
            start: found.start,
            end: found.start,
            with: "of ".to_owned(),
        };
        let text = self.unread.text.get(self.unread.from..found.start)?;
        let is_rate =
            text.trim_end().ends_with('%') || text.split_whitespace().rev().nth(1) == Some("per");
        let is_known = super::everyday::declares(self.unread.text, found_text);
        if is_rate && is_known && self.outcome(std::slice::from_ref(&of)) > Outcome::Untried {
            return Some(self.corrected_by(place, finding, vec![of], true));
        }
        // Between anything but two values a sign would be nonsense.
        let is_value = |token: &Token<'_>| match token.kind {
            Kind::Number => true,
            Kind::Word => super::everyday::declares(self.unread.text, token.text),
            _ => token.is("("),
        };
        if !is_value(before) || !is_value(found) {
            return None;
        }
        Some(
            finding
                .help(format!(
                    "write `{} * {found_text}`, `{0} / {found_text}` or what you mean; a name is one word: `my_name`",
                    before.text
                ))
                .into(),
        )
    }
}
