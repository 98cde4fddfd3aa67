//! `undecided-excess`

use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::extremes::Worst;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers};
use crate::model::facts::{AwardKind, Every, ItemId, Limit, LimitPeriod, LimitSubject};
use crate::quantity::Exact;
use crate::text::Span;

rule! {
    /// A limit cuts credits, and the contract does not say what happens to the part that is cut.
    ///
    /// If the contract does not say, that part is gone. Many contracts carry it forward to months with room, and pay
    /// out the rest at the end.
    ///
    /// A month's limit is looked at where it cuts something of the worst month that `quidpro review` finds.
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
        .collect();
    if open.is_empty() {
        return Vec::new();
    }
    let worst = subject.worst();
    let cut = |limit: &Limit| cut(subject, limit, worst.as_ref()?);
    let cuts = |limit: &Limit| cut(limit).is_none_or(|(before, after)| before != after);
    let open: Vec<&Limit> = open.into_iter().filter(|limit| cuts(limit)).collect();
    let Some(limit) = open.first() else {
        return Vec::new();
    };
    let words = subject.quote(limit.to.span);
    let message = match open.len() {
        1 => format!("what happens to what the limit of `{words}` cuts?"),
        count => format!("what happens to what these {count} limits cut?"),
    };
    let mut finding = Diagnostic::info(RULE.name, limit.head.span, message).because(
        "today it is gone: no later month makes up for it, and neither does the end of the term",
    );
    if let (Some((before, after)), Some(worst)) = (cut(limit), &worst) {
        finding = finding.because(format!(
            "{}, {} are cut to {}, and {} is gone",
            worst.words(),
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
            .help("write `, the excess lapses` after the period to keep it so")
            .help("or `, the excess carried forward, paid out at the end of the term`"),
    ]
}

/// Whether the limit covers what is taken off for the customer.
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

/// What a monthly limit cuts in the worst month: the amounts before and after it. Nothing if there is no such month.
fn cut(subject: &Subject<'_>, limit: &Limit, worst: &Worst) -> Option<(Exact, Exact)> {
    if limit.period != LimitPeriod::Each(Every::Month) {
        return None;
    }
    let words = subject.quote(limit.to.span);
    let cuts = worst.month.lines.iter().flat_map(|line| &line.cuts);
    let cuts = cuts.filter(|cut| cut.limit.starts_with(&words));
    Some(cuts.fold((Exact::zero(), Exact::zero()), |sum, cut| {
        (sum.0.add(&cut.before.abs()), sum.1.add(&cut.after.abs()))
    }))
}

/// The words after the period, but before the right to terminate if there is one.
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
