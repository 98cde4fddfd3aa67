//! `metric-without-source`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;

use crate::lint::rule::rule;

rule! {
    /// A value that moves money comes from no named system.
    ///
    /// Where the source is not named, each party may bring its own count.
    ///
    /// ```quid bad
    /// input surveys : surveys by customer
    /// ```
    ///
    /// ```quid good
    /// input surveys : surveys from "Survey tool" by customer
    /// ```
    ///
    /// To mend it, name the system that the value is read from.
    "metric-without-source": Measurement, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let paid = subject.paid_columns();
    let mut found: Vec<Diagnostic> = Vec::new();
    for (at, slot) in subject.contract.plan.slots.iter().enumerate() {
        let already = found
            .iter()
            .any(|finding| finding.primary.span == slot.span);
        if slot.source.is_some() || already || !paid.contains(&at) || !subject.is_own(slot.span) {
            continue;
        }
        let message = format!("it is not said which system `{}` is read from", slot.input);
        found.push(
            Diagnostic::warning(RULE.name, slot.span, message)
                .because("it moves money, and where the source is not named, each party may bring its own count")
                .help("name it: `from \"ACD\"`"),
        );
    }
    found.extend(of_libraries(subject, &paid));
    found
}

/// What libraries leave open, in one finding: a library of KPIs cannot know the parties' systems.
fn of_libraries(subject: &Subject<'_>, paid: &[usize]) -> Option<Diagnostic> {
    let slots = subject.contract.plan.slots.iter().enumerate();
    let mut names: Vec<String> = slots
        .filter(|(at, slot)| {
            slot.source.is_none() && paid.contains(at) && !subject.is_own(slot.span)
        })
        .map(|(_, slot)| format!("`{}`", slot.input))
        .collect();
    names.dedup();
    let first = names.first()?.replace('`', "");
    let message = format!(
        "it is not said which systems {} are read from",
        names.join(", ")
    );
    Some(
        Diagnostic::warning(RULE.name, subject.place(), message)
            .here("they are the inputs of a library, which leaves their source open")
            .because("they move money, and where the source is not named, each party may bring its own count")
            .help(format!("declare them in the contract, where they take the place of the library's: `input {first} : … from \"ACD\" by both`")),
    )
}
