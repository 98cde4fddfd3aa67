//! What would have avoided a credit or reached a bonus: the smallest change of one KPI.

use serde_json::{Value as Json, json};

use crate::calendar::Month;
use crate::ledger::LineKind;
use crate::quantity::{Currency, Exact, Figure};
use crate::report::amount::{grouped, plain};
use crate::report::escape::json::pretty;
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::hanging;
use crate::report::wire::Value;

/// What one change of a KPI would have done in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyNot {
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// The month.
    pub month: Month,
    /// The currency of the amounts.
    pub currency: Currency,
    /// The total as invoiced.
    pub total: Exact,
    /// The credits that were taken off, and the bonuses that were not reached.
    pub lines: Vec<Unwanted>,
}

/// A credit that was taken off, or a bonus that was not reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwanted {
    /// Credit or bonus.
    pub kind: LineKind,
    /// Its name.
    pub name: String,
    /// Its amount on the statement.
    pub amount: Exact,
    /// The changes of one KPI that would have been enough, the smallest of each KPI.
    pub changes: Vec<Enough>,
}

/// A change of one KPI that would have been enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enough {
    /// The KPI, with its member if it has several: `speed.german`.
    pub metric: String,
    /// Its value.
    pub now: Figure,
    /// The value closest to that which would have been enough, among the edges that the contract states.
    pub enough: Figure,
    /// The line with it.
    pub amount: Exact,
    /// The total with it.
    pub total: Exact,
}

/// For people.
#[must_use]
pub fn text(why: &WhyNot) -> String {
    let amount = |amount: &Exact| format!("{} {}", grouped(amount, why.currency), why.currency);
    let account = why
        .account
        .as_ref()
        .map_or_else(String::new, |account| format!(", account {account}"));
    let mut out = format!(
        "What would have changed the statement of {}{}\n",
        why.month,
        on_one_line(&account)
    );
    if why.lines.is_empty() {
        out += "\nNo credit was taken off, and no bonus was missed.\n";
    }
    for line in &why.lines {
        let kind = line.kind.key();
        out += &format!(
            "\n{kind} {}  {}\n",
            on_one_line(&line.name),
            amount(&line.amount)
        );
        let verb = if line.kind == LineKind::Bonus {
            "reached"
        } else {
            "avoided"
        };
        for change in &line.changes {
            let words = format!(
                "{verb} with `{}` at {} instead of {}: {kind} {}, total {} instead of {}",
                change.metric,
                change.enough,
                change.now,
                amount(&change.amount),
                amount(&change.total),
                amount(&why.total)
            );
            out += &hanging("  ", &on_one_line(&words));
        }
        if line.changes.is_empty() {
            out += &hanging(
                "  ",
                &format!("no change of a single KPI in this month would have {verb} it"),
            );
        }
    }
    out += "\nEverything else stays as it was. The values tried are the edges that the contract states, and values close to them.\n";
    out
}

/// For programs: `docs/schema/why-not.schema.json`.
#[must_use]
pub fn json(contract: &str, why: &WhyNot) -> String {
    let amount = |amount: &Exact| plain(amount, why.currency);
    let change = |one: &Enough| -> Json {
        json!({
            "kpi": one.metric,
            "now": Value::from(&one.now),
            "enough": Value::from(&one.enough),
            "amount": amount(&one.amount),
            "total": amount(&one.total),
        })
    };
    let lines = why.lines.iter().map(|line| {
        json!({
            "kind": line.kind.key(),
            "line": line.name,
            "amount": amount(&line.amount),
            "changes": line.changes.iter().map(change).collect::<Vec<_>>(),
        })
    });
    pretty(&json!({
        "schema_version": 1,
        "contract": contract,
        "account": why.account,
        "month": why.month.to_string(),
        "currency": why.currency.code(),
        "total": amount(&why.total),
        "lines": lines.collect::<Vec<_>>(),
    }))
}
