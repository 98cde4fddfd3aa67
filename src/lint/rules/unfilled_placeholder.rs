//! `unfilled-placeholder`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::FactValue;
use crate::model::facts::Text;
use crate::text::Span;

rule! {
    /// A text says that something is still to be agreed.
    ///
    /// A clause with a placeholder promises nothing, but looks as if it did. The clauses that a fix adds contain
    /// placeholders, so that nobody signs them unread.
    ///
    /// Placeholders are `to be agreed`, `to be defined`, `tbd` and the like, and texts that are only dots or only `x`.
    ///
    /// ```quid bad
    /// knowledge { base "to be agreed"; owner customer; reviewed monthly; access for both }
    /// ```
    ///
    /// ```quid good
    /// knowledge { base "Help centre"; owner customer; reviewed monthly; access for both }
    /// ```
    ///
    /// To fix it, agree on it, and write down what was agreed.
    "unfilled-placeholder": Clarity, Warning, Stable since "0.2.0"
}

/// What drafters write for things that they do not know yet, in lower case.
const PLACEHOLDERS: &[&str] = &[
    "to be agreed",
    "to be confirmed",
    "to be decided",
    "to be defined",
    "to be determined",
    "to do",
    "todo",
    "tba",
    "tbc",
    "tbd",
    "name",
    "offen",
    "noch offen",
];

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let clauses = subject.contract.partnership.iter();
    let facts = clauses.flat_map(|clause| &clause.facts);
    let promised = facts.flat_map(|fact| {
        let texts = fact.values.iter().filter_map(|value| match value {
            FactValue::Text(text) => Some(text.as_str()),
            FactValue::Number(_) | FactValue::Word(_) => None,
        });
        texts.map(|text| (text, fact.span))
    });
    let facts = subject.facts();
    let parties = facts.frame.parties.iter().map(|party| whole(&party.name));
    let inputs = subject.own(&facts.inputs);
    let stated = parties.chain(inputs.filter_map(|input| input.source.as_ref().map(whole)));
    let open = promised
        .chain(stated)
        .filter(|(text, _)| is_placeholder(text));
    open.map(|(text, place)| finding(text, place)).collect()
}

fn whole(text: &Text) -> (&str, Span) {
    (text.text.as_str(), text.span)
}

fn is_placeholder(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let is_blank = |letter: char| matches!(letter, 'x' | '.' | '…' | '_' | '?' | '-' | ' ');
    PLACEHOLDERS.contains(&text.as_str()) || text.chars().all(is_blank)
}

fn finding(text: &str, place: Span) -> Diagnostic {
    Diagnostic::warning(RULE.name, place, format!("“{text}” is a placeholder"))
        .because("a clause with a placeholder promises nothing, but looks as if it did")
        .help("agree on it, and write down what was agreed")
}
