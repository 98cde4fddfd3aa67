//! The month that is varied, with everything before it.

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::data::{Cell, Row, Schema};
use crate::driver::{Checked, Invoicing, Outcome, schema_of};
use crate::model::{Contract, ScenarioFacts};
use crate::program::Program;
use crate::quantity::Exact;

/// How many months of the past are shown.
const PAST: usize = 12;

/// A month of one account that is computed again and again with other values.
pub struct Occasion<'c> {
    /// The contract with all its versions.
    pub checked: &'c Checked,
    /// The columns of its data.
    pub schema: Schema,
    /// The data of the month.
    pub row: Row,
    /// Whether the month is an example, and no month that was.
    pub is_example: bool,
    /// The last months up to this one, the newest last.
    pub past: Vec<PastValues>,
    /// The months before, computed.
    pub(super) invoicing: Invoicing<'c>,
}

/// What a month came to.
pub struct PastValues {
    /// The month.
    pub month: Month,
    /// Its total; nothing if it had no invoice.
    pub total: Option<Exact>,
    /// Its KPIs and columns, as far as they had a value.
    values: BTreeMap<String, Exact>,
}

impl PastValues {
    /// The value of a KPI or column.
    #[must_use]
    pub fn value_of(&self, name: &str) -> Option<&Exact> {
        self.values.get(name)
    }
}

impl<'c> Occasion<'c> {
    /// A month of data. The rows are those of one account, in the order of their months. Nothing if there is no row for
    /// the month, or if the contract has errors.
    #[must_use]
    pub fn of_rows(checked: &'c Checked, rows: &[Row], month: Month) -> Option<Self> {
        let at = rows.iter().position(|row| row.month == month)?;
        let schema = schema_of(checked)?;
        let mut invoicing = Invoicing::of(checked)?;
        let mut past = Vec::new();
        for (position, row) in rows.iter().enumerate().take(at + 1) {
            let outcome = if position < at {
                invoicing.compute(row)
            } else {
                invoicing.compute_aside(row)
            };
            if position + PAST > at {
                past.push(values(&invoicing, &schema, row, outcome));
            }
        }
        Some(Self {
            checked,
            schema,
            row: rows.get(at)?.clone(),
            is_example: false,
            past,
            invoicing,
        })
    }

    /// The last month of the contract's first scenario that has an invoice, and the name of the scenario.
    #[must_use]
    pub fn of_example(checked: &'c Checked) -> Option<(Self, String)> {
        let contract = &checked.contract;
        contract.scenarios.iter().find_map(|scenario| {
            let rows = rows_of(contract, scenario, &schema_of(checked)?);
            let mut found = Self::of_rows(checked, &rows, rows.last()?.month)?;
            let outcome = found.invoicing.compute_aside(&found.row);
            found.is_example = true;
            matches!(outcome, Outcome::Invoiced(_)).then(|| (found, scenario.name.clone()))
        })
    }

    /// The program in force in the month.
    #[must_use]
    pub fn program(&self) -> Option<&'c Program> {
        let begun = |from: Option<Month>| from.is_none_or(|from| from <= self.row.month);
        let versions = self.checked.versions();
        let version = versions.iter().rfind(|version| begun(version.from))?;
        Some(&version.compiled?.program)
    }

    /// What the month comes to as it is; nothing if it has no invoice.
    pub fn total(&mut self) -> Option<Exact> {
        match self.invoicing.compute_aside(&self.row) {
            Outcome::Invoiced(statement) => Some(statement.total),
            Outcome::Refused(..) => None,
        }
    }
}

/// The newest month that has an invoice. The rows are those of one account, in the order of their months.
#[must_use]
pub fn newest_invoiced(checked: &Checked, rows: &[Row]) -> Option<Month> {
    let mut invoicing = Invoicing::of(checked)?;
    let each = rows.iter().filter_map(|row| match invoicing.compute(row) {
        Outcome::Invoiced(statement) => Some(statement.month),
        Outcome::Refused(..) => None,
    });
    each.last()
}

fn rows_of(contract: &Contract, scenario: &ScenarioFacts, schema: &Schema) -> Vec<Row> {
    let slots = &contract.plan.slots;
    let months = scenario.months().enumerate();
    let each = months.map(|(at, month)| {
        let mut cells = vec![Cell::Missing; schema.columns.len()];
        for (slot, plan) in slots.iter().enumerate() {
            let position = schema.position(&plan.name);
            let cell = position.and_then(|position| cells.get_mut(position));
            if let (Some(cell), Some(value)) = (cell, scenario.value(slot, plan, at)) {
                *cell = Cell::Value(value.clone());
            }
        }
        Row {
            month,
            cells,
            ..Row::default()
        }
    });
    each.collect()
}

fn values(invoicing: &Invoicing<'_>, schema: &Schema, row: &Row, outcome: Outcome) -> PastValues {
    let cells = schema.columns.iter().zip(&row.cells);
    let cells = cells.filter_map(|(column, cell)| match cell {
        Cell::Value(value) => Some((column.name.clone(), value.clone())),
        Cell::Missing | Cell::Refused(_) => None,
    });
    let mut values: BTreeMap<String, Exact> = cells.collect();
    if let Some(evaluator) = invoicing.evaluator() {
        for measure in &evaluator.program().plan.measures {
            if let Some(value) = evaluator.number(measure.node) {
                values.insert(measure.name.clone(), value.clone());
            }
        }
    }
    PastValues {
        month: row.month,
        total: match outcome {
            Outcome::Invoiced(statement) => Some(statement.total),
            Outcome::Refused(..) => None,
        },
        values,
    }
}
