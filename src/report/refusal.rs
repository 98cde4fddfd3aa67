//! Months without an invoice: every reason with the clause that it leaves open.

use crate::diagnostic::Diagnostic;
use crate::ledger::{Reason, Refusal};
use crate::text::Sources;

use super::findings::{Style, render_one};
use super::visible::on_one_line;

/// The kind of every finding that stands for a reason.
pub const CODE: &str = "no-invoice";

/// All refusals in the order given, each reason with its lines of the contract, then how many months there are.
#[must_use]
pub fn render(refusals: &[Refusal], sources: &Sources, colour: bool) -> String {
    if refusals.is_empty() {
        return String::new();
    }
    let mut out: String = refusals
        .iter()
        .flat_map(diagnostics)
        .map(|reason| render_one(&reason, sources, Style::Full, colour))
        .collect();
    out.push_str(&summary(refusals));
    out
}

/// One finding for each reason, naming month, account and data column.
#[must_use]
pub fn diagnostics(refusal: &Refusal) -> Vec<Diagnostic> {
    refusal
        .reasons
        .iter()
        .map(|reason| diagnostic(refusal, reason))
        .collect()
}

fn diagnostic(refusal: &Refusal, reason: &Reason) -> Diagnostic {
    let month = month(refusal);
    let message = format!("no invoice for {month}: {}", reason.message);
    let mut diagnostic = Diagnostic::error(CODE, reason.span, message).here(&reason.label);
    if let Some(column) = &reason.column {
        diagnostic = diagnostic.because(format!("the value is read from data column `{column}`"));
    }
    if !reason.reaches.is_empty() {
        let names: Vec<String> = reason
            .reaches
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        diagnostic = diagnostic.because(format!("without it there is no {}", names.join(", no ")));
    }
    if reason.help.is_empty() {
        diagnostic
    } else {
        diagnostic.help(&reason.help)
    }
}

fn month(refusal: &Refusal) -> String {
    match &refusal.account {
        Some(account) => format!("{} of account {}", refusal.month, on_one_line(account)),
        None => refusal.month.to_string(),
    }
}

fn summary(refusals: &[Refusal]) -> String {
    let reasons: usize = refusals.iter().map(|refusal| refusal.reasons.len()).sum();
    let months = match refusals.len() {
        1 => "1 month has no invoice".to_owned(),
        count => format!("{count} months have no invoice"),
    };
    let reasons = match reasons {
        1 => "1 reason".to_owned(),
        count => format!("{count} reasons"),
    };
    format!("{months}, {reasons}\n")
}
