//! `invoice-below-zero`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, mend};
use crate::model::facts::FloorKind;
use crate::prove::{Prover, Story, negative_invoice};

rule! {
    /// In some month that the contract allows, the invoice is below zero.
    ///
    /// The supplier then owes the customer money for the month. A contract that does not say so leaves open whether that is
    /// paid out, carried over to the next invoice, or lost, and no invoicing system has a field for it.
    ///
    /// The rule does not look at a sample month. It searches all months that the ranges of the figures allow, computes the
    /// one that it finds as an invoice, and shows the figures in which it differs from a usual month. Where the contract
    /// states no range for a figure, it takes twice the largest one that the contract names. The search is bounded: if it
    /// cannot decide, the rule says nothing, and `quidpro prove --property I01` says so and searches longer. A contract with
    /// a minimum is not searched.
    ///
    /// ```quid bad with immaterial-quality-share, uncapped-credits, uncommitted-forecast
    /// # without: floor, limit 2
    /// credit content = 5 EUR per call of offered
    /// ```
    ///
    /// ```quid good
    /// minimum 0 EUR each month, after credits
    /// ```
    ///
    /// ```quid good
    /// limit credits and reductions to 12% of charges each month, the excess lapses
    /// ```
    ///
    /// To fix it, limit what is taken off to a share of the month's charges, or say that no invoice is below zero:
    /// `minimum 0 EUR each month`.
    "invoice-below-zero": Risk, Warning, Stable since "0.2.0"; Unsafe fix "say that no invoice is below zero"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !takes_off(subject) || has_minimum(subject) {
        return Vec::new();
    }
    let Some(prover) = subject.prover() else {
        return Vec::new();
    };
    let Some((_, Some((_, witness)))) = negative_invoice(prover) else {
        return Vec::new();
    };
    let story = prover.story(&witness, None);
    story
        .map(|story| finding(subject, prover, &story))
        .into_iter()
        .collect()
}

/// Whether anything can be taken off the charges, or a charge be below zero.
fn takes_off(subject: &Subject<'_>) -> bool {
    let lines = &subject.contract.plan.lines;
    lines.iter().any(|line| {
        !matches!(
            line.kind,
            LineKind::Charge | LineKind::Bonus | LineKind::Minimum | LineKind::Tax
        )
    })
}

/// Whether the contract says that no invoice is below an amount from 0 on: nothing is searched then.
fn has_minimum(subject: &Subject<'_>) -> bool {
    let mut floors = subject.facts().floors.iter();
    floors.any(|floor| {
        let amount = floor.amount.fixed();
        floor.kind == FloorKind::Minimum && amount.is_some_and(|amount| !amount.is_negative())
    })
}

fn finding(subject: &Subject<'_>, prover: &Prover<'_>, story: &Story) -> Diagnostic {
    let lines = subject.contract.plan.lines.iter();
    let place = story
        .lines
        .iter()
        .filter(|line| line.amount.value.is_negative())
        .min_by(|a, b| a.amount.value.cmp(&b.amount.value))
        .and_then(|largest| {
            lines
                .clone()
                .find(|line| line.name == largest.name && line.kind == largest.kind)
        })
        .map_or(subject.place(), |line| line.span);
    let mut finding = Diagnostic::warning(
        RULE.name,
        place,
        format!("an invoice can be below zero: {}", story.total),
    )
    .because(story.in_words())
    .because("the contract does not say whether such an amount is paid out, carried over, or lost");
    if let Some(assumed) = assumed(prover, story) {
        finding = finding.because(assumed);
    }
    let currency = subject.contract.currency;
    let currency = currency.as_ref().map_or("EUR", |currency| currency.code());
    let minimum = format!("minimum 0 {currency} each month");
    let finding = finding
        .help(format!("say that no invoice is below zero: `{minimum}`"))
        .help("or limit what is taken off: `limit credits and reductions to 12% of charges each month`")
        .costing(story.total.clone());
    mend::mended(finding, &RULE, mend::with_item(subject, &minimum))
}

/// That a figure of the month has no stated range, if so.
fn assumed(prover: &Prover<'_>, story: &Story) -> Option<String> {
    let open: Vec<String> = story
        .figures
        .iter()
        .filter(|figure| prover.is_range_assumed(&figure.name))
        .map(|figure| format!("`{}`", figure.name))
        .collect();
    match open.as_slice() {
        [] => None,
        [one] => Some(format!("the contract states no range for {one}")),
        _ => Some(format!(
            "the contract states no range for {}",
            open.join(", ")
        )),
    }
}
