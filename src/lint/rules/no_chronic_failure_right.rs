//! `no-chronic-failure-right`

use crate::diagnostic::Diagnostic;
use crate::ledger::{LineKind, NoticeKind};
use crate::lint::rule::rule;
use crate::lint::{Subject, mend};

rule! {
    /// Failures cost credits, but however often they are repeated, they give no right to terminate.
    ///
    /// A credit is a price. If paying it is cheaper than fixing the service, the supplier pays it month after month.
    ///
    /// A `terminate` in a service level or a limit counts, and so does a notice whose condition looks at earlier
    /// months.
    ///
    /// ```quid bad
    /// service level speed on service_level {
    ///   target 80% each month
    ///   excused when outage
    ///   excused when offered > 115% of forecast
    ///   excused in the first 2 months
    ///   excused month keeps the run
    ///   credit 2% of charges
    /// }
    /// ```
    ///
    /// ```quid good
    /// service level speed on service_level {
    ///   target 80% each month
    ///   excused when outage
    ///   excused when offered > 115% of forecast
    ///   excused in the first 2 months
    ///   excused month keeps the run
    ///   credit 2% of charges
    /// }
    /// notice chronic "The customer may terminate" when (months in a row with csat below 3.6) >= 3
    /// ```
    ///
    /// To fix it, say after how many failures the customer may terminate.
    "no-chronic-failure-right": Risk, Warning, Stable since "0.2.0" from Absence; Unsafe fix "give the customer the right to terminate after 3 failures in 6 months"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let plan = &subject.contract.plan;
    let credit = plan.lines.iter().find(|line| line.kind == LineKind::Credit);
    let right = plan.notices.iter().any(|notice| match notice.kind {
        NoticeKind::ChronicFailure => true,
        NoticeKind::Stated => subject.flow.looks_back(&[notice.when]),
        _ => false,
    });
    let Some(credit) = credit.filter(|_| !right) else {
        return Vec::new();
    };
    let finding = Diagnostic::warning(
        RULE.name,
        credit.span,
        "repeated failure gives no right to terminate",
    )
    .here("each miss costs a credit, and nothing more")
    .because("where a credit is cheaper than fixing the service, it is paid month after month")
    .help("say when the customer may leave: `terminate after 3 failures in 6 months`");
    let level = subject.levels().next();
    let right = "terminate after 3 failures in 6 months";
    let edits = level.and_then(|level| mend::with_statement(subject, level.head.span, right));
    vec![mend::mended(finding, &RULE, edits)]
}
