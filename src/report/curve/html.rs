//! Curves as a page for a browser or a printer.

use crate::quantity::{Currency, Exact, Figure, Type};
use crate::report::amount::grouped;
use crate::report::chart::{Dot, DotKind, Jump, LineChart, Upright, ticks};
use crate::report::escape::markup::{escaped, in_words, name};
use crate::report::page::{Page, STYLE};

use super::words::{
    called, extremes, gist, heading, map_title, marker, marker_word, money, short, signed, slope,
    source, value, varied,
};
use super::{Curve, Curves, Map, Step};

/// The style of maps.
const MAP_STYLE: &str = include_str!("html/style.css");

/// The sizes of a chart: for a desk and for a telephone.
const WIDE: (i64, i64) = (940, 400);
const NARROW: (i64, i64) = (360, 320);

/// The most steps of which the chart says the amount.
const MOST_LABELS: usize = 12;

/// The page.
#[must_use]
pub fn render(curves: &Curves) -> String {
    let title = heading(curves);
    let currency = curves.currency;
    let mut body = format!(
        "<main>\n<header>\n<h1>{}</h1>\n<p class=\"faint\">{}</p>\n</header>\n",
        name(&title),
        in_words(&source(curves)),
    );
    for curve in &curves.curves {
        body.push_str(&section(curve, currency));
    }
    if let Some(map) = &curves.map {
        body.push_str(&of_map(map, currency));
    }
    if !curves.without.is_empty() {
        let items = curves.without.iter().map(|without| {
            format!(
                "<li><code>{}</code>: {}</li>\n",
                name(&without.name),
                in_words(&without.why)
            )
        });
        body.push_str(&format!(
            "<section>\n<h2>Without a curve</h2>\n<ul>\n{}</ul>\n</section>\n",
            items.collect::<String>()
        ));
    }
    body.push_str(&format!(
        "<footer><p>{}. Each amount was computed by the exact evaluator of quidpro {}; lines between two amounts are drawn \
         only where the amounts in between are on them, up to the rounding of lines.</p></footer>\n</main>\n",
        name(&curves.file),
        env!("CARGO_PKG_VERSION")
    ));
    Page {
        generator: "quidpro curve",
        title: &title,
        styles: &[STYLE, MAP_STYLE],
        body: &body,
    }
    .render()
}

fn section(curve: &Curve, currency: Currency) -> String {
    let clause = curve.clause.as_deref();
    let clause = clause.map_or_else(String::new, |clause| {
        format!(" <span class=\"faint\">{}</span>", name(clause))
    });
    let called_in_contract = if curve.title.is_some() {
        format!(" <code>{}</code>", name(&curve.name))
    } else {
        String::new()
    };
    let charts = if extremes(curve).is_some_and(|(least, most)| least != most) {
        format!(
            "<figure>\n<div class=\"wide\">\n{}</div>\n<div class=\"narrow\">\n{}</div>\n</figure>\n",
            chart(curve, currency, WIDE).render(),
            chart(curve, currency, NARROW).render()
        )
    } else {
        String::new()
    };
    format!(
        "<section>\n<h2>{}{called_in_contract}{clause}</h2>\n<p>{}</p>\n{}{charts}{}{}<p class=\"faint\">{}</p>\n</section>\n",
        name(&called(curve)),
        escaped(&gist(curve, currency)),
        facts(curve, currency),
        pieces(curve, currency),
        past(curve, currency),
        in_words(&varied(curve)),
    )
}

/// The month itself, and the marked values.
fn facts(curve: &Curve, currency: Currency) -> String {
    let now = curve.now.as_ref().map(|now| {
        format!(
            "the month itself: <span class=\"strong\">{}</span>, {}",
            escaped(&value(curve, &now.value)),
            escaped(&money(&now.total, currency))
        )
    });
    let marked = curve
        .markers
        .iter()
        .map(|one| in_words(&marker(one, curve)));
    let all = now.into_iter().chain(marked);
    let items: String = all.map(|item| format!("<li>{item}</li>\n")).collect();
    if items.is_empty() {
        items
    } else {
        format!("<ul>\n{items}</ul>\n")
    }
}

fn chart(curve: &Curve, currency: Currency, size: (i64, i64)) -> LineChart {
    let (least, most) = extremes(curve).unwrap_or_else(|| (Exact::zero(), Exact::one()));
    let low = curve.pieces.first().map(|piece| piece.from.value.clone());
    let high = curve.pieces.last().map(|piece| piece.to.value.clone());
    let (low, high) = (
        low.unwrap_or_else(Exact::zero),
        high.unwrap_or_else(Exact::one),
    );
    let across = if size.0 > 600 { 10 } else { 4 };
    let x = ticks(&low, &high, across).into_iter();
    let x = x.filter(|tick| *tick > low && *tick < high);
    let x = std::iter::once(low.clone()).chain(x).chain([high.clone()]);
    let y = ticks(&least, &most, 5).into_iter();
    let place = |value: &Exact, amount: &Exact| (value.clone(), amount.clone());
    let total_at = |value: &Exact| {
        let mut ends = curve
            .pieces
            .iter()
            .flat_map(|piece| [&piece.from, &piece.to]);
        let found = ends.find(|point| point.value == *value);
        found.map(|point| point.total.clone())
    };
    let mut largest: Vec<Exact> = curve
        .steps
        .iter()
        .filter_map(|step| Some(step.change.as_ref()?.abs()))
        .collect();
    largest.sort();
    let least_shown = largest
        .iter()
        .rev()
        .nth(MOST_LABELS.saturating_sub(1))
        .cloned();
    let jumps = curve.steps.iter().filter_map(|step| {
        let change = step.change.as_ref()?;
        let is_shown = least_shown
            .as_ref()
            .is_none_or(|least| change.abs() >= *least);
        Some(Jump {
            from: (step.below.clone(), total_at(&step.below)?),
            to: (step.above.clone(), total_at(&step.above)?),
            label: if is_shown {
                signed_number(change, currency)
            } else {
                String::new()
            },
        })
    });
    let uprights = curve.markers.iter().map(|marker| Upright {
        at: marker.value.clone(),
        label: format!(
            "{} {}",
            marker_word(marker.kind),
            short(curve, &marker.value)
        ),
    });
    let past = curve.past.iter().filter_map(|month| {
        let here = month.here.as_ref()?;
        Some(Dot {
            at: place(&here.value, &here.total),
            kind: DotKind::Past,
            label: format!("{}: {}", month.month, short(curve, &here.value)),
        })
    });
    let now = curve.now.iter().map(|now| Dot {
        at: place(&now.value, &now.total),
        kind: DotKind::Now,
        label: format!("the month itself: {}", short(curve, &now.value)),
    });
    let unit = Figure::new(Exact::from_integer(2), curve.kind.clone()).unit();
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!(", {unit}")
    };
    LineChart {
        size,
        title: format!("Chart of the invoice over {}", called(curve)),
        description: format!(
            "{} The table below has its pieces and steps.",
            gist(curve, currency)
        ),
        across: format!("{}{unit}", called(curve)),
        up: format!("Invoice, {currency}"),
        x: x.map(|tick| (tick.clone(), in_short(curve, &tick)))
            .collect(),
        y: y.map(|tick| (tick.clone(), in_whole(&tick, currency)))
            .collect(),
        pieces: curve
            .pieces
            .iter()
            .map(|piece| {
                [
                    place(&piece.from.value, &piece.from.total),
                    place(&piece.to.value, &piece.to.total),
                ]
            })
            .collect(),
        jumps: jumps.collect(),
        uprights: uprights.collect(),
        dots: past.chain(now).collect(),
    }
}

/// The value at a tick: without the sign of a number that is cut off, because a tick is where it is to the eye.
fn in_short(curve: &Curve, value: &Exact) -> String {
    let shown = short(curve, value);
    if !shown.starts_with('≈') {
        return shown;
    }
    let tenth = match curve.kind {
        Type::Percent => Exact::ratio(1, 10_000),
        _ => Exact::ratio(1, 100),
    };
    let rounded = tenth.and_then(|step| Some(value.divide(&step)?.floor().multiply(&step)));
    rounded.map_or(shown, |rounded| short(curve, &rounded))
}

/// An amount without the decimals that it does not need.
fn in_whole(amount: &Exact, currency: Currency) -> String {
    if amount.is_integer() {
        Figure::new(amount.clone(), Type::Number).number()
    } else {
        grouped(amount, currency)
    }
}

fn signed_number(amount: &Exact, currency: Currency) -> String {
    let sign = if amount.is_negative() { "−" } else { "+" };
    format!("{sign}{}", in_whole(&amount.abs(), currency))
}

fn pieces(curve: &Curve, currency: Currency) -> String {
    let mut rows = String::new();
    let mut last: Option<&Exact> = None;
    for piece in &curve.pieces {
        let before = curve.steps.iter().find(|step| {
            step.above == piece.from.value && last.is_none_or(|last| *last != piece.from.value)
        });
        if let Some(before) = before {
            let amount = before.change.as_ref();
            let amount = amount.map_or_else(String::new, |amount| signed(amount, currency));
            rows.push_str(&format!(
                "<tr class=\"step\"><td colspan=\"3\">{}</td><td class=\"number\">{}</td><td></td></tr>\n",
                in_words(&between(before, curve)),
                escaped(&amount)
            ));
        }
        last = Some(&piece.to.value);
        let end = |text: String| {
            if piece.is_point() {
                String::new()
            } else {
                text
            }
        };
        rows.push_str(&format!(
            "<tr><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>\n",
            escaped(&short(curve, &piece.from.value)),
            escaped(&end(short(curve, &piece.to.value))),
            escaped(&grouped(&piece.from.total, currency)),
            escaped(&end(grouped(&piece.to.total, currency))),
            escaped(&slope(piece, curve, currency)),
        ));
    }
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Pieces and steps of {label}\">\n<table>\n<caption>Pieces and steps</caption>\n\
         <thead><tr><th class=\"number\" scope=\"col\">From</th><th class=\"number\" scope=\"col\">To</th><th class=\"number\" scope=\"col\">{currency} at the start</th>\
         <th class=\"number\" scope=\"col\">{currency} at the end</th><th scope=\"col\">Between</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n",
        label = name(&called(curve)),
    )
}

/// A step without its amount, which has a column of its own.
fn between(step: &Step, curve: &Curve) -> String {
    let ends = format!(
        "between {} and {}",
        value(curve, &step.below),
        value(curve, &step.above)
    );
    match (&step.no_invoice, step.is_cliff) {
        (Some(why), _) => format!("No invoice on one side, {ends}: {why}"),
        (None, true) => format!("Cliff {ends}"),
        (None, false) => format!("Step {ends}"),
    }
}

fn past(curve: &Curve, currency: Currency) -> String {
    if curve.past.is_empty() {
        return String::new();
    }
    let amount = |amount: Option<&Exact>, none: &str| {
        amount.map_or_else(|| none.to_owned(), |amount| grouped(amount, currency))
    };
    let rows = curve.past.iter().map(|month| {
        let shown = month.value.as_ref();
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
            month.month,
            escaped(&shown.map_or_else(|| "no value".to_owned(), |value| short(curve, value))),
            escaped(&amount(month.total.as_ref(), "no invoice")),
            escaped(&amount(month.here.as_ref().map(|point| &point.total), "outside the range")),
        )
    });
    format!(
        "<h3>Where the last months are</h3>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Last months of {label}\">\n<table>\n\
         <thead><tr><th scope=\"col\">Month</th><th class=\"number\" scope=\"col\">{label}</th><th class=\"number\" scope=\"col\">Invoiced, {currency}</th>\
         <th class=\"number\" scope=\"col\">Its value in this month, {currency}</th></tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n",
        rows.collect::<String>(),
        label = name(&called(curve)),
    )
}

fn of_map(map: &Map, currency: Currency) -> String {
    let totals = || map.totals.iter().flatten().flatten();
    let (Some(least), Some(most)) = (totals().min(), totals().max()) else {
        return String::new();
    };
    let heads = map.columns.iter().map(|figure| {
        format!(
            "<th class=\"number\" scope=\"col\">{}</th>",
            escaped(&figure.number())
        )
    });
    let rows = map
        .rows
        .iter()
        .zip(&map.totals)
        .enumerate()
        .map(|(row, (figure, totals))| {
            let cells = totals.iter().enumerate().map(|(column, total)| {
                let Some(total) = total else {
                    return "<td class=\"number\">none</td>".to_owned();
                };
                let is_now = map.now == Some((row, column));
                let (class, words) = if is_now {
                    (" now", " <span class=\"here\">the month itself</span>")
                } else {
                    ("", "")
                };
                format!(
                    "<td class=\"number heat h{}{class}\">{}{words}</td>",
                    shade(total, least, most),
                    escaped(&grouped(total, currency))
                )
            });
            format!(
                "<tr><th class=\"number\" scope=\"row\">{}</th>{}</tr>\n",
                escaped(&figure.number()),
                cells.collect::<String>()
            )
        });
    let title = name(&map_title(map));
    format!(
        "<section>\n<h2>Both together</h2>\n<p>{title}. The darker, the higher the invoice.</p>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The invoice over both KPIs\">\n<table class=\"map\">\n<caption>Invoice, {currency}</caption>\n\
         <thead><tr><th scope=\"col\">{} \\ {}</th>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n</section>\n",
        name(&map.down),
        name(&map.across),
        heads.collect::<String>(),
        rows.collect::<String>()
    )
}

/// One of six shades.
fn shade(total: &Exact, least: &Exact, most: &Exact) -> i64 {
    let part = total.subtract(least).divide(&most.subtract(least));
    let part = part.map(|part| part.multiply(&Exact::from_integer(5)).floor());
    part.and_then(|part| part.to_integer()).unwrap_or(0)
}
