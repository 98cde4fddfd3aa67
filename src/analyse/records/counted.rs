//! What an input is counted from.

use crate::diagnostic::Diagnostic;
use crate::model::facts::{
    Counted, CountedOf, CountedPeriods, CountedWhat, Field, FieldId, FieldKind, RecordFold,
};
use crate::quantity::{BaseUnit, Exact};
use crate::syntax::tree::{
    self, CountedField, Input, Item, ItemKind, Name, RecordPeriod, TypeExpr,
};
use crate::text::Span;
use crate::typing::Context;

use super::Set;
use super::fields::{called, named};
use super::test::{self, Column};

/// Reads what an input is counted from; nothing if it makes no sense, which has been reported.
pub(super) fn read(
    cx: &mut Context<'_>,
    items: &[&Item],
    sets: &[Set],
    input: &Input,
    written: &tree::Counted,
) -> Option<Counted> {
    let what = match &written.what {
        tree::CountedWhat::Periods(every, span) => {
            CountedWhat::Periods(periods(cx, items, sets, input, (*every, *span), written)?)
        }
        tree::CountedWhat::Of {
            field,
            records,
            dated_by,
        } => CountedWhat::Of(of(
            cx,
            sets,
            input,
            written,
            field,
            records,
            dated_by.as_ref(),
        )?),
    };
    Some(Counted {
        what,
        words: words(cx, written.span),
        span: written.span,
    })
}

/// The words at a place, on one line.
fn words(cx: &Context<'_>, span: Span) -> String {
    let words: Vec<&str> = cx.sources.slice(span).split_whitespace().collect();
    words.join(" ")
}

fn set<'s>(cx: &mut Context<'_>, sets: &'s [Set], name: &Name) -> Option<(usize, &'s Set)> {
    let mut all = sets.iter().enumerate();
    if let Some((at, set)) = all.find(|(_, set)| set.name.text == name.text) {
        cx.refer(name.span, set.name.span);
        return Some((at, set));
    }
    if cx.unreadable.contains(&name.text) {
        return None;
    }
    let names = sets.iter().map(|set| set.name.text.as_str());
    let near = cx.guess(&name.text, names).map(str::to_owned);
    let found = Diagnostic::error(
        "unknown-records",
        name.span,
        format!("there are no records `{}`", name.text),
    );
    cx.report(match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(format!(
            "declare them: `records {} from \"ACD\" {{ id : text, key; started : time in \"Europe/Madrid\" }}`",
            name.text
        )),
    });
    None
}

fn of(
    cx: &mut Context<'_>,
    sets: &[Set],
    input: &Input,
    written: &tree::Counted,
    field: &CountedField,
    records: &Name,
    dated_by: Option<&Name>,
) -> Option<CountedOf> {
    let (at, set) = set(cx, sets, records)?;
    let fold = fold(cx, set, input, field, written.span);
    let test = written.test.as_ref().map(|test| test::read(cx, set, test));
    let dated_by = match dated_by {
        Some(name) => dated(cx, set, name),
        None => set.dated_by,
    };
    let by = match &input.dimension {
        Some(dimension) => Some(divided(cx, set, input, &dimension.name)?),
        None => None,
    };
    Some(CountedOf {
        records: at,
        fold: fold?,
        test: match test {
            Some(test) => Some(test?),
            None => None,
        },
        dated_by: dated_by?,
        by,
    })
}

fn dated(cx: &mut Context<'_>, set: &Set, name: &Name) -> Option<FieldId> {
    let id = named(cx, set, name)?;
    let field = set.field(id)?;
    match field.kind {
        FieldKind::Time(_) | FieldKind::Date => Some(id),
        FieldKind::Unknown => None,
        _ => {
            cx.report(
                Diagnostic::error(
                    "record-date",
                    name.span,
                    format!(
                        "`{}` is {} and cannot date a record",
                        name.text,
                        called(&field.kind)
                    ),
                )
                .and_at(field.name.span, "it is declared here")
                .help("name a field of type `time` or `date`"),
            );
            None
        }
    }
}

/// The field by which an input with a dimension is divided: it has the dimension's name and members.
fn divided(cx: &mut Context<'_>, set: &Set, input: &Input, dimension: &Name) -> Option<FieldId> {
    let Some((id, field)) = set.find(&dimension.text) else {
        let name = &dimension.text;
        cx.report(
            Diagnostic::error(
                "counted-by",
                dimension.span,
                format!(
                    "`{}` is reported by `{name}`, and `{}` has no field of that name",
                    input.name.text, set.name.text
                ),
            )
            .and_at(set.name.span, "the records are declared here")
            .help(format!(
                "add a field to the records: `{name} : one of {name}`"
            )),
        );
        return None;
    };
    let known = cx.dimensions.iter().find(|one| one.name == dimension.text);
    let members = known.map(|one| one.members.clone()).unwrap_or_default();
    let FieldKind::OneOf(values) = &field.kind else {
        if field.kind != FieldKind::Unknown {
            cx.report(
                Diagnostic::error(
                    "counted-by",
                    dimension.span,
                    format!(
                        "the field `{}` is {}, not a member of the dimension",
                        dimension.text,
                        called(&field.kind)
                    ),
                )
                .and_at(field.name.span, "it is declared here")
                .help(format!(
                    "write `{0} : one of {0}` among the fields",
                    dimension.text
                )),
            );
        }
        return None;
    };
    let odd = values.iter().find(|value| !members.contains(value));
    let odd = odd.or_else(|| members.iter().find(|member| !values.contains(member)));
    if let Some(odd) = odd
        && !members.is_empty()
    {
        cx.report(
            Diagnostic::error(
                "counted-by",
                dimension.span,
                format!(
                    "`{odd}` is not in both the dimension and the field `{}`",
                    dimension.text
                ),
            )
            .and_at(field.name.span, "the field is declared here")
            .because("records of such a value would count nowhere, or a column would always be 0")
            .help(format!(
                "write `{0} : one of {0}` among the fields, or give both the same members",
                dimension.text
            )),
        );
        return None;
    }
    Some(id)
}

fn fold(
    cx: &mut Context<'_>,
    set: &Set,
    input: &Input,
    field: &CountedField,
    span: Span,
) -> Option<RecordFold> {
    if let CountedField::Percentile(share, name, nearest) = field {
        let id = amount(cx, set, input, name)?;
        let share = share_of(cx, share, *nearest, span)?;
        return Some(RecordFold::Percentile(share, id));
    }
    Some(match field {
        CountedField::Sum(name) => RecordFold::Sum(amount(cx, set, input, name)?),
        CountedField::Least(name) => RecordFold::Least(amount(cx, set, input, name)?),
        CountedField::Greatest(name) => RecordFold::Greatest(amount(cx, set, input, name)?),
        CountedField::Distinct(name) => {
            counts(cx, input, span);
            let id = named(cx, set, name)?;
            let kind = &set.field(id)?.kind;
            if !matches!(
                kind,
                FieldKind::Text
                    | FieldKind::OneOf(_)
                    | FieldKind::Number(_)
                    | FieldKind::Date
                    | FieldKind::Unknown
            ) {
                cx.report(
                    Diagnostic::error(
                        "record-types",
                        name.span,
                        format!("`{}` is {}: its values are not counted apart", name.text, called(kind)),
                    )
                    .help("count the different values of a text, a number, a date or one of several words"),
                );
                return None;
            }
            RecordFold::Distinct(id)
        }
        _ => {
            counts(cx, input, span);
            RecordFold::Count
        }
    })
}

/// The share of a percentile: above 0 and at most 100.
fn share_of(
    cx: &mut Context<'_>,
    share: &tree::Number,
    nearest: bool,
    span: Span,
) -> Option<Exact> {
    let hundred = Exact::from_integer(100);
    if share.value <= Exact::zero() || share.value > hundred {
        cx.report(
            Diagnostic::error(
                "percentile",
                share.span,
                "a percentile is above 0 and at most 100",
            )
            .help("write `90th percentile of …, nearest rank`"),
        );
        return None;
    }
    if !nearest {
        cx.report(
            Diagnostic::error("percentile", span, "the percentile does not say how it is taken")
                .because(
                    "programs interpolate in different ways between two values, and give different percentiles of the same calls",
                )
                .help("append `, nearest rank`: the least value that this percentage of all values do not exceed"),
        );
        return None;
    }
    share.value.divide(&hundred)
}

/// The field whose amounts are taken; it must fit the input's type.
fn amount(cx: &mut Context<'_>, set: &Set, input: &Input, name: &Name) -> Option<FieldId> {
    let id = named(cx, set, name)?;
    let field = set.field(id)?;
    match &field.kind {
        FieldKind::Unknown => return None,
        FieldKind::Duration(_) | FieldKind::Between(_) => {
            if !is_seconds(cx, &input.value_type) {
                cx.report(
                    Diagnostic::error(
                        "record-types",
                        name.span,
                        format!("`{}` is a duration, which an input reports in seconds", name.text),
                    )
                    .and_at(input.name.span, format!("`{}` is reported in something else", input.name.text))
                    .because("20 seconds are a third of a minute, which has no end of decimals, and nothing is rounded on the way to an invoice")
                    .help(format!("write `input {} : seconds`; formulas convert seconds exactly", input.name.text)),
                );
                return None;
            }
        }
        FieldKind::Number(_) => {
            let refused = matches!(
                input.value_type,
                TypeExpr::Percent(_) | TypeExpr::PercentagePoints(_) | TypeExpr::Flag(_)
            );
            if refused || is_seconds(cx, &input.value_type) {
                cx.report(
                    Diagnostic::error(
                        "record-types",
                        name.span,
                        format!("`{}` is a plain number, and the input is not", name.text),
                    )
                    .and_at(input.name.span, format!("`{}` is declared here", input.name.text))
                    .help("make the field a `duration`, or the input a count, an amount, a score or a `number`"),
                );
                return None;
            }
        }
        kind => {
            cx.report(
                Diagnostic::error(
                    "record-types",
                    name.span,
                    format!("`{}` is {}, and has no amount", name.text, called(kind)),
                )
                .and_at(field.name.span, "it is declared here")
                .help(format!(
                    "name a number or a duration, or write `count of {}`",
                    set.name.text
                )),
            );
            return None;
        }
    }
    Some(id)
}

fn is_seconds(cx: &Context<'_>, kind: &TypeExpr) -> bool {
    matches!(kind, TypeExpr::Unit(unit) if unit.below.is_empty()
        && matches!(cx.units.find(&unit.above.text), Some(BaseUnit::Counted(info)) if info.seconds == Some(1)))
}

/// An input that counts records has a unit that is counted.
fn counts(cx: &mut Context<'_>, input: &Input, span: Span) {
    let is_count = match &input.value_type {
        TypeExpr::Number(_) => true,
        TypeExpr::Unit(unit) => {
            unit.below.is_empty()
                && match cx.units.find(&unit.above.text) {
                    Some(BaseUnit::Counted(info)) => info.seconds.is_none(),
                    Some(BaseUnit::Currency(_)) => false,
                    None => true,
                }
        }
        _ => false,
    };
    if !is_count {
        cx.report(
            Diagnostic::error(
                "record-types",
                span,
                format!(
                    "this is a count, and `{}` is reported in something else",
                    input.name.text
                ),
            )
            .and_at(
                input.name.span,
                format!("`{}` is declared here", input.name.text),
            )
            .help(format!(
                "write `input {} : calls`, with what is counted in place of `calls`",
                input.name.text
            )),
        );
    }
}

fn periods(
    cx: &mut Context<'_>,
    items: &[&Item],
    sets: &[Set],
    input: &Input,
    (every, span): (RecordPeriod, Span),
    written: &tree::Counted,
) -> Option<CountedPeriods> {
    counts(cx, input, written.span);
    if let Some(dimension) = &input.dimension {
        cx.report(
            Diagnostic::error(
                "counted-by",
                dimension.name.span,
                "a count of days, weeks or half hours has no dimension",
            )
            .help("remove `by`, and write an input for each member that you need"),
        );
        return None;
    }
    let Some(test) = &written.test else {
        cx.report(
            Diagnostic::error("counted-periods", span, "nothing says which of them count").help(
                "write a condition: `count of days where answered_in_20s below 80% of offered`",
            ),
        );
        return None;
    };
    let mut columns: Vec<Column> = Vec::new();
    for name in test.names() {
        if columns.iter().any(|column| column.name == name.text) {
            continue;
        }
        columns.push(column(cx, items, sets, name, every)?);
    }
    let test = test::of_period(cx, &columns, test)?;
    Some(CountedPeriods {
        every,
        inputs: columns.into_iter().map(|column| column.name).collect(),
        test,
    })
}

/// An input that is counted for each part of a month.
fn column(
    cx: &mut Context<'_>,
    items: &[&Item],
    sets: &[Set],
    name: &Name,
    every: RecordPeriod,
) -> Option<Column> {
    let input = items.iter().find_map(|item| match &item.kind {
        ItemKind::Input(input) if input.name.text == name.text => Some(input),
        _ => None,
    });
    let Some(input) = input else {
        let names = items.iter().filter_map(|item| match &item.kind {
            ItemKind::Input(input) if input.counted.is_some() => Some(input.name.text.as_str()),
            _ => None,
        });
        let near = cx.guess(&name.text, names).map(str::to_owned);
        let found = Diagnostic::error(
            "counted-periods",
            name.span,
            format!("there is no input `{}`", name.text),
        );
        cx.report(match near {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help("compare inputs that are counted from records: `answered_in_20s below 80% of offered`"),
        });
        return None;
    };
    cx.refer(name.span, input.name.span);
    if let Some(symbol) = cx.symbols.get_mut(&name.text) {
        symbol.used = true;
    }
    let adds_up = |counted: &tree::Counted| match &counted.what {
        tree::CountedWhat::Of { field, records, .. } => {
            let set = sets.iter().find(|set| set.name.text == records.text)?;
            match field {
                CountedField::Count => Some(0),
                CountedField::Sum(of) => set.find(&of.text)?.1.kind.decimals(),
                _ => None,
            }
        }
        tree::CountedWhat::Periods(..) => None,
    };
    let decimals = input.counted.as_ref().and_then(adds_up);
    if every == RecordPeriod::HalfHour
        && let Some(date) = input
            .counted
            .as_ref()
            .and_then(|counted| only_date(sets, counted))
    {
        cx.report(no_half_hour(name, date));
        return None;
    }
    match decimals {
        Some(decimals) if input.dimension.is_none() => Some(Column {
            name: name.text.clone(),
            decimals,
        }),
        _ => {
            cx.report(
                Diagnostic::error(
                    "counted-periods",
                    name.span,
                    format!("`{}` cannot be counted for a part of the month", name.text),
                )
                .and_at(input.name.span, "it is declared here")
                .because("parts of a month compare inputs without a dimension that are a `count of` or a `sum of` records")
                .help("count it from records, or compare another input"),
            );
            None
        }
    }
}

/// The field that dates the records of an input, if it is a date, which has no half hours.
fn only_date<'s>(sets: &'s [Set], counted: &tree::Counted) -> Option<&'s Field> {
    let tree::CountedWhat::Of {
        records, dated_by, ..
    } = &counted.what
    else {
        return None;
    };
    let set = sets.iter().find(|set| set.name.text == records.text)?;
    let id = match dated_by {
        Some(name) => set.find(&name.text)?.0,
        None => set.dated_by?,
    };
    set.field(id).filter(|field| field.kind == FieldKind::Date)
}

fn no_half_hour(name: &Name, date: &Field) -> Diagnostic {
    Diagnostic::error(
        "counted-periods",
        name.span,
        format!(
            "the records of `{}` have a date and no time of day",
            name.text
        ),
    )
    .and_at(date.name.span, "they are dated by this field")
    .help("count days or weeks, or date the records by a time")
}
