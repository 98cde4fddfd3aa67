//! Conditions as expressions.

use crate::model::facts::{Against, Comparison, FieldId, Test};

use super::dialect::Dialect;
use super::plan::PlannedSet;

/// The column that holds a field's value.
pub(super) fn column(field: FieldId) -> String {
    format!("f{}", field.0)
}

/// The column that holds the local day of a field.
pub(super) fn day_column(field: FieldId) -> String {
    format!("d{}", field.0)
}

/// The column that says whether another record follows within a window.
pub(super) fn window_column(window: usize) -> String {
    format!("w{window}")
}

/// A condition on a record.
pub(super) fn of_record(dialect: Dialect, set: &PlannedSet, test: &Test) -> String {
    let joined = |all: &[Test], word: &str| {
        let all: Vec<_> = all.iter().map(|one| of_record(dialect, set, one)).collect();
        format!("({})", all.join(word))
    };
    match test {
        Test::Not(one) => format!("NOT ({})", of_record(dialect, set, one)),
        Test::All(all) => joined(all, " AND "),
        Test::Any(all) => joined(all, " OR "),
        Test::Missing(field) => format!("{} IS NULL", column(*field)),
        Test::Followed(same, within) => {
            let mut windows = set.windows.iter();
            let at = windows.position(|(of, length)| of == same && length == within);
            window_column(at.unwrap_or_default())
        }
        Test::Compare(field, comparison, against) => {
            let sign = sign(*comparison);
            match against {
                Against::Steps(steps) => format!("{} {sign} {steps}", column(*field)),
                Against::Day(day) => format!("{} {sign} {day}", day_column(*field)),
                Against::Text(text) => format!("{} {sign} {}", column(*field), dialect.text(text)),
                Against::Field(other) | Against::Times(_, other) => {
                    format!("{} {sign} {}", column(*field), column(*other))
                }
            }
        }
    }
}

/// A condition on a part of a month, whose values are the columns `v0`, `v1` and so on.
pub(super) fn of_part(test: &Test) -> String {
    let joined = |all: &[Test], word: &str| {
        let all: Vec<_> = all.iter().map(of_part).collect();
        format!("({})", all.join(word))
    };
    match test {
        Test::Not(one) => format!("NOT ({})", of_part(one)),
        Test::All(all) => joined(all, " AND "),
        Test::Any(all) => joined(all, " OR "),
        Test::Compare(field, comparison, against) => {
            let (left, sign) = (format!("v{}", field.0), sign(*comparison));
            match against {
                Against::Steps(steps) => format!("{left} {sign} {steps}"),
                Against::Times(times, other) => {
                    let (above, below) = times.to_ratio().unwrap_or((0, 1));
                    format!("{left} * {below} {sign} v{} * {above}", other.0)
                }
                Against::Field(other) => format!("{left} {sign} v{}", other.0),
                Against::Day(_) | Against::Text(_) => "FALSE".to_owned(),
            }
        }
        Test::Missing(_) | Test::Followed(..) => "FALSE".to_owned(),
    }
}

/// Whether a condition on a part of a month holds where nothing happened.
pub(super) fn holds_at_zero(test: &Test) -> bool {
    match test {
        Test::Not(one) => !holds_at_zero(one),
        Test::All(all) => all.iter().all(holds_at_zero),
        Test::Any(all) => all.iter().any(holds_at_zero),
        Test::Compare(_, comparison, against) => {
            let right = match against {
                Against::Steps(steps) => *steps,
                Against::Times(..) | Against::Field(_) | Against::Day(_) | Against::Text(_) => 0,
            };
            match comparison {
                Comparison::Below => 0 < right,
                Comparison::AtMost => 0 <= right,
                Comparison::Above => 0 > right,
                Comparison::AtLeast => 0 >= right,
                Comparison::Is => right == 0,
                Comparison::IsNot => right != 0,
            }
        }
        Test::Missing(_) | Test::Followed(..) => false,
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Below => "<",
        Comparison::AtMost => "<=",
        Comparison::Above => ">",
        Comparison::AtLeast => ">=",
        Comparison::Is => "=",
        Comparison::IsNot => "<>",
    }
}
