//! The page for the negotiating table.

use jsonschema::validator_for;
use quidpro::report::review::{ContractReview, html, json, text};
use quidpro::review::Review;
use serde_json::Value;

use super::{NAIVE, checked, contracts, load, read};

fn shown(name: &str, source: &str, render: impl Fn(&[ContractReview<'_>]) -> String) -> String {
    let loaded = load(name, source);
    let reviews = loaded.reviews(&checked(&loaded));
    let all: Vec<ContractReview<'_>> = reviews
        .iter()
        .map(|review| ContractReview {
            file: name,
            sources: &loaded.sources,
            review,
        })
        .collect();
    render(&all)
}

fn as_text(all: &[ContractReview<'_>]) -> String {
    all.iter().map(|one| text::render(*one)).collect()
}

fn review(name: &str, source: &str) -> Review {
    let loaded = load(name, source);
    loaded.reviews(&checked(&loaded)).remove(0)
}

#[test]
fn a_naive_contract() {
    insta::assert_snapshot!(shown("desk.quid", NAIVE, as_text));
}

#[test]
fn a_whole_contract() {
    let name = "contracts/whole/retail_care/retail_care.quid";
    insta::assert_snapshot!(shown(name, &read(name), as_text));
}

#[test]
fn as_a_page() {
    insta::assert_snapshot!(shown("desk.quid", NAIVE, html::render));
}

/// A month of 10,000 with a credit of at most 2,000 for speed, which is doubled when repeated and limited to 30%.
/// Quality adjusts by 5%.
const FIGURES: &str = r#"contract figures {
  customer "A"
  supplier "B"
  currency EUR
  term 2026-01-01 to 2026-12-31
  round each line half up to 0.01 EUR
  input share : percent from "ACD" by supplier
  input marks : 1 to 5  from "Survey" by customer
  metric speed is timeliness, percent, higher is better { share }
  metric liked is satisfaction, 1 to 5, higher is better { marks }
  charge fee 10_000 EUR per month
  adjust fee by liked { below 3: -5%; otherwise 0% }
  service level fast on speed { target 80% each month; credit 20% of charges; repeated 2 months x 2 }
  limit credits to 30% of charges each month
  scenario "a month" for 2026-02 { given share = 90%, marks = 4; expect total = 10_000 EUR }
}
"#;

#[test]
fn the_figures_are_those_of_the_evaluator() {
    let review = review("figures.quid", FIGURES);
    let stakes = review.stakes.unwrap();
    assert_eq!(stakes.charged.to_string(), "10 000.00 EUR");
    // Both at their worst cost 500 and 2,000 once. The second time they cost 500 and 4,000, of which 3,000 remain.
    assert_eq!(stakes.service.moved.amount.to_string(), "2 500.00 EUR");
    assert_eq!(stakes.service.moved.share.to_string(), "25%");
    assert_eq!(stakes.quality.unwrap().moved.share.to_string(), "5%");
    assert_eq!(stakes.at_risk.amount.to_string(), "3 500.00 EUR");
    assert_eq!(stakes.at_risk.share.to_string(), "35%");
    assert_eq!(stakes.before_limits.to_string(), "4 500.00 EUR");
    let moves: Vec<(String, String)> = review
        .measures
        .iter()
        .map(|one| (one.name.clone(), one.moves.as_ref().unwrap().to_string()))
        .collect();
    let wanted = [("speed", "2 000.00 EUR"), ("liked", "500.00 EUR")];
    assert_eq!(
        moves,
        wanted.map(|(name, moves)| (name.to_owned(), moves.to_owned()))
    );
    let who: Vec<&str> = review.reporters.iter().map(|one| one.by).collect();
    assert_eq!(who, ["customer", "supplier"]);
    let page = shown("figures.quid", FIGURES, as_text);
    let words: Vec<&str> = page.split_whitespace().collect();
    assert!(words.join(" ").contains("more than the usual 10% to 12%"));
}

#[test]
fn what_is_waived_is_a_waiver_and_no_finding() {
    let waived = FIGURES.replace(
        "  service level fast",
        "  waive undecided-invoice until 2026-12-31 because \"next round\" ref \"Minutes 4\"\n  service level fast",
    );
    assert!(review("figures.quid", FIGURES).waivers.is_empty());
    let review = review("figures.quid", &waived);
    assert!(
        review
            .questions
            .iter()
            .all(|one| one.rule != "undecided-invoice")
    );
    let page = shown("figures.quid", &waived, as_text);
    assert!(page.contains(
        "Waivers in force: 1\n  - undecided-invoice until 2026-12-31: next round (Minutes 4)\n"
    ));
    assert!(shown("figures.quid", &waived, html::render).contains("next round (Minutes 4)"));
    assert!(shown("figures.quid", &waived, json::render).contains("\"ref\": \"Minutes 4\""));
}

#[test]
fn a_contract_without_an_example_has_no_amounts() {
    let text = FIGURES.split("  scenario").next().unwrap().to_owned() + "}\n";
    assert_eq!(review("figures.quid", &text).stakes, None);
    assert!(shown("figures.quid", &text, as_text).contains("no amounts are known"));
    assert!(shown("figures.quid", &text, html::render).contains("no amounts are known"));
}

#[test]
fn every_document_fits_its_schema_and_one_screen() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/schema/review.schema.json")).unwrap();
    let validator = validator_for(&schema).unwrap();
    for name in contracts() {
        let source = read(&name);
        let document: Value = serde_json::from_str(&shown(&name, &source, json::render)).unwrap();
        if let Err(error) = validator.validate(&document) {
            panic!("{name}: {error} at {}", error.instance_path());
        }
        let page = shown(&name, &source, as_text);
        let lines = page.lines().count();
        assert!(lines <= 75, "{name}: {lines} lines");
        for line in page.lines() {
            assert!(line.chars().count() <= 100, "{name}: {line}");
        }
    }
}

/// Whatever a contract says appears on the page as text, and nothing in it is run or fetched.
#[test]
fn a_page_is_text_only() {
    let hostile = FIGURES
        .replace("customer \"A\"", "customer \"<script>alert(1)</script>\"")
        .replace(
            "contract figures {",
            "contract figures \"a <img src=x onerror=y> & `b`\" {",
        );
    let page = shown("figures.quid", &hostile, html::render);
    assert!(!page.contains("<script"));
    assert!(!page.contains("<img"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for fetched in ["http://", "https://", "url(", "@import", "<link", "<iframe"] {
        assert!(!page.contains(fetched), "{fetched}");
    }
}

#[test]
fn broken_contracts_have_a_page() {
    let source = read("contracts/emea_support.quid");
    for at in (0..source.len()).step_by(997) {
        let Some(start) = source.get(..at) else {
            continue;
        };
        let _ = shown("broken.quid", start, as_text);
        let _ = shown("broken.quid", start, html::render);
    }
}

/// A count that no KPI has costs 60,000 each time, and the example month has none: the worst month is one with failures.
#[test]
fn what_is_at_risk_depends_on_more_than_kpis() {
    let source = r#"contract rebates {
  customer "A"
  supplier "B"
  currency USD
  term 2026-01-01 to 2026-12-31
  round each line half up to 0.01 USD
  input failed : failures nominal 0 between 0 and 3 from "Log" by customer
  charge fee 100_000 USD per month
  credit rebate = 60_000 USD per failure of failed
  scenario "a month" for 2026-02 { given failed = 0; expect total = 100_000 USD }
}
"#;
    let stakes = review("rebates.quid", source).stakes.unwrap();
    assert_eq!(stakes.at_risk.amount.to_string(), "180 000.00 USD");
    assert!(
        stakes
            .at_risk_in
            .ends_with("with `failed` 3 failures (usually 0 failures)"),
        "{}",
        stakes.at_risk_in
    );
}

/// Credits come on the next invoice, so the month itself does not move. A miss costs 2,000, and the doubled credit of a second one is
/// limited to 3,000: with the month before missed, that is what the KPI of one month moves.
#[test]
fn what_a_kpi_moves_later_counts() {
    let source = FIGURES.replace(
        "  limit credits",
        "  credits applied to the next invoice\n  limit credits",
    );
    let measures = review("figures.quid", &source).measures;
    let speed = measures.iter().find(|one| one.name == "speed").unwrap();
    assert_eq!(speed.moves.as_ref().unwrap().to_string(), "3 000.00 EUR");
}
