//! `non-monotone-tiers`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::syntax::tree::{Charge, Expr, ItemKind, Price, Pricing, TierKind, Tiers};

rule! {
    /// More volume can cost less: in tiers that price all units at the rate reached, the invoice jumps back at an edge.
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
    /// To mend it, write `graduated`: each slab then has its own rate, and more never costs less.
    "non-monotone-tiers": Incentive, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in subject.items() {
        if let ItemKind::Charge(charge) = &item.kind {
            let tiers = all_tiers(charge).into_iter();
            found.extend(
                tiers
                    .filter(|tiers| tiers.kind == TierKind::Volume)
                    .map(|tiers| finding(subject, tiers)),
            );
        }
    }
    found
}

fn all_tiers(charge: &Charge) -> Vec<&Tiers> {
    match &charge.pricing {
        Pricing::For(_, price) => tiers(price).into_iter().collect(),
        Pricing::Card(_, arms) => arms.iter().filter_map(|arm| tiers(&arm.price)).collect(),
        Pricing::Amount(_) | Pricing::AtCost(_) => Vec::new(),
    }
}

fn tiers(price: &Price) -> Option<&Tiers> {
    match price {
        Price::Tiers(tiers) => Some(tiers),
        Price::Metered(_, metered) => tiers(metered),
        Price::Rate(_) | Price::Packages { .. } | Price::Baseline(_) => None,
    }
}

fn finding(subject: &Subject<'_>, tiers: &Tiers) -> Diagnostic {
    let words = |price: &Option<Expr>| {
        let price = price.as_ref();
        price.map_or_else(
            || "by agreement".to_owned(),
            |price| subject.quote(price.span),
        )
    };
    let (first, second) = match tiers.tiers.as_slice() {
        [first, second, ..] => (words(&first.price), words(&second.price)),
        _ => (String::new(), String::new()),
    };
    Diagnostic::warning(RULE.name, tiers.span, "more volume can cost less")
        .here("all units are priced at the rate reached")
        .because(format!(
            "one unit above the first edge, the price of every unit falls from {first} to {second}: the invoice jumps back"
        ))
        .help("write `graduated` in place of `volume`: each slab then has its own rate, and more never costs less")
}
