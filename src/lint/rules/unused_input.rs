//! `unused-input`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::uses::Uses;
use crate::lint::{Subject, mend};

rule! {
    /// A value is reported every month, and nothing in the contract uses it.
    ///
    /// Collecting and agreeing on a figure takes work on both sides. Often such an input is what is left of a clause
    /// that was struck out, or a sign that a formula uses the wrong column.
    ///
    /// ```quid bad
    /// input call_backs : calls from "ACD" by both
    /// ```
    ///
    /// ```quid good
    /// input call_backs : calls from "ACD" by both
    /// metric call_back_rate is productivity, percent, lower is better { call_backs / offered }
    /// ```
    ///
    /// To fix it, use the value where it was meant to be used, or remove the input.
    "unused-input": Measurement, Warning, Stable since "0.2.0" from Absence; Unsafe fix "remove the input; its column must then \
                                                                            also be removed from the data sheet"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let uses = Uses::of(subject);
    let mut found = Vec::new();
    for input in subject.own(&subject.facts().inputs) {
        let item = &input.head;
        let Some(name) = item.name.as_ref().filter(|name| uses.is_idle(&name.text)) else {
            continue;
        };
        let message = format!("`{}` is reported, and nothing uses it", name.text);
        let finding = Diagnostic::warning(RULE.name, name.span, message)
                .because("a figure that is collected and not used is work for nothing, or a sign that a formula uses \
                          the wrong one")
                .help(format!("use `{}` in a metric or a charge, or remove the input", name.text));
        let edits = mend::without_item(subject, item, &name.text);
        found.push(mend::mended(finding, &RULE, edits));
    }
    found
}
