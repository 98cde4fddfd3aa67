//! Scorecards, adjustments, credits, bonuses, shares, and how they are settled; taxes and notices.

use crate::model::facts::{
    Adjustment, AppliedTo, Award, AwardTerms, ChargeTarget, GainBand, Head, InPlace, Notice, Only,
    PartyShare, RateDeadband, Scorecard, ShareCurrency, ShareGain, Small, Tax, Weighted,
};
use crate::syntax::tree::{self, Expr};

use super::bounds::excess;
use super::charges::reach;
use super::reader::Reader;

pub(super) fn scorecard(reader: &Reader<'_>, one: &tree::Scorecard, head: Head) -> Scorecard {
    let arms = one.arms.iter().map(|arm| Weighted {
        weight: reader.value(&arm.weight),
        metric: reader.link(&arm.metric),
        bands: reader.bands(&arm.bands),
        span: arm.span,
    });
    Scorecard {
        head,
        arms: arms.collect(),
        rounded: one.rounded.as_ref().map(|one| reader.rounded(one)),
        nodes: reader.values(&one.name.text),
    }
}

pub(super) fn adjustment(reader: &Reader<'_>, one: &tree::Adjust, head: Head) -> Adjustment {
    Adjustment {
        head,
        target: target(reader, &one.target),
        by: reader.value(&one.by),
        bands: reader.bands(&one.bands),
    }
}

fn target(reader: &Reader<'_>, target: &tree::AdjustTarget) -> ChargeTarget {
    match target {
        tree::AdjustTarget::AllCharges(_) => ChargeTarget::All,
        tree::AdjustTarget::Named(paths) => {
            ChargeTarget::Named(paths.iter().map(|path| reader.link(path)).collect())
        }
    }
}

/// A stated amount of money or points.
pub(super) fn amount(reader: &Reader<'_>, amount: &Expr) -> AwardTerms {
    AwardTerms::Amount(reader.value(amount))
}

/// An amount of money or points by bands.
pub(super) fn by_bands(reader: &Reader<'_>, on: &Expr, bands: &tree::Bands) -> AwardTerms {
    AwardTerms::Bands(reader.value(on), reader.bands(bands))
}

pub(super) fn award(reader: &Reader<'_>, one: &tree::Award, head: Head) -> Award {
    Award {
        head,
        kind: one.kind,
        dimension: one.dimension.as_ref().map(|name| name.text.clone()),
        terms: match &one.terms {
            tree::AwardTerms::Amount(one) => amount(reader, one),
            tree::AwardTerms::Bands(on, bands) => by_bands(reader, on, bands),
        },
        every: one.every.map(|(every, _)| every),
        when: reader.maybe(one.when.as_ref()),
        in_every_month: one.in_every_month,
        applied: one.applied,
        in_place: one.in_place.as_ref().map(|one| in_place(reader, one)),
    }
}

/// In place of which credits one comes; service levels say it as well.
pub(super) fn in_place(reader: &Reader<'_>, one: &tree::InPlace) -> InPlace {
    let of = one.of.as_ref();
    InPlace {
        of: of.map(|paths| paths.iter().map(|path| reader.link(path)).collect()),
        when_critical: one.when_critical,
    }
}

fn party_share(reader: &Reader<'_>, one: &tree::PartyShare) -> PartyShare {
    PartyShare {
        share: reader.value(&one.share),
        to_customer: one.to_customer,
    }
}

pub(super) fn currency(
    reader: &Reader<'_>,
    one: &tree::ShareCurrency,
    head: Head,
) -> ShareCurrency {
    ShareCurrency {
        head,
        target: target(reader, &one.target),
        base: reader.value(&one.base),
        by: reader.link(&one.by),
        beyond: one.beyond.as_ref().map(|band| RateDeadband {
            level: reader.value(&band.level),
            deductible: band.deductible,
        }),
        share: party_share(reader, &one.share),
        up_to: reader.maybe(one.up_to.as_ref()),
        down_to: reader.maybe(one.down_to.as_ref()),
    }
}

pub(super) fn gain(reader: &Reader<'_>, one: &tree::ShareGain, head: Head) -> ShareGain {
    let bands = |bands: &Vec<tree::GainBand>| -> Vec<GainBand> {
        let all = bands.iter().map(|band| GainBand {
            reach: reach(reader, &band.reach),
            share: party_share(reader, &band.share),
        });
        all.collect()
    };
    ShareGain {
        head,
        actual: reader.value(&one.actual),
        target: reader.value(&one.target),
        every: one.every.map(|(every, _)| every),
        part: one.part.map(|(part, _)| part),
        gain: one.gain.as_ref().map(bands),
        pain: one.pain.as_ref().map(bands),
    }
}

pub(super) fn applied(one: &tree::AppliedItem, head: Head) -> AppliedTo {
    AppliedTo {
        head,
        kinds: one.kinds.clone(),
        to: one.to,
    }
}

pub(super) fn small(reader: &Reader<'_>, one: &tree::Small, head: Head) -> Small {
    Small {
        head,
        below: reader.value(&one.below),
        itself: one.itself,
        together: one.together,
        then: one.then.as_ref().map(|one| excess(reader, one)),
    }
}

pub(super) fn only(reader: &Reader<'_>, one: &tree::Only, head: Head) -> Only {
    Only {
        head,
        of: one.of.iter().map(|path| reader.link(path)).collect(),
        chosen_by: one.chosen_by.as_ref().map(|path| reader.link(path)),
        otherwise_largest: one.otherwise_largest,
        when: reader.maybe(one.when.as_ref()),
    }
}

pub(super) fn tax(reader: &Reader<'_>, one: &tree::Tax, head: Head) -> Tax {
    Tax {
        head,
        amount: reader.value(&one.amount),
    }
}

pub(super) fn notice(reader: &Reader<'_>, one: &tree::Notice, head: Head) -> Notice {
    Notice {
        head,
        when: reader.value(&one.when),
    }
}
