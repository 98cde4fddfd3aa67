//! `uncapped-credits`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, bounds, extremes, mend};
use crate::program::LinePlan;

rule! {
    /// No limit holds the credits: a bad month can cost the supplier any share of its pay.
    ///
    /// A supplier builds an open risk into the price of every month, or leaves when it strikes. 10% to 15% of a month's
    /// charges at risk is usual; beyond that, damages and the right to terminate apply.
    ///
    /// The rule ignores credits that cannot exceed a small share of the month.
    ///
    /// ```quid bad with double-jeopardy
    /// credit content = 1% of charges per full percentage point of fcr below 75%
    /// # without: limit 2
    /// ```
    ///
    /// ```quid good
    /// credit content = 1% of charges per full percentage point of fcr below 75%
    /// limit credits and reductions to 12% of charges each month
    /// ```
    ///
    /// To fix it, limit all credits together to a share of the month's charges.
    "uncapped-credits": Risk, Warning, Stable since "0.2.0" from Absence,
    "share" = "15%" "the share of a month's charges up to which credits need no limit"; Unsafe fix "limit credits and reductions to 12% of the charges of each month"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let open: Vec<&LinePlan> = subject
        .contract
        .plan
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Credit && !bounds::is_limited(subject, line))
        .collect();
    let Some(first) = open.first() else {
        return Vec::new();
    };
    let ends = bounds::of(subject.contract);
    let bounded = |line: &&LinePlan| {
        let ends = ends.get(line.amount.0 as usize);
        ends.is_some_and(|ends| ends.low)
    };
    let worst = subject.worst();
    let taken = worst.as_ref().map(|worst| {
        let (_, after) = extremes::taken(&worst.month, LineKind::Credit);
        (after, extremes::charged(&worst.month))
    });
    let large = taken.as_ref().is_some_and(|(taken, charged)| {
        let share = subject.settings.threshold(&RULE, "share");
        *taken > charged.multiply(&share)
    });
    // Several small ones are small together only if a month shows this.
    let few = taken.is_some() || open.iter().all(|line| line.name == first.name);
    if few && open.iter().all(bounded) && !large {
        return Vec::new();
    }
    let mut names: Vec<String> = open.iter().map(|line| format!("`{}`", line.name)).collect();
    names.dedup();
    let mut finding = Diagnostic::warning(
        RULE.name,
        first.span,
        format!("no limit holds {}", names.join(", ")),
    );
    if let (Some(worst), Some((taken, charged))) = (&worst, &taken) {
        finding = finding
            .because(format!(
                "{}, credits take {} of {} charged",
                worst.words(),
                subject.money(taken),
                subject.money(charged)
            ))
            .costing(subject.money(taken));
    }
    let limit = "limit credits and reductions to 12% of charges each month";
    let edits = mend::with_item(subject, limit);
    let finding = finding
            .because("a supplier builds an open risk into the price of every month, or leaves when it strikes")
            .help("limit all credits together: `limit credits and reductions to 12% of charges each month`");
    vec![mend::mended(finding, &RULE, edits)]
}
