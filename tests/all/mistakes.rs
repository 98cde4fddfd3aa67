//! Mistakes that people made who had read nothing but the README, and what each of them is told. The first line of each contract
//! says what its author meant.
#![allow(
    clippy::disallowed_methods,
    reason = "a test reads the project's files"
)]

use std::fs;
use std::path::PathBuf;

use quidpro::diagnostic::Diagnostic;
use quidpro::driver::{Files, Loaded, load};
use quidpro::report::findings::full;

use crate::advice::refused_advice;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _from: &str, _path: &str) -> Result<(String, String), String> {
        Err("there is no such file".to_owned())
    }
}

/// The contracts by name, in the order of their numbers.
fn mistakes() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/all/mistakes");
    let mut all: Vec<(u32, String, String)> = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "quid")
        {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let number = name.split('-').next().unwrap().parse().unwrap();
            all.push((number, name, fs::read_to_string(&path).unwrap()));
        }
    }
    all.sort();
    all.into_iter()
        .map(|(_, name, text)| (name, text))
        .collect()
}

fn errors(loaded: &Loaded) -> Vec<Diagnostic> {
    let all = loaded.diagnostics.iter();
    all.filter(|finding| finding.is_error()).cloned().collect()
}

#[test]
fn what_newcomers_are_told() {
    let mut told = String::new();
    let mut single = 0;
    let all = mistakes();
    for (name, text) in &all {
        let loaded = load(name, text, &NoFiles);
        let errors = errors(&loaded);
        single += usize::from(errors.len() == 1);
        told += &format!("# {name}\n{}\n", text.lines().next().unwrap());
        told += &full::render(&errors, &loaded.sources, false);
        told.push('\n');
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("mistakes", told));
    // One mistake is one finding, but for texts that have several.
    assert!(
        all.len() >= 150 && single * 10 >= all.len() * 9,
        "{single} of {}",
        all.len()
    );
}

#[test]
fn advice_to_newcomers_works() {
    let mut refused = Vec::new();
    for (name, text) in mistakes() {
        let file = load(&name, &text, &NoFiles).file;
        let look = |text: &str| errors(&load(&name, text, &NoFiles));
        let own = refused_advice(&text, file, &look);
        refused.extend(own.into_iter().map(|why| format!("{name}: {why}")));
    }
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
}
