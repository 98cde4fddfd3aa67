//! What contracts leave open, for people and programs.

pub mod json;
pub mod markdown;
pub mod text;

use crate::diagnostic::{Edit, Fix};
use crate::review::Questions;
use crate::text::Sources;

/// A file's questions, with its texts.
#[derive(Clone, Copy)]
pub struct ContractQuestions<'q> {
    /// The file's name.
    pub file: &'q str,
    /// The texts.
    pub sources: &'q Sources,
    /// What the contract leaves open.
    pub questions: &'q Questions,
}

/// `1 question that the text leaves open`
fn counted(count: usize) -> String {
    match count {
        0 => "The text leaves nothing open that the program knows to ask.".to_owned(),
        1 => "The text leaves 1 question open.".to_owned(),
        many => format!("The text leaves {many} questions open."),
    }
}

/// Whether the contract pays the same afterwards, in words.
fn effect(fix: &Fix) -> &'static str {
    if fix.safe {
        "pays the same as today"
    } else {
        "changes what is paid"
    }
}

/// What an edit writes, without what only joins it to the text around it.
fn words(edit: &Edit) -> &str {
    edit.text.trim().trim_start_matches([';', ',']).trim_start()
}

/// The edits' words with the lines on which they are written, those with the same words together.
fn written<'f>(fix: &'f Fix, sources: &Sources) -> Vec<(&'f str, Vec<usize>)> {
    let mut all: Vec<(&str, Vec<usize>)> = Vec::new();
    for edit in &fix.edits {
        let line = sources.start(edit.span).line;
        match all.iter_mut().find(|(text, _)| *text == words(edit)) {
            Some((_, lines)) => lines.push(line),
            None => all.push((words(edit), vec![line])),
        }
    }
    all
}

/// `line 12`, `lines 12, 14 and 20`
fn lines(lines: &[usize]) -> String {
    let shown: Vec<String> = lines.iter().map(ToString::to_string).collect();
    match shown.as_slice() {
        [one] => format!("line {one}"),
        [first @ .., last] => format!("lines {} and {last}", first.join(", ")),
        [] => String::new(),
    }
}

/// A message as a sentence: with a capital, unless it begins with the contract's own words, and an end.
fn sentence(text: &str) -> String {
    let mut signs = text.chars();
    let Some(first) = signs.next() else {
        return String::new();
    };
    let mut out: String = first.to_uppercase().chain(signs).collect();
    if !out.ends_with(['?', '.', '!']) {
        out.push('.');
    }
    out
}
