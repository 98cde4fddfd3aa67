//! The words around the place where reading stopped.

/// What a token is, as far as a message needs to know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Word,
    Number,
    Text,
    Sign,
    /// Nothing: the end of the text or of the part under examination.
    End,
}

/// A token and its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Whether an operand can end with it.
    pub(super) fn ends_value(&self) -> bool {
        match self.kind {
            Kind::Word | Kind::Number => true,
            Kind::Sign => matches!(self.text, ")" | "%"),
            Kind::Text | Kind::End => false,
        }
    }

    /// Whether an operand has to follow it.
    pub(super) fn wants_value(&self) -> bool {
        match self.kind {
            Kind::Word => matches!(
                self.text,
                "of" | "and"
                    | "or"
                    | "not"
                    | "below"
                    | "above"
                    | "least"
                    | "most"
                    | "by"
                    | "at"
                    | "to"
            ),
            Kind::Sign => matches!(
                self.text,
                "+" | "-" | "*" | "/" | "<" | ">" | "<=" | ">=" | "<>" | "=" | "(" | ":"
            ),
            Kind::Number | Kind::Text | Kind::End => false,
        }
    }
}

/// The token at or after `at`.
pub(super) fn token_at(text: &str, at: usize) -> Token<'_> {
    let rest = text.get(at..).unwrap_or_default();
    let trimmed = rest.trim_start();
    let start = at + (rest.len() - trimmed.len());
    let Some(first) = trimmed.chars().next() else {
        return Token {
            kind: Kind::End,
            start: at.min(text.len()),
            text: "",
        };
    };
    let (kind, length) = if first == '"' {
        let inside = trimmed.get(1..).unwrap_or_default();
        let end = inside.find(['"', '\n']).map_or(inside.len(), |end| end + 1);
        (Kind::Text, 1 + end)
    } else if first.is_ascii_digit() {
        let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '_' | '.' | '-');
        let figure = trimmed.find(|c| !is_figure(c)).unwrap_or(trimmed.len());
        let figure = trimmed.get(..figure).unwrap_or_default();
        (Kind::Number, figure.trim_end_matches(['.', '-']).len())
    } else if is_word(first) {
        (
            Kind::Word,
            trimmed.find(|c| !is_word(c)).unwrap_or(trimmed.len()),
        )
    } else {
        (Kind::Sign, sign_length(trimmed, first))
    };
    Token {
        kind,
        start,
        text: trimmed.get(..length).unwrap_or(trimmed),
    }
}

/// The token before `at`.
pub(super) fn token_before(text: &str, at: usize) -> Token<'_> {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let end = before.len();
    let Some(last) = before.chars().next_back() else {
        return Token {
            kind: Kind::End,
            start: 0,
            text: "",
        };
    };
    let (kind, start) = if last == '"' {
        let inside = before.get(..end - 1).unwrap_or_default();
        (Kind::Text, inside.rfind('"').unwrap_or(end - 1))
    } else if is_word(last) {
        let start = before
            .char_indices()
            .rev()
            .take_while(|&(_, c)| is_word(c) || c == '.')
            .last()
            .map_or(end, |(at, _)| at);
        let is_number = before
            .get(start..)
            .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        (if is_number { Kind::Number } else { Kind::Word }, start)
    } else {
        let two = before.get(..end - last.len_utf8()).unwrap_or_default();
        let longer = matches!(last, '=' | '>') && two.ends_with(['<', '>']);
        (Kind::Sign, end - last.len_utf8() - usize::from(longer))
    };
    Token {
        kind,
        start,
        text: before.get(start..).unwrap_or_default(),
    }
}

/// The `(` before `at` that no `)` closes, looking back no further than `from`.
pub(super) fn open_parenthesis(text: &str, from: usize, at: usize) -> Option<usize> {
    let mut closed = 0_usize;
    for (offset, c) in text.get(from..at)?.char_indices().rev() {
        match c {
            ')' => closed += 1,
            '(' if closed == 0 => return Some(from + offset),
            '(' => closed -= 1,
            _ => {}
        }
    }
    None
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn sign_length(text: &str, first: char) -> usize {
    let two = text.get(..2).unwrap_or_default();
    if matches!(two, "<=" | ">=" | "<>" | "->") {
        2
    } else {
        first.len_utf8()
    }
}
