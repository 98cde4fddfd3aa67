//! `offshore-without-transition-review`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The work is done in a country with another currency, and nobody reviews the transition.
    ///
    /// Work that moves abroad fails most often in its first months, when knowledge is handed over from afar and nobody
    /// sees small misunderstandings. A regular review finds them while they are small.
    ///
    /// A contract counts as offshore if it has a second currency, or shares an exchange rate.
    ///
    /// ```quid bad
    /// currency EUR, INR
    /// input eur_inr : INR per EUR from "Central bank" by both
    /// share currency on handling against 90 INR per EUR by eur_inr { 50% to customer }
    /// transition { plan "Transition plan"; 10 weeks; ramp-up 2 months; accepted by customer }
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// currency EUR, INR
    /// input eur_inr : INR per EUR from "Central bank" by both
    /// share currency on handling against 90 INR per EUR by eur_inr { 50% to customer }
    /// transition { plan "Transition plan"; 10 weeks; ramp-up 2 months; reviewed weekly; accepted by customer }
    /// # without: scenario
    /// ```
    ///
    /// To fix it, say how often the transition is reviewed.
    "offshore-without-transition-review": Governance, Warning, Stable since "0.2.0"; Unsafe fix "say how often the transition is reviewed"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let facts = subject.facts();
    let currencies = facts.frame.currencies.as_ref();
    let abroad = currencies.is_some_and(|currencies| currencies.codes.len() > 1)
        || !facts.currency_shares.is_empty();
    if !abroad {
        return Vec::new();
    }
    let words = Words {
        message: "the work moves abroad, and nobody reviews the transition",
        why: "work that moves abroad fails most often in its first months; a review finds misunderstandings while \
              they are small",
        lead: "add how often:",
        write: &["reviewed weekly"],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::Transition,
        &["reviewed"],
        &words,
    )
}
