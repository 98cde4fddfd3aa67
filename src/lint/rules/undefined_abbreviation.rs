//! `undefined-abbreviation`

use crate::catalogue::ItemKind;
use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::facts::{Name, Text};

rule! {
    /// A KPI or an item of money has only a few letters for a name, and no title says what they mean.
    ///
    /// The parties know when they sign. Their successors guess, and two of the usual abbreviations mean different
    /// things to different suppliers.
    ///
    /// Abbreviations that the language's glossary explains, such as AHT, CSAT and FCR, need no title. Others are names
    /// of up to five letters without a vowel, and titles that are only capital letters.
    ///
    /// ```quid bad
    /// charge plf 1_000 EUR per month
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// charge plf "Platform fee" 1_000 EUR per month
    /// # without: scenario
    /// ```
    ///
    /// To fix it, give it a title: `charge plf "Platform fee" …`.
    "undefined-abbreviation": Clarity, Info, Stable since "0.2.0"
}

/// Abbreviations that the glossary of the language explains.
const KNOWN: &[&str] = &[
    "aht", "arc", "asa", "ces", "csat", "fcr", "fte", "kpi", "nps", "qa", "rrc", "sla", "vat",
    "cpi", "rpi", "hicp", "it", "hr", "gst",
];

/// The most letters of an abbreviation. Longer names are words.
const LONGEST: usize = 5;

/// Items whose names people read on an invoice or in a report.
const SHOWN: &[ItemKind] = &[
    ItemKind::Metric,
    ItemKind::Charge,
    ItemKind::Credit,
    ItemKind::Bonus,
    ItemKind::Scorecard,
    ItemKind::ServiceLevel,
    ItemKind::Points,
];

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let heads = subject.heads();
    heads
        .filter(|head| SHOWN.contains(&head.kind))
        .filter_map(|head| finding(head.name.as_ref()?, head.title.as_ref()))
        .collect()
}

fn finding(name: &Name, title: Option<&Text>) -> Option<Diagnostic> {
    let (letters, span) = match title {
        Some(title) if is_capitals(&title.text) => (title.text.as_str(), title.span),
        None if is_consonants(&name.text) => (name.text.as_str(), name.span),
        _ => return None,
    };
    if KNOWN.contains(&letters.to_lowercase().as_str()) {
        return None;
    }
    Some(
        Diagnostic::info(
            RULE.name,
            span,
            format!("the contract does not say what `{letters}` means"),
        )
        .because("those who sign know it, and those who come after them guess")
        .help(format!("write it out in the title: `{} \"…\"`", name.text)),
    )
}

fn is_capitals(text: &str) -> bool {
    let count = text.chars().count();
    (2..=LONGEST).contains(&count) && text.chars().all(char::is_uppercase)
}

fn is_consonants(name: &str) -> bool {
    let count = name.chars().count();
    let is_consonant = |letter: char| {
        letter.is_ascii_alphabetic() && !"aeiouy".contains(letter.to_ascii_lowercase())
    };
    (2..=LONGEST).contains(&count) && name.chars().all(is_consonant)
}
