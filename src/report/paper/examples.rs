//! Worked examples: the contract's scenarios, with the amounts that they come to.

use crate::calendar::Month;
use crate::quantity::Figure;

use super::words::figure;

/// A scenario, computed.
#[derive(Clone, Debug)]
pub struct Worked {
    /// Its name.
    pub name: String,
    /// Its months.
    pub months: Vec<Month>,
    /// The figures that it states: the column of the data, and its value in each month; nothing where it is not reported.
    pub given: Vec<(String, Vec<Option<Figure>>)>,
    /// What it comes to.
    pub results: Vec<(String, Vec<WorkedResult>)>,
}

/// A result in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkedResult {
    /// A value or an amount, as computed.
    Value(Figure),
    /// The month has no invoice, or the result no value.
    None(&'static str),
}

impl Worked {
    /// The given figures as rows: the column, then a cell for each month. What is the same in every month is one cell.
    pub(super) fn given_rows(&self) -> Vec<Vec<String>> {
        let cell = |value: &Option<Figure>| {
            value.as_ref().map_or_else(
                || "not reported".to_owned(),
                |value| figure(&value.value, &value.kind),
            )
        };
        let rows = self.given.iter().map(|(column, values)| {
            let cells = values.iter().map(cell);
            std::iter::once(column.clone()).chain(cells).collect()
        });
        rows.collect()
    }

    /// The results as rows.
    pub(super) fn result_rows(&self) -> Vec<Vec<String>> {
        let cell = |value: &WorkedResult| match value {
            WorkedResult::Value(value) => figure(&value.value, &value.kind),
            WorkedResult::None(why) => (*why).to_owned(),
        };
        let rows = self.results.iter().map(|(what, values)| {
            std::iter::once(what.clone())
                .chain(values.iter().map(cell))
                .collect()
        });
        rows.collect()
    }
}
