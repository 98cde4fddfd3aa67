//! What every view of a document shows, in words.

use crate::ledger::LineKind;
use crate::quantity::{Exact, group_digits};

use super::parts::{
    Amount, ContractPart, Document, DocumentKind, FigurePart, LinePart, PartyPart, Preceding,
    Register,
};

/// An amount for people: `41 250.00`.
pub(super) fn amount(amount: &Amount) -> String {
    group_digits(&amount.plain(), ' ')
}

/// `Invoice 2026-0001 for 2026-02`.
pub(super) fn heading(document: &Document) -> String {
    let title = document.kind.title();
    match &document.number {
        Some(number) => format!("{title} {number} for {}", document.month),
        None if document.kind == DocumentKind::Correction => {
            format!("{title} of {}", document.month)
        }
        None => format!("{title} for {}", document.month),
    }
}

/// What the document is about, as names and texts.
pub(super) fn fields(
    document: &Document,
    register: Option<&Register>,
) -> Vec<(&'static str, String)> {
    let contract = &document.contract;
    let mut fields = Vec::new();
    let mut add = |name, text: Option<String>| fields.extend(text.map(|text| (name, text)));
    add("Date", document.date.map(|date| date.to_string()));
    add("Due", document.due.map(|due| due.to_string()));
    add("Contract", Some(contract_words(contract)));
    add("Amendment", amendment(document));
    add("Customer", contract.customer.as_ref().map(party));
    add("Supplier", contract.supplier.as_ref().map(party));
    add("Account", document.account.clone());
    add("Period", period(document));
    add("Currency", Some(document.currency.clone()));
    add("Rounding", rounding(contract));
    for preceding in &document.preceding {
        add(relation(document.kind), Some(preceded(preceding)));
    }
    for decision in &document.decisions {
        let words = format!("{}: {}", decision.what, decision.reason);
        add("Decided", Some(words));
    }
    add("Prepared", document.prepared_by.clone());
    add("Approved", document.approved_by.clone());
    add(
        "Register",
        register.map(|register| format!("entry {}, {}", register.position, register.hash)),
    );
    fields
}

fn contract_words(contract: &ContractPart) -> String {
    match (&contract.first_day, &contract.last_day) {
        (Some(first), Some(last)) => format!("{}, in force from {first} to {last}", contract.name),
        _ => contract.name.clone(),
    }
}

fn amendment(document: &Document) -> Option<String> {
    let amended = document.amendment.as_ref()?;
    let mut words = amended.name.clone();
    if let Some(title) = &amended.title {
        words.push_str(&format!(", {title}"));
    }
    words.push_str(&format!(", effective {}", amended.effective));
    if let Some(signed) = &amended.signed {
        words.push_str(&format!(", signed {signed}"));
    }
    if let Some(clause) = &amended.clause {
        words.push_str(&format!(" ({clause})"));
    }
    Some(words)
}

fn party(party: &PartyPart) -> String {
    let mut words = party.name.clone();
    for one in &party.attributes {
        words.push_str(&format!(", {} {}", one.name, one.value));
    }
    words
}

fn period(document: &Document) -> Option<String> {
    let (first, last) = (document.month.first_day()?, document.month.last_day()?);
    Some(format!("{first} to {last}"))
}

fn rounding(contract: &ContractPart) -> Option<String> {
    let words = contract.rounding.as_ref()?;
    Some(match &contract.rounding_clause {
        Some(clause) => format!("{words} ({clause})"),
        None => words.clone(),
    })
}

/// What a document is to the one before it.
fn relation(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::CreditNote => "Takes back",
        DocumentKind::Correction => "Corrects",
        DocumentKind::Invoice | DocumentKind::Provisional | DocumentKind::Statement => "Follows",
    }
}

/// `invoice 2026-0001 of 2026-02-02`; a correction has no number.
pub(super) fn preceded(preceding: &Preceding) -> String {
    let kind = preceding.kind.title().to_lowercase();
    let mut words = match &preceding.number {
        Some(number) => format!("{kind} {number}"),
        None => format!("{kind} of the month {}", preceding.month),
    };
    if let Some(date) = preceding.date {
        words.push_str(&format!(", issued on {date}"));
    }
    words
}

/// The groups of lines in the order of a statement: those of the month by kind, then the corrections of earlier months.
pub(super) fn groups(document: &Document) -> Vec<(String, Vec<&LinePart>)> {
    let mut groups: Vec<(String, Vec<&LinePart>)> = Vec::new();
    let mut kinds: Vec<LineKind> = document
        .own_lines()
        .filter_map(LinePart::line_kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let of_kind = document
            .own_lines()
            .filter(|line| line.line_kind() == Some(kind));
        groups.push((kind.title().to_owned(), of_kind.collect()));
    }
    let mut months: Vec<_> = document.lines.iter().map(|line| line.period).collect();
    months.sort_unstable();
    months.dedup();
    for month in months.into_iter().filter(|month| *month != document.month) {
        let of_month = document.lines.iter().filter(|line| line.period == month);
        groups.push((format!("Correction of {month}"), of_month.collect()));
    }
    groups
}

/// The remarks below a line.
pub(super) fn remarks(line: &LinePart) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(corrected) = &line.corrected {
        remarks.push(format!(
            "{} becomes {}",
            amount(&corrected.before),
            amount(&corrected.after)
        ));
    }
    if let Some((first, last)) = line.arose {
        remarks.push(if first == last {
            format!("of {first}")
        } else {
            format!("of {first} to {last}")
        });
    }
    for cut in &line.cuts {
        let (before, after) = (amount(&cut.before), amount(&cut.after));
        let clause = cut.clause.iter().map(|clause| format!(" ({clause})"));
        let clause: String = clause.collect();
        remarks.push(if cut.limit.starts_with("because ") {
            format!("{before} becomes {after}, {}{clause}", cut.limit)
        } else {
            let limit = cut.limit.strip_prefix("at most ").unwrap_or(&cut.limit);
            format!("{before} cut to {after} by the limit of {limit}{clause}")
        });
    }
    remarks
}

/// The unit of a value as a table shows it. A rate that is money, and nothing per unit, needs none; a share says what it
/// is a share of.
pub(super) fn unit(
    figure: &FigurePart,
    document: &Document,
    of: Option<&str>,
    quantity: Option<&FigurePart>,
) -> String {
    match (of, figure.unit.as_deref()) {
        (Some(name), _) => format!("of {name}"),
        (None, Some(unit)) if unit == document.currency => String::new(),
        (None, Some(unit)) if is_price_of(unit, quantity, &document.currency) => String::new(),
        (None, Some(unit)) => unit.to_owned(),
        (None, None) if figure.kind == "percentage_points" => "percentage points".to_owned(),
        (None, None) => String::new(),
    }
}

/// Whether a unit is that of a price for one unit of the quantity beside it: `EUR per contact` beside contacts.
fn is_price_of(unit: &str, quantity: Option<&FigurePart>, currency: &str) -> bool {
    let one = unit
        .strip_prefix(currency)
        .and_then(|rest| rest.strip_prefix(" per "));
    let many = quantity.and_then(|quantity| quantity.unit.as_deref());
    one.zip(many)
        .is_some_and(|(one, many)| many == one || many.strip_suffix('s') == Some(one))
}

/// The sum of some lines.
pub(super) fn sum(lines: &[&LinePart]) -> Exact {
    lines
        .iter()
        .fold(Exact::zero(), |sum, line| sum.add(line.amount.exact()))
}

/// `Total in EUR`.
pub(super) fn total_title(document: &Document) -> String {
    if document.total.exact().is_negative() && document.kind != DocumentKind::CreditNote {
        format!("Total in {}, in the customer's favour", document.currency)
    } else {
        format!("Total in {}", document.currency)
    }
}
