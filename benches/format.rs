//! How fast a contract of 300 lines is laid out, compared with reading it once. It is read before and after, and the
//! two are compared.

use divan::{Bencher, counter::BytesCount};
use quidpro::format::format;
use quidpro::syntax::outline::Outline;
use quidpro::syntax::parse;
use quidpro::text::FileId;

const CONTRACT: &str = include_str!("../contracts/whole/service_desk/service_desk.quid");

fn main() {
    divan::main();
}

#[divan::bench]
fn laid_out(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_str(CONTRACT))
        .bench(|| format(divan::black_box(CONTRACT)));
}

#[divan::bench]
fn outlined(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_str(CONTRACT))
        .bench(|| Outline::of(FileId(0), divan::black_box(CONTRACT)));
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_str(CONTRACT))
        .bench(|| parse(FileId(0), divan::black_box(CONTRACT)));
}
