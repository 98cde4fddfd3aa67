//! Converts two values to one type so that they can be added or compared, or says why that is not possible.

use crate::diagnostic::Diagnostic;
use crate::program::Op;
use crate::quantity::{Exact, Type};
use crate::text::Span;

use super::demand::as_percentage;
use super::{Context, Typed};

impl Context<'_> {
    /// Converts `value` to the type `wanted` if that is exact and cannot be misunderstood. Otherwise returns nothing.
    pub fn fit(&mut self, value: &Typed, wanted: &Type) -> Option<Typed> {
        if value.kind == *wanted {
            return Some(value.clone());
        }
        match (&value.kind, wanted) {
            (Type::Unknown, _) | (_, Type::Unknown) => Some(value.clone()),
            (Type::Quantity(from), Type::Quantity(to)) => {
                let factor = from.factor_to(to)?;
                Some(self.scaled(value, &factor, wanted.clone()))
            }
            (Type::Number, Type::Percent) if value.ratio || is_zero(value) => {
                Some(self.retyped(value, wanted))
            }
            (Type::Percent, Type::Number) if value.ratio => Some(self.retyped(value, wanted)),
            (Type::Number | Type::Percent, Type::Quantity(_) | Type::PercentagePoints)
                if is_zero(value) =>
            {
                Some(self.retyped(value, wanted))
            }
            (Type::Number, Type::Quantity(unit)) if value.literal && !unit.has_currency() => {
                self.refuse_grouped_number(value);
                Some(self.retyped(value, wanted))
            }
            (Type::Number, Type::Score) | (Type::Score, Type::Number) => {
                Some(self.retyped(value, wanted))
            }
            _ => None,
        }
    }

    /// Converts two values to one type. If that is not possible, reports a finding and returns nothing. `joined` says
    /// what was attempted, as in "cannot be {added to}".
    pub fn unify(
        &mut self,
        left: &Typed,
        right: &Typed,
        joined: &str,
        span: Span,
    ) -> Option<(Typed, Typed)> {
        if left.is_unknown() || right.is_unknown() {
            return None;
        }
        if let Some(right) = self.fit_for_join(right, left) {
            return Some((left.clone(), right));
        }
        if let Some(left) = self.fit_for_join(left, right) {
            return Some((left, right.clone()));
        }
        self.mismatch(left, right, joined, span);
        None
    }

    fn fit_for_join(&mut self, value: &Typed, other: &Typed) -> Option<Typed> {
        if other.literal && value.kind != other.kind {
            return None;
        }
        self.fit(value, &other.kind)
    }

    fn mismatch(&mut self, left: &Typed, right: &Typed, joined: &str, span: Span) {
        let a = self.quote(left.span);
        let b = self.quote(right.span);
        let mut finding = Diagnostic::error(
            "type-mismatch",
            span,
            format!(
                "`{b}` is {}, and cannot be {joined} `{a}`, which is {}",
                right.kind, left.kind
            ),
        );
        finding.primary.span = right.span;
        finding.primary.text = format!("this is {}", right.kind);
        finding = finding.and_at(left.span, format!("this is {}", left.kind));
        for side in [left, right] {
            if let Some(origin) = &side.origin {
                finding = finding.and_at(
                    origin.declared,
                    format!("`{}` is declared as {} here", origin.name, side.kind),
                );
            }
        }
        if let Some(why) = why(&left.kind, &right.kind) {
            finding = finding.because(why);
        }
        for (one, two) in [(left, right), (right, left)] {
            if let Some(help) = self.mending(one, two, joined) {
                finding = finding.help(help);
                break;
            }
        }
        self.report(finding);
    }

    /// `4.50 EUR per call of offered - 10_000` with the number among what is counted:
    /// `4.50 EUR per call of (offered - 10_000 calls)`.
    fn within_the_count(&self, value: &Typed, other: &Typed, joined: &str) -> Option<String> {
        let sign = match joined {
            "subtracted from" => '-',
            "added to" => '+',
            _ => return None,
        };
        let share = other.share.as_deref()?;
        let Type::Quantity(counted) = &share.base.kind else {
            return None;
        };
        let is_written = share.rate.span != other.span && share.base.span != other.span;
        (counted.as_currency().is_none() && is_written).then(|| {
            let (rate, base) = (self.quote(share.rate.span), self.quote(share.base.span));
            let number = self.quote(value.span);
            format!("{rate} of ({base} {sign} {number} {counted})")
        })
    }

    /// The words to write instead of `value` so that it fits `other`.
    fn mending(&self, value: &Typed, other: &Typed, joined: &str) -> Option<String> {
        let text = self.quote(value.span);
        let summed = joined.starts_with("added") || joined.starts_with("subtracted");
        match (&value.kind, &other.kind) {
            (Type::Number, Type::Percent) if value.literal && summed => {
                Some(format!("write `{text} percentage points`"))
            }
            (Type::Number, Type::Percent) if value.literal => Some(as_percentage(value, &text)),
            (Type::Number, Type::PercentagePoints) if value.literal => {
                Some(format!("write `{text} percentage points`"))
            }
            (Type::Number, Type::Quantity(unit)) if value.literal => {
                let amount = format!("`{text} {unit}`");
                Some(match self.within_the_count(value, other, joined) {
                    Some(count) => format!(
                        "write `{count}` if the number belongs to the count, or {amount} if it is an amount"
                    ),
                    None => format!("write {amount}"),
                })
            }
            (Type::Percent, Type::Score) if value.constant.is_some() => {
                Some("compare a score with a mark on its scale, such as `4.0`".to_owned())
            }
            (Type::Percent, Type::Score) => Some(
                "they are measured on different scales: compare each with its own level".to_owned(),
            ),
            (Type::PercentagePoints, Type::Percent) => Some(format!(
                "the difference of two percentages counts in percentage points: write `({text}) as percent` if it \
                 is meant as a share"
            )),
            (Type::Percent, Type::Quantity(unit)) => Some(format!(
                "say what it is a share of, for example `{text} of {}`",
                if unit.as_currency().is_some() {
                    "charges"
                } else {
                    "forecast"
                }
            )),
            (Type::Quantity(a), Type::Quantity(b)) => match (a.as_currency(), b.as_currency()) {
                (Some(a), Some(b)) => {
                    let invoiced = self.currency() == Some(a);
                    let (from, to) = if invoiced { (b, a) } else { (a, b) };
                    Some(format!(
                        "convert with an agreed rate: `input {}_rate : {to} per {from} \"{to} for one {from}\"`, and \
                         multiply",
                        from.code().to_lowercase()
                    ))
                }
                _ if b.as_base().is_some_and(|base| base.seconds().is_some()) => {
                    let (counted, _) = a.divide(b);
                    let is_mean = !counted.is_none()
                        && counted
                            .parts()
                            .all(|(base, exponent)| exponent < 0 && base.seconds().is_none());
                    let name = value.origin.as_ref().filter(|_| is_mean)?;
                    Some(format!(
                        "`{}` is an average: declare it as `{b}` to compare it with a duration",
                        name.name
                    ))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// `value` times `factor`, as a value of type `kind`.
    fn scaled(&mut self, value: &Typed, factor: &Exact, kind: Type) -> Typed {
        if *factor == Exact::one() {
            return self.retyped(value, &kind);
        }
        let by = self
            .graph
            .constant(factor.clone(), Type::Number, value.span);
        let node = self.node(Op::Multiply(value.node, by), kind.clone(), value.span);
        Typed {
            node,
            kind,
            constant: value
                .constant
                .as_ref()
                .map(|constant| constant.multiply(factor)),
            dated: value.dated.iter().map(|one| one.multiply(factor)).collect(),
            domain: None,
            ..value.clone()
        }
    }

    /// The same value, read as another type.
    fn retyped(&mut self, value: &Typed, kind: &Type) -> Typed {
        let mut out = value.clone();
        out.kind = kind.clone();
        if let Some(constant) = &value.constant {
            out.node = self
                .graph
                .constant(constant.clone(), kind.clone(), value.span);
        }
        out
    }
}

fn is_zero(value: &Typed) -> bool {
    value.literal && value.constant.as_ref().is_some_and(Exact::is_zero)
}

fn why(left: &Type, right: &Type) -> Option<&'static str> {
    match (left, right) {
        (Type::Quantity(a), Type::Quantity(b))
            if a.as_currency().is_some() && b.as_currency().is_some() =>
        {
            Some("two currencies can be combined only with an agreed rate")
        }
        (Type::Quantity(_), Type::Quantity(_)) => Some("they count different things"),
        (Type::Percent, Type::Number) | (Type::Number, Type::Percent) => Some(
            "70 and 70% differ by a factor of a hundred, so the contract must say which one is meant",
        ),
        (Type::Percent, Type::PercentagePoints) | (Type::PercentagePoints, Type::Percent) => {
            Some("2% of 80% is 1.6 percentage points, so the contract must say which one is meant")
        }
        _ => None,
    }
}
