//! Partnership clauses: each statement must have one of the forms that its clause knows.
//!
//! A form is written as its words: `<number>`, `<text>`, `<who>`, `<often>`, `<unit>` and `<word>` stand for a value,
//! `[…]` for words that may be left out, `a|b` for either word.

use crate::diagnostic::Diagnostic;
use crate::model::{FactValue, PartnershipFact, PartnershipFacts};
use crate::syntax::tree::{Fact, FactToken, PartnershipClause, PartnershipKind, Text};
use crate::text::Span;
use crate::typing::{Context, suggestion};

/// How often something happens.
pub const OFTEN: &[&str] = &[
    "daily",
    "weekly",
    "fortnightly",
    "monthly",
    "quarterly",
    "half-yearly",
    "yearly",
];
/// Who does something.
pub const WHO: &[&str] = &["customer", "supplier", "both"];

/// The forms of a clause: name and words.
#[must_use]
pub fn forms(kind: PartnershipKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        PartnershipKind::Training => &[
            ("hours", "<number> hours per agent [before|after] [go-live]"),
            ("materials", "materials <text>"),
            ("refreshed", "refreshed <often>"),
            ("certified", "certified by <who>"),
            ("delivered", "delivered by <who>"),
            ("paid", "paid by <who>"),
        ],
        PartnershipKind::Knowledge => &[
            ("base", "base <text>"),
            ("owner", "owner <who>"),
            ("reviewed", "reviewed <often>"),
            ("access", "access for <who>"),
        ],
        PartnershipKind::QualityAssurance => &[
            ("platform", "platform <text>"),
            ("audits", "<number> audits per agent per month|week"),
            ("random", "random sample"),
            ("calibrated", "calibrated <often>"),
            ("pass mark", "pass mark <number>"),
            ("feedback", "feedback to agents within <number> days|hours"),
            ("audited", "audited by <who>"),
        ],
        PartnershipKind::Feedback => &[
            ("customer feedback", "customer feedback to <text> <often>"),
            ("agent feedback", "agent feedback to <text> <often>"),
            ("voice", "voice of the customer report <often>"),
        ],
        PartnershipKind::Escalation => &[
            (
                "level",
                "level <number> <text> within <number> minutes|hours|days|hour|day",
            ),
            ("disputes", "disputes to <text> within <number> days"),
        ],
        PartnershipKind::Governance => &[
            (
                "review",
                "operations|business|executive|service|security review <often>",
            ),
            ("site visit", "site visit <often>"),
            ("dashboard", "dashboard <text>"),
            ("contact", "customer|supplier contact <text>"),
            ("report", "report <text> <often>"),
            ("recognition", "recognition <text>"),
            ("process owner", "process owner <text>"),
        ],
        PartnershipKind::Tools => &[
            ("shared", "shared <text>"),
            ("system of record", "system of record <text>"),
            ("access", "access for <who>"),
            ("owned", "<text> owned by <who>"),
        ],
        PartnershipKind::Transition => &[
            ("plan", "plan <text>"),
            ("weeks", "<number> weeks"),
            ("ramp-up", "ramp-up <number> months"),
            ("reviewed", "reviewed <often>"),
            ("accepted", "accepted by <who>"),
        ],
        PartnershipKind::Exit => &[
            ("plan", "plan <text>"),
            ("notice", "notice <number> days|months"),
            ("assistance", "assistance <number> days|months"),
            ("data", "data returned within <number> days"),
            ("knowledge", "knowledge handed over within <number> days"),
        ],
        PartnershipKind::Renewal => &[
            ("automatic", "automatic for <number> months"),
            ("by agreement", "by agreement"),
            ("goal", "if <word> at least|below|above <number>"),
            ("decided", "decided <number> days|months before the end"),
        ],
        PartnershipKind::Measurement => &[
            ("data", "data within <number> [=working] days"),
            ("late data", "late data delays the invoice"),
            ("late data", "late data counts as missing"),
            (
                "corrections",
                "corrections within <number> days|months on the =next invoice",
            ),
            (
                "corrections",
                "corrections within <number> days|months by a =new invoice",
            ),
            ("audit", "audit by <who> within <number> days|months"),
            ("records", "records kept <number> months|years"),
            ("time zone", "time zone <text>"),
            ("service hours", "service hours <text>"),
            ("holidays", "holidays <text>"),
            ("abandoned", "abandoned contacts counted|excluded"),
            (
                "abandoned",
                "abandoned within <number> seconds counted|excluded",
            ),
            ("transfers", "transfers counted once|again"),
            ("index values", "index values as first|last published"),
            ("index followed", "index followed by <text>"),
        ],
    }
}

/// Reads a clause.
pub(super) fn read(
    cx: &mut Context<'_>,
    clause: &PartnershipClause,
    reference: Option<&Text>,
    span: Span,
) -> PartnershipFacts {
    let facts = clause
        .facts
        .iter()
        .filter_map(|fact| read_fact(cx, clause.kind, fact))
        .collect();
    PartnershipFacts {
        kind: clause.kind,
        facts,
        clause: reference.map(|reference| reference.text.clone()),
        span,
    }
}

fn read_fact(cx: &mut Context<'_>, kind: PartnershipKind, fact: &Fact) -> Option<PartnershipFact> {
    let tokens: Vec<&FactToken> = fact
        .tokens
        .iter()
        .filter(|token| !matches!(token, FactToken::Comma(_)))
        .collect();
    for (form, pattern) in forms(kind) {
        if let Some(values) = matches(pattern, &tokens) {
            refuse_grouped(cx, form, &tokens);
            return Some(PartnershipFact {
                form,
                values,
                span: fact.span,
            });
        }
    }
    report(cx, kind, fact, &tokens);
    None
}

/// Refuses counts and spans of time that one reader takes for thousands: `1.000 hours`. Marks and goals are none.
fn refuse_grouped(cx: &mut Context<'_>, form: &str, tokens: &[&FactToken]) {
    if matches!(form, "pass mark" | "goal") {
        return;
    }
    for token in tokens {
        if let FactToken::Number(number) = token {
            cx.refuse_grouped(number.span, 0);
        }
    }
}

/// The values of the tokens if they have the pattern's form.
fn matches(pattern: &str, tokens: &[&FactToken]) -> Option<Vec<FactValue>> {
    let mut values = Vec::new();
    let mut rest = tokens.iter();
    let mut next = rest.next();
    for part in pattern.split(' ') {
        let optional = part.starts_with('[');
        let part = part.trim_matches(['[', ']']);
        let value = next.and_then(|token| part_value(part, token));
        match value {
            Some(value) => {
                values.extend(value);
                next = rest.next();
            }
            None if optional => {}
            None => return None,
        }
    }
    next.is_none().then_some(values)
}

/// What a token gives for a part of a pattern: nothing for a fixed word, unless it is marked `=word`.
fn part_value(part: &str, token: &FactToken) -> Option<Option<FactValue>> {
    match (part, token) {
        ("<number>", FactToken::Number(number) | FactToken::Percent(number)) => {
            Some(Some(FactValue::Number(number.value.clone())))
        }
        ("<text>", FactToken::Text(text)) => Some(Some(FactValue::Text(text.text.clone()))),
        ("<who>", FactToken::Word(word)) if WHO.contains(&word.text.as_str()) => {
            Some(Some(FactValue::Word(word.text.clone())))
        }
        ("<often>", FactToken::Word(word)) if OFTEN.contains(&word.text.as_str()) => {
            Some(Some(FactValue::Word(word.text.clone())))
        }
        ("<word>", FactToken::Word(word)) => Some(Some(FactValue::Word(word.text.clone()))),
        (fixed, FactToken::Word(word)) if fixed.strip_prefix('=') == Some(word.text.as_str()) => {
            Some(Some(FactValue::Word(word.text.clone())))
        }
        (fixed, FactToken::Word(word)) if fixed.split('|').any(|one| one == word.text) => Some(
            fixed
                .contains('|')
                .then(|| FactValue::Word(word.text.clone())),
        ),
        _ => None,
    }
}

fn report(cx: &mut Context<'_>, kind: PartnershipKind, fact: &Fact, tokens: &[&FactToken]) {
    let text = cx.quote(fact.span);
    let first = tokens.iter().find_map(|token| match token {
        FactToken::Word(word) => Some(word.text.as_str()),
        _ => None,
    });
    let starts: Vec<&str> = forms(kind)
        .iter()
        .filter_map(|(_, pattern)| pattern.split(' ').find(|part| !part.starts_with('<')))
        .collect();
    let close = first.and_then(|word| suggestion(word, starts));
    let form = close.and_then(|close| {
        forms(kind).iter().find(|(_, pattern)| {
            pattern
                .split(' ')
                .any(|part| part.trim_start_matches('=') == close)
        })
    });
    let message = format!("`{text}` is not a statement that `{}` knows", kind.word());
    let mut finding = Diagnostic::error("unknown-statement", fact.span, message).because(
        "a statement that is not understood cannot be checked, so it would promise nothing",
    );
    finding = match form {
        Some((_, pattern)) => finding.help(format!("write it as `{}`", shown(pattern))),
        None => {
            let all: Vec<String> = forms(kind)
                .iter()
                .map(|(_, pattern)| format!("`{}`", shown(pattern)))
                .collect();
            finding.help(format!("write one of: {}", all.join("; ")))
        }
    };
    cx.report(finding);
}

/// A pattern as a person would read it.
fn shown(pattern: &str) -> String {
    let parts: Vec<String> = pattern
        .split(' ')
        .filter(|part| !part.starts_with('['))
        .map(|part| match part {
            "<number>" => "2".to_owned(),
            "<text>" => "\"…\"".to_owned(),
            "<who>" => "customer".to_owned(),
            "<often>" => "monthly".to_owned(),
            "<word>" => "csat".to_owned(),
            other => other
                .trim_start_matches('=')
                .split('|')
                .next()
                .unwrap_or(other)
                .to_owned(),
        })
        .collect();
    parts.join(" ")
}
