//! What the close of a month shows beside the document: other months, the budget, questions, and what a restatement
//! changes.

use crate::calendar::Month;
use crate::quantity::{Exact, group_digits};
use crate::report::document::Amount;
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::hanging;
use crate::report::statement::table::{Cell, Entry, Row, Table};

/// A line beside what it was and what was planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonLine {
    /// What people call it.
    pub title: String,
    /// This month.
    pub now: Amount,
    /// The month before; nothing if it was not computed.
    pub before: Option<Amount>,
    /// January to this month.
    pub year: Amount,
    /// What was planned for this month; nothing if the budget has no amount for it.
    pub budget: Option<Amount>,
}

/// A month beside others. The last line is the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The month before, if it was computed.
    pub before: Option<Month>,
    /// The first month of the year so far.
    pub since: Month,
    /// Months of the year so far that were not computed and are not in its sums.
    pub left_out: Vec<Month>,
    /// Whether there is a budget.
    pub has_budget: bool,
    /// The lines.
    pub lines: Vec<ComparisonLine>,
}

/// A line that a restatement changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestatedLine {
    /// The month.
    pub month: Month,
    /// What people call the line.
    pub title: String,
    /// The amount as it was invoiced.
    pub before: Amount,
    /// The amount now.
    pub after: Amount,
    /// The difference.
    pub change: Amount,
    /// What it comes from, in words.
    pub causes: Vec<String>,
}

/// A month beside the one before it, the year so far and the budget.
#[must_use]
pub fn comparison(comparison: &Comparison) -> String {
    let mut table = Table {
        titles: [
            "This month",
            "Last month",
            "Change",
            "Year to date",
            "Budget",
            "Over budget",
        ],
        entries: vec![Entry::Rule('─')],
    };
    let count = comparison.lines.len();
    for (at, line) in comparison.lines.iter().enumerate() {
        if at + 1 == count {
            table.entries.push(Entry::Rule('─'));
        }
        table.entries.push(compared(line));
    }
    table.entries.push(Entry::Rule('═'));
    let mut out = table.render();
    if comparison.before.is_none() {
        out.push_str("There is no month before it in the data.\n");
    }
    if let Some(months) = listed(&comparison.left_out) {
        out.push_str(&hanging("", &format!("The year to date is without {months}, which the data does not have or which has no invoice.")));
    }
    out
}

fn compared(line: &ComparisonLine) -> Entry<6> {
    let less = |one: &Amount, other: &Amount| one.with(one.exact().subtract(other.exact()));
    let cell = |amount: Option<&Amount>| amount.map(|one| Cell::new(&grouped(one), ""));
    let signed = |amount: Option<Amount>| amount.map(|one| Cell::new(&with_sign(&one), ""));
    let change = line.before.as_ref().map(|before| less(&line.now, before));
    let over = line.budget.as_ref().map(|budget| less(&line.now, budget));
    Entry::Row(Row {
        depth: 0,
        label: vec![on_one_line(&line.title)],
        cells: [
            cell(Some(&line.now)),
            cell(line.before.as_ref()),
            signed(change),
            cell(Some(&line.year)),
            cell(line.budget.as_ref()),
            signed(over),
        ],
    })
}

/// What a restatement changes, line by line, with the sum.
#[must_use]
pub fn restatement(lines: &[RestatedLine]) -> String {
    let mut table = Table {
        titles: ["As invoiced", "Now", "Change"],
        entries: vec![Entry::Rule('─')],
    };
    let mut month = None;
    for line in lines {
        if month != Some(line.month) {
            table.entries.push(Entry::Heading(line.month.to_string()));
            month = Some(line.month);
        }
        table.entries.push(Entry::Row(Row {
            depth: 1,
            label: vec![on_one_line(&line.title)],
            cells: [
                Some(Cell::new(&grouped(&line.before), "")),
                Some(Cell::new(&grouped(&line.after), "")),
                Some(Cell::new(&with_sign(&line.change), "")),
            ],
        }));
        let causes = line.causes.iter();
        table
            .entries
            .extend(causes.map(|cause| Entry::Remark(3, on_one_line(cause))));
    }
    if let Some(first) = lines.first() {
        let changes = lines.iter().map(|line| line.change.exact());
        let sum = changes.fold(Exact::zero(), |sum, change| sum.add(change));
        table.entries.push(Entry::Rule('─'));
        table.entries.push(Entry::Row(Row {
            depth: 0,
            label: vec!["Together".to_owned()],
            cells: [
                None,
                None,
                Some(Cell::new(&with_sign(&first.change.with(sum)), "")),
            ],
        }));
    }
    table.entries.push(Entry::Rule('═'));
    table.render()
}

/// A heading with a list below it; nothing for an empty list.
#[must_use]
pub fn list(title: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items = items.iter().map(|item| hanging("  - ", &on_one_line(item)));
    format!("\n{title}\n{}", items.collect::<String>())
}

fn grouped(amount: &Amount) -> String {
    group_digits(&amount.plain(), ' ')
}

fn with_sign(amount: &Amount) -> String {
    let text = grouped(amount);
    if amount.exact().is_negative() || amount.exact().is_zero() {
        text
    } else {
        format!("+{text}")
    }
}

fn listed(months: &[Month]) -> Option<String> {
    let names: Vec<String> = months.iter().map(ToString::to_string).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    }
}
