//! `metric-without-source`

use crate::diagnostic::Diagnostic;
use crate::lint::{Subject, forecast};

use crate::lint::rule::rule;
use crate::program::Slot;
use crate::quantity::Type;

rule! {
    /// A value that changes the pay comes from no named system.
    ///
    /// Where the source is not named, each party may use its own count.
    ///
    /// ```quid bad
    /// input surveys : surveys by customer
    /// ```
    ///
    /// ```quid good
    /// input surveys : surveys from "Survey tool" by customer
    /// ```
    ///
    /// To fix it, name the system that the value is read from.
    "metric-without-source": Measurement, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let paid = subject.paid_columns();
    let slots = subject.contract.plan.slots.iter().enumerate();
    let open: Vec<&Slot> = slots
        .filter(|(at, slot)| paid.contains(at) && slot.source.is_none())
        .filter(|(at, slot)| !is_declared(subject, *at, slot))
        .map(|(_, slot)| slot)
        .collect();
    let (own, others): (Vec<&Slot>, Vec<&Slot>) =
        open.into_iter().partition(|slot| subject.is_own(slot.span));
    let own = of_the_contract(&own);
    own.into_iter()
        .chain(of_libraries(subject, &others))
        .collect()
}

/// Whether a party states the value and no system counts it: that an event took place, or how much is expected.
fn is_declared(subject: &Subject<'_>, at: usize, slot: &Slot) -> bool {
    let mut expected = forecast::columns(subject).into_iter();
    slot.reporter.is_some()
        && (slot.kind == Type::Flag || expected.any(|column| column.0 as usize == at))
}

/// The names of the first few inputs, each once.
fn names(slots: &[&Slot]) -> String {
    let mut names: Vec<String> = slots
        .iter()
        .map(|slot| format!("`{}`", slot.input))
        .collect();
    names.dedup();
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let shown = names.join(", ");
    if more == 0 {
        shown
    } else {
        format!("{shown} and {more} more")
    }
}

/// The most inputs that a message names.
const SHOWN: usize = 5;

fn of_the_contract(slots: &[&Slot]) -> Option<Diagnostic> {
    let first = slots.first()?;
    let one = slots.iter().all(|slot| slot.input == first.input);
    let (systems, is) = if one {
        ("system", "is")
    } else {
        ("systems", "are")
    };
    let message = format!(
        "the contract does not say which {systems} {} {is} read from",
        names(slots)
    );
    let mut finding = Diagnostic::warning(RULE.name, first.span, message);
    let mut seen = vec![first.span];
    for slot in slots {
        if !seen.contains(&slot.span) && seen.len() < SHOWN {
            seen.push(slot.span);
            finding = finding.and_at(slot.span, "");
        }
    }
    Some(
        finding
            .because("they change the pay, and where the source is not named, each party may use its own count")
            .help("name it: `from \"ACD\"`"),
    )
}

/// What libraries leave open, in one finding. A library of KPIs cannot know the parties' systems.
fn of_libraries(subject: &Subject<'_>, slots: &[&Slot]) -> Option<Diagnostic> {
    let first = slots.first()?;
    let message = format!(
        "the contract does not say which systems {} are read from",
        names(slots)
    );
    Some(
        Diagnostic::warning(RULE.name, subject.place(), message)
            .here("they are inputs of a library, which leaves their source open")
            .because("they change the pay, and where the source is not named, each party may use its own count")
            .help(format!(
                "declare them in the contract, where they replace those of the library: `input {} : … from \"ACD\" by \
                 both`",
                first.input
            )),
    )
}
