//! How fast a contract is read: in full, by pest alone, and by a plain scan of the same bytes for comparison.

use divan::{Bencher, counter::BytesCount};
use quidpro::syntax::parse;
use quidpro::text::FileId;

fn main() {
    divan::main();
}

/// About 200 KB of ordinary contract text.
fn contract() -> String {
    include_str!("../contracts/emea_support.quid").repeat(50)
}

/// The same text as the grammar sees it, with each comment blanked.
fn without_comments(text: &str) -> String {
    let mut in_comment = false;
    let blanked = text.chars().map(|c| {
        in_comment = c != '\n' && (in_comment || c == '#');
        if in_comment { ' ' } else { c }
    });
    blanked.collect()
}

#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    let text = contract();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| parse(FileId(0), divan::black_box(&text)));
}

#[divan::bench]
fn pest_alone(bencher: Bencher<'_, '_>) {
    let text = without_comments(&contract());
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| quidpro::syntax::read_by_pest_alone(divan::black_box(&text)));
}

#[divan::bench]
fn byte_scan(bencher: Bencher<'_, '_>) {
    let text = contract();
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let scanned = divan::black_box(&text);
        scanned.bytes().filter(|byte| byte.is_ascii_digit()).count()
    });
}
