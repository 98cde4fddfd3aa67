//! Places in units of 8, 16 and 32 bits, and texts that change piece by piece.

use proptest::prelude::*;
use quidpro::lsp::{Encoding, Lines};
use serde_json::json;

use super::editor::{Editor, URI};

/// A text of letters that are 1, 2, 3 and 4 bytes long, with combining characters and all line ends.
fn texts() -> impl Strategy<Value = String> {
    let letter = prop::sample::select(vec![
        "a",
        "é",
        "e\u{301}",
        "漢",
        "📞",
        "👩\u{200d}💻",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\u{2028}",
    ]);
    prop::collection::vec(letter, 0..60).prop_map(|letters| letters.concat())
}

/// The place of a byte, counted by the definition of the protocol alone.
fn counted(text: &str, at: usize, encoding: Encoding) -> (u32, u32) {
    let (mut line, mut column) = (0, 0);
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if start >= at {
            break;
        }
        let next = letters.peek().map(|(_, next)| *next);
        match letter {
            '\n' => (line, column) = (line + 1, 0),
            '\r' if next != Some('\n') => (line, column) = (line + 1, 0),
            letter => {
                column += match encoding {
                    Encoding::Utf8 => letter.len_utf8(),
                    Encoding::Utf16 => letter.len_utf16(),
                    Encoding::Utf32 => 1,
                }
            }
        }
    }
    (line, u32::try_from(column).unwrap())
}

proptest! {
    #[test]
    fn every_byte_has_its_place_and_every_place_its_byte(text in texts()) {
        let lines = Lines::new(&text);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (at, letter) in text.char_indices() {
                let (line, column) = lines.place(&text, encoding, at);
                let is_break = letter == '\n' && text[..at].ends_with('\r');
                if is_break {
                    continue;
                }
                prop_assert_eq!((line, column), counted(&text, at, encoding));
                prop_assert_eq!(lines.offset(&text, encoding, line, column), at);
            }
            prop_assert_eq!(lines.offset(&text, encoding, u32::MAX, 0), text.len());
            let end = lines.offset(&text, encoding, 0, u32::MAX);
            let first = text.find(['\n', '\r']).unwrap_or(text.len());
            prop_assert_eq!(end, first);
        }
    }

    #[test]
    fn a_text_that_changes_piece_by_piece_is_the_whole_text(
        start in texts(),
        changes in prop::collection::vec((0_usize..60, 0_usize..60, texts()), 0..8),
    ) {
        let mut editor = Editor::open_with(&start);
        let mut text = start;
        for (from, to, new) in changes {
            let places: Vec<usize> = text
                .char_indices()
                .map(|(at, _)| at)
                .filter(|at| !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n')))
                .chain([text.len()])
                .collect();
            let (from, to) = (places[from % places.len()], places[to % places.len()]);
            let (from, to) = (from.min(to), from.max(to));
            let (line, column) = counted(&text, from, Encoding::Utf16);
            let (to_line, to_column) = counted(&text, to, Encoding::Utf16);
            editor.change(URI, [line, column, to_line, to_column], &new);
            text.replace_range(from..to, &new);
        }
        let mut fresh = Editor::open_with(&text);
        let asked = json!({ "textDocument": { "uri": URI } });
        let symbols = editor.ask("textDocument/semanticTokens/full", asked.clone());
        let expected = fresh.ask("textDocument/semanticTokens/full", asked);
        prop_assert_eq!(&symbols["data"], &expected["data"]);
    }
}

#[test]
fn a_column_within_a_character_is_its_beginning() {
    let text = "a📞b";
    let lines = Lines::new(text);
    assert_eq!(lines.offset(text, Encoding::Utf16, 0, 2), 1);
    assert_eq!(lines.offset(text, Encoding::Utf8, 0, 3), 1);
    assert_eq!(lines.offset(text, Encoding::Utf16, 0, 3), 5);
}
