//! One mistake costs one item or statement, and each mistake is reported once.

use insta::assert_snapshot;
use quidpro::syntax::tree::ItemKind;

use super::{contract, read, report};

#[test]
fn seven_mistakes_are_seven_findings() {
    let text = contract(
        "customer Streamly
supplier \"Bluebird\"
chrage platform 12_000 EUR per month
charge agents 23,50 EUR per hour of hours_worked
metric csat is satisfaction, higher is better {
  points / (surveys
  needs surveys >= 50
}
let share = resolved handled
service level speed on csat {
  traget 80% each month
  credit 2% of charges
  repeated 2 months x 1.5
}
adjust agents by csat {
  below 60 = -10%
  otherwise 0%
}
tax vat 21% of total",
    );
    assert_eq!(read(&text).diagnostics.len(), 7);
    assert_snapshot!(report(&text));
}

#[test]
fn the_items_around_a_mistake_are_kept() {
    let text = contract("let a = 1\nchrage b { c; d }\nlet e = (2\nlet f = 3");
    let parsed = read(&text);
    let names: Vec<_> = parsed.tree.contracts[0]
        .items
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Let(item) => item.name.text.as_str(),
            _ => "?",
        })
        .collect();
    assert_eq!(names, ["a", "e", "f"]);
    assert_eq!(parsed.diagnostics.len(), 2);
}

#[test]
fn the_statements_around_a_mistake_are_kept() {
    let text = contract(
        "service level a on b {\n target 80% each month; credti 5 EUR\n repeated 2 months x 1.5\n}",
    );
    let parsed = read(&text);
    assert_eq!(parsed.diagnostics.len(), 1);
    let ItemKind::ServiceLevel(level) = &parsed.tree.contracts[0].items[0].kind else {
        panic!("a service level");
    };
    // The misspelt one is read as what it can only mean.
    assert_eq!(level.statements.len(), 3);
}

#[test]
fn many_mistakes_end_with_a_count() {
    let text = contract(&"let = 5\n".repeat(300));
    let parsed = read(&text);
    assert_eq!(parsed.diagnostics.len(), 201);
    let last = parsed.diagnostics.last().unwrap();
    assert_eq!(last.code, "too-many-mistakes");
    assert_eq!(last.message, "100 more mistakes are not shown");
}

#[test]
fn places_are_those_of_the_text_as_it_was_written() {
    let text = contract("let a = “” + (b\nlet ä = 5 % of 1.000,00 EUR + c d");
    assert_snapshot!(report(&text));
}
