//! `minimum-above-forecast`

use crate::diagnostic::Diagnostic;
use crate::ledger::{Line, LineKind};
use crate::lint::rule::rule;
use crate::lint::{Subject, extremes};

rule! {
    /// In the contract's own example month, the minimum is more than the charge for what was used.
    ///
    /// A minimum is meant for a bad month. If it is above what is expected, it is the price: what is measured and
    /// delivered no longer changes the pay, because the minimum makes up for credits and reductions.
    ///
    /// ```quid bad with immaterial-quality-share
    /// minimum 90_000 EUR each month
    /// ```
    ///
    /// ```quid good
    /// minimum 40_000 EUR each month
    /// ```
    ///
    /// To fix it, lower the minimum below what the expected volume costs. If the first scenario is meant to show the
    /// minimum at work, put it after a scenario that shows a usual month.
    "minimum-above-forecast": Risk, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(example) = &subject.example else {
        return Vec::new();
    };
    let lines = example.statement.lines.iter();
    let added = lines.filter(|line| line.kind == LineKind::Minimum && is_paid(line));
    added
        .map(|line| {
            let used = extremes::charged(&example.statement);
            Diagnostic::warning(
                RULE.name,
                line.span,
                "the minimum is more than the charge for what was used in the contract's own example",
            )
            .because(format!(
                "in {}, {} is charged for what was used, and the minimum adds {}",
                example.month(),
                subject.money(&used),
                subject.money(&line.amount)
            ))
            .because("what is measured and delivered then no longer changes the pay: the minimum makes up for credits")
            .help("lower the minimum below what the expected volume costs")
            .costing(subject.money(&line.amount))
        })
        .collect()
}

fn is_paid(line: &Line) -> bool {
    !line.amount.is_zero() && !line.amount.is_negative()
}
