//! Statements for programs: one JSON document, described by `docs/schema/statement.schema.json`.

use std::io;

use serde::Serialize;

use crate::report::escape::json::write;

use crate::ledger::{Cut, Heading, Line, Measure, Notice, Part, Party, Reason, Refusal, Statement};
use crate::quantity::Currency;
use crate::report::amount::plain;
use crate::report::wire::{Amendment as JsonAmendment, Place, Value};
use crate::report::words::notice_kind_key;
use crate::text::Sources;

/// The version of the document's schema. It is raised when a reader of the previous version could be misled.
pub const SCHEMA_VERSION: u32 = 1;

/// The files that the statements were computed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The contract's files, amendments included.
    pub contract: Vec<DigestedFile>,
    /// The data's files.
    pub data: Vec<DigestedFile>,
}

/// A file, and what identifies its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestedFile {
    /// The name shown to people.
    pub name: String,
    /// The SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: String,
}

/// Writes one document, one statement at a time. Refused months are kept until the end.
pub struct Writer<'a, W: io::Write> {
    out: W,
    sources: &'a Sources,
    statements: usize,
    refused: Vec<RefusedMonth>,
}

impl<'a, W: io::Write> Writer<'a, W> {
    /// Writes what is known about contract and data. The spans of statements are places in `sources`.
    ///
    /// # Errors
    /// If `out` could not be written to.
    pub fn new(
        mut out: W,
        heading: &Heading,
        origin: &Origin,
        sources: &'a Sources,
    ) -> io::Result<Self> {
        let contract = Contract::new(heading, &origin.contract);
        let data: Vec<File> = origin.data.iter().map(File::from).collect();
        write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\n\"contract\":")?;
        write(&mut out, &contract)?;
        out.write_all(b",\n\"data\":")?;
        write(&mut out, &data)?;
        out.write_all(b",\n\"statements\":[")?;
        Ok(Self {
            out,
            sources,
            statements: 0,
            refused: Vec::new(),
        })
    }

    /// Writes one month.
    ///
    /// # Errors
    /// If it could not be written.
    pub fn statement(&mut self, statement: &Statement) -> io::Result<()> {
        let separator = if self.statements == 0 { "\n" } else { ",\n" };
        self.statements += 1;
        self.out.write_all(separator.as_bytes())?;
        let month = InvoicedMonth::new(statement, self.sources);
        write(&mut self.out, &month)?;
        Ok(())
    }

    /// Records a month that has no invoice.
    pub fn refusal(&mut self, refusal: &Refusal) {
        self.refused.push(RefusedMonth::new(refusal, self.sources));
    }

    /// Writes the refused months and the document's end.
    ///
    /// # Errors
    /// If they could not be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"],\n\"refused\":[")?;
        for (at, month) in self.refused.iter().enumerate() {
            let separator = if at == 0 { "\n" } else { ",\n" };
            self.out.write_all(separator.as_bytes())?;
            write(&mut self.out, month)?;
        }
        self.out.write_all(b"]}\n")?;
        self.out.flush()
    }
}

#[derive(Serialize)]
struct Contract {
    name: String,
    title: Option<String>,
    customer: Option<JsonParty>,
    supplier: Option<JsonParty>,
    first_day: Option<String>,
    last_day: Option<String>,
    due_in_days: Option<u32>,
    rounding: Option<String>,
    rounding_clause: Option<String>,
    files: Vec<File>,
}

#[derive(Serialize)]
struct JsonParty {
    name: String,
    attributes: Vec<Attribute>,
}

#[derive(Serialize)]
struct Attribute {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct File {
    name: String,
    sha256: String,
}

#[derive(Serialize)]
struct InvoicedMonth {
    account: Option<String>,
    month: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    amendment: Option<JsonAmendment>,
    currency: String,
    lines: Vec<JsonLine>,
    total: String,
    measures: Vec<JsonMeasure>,
    notices: Vec<JsonNotice>,
}

#[derive(Serialize)]
struct JsonLine {
    kind: &'static str,
    name: String,
    title: Option<String>,
    clause: Option<String>,
    quantity: Option<Value>,
    rate: Option<Value>,
    base: Option<Value>,
    base_name: Option<String>,
    amount: String,
    arose: Option<JsonMonths>,
    cuts: Vec<JsonCut>,
    parts: Vec<JsonPart>,
    place: Place,
}

#[derive(Serialize)]
struct JsonMonths {
    first: String,
    last: String,
}

#[derive(Serialize)]
struct JsonCut {
    before: String,
    after: String,
    limit: String,
    clause: Option<String>,
}

#[derive(Serialize)]
struct JsonPart {
    label: String,
    quantity: Value,
    rate: Value,
    amount: String,
}

#[derive(Serialize)]
struct JsonMeasure {
    name: String,
    title: Option<String>,
    clause: Option<String>,
    value: Option<Value>,
}

#[derive(Serialize)]
struct JsonNotice {
    kind: &'static str,
    name: String,
    text: String,
    clause: Option<String>,
    place: Place,
}

#[derive(Serialize)]
struct RefusedMonth {
    account: Option<String>,
    month: String,
    reasons: Vec<JsonReason>,
}

#[derive(Serialize)]
struct JsonReason {
    message: String,
    place: Place,
    label: String,
    column: Option<String>,
    reaches: Vec<String>,
    help: String,
}

impl Contract {
    fn new(heading: &Heading, files: &[DigestedFile]) -> Self {
        let term = heading.term.as_ref();
        Self {
            name: heading.contract.clone(),
            title: heading.title.clone(),
            customer: heading.customer.as_ref().map(JsonParty::from),
            supplier: heading.supplier.as_ref().map(JsonParty::from),
            first_day: term.map(|term| term.first.to_string()),
            last_day: term.map(|term| term.last.to_string()),
            due_in_days: heading.due_in_days,
            rounding: heading.rounding.clone(),
            rounding_clause: heading.rounding_clause.clone(),
            files: files.iter().map(File::from).collect(),
        }
    }
}

impl From<&Party> for JsonParty {
    fn from(party: &Party) -> Self {
        let attributes = party.attributes.iter().map(|(name, value)| Attribute {
            name: name.clone(),
            value: value.clone(),
        });
        Self {
            name: party.name.clone(),
            attributes: attributes.collect(),
        }
    }
}

impl From<&DigestedFile> for File {
    fn from(file: &DigestedFile) -> Self {
        Self {
            name: file.name.clone(),
            sha256: file.sha256.clone(),
        }
    }
}

impl InvoicedMonth {
    fn new(statement: &Statement, sources: &Sources) -> Self {
        let currency = statement.currency;
        let lines = statement.lines.iter();
        let notices = statement.notices.iter();
        Self {
            account: statement.account.clone(),
            month: statement.month.to_string(),
            amendment: statement.amendment.as_ref().map(JsonAmendment::from),
            currency: currency.to_string(),
            lines: lines
                .map(|line| JsonLine::new(line, currency, sources))
                .collect(),
            total: plain(&statement.total, currency),
            measures: statement.measures.iter().map(JsonMeasure::from).collect(),
            notices: notices
                .map(|notice| JsonNotice::new(notice, sources))
                .collect(),
        }
    }
}

impl JsonLine {
    fn new(line: &Line, currency: Currency, sources: &Sources) -> Self {
        Self {
            kind: line.kind.key(),
            name: line.name.clone(),
            title: line.title.clone(),
            clause: line.clause.clone(),
            quantity: line.quantity.as_ref().map(Value::from),
            rate: line.rate.as_ref().map(Value::from),
            base: line.base.as_ref().map(Value::from),
            base_name: line.base_name.clone(),
            amount: plain(&line.amount, currency),
            arose: line.arose.map(|(first, last)| JsonMonths {
                first: first.to_string(),
                last: last.to_string(),
            }),
            cuts: line
                .cuts
                .iter()
                .map(|cut| JsonCut::new(cut, currency))
                .collect(),
            parts: line
                .parts
                .iter()
                .map(|part| JsonPart::new(part, currency))
                .collect(),
            place: Place::of(line.span, sources),
        }
    }
}

impl JsonCut {
    fn new(cut: &Cut, currency: Currency) -> Self {
        Self {
            before: plain(&cut.before, currency),
            after: plain(&cut.after, currency),
            limit: cut.limit.clone(),
            clause: cut.clause.clone(),
        }
    }
}

impl JsonPart {
    fn new(part: &Part, currency: Currency) -> Self {
        Self {
            label: part.label.clone(),
            quantity: Value::from(&part.quantity),
            rate: Value::from(&part.rate),
            amount: plain(&part.amount, currency),
        }
    }
}

impl From<&Measure> for JsonMeasure {
    fn from(measure: &Measure) -> Self {
        Self {
            name: measure.name.clone(),
            title: measure.title.clone(),
            clause: measure.clause.clone(),
            value: measure.value.as_ref().map(Value::from),
        }
    }
}

impl JsonNotice {
    fn new(notice: &Notice, sources: &Sources) -> Self {
        Self {
            kind: notice_kind_key(notice.kind),
            name: notice.name.clone(),
            text: notice.text.clone(),
            clause: notice.clause.clone(),
            place: Place::of(notice.span, sources),
        }
    }
}

impl RefusedMonth {
    fn new(refusal: &Refusal, sources: &Sources) -> Self {
        let reasons = refusal.reasons.iter();
        Self {
            account: refusal.account.clone(),
            month: refusal.month.to_string(),
            reasons: reasons
                .map(|reason| JsonReason::new(reason, sources))
                .collect(),
        }
    }
}

impl JsonReason {
    fn new(reason: &Reason, sources: &Sources) -> Self {
        Self {
            message: reason.message.clone(),
            place: Place::of(reason.span, sources),
            label: reason.label.clone(),
            column: reason.column.clone(),
            reaches: reason.reaches.clone(),
            help: reason.help.clone(),
        }
    }
}
