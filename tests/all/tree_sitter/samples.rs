//! The texts that both grammars read.

use std::path::{Path, PathBuf};

use crate::docs::examples::{DOCUMENTS, examples};
use crate::docs::frame::framed;

/// A text and where it comes from.
pub struct Sample {
    /// The file and, for an example in a document, the line.
    pub place: String,
    /// The text.
    pub text: String,
}

/// Every contract of the project, those of its tests, and every example in its documents, including mistakes.
pub fn all() -> Vec<Sample> {
    let mut found = contracts();
    // What newcomers write has mistakes of every kind, also such as only the program's reader sees.
    let own = of_folder("tests").into_iter();
    found.extend(own.filter(|sample| !sample.place.contains("tests/all/mistakes/")));
    for path in DOCUMENTS {
        found.extend(examples(path).into_iter().map(|example| Sample {
            text: framed(&example.text),
            place: example.place,
        }));
    }
    for path in files("docs/rules", "md") {
        let name = path.strip_prefix(root()).unwrap_or(&path);
        for example in examples(&name.to_string_lossy()) {
            found.push(Sample {
                text: format!("contract example {{\n{}}}\n", example.text),
                place: example.place,
            });
        }
    }
    found
}

/// Every contract of the project.
pub fn contracts() -> Vec<Sample> {
    of_folder("contracts")
}

fn of_folder(folder: &str) -> Vec<Sample> {
    let sample = |path: PathBuf| Sample {
        text: std::fs::read_to_string(&path).expect("a contract is readable"),
        place: path.display().to_string(),
    };
    files(folder, "quid").into_iter().map(sample).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the project") {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
