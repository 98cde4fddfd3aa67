//! Words and signs used for others: misspelt, borrowed, left out.

use crate::catalogue::{CLAUSES, Stage};
use crate::diagnostic::Diagnostic;

use super::super::grammar::Rule;
use super::Stop;
use super::advice::{Advice, Correction};
use super::around::{Kind, token_at};
use super::explain::{Place, begins_with_word, close, first_word};
use super::trial::Outcome;
use super::vocabulary::{kind, models};
use super::words::Called;

impl Stop<'_> {
    /// `<60: 0`
    pub(super) fn sign_for_a_band(&self, place: Place<'_>) -> Option<Advice> {
        if self.unread.only != Rule::only_band || !self.at_beginning() {
            return None;
        }
        let words = match self.found.text {
            "<" => "below ",
            "<=" => "at most ",
            ">" => "above ",
            ">=" => "at least ",
            _ => return None,
        };
        let found = Diagnostic::error(
            "sign-for-a-band",
            self.here(place),
            format!("a band begins with words, not with `{}`", self.found.text),
        )
        .because("read aloud, words make clear which band an edge belongs to");
        let next = token_at(self.unread.text, self.found.end());
        Some(self.corrected(place, found, (self.found.start, next.start), words))
    }

    /// A word or sign that means the same as the right one: `if` for `when`, `-` for `to`.
    pub(super) fn another_word(&self, place: Place<'_>) -> Option<Advice> {
        const OTHERS: &[(&str, &str)] = &[
            ("if", "when"),
            ("-", "to"),
            ("until", "to"),
            ("till", "to"),
            ("within", "in"),
            ("per", "each month"),
            ("every", "each month"),
            ("for", "on"),
            ("equals", "="),
        ];
        let (written, meant) = OTHERS.iter().find(|(written, meant)| {
            let is_expected = |called: &Called| called.words().contains(meant);
            self.found.is(written) && self.expected.iter().any(is_expected)
        })?;
        let meant = meant.split(' ').next().unwrap_or(meant);
        let found = Diagnostic::error(
            "another-word",
            self.here(place),
            format!("`{meant}` belongs here, not `{written}`"),
        );
        let place_of = (self.found.start, self.found.end());
        let correction = self.written_for(place_of, meant);
        Some(self.corrected_by(place, found, vec![correction], true))
    }

    /// `credit late 500 EUR`, `input offered calls`
    pub(super) fn missing_sign(&self, place: Place<'_>) -> Option<Advice> {
        let (sign, what) = if self.expects(Called::Word("=")) {
            ("=", "before the value")
        } else if self.expects(Called::Word(":")) {
            (":", "before the type")
        } else {
            return None;
        };
        let begins_value =
            matches!(self.found.kind, Kind::Number | Kind::Word) || self.found.is("(");
        if !begins_value || self.at_beginning() {
            return None;
        }
        let start = self.found.start;
        let found = Diagnostic::error(
            "missing-sign",
            self.here(place),
            format!("there is no `{sign}` {what}"),
        )
        .here(format!("a `{sign}` is missing before this"));
        Some(self.corrected(place, found, (start, start), &format!("{sign} ")))
    }

    /// `let my-name = 5`
    pub(super) fn name_of_two_words(&self, place: Place<'_>) -> Option<Advice> {
        let (before, sign) = (&self.before, &self.found);
        let is_name = self.unread.only == Rule::only_item
            && before.kind == Kind::Word
            && (sign.is("-") || sign.is("."))
            && before.end() == sign.start
            && self
                .unread
                .text
                .get(self.unread.from..before.start)?
                .split_whitespace()
                .count()
                <= 2;
        let next = token_at(self.unread.text, sign.end());
        if !is_name || next.kind != Kind::Word || next.start != sign.end() {
            return None;
        }
        // All of it, and wherever else the text uses it.
        let mut end = next.end();
        loop {
            let sign = token_at(self.unread.text, end);
            let part = token_at(self.unread.text, sign.end());
            let is_part = (sign.is("-") || sign.is("."))
                && sign.start == end
                && part.start == sign.end()
                && matches!(part.kind, Kind::Word | Kind::Number);
            if !is_part {
                break;
            }
            end = part.end();
        }
        let written = self.unread.text.get(before.start..end)?;
        let found = Diagnostic::error(
            "name-of-two-words",
            place(before.start, end),
            format!("`{written}` is not one name"),
        )
        .because("a name has only letters, digits and `_`; a `-` between names subtracts");
        let with = written.replace(['-', '.'], "_");
        let corrections = self.everywhere(written, &with);
        Some(Advice {
            first: true,
            ..self.corrected_by(place, found, corrections, true)
        })
    }

    /// Corrections of all places outside of quotation marks where the text has those words.
    pub(super) fn everywhere(&self, written: &str, with: &str) -> Vec<Correction> {
        let text = self.unread.text;
        let is_letter = |c: char| c.is_alphanumeric() || c == '_';
        let places = text.match_indices(written).filter(|(at, _)| {
            let before = text.get(..*at).unwrap_or_default();
            let behind = text.get(at + written.len()..).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            !before.ends_with(is_letter)
                && !behind.starts_with(is_letter)
                && line.matches('"').count().is_multiple_of(2)
        });
        let all = places.take(60).map(|(start, _)| Correction {
            start,
            end: start + written.len(),
            with: with.to_owned(),
        });
        all.collect()
    }

    /// `chrage handling …`
    pub(super) fn misspelt_beginning(&self, place: Place<'_>) -> Option<Advice> {
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
        Some(self.corrected(place, found, (start, start + length), meant))
    }

    /// A word that is close to one of those that can come here.
    pub(super) fn misspelt_word(&self, place: Place<'_>) -> Option<Advice> {
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
            format!("`{word}` is not a word that can be used here"),
        )
        .here(format!("did you mean `{meant}`?"));
        Some(self.corrected(place, found, (self.found.start, self.found.end()), meant))
    }

    /// A word that was read as a name, before a block that it should introduce: `handled gratuated { … }`
    pub(super) fn misspelt_before(&self, place: Place<'_>) -> Option<Advice> {
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
            format!("`{}` is not a word that can be used here", before.text),
        )
        .here(format!("did you mean `{meant}`?"));
        Some(self.corrected(place, found, (before.start, before.end()), meant))
    }

    /// `below 60 -10%`
    pub(super) fn missing_colon(&self, place: Place<'_>) -> Option<Advice> {
        let band = self.unread.text.get(self.unread.from..self.unread.end)?;
        let is_it = self.unread.only == Rule::only_band
            && self.expects(Called::Word(":"))
            && !band.contains(':');
        is_it.then(|| {
            Diagnostic::error(
                "missing-colon",
                place(self.unread.from, self.unread.end),
                "there is no `:` between the edge of this band and its value",
            )
            .help("write the edge, `:`, then the value: `below 60: -10%`")
            .into()
        })
    }

    /// `limit credits to 12% of charges per month`
    pub(super) fn per_for_each(&self, place: Place<'_>) -> Option<Advice> {
        let token = token_at(self.unread.text, self.unread.start);
        let next = token_at(self.unread.text, token.end());
        let is_period = matches!(next.text, "month" | "quarter" | "year");
        let item = self.unread.text.get(self.unread.from..)?;
        // What is settled by periods: from credits to commitments, and the targets of service levels.
        let settled = CLAUSES
            .iter()
            .filter(|clause| (Stage::Credit..=Stage::Settlement).contains(&clause.stage));
        let mut has_period = settled.map(|clause| clause.words).chain(["target"]);
        let is_it =
            token.is("per") && is_period && has_period.any(|word| begins_with_word(item, word));
        is_it.then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.at(place, &token),
                "`each` belongs here, not `per`",
            )
            .because("`per` makes a rate, `each` says how often something is settled");
            self.corrected(place, found, (token.start, token.end()), "each")
        })
    }

    /// `metric a is quality, target 80% { … }`
    pub(super) fn target_in_a_metric(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.unread.text.get(self.unread.from..self.unread.end)?;
        let at = item.find("target ")?;
        begins_with_word(item, "metric").then(|| {
            let start = self.unread.from + at;
            Diagnostic::error(
                "target-in-a-metric",
                place(start, start + "target".len()),
                "a metric has no target",
            )
            .because("a metric says how something is measured; a service level says what must be reached")
            .help("write `service level speed on service_level { target 80% each month }`")
            .into()
        })
    }

    /// `credit late for missed at 50 EUR`
    pub(super) fn for_in_an_award(&self, place: Place<'_>) -> Option<Advice> {
        let item = self.unread.text.get(self.unread.from..)?;
        let word = ["credit", "bonus"]
            .into_iter()
            .find(|word| begins_with_word(item, word))?;
        if !self.found.is("for") {
            return None;
        }
        let on = self.written_for((self.found.start, self.found.end()), "on");
        if self.outcome(std::slice::from_ref(&on)) == Outcome::Whole {
            let found = Diagnostic::error(
                "another-word",
                self.here(place),
                format!("`for` belongs to a charge, not to a {word}"),
            )
            .because(format!("a {word} is measured `on` a metric"));
            return Some(self.corrected_by(place, found, vec![on], true));
        }
        Some(
            Diagnostic::error(
                "another-word",
                self.here(place),
                format!("`for` belongs to a charge, not to a {word}"),
            )
            .because(format!("a {word} is an amount, or a list of bands on a measure"))
            .help(format!(
                "write `{word} NAME = 50 EUR per event of missed_events`, or `{word} NAME on METRIC {{ below 80%: 500 EUR }}`"
            ))
            .into(),
        )
    }

    /// `3 x 5`
    pub(super) fn x_for_times(&self, place: Place<'_>) -> Option<Advice> {
        (self.found.is("x") && self.expects(Called::Operator)).then(|| {
            let found = Diagnostic::error(
                "another-word",
                self.here(place),
                "multiplication is written `*`, not `x`",
            );
            self.corrected(place, found, (self.found.start, self.found.end()), "*")
        })
    }

    pub(super) fn text_out_of_place(&self, place: Place<'_>) -> Option<Advice> {
        (self.found.kind == Kind::Text && !self.at_beginning()).then(|| {
            Diagnostic::error(
                "text-out-of-place",
                self.here(place),
                format!("the text {} does not belong here", self.found.text),
            )
            .because("a text right after the name is the title, one at the end is the clause of the paper contract")
            .help("keep one title and one clause, or put the rest in a comment: `# …`")
            .into()
        })
    }
}
