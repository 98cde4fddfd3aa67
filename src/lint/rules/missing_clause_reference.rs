//! `missing-clause-reference`

use crate::catalogue::{ItemKind, Stage};
use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::facts::Head;
use crate::quantity::Exact;

/// The fewest references that count as a habit.
const FEWEST: usize = 4;

rule! {
    /// Most items name their clause in the paper contract, and this one does not.
    ///
    /// With the references, a reader can put the two texts side by side. Where one is missing, it is not clear whether
    /// the item was agreed at all, or belongs to the clause above.
    ///
    /// The rule applies only where most of a contract's items have a reference.
    ///
    /// ```quid bad
    /// metric service_level is timeliness, percent, higher is better "Annex 3, 1" { answered_in_20s / offered }
    /// metric csat is satisfaction, 1 to 5, higher is better "Annex 3, 2" { survey_points / surveys; needs surveys >= 50, otherwise last known value }
    /// metric fcr is resolution, percent, higher is better "Annex 3, 3" { resolved_first / handled }
    /// metric qa is quality, 0 to 100, higher is better "Annex 3, 4" { audit_points / audits; needs audits >= 20, otherwise last known value }
    /// charge handling for handled graduated { up to 10_000 at 4.20 EUR; beyond at 3.60 EUR } "Annex 2, 1"
    /// adjust handling by experience "Annex 2, 3" { below 60: -10%; below 95: 0%; otherwise +5% }
    /// limit credits and reductions to 12% of charges each month "Annex 3, 5"
    /// limit bonuses to 5% of charges each month "Annex 3, 6"
    /// minimum 40_000 EUR each month "Annex 3, 7"
    /// ```
    ///
    /// ```quid good
    /// charge platform 1_000 EUR per month
    /// # without: scenario
    /// ```
    ///
    /// To fix it, write the clause after the name or title: `"Annex 2, 3"`.
    "missing-clause-reference": Clarity, Info, Stable since "0.2.0",
    "share" = "75%" "how many of a contract's items must have a reference before a missing one is a finding"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let heads = subject.heads();
    let items: Vec<&Head> = heads.filter(|head| is_a_clause(head.kind)).collect();
    let with = items.iter().filter(|item| item.clause.is_some()).count();
    let count = |number: usize| Exact::from_integer(i64::try_from(number).unwrap_or(i64::MAX));
    let least = subject
        .settings
        .threshold(&RULE, "share")
        .multiply(&count(items.len()));
    if with < FEWEST || count(with) < least {
        return Vec::new();
    }
    let without = items.iter().filter(|item| item.clause.is_none());
    without
        .map(|item| {
            Diagnostic::info(RULE.name, item.span, "this does not name its clause in the paper contract")
                .because(format!(
                    "{with} of {} items name their clause; without one it is not clear where this was agreed",
                    items.len()
                ))
                .help("write the clause in quotation marks, as the other items do")
        })
        .collect()
}

/// Whether the paper contract usually has a separate clause for it, from which money follows.
fn is_a_clause(kind: ItemKind) -> bool {
    let moves_money = (Stage::Indexation..=Stage::Settlement).contains(&kind.stage());
    // How credits are settled is usually agreed in the clause about the credits.
    let settles = [ItemKind::Small, ItemKind::Applied, ItemKind::OneCounts].contains(&kind);
    let others = [ItemKind::Metric, ItemKind::AtRisk].contains(&kind);
    others || moves_money && !settles
}
