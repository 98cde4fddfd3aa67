//! Months without an invoice: every reason, with the clause that it leaves open.

use crate::diagnostic::Diagnostic;
use crate::ledger::{Reason, Refusal};
use crate::text::Sources;

use super::findings::{Style, render_one};
use crate::report::escape::terminal::on_one_line;

/// The kind of every finding that shows a reason.
pub const CODE: &str = "no-invoice";

/// The most items affected by a reason that are named.
const MOST_REACHED: usize = 8;

/// All refusals in the order given, each reason with its lines of the contract; then the number of months.
#[must_use]
pub fn render(refusals: &[Refusal], sources: &Sources, colour: bool) -> String {
    if refusals.is_empty() {
        return String::new();
    }
    let mut out: String = refusals
        .iter()
        .map(|refusal| render_reasons(refusal, sources, colour))
        .collect();
    let reasons = refusals.iter().map(|refusal| refusal.reasons.len()).sum();
    out.push_str(&summary(refusals.len(), reasons));
    out
}

/// The reasons of one refusal, for callers that show months one at a time. Such callers add [`summary`] at the end.
#[must_use]
pub fn render_reasons(refusal: &Refusal, sources: &Sources, colour: bool) -> String {
    let reasons = diagnostics(refusal);
    let drawn = reasons
        .iter()
        .map(|reason| render_one(reason, sources, Style::Full, colour));
    drawn.collect()
}

/// The number of months without an invoice, and the number of reasons.
#[must_use]
pub fn summary(months: usize, reasons: usize) -> String {
    let months = match months {
        1 => "1 month has no invoice".to_owned(),
        count => format!("{count} months have no invoice"),
    };
    let reasons = match reasons {
        1 => "1 reason".to_owned(),
        count => format!("{count} reasons"),
    };
    format!("{months}, {reasons}\n")
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
        diagnostic =
            diagnostic.because(format!("without it there is {}", reached(&reason.reaches)));
    }
    if reason.help.is_empty() {
        diagnostic
    } else {
        diagnostic.help(&reason.help)
    }
}

/// Items that a reason affects. If there are many, only the nearest ones and the last.
fn reached(names: &[String]) -> String {
    let no = |name: &String| format!("no `{name}`");
    let mut words: Vec<String> = names.iter().map(no).collect();
    let left_out = words.len().saturating_sub(MOST_REACHED);
    if left_out > 1 {
        let from = MOST_REACHED - 1;
        let instead = format!("none of {left_out} more that need them");
        words.splice(from..from + left_out, [instead]);
    }
    words.join(", ")
}

fn month(refusal: &Refusal) -> String {
    match &refusal.account {
        Some(account) => format!("{} of account {}", refusal.month, on_one_line(account)),
        None => refusal.month.to_string(),
    }
}
