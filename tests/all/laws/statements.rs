//! Laws of single statements: sums, limits, bounds.

use super::choices::{Choices, law};
use super::description::{Amount, Contract, Every, Limit, Q, contract, q};
use super::product::{self, Months, csv, data, exact, invoice, load, program};
use super::text;

use num_traits::Zero;
use quidpro::ledger::{Line, LineKind, Statement};
use quidpro::quantity::Exact;

/// A random contract with its invoiced months.
struct Computed {
    contract: Contract,
    text: String,
    table: String,
    months: Months,
}

impl Computed {
    fn new(c: &mut Choices<'_>) -> Result<Self, String> {
        let contract = contract(c);
        let text = text::print(&contract);
        let data = data(c, &contract);
        let table = csv(&data);
        let loaded = load(&text)?;
        let months = invoice(program(&loaded), &table)?;
        Ok(Self {
            contract,
            text,
            table,
            months,
        })
    }

    /// Checks something for every statement.
    fn each(&self, holds: impl Fn(&Statement) -> Result<(), String>) -> Result<(), String> {
        for (_, month, outcome) in &self.months {
            if let Ok(statement) = outcome {
                holds(statement).map_err(|why| {
                    let month = product::month(*month);
                    format!("{month}: {why}\n{}\n{}", self.text, self.table)
                })?;
            }
        }
        Ok(())
    }
}

fn total_of<'s>(lines: impl IntoIterator<Item = &'s Line>) -> Exact {
    lines
        .into_iter()
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}

fn of_kind(statement: &Statement, kind: LineKind) -> Vec<&Line> {
    let lines = statement.lines.iter();
    lines.filter(|line| line.kind == kind).collect()
}

#[test]
fn lines_sum_to_the_total_and_are_whole_steps() {
    law(60, |c| {
        let computed = Computed::new(c)?;
        let step = exact(&computed.contract.step);
        computed.each(|statement| {
            let sum = total_of(&statement.lines);
            if sum != statement.total {
                return Err(format!("lines sum to {sum}, not to {}", statement.total));
            }
            match statement
                .lines
                .iter()
                .find(|line| !line.amount.is_multiple_of(&step))
            {
                Some(line) => Err(format!("{} is no multiple of {step}", line.amount)),
                None => Ok(()),
            }
        })
    });
}

#[test]
fn a_cut_leaves_between_nothing_and_what_was_there() {
    law(60, |c| {
        let computed = Computed::new(c)?;
        computed.each(|statement| {
            for line in &statement.lines {
                for cut in &line.cuts {
                    let kept = cut.after.abs() <= cut.before.abs()
                        && cut.after.is_negative() <= cut.before.is_negative();
                    if !kept {
                        return Err(format!(
                            "{} was cut from {} to {}",
                            line.name, cut.before, cut.after
                        ));
                    }
                }
            }
            Ok(())
        })
    });
}

#[test]
fn the_last_limit_is_never_exceeded_in_its_period() {
    law(80, |c| {
        let mut described = contract(c);
        let every = c.pick(&[
            Every::Month,
            Every::Quarter,
            Every::ContractYear,
            Every::CalendarYear,
        ]);
        described.each_line = true;
        let fixed = q(c.between(0, 2000), 1) * &described.step;
        described.limits.truncate(1);
        let limit = Limit {
            credits: true,
            reductions: false,
            bonuses: false,
            levels: Vec::new(),
            to: Amount::Fixed(fixed.clone()),
            every,
        };
        described.limits.push(limit);
        let text = text::print(&described);
        let table = csv(&data(c, &described));
        let loaded = load(&text)?;
        let mut used: Vec<(Option<String>, i32, Q)> = Vec::new();
        for (account, month, outcome) in invoice(program(&loaded), &table)? {
            let Ok(statement) = outcome else { continue };
            let period = match every {
                Every::Month => month,
                Every::Quarter => month.div_euclid(3),
                Every::ContractYear => (month - described.start).div_euclid(12),
                Every::CalendarYear => month.div_euclid(12),
            };
            let credits = total_of(of_kind(&statement, LineKind::Credit)).negate();
            used.push((account, period, product::rational(&credits)));
        }
        for (account, period, _) in &used {
            let sum: Q = used
                .iter()
                .filter(|one| one.0 == *account && one.1 == *period)
                .map(|one| one.2.clone())
                .sum();
            if sum > fixed || sum < Q::zero() {
                return Err(format!("{sum} of {fixed} in {period}\n{text}\n{table}"));
            }
        }
        Ok(())
    });
}

#[test]
fn a_fixed_maximum_and_minimum_hold_before_tax() {
    law(60, |c| {
        let mut described = contract(c);
        described.each_line = true;
        let least = q(c.between(0, 3000), 1);
        let most = &least + q(c.between(0, 3000), 1);
        described.minimum = Some(Amount::Fixed(least.clone()));
        described.maximum = Some(Amount::Fixed(most.clone()));
        let text = text::print(&described);
        let table = csv(&data(c, &described));
        let loaded = load(&text)?;
        for (_, _, outcome) in invoice(program(&loaded), &table)? {
            let Ok(statement) = outcome else { continue };
            let taxes = of_kind(&statement, LineKind::Tax);
            let before_tax = statement.total.subtract(&total_of(taxes));
            if before_tax < exact(&least) || before_tax > exact(&most) {
                return Err(format!("{before_tax} before tax\n{text}\n{table}"));
            }
        }
        Ok(())
    });
}

#[test]
fn earn_back_never_returns_more_than_was_deducted() {
    law(80, |c| {
        let computed = Computed::new(c)?;
        let mut open: Vec<(Option<String>, String, Exact)> = Vec::new();
        for (account, _, outcome) in &computed.months {
            let Ok(statement) = outcome else { continue };
            for line in &statement.lines {
                let sign = match line.kind {
                    LineKind::Credit => line.amount.negate(),
                    LineKind::EarnBack => line.amount.negate(),
                    _ => continue,
                };
                open.push((account.clone(), line.name.clone(), sign));
                let held = open
                    .iter()
                    .filter(|one| one.0 == *account && one.1 == line.name)
                    .fold(Exact::zero(), |sum, one| sum.add(&one.2));
                let paid = computed.contract.each_line && held.is_negative();
                if paid {
                    return Err(format!(
                        "{} was paid back more than it lost by {held}\n{}\n{}",
                        line.name, computed.text, computed.table
                    ));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn an_excused_month_neither_breaks_nor_extends_a_run() {
    for (middle, row) in [
        (Some((70, 100)), 3),
        (Some((70, 50)), 2),
        (Some((90, 50)), 2),
        (Some((90, 100)), 1),
        (None, 2),
    ] {
        let text = "contract run {
            currency EUR
            term 2026-01-01 to 2026-12-31
            round each line half up to 0.01 EUR
            input offered : calls
            input answered : calls
            input forecast : calls
            metric sl is timeliness, percent, higher is better { answered / offered }
            charge platform 1_000 EUR per month
            service level speed on sl {
              target 80% each month
              excused when offered > forecast
              credit 10 EUR
              repeated 2 months x 2, 3 months x 3
            }
        }";
        let loaded = load(text).unwrap();
        let middle = middle.map_or(String::new(), |(answered, forecast)| {
            format!("2026-02,100,{answered},{forecast}\n")
        });
        let table = format!(
            "month,offered,answered,forecast\n2026-01,100,70,100\n{middle}2026-03,100,70,100\n"
        );
        let months = invoice(program(&loaded), &table).unwrap();
        let last = months.last().unwrap().2.as_ref().unwrap();
        let credit = total_of(of_kind(last, LineKind::Credit)).negate();
        assert_eq!(credit, Exact::from_integer(10 * row), "{table}");
    }
}

#[test]
fn members_of_a_dimension_have_runs_limits_and_earn_backs_of_their_own() {
    let text = "contract members {
        currency EUR
        term 2026-01-01 to 2026-12-31
        round each line half up to 0.01 EUR
        input handled : contacts by channel { voice, chat }
        metric q by channel is quality, percent, higher is better { handled / total handled }
        charge h for handled { voice 1 EUR per contact; chat 2 EUR per contact }
        service level s by channel on q {
          target 60% each month; credit 10% of h; repeated 2 months x 2
          earn back after 1 month at 60% or better
        }
        adjust h by q.voice { below 50%: -10%; otherwise 0% }
        limit s.voice and reductions to 5 EUR each month
        limit s to 8 EUR each quarter
    }";
    let table = "month,handled.voice,handled.chat\n2026-01,40,60\n2026-02,30,70\n2026-03,70,30\n";
    let months = invoice(program(&load(text).unwrap()), table).unwrap();
    let lines: Vec<Vec<String>> = months
        .iter()
        .map(|(_, _, outcome)| {
            let lines = outcome.as_ref().unwrap().lines.iter();
            let behind_charges = lines.filter(|line| line.kind != LineKind::Charge);
            behind_charges
                .map(|line| format!("{} {}", line.name, line.amount))
                .collect()
        })
        .collect();
    // 16.00 and 16.00 are cut to 5.00 in halves; 17.00 and 34.00 to 1.67 and 3.33; of the quarter's 8.00 the credits
    // of two months leave 2.17; the last credit comes back.
    assert_eq!(lines[0], ["h by q.voice -2.5", "s.voice -2.5"]);
    assert_eq!(lines[1], ["h by q.voice -1.67", "s.voice -3.33"]);
    assert_eq!(lines[2], ["h by q.voice 0", "s.chat -2.17", "s.voice 3.33"]);
}
