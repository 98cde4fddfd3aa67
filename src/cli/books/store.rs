//! The books as a file: a SQLite database that only grows.
//!
//! Everything that is issued in a run is written in one transaction, under the lock of the database, and is on disk
//! before it is printed. Triggers refuse every change and removal, and each entry names the one before it by its hash.

#[cfg(feature = "books")]
mod sqlite;
#[cfg(feature = "books")]
pub(in crate::cli) use sqlite::Store;

#[cfg(not(feature = "books"))]
mod absent;
#[cfg(not(feature = "books"))]
pub(in crate::cli) use absent::Store;
