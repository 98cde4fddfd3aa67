//! Charges and their prices.

use crate::model::facts::{
    Advance, AtCost, Baseline, Charge, Deadband, Head, Metered, Price, Pricing, RateArm, Side,
    Slab, SlabPrice, Tier, TierReach, Tiers,
};
use crate::syntax::tree;

use super::reader::Reader;

pub(super) fn charge(reader: &Reader<'_>, one: &tree::Charge, head: Head) -> Charge {
    let pricing = match &one.pricing {
        tree::Pricing::Amount(amount) => Pricing::Amount(reader.value(amount)),
        tree::Pricing::For(units, with) => Pricing::Units(reader.value(units), price(reader, with)),
        tree::Pricing::AtCost(cost) => Pricing::AtCost(AtCost {
            cost: reader.value(&cost.cost),
            most_cost: reader.maybe(cost.most_cost.as_ref()),
            margin: reader.maybe(cost.margin.as_ref()),
            most: reader.maybe(cost.most.as_ref()),
        }),
        tree::Pricing::Card(of, arms) => {
            let arms = arms.iter().map(|arm| RateArm {
                member: arm.member.text.clone(),
                price: price(reader, &arm.price),
                span: arm.span,
            });
            Pricing::Card(reader.link(of), arms.collect())
        }
    };
    Charge {
        head,
        dimension: one.dimension.as_ref().map(|name| name.text.clone()),
        pricing,
        once_in: one.once_in.map(|(month, _)| month),
        advance: one.advance.as_ref().map(|advance| Advance {
            forecast: reader.value(&advance.forecast),
            settled: advance.settled,
        }),
    }
}

fn price(reader: &Reader<'_>, one: &tree::Price) -> Price {
    match one {
        tree::Price::Rate(rate) => Price::Rate(reader.value(rate)),
        tree::Price::Tiers(one) => Price::Tiers(tiers(reader, one)),
        tree::Price::Packages { size, price } => Price::Packages {
            size: reader.value(size),
            price: reader.value(price),
        },
        tree::Price::Metered(metering, within) => Price::Metered(Metered {
            over: metering.over,
            price: Box::new(price(reader, within)),
        }),
        tree::Price::Baseline(one) => Price::Baseline(Box::new(baseline(reader, one))),
    }
}

fn tiers(reader: &Reader<'_>, one: &tree::Tiers) -> Tiers {
    let all = one.tiers.iter().map(|tier| Tier {
        reach: reach(reader, &tier.reach),
        price: reader.maybe(tier.price.as_ref()),
        span: tier.span,
    });
    Tiers {
        kind: one.kind,
        earlier: one.earlier.map(|(earlier, _)| earlier),
        all: all.collect(),
        span: one.span,
    }
}

/// How far a tier reaches; the bands of a shared gain reach as tiers do.
pub(super) fn reach(reader: &Reader<'_>, reach: &tree::TierReach) -> TierReach {
    match reach {
        tree::TierReach::More(more) => TierReach::More(reader.value(more)),
        tree::TierReach::UpTo(end) => TierReach::UpTo(reader.value(end)),
        tree::TierReach::Beyond => TierReach::Beyond,
    }
}

fn baseline(reader: &Reader<'_>, one: &tree::Baseline) -> Baseline {
    Baseline {
        units: reader.value(&one.units),
        price: reader.value(&one.price),
        deadband: one.deadband.as_ref().map(|band| Deadband {
            share: reader.value(&band.share),
            kind: band.kind,
        }),
        above: side(reader, &one.above),
        below: side(reader, &one.below),
        span: one.span,
    }
}

fn side(reader: &Reader<'_>, one: &tree::BaselineSide) -> Side {
    let slabs = one.slabs.iter().map(|slab| Slab {
        up_to: reader.maybe(slab.up_to.as_ref()),
        price: match &slab.price {
            tree::SlabPrice::Rate(rate) => SlabPrice::Rate(reader.value(rate)),
            tree::SlabPrice::ByAgreement => SlabPrice::ByAgreement,
            tree::SlabPrice::AsAt(at) => SlabPrice::AsAt(reader.value(at)),
        },
        span: slab.span,
    });
    Side {
        slabs: slabs.collect(),
        span: one.span,
    }
}
