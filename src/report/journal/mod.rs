//! Issued documents as journals of double entry, in the formats of programs that keep accounts.

pub mod beancount;
pub mod csv;
pub mod hledger;

use crate::calendar::{Date, Month};
use crate::report::document::Amount;

/// One document as it is posted. The postings sum to zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// Its day.
    pub date: Date,
    /// `Invoice`.
    pub title: &'static str,
    /// Its number.
    pub number: String,
    /// The other party.
    pub party: String,
    /// The contract.
    pub contract: String,
    /// The account of the data, if it has accounts.
    pub account: Option<String>,
    /// The month that it is about.
    pub month: Month,
    /// What is posted; the last posting is what is owed.
    pub postings: Vec<Posting>,
}

/// One amount on one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The account.
    pub account: String,
    /// The amount.
    pub amount: Amount,
    /// Its currency.
    pub currency: String,
    /// The month that the line belongs to.
    pub period: Month,
    /// The line of the document; nothing for what is owed.
    pub line: Option<String>,
    /// The kind of the line.
    pub kind: Option<String>,
    /// The cost centre.
    pub cost_centre: Option<String>,
    /// The tax code.
    pub tax_code: Option<String>,
}

impl Transaction {
    /// What it is about, in one line.
    fn words(&self) -> String {
        let account = self.account.iter().map(|account| format!(", {account}"));
        format!(
            "{} {} for {}, {}{}",
            self.title,
            self.number,
            self.month,
            self.contract,
            account.collect::<String>()
        )
    }
}

impl Posting {
    /// What is said beside the amount.
    fn remarks(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("period", self.period.to_string())];
        let more = [
            ("line", &self.line),
            ("kind", &self.kind),
            ("cost-centre", &self.cost_centre),
            ("tax-code", &self.tax_code),
        ];
        all.extend(
            more.into_iter()
                .filter_map(|(name, value)| Some((name, value.clone()?))),
        );
        all
    }
}

/// Each account with its currencies, in the order of their names.
fn accounts(transactions: &[Transaction]) -> Vec<(&str, Vec<&str>)> {
    let mut all: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
    for posting in transactions
        .iter()
        .flat_map(|transaction| &transaction.postings)
    {
        let currencies = all.entry(&posting.account).or_default();
        if !currencies.contains(&posting.currency.as_str()) {
            currencies.push(&posting.currency);
        }
    }
    all.into_iter().collect()
}

/// What is owed after all documents: by account and currency.
fn balances(transactions: &[Transaction]) -> Vec<(String, String, Amount)> {
    let mut all: Vec<(String, String, Amount)> = Vec::new();
    for posting in transactions
        .iter()
        .filter_map(|transaction| transaction.postings.last())
    {
        let known = all.iter_mut().find(|(account, currency, _)| {
            *account == posting.account && *currency == posting.currency
        });
        match known {
            Some((_, _, sum)) => *sum = sum.with(sum.exact().add(posting.amount.exact())),
            None => all.push((
                posting.account.clone(),
                posting.currency.clone(),
                posting.amount.clone(),
            )),
        }
    }
    all
}
