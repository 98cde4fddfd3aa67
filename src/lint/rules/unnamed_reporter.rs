//! `unnamed-reporter`

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::program::Slot;
use crate::text::Span;

/// The most figures that are named.
const NAMED: usize = 6;

rule! {
    /// Figures that change the pay are reported, and the contract does not say by whom.
    ///
    /// Somebody reads the figure from the system and sends it. That party has the first word, is responsible for
    /// errors, and is late when the figure is late.
    ///
    /// ```quid bad
    /// input handled        : contacts from "Helpdesk"
    /// input resolved_first : contacts from "Helpdesk"
    /// ```
    ///
    /// ```quid good
    /// input handled        : contacts from "Helpdesk" by both
    /// input resolved_first : contacts from "Helpdesk" by customer
    /// ```
    ///
    /// To answer it, write `by supplier`, `by customer`, or `by both` if both can read it.
    "unnamed-reporter": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let slots = &subject.contract.plan.slots;
    let covered = covered(subject);
    let paid = subject.paid_columns().into_iter();
    let open: Vec<&Slot> = paid
        .filter(|at| !covered.contains(at))
        .filter_map(|at| slots.get(at))
        .filter(|slot| slot.reporter.is_none() && subject.is_own(slot.span))
        .collect();
    let mut names: Vec<&str> = Vec::new();
    for slot in &open {
        if !names.contains(&slot.input.as_str()) {
            names.push(&slot.input);
        }
    }
    let Some(first) = open.first() else {
        return Vec::new();
    };
    let shown = match names.get(..NAMED) {
        Some(shown) if names.len() > NAMED => {
            let shown: Vec<String> = shown.iter().map(|name| format!("`{name}`")).collect();
            format!("{} and {} more", shown.join(", "), names.len() - NAMED)
        }
        _ => asked::listed(&names),
    };
    let mut finding = Diagnostic::info(RULE.name, first.span, format!("who reports {shown}?"))
        .because("today either party may, so each can bring its own figure");
    if let (Some((name, moved)), Some(example)) = (asked::of_a_hundredth(subject), &subject.example)
    {
        finding = finding.because(format!(
            "in the contract's example month, {}, 1% more of `{name}` changes the invoice by {}",
            example.month(),
            subject.money(&moved)
        ));
    }
    let edits = names.iter().filter_map(|name| edit(subject, name));
    finding.fix = answers::agreed(subject, "say that both can read them", edits.collect());
    vec![
        finding
            .help("write `by both` after the source of each figure that both can read")
            .help("or who reports it alone: `by supplier`, `by customer`"),
    ]
}

/// The columns of metrics that say who measures them.
fn covered(subject: &Subject<'_>) -> BTreeSet<usize> {
    let metrics = subject.own(&subject.facts().metrics);
    let metrics = metrics.filter(|metric| metric.reporter.is_some());
    metrics
        .filter_map(|metric| subject.named(metric.name()))
        .flat_map(|named| subject.flow.columns(&named.nodes))
        .map(|slot| slot.0 as usize)
        .collect()
}

fn edit(subject: &Subject<'_>, name: &str) -> Option<Edit> {
    let mut inputs = subject.own(&subject.facts().inputs);
    let input = inputs.find(|input| input.head.name() == name)?;
    match &input.source {
        Some(source) => Some(Edit {
            span: Span::new(
                source.span.file,
                source.span.end as usize,
                source.span.end as usize,
            ),
            text: " by both".to_owned(),
        }),
        None if input.if_missing.is_none() => answers::behind(subject, &input.head, " by both"),
        None => None,
    }
}
