//! The fixed words of formulas, and what they are called in prose.

use super::translate::{Token, Tone};

/// What a word and those after it say.
pub(super) enum Phrase {
    /// These words, in place of that many tokens.
    Said(&'static str, usize),
    /// The word itself.
    Plain,
}

/// Words that are said otherwise, longest first among those that begin alike.
const PHRASES: &[(&[&str], &str)] = &[
    (&["per", "full"], "for each full"),
    (&["per", "started"], "for each started"),
    (
        &["per", "exact"],
        "for each, and in proportion for each part of a,",
    ),
    (
        &["over", "calendar", "quarter"],
        "over the calendar quarter",
    ),
    (&["over", "calendar", "year"], "over the calendar year"),
    (&["over", "contract", "year"], "over the contract year"),
    (&["over", "last"], "over the last"),
    (&["of", "last"], "of the last"),
    (&["sum", "of"], "the sum of"),
    (&["average", "of"], "the average of"),
    (&["least", "of"], "the least of"),
    (&["greatest", "of"], "the greatest of"),
    (
        &["months", "in", "a", "row", "with"],
        "the number of months in a row, up to and including the month, in which",
    ),
    (&["adjusted", "charges"], "the Adjusted Charges"),
    (&["charges"], "the Charges"),
    (&["adjustments"], "the Adjustments"),
    (&["credits"], "the Credits"),
    (&["bonuses"], "the Bonuses"),
    (&["total", "points"], "the Point Total"),
    (
        &["month", "of", "term"],
        "the number of the month within the term",
    ),
    (
        &["month", "of", "year"],
        "the number of the month within the calendar year",
    ),
    (&["days", "in", "month"], "the number of days in the month"),
    (
        &["months", "in", "term"],
        "the number of months in the term",
    ),
    (&["previous"], "the previous month’s"),
    (&["at", "first"], "in the first month"),
    (&["if", "known"], "if it is known"),
    (&["min"], "the least of"),
    (&["max"], "the greatest of"),
    (&["abs"], "the amount without its sign of"),
    (&["whole", "units", "in"], "the whole units in"),
    (&["started", "units", "in"], "the started units in"),
    (&["bands", "of"], "the value by the bands of"),
    (&["by", "agreement"], "to be agreed between the parties"),
    (&["x"], "times"),
    (&["is", "not"], "is not"),
    (&["is"], "is"),
    (&["stays"], "is"),
];

/// Comparisons in words, which take a verb in a condition.
const COMPARED: &[(&[&str], &str, &str)] = &[
    (&["at", "least"], "is at least", "at least"),
    (&["at", "most"], "is at most", "at most"),
    (&["below"], "is below", "below"),
    (&["above"], "is above", "above"),
    (&["between"], "is between", "between"),
];

/// What the word at the head of `rest` says. `refers` says whether the word at a byte of the file is a name.
pub(super) fn phrase(
    rest: &[Token],
    before: Option<&Token>,
    tone: Tone,
    refers: impl Fn(u32) -> bool,
) -> Phrase {
    let begins = |words: &[&str]| {
        words.len() <= rest.len()
            && words.iter().zip(rest).all(|(word, token)| {
                matches!(token, Token::Word(text, start) if text == word && !refers(*start))
            })
    };
    let after_number = matches!(before, Some(Token::Number(_)));
    let after_per = matches!(before, Some(Token::Word(word, _)) if word == "per" || word == "each");
    if after_number || after_per {
        // A unit: `5 charges`, `per month`.
        return match rest.first() {
            Some(Token::Word(word, _)) if matches!(word.as_str(), "x" | "of" | "per" | "over") => {
                said(&begins)
            }
            _ => Phrase::Plain,
        };
    }
    if begins(&["count", "of"]) {
        return Phrase::Said("the number of months in which", 2);
    }
    if begins(&["total"]) && !begins(&["total", "points"]) {
        let is_name = matches!(rest.get(1), Some(Token::Word(_, start)) if refers(*start));
        return Phrase::Said(
            if is_name {
                "the total of"
            } else {
                "the Invoice Total"
            },
            1,
        );
    }
    let of_named = matches!(before, Some(Token::Word(word, _)) if matches!(word.as_str(), "this" | "last" | "in"));
    if begins(&["month"]) && !begins(&["month", "of"]) && !of_named {
        return Phrase::Said("the month", 1);
    }
    for (words, condition, value) in COMPARED {
        if begins(words) {
            let verb = tone == Tone::Condition
                && !matches!(before, Some(Token::Word(word, _)) if word == "is" || word == "stays");
            return Phrase::Said(if verb { condition } else { value }, words.len());
        }
    }
    said(&begins)
}

fn said(begins: &impl Fn(&[&str]) -> bool) -> Phrase {
    let found = PHRASES.iter().find(|(words, _)| begins(words));
    found.map_or(Phrase::Plain, |(words, said)| {
        Phrase::Said(said, words.len())
    })
}
