//! Every line, total and notice of random contracts, compared with the naive evaluator.

use quidpro::ledger::NoticeKind;

use super::choices::{Choices, law};
use super::description::contract;
use super::naive::{Expected, Naive};
use super::product::{self, csv, data, invoice, line_kind, load, notice_kind, program, rational};
use super::text;

#[test]
fn every_line_total_and_notice_is_what_the_rules_say() {
    law(150, agrees);
}

fn agrees(c: &mut Choices<'_>) -> Result<(), String> {
    let described = contract(c);
    let text = text::print(&described);
    let loaded = load(&text)?;
    let data = data(c, &described);
    let table = csv(&data);
    for (account, month, outcome) in invoice(program(&loaded), &table)? {
        let months = data
            .iter()
            .find(|(name, _)| Some(name) == account.as_ref())
            .map(|(_, months)| months.clone())
            .unwrap();
        let naive = Naive::new(&described, months);
        let wanted = naive.statement(month);
        let found = outcome.as_ref().map(|statement| {
            let mut notices: Vec<(&str, String)> = statement
                .notices
                .iter()
                // A metric that could not be measured and moves no money is not covered by the rules that are computed
                // here.
                .filter(|notice| notice.kind != NoticeKind::Unmeasured)
                // Nor is the replacement of a value of several months, besides the month's own value.
                .filter(|notice| !notice.name.contains(" of the "))
                .map(|notice| (notice_kind(notice.kind), notice.name.clone()))
                .collect();
            notices.sort();
            Expected {
                lines: statement
                    .lines
                    .iter()
                    .map(|line| {
                        let amount = rational(&line.amount);
                        (line_kind(line.kind), line.name.clone(), amount)
                    })
                    .collect(),
                total: rational(&statement.total),
                notices,
            }
        });
        let same = match (&wanted, &found) {
            (Ok(wanted), Ok(found)) => wanted == found,
            (Err(_), Err(_)) => true,
            _ => false,
        };
        if !same {
            return Err(format!(
                "{} of {account:?}\nby the rules {}\nby Quidpro   {}\n{text}\n{table}",
                product::month(month),
                shown(&wanted),
                shown(&found),
            ));
        }
    }
    Ok(())
}

fn shown<E: std::fmt::Debug>(outcome: &Result<Expected, E>) -> String {
    match outcome {
        Ok(expected) => {
            let lines: Vec<String> = expected
                .lines
                .iter()
                .map(|(kind, name, amount)| format!("{kind} {name} {amount}"))
                .collect();
            format!(
                "{} = {}\n  with {:?}",
                lines.join(" | "),
                expected.total,
                expected.notices
            )
        }
        Err(why) => format!("no invoice: {why:?}"),
    }
}
