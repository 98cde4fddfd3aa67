//! Words of the language, and clauses as snippets.

use crate::catalogue::forms::{
    CHANGES, FILE, Form, METRIC, OBJECTIVE, RECORDS, SCENARIO, SERVICE_LEVEL,
};
use crate::catalogue::{CLAUSES, ItemKind};
use crate::driver::STANDARD;
use crate::lint::ALL;
use crate::model::facts::KpiKind;

use super::super::declarations::Declared;
use super::names::Names;
use super::{Completion, CompletionKind, Insert};

pub(super) fn file() -> Vec<Completion> {
    clauses(FILE)
}

pub(super) fn changes() -> Vec<Completion> {
    clauses(CHANGES)
}

pub(super) fn items() -> Vec<Completion> {
    let all = CLAUSES.iter();
    all.map(|one| clause(one.words, one.meaning, one.snippet))
        .collect()
}

pub(super) fn statements(kind: ItemKind) -> Vec<Completion> {
    match kind {
        ItemKind::ServiceLevel => clauses(SERVICE_LEVEL),
        ItemKind::Records => clauses(RECORDS),
        ItemKind::Metric => clauses(METRIC),
        ItemKind::Scenario => clauses(SCENARIO),
        ItemKind::Objective => clauses(OBJECTIVE),
        _ => Vec::new(),
    }
}

/// Whether the block of the item can hold a formula.
pub(super) fn holds_values(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Metric | ItemKind::Scorecard)
}

pub(super) fn bands() -> Vec<Completion> {
    plain(&[
        "below",
        "at most",
        "above",
        "at least",
        "otherwise",
        "no value",
    ])
}

pub(super) fn parties() -> Vec<Completion> {
    plain(&["customer", "supplier", "both"])
}

pub(super) fn purposes() -> Vec<Completion> {
    choices(&[
        "quality",
        "language_cover",
        "cost",
        "flexibility",
        "capacity",
        "coverage",
        "innovation",
    ])
}

pub(super) fn kinds() -> Vec<Completion> {
    choices(&KpiKind::ALL.map(KpiKind::word))
}

pub(super) fn libraries() -> Vec<Completion> {
    STANDARD
        .iter()
        .map(|(name, _)| Completion {
            detail: Some("definitions that are part of Quidpro".to_owned()),
            ..of_word(name, CompletionKind::File)
        })
        .collect()
}

pub(super) fn rules() -> Vec<Completion> {
    ALL.iter()
        .map(|rule| Completion {
            detail: Some(rule.category.name().to_owned()),
            documentation: Some(rule.summary()),
            ..of_word(rule.name, CompletionKind::Rule)
        })
        .collect()
}

/// Returns what a scenario can expect: lines by their kind, values, notices.
pub(super) fn expected(names: &Names<'_, '_>) -> Vec<Completion> {
    let mut all = plain(&[
        "total",
        "charge",
        "adjustment",
        "credit",
        "bonus",
        "metric",
        "score",
        "minimum",
        "maximum",
        "earn back",
        "tax",
        "notice",
        "no notice",
        "no invoice",
    ]);
    all.extend(names.of(&[
        Declared::Item(ItemKind::Charge),
        Declared::Item(ItemKind::ServiceLevel),
        Declared::Item(ItemKind::Credit),
        Declared::Item(ItemKind::Bonus),
        Declared::Item(ItemKind::Metric),
        Declared::Item(ItemKind::Scorecard),
        Declared::Item(ItemKind::Let),
    ]));
    all
}

pub(super) fn plain(words: &[&str]) -> Vec<Completion> {
    let all = words.iter();
    all.map(|word| of_word(word, CompletionKind::Word))
        .collect()
}

fn choices(words: &[&str]) -> Vec<Completion> {
    let all = words.iter();
    all.map(|word| of_word(word, CompletionKind::Choice))
        .collect()
}

/// Makes a completion that writes its label.
pub(super) fn of_word(word: &str, kind: CompletionKind) -> Completion {
    Completion {
        label: word.to_owned(),
        kind,
        detail: None,
        documentation: None,
        insert: None,
        rank: 5,
    }
}

fn clauses(forms: &[Form]) -> Vec<Completion> {
    let all = forms.iter();
    all.map(|form| clause(form.words, form.meaning, form.snippet))
        .collect()
}

/// Makes a completion that writes a clause.
pub(super) fn clause(words: &str, meaning: &str, snippet: &str) -> Completion {
    Completion {
        label: words.to_owned(),
        kind: CompletionKind::Clause,
        detail: Some(meaning.to_owned()),
        documentation: None,
        insert: Some(Insert {
            snippet: snippet.to_owned(),
            plain: without_places(snippet),
        }),
        rank: 4,
    }
}

/// Fills in the places of a snippet: `${1:name}` becomes `name`, `${2|each,only|}` becomes `each`.
pub(super) fn without_places(snippet: &str) -> String {
    let mut out = String::new();
    let mut rest = snippet;
    while let Some((before, place)) = rest.split_once('$') {
        out += before;
        rest = place;
        let Some(inner) = place.strip_prefix('{') else {
            rest = place.trim_start_matches(|digit: char| digit.is_ascii_digit());
            continue;
        };
        let Some((body, after)) = inner.split_once('}') else {
            continue;
        };
        rest = after;
        let words = body.trim_start_matches(|digit: char| digit.is_ascii_digit());
        out += match words.strip_prefix('|') {
            Some(choices) => choices.split([',', '|']).next().unwrap_or_default(),
            None => words.trim_start_matches(':'),
        };
    }
    out + rest
}
