//! Words for curves that the text and the page share.

use crate::quantity::{Currency, Exact, Figure, Rounding, RoundingMode, Type};
use crate::report::amount::grouped;

use super::{Curve, Curves, Map, Marker, MarkerKind, MonthSource, Piece, Step, Way};

/// An amount with its currency.
pub(super) fn money(amount: &Exact, currency: Currency) -> String {
    format!("{} {currency}", grouped(amount, currency))
}

/// An amount with its sign.
pub(super) fn signed(amount: &Exact, currency: Currency) -> String {
    let sign = if amount.is_negative() { "-" } else { "+" };
    format!("{sign}{}", money(&amount.abs(), currency))
}

/// A value of the KPI.
pub(super) fn value(curve: &Curve, value: &Exact) -> String {
    Figure::new(value.clone(), curve.kind.clone()).to_string()
}

/// A value of the KPI in few signs: `69.99%`.
pub(super) fn short(curve: &Curve, value: &Exact) -> String {
    Figure::new(value.clone(), curve.kind.clone()).number()
}

/// What is shown of the month.
pub(super) fn heading(curves: &Curves) -> String {
    let over = match curves.curves.as_slice() {
        [one] => called(one),
        [one, other] => format!("{} and {}", called(one), called(other)),
        _ => "each KPI".to_owned(),
    };
    format!("{}: the invoice over {over}", curves.title)
}

/// The name, or the title if there is one.
pub(super) fn called(curve: &Curve) -> String {
    curve.title.clone().unwrap_or_else(|| curve.name.clone())
}

/// Where everything else is taken from.
pub(super) fn source(curves: &Curves) -> String {
    let account = curves.account.as_ref();
    let account = account.map_or_else(String::new, |account| format!(" of account {account}"));
    let from = match &curves.source {
        MonthSource::Data(file) => {
            format!("All else is as in {}{account} in {file}.", curves.month)
        }
        MonthSource::Scenario(name) => format!(
            "All else is as in {} of the scenario \"{name}\", because no data is given.",
            curves.month
        ),
    };
    let total = match &curves.total {
        Some(total) => format!("That month comes to {}.", money(total, curves.currency)),
        None => "That month has no invoice as it is.".to_owned(),
    };
    format!("{from} {total}")
}

fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// How the KPI was varied, in sentences.
pub(super) fn varied(curve: &Curve) -> String {
    let varied = &curve.varied;
    let (from, to, step) = (&varied.from, &varied.to, &varied.step);
    let range = format!("from {from} to {to}");
    let mut text = match &varied.way {
        Way::Column(name) => format!("The column `{name}` is changed {range}."),
        Way::Quotient {
            above,
            against,
            fixed,
        } => {
            let sum = if above.len() > 1 {
                " together, in proportion,"
            } else {
                ""
            };
            let mut text = match above.len() {
                1 => format!("The column {} is changed {range}", listed(above)),
                _ => format!("The columns {} are changed{sum} {range}", listed(above)),
            };
            if !against.is_empty() {
                text.push_str(&format!(
                    ", and {} the other way, so that their sum stays",
                    listed(against)
                ));
            }
            match fixed.len() {
                0 => text.push('.'),
                1 => text.push_str(&format!("; {} stays as it is.", listed(fixed))),
                _ => text.push_str(&format!("; {} stay as they are.", listed(fixed))),
            }
            text
        }
        Way::Itself => format!(
            "The value itself is set {range}; the data it is made of stays as it is, and so does whatever else reads that data."
        ),
    };
    if varied.all {
        text.push_str(&format!(
            " Each of the {} possible values was computed.",
            varied.computed
        ));
    } else {
        let stated = if varied.step_is_stated {
            format!("steps of {step}")
        } else {
            format!("steps of {step}, because the contract states none")
        };
        text.push_str(&format!(
            " {} values were computed, in {stated}: all those next to a step, and the middle of each straight piece.",
            varied.computed
        ));
    }
    if !varied.ends_are_stated {
        text.push_str(" The contract does not state both ends of the range; the values shown go up to about twice the month's value.");
    }
    if varied.cut_short {
        text.push_str(" There are too many steps to find each of them: some may be missing, and some may be shown wider than they are.");
    }
    text
}

/// What a piece does.
pub(super) fn slope(piece: &Piece, curve: &Curve, currency: Currency) -> String {
    let Some(slope) = piece.slope.as_ref().filter(|_| !piece.is_point()) else {
        return String::new();
    };
    if piece.is_level() {
        return "level".to_owned();
    }
    let (unit, words) = unit(curve);
    let change = slope.multiply(&unit);
    let word = if change.is_negative() {
        "falls"
    } else {
        "rises"
    };
    let rounding = Rounding {
        mode: RoundingMode::HalfEven,
        step: currency.minor_unit(),
    };
    let rounded = rounding.apply(&change.abs());
    let shown = if rounded.is_zero() {
        Figure::new(change.abs(), Type::money(currency)).to_string()
    } else {
        money(&rounded, currency)
    };
    format!("{word} by {shown} per {words}")
}

/// The unit for slopes: a percentage point, a tenth on a short scale, otherwise one.
fn unit(curve: &Curve) -> (Exact, String) {
    let ends = (curve.pieces.first(), curve.pieces.last());
    let width = match ends {
        (Some(first), Some(last)) => last.to.value.subtract(&first.from.value),
        _ => Exact::one(),
    };
    match &curve.kind {
        Type::Percent => {
            let point = Exact::ratio(1, 100).unwrap_or_else(Exact::one);
            (point, "percentage point".to_owned())
        }
        Type::Quantity(_) => {
            let one = Figure::new(Exact::one(), curve.kind.clone());
            (Exact::one(), one.unit())
        }
        _ if width <= Exact::from_integer(10) => {
            let tenth = Exact::ratio(1, 10).unwrap_or_else(Exact::one);
            (tenth, "0.1".to_owned())
        }
        _ => (Exact::one(), "1".to_owned()),
    }
}

/// A step in words.
pub(super) fn step(step: &Step, curve: &Curve, currency: Currency) -> String {
    let between = format!(
        "from {} to {}",
        value(curve, &step.below),
        value(curve, &step.above)
    );
    match (&step.change, &step.no_invoice) {
        (Some(change), _) => {
            let word = if step.is_cliff { "cliff" } else { "step" };
            format!("{word}: {} {between}", signed(change, currency))
        }
        (None, Some(why)) => format!("no invoice {between}: {why}"),
        (None, None) => format!("no invoice {between}"),
    }
}

/// A marked value in words.
pub(super) fn marker(marker: &Marker, curve: &Curve) -> String {
    let at = value(curve, &marker.value);
    let moved = if marker.moves {
        ", as first agreed; later targets can replace it"
    } else {
        ""
    };
    match marker.kind {
        MarkerKind::Target => format!("target of `{}`: {at}{moved}", marker.level),
        MarkerKind::Critical => format!("critical level of `{}`: {at}", marker.level),
        MarkerKind::Goal => format!("aim of the objective `{}`: {at}", marker.level),
    }
}

/// The word for a marked value in a chart.
pub(super) fn marker_word(kind: MarkerKind) -> &'static str {
    match kind {
        MarkerKind::Target => "target",
        MarkerKind::Critical => "critical",
        MarkerKind::Goal => "aim",
    }
}

/// The least and the greatest amount of a curve.
pub(super) fn extremes(curve: &Curve) -> Option<(Exact, Exact)> {
    let ends = curve
        .pieces
        .iter()
        .flat_map(|piece| [&piece.from, &piece.to]);
    let totals = || ends.clone().map(|point| &point.total);
    Some((totals().min()?.clone(), totals().max()?.clone()))
}

/// In short what the curve says: how far it moves the invoice, and where it does not.
pub(super) fn gist(curve: &Curve, currency: Currency) -> String {
    let Some((least, most)) = extremes(curve) else {
        return String::new();
    };
    if least == most {
        return format!(
            "The invoice is {} at every value; what the value changes on later invoices is not shown.",
            money(&least, currency)
        );
    }
    let mut text = format!(
        "The invoice is between {} and {}, {} apart.",
        money(&least, currency),
        money(&most, currency),
        money(&most.subtract(&least), currency)
    );
    let is_wide = |piece: &&Piece| piece.is_level() && !piece.is_point();
    let zones: Vec<String> = curve
        .pieces
        .iter()
        .filter(is_wide)
        .map(|piece| {
            format!(
                "{} to {}",
                value(curve, &piece.from.value),
                value(curve, &piece.to.value)
            )
        })
        .collect();
    let other = if curve.higher_is_better.is_some() {
        "a better or worse value"
    } else {
        "another value"
    };
    match zones.as_slice() {
        [] => {}
        [one] => text.push_str(&format!(" From {one}, {other} changes nothing.")),
        all if all.len() <= MOST_ZONES => text.push_str(&format!(
            " Within each of {} ranges, {other} changes nothing: {}.",
            all.len(),
            all.join(", ")
        )),
        all => text.push_str(&format!(
            " Within each of {} ranges, {other} changes nothing.",
            all.len()
        )),
    }
    text
}

/// The most dead zones that are listed in a sentence.
const MOST_ZONES: usize = 4;

/// What a map shows.
pub(super) fn map_title(map: &Map) -> String {
    format!("{} across, {} down", map.across, map.down)
}
