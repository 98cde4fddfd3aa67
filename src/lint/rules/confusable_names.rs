//! `confusable-names`

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;

/// The fewest letters of a name that is compared. Shorter names are abbreviations, which often differ in one letter.
const SHORTEST: usize = 5;

/// The most letters of a name that is compared. Nobody reads a longer name to its end.
const LONGEST: usize = 200;

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
    let names = names.filter(|facts| facts.name.len() <= LONGEST);
    let own: Vec<_> = names.filter(|facts| subject.is_own(facts.span)).collect();
    let mut found = Vec::new();
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, second) in own.iter().enumerate() {
        let marks = marks(&plain(&second.name));
        let candidates = marks.iter().filter_map(|mark| known.get(mark)).flatten();
        let candidates: BTreeSet<usize> = candidates.copied().collect();
        let mut before = candidates.into_iter().filter_map(|at| own.get(at));
        let first = before.find(|first| are_alike(&first.name, &second.name));
        for mark in marks {
            known.entry(mark).or_default().push(at);
        }
        let Some(first) = first else {
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

/// Marks of a name: one of the whole name, and one for each letter that can be left out. Two similar names share at
/// least one mark, but so may names that are not similar.
fn marks(letters: &[char]) -> BTreeSet<u64> {
    const BASE: u64 = 1_000_003;
    let next = |mark: u64, letter: &char| {
        let letter = u64::from(u32::from(*letter)) + 1;
        mark.wrapping_mul(BASE).wrapping_add(letter)
    };
    let mut marks: BTreeSet<u64> = BTreeSet::from([letters.iter().fold(0, next)]);
    // The mark of what comes after a letter, and the power of the base by which the mark of what comes before it is
    // multiplied.
    let (mut behind, mut power) = (0_u64, 1_u64);
    let mut before: Vec<u64> = Vec::with_capacity(letters.len());
    letters.iter().fold(0, |mark, letter| {
        before.push(mark);
        next(mark, letter)
    });
    for (letter, before) in letters.iter().zip(before).rev() {
        marks.insert(before.wrapping_mul(power).wrapping_add(behind));
        let letter = u64::from(u32::from(*letter)) + 1;
        behind = behind.wrapping_add(letter.wrapping_mul(power));
        power = power.wrapping_mul(BASE);
    }
    marks
}

fn are_alike(first: &str, second: &str) -> bool {
    // Such names are an error of their own.
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

/// Whether one letter is missing, different, or swapped with its neighbour. Digits do not count, because people read
/// them carefully.
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
