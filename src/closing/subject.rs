//! What is closed: a contract with its texts, and the months of an account computed under it.

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::data::{Problem, Row, Schema};
use crate::driver::{Checked, Invoicing, Outcome, VersionOf, schema_of};
use crate::ledger::{Refusal, Statement};
use crate::model::Contract;
use crate::report::document::{DataPart, Described, Document, FilePart, ProgramPart, describe};

use super::snapshot::{self, Snapshot};

/// The version of the language that this program reads.
const LANGUAGE: u32 = 2;

/// A contract that is closed.
pub struct Subject<'c> {
    /// The contract with all its versions.
    pub checked: &'c Checked,
    /// The columns of its data.
    pub schema: Schema,
    /// Its texts: the file that was named first, and what it uses.
    pub files: Vec<FilePart>,
    /// The files of the data.
    pub data: Vec<FilePart>,
    /// The columns of each line, by version and by the line's position in the plan.
    columns: Vec<Vec<Vec<String>>>,
}

/// A month, computed.
pub struct Computed {
    /// The month.
    pub month: Month,
    /// What came out.
    pub result: Result,
}

/// What came out of a month.
pub enum Result {
    /// Its statement. The document names no snapshot yet.
    Statement(Box<Document>),
    /// It has no invoice.
    Refused(Box<Refusal>, Vec<Problem>),
}

impl Computed {
    /// The statement, if there is one.
    #[must_use]
    pub fn document(&self) -> Option<&Document> {
        match &self.result {
            Result::Statement(document) => Some(document),
            Result::Refused(..) => None,
        }
    }
}

impl<'c> Subject<'c> {
    /// A contract with its texts and the files of its data; nothing if it has errors.
    #[must_use]
    pub fn new(checked: &'c Checked, files: Vec<FilePart>, data: Vec<FilePart>) -> Option<Self> {
        let versions = checked.versions();
        let columns = versions.iter().map(columns_of).collect::<Option<_>>()?;
        Some(Self {
            checked,
            schema: schema_of(checked)?,
            files,
            data,
            columns,
        })
    }

    /// The contract's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.checked.contract.heading.contract
    }

    /// The contract as it reads in a month.
    #[must_use]
    pub fn contract_in(&self, month: Month) -> &'c Contract {
        self.checked.contract_in(month)
    }

    /// Computes the months of one account; the rows are in the order of their months. Months between rows, for which
    /// there is none, are left out.
    #[must_use]
    pub fn compute(&self, rows: &[Row]) -> Vec<Computed> {
        let Some(mut invoicing) = Invoicing::of(self.checked) else {
            return Vec::new();
        };
        let each = rows.iter().map(|row| Computed {
            month: row.month,
            result: match invoicing.compute(row) {
                Outcome::Invoiced(statement) => {
                    Result::Statement(Box::new(self.document(&statement, row)))
                }
                Outcome::Refused(refusal, problems) => Result::Refused(refusal, problems),
            },
        });
        each.collect()
    }

    fn document(&self, statement: &Statement, row: &Row) -> Document {
        describe(
            statement,
            Described {
                heading: &self.contract_in(statement.month).heading,
                files: self.files.clone(),
                data: DataPart {
                    snapshot: String::new(),
                    files: self.data.clone(),
                    cells: snapshot::cells(&self.schema, row),
                },
                program: ProgramPart {
                    version: env!("CARGO_PKG_VERSION").to_owned(),
                    language: LANGUAGE,
                },
                columns: self.columns_of(statement),
            },
        )
    }

    /// The columns of each line of a statement.
    fn columns_of(&self, statement: &Statement) -> Vec<Vec<String>> {
        let versions = self.checked.versions();
        let in_force =
            |version: &VersionOf<'_>| version.from.is_none_or(|from| from <= statement.month);
        let at = versions.iter().rposition(in_force).unwrap_or(0);
        let (Some(version), Some(columns)) = (versions.get(at), self.columns.get(at)) else {
            return Vec::new();
        };
        let Some(compiled) = version.compiled else {
            return Vec::new();
        };
        // A statement has the lines of the plan in their order, without those that are not shown.
        let mut plan = compiled.program.plan.lines.iter().zip(columns);
        let each = statement.lines.iter().map(|line| {
            let found = plan.find(|(plan, _)| {
                plan.kind == line.kind && plan.name == line.name && plan.span == line.span
            });
            found
                .map(|(_, columns)| columns.clone())
                .unwrap_or_default()
        });
        each.collect()
    }

    /// The rows up to a month as the books keep them.
    ///
    /// # Errors
    /// The cells that cannot be read.
    pub fn snapshot(
        &self,
        rows: &[Row],
        month: Month,
    ) -> std::result::Result<Snapshot, Vec<Problem>> {
        let count = rows.iter().take_while(|row| row.month <= month).count();
        let rows = rows.get(..count).unwrap_or_default();
        let account = rows.first().and_then(|row| row.account.as_deref());
        Snapshot::of(account, &self.schema, rows)
    }
}

/// The columns that each line of a version depends on.
fn columns_of(version: &VersionOf<'_>) -> Option<Vec<Vec<String>>> {
    let program = &version.compiled?.program;
    let slots = &program.plan.slots;
    let mut known: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let lines = program.plan.lines.iter().map(|line| {
        let columns = known.entry(line.amount.0).or_insert_with(|| {
            let columns = program.columns(line.amount).into_iter();
            let mut columns: Vec<usize> = columns.map(|slot| slot.0 as usize).collect();
            columns.sort_unstable();
            columns.dedup();
            let names = columns.into_iter().filter_map(|at| slots.get(at));
            names.map(|slot| slot.name.clone()).collect()
        });
        columns.clone()
    });
    Some(lines.collect())
}
