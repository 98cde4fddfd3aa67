//! Random contracts on small grids: every month is enumerated, and the prover must find the same extremes.

use quidpro::calendar::Month;
use quidpro::evaluate::{Cell, Evaluator, History, invoiced};
use quidpro::program::{NodeId, Op};
use quidpro::prove::{Ask, Copy, Goal, Prover, Source};
use quidpro::quantity::Exact;

use super::{contract, loaded, with_prover};

/// A generator of choices that depends on nothing but its seed (Knuth's MMIX constants).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    pub fn pick<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[usize::try_from(self.roll(all.len() as u64)).unwrap()]
    }
}

/// Items of every kind that a month's deductions are made of, on grids of a few values.
pub fn items(dice: &mut Dice) -> String {
    let mut text = String::from(
        "  input calls : calls between 0 and 6 nominal 4\n  input late : calls between 0 and 4 nominal 0\n  \
         input mark : percent to 20% nominal 80%\n  \
         metric rate is quality, percent, higher is better { mark }\n",
    );
    text += dice.pick(&[
        "  charge fee 100 EUR per month\n",
        "  charge fee for calls at 30 EUR\n",
        "  charge fee for calls graduated { first 2 at 40.05 EUR; beyond at 9.95 EUR }\n",
        "  charge fee for calls volume { up to 3 at 20 EUR; beyond at 11 EUR }\n",
    ]);
    text += dice.pick(&["", "  charge base 12.34 EUR per month\n"]);
    text += dice.pick(&[
        "",
        "  credit slow = 7 EUR per call of late\n",
        "  credit slow = 1.15 EUR per call of late\n",
        "  credit slow = 60 EUR when late > 2\n",
    ]);
    text += dice.pick(&[
        "",
        "  credit poor on rate { below 50%: 33.33% of charges; below 90%: 5 EUR }\n",
        "  credit poor = 3% of charges per full percentage point of rate below 61%\n",
        "  service level poor on rate { target 60% each month; critical below 40%; credit 11% of charges, critical 130% of charges }\n",
    ]);
    text += dice.pick(&[
        "",
        "  bonus good = 9.99 EUR when rate at least 80%\n",
        "  bonus good on rate { above 70%: 2% of charges }\n",
    ]);
    text += dice.pick(&[
        "",
        "  adjust fee by rate { below 40%: -15%; below 80%: 0%; otherwise +7% }\n",
        "  adjust fee by rate { below 40%: +5%; below 80%: -20%; otherwise 0% }\n",
    ]);
    let has_credit = text.contains("credit ") || text.contains("adjust ");
    if has_credit {
        text += dice.pick(&[
            "",
            "  limit credits and reductions to 20% of charges each month, the excess lapses\n",
            "  limit credits and reductions to 110 EUR each month, the excess lapses\n",
        ]);
    }
    text += dice.pick(&[
        "",
        "",
        "  minimum 25 EUR each month, after credits\n",
        "  maximum 90 EUR each month\n",
    ]);
    text += "  credits applied to this invoice\n  bonuses applied to this invoice\n";
    if !text.contains("  credit ") && !text.contains("service level") {
        text = text.replace("  credits applied to this invoice\n", "");
    }
    if !text.contains("  bonus ") {
        text = text.replace("  bonuses applied to this invoice\n", "");
    }
    text
}

/// Every combination of the figures on their grids.
fn months(prover: &Prover<'_>) -> Vec<Vec<Exact>> {
    let mut all: Vec<Vec<Exact>> = vec![Vec::new()];
    for column in &prover.space.columns {
        let step = column.step.clone().unwrap();
        let mut next = Vec::new();
        for before in &all {
            let mut value = column.range.low.clone().unwrap();
            while column.range.has(&value) {
                let mut month = before.clone();
                month.push(value.clone());
                next.push(month);
                value = value.add(&step);
            }
        }
        all = next;
    }
    all
}

fn total(prover: &Prover<'_>, month: &[Exact]) -> Option<Exact> {
    let mut evaluator = Evaluator::new(prover.program);
    let cells: Vec<Cell> = month.iter().cloned().map(Cell::Value).collect();
    evaluator.compute(
        &mut History::default(),
        Month::new(2026, 3).unwrap(),
        &cells,
    );
    invoiced(&evaluator).cloned()
}

/// The least of the total, or of its opposite, by the prover.
fn proved(prover: &Prover<'_>, turned: bool, copies: &[Copy]) -> (Option<Exact>, Option<Exact>) {
    let nodes: Vec<NodeId> = prover.program.plan.total.into_iter().collect();
    let answer = prover.least(&Ask {
        nodes: &nodes,
        copies,
        root: &|sheet, reads| {
            let own = match reads {
                [one, other] => sheet.less(other[0], one[0]),
                _ => reads[0][0],
            };
            if turned {
                sheet.put(Op::Negate(own))
            } else {
                own
            }
        },
        value: &|values| {
            let own = match values {
                [one, other] => other[0].subtract(&one[0]),
                _ => values[0][0].clone(),
            };
            Some(if turned { own.negate() } else { own })
        },
        goal: Goal::default(),
    });
    (answer.bound, answer.found.map(|(value, _)| value))
}

#[test]
fn the_least_and_the_greatest_invoice_are_those_of_all_months() {
    let (mut exact, mut all) = (0, 0);
    for seed in 0..60 {
        let text = contract(&items(&mut Dice(seed)));
        let loaded = loaded(&text);
        let checked = &loaded.contracts[0];
        let prover = Prover::new(
            &checked.contract,
            checked.compiled.as_ref().unwrap(),
            3_000_000,
        );
        let totals: Vec<Exact> = months(&prover)
            .iter()
            .filter_map(|month| total(&prover, month))
            .collect();
        let ends = [
            (false, totals.iter().min().unwrap().clone()),
            (true, totals.iter().map(Exact::negate).min().unwrap()),
        ];
        for (turned, least) in ends {
            let (bound, found) = proved(&prover, turned, &[]);
            let bound = bound.unwrap_or_else(|| panic!("seed {seed}: no bound\n{text}"));
            assert!(
                bound <= least,
                "seed {seed}, {turned}: {bound} is above {least}\n{text}"
            );
            assert_eq!(
                found,
                Some(least.clone()),
                "seed {seed}, {turned}, bound {bound}\n{text}"
            );
            all += 1;
            exact += usize::from(bound == least);
        }
    }
    assert!(exact * 20 >= all * 19, "only {exact} of {all} are exact");
}

#[test]
fn one_step_moves_what_it_moves_in_all_months() {
    for seed in 100..120 {
        let text = contract(&items(&mut Dice(seed)));
        with_prover(&text, 3_000_000, |prover| {
            for (at, source) in prover.sources().into_iter().enumerate() {
                let Source::Column(slot) = source else {
                    continue;
                };
                assert_eq!(slot.0 as usize, at);
                let step = prover.space.columns[at].step.clone().unwrap();
                let moved = months(prover).into_iter().filter_map(|month| {
                    let mut next = month.clone();
                    next[at] = next[at].add(&step);
                    prover.space.columns[at]
                        .range
                        .has(&next[at])
                        .then_some(())?;
                    Some(total(prover, &next)?.subtract(&total(prover, &month)?))
                });
                let least = moved.min().unwrap();
                let (bound, found) = proved(prover, false, &[Copy::Step(source, step)]);
                assert!(
                    bound.clone().is_some_and(|bound| bound <= least),
                    "seed {seed}: {bound:?}, {least}\n{text}"
                );
                assert_eq!(
                    found,
                    Some(least),
                    "seed {seed}, figure {at}, bound {bound:?}\n{text}"
                );
            }
        });
    }
}
