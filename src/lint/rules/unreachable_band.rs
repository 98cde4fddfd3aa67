//! `unreachable-band`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, mend};
use crate::program::{Band, BandEnd, NodeId, Op};
use crate::quantity::{Exact, Figure};
use crate::syntax::tree::Item;

rule! {
    /// A band is for values that cannot be observed, so that what it says never happens.
    ///
    /// A satisfaction from 1 to 5 is never below 1, and a percentage never above 100%. Who reads the band believes in a
    /// consequence that there is not. Often the scale is another one than the drafter thought of: marks of 1 to 10, or a
    /// share in percent.
    ///
    /// An `otherwise` that nothing is left for is not looked at.
    ///
    /// ```quid bad
    /// credit content on csat { below 1: 9_000 EUR; below 3.8: 2_000 EUR }
    /// ```
    ///
    /// ```quid good
    /// credit content on csat { below 3.0: 3_000 EUR; below 3.8: 2_000 EUR }
    /// ```
    ///
    /// To mend it, correct the edge, or the range of the KPI (`between … and …`), or take the band out.
    "unreachable-band": Measurement, Warning, Stable since "0.2.0"; Safe fix "take the band out"
}

/// The ends of what can be observed.
type Range = (Option<Exact>, Option<Exact>);

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for node in subject.contract.graph.nodes() {
        let Op::Bands(by, bands, _) = &node.op else {
            continue;
        };
        let Some(range) = range(subject, *by, 0) else {
            continue;
        };
        let kind = subject.contract.graph.get(*by).map(|node| &node.kind);
        for band in bands.iter().filter(|band| is_out_of(band, &range)) {
            let words = subject.quote(band.span);
            let rest = ["otherwise", "beyond", "no value"];
            let known = found
                .iter()
                .any(|finding| finding.primary.span == band.span);
            if known
                || !subject.is_own(band.span)
                || rest.iter().any(|word| words.starts_with(word))
            {
                continue;
            }
            let shown = |value: &Option<Exact>| {
                let figure = value.clone().zip(kind.cloned());
                figure.map(|(value, kind)| Figure::new(value, kind).to_string())
            };
            let ends = match (shown(&range.0), shown(&range.1)) {
                (Some(least), Some(most)) => format!("the value lies between {least} and {most}"),
                (Some(least), None) => format!("the value is never below {least}"),
                (None, Some(most)) => format!("the value is never above {most}"),
                (None, None) => continue,
            };
            let finding = Diagnostic::warning(
                RULE.name,
                band.span,
                format!("no month falls into `{words}`"),
            )
            .because(ends)
            .because("who reads the band believes in a consequence that there is not")
            .help("correct the edge, or the range of what is measured, or take the band out");
            let edits = removable(subject, band).then(|| mend::without_part(subject, band.span));
            found.push(mend::mended(finding, &RULE, edits.flatten()));
        }
    }
    found
}

/// Whether no other band speaks of it, as `in place of the former` would.
fn removable(subject: &Subject<'_>, band: &Band) -> bool {
    let holds = |item: &&Item| item.span.start <= band.span.start && band.span.end <= item.span.end;
    let item = subject.items().find(holds);
    item.is_some_and(|item| !subject.quote(item.span).contains("the former"))
}

/// What can be observed of a value that is an input or a metric, or rounded from one.
fn range(subject: &Subject<'_>, node: NodeId, depth: u8) -> Option<Range> {
    let names = subject.contract.names.iter();
    let named = names
        .filter(|facts| facts.nodes.contains(&node))
        .find(|facts| facts.least.is_some() || facts.most.is_some());
    if let Some(facts) = named {
        return Some((facts.least.clone(), facts.most.clone()));
    }
    let graph = &subject.contract.graph;
    match &graph.get(node).filter(|_| depth < 20)?.op {
        Op::InRange(_, ends) => Some(ends.as_ref().clone()),
        Op::Input(slot) => {
            let slot = subject.contract.plan.slots.get(slot.0 as usize)?;
            Some((slot.least.clone(), slot.most.clone()))
        }
        Op::Sum(one) => match one.as_ref() {
            [one] => range(subject, *one, depth + 1),
            _ => None,
        },
        Op::Round(value, _) | Op::Recover(value, ..) | Op::IfKnown(value, _) => {
            range(subject, *value, depth + 1)
        }
        _ => None,
    }
}

fn is_out_of(band: &Band, (least, most): &Range) -> bool {
    ends_before(&band.high, least.as_ref(), |end, least| end < least)
        || ends_before(&band.low, most.as_ref(), |end, most| end > most)
}

/// Whether the band's end lies beyond what can be observed, or on it without being included.
fn ends_before(end: &BandEnd, last: Option<&Exact>, beyond: fn(&Exact, &Exact) -> bool) -> bool {
    let Some(((end, included), last)) = end.as_ref().zip(last) else {
        return false;
    };
    beyond(end, last) || (end == last && !included)
}
