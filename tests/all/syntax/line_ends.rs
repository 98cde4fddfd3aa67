//! Where lines end, and the characters at which only some programs begin a new line.

use quidpro::format::format;

use super::{EVERY_FORM, SAMPLE, read};

const ODD: [char; 6] = ['\u{b}', '\u{c}', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

/// Wherever such a character is put, in a comment, a text, a number or between them, it is refused at its place.
#[test]
fn odd_line_ends_are_refused_wherever_they_are() {
    let places: Vec<usize> = SAMPLE
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| at % 401 == 0)
        .collect();
    for (at, sign) in places.into_iter().zip(ODD.into_iter().cycle()) {
        // Before a line feed, a carriage return is a usual line end.
        if sign == '\r' && SAMPLE[at..].starts_with('\n') {
            continue;
        }
        let text = format!("{}{sign}{}", &SAMPLE[..at], &SAMPLE[at..]);
        let found = read(&text).diagnostics;
        let odd: Vec<_> = found
            .iter()
            .filter(|found| found.code == "odd-line-end")
            .collect();
        assert_eq!(odd.len(), 1, "{sign:?} at {at}: {found:?}");
        assert_eq!(odd[0].primary.span.range(), at..at + sign.len_utf8());
        assert_eq!(format(&text).unwrap().text, text, "{sign:?} at {at}");
    }
}

/// A comment ends where editors begin a new line.
#[test]
fn a_comment_ends_at_a_lone_carriage_return() {
    let text =
        "contract c {\n  charge fee 100 EUR per month  # fixed part\r  credit late = 50 EUR\n}\n";
    let read = read(text);
    let comment = read.comments[0].span.range();
    assert_eq!(&text[comment], "# fixed part");
    assert_eq!(read.tree.contracts[0].items.len(), 2);
}

/// The line ends of Windows mean the same as those of Unix.
#[test]
fn windows_line_ends_are_fine() {
    for text in [SAMPLE, EVERY_FORM] {
        let windows = text.replace('\n', "\r\n");
        assert!(
            read(&windows)
                .diagnostics
                .iter()
                .all(|found| found.code != "odd-line-end")
        );
        assert_eq!(
            read(&windows).diagnostics.len(),
            read(text).diagnostics.len()
        );
    }
}
