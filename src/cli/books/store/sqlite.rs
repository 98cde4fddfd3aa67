//! The books in SQLite.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Row, params};

use crate::closing::{Entry, NO_ENTRY, Record, digest, key_of};
use crate::report::failure::Failure;

use super::super::super::files;

/// Marks a database as books: `quid` in ASCII.
const APPLICATION: i64 = 0x7175_6964;

/// What each version of the format adds to the one before it.
const MIGRATIONS: [&str; 2] = [
    // 1: entries, and the texts and data that documents were computed from, by their SHA-256.
    "CREATE TABLE entry (
       position INTEGER PRIMARY KEY,
       key      TEXT NOT NULL UNIQUE,
       number   TEXT UNIQUE,
       contract TEXT,
       account  TEXT,
       month    TEXT,
       content  TEXT NOT NULL,
       hash     TEXT NOT NULL UNIQUE
     ) STRICT;
     CREATE TABLE text (sha256 TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the books only grow'); END;
     CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the books only grow'); END;
     CREATE TRIGGER entry_follows BEFORE INSERT ON entry
       WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM entry)
       BEGIN SELECT RAISE(ABORT, 'entries follow one another'); END;
     CREATE TRIGGER text_is_kept BEFORE DELETE ON text BEGIN SELECT RAISE(ABORT, 'the books only grow'); END;
     CREATE TRIGGER text_is_final BEFORE UPDATE ON text BEGIN SELECT RAISE(ABORT, 'the books only grow'); END;",
    // 2: entries are found by their contract.
    "CREATE INDEX entry_of_account ON entry (contract, account);",
];

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open database.
pub(in crate::cli) struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the books; if there are none, makes them, or gives nothing.
    pub(in crate::cli) fn open(path: &Path, make: bool) -> Result<Option<Self>, Failure> {
        let target = match (files::books(path)?, make) {
            (Some(target), _) => target,
            (None, false) => return Ok(None),
            (None, true) => {
                let made = files::create(&[(path, &new_books(path)?)]);
                // Another process may have made them a moment ago.
                match (files::books(path)?, made) {
                    (Some(target), _) => target,
                    (None, Err(failure)) => return Err(failure),
                    (None, Ok(())) => return Ok(None),
                }
            }
        };
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let connection =
            Connection::open_with_flags(&target, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)
                .map_err(|error| failed(path, &error))?;
        let mut store = Self {
            connection,
            path: path.to_owned(),
        };
        store.prepare().map_err(|error| failed(path, &error))?;
        store.check_format()?;
        Ok(Some(store))
    }

    fn prepare(&mut self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(PATIENCE)?;
        // As FULL, and the end of a transaction is flushed to the folder too.
        self.connection
            .pragma_update(None, "synchronous", "EXTRA")?;
        self.connection.pragma_update(None, "trusted_schema", "OFF")
    }

    /// Refuses what are no books of ours, or newer ones; brings older ones to the current format.
    fn check_format(&mut self) -> Result<(), Failure> {
        let number = |name: &str| {
            let value = self
                .connection
                .pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            value.map_err(|error| failed(&self.path, &error))
        };
        let path = files::shown(&self.path);
        if number("application_id")? != APPLICATION {
            return Err(
                Failure::new(format!("`{path}` is a database, but not books of quidpro"))
                    .help("name the file of the books, or a new file"),
            );
        }
        let newest = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
        let version = number("user_version")?;
        if version > newest {
            return Err(Failure::new(format!(
                "`{path}` has the format {version}, and this program reads the books up to format {newest}"
            ))
            .help("use a newer quidpro"));
        }
        if version < newest {
            self.begin()?;
            let now = self.version()?;
            migrate(&self.connection, now).map_err(|error| failed(&self.path, &error))?;
            self.commit()?;
        }
        Ok(())
    }

    fn version(&self) -> Result<i64, Failure> {
        let version = self
            .connection
            .pragma_query_value(None, "user_version", |row| row.get(0));
        version.map_err(|error| failed(&self.path, &error))
    }

    /// Takes the lock: until [`Store::commit`] nobody else writes.
    pub(in crate::cli) fn begin(&mut self) -> Result<(), Failure> {
        self.run("BEGIN IMMEDIATE")
    }

    /// Writes everything to disk.
    pub(in crate::cli) fn commit(&mut self) -> Result<(), Failure> {
        self.run("COMMIT")
    }

    fn run(&self, statement: &str) -> Result<(), Failure> {
        let done = self.connection.execute_batch(statement);
        done.map_err(|error| failed(&self.path, &error))
    }

    /// The entries about an account of a contract, in order.
    pub(in crate::cli) fn account(
        &self,
        contract: &str,
        account: Option<&str>,
    ) -> Result<Vec<Entry>, Failure> {
        let rows = self.rows(
            "SELECT content, hash FROM entry WHERE contract = ?1 AND account IS ?2 ORDER BY position",
            params![contract, account],
        )?;
        rows.into_iter().map(|row| self.trusted(row)).collect()
    }

    /// The questions and answers, in order.
    pub(in crate::cli) fn inquiries(&self) -> Result<Vec<Entry>, Failure> {
        let sql = "SELECT content, hash FROM entry WHERE contract IS NULL ORDER BY position";
        let rows = self.rows(sql, params![])?;
        rows.into_iter().map(|row| self.trusted(row)).collect()
    }

    /// All entries, each with the hash that is stored beside it.
    pub(in crate::cli) fn all(&self) -> Result<Vec<(Entry, String)>, Failure> {
        let rows = self.rows(
            "SELECT content, hash FROM entry ORDER BY position",
            params![],
        )?;
        let each = rows.into_iter().map(|(content, hash)| {
            let entry = Entry::parse(&content);
            let entry =
                entry.map_err(|error| self.damaged(&format!("an entry cannot be read: {error}")));
            Ok((entry?, hash))
        });
        each.collect()
    }

    /// The entry at a position.
    pub(in crate::cli) fn at(&self, position: u64) -> Result<Option<Entry>, Failure> {
        let Ok(position) = i64::try_from(position) else {
            return Ok(None);
        };
        let rows = self.rows(
            "SELECT content, hash FROM entry WHERE position = ?1",
            params![position],
        )?;
        rows.into_iter()
            .next()
            .map(|row| self.trusted(row))
            .transpose()
    }

    /// The document with a number.
    pub(in crate::cli) fn numbered(&self, number: &str) -> Result<Option<Entry>, Failure> {
        let rows = self.rows(
            "SELECT content, hash FROM entry WHERE number = ?1",
            params![number],
        )?;
        rows.into_iter()
            .next()
            .map(|row| self.trusted(row))
            .transpose()
    }

    /// All numbers of documents.
    pub(in crate::cli) fn numbers(&self) -> Result<Vec<String>, Failure> {
        let query = || {
            let sql = "SELECT number FROM entry WHERE number IS NOT NULL";
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect::<rusqlite::Result<Vec<String>>>()
        };
        query().map_err(|error| failed(&self.path, &error))
    }

    /// A text that documents were computed from.
    pub(in crate::cli) fn text(&self, sha256: &str) -> Result<Option<String>, Failure> {
        let sql = "SELECT content FROM text WHERE sha256 = ?1";
        let text = self.connection.query_row(sql, [sha256], |row| row.get(0));
        text.optional().map_err(|error| failed(&self.path, &error))
    }

    /// Keeps a text, once; gives its SHA-256.
    pub(in crate::cli) fn keep(&mut self, text: &str) -> Result<String, Failure> {
        let sha256 = digest(text.as_bytes());
        let sql = "INSERT INTO text (sha256, content) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        let done = self.connection.execute(sql, params![sha256, text]);
        done.map_err(|error| failed(&self.path, &error))?;
        Ok(sha256)
    }

    /// Appends an entry; the lock must be held.
    pub(in crate::cli) fn append(&mut self, record: Record) -> Result<Entry, Failure> {
        let sql = "SELECT content, hash, (SELECT count(*) FROM entry) FROM entry ORDER BY position DESC LIMIT 1";
        let head = self.connection.query_row(sql, [], |row| {
            Ok(((row.get(0)?, row.get(1)?), row.get::<_, i64>(2)?))
        });
        let head = head
            .optional()
            .map_err(|error| failed(&self.path, &error))?;
        let (position, previous) = match head {
            None => (1, NO_ENTRY.to_owned()),
            Some((row, count)) => {
                let entry = self.trusted(row)?;
                if i64::try_from(entry.position) != Ok(count) {
                    return Err(self.damaged("an entry is missing"));
                }
                (entry.position + 1, entry.register().hash)
            }
        };
        let entry = Entry {
            position,
            previous,
            record,
        };
        let document = entry.document();
        let sql =
            "INSERT INTO entry (position, key, number, contract, account, month, content, hash)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let values = params![
            i64::try_from(position).unwrap_or(i64::MAX),
            key_of(&entry.record),
            document.and_then(|one| one.number.as_deref()),
            document.map(|one| one.contract.name.as_str()),
            document.and_then(|one| one.account.as_deref()),
            document.map(|one| one.month.to_string()),
            entry.content(),
            entry.register().hash,
        ];
        let done = self.connection.execute(sql, values);
        done.map_err(|error| failed(&self.path, &error))?;
        Ok(entry)
    }

    /// What SQLite finds wrong with the file, and columns that are not what their entry says.
    pub(in crate::cli) fn damage(&self) -> Result<Vec<String>, Failure> {
        let query = || {
            let mut found = Vec::new();
            let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            for row in rows {
                let row = row?;
                if row != "ok" {
                    found.push(row);
                }
            }
            let sql = "SELECT position, key, number, contract, account, month, content FROM entry";
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                found.extend(differing(row)?);
            }
            let sql = "SELECT sha256, content FROM text";
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (sha256, content): (String, String) = (row.get(0)?, row.get(1)?);
                if digest(content.as_bytes()) != sha256 {
                    found.push(format!("the text {sha256} was changed"));
                }
            }
            rusqlite::Result::Ok(found)
        };
        query().map_err(|error| failed(&self.path, &error))
    }

    fn rows(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<(String, String)>, Failure> {
        let query = || {
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        query().map_err(|error| failed(&self.path, &error))
    }

    /// An entry whose content is what its hash says.
    fn trusted(&self, (content, hash): (String, String)) -> Result<Entry, Failure> {
        if digest(content.as_bytes()) != hash {
            return Err(self.damaged("an entry was changed after it was written"));
        }
        Entry::parse(&content)
            .map_err(|error| self.damaged(&format!("an entry cannot be read: {error}")))
    }

    fn damaged(&self, what: &str) -> Failure {
        let path = files::shown(&self.path);
        Failure::new(format!("`{path}` is damaged: {what}")).help(format!(
            "`quidpro books verify {path}` says more; restore the books from a copy"
        ))
    }
}

/// Whether the columns say what the content says.
fn differing(row: &Row<'_>) -> rusqlite::Result<Option<String>> {
    let position: i64 = row.get(0)?;
    let content: String = row.get(6)?;
    let Ok(entry) = Entry::parse(&content) else {
        return Ok(Some(format!("entry {position} cannot be read")));
    };
    let document = entry.document();
    let same = i64::try_from(entry.position) == Ok(position)
        && row.get::<_, String>(1)? == key_of(&entry.record)
        && row.get::<_, Option<String>>(2)?.as_deref()
            == document.and_then(|one| one.number.as_deref())
        && row.get::<_, Option<String>>(3)?.as_deref()
            == document.map(|one| one.contract.name.as_str())
        && row.get::<_, Option<String>>(4)?.as_deref()
            == document.and_then(|one| one.account.as_deref())
        && row.get::<_, Option<String>>(5)? == document.map(|one| one.month.to_string());
    Ok((!same).then(|| format!("the columns of entry {position} are not what its content says")))
}

/// The bytes of books without an entry.
fn new_books(path: &Path) -> Result<Vec<u8>, Failure> {
    let make = || {
        let mut connection = Connection::open_in_memory()?;
        connection.pragma_update(None, "application_id", APPLICATION)?;
        migrate(&connection, 0)?;
        connection.serialize("main").map(|bytes| bytes.to_vec())
    };
    make().map_err(|error| failed(path, &error))
}

fn migrate(connection: &Connection, from: i64) -> rusqlite::Result<()> {
    for (version, migration) in (1_i64..).zip(MIGRATIONS) {
        if version > from {
            connection.execute_batch(migration)?;
            connection.pragma_update(None, "user_version", version)?;
        }
    }
    Ok(())
}

fn failed(path: &Path, error: &rusqlite::Error) -> Failure {
    let path = files::shown(path);
    let words = |what: &str| Failure::new(format!("`{path}`: {what}"));
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            words(&format!("these are not whole books ({error})"))
                .help("restore the file from a copy; nothing was written to it")
        }
        Some(ErrorCode::DiskFull) => words("no space is left on the disk; nothing was issued")
            .help("make room, and run the command again"),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => words(
            "another program has been writing to the books for 30 seconds; nothing was issued",
        )
        .help("run the command again when it is done"),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            words(&format!("the books cannot be written to ({error})"))
        }
        Some(ErrorCode::ConstraintViolation) => words(&format!(
            "the entry was refused ({error}); nothing was issued"
        )),
        _ => words(&format!(
            "the books cannot be used ({error}); nothing was issued"
        )),
    }
}
