//! `undefined-exclusions`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked, forecast};
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::model::facts::PartnershipKind;
use crate::program::{NodeId, Op, SlotId};
use crate::quantity::Exact;

rule! {
    /// Contacts are counted, and the contract does not say whether abandoned and transferred ones are included.
    ///
    /// A service level has four usual definitions that differ only in how they treat abandoned calls: for the same
    /// month they give 83%, 86%, 81% and 83%. A transferred contact may be paid for once or twice.
    ///
    /// The rule asks about abandoned contacts if a KPI of speed is a share of one count from which nothing is
    /// subtracted. It asks about transferred contacts if contacts or calls are paid by the piece.
    ///
    /// ```quid bad
    /// measurement { data within 5 days; late data counts as missing; corrections within 60 days by a new invoice; time zone "CET"; service hours "Always" }
    /// ```
    ///
    /// ```quid good
    /// measurement { data within 5 days; late data counts as missing; corrections within 60 days by a new invoice; time zone "CET"; service hours "Always"; abandoned within 5 seconds excluded; transfers counted once }
    /// ```
    ///
    /// To answer it, say whether they count, or subtract them in the formula, with an input of their own.
    "undefined-exclusions": Question, Info, Stable since "0.2.0"
}

/// Things that come in and can be abandoned or passed on.
const CONTACTS: &[&str] = &["call", "contact", "chat"];

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let said = |form: &str| asked::measurement(subject, form).is_some();
    let speed = (!said("abandoned")).then(|| whole_share(subject)).flatten();
    let pieces = (!said("transfers")).then(|| paid_pieces(subject)).flatten();
    let (message, text) = match (&speed, &pieces) {
        (Some((metric, count)), Some(paid)) => (
            format!(
                "`{}` is a share of all `{count}`, and `{paid}` is paid by the piece: do abandoned contacts count, \
                 and do transferred ones count twice?",
                metric.name
            ),
            "abandoned contacts counted; transfers counted once",
        ),
        (Some((metric, count)), None) => (
            format!(
                "`{}` is a share of all `{count}`: do abandoned ones count?",
                metric.name
            ),
            "abandoned contacts counted",
        ),
        (None, Some(paid)) => (
            format!(
                "contacts are paid by the piece, as `{paid}`: is a transferred one paid twice?"
            ),
            "transfers counted once",
        ),
        (None, None) => return Vec::new(),
    };
    let place = match &speed {
        Some((metric, _)) if subject.is_own(metric.span) => metric.span,
        _ => subject.place(),
    };
    let mut finding = Diagnostic::info(RULE.name, place, message)
        .because("today the tool that counts decides, and whoever sets it up");
    if speed.is_some() {
        finding = finding.because("the four usual definitions of one service level, with abandoned contacts and without, differ by up to five points");
    }
    if let (Some((name, moved)), Some(example)) = (asked::of_a_hundredth(subject), &subject.example)
    {
        finding = finding.because(format!(
            "in the contract's example month, {}, 1% more of `{name}` changes the invoice by {}",
            example.month(),
            subject.money(&moved)
        ));
    }
    let edit = answers::fact(subject, PartnershipKind::Measurement, text);
    finding.fix = answers::agreed(subject, "say what is counted", edit.into_iter().collect());
    finding = finding.help(format!("write `measurement {{ {text} }}`"));
    if speed.is_some() {
        finding = finding.help(
            "or `abandoned within 5 seconds excluded`, or subtract them in the formula: `answered / (offered - \
             abandoned)`",
        );
    }
    if pieces.is_some() {
        finding = finding.help("or `transfers counted again`");
    }
    vec![finding]
}

/// A paid KPI of speed that is a share of a single count of contacts, with that count.
fn whole_share<'c>(subject: &Subject<'c>) -> Option<(&'c MetricFacts, &'c str)> {
    let graph = &subject.contract.graph;
    subject
        .metrics(&[KpiKind::Timeliness, KpiKind::Abandonment])
        .into_iter()
        .filter(|metric| subject.is_paid(metric))
        .find_map(|metric| {
            let own = subject.flow.behind(&metric.nodes);
            let nodes = (0u32..).zip(graph.nodes());
            let mut divisors =
                nodes
                    .filter(|(at, _)| own.has(NodeId(*at)))
                    .filter_map(|(_, node)| match node.op {
                        Op::Divide(_, below) => Some(subject.flow.columns(&[below])),
                        _ => None,
                    });
            let count = divisors.find_map(|columns| match columns.as_slice() {
                [one] => contacts(subject, *one),
                _ => None,
            })?;
            Some((metric, count))
        })
}

/// Contacts for which a charge is paid by the piece.
fn paid_pieces<'c>(subject: &Subject<'c>) -> Option<&'c str> {
    let lines = subject.contract.plan.lines.iter();
    let amounts: Vec<NodeId> = lines
        .filter(|line| line.kind == LineKind::Charge)
        .map(|line| line.amount)
        .collect();
    let columns = subject.flow.columns(&amounts);
    let foreseen = forecast::columns(subject);
    columns
        .into_iter()
        .filter(|slot| !foreseen.contains(slot))
        .find_map(|slot| contacts(subject, slot))
}

/// The input, if it counts contacts.
fn contacts<'c>(subject: &Subject<'c>, slot: SlotId) -> Option<&'c str> {
    let slot = subject.contract.plan.slots.get(slot.0 as usize)?;
    let base = slot.kind.unit()?.as_base()?;
    let counts = CONTACTS.contains(&base.singular());
    let many = slot.most.as_ref().is_none_or(|most| *most > Exact::one());
    (counts && many).then_some(slot.input.as_str())
}
