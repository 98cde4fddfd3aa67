//! Where lines end, and what only looks like the end of a line.

/// The characters at which some programs begin a new line and others do not: a vertical tab, a form feed, a lone
/// carriage return, a next-line character, and the line and paragraph separators.
const ODD: [(char, &str); 6] = [
    ('\u{b}', "a vertical tab"),
    ('\u{c}', "a form feed"),
    ('\r', "a lone carriage return"),
    ('\u{85}', "a next-line sign"),
    ('\u{2028}', "a line separator"),
    ('\u{2029}', "a paragraph separator"),
];

/// The first place, from byte `from` onwards, at which some programs end a line and others do not, and the character
/// there. A carriage return before a line feed is part of a usual line end.
#[must_use]
pub fn odd_line_end(text: &str, from: usize) -> Option<(usize, char)> {
    let rest = text.get(from..)?;
    let is_odd = |&(at, sign): &(usize, char)| match sign {
        '\r' => rest.as_bytes().get(at + 1) != Some(&b'\n'),
        _ => ODD.iter().any(|(odd, _)| *odd == sign),
    };
    rest.char_indices()
        .find(is_odd)
        .map(|(at, sign)| (from + at, sign))
}

/// The name of such a character, with its number.
#[must_use]
pub fn name_of_line_end(sign: char) -> String {
    let name = ODD.iter().find(|(odd, _)| *odd == sign);
    let name = name.map_or("an invisible character", |(_, name)| *name);
    format!("{name} (U+{:04X})", u32::from(sign))
}

#[cfg(test)]
mod tests {
    use super::{name_of_line_end, odd_line_end};

    #[test]
    fn usual_line_ends_are_not_odd() {
        assert_eq!(odd_line_end("a\r\nb\nc\r\n", 0), None);
    }

    #[test]
    fn every_other_line_end_is() {
        for sign in ['\u{b}', '\u{c}', '\r', '\u{85}', '\u{2028}', '\u{2029}'] {
            let text = format!("ä\r\nb{sign}c\n");
            assert_eq!(odd_line_end(&text, 0), Some((5, sign)));
            assert_eq!(odd_line_end(&text, 6), None);
            assert!(name_of_line_end(sign).contains(&format!("{:04X}", u32::from(sign))));
        }
        assert_eq!(odd_line_end("a\r", 0), Some((1, '\r')));
    }
}
