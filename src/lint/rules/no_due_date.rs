//! `no-due-date`

use crate::diagnostic::{Diagnostic, Fix};
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};

rule! {
    /// It is not said by when an invoice is to be paid.
    ///
    /// Statutes fill the gap, and differ by country; interest and the right to suspend hang on the day.
    ///
    /// ```quid bad
    /// # without: invoice
    /// ```
    ///
    /// ```quid good
    /// invoice monthly, due in 30 days
    /// ```
    ///
    /// To answer it, write the days.
    "no-due-date": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let invoice = subject.facts().frame.invoicing.as_ref();
    let said = invoice.is_some_and(|invoice| invoice.due_in_days.is_some());
    if said || !subject.has_charges() {
        return Vec::new();
    }
    let place = invoice.map_or(subject.place(), |invoice| invoice.head.span);
    let mut finding = Diagnostic::info(RULE.name, place, "by when is an invoice to be paid?")
        .because(
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
