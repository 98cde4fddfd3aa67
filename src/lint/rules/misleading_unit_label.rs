//! `misleading-unit-label`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::facts::Text;
use crate::quantity::Type;
use crate::text::Span;

rule! {
    /// A name or a title says a different unit from the one that the contract counts in.
    ///
    /// Whoever fills in the data sheet reads the title. "Handle time in minutes" above a column of seconds makes every
    /// figure in it wrong by a factor of sixty; "in thousands" above an amount makes it wrong by a thousand.
    ///
    /// The rule looks at units of time, currencies, thousands and millions. It accepts a title that also names the
    /// right unit.
    ///
    /// ```quid bad
    /// input talk : seconds "Talk time in minutes" from "ACD" by both
    /// notice long "long calls" when talk > 9_000_000 seconds
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// input talk : seconds "Talk time in seconds" from "ACD" by both
    /// notice long "long calls" when talk > 9_000_000 seconds
    /// # without: scenario
    /// ```
    ///
    /// To fix it, correct the title, or declare the unit in which the value is reported.
    "misleading-unit-label": Clarity, Warning, Stable since "0.2.0"
}

/// Words for units of time, with the name of the unit.
const TIME: &[(&str, &str)] = &[
    ("second", "seconds"),
    ("seconds", "seconds"),
    ("sec", "seconds"),
    ("secs", "seconds"),
    ("minute", "minutes"),
    ("minutes", "minutes"),
    ("mins", "minutes"),
    ("hour", "hours"),
    ("hours", "hours"),
    ("hrs", "hours"),
];

/// Currencies that contracts name. Other codes are also words of some language: `ALL`, `TRY`.
const CURRENCIES: &[&str] = &[
    "EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "INR", "PLN", "SEK", "NOK", "DKK", "CZK",
    "HUF", "RON", "ZAR", "PHP", "BRL", "MXN",
];

/// Words for a factor. No unit of the language has one.
const SCALE: &[&str] = &[
    "thousand",
    "thousands",
    "million",
    "millions",
    "teur",
    "keur",
    "tusd",
    "kusd",
    "tgbp",
    "kgbp",
    "mio",
    "meur",
    "tsd",
];

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let facts = subject.facts();
    let inputs = subject.own(&facts.inputs).map(|input| &input.head);
    let metrics = subject.own(&facts.metrics).map(|metric| &metric.head);
    let definitions = subject.own(&facts.definitions);
    let heads = inputs
        .chain(metrics)
        .chain(definitions.map(|definition| &definition.head));
    for head in heads {
        let Some(facts) = subject.named(head.name()) else {
            continue;
        };
        let title = head.title.as_ref();
        let labels = [(head.name(), head.place())].into_iter();
        let mut labels = labels.chain(title.map(label));
        found.extend(labels.find_map(|(text, span)| finding(&facts.kind, text, span)));
    }
    found
}

fn label(title: &Text) -> (&str, Span) {
    (title.text.as_str(), title.span)
}

fn finding(kind: &Type, text: &str, span: Span) -> Option<Diagnostic> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let unit = declared(kind)?;
    let said = said(kind, &words)?;
    if said == unit {
        return None;
    }
    let shown = text.replace('_', " ");
    Some(
        Diagnostic::warning(
            RULE.name,
            span,
            format!("the label says {said}, and the value is in {unit}"),
        )
        .because(format!(
            "whoever fills in the data sheet reads “{shown}”, and enters {said}"
        ))
        .help(format!("correct the label, or declare the value in {said}")),
    )
}

/// The unit in which the value is counted, if it is a time or an amount.
fn declared(kind: &Type) -> Option<String> {
    if let Some(currency) = kind.currency() {
        return Some(currency.code().to_owned());
    }
    let Type::Quantity(unit) = kind else {
        return None;
    };
    let base = unit.as_base()?;
    base.seconds().map(|_| base.plural().to_owned())
}

/// The unit that the words name, unless they also name the declared one.
fn said(kind: &Type, words: &[String]) -> Option<String> {
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    if kind.currency().is_some() {
        let scale = lower.iter().find(|word| SCALE.contains(&word.as_str()));
        if let Some(scale) = scale {
            return Some(scale.clone());
        }
        let named: Vec<String> = lower.iter().map(|word| word.to_uppercase()).collect();
        if named.contains(&declared(kind)?) {
            return None;
        }
        let mut named = named.into_iter();
        return named.find(|word| CURRENCIES.contains(&word.as_str()));
    }
    let named: Vec<&str> = lower
        .iter()
        .filter_map(|word| TIME.iter().find(|(known, _)| known == word))
        .map(|(_, unit)| *unit)
        .collect();
    let own = declared(kind)?;
    if named.contains(&own.as_str()) {
        return None;
    }
    named.first().map(|unit| (*unit).to_owned())
}
