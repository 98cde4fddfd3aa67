//! Several files in one input: contracts, libraries and amendments that use each other, read and computed without the rules.
//!
//! A line `%% NAME` begins another file of that name; the text before the first of them is the file that is loaded.

use std::collections::BTreeMap;

use quidpro::driver::{self, Files};

use crate::{NAME, example};

/// The files of an input beside the one that is loaded.
struct Beside<'i>(BTreeMap<&'i str, &'i str>);

impl Files for Beside<'_> {
    fn read(&self, _from: &str, path: &str) -> Result<(String, String), String> {
        match self.0.get(path) {
            Some(text) => Ok((path.to_owned(), (*text).to_owned())),
            None => Err(format!("there is no `{path}` here")),
        }
    }
}

/// The files of one input.
pub fn files(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let mut parts = input.split("\n%% ");
    let first = parts.next().unwrap_or_default();
    let named = parts.filter_map(|part| part.split_once('\n'));
    let beside = Beside(named.map(|(name, text)| (name.trim(), text)).collect());
    let loaded = driver::load(NAME, first, &beside);
    for found in &loaded.diagnostics {
        assert!(!found.message.is_empty(), "{} has no message", found.code);
    }
    let _ = example::outcome(&loaded);
}
