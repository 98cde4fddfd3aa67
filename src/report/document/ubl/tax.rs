//! The tax of an e-invoice: one category, computed once on the whole sum.

use crate::ledger::LineKind;
use crate::quantity::{Exact, Rounding, RoundingMode};
use crate::report::document::exact_of;
use crate::report::document::parts::{Document, DocumentKind, LinePart};

use super::parties::attribute;
use super::{Missing, element, money};

/// The tax of a document.
pub(super) struct Tax {
    /// The category, as EN 16931 codes it.
    code: String,
    /// The rate in percent; nothing for what is outside the scope of tax.
    percent: Option<Exact>,
    /// Why there is no tax.
    reason: Option<String>,
    /// The amount, as it is on the document.
    pub(super) amount: Exact,
}

/// Categories without tax.
const UNTAXED: [&str; 6] = ["Z", "E", "AE", "K", "G", "O"];

/// The tax; from the tax lines of the document, or from the words of the contract where it has none.
pub(super) fn tax_of(document: &Document) -> Result<Tax, Missing> {
    let is_tax = |line: &&LinePart| line.line_kind() == Some(LineKind::Tax);
    let taxes: Vec<&LinePart> = document.lines.iter().filter(is_tax).collect();
    let supplier = document.contract.supplier.as_ref();
    let code = attribute(supplier, "vat_category");
    if taxes.is_empty() {
        return untaxed(document, code);
    }
    let others = document.lines.iter().filter(|line| !is_tax(line));
    let sum = |lines: &mut dyn Iterator<Item = &LinePart>| {
        lines.fold(Exact::zero(), |sum, line| sum.add(line.amount.exact()))
    };
    let taxable = sum(&mut { others });
    let amount = sum(&mut taxes.iter().copied());
    let rates = taxes.iter().filter_map(|line| {
        let rate = line.rate.as_ref().filter(|rate| rate.kind == "percent")?;
        Some(exact_of(&rate.value)?.multiply(&Exact::from_integer(100)))
    });
    let mut rates: Vec<Exact> = rates.collect();
    rates.dedup();
    let [percent] = rates.as_slice() else {
        return Err(Missing::new(
            "the tax is not one percentage, and an e-invoice of quidpro has one",
            "write one tax as a share of the total: `tax vat 19% of total`",
        ));
    };
    let cent = Rounding {
        mode: RoundingMode::HalfUp,
        step: Exact::ratio(1, 100).unwrap_or_else(Exact::one),
    };
    let hundred = Exact::from_integer(100);
    let expected = taxable
        .multiply(percent)
        .divide(&hundred)
        .map(|exact| cent.apply(&exact));
    if expected.as_ref() != Some(&amount) {
        return Err(Missing::new(
            format!(
                "the tax is {}, and {percent}% of what is taxed is {}",
                amount.to_fixed(2),
                expected
                    .map(|expected| expected.to_fixed(2))
                    .unwrap_or_default()
            ),
            "an e-invoice has the tax computed once, on the whole sum: tax the `total`, and correct earlier months by a new invoice",
        ));
    }
    Ok(Tax {
        code: code.unwrap_or("S").to_owned(),
        percent: Some(percent.clone()),
        reason: None,
        amount: if document.kind == DocumentKind::CreditNote {
            amount.negate()
        } else {
            amount
        },
    })
}

fn untaxed(document: &Document, code: Option<&str>) -> Result<Tax, Missing> {
    let supplier = document.contract.supplier.as_ref();
    let customer = document.contract.customer.as_ref();
    let words = "append to the supplier: `vat_category \"AE\" vat_reason \"Reverse charge\"` (AE reverse charge, K within the EU, \
                 G export, E exempt, Z zero rate, O outside the scope of tax); or write the tax: `tax vat 19% of total`";
    let Some(code) = code.filter(|code| UNTAXED.contains(code)) else {
        return Err(Missing::new(
            "the document has no tax, and the contract does not say why",
            words,
        ));
    };
    let reason = attribute(supplier, "vat_reason");
    if reason.is_none() && code != "Z" {
        return Err(Missing::new(
            format!("`vat_category \"{code}\"` needs a reason"),
            "append to the supplier: `vat_reason \"…\"`, in the words that the invoice must have",
        ));
    }
    if matches!(code, "AE" | "K") && attribute(customer, "vat").is_none() {
        return Err(Missing::new(
            format!("`vat_category \"{code}\"` needs the customer's VAT number"),
            "append to the customer: `vat \"NL812345678B01\"`",
        ));
    }
    Ok(Tax {
        code: code.to_owned(),
        percent: (code != "O").then(Exact::zero),
        reason: reason.map(str::to_owned).filter(|_| code != "Z"),
        amount: Exact::zero(),
    })
}

impl Tax {
    /// Whether the service is within the scope of the tax.
    pub(super) fn is_in_scope(&self) -> bool {
        self.percent.is_some()
    }

    /// The category, of a line or of the total; the reason is only with the total.
    pub(super) fn category(&self, tag: &str, with_reason: bool) -> String {
        let percent = self.percent.as_ref();
        let percent = percent.map(|percent| element("Percent", &percent.to_string()));
        let reason = self.reason.as_ref().filter(|_| with_reason);
        let reason = reason.map(|reason| element("TaxExemptionReason", reason));
        format!(
            "<cac:{tag}>\n{}{}{}<cac:TaxScheme>\n{}</cac:TaxScheme>\n</cac:{tag}>\n",
            element("ID", &self.code),
            percent.unwrap_or_default(),
            reason.unwrap_or_default(),
            element("ID", "VAT"),
        )
    }

    /// The tax on the whole sum.
    pub(super) fn total(&self, currency: &str, taxable: &Exact) -> String {
        format!(
            "<cac:TaxTotal>\n{amount}<cac:TaxSubtotal>\n{}{amount}{}</cac:TaxSubtotal>\n</cac:TaxTotal>\n",
            money("TaxableAmount", taxable, currency),
            self.category("TaxCategory", true),
            amount = money("TaxAmount", &self.amount, currency),
        )
    }
}
