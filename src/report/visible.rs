//! Text of contracts and data made safe to print: nothing in it can steer a terminal or reorder a line.

/// The text with every steering character replaced by a visible one of the same length in bytes, so that places
/// in it stay where they are. Tabs and line feeds are kept.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(visible_character).collect()
}

/// As [`visible`], on one line: tabs and line breaks become blanks.
pub(super) fn on_one_line(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' | '\n' | '\r' => ' ',
            other => visible_character(other),
        })
        .collect()
}

fn visible_character(character: char) -> char {
    if character == '\t' || character == '\n' || !steers(character) {
        return character;
    }
    match character.len_utf8() {
        1 => '?',
        2 => '¿',
        _ => '\u{FFFD}',
    }
}

/// Control characters, line and paragraph separators, and marks that change the direction of writing.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{FEFF}'
        )
}
