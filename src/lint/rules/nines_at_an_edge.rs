//! `nines-at-an-edge`

use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::rule::rule;
use crate::lint::{Subject, mend};
use crate::program::{Band, NodeId, Op};
use crate::quantity::{Exact, Figure, Type};

rule! {
    /// A band ends in nines, and the measured value can lie between its end and the next round figure: `70% to 79.99%`.
    ///
    /// A contract that is read with two decimals seems to say "below 80%". But 79.995% is above 79.99%, so a month with that value
    /// is outside of the band: it costs nothing, or counts for the band after it.
    ///
    /// The rule accepts a value that is rounded before it is compared, an end that the next band repeats, and one just below the end of
    /// the scale, such as 99.9%.
    ///
    /// ```quid bad
    /// credit late on service_level { below 70%: 3_000 EUR; 70% to 79.99%: 1_500 EUR }
    /// ```
    ///
    /// ```quid good
    /// credit late on service_level { below 70%: 3_000 EUR; 70% to below 80%: 1_500 EUR }
    /// ```
    ///
    /// To fix it, end the band below the round figure, or round the KPI in its definition.
    "nines-at-an-edge": Measurement, Warning, Stable since "0.2.0"; Unsafe fix "end the band below the round figure"
}

/// A band whose upper end is just below a round figure.
struct Suspect<'b> {
    by: NodeId,
    band: &'b Band,
    end: &'b Exact,
    /// The next figure with fewer decimals.
    round: Exact,
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for node in subject.contract.graph.nodes() {
        let Op::Bands(by, bands, _) = &node.op else {
            continue;
        };
        for suspect in suspects(subject, *by, bands) {
            let place = suspect.band.span;
            let known = found.iter().any(|one| one.primary.span == place);
            if !known && subject.is_own(place) {
                found.extend(finding(subject, &suspect));
            }
        }
    }
    found
}

fn suspects<'b>(subject: &Subject<'_>, by: NodeId, bands: &'b [Band]) -> Vec<Suspect<'b>> {
    let kind = subject.contract.graph.get(by).map(|node| &node.kind);
    let Some(kind) = kind.filter(|_| can_be_between(subject, by)) else {
        return Vec::new();
    };
    let ends = bands.iter().filter_map(|band| {
        let (end, true) = band.high.as_ref()? else {
            return None;
        };
        let round = after_the_nines(end, kind)?;
        // Up to 99.9% leaves out what is nearly perfect, which is meant.
        if is_top(subject, by, &round, kind) {
            return None;
        }
        // The next band says from where on it holds.
        let shown = Figure::new(end.clone(), kind.clone()).to_string();
        let repeats = |other: &Band| {
            other.low.as_ref().is_some_and(|(low, _)| low == end)
                && subject.quote(other.span).contains(&shown)
        };
        (!bands.iter().any(repeats)).then_some(Suspect {
            by,
            band,
            end,
            round,
        })
    });
    ends.collect()
}

/// Whether a figure is the most that can be measured.
fn is_top(subject: &Subject<'_>, by: NodeId, figure: &Exact, kind: &Type) -> bool {
    let metrics = subject.contract.metrics.iter();
    let most = metrics
        .filter(|metric| subject.flow.made_from(&metric.nodes).has(by))
        .find_map(|metric| subject.named(&metric.name)?.most.clone());
    let most = most.or_else(|| (*kind == Type::Percent).then(Exact::one));
    most.as_ref() == Some(figure)
}

/// Whether a value is a quotient or product that nothing rounds.
fn can_be_between(subject: &Subject<'_>, from: NodeId) -> bool {
    let mut at = from;
    loop {
        at = match subject.contract.graph.get(at).map(|node| &node.op) {
            Some(Op::Divide(..) | Op::Multiply(..) | Op::Window(..)) => return true,
            Some(Op::Sum(all)) => match all.as_ref() {
                [one] => *one,
                _ => return false,
            },
            Some(
                Op::InRange(value, _)
                | Op::Recover(value, ..)
                | Op::IfKnown(value, _)
                | Op::If(_, value, _),
            ) => *value,
            _ => return false,
        };
    }
}

/// For a figure such as 79.99% or 4.49 the next one with fewer decimals: 80%, 4.5.
fn after_the_nines(end: &Exact, kind: &Type) -> Option<Exact> {
    let unit = match kind {
        Type::Percent => Exact::ratio(1, 100)?,
        _ => Exact::one(),
    };
    let mut last = unit.clone();
    let tenth = Exact::ratio(1, 10)?;
    for _ in 0..6 {
        let steps = end.divide(&last)?;
        if steps.is_integer() {
            let next = end.add(&last);
            let ten = last.multiply(&Exact::from_integer(10));
            return (last != unit && next.divide(&ten)?.is_integer()).then_some(next);
        }
        last = last.multiply(&tenth);
    }
    None
}

fn finding(subject: &Subject<'_>, suspect: &Suspect<'_>) -> Option<Diagnostic> {
    let graph = &subject.contract.graph;
    let kind = &graph.get(suspect.by)?.kind;
    let shown = |value: &Exact| Figure::new(value.clone(), kind.clone()).to_string();
    let (end, round) = (shown(suspect.end), shown(&suspect.round));
    let tenth = suspect
        .round
        .subtract(suspect.end)
        .divide(&Exact::from_integer(2))?;
    let between = suspect.end.add(&tenth);
    let mut finding = Diagnostic::warning(
        RULE.name,
        suspect.band.span,
        format!("{} is above {end} and below {round}, and is not in this band", shown(&between)),
    )
    .here(format!("ends at exactly {end}"))
    .because(format!(
        "the value is not rounded before it is compared, so a month between {end} and {round} counts for another band, or for none"
    ));
    if let Some(example) = &subject.example {
        let within = example.with_values(&[(suspect.by, suspect.end.clone())]);
        let outside = example.with_values(&[(suspect.by, between.clone())]);
        if let (Some(within), Some(outside)) = (within, outside) {
            let moved = within.total.subtract(&outside.total).abs();
            if !moved.is_zero() {
                finding = finding
                    .because(format!(
                        "in the contract's example month, {}, the invoice is {} at {end} and {} at {}",
                        example.month(),
                        subject.money(&within.total),
                        subject.money(&outside.total),
                        shown(&between)
                    ))
                    .costing(subject.money(&moved));
            }
        }
    }
    let finding = finding.help(format!(
        "write `below {round}` in place of `{end}`, or round the KPI in its definition: `rounded half up to {}`",
        shown(&suspect.round.subtract(suspect.end))
    ));
    Some(mend::mended(
        finding,
        &RULE,
        below(subject, suspect, &end, &round),
    ))
}

/// The band with `to below 80%` or `below 80%` in place of `to 79.99%`, `at most 79.99%` or `up to 79.99%`.
fn below(
    subject: &Subject<'_>,
    suspect: &Suspect<'_>,
    end: &str,
    round: &str,
) -> Option<Vec<Edit>> {
    let text = subject.quote(suspect.band.span);
    let words = [
        (format!("at most {end}"), format!("below {round}")),
        (format!("up to {end}"), format!("below {round}")),
        (format!("to {end}"), format!("to below {round}")),
    ];
    let (old, new) = words
        .into_iter()
        .find(|(old, _)| text.contains(old.as_str()))?;
    let at = text.find(&old)?;
    let mut place = suspect.band.span;
    place.start += u32::try_from(at).ok()?;
    place.end = place.start + u32::try_from(old.len()).ok()?;
    mend::with_words(subject, place, new)
}
