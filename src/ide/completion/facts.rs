//! The statements of partnership clauses, from the forms that the checker knows.

use crate::analyse::{OFTEN, WHO, partnership_forms};
use crate::syntax::tree::PartnershipKind;

use super::Completion;
use super::words::clause;

const KINDS: [PartnershipKind; 10] = [
    PartnershipKind::Training,
    PartnershipKind::Knowledge,
    PartnershipKind::QualityAssurance,
    PartnershipKind::Feedback,
    PartnershipKind::Escalation,
    PartnershipKind::Governance,
    PartnershipKind::Tools,
    PartnershipKind::Transition,
    PartnershipKind::Exit,
    PartnershipKind::Renewal,
];

/// Returns the statements of the clause that begins with these words.
pub(super) fn facts(words: &str) -> Vec<Completion> {
    let Some(kind) = KINDS.into_iter().find(|kind| kind.word() == words) else {
        return Vec::new();
    };
    let forms = partnership_forms(kind).iter();
    forms
        .map(|(name, form)| clause(name, form, &snippet(form)))
        .collect()
}

/// Turns a form into a snippet: `refreshed <often>` becomes `refreshed ${1|daily,weekly|}`.
fn snippet(form: &str) -> String {
    let mut out = Vec::new();
    let mut count = 0;
    for word in form.split_whitespace() {
        let word = word.trim_matches(['[', ']']);
        let mut place = |body: String| {
            count += 1;
            format!("${{{count}{body}}}")
        };
        out.push(match word {
            "<number>" => place(":1".to_owned()),
            "<text>" => format!("\"{}\"", place(":…".to_owned())),
            "<who>" => place(format!("|{}|", WHO.join(","))),
            "<often>" => place(format!("|{}|", OFTEN.join(","))),
            "<word>" | "<unit>" => place(":word".to_owned()),
            choice if choice.contains('|') => place(format!("|{}|", choice.replace('|', ","))),
            plain => plain.to_owned(),
        });
    }
    out.join(" ")
}
