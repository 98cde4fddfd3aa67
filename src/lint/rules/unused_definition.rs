//! `unused-definition`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::uses::Uses;
use crate::lint::{Subject, mend};

rule! {
    /// A definition or a scorecard is not used in any other clause.
    ///
    /// A reader believes that it has an effect. In a dispute somebody will say that it was meant to.
    ///
    /// ```quid bad
    /// let peak = 115% of forecast
    /// ```
    ///
    /// ```quid good
    /// let peak = 115% of forecast
    /// notice busy "more calls than planned" when offered > peak
    /// ```
    ///
    /// To fix it, use the name in the clause that it was written for, or remove it.
    "unused-definition": Clarity, Info, Stable since "0.2.0" from Absence; Safe fix "remove the definition"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let uses = Uses::of(subject);
    let mut found = Vec::new();
    let facts = subject.facts();
    let definitions = subject.own(&facts.definitions).map(|one| &one.head);
    let scorecards = subject.own(&facts.scorecards).map(|one| &one.head);
    for item in definitions.chain(scorecards) {
        let Some(name) = item.name.as_ref().filter(|name| uses.is_idle(&name.text)) else {
            continue;
        };
        let message = format!("no clause uses `{}`", name.text);
        let finding = Diagnostic::info(RULE.name, name.span, message)
            .because("a reader believes that it has an effect, and it has none")
            .help(format!(
                "use `{}` where it was meant to count, or remove it",
                name.text
            ));
        let edits = mend::without_item(subject, item, &name.text);
        found.push(mend::mended(finding, &RULE, edits));
    }
    found
}
