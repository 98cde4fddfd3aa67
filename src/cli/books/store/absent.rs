//! The program without books: it says so where they are opened.

use std::convert::Infallible;
use std::path::Path;

use crate::closing::{Entry, Record};
use crate::report::failure::Failure;

/// There are none.
pub(in crate::cli) struct Store(Infallible);

impl Store {
    pub(in crate::cli) fn open(path: &Path, _make: bool) -> Result<Option<Self>, Failure> {
        Err(Failure::new(format!(
            "`{}` was not opened: this program was built without books",
            super::super::super::files::shown(path)
        ))
        .help("build it with them: `cargo install --path . --features books`"))
    }

    pub(in crate::cli) fn begin(&mut self) -> Result<(), Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn commit(&mut self) -> Result<(), Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn account(
        &self,
        _contract: &str,
        _account: Option<&str>,
    ) -> Result<Vec<Entry>, Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn inquiries(&self) -> Result<Vec<Entry>, Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn all(&self) -> Result<Vec<(Entry, String)>, Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn at(&self, _position: u64) -> Result<Option<Entry>, Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn numbered(&self, _number: &str) -> Result<Option<Entry>, Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn numbers(&self) -> Result<Vec<String>, Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn text(&self, _sha256: &str) -> Result<Option<String>, Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn keep(&mut self, _text: &str) -> Result<String, Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn append(&mut self, _record: Record) -> Result<Entry, Failure> {
        match self.0 {}
    }

    pub(in crate::cli) fn damage(&self) -> Result<Vec<String>, Failure> {
        match self.0 {}
    }
}
