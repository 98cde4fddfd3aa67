//! What is paid, in prose.

use crate::model::facts::{
    Advance, AtCost, Baseline, Charge, Deadband, DeadbandKind, EarlierUnits, Metered,
    MeteringPeriod, Price, Pricing, RateArm, Settled, Side, Slab, SlabPrice, Tier, TierKind,
    TierReach, Tiers, Value,
};

use super::words::{Words, every, month};
use super::{Clause, Part};

/// The charges, one clause each.
pub(super) fn charges(words: &Words<'_>, charges: &[Charge]) -> Vec<Clause> {
    charges.iter().map(|one| charge(words, one)).collect()
}

fn charge(words: &Words<'_>, charge: &Charge) -> Clause {
    let Charge {
        head,
        dimension,
        pricing,
        once_in,
        advance,
    } = charge;
    let each = words.each(dimension.as_ref());
    let term = words.term(head);
    let mut parts = match pricing {
        Pricing::Amount(amount) => vec![Part::Text(format!(
            "The Customer pays {term}{each}: {}.",
            words.value(amount)
        ))],
        Pricing::Units(units, price) => {
            let opening = format!("The Customer pays {term}{each} for {}", words.value(units));
            priced(words, &opening, price)
        }
        Pricing::AtCost(cost) => vec![Part::Text(format!(
            "The Customer pays {term}{each} at cost: {}.",
            at_cost(words, cost)
        ))],
        Pricing::Card(input, arms) => {
            let opening = format!("The Customer pays {term}{each} for {}", words.link(input));
            card(words, &opening, arms)
        }
    };
    if let Some(once) = once_in {
        parts.push(Part::Text(format!(
            "It is charged once, in {}.",
            month(*once)
        )));
    }
    if let Some(advance) = advance {
        parts.push(Part::Text(self::advance(words, advance)));
    }
    words.clause(head, parts)
}

fn advance(words: &Words<'_>, advance: &Advance) -> String {
    let Advance { forecast, settled } = advance;
    let when = match settled {
        Settled::NextMonth => {
            "in the following month, at the prices of the month of delivery; in the last month of the term that month’s own \
             difference is also settled"
                .to_owned()
        }
        Settled::EndOf(of) => format!("in the last month of {}, for all its months", every(*of)),
    };
    format!(
        "In the month itself the price of {} is billed in advance. The difference to the price of what was delivered, rounded as a \
         line, is settled in a line of its own {when}.",
        words.value(forecast)
    )
}

fn at_cost(words: &Words<'_>, cost: &AtCost) -> String {
    let AtCost {
        cost,
        most_cost,
        margin,
        most,
    } = cost;
    let mut text = words.value(cost);
    if let Some(most) = most_cost {
        text += &format!(", of which at most {} counts", words.value(most));
    }
    if let Some(margin) = margin {
        let of = if margin.percent().is_some() {
            " of the cost that counts"
        } else {
            ""
        };
        text += &format!(", plus {}{of}", words.value(margin));
    }
    if let Some(most) = most {
        text += &format!(", and at most {} in all", words.value(most));
    }
    text
}

/// A rate card: one table where every member has a single rate, and otherwise a part for each member.
fn card(words: &Words<'_>, opening: &str, arms: &[RateArm]) -> Vec<Part> {
    let rates: Option<Vec<Vec<String>>> = arms
        .iter()
        .map(|arm| {
            let RateArm {
                member,
                price,
                span: _,
            } = arm;
            match price {
                Price::Rate(rate) => Some(vec![member.replace('_', " "), for_each(words, rate)]),
                _ => None,
            }
        })
        .collect();
    if let Some(rows) = rates {
        return vec![
            Part::Text(format!("{opening} at these rates:")),
            Part::Table(vec!["Member", "Rate"], rows),
        ];
    }
    let each = arms.iter().flat_map(|arm| {
        priced(
            words,
            &format!("{opening} for {}", arm.member.replace('_', " ")),
            &arm.price,
        )
    });
    each.collect()
}

/// A rate for each unit, in words.
fn for_each(words: &Words<'_>, rate: &Value) -> String {
    let text = words.value(rate);
    if text.contains(" per ") || text.contains("times") || text.contains(" of ") {
        text
    } else {
        format!("{text} for each unit")
    }
}

fn priced(words: &Words<'_>, opening: &str, price: &Price) -> Vec<Part> {
    match price {
        Price::Rate(rate) => vec![Part::Text(format!(
            "{opening} at {}.",
            for_each(words, rate)
        ))],
        Price::Tiers(tiers) => self::tiers(words, opening, tiers, None),
        Price::Packages { size, price } => vec![Part::Text(format!(
            "{opening} in packages: {} for each package of {}, a begun package counting as a whole one.",
            words.value(price),
            words.value(size)
        ))],
        Price::Metered(Metered { over, price }) => {
            let over = match over {
                MeteringPeriod::Each(of) => every(*of).replace("each", "the"),
                MeteringPeriod::Term => "the term".to_owned(),
            };
            match &**price {
                Price::Tiers(tiers) => self::tiers(words, opening, tiers, Some(&over)),
                other => {
                    let mut parts = priced(words, opening, other);
                    parts.push(Part::Text(metered(&over)));
                    parts
                }
            }
        }
        Price::Baseline(baseline) => self::baseline(words, opening, baseline),
    }
}

fn metered(over: &str) -> String {
    format!(
        "Units are counted over {over} up to and including the month. The month pays what they cost so far less what those of its \
         earlier months cost, at the prices of the month."
    )
}

fn tiers(words: &Words<'_>, opening: &str, tiers: &Tiers, over: Option<&str>) -> Vec<Part> {
    let Tiers {
        kind,
        earlier,
        all,
        span: _,
    } = tiers;
    let how = match kind {
        TierKind::Graduated => "in slabs, each paid at its own rate",
        TierKind::Volume => "at one rate for all units, that of the tier that is reached",
        TierKind::Flat => "as one fee, that of the tier that is reached",
    };
    let mut parts = vec![Part::Text(format!(
        "{opening} {how}. The end of a tier belongs to it."
    ))];
    let rows = all.iter().enumerate().map(|(at, tier)| {
        let Tier {
            reach,
            price,
            span: _,
        } = tier;
        let price = price.as_ref().map_or_else(
            || "to be agreed; until then the month is not invoiced".to_owned(),
            |price| words.value(price),
        );
        vec![tier_reach(words, reach, at == 0), price]
    });
    let column = if *kind == TierKind::Flat {
        "Fee"
    } else {
        "Rate for each unit"
    };
    parts.push(Part::Table(vec!["Units", column], rows.collect()));
    if let Some(over) = over {
        parts.push(Part::Text(match earlier {
            Some(EarlierUnits::Kept) => format!(
                "Units are counted over {over} up to and including the month. All units of the month are paid at the rate that the units \
                 so far reach; units of earlier months keep their price."
            ),
            Some(EarlierUnits::Repriced) => format!(
                "{} The rate that is reached later also applies to the units of earlier months, so that a month can give money back.",
                metered(over)
            ),
            None => metered(over),
        }));
    }
    parts
}

/// How far a tier reaches.
pub(super) fn tier_reach(words: &Words<'_>, reach: &TierReach, first: bool) -> String {
    match reach {
        TierReach::More(units) if first => format!("the first {}", words.value(units)),
        TierReach::More(units) => format!("the next {}", words.value(units)),
        TierReach::UpTo(end) => format!("up to {}", words.value(end)),
        TierReach::Beyond => "beyond".to_owned(),
    }
}

fn baseline(words: &Words<'_>, opening: &str, baseline: &Baseline) -> Vec<Part> {
    let Baseline {
        units,
        price,
        deadband,
        above,
        below,
        span: _,
    } = baseline;
    let mut text = format!(
        "{opening}: {} each month for a baseline of {}.",
        words.value(price),
        words.value(units)
    );
    match deadband {
        Some(Deadband { share, kind }) => {
            let counted = match kind {
                Some(DeadbandKind::Franchise) => {
                    "; outside of it all units from the baseline on count"
                }
                Some(DeadbandKind::Deductible) => {
                    "; outside of it only the units beyond the deadband count"
                }
                None => "",
            };
            text += &format!(
                " Within a deadband of {} of the baseline on either side, its ends included, that price stays the same{counted}.",
                words.value(share)
            );
        }
        None => text += " More or fewer units change it as follows.",
    }
    text +=
        " Ends are shares of the baseline, counted from the baseline; an end belongs to its slab.";
    let mut parts = vec![Part::Text(text)];
    parts.extend(side(
        words,
        "More units than the baseline",
        "are paid",
        above,
    ));
    parts.extend(side(
        words,
        "Fewer units than the baseline",
        "are paid back",
        below,
    ));
    parts
}

fn side(words: &Words<'_>, which: &str, verb: &str, side: &Side) -> Vec<Part> {
    let Side { slabs, span: _ } = side;
    if slabs.is_empty() {
        return vec![Part::Text(format!("{which} change nothing."))];
    }
    let rows = slabs.iter().map(|slab| {
        let Slab {
            up_to,
            price,
            span: _,
        } = slab;
        let reach = up_to.as_ref().map_or_else(
            || "beyond".to_owned(),
            |end| format!("up to {}", words.value(end)),
        );
        let price = match price {
            SlabPrice::Rate(rate) => words.value(rate),
            SlabPrice::ByAgreement => {
                "to be agreed; until then the month is not invoiced".to_owned()
            }
            SlabPrice::AsAt(end) => {
                format!("nothing more: the amount stays as at {}", words.value(end))
            }
        };
        vec![reach, price]
    });
    vec![
        Part::Text(format!("{which} {verb} in slabs:")),
        Part::Table(vec!["Difference from the baseline", "Rate"], rows.collect()),
    ]
}
