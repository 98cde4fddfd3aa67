//! What the letters of a text hide: invisible characters, and names that look like others.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::syntax::outline::{Outline, TokenKind};
use crate::text::{FileId, Span, is_hidden, is_needed, mixes_scripts, shape};

use super::beside::{HIDDEN_CHARACTER, LOOKALIKE_NAME};
use super::settings::Settings;

/// The most findings of a kind for one file. A file with more is probably not a contract.
const MOST: usize = 50;

/// The findings of the rules about letters in a text.
#[must_use]
pub fn letters(file: FileId, text: &str, settings: &Settings) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(severity) = settings.severity(&HIDDEN_CHARACTER) {
        found.extend(hidden(file, text).into_iter().map(|finding| Diagnostic {
            severity,
            ..finding
        }));
    }
    if let Some(severity) = settings.severity(&LOOKALIKE_NAME)
        && !text.is_ascii()
    {
        found.extend(
            lookalikes(file, text)
                .into_iter()
                .map(|finding| Diagnostic {
                    severity,
                    ..finding
                }),
        );
    }
    found
}

fn hidden(file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut before = None;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let is_mark = at == 0 && sign == '\u{FEFF}';
        if !is_hidden(sign) || is_mark || is_needed(before, sign) {
            before = Some(sign);
            continue;
        }
        let mut end = at + sign.len_utf8();
        let mut all = vec![sign];
        while let Some((_, next)) = signs.next_if(|(_, next)| is_hidden(*next)) {
            end += next.len_utf8();
            all.push(next);
        }
        found.push(hidden_at(Span::new(file, at, end), &all));
        if found.len() == MOST {
            break;
        }
    }
    found
}

fn hidden_at(span: Span, all: &[char]) -> Diagnostic {
    let names: Vec<String> = all.iter().take(4).map(|sign| named(*sign)).collect();
    let what = match all {
        [_] => "an invisible character is here",
        _ => "invisible characters are here",
    };
    let more = if all.len() > 4 { ", …" } else { "" };
    let finding = Diagnostic::error(
        HIDDEN_CHARACTER.name,
        span,
        format!("{what}: {}{more}", names.join(", ")),
    );
    let finding = if all.iter().any(|sign| turns(*sign)) {
        finding.because("it changes the order in which the text is shown, so people read a different text from the \
                         one that is computed")
    } else {
        finding.because("what the parties read is then not what is computed")
    };
    finding
        .help("delete it; if it came with copied text, type the words again")
        .mended_by(Fix {
            title: "delete the invisible characters".to_owned(),
            edits: vec![Edit {
                span,
                text: String::new(),
            }],
            safe: false,
        })
}

/// Whether the character changes the direction of writing.
fn turns(sign: char) -> bool {
    matches!(sign, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// `zero width space (U+200B)`
fn named(sign: char) -> String {
    let code = format!("U+{:04X}", u32::from(sign));
    let name = match sign {
        '\u{1B}' => "escape",
        '\u{AD}' => "soft hyphen",
        '\u{200B}' => "zero width space",
        '\u{200C}' => "zero width non-joiner",
        '\u{200D}' => "zero width joiner",
        '\u{200E}' => "left-to-right mark",
        '\u{200F}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202D}' => "left-to-right override",
        '\u{202E}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2066}'..='\u{2068}' => "isolate of direction",
        '\u{2069}' => "end of an isolate of direction",
        '\u{FEFF}' => "byte order mark",
        _ if sign.is_control() => "control character",
        _ => return code,
    };
    format!("{name} ({code})")
}

fn lookalikes(file: FileId, text: &str) -> Vec<Diagnostic> {
    let outline = Outline::of(file, text);
    // Every word, with the place of its first use.
    let mut words: BTreeMap<&str, Span> = BTreeMap::new();
    let is_word = |kind: TokenKind| !matches!(kind, TokenKind::Comment | TokenKind::Text);
    for token in outline.tokens.iter().filter(|token| is_word(token.kind)) {
        if let Some(word) = text.get(token.span.range()) {
            words.entry(word).or_insert(token.span);
        }
    }
    let mut shapes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for word in words.keys() {
        shapes.entry(shape(word)).or_default().push(word);
    }
    let mut found: Vec<Diagnostic> = words
        .iter()
        .filter(|(word, _)| !word.is_ascii())
        .filter_map(|(word, span)| {
            let alike = shapes.get(&shape(word)).into_iter().flatten();
            let other = alike.copied().find(|other| other != word);
            lookalike(
                word,
                *span,
                other.and_then(|other| Some((other, *words.get(other)?))),
            )
        })
        .collect();
    found.sort_by_key(|finding| finding.primary.span);
    found.truncate(MOST);
    found
}

/// The finding about a name that is not only ASCII letters.
fn lookalike(word: &str, span: Span, other: Option<(&str, Span)>) -> Option<Diagnostic> {
    let signs: Vec<String> = word
        .chars()
        .filter(|sign| !sign.is_ascii())
        .take(3)
        .map(|sign| format!("`{sign}` is U+{:04X}", u32::from(sign)))
        .collect();
    let signs = signs.join(", ");
    if let Some((other, place)) = other {
        return Some(
            Diagnostic::error(
                LOOKALIKE_NAME.name,
                span,
                format!("`{word}` looks like `{other}` and is a different word"),
            )
            .here(signs)
            .and_at(place, "this one")
            .because("no reader of the contract can tell them apart")
            .help("type it again; if two names are meant, choose a different one"),
        );
    }
    if !mixes_scripts(word) {
        return None;
    }
    Some(
        Diagnostic::error(
            LOOKALIKE_NAME.name,
            span,
            format!("`{word}` has letters of several scripts"),
        )
        .here(signs)
        .because("letters of two scripts can look the same and be two different letters")
        .help("type it again, in letters of one script"),
    )
}
