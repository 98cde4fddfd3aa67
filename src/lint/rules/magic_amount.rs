//! `magic-amount`

use crate::catalogue::ItemKind;
use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::facts::Head;
use crate::program::Op;
use crate::quantity::{Exact, Figure, Type};
use crate::text::Span;

rule! {
    /// The same amount of money is written in several clauses and has no name.
    ///
    /// When the parties agree on another figure, one of the places is forgotten, and the contract contradicts itself.
    ///
    /// ```quid bad
    /// credit content on csat { below 3.8: 2_000 EUR }
    /// credit solved on fcr { below 65%: 2_000 EUR }
    /// credit sound on qa { below 80: 2_000 EUR }
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// let small_credit = 2_000 EUR
    /// credit content on csat { below 3.8: small_credit }
    /// credit solved on fcr { below 65%: small_credit }
    /// credit sound on qa { below 80: small_credit }
    /// # without: scenario
    /// ```
    ///
    /// To fix it, give the amount a name with `let`, and write the name in each clause.
    "magic-amount": Clarity, Info, Stable since "0.2.0",
    "clauses" = "3" "in how many clauses the same amount must be written"
}

/// An amount, and where it is written. There is one place for each clause.
struct Amount {
    value: Exact,
    kind: Type,
    clauses: Vec<(Span, Span)>,
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let least = subject.settings.threshold(&RULE, "clauses");
    let amounts = amounts(subject);
    let often = amounts.into_iter().filter(|amount| {
        let clauses = i64::try_from(amount.clauses.len()).unwrap_or(i64::MAX);
        Exact::from_integer(clauses) >= least
    });
    often
        .filter_map(|amount| {
            let (_, first) = *amount.clauses.first()?;
            let shown = Figure::new(amount.value, amount.kind);
            let message = format!("{shown} is written in {} clauses", amount.clauses.len());
            let finding = Diagnostic::info(RULE.name, first, message)
                .because("when the figure changes, one of the places is forgotten, and the contract then contradicts \
                          itself")
                .help("give it a name: `let NAME = …`, and write the name in each clause");
            let others = amount.clauses.iter().skip(1);
            Some(others.fold(finding, |finding, (_, place)| finding.and_at(*place, "and here")))
        })
        .collect()
}

fn amounts(subject: &Subject<'_>) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    for node in subject.contract.graph.nodes() {
        let Op::Constant(value) = &node.op else {
            continue;
        };
        if value.is_zero() || node.kind.currency().is_none() || !subject.is_own(node.span) {
            continue;
        }
        let Some(clause) = clause(subject, node.span) else {
            continue;
        };
        let known = found
            .iter_mut()
            .find(|known| known.value == *value && known.kind == node.kind);
        match known {
            Some(known) if known.clauses.iter().all(|(other, _)| *other != clause) => {
                known.clauses.push((clause, node.span));
            }
            Some(_) => {}
            None => found.push(Amount {
                value: value.clone(),
                kind: node.kind.clone(),
                clauses: vec![(clause, node.span)],
            }),
        }
    }
    found
}

/// The clause at a place. Definitions, inputs and scenarios do not count: they give names, say what can be observed,
/// and show results.
fn clause(subject: &Subject<'_>, place: Span) -> Option<Span> {
    let holds = |item: &&Head| item.span.start <= place.start && place.end <= item.span.end;
    let item = subject.heads().find(holds)?;
    let is_clause = !matches!(
        item.kind,
        ItemKind::Let | ItemKind::Input | ItemKind::Scenario | ItemKind::Round
    );
    is_clause.then_some(item.span)
}
