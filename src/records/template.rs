//! Which columns a file of records needs.

use crate::model::facts::FieldKind;

use super::plan::Plan;

/// The columns of one set of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetTemplate {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The system that it comes from.
    pub source: Option<String>,
    /// The columns that are read. No other is.
    pub columns: Vec<Column>,
}

/// A column of a file of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// How its values are written.
    pub form: String,
    /// A value, as an example.
    pub example: String,
    /// Whether it tells a record from every other.
    pub is_key: bool,
    /// Whether it may be empty.
    pub may_be_missing: bool,
}

/// The columns that the plan reads, for each set of records.
#[must_use]
pub fn templates(plan: &Plan) -> Vec<SetTemplate> {
    let sets = plan.sets.iter().map(|set| {
        let needed = set
            .needed
            .iter()
            .filter_map(|id| Some((*id, set.field(*id)?)));
        let columns = needed.filter_map(|(id, field)| {
            let (form, example) = form(&field.kind)?;
            Some(Column {
                name: field.name.text.clone(),
                form,
                example,
                is_key: set.records.key == Some(id),
                may_be_missing: field.may_be_missing,
            })
        });
        let head = &set.records.head;
        SetTemplate {
            name: head.name().to_owned(),
            title: head.title.as_ref().map(|title| title.text.clone()),
            source: set
                .records
                .source
                .as_ref()
                .map(|source| source.text.clone()),
            columns: columns.collect(),
        }
    });
    sets.collect()
}

/// How values are written, and one of them; nothing for what is no column.
fn form(kind: &FieldKind) -> Option<(String, String)> {
    let of = |form: &str, example: &str| Some((form.to_owned(), example.to_owned()));
    match kind {
        FieldKind::Text => of("any text", "A-1"),
        FieldKind::Time(_) => of(
            "a time with its offset from UTC, or in UTC with `Z`: 2026-03-29T01:59:59+01:00",
            "2026-03-29T00:59:59Z",
        ),
        FieldKind::Date => of("a day: 2026-03-29", "2026-03-29"),
        FieldKind::Number(0) => of("a whole number", "4"),
        FieldKind::Number(decimals) => Some((
            format!("a number with at most {decimals} decimals after a point"),
            "4.5".to_owned(),
        )),
        FieldKind::Duration(unit) => Some((
            format!("a number of {}", unit_words(*unit)),
            "20".to_owned(),
        )),
        FieldKind::OneOf(members) => Some((
            format!("one of {}", members.join(", ")),
            members.first().cloned().unwrap_or_default(),
        )),
        FieldKind::Between(_) | FieldKind::Unknown => None,
    }
}

fn unit_words(milliseconds: i64) -> &'static str {
    match milliseconds {
        1 => "milliseconds",
        1_000 => "seconds, with at most 3 decimals",
        60_000 => "minutes, with at most 4 decimals",
        _ => "hours, with at most 5 decimals",
    }
}
