//! What the fuzz targets do with an input. There is one file for each target. A panic, a hang or a failed assertion is
//! a finding.
//!
//! The inputs are as people write them. So files of the project can be used as seeds, and a finding can be read.

mod configuration;
mod contract;
mod data;
mod example;
mod files;
mod fmt;
mod framing;
mod language_server;
mod limited;
mod mutate;

pub use configuration::configuration;
pub use contract::contract;
pub use data::data;
pub use files::files;
pub use fmt::fmt;
pub use framing::framing;
pub use language_server::language_server;
pub use limited::limited;
pub use mutate::mutate;

use quidpro::driver::{self, Files, Loaded};

/// There are no other files.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _from: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("there is no `{path}` here"))
    }
}

const NAME: &str = "fuzz.quid";

fn load(text: &str) -> Loaded {
    driver::load(NAME, text, &NoFiles)
}
