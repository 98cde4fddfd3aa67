//! The version of the language that a contract is written in, and what an older version reads differently.

use crate::catalogue;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::quantity::Exact;
use crate::syntax::tree::{
    AwardTerms, Every, Expr, ExprKind, Item, ItemKind, Number, ShareItem, SlStatement,
};
use crate::text::Span;
use crate::typing::{Context, OverTime, adds_up};

/// The version of the language that this program reads.
const NEWEST: i64 = 2;

/// Findings about what the first version of the language accepted without a word.
const ASKED: &[&str] = &[
    "open-base",
    "open-measure",
    "open-limit",
    "open-part-period",
    "ambiguous-number",
    "certain-outcome",
    "case-only-difference",
    "in-place-of-itself",
];

/// Reports what a contract in another version of the language needs. Its other findings have been reported.
pub(in crate::analyse) fn check(cx: &mut Context<'_>, number: &Number, items: &[&Item]) {
    let newest = Exact::from_integer(NEWEST);
    if number.value == newest {
        return;
    }
    if number.value != Exact::one() {
        let text = cx.quote(number.span);
        let finding = Diagnostic::error(
            "language-not-read",
            number.span,
            format!("this program does not read language {text}"),
        );
        cx.report(if number.value > newest {
            finding
                .because("the contract is written in a version that is newer than the program, and could be misread")
                .help(format!("use a newer program; this one reads language {NEWEST}"))
        } else {
            finding.help(format!("write `language {NEWEST}`"))
        });
        return;
    }
    first(cx, number, items);
}

/// A contract in the first version: what reads differently, each at its place with words that keep what it pays.
fn first(cx: &mut Context<'_>, number: &Number, items: &[&Item]) {
    let own = number.span.file;
    let others: Vec<Diagnostic> = items
        .iter()
        .filter(|item| item.span.file == own)
        .flat_map(|item| otherwise(cx, item))
        .collect();
    let asked = cx
        .diagnostics
        .iter()
        .filter(|finding| ASKED.contains(&finding.code))
        .map(|finding| finding.primary.span);
    let places: Vec<Span> = asked
        .chain(others.iter().map(|finding| finding.primary.span))
        .collect();
    let mut finding = Diagnostic::error(
        "language-not-read",
        number.span,
        "this program reads language 2, and no longer language 1".to_owned(),
    )
    .because(match places.len() {
        0 => "nothing in this contract reads differently in language 2".to_owned(),
        1 => "one place in this contract reads differently in language 2, or must say what it means"
            .to_owned(),
        all => format!(
            "{all} places in this contract read differently in language 2, or must say what they mean"
        ),
    });
    for place in &places {
        finding = finding.and_at(*place, "this reads differently");
    }
    for note in notes(cx, items) {
        finding = finding.because(note);
    }
    let finding = if others.is_empty() {
        finding
            .help("write `language 2`, or remove the item")
            .mended_by(Fix {
                title: "write `language 2`".to_owned(),
                edits: vec![Edit {
                    span: number.span,
                    text: NEWEST.to_string(),
                }],
                safe: true,
            })
    } else {
        finding.help(
            "settle each of these places, then write `language 2`; `check --fix` does both, so that the contract pays what it paid",
        )
    };
    cx.report(finding);
    for other in others {
        cx.report(other);
    }
}

/// What reads differently and has no single place, or no words that would keep it.
fn notes(cx: &Context<'_>, items: &[&Item]) -> Vec<&'static str> {
    let mut notes = Vec::new();
    if cx.lineages.is_amended() {
        notes.push(
            "over an amendment, an item now remembers what happened, not its wording: see \"What an item remembers\" \
             in the reference, and compare the months after the amendment",
        );
    }
    let replaces = |item: &&&Item| match &item.kind {
        ItemKind::Award(award) => award.dimension.is_some() && award.in_place.is_some(),
        ItemKind::ServiceLevel(level) => {
            let mut all = level.statements.iter();
            level.dimension.is_some() && all.any(|one| matches!(one, SlStatement::InPlace(..)))
        }
        _ => false,
    };
    if items.iter().any(|item| replaces(&item)) {
        notes.push("a credit with members no longer replaces its own other members");
    }
    if cx.part_months.is_some() {
        notes.push(
            "in a part month, a fixed minimum, maximum, holdback or baseline is now divided, however it is written",
        );
    }
    notes
}

/// What in an item the first version read differently, although nothing is asked about it now.
fn otherwise(cx: &Context<'_>, item: &Item) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match &item.kind {
        ItemKind::Share(share) => {
            if let ShareItem::Gain(gain) = share.as_ref()
                && gain.every.is_some_and(|(every, _)| every != Every::Month)
            {
                found.extend(target(cx, &gain.target));
            }
        }
        ItemKind::Award(award) => {
            if let AwardTerms::Amount(amount) = &award.terms
                && award.every.is_some_and(|(every, _)| every != Every::Month)
            {
                found.extend(per_month(cx, amount));
            }
        }
        _ => {}
    }
    for (place, path) in super::super::items::references(item).measured_over {
        let symbol = cx.symbols.get(&path.name.text);
        let summed = symbol.is_some_and(|symbol| {
            symbol.what == catalogue::ItemKind::Metric && adds_up(&symbol.kind)
        });
        if summed {
            found.push(sum_of_metric(cx, place, path.span));
        }
    }
    found
}

/// A fixed target was one for each month.
fn target(cx: &Context<'_>, target: &Expr) -> Option<Diagnostic> {
    let is_fixed = cx.over_time(target) == OverTime::Fixed;
    let is_amount = matches!(&target.kind, ExprKind::Quantity(_, unit) if unit.below.is_empty());
    let per_month = matches!(&target.kind, ExprKind::Quantity(_, unit) if !unit.below.is_empty());
    if !is_fixed || per_month {
        return None;
    }
    let words = cx.quote(target.span);
    let finding = Diagnostic::error(
        "language-not-read",
        target.span,
        format!(
            "in language 2, `{words}` is the target of the period, and no longer of each month"
        ),
    );
    let end = Span {
        start: target.span.end,
        ..target.span
    };
    Some(if is_amount {
        finding
            .help(format!(
                "write `{words} per month`, so that it stays what it was"
            ))
            .mended_by(fix(end, " per month", "keep it for each month"))
    } else {
        finding.help("multiply it by the months of the period, so that it stays what it was")
    })
}

/// Money for each month meant the amount of the period's last month.
fn per_month(cx: &Context<'_>, amount: &Expr) -> Option<Diagnostic> {
    let ExprKind::Quantity(_, unit) = &amount.kind else {
        return None;
    };
    let [below] = unit.below.as_slice() else {
        return None;
    };
    if !matches!(below.text.as_str(), "month" | "months") {
        return None;
    }
    let words = cx.quote(amount.span);
    let per = Span {
        start: unit.above.span.end,
        ..amount.span
    };
    let finding = Diagnostic::error(
        "language-not-read",
        amount.span,
        format!("in language 2, `{words}` is the sum over the months of the period"),
    );
    Some(
        finding
            .help("remove `per month`, so that it stays what it was")
            .mended_by(fix(per, "", "keep the amount")),
    )
}

/// A metric over several months was the sum of its monthly values.
fn sum_of_metric(cx: &Context<'_>, place: Span, path: Span) -> Diagnostic {
    let (words, name) = (cx.quote(place), cx.quote(path));
    let window = match words.rsplit_once(" the ") {
        Some((_, "quarter")) => "calendar quarter",
        Some((_, window)) => window,
        None => "term",
    };
    let instead = format!("(sum of {name} over {window})");
    let finding = Diagnostic::error(
        "language-not-read",
        place,
        format!(
            "in language 2, `{words}` is the formula of `{name}` with its counts summed, and no longer the sum of its values"
        ),
    );
    finding
        .help(format!("write `{instead}`, so that it stays what it was"))
        .mended_by(fix(place, &instead, "keep the sum of its values"))
}

fn fix(span: Span, text: &str, title: &str) -> Fix {
    Fix {
        title: title.to_owned(),
        edits: vec![Edit {
            span,
            text: text.to_owned(),
        }],
        safe: true,
    }
}
