//! Contracts of which it is known what holds.

use quidpro::prove::{Outcome, Question};

use super::{contract, verdicts};

fn first(text: &str, question: Question) -> (Outcome, String) {
    let verdict = verdicts(text, question).into_iter().next().unwrap();
    let story = verdict
        .story
        .map(|story| story.in_words())
        .unwrap_or_default();
    (verdict.outcome, format!("{}\n{story}", verdict.answer))
}

/// Four limits of 100% each hold four credits to four times the fee.
const FOUR_LIMITS: &str = "  charge fee 200 EUR per month
  input failed : failures between 0 and 9 nominal 0
  credit a = 100 EUR per failure of failed
  credit b = 100 EUR per failure of failed
  credit c = 100 EUR per failure of failed
  credit d = 100 EUR per failure of failed
  limit a to 100% of charges each month, the excess lapses
  limit b to 100% of charges each month, the excess lapses
  limit c to 100% of charges each month, the excess lapses
  limit d to 100% of charges each month, the excess lapses
  credits applied to this invoice";

#[test]
fn four_limits_of_100_percent_allow_an_invoice_below_zero() {
    let (outcome, words) = first(&contract(FOUR_LIMITS), Question::NegativeInvoice);
    assert_eq!(outcome, Outcome::Refuted, "{words}");
    // The simplest month: one failure costs four times 100.
    assert!(words.contains("-200.00 EUR"), "{words}");
    let (outcome, words) = first(&contract(FOUR_LIMITS), Question::Envelope);
    assert_eq!(outcome, Outcome::Proved, "{words}");
    assert!(words.contains("from -600.00 EUR to 200.00 EUR"), "{words}");
    let minimum = format!("{FOUR_LIMITS}\n  minimum 0 EUR each month, after credits");
    let (outcome, words) = first(&contract(&minimum), Question::NegativeInvoice);
    assert_eq!(outcome, Outcome::Proved, "{words}");
}

#[test]
fn a_limit_of_12_percent_is_what_a_month_can_lose() {
    let text = contract(
        "  input calls : calls between 0 and 60_000 nominal 20_000
  input kept : calls between 0 and 60_000 nominal 17_000
  metric speed is timeliness, percent, higher is better { kept / calls; if nothing to measure, no invoice }
  charge desk for calls at 2.50 EUR
  service level fast on speed { target 80% each month; critical below 70%; credit 8% of charges, critical 30% of charges }
  limit credits to 12% of charges each month, the excess lapses
  credits applied to this invoice",
    );
    let (outcome, words) = first(&text, Question::NegativeInvoice);
    assert_eq!(outcome, Outcome::Proved, "{words}");
    let (outcome, words) = first(&text, Question::MostLost);
    assert_eq!(outcome, Outcome::Proved, "{words}");
    assert!(words.contains("at most 12%"), "{words}");
    let (outcome, words) = first(&text, Question::Perverse);
    assert_eq!(outcome, Outcome::Proved, "{words}");
    let (outcome, words) = first(&text, Question::VolumeLowersPay);
    assert_eq!(outcome, Outcome::Proved, "{words}");
}

#[test]
fn a_better_kpi_that_pays_less_is_shown() {
    let text = contract(
        "  input mark : percent nominal 80%
  metric rate is quality, percent, higher is better { mark }
  charge fee 1_000 EUR per month
  adjust fee by rate { below 60%: -5%; below 80%: +2%; otherwise 0% }",
    );
    let (outcome, words) = first(&text, Question::Perverse);
    assert_eq!(outcome, Outcome::Refuted, "{words}");
    assert!(words.contains("20.00 EUR less"), "{words}");
    let (outcome, words) = first(&text, Question::Cliff);
    assert_eq!(outcome, Outcome::Proved, "{words}");
    assert!(words.contains("moves the invoice by 70.00 EUR"), "{words}");
}

#[test]
fn volume_tiers_that_drop_at_their_edge_are_shown() {
    let text = contract(
        "  input calls : calls between 0 and 9_000 nominal 900
  charge desk for calls volume { up to 1_000 at 3 EUR; beyond at 2 EUR }",
    );
    let (outcome, words) = first(&text, Question::VolumeLowersPay);
    assert_eq!(outcome, Outcome::Refuted, "{words}");
    assert!(words.contains("by 998.00 EUR"), "{words}");
}
