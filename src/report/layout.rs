//! Text in columns: widths as a terminal shows them, padding and wrapping.

use unicode_width::UnicodeWidthStr;

/// The width of every report, in columns.
pub(super) const WIDTH: usize = 100;

/// The number of columns that the text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text followed by spaces, up to `columns`.
pub(super) fn pad_right(text: &str, columns: usize) -> String {
    format!("{text}{}", blanks(columns.saturating_sub(width(text))))
}

/// The text after spaces, up to `columns`.
pub(super) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", blanks(columns.saturating_sub(width(text))))
}

/// The text, or as much of its start as fits into `columns` with an ellipsis.
pub(super) fn clipped(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    for character in text.chars() {
        out.push(character);
        if width(&out) >= columns {
            out.pop();
            break;
        }
    }
    format!("{}…", out.trim_end())
}

/// As many spaces as `count` says.
pub(super) fn blanks(count: usize) -> String {
    " ".repeat(count)
}

/// The text in lines of at most `columns`, broken between words. A word that is too long is broken inside. The groups
/// of digits of a number stay together if the number fits on a line.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match words.last_mut() {
            Some(before)
                if is_group(word)
                    && before.ends_with(|end: char| end.is_ascii_digit())
                    && before.len() + 1 + word.len() <= columns =>
            {
                before.push(' ');
                before.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    let mut lines = vec![String::new()];
    for word in &words {
        for (at, piece) in pieces(word, columns).into_iter().enumerate() {
            place(&mut lines, &piece, columns, at == 0);
        }
    }
    lines
}

/// The text in lines of at most [`WIDTH`]. The first line follows `first`, and the others are aligned with its end.
pub(super) fn hanging(first: &str, text: &str) -> String {
    let indent = width(first);
    let mut out = String::new();
    for (at, line) in wrap(text, WIDTH.saturating_sub(indent)).iter().enumerate() {
        let before = if at == 0 {
            first.to_owned()
        } else {
            blanks(indent)
        };
        out.push_str(format!("{before}{line}").trim_end());
        out.push('\n');
    }
    out
}

/// Whether a word continues a number, as `978.73` does in `196 978.73`: it starts with exactly three digits.
fn is_group(word: &str) -> bool {
    word.chars().take_while(char::is_ascii_digit).count() == 3
}

fn place(lines: &mut Vec<String>, piece: &str, columns: usize, starts_word: bool) {
    let Some(line) = lines.last_mut() else {
        return;
    };
    if line.is_empty() {
        line.push_str(piece);
    } else if starts_word && width(line) + 1 + width(piece) <= columns {
        line.push(' ');
        line.push_str(piece);
    } else {
        lines.push(piece.to_owned());
    }
}

fn pieces(word: &str, columns: usize) -> Vec<String> {
    if width(word) <= columns {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for character in word.chars() {
        let Some(piece) = pieces.last_mut() else {
            break;
        };
        piece.push(character);
        if width(piece) > columns && piece.chars().count() > 1 {
            piece.pop();
            pieces.push(character.to_string());
        }
    }
    pieces
}
