//! `minimum-above-forecast`

use crate::diagnostic::Diagnostic;
use crate::ledger::{Line, LineKind};
use crate::lint::rule::rule;
use crate::lint::{Subject, extremes};

rule! {
    /// In the contract's own example month, the minimum pays for more than was used.
    ///
    /// A minimum is for a bad month. One that lies above what is expected is the price, and what is measured and delivered no
    /// longer changes it: credits and reductions are filled up again.
    ///
    /// ```quid bad with immaterial-quality-share
    /// minimum 90_000 EUR each month
    /// ```
    ///
    /// ```quid good
    /// minimum 40_000 EUR each month
    /// ```
    ///
    /// To mend it, lower the minimum below what the expected volume costs. A first scenario that is meant to show the minimum
    /// at work belongs behind one that shows a usual month.
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
                "the minimum pays for more than was used in the contract's own example",
            )
            .because(format!(
                "in {}, {} is charged for what was used, and the minimum adds {}",
                example.month(),
                subject.money(&used),
                subject.money(&line.amount)
            ))
            .because("what is measured and delivered then no longer changes what is paid: credits are filled up again")
            .help("lower the minimum below what the expected volume costs")
            .costing(subject.money(&line.amount))
        })
        .collect()
}

fn is_paid(line: &Line) -> bool {
    !line.amount.is_zero() && !line.amount.is_negative()
}
