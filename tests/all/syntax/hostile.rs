//! No text, however broken, deep or long, makes reading fail, hang or use unlimited memory.
//!
//! These run in the test harness's own threads, whose stack is 2 MB.

use std::time::{Duration, Instant};

use super::{EVERY_FORM, FILE, SAMPLE, contract, read};
use quidpro::syntax::Parsed;

/// Reads a text and checks what must hold for every text: every place is within it, and a mistake has words.
fn read_safely(text: &str) -> Parsed {
    let parsed = read(text);
    for found in &parsed.diagnostics {
        assert!(text.get(found.primary.span.range()).is_some(), "{found:?}");
        assert!(
            !found.message.is_empty() && !found.message.ends_with('.'),
            "{found:?}"
        );
        for label in &found.related {
            assert!(text.get(label.span.range()).is_some(), "{found:?}");
        }
    }
    for comment in &parsed.comments {
        assert!(text.get(comment.span.range()).is_some());
        assert_eq!(comment.span.file, FILE);
    }
    parsed
}

/// A small generator of numbers, which are the same in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % below.max(1)
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[test]
fn every_beginning_of_the_sample_is_read() {
    // Every seventh one, or every one with QUIDPRO_EVERY_PREFIX, which `.ci/full` sets.
    let step = std::env::var_os("QUIDPRO_EVERY_PREFIX").map_or(7, |_| 1);
    for end in (0..SAMPLE.len()).step_by(step) {
        read_safely(&SAMPLE[..boundary(SAMPLE, end)]);
    }
}

#[test]
fn every_beginning_of_every_form_is_read() {
    // Each form is cut alone, so that the whole test is quick: a chunk of two lines, cut everywhere.
    let lines: Vec<&str> = EVERY_FORM.lines().collect();
    for pair in lines.windows(2) {
        let text = format!("contract c {{\n{}\n{}", pair[0], pair[1]);
        for end in 0..=text.len() {
            if text.is_char_boundary(end) {
                read_safely(&text[..end]);
            }
        }
    }
}

#[test]
fn every_end_of_every_form_is_read() {
    for start in (0..EVERY_FORM.len()).step_by(23) {
        read_safely(&EVERY_FORM[boundary(EVERY_FORM, start)..]);
    }
}

#[test]
fn mutated_texts_are_read() {
    let mut dice = Dice(0x5eed);
    let pieces = [
        "{",
        "}",
        "(",
        ")",
        "\"",
        ";",
        ":",
        "=",
        ",",
        ".",
        "%",
        "#",
        "\n",
        " ",
        "-",
        "--",
        "//",
        "/*",
        "\u{0}",
        "\u{feff}",
        "“",
        "”",
        "€",
        "$",
        "≥",
        "–",
        "if",
        "then",
        "else",
        "of",
        "per",
        "at least",
        "by",
        "metric",
        "charge",
        "contract",
        "service level",
        "credit",
        "given",
        "1",
        "12,000.00",
        "4,20",
        "2026-13",
        "1 January 2026",
        "bands of x {",
        "sum of",
        "not",
        "é",
        "🦀",
        "\r",
        "\t",
    ];
    for _ in 0..400 {
        let mut text = SAMPLE.to_owned();
        for _ in 0..=dice.next(6) {
            let at = boundary(&text, dice.next(text.len()));
            match dice.next(3) {
                0 => text.insert_str(at, pieces[dice.next(pieces.len())]),
                1 => {
                    let end = boundary(&text, (at + dice.next(40)).min(text.len()));
                    text.replace_range(at..end.max(at), "");
                }
                _ => {
                    let end = boundary(&text, (at + 1 + dice.next(3)).min(text.len()));
                    text.replace_range(at..end.max(at), pieces[dice.next(pieces.len())]);
                }
            }
        }
        read_safely(&text);
    }
}

#[test]
fn spliced_texts_are_read() {
    let mut dice = Dice(0xabcd);
    for _ in 0..300 {
        let a = boundary(EVERY_FORM, dice.next(EVERY_FORM.len()));
        let b = boundary(EVERY_FORM, dice.next(EVERY_FORM.len()));
        let c = boundary(SAMPLE, dice.next(SAMPLE.len()));
        let text = format!(
            "contract c {{\n{}{}",
            &EVERY_FORM[a.min(b)..a.max(b)],
            &SAMPLE[c..]
        );
        read_safely(&text);
    }
}

#[test]
fn deep_nesting_is_one_clear_mistake() {
    for (open, close) in [
        ("(", ")"),
        ("{", "}"),
        ("bands of (", ")"),
        ("min(", ")"),
        ("bands of x { otherwise ", "}"),
    ] {
        for closes in [0, 100_000] {
            let text = contract(&format!(
                "let before = 1\nlet a = {}1{}\nlet behind = 2",
                open.repeat(100_000),
                close.repeat(closes)
            ));
            let parsed = read_safely(&text);
            let deep = parsed
                .diagnostics
                .iter()
                .filter(|found| found.code == "too-deep");
            assert_eq!(deep.count(), 1, "{open} {closes}");
        }
    }
}

#[test]
fn nesting_within_the_limit_is_fine() {
    let text = contract(&format!("let a = {}1{}", "(".repeat(49), ")".repeat(49)));
    assert!(read_safely(&text).diagnostics.is_empty());
    let text = contract(&format!("let a = {}1{}", "(".repeat(50), ")".repeat(50)));
    assert_eq!(read_safely(&text).diagnostics.len(), 1);
}

#[test]
fn long_chains_do_not_nest_without_bound() {
    for (first, step) in [
        ("1", " of 2"),
        ("a", " rounded up to 1"),
        ("a", " as percent"),
        ("a", " if known, otherwise b"),
        ("a", " + b"),
        ("a", " and b"),
        ("a", " * b - c"),
        ("a", " < b"),
        ("a", " between 1 and 2"),
        ("not a", " or not b"),
        ("if a then b", " else if c then d"),
        ("sum of a", " over last 2 months"),
        ("-", "-"),
        ("not", " not"),
        ("previous", " previous"),
        ("sum of", " sum of"),
        ("whole units in", " whole units in"),
        ("if", " if"),
    ] {
        let text = contract(&format!("let a = {first}{}", step.repeat(20_000)));
        read_safely(&text);
    }
}

#[test]
fn unfinished_forms_do_not_take_exponential_time() {
    for open in [
        "sum of (",
        "bands of (",
        "min(",
        "count of (not ",
        "if (",
        "(if a then (",
        "previous (",
        "5 EUR per full s of (",
        "bands of x { below (",
        "a between (",
        "total (",
        "whole units in (",
    ] {
        let started = Instant::now();
        for end in ["", "@", "1", ")", "}"] {
            read_safely(&contract(&format!("let a = {}{end}", open.repeat(40))));
            read_safely(&contract(&format!("metric a {{ {}{end}", open.repeat(40))));
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{open}");
    }
}

#[test]
fn long_texts_take_linear_time() {
    let pieces = [
        "a",
        " ",
        "\n",
        "@",
        "a@",
        "\"",
        "# c\n",
        "let a = 1 @ 2\n",
        "contract c {\n",
        "charge a {\n",
        "metric a {\n",
        "}",
        "contract c { training { a b c ",
        "let a = (\n",
        "1,2,",
        "\u{a0}",
        "€",
        "“",
        "1 January ",
        "EUR 5 ",
        "-- a\n",
        "/*",
        "'",
        "a'",
        "0 ",
        "\"”",
        "let a = 4,20 EUR\n",
        "a b\n",
        "a(\n",
        "foo {\n",
    ];
    let repeated = |piece: &&str| piece.repeat(60_000 / piece.len());
    let mut many: Vec<String> = pieces.iter().map(repeated).collect();
    many.push("a".repeat(1024 * 1024));
    many.push("\n".repeat(1024 * 1024));
    for text in many {
        for text in [contract(&text), text] {
            let started = Instant::now();
            read_safely(&text);
            let head: String = text.chars().take(40).collect();
            assert!(started.elapsed() < Duration::from_secs(30), "{head}");
        }
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let parsed = read_safely(&"a".repeat(10_000_000));
    assert_eq!(parsed.diagnostics.len(), 1);
    assert_eq!(parsed.diagnostics[0].code, "file-too-large");
    assert!(parsed.tree.contracts.is_empty());
}

#[test]
fn control_characters_and_odd_escapes_are_mistakes() {
    for text in [
        "\u{0}",
        "a\\n",
        "\"\\\"",
        "\u{7f}",
        "let a = \u{1b}[31m5",
        "\u{202e}",
        "\u{fffd}",
    ] {
        assert!(
            !read_safely(&contract(text)).diagnostics.is_empty(),
            "{text:?}"
        );
    }
}
