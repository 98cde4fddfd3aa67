//! Exact numbers, roundings, units and currencies.

mod currency;
mod decimal;
mod exact;
mod figure;
mod rounding;
mod unit;
mod unit_table;
mod value_type;

pub use currency::Currency;
pub use decimal::{DecimalError, group_digits, looks_grouped};
pub use exact::Exact;
pub use figure::Figure;
pub use rounding::{Rounding, RoundingMode};
pub use unit::{BaseUnit, Unit};
pub use unit_table::{UnitInfo, UnitTable};
pub use value_type::Type;
