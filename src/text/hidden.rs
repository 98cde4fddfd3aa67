//! Invisible characters, and those that change how others look.

/// Whether a character controls a terminal, changes the direction or the line of what follows, or is invisible. Line
/// feeds, carriage returns and tabs do not count.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        _ if character.is_control() => true,
        '\u{AD}' // soft hyphen
        | '\u{34F}' // combining grapheme joiner
        | '\u{600}'..='\u{605}' // Arabic number signs
        | '\u{61C}' // Arabic letter mark
        | '\u{6DD}'
        | '\u{70F}'
        | '\u{890}'..='\u{891}'
        | '\u{8E2}'
        | '\u{115F}'..='\u{1160}' // Hangul fillers
        | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' // Mongolian separators
        | '\u{200B}'..='\u{200F}' // zero width, joiners, marks of direction
        | '\u{2028}'..='\u{202E}' // separators of lines and paragraphs, embedding and overriding of direction
        | '\u{2060}'..='\u{206F}' // word joiner, invisible operators, isolates of direction
        | '\u{2800}' // Braille blank
        | '\u{3164}' // Hangul filler
        | '\u{FE00}'..='\u{FE0F}' // variation selectors
        | '\u{FEFF}' // byte order mark
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{110BD}'
        | '\u{110CD}'
        | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' // beams of music
        | '\u{E0000}'..='\u{E0FFF}' => true, // tags and more variation selectors
        _ => false,
    }
}

/// Whether a hidden character is needed to draw the one before it as intended: a joiner within a script or an emoji, or
/// the choice between an emoji's two forms.
#[must_use]
pub fn is_needed(before: Option<char>, sign: char) -> bool {
    match sign {
        '\u{200C}' | '\u{200D}' => before.is_some_and(|before| !before.is_ascii()),
        '\u{FE0E}' | '\u{FE0F}' => before.is_some_and(|before| !before.is_whitespace()),
        _ => false,
    }
}
