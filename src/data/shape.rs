//! What a text that is not a plain number looks like, so that a message can say how to write it.

/// The look of a text. Numbers in it are in the form in which they should be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// It contains a NUL byte or another invisible character.
    Control,
    /// A way to say that there is no value: `n/a`.
    NoValue,
    /// `1,234`: a decimal comma, or a comma between thousands.
    TwoReadings {
        /// As a decimal comma.
        decimal: String,
        /// As a comma between thousands.
        whole: String,
    },
    /// `12,5`
    DecimalComma(String),
    /// `1.234.567`, `1 234`, `1,234.50`
    Grouped(String),
    /// `98.5%`
    Percentage,
    /// `€ 12`, `12 hours`
    WithUnit {
        /// Only the number.
        number: &'a str,
        /// The part next to it.
        unit: &'a str,
    },
    /// `#DIV/0!`
    Error,
    /// `1:30`
    Clock,
    /// `1.2e3`
    Exponent,
    /// `(12)`
    Bracketed(String),
    /// `−12`, with a dash that is not a hyphen.
    OtherMinus(String),
    /// `.5`, `5.`
    BarePoint(String),
    /// Anything else.
    Other,
}

const NO_VALUE: &[&str] = &[
    "n/a", "na", "n.a.", "nan", "null", "none", "nil", "tbd", "tbc", "pending", "missing",
    "unknown", "-", "--", "–", "—", "?", "x", ".", "#n/a",
];

/// The look of `text`, which is not a plain decimal number.
pub(super) fn of(text: &str) -> Shape<'_> {
    if text.chars().any(|sign| sign.is_control() && sign != '\t') {
        return Shape::Control;
    }
    if NO_VALUE.contains(&text.to_ascii_lowercase().as_str()) {
        return Shape::NoValue;
    }
    if text.starts_with('#') && text.ends_with(['!', '?']) {
        return Shape::Error;
    }
    if let Some(rest) = text.strip_prefix(['−', '–', '—'])
        && is_plain(rest)
    {
        return Shape::OtherMinus(format!("-{rest}"));
    }
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'))
        && is_plain(inner)
    {
        return Shape::Bracketed(format!("-{inner}"));
    }
    if text.strip_suffix('%').is_some_and(|t| is_plain(t.trim())) {
        return Shape::Percentage;
    }
    bare_point(text)
        .or_else(|| with_separators(text))
        .or_else(|| exponent(text))
        .or_else(|| clock(text))
        .or_else(|| with_unit(text))
        .unwrap_or(Shape::Other)
}

/// `1.234` without its point, if the point could separate thousands.
pub(super) fn without_point(text: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(text).ok()?;
    let (whole, fraction) = text.split_once('.')?;
    let digits = whole.trim_start_matches(['-', '+']);
    let grouped = fraction.len() == 3 && (1..=3).contains(&digits.len()) && digits != "0";
    (grouped && is_plain(text)).then(|| format!("{whole}{fraction}"))
}

fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    is_digits(whole) && is_digits(fraction)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn bare_point(text: &str) -> Option<Shape<'_>> {
    let (sign, rest) = signed(text);
    if let Some(fraction) = rest.strip_prefix('.')
        && is_digits(fraction)
    {
        return Some(Shape::BarePoint(format!("{sign}0.{fraction}")));
    }
    let whole = rest.strip_suffix('.').filter(|whole| is_digits(whole))?;
    Some(Shape::BarePoint(format!("{sign}{whole}")))
}

fn signed(text: &str) -> (&str, &str) {
    match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Whether a character separates thousands somewhere in the world.
fn is_separator(sign: char) -> bool {
    matches!(sign, ',' | '.' | '\'' | '’' | '_') || is_blank(sign)
}

fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn with_separators(text: &str) -> Option<Shape<'_>> {
    let (sign, rest) = signed(text);
    if !rest.starts_with(|c: char| c.is_ascii_digit())
        || !rest.chars().all(|c| c.is_ascii_digit() || is_separator(c))
    {
        return None;
    }
    let parts: Vec<&str> = rest.split(is_separator).collect();
    let signs: Vec<char> = rest.chars().filter(|c| is_separator(*c)).collect();
    let (first, later) = parts.split_first()?;
    let (last_sign, earlier) = signs.split_last()?;
    let same = signs.iter().all(|one| one == last_sign);
    let threes = later.iter().all(|part| part.len() == 3 && is_digits(part));
    let leads = (1..=3).contains(&first.len()) && is_digits(first);
    if threes && leads && same {
        let whole = format!("{sign}{}", parts.concat());
        let lone_comma = signs.len() == 1 && *last_sign == ',';
        return Some(if lone_comma && *first != "0" {
            let decimal = format!("{sign}{}", parts.join("."));
            Shape::TwoReadings { decimal, whole }
        } else if lone_comma {
            Shape::DecimalComma(format!("{sign}{}", parts.join(".")))
        } else {
            Shape::Grouped(whole)
        });
    }
    let (fraction, wholes) = parts.split_last()?;
    if !matches!(last_sign, ',' | '.')
        || !is_digits(fraction)
        || !wholes.iter().all(|p| is_digits(p))
    {
        return None;
    }
    let written = format!("{sign}{}.{fraction}", wholes.concat());
    match (earlier.first(), last_sign) {
        (None, ',') => Some(Shape::DecimalComma(written)),
        (Some(first), last) if first != last && earlier.iter().all(|one| one == first) => {
            Some(Shape::Grouped(written))
        }
        _ => None,
    }
}

fn exponent(text: &str) -> Option<Shape<'_>> {
    let (mantissa, power) = text.split_once(['e', 'E'])?;
    let power = power.strip_prefix(['-', '+']).unwrap_or(power);
    (is_plain(mantissa) && is_digits(power)).then_some(Shape::Exponent)
}

fn clock(text: &str) -> Option<Shape<'_>> {
    let parts: Vec<&str> = text.split(':').collect();
    ((2..=3).contains(&parts.len()) && parts.iter().all(|part| is_plain(part)))
        .then_some(Shape::Clock)
}

fn with_unit(text: &str) -> Option<Shape<'_>> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    let start = text.find(is_number)?;
    let end = text.rfind(is_number)? + 1;
    let number = text.get(start..end)?;
    if !is_plain(number) {
        return with_separators(number);
    }
    let unit = match (text.get(..start)?.trim(), text.get(end..)?.trim()) {
        ("", after) => after,
        (before, "") => before,
        _ => return None,
    };
    (!unit.is_empty()).then_some(Shape::WithUnit { number, unit })
}
