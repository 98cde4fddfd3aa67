//! What the books say about one account of a contract: which months were invoiced, and as what.

use std::collections::BTreeMap;

use crate::calendar::{Date, Month};
use crate::quantity::Exact;
use crate::report::document::{
    CellPart, Corrected, Document, DocumentKind, FilePart, LinePart, Preceding, Register,
};

use super::books::Entry;

/// A document with its place in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The document.
    pub document: Document,
    /// Its place.
    pub register: Register,
}

/// A month that was invoiced.
#[derive(Clone, Debug)]
pub struct IssuedMonth {
    /// The revision of its last document.
    pub revision: u32,
    /// Its lines, as they were last stated.
    pub lines: Vec<LinePart>,
    /// Its lines as far as they are on an invoice: `lines` without the corrections that wait for the next one.
    pub billed: Vec<LinePart>,
    /// The day of its first invoice.
    pub issued: Date,
    /// The invoice that has its lines now.
    pub invoice: Preceding,
    /// The document that stated it last.
    pub last: Preceding,
    /// The month's data.
    pub cells: Vec<CellPart>,
    /// The rows that it was computed from.
    pub snapshot: String,
    /// The texts that it was computed under.
    pub files: Vec<FilePart>,
    /// The amendment that it was computed under.
    pub amendment: Option<String>,
    /// The version of the program.
    pub program: String,
}

/// What the books say about one account.
#[derive(Clone, Debug, Default)]
pub struct AccountBooks {
    /// The months that were invoiced.
    pub months: BTreeMap<Month, IssuedMonth>,
    /// The last provisional statement of each month.
    pub provisional: BTreeMap<Month, Placed>,
    /// All its documents, in the order of the books.
    pub documents: Vec<Placed>,
}

impl AccountBooks {
    /// Reads the entries of a contract's account; others are passed over.
    pub fn of<'e>(
        contract: &str,
        account: Option<&str>,
        entries: impl IntoIterator<Item = &'e Entry>,
    ) -> Self {
        let mut books = Self::default();
        for entry in entries {
            let Some(document) = entry.document() else {
                continue;
            };
            if document.contract.name == contract && document.account.as_deref() == account {
                books.add(Placed {
                    document: document.clone(),
                    register: entry.register(),
                });
            }
        }
        books
    }

    /// Adds the next document.
    pub fn add(&mut self, placed: Placed) {
        let document = &placed.document;
        match document.kind {
            DocumentKind::Invoice => self.invoice(document),
            DocumentKind::Correction => self.correction(document),
            DocumentKind::Provisional => {
                self.provisional.insert(document.month, placed.clone());
            }
            // A credit note takes back what the new invoice after it states again.
            DocumentKind::CreditNote | DocumentKind::Statement => {}
        }
        self.documents.push(placed);
    }

    fn invoice(&mut self, document: &Document) {
        if document.revision == 0 {
            // The first invoice of a month also settles what was still to be corrected.
            for month in self.months.values_mut() {
                month.billed = month.lines.clone();
            }
        }
        let lines: Vec<LinePart> = document.own_lines().cloned().collect();
        let date = document.date.unwrap_or(Date::ZERO);
        let issued = self.months.get(&document.month).map(|month| month.issued);
        let reference = preceding(document);
        let month = IssuedMonth {
            revision: document.revision,
            billed: lines.clone(),
            lines,
            issued: issued.unwrap_or(date),
            invoice: reference.clone(),
            last: reference,
            cells: document.data.cells.clone(),
            snapshot: document.data.snapshot.clone(),
            files: document.contract.files.clone(),
            amendment: document.amendment.as_ref().map(|one| one.name.clone()),
            program: document.program.version.clone(),
        };
        self.months.insert(document.month, month);
    }

    fn correction(&mut self, document: &Document) {
        let Some(month) = self.months.get_mut(&document.month) else {
            return;
        };
        month.revision = document.revision;
        month.lines = document.restated.clone();
        month.last = preceding(document);
        month.cells = document.data.cells.clone();
        month.snapshot = document.data.snapshot.clone();
        month.files = document.contract.files.clone();
        month.amendment = document.amendment.as_ref().map(|one| one.name.clone());
        month.program = document.program.version.clone();
    }

    /// The first month that was invoiced.
    #[must_use]
    pub fn first(&self) -> Option<Month> {
        self.months.keys().next().copied()
    }

    /// The last month that was invoiced.
    #[must_use]
    pub fn last(&self) -> Option<Month> {
        self.months.keys().next_back().copied()
    }

    /// What corrections have left for the next invoice: lines, and the documents that they come from.
    #[must_use]
    pub fn waiting(&self) -> (Vec<LinePart>, Vec<Preceding>) {
        let mut lines = Vec::new();
        let mut documents = Vec::new();
        for month in self.months.values() {
            let open = changed(&month.billed, &month.lines);
            if !open.is_empty() {
                documents.push(month.last.clone());
                lines.extend(open);
            }
        }
        (lines, documents)
    }
}

/// How a later document names this one.
pub(super) fn preceding(document: &Document) -> Preceding {
    Preceding {
        kind: document.kind,
        number: document.number.clone(),
        date: document.date,
        month: document.month,
        revision: document.revision,
    }
}

/// Which line a line is: two of a statement can have one kind and name, so they are counted.
type Identity<'l> = (&'l str, &'l str, Option<(Month, Month)>, usize);

/// Kind, name, and the months in which the amount arose.
type Named<'l> = (&'l str, &'l str, Option<(Month, Month)>);

fn identified(lines: &[LinePart]) -> Vec<(Identity<'_>, &LinePart)> {
    let mut counts: BTreeMap<Named<'_>, usize> = BTreeMap::new();
    let each = lines.iter().map(|line| {
        let name = (line.kind.as_str(), line.name.as_str(), line.arose);
        let count = counts.entry(name).or_default();
        *count += 1;
        ((name.0, name.1, name.2, *count), line)
    });
    each.collect()
}

/// What changes between two statements of a month: a line for each line whose amount is another one, its amount the
/// difference. Lines that are the same are not touched.
#[must_use]
pub(super) fn changed(before: &[LinePart], after: &[LinePart]) -> Vec<LinePart> {
    let old: BTreeMap<Identity<'_>, &LinePart> = identified(before).into_iter().collect();
    let new = identified(after);
    let mut lines: Vec<LinePart> = Vec::new();
    for (identity, line) in &new {
        let former = old.get(identity);
        let was = former.map_or_else(Exact::zero, |line| line.amount.exact().clone());
        let was_exactly = former.map_or_else(Exact::zero, |line| line.exact.clone());
        if was != *line.amount.exact() {
            let exact = line.exact.subtract(&was_exactly);
            lines.push(correction(line, was, line.amount.exact().clone(), exact));
        }
    }
    for (identity, line) in identified(before) {
        let is_gone = !new.iter().any(|(other, _)| *other == identity);
        if is_gone && !line.amount.exact().is_zero() {
            let was = line.amount.exact().clone();
            lines.push(correction(line, was, Exact::zero(), line.exact.negate()));
        }
    }
    lines
}

fn correction(line: &LinePart, before: Exact, after: Exact, exact: Exact) -> LinePart {
    LinePart {
        exact,
        amount: line.amount.with(after.subtract(&before)),
        corrected: Some(Corrected {
            before: line.amount.with(before),
            after: line.amount.with(after),
        }),
        // They explain the amount as it now is, which is not the amount of the line.
        quantity: None,
        rate: None,
        base: None,
        base_name: None,
        cuts: Vec::new(),
        parts: Vec::new(),
        ..line.clone()
    }
}

/// The lines that take others back.
pub(super) fn taken_back(lines: &[LinePart]) -> Vec<LinePart> {
    let each = lines.iter().map(|line| LinePart {
        exact: line.exact.negate(),
        amount: line.amount.with(line.amount.exact().negate()),
        ..line.clone()
    });
    each.collect()
}

/// The sum of lines.
pub(super) fn sum(lines: &[LinePart]) -> Exact {
    let amounts = lines.iter().map(|line| line.amount.exact());
    amounts.fold(Exact::zero(), |sum, amount| sum.add(amount))
}

/// Whether two statements of a month have the same lines with the same amounts.
pub(super) fn is_same(one: &[LinePart], other: &[LinePart]) -> bool {
    changed(one, other).is_empty()
}
