//! The fields of records.

use crate::calendar::Zone;
use crate::diagnostic::Diagnostic;
use crate::model::facts::{Between, Field, FieldId, FieldKind};
use crate::quantity::Exact;
use crate::syntax::tree::{
    self, DimensionItem, FieldType, Name, Number, RecordField, Records, Text,
};
use crate::text::Span;
use crate::typing::{Context, suggestion};

use super::Set;

/// The most decimals that a number can have.
const MOST_DECIMALS: usize = 6;

/// Reads the fields of a set of records.
pub(super) fn read(cx: &mut Context<'_>, records: &Records, zone: Option<(&str, Span)>) -> Set {
    let mut set = Set {
        name: records.name.clone(),
        fields: Vec::new(),
        key: None,
        dated_by: None,
    };
    for field in &records.fields {
        if let Some((_, first)) = set.find(&field.name.text) {
            cx.report(field_twice(&field.name, &first.name));
        }
        let kind = field
            .kind
            .as_ref()
            .map_or(FieldKind::Unknown, |kind| simple(cx, field, kind, zone));
        set.fields.push(Field {
            name: field.name.clone(),
            kind,
            may_be_missing: field.may_be_missing.is_some(),
        });
    }
    for (at, field) in records.fields.iter().enumerate() {
        if let Some(kind) = between(cx, &set, field)
            && let Some(place) = set.fields.get_mut(at)
        {
            place.kind = kind;
        }
    }
    set.key = key(cx, records);
    set.dated_by = dated_by(cx, records, &set);
    set
}

/// Where the first duration is that is measured in service hours.
pub(super) fn asks_for_hours(records: &Records) -> Option<Span> {
    records.fields.iter().find_map(|field| match &field.kind {
        Some(FieldType::Between {
            in_service_hours, ..
        }) => *in_service_hours,
        _ => None,
    })
}

fn simple(
    cx: &mut Context<'_>,
    field: &RecordField,
    kind: &FieldType,
    zone: Option<(&str, Span)>,
) -> FieldKind {
    match kind {
        FieldType::Text => FieldKind::Text,
        FieldType::Date => FieldKind::Date,
        FieldType::Whole => FieldKind::Number(0),
        FieldType::Time(written) => time(cx, field, written.as_ref(), zone),
        FieldType::Number(step) => number(cx, field, step.as_ref()),
        FieldType::Duration(unit) => duration(cx, field, unit.as_ref()),
        FieldType::OneOf(members) => one_of(cx, field, members),
        FieldType::Between { .. } => FieldKind::Unknown,
    }
}

fn time(
    cx: &mut Context<'_>,
    field: &RecordField,
    written: Option<&Text>,
    zone: Option<(&str, Span)>,
) -> FieldKind {
    let (name, span) = match (written, zone) {
        (Some(text), _) => (text.text.as_str(), text.span),
        (None, Some(zone)) => zone,
        (None, None) => {
            cx.report(
                Diagnostic::error(
                    "record-zone",
                    field.kind_span,
                    format!("the time `{}` has no time zone", field.name.text),
                )
                .because("the zone decides on which day, and so in which month, a record counts")
                .help("write `time in \"Europe/Madrid\"`, or `measurement { time zone \"Europe/Madrid\" }` for all"),
            );
            return FieldKind::Unknown;
        }
    };
    if Zone::named(name).is_none() {
        cx.report(unknown_zone(name, span));
        return FieldKind::Unknown;
    }
    FieldKind::Time(name.to_owned())
}

pub(super) fn unknown_zone(name: &str, at: Span) -> Diagnostic {
    let names = Zone::names();
    let ends = |zone: &&String| {
        let place = zone.rsplit('/').next().unwrap_or_default();
        place.eq_ignore_ascii_case(&name.trim().replace(' ', "_"))
    };
    let near = names.iter().find(ends).map(String::as_str);
    let near = near.or_else(|| suggestion(name, names.iter().map(String::as_str)));
    let found = Diagnostic::error("record-zone", at, format!("`{name}` is not a time zone"))
        .because("when its clock changes must be known exactly");
    match near {
        Some(near) => found.help(format!("write `\"{near}\"`")),
        None => {
            found.help("write the name of a zone in the IANA database, such as `\"Europe/Madrid\"`")
        }
    }
}

fn number(cx: &mut Context<'_>, field: &RecordField, step: Option<&Number>) -> FieldKind {
    let Some(step) = step else {
        cx.report(
            Diagnostic::error(
                "field-step",
                field.kind_span,
                format!(
                    "the number `{}` does not say how many decimals it has",
                    field.name.text
                ),
            )
            .because("a value with more decimals is counted as unreadable, not rounded")
            .help("write `whole number`, or the step: `number to 0.01`"),
        );
        return FieldKind::Unknown;
    };
    let mut power = Exact::one();
    for decimals in 0..=MOST_DECIMALS {
        if step.value == power {
            return FieldKind::Number(u32::try_from(decimals).unwrap_or_default());
        }
        power = power
            .divide(&Exact::from_integer(10))
            .unwrap_or_else(Exact::zero);
    }
    cx.report(
        Diagnostic::error(
            "field-step",
            step.span,
            "the step of a number in a record is 1, 0.1, 0.01 and so on, down to 0.000001",
        )
        .help("write how many decimals the column has: `number to 0.01`"),
    );
    FieldKind::Unknown
}

/// The milliseconds in a unit of time.
pub(super) fn milliseconds(unit: &str) -> Option<i64> {
    Some(match unit {
        "millisecond" | "milliseconds" => 1,
        "second" | "seconds" => 1_000,
        "minute" | "minutes" => 60_000,
        "hour" | "hours" => 3_600_000,
        _ => return None,
    })
}

fn duration(cx: &mut Context<'_>, field: &RecordField, unit: Option<&Name>) -> FieldKind {
    let span = unit.map_or(field.kind_span, |unit| unit.span);
    if let Some(unit) = unit
        && let Some(length) = milliseconds(&unit.text)
    {
        return FieldKind::Duration(length);
    }
    let message = match unit {
        Some(unit) => format!("a column cannot have a duration in `{}`", unit.text),
        None => format!(
            "the duration `{}` does not say in which unit the column has it",
            field.name.text
        ),
    };
    cx.report(
        Diagnostic::error("field-unit", span, message)
            .because("20 in a column of seconds and 20 in one of minutes are different waits")
            .help("write `duration in seconds`, or `milliseconds`, `minutes` or `hours`"),
    );
    FieldKind::Unknown
}

fn one_of(cx: &mut Context<'_>, field: &RecordField, members: &DimensionItem) -> FieldKind {
    if members.name.text.is_empty() {
        if members.members.is_empty() {
            cx.report(
                Diagnostic::error(
                    "field-without-type",
                    field.kind_span,
                    format!("`{}` can be one of nothing", field.name.text),
                )
                .help("list the values that the column can have: `one of { answered, abandoned }`"),
            );
            return FieldKind::Unknown;
        }
        return FieldKind::OneOf(members.members.iter().map(|one| one.text.clone()).collect());
    }
    let found = cx
        .dimensions
        .iter()
        .find(|one| one.name == members.name.text);
    let Some((all, span)) = found.map(|one| (one.members.clone(), one.span)) else {
        let name = &members.name.text;
        let known = cx.dimensions.iter().map(|one| one.name.as_str());
        let near = suggestion(name, known).map(str::to_owned);
        let found = Diagnostic::error(
            "unknown-dimension",
            members.name.span,
            format!("there is no dimension `{name}`"),
        );
        cx.report(match near {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help("list the values: `one of { answered, abandoned }`"),
        });
        return FieldKind::Unknown;
    };
    cx.refer(members.name.span, span);
    FieldKind::OneOf(all)
}

/// How long it took from one time to another, once all other fields are known; nothing for another field.
fn between(cx: &mut Context<'_>, set: &Set, field: &RecordField) -> Option<FieldKind> {
    let Some(FieldType::Between {
        from,
        to,
        in_service_hours,
        less,
    }) = &field.kind
    else {
        return None;
    };
    let (from, to) = (named(cx, set, from), named(cx, set, to));
    let less = less.as_ref().map(|less| (named(cx, set, less), less));
    let time = |cx: &mut Context<'_>, found: Option<FieldId>| {
        let found = found?;
        let one = set.field(found)?;
        match &one.kind {
            FieldKind::Time(_) => Some(found),
            FieldKind::Unknown => None,
            _ => {
                cx.report(not_a_time(field, one));
                None
            }
        }
    };
    let (from, to) = (time(cx, from), time(cx, to));
    let less = match less {
        None => None,
        Some((found, name)) => {
            let found = found?;
            let one = set.field(found)?;
            if !matches!(one.kind, FieldKind::Duration(_)) {
                cx.report(not_a_duration(name, one));
                return Some(FieldKind::Unknown);
            }
            Some(found)
        }
    };
    let (Some(from), Some(to)) = (from, to) else {
        return Some(FieldKind::Unknown);
    };
    Some(FieldKind::Between(Between {
        from,
        to,
        in_service_hours: in_service_hours.is_some(),
        less,
    }))
}

fn not_a_time(field: &RecordField, other: &Field) -> Diagnostic {
    Diagnostic::error(
        "record-types",
        field.kind_span,
        format!(
            "a duration is measured between two times, and `{}` is none",
            other.name.text
        ),
    )
    .and_at(
        other.name.span,
        format!("`{}` is {}", other.name.text, called(&other.kind)),
    )
    .help("write `time in \"Europe/Madrid\"` for its type, or name another field")
}

fn not_a_duration(name: &Name, other: &Field) -> Diagnostic {
    Diagnostic::error(
        "record-types",
        name.span,
        format!(
            "only a duration can be taken off, and `{}` is none",
            name.text
        ),
    )
    .and_at(
        other.name.span,
        format!("`{}` is {}", other.name.text, called(&other.kind)),
    )
    .help("write `duration in minutes` for its type, or name another field")
}

/// What a field holds, in words that follow "is".
pub(super) fn called(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "a text",
        FieldKind::Time(_) => "a time",
        FieldKind::Date => "a date",
        FieldKind::Number(0) => "a whole number",
        FieldKind::Number(_) => "a number",
        FieldKind::Duration(_) | FieldKind::Between(_) => "a duration",
        FieldKind::OneOf(_) => "one of several words",
        FieldKind::Unknown => "something unknown",
    }
}

/// The field of that name; a finding if there is none.
pub(super) fn named(cx: &mut Context<'_>, set: &Set, name: &Name) -> Option<FieldId> {
    if let Some((id, field)) = set.find(&name.text) {
        let place = field.name.span;
        cx.refer(name.span, place);
        return Some(id);
    }
    let names = set.fields.iter().map(|field| field.name.text.as_str());
    let near = cx.guess(&name.text, names).map(str::to_owned);
    let found = Diagnostic::error(
        "unknown-field",
        name.span,
        format!("`{}` has no field `{}`", set.name.text, name.text),
    )
    .and_at(set.name.span, "the records are declared here");
    cx.report(match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(format!(
            "declare it among the fields of `{}`: `{} : text`",
            set.name.text, name.text
        )),
    });
    None
}

fn field_twice(name: &Name, first: &Name) -> Diagnostic {
    Diagnostic::error(
        "declared-twice",
        name.span,
        format!("the field `{}` is declared twice", name.text),
    )
    .here("the second time")
    .and_at(first.span, "the first time")
    .because("a name must mean one thing")
    .help("give one of them another name")
}

fn key(cx: &mut Context<'_>, records: &tree::Records) -> Option<FieldId> {
    let mut keys = records
        .fields
        .iter()
        .enumerate()
        .filter_map(|(at, field)| Some((FieldId(at), field, field.key?)));
    let first = keys.next();
    if let (Some((_, one, _)), Some((_, _, span))) = (first, keys.next()) {
        cx.report(
            Diagnostic::error("record-key", span, "records have one key")
                .and_at(one.name.span, "the first one")
                .help("remove one `key`; if only two columns together are different in every record, join them in the export"),
        );
    }
    let Some((id, field, span)) = first else {
        cx.report(
            Diagnostic::error(
                "record-key",
                records.name.span,
                format!("no field of `{}` is different in every record", records.name.text),
            )
            .because("a record that is delivered twice would count twice")
            .help("write `key` after the type of the field that is different in every record: `id : text, key`"),
        );
        return None;
    };
    if let Some(missing) = field.may_be_missing {
        cx.report(
            Diagnostic::error(
                "record-key",
                missing,
                "the key of a record cannot be missing",
            )
            .and_at(span, "it is the key")
            .help("remove `may be missing`; records without a key are counted and reported"),
        );
    }
    let is_simple = !matches!(field.kind, Some(FieldType::Between { .. }));
    is_simple.then_some(id)
}

/// The field that dates a record: the one that says so, or the only time or date.
fn dated_by(cx: &mut Context<'_>, records: &tree::Records, set: &Set) -> Option<FieldId> {
    let dates = |kind: &FieldKind| matches!(kind, FieldKind::Time(_) | FieldKind::Date);
    let mut unknown = false;
    let mut marked = Vec::new();
    let mut all = Vec::new();
    for ((at, field), known) in records.fields.iter().enumerate().zip(&set.fields) {
        unknown = unknown || known.kind == FieldKind::Unknown;
        if let Some(span) = field.dates {
            marked.push((FieldId(at), span, known));
        }
        if dates(&known.kind) {
            all.push((FieldId(at), known));
        }
    }
    if let Some((id, span, known)) = marked.first() {
        if !dates(&known.kind) && known.kind != FieldKind::Unknown {
            cx.report(
                Diagnostic::error(
                    "record-date",
                    *span,
                    format!(
                        "`{}` is {} and cannot date a record",
                        known.name.text,
                        called(&known.kind)
                    ),
                )
                .help("write `dates the record` after a field of type `time` or `date`"),
            );
            return None;
        }
        if let Some((_, second, _)) = marked.get(1) {
            cx.report(
                Diagnostic::error("record-date", *second, "one field dates a record")
                    .and_at(*span, "the first one")
                    .help("remove one; an input can name another: `count of tickets dated by resolved`"),
            );
        }
        return Some(*id);
    }
    if let [(only, _)] = all.as_slice() {
        return Some(*only);
    }
    if !unknown {
        let what = if all.is_empty() {
            "no field says"
        } else {
            "several fields could say"
        };
        let mut found = Diagnostic::error(
            "record-date",
            records.name.span,
            format!(
                "{what} in which month a record of `{}` counts",
                records.name.text
            ),
        );
        for (_, field) in &all {
            found = found.and_at(field.name.span, "one of them");
        }
        let example = all
            .first()
            .map_or("started", |(_, field)| field.name.text.as_str());
        cx.report(found.help(format!(
            "write `dates the record` after one: `{example} : time in \"Europe/Madrid\", dates the record`"
        )));
    }
    None
}
