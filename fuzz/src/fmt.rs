//! The layout of a text: nothing changes when it is laid out again, and it still means and computes the same.

use quidpro::driver::Loaded;
use quidpro::format::{Refused, edits, format};

use crate::{example, load};

/// Lays out one text.
pub fn fmt(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let made = match format(&text) {
        Ok(made) => made,
        Err(Refused::TooLarge) => return,
        Err(Refused::WouldChange(what)) => panic!("the layout is refused: {what}"),
    };
    let again = format(&made.text).expect("what was laid out can be laid out");
    assert_eq!(made.text, again.text, "laid out twice it differs");
    let edits = edits(&text).expect("what can be laid out has edits");
    let mut edited = text.clone().into_owned();
    for edit in edits.iter().rev() {
        edited.replace_range(edit.range.clone(), &edit.with);
    }
    assert_eq!(edited, made.text, "the edits make another text");
    if made.text != text {
        let (before, after) = (load(&text), load(&made.text));
        assert_eq!(codes(&before), codes(&after), "it has other findings");
        assert_eq!(
            example::outcome(&before),
            example::outcome(&after),
            "it computes other amounts"
        );
    }
}

fn codes(loaded: &Loaded) -> Vec<&'static str> {
    let mut codes: Vec<&str> = loaded.diagnostics.iter().map(|found| found.code).collect();
    codes.sort_unstable();
    codes
}
