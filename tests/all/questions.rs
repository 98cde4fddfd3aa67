//! What contracts leave open: the questions, and checks that each proposed answer really is one.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads the project's files, and fails by panicking"
)]

mod answers;
mod review;
mod shown;

use std::fs;
use std::path::{Path, PathBuf};

use quidpro::calendar::Date;
use quidpro::diagnostic::Diagnostic;
use quidpro::driver::{self, Checking, Files, Loaded};
use quidpro::lint::Settings;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A contract by somebody who thinks that there is nothing more to say.
const NAIVE: &str = r#"contract desk "Help desk" {
  customer "Shop Ltd"
  supplier "Desk Ltd"
  currency EUR
  term 2026-01-01 to 2027-12-31
  round each line half up to 0.01 EUR

  input calls_offered : calls
  input calls_in_time : calls
  metric speed is timeliness, percent, higher is better { calls_in_time / calls_offered }

  charge fee 5_000 EUR per month
  service level fast on speed { target 80% each month; credit 2% of charges }

  scenario "an ordinary month" for 2026-03 {
    given calls_offered = 1_000, calls_in_time = 850
    expect total = 5_000 EUR
  }
}
"#;

/// Files next to the contract, below the root.
struct Beside;

impl Files for Beside {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let name = Path::new(from).parent().unwrap().join(path);
        let text = fs::read_to_string(Path::new(ROOT).join(&name)).map_err(|e| e.to_string())?;
        Ok((name.to_str().unwrap().replace('\\', "/"), text))
    }
}

fn load(name: &str, text: &str) -> Loaded {
    driver::load(name, text, &Beside)
}

/// Everything that is found in the contract.
fn checked(loaded: &Loaded) -> Vec<Diagnostic> {
    let settings = Settings::default();
    let today = Date::constant(2026, 1, 1);
    loaded.check(&Checking {
        settings: &settings,
        today,
    })
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap()
}

/// Every contract below `contracts/` except libraries and amendments, named from the root, sorted by name.
fn contracts() -> Vec<String> {
    let mut folders = vec![PathBuf::from("contracts")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(Path::new(ROOT).join(&folder)).unwrap() {
            let name = folder.join(entry.unwrap().file_name());
            if Path::new(ROOT).join(&name).is_dir() {
                folders.push(name);
            } else if name.extension().is_some_and(|end| end == "quid") {
                found.push(name.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.retain(|name| !read(name).contains("\namendment "));
    found.sort();
    found
}
