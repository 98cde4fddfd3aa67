//! `unpriced-volume`

use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::{Price, Side, SlabPrice, TierKind};
use crate::program::Op;
use crate::text::Span;

rule! {
    /// A price is left to agreement, and the contract does not say what is paid until there is one.
    ///
    /// An agreement to agree is no agreement: nothing can be invoiced in a month with that volume, and the party that
    /// needs the money negotiates under pressure.
    ///
    /// ```quid bad
    /// charge handling for handled graduated { up to 10_000 at 4.20 EUR; up to 60_000 at 3.60 EUR; beyond by agreement }
    /// ```
    ///
    /// ```quid good
    /// charge handling for handled graduated { up to 10_000 at 4.20 EUR; beyond at 3.60 EUR }
    /// ```
    ///
    /// To answer it, write the price that applies until there is another one, often that of the last tier.
    "unpriced-volume": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut places: Vec<Span> = Vec::new();
    for node in subject.contract.graph.nodes() {
        let seen = places.contains(&node.span);
        if matches!(node.op, Op::ByAgreement) && !seen && subject.is_own(node.span) {
            places.push(node.span);
        }
    }
    let Some(first) = places.first() else {
        return Vec::new();
    };
    let whose = asked::item_at(subject, *first);
    let whose = whose.map_or(String::new(), |item| format!(" `{}`", item.designation));
    let message = format!(
        "`{}` leaves a price to agreement: what is paid until there is one?",
        subject.quote(*first)
    );
    let mut finding = Diagnostic::info(RULE.name, *first, message).because(format!(
        "today nothing: a month in which{whose} gets there has no invoice, not even for the rest"
    ));
    finding
        .why
        .extend(asked::of_the_month(subject, "this would hold up all of"));
    for place in places.iter().skip(1) {
        finding = finding.and_at(*place, "and here");
    }
    let Some(text) = priced(subject, *first) else {
        return vec![finding.help("write the price that applies until then")];
    };
    let edits = places.iter().filter_map(|place| {
        Some(Edit {
            span: *place,
            text: priced(subject, *place)?,
        })
    });
    finding.fix = answers::otherwise(
        subject,
        "let the previous price apply until then",
        edits.collect(),
    );
    vec![finding.help(format!(
        "write the price that applies until then, such as that of the tier before: `{text}`"
    ))]
}

/// The tier at that place, with the price of the one before it.
fn priced(subject: &Subject<'_>, place: Span) -> Option<String> {
    let item = asked::item_at(subject, place)?;
    let charge = subject.charges().find(|charge| charge.head.id == item.id)?;
    let mut prices = charge.prices();
    prices.find_map(|(_, price)| in_price(subject, price, place))
}

fn in_price(subject: &Subject<'_>, price: &Price, place: Span) -> Option<String> {
    match price {
        Price::Tiers(tiers) => {
            let before = tiers.all.windows(2).find_map(|pair| match pair {
                [before, open] if open.span == place => before.price.as_ref(),
                _ => None,
            })?;
            let sign = if tiers.kind == TierKind::Flat {
                ":"
            } else {
                " at"
            };
            Some(format!("beyond{sign} {}", subject.quote(before.span)))
        }
        Price::Metered(metered) => in_price(subject, &metered.price, place),
        Price::Baseline(baseline) => {
            let above = in_side(subject, &baseline.above, place);
            above.or_else(|| Some(in_side(subject, &baseline.below, place)? + " back"))
        }
        Price::Rate(_) | Price::Packages { .. } => None,
    }
}

fn in_side(subject: &Subject<'_>, side: &Side, place: Span) -> Option<String> {
    side.slabs.windows(2).find_map(|pair| match pair {
        [before, open] if open.span == place => match &before.price {
            SlabPrice::Rate(rate) => Some(format!("beyond {}", subject.quote(rate.span))),
            SlabPrice::ByAgreement | SlabPrice::AsAt(_) => None,
        },
        _ => None,
    })
}
