//! The expressions that an expression is made of.

use super::{Bands, Expr, ExprKind, Reach};

impl Expr {
    /// The expressions that it is directly made of, in the order of the text.
    #[must_use]
    pub fn parts(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Number(_)
            | ExprKind::Percent(_)
            | ExprKind::PercentagePoints(_)
            | ExprKind::Quantity(..)
            | ExprKind::Month(_)
            | ExprKind::Date(_)
            | ExprKind::Flag(_)
            | ExprKind::Name(_)
            | ExprKind::TotalOf(_)
            | ExprKind::Builtin(_)
            | ExprKind::ByAgreement
            | ExprKind::Broken => Vec::new(),
            ExprKind::Sum(terms) => terms.iter().map(|(_, term)| term).collect(),
            ExprKind::Product(factors) => factors.iter().map(|(_, factor)| factor).collect(),
            ExprKind::Negate(one)
            | ExprKind::Not(one)
            | ExprKind::Units(_, one)
            | ExprKind::InARow(one)
            | ExprKind::AsPercent(one)
            | ExprKind::OfMonths(one, _)
            | ExprKind::Window(_, one, _) => vec![one],
            ExprKind::Rounded(one, rounded) => vec![one, &rounded.step],
            ExprKind::Of(one, other)
            | ExprKind::Compare(one, _, other)
            | ExprKind::IfKnown(one, other) => vec![one, other],
            ExprKind::Between(one, low, high) => vec![one, low, high],
            ExprKind::And(all) | ExprKind::Or(all) | ExprKind::Call(_, all) => all.iter().collect(),
            ExprKind::If(arms, otherwise) => {
                let arms = arms.iter().flat_map(|(when, value)| [when, value]);
                arms.chain([otherwise.as_ref()]).collect()
            }
            ExprKind::Steps(steps) => vec![&steps.subject, &steps.level],
            ExprKind::Bands(subject, bands) => {
                let mut parts = vec![subject.as_ref()];
                parts.extend(bands.parts());
                parts
            }
            ExprKind::Dated(first, later) => {
                let later = later.iter().map(|one| &one.value);
                [first.as_ref()].into_iter().chain(later).collect()
            }
            ExprKind::Previous(of, first) => {
                [of].into_iter().chain(first).map(AsRef::as_ref).collect()
            }
        }
    }
}

impl Bands {
    /// Its edges and values, in the order of the text.
    #[must_use]
    pub fn parts(&self) -> Vec<&Expr> {
        let mut parts = Vec::new();
        for band in &self.bands {
            match &band.reach {
                Reach::Side(_, at) | Reach::Exactly(at) => parts.push(at),
                Reach::Range(from, to) => parts.extend([&from.at, &to.at]),
                Reach::Otherwise | Reach::NoValue => {}
            }
            parts.push(&band.value);
        }
        parts
    }
}
