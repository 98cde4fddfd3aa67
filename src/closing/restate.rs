//! Corrected or late data: which invoiced months come out differently, why, and the documents that settle it.

use std::collections::BTreeMap;

use crate::calendar::{Date, Month};
use crate::data::Row;
use crate::report::document::{
    CellPart, Change, Decision, Document, DocumentKind, LinePart, exact_of,
};

use super::Obstacle;
use super::account::{AccountBooks, IssuedMonth, changed, is_same, preceding, sum, taken_back};
use super::rule::{CorrectionRule, Mode, rule_of};
use super::snapshot::{Snapshot, cells};
use super::subject::{Computed, Result as MonthResult, Subject};

/// What corrected data changes.
#[derive(Clone, Debug)]
pub struct Restatement {
    /// The months that come out differently, or whose data is another one.
    pub months: Vec<RestatedMonth>,
    /// All cells that changed.
    pub changes: Vec<Change>,
    /// Why nothing can be issued, whatever a person decides.
    pub obstacles: Vec<Obstacle>,
}

/// An invoiced month that is stated again.
#[derive(Clone, Debug)]
pub struct RestatedMonth {
    /// The month.
    pub month: Month,
    /// What was invoiced.
    pub before: IssuedMonth,
    /// Its statement now.
    pub after: Document,
    /// The lines that change.
    pub lines: Vec<LineChange>,
    /// The cells of the month itself that changed.
    pub own: Vec<Change>,
    /// The contract's words.
    pub rule: Option<CorrectionRule>,
}

/// A line that changes, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// The difference.
    pub line: LinePart,
    /// What it comes from.
    pub causes: Vec<Cause>,
}

/// What a change comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A cell of the data.
    Cell(Change),
    /// An amendment that is in force in the month, and was not when it was invoiced.
    Amendment(String),
    /// The text of the contract, which was changed without an amendment.
    Text,
    /// The program, which computes the same text and data otherwise than it did.
    Program(String),
}

/// How a restatement is settled.
#[derive(Clone, Debug, Default)]
pub struct Settling {
    /// The day.
    pub date: Date,
    /// Where it is invoiced, if a person says so.
    pub by: Option<Mode>,
    /// Why it is corrected although the contract's time for that is over.
    pub accept_late: Option<String>,
    /// Why a change of the text without an amendment is accepted.
    pub accept_text: Option<String>,
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
}

/// Compares what was invoiced with what the rows come to now. `history` has the rows before the first invoiced month as
/// they were when it was invoiced.
#[must_use]
pub fn restate(
    subject: &Subject<'_>,
    rows: &[Row],
    books: &AccountBooks,
    history: Option<&Snapshot>,
) -> Restatement {
    let mut restatement = Restatement {
        months: Vec::new(),
        changes: Vec::new(),
        obstacles: Vec::new(),
    };
    let Some(last) = books.last() else {
        return restatement;
    };
    let count = rows.iter().take_while(|row| row.month <= last).count();
    let rows = rows.get(..count).unwrap_or_default();
    if let Err(problems) = subject.snapshot(rows, last) {
        restatement.obstacles.extend(problems.iter().map(|problem| {
            Obstacle::new(
                problem.to_string(),
                "correct the cell: what is issued rests on all months before it",
            )
        }));
        return restatement;
    }
    let former = issued_rows(subject, rows, books, history);
    restatement.changes = former.changes;
    let computed = subject.compute(rows);
    let before = OnceBefore::new(subject, &former.rows);
    for (month, issued) in &books.months {
        let Some(now) = computed.iter().find(|one| one.month == *month) else {
            restatement.obstacles.push(Obstacle::new(
                format!("{month} was invoiced, and the data has no row for it"),
                format!("add the row of {month}: a month that was invoiced is never left out"),
            ));
            continue;
        };
        let document = match &now.result {
            MonthResult::Statement(document) => document,
            MonthResult::Refused(refusal, problems) => {
                let reason = refusal.reasons.first().map(|reason| reason.message.clone());
                let reason = reason.or_else(|| problems.first().map(ToString::to_string));
                restatement.obstacles.push(Obstacle::new(
                    format!(
                        "with this data {month} has no invoice: {}",
                        reason.unwrap_or_default()
                    ),
                    "it was invoiced; correct the data so that it can be computed",
                ));
                continue;
            }
        };
        let own: Vec<Change> = restatement
            .changes
            .iter()
            .filter(|change| change.month == *month)
            .cloned()
            .collect();
        if own.is_empty() && is_same(&issued.lines, &document.lines) {
            continue;
        }
        let lines = changed(&issued.lines, &document.lines);
        let of_text = text_cause(subject, issued, document, before.lines(*month));
        let changes = &restatement.changes;
        let lines = lines.into_iter().map(|line| LineChange {
            causes: causes(&line, changes, of_text.as_ref()),
            line,
        });
        restatement.months.push(RestatedMonth {
            month: *month,
            before: issued.clone(),
            lines: lines.collect(),
            own,
            rule: rule_of(subject.contract_in(*month)),
            after: (**document).clone(),
        });
    }
    restatement
}

/// The rows as they were invoiced, and what is different now.
struct Former {
    rows: Vec<Row>,
    changes: Vec<Change>,
}

fn issued_rows(
    subject: &Subject<'_>,
    rows: &[Row],
    books: &AccountBooks,
    history: Option<&Snapshot>,
) -> Former {
    let history = history.and_then(|snapshot| snapshot.rows(&subject.schema));
    let history = history.unwrap_or_default();
    let first = books.first();
    let mut former = Former {
        rows: Vec::new(),
        changes: Vec::new(),
    };
    for row in rows {
        let now = cells(&subject.schema, row);
        let then = match books.months.get(&row.month) {
            Some(issued) => Some(issued.cells.clone()),
            None if first.is_some_and(|first| row.month < first) => history
                .iter()
                .find(|known| known.month == row.month)
                .map(|known| cells(&subject.schema, known)),
            None => None,
        };
        match then {
            Some(then) => {
                former.changes.extend(differences(row.month, &then, &now));
                former.rows.push(row_of(subject, row, &then));
            }
            None => {
                former.changes.extend(differences(row.month, &[], &now));
                former.rows.push(row.clone());
            }
        }
    }
    former
}

fn row_of(subject: &Subject<'_>, like: &Row, cells: &[CellPart]) -> Row {
    use crate::data::Cell;
    let value = |name: &str| {
        let cell = cells.iter().find(|cell| cell.column == name)?;
        exact_of(cell.value.as_deref()?)
    };
    let columns = subject.schema.columns.iter();
    Row {
        cells: columns
            .map(|column| value(&column.name).map_or(Cell::Missing, Cell::Value))
            .collect(),
        ..like.clone()
    }
}

/// The cells that have another value.
fn differences(month: Month, before: &[CellPart], after: &[CellPart]) -> Vec<Change> {
    let written = |cell: &CellPart| cell.value.is_some().then(|| cell.written.clone());
    let old: BTreeMap<&str, &CellPart> = before
        .iter()
        .map(|cell| (cell.column.as_str(), cell))
        .collect();
    let mut changes = Vec::new();
    for cell in after {
        let was = old.get(cell.column.as_str());
        if was.and_then(|was| was.value.as_ref()) != cell.value.as_ref() {
            changes.push(Change {
                month,
                column: cell.column.clone(),
                before: was.and_then(|was| written(was)),
                after: written(cell),
            });
        }
    }
    let is_gone = |cell: &&CellPart| !after.iter().any(|now| now.column == cell.column);
    for cell in before
        .iter()
        .filter(is_gone)
        .filter(|cell| cell.value.is_some())
    {
        changes.push(Change {
            month,
            column: cell.column.clone(),
            before: written(cell),
            after: None,
        });
    }
    changes
}

/// What the invoiced data comes to under the text as it is now: computed if it is asked for.
struct OnceBefore<'o, 'c> {
    subject: &'o Subject<'c>,
    rows: &'o [Row],
    computed: std::cell::OnceCell<Vec<Computed>>,
}

impl<'o, 'c> OnceBefore<'o, 'c> {
    fn new(subject: &'o Subject<'c>, rows: &'o [Row]) -> Self {
        Self {
            subject,
            rows,
            computed: std::cell::OnceCell::new(),
        }
    }

    fn lines(&self, month: Month) -> Option<&[LinePart]> {
        let computed = self
            .computed
            .get_or_init(|| self.subject.compute(self.rows));
        let one = computed.iter().find(|one| one.month == month)?;
        one.document().map(|document| document.lines.as_slice())
    }
}

/// Why the same data comes to other lines than it did, and which.
fn text_cause(
    subject: &Subject<'_>,
    issued: &IssuedMonth,
    document: &Document,
    before: Option<&[LinePart]>,
) -> Option<(Cause, Vec<LinePart>)> {
    let before = before?;
    let lines = changed(&issued.lines, before);
    if lines.is_empty() {
        return None;
    }
    let amendment = document.amendment.as_ref();
    let is_new = amendment.map(|one| &one.name) != issued.amendment.as_ref();
    let cause = match amendment {
        Some(amendment) if is_new => Cause::Amendment(match &amendment.signed {
            Some(signed) => format!("{}, signed {signed}", amendment.name),
            None => amendment.name.clone(),
        }),
        _ if issued.files.iter().all(|file| subject.files.contains(file)) => {
            Cause::Program(issued.program.clone())
        }
        _ => Cause::Text,
    };
    Some((cause, lines))
}

fn causes(
    line: &LinePart,
    changes: &[Change],
    of_text: Option<&(Cause, Vec<LinePart>)>,
) -> Vec<Cause> {
    let reaches =
        |change: &&Change| change.month <= line.period && line.columns.contains(&change.column);
    let mut causes: Vec<Cause> = changes
        .iter()
        .filter(reaches)
        .cloned()
        .map(Cause::Cell)
        .collect();
    if let Some((cause, lines)) = of_text
        && lines
            .iter()
            .any(|one| one.kind == line.kind && one.name == line.name)
    {
        causes.push(cause.clone());
    }
    causes
}

/// The documents that settle a restatement, in the order in which they are issued. `number` gives the number of the next
/// one.
///
/// # Errors
/// What keeps it from being settled.
pub fn settle(
    subject: &Subject<'_>,
    rows: &[Row],
    restatement: &Restatement,
    books: &AccountBooks,
    settling: &Settling,
    number: &mut dyn FnMut(DocumentKind) -> String,
) -> Result<Vec<Document>, Vec<Obstacle>> {
    let mut obstacles = restatement.obstacles.clone();
    let mut documents = Vec::new();
    for month in &restatement.months {
        obstacles.extend(in_time(month, settling));
        obstacles.extend(by_text(month, settling));
        let mode = match mode(subject, month, books, settling) {
            Ok(mode) => mode,
            Err(obstacle) => {
                obstacles.push(obstacle);
                continue;
            }
        };
        if !obstacles.is_empty() {
            continue;
        }
        let Ok(snapshot) = subject.snapshot(rows, month.month) else {
            continue;
        };
        let mut after = month.after.clone();
        after.data.snapshot = super::digest(snapshot.to_json().as_bytes());
        after.revision = month.before.revision + 1;
        after.date = Some(settling.date);
        after.changes = restatement
            .changes
            .iter()
            .filter(|change| change.month <= month.month)
            .cloned()
            .collect();
        after.decisions = decisions(month, settling);
        after.prepared_by.clone_from(&settling.prepared_by);
        after.approved_by.clone_from(&settling.approved_by);
        match mode {
            // Data that changes no amount is recorded, so that the next close does not ask again.
            Mode::NewInvoice if !month.lines.is_empty() => {
                documents.extend(credit_and_new(month, after, number));
            }
            Mode::NewInvoice | Mode::NextInvoice => documents.push(correction(month, after)),
        }
    }
    if obstacles.is_empty() {
        Ok(documents)
    } else {
        obstacles.dedup();
        Err(obstacles)
    }
}

fn correction(month: &RestatedMonth, after: Document) -> Document {
    let lines: Vec<LinePart> = month
        .lines
        .iter()
        .map(|change| change.line.clone())
        .collect();
    Document {
        kind: DocumentKind::Correction,
        total: after.total.with(sum(&lines)),
        restated: after.lines,
        lines,
        preceding: vec![month.before.last.clone()],
        ..after
    }
}

fn credit_and_new(
    month: &RestatedMonth,
    after: Document,
    number: &mut dyn FnMut(DocumentKind) -> String,
) -> [Document; 2] {
    // What waits for the next invoice is taken back with the rest, and still goes there.
    let lines = taken_back(&month.before.lines);
    let credit = Document {
        kind: DocumentKind::CreditNote,
        number: Some(number(DocumentKind::CreditNote)),
        total: after.total.with(sum(&lines)),
        lines,
        preceding: vec![month.before.invoice.clone()],
        measures: Vec::new(),
        notices: Vec::new(),
        ..after.clone()
    };
    let due = after.contract.due_in_days.map(i64::from);
    let due = due.and_then(|days| {
        let days = jiff::Span::new().try_days(days).ok()?;
        after.date?.checked_add(days).ok()
    });
    let invoice = Document {
        kind: DocumentKind::Invoice,
        number: Some(number(DocumentKind::Invoice)),
        due,
        preceding: vec![month.before.invoice.clone(), preceding(&credit)],
        ..after
    };
    [credit, invoice]
}

/// Whether the contract still corrects a month whose own data changed.
fn in_time(month: &RestatedMonth, settling: &Settling) -> Option<Obstacle> {
    let rule = month.rule?;
    if month.own.is_empty() || settling.accept_late.is_some() {
        return None;
    }
    let last = rule.last_day(month.before.issued)?;
    (settling.date > last).then(|| {
        Obstacle::new(
            format!(
                "the data of {} changed after {last}, the last day on which the contract corrects the invoice of {}",
                month.month, month.before.issued
            ),
            format!(
                "the contract says `{}`; if both parties still agree to correct it, add `--accept-late \"REASON\"`, and the documents state the reason",
                rule.words()
            ),
        )
    })
}

/// A text is changed by an amendment.
fn by_text(month: &RestatedMonth, settling: &Settling) -> Option<Obstacle> {
    let mut causes = month.lines.iter().flat_map(|change| &change.causes);
    let cause = causes.find(|cause| matches!(cause, Cause::Text | Cause::Program(_)))?;
    if settling.accept_text.is_some() {
        return None;
    }
    let help = "if it is right that invoiced months change, add `--accept-text \"REASON\"`, and the documents state the reason";
    Some(match cause {
        Cause::Program(version) => Obstacle::new(
            format!(
                "{} comes to another amount although text and data are the same: quidpro {version} computed it, and this is quidpro {}",
                month.month,
                env!("CARGO_PKG_VERSION")
            ),
            help,
        ),
        _ => Obstacle::new(
            format!(
                "the text of {} was changed without an amendment since it was invoiced",
                month.month
            ),
            format!("write the change as an amendment; {help}"),
        ),
    })
}

/// By the contract's words, or as a person says.
fn mode(
    subject: &Subject<'_>,
    month: &RestatedMonth,
    books: &AccountBooks,
    settling: &Settling,
) -> Result<Mode, Obstacle> {
    let Some(mode) = settling.by.or(month.rule.map(|rule| rule.mode)) else {
        return Err(Obstacle::new(
            "the contract does not say how an invoice is corrected",
            "write `measurement { corrections within 60 days on the next invoice }` or `… by a new invoice` into it; or say what the parties agreed, with `--by next-invoice` or `--by new-invoice`",
        ));
    };
    let next = books.last().map(|last| last.plus(1));
    let term = subject.checked.contract.term;
    let is_over = next
        .zip(term)
        .is_some_and(|(next, term)| !term.has_month(next));
    if mode == Mode::NextInvoice && is_over && !month.lines.is_empty() {
        return Err(Obstacle::new(
            format!(
                "{} is corrected on the next invoice, and the last month of the term was already invoiced",
                month.month
            ),
            "add `--by new-invoice`: a credit note and a new invoice",
        ));
    }
    Ok(mode)
}

fn decisions(month: &RestatedMonth, settling: &Settling) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let mut add = |what: &str, reason: String| {
        decisions.push(Decision {
            what: what.to_owned(),
            reason,
        });
    };
    let is_late = month
        .rule
        .and_then(|rule| rule.last_day(month.before.issued))
        .is_some_and(|last| settling.date > last);
    if let Some(reason) = settling
        .accept_late
        .as_ref()
        .filter(|_| is_late && !month.own.is_empty())
    {
        add("corrected after the contract's time", reason.clone());
    }
    let mut causes = month.lines.iter().flat_map(|change| &change.causes);
    let by_text = causes.any(|cause| matches!(cause, Cause::Text | Cause::Program(_)));
    if let Some(reason) = settling.accept_text.as_ref().filter(|_| by_text) {
        add("corrected for another reason than data", reason.clone());
    }
    if let Some(by) = settling
        .by
        .filter(|by| month.rule.map(|rule| rule.mode) != Some(*by))
    {
        add(
            "settled as the parties agreed",
            match by {
                Mode::NextInvoice => "on the next invoice".to_owned(),
                Mode::NewInvoice => "by a new invoice".to_owned(),
            },
        );
    }
    decisions
}
