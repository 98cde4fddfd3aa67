//! The date from which an amendment can be in force.

use crate::calendar::{Date, Month};
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Amendment, Contract, ItemKind};
use crate::text::Span;

use super::Version;

/// What is wrong with the date of an amendment, compared with the version before it.
pub(super) fn check(
    before: &Version,
    amendment: &Amendment,
    amended: &Contract,
) -> Option<Diagnostic> {
    let (effective, span) = amendment.effective?;
    within_a_month(effective, span)
        .or_else(|| before_another(before, amendment, effective, span))
        .or_else(|| outside_term(amended, effective, span))
        .or_else(|| signed_before_another(before, amendment))
}

/// Refuses an amendment that was signed before another on which it builds: it can build only on a text that was agreed
/// when it was signed.
fn signed_before_another(before: &Version, amendment: &Amendment) -> Option<Diagnostic> {
    let former = before.amendment.as_ref()?;
    let (signed, span) = amendment.signed?;
    let former_signed = former.named.signed.filter(|former| signed < *former)?;
    let name = &former.named.name;
    let message = format!(
        "`{}` is signed before `{name}`, which it builds on",
        amendment.name.text
    );
    let finding = Diagnostic::error("amendment-order", span, message)
        .and_at(former.span, format!("signed {former_signed}"))
        .because("what it changes was not yet agreed")
        .help("correct one of the dates, or let it build on the text that was agreed then");
    Some(finding)
}

fn within_a_month(effective: Date, span: Span) -> Option<Diagnostic> {
    let month = Month::of(effective);
    let (this, next) = (month.first_day()?, month.plus(1).first_day()?);
    if effective == this {
        return None;
    }
    let finding = Diagnostic::error(
        "effective-within-month",
        span,
        format!("the amendment takes effect within {month}"),
    )
    .because("a month is invoiced under one text, and this would leave open which one")
    .help(format!("write `{this}` or `{next}`"));
    Some(finding)
}

fn before_another(
    before: &Version,
    amendment: &Amendment,
    effective: Date,
    span: Span,
) -> Option<Diagnostic> {
    let former = before.amendment.as_ref()?;
    let place = former.span;
    let former = &former.named;
    if former.effective <= effective {
        return None;
    }
    let finding = Diagnostic::error(
        "amendment-order",
        span,
        format!(
            "`{}` takes effect before `{}`, which it builds on",
            amendment.name.text, former.name
        ),
    )
    .and_at(place, format!("in force from {}", former.effective))
    .because("what it changes would not yet be there")
    .help(format!(
        "write `{}` or a later month, or put the amendments in the order of their dates",
        former.effective
    ));
    Some(finding)
}

fn outside_term(amended: &Contract, effective: Date, span: Span) -> Option<Diagnostic> {
    let (term, place) = amended.items.iter().find_map(|item| match &item.kind {
        ItemKind::Term(term) => Some((term, item.span)),
        _ => None,
    })?;
    if (term.first..=term.last).contains(&effective) || term.last < term.first {
        return None;
    }
    let message = format!("the amendment takes effect on {effective}, outside the term");
    let finding = Diagnostic::error("effective-outside-term", span, message)
        .and_at(
            place,
            format!("the contract runs from {} to {}", term.first, term.last),
        )
        .because("no month would be invoiced under it")
        .help("choose a month of the term, or let the amendment replace the term");
    Some(finding)
}
