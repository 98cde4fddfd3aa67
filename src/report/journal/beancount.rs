//! A journal for beancount. It opens its accounts, and asserts what is owed at the end.

use crate::report::escape::terminal::on_one_line;

use super::{Transaction, accounts, balances};

/// The journal; transactions are in the order of the books.
#[must_use]
pub fn render(transactions: &[Transaction]) -> String {
    let mut out = String::from("; written by quidpro journal from the books\n");
    let Some(first) = transactions.iter().map(|one| one.date).min() else {
        return out;
    };
    for (account, currencies) in accounts(transactions) {
        out.push_str(&format!(
            "{first} open {account} {}\n",
            currencies.join(",")
        ));
    }
    for one in transactions {
        out.push_str(&format!(
            "\n{} * {} {}\n  number: {}\n",
            one.date,
            quoted(&one.party),
            quoted(&one.words()),
            quoted(&one.number)
        ));
        for posting in &one.postings {
            out.push_str(&format!(
                "  {}  {} {}\n",
                posting.account,
                posting.amount.plain(),
                posting.currency
            ));
            for (name, value) in posting.remarks() {
                out.push_str(&format!("    {name}: {}\n", quoted(&value)));
            }
        }
    }
    let last = transactions.iter().map(|one| one.date).max();
    // An assertion holds at the beginning of its day.
    if let Some(day) = last.and_then(|last| last.tomorrow().ok()) {
        out.push('\n');
        for (account, currency, sum) in balances(transactions) {
            out.push_str(&format!(
                "{day} balance {account}  {} {currency}\n",
                sum.plain()
            ));
        }
    }
    out
}

fn quoted(text: &str) -> String {
    let text = on_one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{text}\"")
}
