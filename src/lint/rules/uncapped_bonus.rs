//! `uncapped-bonus`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, asked, bounds, extremes, mend};
use crate::model::facts::KpiKind;
use crate::program::{LinePlan, NodeId};

rule! {
    /// No limit holds a bonus, and one good month can cost the customer any amount.
    ///
    /// A bonus without a limit draws the work to the one figure that it rewards, and the customer cannot budget for it.
    ///
    /// The rule ignores a bonus that depends on no KPI, because that is a price by another name, and a bonus that stays
    /// within a small share of the month's charges.
    ///
    /// ```quid bad
    /// bonus solved = 1_500 EUR per full percentage point of fcr above 75%
    /// # without: limit 1
    /// ```
    ///
    /// ```quid good
    /// bonus solved = 1_500 EUR per full percentage point of fcr above 75%
    /// limit bonuses to 5% of charges each month
    /// ```
    ///
    /// To fix it, limit the bonuses to a share of the month's charges.
    "uncapped-bonus": Risk, Warning, Stable since "0.2.0" from Absence,
    "share" = "15%" "the share of a month's charges up to which bonuses need no limit"; Unsafe fix "limit bonuses to 5% of the charges of each month"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let metrics = subject.contract.metrics.iter();
    let measured: Vec<NodeId> = metrics
        .filter(|metric| metric.kind != Some(KpiKind::Volume))
        .flat_map(|metric| metric.nodes.clone())
        .collect();
    let open: Vec<&LinePlan> = subject
        .contract
        .plan
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Bonus && !bounds::is_limited(subject, line))
        .filter(|line| {
            let reach = subject.flow.behind(&[line.amount]);
            measured.iter().any(|node| reach.has(*node))
        })
        .collect();
    let Some(first) = open.first() else {
        return Vec::new();
    };
    let ends = bounds::of(subject.contract);
    let bounded = |line: &&LinePlan| {
        let ends = ends.get(line.amount.0 as usize);
        ends.is_some_and(|ends| ends.high)
    };
    let best = asked::month(subject, true);
    let paid = best.as_ref().map(|best| {
        let (_, after) = extremes::taken(best, LineKind::Bonus);
        (after, extremes::charged(best))
    });
    let large = paid.as_ref().is_some_and(|(paid, charged)| {
        let share = subject.settings.threshold(&RULE, "share");
        *paid > charged.multiply(&share)
    });
    if open.iter().all(bounded) && !large {
        return Vec::new();
    }
    let mut names: Vec<String> = open.iter().map(|line| format!("`{}`", line.name)).collect();
    names.dedup();
    let mut finding = Diagnostic::warning(
        RULE.name,
        first.span,
        format!("no limit holds {}", names.join(", ")),
    );
    if let (Some(best), Some((paid, charged))) = (&best, &paid) {
        finding = finding
            .because(format!(
                "in the contract's example month, {}, with every KPI at its best, bonuses add {} to charges of {}",
                best.month,
                subject.money(paid),
                subject.money(charged)
            ))
            .costing(subject.money(paid));
    }
    let edits = mend::with_item(subject, "limit bonuses to 5% of charges each month");
    let finding = finding
            .because("a bonus without a limit draws the work to the one figure that it rewards, and nobody can budget \
                      for it")
            .help("limit it: `limit bonuses to 5% of charges each month`");
    vec![mend::mended(finding, &RULE, edits)]
}
