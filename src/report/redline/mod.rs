//! Two texts of a contract side by side: the clauses that changed, and what each past month comes to under both.

pub mod html;
pub mod json;
pub mod text;

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::ledger::{LineKind, Notice, Statement};
use crate::prove::Proofs;
use crate::quantity::{Currency, Exact};

/// Two texts of a contract, compared.
#[derive(Debug)]
pub struct Redline {
    /// The text as it is.
    pub old: TextOf,
    /// The text as it is to be.
    pub new: TextOf,
    /// The clauses that differ: changed and removed ones in the order of the old text, then the added ones.
    pub clauses: Vec<ClauseChange>,
    /// The past months under both texts, if data was given.
    pub money: Option<Money>,
    /// The most that the change can cost in any month, if that was asked.
    pub proofs: Option<Proofs>,
}

/// One of the two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextOf {
    /// Its file.
    pub file: String,
    /// The contract's name.
    pub contract: String,
    /// Its title.
    pub title: Option<String>,
    /// The currency of its invoices.
    pub currency: Option<Currency>,
    /// Its amendments with their first months.
    pub amendments: Vec<(String, Month)>,
    /// The files that it is written in, with their SHA-256 in hexadecimal.
    pub files: Vec<(String, String)>,
}

/// A clause that is not the same in both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseChange {
    /// The words that name it: `credit old_tickets`.
    pub designation: String,
    /// The first month in which it differs; nothing if it differs from the beginning.
    pub from: Option<Month>,
    /// The last month in which it differs; nothing if it differs up to the end.
    pub until: Option<Month>,
    /// Its old words; nothing for a clause that was added.
    pub old: Option<Wording>,
    /// Its new words; nothing for a clause that was removed.
    pub new: Option<Wording>,
}

impl ClauseChange {
    /// `changed`, `added` or `removed`.
    #[must_use]
    pub fn what(&self) -> &'static str {
        match (&self.old, &self.new) {
            (Some(_), Some(_)) => "changed",
            (None, _) => "added",
            (Some(_), None) => "removed",
        }
    }

    /// `changed from 2026-04 on`
    #[must_use]
    pub fn in_words(&self) -> String {
        let what = self.what();
        match (self.from, self.until) {
            (None, None) => what.to_owned(),
            (Some(from), None) => format!("{what} from {from} on"),
            (None, Some(until)) => format!("{what} until {until}"),
            (Some(from), Some(until)) => format!("{what} from {from} to {until}"),
        }
    }
}

/// The words of a clause, with their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The clause as it is written, without the indentation that all its lines have.
    pub text: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// One of the two texts, in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The text as it is.
    Old,
    /// The text as it is to be.
    New,
}

impl Which {
    /// `old` or `new`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

/// Past months under both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The data file.
    pub file: String,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// The months, by account as it first appears, then in order.
    pub months: Vec<MonthPair>,
    /// Columns that only one of the texts knows.
    pub columns: Vec<OneSided>,
    /// Rows of the data that could not be read at all.
    pub unread: Vec<String>,
    /// Rows that are sums of others, and were left out.
    pub totals_left_out: usize,
}

/// A column of the data that only one text knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneSided {
    /// Its heading.
    pub column: String,
    /// What it holds: `Devices in care at the month's end`.
    pub title: Option<String>,
    /// The text that knows it.
    pub of: Which,
    /// Whether the data has any value of it.
    pub given: bool,
    /// Whether that text says what counts without a value.
    pub may_be_missing: bool,
}

/// A month of an account under both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthPair {
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// The month.
    pub month: Month,
    /// Under the old text.
    pub old: Under,
    /// Under the new text.
    pub new: Under,
}

/// A month under one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Under {
    /// Its invoice.
    Invoiced(Box<Statement>),
    /// Why there is none.
    Refused(Vec<String>),
}

impl Under {
    /// The invoice.
    #[must_use]
    pub fn statement(&self) -> Option<&Statement> {
        match self {
            Self::Invoiced(statement) => Some(statement),
            Self::Refused(_) => None,
        }
    }

    /// Why there is no invoice; empty if there is one.
    #[must_use]
    pub fn reasons(&self) -> &[String] {
        match self {
            Self::Invoiced(_) => &[],
            Self::Refused(reasons) => reasons,
        }
    }
}

/// A line under both texts. A line that one text does not have counts as nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePair {
    /// The stage that it comes from.
    pub kind: LineKind,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its amount under the old text.
    pub old: Option<Exact>,
    /// Its amount under the new text.
    pub new: Option<Exact>,
}

impl LinePair {
    /// New less old.
    #[must_use]
    pub fn difference(&self) -> Exact {
        let zero = Exact::zero();
        let new = self.new.as_ref().unwrap_or(&zero);
        new.subtract(self.old.as_ref().unwrap_or(&zero))
    }

    /// `vat` and its like, with the kind where the name alone could be mistaken.
    #[must_use]
    pub fn called(&self) -> String {
        match self.kind {
            LineKind::Charge | LineKind::Credit | LineKind::Bonus | LineKind::Tax => {
                self.name.clone()
            }
            _ if self.name == self.kind.key() => self.name.clone(),
            kind => format!("{} {}", kind.key().replace('_', " "), self.name),
        }
    }
}

impl MonthPair {
    /// Both invoices, if there are both and they are in one currency.
    fn both(&self) -> Option<(&Statement, &Statement)> {
        let both = self.old.statement().zip(self.new.statement());
        both.filter(|(old, new)| old.currency == new.currency)
    }

    /// New less old; nothing if one of the texts has no invoice for the month, or another currency.
    #[must_use]
    pub fn difference(&self) -> Option<Exact> {
        let (old, new) = self.both()?;
        Some(new.total.subtract(&old.total))
    }

    /// The lines under both texts, in the order of computation.
    #[must_use]
    pub fn lines(&self) -> Vec<LinePair> {
        let mut pairs: Vec<LinePair> = Vec::new();
        for (which, under) in [(Which::Old, &self.old), (Which::New, &self.new)] {
            for line in under.statement().map_or(&[][..], |one| &one.lines) {
                let known = pairs
                    .iter_mut()
                    .find(|pair| pair.kind == line.kind && pair.name == line.name);
                let amount = |pair: &mut LinePair| {
                    let place = match which {
                        Which::Old => &mut pair.old,
                        Which::New => &mut pair.new,
                    };
                    let before = place.take().unwrap_or_else(Exact::zero);
                    *place = Some(before.add(&line.amount));
                };
                match known {
                    Some(pair) => amount(pair),
                    None => {
                        let mut pair = LinePair {
                            kind: line.kind,
                            name: line.name.clone(),
                            title: line.title.clone(),
                            old: None,
                            new: None,
                        };
                        amount(&mut pair);
                        pairs.push(pair);
                    }
                }
            }
        }
        pairs.sort_by_key(|pair| pair.kind);
        pairs
    }

    /// The lines that differ.
    #[must_use]
    pub fn changed_lines(&self) -> Vec<LinePair> {
        if self.both().is_none() {
            return Vec::new();
        }
        let mut lines = self.lines();
        lines.retain(|line| !line.difference().is_zero());
        lines
    }

    /// The notices that only one of the texts gives in the month.
    #[must_use]
    pub fn notices(&self) -> Vec<(Which, &Notice)> {
        let Some((old, new)) = self.both() else {
            return Vec::new();
        };
        let says = |all: &[Notice], one: &Notice| {
            all.iter().any(|known| {
                (known.kind, &known.name, &known.text) == (one.kind, &one.name, &one.text)
            })
        };
        let gone = old.notices.iter().filter(|one| !says(&new.notices, one));
        let come = new.notices.iter().filter(|one| !says(&old.notices, one));
        gone.map(|one| (Which::Old, one))
            .chain(come.map(|one| (Which::New, one)))
            .collect()
    }

    /// Whether the two texts do not come to the same: another line or notice, or an invoice under one of them only.
    #[must_use]
    pub fn differs(&self) -> bool {
        match (&self.old, &self.new) {
            (Under::Refused(_), Under::Refused(_)) => false,
            _ if self.both().is_none() => true,
            _ => !self.changed_lines().is_empty() || !self.notices().is_empty(),
        }
    }
}

/// Sums over the months that both texts invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// How many months.
    pub months: usize,
    /// Under the old text.
    pub old: Exact,
    /// Under the new text.
    pub new: Exact,
}

impl Sums {
    /// New less old.
    #[must_use]
    pub fn difference(&self) -> Exact {
        self.new.subtract(&self.old)
    }

    fn of<'m>(months: impl Iterator<Item = &'m MonthPair>) -> Self {
        let none = Self {
            months: 0,
            old: Exact::zero(),
            new: Exact::zero(),
        };
        months
            .filter_map(MonthPair::both)
            .fold(none, |sum, (old, new)| Self {
                months: sum.months + 1,
                old: sum.old.add(&old.total),
                new: sum.new.add(&new.total),
            })
    }
}

impl Money {
    /// The sums over all accounts.
    #[must_use]
    pub fn sums(&self) -> Sums {
        Sums::of(self.months.iter())
    }

    /// The sums of each account; empty if the data has no accounts.
    #[must_use]
    pub fn by_account(&self) -> Vec<(&str, Sums)> {
        let mut names: Vec<&str> = Vec::new();
        let mut months: BTreeMap<&str, Vec<&MonthPair>> = BTreeMap::new();
        for month in &self.months {
            if let Some(account) = month.account.as_deref() {
                let of_account = months.entry(account).or_insert_with(|| {
                    names.push(account);
                    Vec::new()
                });
                of_account.push(month);
            }
        }
        let sums = |name: &str| {
            let own = months.get(name).map_or(&[][..], Vec::as_slice);
            Sums::of(own.iter().copied())
        };
        names.into_iter().map(|name| (name, sums(name))).collect()
    }

    /// The sum of each line over the months that both texts invoice, for the lines that differ in any month.
    #[must_use]
    pub fn by_line(&self) -> Vec<(LinePair, usize)> {
        let mut sums: Vec<(LinePair, usize)> = Vec::new();
        for month in self.months.iter().filter(|month| month.both().is_some()) {
            for line in month.lines() {
                let differs = usize::from(!line.difference().is_zero());
                let known = sums
                    .iter_mut()
                    .find(|(known, _)| known.kind == line.kind && known.name == line.name);
                match known {
                    Some((known, months)) => {
                        known.old = plus(known.old.take(), line.old);
                        known.new = plus(known.new.take(), line.new);
                        *months += differs;
                    }
                    None => sums.push((line, differs)),
                }
            }
        }
        sums.retain(|(_, months)| *months > 0);
        sums.sort_by_key(|(line, _)| line.kind);
        sums
    }

    /// The months that differ.
    pub fn differing(&self) -> impl Iterator<Item = &MonthPair> {
        self.months.iter().filter(|month| month.differs())
    }

    /// The months without an invoice under at least one text.
    pub fn refused(&self) -> impl Iterator<Item = &MonthPair> {
        let refused =
            |month: &&MonthPair| month.old.statement().is_none() || month.new.statement().is_none();
        self.months.iter().filter(refused)
    }
}

fn plus(one: Option<Exact>, other: Option<Exact>) -> Option<Exact> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.add(&other)),
        (one, other) => one.or(other),
    }
}

/// What is to be said about a column that only one text knows.
fn about_column(column: &OneSided) -> String {
    let title = column.title.as_ref();
    let title = title.map_or_else(String::new, |title| format!(" ({title})"));
    let of = column.of.word();
    let rest = match (column.given, column.may_be_missing) {
        (true, _) => "and the data has it".to_owned(),
        (false, true) => {
            "and the data has no value of it; that text says what counts then".to_owned()
        }
        (false, false) => format!(
            "and the data has no value of it: months that need it have no invoice under the {of} text"
        ),
    };
    format!(
        "only the {of} text has the input `{}`{title}, {rest}",
        column.column
    )
}

/// Whether the two texts have different currencies, so that no differences can be stated.
fn other_currency(redline: &Redline) -> bool {
    redline.old.currency != redline.new.currency
}
