//! `no-due-date`

use crate::diagnostic::{Diagnostic, Fix};
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};

rule! {
    /// The contract does not say when an invoice must be paid.
    ///
    /// The law fills the gap, but differently in each country. Interest and the right to suspend the service depend on
    /// the day.
    ///
    /// ```quid bad
    /// # without: invoice
    /// ```
    ///
    /// ```quid good
    /// invoice monthly, due in 30 days
    /// ```
    ///
    /// To answer it, write the number of days.
    "no-due-date": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let invoice = subject.facts().frame.invoicing.as_ref();
    let said = invoice.is_some_and(|invoice| invoice.due_in_days.is_some());
    if said || !subject.has_charges() {
        return Vec::new();
    }
    let place = invoice.map_or(subject.place(), |invoice| invoice.head.span);
    let mut finding = Diagnostic::info(RULE.name, place, "when must an invoice be paid?").because(
        "today the law of some country decides, and the parties may think of different ones",
    );
    finding
        .why
        .extend(asked::of_the_month(subject, "that is about"));
    let fix: Option<Fix> = match invoice {
        Some(invoice) => answers::agreed(
            subject,
            "say in how many days",
            answers::behind(subject, &invoice.head, ", due in 30 days")
                .into_iter()
                .collect(),
        ),
        None => answers::agreed(
            subject,
            "say in how many days",
            answers::item(subject, "invoice monthly, due in 30 days")
                .into_iter()
                .collect(),
        ),
    };
    finding.fix = fix;
    vec![finding.help("write `invoice monthly, due in 30 days`")]
}
