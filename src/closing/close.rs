//! Closing a month: what is issued, and what keeps it from being issued.

use crate::calendar::{Date, Month};
use crate::data::Row;
use crate::report::document::{ContractPart, Document, DocumentKind, LinePart, PartyPart};

use super::Obstacle;
use super::account::{AccountBooks, Placed, is_same, preceding, sum};
use super::snapshot::cells;
use super::subject::{Computed, Subject};

/// A month that is ready to be issued, or not.
#[derive(Clone, Debug)]
pub struct Closing {
    /// What would be issued, with what corrections left for this invoice. Number, date and names come with
    /// [`finish`].
    pub document: Document,
    /// The document, if the books already have it.
    pub issued: Option<Placed>,
    /// What keeps it from being issued.
    pub obstacles: Vec<Obstacle>,
    /// What a person should look at first.
    pub questions: Vec<String>,
}

/// What a person adds to a document when it is issued.
#[derive(Clone, Debug)]
pub struct Finishing {
    /// An invoice, or a provisional statement.
    pub kind: DocumentKind,
    /// Its number.
    pub number: String,
    /// The day.
    pub date: Date,
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
}

/// Closes a month of an account; nothing if the month has no statement.
#[must_use]
pub fn close(
    subject: &Subject<'_>,
    (rows, computed): (&[Row], &[Computed]),
    month: Month,
    books: &AccountBooks,
    kind: DocumentKind,
) -> Option<Closing> {
    let statement = computed.iter().find(|one| one.month == month)?;
    let mut document = statement.document()?.clone();
    document.data.snapshot = match subject.snapshot(rows, month) {
        Ok(snapshot) => super::digest(snapshot.to_json().as_bytes()),
        Err(_) => String::new(),
    };
    let mut closing = Closing {
        issued: None,
        obstacles: Vec::new(),
        questions: Vec::new(),
        document,
    };
    closing.one_contract(books);
    closing.readable(subject, rows, month);
    closing.as_issued(subject, rows, computed, month, books);
    match (books.months.get(&month), kind) {
        (Some(issued), _) => {
            let placed = books
                .documents
                .iter()
                .find(|placed| preceding(&placed.document) == issued.invoice);
            closing.issued = placed.cloned();
        }
        (None, DocumentKind::Provisional) => closing.provisional(month, books),
        (None, _) => {
            closing.in_order(subject, month, books);
            closing.carry(books);
            if let Some(provisional) = books.provisional.get(&month) {
                closing
                    .document
                    .preceding
                    .push(preceding(&provisional.document));
            }
        }
    }
    closing.ask(computed, month, books);
    Some(closing)
}

/// The document as it is issued.
#[must_use]
pub fn finish(document: &Document, finishing: Finishing) -> Document {
    let days = document.contract.due_in_days.map(i64::from);
    let due = days.filter(|_| finishing.kind == DocumentKind::Invoice);
    let due = due.and_then(|days| {
        let days = jiff::Span::new().try_days(days).ok()?;
        finishing.date.checked_add(days).ok()
    });
    Document {
        kind: finishing.kind,
        number: Some(finishing.number),
        date: Some(finishing.date),
        due,
        prepared_by: finishing.prepared_by,
        approved_by: finishing.approved_by,
        ..document.clone()
    }
}

impl Closing {
    /// Books tell contracts apart by their names, so one name is one contract.
    fn one_contract(&mut self, books: &AccountBooks) {
        let Some(known) = books.documents.last() else {
            return;
        };
        let (known, own) = (&known.document.contract, &self.document.contract);
        let name = |party: &Option<PartyPart>| party.as_ref().map(|party| party.name.clone());
        let parties =
            |contract: &ContractPart| (name(&contract.customer), name(&contract.supplier));
        if known.first_day != own.first_day || parties(known) != parties(own) {
            self.obstacles.push(Obstacle::new(
                format!(
                    "the books already have a contract `{}` with other parties or another first day",
                    own.name
                ),
                "use other books for this one, or give it another name",
            ));
        }
    }

    /// All cells up to the month must be readable: the books keep them, and a later month may look back at them.
    fn readable(&mut self, subject: &Subject<'_>, rows: &[Row], month: Month) {
        let Err(problems) = subject.snapshot(rows, month) else {
            return;
        };
        let first = problems
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        let message = match problems.len() {
            1 => format!("a cell of an earlier month cannot be read: {first}"),
            many => {
                format!("{many} cells of earlier months cannot be read, the first one: {first}")
            }
        };
        self.obstacles.push(Obstacle::new(
            message,
            "correct the data; what is issued rests on all months before it",
        ));
    }

    /// The months that were invoiced must still come out as they were.
    fn as_issued(
        &mut self,
        subject: &Subject<'_>,
        rows: &[Row],
        computed: &[Computed],
        month: Month,
        books: &AccountBooks,
    ) {
        for (when, issued) in books.months.range(..=month) {
            let row = rows.iter().find(|row| row.month == *when);
            let Some(row) = row else {
                self.obstacles.push(Obstacle::new(
                    format!("{when} was invoiced, and the data no longer has it"),
                    format!(
                        "add the row of {when} again; a month that was invoiced is never left out"
                    ),
                ));
                continue;
            };
            if values(&cells(&subject.schema, row)) != values(&issued.cells) {
                self.obstacles.push(Obstacle::new(
                    format!("the data of {when} is no longer what was invoiced"),
                    "run `quidpro restate`, which shows what that changes and corrects it by the contract's words",
                ));
                continue;
            }
            let now = computed.iter().find(|one| one.month == *when);
            let now = now
                .and_then(Computed::document)
                .map(|one| one.lines.as_slice());
            if now.is_none_or(|now| !is_same(now, &issued.lines)) {
                self.obstacles.push(Obstacle::new(
                    format!("{when} no longer comes to what was invoiced, although its data is the same"),
                    "run `quidpro restate`, which says what causes it: an earlier month, the text, or the program",
                ));
            }
        }
    }

    /// Months are issued one after the other.
    fn in_order(&mut self, subject: &Subject<'_>, month: Month, books: &AccountBooks) {
        let (Some(first), Some(last)) = (books.first(), books.last()) else {
            return;
        };
        let term = subject.checked.contract.term;
        let next = last.plus(1);
        if month < first {
            self.obstacles.push(Obstacle::new(
                format!("the books of this account begin with {first}, and {month} is before that"),
                "use other books for earlier months",
            ));
        } else if month > next && term.is_none_or(|term| term.has_month(next)) {
            self.obstacles.push(Obstacle::new(
                format!("{next} was not issued yet, and comes before {month}"),
                format!("issue {next} first: what later months come to can depend on it"),
            ));
        }
    }

    /// Adds what corrections left for this invoice.
    fn carry(&mut self, books: &AccountBooks) {
        let (lines, documents) = books.waiting();
        if lines.is_empty() {
            return;
        }
        let total = self.document.total.exact().add(&sum(&lines));
        self.document.total = self.document.total.with(total);
        self.document.lines.extend(lines);
        self.document.preceding.extend(documents);
    }

    /// A provisional statement is stated again where something in it changed.
    fn provisional(&mut self, month: Month, books: &AccountBooks) {
        let Some(last) = books.provisional.get(&month) else {
            return;
        };
        let same = is_same(&last.document.lines, &self.document.lines)
            && values(&last.document.data.cells) == values(&self.document.data.cells);
        if same {
            self.issued = Some(last.clone());
        } else {
            self.document.revision = last.document.revision + 1;
            self.document.preceding.push(preceding(&last.document));
        }
    }

    /// What a person should look at before the month is issued.
    fn ask(&mut self, computed: &[Computed], month: Month, books: &AccountBooks) {
        let missing = self.document.data.cells.iter();
        let missing: Vec<&str> = missing
            .filter(|cell| cell.value.is_none())
            .map(|cell| cell.column.as_str())
            .collect();
        if !missing.is_empty() {
            self.questions.push(format!(
                "no value for {}; the contract says what counts instead",
                missing.join(", ")
            ));
        }
        if books.months.is_empty() {
            let earlier = computed.iter().filter(|one| one.month < month).count();
            if earlier > 0 {
                let (months, are) = if earlier == 1 {
                    ("month", "is")
                } else {
                    ("months", "are")
                };
                self.questions.push(format!(
                    "the books of this account begin with {month}; {earlier} earlier {months} of the data {are} only looked back at"
                ));
            }
        }
        let months = computed
            .iter()
            .map(|one| one.month)
            .filter(|one| *one <= month);
        let months: Vec<Month> = months.collect();
        for pair in months.windows(2) {
            if let [one, next] = pair
                && next.since(*one) > 1
            {
                self.questions.push(format!(
                    "the data has no row for {}, between months that it has",
                    one.plus(1)
                ));
            }
        }
        let refused = computed
            .iter()
            .filter(|one| one.month < month && one.document().is_none());
        for one in refused {
            self.questions.push(format!("{} has no invoice", one.month));
        }
        let carried: Vec<&LinePart> = self
            .document
            .lines
            .iter()
            .filter(|line| line.period != self.document.month)
            .collect();
        if !carried.is_empty() {
            let mut months: Vec<String> =
                carried.iter().map(|line| line.period.to_string()).collect();
            months.dedup();
            self.questions.push(format!(
                "corrections of {} are on this invoice",
                months.join(", ")
            ));
        }
        if self.document.total.exact().is_negative() {
            self.questions
                .push("the total is in the customer's favour".to_owned());
        }
    }
}

/// The values of cells, without those that are missing.
pub(super) fn values(cells: &[crate::report::document::CellPart]) -> Vec<(&str, &str)> {
    let mut values: Vec<(&str, &str)> = cells
        .iter()
        .filter_map(|cell| Some((cell.column.as_str(), cell.value.as_deref()?)))
        .collect();
    values.sort_unstable();
    values
}
