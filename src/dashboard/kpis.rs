//! The KPIs of a month: value, target, trend, and what was paid by them.

use crate::calendar::Month;
use crate::ledger::{Line, NoticeKind, Statement};
use crate::model::facts::{AwardTerms, Head, ItemId, ServiceLevel, Value};
use crate::model::{Contract, MetricFacts};
use crate::program::{MeasurePlan, NodeId};
use crate::quantity::{Exact, Figure, Type};
use crate::report::dashboard::{Kpi, Sample, Standing};
use crate::syntax::tree::Every;
use crate::text::Span;

use super::months::Computed;

/// The metrics and scorecards that the statement shows.
pub(super) fn of(contract: &Contract, computed: &Computed<'_>, year_from: Month) -> Vec<Kpi> {
    let Some(program) = computed.program() else {
        return Vec::new();
    };
    let measures = program.plan.measures.iter();
    measures
        .filter_map(|measure| {
            let (whole, member) = match measure.name.split_once('.') {
                Some((whole, member)) => (whole, Some(member)),
                None => (measure.name.as_str(), None),
            };
            let metric = contract.metrics.iter().find(|one| one.name == whole);
            let scorecards = contract.facts.scorecards.iter();
            let mut scorecards = scorecards.filter(|one| one.head.name() == whole);
            let item = match metric {
                Some(metric) => metric.item,
                None => Some(scorecards.next()?.head.id),
            };
            Some(kpi(
                contract,
                computed,
                year_from,
                (measure, metric, item, member),
            ))
        })
        .collect()
}

fn kpi(
    contract: &Contract,
    computed: &Computed<'_>,
    year_from: Month,
    (measure, metric, item, member): (
        &MeasurePlan,
        Option<&MetricFacts>,
        Option<ItemId>,
        Option<&str>,
    ),
) -> Kpi {
    let program = computed.program();
    let kind = program.and_then(|program| program.node(measure.node));
    let kind = kind.map_or(Type::Unknown, |node| node.kind.clone());
    let level = metric.and_then(|metric| {
        let mut levels = contract.facts.levels.iter();
        levels.find(|level| metric.is(&level.metric))
    });
    let value = computed.number(measure.node);
    let higher_is_better = metric.and_then(|metric| metric.higher_is_better);
    let target = level.and_then(|level| level.target.as_ref()?.level.fixed().cloned());
    let critical = level.and_then(|level| level.critical.as_ref()?.level.fixed().cloned());
    let heads = item.map_or_else(Vec::new, |item| paying(contract, item));
    let own = |statement: &Statement| {
        let lines = statement.lines.iter();
        let lines = lines.filter(|line| {
            heads.iter().any(|head| holds(head.span, line.span)) && is_of(line, member)
        });
        lines.fold(Exact::zero(), |sum, line| sum.add(&line.amount))
    };
    let standing = standing(
        level,
        member,
        computed,
        (value.as_ref(), target.as_ref(), higher_is_better),
    );
    Kpi {
        name: measure.name.clone(),
        title: measure.title.clone(),
        clause: measure.clause.clone(),
        kind,
        higher_is_better,
        target,
        critical,
        standing,
        trend: computed.last_months(|one| one.values.get(&measure.name).cloned()),
        sample: metric.and_then(|metric| sample(contract, computed, metric, member)),
        paid: if heads.is_empty() {
            super::nothing()
        } else {
            computed.sum(year_from, own)
        },
        scores: metric.map_or_else(Vec::new, |metric| scores(contract, metric)),
        clauses: heads.iter().map(|head| head.designation.clone()).collect(),
        value,
    }
}

/// The scorecards of which a metric is a part.
fn scores(contract: &Contract, metric: &MetricFacts) -> Vec<String> {
    let scorecards = contract.facts.scorecards.iter();
    let own = scorecards.filter(|one| one.arms.iter().any(|arm| metric.is(&arm.metric)));
    own.map(|one| one.head.name().to_owned()).collect()
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// Whether a line belongs to a member; to all of them if it has none.
fn is_of(line: &Line, member: Option<&str>) -> bool {
    member.is_none_or(|member| {
        let end = line.name.rsplit_once('.');
        end.is_none_or(|(_, own)| own == member)
    })
}

/// The clauses that pay by a KPI: service levels on it, adjustments, credits and bonuses that read it.
fn paying(contract: &Contract, item: ItemId) -> Vec<&Head> {
    let facts = &contract.facts;
    let reads = |value: &Value| {
        value.reads.contains(&item) || value.name().is_some_and(|link| link.to == Some(item))
    };
    let levels = facts.levels.iter();
    let levels = levels.filter(|level| level.metric.to == Some(item));
    let adjustments = facts.adjustments.iter().filter(|one| reads(&one.by));
    let awards = facts.awards.iter().filter(|award| {
        let by = match &award.terms {
            AwardTerms::Amount(amount) => reads(amount),
            AwardTerms::Bands(on, _) => reads(on),
        };
        by || award.when.as_ref().is_some_and(reads)
    });
    let levels = levels.map(|one| &one.head);
    let adjustments = adjustments.map(|one| &one.head);
    levels
        .chain(adjustments)
        .chain(awards.map(|one| &one.head))
        .collect()
}

/// How it did: as the notices of the month say. Without a notice the target was met, if it is judged each month.
fn standing(
    level: Option<&ServiceLevel>,
    member: Option<&str>,
    computed: &Computed<'_>,
    (value, target, higher_is_better): (Option<&Exact>, Option<&Exact>, Option<bool>),
) -> Standing {
    let Some(level) = level.filter(|level| level.target.is_some()) else {
        return Standing::NoTarget;
    };
    let name = match member {
        Some(member) => format!("{}.{member}", level.head.name()),
        None => level.head.name().to_owned(),
    };
    let notices = computed
        .statement()
        .into_iter()
        .flat_map(|one| &one.notices);
    let own = notices.filter(|notice| notice.name == name);
    let found = own.filter_map(|notice| match notice.kind {
        NoticeKind::Critical => Some(Standing::Critical),
        NoticeKind::Missed => Some(Standing::Missed),
        NoticeKind::Excused => Some(Standing::Excused),
        NoticeKind::Tolerated => Some(Standing::Tolerated),
        _ => None,
    });
    if let Some(found) = found.min_by_key(|found| match found {
        Standing::Critical => 0,
        Standing::Missed => 1,
        Standing::Tolerated => 2,
        _ => 3,
    }) {
        return found;
    }
    let Some(value) = value else {
        return Standing::NoValue;
    };
    match (target, higher_is_better) {
        (Some(target), Some(higher)) if level.every() != Every::Month => {
            let is_off = if higher {
                value < target
            } else {
                value > target
            };
            if is_off {
                Standing::OffSoFar
            } else {
                Standing::Met
            }
        }
        _ => Standing::Met,
    }
}

/// What the value was measured on, if the KPI is a quotient of two names.
fn sample(
    contract: &Contract,
    computed: &Computed<'_>,
    metric: &MetricFacts,
    member: Option<&str>,
) -> Option<Sample> {
    let facts = contract.facts.metric(metric.item?)?;
    let below = &facts.quotient.as_ref()?.below;
    let slots = &computed.program()?.plan.slots;
    let wanted = below.member.as_deref().or(member);
    let own = slots.iter().enumerate().filter(|(_, slot)| {
        let is_member = wanted.is_none() || slot.member.as_deref() == wanted;
        slot.input == below.name && (slot.member.is_none() || is_member)
    });
    let mut kind = None;
    let mut sum = Exact::zero();
    for (at, slot) in own {
        kind = Some(slot.kind.clone());
        sum = sum.add(&computed.number(input_node(computed, at)?)?);
    }
    Some(Sample {
        of: below.path(),
        size: Figure::new(sum, kind?),
    })
}

/// The node that reads a column.
fn input_node(computed: &Computed<'_>, column: usize) -> Option<NodeId> {
    use crate::program::Op;
    let nodes = computed.program()?.nodes.iter();
    let mut nodes = (0..).map(NodeId).zip(nodes);
    let found = nodes.find(|(_, node)| match node.op {
        Op::Input(slot) => slot.0 as usize == column,
        _ => false,
    });
    found.map(|(id, _)| id)
}
