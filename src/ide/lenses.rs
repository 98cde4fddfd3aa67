//! The lines that an editor shows above a clause: run a scenario, this month's amount, the payout curve.

use crate::catalogue;
use crate::syntax::tree::{Item, ItemKind};
use crate::text::{FileId, Span};

use super::amounts::MonthAmounts;
use super::declarations::Declared;
use super::index::Index;

/// A line above a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The words that it is about.
    pub span: Span,
    /// Its words.
    pub title: String,
    /// Its effect.
    pub kind: LensKind,
}

/// The effect of a lens, with its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LensKind {
    /// Runs a scenario.
    RunScenario(String),
    /// Shows the amounts of the newest month: those of the contract, or of the item that begins at this byte.
    Amounts(Option<u32>),
    /// Shows what the item that begins at this byte pays, over the values of its measure.
    PayoutCurve(u32),
}

/// Returns the lenses of a file, in the order of the text. `amounts` returns those of the contract that begins at a
/// place.
#[must_use]
pub fn lenses<'a>(
    index: &Index<'_>,
    file: FileId,
    amounts: impl Fn(Span) -> Option<&'a MonthAmounts>,
) -> Vec<Lens> {
    let mut found = Vec::new();
    for checked in &index.loaded.contracts {
        let contract = &checked.contract;
        let month = amounts(contract.span);
        if let Some(month) = month.filter(|_| contract.name.span.file == file) {
            found.push(Lens {
                span: contract.name.span,
                title: of_contract(month),
                kind: LensKind::Amounts(None),
            });
        }
        let own = contract.items.iter().filter(|item| item.span.file == file);
        for item in own {
            found.extend(of_item(index, item, month));
        }
    }
    found.extend(scenarios(index, file));
    found.sort_by_key(|lens| (lens.span, lens.title.clone()));
    found.dedup();
    found
}

fn of_contract(month: &MonthAmounts) -> String {
    let when = month.month;
    match (&month.total, month.accounts) {
        (Some(total), 1) => format!("{when}: {total}"),
        (Some(total), accounts) => format!("{when}: {total} for {accounts} accounts"),
        (None, _) => format!("{when}: no invoice"),
    }
}

fn of_item(index: &Index<'_>, item: &Item, month: Option<&MonthAmounts>) -> Vec<Lens> {
    let span = match item.declared_name() {
        Some(name) => name.span,
        None => Span {
            end: item.span.start,
            ..item.span
        },
    };
    let mut found = Vec::new();
    let amount = month.and_then(|month| Some((month.month, month.of_item(item.span)?)));
    if let Some((when, amount)) = amount {
        found.push(Lens {
            span,
            title: format!("{when}: {amount}"),
            kind: LensKind::Amounts(Some(item.span.start)),
        });
    }
    if pays_by_measure(&item.kind) && names_a_measure(index, item) {
        found.push(Lens {
            span,
            title: "payout curve".to_owned(),
            kind: LensKind::PayoutCurve(item.span.start),
        });
    }
    found
}

/// Whether an item's amount can depend on a measure.
fn pays_by_measure(kind: &ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Adjust(_) | ItemKind::Award(_) | ItemKind::ServiceLevel(_)
    )
}

fn names_a_measure(index: &Index<'_>, item: &Item) -> bool {
    index.within(item.span).any(|reference| {
        let declaration = index.declaration(reference.to);
        declaration.is_some_and(|one| {
            matches!(
                one.what,
                Declared::Item(catalogue::ItemKind::Metric)
                    | Declared::Item(catalogue::ItemKind::Scorecard)
            )
        })
    })
}

/// Returns the scenarios of a file, if its contracts can be computed.
fn scenarios(index: &Index<'_>, file: FileId) -> Vec<Lens> {
    if !index.loaded.is_sound() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for checked in &index.loaded.contracts {
        for version in checked.versions() {
            for scenario in &version.contract.scenarios {
                let item = index.item_around(scenario.span);
                let name = item.and_then(Item::title);
                let span = name.map_or(scenario.span, |name| name.span);
                if span.file == file {
                    found.push(Lens {
                        span,
                        title: "run scenario".to_owned(),
                        kind: LensKind::RunScenario(scenario.name.clone()),
                    });
                }
            }
        }
    }
    found
}
