//! Service levels and service points.

use crate::model::facts::{
    CountsFrom, Critical, EarnBack, EarnBackYearly, Earned, Excuse, Head, InPlace, LevelCredit,
    Persistent, Points, PointsRepeat, Raised, Repeat, Repeated, ServiceLevel, Stated, Target,
    Terminate,
};
use crate::syntax::tree::{self, PointsStatement, SlCredit, SlStatement};
use crate::text::Span;

use super::consequences;
use super::reader::Reader;

pub(super) fn level(reader: &Reader<'_>, one: &tree::ServiceLevel, head: Head) -> ServiceLevel {
    let mut level = ServiceLevel {
        head,
        dimension: one.dimension.as_ref().map(|name| name.text.clone()),
        metric: reader.link(&one.metric),
        over: one.months.as_ref().map(|(_, span)| *span),
        target: None,
        critical: None,
        excused: Vec::new(),
        grace: None,
        credit: None,
        repeated: None,
        earn_back: None,
        earn_back_yearly: None,
        raised: None,
        terminate: None,
        no_value_excused: None,
        excused_breaks: None,
        counts_from: None,
        tolerated: None,
        persistent: None,
        applied: None,
        in_place: None,
    };
    for statement in &one.statements {
        add(reader, &mut level, statement);
    }
    level
}

/// Keeps what is stated first.
fn keep<T>(slot: &mut Option<Stated<T>>, what: T, span: Span) {
    slot.get_or_insert(Stated { what, span });
}

fn add(reader: &Reader<'_>, level: &mut ServiceLevel, statement: &SlStatement) {
    match statement {
        SlStatement::Target(value, every, span) => {
            level.target.get_or_insert(Target {
                level: reader.value(value),
                every: *every,
                span: *span,
            });
        }
        SlStatement::Critical(comparison, value, span) => {
            level.critical.get_or_insert(Critical {
                comparison: *comparison,
                level: reader.value(value),
                span: *span,
            });
        }
        SlStatement::ExcusedWhen(condition, within, span) => level.excused.push(Excuse {
            condition: reader.value(condition),
            within: *within,
            span: *span,
        }),
        SlStatement::Grace(months, span) => keep(&mut level.grace, reader.value(months), *span),
        SlStatement::Credit(one, span) => keep(&mut level.credit, credit(reader, one), *span),
        SlStatement::Repeated(one, span) => {
            keep(&mut level.repeated, repeated(reader, one), *span);
        }
        SlStatement::EarnBack(one, span) => {
            let earned = EarnBack {
                months: reader.value(&one.months),
                level: reader.value(&one.level),
            };
            keep(&mut level.earn_back, earned, *span);
        }
        SlStatement::EarnBackYearly(one, span) => {
            keep(&mut level.earn_back_yearly, yearly(reader, one), *span);
        }
        SlStatement::Raised(one, span) => keep(&mut level.raised, raised(reader, one), *span),
        SlStatement::Terminate(one, span) => {
            keep(&mut level.terminate, terminate(reader, one), *span);
        }
        SlStatement::NoValue(excused, span) => keep(&mut level.no_value_excused, *excused, *span),
        SlStatement::ExcusedBreaks(breaks, _, span) => {
            keep(&mut level.excused_breaks, *breaks, *span);
        }
        SlStatement::CountsFrom(one, span) => {
            let counts = CountsFrom {
                miss: one.miss,
                months: reader.value(&one.months),
            };
            keep(&mut level.counts_from, counts, *span);
        }
        SlStatement::Tolerated(one, _, span) => keep(&mut level.tolerated, *one, *span),
        SlStatement::Persistent(one, span) => {
            let persistent = Persistent {
                failures: reader.value(&one.failures),
                months: reader.maybe(one.months.as_ref()),
                amount: reader.value(&one.amount),
                beside: one.beside,
            };
            keep(&mut level.persistent, persistent, *span);
        }
        SlStatement::Applied(to, span) => keep(&mut level.applied, *to, *span),
        SlStatement::InPlace(one, span) => {
            let in_place: InPlace = consequences::in_place(reader, one);
            keep(&mut level.in_place, in_place, *span);
        }
    }
}

fn credit(reader: &Reader<'_>, one: &SlCredit) -> LevelCredit {
    match one {
        SlCredit::Amounts(amount, critical) => {
            LevelCredit::Amounts(reader.value(amount), reader.maybe(critical.as_ref()))
        }
        SlCredit::Bands(bands) => LevelCredit::Bands(reader.bands(bands)),
    }
}

fn repeated(reader: &Reader<'_>, one: &tree::Repeated) -> Repeated {
    let steps = one.steps.iter().map(|step| Repeat {
        failures: reader.value(&step.months),
        factor: reader.value(&step.factor),
    });
    Repeated {
        steps: steps.collect(),
        growth: reader.maybe(one.growth.as_ref()),
        compounding: one.compounding,
        most: reader.maybe(one.most.as_ref()),
    }
}

fn yearly(reader: &Reader<'_>, one: &tree::EarnBackYearly) -> EarnBackYearly {
    let earned = match &one.earned {
        tree::Earned::Average {
            level,
            excused_count,
        } => Earned::Average {
            level: reader.value(level),
            excused_count: *excused_count,
        },
        tree::Earned::When(condition) => Earned::When(reader.value(condition)),
    };
    EarnBackYearly {
        share: reader.maybe(one.share.as_ref()),
        year: one.year,
        earned,
    }
}

fn raised(reader: &Reader<'_>, one: &tree::Raised) -> Raised {
    let rounded = one.rounded.as_ref();
    let bound = one.bound.as_ref();
    Raised {
        up: one.up,
        periods: reader.value(&one.periods),
        above: one.above,
        at_target: one.at_target,
        mean: one.mean,
        rounded: rounded.map(|one| (one.mode, reader.value(&one.step))),
        bound: bound.map(|(at_most, bound)| (*at_most, reader.value(bound))),
    }
}

/// The right to terminate; limits have it as well.
pub(super) fn terminate(reader: &Reader<'_>, one: &tree::Terminate) -> Terminate {
    Terminate {
        failures: reader.value(&one.failures),
        months: reader.maybe(one.months.as_ref()),
    }
}

pub(super) fn points(reader: &Reader<'_>, one: &tree::Points, head: Head) -> Points {
    let mut points = Points {
        head,
        dimension: one.dimension.as_ref().map(|name| name.text.clone()),
        terms: match &one.terms {
            tree::PointsTerms::Amount(amount) => consequences::amount(reader, amount),
            tree::PointsTerms::Bands(on, bands) => consequences::by_bands(reader, on, bands),
        },
        every: one.every,
        excused: Vec::new(),
        grace: None,
        excused_breaks: None,
        repeated: None,
        no_value_excused: false,
    };
    for statement in &one.statements {
        match statement {
            PointsStatement::ExcusedWhen(condition, span) => points.excused.push(Excuse {
                condition: reader.value(condition),
                within: None,
                span: *span,
            }),
            PointsStatement::Grace(months, span) => {
                keep(&mut points.grace, reader.value(months), *span);
            }
            PointsStatement::ExcusedBreaks(breaks, span) => {
                keep(&mut points.excused_breaks, *breaks, *span);
            }
            PointsStatement::Repeated(one, span) => {
                let repeated = PointsRepeat {
                    factor: reader.value(&one.factor),
                    compounding: one.compounding,
                };
                keep(&mut points.repeated, repeated, *span);
            }
            PointsStatement::NoValueExcused(_) => points.no_value_excused = true,
        }
    }
    points
}
