//! What contracts leave open, for people and programs.

pub mod json;
pub mod markdown;
pub mod text;

use crate::diagnostic::{Edit, Fix};
use crate::review::{Question, Questions};
use crate::text::Sources;

/// A file's questions, with its texts.
#[derive(Clone, Copy)]
pub struct ContractQuestions<'q> {
    /// The file's name.
    pub file: &'q str,
    /// The texts.
    pub sources: &'q Sources,
    /// The questions that the contract leaves open.
    pub questions: &'q Questions,
}

/// The number of questions, in a sentence: `The text leaves 1 question open.`
fn counted(count: usize) -> String {
    match count {
        0 => "The text leaves open nothing that the program knows to ask about.".to_owned(),
        1 => "The text leaves 1 question open.".to_owned(),
        many => format!("The text leaves {many} questions open."),
    }
}

/// Whether the contract pays the same after the answer, in words.
fn effect(question: &Question) -> &'static str {
    if question.pays_the_same {
        "pays the same as today"
    } else {
        "changes what is paid"
    }
}

/// The words that an edit writes, without those that only join them to the surrounding text.
fn words(edit: &Edit) -> &str {
    edit.text.trim().trim_start_matches([';', ',']).trim_start()
}

/// The edits' words with the places where they are written, grouped by their words.
fn written<'f>(fix: &'f Fix, sources: &Sources) -> Vec<(&'f str, String)> {
    let mut all: Vec<(&str, Vec<usize>, bool)> = Vec::new();
    for edit in &fix.edits {
        let line = sources.start(edit.span).line;
        let behind = edit.text.starts_with('\n');
        match all.iter_mut().find(|(text, ..)| *text == words(edit)) {
            Some((_, lines, _)) => lines.push(line),
            None => all.push((words(edit), vec![line], behind)),
        }
    }
    let place = |lines: &[usize], behind: bool| {
        let where_to = if behind { "after" } else { "in" };
        format!("{where_to} {}", self::lines(lines))
    };
    all.into_iter()
        .map(|(text, lines, behind)| (text, place(&lines, behind)))
        .collect()
}

/// The other answers, without the word that links them to the first.
fn others(question: &Question) -> impl Iterator<Item = &str> {
    let known = usize::from(question.answer.is_some());
    let others = question.otherwise.iter().skip(known);
    others.map(|help| help.strip_prefix("or ").unwrap_or(help))
}

/// A new clause that answers several questions.
struct Together<'q> {
    word: &'q str,
    numbers: Vec<usize>,
    statements: Vec<&'q str>,
    place: String,
}

/// The clause that most questions propose to add, if there is more than one such question.
fn together(contract: ContractQuestions<'_>) -> Option<Together<'_>> {
    let mut all: Vec<Together<'_>> = Vec::new();
    for (number, question) in (1..).zip(&contract.questions.all) {
        let Some([edit]) = question.answer.as_ref().map(|fix| fix.edits.as_slice()) else {
            continue;
        };
        let Some((word, statements)) = words(edit).split_once(" { ") else {
            continue;
        };
        let statements = statements.trim_end_matches('}').split(';').map(str::trim);
        match all.iter_mut().find(|clause| clause.word == word) {
            Some(clause) => {
                clause.numbers.push(number);
                clause.statements.extend(statements);
            }
            None => all.push(Together {
                word,
                numbers: vec![number],
                statements: statements.collect(),
                place: format!("after line {}", contract.sources.start(edit.span).line),
            }),
        }
    }
    all.retain(|clause| clause.numbers.len() > 1);
    all.into_iter().max_by_key(|clause| clause.numbers.len())
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

/// A message as a sentence with a full stop. It gets a capital letter, unless it begins with the contract's own words.
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
