//! What to say about a part that could not be read: the first cause that fits is reported.

use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::super::grammar::Rule;
use super::Stop;
use super::advice::Advice;
use super::around::{Kind, Token};
use super::trial::Outcome;
use super::vocabulary::{Model, kind, models};
use super::words::Called;

/// Turns a place in the text that the grammar saw into a span.
pub(super) type Place<'p> = &'p dyn Fn(usize, usize) -> Span;

impl Stop<'_> {
    pub(super) fn explain(&self, place: Place<'_>) -> Advice {
        let causes = [
            Self::renamed,
            Self::title_without_marks,
            Self::mark_of_a_list,
            Self::tax_without_its_word,
            Self::cap,
            Self::shall_pay,
            Self::days_of_payment,
            Self::parties,
            Self::sentence_of_law,
            Self::misspelt_beginning,
            Self::reference_in_brackets,
            Self::begins_in_a_month_of_the_term,
            Self::several_inputs,
            Self::metric_as_equation,
            Self::bands_after_a_colon,
            Self::if_before_an_award,
            Self::between_in_a_band,
            Self::two_edges,
            Self::value_before_its_edge,
            Self::per_several,
            Self::unknown_function,
            Self::given_or_expect,
            Self::once_in_a_month,
            Self::amount_without_currency,
            Self::text_without_marks,
            Self::brackets_for_braces,
            Self::level_without_braces,
            Self::run_in_a_band,
            Self::step_in_bands,
            Self::cap_in_bands,
            Self::tiers_without_their_word,
            Self::eighty_twenty,
            Self::for_some_months,
            Self::rising_price,
            Self::another_place,
            Self::name_with_a_space,
            Self::plus_for_or_more,
            Self::sign_for_a_band,
            Self::for_in_an_award,
            Self::whichever,
            Self::the_greater_of,
            Self::another_word,
            Self::per_for_each,
            Self::target_in_a_metric,
            Self::slip_in_a_phrase,
            Self::capitals,
            Self::rate_behind_parenthesis,
            Self::or_more,
            Self::everyday_words,
            Self::another_beginning,
            Self::x_for_times,
            Self::misspelt_word,
            Self::misspelt_before,
            Self::missing_colon,
            Self::missing_sign,
            Self::name_of_two_words,
            Self::missing_then_or_else,
            Self::inner_if,
            Self::grouped_by_blanks,
            Self::missing_parenthesis,
            Self::extra_parenthesis,
            Self::clause_at_the_end,
            Self::text_out_of_place,
            Self::missing_value,
            Self::date_in_the_wrong_place,
            Self::missing_word,
            Self::missing_operator,
            Self::rest_of_a_sentence,
        ];
        causes
            .iter()
            .find_map(|cause| cause(self, place).and_then(|advice| self.tried(advice)))
            .unwrap_or_else(|| self.anything_else(place).into())
    }

    /// The advice, if it works. What could not be tried is said and not done.
    fn tried(&self, mut advice: Advice) -> Option<Advice> {
        if advice.corrections.is_empty() || advice.sure {
            return Some(advice);
        }
        match self.outcome(&advice.corrections) {
            Outcome::Worse => None,
            Outcome::Further | Outcome::Whole => Some(advice),
            Outcome::Untried => {
                advice.corrections.clear();
                if let Some(found) = &mut advice.found {
                    found.fix = None;
                }
                Some(advice)
            }
        }
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
        if self.at_beginning() && !self.begins_well() && self.unread.only == Rule::only_item {
            return found
                .because("an item begins with what it is: `input`, `metric`, `charge`, `credit`, `service level`, `limit` …")
                .help("begin it with such a word; what is neither measured nor paid is a comment: `# …`");
        }
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
            0 => Some(format!("{last} is expected here")),
            1..=5 => Some(format!(
                "one of these is expected here: {} or {last}",
                words.join(", ")
            )),
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
