//! Which months' charges a limit of several months is a share of: the contract must say it.

use crate::calendar::Month;
use crate::diagnostic::Diagnostic;
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Builtin, Every, Expr, ExprKind};
use crate::text::Span;
use crate::typing::{Context, SymbolKind, Typed};

use super::Period;

/// Whether it is clear of which months the amounts in a limit are; a finding if it is not.
pub(super) fn is_clear(cx: &mut Context<'_>, to: &Expr, cap: &Typed, period: Period) -> bool {
    if period == Period::Each(Every::Month) {
        return true;
    }
    let Some(open) = open_amount(cx, to) else {
        return true;
    };
    let words = cx.quote(open);
    let months = match period {
        Period::Each(Every::Month) => 1,
        Period::Each(Every::Quarter) => 3,
        Period::Each(Every::ContractYear | Every::CalendarYear) => 12,
        Period::Rolling(months) => i64::from(months),
        Period::Term => cx.term.map_or(12, |term| {
            i64::from(Month::of(term.last).since(Month::of(term.first)) + 1)
        }),
    };
    let (over, period_words) = match period {
        Period::Each(Every::Month | Every::Quarter) => ("the quarter".to_owned(), "for a quarter"),
        Period::Each(Every::ContractYear) => ("the contract year".to_owned(), "for a year"),
        Period::Each(Every::CalendarYear) => ("the calendar year".to_owned(), "for a year"),
        Period::Rolling(months) => (format!("the last {months} months"), "for several months"),
        Period::Term => ("the term".to_owned(), "for the whole term"),
    };
    let mut finding = Diagnostic::error(
        "open-base",
        open,
        format!("it is not said of which months `{words}` are meant"),
    )
    .here(format!(
        "a limit {period_words}, and an amount of each month"
    ));
    finding = finding.because(match example(cx, cap, months) {
        Some((once, all)) => format!(
            "where `{words}` are 10 000 a month, this month's give a limit of {once}, and those of {over} {all}"
        ),
        None => "the two readings give different limits".to_owned(),
    });
    let finding = finding.help(format!(
        "write `{words} of {over}`, which is the sum up to the month that is computed, or `{words} of this month`"
    ));
    cx.report(finding);
    false
}

/// What the limit is by the one reading and by the other, where it is a fixed share.
fn example(cx: &Context<'_>, cap: &Typed, months: i64) -> Option<(Figure, Figure)> {
    let share = cap.share.as_deref()?;
    let rate = share.rate.constant.as_ref()?;
    let once =
        (share.rate.kind == Type::Percent).then(|| rate.multiply(&Exact::from_integer(10_000)))?;
    let all = once.multiply(&Exact::from_integer(months));
    Some((Figure::new(once, cx.money()), Figure::new(all, cx.money())))
}

/// The first amount of a single month in an expression. A definition or an input says itself what it is.
fn open_amount(cx: &Context<'_>, expr: &Expr) -> Option<Span> {
    let any = |all: &[Expr]| all.iter().find_map(|one| open_amount(cx, one));
    match &expr.kind {
        ExprKind::Builtin(
            Builtin::Charges
            | Builtin::AdjustedCharges
            | Builtin::Adjustments
            | Builtin::Credits
            | Builtin::Bonuses
            | Builtin::Total,
        ) => Some(expr.span),
        ExprKind::Name(path) | ExprKind::TotalOf(path) => {
            let symbol = cx.symbols.get(&path.name.text)?;
            match symbol.what {
                SymbolKind::Charge
                | SymbolKind::ServiceLevel
                | SymbolKind::Credit
                | SymbolKind::Bonus => Some(expr.span),
                _ => None,
            }
        }
        ExprKind::Sum(terms) => terms.iter().find_map(|(_, term)| open_amount(cx, term)),
        ExprKind::Product(factors) => factors.iter().find_map(|(_, one)| open_amount(cx, one)),
        ExprKind::Dated(first, later) => open_amount(cx, first)
            .or_else(|| later.iter().find_map(|one| open_amount(cx, &one.value))),
        ExprKind::Call(_, all) => any(all),
        ExprKind::Negate(one) | ExprKind::Rounded(one, _) | ExprKind::Units(_, one) => {
            open_amount(cx, one)
        }
        ExprKind::Of(one, other) | ExprKind::IfKnown(one, other) => {
            open_amount(cx, one).or_else(|| open_amount(cx, other))
        }
        ExprKind::If(arms, otherwise) => arms
            .iter()
            .find_map(|(_, value)| open_amount(cx, value))
            .or_else(|| open_amount(cx, otherwise)),
        _ => None,
    }
}
