//! `confusable-names`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;

/// Shorter names are abbreviations, which often differ in one letter.
const SHORTEST: usize = 5;

rule! {
    /// Two names are easily confused: they differ in one letter, in a plural ending, or in an underscore.
    ///
    /// Anyone who reads `survey` for `surveys` computes a different contract, and a typing error becomes a valid
    /// clause.
    ///
    /// The rule ignores names that differ in a digit, such as `answered_in_20s` and `answered_in_30s`: there the digit
    /// is what the reader looks at.
    ///
    /// ```quid bad
    /// input offered_call : calls from "ACD" by both
    /// input offered_calls : calls from "ACD" by both
    /// notice busy "more calls than planned" when offered_call + offered_calls > forecast
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// input offered_by_phone : calls from "ACD" by both
    /// input offered_by_app : calls from "ACD" by both
    /// notice busy "more calls than planned" when offered_by_phone + offered_by_app > forecast
    /// # without: scenario
    /// ```
    ///
    /// To fix it, rename one of them after what makes it different.
    "confusable-names": Clarity, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let names = subject.contract.names.iter();
    let own: Vec<_> = names.filter(|facts| subject.is_own(facts.span)).collect();
    let mut found = Vec::new();
    for (at, second) in own.iter().enumerate() {
        let mut before = own.iter().take(at);
        let Some(first) = before.find(|first| are_alike(&first.name, &second.name)) else {
            continue;
        };
        let message = format!("`{}` is easily confused with `{}`", second.name, first.name);
        found.push(
            Diagnostic::info(RULE.name, second.span, message)
                .and_at(first.span, "declared here")
                .because("a typing error then gives a valid clause that says something else")
                .help("rename one of them after what makes it different"),
        );
    }
    found
}

fn are_alike(first: &str, second: &str) -> bool {
    // Such names are an error in their own right.
    if first.to_lowercase() == second.to_lowercase() {
        return false;
    }
    let (a, b) = (plain(first), plain(second));
    if a.len().min(b.len()) < SHORTEST {
        return false;
    }
    a == b || is_one_letter_off(&a, &b)
}

/// The name in lower case, without underscores and plural ending.
fn plain(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = name
        .chars()
        .filter(|letter| *letter != '_')
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    if letters.last() == Some(&'s') {
        letters.pop();
    }
    letters
}

/// Whether one letter is missing, different, or swapped with its neighbour. Digits are there to be read, so they do not
/// count.
fn is_one_letter_off(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let start = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest = (
        short.get(start..).unwrap_or(&[]),
        long.get(start..).unwrap_or(&[]),
    );
    if rest
        .0
        .iter()
        .chain(rest.1)
        .take(2)
        .any(char::is_ascii_digit)
    {
        return false;
    }
    match rest {
        ([], [last]) => last.is_alphabetic(),
        ([x, s @ ..], [y, l @ ..]) if short.len() == long.len() => {
            let swapped = match (s, l) {
                ([x2, s @ ..], [y2, l @ ..]) => x == y2 && y == x2 && s == l,
                _ => false,
            };
            s == l || swapped
        }
        (s, [_, l @ ..]) if s.len() == l.len() => s == l,
        _ => false,
    }
}
