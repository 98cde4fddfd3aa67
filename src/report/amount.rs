//! Amounts of money as text.

use crate::quantity::{Currency, Exact, Figure, Type, group_digits};

/// The exact amount as a plain decimal with at least the decimals of its currency: `41250.00`. An amount without finite
/// decimals is `n/d`. Lines of a statement are rounded, so they always have finite decimals.
pub(super) fn plain(amount: &Exact, currency: Currency) -> String {
    match amount.decimal_places() {
        Some(places) => amount.to_fixed(places.max(currency.decimals())),
        None => amount.to_string(),
    }
}

/// The exact amount for people: `41 250.00`. An amount without finite decimals is cut off, and begins with `≈`.
pub(super) fn grouped(amount: &Exact, currency: Currency) -> String {
    match amount.decimal_places() {
        Some(places) => group_digits(&amount.to_fixed(places.max(currency.decimals())), ' '),
        None => Figure::new(amount.clone(), Type::money(currency)).number(),
    }
}
