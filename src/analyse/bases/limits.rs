//! Whether a limit over several months applies from month to month, or is known at their end.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::quantity::{Exact, Figure};
use crate::syntax::tree::{Along, Expr, ExprKind, Item, ItemKind, LimitPeriod, Months, WindowKind};
use crate::text::Span;
use crate::typing::Context;

use super::super::items::references;
use super::asked::Runs;
use super::{Looking, Settled};

/// Asks about each amount over several months in what a limit allows.
pub(super) fn ask(
    cx: &mut Context<'_>,
    looking: &Looking<'_>,
    expr: &Expr,
    (settled, runs): (Settled, Runs),
) {
    match &expr.kind {
        ExprKind::OfMonths(of, months) => {
            if let Months::Over(window, Along::Open) = months.as_ref()
                && !matches!(window.kind, WindowKind::Last(_) | WindowKind::Previous(_))
            {
                open(cx, looking, (of, expr.span, None), (settled, runs));
            }
        }
        ExprKind::Of(rate, base) => match (&rate.kind, &base.kind) {
            (ExprKind::Percent(share), ExprKind::OfMonths(of, months))
                if matches!(months.as_ref(), Months::Over(window, Along::Open)
                    if !matches!(window.kind, WindowKind::Last(_) | WindowKind::Previous(_))) =>
            {
                open(cx, looking, (of, base.span, Some(share)), (settled, runs));
            }
            _ => {
                ask(cx, looking, rate, (settled, runs));
                ask(cx, looking, base, (settled, runs));
            }
        },
        ExprKind::Window(..) | ExprKind::Previous(..) | ExprKind::InARow(_) => {}
        _ => {
            for part in expr.parts() {
                ask(cx, looking, part, (settled, runs));
            }
        }
    }
}

fn open(
    cx: &mut Context<'_>,
    looking: &Looking<'_>,
    (of, place, share): (&Expr, Span, Option<&Exact>),
    (settled, runs): (Settled, Runs),
) {
    let (words, base) = (cx.quote(place), cx.quote(of.span));
    let finding = Diagnostic::error(
        "open-limit",
        place,
        format!(
            "the contract does not say whether the limit of `{words}` applies from month to month"
        ),
    )
    .here(format!("{}, and applied in each month", settled.words()));
    let finding = match runs {
        Runs::Limit => finding.because(example(cx, settled, share, &base)).help(format!(
            "write `{words} so far` if what a month cuts lapses, or `{}` if it is made up at the end as far as the whole \
             period allows",
            whole(&words)
        )),
        Runs::AtRisk => finding
            .because("some of its service levels are settled before the period ends, when the amount is not yet known")
            .help(format!(
                "write `{words} so far` for the amount up to the month that is settled, or `{base} of this month`"
            )),
    };
    let fix = looking.behind(&[place], "so far", "apply it from month to month", true);
    cx.report(match fix {
        Some(fix) => finding.mended_by(fix),
        None => finding,
    });
}

/// `charges of the whole quarter`
fn whole(words: &str) -> String {
    match words.rsplit_once(" the ") {
        Some((before, period)) => format!("{before} the whole {period}"),
        None => words.to_owned(),
    }
}

/// What is left of a credit in the first month in either reading.
fn example(cx: &Context<'_>, settled: Settled, share: Option<&Exact>, base: &str) -> String {
    let readings = share.and_then(|share| {
        let now = share.multiply(&Exact::from_integer(10_000));
        let all = now.multiply(&Exact::from_integer(settled.months(cx)));
        let credit = now.multiply(&Exact::ratio(5, 2)?);
        let credit = if credit > all { all } else { credit };
        let shown = |value: Exact| Figure::new(value, cx.money()).to_string();
        Some(format!(
            "with `{base}` of 10 000 in each month, a credit of {} in the first month is cut to {} in one reading, \
             and comes to {} in the end in the other",
            shown(credit.clone()),
            shown(now),
            shown(credit)
        ))
    });
    readings.unwrap_or_else(|| {
        "what the first months cut lapses in one reading, and is made up at the end in the other".to_owned()
    })
}

/// Refuses `of the whole quarter` if nothing could be made up at the end of the period.
pub(super) fn check_whole(cx: &mut Context<'_>, item: &Item) {
    let period = match &item.kind {
        ItemKind::Limit(limit) => match limit.period {
            LimitPeriod::Each(every) => Some(Settled::Each(every)),
            LimitPeriod::Term => Some(Settled::Term),
            LimitPeriod::Rolling(_) => None,
        },
        _ => None,
    };
    for (place, window) in references(item).whole {
        let months = Context::stated_months(&window);
        let own = period.is_some_and(|period| months == Some(period.window()));
        if !own {
            refuse(cx, place, period.is_some());
        }
    }
}

fn refuse(cx: &mut Context<'_>, place: Span, in_limit: bool) {
    let words = cx.quote(place);
    let text = cx.sources.slice(place);
    let plain = words.replacen(" whole ", " ", 1);
    let finding = Diagnostic::error(
        "whole-period",
        place,
        format!("`{words}` can be known only at the end of the period of a limit"),
    );
    let finding = if in_limit {
        finding
            .because("the limit has another period, and nothing could be made up at its end")
            .help(format!(
                "name the limit's own period, or write `{plain} so far`"
            ))
    } else {
        finding
            .because("until then a limit counts the months so far, and makes up the rest at the end; nothing else does")
            .help(format!("write `{plain}`, which is the sum up to the computed month"))
    };
    let fix = text.rfind("whole").map(|at| {
        let start = place.start as usize + at;
        let rest = text.get(at + 5..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start().len();
        Fix {
            title: "take the months so far".to_owned(),
            edits: vec![Edit {
                span: Span::new(place.file, start, start + 5 + blanks),
                text: String::new(),
            }],
            safe: false,
        }
    });
    cx.report(match fix {
        Some(fix) => finding.mended_by(fix),
        None => finding,
    });
}
