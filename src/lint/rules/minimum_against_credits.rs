//! `minimum-against-credits`

use crate::diagnostic::Diagnostic;
use crate::model::facts::{Floor, FloorKind};
use std::rc::Rc;

use crate::ledger::{LineKind, Statement};
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked, extremes, forecast};
use crate::program::{NodeId, SlotId};
use crate::quantity::Exact;

rule! {
    /// A minimum gives back what credits take off, and the contract does not say that it should.
    ///
    /// The minimum is applied last. In a month at the minimum a miss costs nothing, and the quieter the month, the less
    /// the service levels mean.
    ///
    /// The rule computes the example month with every KPI at its worst and with less and less volume, until the minimum
    /// applies.
    ///
    /// ```quid bad
    /// minimum 40_000 EUR each month
    /// ```
    ///
    /// ```quid good
    /// minimum 40_000 EUR each month, after credits
    /// ```
    ///
    /// ```quid good
    /// commitment least 40_000 EUR of charges each month
    /// # without: floor
    /// ```
    ///
    /// To answer it, write `, after credits` to keep it as it is today. Or commit to charges instead of an invoice,
    /// with a `commitment`: credits then come off below it.
    "minimum-against-credits": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut floors = subject.own(&subject.facts().floors);
    let minimum = floors.find(|floor| floor.kind == FloorKind::Minimum && !floor.after_credits);
    let Some(floor) = minimum else {
        return Vec::new();
    };
    let found = slow_month(subject).map(|slow| question(subject, floor, &slow));
    found.into_iter().collect()
}

fn question(subject: &Subject<'_>, floor: &Floor, slow: &Slow) -> Diagnostic {
    let amount = subject.quote(floor.amount.span);
    let message = format!("does the minimum of `{amount}` give back what credits take off?");
    let (_, taken) = extremes::taken(&slow.month, LineKind::Credit);
    let lifted = line(&slow.month, LineKind::Minimum);
    let mut finding = Diagnostic::info(RULE.name, floor.head.span, message)
        .because("today it does: it is applied last, so a miss costs nothing in a month at the minimum")
        .because(format!(
            "in the contract's example month, {}, with {} of its volume and every KPI at its worst, credits take off {} and the minimum adds {}",
            slow.month.month,
            slow.share,
            subject.money(&taken),
            subject.money(&lifted)
        ))
        .help("append `, after credits` to keep it so")
        .help(format!(
            "or replace it with `commitment least {amount} of charges each month`, so that credits count in full"
        ));
    let edit = answers::behind(subject, &floor.head, ", after credits");
    finding.fix = answers::as_today(subject, "say that it does", edit.into_iter().collect());
    finding
}

/// A month in which the minimum gives back a credit.
struct Slow {
    month: Rc<Statement>,
    share: &'static str,
}

fn slow_month(subject: &Subject<'_>) -> Option<Slow> {
    let example = subject.example.as_ref()?;
    let values = asked::ends(subject, false);
    let volumes: Vec<SlotId> = charged(subject);
    let shares = [
        ("all", 1, 1),
        ("three quarters", 3, 4),
        ("half", 1, 2),
        ("a quarter", 1, 4),
    ];
    shares.into_iter().find_map(|(share, part, whole)| {
        let share_of = Exact::ratio(part, whole)?;
        let cells: Vec<(SlotId, Exact)> = volumes
            .iter()
            .filter_map(|slot| Some((*slot, example.cell(*slot)?.multiply(&share_of).floor())))
            .collect();
        let month = example.with(&values, &cells)?;
        let lifted = line(&month, LineKind::Minimum) > Exact::zero();
        let (_, taken) = extremes::taken(&month, LineKind::Credit);
        (lifted && taken > Exact::zero()).then_some(Slow { month, share })
    })
}

fn line(month: &Statement, kind: LineKind) -> Exact {
    let lines = month.lines.iter().filter(|line| line.kind == kind);
    lines.fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}

/// The volumes for which charges are paid.
fn charged(subject: &Subject<'_>) -> Vec<SlotId> {
    let lines = subject.contract.plan.lines.iter();
    let amounts: Vec<NodeId> = lines
        .filter(|line| line.kind == LineKind::Charge)
        .map(|line| line.amount)
        .collect();
    let mut columns = subject.flow.columns(&amounts);
    columns.retain(|slot| forecast::is_volume(subject, *slot));
    columns
}
