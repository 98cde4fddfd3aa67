//! `undecided-invoice`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked, extremes};
use crate::model::facts::AwardKind;
use crate::quantity::Exact;
use crate::text::Span;

rule! {
    /// The contract does not say on which invoice a credit is applied.
    ///
    /// A month's charges are known when it ends, its service levels often later. A credit on the same invoice delays
    /// that invoice; a credit on the next invoice needs a rule for the last month. If the contract does not say, the
    /// invoice of the same month is meant.
    ///
    /// ```quid bad
    /// # without: awards
    /// ```
    ///
    /// ```quid good
    /// credits applied to the next invoice
    /// ```
    ///
    /// To answer it, write `credits applied to this invoice`, as it is today, `the next invoice`, or `the last invoice of the
    /// quarter`.
    "undecided-invoice": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let said = |kind: AwardKind| {
        let mut applied = subject.own(&subject.facts().applied);
        applied.any(|one| one.kinds.contains(&kind))
    };
    let lines = &subject.contract.plan.lines;
    let kinds = |kind: LineKind| lines.iter().any(|line| line.kind == kind);
    if said(AwardKind::Credit) || !kinds(LineKind::Credit) {
        return Vec::new();
    }
    let credits = asked::credits(subject);
    let open: Vec<(&str, Span)> = credits
        .iter()
        .filter(|(_, place)| !says_so(subject, *place))
        .copied()
        .collect();
    let Some((_, place)) = open.first() else {
        return Vec::new();
    };
    // If bonuses already state it, it is not stated again.
    let what = if kinds(LineKind::Bonus) && !said(AwardKind::Bonus) {
        "credits and bonuses"
    } else {
        "credits"
    };
    let names: Vec<&str> = open.iter().map(|(name, _)| *name).collect();
    let message = if names.len() == credits.len() {
        format!("on which invoice are {what} of a month applied?")
    } else {
        format!(
            "on which invoice is the credit {} of a month applied?",
            asked::listed(&names)
        )
    };
    let mut finding = Diagnostic::info(RULE.name, *place, message).because(
        "today on the invoice of the same month, which has to wait until every KPI of the month is known",
    );
    finding.why.extend(amount(subject));
    let text = format!("{what} applied to this invoice");
    let edit = answers::item(subject, &text);
    finding.fix = answers::as_today(
        subject,
        "say that it is the same month's",
        edit.into_iter().collect(),
    );
    vec![
        finding
            .help(format!("write `{text}` to keep it so"))
            .help(format!(
                "or `{what} applied to the next invoice`, or `… to the last invoice of the quarter`"
            )),
    ]
}

/// Whether the credit at that place states it itself.
fn says_so(subject: &Subject<'_>, place: Span) -> bool {
    let mut levels = subject.levels().filter(|level| level.applied.is_some());
    let mut awards = subject.awards().filter(|award| award.applied.is_some());
    levels.any(|level| level.head.span == place) || awards.any(|award| award.head.span == place)
}

fn amount(subject: &Subject<'_>) -> Option<String> {
    let worst = subject.worst()?;
    let (_, taken) = extremes::taken(&worst.month, LineKind::Credit);
    (taken > Exact::zero()).then(|| {
        format!(
            "{}, that is {} that comes off this invoice or a later one",
            worst.words(),
            subject.money(&taken)
        )
    })
}
