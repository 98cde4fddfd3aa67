//! De minimis: credits that are too small to be settled are dropped, or wait until they are large enough.
//!
//! The stated amount itself is enough after `below`, and too small after `at most`. What waits is kept separately, and has its
//! own line once the credits together with what waits are large enough. The last month of the term pays it out or lets it lapse,
//! as the contract says. A month that could not be computed stops the later ones.

use crate::ledger::{NoticeKind, StepKind};
use crate::program::{Comparison, EveryMonth, NodeId, NoticePlan, Op, Piece};
use crate::quantity::Type;
use crate::syntax::tree::{Excess, Small, Text};
use crate::text::Span;
use crate::typing::Context;

use super::award::above_zero;
use super::open_amount::{OpenAmount, or_month};
use super::{Deduction, DeductionKind, Worksheet, choice};

/// Reads `credits below 100 EUR each are dropped`.
pub fn read(cx: &mut Context<'_>, sheet: &mut Worksheet, small: &Small, clause: Option<&Text>) {
    let below = cx.expression(&small.below);
    let below = cx.demand_amount(below, "the least amount that is settled");
    let span = small.span;
    let (Some(together), Some(then)) = (small.together, small.then.as_ref()) else {
        ask(cx, small);
        return;
    };
    let paid_out = match then {
        Excess::Lapses => None,
        Excess::Carried {
            paid_out: Some(paid_out),
            ..
        } => Some(*paid_out),
        Excess::Carried { span, .. } => {
            cx.missing(
                "open-excess",
                *span,
                "the contract does not say what happens to what is still carried forward at the end of the term".to_owned(),
                "if 80 is still carried forward then, the customer would get 80 in one reading and nothing in the \
                 other",
                "add `, paid out at the end of the term` or `, lapsing at the end of the term`".to_owned(),
            );
            return;
        }
    };
    if below.is_unknown() {
        return;
    }
    let credits = sheet.deductions.iter().enumerate();
    let credits = credits.filter(|(_, part)| part.kind == DeductionKind::Credit);
    let all: Vec<usize> = credits.map(|(at, _)| at).collect();
    let groups: Vec<Vec<usize>> = if together {
        vec![all]
    } else {
        all.into_iter().map(|at| vec![at]).collect()
    };
    let terms = Terms {
        least: cx.line_amount(below.node, below.span),
        too_small: if small.itself {
            Comparison::AtMost
        } else {
            Comparison::Below
        },
        words: format!("credits {}", cx.quote(span)),
        paid_out,
        clause: clause.map(|clause| clause.text.clone()),
        span,
    };
    for group in groups.iter().filter(|group| !group.is_empty()) {
        terms.hold(cx, sheet, group, together);
    }
}

fn ask(cx: &mut Context<'_>, small: &Small) {
    let amount = cx.quote(small.below.span);
    let below = if small.itself { "at most" } else { "below" };
    if small.together.is_none() {
        cx.missing(
            "open-least-amount",
            small.span,
            format!("the contract does not say whether each credit must reach {amount}, or all of a month together"),
            "two credits just below it would be nothing in one reading, and nearly twice the amount in the other",
            format!("write `credits {below} {amount} each …`, or `credits {below} {amount} together …`"),
        );
    } else {
        cx.missing(
            "open-least-amount",
            small.span,
            format!("the contract does not say what happens to credits {below} {amount}"),
            "they would be nothing in one reading, and paid later in the other",
            format!(
                "write `credits {below} {amount} {} are dropped`, or `are carried forward, paid out at the end of the term`",
                if small.together == Some(true) { "together" } else { "each" }
            ),
        );
    }
}

/// The contract's terms for small credits.
struct Terms {
    least: NodeId,
    too_small: Comparison,
    words: String,
    /// Whether what waits is paid out at the end of the term; nothing if small credits are dropped.
    paid_out: Option<bool>,
    clause: Option<String>,
    span: Span,
}

/// How what waits ends.
struct End {
    /// The last month in which it can be settled.
    settled: NodeId,
    /// The month at whose end it lapses, if an amendment lets it lapse.
    lapsed: Option<NodeId>,
}

impl Terms {
    /// Drops or keeps back the credits that are added together.
    fn hold(&self, cx: &mut Context<'_>, sheet: &mut Worksheet, group: &[usize], together: bool) {
        let (money, span) = (cx.money(), self.span);
        let parts = || group.iter().filter_map(|at| sheet.deductions.get(*at));
        let amounts: Vec<NodeId> = parts().map(|part| part.amount).collect();
        let applied = parts().map(|part| part.applied).next().flatten();
        let (name, item) = match parts().next() {
            Some(part) if !together => (part.name.clone(), part.item.clone()),
            _ => ("credits".to_owned(), "credits".to_owned()),
        };
        let now = cx.sum(amounts, money.clone(), span);
        let zero = cx.number(0, money.clone(), span);
        let credit = parts().next().map(|part| part.span).filter(|_| !together);
        let what = match credit {
            // What waits separately for a credit ends with that credit. Another credit with the same name is a
            // different one.
            Some(credit) => format!("waiting {name} of {}", cx.identity(credit)),
            None => "waiting together".to_owned(),
        };
        let waiting = self.paid_out.map(|_| {
            let waiting = OpenAmount::new(cx, span, &what, &money);
            let words = format!("{name} carried forward until now");
            cx.graph.label(waiting.before, StepKind::Part, words, None);
            waiting
        });
        let all = match &waiting {
            Some(waiting) => cx.sum(vec![waiting.before, now], money.clone(), span),
            None => now,
        };
        let mut held = cx.node(
            Op::Compare(self.too_small, all, self.least),
            Type::Flag,
            span,
        );
        // Credits that are dropped leave nothing open.
        let end = waiting.as_ref().map(|_| self.end(cx, &what, credit));
        if let (Some(true), Some(end)) = (self.paid_out, &end) {
            let open = cx.node(Op::Not(end.settled), Type::Flag, span);
            held = cx.node(Op::And(Box::new([open, held])), Type::Flag, span);
        }
        cx.graph.label(
            held,
            StepKind::Condition,
            self.words.clone(),
            self.clause.clone(),
        );
        for at in group {
            choice::drop_when(
                cx,
                sheet,
                *at,
                held,
                &self.words,
                self.clause.as_deref(),
                span,
            );
        }
        let (Some(waiting), Some(end)) = (waiting, end) else {
            return;
        };
        let kept = cx.node(Op::If(held, all, zero), money.clone(), span);
        waiting.leave(cx, kept);
        let released = cx.node(Op::If(held, zero, waiting.before), money, span);
        self.tell(cx, &name, kept, &end);
        sheet.deductions.push(Deduction {
            kind: DeductionKind::Credit,
            name,
            item,
            title: None,
            clause: self.clause.clone(),
            span,
            amount: released,
            held: released,
            share: None,
            cuts: Vec::new(),
            carried: true,
            shown_when: Some(released),
            applied: applied.filter(|_| !together),
        });
    }

    /// The last month in which what waits can be settled, and the month in which it lapses because an amendment says
    /// so. The amendment may end the clause, or the credit for which it waits separately.
    fn end(&self, cx: &mut Context<'_>, what: &str, credit: Option<Span>) -> End {
        let span = self.span;
        let month = cx.keep_settled(span, what);
        let lapses = cx.lapses(span) || credit.is_some_and(|credit| cx.lapses(credit));
        let (settled, lapsed) = if lapses { (None, month) } else { (month, None) };
        let end = cx.node(Op::Ends(EveryMonth::TermEnd), Type::Flag, span);
        let no = cx.number(0, Type::Flag, span);
        End {
            settled: or_month(cx, span, settled, end),
            lapsed: lapsed.map(|month| or_month(cx, span, Some(month), no)),
        }
    }

    fn tell(&self, cx: &mut Context<'_>, name: &str, kept: NodeId, end: &End) {
        let span = self.span;
        let some = above_zero(cx, kept, span);
        let ends = [Some(end.settled), end.lapsed].into_iter().flatten();
        let ends = cx.node(Op::Or(ends.collect()), Type::Flag, span);
        let goes_on = cx.node(Op::Not(ends), Type::Flag, span);
        let mut given = vec![(goes_on, " is carried forward: too small to be settled")];
        if self.paid_out == Some(false) {
            given.push((end.settled, " lapses at the end of the term"));
        }
        if let Some(lapsed) = end.lapsed {
            given.push((lapsed, " lapses, as the amendment says"));
        }
        for (when, words) in given {
            let when = cx.node(Op::And(Box::new([when, some])), Type::Flag, span);
            cx.plan.notices.push(NoticePlan {
                kind: NoticeKind::Limited,
                name: name.to_owned(),
                when,
                text: vec![Piece::Value(kept), Piece::Text(words.to_owned())],
                clause: self.clause.clone(),
                span,
            });
        }
    }
}
