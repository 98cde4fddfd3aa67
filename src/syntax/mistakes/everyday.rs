//! Everyday words of contracts at the place where reading stops, and words of several words with a slip in one.

use crate::diagnostic::Diagnostic;

use super::super::grammar::Rule;
use super::Stop;
use super::advice::{Advice, Correction};
use super::around::{Kind, Token, token_at, token_before};
use super::explain::{Place, close};
use super::phrases::{PHRASES, Phrase};
use super::trial::Outcome;
use super::words::Called;

/// How many words before the place, and how many from it on, belong to a phrase at most.
const BEFORE: usize = 6;
const BEHIND: usize = 8;

/// How many corrections are tried at one place.
const MOST_TRIED: usize = 60;

/// A phrase of the table that is in the text.
struct Said {
    phrase: &'static Phrase,
    start: usize,
    end: usize,
    words: usize,
}

impl Stop<'_> {
    /// What becomes of the item with those corrections.
    pub(super) fn outcome(&self, corrections: &[Correction]) -> Outcome {
        if self.is_readable_alone {
            return Outcome::Untried;
        }
        self.unread.with(corrections, self.found.start)
    }

    /// `5% per annum`, `less than 80%`, `500 EUR each month`
    pub(super) fn everyday_words(&self, place: Place<'_>) -> Option<Advice> {
        let mut best: Option<(Outcome, usize, Said, Vec<Correction>)> = None;
        let mut tried = 0;
        for said in self.phrases() {
            let mut fitting: Vec<(Outcome, Correction)> = Vec::new();
            for meant in said.phrase.meant {
                tried += 1;
                if tried > MOST_TRIED {
                    break;
                }
                let correction = self.replaced(&said, meant);
                let outcome = self.outcome(std::slice::from_ref(&correction));
                // A short word, and one that is left out, proves nothing where the rest cannot be read.
                let is_weak = said.words == 1 && said.end - said.start <= 3 || meant.is_empty();
                if is_weak && !meant.is_empty() && self.leads_to_unknown(said.end) {
                    continue;
                }
                let least = if is_weak {
                    Outcome::Whole
                } else {
                    Outcome::Further
                };
                if outcome >= least {
                    fitting.push((outcome, correction));
                }
            }
            let Some(outcome) = fitting.iter().map(|(outcome, _)| *outcome).max() else {
                continue;
            };
            let is_better = best
                .as_ref()
                .is_none_or(|(other, words, ..)| (outcome, said.words) > (*other, *words));
            if is_better {
                let all = fitting.into_iter().filter(|(each, _)| *each == outcome);
                let all = all.map(|(_, correction)| correction).collect();
                best = Some((outcome, said.words, said, all));
            }
        }
        let (_, _, said, all) = best?;
        self.say_phrase(place, &said, all)
    }

    fn say_phrase(&self, place: Place<'_>, said: &Said, all: Vec<Correction>) -> Option<Advice> {
        let written = self.unread.text.get(said.start..said.end)?;
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut all = all.into_iter();
        let first = all.next()?;
        let others: Vec<Correction> = if said.phrase.is_open {
            all.collect()
        } else {
            Vec::new()
        };
        let meant = first.with.trim();
        let message = if meant.is_empty() {
            format!("`{written}` is not needed here")
        } else if let [other] = others.as_slice() {
            let other = other.with.trim();
            format!("`{written}` may mean `{meant}` or `{other}`")
        } else {
            format!("`{written}` is written `{meant}` here")
        };
        let found = Diagnostic::error("another-word", place(said.start, said.end), message);
        let found = match said.phrase.why {
            "" => found,
            why => found.because(why),
        };
        let lines: Vec<String> = others
            .iter()
            .filter_map(|one| self.line_with(std::slice::from_ref(one)))
            .collect();
        let advice = self.corrected_by(place, found, vec![first], others.is_empty());
        Some(Advice {
            found: advice.found.map(|found| {
                lines.into_iter().fold(found, |found, line| {
                    found.help(format!("or write `{line}`"))
                })
            }),
            ..advice
        })
    }

    /// Whether a name follows that the text does not declare.
    fn leads_to_unknown(&self, at: usize) -> bool {
        let text = self.unread.text;
        let next = token_at(text, at);
        next.kind == Kind::Word && is_name(next.text) && !declares(text, next.text)
    }

    /// The phrases that are at the place, longer ones first.
    fn phrases(&self) -> Vec<Said> {
        let (tokens, at) = self.around();
        let mut all: Vec<Said> = Vec::new();
        for phrase in PHRASES {
            let words = phrase.said.split(' ').count();
            // A phrase contains what was found, or ends right before it.
            let first = at.saturating_sub(words);
            for start in first..=at {
                let Some(these) = tokens.get(start..start + words) else {
                    continue;
                };
                if says(these, phrase.said)
                    && let (Some(first), Some(last)) = (these.first(), these.last())
                {
                    all.push(Said {
                        phrase,
                        start: first.start,
                        end: last.end(),
                        words,
                    });
                }
            }
        }
        all.sort_by_key(|said| std::cmp::Reverse(said.words));
        all
    }

    /// The words around the place, and which of them is there.
    fn around(&self) -> (Vec<Token<'_>>, usize) {
        let whole = self.unread.text.get(..self.unread.end).unwrap_or_default();
        let mut before = Vec::new();
        let mut at = self.found.start;
        while before.len() < BEFORE {
            let token = token_before(whole, at);
            if token.kind == Kind::End || token.start < self.unread.from {
                break;
            }
            at = token.start;
            before.push(token);
        }
        before.reverse();
        let place = before.len();
        let mut at = self.found.start;
        while before.len() < place + BEHIND {
            let token = token_at(whole, at);
            if token.kind == Kind::End {
                break;
            }
            at = token.end();
            before.push(token);
        }
        (before, place)
    }

    /// The correction that writes `meant` for a phrase, with the spaces that then belong there.
    fn replaced(&self, said: &Said, meant: &str) -> Correction {
        self.written_for((said.start, said.end), meant)
    }

    /// The correction that writes `meant` for a part of the text, with the spaces that then belong there.
    pub(super) fn written_for(&self, said: (usize, usize), meant: &str) -> Correction {
        let text = self.unread.text;
        let blanks_before = text.get(..said.0).map_or(0, |before| {
            before.len() - before.trim_end_matches(' ').len()
        });
        let blanks_behind = text.get(said.1..).map_or(0, |behind| {
            behind.len() - behind.trim_start_matches(' ').len()
        });
        let joins_before = matches!(meant, "%" | ":") || meant.starts_with(',');
        let (mut start, mut end) = (said.0, said.1);
        let glued = blanks_before == 0
            && text
                .get(..start)
                .is_some_and(|before| before.ends_with(|c: char| !c.is_whitespace()));
        if meant.is_empty() && blanks_behind > 0 && glued {
            // The space after it is the only one that is left.
        } else if meant.is_empty() && blanks_behind > 0 {
            end += blanks_behind;
        } else if meant.is_empty() || joins_before {
            start -= blanks_before;
        }
        let is_joined = |at: usize| {
            text.as_bytes()
                .get(at)
                .is_some_and(|byte| !byte.is_ascii_whitespace())
        };
        let is_word = meant.starts_with(char::is_alphabetic);
        let space_before = is_word && start > 0 && is_joined(start - 1);
        let space_behind = (is_word || meant == ":") && is_joined(end);
        let with = format!(
            "{}{meant}{}",
            if space_before { " " } else { "" },
            if space_behind
                && !text
                    .get(end..)
                    .is_some_and(|rest| rest.starts_with([';', ',', '}', ')']))
            {
                " "
            } else {
                ""
            }
        );
        Correction { start, end, with }
    }

    /// `minimum 5 EUR each moth`, `in place of the formre`: the first words are right, and the next is a slip.
    pub(super) fn slip_in_a_phrase(&self, place: Place<'_>) -> Option<Advice> {
        let (tokens, at) = self.around();
        let here = tokens.get(at..)?;
        let phrases = self.expected.iter().flat_map(Called::words);
        for phrase in phrases.filter(|phrase| phrase.contains(' ')) {
            let words: Vec<&str> = phrase.split(' ').collect();
            let same = words
                .iter()
                .zip(here)
                .take_while(|(word, token)| token.is(word))
                .count();
            let (Some(word), Some(token)) = (words.get(same), here.get(same)) else {
                continue;
            };
            if same == 0 || token.kind != Kind::Word || !close(token.text, word) {
                continue;
            }
            let correction = Correction {
                start: token.start,
                end: token.end(),
                with: (*word).to_owned(),
            };
            if self.outcome(std::slice::from_ref(&correction)) > Outcome::Untried {
                let found = Diagnostic::error(
                    "misspelt-word",
                    self.at(place, token),
                    format!("`{}` is not a word that can be used here", token.text),
                )
                .here(format!("did you mean `{word}`?"));
                return Some(self.corrected_by(place, found, vec![correction], true));
            }
        }
        None
    }

    /// A word of the language that is missing: the item can be read with it.
    pub(super) fn missing_word(&self, place: Place<'_>) -> Option<Advice> {
        let words = self.expected.iter().flat_map(Called::words).copied();
        let words: Vec<&str> = words
            .filter(|word| word.starts_with(char::is_alphabetic))
            .collect();
        let start = self.found.start;
        // A word before a name that nothing declares would only lead to the next finding.
        let is_unknown = self.found.kind == Kind::Word
            && is_name(self.found.text)
            && !declares(self.unread.text, self.found.text);
        if is_unknown && self.unread.only != Rule::only_top {
            return None;
        }
        let fitting = words.iter().take(24).filter_map(|word| {
            let correction = Correction {
                start,
                end: start,
                with: format!("{word} "),
            };
            let outcome = self.outcome(std::slice::from_ref(&correction));
            (outcome == Outcome::Whole).then_some((*word, correction))
        });
        let mut fitting = fitting.collect::<Vec<_>>().into_iter();
        let (Some((word, correction)), None) = (fitting.next(), fitting.next()) else {
            return None;
        };
        let found = Diagnostic::error(
            "missing-word",
            self.here(place),
            format!("`{word}` is missing before `{}`", self.found.text),
        );
        Some(self.corrected_by(place, found, vec![correction], true))
    }

    /// `EACH MONTH`, `Per call`
    pub(super) fn capitals(&self, place: Place<'_>) -> Option<Advice> {
        let is_capital =
            self.found.kind == Kind::Word && self.found.text.chars().any(char::is_uppercase);
        if !is_capital {
            return None;
        }
        let lower = self.found.text.to_lowercase();
        let correction = Correction {
            start: self.found.start,
            end: self.found.end(),
            with: lower.clone(),
        };
        if self.outcome(std::slice::from_ref(&correction)) <= Outcome::Untried {
            return None;
        }
        let found = Diagnostic::error(
            "another-word",
            self.here(place),
            format!(
                "`{}` has a capital letter, and the word of the language has none",
                self.found.text
            ),
        )
        .here(format!("write `{lower}`"));
        Some(self.corrected_by(place, found, vec![correction], true))
    }
}

/// Whether the tokens are those words, in small or capital letters.
fn says(tokens: &[Token<'_>], words: &str) -> bool {
    let mut words = words.split(' ');
    tokens.iter().all(|token| {
        token.kind != Kind::Text
            && words
                .next()
                .is_some_and(|word| token.text.eq_ignore_ascii_case(word))
    })
}

/// Whether a word is no word of the language, as far as its clauses show.
fn is_name(word: &str) -> bool {
    let mut all = crate::catalogue::CLAUSES
        .iter()
        .flat_map(|clause| clause.words.split(' '));
    let others = [
        "charges",
        "total",
        "credits",
        "bonuses",
        "adjustments",
        "month",
        "last",
        "each",
        "the",
        "this",
        "if",
        "not",
        "min",
        "max",
        "sum",
        "average",
        "previous",
        "percent",
        "number",
        "higher",
        "lower",
        "calls",
        "contacts",
        "tickets",
        "points",
    ];
    !all.any(|known| known == word) && !others.contains(&word)
}

/// Whether an item of the text has that name.
pub(super) fn declares(text: &str, name: &str) -> bool {
    text.match_indices(name).take(40).any(|(at, _)| {
        let before = token_before(text, at);
        let is_whole = token_at(text, at).text == name;
        is_whole
            && matches!(
                before.text,
                "input"
                    | "metric"
                    | "charge"
                    | "credit"
                    | "bonus"
                    | "let"
                    | "scorecard"
                    | "level"
                    | "points"
                    | "dimension"
                    | "unit"
                    | "by"
                    | "currency"
                    | "commitment"
                    | "holdback"
                    | "tax"
            )
    })
}
