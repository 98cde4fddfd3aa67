//! Issued documents as transactions, by the accounts that the configuration names.

use crate::config::{Journal, Side, looked_up};
use crate::quantity::Exact;
use crate::report::document::{Document, DocumentKind, LinePart};
use crate::report::journal::{Posting, Transaction};

use super::Obstacle;

/// The key of the account that has what is owed.
const BALANCE: &str = "balance";

/// The transactions of all invoices and credit notes. Provisional statements are nothing owed, and corrections are on the
/// invoices that settle them.
///
/// # Errors
/// The lines that no account is named for.
pub fn transactions<'d>(
    documents: impl IntoIterator<Item = &'d Document>,
    journal: &Journal,
) -> Result<Vec<Transaction>, Vec<Obstacle>> {
    let mut transactions = Vec::new();
    let mut obstacles: Vec<Obstacle> = Vec::new();
    for document in documents {
        if !matches!(
            document.kind,
            DocumentKind::Invoice | DocumentKind::CreditNote
        ) {
            continue;
        }
        match transaction(document, journal) {
            Ok(transaction) => transactions.push(transaction),
            Err(obstacle) if obstacles.contains(&obstacle) => {}
            Err(obstacle) => obstacles.push(obstacle),
        }
    }
    if obstacles.is_empty() {
        Ok(transactions)
    } else {
        Err(obstacles)
    }
}

fn transaction(document: &Document, journal: &Journal) -> Result<Transaction, Obstacle> {
    let contract = &document.contract.name;
    let signed = |amount: &Exact| match journal.side {
        Side::Customer => amount.clone(),
        Side::Supplier => amount.negate(),
    };
    let mut postings = Vec::new();
    for line in &document.lines {
        if line.amount.exact().is_zero() {
            continue;
        }
        let asked = |table| looked_up(table, contract, &line.name, &line.kind).map(str::to_owned);
        postings.push(Posting {
            account: asked(&journal.accounts).ok_or_else(|| unnamed(line))?,
            amount: line.amount.with(signed(line.amount.exact())),
            currency: document.currency.clone(),
            period: line.period,
            line: Some(line.name.clone()),
            kind: Some(line.kind.clone()),
            cost_centre: asked(&journal.cost_centres),
            tax_code: asked(&journal.tax_codes),
        });
    }
    let balance = looked_up(&journal.accounts, contract, BALANCE, BALANCE).ok_or_else(|| {
        Obstacle::new(
            "no account is named for what is owed",
            "write `balance = \"Liabilities:Payable\"` into `[journal.accounts]` of `quidpro.toml`",
        )
    })?;
    postings.push(Posting {
        account: balance.to_owned(),
        amount: document
            .total
            .with(signed(&document.total.exact().negate())),
        currency: document.currency.clone(),
        period: document.month,
        line: None,
        kind: None,
        cost_centre: None,
        tax_code: None,
    });
    for posting in &postings {
        check(&posting.account)?;
    }
    let party = match journal.side {
        Side::Customer => &document.contract.supplier,
        Side::Supplier => &document.contract.customer,
    };
    Ok(Transaction {
        date: document.date.unwrap_or_default(),
        title: document.kind.title(),
        number: document.number.clone().unwrap_or_default(),
        party: party
            .as_ref()
            .map(|party| party.name.clone())
            .unwrap_or_default(),
        contract: contract.clone(),
        account: document.account.clone(),
        month: document.month,
        postings,
    })
}

fn unnamed(line: &LinePart) -> Obstacle {
    Obstacle::new(
        format!("no account is named for the line `{}`", line.name),
        format!(
            "write `{} = \"Expenses:…\"` into `[journal.accounts]` of `quidpro.toml`, or `{} = \"Expenses:…\"` for all lines of that kind",
            key(&line.name),
            line.kind
        ),
    )
}

/// A key of TOML; one with a point is in quotation marks.
fn key(name: &str) -> String {
    if name.contains('.') {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

/// Refuses a name that the programs would read as something else: parts are separated by single colons, and two blanks end
/// a name.
fn check(account: &str) -> Result<(), Obstacle> {
    let part = |part: &str| {
        let first = part.chars().next();
        first.is_some_and(|first| first.is_uppercase() || first.is_ascii_digit())
            && part
                .chars()
                .all(|sign| sign.is_alphanumeric() || sign == '-')
    };
    if account.split(':').all(part) {
        return Ok(());
    }
    Err(Obstacle::new(
        format!("`{account}` is not the name of an account that the journal's programs read"),
        "write parts that begin with a capital letter or a digit, have letters, digits and `-`, and are separated by `:`, such as `Expenses:Support`",
    ))
}
