//! Until when and how a contract corrects what was invoiced.

use crate::calendar::Date;
use crate::model::{Contract, FactValue};
use crate::syntax::tree::PartnershipKind;

/// Where a correction is invoiced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As lines of the next invoice.
    NextInvoice,
    /// By a credit note, and a new invoice of the month.
    NewInvoice,
}

/// `corrections within 60 days on the next invoice`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorrectionRule {
    count: i64,
    in_months: bool,
    /// Where it is invoiced.
    pub mode: Mode,
}

impl CorrectionRule {
    /// The last day on which an invoice of that day is corrected.
    #[must_use]
    pub fn last_day(&self, issued: Date) -> Option<Date> {
        if !self.in_months {
            let days = jiff::Span::new().try_days(self.count).ok()?;
            return issued.checked_add(days).ok();
        }
        let months = jiff::Span::new().try_months(self.count).ok()?;
        issued.checked_add(months).ok()
    }

    /// The contract's words.
    #[must_use]
    pub fn words(&self) -> String {
        let unit = if self.in_months { "months" } else { "days" };
        let mode = match self.mode {
            Mode::NextInvoice => "on the next invoice",
            Mode::NewInvoice => "by a new invoice",
        };
        format!("corrections within {} {unit} {mode}", self.count)
    }
}

/// The rule of a contract ; nothing if it says nothing of corrections.
#[must_use]
pub fn rule_of(contract: &Contract) -> Option<CorrectionRule> {
    let clauses = contract.partnership.iter();
    let mut facts = clauses
        .filter(|clause| clause.kind == PartnershipKind::Measurement)
        .flat_map(|clause| &clause.facts);
    let fact = facts.find(|fact| fact.form == "corrections")?;
    let mut rule = CorrectionRule {
        count: 0,
        in_months: false,
        mode: Mode::NextInvoice,
    };
    for value in &fact.values {
        match value {
            FactValue::Number(number) => rule.count = number.to_integer()?,
            FactValue::Word(word) => match word.as_str() {
                "months" => rule.in_months = true,
                "new" => rule.mode = Mode::NewInvoice,
                _ => {}
            },
            FactValue::Text(_) => {}
        }
    }
    Some(rule)
}
