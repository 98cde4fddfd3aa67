//! What the program cannot read, an editor marks as well.

use std::fmt::Write;

use quidpro::syntax::parse;
use quidpro::text::Sources;

use super::{read, samples};

/// Mistakes that the program finds while it reads and an editor lets pass, because the text has its form all the same.
const LET_PASS: &[&str] = &[];

#[test]
fn what_cannot_be_read_is_marked() {
    let mut wrong = String::new();
    for sample in samples::all() {
        let mut sources = Sources::new();
        let file = sources.add(sample.place.as_str(), sample.text.as_str());
        let found = parse(file, &sample.text).diagnostics;
        let expected = found.iter().any(|found| !LET_PASS.contains(&found.code));
        if expected != read(&sample.text).root_node().has_error() {
            let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
            let _ = writeln!(wrong, "{}: {codes:?}", sample.place);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
