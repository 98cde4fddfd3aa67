//! What the commands of the close have in common: a contract with the rows of each account, and who signs.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Date;
use crate::closing::Subject;
use crate::data::{Row, Schema, TOTAL_ROW};
use crate::report::document::FilePart;
use crate::report::failure::Failure;
use crate::text::shape;

use super::arguments::{ApprovalOptions, DataFile};
use super::console::Console;
use super::monthly::{self, Ready};
use super::{Trouble, checker, files};

/// The rows of each account, in the order of their months.
pub(super) type Accounts = BTreeMap<Option<Arc<str>>, Vec<Row>>;

/// Data, read.
pub(super) struct Sheet {
    /// The file.
    pub(super) file: FilePart,
    /// Its rows.
    pub(super) accounts: Accounts,
}

/// Reads all rows of a contract's data, or those of one account. Every row must be readable.
pub(super) fn sheet(
    file: &DataFile,
    ready: &Ready,
    account: Option<&str>,
    console: &mut Console,
) -> Result<Sheet, Trouble> {
    sheet_of(file, &monthly::columns(ready.checked()?)?, account, console)
}

/// The same for data of other columns.
pub(super) fn sheet_of(
    file: &DataFile,
    schema: &Schema,
    account: Option<&str>,
    console: &mut Console,
) -> Result<Sheet, Trouble> {
    let mut opened = monthly::data_of(file)?;
    let sha256 = monthly::digest(&file.data, &mut opened)?;
    let name = files::shown(&file.data);
    let mut reader = monthly::open_of(file, opened, schema, false)?;
    let mut accounts = Accounts::new();
    let mut others: Vec<String> = Vec::new();
    let mut problems = Vec::new();
    let mut totals = 0_usize;
    let mut row = Row::default();
    loop {
        match reader.read_into(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(problem) if problem.code == TOTAL_ROW => {
                totals += 1;
                continue;
            }
            Err(problem) => {
                problems.push(monthly::failure(&problem));
                continue;
            }
        }
        if monthly::is_of(row.account.as_ref(), account) {
            accounts
                .entry(row.account.clone())
                .or_default()
                .push(row.clone());
        } else if let Some(other) = row.account.as_deref().filter(|_| others.len() < 20)
            && !others.iter().any(|known| known == other)
        {
            others.push(other.to_owned());
        }
    }
    if !problems.is_empty() {
        return Err(Trouble::Failures(problems));
    }
    if let (true, Some(account)) = (accounts.is_empty(), account) {
        let failure = Failure::new(format!("`{name}` has no month for the account `{account}`"));
        return Err(failure.help(format!("it has {}", others.join(", "))).into());
    }
    if totals > 0 {
        console.tell(match totals {
            1 => "1 row was left out, because it is a total and not a month\n",
            _ => "rows were left out, because they are totals and not months\n",
        });
    }
    for rows in accounts.values_mut() {
        rows.sort_by_key(|row| row.month);
    }
    Ok(Sheet {
        file: FilePart { name, sha256 },
        accounts,
    })
}

/// The contract with its texts.
pub(super) fn subject<'r>(ready: &'r Ready, data: FilePart) -> Result<Subject<'r>, Failure> {
    let texts = texts(ready);
    let files = texts.iter().map(|(name, text)| FilePart {
        name: (*name).to_owned(),
        sha256: monthly::digest_of(text),
    });
    Subject::new(ready.checked()?, files.collect(), vec![data])
        .ok_or_else(|| Failure::new("the contract has no program"))
}

/// The texts that the contract is written in, the named one first; without what is built into the program.
pub(super) fn texts(ready: &Ready) -> Vec<(&str, &str)> {
    let sources = &ready.loaded().sources;
    let own = sources.iter().filter(|(id, _)| !sources.is_built_in(*id));
    own.map(|(_, source)| (source.name.as_str(), &*source.text))
        .collect()
}

/// The day of a document, and who signs it.
pub(super) struct Signed {
    pub(super) date: Date,
    pub(super) prepared_by: Option<String>,
    pub(super) approved_by: Option<String>,
}

/// Reads them: who prepared a document cannot approve it.
pub(super) fn signed(options: &ApprovalOptions) -> Result<Signed, Failure> {
    let name = |name: &Option<String>| {
        let name = name
            .as_ref()
            .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
        name.filter(|name| !name.is_empty())
    };
    let (prepared_by, approved_by) = (name(&options.prepared_by), name(&options.approved_by));
    if options.approved_by.is_some() && approved_by.is_none() {
        return Err(Failure::new("`--approved-by` names nobody"));
    }
    let looks = |name: &String| shape(&name.to_lowercase());
    if let (Some(preparer), Some(approver)) = (&prepared_by, &approved_by)
        && looks(preparer) == looks(approver)
    {
        return Err(Failure::new(format!(
            "{approver} prepared the document, and cannot also approve it"
        ))
        .help("let somebody else look at it, and name them in `--approved-by`"));
    }
    Ok(Signed {
        date: options.date.map_or_else(checker::today, Ok)?,
        prepared_by,
        approved_by,
    })
}
