//! `quidpro records verify`: what was reported beside what the records give.

use std::path::Path;

use crate::closing::{Recounting, counted_columns, recount};
use crate::data::Schema;
use crate::report::failure::Failure;
use crate::report::records::{json, text};

use crate::cli::arguments::{DataFile, RecordsVerifyFormat, RecordsVerifyOptions};
use crate::cli::console::Console;
use crate::cli::{Ending, Outcome, accounts, files, monthly};

pub(super) fn run(options: &RecordsVerifyOptions, console: &mut Console) -> Outcome {
    let ready = monthly::contract(&options.contract, console)?;
    let checked = ready.checked()?;
    let schema = monthly::columns(checked)?;
    let counted = counted_columns(&checked.contract, &schema);
    if counted.is_empty() {
        return Err(
            Failure::new("no input of the contract is counted from records")
                .help(
                    "write what an input is counted from: `input offered : calls = count of calls`",
                )
                .into(),
        );
    }
    let mut columns: Vec<_> = counted
        .iter()
        .filter_map(|at| schema.columns.get(*at))
        .cloned()
        .collect();
    for column in &mut columns {
        // A month whose records cannot all be used has an empty cell, which is no mistake of the file.
        column.may_be_missing = true;
        column.versions.clear();
    }
    let of_records = Schema { columns };
    let reported = accounts::sheet(&options.data, &ready, None, console)?;
    let file = DataFile {
        data: options.records.clone(),
        sheet: None,
    };
    let recounted = accounts::sheet_of(&file, &of_records, None, console)?;
    let found = recount(&Recounting {
        checked,
        schema: &schema,
        reported: (&reported.accounts, shown(&options.data.data)),
        recounted: (&recounted.accounts, shown(&options.records)),
    });
    let found = found.ok_or_else(|| Failure::new("the contract has no program"))?;
    console.print(&match options.format {
        RecordsVerifyFormat::Text => text::render(&found),
        RecordsVerifyFormat::Json => json::render(&found),
    })?;
    Ok(if found.agrees() {
        Ending::Fine
    } else {
        Ending::Findings
    })
}

fn shown(path: &Path) -> String {
    files::shown(path)
}
