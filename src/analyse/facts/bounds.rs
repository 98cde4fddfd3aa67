//! Limits, at-risk amounts, minimum, maximum, commitments, holdbacks.

use crate::model::facts::{
    AtRisk, Commitment, Excess, Floor, Head, Holdback, Limit, LimitPeriod, LimitSubject, PoolPart,
    PoolShare, Release,
};
use crate::syntax::tree;

use super::levels::terminate;
use super::reader::Reader;

pub(super) fn limit(reader: &Reader<'_>, one: &tree::Limit, head: Head) -> Limit {
    let subjects = one.subjects.iter().map(|subject| match subject {
        tree::LimitSubject::Credits(_) => LimitSubject::Credits,
        tree::LimitSubject::Reductions(_) => LimitSubject::Reductions,
        tree::LimitSubject::Bonuses(_) => LimitSubject::Bonuses,
        tree::LimitSubject::Named(path) => LimitSubject::Named(reader.link(path)),
    });
    Limit {
        head,
        subjects: subjects.collect(),
        to: reader.value(&one.to),
        period: match &one.period {
            tree::LimitPeriod::Each(every) => LimitPeriod::Each(*every),
            tree::LimitPeriod::Rolling(months) => LimitPeriod::Rolling(reader.value(months)),
            tree::LimitPeriod::Term => LimitPeriod::Term,
        },
        excess: one.excess.as_ref().map(|one| excess(reader, one)),
        terminate: one.terminate.as_ref().map(|one| terminate(reader, one)),
    }
}

/// What becomes of an amount that is not settled.
pub(super) fn excess(reader: &Reader<'_>, one: &tree::Excess) -> Excess {
    match one {
        tree::Excess::Lapses => Excess::Lapses,
        tree::Excess::Carried {
            months, paid_out, ..
        } => Excess::Carried {
            months: reader.maybe(months.as_ref()),
            paid_out: *paid_out,
        },
    }
}

pub(super) fn floor(reader: &Reader<'_>, one: &tree::Floor, head: Head) -> Floor {
    Floor {
        head,
        kind: one.kind,
        amount: reader.value(&one.amount),
        after_credits: one.after_credits,
    }
}

pub(super) fn at_risk(reader: &Reader<'_>, one: &tree::AtRisk, head: Head) -> AtRisk {
    let share = |one: &tree::Allocation| PoolShare {
        level: reader.link(&one.level),
        share: reader.value(&one.share),
    };
    let parts = one.parts.iter().map(|part| match part {
        tree::PoolPart::Category {
            name,
            share: of_all,
            allocations,
        } => PoolPart::Category {
            name: name.text.clone(),
            share: reader.value(of_all),
            levels: allocations.iter().map(share).collect(),
        },
        tree::PoolPart::Level(one) => PoolPart::Level(share(one)),
    });
    AtRisk {
        head,
        amount: reader.value(&one.amount),
        every: one.every,
        parts: parts.collect(),
        may_exceed: one.may_exceed.is_some(),
    }
}

pub(super) fn commitment(reader: &Reader<'_>, one: &tree::Commitment, head: Head) -> Commitment {
    Commitment {
        head,
        amount: reader.value(&one.amount),
        counted: one.counted.iter().map(|one| reader.value(one)).collect(),
        price: reader.maybe(one.price.as_ref()),
        every: one.every.0,
        part: one.part.map(|(part, _)| part),
    }
}

pub(super) fn holdback(reader: &Reader<'_>, one: &tree::Holdback, head: Head) -> Holdback {
    Holdback {
        head,
        amount: reader.value(&one.amount),
        release_every: one.release_every.0,
        release: match &one.release {
            tree::Release::InFull(when) => Release::InFull(reader.maybe(when.as_ref())),
            tree::Release::By(by, bands) => Release::By(reader.value(by), reader.bands(bands)),
        },
    }
}
