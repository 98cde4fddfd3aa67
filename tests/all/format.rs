//! The canonical layout: what it looks like, what it never changes, and what it does in spite of mistakes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "the helpers of a test fail as the test itself does, and read the contracts as they are on disk"
)]

mod laws;
mod looks;
mod mistakes;
mod program;
mod ranges;

use std::path::{Path, PathBuf};

use quidpro::format::{Formatted, format};

/// Every contract of the project, with its path.
fn contracts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root.join("contracts")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(ending) if ending == "quid" => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
        .iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// Every `quid` block of the documents.
fn blocks() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("docs")];
    let mut pages = vec![root.join("README.md")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(ending) if ending == "md" => pages.push(path),
                _ => {}
            }
        }
    }
    pages.sort();
    for page in pages {
        let text = std::fs::read_to_string(page).unwrap();
        let mut block: Option<String> = None;
        for line in text.lines() {
            match &mut block {
                None if line.starts_with("```quid") => block = Some(String::new()),
                None => {}
                Some(_) if line.starts_with("```") => found.extend(block.take()),
                Some(block) => {
                    block.push_str(line);
                    block.push('\n');
                }
            }
        }
    }
    assert!(found.len() > 50, "the documents have examples");
    found
}

fn formatted(text: &str) -> Formatted {
    format(text).unwrap_or_else(|refused| panic!("{refused:?} of:\n{text}"))
}

/// The layout of a text. Laying it out again does not change it.
#[track_caller]
fn laid_out(text: &str) -> String {
    let once = formatted(text).text;
    let twice = formatted(&once).text;
    assert_eq!(
        once, twice,
        "laid out twice it looks otherwise; it was:\n{text}"
    );
    once
}
