//! The excess that a limit cuts off: it lapses, or is carried forward until a later month has room for it.
//!
//! A month's own credits come first. What the limit has left after that goes to what is carried, the oldest first. The
//! last month of the term pays out what is still carried, or lets it lapse, as the contract says. So what was cut is,
//! to the cent, what was set off later, paid out, lapsed, or is still carried. A month that could not be computed stops
//! the later ones.

use crate::diagnostic::Diagnostic;
use crate::ledger::{NoticeKind, StepKind};
use crate::program::{Before, NodeId, NoticePlan, Op, Piece};
use crate::quantity::Type;
use crate::syntax::tree::{Excess, Limit, LimitSubject};
use crate::text::Span;
use crate::typing::Context;

use super::Held;
use crate::mechanism::award::above_zero;
use crate::mechanism::open_amount::{OpenAmount, is_last_month};
use crate::mechanism::{Deduction, DeductionKind, PaidOut, Worksheet};

/// The name of what the limit keeps open, however long the text allows.
const CARRIED: &str = "carried";

/// The most months whose excess is kept separately for each month.
const MOST_MONTHS: u32 = 60;

/// Carries forward what the limit cuts. Returns the part of it that is used in the month.
pub(super) fn carry(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    limit: &Limit,
    chosen: &[usize],
    held: &Held<'_>,
) -> Option<NodeId> {
    let Some(Excess::Carried {
        months,
        paid_out,
        span,
    }) = &limit.excess
    else {
        return None;
    };
    let kind = kind(cx, sheet, limit, chosen, *span);
    let months = match months {
        Some(months) => Some(cx.count_of_months(months)?),
        None => None,
    };
    if let Some(months) = months.filter(|months| *months > MOST_MONTHS) {
        let finding = Diagnostic::error(
            "carried-too-long",
            *span,
            format!(
                "{months} months is longer than the {MOST_MONTHS} for which an excess can lapse"
            ),
        )
        .help("remove `for … months`: it is then carried until the end of the term");
        cx.report(finding);
        return None;
    }
    let Some(paid_out) = *paid_out else {
        ask_for_the_end(cx, *span);
        return None;
    };
    let carried = Carried::new(
        cx,
        held,
        months.map_or(1, |months| months as usize),
        months.is_some(),
    );
    let (name, item) = name(cx, limit, held.span);
    let part = carried.part(cx, sheet, kind?, (&name, &item), chosen, held);
    sheet.deductions.push(part);
    carried.lapse(cx, held, &name, months);
    carried.end(cx, sheet, kind?, held, &name, paid_out);
    Some(carried.used)
}

/// The kind of what is carried: credits and reductions are carried as a credit, and bonuses as a bonus.
pub(super) fn kind(
    cx: &mut Context<'_>,
    sheet: &Worksheet,
    limit: &Limit,
    chosen: &[usize],
    span: Span,
) -> Option<DeductionKind> {
    let parts = || chosen.iter().filter_map(|at| sheet.deductions.get(*at));
    let bonuses = parts().filter(|part| part.kind == DeductionKind::Bonus);
    let is_of_bonuses = |one: &LimitSubject| matches!(one, LimitSubject::Bonuses(_));
    match bonuses.count() {
        0 if chosen.is_empty() && limit.subjects.iter().all(is_of_bonuses) => {
            Some(DeductionKind::Bonus)
        }
        0 => Some(DeductionKind::Credit),
        all if all == parts().count() => Some(DeductionKind::Bonus),
        _ => {
            let finding = Diagnostic::error(
                "carried-together",
                span,
                "an excess of credits and of bonuses cannot be carried forward as one amount",
            )
            .because("nothing would say who is owed it")
            .help("write a limit for the credits and another for the bonuses");
            cx.report(finding);
            None
        }
    }
}

fn ask_for_the_end(cx: &mut Context<'_>, span: Span) {
    cx.missing(
        "open-excess",
        span,
        "the contract does not say what happens to what is still carried forward at the end of the term".to_owned(),
        "if 300 is still carried forward then, the customer would get 300 in one reading and nothing in the other",
        "add `, paid out at the end of the term` or `, lapsing at the end of the term`".to_owned(),
    );
}

/// The first of what is limited together, and the item to which it belongs. Limits by the item's name also cover what
/// is carried of one of its members.
pub(super) fn name(cx: &Context<'_>, limit: &Limit, span: Span) -> (String, String) {
    let name = match limit.subjects.first() {
        Some(LimitSubject::Named(path)) => {
            return (cx.quote(path.span), path.name.text.clone());
        }
        Some(
            LimitSubject::Credits(span)
            | LimitSubject::Reductions(span)
            | LimitSubject::Bonuses(span),
        ) => cx.quote(*span),
        None => cx.quote(span),
    };
    (name.clone(), name)
}

/// The amounts carried forward in one month.
struct Carried {
    /// The part of it that is used.
    used: NodeId,
    /// The part that has been carried for as long as it may be.
    lapsed: Option<NodeId>,
    /// The part that is left for later months.
    left: NodeId,
}

impl Carried {
    /// The amounts carried, in as many parts as months are kept separately. With `ageing`, the last of them lapses.
    fn new(cx: &mut Context<'_>, held: &Held<'_>, parts: usize, ageing: bool) -> Self {
        let (money, span) = (cx.money(), held.span);
        let excess = cx.node(Op::Subtract(held.sum, held.allowed), money.clone(), span);
        cx.graph.label(
            excess,
            StepKind::Part,
            format!("beyond the limit of {}", held.words),
            None,
        );
        let mut room = cx.node(Op::Subtract(held.room, held.allowed), money.clone(), span);
        let ages: Vec<OpenAmount> = (1..=parts)
            .map(|age| {
                let what = if ageing {
                    format!("carried, month {age}")
                } else {
                    CARRIED.to_owned()
                };
                OpenAmount::new(cx, span, &what, &money)
            })
            .collect();
        let before: Vec<NodeId> = ages.iter().map(|age| age.before).collect();
        let open = cx.sum(before.clone(), money.clone(), span);
        cx.graph
            .label(open, StepKind::Part, "carried forward until now", None);
        let (mut used, mut kept) = (Vec::new(), Vec::new());
        for part in before.iter().rev() {
            let take = held.fitting(cx, *part, room);
            room = cx.node(Op::Subtract(room, take), money.clone(), span);
            kept.push(cx.node(Op::Subtract(*part, take), money.clone(), span));
            used.push(take);
        }
        // The oldest is now the first.
        let lapsed = ageing.then(|| kept.remove(0));
        let mut now = vec![excess];
        if ageing {
            now.extend(kept.into_iter().rev());
        } else {
            now.extend(kept);
            now = vec![cx.sum(now, money.clone(), span)];
        }
        for (age, node) in ages.iter().zip(&now) {
            age.leave(cx, *node);
        }
        let left = cx.sum(now, money.clone(), span);
        // What a text of the other kind reads of it: all of it, or all of it as if it had arisen now.
        let other = if ageing { CARRIED } else { "carried, month 1" };
        cx.fact(span, other, left, Before::Zero);
        let used = cx.sum(used, money, span);
        let left = cx.graph.alias(left, span);
        cx.graph
            .label(left, StepKind::Part, "carried forward from now on", None);
        Self { used, lapsed, left }
    }

    /// The part that is used, as a credit or bonus that later limits also cut.
    fn part(
        &self,
        cx: &mut Context<'_>,
        sheet: &Worksheet,
        kind: DeductionKind,
        (name, item): (&str, &str),
        chosen: &[usize],
        held: &Held<'_>,
    ) -> Deduction {
        let amount = cx.graph.alias(self.used, held.span);
        cx.graph.label(
            amount,
            StepKind::Part,
            format!("{name} carried forward, within the limit of {}", held.words),
            held.clause.map(|clause| clause.text.clone()),
        );
        credit_of(sheet, kind, (name, item), chosen, held, amount)
    }

    fn lapse(&self, cx: &mut Context<'_>, held: &Held<'_>, name: &str, months: Option<u32>) {
        let (Some(lapsed), Some(months)) = (self.lapsed, months) else {
            return;
        };
        let when = above_zero(cx, lapsed, held.span);
        notice(
            cx,
            held,
            name,
            when,
            lapsed,
            &format!(" lapses: it was carried forward for {months} months"),
        );
    }

    /// Handles the rest in the last month of the term.
    fn end(
        &self,
        cx: &mut Context<'_>,
        sheet: &mut Worksheet,
        kind: DeductionKind,
        held: &Held<'_>,
        name: &str,
        paid_out: bool,
    ) {
        let (money, span) = (cx.money(), held.span);
        let open = above_zero(cx, self.left, span);
        let last = is_last_month(cx, span, CARRIED);
        let goes_on = cx.node(Op::Not(last), Type::Flag, span);
        let carried = cx.node(Op::And(Box::new([goes_on, open])), Type::Flag, span);
        notice(cx, held, name, carried, self.left, " is carried forward");
        if !paid_out {
            let when = cx.node(Op::And(Box::new([last, open])), Type::Flag, span);
            let words = " lapses at the end of the term";
            notice(cx, held, name, when, self.left, words);
            return;
        }
        let zero = cx.number(0, money.clone(), span);
        let due = match kind {
            DeductionKind::Bonus => self.left,
            DeductionKind::Credit | DeductionKind::Adjustment => {
                cx.node(Op::Negate(self.left), money.clone(), span)
            }
        };
        let amount = cx.node(Op::If(last, due, zero), money, span);
        sheet.paid_out.push(PaidOut {
            name: name.to_owned(),
            clause: held.clause.map(|clause| clause.text.clone()),
            span,
            amount,
        });
    }
}

/// The part of an excess that is set off, as a credit or bonus that later limits also cut.
pub(super) fn credit_of(
    sheet: &Worksheet,
    kind: DeductionKind,
    (name, item): (&str, &str),
    chosen: &[usize],
    held: &Held<'_>,
    amount: NodeId,
) -> Deduction {
    let mut applied = chosen
        .iter()
        .filter_map(|at| sheet.deductions.get(*at))
        .map(|part| part.applied);
    let first = applied.next().flatten();
    Deduction {
        kind,
        name: name.to_owned(),
        item: item.to_owned(),
        title: None,
        clause: held.clause.map(|clause| clause.text.clone()),
        span: held.span,
        amount,
        held: amount,
        share: None,
        cuts: Vec::new(),
        shown_when: Some(amount),
        carried: true,
        applied: first.filter(|_| applied.all(|other| other == first)),
    }
}

pub(super) fn notice(
    cx: &mut Context<'_>,
    held: &Held<'_>,
    name: &str,
    when: NodeId,
    amount: NodeId,
    words: &str,
) {
    cx.plan.notices.push(NoticePlan {
        kind: NoticeKind::Limited,
        name: name.to_owned(),
        when,
        text: vec![Piece::Value(amount), Piece::Text(words.to_owned())],
        clause: held.clause.map(|clause| clause.text.clone()),
        span: held.span,
    });
}
