//! Why a cell is not a value of its column, and how to write it instead.

use crate::quantity::{Exact, Type, looks_grouped};
use crate::text::{name_of_line_end, odd_line_end};

use super::cell::{Raw, shown_number};
use super::number_format::{Disguise, PercentSign};
use super::place::quotable;
use super::problem::Fault;
use super::schema::Column;
use super::shape::{self, Shape};

/// Text where a number should be.
pub(super) fn number(text: &[u8], column: &Column) -> Fault {
    let shown = quotable(text);
    let Ok(plain) = std::str::from_utf8(text) else {
        return bytes(text);
    };
    if column.kind == Type::Percent
        && let Some(digits) = plain.strip_suffix('%')
    {
        return percentage(text, digits.trim(), column);
    }
    let fault = |code, message: String| Fault::new(code, message).because(column.described());
    match shape::of(plain) {
        Shape::Control => bytes(text),
        Shape::NoValue => {
            fault("not-a-number", format!("`{shown}` is not a number")).help(empty_cell(column))
        }
        Shape::TwoReadings { decimal, whole } => Fault::new(
            "ambiguous-number",
            format!("`{shown}` can be read in two ways"),
        )
        .because(format!(
            "with a decimal comma it is {decimal}, with a comma between thousands it is {whole}"
        ))
        .help(if column.whole {
            format!("write `{whole}`")
        } else {
            format!("write `{whole}` or `{decimal}0`")
        }),
        Shape::DecimalComma(written) => {
            Fault::new("decimal-comma", format!("`{shown}` has a decimal comma"))
                .because(COMMA)
                .help(format!("write `{written}`"))
        }
        Shape::Grouped(written) => {
            Fault::new("grouped-digits", format!("`{shown}` has grouped digits"))
                .because(
                    "the signs between thousands differ from country to country, so none is read",
                )
                .help(format!("write `{written}`"))
        }
        Shape::Percentage => unwanted_percent(&shown, column),
        Shape::WithUnit { number, unit } => fault(
            "unit-in-cell",
            format!(
                "`{shown}` has `{}` next to the number",
                quotable(unit.as_bytes())
            ),
        )
        .help(format!(
            "write only the number{}: `{number}`",
            of_unit(column)
        )),
        Shape::Error => of_kind(Raw::Error(plain), column),
        Shape::Clock => fault("not-a-number", format!("`{shown}` is a time, not a number"))
            .help(format!("write {} as one plain number", in_unit(column))),
        Shape::Exponent => fault(
            "not-a-number",
            format!("`{shown}` is written with an exponent"),
        )
        .help("write out the digits: `1200` instead of `1.2e3`"),
        Shape::Bracketed(written) => fault("not-a-number", format!("`{shown}` is in brackets"))
            .help(format!("if it is negative, write `{written}`")),
        Shape::OtherMinus(written) => fault(
            "not-a-number",
            format!("`{shown}` begins with a dash that is not a minus sign"),
        )
        .help(format!("write `{written}`, with the plain hyphen")),
        Shape::BarePoint(written) => fault(
            "not-a-number",
            format!("`{shown}` has no digit on one side of the point"),
        )
        .help(format!("write `{written}`")),
        Shape::Other => fault("not-a-number", format!("`{shown}` is not a number"))
            .help("write plain digits with a point before decimals, such as `1200` or `12.5`"),
    }
}

/// A number whose point may come before decimals or between thousands, if the column could have both.
pub(super) fn like_thousands(text: &[u8], whole: &Exact, column: &Column) -> Fault {
    let shown = quotable(text);
    let decimal = Exact::parse_decimal(&shown).unwrap_or_else(|_| Exact::zero());
    let places = column
        .kind
        .currency()
        .map_or(0, |currency| currency.decimals());
    let short = decimal.to_fixed(decimal.decimal_places().unwrap_or(3).max(places));
    let written = if looks_grouped(short.trim_start_matches('-')) {
        format!("{shown}0")
    } else {
        short
    };
    Fault::new(
        "ambiguous-number",
        format!("`{shown}` can be read in two ways"),
    )
    .because(format!(
        "with a decimal point it is {decimal}, with a point between thousands it is {whole}"
    ))
    .help(format!("write `{written}` or `{whole}`"))
    .help(format!(
        "if a system writes it like this every month, give `{}` a range in the contract that contains only one of the \
         two, as in `between 0 and …`",
        column.input
    ))
}

/// A value of a workbook or of JSON that the column cannot have.
pub(super) fn of_kind(raw: Raw<'_>, column: &Column) -> Fault {
    let fault = |code, message: String| Fault::new(code, message).because(column.described());
    match raw {
        Raw::Empty => fault("missing-value", "the cell is empty".to_owned()),
        Raw::Text(text) => number(text, column),
        Raw::Number(text) if column.kind == Type::Percent => {
            percent_without_sign(text.as_bytes(), column)
        }
        Raw::Number(text) | Raw::Stored { text, .. } => flag(text.as_bytes(), column),
        Raw::Disguised { text, format, how } => disguised(text, format, how),
        Raw::TooFine(text) => Fault::new(
            "inexact-number",
            format!("`{text}` is not an exact decimal number"),
        )
        .because("a workbook stores 15 digits of a number exactly; further digits come from its own arithmetic")
        .help("round it in the sheet, as in `=ROUND(A1, 4)`, to the number of decimals that you mean"),
        Raw::Flag(flag) => fault(
            "not-a-number",
            format!("`{}` is not a number", if flag { "TRUE" } else { "FALSE" }),
        )
        .help("write the number"),
        Raw::Date(date) => fault("not-a-number", format!("`{date}` is a date, not a number"))
            .because("a spreadsheet turns text such as 1-2 or 3.5 into a date when it is typed")
            .help("format the cell as a number, and type the number again"),
        Raw::Time(text) => fault("not-a-number", format!("`{text}` is a time, not a number"))
            .help(format!("write {} as one plain number, and format the cell as a number", in_unit(column))),
        Raw::Error(text) => Fault::new("error-in-cell", format!("the cell has the error `{text}`"))
            .because("its formula could not be computed in the sheet")
            .help("fix the formula, or write the value"),
        Raw::Uncomputed => Fault::new("uncomputed-formula", "the cell has a formula without a value")
            .because("the workbook was written by a program that does not compute formulas")
            .help("open the workbook in a spreadsheet program and save it, or write the value"),
        Raw::Nested(what) => fault("not-a-number", format!("there is {what} instead of a value"))
            .help("write the number"),
    }
}

/// Text that is neither yes nor no.
pub(super) fn flag(text: &[u8], column: &Column) -> Fault {
    Fault::new(
        "not-yes-or-no",
        format!("`{}` is neither yes nor no", quotable(text)),
    )
    .because(column.described())
    .help("write `yes` or `no`")
}

/// Text with a percent sign after something that is not a number.
fn percentage(text: &[u8], digits: &str, column: &Column) -> Fault {
    let shown = quotable(text);
    match shape::of(digits) {
        Shape::Control => bytes(text),
        Shape::TwoReadings { decimal, whole } => Fault::new(
            "ambiguous-number",
            format!("`{shown}` can be read in two ways"),
        )
        .because(format!(
            "with a decimal comma it is {decimal}%, with a comma between thousands it is {whole}%"
        ))
        .help(format!("write `{decimal}%` or `{whole}%`")),
        Shape::DecimalComma(written) => {
            Fault::new("decimal-comma", format!("`{shown}` has a decimal comma"))
                .because(COMMA)
                .help(format!("write `{written}%`"))
        }
        _ => no_percentage(text, column),
    }
}

const COMMA: &str = "a comma comes before decimals in some countries and between thousands in others, so it is never read";

/// A percentage without its sign.
pub(super) fn percent_without_sign(text: &[u8], column: &Column) -> Fault {
    let plain = std::str::from_utf8(text).unwrap_or_default();
    let Ok(value) = Exact::parse_decimal(plain) else {
        return match shape::of(plain) {
            Shape::Other | Shape::WithUnit { .. } => no_percentage(text, column),
            _ => number(text, column),
        };
    };
    let hundredfold = value.multiply(&Exact::from_integer(100));
    let meant = if value.is_zero() {
        "write `0%`".to_owned()
    } else if value.abs() > Exact::one() {
        format!("write `{plain}%`")
    } else {
        format!("write `{hundredfold}%`, or `{plain}%` if it really is that small")
    };
    Fault::new(
        "percent-without-sign",
        format!("`{plain}` has no percent sign"),
    )
    .because(column.described())
    .because("0.985 and 98.5 can both mean 98.5%, so a bare number is not read")
    .help(meant)
}

/// A number in a cell of a workbook that is not formatted as a percentage.
pub(super) fn unformatted_percent(text: &str, column: &Column) -> Fault {
    let hundredfold = shown_number(text, PercentSign::Scaled);
    let meant = if Exact::parse_decimal(text).is_ok_and(|value| value.is_zero()) {
        "format the cell as a percentage, so that it shows `0%`".to_owned()
    } else if Exact::parse_decimal(text).is_ok_and(|value| value.abs() > Exact::one()) {
        format!(
            "format the cell as a percentage and type the number again, so that it shows `{text}%`"
        )
    } else {
        format!(
            "format the cell as a percentage, so that it shows `{hundredfold}`; type the number again if you mean \
             `{text}%`"
        )
    };
    Fault::new(
        "percent-without-sign",
        format!("`{text}` is not formatted as a percentage"),
    )
    .because(column.described())
    .because("0.985 and 98.5 can both mean 98.5%, so a number without a percent sign is not read")
    .help(meant)
}

/// A number whose cell shows something else.
fn disguised(text: &str, format: &str, how: Disguise) -> Fault {
    let text = quotable(text.as_bytes());
    let does = match how {
        Disguise::Thousands => "shows thousands or millions of it, with the rest left out",
        Disguise::Characters => {
            "puts characters next to the digits that look like a part of the number"
        }
        Disguise::Hidden => "shows no digit of it",
        Disguise::Fraction => "shows a fraction that is close to it",
        Disguise::Exponent => "shows it with an exponent, and not with all digits",
        Disguise::PercentSigns => "shows more than one percent sign",
        Disguise::Unsigned => "shows negative numbers without a minus sign",
        Disguise::AsZero => "shows it as 0",
        Disguise::Conditions => "shows it in a way that depends on how large it is",
    };
    Fault::new(
        "disguised-number",
        format!("the cell has `{text}` and shows something else"),
    )
    .because(format!(
        "its number format `{}` {does}",
        quotable(format.as_bytes())
    ))
    .because("a person who checks the sheet sees a different number from the one that the invoice would use")
    .help("format the cell as a plain number with all its decimals, and check that it shows what you mean")
}

/// A percentage where another number should be.
pub(super) fn unwanted_percent(shown: &str, column: &Column) -> Fault {
    Fault::new("unwanted-percent", format!("`{shown}` is a percentage"))
        .because(column.described())
        .help("write the number without a percent sign")
}

/// A number outside the column's range.
pub(super) fn out_of_range(text: &[u8], value: &Exact, column: &Column) -> Fault {
    let shown = quotable(text);
    let range = column.range().unwrap_or_default();
    let counted = column.least.as_ref().is_some_and(Exact::is_zero);
    let because = format!("{}, {range}", column.described());
    if counted && value.is_negative() {
        return Fault::new("negative-value", format!("`{shown}` is below 0"))
            .because(because)
            .help(
                "write a value of 0 or more; a correction belongs in the month that it corrects",
            );
    }
    Fault::new("out-of-range", format!("`{shown}` is out of range"))
        .because(because)
        .help("write the right value; if such a value can happen, the range in the contract is too narrow")
}

/// A fraction where only whole numbers make sense.
pub(super) fn fractional(text: &[u8], column: &Column) -> Fault {
    let shown = quotable(text);
    let fault = Fault::new(
        "fractional-value",
        format!("`{shown}` is not a whole number"),
    )
    .because(format!(
        "{}, which come in whole numbers",
        column.described()
    ));
    match shape::without_point(text) {
        Some(whole) => fault.help(format!("if the point separates thousands, write `{whole}`")),
        None => fault.help("write a whole number"),
    }
}

/// A value between two steps of measurement.
pub(super) fn too_precise(text: &[u8], step: &Exact, column: &Column) -> Fault {
    let step = column.written(step);
    let fault = Fault::new(
        "too-precise",
        format!(
            "`{}` is more precise than what the contract measures",
            quotable(text)
        ),
    )
    .because(format!("`{}` is measured in steps of {step}", column.name))
    .help(format!(
        "write it to {step}, rounded as the contract says; or give the contract a finer step"
    ));
    match shape::without_point(text) {
        Some(whole) => fault.help(format!("if the point separates thousands, write `{whole}`")),
        None => fault,
    }
}

/// Bytes that are not text.
pub(super) fn bytes(text: &[u8]) -> Fault {
    let shown = quotable(text);
    if text.contains(&0) {
        return Fault::new("not-text", format!("`{shown}` contains a NUL byte"))
            .because("text has no such byte; the file may be damaged, or saved as UTF-16")
            .help("save the file again as CSV in UTF-8");
    }
    if std::str::from_utf8(text).is_err() {
        return Fault::new("not-utf-8", format!("`{shown}` is not UTF-8 text"))
            .because("the file was saved in another encoding, and the letters cannot be recognised")
            .help("save the file again as CSV in UTF-8");
    }
    if let Some((_, sign)) = std::str::from_utf8(text)
        .ok()
        .and_then(|text| odd_line_end(text, 0))
    {
        return line_end(sign);
    }
    Fault::new(
        "not-text",
        format!("`{shown}` contains an invisible character"),
    )
    .because("nobody can see it, and the same name without it would be another account")
    .help("delete the cell and type its value again")
}

/// A character in a cell at which some programs begin a new row.
pub(super) fn line_end(sign: char) -> Fault {
    Fault::new(
        "odd-line-end",
        format!("there is {} in the cell", name_of_line_end(sign)),
    )
    .because("some programs begin a new row there and others do not, so people may see other rows than the program \
              reads")
    .help("delete it, or replace it with a line break where a new row begins")
}

/// Something that cannot be the name of an account.
pub(super) fn account(raw: Raw<'_>) -> Fault {
    let what = match raw {
        Raw::Flag(_) => "a yes or no".to_owned(),
        Raw::Date(date) => format!("the date `{date}`"),
        Raw::Time(text) => format!("the time `{}`", quotable(text.as_bytes())),
        Raw::Error(text) => format!("the error `{}`", quotable(text.as_bytes())),
        Raw::Uncomputed => "a formula without a value".to_owned(),
        Raw::Nested(what) => what.to_owned(),
        Raw::Disguised { text, format, how } => return disguised(text, format, how),
        Raw::Empty | Raw::Text(_) | Raw::Number(_) | Raw::Stored { .. } | Raw::TooFine(_) => {
            "something else".to_owned()
        }
    };
    Fault::new(
        "not-an-account",
        format!("there is {what} instead of an account"),
    )
    .help("write the account's name or number, as text")
}

fn no_percentage(text: &[u8], column: &Column) -> Fault {
    Fault::new(
        "not-a-number",
        format!("`{}` is not a percentage", quotable(text)),
    )
    .because(column.described())
    .help("write plain digits with a percent sign, such as `98.5%`")
}

fn empty_cell(column: &Column) -> String {
    if column.may_be_missing {
        "leave the cell empty: the contract says what happens without a value".to_owned()
    } else {
        "write the number; an empty cell says that there is none, and the contract then needs a rule for it".to_owned()
    }
}

/// The unit of a number without a unit.
fn of_unit(column: &Column) -> String {
    column
        .kind
        .unit()
        .map_or_else(String::new, |unit| format!(", in {unit}"))
}

fn in_unit(column: &Column) -> String {
    match column.kind.unit() {
        Some(unit) => format!("the number of {unit}"),
        None => "the value".to_owned(),
    }
}
