//! How credits and bonuses are settled: the months of a limit, its excess, and on which invoice they are applied.

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Applied, AppliedItem, AwardKind, Every, Excess, InPlace, ItemKind, LimitPeriod, Only, Path,
    Small, Terminate,
};
use super::Lowering;
use super::file::ItemParts;

impl<'t> Lowering<'t> {
    /// `credits and bonuses applied to the next invoice`
    pub(super) fn awards_item(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.untitled("credits", &node);
        let (mut kinds, mut applied, mut small) = (Vec::new(), None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_and => {}
                Rule::awards_word if words(&part) == "credits" => kinds.push(AwardKind::Credit),
                Rule::awards_word => kinds.push(AwardKind::Bonus),
                Rule::applied => applied = applied_to(part),
                Rule::too_small => small = self.small(part),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if let Some(small) = small {
            if kinds.contains(&AwardKind::Bonus) {
                self.lacks(
                    &common,
                    "which credits are too small",
                    "`credits below 100 EUR each are dropped`",
                );
                return None;
            }
            return Some((ItemKind::Small(small), common.clause));
        }
        if applied.is_none() {
            self.lacks(&common, "which invoice they are applied to", APPLIED);
        }
        let item = AppliedItem {
            kinds,
            to: applied?,
            span,
        };
        Some((ItemKind::Applied(item), common.clause))
    }
}

impl<'t> Lowering<'t> {
    /// `each rolling 12 months`
    pub(super) fn rolling(&mut self, node: Node<'t>) -> Option<LimitPeriod> {
        let count = Children::of(node).find(Rule::count)?;
        Some(LimitPeriod::Rolling(self.count(count)))
    }

    /// `below 100 EUR together are dropped`
    fn small(&mut self, node: Node<'t>) -> Option<Small> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let itself = parts.peek() == Some(Rule::at_most);
        let below = parts.find(Rule::arith).map(|part| self.climb(part))?;
        let together = parts.find(Rule::each_or_together);
        let dropped = parts.find(Rule::are_dropped).map(|_| Excess::Lapses);
        let carried = parts.find(Rule::k_are_carried).map(|part| {
            let span = self.span(&part);
            let end = parts.find(Rule::at_the_end);
            Excess::Carried {
                months: None,
                paid_out: end.map(|end| words(&end).starts_with("paid")),
                span,
            }
        });
        Some(Small {
            below,
            itself,
            together: together.map(|word| words(&word) == "together"),
            then: dropped.or(carried),
            span,
        })
    }

    /// `in place of all other credits`
    pub(super) fn in_place(&mut self, node: Node<'t>) -> InPlace {
        let span = self.span(&node);
        let paths: Vec<Path> = node
            .into_inner()
            .filter(|part| part.as_rule() == Rule::path)
            .map(|part| self.path(&part))
            .collect();
        InPlace {
            of: (!paths.is_empty()).then_some(paths),
            when_critical: false,
            span,
        }
    }

    /// `only the largest of answer_speed, abandonment when same_incident`
    pub(super) fn one_counts(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("only", &node);
        let (mut of, mut chosen_by, mut when) = (Vec::new(), None, None);
        let (mut said, mut otherwise_largest) = (false, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_only_the | Rule::k_of | Rule::k_and => {}
                Rule::k_largest | Rule::k_chosen => said = true,
                Rule::path => chosen_by = Some(self.path(&part)),
                Rule::subject => of.extend(part.into_inner().next().map(|part| self.path(&part))),
                Rule::only_otherwise => otherwise_largest = Some(words(&part).ends_with("largest")),
                Rule::when => when = self.when(part),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if !said || of.is_empty() {
            self.lacks(&common, "which one of which credits counts", ONLY);
            return None;
        }
        let only = Only {
            of,
            chosen_by,
            otherwise_largest,
            when,
        };
        Some((ItemKind::Only(only), common.clause))
    }

    /// `the excess carried forward, paid out at the end of the term`
    pub(super) fn excess(&mut self, node: Node<'t>) -> Excess {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        if parts.find(Rule::excess_lapses).is_some() {
            return Excess::Lapses;
        }
        let months = parts.find(Rule::count).map(|count| self.count(count));
        let end = parts.find(Rule::at_the_end);
        Excess::Carried {
            months,
            paid_out: end.map(|end| words(&end).starts_with("paid")),
            span,
        }
    }

    /// `terminate after 3 times in 12 months`
    pub(super) fn limit_terminate(&mut self, parts: &mut Children<'t>) -> Option<Terminate> {
        let failures = parts.find(Rule::count).map(|part| self.count(part))?;
        let months = parts.find(Rule::count).map(|part| self.count(part));
        Some(Terminate { failures, months })
    }
}

/// The words for one of several credits.
const ONLY: &str = "`only the largest of answer_speed, abandonment when same_incident`";

/// The words for the invoice.
const APPLIED: &str = "`credits applied to this invoice`, `to the next invoice`, or `to the last invoice of the quarter`";

/// The invoice that those words name, which the grammar has checked.
pub(super) fn applied_to(node: Node<'_>) -> Option<Applied> {
    let to = node
        .into_inner()
        .find(|part| part.as_rule() == Rule::applied_to)?;
    let words = words(&to);
    Some(if words.starts_with("this") {
        Applied::This
    } else if words.ends_with("invoice") {
        Applied::Next
    } else if words.ends_with("quarter") {
        Applied::LastOf(Every::Quarter)
    } else if words.contains("contract") {
        Applied::LastOf(Every::ContractYear)
    } else {
        Applied::LastOf(Every::CalendarYear)
    })
}
