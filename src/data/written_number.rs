//! Numbers as the people of a country write them. Which country is never guessed: it is named, or there is no grouping.

use crate::quantity::{Exact, looks_grouped};

/// How numbers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// Digits with a decimal point, and no groups: `1250.50`.
    #[default]
    Plain,
    /// `1.250,50`.
    German,
    /// `1 250,50`, the space of any width.
    French,
    /// `1,250.50`.
    English,
}

impl Numbers {
    /// Reads a number, with a sign before it and a percent sign after it if it is a percentage.
    ///
    /// # Errors
    /// What is wrong with it, and how it is written.
    pub fn read(self, text: &str) -> Result<Exact, String> {
        let text = text.trim();
        let (text, percent) = match text.strip_suffix('%') {
            Some(number) => (number.trim_end(), true),
            None => (text, false),
        };
        let (sign, digits) = match text.strip_prefix(['-', '−']) {
            Some(digits) => ("-", digits),
            None => ("", text.strip_prefix('+').unwrap_or(text)),
        };
        if self == Self::Plain && looks_grouped(digits) {
            return Err(format!(
                "`{text}` can be read in two ways; say which with `--numbers de` or `--numbers en`"
            ));
        }
        let plain = self.plain(digits).ok_or_else(|| self.refused(text))?;
        let value =
            Exact::parse_decimal(&format!("{sign}{plain}")).map_err(|_| self.refused(text))?;
        if percent {
            return value
                .divide(&Exact::from_integer(100))
                .ok_or_else(|| self.refused(text));
        }
        Ok(value)
    }

    /// A number that a workbook stores: it has no groups, and nothing about it is ambiguous.
    pub(super) fn read_stored(self, text: &str) -> Option<Exact> {
        Exact::parse_decimal(text).ok()
    }

    fn refused(self, text: &str) -> String {
        let help = match self {
            Self::Plain => {
                "; if it is written as in a country, say which with `--numbers de`, `fr` or `en`"
            }
            Self::German | Self::French | Self::English => "",
        };
        format!(
            "`{text}` is not a number that is written as `{}`{help}",
            self.example()
        )
    }

    fn example(self) -> &'static str {
        match self {
            Self::Plain => "1250.50",
            Self::German => "1.250,50",
            Self::French => "1 250,50",
            Self::English => "1,250.50",
        }
    }

    /// The digits with a decimal point and without groups. Groups have three digits, but for the first one.
    fn plain(self, digits: &str) -> Option<String> {
        let is_group: fn(char) -> bool = match self {
            Self::Plain => |_| false,
            Self::German => |sign| sign == '.',
            Self::French => |sign| matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'),
            Self::English => |sign| sign == ',',
        };
        let decimal = match self {
            Self::Plain | Self::English => '.',
            Self::German | Self::French => ',',
        };
        let (whole, fraction) = match digits.split_once(decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let groups: Vec<&str> = whole.split(is_group).collect();
        let (first, others) = groups.split_first()?;
        let is_number =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let grouped =
            others.is_empty() || (first.len() <= 3 && others.iter().all(|group| group.len() == 3));
        if !grouped || !groups.iter().all(|group| is_number(group)) {
            return None;
        }
        let whole = groups.concat();
        match fraction {
            Some(fraction) if is_number(fraction) => Some(format!("{whole}.{fraction}")),
            Some(_) => None,
            None => Some(whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Numbers;

    #[test]
    fn each_country_writes_its_own_numbers() {
        for (numbers, text, value) in [
            (Numbers::Plain, "-1250.50", "-1250.5"),
            (Numbers::German, "1.250,50", "1250.5"),
            (Numbers::German, "1.250", "1250"),
            (Numbers::French, "1\u{202f}250,50", "1250.5"),
            (Numbers::English, "−1,250.50", "-1250.5"),
            (Numbers::English, "2.5%", "0.025"),
        ] {
            assert_eq!(numbers.read(text).unwrap().to_string(), value, "{text}");
        }
        for (numbers, text) in [
            (Numbers::Plain, "1.250"),
            (Numbers::Plain, "1,250"),
            (Numbers::German, "1.25"),
            (Numbers::German, "12.34,5"),
            (Numbers::French, "1 25,0"),
            (Numbers::English, "1,250,5"),
            (Numbers::English, ""),
            (Numbers::German, "1,2,3"),
        ] {
            assert!(numbers.read(text).is_err(), "{text}");
        }
    }
}
