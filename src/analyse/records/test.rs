//! Conditions on records, and on parts of a month.

use crate::calendar::days_since_1970;
use crate::diagnostic::Diagnostic;
use crate::model::facts::{Against, Field, FieldId, FieldKind, Test};
use crate::quantity::Exact;
use crate::syntax::tree::{Comparison, Name, Number, RecordTest, RecordValue};
use crate::text::Span;
use crate::typing::Context;

use super::Set;
use super::fields::{called, milliseconds, named};

/// An input of which a part of a month has a value.
pub(super) struct Column {
    pub(super) name: String,
    /// How many decimals it has.
    pub(super) decimals: u32,
}

/// A condition on a record; nothing if it makes no sense, which has been reported.
pub(super) fn read(cx: &mut Context<'_>, set: &Set, test: &RecordTest) -> Option<Test> {
    let all = |cx: &mut Context<'_>, tests: &[RecordTest]| {
        // Each is read, so that each mistake is reported.
        let read: Vec<_> = tests.iter().map(|test| read(cx, set, test)).collect();
        read.into_iter().collect::<Option<Vec<_>>>()
    };
    Some(match test {
        RecordTest::Not(one) => Test::Not(Box::new(read(cx, set, one)?)),
        RecordTest::All(tests) => Test::All(all(cx, tests)?),
        RecordTest::Any(tests) => Test::Any(all(cx, tests)?),
        RecordTest::Missing(name) => {
            let id = named(cx, set, name)?;
            let field = set.field(id)?;
            if !field.may_be_missing && !matches!(field.kind, FieldKind::Between(_)) {
                cx.report(never_missing(name, field));
                return None;
            }
            Test::Missing(id)
        }
        RecordTest::Compare(name, comparison, value) => compare(cx, set, name, *comparison, value)?,
        RecordTest::Followed {
            same, number, unit, ..
        } => followed(cx, set, same, number, unit)?,
    })
}

fn never_missing(name: &Name, field: &Field) -> Diagnostic {
    Diagnostic::error(
        "record-types",
        name.span,
        format!("`{}` is never missing", name.text),
    )
    .and_at(field.name.span, "each record has it, or it cannot be used")
    .help(format!(
        "remove the condition, or append `, may be missing` to the field `{}`",
        name.text
    ))
}

fn followed(
    cx: &mut Context<'_>,
    set: &Set,
    same: &[Name],
    number: &Number,
    unit: &Name,
) -> Option<Test> {
    let mut fields = Vec::new();
    for name in same {
        let id = named(cx, set, name)?;
        let field = set.field(id)?;
        if field.may_be_missing || matches!(field.kind, FieldKind::Between(_)) {
            cx.report(
                Diagnostic::error(
                    "record-window",
                    name.span,
                    format!(
                        "whether another record has the same `{}` must be known of each record",
                        name.text
                    ),
                )
                .and_at(field.name.span, "it may be missing")
                .help("remove `may be missing`: records without it are then counted and reported"),
            );
            return None;
        }
        fields.push(id);
    }
    let length = match unit.text.as_str() {
        "day" | "days" => Some(86_400_000),
        other => milliseconds(other),
    };
    let whole = number.value.to_integer().filter(|whole| *whole > 0);
    let window = whole
        .zip(length)
        .and_then(|(whole, length)| whole.checked_mul(length));
    let Some(window) = window.filter(|window| *window <= 366 * 86_400_000) else {
        cx.report(
            Diagnostic::error(
                "record-window",
                number.span.to(unit.span),
                "a repeat window is a whole number of minutes, hours or days, of a year at most",
            )
            .help("write `within 7 days`: 7 times 24 hours"),
        );
        return None;
    };
    if let Some(field) = set.dated_by.and_then(|id| set.field(id))
        && field.kind == FieldKind::Date
        && window % 86_400_000 != 0
    {
        cx.report(
            Diagnostic::error(
                "record-window",
                number.span.to(unit.span),
                "records that have only a date are followed within days",
            )
            .and_at(field.name.span, "the date of the records")
            .help("write `within 7 days`"),
        );
        return None;
    }
    Some(Test::Followed(fields, window))
}

fn compare(
    cx: &mut Context<'_>,
    set: &Set,
    name: &Name,
    comparison: Comparison,
    value: &RecordValue,
) -> Option<Test> {
    let id = named(cx, set, name)?;
    let field = set.field(id)?;
    let is_order = !matches!(comparison, Comparison::Is | Comparison::IsNot);
    let refuse = |cx: &mut Context<'_>, help: &str| {
        cx.report(
            Diagnostic::error(
                "record-types",
                value.span(),
                format!("`{}` cannot be compared with this", name.text),
            )
            .and_at(
                field.name.span,
                format!("`{}` is {}", name.text, called(&field.kind)),
            )
            .help(help),
        );
        None
    };
    // A word that is no member and no value is another field.
    if let RecordValue::Word(word) = value {
        let is_member = matches!(&field.kind, FieldKind::OneOf(all) if all.contains(&word.text));
        if !is_member && let Some((other, known)) = set.find(&word.text) {
            cx.refer(word.span, known.name.span);
            let known_kind = known.kind.clone();
            return field_with_field(cx, (id, field), comparison, (other, &known_kind, word));
        }
    }
    let against = match (&field.kind, value) {
        (FieldKind::Unknown, _) => return None,
        (FieldKind::Text | FieldKind::OneOf(_), _) if is_order => {
            return refuse(cx, "texts have no order: write `is` or `is not`");
        }
        (FieldKind::Text, RecordValue::Text(text)) => Against::Text(text.text.clone()),
        (FieldKind::Text, _) => {
            return refuse(cx, "write a text in quotation marks: `is \"Premium\"`");
        }
        (FieldKind::OneOf(all), RecordValue::Word(word)) => {
            if !all.contains(&word.text) {
                return unknown_member(cx, field, all, word);
            }
            Against::Text(word.text.clone())
        }
        (FieldKind::OneOf(all), _) => {
            let first = all.first().map_or("answered", String::as_str);
            return refuse(cx, &format!("write one of its words: `is {first}`"));
        }
        (FieldKind::Time(_) | FieldKind::Date, RecordValue::Date(date, _)) => {
            Against::Day(days_since_1970(*date))
        }
        (FieldKind::Time(_) | FieldKind::Date, _) => {
            return refuse(
                cx,
                "write a day, such as `2026-03-01`, or another field of the same type",
            );
        }
        (FieldKind::Number(decimals), RecordValue::Number(number, None, _)) => {
            return steps(cx, id, comparison, &number.value, *decimals, number.span);
        }
        (FieldKind::Number(_), _) => {
            return refuse(cx, "write a number without a unit: `at least 4`");
        }
        (
            FieldKind::Duration(_) | FieldKind::Between(_),
            RecordValue::Number(number, Some(unit), _),
        ) => {
            let Some(length) = milliseconds(&unit.text) else {
                return refuse(
                    cx,
                    "write the duration in seconds, minutes or hours: `at most 20 seconds`",
                );
            };
            let value = number.value.multiply(&Exact::from_integer(length));
            return steps(cx, id, comparison, &value, 0, number.span);
        }
        (FieldKind::Duration(_) | FieldKind::Between(_), _) => {
            return refuse(cx, "write a duration with its unit: `at most 20 seconds`");
        }
    };
    Some(Test::Compare(id, comparison, against))
}

fn unknown_member(
    cx: &mut Context<'_>,
    field: &Field,
    all: &[String],
    word: &Name,
) -> Option<Test> {
    let near = cx
        .guess(&word.text, all.iter().map(String::as_str))
        .map(str::to_owned);
    let found = Diagnostic::error(
        "unknown-member",
        word.span,
        format!("`{}` is never `{}`", field.name.text, word.text),
    )
    .and_at(field.name.span, format!("it is one of {}", quoted(all)));
    cx.report(match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help("write one of its words, or add this one to the field"),
    });
    None
}

fn quoted(all: &[String]) -> String {
    let quoted: Vec<_> = all.iter().map(|one| format!("`{one}`")).collect();
    quoted.join(", ")
}

fn field_with_field(
    cx: &mut Context<'_>,
    (id, field): (FieldId, &Field),
    comparison: Comparison,
    (other, kind, word): (FieldId, &FieldKind, &Name),
) -> Option<Test> {
    use FieldKind::{Between, Date, Duration, Number, OneOf, Text, Time, Unknown};
    let is_order = !matches!(comparison, Comparison::Is | Comparison::IsNot);
    let same = match (&field.kind, kind) {
        (Unknown, _) | (_, Unknown) => return None,
        (Text | OneOf(_), Text | OneOf(_)) => !is_order,
        (Time(_), Time(_)) | (Date, Date) => true,
        (Number(one), Number(two)) => one == two,
        (Duration(_) | Between(_), Duration(_) | Between(_)) => true,
        _ => false,
    };
    if !same {
        cx.report(
            Diagnostic::error(
                "record-types",
                word.span,
                format!("`{}` cannot be compared with `{}`", field.name.text, word.text),
            )
            .and_at(field.name.span, format!("`{}` is {}", field.name.text, called(&field.kind)))
            .because(format!("`{}` is {}", word.text, called(kind)))
            .help("compare fields of the same type; numbers need the same step, and texts have no order"),
        );
        return None;
    }
    Some(Test::Compare(id, comparison, Against::Field(other)))
}

/// A comparison of whole steps with a number that may lie between two of them.
fn steps(
    cx: &mut Context<'_>,
    id: FieldId,
    comparison: Comparison,
    value: &Exact,
    decimals: u32,
    at: Span,
) -> Option<Test> {
    let scaled = value.multiply(&power(decimals));
    let (comparison, whole) = if scaled.is_integer() {
        (comparison, scaled)
    } else {
        match comparison {
            Comparison::Below | Comparison::AtMost => (Comparison::AtMost, scaled.floor()),
            Comparison::Above | Comparison::AtLeast => (Comparison::AtLeast, scaled.ceiling()),
            Comparison::Is | Comparison::IsNot => {
                cx.report(
                    Diagnostic::error("record-types", at, "no record can have exactly this value")
                        .because("it has more decimals than the field")
                        .help("write fewer decimals, or `at least` and `at most`"),
                );
                return None;
            }
        }
    };
    let Some(whole) = whole
        .to_integer()
        .filter(|whole| whole.abs() < 1_000_000_000_000_000)
    else {
        cx.report(
            Diagnostic::error("record-types", at, "this is more than a record can have")
                .help("write a smaller number"),
        );
        return None;
    };
    Some(Test::Compare(id, comparison, Against::Steps(whole)))
}

fn power(decimals: u32) -> Exact {
    (0..decimals).fold(Exact::one(), |power, _| {
        power.multiply(&Exact::from_integer(10))
    })
}

/// A condition on a part of a month; its fields are the positions of `columns`.
pub(super) fn of_period(
    cx: &mut Context<'_>,
    columns: &[Column],
    test: &RecordTest,
) -> Option<Test> {
    let all = |cx: &mut Context<'_>, tests: &[RecordTest]| {
        let read: Vec<_> = tests
            .iter()
            .map(|test| of_period(cx, columns, test))
            .collect();
        read.into_iter().collect::<Option<Vec<_>>>()
    };
    let find = |name: &Name| {
        let mut all = columns.iter().enumerate();
        let (at, column) = all.find(|(_, column)| column.name == name.text)?;
        Some((FieldId(at), column.decimals))
    };
    Some(match test {
        RecordTest::Not(one) => Test::Not(Box::new(of_period(cx, columns, one)?)),
        RecordTest::All(tests) => Test::All(all(cx, tests)?),
        RecordTest::Any(tests) => Test::Any(all(cx, tests)?),
        RecordTest::Compare(name, comparison, value) => {
            let (id, decimals) = find(name)?;
            match value {
                RecordValue::Number(number, unit, span) => {
                    let seconds = decimals == 3;
                    let length = unit.as_ref().and_then(|unit| milliseconds(&unit.text));
                    let (value, decimals) = match (seconds, length) {
                        (true, Some(length)) => {
                            (number.value.multiply(&Exact::from_integer(length)), 0)
                        }
                        (_, None) => (number.value.clone(), decimals),
                        (false, Some(_)) => {
                            cx.report(no_condition(*span));
                            return None;
                        }
                    };
                    return steps(cx, id, *comparison, &value, decimals, *span);
                }
                RecordValue::Word(other) => {
                    let (other, others) = find(other)?;
                    let times = power(decimals).divide(&power(others))?;
                    Test::Compare(id, *comparison, Against::Times(times, other))
                }
                RecordValue::Share(share, Some(other), _) => {
                    let (other, others) = find(other)?;
                    let share = share.value.divide(&Exact::from_integer(100))?;
                    let times = share.multiply(&power(decimals)).divide(&power(others))?;
                    if times.to_ratio().is_none() {
                        cx.report(no_condition(value.span()));
                        return None;
                    }
                    Test::Compare(id, *comparison, Against::Times(times, other))
                }
                RecordValue::Share(_, None, span) | RecordValue::Date(_, span) => {
                    cx.report(no_condition(*span));
                    return None;
                }
                RecordValue::Text(text) => {
                    cx.report(no_condition(text.span));
                    return None;
                }
            }
        }
        RecordTest::Missing(name) => {
            cx.report(no_condition(name.span));
            return None;
        }
        RecordTest::Followed { span, .. } => {
            cx.report(no_condition(*span));
            return None;
        }
    })
}

fn no_condition(at: Span) -> Diagnostic {
    Diagnostic::error(
        "counted-periods",
        at,
        "a part of a month is chosen by comparing inputs",
    )
    .help("compare an input with a number, another input, or a percentage of one: `answered_in_20s below 80% of offered`")
}
