//! Parts that are written in another order, or in another form, than the language has.

use crate::diagnostic::Diagnostic;

use super::Stop;
use super::advice::{Advice, Correction};
use super::around::{Kind, Token, token_at, token_before};
use super::explain::Place;
use super::trial::Outcome;

/// How people say that the larger or smaller of two amounts counts, and the function.
const GREATER: &[(&str, &str)] = &[
    ("greater", "max"),
    ("higher", "max"),
    ("larger", "max"),
    ("greatest", "max"),
    ("highest", "max"),
    ("largest", "max"),
    ("more", "max"),
    ("maximum", "max"),
    ("lesser", "min"),
    ("less", "min"),
    ("lower", "min"),
    ("smaller", "min"),
    ("lowest", "min"),
    ("smallest", "min"),
    ("least", "min"),
    ("minimum", "min"),
];

/// How many places are tried where the first of two amounts may begin.
const MOST_TRIED: usize = 12;

impl Stop<'_> {
    /// `500 EUR or 5% of charges, whichever is greater`
    pub(super) fn whichever(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let item = text.get(self.unread.from..)?;
        let at = self.unread.from + find_words(item, "whichever")?;
        let before = text.get(..at)?.trim_end().trim_end_matches(',').trim_end();
        let (word, end) = larger_or_smaller(text, at + "whichever".len())?;
        let or = self.unread.from + rfind_words(text.get(self.unread.from..before.len())?, "or")?;
        let first_end = text
            .get(..or)?
            .trim_end()
            .trim_end_matches(',')
            .trim_end()
            .len();
        let second = or + "or".len();
        let second = text.get(second..before.len())?.trim_start();
        let second = second.strip_prefix("else ").unwrap_or(second);
        let second = second.strip_prefix("the ").unwrap_or(second);
        let mut start = first_end;
        let mut best: Option<(Outcome, Correction)> = None;
        for _ in 0..MOST_TRIED {
            let token = token_before(text, start);
            if token.kind == Kind::End || token.start <= self.unread.from {
                break;
            }
            start = token.start;
            let first = text.get(start..first_end)?;
            let with = format!("{word}({first}, {second})");
            let correction = Correction { start, end, with };
            let outcome = self.outcome(std::slice::from_ref(&correction));
            // The longest amount that can be read is the one that is meant.
            if outcome > Outcome::Untried
                && best.as_ref().is_none_or(|(known, _)| outcome >= *known)
            {
                best = Some((outcome, correction));
            }
        }
        let (_, correction) = best?;
        Some(self.say_larger(place, (at, end), word, correction))
    }

    /// `the greater of 500 EUR and 5% of charges`
    pub(super) fn the_greater_of(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let from = self.unread.from;
        let item = text.get(from..)?;
        let start = from + find_words(item, "the")?;
        let (word, end) = larger_or_smaller(text, start)?;
        let of = token_at(text, end);
        if !of.is("of") {
            return None;
        }
        let first = token_at(text, of.end()).start;
        let rest = text.get(first..)?;
        let joined = [" and ", " or ", ", "].into_iter();
        let mut best: Option<(Outcome, Correction)> = None;
        for (at, sign) in joined.filter_map(|sign| Some((rest.find(sign)?, sign))) {
            let one = rest.get(..at)?.trim().trim_end_matches(',');
            let second = first + at + sign.len();
            let mut end = second;
            for _ in 0..MOST_TRIED {
                let token = token_at(text, end);
                if token.kind == Kind::End || token.is("}") || token.is(";") {
                    break;
                }
                end = token.end();
                let with = format!("{word}({one}, {})", text.get(second..end)?);
                let correction = Correction { start, end, with };
                let outcome = self.outcome(std::slice::from_ref(&correction));
                if outcome > Outcome::Untried
                    && best.as_ref().is_none_or(|(known, _)| outcome >= *known)
                {
                    best = Some((outcome, correction));
                }
            }
        }
        let (_, correction) = best?;
        Some(self.say_larger(place, (start, of.end()), word, correction))
    }

    fn say_larger(
        &self,
        place: Place<'_>,
        (start, end): (usize, usize),
        word: &str,
        correction: Correction,
    ) -> Advice {
        let which = if word == "max" { "larger" } else { "smaller" };
        let found = Diagnostic::error(
            "another-word",
            place(start, end),
            format!("the {which} of two amounts is written `{word}(…, …)`"),
        )
        .because("the parentheses show where each of the two amounts begins and ends");
        self.corrected_by(place, found, vec![correction], true)
    }

    /// `credit late "Late" "Schedule 7" = 500 USD`: the clause of the paper contract is the last part of an item.
    pub(super) fn clause_at_the_end(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let clause = [&self.found, &self.before]
            .into_iter()
            .find(|token| token.kind == Kind::Text && token.start > self.unread.from)?;
        let end = text.trim_end().len();
        let cut_end = token_at(text, clause.end())
            .start
            .min(end)
            .max(clause.end());
        let cut = Correction {
            start: clause.start,
            end: cut_end,
            with: String::new(),
        };
        // A title is right after the name.
        let word = token_at(text, self.unread.from);
        let word = if word.is("service") {
            token_at(text, word.end())
        } else {
            word
        };
        let name = token_at(text, word.end());
        let next = token_at(text, name.end());
        if next.kind != Kind::Text && next.start < clause.start && name.kind == Kind::Word {
            let corrections = vec![
                Correction {
                    start: name.end(),
                    end: name.end(),
                    with: format!(" {}", clause.text),
                },
                cut,
            ];
            if self.outcome(&corrections) <= Outcome::Untried {
                return None;
            }
            let found = Diagnostic::error(
                "text-out-of-place",
                self.at(place, clause),
                format!("the title {} belongs right after the name", clause.text),
            )
            .because("a text right after the name is the title, one at the end is the clause of the paper contract");
            return Some(self.corrected_by(place, found, corrections, true));
        }
        let has_clause = token_before(text, end).kind == Kind::Text || self.item().contains("\" {");
        let corrections = vec![
            cut,
            Correction {
                start: end,
                end,
                with: format!(" {}", clause.text),
            },
        ];
        if has_clause || cut_end >= end || self.outcome(&corrections) != Outcome::Whole {
            return None;
        }
        let found = Diagnostic::error(
            "text-out-of-place",
            self.at(place, clause),
            format!("the text {} belongs at the end of the item", clause.text),
        )
        .because("a text right after the name is the title, one at the end is the clause of the paper contract");
        Some(self.corrected_by(place, found, corrections, true))
    }

    /// `(2 USD, from 2026-06-01 3 USD) per day of delay`: each amount needs the unit.
    pub(super) fn rate_behind_parenthesis(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let item = text.get(self.unread.from..)?;
        let closing = self.unread.from + item.find(") per ")?;
        let open = super::around::open_parenthesis(text, self.unread.from, closing)?;
        let per = token_at(text, closing + 1);
        let unit = token_at(text, per.end());
        let with = format!(" per {}", unit.text);
        let mut corrections = Vec::new();
        let mut at = open + 1;
        while at < closing {
            let token = token_at(text, at);
            at = token.end().max(at + 1);
            let is_currency =
                token.text.len() == 3 && token.text.bytes().all(|byte| byte.is_ascii_uppercase());
            if is_currency && token.end() <= closing {
                corrections.push(Correction {
                    start: token.end(),
                    end: token.end(),
                    with: with.clone(),
                });
            }
        }
        corrections.push(Correction {
            start: closing + 1,
            end: unit.end(),
            with: String::new(),
        });
        if corrections.len() < 2 || self.outcome(&corrections) <= Outcome::Untried {
            return None;
        }
        let found = Diagnostic::error(
            "rate-behind-parenthesis",
            place(per.start, unit.end()),
            format!("`per {}` comes after a parenthesis", unit.text),
        )
        .because("a unit belongs to a number, so each amount in the parenthesis has its own");
        Some(self.corrected_by(place, found, corrections, true))
    }

    /// `80% or more: 0 EUR`, `target 80% or higher each month`
    pub(super) fn or_more(&self, place: Place<'_>) -> Option<Advice> {
        let text = self.unread.text.get(..self.unread.end)?;
        let or = [&self.found, &self.before]
            .into_iter()
            .find(|token| token.is("or") || token.is("and"))?;
        let more = token_at(text, or.end());
        let words = match more.text {
            "more" | "higher" | "above" | "better" | "over" | "greater" | "longer" | "later" => {
                "at least "
            }
            "less" | "lower" | "below" | "fewer" | "under" | "worse" | "smaller" | "shorter"
            | "earlier" => "at most ",
            _ => return None,
        };
        let mut start = or.start;
        // The number, with its sign or its unit.
        for _ in 0..4 {
            let token = token_before(text, start);
            start = token.start;
            if token.kind == Kind::Number || token.kind == Kind::End {
                break;
            }
        }
        let cut = text.get(..or.start)?.trim_end().len();
        let edge = |with: &str| {
            let mut all = Vec::new();
            if !with.is_empty() {
                all.push(Correction {
                    start,
                    end: start,
                    with: with.to_owned(),
                });
            }
            all.push(Correction {
                start: cut,
                end: more.end(),
                with: String::new(),
            });
            all
        };
        let corrections = [edge(words), edge("")]
            .into_iter()
            .find(|each| self.outcome(each) > Outcome::Untried)?;
        let message = if corrections.len() > 1 {
            let word = words.trim();
            format!(
                "`{} {}` is written `{word}`, before the number",
                or.text, more.text
            )
        } else {
            format!("`{} {}` is not needed here", or.text, more.text)
        };
        let found = Diagnostic::error("another-word", place(or.start, more.end()), message);
        Some(self.corrected_by(place, found, corrections, true))
    }

    /// `expect credit volume = 5 EUR`, where the credit was given a word of the language as its name: that has been
    /// reported where it is declared.
    pub(super) fn renamed(&self, _: Place<'_>) -> Option<Advice> {
        let is_declared = |token: &&&Token<'_>| {
            token.kind == Kind::Word
                && token.start > self.unread.from
                && declares(self.unread.text, token.text)
        };
        let token = [&self.found, &self.before];
        let token = token.iter().find(is_declared)?;
        let correction = Correction {
            start: token.start,
            end: token.end(),
            with: format!("my_{}", token.text),
        };
        let corrections = vec![correction];
        (self.outcome(&corrections) > Outcome::Untried).then_some(Advice {
            found: None,
            corrections,
            first: false,
            sure: true,
        })
    }
}

/// Whether the text gives an item the name `my_WORD`, because `WORD` itself is a word of the language.
fn declares(text: &str, word: &str) -> bool {
    let name = format!("my_{word}");
    const ITEMS: &[&str] = &[
        "input",
        "metric",
        "charge",
        "credit",
        "bonus",
        "let",
        "scorecard",
        "level",
        "points",
        "dimension",
        "notice",
        "tax",
        "commitment",
        "holdback",
        "objective",
    ];
    text.match_indices(&name).take(4).any(|(at, _)| {
        let before = token_before(text, at);
        ITEMS.contains(&before.text)
    })
}

/// `the greater of`, `whichever is the higher`: the function, and where the words end.
fn larger_or_smaller(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let mut at = at;
    for _ in 0..4 {
        let token = token_at(text, at);
        at = token.end();
        if let Some((_, function)) = GREATER.iter().find(|(word, _)| token.is(word)) {
            return Some((function, at));
        }
        if !matches!(
            token.text,
            "is" | "the" | "amount" | "shall" | "be" | "amounts"
        ) {
            return None;
        }
    }
    None
}

/// Where a word first is in a text, as a whole word.
fn find_words(text: &str, word: &str) -> Option<usize> {
    let mut all = text.match_indices(word);
    all.find(|(at, _)| is_word_at(text, *at, word.len()))
        .map(|(at, _)| at)
}

fn rfind_words(text: &str, word: &str) -> Option<usize> {
    let mut all = text.rmatch_indices(word);
    all.find(|(at, _)| is_word_at(text, *at, word.len()))
        .map(|(at, _)| at)
}

fn is_word_at(text: &str, at: usize, length: usize) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let behind = text
        .get(at + length..)
        .and_then(|behind| behind.chars().next());
    !before.is_some_and(is_letter) && !behind.is_some_and(is_letter)
}
