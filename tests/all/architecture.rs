//! Modules are in rows, and import only from lower rows: never upwards, never sideways.
#![allow(
    clippy::disallowed_methods,
    reason = "the test reads the sources as they are on disk"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The rows, from the lowest to the highest. `docs/architecture.md` lists the same rows, and says what each is for.
const ROWS: &[&[&str]] = &[
    &["text", "quantity", "calendar", "catalogue"],
    &["diagnostic", "ledger", "lineage"],
    &["syntax", "program", "data", "review"],
    &["model", "amend", "format"],
    &["typing", "agenda", "records"],
    &["mechanism"],
    &["analyse"],
    &["compile"],
    &["evaluate"],
    &["columnar", "prove"],
    &["report", "lint"],
    &["driver", "baseline", "config"],
    &["closing", "curve", "redline"],
    &["ide", "dashboard"],
    &["lsp"],
    &["cli"],
];

#[test]
fn modules_import_only_from_rows_below() {
    let mut wrong = Vec::new();
    for path in sources() {
        let module = module_of(&path);
        if module == "lib" || module == "main" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, line) in text.lines().enumerate() {
            for imported in imports(line, depth_of(&path)) {
                if let Some(rule) = broken_rule(&module, &imported) {
                    wrong.push(format!("{}:{}: {rule}", shown(&path), at + 1));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "imports point upwards or sideways; move the code, or the module to another row:\n{}",
        wrong.join("\n")
    );
}

/// Rules, questions and the review read what the parties agreed (`model::facts`) and nodes, but never how it is
/// written.
#[test]
fn no_rule_reads_the_syntax_tree() {
    let rules = sources()
        .into_iter()
        .filter(|path| module_of(path) == "lint");
    let mut wrong = Vec::new();
    for path in rules {
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, line) in text.lines().enumerate() {
            if line.contains("syntax::tree") {
                wrong.push(format!("{}:{}", shown(&path), at + 1));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "a rule needs a fact that `model::facts` does not have; add it there:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_module_has_a_row() {
    let found: BTreeSet<String> = sources()
        .iter()
        .map(|path| module_of(path))
        .filter(|module| module != "lib" && module != "main")
        .collect();
    let listed: BTreeSet<String> = ROWS
        .iter()
        .flat_map(|row| row.iter().map(|module| (*module).to_owned()))
        .collect();
    assert_eq!(
        found, listed,
        "the modules of src/ and the rows of this test"
    );
}

#[test]
fn the_document_lists_the_same_rows() {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let documented: Vec<(usize, Vec<String>)> = text.lines().filter_map(documented_row).collect();
    let here: Vec<(usize, Vec<String>)> = ROWS
        .iter()
        .enumerate()
        .rev()
        .map(|(at, row)| (at, row.iter().map(|module| (*module).to_owned()).collect()))
        .collect();
    assert_eq!(
        documented, here,
        "the rows of docs/architecture.md and of this test, from the top"
    );
}

#[test]
fn the_rule_sees_what_it_forbids() {
    assert_eq!(imports("use crate::report::findings;", 2), ["report"]);
    assert_eq!(
        imports("use crate::{text::Span, driver};", 2),
        ["text", "driver"]
    );
    assert_eq!(imports("    let x = crate::cli::main(y);", 2), ["cli"]);
    assert_eq!(imports("use super::super::report;", 2), ["report"]);
    assert_eq!(imports("use super::report;", 2), Vec::<String>::new());
    assert_eq!(imports("/// See [`crate::cli`].", 2), Vec::<String>::new());
    assert!(broken_rule("typing", "analyse").unwrap().contains("above"));
    assert!(broken_rule("text", "calendar").unwrap().contains("beside"));
    assert_eq!(broken_rule("cli", "text"), None);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `src/`, in order.
fn sources() -> Vec<PathBuf> {
    let mut open = vec![root().join("src")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn within_src(path: &Path) -> Vec<String> {
    let path = path.strip_prefix(root().join("src")).unwrap();
    path.iter()
        .map(|part| part.to_string_lossy().replace(".rs", ""))
        .collect()
}

/// The top-level module that the file belongs to.
fn module_of(path: &Path) -> String {
    within_src(path).first().cloned().unwrap_or_default()
}

/// How many `super` lead from the file to the root of the crate.
fn depth_of(path: &Path) -> usize {
    within_src(path)
        .iter()
        .filter(|part| *part != "mod")
        .count()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The top-level modules that a line of code names, by `crate::` or by enough `super::`.
fn imports(line: &str, depth: usize) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let mut found = Vec::new();
    let top = "super::".repeat(depth);
    for start in ["crate::", top.as_str()] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before
                .is_some_and(|before| before.is_alphanumeric() || before == '_' || before == ':')
            {
                continue;
            }
            let rest = &code[at + start.len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(members(group)),
                None => found.extend(first_word(rest)),
            }
        }
    }
    found
}

/// The first names in `text::Span, driver::{load, Files}}`.
fn members(group: &str) -> Vec<String> {
    let mut depth = 1;
    let mut start = 0;
    let mut found = Vec::new();
    for (at, sign) in group.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        let ends = depth == 0 || (depth == 1 && sign == ',');
        if ends {
            found.extend(first_word(group[start..at].trim()));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text
        .chars()
        .take_while(|sign| sign.is_alphanumeric() || *sign == '_')
        .collect();
    (!word.is_empty() && word != "super").then_some(word)
}

fn row_of(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

fn broken_rule(module: &str, imported: &str) -> Option<String> {
    if module == imported {
        return None;
    }
    let (own, other) = (row_of(module)?, row_of(imported)?);
    let place = match other.cmp(&own) {
        std::cmp::Ordering::Less => return None,
        std::cmp::Ordering::Equal => "beside",
        std::cmp::Ordering::Greater => "above",
    };
    Some(format!(
        "`{module}` (row {own}) imports `{imported}` (row {other}), which stands {place} it"
    ))
}

/// The row and modules of a line such as "| 4 | `typing` | … |".
fn documented_row(line: &str) -> Option<(usize, Vec<String>)> {
    let mut cells = line.split('|').map(str::trim).skip(1);
    let row = cells.next()?.parse().ok()?;
    let modules = cells
        .next()?
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    Some((row, modules))
}
