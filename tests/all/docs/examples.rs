//! Every `quid` example of the documents is run.
//!
//! A block marked `quid` is a whole file. A block marked `quid fragment` is a piece of a contract, and is put into the
//! frame that `docs/language.md` describes. Both must have no error, and their scenarios must pass. A block marked
//! `quid error CODE` must give exactly one finding, with that code. If it has no contract of its own, it is also
//! framed.

use std::fmt::Write;

use quidpro::driver::{Files, Loaded, load, run_scenarios_of};
use quidpro::report::findings;

use super::frame::{FRAME, KPIS, framed};
use super::read;

/// The documents whose examples are run.
pub const DOCUMENTS: &[&str] = &[
    "docs/language.md",
    "docs/records.md",
    "docs/cookbook.md",
    "docs/architecture.md",
    "docs/formatting.md",
    "docs/standard.md",
    "README.md",
];

/// A block of a document.
pub struct Example {
    /// The document, and the line of the opening fence.
    pub place: String,
    /// The words after `quid`.
    pub marks: String,
    /// The text in the block.
    pub text: String,
}

/// The other files that examples may use.
struct Beside;

impl Files for Beside {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        match path {
            "frame.quid" => Ok((path.to_owned(), FRAME.to_owned())),
            "kpis.quid" => Ok((path.to_owned(), KPIS.to_owned())),
            _ => Err("there is no such file".to_owned()),
        }
    }
}

#[test]
fn every_example_does_what_the_document_says() {
    let all: Vec<Example> = DOCUMENTS.iter().flat_map(|path| examples(path)).collect();
    assert!(all.len() > 50, "only {} examples were found", all.len());
    let mut wrong = String::new();
    for example in &all {
        if let Err(why) = check(example) {
            let _ = write!(wrong, "\n--- {}: {why}\n", example.place);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_block_says_what_it_is() {
    let mut wrong = Vec::new();
    for path in DOCUMENTS {
        let text = read(path);
        let mut inside = false;
        for (at, line) in text.lines().enumerate() {
            if let Some(info) = line.strip_prefix("```") {
                if !inside && info.is_empty() {
                    wrong.push(format!("{path}:{}: a block without a language", at + 1));
                }
                inside = !inside;
            }
        }
        if inside {
            wrong.push(format!("{path}: a block is not closed"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The blocks of a document that are marked `quid`.
pub fn examples(path: &str) -> Vec<Example> {
    let text = read(path);
    let mut found = Vec::new();
    let mut open: Option<Example> = None;
    for (at, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => {
                found.extend(open.take().filter(|example| example.marks != "other"))
            }
            (Some(info), None) => {
                let marks = match info.strip_prefix("quid") {
                    Some(marks) if marks.is_empty() || marks.starts_with(' ') => marks.trim(),
                    _ => "other",
                };
                open = Some(Example {
                    place: format!("{path}:{}", at + 1),
                    marks: marks.to_owned(),
                    text: String::new(),
                });
            }
            (None, Some(example)) => {
                example.text.push_str(line);
                example.text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

fn check(example: &Example) -> Result<(), String> {
    let marks: Vec<&str> = example
        .marks
        .split(' ')
        .filter(|mark| !mark.is_empty())
        .collect();
    match marks.as_slice() {
        [] => sound(&loaded(&example.text)),
        ["fragment"] => sound(&loaded(&framed(&example.text))),
        ["error", code] => gives(&loaded(&framed(&example.text)), code),
        _ => Err(format!("`{}` is not a mark", example.marks)),
    }
}

fn loaded(text: &str) -> Loaded {
    load("example.quid", text, &Beside)
}

/// No error, and every scenario passes.
fn sound(loaded: &Loaded) -> Result<(), String> {
    if !loaded.is_sound() {
        return Err(format!("it has findings\n{}", shown(loaded)));
    }
    let mut wrong = String::new();
    for checked in &loaded.contracts {
        if checked.compiled.is_none() {
            return Err("it has no program".to_owned());
        }
        for result in run_scenarios_of(checked) {
            for mismatch in result.mismatches {
                let _ = write!(
                    wrong,
                    "\n  scenario `{}`: {}",
                    result.name, mismatch.message
                );
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn gives(loaded: &Loaded, code: &str) -> Result<(), String> {
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|found| found.code).collect();
    if codes == [code] {
        return Ok(());
    }
    Err(format!(
        "expected `{code}` alone, but found {codes:?}\n{}",
        shown(loaded)
    ))
}

fn shown(loaded: &Loaded) -> String {
    findings::full::render(&loaded.diagnostics, &loaded.sources, false)
}
