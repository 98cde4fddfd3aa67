//! JSON text to entries, with the place of each value; nothing is read as a float.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::cell::Raw;
use super::place::Excerpt;
use super::problem::Fault;

/// A value of JSON that is not split any further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar<'t> {
    Null,
    Text(String),
    Number(&'t str),
    Flag(bool),
    Nested(&'static str),
}

/// The keys and values of an object, in order, including keys that occur twice.
#[derive(Debug, Default)]
pub(super) struct Pairs<'t>(pub(super) Vec<(String, &'t RawValue)>);

/// Calls `each` for every element of the array `text`, until `each` returns that it has enough.
///
/// # Errors
/// Where the text is not JSON, with the line and the byte in it.
pub(super) fn for_each<'t>(
    text: &'t str,
    each: &mut dyn FnMut(&'t RawValue) -> bool,
) -> Result<(), Box<(Fault, Option<Excerpt>)>> {
    match text.trim_start().chars().next() {
        Some('[') => {}
        Some('{') => return Err(Box::new((one_object(), None))),
        None => return Err(Box::new((empty(), None))),
        Some(_) => return Err(Box::new((no_array(), Some(line_at(text, 1, 1))))),
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = deserializer.deserialize_seq(Elements(each));
    read.and_then(|()| deserializer.end()).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Box::new((not_json(&error), Some(line_at(text, line, column))))
    })
}

/// The keys and values of the object `raw`; nothing if it is not an object.
pub(super) fn pairs(raw: &RawValue) -> Option<Pairs<'_>> {
    let text = raw.get();
    text.starts_with('{')
        .then(|| serde_json::from_str(text).ok())
        .flatten()
}

impl<'t> Scalar<'t> {
    pub(super) fn of(raw: &'t RawValue) -> Self {
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'"') => serde_json::from_str(text).map_or(
                Self::Nested("a text with a broken escape in it"),
                Self::Text,
            ),

            Some(b'[') => Self::Nested("a list"),
            Some(b'{') => Self::Nested("an object"),
            Some(b't') => Self::Flag(true),
            Some(b'f') => Self::Flag(false),
            Some(b'n') | None => Self::Null,
            Some(_) => Self::Number(text),
        }
    }

    pub(super) fn raw(&self) -> Raw<'_> {
        match self {
            Self::Null => Raw::Empty,
            Self::Text(text) if text.is_empty() => Raw::Empty,
            Self::Text(text) => Raw::Text(text.as_bytes()),
            Self::Number(text) => Raw::Number(text),
            Self::Flag(flag) => Raw::Flag(*flag),
            Self::Nested(what) => Raw::Nested(what),
        }
    }

    /// The value as a person sees it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(text) => (*text).to_owned(),
            Self::Flag(flag) => flag.to_string(),
            Self::Nested(what) => (*what).to_owned(),
        }
    }
}

/// Where `part`, which is borrowed from `text`, begins in it.
pub(super) fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The line around some bytes of `text`, with these bytes marked up to the end of the line.
pub(super) fn line_around(text: &str, start: usize, length: usize) -> Excerpt {
    let bytes = text.as_bytes();
    let is_end = |byte: &u8| *byte == b'\n';
    let from = start.saturating_sub(400);
    let before = bytes.get(from..start).unwrap_or_default();
    let line_start = before
        .iter()
        .rposition(is_end)
        .map_or(from, |at| from + at + 1);
    let rest = bytes
        .get(start..bytes.len().min(start.saturating_add(800)))
        .unwrap_or_default();
    let line_length = rest.iter().position(is_end).unwrap_or(rest.len());
    let line = bytes
        .get(line_start..start + line_length)
        .unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mark = start - line_start..start - line_start + length.min(line_length);
    let indent = line
        .iter()
        .take(mark.start)
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let kept = line.get(indent..).unwrap_or_default();
    Excerpt::of(kept, mark.start - indent..mark.end - indent)
}

fn line_at(text: &str, line: usize, column: usize) -> Excerpt {
    let mut starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts.nth(line.saturating_sub(1)).unwrap_or(0);
    let at = (start + column.saturating_sub(1)).min(text.len());
    line_around(text, at, 1)
}

fn empty() -> Fault {
    Fault::new("empty-file", "there is no data").help("write a list of entries, one for each month")
}

fn one_object() -> Fault {
    Fault::new(
        "not-a-list",
        "the data is one object, not a list of entries",
    )
    .because("a list has an entry for each month")
    .help("put the entries between `[` and `]`")
}

fn no_array() -> Fault {
    Fault::new("not-json", "this is not JSON")
        .because("a list of entries, one for each month, begins with `[`")
}

fn not_json(error: &serde_json::Error) -> Fault {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let (line, column) = (error.line(), error.column());
    Fault::new("not-json", format!("this is not JSON: {}", in_plain(words))).because(format!(
        "the mistake is in line {line}, at character {column}"
    ))
}

/// The parser's message in plain words.
fn in_plain(words: &str) -> String {
    if words.starts_with("EOF") {
        return "the file ends too early".to_owned();
    }
    if words.starts_with("trailing comma") {
        return "there is a comma before a closing bracket".to_owned();
    }
    if words.starts_with("trailing characters") {
        return "there is something after the end of the list".to_owned();
    }
    match words {
        "expected value" => "a value is missing here".to_owned(),
        "key must be a string" => "a key in double quotes is missing here".to_owned(),
        words => words.to_lowercase(),
    }
}

struct Elements<'f, 't>(&'f mut dyn FnMut(&'t RawValue) -> bool);

impl<'t> Visitor<'t> for Elements<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(raw) = elements.next_element::<&'t RawValue>()? {
            if !(self.0)(raw) {
                break;
            }
        }
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

struct PairsVisitor;

/// The most keys of an entry. An entry with more keys is refused.
pub(super) const MOST_KEYS: usize = 20_000;

impl<'t> Visitor<'t> for PairsVisitor {
    type Value = Pairs<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Pairs<'t>, A::Error> {
        let mut pairs = Vec::new();
        while pairs.len() <= MOST_KEYS
            && let Some(pair) = map.next_entry::<String, &'t RawValue>()?
        {
            pairs.push(pair);
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Pairs(pairs))
    }
}

impl<'t> Deserialize<'t> for Pairs<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}
