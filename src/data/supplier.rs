//! A supplier's invoice: a table in CSV or a workbook, whose columns are named, or an e-invoice in UBL.

use std::io::Cursor;

use crate::calendar::Month;
use crate::quantity::Exact;

use super::cell::Raw;
use super::csv::CsvFile;
use super::format::Format;
use super::records::Records;
use super::written_number::Numbers;

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierLine {
    /// What it is called.
    pub text: String,
    /// How much.
    pub quantity: Option<Exact>,
    /// The price of one.
    pub rate: Option<Exact>,
    /// The amount.
    pub amount: Exact,
    /// The month that it is for, if the invoice says so.
    pub month: Option<Month>,
    /// Whether it is tax on the invoice as a whole.
    pub is_tax: bool,
}

/// A supplier's invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupplierInvoice {
    /// Its number.
    pub number: Option<String>,
    /// Its date, as it is written.
    pub date: Option<String>,
    /// Its currency.
    pub currency: Option<String>,
    /// The total that it states.
    pub total: Option<Exact>,
    /// Its lines.
    pub lines: Vec<SupplierLine>,
}

/// Which columns a table has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// What a line is called.
    pub line: String,
    /// How much.
    pub quantity: String,
    /// The price of one.
    pub rate: String,
    /// The amount.
    pub amount: String,
    /// The month.
    pub month: String,
    /// The number of the invoice.
    pub number: String,
    /// Its date.
    pub date: String,
    /// The currency.
    pub currency: String,
    /// How numbers are written.
    pub numbers: Numbers,
}

impl Default for Mapping {
    fn default() -> Self {
        let column = |name: &str| name.to_owned();
        Self {
            line: column("line"),
            quantity: column("quantity"),
            rate: column("rate"),
            amount: column("amount"),
            month: column("month"),
            number: column("number"),
            date: column("date"),
            currency: column("currency"),
            numbers: Numbers::Plain,
        }
    }
}

impl Mapping {
    /// Names a column: `amount=Betrag`.
    ///
    /// # Errors
    /// Why that is no mapping.
    pub fn set(&mut self, text: &str) -> Result<(), String> {
        let (name, column) = text
            .split_once('=')
            .ok_or_else(|| format!("`{text}` has no `=`"))?;
        let slot = match name.trim() {
            "line" => &mut self.line,
            "quantity" => &mut self.quantity,
            "rate" => &mut self.rate,
            "amount" => &mut self.amount,
            "month" => &mut self.month,
            "number" => &mut self.number,
            "date" => &mut self.date,
            "currency" => &mut self.currency,
            other => {
                return Err(format!(
                    "`{other}` is none of line, quantity, rate, amount, month, number, date, currency"
                ));
            }
        };
        column.trim().clone_into(slot);
        Ok(())
    }
}

/// Words for the row that has the total.
const TOTALS: [&str; 8] = [
    "total",
    "grand total",
    "sum",
    "gesamt",
    "summe",
    "gesamtbetrag",
    "total ttc",
    "totaal",
];

/// Reads an invoice; `name` says what kind of file it is.
///
/// # Errors
/// What cannot be read, in one line, with its place.
pub fn read_supplier(
    name: &str,
    bytes: Vec<u8>,
    mapping: &Mapping,
    sheet: Option<&str>,
) -> Result<SupplierInvoice, String> {
    let start = bytes
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace());
    let begins: Vec<u8> = start.take(4).collect();
    if begins.first() == Some(&b'<') || begins.starts_with(b"\xef\xbb\xbf<") {
        return ubl(&bytes);
    }
    match Format::of_name(name).unwrap_or_else(|| Format::of_content(&bytes)) {
        Format::Xlsx => workbook(bytes, mapping, sheet),
        Format::Json => {
            Err("a supplier's invoice is read from CSV, XLSX or UBL, not from JSON".to_owned())
        }
        Format::Csv => {
            let first = bytes
                .get(..bytes.len().min(1 << 16))
                .unwrap_or_default()
                .to_vec();
            let rest = bytes.get(first.len()..).unwrap_or_default().to_vec();
            let file = CsvFile::new(&first, Box::new(Cursor::new(rest)));
            table(file.map_err(|fault| fault.in_words())?, mapping)
        }
    }
}

#[cfg(feature = "xlsx")]
fn workbook(
    bytes: Vec<u8>,
    mapping: &Mapping,
    sheet: Option<&str>,
) -> Result<SupplierInvoice, String> {
    let sheet = super::xlsx::open(bytes, sheet).map_err(|fault| fault.in_words())?;
    table(sheet, mapping)
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_: Vec<u8>, _: &Mapping, _: Option<&str>) -> Result<SupplierInvoice, String> {
    Err("this build of the program does not read workbooks; save the invoice as CSV".to_owned())
}

/// The columns that a table has, by position.
struct Columns {
    line: usize,
    amount: usize,
    quantity: Option<usize>,
    rate: Option<usize>,
    month: Option<usize>,
    number: Option<usize>,
    date: Option<usize>,
    currency: Option<usize>,
}

fn table<R: Records>(mut records: R, mapping: &Mapping) -> Result<SupplierInvoice, String> {
    let advance = |records: &mut R| match records.advance() {
        None => Ok(false),
        Some(Ok(())) => Ok(true),
        Some(Err((_, fault))) => Err(fault.in_words()),
    };
    if !advance(&mut records)? {
        return Err("the invoice is empty".to_owned());
    }
    let columns = Columns::of(&records, mapping)?;
    let mut invoice = SupplierInvoice::default();
    while advance(&mut records)? {
        let text = |at: Option<usize>| {
            let text = at.map(|at| records.text(at).trim().to_owned());
            text.filter(|text| !text.is_empty())
        };
        let number = |at: Option<usize>, what: &str| {
            let Some(at) = at else {
                return Ok::<Option<Exact>, String>(None);
            };
            let value = match records.cell(at) {
                Raw::Empty => return Ok(None),
                Raw::Stored { text, .. } | Raw::Number(text) => Numbers::Plain
                    .read_stored(text)
                    .ok_or_else(|| format!("`{text}` is not a number")),
                _ if records.text(at).trim().is_empty() => return Ok(None),
                _ => mapping.numbers.read(&records.text(at)),
            };
            let value = value.map_err(|why| format!("{}, {what}: {why}", row(&records)))?;
            Ok(Some(value))
        };
        let Some(line) = text(Some(columns.line)) else {
            continue;
        };
        let Some(amount) = number(Some(columns.amount), "amount")? else {
            return Err(format!("{}: `{line}` has no amount", row(&records)));
        };
        invoice.number = invoice.number.take().or_else(|| text(columns.number));
        invoice.date = invoice.date.take().or_else(|| text(columns.date));
        invoice.currency = invoice.currency.take().or_else(|| text(columns.currency));
        if TOTALS.contains(&line.to_lowercase().as_str()) {
            invoice.total = Some(amount);
            continue;
        }
        let month = match text(columns.month) {
            None => None,
            Some(text) => Some(Month::parse(&text).ok_or_else(|| {
                format!(
                    "{}: `{text}` is not a month; write it as `2026-02`",
                    row(&records)
                )
            })?),
        };
        invoice.lines.push(SupplierLine {
            quantity: number(columns.quantity, "quantity")?,
            rate: number(columns.rate, "rate")?,
            text: line,
            amount,
            month,
            is_tax: false,
        });
    }
    Ok(invoice)
}

fn row<R: Records>(records: &R) -> String {
    match records.number() {
        super::place::RowNumber::Row(row) => format!("row {row}"),
        super::place::RowNumber::Entry { number, .. } => format!("entry {number}"),
    }
}

impl Columns {
    fn of<R: Records>(records: &R, mapping: &Mapping) -> Result<Self, String> {
        let headings: Vec<String> = (0..records.width())
            .map(|at| records.text(at).trim().to_lowercase())
            .collect();
        let find = |name: &str| {
            headings
                .iter()
                .position(|heading| *heading == name.to_lowercase())
        };
        let needed = |name: &str, what: &str| {
            find(name).ok_or_else(|| {
                format!("the invoice has no column `{name}`; say which one it is with `--map {what}=HEADING`")
            })
        };
        Ok(Self {
            line: needed(&mapping.line, "line")?,
            amount: needed(&mapping.amount, "amount")?,
            quantity: find(&mapping.quantity),
            rate: find(&mapping.rate),
            month: find(&mapping.month),
            number: find(&mapping.number),
            date: find(&mapping.date),
            currency: find(&mapping.currency),
        })
    }
}

#[cfg(not(feature = "xlsx"))]
fn ubl(_: &[u8]) -> Result<SupplierInvoice, String> {
    Err("this build of the program does not read e-invoices; it was built without the feature `xlsx`".to_owned())
}

/// An invoice or a credit note in UBL: lines, allowances and charges of the whole document, and its tax.
#[cfg(feature = "xlsx")]
fn ubl(bytes: &[u8]) -> Result<SupplierInvoice, String> {
    use quick_xml::Reader;
    use quick_xml::events::Event;
    let text =
        std::str::from_utf8(bytes).map_err(|_| "the e-invoice is not UTF-8 text".to_owned())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut path: Vec<String> = Vec::new();
    let mut content = String::new();
    let mut building = Ubl::default();
    loop {
        match reader.read_event() {
            Err(error) => return Err(format!("the e-invoice is not XML: {error}")),
            Ok(Event::Eof) => break,
            Ok(Event::DocType(_)) => {
                return Err("the e-invoice has a DOCTYPE, which none needs".to_owned());
            }
            Ok(Event::Start(start)) => {
                if path.len() >= 64 {
                    return Err("the e-invoice is nested too deeply".to_owned());
                }
                let name = start.local_name();
                path.push(name.as_ref().to_owned());
                content.clear();
                building.start(&path);
            }
            Ok(Event::Text(more)) => content.push_str(&more),
            Ok(Event::GeneralRef(reference)) => {
                content.push_str(match reference.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "\u{fffd}",
                });
            }
            Ok(Event::End(_)) => {
                building.end(&path, content.trim())?;
                path.pop();
                content.clear();
            }
            Ok(_) => {}
        }
    }
    building.finish()
}

#[cfg(feature = "xlsx")]
#[derive(Default)]
struct Ubl {
    invoice: SupplierInvoice,
    is_credit_note: bool,
    line: UblLine,
    is_ubl: bool,
    tax: Option<Exact>,
}

#[cfg(feature = "xlsx")]
#[derive(Default)]
struct UblLine {
    text: String,
    quantity: Option<Exact>,
    rate: Option<Exact>,
    per: Option<Exact>,
    amount: Option<Exact>,
    is_charge: bool,
}

#[cfg(feature = "xlsx")]
impl Ubl {
    fn start(&mut self, path: &[String]) {
        match path {
            [root] => {
                self.is_ubl = root == "Invoice" || root == "CreditNote";
                self.is_credit_note = root == "CreditNote";
            }
            [_, part]
                if matches!(
                    part.as_str(),
                    "InvoiceLine" | "CreditNoteLine" | "AllowanceCharge"
                ) =>
            {
                self.line = UblLine::default();
            }
            _ => {}
        }
    }

    fn end(&mut self, path: &[String], text: &str) -> Result<(), String> {
        let names: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
        let number = || {
            Exact::parse_decimal(text)
                .map(Some)
                .map_err(|_| format!("`{text}` in {} is not a number", names.join("/")))
        };
        let value = || Some(text.to_owned()).filter(|text| !text.is_empty());
        match names.as_slice() {
            ["ID"] => self.invoice.number = value(),
            ["IssueDate"] => self.invoice.date = value(),
            ["DocumentCurrencyCode"] => self.invoice.currency = value(),
            ["LegalMonetaryTotal", "PayableAmount"] => self.invoice.total = number()?,
            ["TaxTotal", "TaxAmount"] if self.tax.is_none() => self.tax = number()?,
            [_, "InvoicedQuantity" | "CreditedQuantity"] => self.line.quantity = number()?,
            ["InvoiceLine" | "CreditNoteLine", "LineExtensionAmount"] => {
                self.line.amount = number()?
            }
            ["InvoiceLine" | "CreditNoteLine", "Item", "Name"] => self.line.text = text.to_owned(),
            [_, "Price", "PriceAmount"] => self.line.rate = number()?,
            [_, "Price", "BaseQuantity"] => self.line.per = number()?,
            ["AllowanceCharge", "AllowanceChargeReason"] => self.line.text = text.to_owned(),
            ["AllowanceCharge", "ChargeIndicator"] => self.line.is_charge = text == "true",
            ["AllowanceCharge", "Amount"] => self.line.amount = number()?,
            ["InvoiceLine" | "CreditNoteLine"] => self.add(false)?,
            ["AllowanceCharge"] => self.add(true)?,
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, of_document: bool) -> Result<(), String> {
        let line = std::mem::take(&mut self.line);
        let amount = line
            .amount
            .ok_or_else(|| format!("`{}` has no amount", line.text))?;
        let taken_off = (of_document && !line.is_charge) != self.is_credit_note;
        let rate = match (line.rate, line.per) {
            (Some(rate), Some(per)) => rate.divide(&per),
            (rate, _) => rate,
        };
        self.invoice.lines.push(SupplierLine {
            text: line.text,
            quantity: line.quantity,
            rate,
            amount: if taken_off { amount.negate() } else { amount },
            month: None,
            is_tax: false,
        });
        Ok(())
    }

    fn finish(mut self) -> Result<SupplierInvoice, String> {
        if !self.is_ubl {
            return Err("this XML is neither an invoice nor a credit note in UBL".to_owned());
        }
        let signed = |amount: Exact| {
            if self.is_credit_note {
                amount.negate()
            } else {
                amount
            }
        };
        if let Some(tax) = self.tax.filter(|tax| !tax.is_zero()) {
            self.invoice.lines.push(SupplierLine {
                text: "Tax".to_owned(),
                quantity: None,
                rate: None,
                amount: signed(tax),
                month: None,
                is_tax: true,
            });
        }
        self.invoice.total = self.invoice.total.map(signed);
        Ok(self.invoice)
    }
}
