//! Amounts of money that follow an index: each amount that an indexed item states is multiplied by the factor in force.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{NodeId, Op};
use crate::quantity::{BaseUnit, Currency, Exact, Rounding, Type};
use crate::text::Span;

use super::{Context, Typed};

/// The index that an item follows, while the item is read.
#[derive(Clone, Debug)]
pub struct Indexing {
    /// The factor in force in the month.
    pub factor: NodeId,
    /// How an indexed price is rounded, if the contract says so.
    pub rounding: Option<PriceRounding>,
    /// The number of amounts that have been indexed so far.
    pub prices: usize,
}

/// `prices rounded half up to 0.01 EUR`
#[derive(Clone, Debug)]
pub struct PriceRounding {
    /// The currency of the step. Prices in another currency cannot be rounded to it.
    pub currency: Currency,
    /// Which way and to what.
    pub rounding: Rounding,
    /// Where the rounding is stated.
    pub span: Span,
}

impl Context<'_> {
    /// The amount multiplied by the factor of the index that the item follows. If the item follows none, or the amount
    /// is not money, it is the amount itself.
    pub(super) fn indexed(&mut self, stated: Typed) -> Typed {
        let is_free = stated.constant.as_ref().is_some_and(Exact::is_zero);
        let Some(currency) = price_currency(&stated.kind).filter(|_| !is_free) else {
            return stated;
        };
        let Some(indexing) = &mut self.indexing else {
            return stated;
        };
        indexing.prices += 1;
        let (factor, rounding) = (indexing.factor, indexing.rounding.clone());
        self.factors.insert(factor);
        let (kind, span) = (stated.kind.clone(), stated.span);
        let mut node = self.node(Op::Multiply(stated.node, factor), kind.clone(), span);
        if let Some(rounding) = rounding {
            if rounding.currency != currency {
                self.other_step(&stated, &rounding);
                return self.unknown(span);
            }
            node = self.node(
                Op::Round(node, Box::new(rounding.rounding)),
                kind.clone(),
                span,
            );
        }
        let words = format!("{} indexed", self.quote(span));
        self.graph.label(node, StepKind::Part, words, None);
        Typed::new(node, kind, span)
    }

    fn other_step(&mut self, stated: &Typed, rounding: &PriceRounding) {
        let text = self.quote(stated.span);
        let finding = Diagnostic::error(
            "step-of-another-currency",
            stated.span,
            format!(
                "`{text}` cannot be rounded to a step in {}",
                rounding.currency
            ),
        )
        .and_at(rounding.span, "prices are rounded like this")
        .help("write a second index for the prices in the other currency");
        self.report(finding);
    }

    /// Reads something that is compared with rather than paid. Amounts in it do not follow the index.
    pub fn unindexed<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let indexing = self.indexing.take();
        let out = read(self);
        self.indexing = indexing;
        out
    }
}

/// The currency of an amount or price: money, or money for each of something.
fn price_currency(kind: &Type) -> Option<Currency> {
    let mut found = None;
    for (base, exponent) in kind.unit()?.parts() {
        match base {
            BaseUnit::Currency(currency) if exponent == 1 && found.is_none() => {
                found = Some(*currency);
            }
            BaseUnit::Currency(_) => return None,
            BaseUnit::Counted(_) => {}
        }
    }
    found
}
