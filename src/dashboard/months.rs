//! The months of an account up to the one that is shown, computed once.

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::data::Row;
use crate::driver::{Checked, Invoicing, Outcome};
use crate::evaluate::Evaluator;
use crate::ledger::Statement;
use crate::program::{NodeId, Program};
use crate::quantity::Exact;
use crate::report::dashboard::Sum;

/// How many months a trend has.
const TREND: i32 = 12;

/// All months up to the one that is shown.
pub(super) struct Computed<'c> {
    pub(super) months: Vec<OneMonth>,
    /// Why the last month has no invoice; empty if it has one.
    pub(super) refused: String,
    /// The evaluator has the values of the last month.
    invoicing: Invoicing<'c>,
}

/// A month.
pub(super) struct OneMonth {
    pub(super) month: Month,
    /// Its statement, if it has an invoice.
    pub(super) statement: Option<Statement>,
    /// The KPIs, as far as they had a value.
    pub(super) values: BTreeMap<String, Exact>,
}

impl<'c> Computed<'c> {
    pub(super) fn of(checked: &'c Checked, rows: &[Row], month: Month) -> Option<Self> {
        let mut invoicing = Invoicing::of(checked)?;
        let mut months = Vec::new();
        let mut refused = String::new();
        for row in rows.iter().take_while(|row| row.month <= month) {
            let (statement, why) = match invoicing.compute(row) {
                Outcome::Invoiced(statement) => (Some(*statement), String::new()),
                Outcome::Refused(refusal, problems) => {
                    let reasons = refusal.reasons.into_iter().map(|reason| reason.message);
                    let problems = problems.iter().map(ToString::to_string);
                    let all: Vec<String> = reasons.chain(problems).collect();
                    (None, all.join("; "))
                }
            };
            refused = why;
            months.push(OneMonth {
                month: row.month,
                statement,
                values: invoicing.evaluator().map(values).unwrap_or_default(),
            });
        }
        let is_there = months.last().is_some_and(|last| last.month == month);
        is_there.then_some(Self {
            months,
            refused,
            invoicing,
        })
    }

    /// The program in force in the last month.
    pub(super) fn program(&self) -> Option<&'c Program> {
        Some(self.invoicing.evaluator()?.program())
    }

    /// The value of a node in the last month.
    pub(super) fn number(&self, node: NodeId) -> Option<Exact> {
        self.invoicing.evaluator()?.number(node).cloned()
    }

    /// The last month.
    pub(super) fn last(&self) -> Option<&OneMonth> {
        self.months.last()
    }

    /// The statement of the last month.
    pub(super) fn statement(&self) -> Option<&Statement> {
        self.last()?.statement.as_ref()
    }

    /// The statements from a month on.
    pub(super) fn statements(&self, from: Month) -> impl Iterator<Item = &Statement> {
        let months = self.months.iter().filter(move |one| one.month >= from);
        months.filter_map(|one| one.statement.as_ref())
    }

    /// An amount of the last month and of all months since the year began.
    pub(super) fn sum(&self, from: Month, amount: impl Fn(&Statement) -> Exact) -> Sum {
        Sum {
            month: self.statement().map(&amount),
            year: self
                .statements(from)
                .fold(Exact::zero(), |sum, one| sum.add(&amount(one))),
        }
    }

    /// The months without an invoice, from a month on. A month without a row has none.
    pub(super) fn without(&self, from: Month) -> Vec<Month> {
        let Some(last) = self.last().map(|one| one.month) else {
            return Vec::new();
        };
        let all = (0..=last.since(from)).map(|after| from.plus(after));
        all.filter(|month| {
            let mut known = self.months.iter();
            !known.any(|one| one.month == *month && one.statement.is_some())
        })
        .collect()
    }

    /// Something of each of the last months for which there can be data, the newest last.
    pub(super) fn last_months<T>(
        &self,
        read: impl Fn(&OneMonth) -> Option<T>,
    ) -> Vec<(Month, Option<T>)> {
        let (Some(first), Some(last)) = (self.months.first(), self.months.last()) else {
            return Vec::new();
        };
        let count = (last.month.since(first.month) + 1).min(TREND);
        let months = (1 - count..=0).map(|back| last.month.plus(back));
        months
            .map(|month| {
                let found = self.months.iter().find(|one| one.month == month);
                (month, found.and_then(&read))
            })
            .collect()
    }
}

fn values(evaluator: &Evaluator<'_>) -> BTreeMap<String, Exact> {
    let measures = evaluator.program().plan.measures.iter();
    measures
        .filter_map(|measure| {
            let value = evaluator.number(measure.node)?;
            Some((measure.name.clone(), value.clone()))
        })
        .collect()
}
