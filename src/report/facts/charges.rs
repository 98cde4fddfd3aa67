//! Charges, adjustments, indexation, shares.

use serde_json::{Value as Json, json};

use crate::model::facts::{
    Adjustment, Baseline, Charge, ChargeTarget, DeadbandKind, EarlierUnits, Form, GainBand, Index,
    IndexAgainst, IndexTarget, MeteringPeriod, PartPeriod, PartyShare, Price, Pricing, Settled,
    ShareCurrency, ShareGain, Side, SlabPrice, TierKind, Tiers,
};

use super::wire::{Wire, every_key, link, links, object};

pub(super) fn charge(wire: &Wire<'_>, one: &Charge) -> Json {
    let advance = one.advance.as_ref().map(|advance| {
        json!({
            "forecast": wire.value(&advance.forecast),
            "trued_up": match advance.settled {
                Settled::NextMonth => "next_month",
                Settled::EndOf(every) => every_key(every),
            },
        })
    });
    let members = json!({
        "dimension": one.dimension,
        "pricing": pricing(wire, &one.pricing),
        "once_in": one.once_in.map(|month| month.to_string()),
        "in_advance": advance,
    });
    object(wire.head(&one.head), members)
}

fn pricing(wire: &Wire<'_>, pricing: &Pricing) -> Json {
    match pricing {
        Pricing::Amount(amount) => {
            let kind = match &amount.form {
                Form::Fixed(_) => "fixed",
                Form::Of { .. } => "rate",
                Form::Dated(..) => "dated",
                _ => "formula",
            };
            json!({ "kind": kind, "amount": wire.value(amount) })
        }
        Pricing::Units(units, with) => {
            let units = json!({ "kind": "units", "units": wire.value(units) });
            object(units, json!({ "price": price(wire, with) }))
        }
        Pricing::AtCost(cost) => json!({
            "kind": "at_cost",
            "cost": wire.value(&cost.cost),
            "most_cost": wire.maybe(cost.most_cost.as_ref()),
            "margin": wire.maybe(cost.margin.as_ref()),
            "most": wire.maybe(cost.most.as_ref()),
        }),
        Pricing::Card(of, arms) => {
            let arms = arms
                .iter()
                .map(|arm| json!({ "member": arm.member, "price": price(wire, &arm.price) }));
            json!({ "kind": "rate_card", "of": link(of), "rates": arms.collect::<Vec<_>>() })
        }
    }
}

fn price(wire: &Wire<'_>, one: &Price) -> Json {
    match one {
        Price::Rate(rate) => json!({ "kind": "rate", "rate": wire.value(rate) }),
        Price::Tiers(one) => tiers(wire, one),
        Price::Packages { size, price } => json!({
            "kind": "packages",
            "size": wire.value(size),
            "price": wire.value(price),
        }),
        Price::Metered(metered) => json!({
            "kind": "metered",
            "metered_over": match metered.over {
                MeteringPeriod::Each(every) => every_key(every),
                MeteringPeriod::Term => "term",
            },
            "price": price(wire, &metered.price),
        }),
        Price::Baseline(one) => baseline(wire, one),
    }
}

fn tiers(wire: &Wire<'_>, one: &Tiers) -> Json {
    let all = one.all.iter().map(|tier| {
        let price = tier.price.as_ref();
        let price = json!({ "price": wire.maybe(price), "by_agreement": price.is_none() });
        object(wire.tier_reach(&tier.reach), price)
    });
    json!({
        "kind": match one.kind {
            TierKind::Graduated => "graduated_tiers",
            TierKind::Volume => "volume_tiers",
            TierKind::Flat => "flat_tiers",
        },
        "earlier_units": one.earlier.map(|earlier| match earlier {
            EarlierUnits::Repriced => "repriced",
            EarlierUnits::Kept => "kept",
        }),
        "tiers": all.collect::<Vec<_>>(),
    })
}

fn baseline(wire: &Wire<'_>, one: &Baseline) -> Json {
    let deadband = one.deadband.as_ref().map(|band| {
        json!({
            "share": wire.value(&band.share),
            "outside_of_it": band.kind.map(|kind| match kind {
                DeadbandKind::Franchise => "franchise",
                DeadbandKind::Deductible => "deductible",
            }),
        })
    });
    json!({
        "kind": "baseline",
        "baseline_units": wire.value(&one.units),
        "baseline_price": wire.value(&one.price),
        "deadband": deadband,
        "above": side(wire, &one.above),
        "below": side(wire, &one.below),
    })
}

fn side(wire: &Wire<'_>, side: &Side) -> Vec<Json> {
    let slabs = side.slabs.iter().map(|slab| {
        let (kind, value) = match &slab.price {
            SlabPrice::Rate(rate) => ("rate", Some(rate)),
            SlabPrice::ByAgreement => ("by_agreement", None),
            SlabPrice::AsAt(at) => ("as_at", Some(at)),
        };
        json!({
            "up_to": wire.maybe(slab.up_to.as_ref()),
            "priced": kind,
            "rate": wire.maybe(value),
        })
    });
    slabs.collect()
}

fn target(target: &ChargeTarget) -> Vec<String> {
    match target {
        ChargeTarget::All => vec!["charges".to_owned()],
        ChargeTarget::Named(named) => links(named),
    }
}

pub(super) fn adjustment(wire: &Wire<'_>, one: &Adjustment) -> Json {
    let members = json!({
        "charges": target(&one.target),
        "by": wire.value(&one.by),
        "bands": wire.bands(&one.bands),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn index(wire: &Wire<'_>, one: &Index) -> Json {
    let targets = one.targets.iter().map(|target| match target {
        IndexTarget::Charges => "charges".to_owned(),
        IndexTarget::Named(named) => link(named),
    });
    let links = one.links.iter().map(|one| {
        json!({
            "from": one.from.to_string(),
            "index": link(&one.by),
            "new_value": one.new_value.to_string(),
            "old_value": one.old_value.to_string(),
        })
    });
    let threshold = one.threshold.as_ref().map(|threshold| {
        json!({
            "change": wire.value(&threshold.level),
            "only_what_is_above": threshold.only_above,
        })
    });
    let members = json!({
        "prices_of": targets.collect::<Vec<_>>(),
        "index": link(&one.by),
        "base_value": one.base.to_string(),
        "base_month": one.base_month.to_string(),
        "first_adjustment": one.first.to_string(),
        "value_of_month": one.value_of,
        "fixed_share": wire.maybe(one.fixed.as_ref()),
        "threshold": threshold,
        "least_a_year": wire.maybe(one.least.as_ref()),
        "most_a_year": wire.maybe(one.most.as_ref()),
        "factor_rounded": wire.rounded(one.factor.as_ref()),
        "prices_rounded": wire.rounded(one.prices.as_ref()),
        "compared_with": one.against.map(|against| match against {
            IndexAgainst::Base => "base",
            IndexAgainst::YearBefore => "year_before",
            IndexAgainst::LastAdjustment => "last_adjustment",
        }),
        "followed_by": links.collect::<Vec<_>>(),
    });
    object(wire.head(&one.head), members)
}

fn share(wire: &Wire<'_>, share: &PartyShare) -> Json {
    let party = if share.to_customer {
        "customer"
    } else {
        "supplier"
    };
    json!({ "share": wire.value(&share.share), "to": party })
}

pub(super) fn currency(wire: &Wire<'_>, one: &ShareCurrency) -> Json {
    let beyond = one
        .beyond
        .as_ref()
        .map(|band| json!({ "change": wire.value(&band.level), "deductible": band.deductible }));
    let members = json!({
        "charges": target(&one.target),
        "base_rate": wire.value(&one.base),
        "rate": link(&one.by),
        "beyond": beyond,
        "shared": share(wire, &one.share),
        "up_to": wire.maybe(one.up_to.as_ref()),
        "down_to": wire.maybe(one.down_to.as_ref()),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn gain(wire: &Wire<'_>, one: &ShareGain) -> Json {
    let bands = |bands: &Option<Vec<GainBand>>| {
        let bands = bands.as_ref()?.iter();
        let all = bands.map(|band| object(wire.tier_reach(&band.reach), share(wire, &band.share)));
        Some(all.collect::<Vec<_>>())
    };
    let members = json!({
        "actual": wire.value(&one.actual),
        "target": wire.value(&one.target),
        "every": one.every.map(every_key),
        "part_period": one.part.map(part_key),
        "gain": bands(&one.gain),
        "pain": bands(&one.pain),
    });
    object(wire.head(&one.head), members)
}

pub(super) fn part_key(part: PartPeriod) -> &'static str {
    match part {
        PartPeriod::ProRata => "pro_rata",
        PartPeriod::InFull => "in_full",
    }
}
