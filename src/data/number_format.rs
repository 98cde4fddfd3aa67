//! The number formats of a workbook: which cells show a percentage, a date or a time.

use std::collections::HashMap;

use super::problem::Fault;
use super::workbook::{MOST_KEPT, Xml, attribute, each_start};

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Number,
    Percent,
    Date,
    Time,
}

/// How the cells of each style look, in the order of the styles.
///
/// # Errors
/// Says that the part is damaged.
pub(super) fn looks(xml: &mut Xml<'_>) -> Result<Vec<Look>, Fault> {
    let mut codes: HashMap<String, Look> = HashMap::new();
    let mut looks = Vec::new();
    each_start(xml, |name, start, group| match (group, name) {
        (Some("numFmts"), "numFmt") if codes.len() < MOST_KEPT => {
            let code = attribute(start, "formatCode").unwrap_or_default();
            codes.insert(
                attribute(start, "numFmtId").unwrap_or_default(),
                look_of(&code),
            );
        }
        (Some("cellXfs"), "xf") if looks.len() < MOST_KEPT => {
            let id = attribute(start, "numFmtId").unwrap_or_default();
            looks.push(codes.get(&id).copied().unwrap_or_else(|| built_in(&id)));
        }
        _ => {}
    })?;
    Ok(looks)
}

/// The formats that a workbook does not have to define (ECMA-376, part 1, 18.8.30).
fn built_in(id: &str) -> Look {
    match id.parse::<u16>() {
        Ok(9 | 10) => Look::Percent,
        Ok(14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57..=58) => Look::Date,
        Ok(18..=21 | 32..=33 | 45..=47 | 55..=56) => Look::Time,
        _ => Look::Number,
    }
}

/// What a format's code makes of a positive number.
fn look_of(code: &str) -> Look {
    let mut look = Look::Number;
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => break,
            '"' => drop(signs.by_ref().find(|sign| *sign == '"')),
            '\\' | '_' | '*' => drop(signs.next()),
            '[' => {
                let inner: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let elapsed = !inner.is_empty()
                    && inner
                        .chars()
                        .all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S'));
                if elapsed {
                    return Look::Time;
                }
            }
            '%' => return Look::Percent,
            'y' | 'Y' | 'd' | 'D' => return Look::Date,
            'm' | 'M' if look == Look::Number => look = Look::Date,
            'h' | 'H' | 's' | 'S' => look = Look::Time,
            _ => {}
        }
    }
    look
}
