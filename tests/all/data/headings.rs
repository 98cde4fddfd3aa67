//! The heading row: everything that is wrong with it, reported at once.

use quidpro::data::Schema;

use super::sample::{count, only, schema, told};

#[test]
fn columns_that_are_missing() {
    insta::assert_snapshot!(
        "one_missing",
        told("d.csv", b"month,hours\n", &only(&["offered", "hours"]))
    );
    insta::assert_snapshot!("many_missing", told("d.csv", b"offered\n1\n", &schema()));
}

#[test]
fn columns_that_the_contract_does_not_know() {
    let schema = only(&["offered", "hours", "forecast"]);
    let near = told(
        "d.csv",
        b"mnth,ofered,hours,remarks\n2026-01,1,1,x\n",
        &schema,
    );
    insta::assert_snapshot!("near_misses", near);
    let titled = told("d.csv", b"month,Calls offered,hours\n", &schema);
    insta::assert_snapshot!("title_as_heading", titled);
    let many: String = (0..50).map(|at| format!(",zzz{at}")).collect();
    let many = super::sample::outcome(
        "d.csv",
        format!("month,offered,hours{many}\n").as_bytes(),
        &schema,
        &Default::default(),
    );
    insta::assert_snapshot!("many_unknown", many);
}

#[test]
fn members_that_there_are_not() {
    let schema = only(&["offered", "handled.voice", "handled.email"]);
    let file = b"month,offered,handled.voice,handled.emial,handled.fax,handled,offered.voice\n";
    insta::assert_snapshot!(told("d.csv", file, &schema));
}

#[test]
fn columns_that_stand_twice() {
    let schema = only(&["offered", "hours"]);
    let file = b"month,offered,hours,Offered,month\n";
    insta::assert_snapshot!(told("d.csv", file, &schema));
}

/// Data may write a name in upper or lower case, but only in one way, and only if it can mean just one name.
#[test]
fn names_that_differ_in_letters_only() {
    let schema = Schema {
        columns: vec![count("kpi", "calls"), count("KPI", "calls")],
    };
    let several = "`Kpi` can be any of `kpi` and `KPI`[unclear-name]";
    let wide = told("d.csv", b"month,kpi,Kpi\n2026-01,1,2\n", &schema);
    assert!(
        wide.contains(several) && !wide.contains("missing"),
        "{wide}"
    );
    let exact = told("d.csv", b"month,KPI,kpi\n2026-01,1,2\n", &schema);
    assert!(exact.contains("kpi 2 KPI 1"), "{exact}");
    let long = told(
        "d.csv",
        b"month,input,value\n2026-01,kpi,1\n2026-01,Kpi,2\n",
        &schema,
    );
    assert!(long.contains(several), "{long}");
    let one = only(&["offered"]);
    let changing = told(
        "d.csv",
        b"month,input,value\n2026-01,OFFERED,1\n2026-02,Offered,2\n",
        &one,
    );
    let two = "`Offered` and `OFFERED` differ only in upper and lower case[unclear-name]";
    assert!(changing.contains(two), "{changing}");
    let steady = told(
        "d.csv",
        b"month,input,value\n2026-01,Offered,1\n2026-02,Offered,2\n",
        &one,
    );
    assert!(!steady.contains("unclear-name"), "{steady}");
    let entries = br#"[{"month": "2026-01", "Offered": 1}, {"month": "2026-02", "offered": 2}]"#;
    let keys = told("d.json", entries, &one);
    assert!(
        keys.contains("`offered` and `Offered` differ only in upper"),
        "{keys}"
    );
}

#[test]
fn columns_without_a_heading() {
    let schema = only(&["offered", "hours"]);
    insta::assert_snapshot!(
        "between",
        told("d.csv", b"month,offered,,hours\n2026-01,1,,2\n", &schema)
    );
    insta::assert_snapshot!(
        "behind",
        told(
            "d.csv",
            b"month,offered,hours,,\n2026-01,1,2,,\n2026-02,1,2,,x\n",
            &schema
        )
    );
}

#[test]
fn headings_in_any_case_with_blanks_and_notes() {
    let schema = only(&["offered", "handled.voice", "forecast"]);
    let file = b" Month , OFFERED,Handled.Voice,# who,#\n2026-01,1,2,me,\xff\xff\n";
    insta::assert_snapshot!(told("d.csv", file, &schema));
}

#[test]
fn a_heading_over_two_lines() {
    let schema = only(&["offered"]);
    let file = b"month,offered,\"# a note\nin two lines, with a comma\"\n2026-01,1,\"x \"\"y\"\"\n,z\"\n2026-02,n/a,\n";
    insta::assert_snapshot!(told("d.csv", file, &schema));
}
