//! Texts with mistakes: whatever holds a mistake is left byte for byte as it is, and everything else is laid out.

use super::{formatted, laid_out};

#[test]
fn an_item_with_a_mistake_is_left_and_the_others_are_laid_out() {
    let text = "contract c {
currency   EUR
   metric  m is   timeliness  percent {   a  /  }
charge  a    5000 EUR per month
      chrge b   4000 EUR per month
tax vat   20%   of total
}
";
    let made = formatted(text);
    assert_eq!(
        made.text,
        "contract c {
  currency  EUR
   metric  m is   timeliness  percent {   a  /  }
  charge a 5_000 EUR per month
      chrge b   4000 EUR per month
  tax vat 20% of total
}
"
    );
    let left: Vec<&str> = made.left.iter().map(|span| &text[span.range()]).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left[0].starts_with("metric  m") && left[1].starts_with("chrge"));
}

#[test]
fn what_stands_in_the_line_of_a_mistake_shares_its_fate() {
    let text = "contract c {\n  charge  a = EUR 5  # why\n  charge   b 5   EUR per month\n}\n";
    assert_eq!(
        laid_out(text),
        "contract c {\n  charge  a = EUR 5  # why\n  charge b 5 EUR per month\n}\n"
    );
}

#[test]
fn a_brace_that_is_missing() {
    let text = "contract c {\ncurrency   EUR\ncharge a for x { first 5 at   1 EUR\ncharge b   5 EUR per month\n";
    let made = laid_out(text);
    assert!(made.contains("\n  currency  EUR\n"), "{made}");
    assert!(made.contains("first 5 at   1 EUR"), "{made}");
}

#[test]
fn comments_of_other_languages_are_left() {
    let text = "contract c {\n  /* one\n  two */\n  currency   EUR\n}\n";
    let made = laid_out(text);
    assert!(made.contains("  /* one\n  two */"), "{made}");
}

#[test]
fn a_text_that_is_too_large_is_refused() {
    let text = " ".repeat(9 * 1024 * 1024);
    assert_eq!(
        quidpro::format::format(&text),
        Err(quidpro::format::Refused::TooLarge)
    );
}
