//! The findings if an amount, a count or a share exists for each month, and the months are not named.

use crate::diagnostic::Diagnostic;
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Expr, ExprKind, ItemKind};
use crate::typing::Context;

use super::asked::{Asked, Runs, TARGET};
use super::open::{Kind, Open};
use super::{Looking, Settled, at_all};

/// The finding that the contract does not say which months are meant.
pub(super) fn missing(
    cx: &Context<'_>,
    looking: &Looking<'_>,
    asked: &Asked<'_>,
    open: &Open,
) -> Diagnostic {
    let words = cx.quote(open.span());
    let verb = if words.ends_with('s') { "are" } else { "is" };
    let mut finding = Diagnostic::error(
        "open-base",
        open.span(),
        format!("the contract does not say which months `{words}` {verb} meant for"),
    )
    .here(format!(
        "{} {}, and each month has a different one",
        asked.what,
        asked.settled.words()
    ));
    finding = at_all(finding, open);
    finding = finding.because(match open.kind {
        Kind::Amount => of_amount(cx, looking, asked.settled, open, &words),
        _ => format!(
            "`{words}` is {}, which does not add up over several months",
            open.value
        ),
    });
    let finding = finding.help(help(asked, open, &words));
    let fix = match asked.runs {
        // Such a limit was not accepted before, so there is no reading to keep.
        Some(Runs::Limit) => looking.behind(
            &open.places,
            &format!("{} so far", asked.settled.of()),
            "take those of the months so far",
            false,
        ),
        // A target was the sum of its values in each month.
        _ if asked.what == TARGET && open.kind == Kind::Amount => {
            let of = asked.settled.of();
            looking.behind(&open.places, &of, "take all months of the period", true)
        }
        _ => looking.behind(&open.places, "of this month", "take this month's", true),
    };
    match fix {
        Some(fix) => finding.mended_by(fix),
        None => finding,
    }
}

/// The results of both readings in the same example.
fn of_amount(
    cx: &Context<'_>,
    looking: &Looking<'_>,
    settled: Settled,
    open: &Open,
    words: &str,
) -> String {
    let once = usual(looking, open);
    let all = once.multiply(&Exact::from_integer(settled.months(cx)));
    let shown = |value: Exact, kind: Type| Figure::new(value, kind).to_string();
    let base = shown(once.clone(), open.value.clone());
    let rate = open.rate.as_ref().and_then(|rate| match &rate.kind {
        ExprKind::Percent(rate) => Some((rate, cx.quote(rate_span(rate, open)))),
        _ => None,
    });
    let over = settled.of();
    match rate {
        Some((rate, quoted)) => format!(
            "with {base} in each month, {quoted} of this month's is {}, and of those {over} it is {}",
            shown(once.multiply(rate), open.value.clone()),
            shown(all.multiply(rate), open.value.clone())
        ),
        None => format!(
            "with {base} in each month, `{words} of this month` is {base}, and `{words} {over}` is {}",
            shown(all, open.value.clone())
        ),
    }
}

fn rate_span(_: &Exact, open: &Open) -> crate::text::Span {
    open.rate.as_ref().map_or(open.span(), |rate| rate.span)
}

/// The usual value in a month: the nominal value, if it is an input that has one.
fn usual(looking: &Looking<'_>, open: &Open) -> Exact {
    let nominal = looking.items.iter().find_map(|item| match &item.kind {
        ItemKind::Input(input) if Some(&input.name.text) == open.name.as_ref() => {
            input.nominal.as_ref()
        }
        _ => None,
    });
    nominal
        .and_then(number)
        .filter(|number| !number.is_zero())
        .unwrap_or_else(|| Exact::from_integer(10_000))
}

fn number(expr: &Expr) -> Option<Exact> {
    match &expr.kind {
        ExprKind::Number(number) | ExprKind::Quantity(number, _) => Some(number.clone()),
        _ => None,
    }
}

fn help(asked: &Asked<'_>, open: &Open, words: &str) -> String {
    let over = asked.settled.of();
    let this_month = format!("`{words} of this month` for the month in which it is settled");
    match (open.kind, asked.runs, asked.settled) {
        (Kind::Amount, Some(Runs::Limit), Settled::Each(_) | Settled::Term) => format!(
            "write `{words} {over} so far`, which is the sum up to the computed month; `{words} {}`, the sum of the \
             whole period, known at its end; or `{words} of this month`",
            over.replace("of the", "of the whole")
        ),
        (Kind::Amount, _, Settled::Rolling(_)) => format!(
            "write `{words} {over}`, which is the sum up to the computed month, or `{words} of this month`"
        ),
        (Kind::Amount, Some(Runs::AtRisk), _) => format!(
            "write `{words} {over} so far`, which is the sum up to the month in which it is settled, or `{words} of this month`"
        ),
        (Kind::Amount, ..) => format!("write `{words} {over}` for the sum, or {this_month}"),
        (Kind::Flag, ..) => format!(
            "write {this_month}, or `(count of {words} over {}) >= 1` for any of its months",
            asked.settled.over()
        ),
        (Kind::Other | Kind::Measure, ..) => format!(
            "write {this_month}, or `average of {words} over {}` for the average of its months",
            asked.settled.over()
        ),
    }
}
