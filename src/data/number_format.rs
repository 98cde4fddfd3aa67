//! The number formats of a workbook: which of them show a percentage.

/// Whether a format's code shows a positive number with a percent sign: `0.0%`.
pub(super) fn shows_percent(code: &str) -> bool {
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '%' => return true,
            ';' => return false,
            '"' => drop(signs.by_ref().find(|sign| *sign == '"')),
            '[' => drop(signs.by_ref().find(|sign| *sign == ']')),
            '\\' | '_' | '*' => drop(signs.next()),
            _ => {}
        }
    }
    false
}
