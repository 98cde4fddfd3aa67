//! Whether a file is an earlier output of this program, so that replacing it destroys nobody's work.

use serde_json::Value;

use crate::report::findings::NOT_CHECKED;

use super::super::arguments::{
    DiffFormat, DocumentFormat, FindingFormat, PageFormat, PaperFormat, ReviewFormat,
    StatementFormat,
};

/// Recognises a report of findings in that format.
pub(in crate::cli) fn findings(format: FindingFormat) -> fn(&[u8]) -> bool {
    match format {
        FindingFormat::Full
        | FindingFormat::Concise
        | FindingFormat::Narrated
        | FindingFormat::Github => ends_in_summary,
        FindingFormat::Markdown => |content| content.starts_with(b"## Contracts\n\n"),
        FindingFormat::Html => |content| begins(content, "content=\"quidpro check\""),
        FindingFormat::Json => |content| json(content).is_some_and(|all| each(&all, is_finding)),
        FindingFormat::Jsonl => is_lines,
        FindingFormat::Sarif => |content| says(content, "/runs/0/tool/driver/name", "Quidpro"),
        FindingFormat::Gitlab => |content| json(content).is_some_and(|all| each(&all, is_issue)),
        FindingFormat::Junit => |content| begins(content, "<testsuites name=\"quidpro "),
        FindingFormat::Rdjson => |content| says(content, "/source/name", "quidpro"),
    }
}

/// Recognises a review in that format.
pub(in crate::cli) fn review(format: ReviewFormat) -> fn(&[u8]) -> bool {
    match format {
        ReviewFormat::Html => |content| begins(content, "content=\"quidpro review\""),
        ReviewFormat::Json => |content| {
            let reviews = json(content).and_then(|mut all| Some(all.get_mut("contracts")?.take()));
            reviews.is_some_and(|reviews| each(&reviews, is_review))
        },
        // This is plain text, which anybody may have written.
        ReviewFormat::Text => |_| false,
    }
}

/// Recognises a contract in prose in that format.
pub(in crate::cli) fn paper(format: PaperFormat) -> fn(&[u8]) -> bool {
    match format {
        PaperFormat::Html => |content| begins(content, "content=\"quidpro paper\""),
        PaperFormat::Json => |content| {
            json(content)
                .is_some_and(|one| has(&one, &["contract", "articles", "signatures", "examples"]))
        },
        // Plain text, and what a document looks like after somebody worked in it.
        PaperFormat::Text | PaperFormat::Docx => |_| false,
    }
}

/// Recognises a redline in that format.
pub(in crate::cli) fn redline(format: DiffFormat) -> fn(&[u8]) -> bool {
    match format {
        DiffFormat::Html => |content| begins(content, "content=\"quidpro diff\""),
        DiffFormat::Json => |content| {
            json(content)
                .is_some_and(|one| has(&one, &["old", "new", "clauses", "money", "proofs"]))
        },
        // This is plain text, which anybody may have written.
        DiffFormat::Text => |_| false,
    }
}

/// Recognises statements in that format.
pub(in crate::cli) fn statements(format: StatementFormat) -> fn(&[u8]) -> bool {
    match format {
        StatementFormat::Html => document(DocumentFormat::Html),
        StatementFormat::Json => |content| content.starts_with(b"{\"schema_version\":"),
        StatementFormat::Csv => |content| content.starts_with(b"contract,account,month,kind,line,"),
        // Plain words, and what a workbook looks like after somebody worked in it.
        StatementFormat::Text | StatementFormat::Xlsx => |_| false,
    }
}

/// Recognises a document in that format.
pub(in crate::cli) fn document(format: DocumentFormat) -> fn(&[u8]) -> bool {
    match format {
        DocumentFormat::Html => |content| begins(content, "content=\"quidpro document\""),
        DocumentFormat::Json => |content| {
            let keys = |one: &Value| has(one, &["schema_version", "kind", "lines", "restated"]);
            json(content).is_some_and(|all| all.as_array().is_some_and(|all| all.iter().all(keys)))
        },
        DocumentFormat::Csv => |content| content.starts_with(b"document,number,date,contract,"),
        // An e-invoice may be anybody's, and so may plain words.
        DocumentFormat::Ubl | DocumentFormat::Text => |_| false,
    }
}

/// Recognises a page of `quidpro curve` or `quidpro dashboard` in that format.
pub(in crate::cli) fn page(command: &str, format: PageFormat) -> fn(&[u8]) -> bool {
    match (format, command) {
        (PageFormat::Html, "curve") => |content| begins(content, "content=\"quidpro curve\""),
        (PageFormat::Html, _) => |content| begins(content, "content=\"quidpro dashboard\""),
        (PageFormat::Json, "curve") => |content| says(content, "/page", "curve"),
        (PageFormat::Json, _) => |content| says(content, "/page", "dashboard"),
        (PageFormat::Text, _) => never,
    }
}

/// For files that people fill in, which are never replaced without asking.
pub(in crate::cli) fn never(_: &[u8]) -> bool {
    false
}

fn json(content: &[u8]) -> Option<Value> {
    serde_json::from_slice(content).ok()
}

fn each(all: &Value, is_own: fn(&Value) -> bool) -> bool {
    all.as_array().is_some_and(|all| all.iter().all(is_own))
}

fn has(value: &Value, keys: &[&str]) -> bool {
    keys.iter().all(|key| value.get(key).is_some())
}

fn is_finding(value: &Value) -> bool {
    has(
        value,
        &["severity", "code", "message", "file", "start", "suppressed"],
    )
}

/// Whether an issue is about a contract. Other tools also write such issues, about other files.
fn is_issue(value: &Value) -> bool {
    let path = value.pointer("/location/path").and_then(Value::as_str);
    let is_ours = |path: &str| path.ends_with(".quid") || path.starts_with("standard ");
    has(value, &["check_name", "fingerprint"])
        && (value["check_name"] == NOT_CHECKED || path.is_some_and(is_ours))
}

fn is_review(value: &Value) -> bool {
    has(value, &["contract", "title", "file", "first_day"])
}

fn is_lines(content: &[u8]) -> bool {
    let lines = content.split(|byte| *byte == b'\n');
    let mut lines = lines.filter(|line| !line.is_empty());
    lines.all(|line| json(line).is_some_and(|value| is_finding(&value)))
}

fn says(content: &[u8], place: &str, name: &str) -> bool {
    let all = json(content);
    let said = all.as_ref().and_then(|all| all.pointer(place)?.as_str());
    said == Some(name)
}

/// Whether a text is among the first bytes.
fn begins(content: &[u8], words: &str) -> bool {
    let first = content.get(..1024).unwrap_or(content);
    String::from_utf8_lossy(first).contains(words)
}

/// Whether one of the last lines states the number of findings.
fn ends_in_summary(content: &[u8]) -> bool {
    let last = content.get(content.len().saturating_sub(4096)..);
    let last = String::from_utf8_lossy(last.unwrap_or_default());
    last.lines().rev().take(6).any(is_summary)
}

fn is_summary(line: &str) -> bool {
    if line.starts_with("no findings in ") || line.starts_with("nothing is known: not checked: ") {
        return true;
    }
    let rest = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let counts = [" error", " warning", " note"];
    rest.len() < line.len()
        && counts.iter().any(|word| rest.starts_with(word))
        && line.contains(" in ")
}
