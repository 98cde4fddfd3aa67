//! Records and what figures are counted from.

use crate::model::facts::{Between, Counted, Field, FieldId, FieldKind, Input, Records, Service};
use crate::syntax::tree::Reporter;

use super::words::{Words, list};
use super::{Clause, Part};

/// A clause for each set of records, and one for what is counted from them. The hours of the service are in the clause on
/// measurement, which says them in the contract's own words.
pub(super) fn records(
    words: &Words<'_>,
    records: &[Records],
    inputs: &[Input],
    _service: Option<&Service>,
) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = records.iter().map(|one| set(words, one)).collect();
    let counted = inputs.iter().filter_map(|input| {
        Some(format!(
            "{}: {}",
            words.term(&input.head),
            said(input.counted.as_ref()?)
        ))
    });
    let counted: Vec<String> = counted.collect();
    if !counted.is_empty() {
        let mut clause = Clause::general(
            "How figures are counted",
            "These figures are counted from the records. A percentile is the smallest value that the stated percentage of the \
             values do not exceed.",
        );
        clause.parts.push(Part::List(counted));
        clauses.push(clause);
    }
    clauses
}

fn said(counted: &Counted) -> String {
    let Counted {
        what: _,
        words,
        span: _,
    } = counted;
    words.replace('_', " ")
}

fn set(words: &Words<'_>, records: &Records) -> Clause {
    let Records {
        head,
        source,
        reporter,
        fields,
        key,
        dated_by,
        leaves_out_bad,
    } = records;
    let mut text = String::new();
    let by = reporter.map(|by| match by {
        Reporter::Customer => " by the Customer",
        Reporter::Supplier => " by the Supplier",
        Reporter::Both => " by both parties",
    });
    let from = source
        .as_ref()
        .map(|source| format!(" from “{}”", source.text));
    text += &format!(
        "These records are delivered{}{}. Each of them has the values below.",
        by.unwrap_or_default(),
        from.unwrap_or_default()
    );
    if let Some(key) = key.and_then(|key| fields.get(key.0)) {
        text += &format!(
            " “{}” distinguishes each record from every other.",
            shown(key)
        );
    }
    if let Some(field) = dated_by.and_then(|field| fields.get(field.0)) {
        text += &format!(
            " A record counts in the month of its “{}”, unless a figure says otherwise.",
            shown(field)
        );
    }
    text += if *leaves_out_bad {
        " Records that cannot be read, have no key or have one that comes twice are left out."
    } else {
        " A month with records that cannot be read, have no key or have one that comes twice has no figures until they are corrected."
    };
    let rows = fields.iter().map(|field| {
        let missing = if field.may_be_missing {
            "may be missing"
        } else {
            ""
        };
        vec![shown(field), kind(&field.kind, fields), missing.to_owned()]
    });
    let table = Part::table(vec!["Value", "What it is", "Remark"], rows.collect());
    words.clause(head, vec![Part::Text(text), table])
}

fn shown(field: &Field) -> String {
    field.name.text.replace('_', " ")
}

fn kind(kind: &FieldKind, fields: &[Field]) -> String {
    match kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Time(zone) => format!("time in {}", zone.replace('_', " ")),
        FieldKind::Date => "day".to_owned(),
        FieldKind::Number(0) => "whole number".to_owned(),
        FieldKind::Number(decimals) => {
            let zeros = usize::try_from(*decimals).unwrap_or(1).saturating_sub(1);
            format!("number to 0.{}1", "0".repeat(zeros))
        }
        FieldKind::Duration(unit) => format!("duration in {}", unit_of(*unit)),
        FieldKind::OneOf(members) => {
            let members: Vec<String> = members.iter().map(|one| one.replace('_', " ")).collect();
            format!("one of: {}", list(&members, "or"))
        }
        FieldKind::Between(between) => between_words(between, fields),
        FieldKind::Unknown => String::new(),
    }
}

fn between_words(between: &Between, fields: &[Field]) -> String {
    let Between {
        from,
        to,
        in_service_hours,
        less,
    } = between;
    let name = |field: FieldId| fields.get(field.0).map_or_else(String::new, shown);
    let mut text = format!("duration from “{}” to “{}”", name(*from), name(*to));
    if *in_service_hours {
        text += ", in service hours only";
    }
    if let Some(less) = less {
        text += &format!(", less “{}”", name(*less));
    }
    text
}

/// The unit of so many milliseconds.
fn unit_of(milliseconds: i64) -> &'static str {
    match milliseconds {
        1 => "milliseconds",
        60_000 => "minutes",
        3_600_000 => "hours",
        _ => "seconds",
    }
}
