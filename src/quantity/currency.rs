//! Currencies of ISO 4217.

use std::fmt;

use super::Exact;

/// A currency of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency with that upper-case code, if ISO 4217 has one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let known = iso_currency::Currency::from_code(code)?;
        known.code().as_bytes().try_into().ok().map(Self)
    }

    /// Its three-letter code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// The number of decimals of its smallest unit in ISO 4217: 2 for EUR, 0 for JPY.
    #[must_use]
    pub fn decimals(&self) -> usize {
        iso_currency::Currency::from_code(self.code())
            .and_then(|known| known.exponent())
            .map_or(2, usize::from)
    }

    /// Its smallest unit: 0.01 for EUR.
    #[must_use]
    pub fn minor_unit(&self) -> Exact {
        let scale = 10_i64.pow(u32::try_from(self.decimals()).unwrap_or(2));
        Exact::ratio(1, scale).unwrap_or_else(Exact::one)
    }

    /// Its name in English.
    #[must_use]
    pub fn name(&self) -> String {
        iso_currency::Currency::from_code(self.code())
            .map_or_else(String::new, |known| known.name().to_owned())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
