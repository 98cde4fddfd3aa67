//! Service points: bands, periods, runs of failures, excuses, and the sum of all points.

use quidpro::ledger::Statement;

use crate::clause::{amount, contract, messages, mismatches, statements};
use crate::laws::choices::{Choices, law};

const KPI: &str = "
  input level : percent nominal 100%
  input storm : yes or no nominal no
  metric kpi is availability, percent, higher is better { level }
  charge fee 10_000 USD per month
";

fn wrong(items: &str) -> Vec<String> {
    mismatches(&contract(&format!("{KPI}{items}")))
}

/// The measure with that name as text, without its unit.
fn measured(month: &Statement, name: &str) -> String {
    let mut all = month.measures.iter();
    let found = all.find(|measure| measure.name == name).unwrap();
    found.value.as_ref().unwrap().value.to_string()
}

#[test]
fn consecutive_failures_count_double_and_no_more() {
    // 98.5% is 1 point; 96.5% is 3 points, the second in a row, 6; the third in a row still 3 x 2.
    let found = wrong(
        "  points p on kpi each month {
    at least 99%: 0 points; at least 98%: 1 point; at least 97%: 2 points; at least 96%: 3 points; otherwise 4 points
    repeated in a row x 2, not compounding
  }
  scenario \"a run and its end\" for 2026-01 to 2026-06 {
    given level = 98.5% then 96.5% then 96.5% then 99% then 97% then 90%
    expect p = 1 point then 6 points then 6 points then 0 then 2 points then 8 points
    expect notice \"90%: 8 points, as failure 2 in a row\"
  }",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_compounding_factor_multiplies_with_each_failure() {
    // 3, 3 x 2, 3 x 4, 3 x 8; then a good month, and again from the start.
    let found = wrong(
        "  points p on kpi each month { below 99%: 3 points; repeated in a row x 2, compounding }
  scenario \"four in a row\" for 2026-01 to 2026-07 {
    given level = 98% then 98% then 98% then 98% then 99% then 98% then 98%
    expect p = 3 points then 6 points then 12 points then 24 points then 0 then 3 points then 6 points
  }",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn an_excused_month_keeps_or_breaks_the_run_as_the_contract_says() {
    let with = |word: &str, last: &str| {
        wrong(&format!(
            "  points p on kpi each month {{
    below 99%: 3 points; excused when storm; excused month {word} the run; repeated in a row x 2, not compounding
  }}
  scenario \"an excused month between\" for 2026-01 to 2026-03 {{
    given level = 98%, storm = no then yes then no
    expect p = 3 points then 0 then {last}
    expect notice \"no points, because the contract says `excused when storm`\" in 2026-02
  }}"
        ))
    };
    assert_eq!(with("keeps", "6 points"), [""; 0]);
    assert_eq!(with("breaks", "3 points"), [""; 0]);
}

#[test]
fn quarters_are_settled_at_their_end_and_counted_as_one() {
    // The metric's values for March, June and September count. The months in between are 0, and break nothing.
    let found = wrong(
        "  points p on kpi of this month each quarter { below 99%: 2 points; repeated in a row x 2, not compounding }
  scenario \"bad, bad, good\" for 2026-01 to 2026-09 {
    given level = 50% then 100% then 98% then 100% then 100% then 98% then 98% then 98% then 99%
    expect p = 0 then 0 then 2 points then 0 then 0 then 4 points then 0 then 0 then 0
  }",
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_grace_period_and_a_month_without_value_are_excused() {
    let loaded = contract(
        "  input surveys : surveys nominal 100
  input marks : points nominal 450
  metric care is satisfaction, 1 to 5, higher is better { marks / surveys; if nothing to measure, no value }
  charge fee 10_000 USD per month
  points p on care each month {
    below 4: 2 points
    excused in the first 2 months; no value excused; excused month keeps the run
    repeated in a row x 2, not compounding
  }
  points q on care each month { below 4: 2 points; no value: 5 points }
  scenario \"grace, failed, nothing measured, failed\" for 2026-01 to 2026-05 {
    given surveys = 100 then 100 then 100 then 0 then 100, marks = 300
    expect p = 0 then 0 then 2 points then 0 then 4 points
    expect q = 2 points then 2 points then 2 points then 5 points then 2 points
  }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn of_several_excuses_the_one_that_holds_is_named_and_without_a_value_none() {
    let loaded = contract(
        "  input surveys : surveys
  input marks : points
  input frozen : yes or no
  metric care is satisfaction, 1 to 5, higher is better { marks / surveys; if nothing to measure, no value }
  charge fee 10_000 USD per month
  points p on care each month {
    below 4: 2 points
    excused in the first 1 months; excused when frozen; no value excused
  }
  service level s on care {
    target 4 each month; excused in the first 1 months; excused when frozen; no value excused
  }
  notice many \"many\" when (sum of total points over last 3 months) at least 20 points",
    );
    let months = statements(
        &loaded,
        "month,surveys,marks,frozen\n2026-01,10,30,no\n2026-02,10,30,yes\n2026-03,0,0,yes\n",
    );
    let texts = |month: usize| -> Vec<String> {
        let notices = &months[month].as_ref().unwrap().notices;
        notices
            .iter()
            .map(|notice| format!("{}: {}", notice.name, notice.text))
            .collect()
    };
    let because = |reason: &str| {
        vec![
            format!("p: care is 3: no points, because the contract says `{reason}`"),
            format!(
                "s: care is 3, below the target of 4; no credit, because the contract says `{reason}`"
            ),
        ]
    };
    let short = |months: i32| {
        format!("many: `(sum of total points over last 3 months)` had {months} of 3 months")
    };
    let mut january = because("excused in the first 1 months");
    january.push(short(1));
    let mut february = because("excused when frozen");
    february.push(short(2));
    assert_eq!(texts(0), january);
    assert_eq!(texts(1), february);
    assert_eq!(texts(2), ["care: if nothing to measure, no value"]);
}

#[test]
fn a_month_that_could_not_be_computed_is_passed_over() {
    let loaded = contract(&format!(
        "{KPI}  points p on kpi each month {{ below 99%: 1 point; repeated in a row x 2, not compounding }}
  credit c = 10 USD per point of total points"
    ));
    let months = statements(
        &loaded,
        "month,level,storm\n2026-01,98%,no\n2026-02,,no\n2026-03,98%,no\n",
    );
    assert_eq!(amount(months[0].as_ref().unwrap(), "c"), "-10");
    assert!(months[1].is_err());
    assert_eq!(amount(months[2].as_ref().unwrap(), "c"), "-20");
}

#[test]
fn total_points_is_the_sum_of_all_items_and_members() {
    let loaded = contract(
        "  input taken : percent by channel { voice, email } nominal 100%
  input missed : events nominal 0
  metric pickup by channel is timeliness, percent, higher is better { taken }
  charge fee 10_000 USD per month
  points speed by channel on pickup each month { below 80%: 2 points; below 70%: 5 points in place of the former }
  points late = 3 points per event of missed each month
  let year = sum of total points over last 12 months
  credit c = 100 USD per full point of total points above 4 points
  scenario \"2 + 5 + 3 x 2 = 13, of which 4 are free\" for 2026-01 to 2026-02 {
    given taken.voice = 79%, taken.email = 69% then 100%, missed = 2 then 0
    expect speed.voice = 2 points then 2 points, speed.email = 5 points then 0, late = 6 points then 0
    expect year = 13 points then 15 points
    expect credit c = 900 USD then 0 USD
  }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

#[test]
fn whole_points_fill_a_table_of_whole_points() {
    let table = "  credit c on total points { 0 to 9: 0 USD; 10 to 19: 500 USD; from 20: 900 USD }";
    let points = |factor: &str| {
        format!(
            "{KPI}  points p on kpi each month {{ below 99%: 10 points; repeated in a row x {factor}, not compounding }}\n{table}"
        )
    };
    assert_eq!(messages(&contract(&points("2"))), [""; 0]);
    assert_eq!(
        messages(&contract(&points("1.25"))),
        ["9.5 points is in no band", "19.5 points is in no band"]
    );
}

#[test]
fn points_stays_a_name_and_a_unit_where_no_points_are_counted() {
    let loaded = contract(
        "  input points : points by site { east, west }
  charge fee 10_000 USD per month
  credit c = 10 USD per point of total points when total points above 5
  scenario \"2 + 4\" for 2026-01 { given points.east = 2, points.west = 4; expect credit c = 60 USD }",
    );
    assert_eq!(mismatches(&loaded), [""; 0]);
}

/// One month of the law below, in the simplest terms.
struct Simple {
    run: i64,
    compounded: i64,
}

impl Simple {
    fn month(&mut self, terms: &Terms, table: i64, storm: bool) -> i64 {
        if storm {
            if terms.breaks {
                self.run = 0;
            }
            return 0;
        }
        if table == 0 {
            self.run = 0;
            return 0;
        }
        self.run += 1;
        self.compounded = if self.run == 1 {
            1
        } else {
            self.compounded * terms.factor
        };
        match (self.run, terms.compounding) {
            (1, _) => table,
            (_, false) => table * terms.factor,
            (_, true) => table * self.compounded,
        }
    }
}

struct Terms {
    factor: i64,
    compounding: bool,
    breaks: bool,
    quarterly: bool,
}

fn terms(choices: &mut Choices<'_>) -> Terms {
    Terms {
        factor: choices.between(1, 4),
        compounding: choices.once_in(2),
        breaks: choices.once_in(2),
        quarterly: choices.once_in(3),
    }
}

/// Twelve months of any values and excuses give the points that the words say.
#[test]
fn points_are_what_the_words_say() {
    law(60, |choices| {
        let terms = terms(choices);
        let loaded = contract(&format!(
            "{KPI}  points p on kpi of this month each {} {{
    below 99%: 1 point; below 95%: 3 points in place of the former
    excused when storm of this month; excused month {} the run; repeated in a row x {}, {}compounding
  }}
  credit c = 7 USD per point of total points",
            if terms.quarterly { "quarter" } else { "month" },
            if terms.breaks { "breaks" } else { "keeps" },
            terms.factor,
            if terms.compounding { "" } else { "not " },
        ));
        let mut data = String::from("month,level,storm\n");
        let mut wanted = Vec::new();
        let mut simple = Simple {
            run: 0,
            compounded: 1,
        };
        for month in 1..=12 {
            let (level, table) =
                choices.pick(&[("99%", 0), ("98.9%", 1), ("95%", 1), ("94.9%", 3)]);
            let storm = choices.once_in(4);
            data += &format!(
                "2026-{month:02},{level},{}\n",
                if storm { "yes" } else { "no" }
            );
            let settled = !terms.quarterly || month % 3 == 0;
            wanted.push(if settled {
                simple.month(&terms, table, storm)
            } else {
                0
            });
        }
        for (month, wanted) in statements(&loaded, &data).iter().zip(&wanted) {
            let month = month.as_ref().map_err(Clone::clone)?;
            let points = measured(month, "p");
            let credit = amount(month, "c");
            if points != wanted.to_string() || credit != (-7 * wanted).to_string() {
                return Err(format!(
                    "{} is {points} and {credit}, not {wanted}\n{data}",
                    month.month
                ));
            }
        }
        Ok(())
    });
}
