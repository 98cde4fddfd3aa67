//! JSON: a list of entries, one for each month or one for each value.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::calendar::Month;

use super::cell;
use super::collect::Found;
use super::heading_faults::{missing_values, unknown_column};
use super::json_text::{self, MOST_KEYS, Pairs, Scalar, line_around, offset};
use super::long_rows::{LongRows, Value};
use super::month_cell;
use super::names::{Given, Names, column_of};
use super::place::{ColumnPlace, Place, RowNumber, quotable};
use super::problem::{Fault, Problem};
use super::row::Layout;

/// Reads all entries of `text`.
///
/// # Errors
/// Everything about the file as a whole: text that is not JSON, keys that the contract does not know, inputs that no
/// entry has.
pub(super) fn read(
    text: &str,
    layout: &Arc<Layout>,
    keep_text: bool,
) -> Result<Vec<Found>, Vec<Problem>> {
    let mut json = Json {
        text,
        layout,
        names: Names::of(&layout.schema),
        rows: LongRows::new(Arc::clone(layout), keep_text),
        long: None,
        entry: Entry::default(),
        unknown: Vec::new(),
        known: HashMap::new(),
    };
    let read = json_text::for_each(text, &mut |raw| json.entry(raw));
    if let Err(wrong) = read {
        let (fault, excerpt) = *wrong;
        return Err(vec![fault.at(layout.whole()).with_excerpt(excerpt)]);
    }
    json.finish()
}

struct Json<'t> {
    text: &'t str,
    layout: &'t Arc<Layout>,
    names: Names,
    rows: LongRows,
    /// Whether each entry has one value; the first entry decides.
    long: Option<bool>,
    entry: Entry,
    unknown: Vec<Problem>,
    /// What each key means; nothing for a key that was reported as unknown.
    known: HashMap<String, Option<usize>>,
}

/// The entry that is being read.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    number: usize,
    line: usize,
    start: usize,
}

/// A key with its value. The key of a nested object is joined to it with a point.
struct Item<'t> {
    key: String,
    raw: &'t RawValue,
}

const MOST_UNKNOWN: usize = 100;

/// A length in bytes that no input name of a contract reaches.
const LONGEST_KEY: usize = 400;

impl<'t> Json<'t> {
    /// Reads one entry. Returns false if no more entries are wanted.
    fn entry(&mut self, raw: &'t RawValue) -> bool {
        let start = offset(self.text, raw.get());
        let between = self
            .text
            .as_bytes()
            .get(self.entry.start..start)
            .unwrap_or_default();
        let lines = between.iter().filter(|byte| **byte == b'\n').count();
        self.entry = Entry {
            number: self.entry.number + 1,
            line: self.entry.line.max(1) + lines,
            start,
        };
        match json_text::pairs(raw) {
            Some(pairs) => self.object(raw, pairs),
            None => self.refuse(None, raw, not_an_object()),
        }
        !self.rows.is_full() && self.unknown.len() <= MOST_UNKNOWN
    }

    fn object(&mut self, raw: &'t RawValue, pairs: Pairs<'t>) {
        let too_many = pairs.0.len() > MOST_KEYS;
        let items = flattened(pairs);
        if too_many || items.len() > MOST_KEYS {
            return self.refuse(None, raw, too_many_keys());
        }
        let has = |name: &str| {
            self.layout.schema.position(name).is_none() && items.iter().any(|item| item.key == name)
        };
        let long = *self.long.get_or_insert(has("input") && has("value"));
        if !long {
            for item in values(&items) {
                self.column(item);
            }
        }
        let owner = match self.owner(&items) {
            Ok(owner) => owner,
            Err((item, fault)) => {
                let (key, raw) =
                    item.map_or((None, None), |item| (Some(&*item.key), Some(item.raw)));
                match raw {
                    Some(raw) => self.refuse(key, raw, fault),
                    None => self.rows.problem(fault.at(self.place(None))),
                }
                return;
            }
        };
        if long {
            self.long_entry(&items, owner);
        } else {
            self.wide_entry(&items, owner);
        }
    }

    fn owner<'i>(&self, items: &'i [Item<'t>]) -> Result<Owner, (Option<&'i Item<'t>>, Fault)> {
        let month = single(items, "month")?;
        let Some(item) = month else {
            let fault = month_cell::read(cell::Raw::Empty).err();
            return Err((None, fault.unwrap_or_else(not_an_object)));
        };
        let month =
            month_cell::read(Scalar::of(item.raw).raw()).map_err(|fault| (Some(item), fault))?;
        let account = match single(items, "account")? {
            None => None,
            Some(item) => Some(
                cell::account(Scalar::of(item.raw).raw())
                    .map_err(|fault| (Some(item), fault))?
                    .to_owned(),
            ),
        };
        Ok(Owner { account, month })
    }

    fn wide_entry(&mut self, items: &[Item<'t>], owner: Owner) {
        let number = self.number();
        self.rows
            .begin(owner.account.as_deref(), owner.month, number);
        for item in values(items) {
            if let Some(column) = self.column(item) {
                self.value(item, column, &owner);
            }
        }
    }

    fn long_entry(&mut self, items: &[Item<'t>], owner: Owner) {
        let (input, value) = match (single(items, "input"), single(items, "value")) {
            (Ok(Some(input)), Ok(Some(value))) => (input, value),
            (Err((item, fault)), _) | (_, Err((item, fault))) => {
                return item.map_or((), |item| self.refuse(Some(&item.key), item.raw, fault));
            }
            _ => return self.rows.problem(without_value().at(self.place(None))),
        };
        let name = Scalar::of(input.raw).text();
        let mut given: Vec<(String, String)> = Vec::new();
        for item in items {
            let scalar = Scalar::of(item.raw);
            match item.key.as_str() {
                "month" | "account" | "input" | "value" => {}
                key if self.layout.schema.has_dimension(key) => {
                    if scalar != Scalar::Null {
                        given.push((key.to_owned(), scalar.text()));
                    }
                }
                _ => self.report_unknown(item),
            }
        }
        let given: Vec<Given<'_>> = given
            .iter()
            .map(|(d, m)| (d.as_str(), m.as_str()))
            .collect();
        let key = format!("{name}\n{given:?}");
        if !self.known.contains_key(&key) {
            let found = column_of(&self.layout.schema, &self.names, &name, &given);
            if let Err(fault) = &found {
                self.unknown
                    .push(self.at(Some(&input.key), input.raw, fault.clone()));
            }
            self.known.insert(key.clone(), found.ok());
        }
        if let Some(column) = self.known.get(&key).copied().flatten() {
            self.value(value, column, &owner);
        }
    }

    fn value(&mut self, item: &Item<'t>, column: usize, owner: &Owner) {
        let scalar = Scalar::of(item.raw);
        let value = Value {
            account: owner.account.clone(),
            month: owner.month,
            column,
            number: self.number(),
            text: scalar.text(),
        };
        let problem = |fault| {
            at(
                self.text,
                self.layout,
                self.entry,
                Some(&item.key),
                item.raw,
                fault,
            )
        };
        self.rows.add(value, scalar.raw(), problem);
    }

    /// The column that a key names. If there is none, this is reported.
    fn column(&mut self, item: &Item<'t>) -> Option<usize> {
        match self.names.find(&item.key) {
            Ok(Some(column)) => return Some(column),
            Ok(None) => self.report_unknown(item),
            Err(fault) => self.report_unclear(item, fault),
        }
        None
    }

    fn report_unclear(&mut self, item: &Item<'t>, fault: Fault) {
        if !self.known.contains_key(&item.key) && self.unknown.len() <= MOST_UNKNOWN {
            self.unknown.push(self.at(Some(&item.key), item.raw, fault));
            self.known.insert(item.key.clone(), None);
        }
    }

    fn report_unknown(&mut self, item: &Item<'t>) {
        if self.known.contains_key(&item.key) || self.unknown.len() > MOST_UNKNOWN {
            return;
        }
        let (fault, _) = unknown_column(&item.key, &self.layout.schema);
        self.unknown.push(self.at(Some(&item.key), item.raw, fault));
        self.known.insert(item.key.clone(), None);
    }

    fn refuse(&mut self, key: Option<&str>, raw: &RawValue, fault: Fault) {
        let problem = self.at(key, raw, fault);
        self.rows.problem(problem);
    }

    fn at(&self, key: Option<&str>, raw: &RawValue, fault: Fault) -> Problem {
        at(self.text, self.layout, self.entry, key, raw, fault)
    }

    fn place(&self, column: Option<ColumnPlace>) -> Place {
        Place {
            row: Some(self.number()),
            column,
            ..self.layout.whole()
        }
    }

    fn number(&self) -> RowNumber {
        number(self.entry)
    }

    fn finish(mut self) -> Result<Vec<Found>, Vec<Problem>> {
        let missing = self.rows.missing();
        let missing = missing_values(&missing.iter().collect::<Vec<_>>());
        if let Some(fault) = missing.filter(|_| self.unknown.is_empty() && self.entry.number > 0) {
            self.unknown = self.rows.take_problems();
            self.unknown.push(fault.at(self.layout.whole()));
        }
        if !self.unknown.is_empty() {
            return Err(self.unknown);
        }
        Ok(self.rows.finish())
    }
}

/// The account and month of an entry.
struct Owner {
    account: Option<String>,
    month: Month,
}

fn number(entry: Entry) -> RowNumber {
    RowNumber::Entry {
        number: entry.number,
        line: entry.line,
    }
}

fn at(
    text: &str,
    layout: &Layout,
    entry: Entry,
    key: Option<&str>,
    raw: &RawValue,
    fault: Fault,
) -> Problem {
    let place = Place {
        row: Some(number(entry)),
        column: key.map(|key| ColumnPlace {
            letter: None,
            heading: quotable(key.as_bytes()),
        }),
        text: key.map(|_| quotable(Scalar::of(raw).text().as_bytes())),
        ..layout.whole()
    };
    let start = offset(text, raw.get());
    fault
        .at(place)
        .with_excerpt(Some(line_around(text, start, raw.get().len())))
}

/// All keys with a value; `{"handled": {"voice": 1}}` has the key `handled.voice`. Notes are left out.
fn flattened(pairs: Pairs<'_>) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for (key, raw) in pairs.0.into_iter().filter(|(key, _)| !key.starts_with('#')) {
        let divisible = key.len() < LONGEST_KEY && !matches!(key.as_str(), "month" | "account");
        match json_text::pairs(raw).filter(|_| divisible) {
            Some(inner) => items.extend(inner.0.into_iter().map(|(member, raw)| Item {
                key: format!("{key}.{member}"),
                raw,
            })),
            None => items.push(Item { key, raw }),
        }
        if items.len() > MOST_KEYS {
            break;
        }
    }
    items
}

/// The items that have values.
fn values<'i, 't>(items: &'i [Item<'t>]) -> impl Iterator<Item = &'i Item<'t>> {
    let is_value = |item: &&Item<'_>| !matches!(item.key.as_str(), "month" | "account");
    items.iter().filter(is_value)
}

/// The item with that key, which must not occur twice.
fn single<'i, 't>(
    items: &'i [Item<'t>],
    key: &str,
) -> Result<Option<&'i Item<'t>>, (Option<&'i Item<'t>>, Fault)> {
    let mut found = items.iter().filter(|item| item.key == key);
    let first = found.next();
    match found.next() {
        None => Ok(first),
        Some(second) => Err((
            Some(second),
            Fault::new(
                "duplicate-key",
                format!("`{key}` occurs twice in one entry"),
            )
            .because("nothing says which of them counts")
            .help("remove one of them"),
        )),
    }
}

fn too_many_keys() -> Fault {
    Fault::new(
        "too-wide",
        format!("the entry has more than {MOST_KEYS} keys"),
    )
}

fn not_an_object() -> Fault {
    Fault::new("not-an-entry", "this is not an entry")
        .because("an entry is an object with a `month` and its values")
        .help("write it as in `{\"month\": \"2026-02\", \"offered\": 40000}`")
}

fn without_value() -> Fault {
    Fault::new("missing-value", "the entry has no `input` or no `value`")
        .because("the first entry has both, so each entry is read as one value")
        .help("write it as in `{\"month\": \"2026-02\", \"input\": \"offered\", \"value\": 40000}`")
}
