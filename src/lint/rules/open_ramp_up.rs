//! `open-ramp-up`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers};
use crate::model::facts::PartnershipKind;

rule! {
    /// A transition or ramp-up is agreed, and the contract does not say who decides that it is over.
    ///
    /// Misses are forgiven during the ramp-up. If it ends on a calendar date, it may end unfinished. If nobody accepts
    /// it, the supplier says that it is still running, and the customer that it is over.
    ///
    /// ```quid bad
    /// transition { plan "Transition plan"; 10 weeks; ramp-up 2 months; reviewed weekly }
    /// ```
    ///
    /// ```quid good
    /// transition { plan "Transition plan"; 10 weeks; ramp-up 2 months; reviewed weekly; accepted by customer }
    /// ```
    ///
    /// To answer it, say who accepts it.
    "open-ramp-up": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let clauses = || subject.partnership(PartnershipKind::Transition);
    let mut all = clauses().flat_map(|clause| &clause.facts);
    if all.any(|fact| fact.form == "accepted") {
        return Vec::new();
    }
    let Some(clause) = clauses().next() else {
        return Vec::new();
    };
    let mut facts = clauses().flat_map(|clause| &clause.facts);
    let length = facts.find(|fact| matches!(fact.form, "ramp-up" | "weeks"));
    let message = match length {
        Some(length) => format!(
            "what ends the transition: `{}` by the calendar, or somebody's acceptance?",
            subject.quote(length.span)
        ),
        None => "what ends the transition?".to_owned(),
    };
    let place = length.map_or(clause.span, |length| length.span);
    let mut finding = Diagnostic::info(RULE.name, place, message)
        .because("today nobody accepts it: one party can say that it is still running, and the other that it is over")
        .help("write `accepted by customer`")
        .help("or leave it to the calendar, and count the months in which misses are excused: `excused in the first 2 \
               months`");
    let edit = answers::statement(subject, clause.span, "accepted by customer");
    finding.fix = answers::agreed(subject, "say who accepts it", edit.into_iter().collect());
    vec![finding]
}
