//! The long form of CSV.

use super::sample::{only, told};

fn long(file: &str) -> String {
    told(
        "d.csv",
        file.as_bytes(),
        &only(&["offered", "handled.voice", "handled.email", "forecast"]),
    )
}

#[test]
fn a_row_for_each_value() {
    insta::assert_snapshot!(
        "full_names",
        long(
            "month,input,value\n2026-02,offered,10\n2026-01,offered,20\n2026-01,handled.voice,3\n2026-01,handled.email,n/a\n2026-02,forecast,\n",
        )
    );
    insta::assert_snapshot!(
        "dimension_column",
        long(
            "month,account,input,channel,value,#\n2026-01,N,handled,voice,3,x\n2026-01,S,offered,,4,\n2026-01,N,handled,email,5,\n2026-01,N,handled.voice,voice,1,\n",
        )
    );
}

#[test]
fn inputs_that_are_unknown_or_missing() {
    insta::assert_snapshot!(
        "unknown_inputs",
        long(
            "month,input,channel,value\n2026-01,ofered,,1\n2026-01,ofered,,1\n2026-01,handled,fax,1\n2026-01,handled,,1\n2026-01,handled.voice,email,1\n2026-01,offered,voice,1\n2026-01,zzz,,1\n2026-01,offered.voice,,1\n",
        )
    );
    insta::assert_snapshot!(
        "missing_inputs",
        long("month,input,value\n2026-01,offered,1\n")
    );
    insta::assert_snapshot!(
        "long_heading",
        long("month,input,value,chanel\n2026-01,offered,1,\n")
    );
    insta::assert_snapshot!(
        "no_input_name",
        long(
            "month,input,value\n2026-01,offered,1\n2026-01,handled.voice,1\n2026-01,handled.email,1\n2026-01,,1\n,offered,1\n2026-03,offered\n",
        )
    );
}
