//! Values as texts in JSON, so that no reader rounds them.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::{Date, Month};
use crate::quantity::Exact;

/// A value with one text.
pub(super) trait Text: Sized {
    fn write(&self) -> String;
    fn read(text: &str) -> Option<Self>;
}

impl Text for Month {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl Text for Date {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Text for Exact {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        exact(text)
    }
}

/// A decimal, or `n/d`.
pub(super) fn exact(text: &str) -> Option<Exact> {
    match text.split_once('/') {
        Some((above, below)) => {
            let above = Exact::parse_decimal(above).ok()?;
            above.divide(&Exact::parse_decimal(below).ok()?)
        }
        None => Exact::parse_decimal(text).ok(),
    }
}

/// For `#[serde(with = "as_text")]`.
pub(super) mod as_text {
    use super::{Deserialize, Deserializer, Error, Serializer, Text};

    pub(in crate::report::document) fn serialize<T: Text, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.write())
    }

    pub(in crate::report::document) fn deserialize<'de, T: Text, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        let text = String::deserialize(deserializer)?;
        T::read(&text).ok_or_else(|| D::Error::custom(format!("`{text}` cannot be read")))
    }
}

/// The same for a value that may be absent.
pub(super) mod as_optional_text {
    use super::{Deserialize, Deserializer, Error, Serialize, Serializer, Text};

    pub(in crate::report::document) fn serialize<T: Text, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Text::write).serialize(serializer)
    }

    pub(in crate::report::document) fn deserialize<'de, T: Text, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let Some(text) = text else {
            return Ok(None);
        };
        let value = T::read(&text);
        value
            .map(Some)
            .ok_or_else(|| D::Error::custom(format!("`{text}` cannot be read")))
    }
}

/// The same for two months.
pub(super) mod as_months {
    use super::{Deserialize, Deserializer, Error, Month, Serialize, Serializer, Text};

    pub(in crate::report::document) fn serialize<S: Serializer>(
        value: &Option<(Month, Month)>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let texts = value.map(|(first, last)| [first.write(), last.write()]);
        texts.serialize(serializer)
    }

    pub(in crate::report::document) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<(Month, Month)>, D::Error> {
        let texts = Option::<[String; 2]>::deserialize(deserializer)?;
        let Some([first, last]) = texts else {
            return Ok(None);
        };
        let both = Month::read(&first).zip(Month::read(&last));
        both.map(Some)
            .ok_or_else(|| D::Error::custom(format!("`{first}` and `{last}` are not months")))
    }
}
