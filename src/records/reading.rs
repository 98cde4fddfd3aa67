//! How a column is read: a text becomes a whole number of steps, or nothing where it is not of its form.
//!
//! A record's values are read as text, by patterns that are the same for every engine. So all agree on what is unreadable.

use crate::calendar::DAY;
use crate::model::facts::FieldKind;

use super::dialect::Dialect;

/// Days that exist, from 1970 to 2199.
const DAYS: &str = "(19[7-9][0-9]|2[01][0-9][0-9])-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)\
                    |02-(0[1-9]|1[0-9]|2[0-8]))|(19(7[26]|8[048]|9[26])|20([02468][048]|[13579][26])|21(0[48]|[2468][048]\
                    |[13579][26]))-02-29";

/// What comes after the day of a moment: the time, and its offset from UTC.
const TIME: &str = "[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,3}0{0,6})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])";

/// The digits before the point of a number.
const DIGITS: &str = "[0-9]{1,12}";

/// The value of a column that has a type of the engine: `column` is the column itself.
pub(super) fn typed(dialect: Dialect, kind: &FieldKind, column: &str) -> String {
    match kind {
        FieldKind::Text | FieldKind::OneOf(_) | FieldKind::Unknown | FieldKind::Between(_) => {
            value(dialect, kind, column)
        }
        FieldKind::Date => dialect.whole(&dialect.days(column)),
        FieldKind::Time(_) => dialect.milliseconds(column),
        FieldKind::Number(decimals) => {
            let factor = (0..*decimals).fold(1_i64, |power, _| power * 10);
            let number = format!("CAST({column} AS {})", dialect.decimal_type(*decimals));
            dialect.whole(&format!("{number} * {factor}"))
        }
        FieldKind::Duration(unit) => {
            let number = format!(
                "CAST({column} AS {})",
                dialect.decimal_type(decimals_of(*unit))
            );
            format!(
                "CASE WHEN {column} >= 0 THEN {} END",
                dialect.whole(&format!("{number} * {unit}"))
            )
        }
    }
}

/// As many decimals as a whole number of milliseconds can have in a unit.
fn decimals_of(unit: i64) -> u32 {
    match unit {
        1 => 0,
        1_000 => 3,
        60_000 => 4,
        _ => 5,
    }
}

/// The value of a column as an expression: nothing where the text is unreadable. `text` is the column as text.
pub(super) fn value(dialect: Dialect, kind: &FieldKind, text: &str) -> String {
    let when = |pattern: &str, value: &str| {
        format!(
            "CASE WHEN {} THEN {value} END",
            dialect.matches(text, pattern)
        )
    };
    match kind {
        FieldKind::Text | FieldKind::Unknown | FieldKind::Between(_) => text.to_owned(),
        FieldKind::OneOf(members) => {
            let members: Vec<_> = members.iter().map(|one| dialect.text(one)).collect();
            format!(
                "CASE WHEN {text} IN ({}) THEN {text} END",
                members.join(", ")
            )
        }
        FieldKind::Date => when(DAYS, &dialect.whole(&dialect.day_of(text))),
        FieldKind::Time(_) => when(&format!("({DAYS}){TIME}"), &moment(dialect, text)),
        FieldKind::Number(decimals) => {
            let factor = (0..*decimals).fold(1_i64, |power, _| power * 10);
            when(
                &number(*decimals, "-?"),
                &scaled(dialect, text, *decimals, factor),
            )
        }
        FieldKind::Duration(unit) => {
            let decimals = decimals_of(*unit);
            when(
                &number(decimals, ""),
                &scaled(dialect, text, decimals, *unit),
            )
        }
    }
}

fn number(decimals: u32, sign: &str) -> String {
    if decimals == 0 {
        return format!("{sign}{DIGITS}");
    }
    format!("{sign}{DIGITS}([.][0-9]{{1,{decimals}}})?")
}

/// A decimal text times a factor that makes it whole.
fn scaled(dialect: Dialect, text: &str, decimals: u32, factor: i64) -> String {
    let number = dialect.cast(text, &dialect.decimal_type(decimals));
    dialect.whole(&format!("{number} * {factor}"))
}

/// The milliseconds from 1970-01-01 in UTC to the moment of a text of that pattern.
fn moment(dialect: Dialect, text: &str) -> String {
    let whole = |from: &str, length: &str| {
        dialect.cast(&dialect.part(text, from, length), dialect.whole_type())
    };
    let length = format!("LENGTH({text})");
    let day = dialect.whole(&dialect.day_of(&dialect.part(text, "1", "10")));
    let is_utc = format!("{} = 'Z'", dialect.part(text, &length, "1"));
    let rest = format!("({length} - 20 - CASE WHEN {is_utc} THEN 1 ELSE 6 END)");
    let digits = format!(
        "CASE WHEN {} = '.' THEN {} ELSE '' END",
        dialect.part(text, "20", "1"),
        dialect.part(text, "21", &rest)
    );
    let padded = dialect.part(&format!("CONCAT({digits}, '000')"), "1", "3");
    let milliseconds = dialect.cast(&padded, dialect.whole_type());
    let sign = format!(
        "CASE WHEN {} = '-' THEN -1 ELSE 1 END",
        dialect.part(text, &format!("{length} - 5"), "1")
    );
    let ahead = format!(
        "CASE WHEN {is_utc} THEN 0 ELSE ({sign}) * ({} * 3600000 + {} * 60000) END",
        whole(&format!("{length} - 4"), "2"),
        whole(&format!("{length} - 1"), "2"),
    );
    format!(
        "{day} * {DAY} + {} * 3600000 + {} * 60000 + {} * 1000 + {milliseconds} - ({ahead})",
        whole("12", "2"),
        whole("15", "2"),
        whole("18", "2"),
    )
}
