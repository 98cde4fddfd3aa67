//! `undecided-run`

use crate::diagnostic::Diagnostic;
use crate::ledger::Statement;
use crate::lint::rule::rule;
use crate::lint::samples::{at, end};
use crate::lint::{Subject, answers};
use crate::model::facts::{Every, ServiceLevel};
use crate::quantity::Exact;
use crate::text::Span;

rule! {
    /// Misses in a row count, months can be excused, and the contract does not say what an excused month does to the
    /// run.
    ///
    /// Missed, excused, missed: is that the second miss in a row, or the first one again? The invoices differ, and
    /// people have argued for both readings.
    ///
    /// ```quid bad
    /// service level speed on service_level {
    ///   target 80% each month
    ///   excused when outage
    ///   excused when offered > 115% of forecast
    ///   excused in the first 2 months
    ///   credit 2% of charges
    ///   repeated 2 months x 2
    ///   terminate after 3 failures in 6 months
    /// }
    /// ```
    ///
    /// ```quid good
    /// service level speed on service_level {
    ///   target 80% each month
    ///   excused when outage
    ///   excused when offered > 115% of forecast
    ///   excused in the first 2 months
    ///   excused month breaks the run
    ///   credit 2% of charges
    ///   repeated 2 months x 2
    ///   terminate after 3 failures in 6 months
    /// }
    /// ```
    ///
    /// To answer it, write `excused month keeps the run`, as it is today, or `excused month breaks the run`.
    "undecided-run": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let levels = subject.levels();
    levels
        .filter_map(|level| question(subject, level))
        .collect()
}

fn question(subject: &Subject<'_>, level: &ServiceLevel) -> Option<Diagnostic> {
    if level.excused_breaks.is_some() {
        return None;
    }
    let run = level.run()?;
    let excuse = excuse(level)?;
    let period = period(level);
    let message = format!(
        "`{}` counts misses in a row: what does an excused {period} between two misses do to the run?",
        subject.quote(run)
    );
    let mut finding = Diagnostic::info(RULE.name, run, message)
        .and_at(excuse, format!("a {period} can be excused"))
        .because(format!(
            "today the {period} is skipped: a miss after it is the next one in the row"
        ));
    finding.why.extend(amounts(subject, level, period));
    let text = format!("excused {period} keeps the run");
    let edit = answers::statement(subject, level.head.span, &text);
    finding.fix = answers::as_today(
        subject,
        format!("say that it {}", "keeps the run"),
        edit.into_iter().collect(),
    );
    Some(
        finding
            .help(format!("write `{text}` to keep it so"))
            .help(format!(
                "or `excused {period} breaks the run`, so that the count starts again"
            )),
    )
}

/// The statement that excuses a period within the term.
fn excuse(level: &ServiceLevel) -> Option<Span> {
    let stated = level.excused.iter().map(|excuse| excuse.span);
    let without = level.no_value_excused.iter();
    let without = without
        .filter(|stated| stated.what)
        .map(|stated| stated.span);
    stated.chain(without).min()
}

fn period(level: &ServiceLevel) -> &'static str {
    match level.every() {
        Every::Quarter => "quarter",
        Every::ContractYear | Every::CalendarYear => "year",
        Every::Month => "month",
    }
}

/// What a second miss costs in either reading, if they differ.
fn amounts(subject: &Subject<'_>, level: &ServiceLevel, period: &str) -> Option<String> {
    let example = subject.example.as_ref().filter(|_| period == "month")?;
    let metric = subject.measured(&level.metric)?;
    let worst = end(subject, metric, false)?;
    let months = example.again(&at(metric, &worst), 2)?;
    let credit = |month: &Statement| {
        let lines = month.lines.iter();
        let own = lines.filter(|line| line.name == level.head.name());
        own.fold(Exact::zero(), |sum, line| sum.subtract(&line.amount))
    };
    let [first, second] = months.as_slice() else {
        return None;
    };
    let (first, second) = (credit(first), credit(second));
    (first != second).then(|| {
        format!(
            "in a month like the contract's example, {}, such a miss costs {} as the second in a row, and {} if the \
             count starts again",
            example.month(),
            subject.money(&second),
            subject.money(&first)
        )
    })
}
