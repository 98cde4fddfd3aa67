//! Which item of an amended contract continues as which. An item remains the same as long as amendments replace it.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Month;
use crate::text::Span;

/// The lineages of the items of one version of a contract. A contract without amendments has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineages {
    /// The items by their places, each with the identity that it has in every version.
    items: Vec<(Span, String)>,
    /// The version after this one.
    next: Option<NextVersion>,
}

/// The facts about the next version that a version needs. Whatever the next one no longer keeps, this one settles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextVersion {
    /// Its first month.
    pub from: Option<Month>,
    /// What it keeps open beyond the end of a month, by lineage and words.
    pub keeps: BTreeSet<String>,
    /// The items that end with this version, how they end, and where the amendment says so.
    pub endings: BTreeMap<String, (Ending, Span)>,
}

/// How an item ends when an amendment removes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As at the end of the term: what is open is settled.
    Settled,
    /// `what is open lapses`
    Lapses,
    /// `pro rata for a part year`: what a commitment requires in that case.
    ProRata,
    /// `in full for a part year`
    InFull,
}

impl Lineages {
    /// The lineages of the items at those places.
    #[must_use]
    pub fn new(items: impl IntoIterator<Item = (Span, String)>, next: Option<NextVersion>) -> Self {
        let mut items: Vec<(Span, String)> = items.into_iter().collect();
        items.sort();
        Self { items, next }
    }

    /// Whether the contract has several versions, so that one can read what another has left behind.
    #[must_use]
    pub fn is_amended(&self) -> bool {
        !self.items.is_empty()
    }

    /// The lineage of the item that contains the place.
    #[must_use]
    pub fn of(&self, place: Span) -> Option<&str> {
        let before = self
            .items
            .partition_point(|(span, _)| (span.file, span.start) <= (place.file, place.start));
        let (span, lineage) = self.items.get(before.checked_sub(1)?)?;
        (span.file == place.file && place.start <= span.end).then_some(lineage.as_str())
    }

    /// All lineages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|(_, lineage)| lineage.as_str())
    }

    /// The last month of this version, if the next one no longer keeps what has this name. It is settled then.
    #[must_use]
    pub fn last_month(&self, kept: &str) -> Option<Month> {
        let next = self.next.as_ref()?;
        if next.keeps.contains(kept) {
            return None;
        }
        Some(next.from?.plus(-1))
    }

    /// Whether an amendment removes the item and lets its open amounts lapse.
    #[must_use]
    pub fn lapses(&self, lineage: &str) -> bool {
        self.ending(lineage)
            .is_some_and(|(ending, _)| ending == Ending::Lapses)
    }

    /// How the item ends, if it ends with this version, and where the amendment says so.
    #[must_use]
    pub fn ending(&self, lineage: &str) -> Option<(Ending, Span)> {
        self.next.as_ref()?.endings.get(lineage).copied()
    }
}
