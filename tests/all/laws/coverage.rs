//! A value that replaces a measured value, or is made from one, may be one that cannot be measured itself. The proof
//! that bands are complete must not treat it as measured.

use super::product::{NoFiles, invoice, program};

use quidpro::driver::load;
use quidpro::report::findings::full;

/// The contract may be refused with that finding. If it is not, every month must have an invoice.
fn refused_or_complete(items: &str, table: &str, code: &str) {
    let text = format!(
        "contract cover {{\ncurrency EUR\nterm 2026-01-01 to 2026-12-31\n\
         round each line half up to 0.01 EUR\n{items}\n}}\n"
    );
    let loaded = load("cover.quid", &text, &NoFiles);
    if loaded.is_sound() {
        for (_, _, outcome) in invoice(program(&loaded), table).unwrap() {
            outcome.unwrap_or_else(|why| panic!("accepted, but not invoiced: {why}\n{text}"));
        }
        panic!("accepted: the case proves nothing\n{text}");
    }
    let found = loaded
        .diagnostics
        .iter()
        .any(|finding| finding.code == code);
    let shown = full::render(&loaded.diagnostics, &loaded.sources, false);
    assert!(found, "{code} expected\n{shown}");
}

#[test]
fn bands_with_nothing_but_no_value() {
    refused_or_complete(
        "input x : calls\ninput y : calls\n\
         metric m is quality, percent { x / y; if nothing to measure, no value }\n\
         charge c bands of m { no value: 3 EUR }",
        "month,x,y\n2026-01,1,2\n",
        "band-gap",
    );
}

#[test]
fn a_declared_percentage_is_not_a_measured_one() {
    refused_or_complete(
        "input x : calls\ninput y : calls\nlet p : percent = x / y\n\
         charge c bands of p { 0% to below 50%: 1 EUR; 50% to 100%: 2 EUR }",
        "month,x,y\n2026-01,3,2\n",
        "band-gap",
    );
}

#[test]
fn a_difference_of_counts_can_lie_below_zero() {
    refused_or_complete(
        "input x : calls\ninput y : calls\nlet d : calls = x - y\n\
         charge c bands of d { 0 to 10: 1 EUR; above 10: 2 EUR }",
        "month,x,y\n2026-01,2,3\n",
        "band-gap",
    );
}

#[test]
fn what_counts_where_there_is_no_value_can_lie_off_the_scale() {
    refused_or_complete(
        "input x : points\ninput y : surveys\n\
         metric m is satisfaction, 1 to 5 { x / y; if nothing to measure, no value }\n\
         charge c bands of (m if known, otherwise 0) { 1 to below 3: 1 EUR; 3 to 5: 2 EUR }",
        "month,x,y\n2026-01,0,0\n",
        "band-gap",
    );
}

#[test]
fn an_average_of_whole_numbers_is_not_whole() {
    refused_or_complete(
        "input n : calls if missing, average of last 2 months\n\
         charge c bands of n { at most 10: 1 EUR; 11 to 20: 2 EUR; above 20: 3 EUR }",
        "month,n\n2026-01,10\n2026-02,11\n2026-03,\n",
        "band-gap",
    );
}

#[test]
fn an_average_metric_of_whole_numbers_is_not_whole() {
    refused_or_complete(
        "input n : calls\ninput k : surveys\n\
         metric m is volume, calls { n; needs k >= 5, otherwise average of last 2 months }\n\
         charge c bands of m { at most 10: 1 EUR; 11 to 20: 2 EUR; above 20: 3 EUR }",
        "month,n,k\n2026-01,10,9\n2026-02,11,9\n2026-03,5,1\n",
        "band-gap",
    );
}

#[test]
fn a_value_that_stands_in_can_lie_off_the_range() {
    refused_or_complete(
        "input n : calls between 0 and 10 if missing, 20\n\
         charge c bands of n { 0 to 5: 1 EUR; 6 to 10: 2 EUR }",
        "month,n\n2026-01,\n",
        "band-gap",
    );
}

#[test]
fn a_value_that_stands_in_can_lie_between_the_steps() {
    refused_or_complete(
        "input n : calls between 0 and 10 if missing, 5.5\n\
         charge c bands of n { 0 to 5: 1 EUR; 6 to 10: 2 EUR }",
        "month,n\n2026-01,\n",
        "band-gap",
    );
}

#[test]
fn rounding_can_leave_the_range() {
    refused_or_complete(
        "input x : points\ninput y : surveys\n\
         metric m is satisfaction, 1 to 5 { x / y }\n\
         charge c bands of (m rounded up to 0.4) { 1 to 3: 1 EUR; 3.2 to 5: 2 EUR }",
        "month,x,y\n2026-01,5,1\n",
        "band-gap",
    );
}
