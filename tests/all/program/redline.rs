//! `quidpro diff`: the formats, accounts, columns of one text only, refused months, and what is never replaced.

use std::fs;

use super::{CONTRACT, Desk, fits, snapshot};

fn desk() -> Desk {
    let desk = Desk::new();
    let new = CONTRACT
        .replace("80% each month; credit 2%", "85% each month; credit 3%")
        .replace("for offered at 4.2050", "for offered at 4.2150");
    desk.write("new.quid", new);
    desk
}

const ALL: [&str; 5] = ["diff", "support.quid", "new.quid", "--data", "support.csv"];

#[test]
fn a_redline_for_people() {
    let done = desk().run(&ALL).ends(1).without_errors();
    snapshot("redline_text", &done.out);
}

#[test]
fn a_redline_for_programs_fits_its_schema() {
    let done = desk().run(&[&ALL[..], &["--format", "json", "--prove"]].concat());
    let value = fits("redline.schema.json", &done.ends(1).out);
    assert_eq!(value["money"]["accounts"].as_array().unwrap().len(), 2);
    assert_eq!(value["money"]["sums"]["months"], 4);
    let verdicts = value["proofs"]["verdicts"].as_array().unwrap();
    assert!(!verdicts.is_empty());
    let done = desk().run(&["diff", "support.quid", "new.quid", "--format", "json"]);
    fits("redline.schema.json", &done.ends(1).out);
}

#[test]
fn a_redline_as_a_page() {
    let desk = desk();
    let arguments = [&ALL[..], &["--format", "html", "--output", "redline.html"]].concat();
    desk.run(&arguments).ends(1).without_errors();
    let page = fs::read_to_string(desk.path("redline.html")).unwrap();
    assert!(page.contains("default-src 'none'") && !page.contains("<script"));
    assert!(!page.contains("http:") && !page.contains("https:"));
    snapshot("redline_html", &page);
    // Its own page is replaced, and nothing else is.
    desk.run(&arguments).ends(1).without_errors();
    desk.write("redline.html", "mine");
    desk.run(&arguments).ends(2).tells("already exists");
}

#[test]
fn only_one_account_or_some_months() {
    let desk = desk();
    desk.run(&[&ALL[..], &["--account", "south"]].concat())
        .ends(1)
        .says("All 1 month");
    desk.run(&[&ALL[..], &["--from", "2026-02", "--to", "2026-02"]].concat())
        .ends(1)
        .says("All 1 month");
    desk.run(&[&ALL[..], &["--account", "west"]].concat())
        .ends(2)
        .tells("no month that was asked for");
}

#[test]
fn a_column_that_only_one_text_needs_does_not_stop_the_other() {
    let desk = Desk::new();
    let new = CONTRACT.replace(
        "  charge platform",
        "  input chats : chats \"Chats handled\"\n  charge chat \"Chats\" for chats at 2 EUR\n  charge platform",
    );
    desk.write("new.quid", new);
    desk.run(&ALL)
        .ends(1)
        .says("only the new text has the input `chats` (Chats handled)")
        .says("months that need it have no invoice under the new text")
        .says("under the new text: ")
        .says("No month has an invoice under both texts");
    let with = "account,month,offered,answered,chats\nnorth,2026-01,1001,900,10\nnorth,2026-02,1000,700,\n";
    desk.write("support.csv", with);
    desk.run(&ALL)
        .ends(1)
        .says("All 1 month")
        .says("Months without an invoice")
        .says("2026-02 north");
}

#[test]
fn a_column_that_both_need_is_asked_for() {
    let desk = desk();
    desk.write("support.csv", "month,offered\n2026-01,100\n");
    desk.run(&ALL).ends(2).tells("`answered` is missing");
}

#[test]
fn other_currencies_are_not_subtracted() {
    let desk = Desk::new();
    desk.write("new.quid", CONTRACT.replace("EUR", "USD"));
    desk.run(&ALL)
        .ends(1)
        .says("invoice in different currencies, so no differences are stated");
    let json = desk.run(&[&ALL[..], &["--format", "json"]].concat());
    let value = fits("redline.schema.json", &json.ends(1).out);
    assert!(value["money"]["sums"].is_null());
}

#[test]
fn without_data_only_the_clauses_are_compared() {
    let desk = desk();
    desk.run(&["diff", "support.quid", "new.quid"])
        .ends(1)
        .says("2 clauses differ")
        .says("+ ");
    desk.run(&["diff", "support.quid", "support.quid"])
        .ends(0)
        .says("the same, apart from comments and layout");
}

#[test]
fn a_month_between_others_that_is_absent_is_said() {
    let desk = desk();
    desk.write(
        "support.csv",
        "month,offered,answered\n2026-01,100,90\n2026-03,100,90\n",
    );
    desk.run(&ALL)
        .ends(1)
        .says("2026-02  under both texts: the data has no row for 2026-02");
}
