//! How credits and bonuses are settled: the months of a limit, its excess, and on which invoice they stand.

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Applied, AppliedItem, AwardKind, Every, Excess, ItemKind, LimitPeriod, Terminate,
};
use super::Lowering;
use super::file::ItemParts;

impl<'t> Lowering<'t> {
    /// `credits and bonuses applied to the next invoice`
    pub(super) fn awards_item(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.untitled("credits", &node);
        let (mut kinds, mut applied) = (Vec::new(), None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_and => {}
                Rule::awards_word if words(&part) == "credits" => kinds.push(AwardKind::Credit),
                Rule::awards_word => kinds.push(AwardKind::Bonus),
                Rule::applied => applied = applied_to(part),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if applied.is_none() {
            self.lacks(&common, "on which invoice they stand", APPLIED);
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

/// How the invoice is named.
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
