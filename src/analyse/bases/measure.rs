//! The findings if a KPI exists for each month, and the months are not named.

use crate::diagnostic::Diagnostic;
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Expr, ExprKind, ItemKind, ProductOp, SlStatement};
use crate::typing::{Context, adds_up};

use super::asked::Asked;
use super::open::Open;
use super::{Looking, Settled, at_all};

/// The finding that the contract does not say which months the KPI is meant for.
pub(super) fn missing(
    cx: &Context<'_>,
    looking: &Looking<'_>,
    asked: &Asked<'_>,
    open: &Open,
) -> Diagnostic {
    let words = cx.quote(open.span());
    let mut finding = Diagnostic::error(
        "open-measure",
        open.span(),
        format!("the contract does not say which months `{words}` is meant for"),
    )
    .here(format!(
        "{} {}, and measured each month",
        asked.what,
        asked.settled.words()
    ));
    finding = at_all(finding, open);
    let name = open.name.clone().unwrap_or_default();
    let over = cx.over.get(&(name, asked.settled.window()));
    let of = asked.settled.of();
    let this_month = format!("`{words} of this month` for the month in which it is settled");
    let finding = match over {
        Some(Err(refused)) => finding
            .because(format!("`{words} {of}` cannot be computed: {}", refused.why))
            .help(format!(
                "write {this_month}, or let a separate metric take the average of the months: `average of {words} \
                 over {}`",
                asked.settled.over()
            )),
        _ => finding
            .because(example(cx, looking, asked, open, &words))
            .help(format!(
                "write `{words} {of}` for all its months together, so that a month with more cases weighs more, or \
                 {this_month}"
            )),
    };
    match looking.behind(&open.places, "of this month", "take this month's", true) {
        Some(fix) => finding.mended_by(fix),
        None => finding,
    }
}

/// The results of both readings if only the last month is good.
fn example(
    cx: &Context<'_>,
    looking: &Looking<'_>,
    asked: &Asked<'_>,
    open: &Open,
    words: &str,
) -> String {
    let shown = |value: &Exact| Figure::new(value.clone(), open.value.clone()).to_string();
    let Some((bad, good, target)) = values(looking, asked, open) else {
        return "the two readings differ wherever its months do".to_owned();
    };
    let months = asked.settled.months(cx);
    let earlier = bad.multiply(&Exact::from_integer(months - 1));
    let sum = earlier.add(&good);
    let is_sum = adds_up(&open.value) && !is_quotient(looking, open);
    let all = if is_sum {
        Some(sum)
    } else {
        sum.divide(&Exact::from_integer(months))
    };
    let all = all.unwrap_or_else(|| good.clone());
    let better = |value: &Exact| {
        let higher = open
            .name
            .as_ref()
            .and_then(|name| looking.directions.get(name));
        match higher {
            Some(true) => value >= &good,
            _ => value <= &good,
        }
    };
    let judged = |value: &Exact| match (target, better(value)) {
        (false, _) => "",
        (true, true) => ", and the target is met",
        (true, false) => ", and the target is missed",
    };
    let of = asked.settled.of();
    let earlier = match asked.settled {
        Settled::Each(crate::syntax::tree::Every::Quarter) => "in two months",
        _ => "in all months but the last",
    };
    let equal = if is_sum {
        ""
    } else {
        ", of equally many cases"
    };
    format!(
        "with {} {earlier} and {} in the last{equal}, `{words} {of}` is {}{}; `{words} of this month` is {}{}",
        shown(&bad),
        shown(&good),
        shown(&all),
        judged(&all),
        shown(&good),
        judged(&good)
    )
}

/// A value of a bad month and one of a good month, and whether that is the target.
fn values(looking: &Looking<'_>, asked: &Asked<'_>, open: &Open) -> Option<(Exact, Exact, bool)> {
    let percent = |number: i64| Exact::ratio(number, 100);
    let target = asked.level.and_then(|level| {
        let mut targets = level.statements.iter();
        targets.find_map(|statement| match statement {
            SlStatement::Target(value, ..) => number(value),
            _ => None,
        })
    });
    let higher = open
        .name
        .as_ref()
        .and_then(|name| looking.directions.get(name));
    match (target, higher) {
        (Some(target), Some(higher)) if !target.is_zero() => {
            let (less, more) = (Exact::ratio(3, 4)?, Exact::ratio(5, 4)?);
            let step = percent(30).filter(|step| open.value == Type::Percent && *step < target);
            let bad = match (higher, step) {
                (true, Some(step)) => target.subtract(&step),
                (true, None) => target.multiply(&less),
                (false, _) => target.multiply(&more),
            };
            Some((bad, target, true))
        }
        _ if open.value == Type::Percent => Some((percent(50)?, percent(80)?, false)),
        _ => None,
    }
}

fn number(expr: &Expr) -> Option<Exact> {
    match &expr.kind {
        ExprKind::Number(number) | ExprKind::Percent(number) | ExprKind::Quantity(number, _) => {
            Some(number.clone())
        }
        _ => None,
    }
}

/// Whether its formula divides.
fn is_quotient(looking: &Looking<'_>, open: &Open) -> bool {
    looking.items.iter().any(|item| match &item.kind {
        ItemKind::Metric(metric) if Some(&metric.name.text) == open.name.as_ref() => {
            metric.formula.as_ref().is_some_and(divides)
        }
        _ => false,
    })
}

fn divides(expr: &Expr) -> bool {
    let here = matches!(&expr.kind, ExprKind::Product(factors)
        if factors.iter().any(|(op, _)| *op == ProductOp::Over));
    here || expr.parts().into_iter().any(divides)
}
