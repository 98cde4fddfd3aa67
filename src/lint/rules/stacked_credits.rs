//! `stacked-credits`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::LimitSubject;
use crate::quantity::Exact;

rule! {
    /// One incident can cost several credits, and the contract does not say whether they add up.
    ///
    /// An outage makes calls wait, get lost, and go unanswered: three service levels are missed for one cause.
    /// Customers think that all of them count; suppliers think that only the largest does.
    ///
    /// A limit on all credits answers it, because it limits the sum. So do `only the largest of …`, `in place of …` and
    /// an at-risk amount.
    ///
    /// ```quid bad with double-jeopardy
    /// limit reductions to 10% of charges each month, the excess lapses
    /// # without: limit 2
    /// ```
    ///
    /// ```quid good
    /// limit credits and reductions to 12% of charges each month, the excess lapses
    /// ```
    ///
    /// To answer it, name the one that counts, or limit them together.
    "stacked-credits": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let credits = asked::credits(subject);
    if credits.len() < 2 || is_said(subject) {
        return Vec::new();
    }
    let Some(worst) = subject.worst() else {
        return Vec::new();
    };
    let taken: Vec<(&str, Exact)> = credits
        .iter()
        .map(|(name, _)| {
            let own = worst.month.lines.iter().filter(|line| {
                line.kind == LineKind::Credit && crate::model::is_line_of(&line.name, name)
            });
            (
                *name,
                own.fold(Exact::zero(), |sum, line| sum.subtract(&line.amount)),
            )
        })
        .filter(|(_, amount)| *amount > Exact::zero())
        .collect();
    let names: Vec<&str> = taken.iter().map(|(name, _)| *name).collect();
    let place = credits.iter().find(|(name, _)| names.first() == Some(name));
    let (Some((_, place)), Some(most)) = (place, taken.iter().map(|(_, amount)| amount).max())
    else {
        return Vec::new();
    };
    if names.len() < 2 {
        return Vec::new();
    }
    let sum = taken
        .iter()
        .fold(Exact::zero(), |sum, (_, amount)| sum.add(amount));
    let message = format!(
        "do {} add up if one incident causes them?",
        asked::listed(&names)
    );
    let text = format!("only the largest of {}", names.join(", "));
    let edit = answers::item(subject, &text);
    let mut finding = Diagnostic::info(RULE.name, *place, message)
        .because(format!(
            "today they do: {}, {} together, of which the largest is {}",
            worst.words(),
            subject.money(&sum),
            subject.money(most)
        ))
        .help(format!("write `{text}`"))
        .help("or limit their sum, if they are meant to add up: `limit credits to 12% of charges each month`");
    finding.fix = answers::otherwise(
        subject,
        "let only the largest count",
        edit.into_iter().collect(),
    );
    vec![finding]
}

/// Whether the contract says what several credits come to together.
fn is_said(subject: &Subject<'_>) -> bool {
    let facts = subject.facts();
    let mut limited = subject.limits().flat_map(|limit| &limit.subjects);
    limited.any(|subject| *subject == LimitSubject::Credits)
        || !facts.only.is_empty()
        || subject.pools().next().is_some()
        || subject.awards().any(|award| award.in_place.is_some())
        || subject.levels().any(|level| level.in_place.is_some())
}
