//! Laws of prices: tiers and scale.

use std::collections::BTreeMap;

use super::choices::{Choices, law};
use super::description::{Amount, Charge, Contract, Q, Terms, TierKind, Tiers, contract, q};
use super::product::{csv, data, invoice, load, program, rational};
use super::text;

use num_traits::{Signed, Zero};

/// The cost for each number of calls. Prices are whole cents, so rounding does not interfere.
fn costs(kind: TierKind, c: &mut Choices<'_>) -> Result<(Tiers, BTreeMap<i64, Q>, String), String> {
    let count = 1 + c.below(4);
    let ends = c.rising(count, 1, 400);
    let mut price = || q(c.between(0, 500), 100);
    let tiers: Vec<(i64, bool, Q)> = ends.iter().map(|end| (*end, false, price())).collect();
    let beyond = Some(price());
    let block = Tiers {
        kind,
        tiers,
        beyond,
    };
    let text = format!(
        "contract tiers {{\ncurrency EUR\nterm 2026-01-01 to 2026-12-31\nround each line half even to 0.01 EUR\n\
         input offered : calls\n{}\n}}",
        text::tiered("c0", "offered", &block)
    );
    let loaded = load(&text)?;
    let mut counts: Vec<i64> = ends
        .iter()
        .flat_map(|end| [end - 1, *end, end + 1])
        .chain([0, 1, 2, 399, 1000])
        .collect();
    counts.sort_unstable();
    counts.dedup();
    let mut table = "account,month,offered\n".to_owned();
    for count in &counts {
        table.push_str(&format!("{count},2026-01,{count}\n"));
    }
    let mut costs = BTreeMap::new();
    for (account, _, outcome) in invoice(program(&loaded), &table)? {
        let statement = outcome?;
        let line = &statement.lines[0];
        let parts: Q = line.parts.iter().map(|part| rational(&part.amount)).sum();
        let cost = rational(&line.amount);
        if kind == TierKind::Graduated && parts != cost {
            return Err(format!("slabs sum to {parts}, the line is {cost}\n{text}"));
        }
        costs.insert(account.unwrap().parse().unwrap(), cost);
    }
    Ok((block, costs, text))
}

fn prices(block: &Tiers) -> Vec<Q> {
    let prices = block.tiers.iter().map(|(_, _, price)| price.clone());
    prices.chain(block.beyond.clone()).collect()
}

#[test]
fn graduated_tiers_rise_without_jumps_and_are_the_sum_of_their_slabs() {
    law(60, |c| {
        let (block, costs, text) = costs(TierKind::Graduated, c)?;
        let dearest = prices(&block).into_iter().max().unwrap();
        for ((fewer, less), (more, cost)) in costs.iter().zip(costs.iter().skip(1)) {
            let rise = cost - less;
            if rise.is_negative() || rise > q(more - fewer, 1) * &dearest {
                return Err(format!("{fewer} cost {less}, {more} cost {cost}\n{text}"));
            }
        }
        if !costs[&0].is_zero() {
            return Err(format!("no units cost {}\n{text}", costs[&0]));
        }
        Ok(())
    });
}

#[test]
fn a_volume_tier_and_a_flat_fee_begin_right_behind_the_end_of_the_one_before() {
    for kind in [TierKind::Volume, TierKind::Flat] {
        law(40, |c| {
            let (block, costs, text) = costs(kind, c)?;
            let prices = prices(&block);
            let due = |count: i64, price: &Q| match kind {
                TierKind::Flat => price.clone(),
                _ => q(count, 1) * price,
            };
            for (at, (end, _, _)) in block.tiers.iter().enumerate() {
                let behind = block
                    .tiers
                    .iter()
                    .position(|(other, _, _)| end < other)
                    .unwrap_or(block.tiers.len());
                let fine = costs[end] == due(*end, &prices[at])
                    && costs[&(end + 1)] == due(end + 1, &prices[behind]);
                if !fine {
                    return Err(format!("at {end}: {costs:?}\n{text}"));
                }
            }
            Ok(())
        });
    }
}

/// The contract with every amount of money multiplied by `by`, including the rounding step.
fn scaled(contract: &Contract, by: &Q) -> Contract {
    let mut scaled = contract.clone();
    scaled.step *= by;
    for charge in &mut scaled.charges {
        match charge {
            Charge::Monthly(price)
            | Charge::Yearly(price)
            | Charge::Once(price, _)
            | Charge::Rate(_, price)
            | Charge::Packages(_, _, price)
            | Charge::Window(price, ..) => *price *= by,
            Charge::Tiers(_, block) => scale_tiers(block, by),
            Charge::Card(price, block) => {
                *price *= by;
                scale_tiers(block, by);
            }
            Charge::Either(_, _, one, other) => {
                *one *= by;
                *other *= by;
            }
        }
    }
    for level in &mut scaled.levels {
        scale_amount(&mut level.credit, by);
        level
            .critical_credit
            .iter_mut()
            .for_each(|one| scale_amount(one, by));
    }
    for award in &mut scaled.awards {
        match &mut award.terms {
            Terms::Amount(amount) => scale_amount(amount, by),
            Terms::Bands(_, rising) => rising.bands.iter_mut().for_each(|band| band.2 *= by),
            Terms::Steps(price, ..) => *price *= by,
        }
    }
    for limit in &mut scaled.limits {
        scale_amount(&mut limit.to, by);
    }
    scaled
        .maximum
        .iter_mut()
        .for_each(|one| scale_amount(one, by));
    scaled
        .minimum
        .iter_mut()
        .for_each(|one| scale_amount(one, by));
    scaled
}

fn scale_tiers(block: &mut Tiers, by: &Q) {
    block.tiers.iter_mut().for_each(|tier| tier.2 *= by);
    block.beyond.iter_mut().for_each(|price| *price *= by);
}

fn scale_amount(amount: &mut Amount, by: &Q) {
    if let Amount::Fixed(value) = amount {
        *value *= by;
    }
}

#[test]
fn twice_the_prices_and_the_step_are_twice_every_amount() {
    law(60, |c| {
        let by = q(c.pick(&[2, 3, 10]), 1);
        let once = contract(c);
        let table = csv(&data(c, &once));
        let text = text::print(&once);
        let scaled = text::print(&scaled(&once, &by));
        let before = invoice(program(&load(&text)?), &table)?;
        let after = invoice(program(&load(&scaled)?), &table)?;
        for ((_, _, one), (_, _, other)) in before.iter().zip(&after) {
            let fine = match (one, other) {
                (Ok(one), Ok(other)) => {
                    one.lines.len() == other.lines.len()
                        && rational(&one.total) * &by == rational(&other.total)
                        && one.lines.iter().zip(&other.lines).all(|(one, other)| {
                            rational(&one.amount) * &by == rational(&other.amount)
                        })
                }
                (Err(_), Err(_)) => true,
                _ => false,
            };
            if !fine {
                return Err(format!("{one:#?}\n{other:#?}\n{text}\n{scaled}\n{table}"));
            }
        }
        Ok(())
    });
}
