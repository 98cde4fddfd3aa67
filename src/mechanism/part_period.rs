//! How much of an amount that is fixed for a period applies to a part of it: where the term begins or ends within a period, and
//! where an amendment ends the item within one.

use crate::diagnostic::Diagnostic;
use crate::lineage::Ending;
use crate::program::{Comparison, NodeId, Op};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Every, PartPeriod};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::period::{CutShort, compare_month, cut_short, part_periods, pro_rata, word};

/// An item with an amount that is fixed for a period.
pub(super) struct FixedAmount {
    /// What a reader calls it: `the commitment`.
    pub(super) noun: &'static str,
    /// The words by which an amendment removes it: `commitment`.
    pub(super) words: &'static str,
    pub(super) name: String,
    /// What nothing says where an amendment ends it within a period: `what is due for`.
    pub(super) open: &'static str,
    /// The amount of which a part may apply: `the commitment`.
    pub(super) amount: &'static str,
    pub(super) every: (Every, Span),
    /// What the contract says of a part of a period.
    pub(super) part: Option<(PartPeriod, Span)>,
    pub(super) span: Span,
}

impl FixedAmount {
    /// The amount for the period of this month; a part of an amount of money is rounded like a line. If an amendment ends the
    /// item within a period and nothing says what applies then, a finding is reported and nothing is returned.
    pub(super) fn of_period(&self, cx: &mut Context<'_>, whole: &Typed) -> Option<NodeId> {
        let every = self.every.0;
        let by_contract = self.part.map(|(part, _)| part);
        let mut amount = whole.node;
        if by_contract == Some(PartPeriod::ProRata) {
            let part = pro_rata(cx, every, amount, &whole.kind, self.span);
            if part != amount {
                amount = self.rounded(cx, part, &whole.kind);
            }
        }
        let Some(end) = cut_short(cx, every, self.every.1) else {
            return Some(amount);
        };
        let part = match cx.ending(self.span) {
            Some((Ending::ProRata, _)) => Some(PartPeriod::ProRata),
            Some((Ending::InFull, _)) => Some(PartPeriod::InFull),
            Some((Ending::Settled | Ending::Lapses, _)) | None => by_contract,
        };
        let then = match part {
            Some(PartPeriod::ProRata) => {
                let part = end.share_of(cx, whole.node, &whole.kind, self.span);
                self.rounded(cx, part, &whole.kind)
            }
            Some(PartPeriod::InFull) => whole.node,
            None => {
                self.ask_for_the_end(cx, &end);
                return None;
            }
        };
        let now = compare_month(cx, Comparison::Is, end.last, self.span);
        Some(cx.node(Op::If(now, then, amount), whole.kind.clone(), self.span))
    }

    fn rounded(&self, cx: &mut Context<'_>, part: NodeId, kind: &Type) -> NodeId {
        if *kind == cx.money() {
            cx.line_amount(part, self.span)
        } else {
            part
        }
    }

    fn ask_for_the_end(&self, cx: &mut Context<'_>, end: &CutShort) {
        let Self {
            noun,
            words,
            name,
            open,
            amount,
            ..
        } = self;
        let (period, part) = (word(self.every.0), length_word(self.every.0));
        let removed = cx.ending(self.span).map(|(_, place)| place);
        let message = format!(
            "{noun} `{name}` ends within a {period}, with {}, and the amendment does not say {open} that {period}",
            end.last
        );
        let months = &end.months;
        let finding = Diagnostic::error("open-part-period", removed.unwrap_or(self.span), message)
            .and_at(self.every.1, "what was promised")
            .because(format!(
                "{months} of its months were under {noun}: a part of {amount} may apply, or all of it"
            ));
        let finding = match removed {
            Some(_) => finding.help(format!(
                "write `remove {words} {name}, pro rata for a part {part}`, `…, in full for a part {part}` or \
                 `…, what is open lapses`"
            )),
            None => finding.help(format!(
                "write `remove {words} {name}, pro rata for a part {part}` (or `in full`), and `add` the new one"
            )),
        };
        cx.report(finding);
    }
}

/// Whether the contract says, if it must, how much of a fixed amount applies to a part of a period. `what` is that
/// amount.
pub(super) fn ask_for_part(
    cx: &mut Context<'_>,
    (every, at): (Every, Span),
    part: Option<(PartPeriod, Span)>,
    committed: &Typed,
    what: &str,
) -> bool {
    if committed.is_unknown() {
        return false;
    }
    let parts = part_periods(cx, every);
    let (None, Some((share, months))) = (part, parts.first()) else {
        return true;
    };
    let text = cx.quote(committed.span);
    let money = cx.money();
    let readings = committed.constant.as_ref().map_or_else(
        || format!("a part of `{text}`, or all of it"),
        |whole| {
            let figure = |value: Exact| Figure::new(value, committed.kind.clone()).to_string();
            let mut part = whole.multiply(share);
            if let Some(rounding) = cx.rounding.as_ref().filter(|_| committed.kind == money) {
                part = rounding.rounding.apply(&part);
            }
            format!("{} or {}", figure(part), figure(whole.clone()))
        },
    );
    let period = length_word(every);
    let mut finding = Diagnostic::error(
        "open-part-period",
        at,
        format!(
            "the term has {months} of the {} months of a {}, and the contract does not say what is {what} then",
            whole_months(every),
            word(every),
        ),
    )
    .because(format!("the two readings pay differently: {readings}"))
    .help(format!(
        "write `pro rata for a part {period}` or `in full for a part {period}` after it"
    ));
    if let Some(term) = cx.plan.term_span {
        finding = finding.and_at(term, "the term");
    }
    cx.report(finding);
    false
}

fn whole_months(every: Every) -> u32 {
    match every {
        Every::Month => 1,
        Every::Quarter => 3,
        Every::ContractYear | Every::CalendarYear => 12,
    }
}

fn length_word(every: Every) -> &'static str {
    match every {
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::ContractYear | Every::CalendarYear => "year",
    }
}
