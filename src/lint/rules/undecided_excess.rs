//! `undecided-excess`

use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::{AwardKind, Every, ItemId, Limit, LimitPeriod, LimitSubject};
use crate::quantity::Exact;
use crate::text::Span;

rule! {
    /// A limit cuts credits, and it is not said what becomes of what it cuts.
    ///
    /// Nothing said means that the excess is gone. Many contracts carry it forward to months with room, and pay out at the end
    /// what found none.
    ///
    /// A month's limit is looked at where it cuts something of the example month with every KPI at its worst.
    ///
    /// ```quid bad
    /// limit credits and reductions to 6% of charges each month
    /// ```
    ///
    /// ```quid good
    /// limit credits and reductions to 6% of charges each month, the excess lapses
    /// ```
    ///
    /// To answer it, write `, the excess lapses`, as it is today, or `, the excess carried forward, paid out at the end of the term`.
    "undecided-excess": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let limits = subject.limits();
    let open: Vec<&Limit> = limits
        .filter(|limit| limit.excess.is_none() && takes_off(subject, limit))
        .filter(|limit| cut(subject, limit).is_none_or(|(before, after)| before != after))
        .collect();
    let Some(limit) = open.first() else {
        return Vec::new();
    };
    let words = subject.quote(limit.to.span);
    let message = match open.len() {
        1 => format!("what becomes of what the limit of `{words}` cuts?"),
        count => format!("what becomes of what these {count} limits cut?"),
    };
    let mut finding = Diagnostic::info(RULE.name, limit.head.span, message).because(
        "today it is gone: no later month makes up for it, and neither does the end of the term",
    );
    if let (Some((before, after)), Some(example)) = (cut(subject, limit), &subject.example) {
        finding = finding.because(format!(
            "in the contract's example month, {}, with every KPI at its worst, {} are cut to {}, and {} is gone",
            example.month(),
            subject.money(&before),
            subject.money(&after),
            subject.money(&before.subtract(&after))
        ));
    }
    for other in open.iter().skip(1) {
        finding = finding.and_at(other.head.span, "and here");
    }
    let edits = open.iter().filter_map(|limit| edit(subject, limit));
    finding.fix = answers::as_today(subject, "say that it lapses", edits.collect());
    vec![
        finding
            .help("write `, the excess lapses` behind the period to keep it so")
            .help("or `, the excess carried forward, paid out at the end of the term`"),
    ]
}

/// Whether the limit holds down what comes off for the customer.
fn takes_off(subject: &Subject<'_>, limit: &Limit) -> bool {
    let is_bonus = |id: Option<ItemId>| {
        let mut awards = subject.awards();
        awards.any(|award| award.kind == AwardKind::Bonus && Some(award.head.id) == id)
    };
    limit.subjects.iter().any(|one| match one {
        LimitSubject::Credits | LimitSubject::Reductions => true,
        LimitSubject::Bonuses => false,
        LimitSubject::Named(link) => !is_bonus(link.to),
    })
}

/// What a month's limit cuts of the worst month: before and after it; nothing where there is no such month.
fn cut(subject: &Subject<'_>, limit: &Limit) -> Option<(Exact, Exact)> {
    if limit.period != LimitPeriod::Each(Every::Month) {
        return None;
    }
    let worst = asked::month(subject, false)?;
    let words = subject.quote(limit.to.span);
    let cuts = worst.lines.iter().flat_map(|line| &line.cuts);
    let cuts = cuts.filter(|cut| cut.limit.starts_with(&words));
    Some(cuts.fold((Exact::zero(), Exact::zero()), |sum, cut| {
        (sum.0.add(&cut.before.abs()), sum.1.add(&cut.after.abs()))
    }))
}

/// The words behind the period: before the right to terminate, where there is one.
fn edit(subject: &Subject<'_>, limit: &Limit) -> Option<Edit> {
    let text = ", the excess lapses";
    let item = limit.head.span;
    let Some(terminate) = &limit.terminate else {
        return answers::behind(subject, &limit.head, text);
    };
    let words = subject.sources.slice(Span {
        end: terminate.failures.span.start,
        ..item
    });
    let before = words.rfind("terminate")?;
    let before = words.get(..before)?.trim_end();
    let at = item.start as usize + before.strip_suffix(',').unwrap_or(before).trim_end().len();
    Some(Edit {
        span: Span::new(item.file, at, at),
        text: text.to_owned(),
    })
}
