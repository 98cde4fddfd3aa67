//! A journal for hledger. It declares its accounts and commodities, so that `check --strict` accepts it, and asserts what
//! is owed at the end.

use std::collections::BTreeSet;

use crate::report::escape::terminal::on_one_line;

use super::{Transaction, accounts, balances};

/// The journal. hledger reads transactions in the order of their days.
#[must_use]
pub fn render(transactions: &[Transaction]) -> String {
    let mut out = String::from("; written by quidpro journal from the books\n");
    let postings = transactions.iter().flat_map(|one| &one.postings);
    let currencies: BTreeSet<(&str, usize)> = postings
        .map(|posting| {
            let plain = posting.amount.plain();
            let decimals = plain
                .split_once('.')
                .map_or(0, |(_, decimals)| decimals.len());
            (posting.currency.as_str(), decimals)
        })
        .collect();
    let mut declared = BTreeSet::new();
    for (currency, decimals) in currencies.iter().rev() {
        if declared.insert(*currency) {
            let zeros = "0".repeat(*decimals);
            out.push_str(&format!("commodity 1000.{zeros} {currency}\n"));
        }
    }
    for (account, _) in accounts(transactions) {
        out.push_str(&format!("account {account}\n"));
    }
    let mut ordered: Vec<&Transaction> = transactions.iter().collect();
    ordered.sort_by_key(|one| one.date);
    for one in &ordered {
        out.push_str(&format!(
            "\n{} * ({}) {} | {}\n",
            one.date,
            bare(&one.number).replace([')', '('], "-"),
            bare(&one.party),
            bare(&one.words())
        ));
        for posting in &one.postings {
            let remarks = posting.remarks().into_iter();
            let remarks =
                remarks.map(|(name, value)| format!("{name}:{}", bare(&value).replace(',', " ")));
            // Two blanks: after a single one the amount would belong to the name of the account.
            out.push_str(&format!(
                "    {}  {} {}  ; {}\n",
                posting.account,
                posting.amount.plain(),
                posting.currency,
                remarks.collect::<Vec<_>>().join(", ")
            ));
        }
    }
    if let Some(last) = ordered.last() {
        out.push_str(&format!(
            "\n{} * what is owed after these documents\n",
            last.date
        ));
        for (account, currency, sum) in balances(transactions) {
            let zero = sum.with(crate::quantity::Exact::zero()).plain();
            out.push_str(&format!(
                "    {account}  {zero} {currency} = {} {currency}\n",
                sum.plain()
            ));
        }
    }
    out
}

/// A text without what ends a description: a comment's sign, a bar, a line.
fn bare(text: &str) -> String {
    on_one_line(text).replace([';', '|'], " ")
}
