//! Words that a native speaker would not write here: in the documents, in the words of the program, and in what the tests
//! keep of its output. CONTRIBUTING.md ("Messages and pages") says what to write.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads the project's files, and fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A word, and what to write. The list holds for whole words, in any case.
const WORDS: &[(&str, &str)] = &[
    ("behind", "after"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("mended", "fixed"),
    ("mending", "fixing"),
    ("told", "reported, said"),
    ("tell", "report, say"),
    ("tells", "reports, says"),
    ("stand", "is, is written"),
    ("stands", "is, is written"),
    ("stood", "was, was written"),
    ("lacking", "missing"),
    ("lacks its", "is missing"),
    ("in front of", "before"),
    ("so many", "this number of, as many"),
    ("as well", "also, too"),
    ("resp", "or"),
    ("a hint that", "a sign that"),
    ("write behind", "append"),
    ("learned of", "was told of"),
    ("amongst", "among"),
    ("possibility to", "way to"),
    ("allows to", "lets you"),
    ("in case of", "if"),
    ("besides of", "besides"),
    ("informations", "information"),
    ("the both", "both"),
];

/// What such a word may mean: here it is the right one.
const RIGHT: &[&str] = &[
    // Not an order in a text.
    "the clause behind every amount",
    "types and units behind names",
    "leave the temporary file behind",
    "marks behind a good mean",
    // To distinguish.
    "told apart",
    "tell them apart",
    "could not tell which",
    "tell the editor",
    // For, not where.
    "stand for",
    "stands for",
    "stand in for",
    "stands in for",
    "stand-in",
    "stood here as",
    "invoices stand",
    // A number of units.
    "at least so many units",
    "at-least-so-many-units",
    "as well as",
];

/// A place that has a word.
struct Found {
    file: String,
    line: usize,
    word: &'static str,
    instead: &'static str,
    around: String,
}

#[test]
fn documents_use_the_plain_word() {
    let mut files = vec![
        PathBuf::from("README.md"),
        PathBuf::from("CHANGELOG.md"),
        PathBuf::from("editors/README.md"),
    ];
    files.extend(below("docs", "md"));
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(Path::new(ROOT).join(&file)).unwrap();
        look(&file, &prose(&text), &mut found);
    }
    none(&found);
}

#[test]
fn the_program_uses_the_plain_word() {
    let mut found = Vec::new();
    for file in below("src", "rs") {
        let text = fs::read_to_string(Path::new(ROOT).join(&file)).unwrap();
        look(&file, &literals(&text), &mut found);
    }
    none(&found);
}

#[test]
fn what_the_tests_keep_of_its_output_uses_the_plain_word() {
    let mut found = Vec::new();
    for file in below("tests", "snap") {
        let text = fs::read_to_string(Path::new(ROOT).join(&file)).unwrap();
        // What the test itself wrote: its expression, and the contract that it is about.
        let quoted = |line: &str| {
            let line = line.trim_start();
            let begins = ["expression: ", "# ", "scenario "];
            line.contains('│') || begins.iter().any(|words| line.starts_with(words))
        };
        let lines = text.lines().enumerate();
        let said: Vec<(usize, String)> = lines
            .filter(|(_, line)| !quoted(line))
            .map(|(at, line)| (at + 1, without_code(line)))
            .collect();
        look(&file, &said, &mut found);
    }
    none(&found);
}

#[test]
fn the_words_are_found_where_they_are_wrong() {
    let text = "it stands behind `it behind`\n```\nbehind\n```\nthe clause behind every amount\n";
    let mut found = Vec::new();
    look(Path::new("x"), &prose(text), &mut found);
    let words: Vec<(usize, &str)> = found.iter().map(|one| (one.line, one.word)).collect();
    assert_eq!(words, [(1, "behind"), (1, "stands")]);
    let code = "// behind\nlet behind = \"told \\\" so\";\nlet c = '\"'; let d = r#\"mend\"#;\n";
    let mut found = Vec::new();
    look(Path::new("x"), &literals(code), &mut found);
    let words: Vec<(usize, &str)> = found.iter().map(|one| (one.line, one.word)).collect();
    assert_eq!(words, [(2, "told"), (3, "mend")]);
}

fn none(found: &[Found]) {
    let lines: Vec<String> = found
        .iter()
        .map(|one| {
            format!(
                "{}:{}: {} (write: {}) in: {}",
                one.file, one.line, one.word, one.instead, one.around
            )
        })
        .collect();
    assert!(found.is_empty(), "\n{}", lines.join("\n"));
}

/// Looks for each word in lines of text.
fn look(file: &Path, lines: &[(usize, String)], found: &mut Vec<Found>) {
    for (line, text) in lines {
        let mut text = text.to_lowercase();
        for right in RIGHT {
            text = text.replace(right, "");
        }
        for (word, instead) in WORDS {
            let whole = |at: usize| {
                let is_part =
                    |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '=' | '.' | '{');
                let before = text[..at].chars().next_back();
                let after = text[at + word.len()..].chars().next();
                !before.is_some_and(is_part)
                    && !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            };
            if text.match_indices(word).any(|(at, _)| whole(at)) {
                found.push(Found {
                    file: file.display().to_string(),
                    line: *line,
                    word,
                    instead,
                    around: text.trim().to_owned(),
                });
            }
        }
    }
}

/// The lines of a document outside of its blocks of code, without code within them.
fn prose(text: &str) -> Vec<(usize, String)> {
    let mut is_code = false;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            lines.push((at + 1, without_code(line)));
        }
    }
    lines
}

/// A line without what is between backquotes.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// The texts in a file of Rust, each with the line at which it begins.
fn literals(text: &str) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let (length, literal) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), None)
        } else if let Some(inside) = rest.strip_prefix("r#\"") {
            let end = inside.find("\"#").map_or(rest.len(), |at| at + 5);
            (end, Some(rest[3..end.saturating_sub(2)].to_owned()))
        } else if first == '"' {
            let length = quoted(rest);
            (length, Some(rest[1..length - 1].to_owned()))
        } else if first == '\'' && rest.starts_with("'\\") {
            (rest[2..].find('\'').map_or(1, |at| at + 3), None)
        } else if first == '\'' && rest.chars().nth(2) == Some('\'') {
            (2 + rest.chars().nth(1).map_or(1, char::len_utf8), None)
        } else {
            (first.len_utf8(), None)
        };
        if let Some(literal) = literal {
            all.push((line, without_code(&literal)));
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    all
}

/// How long a text between quotation marks is, with both.
fn quoted(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Every file below a folder whose name ends so, named from the root.
fn below(folder: &str, end: &str) -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(Path::new(ROOT).join(&folder)).unwrap() {
            let name = folder.join(entry.unwrap().file_name());
            if Path::new(ROOT).join(&name).is_dir() {
                folders.push(name);
            } else if name.extension().is_some_and(|found| found == end) {
                found.push(name);
            }
        }
    }
    found.sort();
    found
}
