//! `hollow-cap`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, extremes, mend};
use crate::model::facts::{
    AwardTerms, Builtin, Every, Form, Limit, LimitPeriod, LimitSubject, Value,
};
use crate::model::is_line_of;
use crate::quantity::{Exact, Figure, Type};
use crate::text::Span;

rule! {
    /// The limit on a month's credits is so low that most of them mean nothing.
    ///
    /// Once the limit is reached, the next miss is free. 10% to 12% of the month is usual; an audit called 3% hollow.
    ///
    /// The rule looks at monthly limits on all credits, and at monthly at-risk amounts. It checks what share of the
    /// example month's charges they are, and how much of the credits is left with every KPI at its worst. The second
    /// check skips credits that a formula computes, because nobody expects to reach the end of their scale.
    ///
    /// ```quid bad
    /// limit credits and reductions to 2% of charges each month
    /// ```
    ///
    /// ```quid bad
    /// credit content on csat { below 3.8: 40_000 EUR }
    /// ```
    ///
    /// ```quid good
    /// limit credits and reductions to 12% of charges each month
    /// ```
    ///
    /// To fix it, raise the limit until a bad month still hurts.
    "hollow-cap": Risk, Warning, Stable since "0.2.0",
    "share" = "5%" "the least share of a month's charges that credits should be able to reach",
    "kept" = "40%" "the least share of a worst month's credits that the limit should leave"; Unsafe fix "limit the \
                                                                                                         credits of a \
                                                                                                         month to 12% \
                                                                                                         of its \
                                                                                                         charges"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    caps(subject)
        .into_iter()
        .filter_map(|(cap, place)| {
            small(subject, cap, place).or_else(|| meaningless(subject, cap, place))
        })
        .collect()
}

/// The amounts to which a month's credits are limited, with the clauses that state them.
fn caps<'c>(subject: &Subject<'c>) -> Vec<(&'c Value, Span)> {
    let monthly = LimitPeriod::Each(Every::Month);
    let limits = subject.limits();
    let limits = limits.filter(|limit| limit.period == monthly && holds_all(subject, limit));
    let pools = subject.pools().filter(|pool| pool.every == Every::Month);
    let limits = limits.map(|limit| (&limit.to, limit.head.span));
    limits
        .chain(pools.map(|pool| (&pool.amount, pool.amount.span)))
        .collect()
}

/// Whether a limit covers every credit of the contract, either by the word `credits` or by their names.
fn holds_all(subject: &Subject<'_>, limit: &Limit) -> bool {
    let names = |name: &str| {
        limit.subjects.iter().any(|one| match one {
            LimitSubject::Credits => true,
            LimitSubject::Named(link) => is_line_of(name, &link.name),
            LimitSubject::Bonuses | LimitSubject::Reductions => false,
        })
    };
    let lines = subject.contract.plan.lines.iter();
    let mut credits = lines
        .filter(|line| line.kind == LineKind::Credit)
        .peekable();
    credits.peek().is_some() && credits.all(|line| names(&line.name))
}

fn small(subject: &Subject<'_>, cap: &Value, place: Span) -> Option<Diagnostic> {
    let least = subject.settings.threshold(&RULE, "share");
    let known = subject.example.as_ref().and_then(|example| {
        let mut nodes = subject.flow.within(cap.span).into_iter().rev();
        let amount = nodes.find_map(|node| {
            let is_all = subject.contract.graph.get(node)?.span == cap.span;
            let is_money = subject.contract.graph.get(node)?.kind.currency().is_some();
            (is_all && is_money).then(|| example.value(node)).flatten()
        })?;
        let charged = extremes::charged(&example.statement);
        Some((amount.divide(&charged)?, amount, charged))
    });
    let share = match &known {
        Some((share, ..)) => share.clone(),
        None => stated_share(cap)?,
    };
    if share >= least {
        return None;
    }
    let percent = |share: &Exact| Figure::new(share.clone(), Type::Percent);
    let mut finding = Diagnostic::warning(
        RULE.name,
        place,
        format!(
            "a month's credits are limited to {} of what is charged",
            percent(&share)
        ),
    );
    if let (Some((_, amount, charged)), Some(example)) = (known, &subject.example) {
        finding = finding
            .because(format!(
                "in the contract's example month, {}, that is {} of {}, however bad the service",
                example.month(),
                subject.money(&amount),
                subject.money(&charged)
            ))
            .costing(subject.money(&amount));
    }
    let finding = finding
        .because("once the limit is reached, the next miss is free")
        .help(format!(
            "raise the limit to at least {} of charges; 10% to 12% is usual",
            percent(&least)
        ));
    let share = cap.rate_of().map(|(share, _)| share);
    let edits = share
        .filter(|share| share.percent().is_some())
        .and_then(|share| mend::with_words(subject, share.span, "12%"));
    Some(mend::mended(finding, &RULE, edits))
}

/// The share of charges that the text states.
fn stated_share(cap: &Value) -> Option<Exact> {
    let (share, base) = cap.rate_of()?;
    let of_charges = matches!(base.form, Form::Sum(Builtin::Charges));
    share.percent().filter(|_| of_charges).cloned()
}

/// A finding if a limit cuts most of the worst month's credits that reach it. What narrower limits cut before does not
/// count.
fn meaningless(subject: &Subject<'_>, cap: &Value, place: Span) -> Option<Diagnostic> {
    let mut awards = subject.awards();
    let open = awards.any(|award| matches!(award.terms, AwardTerms::Amount(_)));
    if open {
        return None;
    }
    let worst = subject.worst()?;
    let words = subject.quote(cap.span);
    let lines = worst.month.lines.iter();
    let (mut before, mut after) = (Exact::zero(), Exact::zero());
    for line in lines.filter(|line| line.kind == LineKind::Credit) {
        let mut cuts = line.cuts.iter();
        let cut = cuts.find(|cut| cut.limit.starts_with(&words));
        before = before.add(&cut.map_or(&line.amount, |cut| &cut.before).abs());
        after = after.add(&cut.map_or(&line.amount, |cut| &cut.after).abs());
    }
    let least = subject.settings.threshold(&RULE, "kept");
    if before.is_zero() || after >= before.multiply(&least) {
        return None;
    }
    let lost = before.subtract(&after);
    let finding = Diagnostic::warning(
        RULE.name,
        place,
        "the limit makes most of a bad month's credits meaningless",
    );
    Some(
        finding
            .because(format!(
                "{}, credits of {} are cut to {}",
                worst.words(),
                subject.money(&before),
                subject.money(&after)
            ))
            .because("once the limit is reached, the next miss is free")
            .help("raise the limit, or lower the credits to what is really meant to be paid")
            .costing(subject.money(&lost)),
    )
}
