//! What the layout looks like.

use super::laid_out;

/// A contract with these items, laid out. Only the items are returned.
fn items(items: &str) -> String {
    let made = laid_out(&format!("contract c {{\n{items}\n}}\n"));
    let made = made.strip_prefix("contract c {\n").unwrap();
    made.strip_suffix("}\n").unwrap().to_owned()
}

#[track_caller]
fn looks(from: &str, like: &str) {
    let made = items(from);
    let like = like.strip_prefix('\n').unwrap_or(like);
    assert!(made == like, "it looks like this:\n{made}");
}

#[test]
fn a_contract() {
    insta::assert_snapshot!("layout_of_a_contract", laid_out(include_str!("messy.quid")));
}

#[test]
fn the_head_of_a_contract_is_a_table() {
    looks(
        "customer \"A\" vat \"1\"\nsupplier    \"Long name\"   vat \"2\"\ncurrency EUR\nterm 2026-01-01 to 2026-12-31 \"Clause 2\"\nround each line half up to 0.01 EUR \"Clause 3\"",
        r#"
  customer  "A"          vat "1"
  supplier  "Long name"  vat "2"
  currency  EUR
  term      2026-01-01 to 2026-12-31       "Clause 2"
  round     each line half up to 0.01 EUR  "Clause 3"
"#,
    );
}

#[test]
fn inputs_are_a_table() {
    looks(
        "input a : calls \"Calls\" from \"ACD\" nominal 1000\ninput bcd:yes or no from \"CRM\" by customer nominal no\ninput e : calls by channel { voice,chat }",
        r#"
  input a   : calls  "Calls"  from "ACD"               nominal 1_000
  input bcd : yes or no       from "CRM"  by customer  nominal no
  input e   : calls  by channel { voice, chat }
"#,
    );
}

#[test]
fn thousands_are_set_apart_and_years_are_not() {
    looks(
        "minimum 1234567.891 EUR each month\ncharge a 1_0000 EUR per month\nindex a by cpi { base 13390 of 2025-01\neach April from 2026 with the value of January before }\ngovernance { report \"R\" within 1000 days; level 2026 }",
        r#"
  minimum 1_234_567.891 EUR each month
  charge a 10_000 EUR per month
  index a by cpi {
    base 13_390 of 2025-01
    each April from 2026 with the value of January before
  }
  governance { report "R" within 1000 days; level 2026 }
"#,
    );
}

#[test]
fn bands_and_tiers_are_tables() {
    looks(
        "charge a for calls graduated { first 10000 at 4.20 EUR, from 2027-01-01 4 EUR; next 5 at 13.9 EUR; beyond at 3 EUR, from 2027-01-01 2.5 EUR }\nadjust a by score \"Annex 2, 3, which is a long reference\" { below 60: -10%; below 100: -5%; otherwise +5%; no value: 0% }",
        r#"
  charge a for calls graduated {
    first 10_000 at  4.20 EUR, from 2027-01-01 4 EUR
    next       5 at 13.9 EUR
    beyond       at  3 EUR, from 2027-01-01 2.5 EUR
  }
  adjust a by score  "Annex 2, 3, which is a long reference" {
    below 60:  -10%
    below 100:  -5%
    otherwise   +5%
    no value:    0%
  }
"#,
    );
}

#[test]
fn the_slabs_of_a_baseline_stand_under_each_other() {
    looks(
        "charge desk for tickets { baseline 1000 tickets at 50000 GBP each month; deadband 10%; above up to 20%: 42 GBP per ticket; up to 40%: 138 GBP per ticket; beyond by agreement; below nothing }",
        r#"
  charge desk for tickets {
    baseline 1_000 tickets at 50_000 GBP each month
    deadband 10%
    above    up to 20%:  42 GBP per ticket
             up to 40%: 138 GBP per ticket
             beyond by agreement
    below    nothing
  }
"#,
    );
}

#[test]
fn short_blocks_stand_in_one_line() {
    looks(
        "metric m is resolution, percent, higher is better {\n  a / b\n}\nmetric n is resolution, percent, higher is better { a / b; if missing, no value }\nscenario \"x\" for 2026-01 { given a = 1; expect total = 5 EUR }",
        r#"
  metric m is resolution, percent, higher is better { a / b }
  metric n is resolution, percent, higher is better {
    a / b
    if missing, no value
  }
  scenario "x" for 2026-01 {
    given  a = 1
    expect total = 5 EUR
  }
"#,
    );
}

#[test]
fn comments_stay_where_they_are() {
    looks(
        "  # before\ncurrency EUR # behind\n\n\n\n# alone\n\n  charge a for x graduated { # the head\n # in it\n first 5 at 1 EUR# a row\n beyond at 2 EUR\n# last\n } # the end\nlimit credits # why\n to 5% of charges each month",
        r#"
  # before
  currency  EUR  # behind

  # alone

  charge a for x graduated {  # the head
    # in it
    first 5 at 1 EUR  # a row
    beyond  at 2 EUR
    # last
  }  # the end
  limit credits  # why
    to 5% of charges each month
"#,
    );
}

#[test]
fn what_is_given_keeps_its_lines_and_gets_its_commas() {
    looks(
        "scenario \"x\" for 2026-01 { given a = 1,b = 2\n c = 3 then 4\nexpect total = 5 EUR, # why\n no notice }",
        r#"
  scenario "x" for 2026-01 {
    given  a = 1, b = 2,
           c = 3 then 4
    expect total = 5 EUR,  # why
           no notice
  }
"#,
    );
}

#[test]
fn long_lines_end_before_a_part() {
    looks(
        "metric quarter_satisfaction \"User satisfaction, quarter to date, of all users\" is satisfaction, 1 to 5, higher is better \"Schedule 2.2, 4.3\" { average of satisfaction over calendar quarter }",
        r#"
  metric quarter_satisfaction "User satisfaction, quarter to date, of all users"
    is satisfaction, 1 to 5, higher is better  "Schedule 2.2, 4.3" {
    average of satisfaction over calendar quarter
  }
"#,
    );
}

#[test]
fn a_semicolon_stays_where_the_next_line_would_be_read_on() {
    looks(
        "share currency on a against 1.35 CAD per USD by rate { beyond 4% deductible; 50% to customer; up to 1.60; down to 1.10 }",
        r#"
  share currency on a against 1.35 CAD per USD by rate {
    beyond 4% deductible
    50% to customer
    up to 1.60;
    down to 1.10
  }
"#,
    );
}

#[test]
fn waivers_and_amendments() {
    let text = "use \"c.quid\"\nwaive no-exit-plan until 2026-12-31 because \"It follows\"\namendment a1 \"First\" to c effective 2026-04-01 {\nwaive hidden-minimum   until 2026-12-31 because \"Agreed\" ref \"OPS-12\"\nadd minimum 60000 EUR each month \"First, 1\"\nremove   charge toll \"First, 2\"\n}";
    assert_eq!(
        laid_out(text),
        r#"use "c.quid"
waive no-exit-plan until 2026-12-31 because "It follows"
amendment a1 "First" to c effective 2026-04-01 {
  waive hidden-minimum until 2026-12-31 because "Agreed" ref "OPS-12"
  add minimum 60_000 EUR each month  "First, 1"
  remove charge toll                 "First, 2"
}
"#
    );
}
