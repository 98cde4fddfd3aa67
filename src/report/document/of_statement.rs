//! A computed month as a document.

use crate::ledger::{Cut, Heading, Line, Measure, Notice, Part, Party, Statement};
use crate::quantity::{Currency, Figure, Type};
use crate::report::words::{notice_kind_key, notice_kind_title, type_key};

use super::parts::{
    AmendmentPart, Amount, Attribute, ContractPart, CutPart, DataPart, Document, DocumentKind,
    FigurePart, FilePart, LinePart, MeasurePart, NoticePart, PartPart, PartyPart, ProgramPart,
    SCHEMA_VERSION,
};

/// What a document says beside the statement.
#[derive(Clone, Debug)]
pub struct Described<'d> {
    /// The contract as it reads in the month.
    pub heading: &'d Heading,
    /// Its texts.
    pub files: Vec<FilePart>,
    /// The data.
    pub data: DataPart,
    /// The program.
    pub program: ProgramPart,
    /// The columns that each line depends on, in the order of the statement's lines.
    pub columns: Vec<Vec<String>>,
}

/// A statement as a document that is not issued.
#[must_use]
pub fn describe(statement: &Statement, described: Described<'_>) -> Document {
    let currency = statement.currency;
    let mut columns = described.columns.into_iter();
    let lines = statement.lines.iter().map(|one| LinePart {
        columns: columns.next().unwrap_or_default(),
        period: statement.month,
        ..line(one, statement, currency)
    });
    Document {
        schema_version: SCHEMA_VERSION,
        kind: DocumentKind::Statement,
        number: None,
        date: None,
        due: None,
        contract: contract(described.heading, described.files),
        account: statement.account.clone(),
        month: statement.month,
        revision: 0,
        amendment: statement.amendment.as_ref().map(|amended| AmendmentPart {
            name: amended.name.clone(),
            title: amended.title.clone(),
            effective: amended.effective.to_string(),
            signed: amended.signed.map(|signed| signed.to_string()),
            clause: amended.clause.clone(),
        }),
        currency: currency.code().to_owned(),
        lines: lines.collect(),
        total: Amount::new(statement.total.clone(), currency),
        restated: Vec::new(),
        measures: statement.measures.iter().map(measure).collect(),
        notices: statement.notices.iter().map(notice).collect(),
        preceding: Vec::new(),
        changes: Vec::new(),
        decisions: Vec::new(),
        data: described.data,
        program: described.program,
        prepared_by: None,
        approved_by: None,
    }
}

fn contract(heading: &Heading, files: Vec<FilePart>) -> ContractPart {
    ContractPart {
        name: heading.contract.clone(),
        title: heading.title.clone(),
        customer: heading.customer.as_ref().map(party),
        supplier: heading.supplier.as_ref().map(party),
        first_day: heading.term.map(|term| term.first.to_string()),
        last_day: heading.term.map(|term| term.last.to_string()),
        due_in_days: heading.due_in_days,
        rounding: heading.rounding.clone(),
        rounding_clause: heading.rounding_clause.clone(),
        files,
    }
}

fn party(party: &Party) -> PartyPart {
    let attributes = party.attributes.iter().map(|(name, value)| Attribute {
        name: name.clone(),
        value: value.clone(),
    });
    PartyPart {
        name: party.name.clone(),
        attributes: attributes.collect(),
    }
}

fn line(line: &Line, statement: &Statement, currency: Currency) -> LinePart {
    LinePart {
        kind: line.kind.key().to_owned(),
        name: line.name.clone(),
        title: line.title.clone(),
        clause: line.clause.clone(),
        period: statement.month,
        quantity: line.quantity.as_ref().map(figure),
        rate: line.rate.as_ref().map(figure),
        base: line.base.as_ref().map(figure),
        base_name: line.base_name.clone(),
        exact: line.exact.clone(),
        amount: Amount::new(line.amount.clone(), currency),
        corrected: None,
        arose: line.arose,
        cuts: line.cuts.iter().map(|one| cut(one, currency)).collect(),
        parts: line.parts.iter().map(|one| part(one, currency)).collect(),
        columns: Vec::new(),
    }
}

fn figure(figure: &Figure) -> FigurePart {
    let unit = figure.kind.unit().map(ToString::to_string);
    FigurePart {
        kind: type_key(&figure.kind).to_owned(),
        value: match figure.kind {
            Type::Flag | Type::Month => figure.number(),
            _ => figure.value.to_string(),
        },
        unit,
        shown: figure.number(),
    }
}

fn cut(cut: &Cut, currency: Currency) -> CutPart {
    CutPart {
        before: Amount::new(cut.before.clone(), currency),
        after: Amount::new(cut.after.clone(), currency),
        limit: cut.limit.clone(),
        clause: cut.clause.clone(),
    }
}

fn part(part: &Part, currency: Currency) -> PartPart {
    PartPart {
        label: part.label.clone(),
        quantity: figure(&part.quantity),
        rate: figure(&part.rate),
        amount: Amount::new(part.amount.clone(), currency),
    }
}

fn measure(measure: &Measure) -> MeasurePart {
    MeasurePart {
        name: measure.name.clone(),
        title: measure.title.clone(),
        clause: measure.clause.clone(),
        value: measure.value.as_ref().map(figure),
    }
}

fn notice(notice: &Notice) -> NoticePart {
    NoticePart {
        kind: notice_kind_key(notice.kind).to_owned(),
        title: notice_kind_title(notice.kind).to_owned(),
        name: notice.name.clone(),
        text: notice.text.clone(),
        clause: notice.clause.clone(),
    }
}
