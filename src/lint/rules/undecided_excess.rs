//! `undecided-excess`

use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::quantity::Exact;
use crate::syntax::tree::{AwardKind, Every, Item, ItemKind, Limit, LimitPeriod, LimitSubject};
use crate::text::Span;

rule! {
    /// A limit cuts credits, and the contract does not say what happens to the part that is cut.
    ///
    /// If the contract does not say, that part is gone. Many contracts carry it forward to months with room, and pay
    /// out the rest at the end.
    ///
    /// The rule reports a monthly limit if it cuts something in the example month with every KPI at its worst.
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
    let open: Vec<(&Item, &Limit)> = subject
        .items()
        .filter_map(|item| match &item.kind {
            ItemKind::Limit(limit) if limit.excess.is_none() && takes_off(subject, limit) => {
                Some((item, limit))
            }
            _ => None,
        })
        .filter(|(_, limit)| cut(subject, limit).is_none_or(|(before, after)| before != after))
        .collect();
    let Some((first, limit)) = open.first() else {
        return Vec::new();
    };
    let words = subject.quote(limit.to.span);
    let message = match open.len() {
        1 => format!("what happens to what the limit of `{words}` cuts?"),
        count => format!("what happens to what these {count} limits cut?"),
    };
    let mut finding = Diagnostic::info(RULE.name, first.span, message).because(
        "today it is gone: no later month makes up for it, and neither does the end of the term",
    );
    if let (Some((before, after)), Some(example)) = (cut(subject, limit), &subject.example) {
        finding = finding.because(format!(
            "in the contract's example month, {}, with every KPI at its worst, {} is cut to {}, and {} is gone",
            example.month(),
            subject.money(&before),
            subject.money(&after),
            subject.money(&before.subtract(&after))
        ));
    }
    for (item, _) in open.iter().skip(1) {
        finding = finding.and_at(item.span, "and here");
    }
    let edits = open
        .iter()
        .filter_map(|(item, limit)| edit(subject, item, limit));
    finding.fix = answers::as_today(subject, "say that it lapses", edits.collect());
    vec![
        finding
            .help("write `, the excess lapses` after the period to keep it so")
            .help("or `, the excess carried forward, paid out at the end of the term`"),
    ]
}

/// Whether the limit holds down what comes off for the customer.
fn takes_off(subject: &Subject<'_>, limit: &Limit) -> bool {
    limit.subjects.iter().any(|one| match one {
        LimitSubject::Credits(_) | LimitSubject::Reductions(_) => true,
        LimitSubject::Bonuses(_) => false,
        LimitSubject::Named(path) => !subject.items().any(|item| match &item.kind {
            ItemKind::Award(award) => {
                award.kind == AwardKind::Bonus && award.name.text == path.name.text
            }
            _ => false,
        }),
    })
}

/// What a monthly limit cuts from the worst month: the amounts before and after. Nothing if there is no such month.
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

/// The words after the period: before the right to terminate, if there is one.
fn edit(subject: &Subject<'_>, item: &Item, limit: &Limit) -> Option<Edit> {
    let text = ", the excess lapses";
    let Some(terminate) = &limit.terminate else {
        return answers::behind(subject, item, text);
    };
    let words = subject.sources.slice(Span {
        end: terminate.failures.span.start,
        ..item.span
    });
    let before = words.rfind("terminate")?;
    let before = words.get(..before)?.trim_end();
    let at = item.span.start as usize + before.strip_suffix(',').unwrap_or(before).trim_end().len();
    Some(Edit {
        span: Span::new(item.span.file, at, at),
        text: text.to_owned(),
    })
}
