//! Which expressions of which items must say which months they mean.

use std::collections::BTreeMap;

use crate::syntax::tree::{
    AtRisk, AwardTerms, Earned, Every, Expr, ExprKind, Item, ItemKind, Limit, LimitPeriod,
    PointsStatement, PointsTerms, Release, ServiceLevel, ShareItem, SlCredit, SlStatement,
};

use super::{Settled, target_period};

/// What an item uses over a period of several months.
pub(super) struct Asked<'i> {
    /// The item in words: `a credit`.
    pub(super) what: &'static str,
    pub(super) settled: Settled,
    /// The expressions in question.
    pub(super) taken: Vec<&'i Expr>,
    /// The service level whose KPI is also in question.
    pub(super) level: Option<&'i ServiceLevel>,
    /// Whether the item limits something to an amount in each month of its period.
    pub(super) runs: Option<Runs>,
}

/// The name for the target of a gain share.
pub(super) const TARGET: &str = "a target";

/// What limits credits to an amount in each month of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Runs {
    /// A limit.
    Limit,
    /// An at-risk amount with service levels that are settled more often.
    AtRisk,
}

/// The period of an item that is longer than a month.
pub(in crate::analyse) fn settled(item: &Item) -> Option<Settled> {
    match &item.kind {
        ItemKind::Limit(limit) => of_limit(limit),
        ItemKind::AtRisk(pool) => Settled::each(pool.every),
        ItemKind::Award(award) => Settled::each(award.every?.0),
        ItemKind::Points(points) => Settled::each(points.every),
        ItemKind::ServiceLevel(level) => Settled::each(target_period(&level.statements)),
        ItemKind::Share(share) => match share.as_ref() {
            ShareItem::Gain(gain) => Settled::each(gain.every?.0),
            ShareItem::Currency(_) => None,
        },
        ItemKind::Commitment(commitment) => Settled::each(commitment.every.0),
        ItemKind::Holdback(holdback) => Settled::each(holdback.release_every.0),
        _ => None,
    }
}

fn of_limit(limit: &Limit) -> Option<Settled> {
    match &limit.period {
        LimitPeriod::Each(every) => Settled::each(*every),
        LimitPeriod::Rolling(months) => match &months.kind {
            ExprKind::Number(number) => {
                let months = number.to_string().parse().ok()?;
                (months > 1).then_some(Settled::Rolling(months))
            }
            _ => None,
        },
        LimitPeriod::Term => Some(Settled::Term),
    }
}

/// What is asked of an item.
pub(super) fn of_item<'i>(item: &'i Item, periods: &BTreeMap<&str, Every>) -> Vec<Asked<'i>> {
    let mut all = Vec::new();
    let mut ask = |what, settled, taken| {
        all.push(Asked {
            what,
            settled,
            taken,
            level: None,
            runs: None,
        });
    };
    match (&item.kind, settled(item)) {
        (ItemKind::AtRisk(pool), period) => all.extend(of_pool(pool, period, periods)),
        (ItemKind::ServiceLevel(level), period) => all.extend(of_level(level, period)),
        (_, None) => {}
        (ItemKind::Limit(limit), Some(period)) => {
            ask("a limit", period, vec![&limit.to]);
            let runs = !matches!(period, Settled::Rolling(_));
            all.iter_mut()
                .for_each(|one| one.runs = runs.then_some(Runs::Limit));
        }
        (ItemKind::Award(award), Some(period)) => {
            let mut taken = match &award.terms {
                AwardTerms::Amount(amount) => vec![amount],
                AwardTerms::Bands(subject, bands) => with(subject, bands.parts()),
            };
            if !award.in_every_month {
                taken.extend(&award.when);
            }
            ask("settled", period, taken);
        }
        (ItemKind::Points(points), Some(period)) => {
            let mut taken = match &points.terms {
                PointsTerms::Amount(amount) => vec![amount],
                PointsTerms::Bands(subject, bands) => with(subject, bands.parts()),
            };
            for statement in &points.statements {
                if let PointsStatement::ExcusedWhen(condition, _) = statement {
                    taken.push(condition);
                }
            }
            ask("settled", period, taken);
        }
        (ItemKind::Share(share), Some(period)) => {
            if let ShareItem::Gain(gain) = share.as_ref() {
                ask(TARGET, period, vec![&gain.target]);
            }
        }
        (ItemKind::Commitment(commitment), Some(period)) => {
            let taken = [&commitment.amount].into_iter().chain(&commitment.price);
            ask("a commitment", period, taken.collect());
        }
        (ItemKind::Holdback(holdback), Some(period)) => {
            let taken = match &holdback.release {
                Release::InFull(when) => when.iter().collect(),
                Release::By(measure, bands) => with(measure, bands.parts()),
            };
            ask("released", period, taken);
        }
        _ => {}
    }
    all
}

fn with<'i>(first: &'i Expr, others: Vec<&'i Expr>) -> Vec<&'i Expr> {
    [first].into_iter().chain(others).collect()
}

/// An at-risk amount applies in the month in which one of its service levels is settled.
fn of_pool<'i>(
    pool: &'i AtRisk,
    period: Option<Settled>,
    periods: &BTreeMap<&str, Every>,
) -> Option<Asked<'i>> {
    let levels = || {
        let named = |name: &str| periods.get(name).copied();
        pool.allocations()
            .filter_map(move |one| named(&one.level.name.text))
    };
    let longest = levels().filter_map(Settled::each).next();
    let more_often = levels().any(|every| every != pool.every);
    Some(Asked {
        what: "at risk",
        settled: period.or(longest)?,
        taken: vec![&pool.amount],
        level: None,
        runs: (period.is_some() && more_often).then_some(Runs::AtRisk),
    })
}

fn of_level(level: &ServiceLevel, period: Option<Settled>) -> Vec<Asked<'_>> {
    let mut taken = Vec::new();
    let mut earned = None;
    for statement in &level.statements {
        match statement {
            SlStatement::Target(value, ..) | SlStatement::Critical(_, value, _) => {
                taken.push(value);
            }
            SlStatement::Credit(SlCredit::Amounts(ordinary, critical), _) => {
                taken.push(ordinary);
                taken.extend(critical);
            }
            SlStatement::Credit(SlCredit::Bands(bands), _) => taken.extend(bands.parts()),
            SlStatement::Persistent(persistent, _) => taken.push(&persistent.amount),
            SlStatement::EarnBackYearly(terms, _) => {
                if let Earned::When(condition) = &terms.earned {
                    earned = Settled::each(terms.year).map(|year| (year, condition));
                }
            }
            _ => {}
        }
    }
    let own = period.map(|settled| Asked {
        what: "settled",
        settled,
        taken,
        level: Some(level),
        runs: None,
    });
    let earned = earned.map(|(settled, condition)| Asked {
        what: "earned back",
        settled,
        taken: vec![condition],
        level: None,
        runs: None,
    });
    own.into_iter().chain(earned).collect()
}
