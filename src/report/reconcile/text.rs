//! A reconciliation for a terminal.

use crate::quantity::group_digits;
use crate::report::close::list;
use crate::report::document::Amount;
use crate::report::escape::terminal::on_one_line;
use crate::report::statement::table::{Cell, Entry, Row, Table};

use super::{Matched, Reconciliation};

/// The reconciliation.
#[must_use]
pub fn render(reconciliation: &Reconciliation) -> String {
    let ours = &reconciliation.ours;
    let title = ours.contract.title.as_ref().unwrap_or(&ours.contract.name);
    let number = reconciliation
        .number
        .as_deref()
        .unwrap_or("without a number");
    let mut out = format!(
        "{}\nInvoice {} of the supplier for {}, beside the contract\n\n",
        on_one_line(title),
        on_one_line(number),
        reconciliation.month()
    );
    let mut table = Table {
        titles: ["Contract", "Their invoice", "Difference"],
        entries: vec![Entry::Rule('─')],
    };
    for line in &reconciliation.lines {
        table.entries.push(row(
            &line.title,
            line.ours.as_ref(),
            line.theirs.as_ref(),
            &line.difference,
        ));
        table.entries.extend(remark(line));
    }
    table.entries.push(Entry::Rule('─'));
    let total = &ours.total;
    table.entries.push(row(
        "Total",
        Some(total),
        Some(&reconciliation.theirs),
        &reconciliation.difference,
    ));
    table.entries.push(Entry::Rule('═'));
    out.push_str(&table.render());
    let effects = reconciliation.effects.iter();
    let effects: Vec<String> = effects
        .map(|(effect, amount)| format!("{}: {}", effect.title(), signed(amount)))
        .collect();
    out.push_str(&list("The difference, by effect", &effects));
    if let Some(stated) = &reconciliation.stated {
        out.push_str(&format!(
            "\nTheir invoice states a total of {}, and its lines sum to {}.\n",
            shown(stated),
            shown(&reconciliation.theirs)
        ));
    }
    out.push_str(&format!(
        "\nUndisputed: {} {}\n",
        shown(&reconciliation.undisputed),
        ours.currency
    ));
    out
}

fn row(
    title: &str,
    ours: Option<&Amount>,
    theirs: Option<&Amount>,
    difference: &Amount,
) -> Entry<3> {
    let cell = |amount: Option<&Amount>| amount.map(|amount| Cell::new(&shown(amount), ""));
    Entry::Row(Row {
        depth: 0,
        label: vec![on_one_line(title)],
        cells: [
            cell(ours),
            cell(theirs),
            Some(Cell::new(&signed(difference), "")),
        ],
    })
}

fn remark(line: &Matched) -> Option<Entry<3>> {
    (!line.words.is_empty()).then(|| Entry::Remark(2, on_one_line(&line.words)))
}

pub(super) fn shown(amount: &Amount) -> String {
    group_digits(&amount.plain(), ' ')
}

pub(super) fn signed(amount: &Amount) -> String {
    let plus = !amount.exact().is_negative() && !amount.exact().is_zero();
    format!("{}{}", if plus { "+" } else { "" }, shown(amount))
}
