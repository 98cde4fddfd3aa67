//! Who sells and who buys, and how it is paid: from what the contract says about its parties.

use crate::report::document::parts::{Document, PartyPart};
use crate::report::escape::markup::escaped;

use super::{Missing, element};

/// What a contract says about a party under a name.
pub(super) fn attribute<'p>(party: Option<&'p PartyPart>, name: &str) -> Option<&'p str> {
    let attributes = party.into_iter().flat_map(|party| &party.attributes);
    let mut of_name = attributes.filter(|attribute| attribute.name == name);
    of_name.next().map(|attribute| attribute.value.as_str())
}

/// What an e-invoice needs and the contract does not say.
pub(super) fn missing(document: &Document) -> Vec<Missing> {
    let contract = &document.contract;
    let sides = [
        ("supplier", contract.supplier.as_ref()),
        ("customer", contract.customer.as_ref()),
    ];
    let mut missing = Vec::new();
    for (side, party) in sides {
        let Some(party) = party else {
            missing.push(Missing::new(
                format!("the contract does not name its {side}"),
                format!(
                    "write `{side} \"…\" street \"…\" city \"…\" postcode \"…\" country \"DE\"`"
                ),
            ));
            continue;
        };
        let needed: &[(&str, &str)] = if side == "supplier" {
            &[
                ("street", "…"),
                ("city", "…"),
                ("postcode", "…"),
                ("country", "DE"),
                ("vat", "DE123456789"),
                ("iban", "…"),
            ]
        } else {
            &[
                ("street", "…"),
                ("city", "…"),
                ("postcode", "…"),
                ("country", "DE"),
            ]
        };
        let absent: Vec<String> = needed
            .iter()
            .filter(|(name, _)| attribute(Some(party), name).is_none())
            .map(|(name, example)| format!("{name} \"{example}\""))
            .collect();
        if !absent.is_empty() {
            missing.push(Missing::new(
                format!("an e-invoice needs more about the {side} than the contract says"),
                format!(
                    "append to `{side} \"{}\"`: `{}`",
                    party.name,
                    absent.join(" ")
                ),
            ));
        }
        let country = attribute(Some(party), "country");
        if country.is_some_and(|code| {
            code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase())
        }) {
            missing.push(Missing::new(
                format!(
                    "`country \"{}\"` of the {side} is not a code",
                    country.unwrap_or_default()
                ),
                "write the two capital letters of ISO 3166, such as `country \"DE\"`",
            ));
        }
        let endpoint = attribute(Some(party), "endpoint");
        if endpoint.is_some_and(|endpoint| endpoint.split_once(':').is_none()) {
            missing.push(Missing::new(
                format!(
                    "`endpoint \"{}\"` of the {side} has no scheme",
                    endpoint.unwrap_or_default()
                ),
                "write the code of its scheme before it, such as `endpoint \"0088:4012345000009\"`",
            ));
        }
    }
    missing
}

/// The seller and the buyer; without VAT numbers if the service is outside the scope of the tax.
pub(super) fn parties(document: &Document, with_vat: bool) -> String {
    let contract = &document.contract;
    let side = |tag: &str, party: Option<&PartyPart>| {
        let body = party.map(|party| one(party, with_vat)).unwrap_or_default();
        format!("<cac:{tag}>\n<cac:Party>\n{body}</cac:Party>\n</cac:{tag}>\n")
    };
    side("AccountingSupplierParty", contract.supplier.as_ref())
        + &side("AccountingCustomerParty", contract.customer.as_ref())
}

fn one(party: &PartyPart, with_vat: bool) -> String {
    let of = |name: &str| attribute(Some(party), name);
    let optional = |tag: &str, name: &str| {
        of(name)
            .map(|value| element(tag, value))
            .unwrap_or_default()
    };
    let mut out = String::new();
    if let Some((scheme, id)) = of("endpoint").and_then(|endpoint| endpoint.split_once(':')) {
        out.push_str(&format!(
            "<cbc:EndpointID schemeID=\"{}\">{}</cbc:EndpointID>\n",
            escaped(scheme.trim()),
            escaped(id.trim())
        ));
    }
    out.push_str(&format!(
        "<cac:PostalAddress>\n{}{}{}<cac:Country>\n{}</cac:Country>\n</cac:PostalAddress>\n",
        optional("StreetName", "street"),
        optional("CityName", "city"),
        optional("PostalZone", "postcode"),
        optional("IdentificationCode", "country"),
    ));
    if let Some(vat) = of("vat").filter(|_| with_vat) {
        out.push_str(&format!(
            "<cac:PartyTaxScheme>\n{}<cac:TaxScheme>\n{}</cac:TaxScheme>\n</cac:PartyTaxScheme>\n",
            element("CompanyID", vat),
            element("ID", "VAT")
        ));
    }
    out.push_str(&format!(
        "<cac:PartyLegalEntity>\n{}{}</cac:PartyLegalEntity>\n",
        element("RegistrationName", &party.name),
        optional("CompanyID", "registration"),
    ));
    let contact = optional("Name", "contact")
        + &optional("Telephone", "phone")
        + &optional("ElectronicMail", "email");
    if !contact.is_empty() {
        out.push_str(&format!("<cac:Contact>\n{contact}</cac:Contact>\n"));
    }
    out
}

/// How it is paid. A credit note has its due day, if it has one, here.
pub(super) fn payment(document: &Document, is_credit_note: bool) -> String {
    let supplier = document.contract.supplier.as_ref();
    let iban: String = attribute(supplier, "iban")
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let bank = attribute(supplier, "bic").map(|bic| {
        format!(
            "<cac:FinancialInstitutionBranch>\n{}</cac:FinancialInstitutionBranch>\n",
            element("ID", bic)
        )
    });
    let means = format!(
        "<cac:PaymentMeans>\n{}<cac:PayeeFinancialAccount>\n{}{}</cac:PayeeFinancialAccount>\n</cac:PaymentMeans>\n",
        element("PaymentMeansCode", "58"),
        element("ID", &iban),
        bank.unwrap_or_default(),
    );
    let days = document.contract.due_in_days.filter(|_| !is_credit_note);
    let terms = days.map(|days| {
        let words = if days == 1 {
            "due in 1 day".to_owned()
        } else {
            format!("due in {days} days")
        };
        format!(
            "<cac:PaymentTerms>\n{}</cac:PaymentTerms>\n",
            element("Note", &words)
        )
    });
    means + &terms.unwrap_or_default()
}
