//! At-risk amounts: amount × share of the category × allocation, and together never more than the amount.

use crate::clause::{amount, contract, messages, mismatches, statements};
use crate::laws::choices::law;

const LEVELS: &str = "
  input p1 : percent nominal 100%
  input p2 : percent nominal 100%
  input mood : 1 to 5 nominal 5
  metric first is timeliness, percent, higher is better { p1 }
  metric second is timeliness, percent, higher is better { p2 }
  metric care is satisfaction, 1 to 5, higher is better { mood }
  charge services 100_000 USD per month
  service level p1_level on first { target 95% each month }
  service level p2_level on second { target 90% each month }
  service level care_level on care { target 4 each month }
";

fn wrong(items: &str) -> Vec<String> {
    mismatches(&contract(&format!("{LEVELS}{items}")))
}

#[test]
fn a_miss_costs_amount_times_category_times_allocation() {
    // 100,000 x 10% x 50% x 40% = 2,000; without a category: 100,000 x 10% x 30% = 3,000.
    let found = wrong(
        "  at risk 10% of charges each month {
    availability 50% { p1_level 40%, p2_level 60% }
    care_level 30%
  }
  scenario \"each alone\" for 2026-01 to 2026-03 {
    given p1 = 94% then 95% then 95%, p2 = 90% then 89% then 90%, mood = 4 then 4 then 3.9
    expect credit p1_level = 2_000 USD then 0 USD then 0 USD
    expect credit p2_level = 0 USD then 3_000 USD then 0 USD
    expect credit care_level = 0 USD then 0 USD then 3_000 USD
    expect total = 98_000 USD then 97_000 USD then 97_000 USD
  }",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn allocations_above_the_whole_are_held_to_the_amount() {
    // 50% x (80% + 90%) = 85% and 50% x 60% = 30% are 115% of 10,000: 11,500 is cut to 10,000, each by 10,000 / 11,500:
    // 4,000 -> 3,478.2609, 4,500 -> 3,913.0435, 3,000 -> 2,608.6957; the cent left over goes to the one that lost most.
    let found = wrong(
        "  at risk monthly_risk = 10% of charges each month {
    availability 50% { p1_level 80%, p2_level 90% }
    quality      50% { care_level 60% }
  }
  scenario \"all missed\" for 2026-01 {
    given p1 = 94%, p2 = 89%, mood = 3
    expect monthly_risk = 10_000 USD
    expect credit p1_level = 3_478.26 USD, credit p2_level = 3_913.04 USD, credit care_level = 2_608.70 USD
    expect total = 90_000 USD, notice \"cut to\"
  }",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn repeats_work_on_a_share_and_a_limit_can_name_the_amount() {
    let items = LEVELS.replace("95% each month", "95% each month; repeated 2 months x 2");
    let loaded = contract(&format!(
        "{items}  at risk monthly_risk = 10% of charges each month {{ availability 50% {{ p1_level 40%, p2_level 60% }} }}
  limit monthly_risk to 5_500 USD each contract year
  scenario \"three misses\" for 2026-01 to 2026-03 {{
    given p1 = 94%
    expect credit p1_level = 2_000 USD then 3_500 USD then 0 USD
  }}"
    ));
    // 2,000, then twice 2,000, of which the year has 3,500 left, then nothing.
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn the_amount_of_a_quarter_is_used_up_by_its_months() {
    let found = wrong(
        "  at risk 6_000 USD each quarter { p1_level 60%, p2_level 60% }
  scenario \"a quarter and one month\" for 2026-01 to 2026-04 {
    given p1 = 94%
    expect credit p1_level = 3_600 USD then 2_400 USD then 0 USD then 3_600 USD
  }",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn each_member_of_a_dimension_has_its_own_share() {
    let loaded = contract(
        "  input taken : percent by channel { voice, email } nominal 100%
  metric pickup by channel is timeliness, percent, higher is better { taken }
  charge services 100_000 USD per month
  service level answer by channel on pickup { target 80% each month }
  at risk 10% of charges each month { speed 50% { answer.voice 70%, answer.email 30% } }
  scenario \"voice, then both\" for 2026-01 to 2026-02 {
    given taken.voice = 79%, taken.email = 80% then 79%
    expect credit answer.voice = 3_500 USD then 3_500 USD, credit answer.email = 0 USD then 1_500 USD
  }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn a_service_level_without_credit_and_share_gives_notices_only() {
    let found = wrong(
        "  at risk 10% of charges each month { p1_level 40% }
  scenario \"the other one\" for 2026-01 { given p2 = 50%; expect total = 100_000 USD, notice \"below the target\" }",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn categories_above_the_whole_must_be_meant() {
    let pool = |words: &str| {
        format!(
            "{LEVELS}  at risk 10% of charges each month {{ a 70% {{ p1_level 90% }} b 60% {{ p2_level 90% }} {words} }}"
        )
    };
    assert_eq!(
        messages(&contract(&pool(""))),
        ["the categories add up to 130% of the at-risk amount"]
    );
    assert_eq!(
        messages(&contract(&pool("\n categories may exceed 100%"))),
        [""; 0]
    );
}

/// Whatever the shares, the credits together are the sum of the shares of what was missed, and at most the amount.
#[test]
fn credits_never_exceed_the_at_risk_amount() {
    law(40, |choices| {
        let rate = choices.between(1, 20);
        let shares: Vec<i64> = (0..4).map(|_| choices.between(0, 100)).collect();
        let missed: Vec<bool> = (0..3).map(|_| choices.once_in(2)).collect();
        let loaded = contract(&format!(
            "{LEVELS}  at risk {rate}% of charges each month {{
    a {}% {{ p1_level {}%, p2_level {}% }}
    care_level {}%
  }}",
            shares[0], shares[1], shares[2], shares[3]
        ));
        let at =
            |at: usize, bad: &'static str, good: &'static str| if missed[at] { bad } else { good };
        let data = format!(
            "month,p1,p2,mood\n2026-01,{},{},{}\n",
            at(0, "94%", "95%"),
            at(1, "89%", "90%"),
            at(2, "3", "4")
        );
        let months = statements(&loaded, &data);
        let month = months[0].as_ref().unwrap();
        // In units of 0.1 USD: 100,000 x rate% x share% x share% has at most one decimal.
        let parts = [
            shares[0] * shares[1] * rate,
            shares[0] * shares[2] * rate,
            shares[3] * 100 * rate,
        ];
        let due: i64 = parts
            .iter()
            .zip(&missed)
            .filter(|(_, missed)| **missed)
            .map(|(part, _)| *part)
            .sum();
        let most = rate * 10_000;
        let wanted = quidpro::quantity::Exact::ratio(-due.min(most), 10).unwrap();
        let credited = ["p1_level", "p2_level", "care_level"].map(|name| amount(month, name));
        let total = month.total.to_string();
        let hundred = quidpro::quantity::Exact::from_integer(100_000);
        if month.total != hundred.add(&wanted) {
            return Err(format!("{credited:?} give {total}, not 100000 {wanted}"));
        }
        Ok(())
    });
}
