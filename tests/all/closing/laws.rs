//! Laws of corrections, over random months and random corrections.

use std::fmt::Write as _;

use quidpro::closing::Mode;
use quidpro::quantity::Exact;
use quidpro::report::document::{DocumentKind, LinePart};

use super::fixture::{Desk, NEW, NEXT, contract, on, total};
use crate::laws::choices::{Choices, law};

type Cells = Vec<(i64, i64)>;

fn draw(choices: &mut Choices<'_>, months: usize) -> Cells {
    let each = (0..months).map(|_| {
        let offered = choices.between(0, 1500);
        (offered, choices.between(0, offered))
    });
    each.collect()
}

fn corrected(choices: &mut Choices<'_>, cells: &Cells) -> Cells {
    let each = cells.iter().map(|(offered, answered)| {
        if choices.once_in(3) {
            let offered = choices.between(0, 1500);
            return (offered, choices.between(0, offered));
        }
        (*offered, *answered)
    });
    each.collect()
}

fn csv(cells: &Cells) -> String {
    let mut text = "month,offered,answered\n".to_owned();
    for (month, (offered, answered)) in (1..).zip(cells) {
        writeln!(text, "2026-{month:02},{offered},{answered}").unwrap();
    }
    text
}

/// Issues the months one after the other.
fn issue(
    desk: &mut Desk,
    data: &str,
    months: std::ops::RangeInclusive<usize>,
) -> Result<(), String> {
    for month in months {
        let when = format!("2026-{month:02}");
        let issued = desk.close(data, &when, "2026-12-01");
        issued.map_err(|obstacles| format!("{when}: {obstacles:?}"))?;
    }
    Ok(())
}

fn sums_are_statements(desk: &Desk, data: &str) -> Result<(), String> {
    let sums = desk.sums();
    for (month, lines) in desk.statements(data) {
        let Some(sum) = sums.get(&month) else {
            continue;
        };
        if *sum != total(&lines) {
            return Err(format!(
                "{month}: the documents sum to {sum}, the statement is {}\n{data}",
                total(&lines)
            ));
        }
    }
    Ok(())
}

/// What is issued sums to the last revision's statements; twice issues nothing; there and back nets to zero; unchanged
/// lines are not touched; and the books verify.
fn holds(choices: &mut Choices<'_>) -> Result<(), String> {
    let words = if choices.once_in(2) { NEW } else { NEXT };
    let mut desk = Desk::new(&contract(words));
    let months = usize::try_from(choices.between(1, 10)).unwrap();
    let issued = usize::try_from(choices.between(1, i64::try_from(months).unwrap())).unwrap();
    let first = draw(choices, months);
    let mut data = csv(&first);
    issue(&mut desk, &data, 1..=issued)?;
    sums_are_statements(&desk, &data)?;
    for _ in 0..2 {
        let cells = corrected(choices, &first);
        // Months that were not issued yet stay as they are.
        let cells: Cells = cells
            .iter()
            .take(issued)
            .chain(first.iter().skip(issued))
            .copied()
            .collect();
        let before = desk.sums();
        data = csv(&cells);
        let by = choices.maybe(4, |choices| {
            choices.pick(&[Mode::NextInvoice, Mode::NewInvoice])
        });
        let documents = desk
            .restate(&data, &on("2026-12-02", by))
            .map_err(|all| format!("{all:?}"))?;
        for document in &documents {
            if document.kind == DocumentKind::Correction {
                untouched(&document.lines)?;
            }
        }
        sums_are_statements(&desk, &data)?;
        let again = desk
            .restate(&data, &on("2026-12-02", by))
            .map_err(|all| format!("{all:?}"))?;
        if !again.is_empty() {
            return Err(format!("restating twice issued {} documents", again.len()));
        }
        if choices.once_in(3) {
            // Back to the first data.
            data = csv(&first);
            desk.restate(&data, &on("2026-12-03", by))
                .map_err(|all| format!("{all:?}"))?;
            let first_sums = desk.statements(&data);
            for (month, sum) in desk.sums() {
                if total(&first_sums[&month]) != sum {
                    return Err(format!(
                        "{month}: there and back left {sum}; before it was {:?}",
                        before.get(&month)
                    ));
                }
            }
        }
    }
    if issued < months {
        let next = issued + 1;
        issue(&mut desk, &data, next..=next)?;
        if !desk.books().waiting().0.is_empty() {
            return Err("the next invoice left a correction behind".to_owned());
        }
        sums_are_statements(&desk, &data)?;
    }
    desk.is_whole();
    Ok(())
}

fn untouched(lines: &[LinePart]) -> Result<(), String> {
    let unchanged = lines.iter().find(|line| {
        let corrected = line
            .corrected
            .as_ref()
            .expect("a correction says what it corrects");
        let difference = corrected.after.exact().subtract(corrected.before.exact());
        line.amount.exact() == &Exact::zero() || *line.amount.exact() != difference
    });
    match unchanged {
        Some(line) => Err(format!(
            "the line {} is on a correction and does not change",
            line.name
        )),
        None => Ok(()),
    }
}

#[test]
fn corrections_settle_exactly_what_changed() {
    law(48, holds);
}
