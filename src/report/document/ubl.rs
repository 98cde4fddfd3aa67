//! An e-invoice of EN 16931 in UBL 2.1: an invoice (380), a self-billed one (389), or a credit note (381).
//!
//! Charges are lines. Everything that corrects them, service credits above all, is an allowance or a charge of the whole
//! document, with its reason. A line's price is never negative: what is taken back is a negative quantity. A line whose
//! amount is not quantity times price, such as a tiered one, has the quantity 1. The tax is computed once, on the sum.

mod parties;
mod tax;

use crate::ledger::LineKind;
use crate::quantity::{Exact, Rounding, RoundingMode};
use crate::report::escape::markup::{escaped, name};

use super::exact_of;
use super::parts::{Document, DocumentKind, FigurePart, LinePart};
use parties::{attribute, parties, payment};
use tax::{Tax, tax_of};

/// Why a document cannot be an e-invoice: what is wrong or missing, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// In one line.
    pub message: String,
    /// What to write.
    pub help: String,
}

impl Missing {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

/// The e-invoice.
///
/// # Errors
/// Everything that is missing for it.
pub fn render(document: &Document) -> Result<String, Vec<Missing>> {
    let mut missing = Vec::new();
    let is_credit_note = document.kind == DocumentKind::CreditNote;
    let issued = matches!(
        document.kind,
        DocumentKind::Invoice | DocumentKind::CreditNote
    );
    if !issued || document.number.is_none() || document.date.is_none() {
        missing.push(Missing::new(
            "an e-invoice is an issued invoice or credit note, and this is neither",
            "issue it first: `quidpro close … --issue`, then `quidpro books show BOOKS NUMBER --format ubl`",
        ));
    }
    missing.extend(parties::missing(document));
    let tax = match tax_of(document) {
        Ok(tax) => Some(tax),
        Err(why) => {
            missing.push(why);
            None
        }
    };
    let finer = document.lines.iter().find(|line| {
        line.amount
            .exact()
            .decimal_places()
            .is_none_or(|places| places > 2)
    });
    if let Some(line) = finer {
        missing.push(Missing::new(
            format!(
                "`{}` is {}, and an e-invoice has amounts of two decimals",
                line.name,
                line.amount.plain()
            ),
            "let the contract round each line to 0.01",
        ));
    }
    match (tax, missing.is_empty()) {
        (Some(tax), true) => Ok(whole(document, &tax, is_credit_note)),
        _ => Err(missing),
    }
}

fn whole(document: &Document, tax: &Tax, is_credit_note: bool) -> String {
    let root = if is_credit_note {
        "CreditNote"
    } else {
        "Invoice"
    };
    let body = Body::of(document, tax, is_credit_note);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{root} xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:{root}-2\" \
         xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" \
         xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\n\
         {}{}{}{}{}{}{}</{root}>\n",
        head(document, is_credit_note),
        parties(document, tax.is_in_scope()),
        payment(document, is_credit_note),
        body.allowances,
        tax.total(&document.currency, &body.taxable),
        body.totals,
        body.lines,
    )
}

/// `<cbc:ID>7</cbc:ID>`
pub(super) fn element(tag: &str, text: &str) -> String {
    format!("<cbc:{tag}>{}</cbc:{tag}>\n", name(text))
}

pub(super) fn money(tag: &str, value: &Exact, currency: &str) -> String {
    format!(
        "<cbc:{tag} currencyID=\"{}\">{}</cbc:{tag}>\n",
        escaped(currency),
        value.to_fixed(2)
    )
}

fn head(document: &Document, is_credit_note: bool) -> String {
    let customer = document.contract.customer.as_ref();
    let supplier = document.contract.supplier.as_ref();
    let is_xrechnung = attribute(customer, "profile").is_some_and(|profile| profile == "xrechnung");
    let profile = if is_xrechnung {
        "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
    } else {
        "urn:cen.eu:en16931:2017"
    };
    let mut out = element("CustomizationID", profile);
    if is_xrechnung {
        out.push_str(&element(
            "ProfileID",
            "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        ));
    }
    out.push_str(&element(
        "ID",
        document.number.as_deref().unwrap_or_default(),
    ));
    let date = document
        .date
        .map(|date| date.to_string())
        .unwrap_or_default();
    out.push_str(&element("IssueDate", &date));
    if is_credit_note {
        out.push_str(&element("CreditNoteTypeCode", "381"));
    } else {
        if let Some(due) = document.due {
            out.push_str(&element("DueDate", &due.to_string()));
        }
        let is_self_billed = attribute(supplier, "self_billed").is_some_and(|value| value == "yes");
        out.push_str(&element(
            "InvoiceTypeCode",
            if is_self_billed { "389" } else { "380" },
        ));
    }
    for decision in &document.decisions {
        out.push_str(&element(
            "Note",
            &format!("{}: {}", decision.what, decision.reason),
        ));
    }
    out.push_str(&element("DocumentCurrencyCode", &document.currency));
    if let Some(reference) = attribute(customer, "reference") {
        out.push_str(&element("BuyerReference", reference));
    }
    out.push_str(&period(document.month));
    if let Some(order) = attribute(customer, "order") {
        out.push_str(&format!(
            "<cac:OrderReference>\n{}</cac:OrderReference>\n",
            element("ID", order)
        ));
    }
    for preceding in &document.preceding {
        let Some(number) = preceding
            .number
            .as_deref()
            .filter(|_| preceding.kind != DocumentKind::Provisional)
        else {
            continue;
        };
        let date = preceding
            .date
            .map(|date| element("IssueDate", &date.to_string()));
        out.push_str(&format!(
            "<cac:BillingReference>\n<cac:InvoiceDocumentReference>\n{}{}</cac:InvoiceDocumentReference>\n</cac:BillingReference>\n",
            element("ID", number),
            date.unwrap_or_default()
        ));
    }
    out.push_str(&format!(
        "<cac:ContractDocumentReference>\n{}</cac:ContractDocumentReference>\n",
        element("ID", &document.contract.name)
    ));
    out
}

fn period(month: crate::calendar::Month) -> String {
    let day =
        |day: Option<crate::calendar::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    format!(
        "<cac:InvoicePeriod>\n{}{}</cac:InvoicePeriod>\n",
        element("StartDate", &day(month.first_day())),
        element("EndDate", &day(month.last_day()))
    )
}

/// Lines, allowances and totals.
struct Body {
    lines: String,
    allowances: String,
    totals: String,
    taxable: Exact,
}

impl Body {
    fn of(document: &Document, tax: &Tax, is_credit_note: bool) -> Self {
        let currency = &document.currency;
        // A credit note takes back: what it takes back is positive in it.
        let signed = |amount: &Exact| {
            if is_credit_note {
                amount.negate()
            } else {
                amount.clone()
            }
        };
        let mut lines = String::new();
        let mut allowances = String::new();
        let (mut net, mut taken_off, mut added) = (Exact::zero(), Exact::zero(), Exact::zero());
        let mut count = 0_usize;
        for line in &document.lines {
            let amount = signed(line.amount.exact());
            match line.line_kind() {
                Some(LineKind::Tax) => {}
                Some(LineKind::Charge) => {
                    count += 1;
                    net = net.add(&amount);
                    lines.push_str(&charge(count, line, &amount, document, tax, is_credit_note));
                }
                _ if amount.is_zero() => {}
                _ => {
                    let is_charge = !amount.is_negative();
                    let sum = if is_charge {
                        &mut added
                    } else {
                        &mut taken_off
                    };
                    *sum = sum.add(&amount.abs());
                    allowances.push_str(&allowance(line, &amount, currency, tax));
                }
            }
        }
        if count == 0 {
            lines.push_str(&nothing(document, tax, is_credit_note));
        }
        let taxable = net.subtract(&taken_off).add(&added);
        let with_tax = taxable.add(&tax.amount);
        let mut totals = String::from("<cac:LegalMonetaryTotal>\n");
        totals.push_str(&money("LineExtensionAmount", &net, currency));
        totals.push_str(&money("TaxExclusiveAmount", &taxable, currency));
        totals.push_str(&money("TaxInclusiveAmount", &with_tax, currency));
        if !taken_off.is_zero() {
            totals.push_str(&money("AllowanceTotalAmount", &taken_off, currency));
        }
        if !added.is_zero() {
            totals.push_str(&money("ChargeTotalAmount", &added, currency));
        }
        totals.push_str(&money("PayableAmount", &with_tax, currency));
        totals.push_str("</cac:LegalMonetaryTotal>\n");
        Self {
            lines,
            allowances,
            totals,
            taxable,
        }
    }
}

/// What a line is called: its title, its clause, and the month if it corrects an earlier one.
fn reason(line: &LinePart, document: &Document) -> String {
    let mut words = line.called();
    if let Some(clause) = &line.clause {
        words.push_str(&format!(" ({clause})"));
    }
    if line.period != document.month {
        words.push_str(&format!(", correction of {}", line.period));
    }
    words
}

fn allowance(line: &LinePart, amount: &Exact, currency: &str, tax: &Tax) -> String {
    let kind = line.line_kind().map_or("", LineKind::title);
    let mut words = line.called();
    if let Some(clause) = &line.clause {
        words.push_str(&format!(" ({clause})"));
    }
    if line.corrected.is_some() {
        words.push_str(&format!(", correction of {}", line.period));
    }
    format!(
        "<cac:AllowanceCharge>\n{}{}{}{}</cac:AllowanceCharge>\n",
        element(
            "ChargeIndicator",
            if amount.is_negative() {
                "false"
            } else {
                "true"
            }
        ),
        element("AllowanceChargeReason", &format!("{kind}: {words}")),
        money("Amount", &amount.abs(), currency),
        tax.category("TaxCategory", false),
    )
}

fn charge(
    count: usize,
    line: &LinePart,
    amount: &Exact,
    document: &Document,
    tax: &Tax,
    is_credit_note: bool,
) -> String {
    let (quantity, unit, price) = priced(line, amount, document);
    let period = if line.period == document.month {
        String::new()
    } else {
        period(line.period)
    };
    lined(
        is_credit_note,
        &format!(
            "{}{}{}{period}<cac:Item>\n{}{}</cac:Item>\n<cac:Price>\n<cbc:PriceAmount currencyID=\"{}\">{price}</cbc:PriceAmount>\n</cac:Price>\n",
            element("ID", &count.to_string()),
            counted(is_credit_note, &quantity, unit),
            money("LineExtensionAmount", amount, &document.currency),
            element("Name", &reason(line, document)),
            tax.category("ClassifiedTaxCategory", false),
            escaped(&document.currency),
        ),
    )
}

/// A document needs a line, also in a month without charges.
fn nothing(document: &Document, tax: &Tax, is_credit_note: bool) -> String {
    let zero = Exact::zero();
    lined(
        is_credit_note,
        &format!(
            "{}{}{}<cac:Item>\n{}{}</cac:Item>\n<cac:Price>\n{}</cac:Price>\n",
            element("ID", "1"),
            counted(is_credit_note, "1", "C62"),
            money("LineExtensionAmount", &zero, &document.currency),
            element("Name", &format!("Services in {}", document.month)),
            tax.category("ClassifiedTaxCategory", false),
            money("PriceAmount", &zero, &document.currency),
        ),
    )
}

fn lined(is_credit_note: bool, content: &str) -> String {
    let tag = if is_credit_note {
        "CreditNoteLine"
    } else {
        "InvoiceLine"
    };
    format!("<cac:{tag}>\n{content}</cac:{tag}>\n")
}

fn counted(is_credit_note: bool, quantity: &str, unit: &str) -> String {
    let tag = if is_credit_note {
        "CreditedQuantity"
    } else {
        "InvoicedQuantity"
    };
    format!(
        "<cbc:{tag} unitCode=\"{}\">{quantity}</cbc:{tag}>\n",
        escaped(unit)
    )
}

/// Quantity, unit and price of a charge; 1 and the amount where they do not multiply to it.
fn priced<'d>(
    line: &'d LinePart,
    amount: &Exact,
    document: &'d Document,
) -> (String, &'d str, String) {
    let value = |figure: &Option<FigurePart>| exact_of(&figure.as_ref()?.value);
    if let (Some(quantity), Some(price)) = (value(&line.quantity), value(&line.rate)) {
        let cent = Rounding {
            mode: RoundingMode::HalfUp,
            step: Exact::ratio(1, 100).unwrap_or_else(Exact::one),
        };
        let finite = |value: &Exact| value.decimal_places().is_some_and(|places| places <= 10);
        let product = cent.apply(&quantity.multiply(&price));
        if product == amount.abs() && finite(&quantity) && finite(&price) && !price.is_negative() {
            let quantity = if amount.is_negative() {
                quantity.negate()
            } else {
                quantity
            };
            return (
                quantity.to_string(),
                unit_code(line, document),
                price.to_string(),
            );
        }
    }
    let one = if amount.is_negative() { "-1" } else { "1" };
    (one.to_owned(), "C62", amount.abs().to_fixed(2))
}

/// The code of UN/ECE Recommendation 20: the contract's own (`unit_codes "tickets=EA"`), a well-known one, or `C62`, one.
fn unit_code<'d>(line: &'d LinePart, document: &'d Document) -> &'d str {
    let unit = line
        .quantity
        .as_ref()
        .and_then(|figure| figure.unit.as_deref())
        .unwrap_or_default();
    let own = attribute(document.contract.supplier.as_ref(), "unit_codes").unwrap_or_default();
    let mut own = own.split(',').filter_map(|one| one.split_once('='));
    if let Some((_, code)) = own.find(|(name, _)| name.trim() == unit) {
        return code.trim();
    }
    match unit {
        "seconds" => "SEC",
        "minutes" => "MIN",
        "hours" => "HUR",
        "days" => "DAY",
        "months" => "MON",
        _ => "C62",
    }
}
