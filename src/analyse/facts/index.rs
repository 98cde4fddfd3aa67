//! Indexation.

use crate::model::facts::{Head, Index, IndexLink, IndexTarget, Threshold};
use crate::syntax::tree;

use super::reader::Reader;

pub(super) fn index(reader: &Reader<'_>, one: &tree::Index, head: Head) -> Index {
    let targets = one.targets.iter().map(|target| match target {
        tree::IndexTarget::Charges(_) => IndexTarget::Charges,
        tree::IndexTarget::Named(path) => IndexTarget::Named(reader.link(path)),
    });
    let links = one.links.iter().map(|link| IndexLink {
        from: link.from,
        by: reader.link(&link.by),
        new_value: link.new_value.value.clone(),
        old_value: link.old_value.value.clone(),
    });
    Index {
        head,
        targets: targets.collect(),
        by: reader.link(&one.by),
        base: one.base.value.value.clone(),
        base_month: one.base.month,
        first: one.dates.first,
        value_of: one.dates.value_of,
        fixed: reader.maybe(one.fixed.as_ref()),
        threshold: one.threshold.as_ref().map(|threshold| Threshold {
            level: reader.value(&threshold.level),
            only_above: threshold.only_above,
        }),
        least: reader.maybe(one.least.as_ref()),
        most: reader.maybe(one.most.as_ref()),
        factor: one.factor.as_ref().map(|one| reader.rounded(one)),
        prices: one.prices.as_ref().map(|one| reader.rounded(one)),
        against: one.against.map(|(against, _)| against),
        links: links.collect(),
    }
}
