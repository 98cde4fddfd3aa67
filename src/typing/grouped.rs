//! Numbers whose decimals look like a group of thousands: `12.000 EUR`.

use crate::diagnostic::Diagnostic;
use crate::quantity::{BaseUnit, Exact, Type, Unit, looks_grouped};
use crate::text::Span;

use super::{Context, Typed};

const CODE: &str = "ambiguous-number";

impl Context<'_> {
    /// Refuses an amount that one reader takes for twelve and another for twelve thousand.
    pub(super) fn refuse_grouped_amount(&mut self, span: Span, unit: &Unit) {
        if unit.is_read_in_groups() {
            let currencies = unit.parts().filter_map(|(base, _)| match base {
                BaseUnit::Currency(currency) => Some(currency.decimals()),
                BaseUnit::Counted(_) => None,
            });
            let decimals = currencies.max().unwrap_or(0);
            self.refuse_grouped(span, decimals);
        }
    }

    /// Refuses a bare number that counts or scales something and can be read either way.
    pub fn refuse_grouped_number(&mut self, value: &Typed) {
        if value.literal && value.kind == Type::Number {
            self.refuse_grouped(value.span, 0);
        }
    }

    /// Refuses the bare number of two factors if it scales an amount.
    pub(super) fn refuse_grouped_factor(&mut self, left: &Typed, right: &Typed) {
        for (factor, scaled) in [(left, right), (right, left)] {
            if let Type::Quantity(unit) = &scaled.kind
                && unit.is_read_in_groups()
            {
                self.refuse_grouped_number(factor);
            }
        }
    }

    /// Refuses a number and its unit at a place if the number's decimals look like thousands. An item is read once for
    /// each member of a dimension, but is refused only once.
    pub fn refuse_grouped(&mut self, span: Span, decimals: usize) {
        let text = self.sources.slice(span);
        let end = text
            .find(|sign: char| !matches!(sign, '0'..='9' | '_' | '.'))
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let known = |found: &Diagnostic| found.code == CODE && found.primary.span == span;
        let value = Exact::parse_decimal(number).ok();
        let Some(value) = value.filter(|_| looks_grouped(number) && is_unit(unit)) else {
            return;
        };
        if self.diagnostics.iter().any(known) {
            return;
        }
        let places = value.decimal_places().unwrap_or(3);
        let short = value.to_fixed(places.max(decimals));
        let (decimal, hint) = if looks_grouped(&short) {
            (format!("{number}0"), ", with one more 0 after the point")
        } else {
            (short, "")
        };
        let whole = format!("{}{unit}", number.replace('.', "_"));
        let decimal = format!("{decimal}{unit}");
        self.report(
            Diagnostic::error(CODE, span, format!("`{number}` can be read in two ways"))
                .here(format!("either `{whole}` or `{decimal}`"))
                .because(format!(
                    "in some countries a point comes before decimals, in others before thousands: `{number}` is {} to \
                     one reader and {} to another",
                    value.to_fixed(places),
                    number.replace('.', " "),
                ))
                .help(format!("write `{whole}` or `{decimal}`{hint}")),
        );
    }
}

/// Whether the text after a number belongs to it: it is empty, or has the words of a unit.
fn is_unit(text: &str) -> bool {
    text.chars()
        .all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | ' ' | '\t'))
}
