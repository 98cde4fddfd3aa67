//! A letter of dispute: what is not accepted, why, and what is paid meanwhile.

use crate::report::document::html::whole;
use crate::report::escape::markup::name;

use super::text::{shown, signed};
use super::{Matched, Reconciliation};

/// The letter.
#[must_use]
pub fn render(reconciliation: &Reconciliation) -> String {
    let ours = &reconciliation.ours;
    let contract = &ours.contract;
    let title = contract.title.as_ref().unwrap_or(&contract.name);
    let number = reconciliation
        .number
        .as_deref()
        .unwrap_or("without a number");
    let dated = reconciliation
        .date
        .as_deref()
        .map_or_else(String::new, |date| format!(" of {date}"));
    let party = |party: &Option<crate::report::document::PartyPart>| {
        party
            .as_ref()
            .map(|party| name(&party.name))
            .unwrap_or_default()
    };
    let account = ours
        .account
        .as_deref()
        .map_or_else(String::new, |account| format!(", account {account}"));
    let disputed: Vec<&Matched> = reconciliation.disputed().collect();
    let rows: String = disputed.iter().map(|line| row(line)).collect();
    let effects: String = reconciliation
        .effects
        .iter()
        .map(|(effect, amount)| {
            format!(
                "<tr><td>{}</td><td class=\"number\">{}</td></tr>\n",
                effect.title(),
                signed(amount)
            )
        })
        .collect();
    let opening = if disputed.is_empty() {
        "<p>We have compared the invoice with the contract. We dispute no line of it.</p>\n"
            .to_owned()
    } else {
        format!(
            "<p>We have compared the invoice with the contract, and dispute {}. The contract comes to {currency} {}; \
             your invoice comes to {currency} {}. The lines below say what we do not accept, and why.</p>\n",
            match disputed.len() {
                1 => "one line".to_owned(),
                many => format!("{many} lines"),
            },
            shown(&ours.total),
            shown(&reconciliation.theirs),
            currency = name(&ours.currency),
        )
    };
    let table = if disputed.is_empty() {
        String::new()
    } else {
        format!(
            "<table class=\"lines\">\n<thead><tr><th>Line</th><th class=\"number\">Contract</th><th class=\"number\">Your invoice</th>\
             <th class=\"number\">Disputed</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n\
             <h2>The difference, by effect</h2>\n<table>\n{effects}\
             <tr class=\"sum\"><td>Together</td><td class=\"number\">{}</td></tr>\n</table>\n",
            signed(&reconciliation.difference)
        )
    };
    let body = format!(
        "<main>\n<header>\n<h1>Invoice {number}{dated}</h1>\n<p class=\"kind\">{}{}, {}</p>\n</header>\n\
         <table class=\"fields\">\n<tr><th scope=\"row\">From</th><td>{}</td></tr>\n<tr><th scope=\"row\">To</th><td>{}</td></tr>\n</table>\n\
         {opening}{table}\
         <p><b>Undisputed: {} {}.</b> This amount is the lower of the two on each line. It is paid when it is due; the rest when it is \
         settled.</p>\n<p class=\"faint\">Compared by quidpro {} with the contract's data of the month, sha256 {}.</p>\n</main>\n",
        name(title),
        name(&account),
        reconciliation.month(),
        party(&contract.customer),
        party(&contract.supplier),
        name(&ours.currency),
        shown(&reconciliation.undisputed),
        name(&ours.program.version),
        ours.data
            .files
            .iter()
            .map(|file| name(&file.sha256))
            .collect::<Vec<_>>()
            .join(", "),
        number = name(number),
        dated = name(&dated),
    );
    whole(&format!("Dispute: invoice {number}"), &body)
}

fn row(line: &Matched) -> String {
    let amount = |amount: Option<&crate::report::document::Amount>| {
        amount.map(shown).unwrap_or_else(|| "–".to_owned())
    };
    let clause = line.clause.as_deref().map_or_else(String::new, |clause| {
        format!(" <span class=\"faint\">{}</span>", name(clause))
    });
    format!(
        "<tr><td>{}{clause}<br><span class=\"faint\">{}</span></td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
        name(&line.title),
        name(&line.words),
        amount(line.ours.as_ref()),
        amount(line.theirs.as_ref()),
        signed(&line.difference)
    )
}
