//! The program's own failures.

use quidpro::report::failure::{Failure, render};

use super::snapshot::check;

fn bad_cell() -> Failure {
    Failure::new("`41,250` is not a number")
        .at(
            "data.csv",
            3,
            "2026-02,\"41,250\",32000",
            8..16,
            "column handled.voice",
        )
        .help("write it without grouping: 41250")
}

#[test]
fn drawn() {
    check("failure", &render(&bad_cell(), false, false));
}

#[test]
fn drawn_in_colour() {
    check(
        "failure_colour",
        &render(&bad_cell(), true, false).replace('\u{1b}', "␛"),
    );
}

#[test]
fn narrated() {
    check("failure_narrated", &render(&bad_cell(), true, true));
}

#[test]
fn without_an_excerpt() {
    let failure = Failure::new("cannot read `missing.quid`: no such file");
    check("failure_plain", &render(&failure, false, false));
}

#[test]
fn very_long_data_lines_are_clipped() {
    let line = format!("{},oops,{}", "1,".repeat(1000), "2,".repeat(1000));
    let at = line.find("oops").unwrap();
    let failure = Failure::new("`oops` is not a number").at("wide.csv", 2, &line, at..at + 4, "");
    check("failure_clipped", &render(&failure, false, false));
}

#[test]
fn any_range_can_be_shown() {
    let line = "é,日本,💬\u{1b}[31m";
    for start in 0..=line.len() + 2 {
        for end in start..=line.len() + 2 {
            for narrated in [false, true] {
                let failure = Failure::new("bad").at("x.csv", 1, line, start..end, "here");
                let text = render(&failure, false, narrated);
                assert!(text.contains("bad") && !text.contains('\u{1b}'), "{text}");
            }
        }
    }
}
