//! The first word of an item or statement, where it is another trade's word for the right one.

use crate::diagnostic::Diagnostic;

use super::Stop;
use super::advice::{Advice, Correction};
use super::explain::{Place, first_word};
use super::trial::Outcome;
use super::vocabulary::{kind, models};

/// Words that people begin an item or statement with, and those of the language. The first that can be read counts.
const OTHERS: &[(&str, &[&str])] = &[
    ("fee", &["charge"]),
    ("fees", &["charge"]),
    ("price", &["charge"]),
    ("rate", &["charge"]),
    ("pay", &["charge"]),
    ("payment", &["charge"]),
    ("cost", &["charge"]),
    ("service", &["service level", "charge"]),
    ("item", &["charge"]),
    ("penalty", &["credit"]),
    ("malus", &["credit"]),
    ("deduction", &["credit"]),
    ("discount", &["credit"]),
    ("rebate", &["credit"]),
    ("service credit", &["credit"]),
    ("incentive", &["bonus"]),
    ("reward", &["bonus"]),
    ("premium", &["bonus"]),
    ("kpi", &["metric"]),
    ("measure", &["metric"]),
    ("indicator", &["metric"]),
    ("sla", &["service level"]),
    ("slo", &["service level"]),
    ("servicelevel", &["service level"]),
    ("service_level", &["service level"]),
    ("data", &["input"]),
    ("value", &["input", "let"]),
    ("variable", &["let", "input"]),
    ("var", &["let", "input"]),
    ("define", &["let"]),
    ("def", &["let"]),
    ("const", &["let"]),
    ("set", &["let", "given"]),
    ("cap", &["limit", "maximum"]),
    ("cap on", &["limit"]),
    ("max", &["maximum"]),
    ("min", &["minimum"]),
    ("floor", &["minimum"]),
    ("commit", &["commitment"]),
    ("retention", &["holdback"]),
    ("retainage", &["holdback"]),
    ("indexation", &["index"]),
    ("adjustment", &["adjust"]),
    ("client", &["customer"]),
    ("buyer", &["customer"]),
    ("provider", &["supplier"]),
    ("vendor", &["supplier"]),
    ("contractor", &["supplier"]),
    ("period", &["term"]),
    ("duration", &["term"]),
    ("start", &["term"]),
    ("rounding", &["round"]),
    ("rounded", &["round"]),
    ("billing", &["invoice"]),
    ("vat", &["tax vat"]),
    ("alert", &["notice"]),
    ("test", &["scenario"]),
    ("example", &["scenario"]),
    ("case", &["scenario"]),
    ("import", &["use"]),
    ("include", &["use"]),
    ("agreement", &["contract"]),
    ("annex", &["contract"]),
    ("change", &["replace"]),
    ("delete", &["remove"]),
    ("goal", &["target"]),
    ("threshold", &["target"]),
    ("level", &["target"]),
    ("standard", &["target"]),
    ("earnback", &["earn back"]),
    ("escalated", &["repeated"]),
    ("repeat", &["repeated"]),
    ("exclude", &["excused when"]),
    ("excluded", &["excused"]),
    ("exempt", &["excused"]),
    ("relief", &["excused"]),
    ("grace", &["excused"]),
    ("expected", &["expect"]),
    ("expects", &["expect"]),
    ("assert", &["expect"]),
    ("then", &["expect"]),
    ("result", &["expect"]),
    ("with", &["given"]),
    ("where", &["given"]),
    ("when", &["given"]),
    ("input", &["given"]),
    ("inputs", &["given"]),
    ("less than", &["below"]),
    ("lower than", &["below"]),
    ("fewer than", &["below"]),
    ("under", &["below"]),
    ("more than", &["above", "beyond"]),
    ("greater than", &["above"]),
    ("higher than", &["above"]),
    ("over", &["above", "beyond"]),
    ("exceeding", &["above", "beyond"]),
    ("in excess of", &["above", "beyond"]),
    ("else", &["otherwise"]),
    ("others", &["otherwise"]),
    ("default", &["otherwise"]),
    ("rest", &["otherwise", "beyond"]),
    ("the rest", &["otherwise", "beyond"]),
    ("remaining", &["beyond", "otherwise"]),
    ("thereafter", &["beyond"]),
    ("after that", &["beyond"]),
    ("afterwards", &["beyond"]),
    ("above that", &["beyond"]),
    ("all other", &["otherwise"]),
    ("in all other cases", &["otherwise"]),
    ("the first", &["first"]),
    ("the next", &["next"]),
    ("then next", &["next"]),
    ("requires", &["needs"]),
    ("require", &["needs"]),
    ("if no data", &["if nothing to measure"]),
    ("if none", &["if nothing to measure"]),
    ("if empty", &["if nothing to measure"]),
    ("round", &["rounded"]),
];

impl Stop<'_> {
    /// `penalty late = 500 EUR`, `Charge desk 5 EUR`, `else 0%`
    pub(super) fn another_beginning(&self, place: Place<'_>) -> Option<Advice> {
        let whole = self.unread.text.get(self.unread.from..self.unread.end)?;
        let all = models(self.unread.only);
        let is_begun = |word: &str| all.iter().any(|model| first_word(model) == word);
        if is_begun(
            whole
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()?,
        ) {
            return None;
        }
        let others = OTHERS.iter().filter(|(said, _)| begins(whole, said));
        // The longest words that fit say most exactly what was meant.
        let said = others.max_by_key(|(said, _)| said.len());
        let lower = whole
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .and_then(|length| whole.get(..length))
            .filter(|word| word.chars().any(char::is_uppercase))
            .map(str::to_lowercase)
            .filter(|word| is_begun(word));
        let mut meant: Vec<(usize, &str)> = Vec::new();
        if let Some(lower) = &lower {
            meant.push((lower.len(), lower));
        }
        if let Some((said, words)) = said {
            meant.extend(words.iter().map(|word| (said.len(), *word)));
        }
        let is_one = |word: &str| is_begun(word.split(' ').next().unwrap_or(word));
        let start = self.unread.from;
        let best = meant
            .into_iter()
            .filter(|(_, word)| is_one(word))
            .map(|(length, word)| {
                let with = word.to_owned();
                let end = start + length;
                let correction = Correction { start, end, with };
                (self.outcome(std::slice::from_ref(&correction)), correction)
            })
            .rev()
            .max_by_key(|(outcome, _)| *outcome)?;
        let (outcome, correction) = best;
        let next = super::around::token_at(self.unread.text, correction.end);
        let is_named = next.kind == super::around::Kind::Word;
        if outcome <= Outcome::Untried || (outcome == Outcome::Further && !is_named) {
            return None;
        }
        let written = self.unread.text.get(start..correction.end)?;
        let meant = correction.with.clone();
        let (what, _) = kind(self.unread.only);
        let at = place(start, correction.end);
        let found = if lower.as_ref() == Some(&meant) {
            Diagnostic::error(
                "another-word",
                at,
                format!("`{written}` has a capital letter, and the word of the language has none"),
            )
            .here(format!("write `{meant}`"))
        } else {
            Diagnostic::error(
                "another-word",
                at,
                format!("`{written}` does not begin {what}"),
            )
            .here(format!("the language says `{meant}`"))
        };
        Some(self.corrected_by(place, found, vec![correction], true))
    }
}

/// Whether a text begins with those words, in small or capital letters, and they end there.
fn begins(text: &str, words: &str) -> bool {
    text.get(..words.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(words))
        && text
            .get(words.len()..)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}
