//! `undecided-sample`

use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::text::Span;

rule! {
    /// A KPI needs a minimum sample, and the contract does not say what counts in a month with a smaller one.
    ///
    /// The minimum keeps chance out of the pay. What counts instead is a second question: without an answer, a month
    /// with 49 surveys of 50 has no invoice.
    ///
    /// ```quid bad
    /// metric csat is satisfaction, 1 to 5, higher is better { survey_points / surveys; needs surveys >= 50 }
    /// ```
    ///
    /// ```quid good
    /// metric csat is satisfaction, 1 to 5, higher is better { survey_points / surveys; needs surveys >= 50, otherwise last known value }
    /// ```
    ///
    /// To answer it, write after the condition what counts: `, otherwise last known value`, `, otherwise average of
    /// last 3 months`, or, as it is today, `, otherwise no invoice`.
    "undecided-sample": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for metric in subject.own(&subject.facts().metrics) {
        for needs in metric.needs.iter().filter(|one| one.otherwise.is_none()) {
            found.push(question(
                subject,
                metric.name(),
                needs.condition.span,
                needs.span,
            ));
        }
    }
    found
}

fn question(subject: &Subject<'_>, name: &str, condition: Span, statement: Span) -> Diagnostic {
    let words = subject.quote(condition);
    let message =
        format!("`{name}` needs `{words}`: what counts in a month in which that is not so?");
    let mut finding = Diagnostic::info("", statement, message)
        .because("today such a month has no invoice, not even for what does not depend on it")
        .help("append `, otherwise no invoice` to keep it so")
        .help("or what counts instead: `, otherwise last known value`, `, otherwise average of last 3 months`");
    finding
        .why
        .extend(asked::of_the_month(subject, "this would hold up all of"));
    let text = subject.sources.slice(statement);
    let at = statement.start as usize + text.trim_end().len();
    let edit = Edit {
        span: Span::new(statement.file, at, at),
        text: ", otherwise no invoice".to_owned(),
    };
    finding.fix = answers::as_today(subject, "say that such a month has no invoice", vec![edit]);
    finding
}
