//! `non-monotone-tiers`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, forecast, mend};
use crate::model::facts::{Charge, Price, Tier, TierKind, TierReach, Tiers};
use crate::program::{LinePlan, NodeId, Op, SlotId};
use crate::quantity::{Exact, Figure};

rule! {
    /// More volume can cost less: where tiers price all units at the rate reached, the invoice drops at an edge.
    ///
    /// A supplier at 10,000 units then gains by not delivering the next one, and a customer just below the edge gains by
    /// ordering what it does not need.
    ///
    /// ```quid bad
    /// charge handling for handled volume { up to 10_000 at 4.20 EUR; beyond at 3.60 EUR }
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// charge handling for handled graduated { up to 10_000 at 4.20 EUR; beyond at 3.60 EUR }
    /// # without: scenario
    /// ```
    ///
    /// The rule accepts tiers whose rates rise. It tries a price that a formula chooses by the volume with one unit
    /// below, at and above each of its edges.
    ///
    /// To fix it, write `graduated`: each slab then has its own rate, and more never costs less.
    "non-monotone-tiers": Incentive, Warning, Stable since "0.2.0"; Unsafe fix "pay each slab at its own rate, with `graduated`"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for charge in subject.charges() {
        let prices = charge.prices();
        let tiers: Vec<&Tiers> = prices.filter_map(|(_, price)| tiers(price)).collect();
        let volume = tiers.iter().filter(|tiers| tiers.kind == TierKind::Volume);
        found.extend(volume.filter_map(|tiers| {
            let finding = by_tiers(subject, tiers)?;
            let simple = tiers.earlier.is_none();
            let edits = mend::with_word(subject, charge.head.span, "volume", "graduated");
            Some(mend::mended(finding, &RULE, edits.filter(|_| simple)))
        }));
        if tiers.is_empty() {
            found.extend(by_formula(subject, charge));
        }
    }
    found
}

fn tiers(price: &Price) -> Option<&Tiers> {
    match price {
        Price::Tiers(tiers) => Some(tiers),
        Price::Metered(metered) => tiers(&metered.price),
        Price::Rate(_) | Price::Packages { .. } | Price::Baseline(_) => None,
    }
}

/// The finding if a tier is cheaper than the one before it. A price that is not a written number may be cheaper.
fn by_tiers(subject: &Subject<'_>, tiers: &Tiers) -> Option<Diagnostic> {
    let pairs = tiers.all.iter().zip(tiers.all.iter().skip(1));
    let (at, (first, second)) = pairs.enumerate().find(|(_, (first, second))| {
        let rates = rate(first).zip(rate(second));
        rates.is_none_or(|(first, second)| second < first) && second.price.is_some()
    })?;
    let words = |tier: &Tier| {
        let price = tier.price.as_ref();
        price.map_or_else(String::new, |price| subject.quote(price.span))
    };
    let finding = Diagnostic::warning(RULE.name, tiers.span, "more volume can cost less")
        .here("all units are priced at the rate reached");
    let jump = edge(tiers, at).zip(rate(first).zip(rate(second)));
    let finding = match jump {
        Some((edge, (from, to))) => {
            let more = edge.add(&Exact::one());
            let (before, after) = (edge.multiply(&from), more.multiply(&to));
            let lost = before.subtract(&after);
            finding
                .because(format!(
                    "{} units cost {}, and one unit more {}: the price of all of them falls from {} to {}",
                    shown(&edge),
                    subject.money(&before),
                    subject.money(&after),
                    words(first),
                    words(second)
                ))
                .costing(subject.money(&lost))
        }
        None => finding.because(format!(
            "one unit above an edge, the price of every unit goes from {} to {}: the invoice can drop",
            words(first),
            words(second)
        )),
    };
    Some(finding.help(
        "write `graduated` instead of `volume`: each slab then has its own rate, and more never costs less",
    ))
}

fn rate(tier: &Tier) -> Option<Exact> {
    tier.price.as_ref()?.fixed().cloned()
}

/// The end of that tier, counted from zero.
fn edge(tiers: &Tiers, at: usize) -> Option<Exact> {
    let mut end = Exact::zero();
    for tier in tiers.all.iter().take(at.saturating_add(1)) {
        end = match &tier.reach {
            TierReach::UpTo(end) => end.fixed()?.clone(),
            TierReach::More(more) => end.add(more.fixed()?),
            TierReach::Beyond => return None,
        };
    }
    Some(end)
}

fn shown(units: &Exact) -> Figure {
    Figure::new(units.clone(), crate::quantity::Type::Number)
}

/// The finding if a formula makes the charge cheaper when a count is one unit higher.
fn by_formula(subject: &Subject<'_>, charge: &Charge) -> Option<Diagnostic> {
    let example = subject.example.as_ref()?;
    let lines = subject.contract.plan.lines.iter();
    let lines = lines.filter(|line| {
        line.kind == LineKind::Charge && crate::model::is_line_of(&line.name, charge.head.name())
    });
    for line in lines {
        for slot in subject.flow.columns(&[line.amount]) {
            for edge in edges(subject, line, slot) {
                let around = [
                    edge.subtract(&Exact::one()),
                    edge.clone(),
                    edge.add(&Exact::one()),
                ];
                let costs: Vec<(Exact, Exact)> = around
                    .into_iter()
                    .filter_map(|units| {
                        let cells = [(slot, units.clone())];
                        let values = example.values_with_cells(&[line.amount], &cells);
                        Some((units, values.into_iter().next()??))
                    })
                    .collect();
                let fallen = costs.windows(2).find_map(|pair| match pair {
                    [less, more] if more.1 < less.1 => Some((less.clone(), more.clone())),
                    _ => None,
                });
                if let Some((less, more)) = fallen {
                    return Some(falling(subject, line, slot, &less, &more));
                }
            }
        }
    }
    None
}

fn falling(
    subject: &Subject<'_>,
    line: &LinePlan,
    slot: SlotId,
    less: &(Exact, Exact),
    more: &(Exact, Exact),
) -> Diagnostic {
    let slots = &subject.contract.plan.slots;
    let name = slots.get(slot.0 as usize).map_or("", |slot| &slot.name);
    Diagnostic::warning(RULE.name, line.span, "more volume can cost less")
        .here("all units are priced at the rate reached")
        .because(format!(
            "with `{name}` at {} this costs {}, and with one more it costs {}",
            shown(&less.0),
            subject.money(&less.1),
            subject.money(&more.1)
        ))
        .help("let a lower price count only for the units beyond the edge, as `graduated` tiers do")
        .costing(subject.money(&less.1.subtract(&more.1)))
}

/// The edges at which a formula of the line distinguishes values of the column.
fn edges(subject: &Subject<'_>, line: &LinePlan, slot: SlotId) -> Vec<Exact> {
    if !forecast::is_volume(subject, slot) {
        return Vec::new();
    }
    let graph = &subject.contract.graph;
    let reach = subject.flow.behind(&[line.amount]);
    let slots = &subject.contract.plan.slots;
    let kind = slots.get(slot.0 as usize).map(|slot| &slot.kind);
    let is_it = |node: NodeId| {
        let alike = graph.get(node).map(|node| &node.kind) == kind;
        alike && subject.flow.columns(&[node]) == [slot]
    };
    let mut found = Vec::new();
    for (node, id) in graph.nodes().iter().zip(0..) {
        if !reach.has(NodeId(id)) {
            continue;
        }
        match &node.op {
            Op::Compare(_, a, b) => {
                let pairs = [(a, b), (b, a)];
                let other = pairs.into_iter().find(|(one, _)| is_it(**one));
                found.extend(other.and_then(|(_, other)| subject.flow.constant(*other)));
            }
            Op::Bands(by, bands, _) if is_it(*by) => {
                let ends = bands.iter().filter_map(|band| band.high.as_ref());
                found.extend(ends.map(|(end, _)| end.clone()));
            }
            _ => {}
        }
    }
    found.sort();
    found.dedup();
    found.truncate(40);
    found
}
