//! What holds for every text.

use proptest::prelude::*;
use quidpro::format::{edits, format};
use quidpro::report::diff;
use quidpro::syntax::outline::{Outline, TokenKind};
use quidpro::text::FileId;

use super::{blocks, contracts, formatted, laid_out};

#[test]
fn every_contract_of_the_project_is_laid_out() {
    let other: Vec<String> = contracts()
        .iter()
        .map(|(name, text)| diff::render(name, text, &formatted(text).text, false))
        .filter(|diff| !diff.is_empty())
        .collect();
    assert!(
        other.is_empty(),
        "`quidpro fmt contracts/` would change them:\n{}",
        other.join("\n")
    );
}

#[test]
fn contracts_and_examples_are_laid_out_once_and_for_all() {
    for (name, text) in contracts() {
        let made = formatted(&text);
        assert!(made.left.is_empty(), "{name} holds no mistake");
        laid_out(&text);
    }
    for block in blocks() {
        laid_out(&block);
    }
}

#[test]
fn no_line_ends_in_blanks_and_none_is_empty_twice() {
    for (name, text) in contracts() {
        let made = formatted(&text).text;
        assert!(made.ends_with("}\n"), "{name}");
        assert!(!made.contains("\n\n\n"), "{name}");
        for line in made.lines() {
            assert_eq!(line, line.trim_end(), "{name}");
            assert!(!line.contains('\t'), "{name}");
        }
    }
}

#[test]
fn texts_without_a_contract() {
    assert_eq!(laid_out(""), "");
    assert_eq!(laid_out(" \n\t\n"), "");
    assert_eq!(laid_out("  # only this\n\n\n"), "# only this\n");
    assert_eq!(
        laid_out("use standard   contact_centre"),
        "use standard contact_centre\n"
    );
}

#[test]
fn line_ends_of_another_system_stay() {
    let text = "contract c {\r\n  currency   EUR\r\n}\r\n";
    assert_eq!(laid_out(text), "contract c {\r\n  currency  EUR\r\n}\r\n");
}

/// The text with other blanks between its tokens. With `breaks`, it also has other line breaks where a line does not
/// end a part.
fn with_other_blanks(text: &str, seed: u64, breaks: bool) -> String {
    let outline = Outline::of(FileId(0), text);
    let mut state = seed | 1;
    let mut next = move |most: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % most
    };
    let mut out = String::new();
    let mut behind = 0;
    for token in &outline.tokens {
        let range = token.span.range();
        let between = &text[behind..range.start];
        let lines = between.matches('\n').count();
        if lines > 0 {
            out.push_str(&"\n".repeat(lines));
            out.push_str(&" ".repeat(usize::try_from(next(9)).unwrap()));
        } else if !between.is_empty() {
            let comment = token.kind == TokenKind::Comment;
            if breaks && !comment && next(6) == 0 {
                out.push('\n');
            }
            out.push_str(&" ".repeat(1 + usize::try_from(next(4)).unwrap()));
        }
        out.push_str(&text[range.clone()]);
        behind = range.end;
    }
    out.push('\n');
    out
}

/// The last place at or before `at` at which a character begins.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blanks_do_not_matter(which in 0usize..200, seed in any::<u64>()) {
        let all = contracts();
        let (name, text) = &all[which % all.len()];
        let other = with_other_blanks(text, seed, false);
        prop_assert_eq!(laid_out(text), laid_out(&other), "{}", name);
    }

    #[test]
    fn other_lines_are_laid_out_once_and_for_all(which in 0usize..200, seed in any::<u64>()) {
        let all = contracts();
        let (_, text) = &all[which % all.len()];
        laid_out(&with_other_blanks(text, seed, true));
    }

    #[test]
    fn a_contract_with_other_signs_in_it_is_laid_out_or_left(
        which in 0usize..200, at in 0usize..20_000, cut in 0usize..40,
        with in "[ \\n{}()\";:,#0-9a-z€“”é/*&|%-]{0,10}",
    ) {
        let all = contracts();
        let (_, text) = &all[which % all.len()];
        let start = boundary(text, at % text.len());
        let end = boundary(text, (start + cut).min(text.len()));
        let text = format!("{}{with}{}", &text[..start], &text[end..]);
        laid_out(&text);
    }

    #[test]
    fn any_text_is_laid_out_or_left(text in "\\PC{0,60}") {
        prop_assert!(format(&text).is_ok());
    }

    #[test]
    fn edits_lead_to_the_layout(which in 0usize..200, seed in any::<u64>()) {
        let all = contracts();
        let (_, text) = &all[which % all.len()];
        let text = with_other_blanks(text, seed, true);
        let mut made = text.clone();
        for edit in edits(&text).unwrap().iter().rev() {
            made.replace_range(edit.range.clone(), &edit.with);
        }
        prop_assert_eq!(made, formatted(&text).text);
    }
}
